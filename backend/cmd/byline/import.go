package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"
	"text/tabwriter"
	"time"

	"byline/backend/internal/library"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/config"
	"byline/backend/internal/platform/errs"
)

const importUsage = "usage: byline import [--as EMAIL] [--report FILE.json] [--no-wait] [--dry-run] FOLDER or FILE.zip"

// importReport is what --report writes.
type importReport struct {
	library.ImportReport
	FileStates []fileState `json:"file_states"`
	Seconds    float64     `json:"seconds"`
}

// fileState is how a file came through.
type fileState struct {
	Name        string             `json:"name"`
	State       library.AssetState `json:"state"`
	Reason      string             `json:"reason,omitempty"`
	Explanation string             `json:"explanation,omitempty"`
	MediaType   string             `json:"media_type,omitempty"`
	Pages       int                `json:"pages,omitempty"`
}

// importFolder brings the articles and files of a folder into the resource center.
func importFolder(ctx context.Context, cfg config.Config, args []string, out io.Writer) error {
	flags := flag.NewFlagSet("import", flag.ContinueOnError)
	as := flags.String("as", "", "e-mail address of the person who imports; without it, the administrator who came first")
	reportPath := flags.String("report", "", "file to write the report to, as JSON")
	dry := flags.Bool("dry-run", false, "say what would be done, and do nothing")
	noWait := flags.Bool("no-wait", false, "do not wait until the files have been read")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() == 0 {
		return errors.New(importUsage)
	}
	folder := flags.Arg(0)
	if err := flags.Parse(flags.Args()[1:]); err != nil { // flags may follow the folder
		return err
	}
	if flags.NArg() > 0 {
		return errors.New(importUsage)
	}
	if _, err := os.Stat(folder); err != nil { // before servers are started
		return err
	}
	if *dry || !hasLists(folder) {
		return importPack(ctx, cfg, folder, *as, *reportPath, *dry, *noWait, out)
	}
	return withApp(ctx, cfg, webAt{}, func(ctx context.Context, a *app, p *parts) error {
		began := time.Now()
		importer, err := a.People.Importer(ctx, *as)
		if errs.CodeOf(err) == errs.NotFound && *as != "" {
			return fmt.Errorf("--as: nobody has the address %s", *as)
		}
		if err != nil && errs.CodeOf(err) != errs.NotFound {
			return err
		}
		ctx = auth.With(ctx, importer)
		show := newProgress(os.Stderr)
		report := importReport{FileStates: []fileState{}}
		report.ImportReport, err = a.Library.ImportFolder(ctx, folder, show.list)
		show.end()
		if err != nil {
			return fmt.Errorf("%w (what was done is kept; start it again to go on)", err)
		}
		if len(report.FileIDs) > 0 && !*noWait {
			err = a.waitForFiles(ctx, p, report.FileIDs, show)
			show.end()
			if err != nil {
				return err
			}
		}
		assets, err := a.Library.FilesOfSources(ctx, report.FileIDs)
		if err != nil {
			return err
		}
		for _, f := range assets {
			report.FileStates = append(report.FileStates, fileState{f.Name, f.State, f.Reason, f.Explanation, f.MediaType, f.Pages})
		}
		report.Seconds = time.Since(began).Seconds()
		if *reportPath != "" {
			if err := writeReport(*reportPath, report); err != nil {
				return err
			}
		}
		return report.print(out)
	})
}

// filesStandStill is how long no file gets read until one may conclude that no worker runs.
const filesStandStill = 90 * time.Second

// waitForFiles waits until all files are read. Beside a server that one reads them; otherwise this process does.
func (a *app) waitForFiles(ctx context.Context, p *parts, ids []string, show *progress) error {
	if p.sole {
		runner, err := a.startWorkers(ctx, p)
		if err != nil {
			return err
		}
		defer stopWorkers(runner)
	}
	last, since := -1, time.Now()
	for {
		assets, err := a.Library.FilesOfSources(ctx, ids)
		if err != nil {
			return err
		}
		done := 0
		for _, f := range assets {
			if f.State != library.Processing {
				done++
			}
		}
		show.files(done, len(assets))
		if done != last {
			last, since = done, time.Now()
		}
		if done == len(assets) {
			return nil
		}
		if time.Since(since) > filesStandStill {
			slog.Warn("files are not being read; they will be as soon as a worker runs", "waiting", len(assets)-done)
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(300 * time.Millisecond):
		}
	}
}

func writeReport(path string, r importReport) error {
	b, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(path, append(b, '\n'), 0o644) //nolint:gosec // holds titles and reasons, for whoever asked for it
}

// print tells people what happened.
func (r importReport) print(out io.Writer) error {
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', tabwriter.AlignRight)
	_, _ = fmt.Fprintln(w, "\tread\tnew\tupdated\tunchanged\trefused\t")
	for _, c := range []struct {
		name  string
		count library.ImportCount
	}{{"articles", r.Articles}, {"files", r.Files}} {
		_, _ = fmt.Fprintf(w, "%s\t%d\t%d\t%d\t%d\t%d\t\n", c.name, c.count.Read, c.count.Created, c.count.Updated, c.count.Unchanged, c.count.Refused)
	}
	_ = w.Flush()
	states := map[library.AssetState]int{}
	for _, f := range r.FileStates {
		states[f.State]++
	}
	if len(r.FileStates) > 0 {
		_, _ = fmt.Fprintf(&b, "\nFiles: %d ready, %d limited, %d refused, %d still to be read.\n", states[library.Ready], states[library.Limited], states[library.Refused], states[library.Processing])
	}
	for _, f := range r.FileStates {
		if f.Explanation != "" {
			_, _ = fmt.Fprintf(&b, "  %s: %s (%s): %s\n", f.Name, f.State, f.Reason, f.Explanation)
		}
	}
	if len(r.Refused) > 0 {
		_, _ = fmt.Fprintf(&b, "\nNot imported:\n")
	}
	const shown = 50
	for i, x := range r.Refused {
		if i == shown {
			_, _ = fmt.Fprintf(&b, "  … and %d more; --report FILE.json has them all.\n", len(r.Refused)-shown)
			break
		}
		_, _ = fmt.Fprintf(&b, "  %s line %d %s: %s (%s)\n", x.List, x.Line, x.ID, x.Explanation, x.Reason)
	}
	_, _ = fmt.Fprintf(&b, "\nDone in %.1f s.\n", r.Seconds)
	_, err := io.WriteString(out, b.String())
	return err
}

// progress draws one line that changes, and nothing when nobody looks.
type progress struct {
	out      io.Writer
	terminal bool
	last     time.Time
	open     bool
}

func newProgress(f *os.File) *progress {
	info, err := f.Stat()
	return &progress{out: f, terminal: err == nil && info.Mode()&os.ModeCharDevice != 0}
}

func (p *progress) list(list string, done, all int64, count library.ImportCount) {
	p.draw(done == all, "%-14s %3d %%  %d read, %d new, %d updated, %d refused", list, done*100/max(all, 1), count.Read, count.Created, count.Updated, count.Refused)
}

func (p *progress) files(done, all int) {
	p.draw(done == all, "reading files  %d of %d", done, all)
}

func (p *progress) draw(final bool, format string, args ...any) {
	if !p.terminal || (!final && time.Since(p.last) < 100*time.Millisecond) {
		return
	}
	p.last, p.open = time.Now(), true
	_, _ = fmt.Fprintf(p.out, "\r\x1b[K"+format, args...)
}

// end leaves the line.
func (p *progress) end() {
	if p.open {
		_, _ = fmt.Fprintln(p.out)
	}
	p.open = false
}
