package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"byline/backend/internal/library"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/config"
	"byline/backend/internal/platform/errs"
	"byline/backend/internal/transfer"
)

const exportUsage = "usage: byline export [--as EMAIL] FILE.zip"

// exportAll writes the whole resource center into a file.
func exportAll(ctx context.Context, cfg config.Config, args []string, out io.Writer) error {
	flags := flag.NewFlagSet("export", flag.ContinueOnError)
	as := flags.String("as", "", "e-mail address of the person in whose name it is made, for their own collections")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() != 1 {
		return errors.New(exportUsage)
	}
	name := flags.Arg(0)
	if _, err := os.Stat(name); err == nil {
		return fmt.Errorf("%s is there already", name)
	}
	return withApp(ctx, cfg, webAt{}, func(ctx context.Context, a *app, _ *parts) error {
		ctx, err := a.asImporter(ctx, *as)
		if err != nil {
			return err
		}
		f, err := os.CreateTemp(filepath.Dir(name), ".byline-export")
		if err != nil {
			return err
		}
		defer func() { _ = os.Remove(f.Name()) }()
		show := newProgress(os.Stderr)
		m, err := a.Transfer.Write(ctx, f, publicBase(cfg), func(done, all int) { show.files(done, all) })
		show.end()
		if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
			return err
		}
		if err := os.Rename(f.Name(), name); err != nil {
			return err
		}
		_, err = fmt.Fprintf(out, "%d resources, %d versions, %d files (%d MB) and %d collections are in %s.\n", m.Resources, m.Versions, m.Files, m.Bytes/1e6, m.Collections, name)
		for _, p := range m.Problems {
			_, _ = fmt.Fprintln(out, "  "+p)
		}
		return err
	})
}

func publicBase(cfg config.Config) string {
	if cfg.PublicURL == nil {
		return ""
	}
	return strings.TrimSuffix(cfg.PublicURL.String(), "/")
}

// asImporter puts the person in whose name a command works into the context, if there is anybody yet.
func (a *app) asImporter(ctx context.Context, email string) (context.Context, error) {
	importer, err := a.People.Importer(ctx, email)
	if errs.CodeOf(err) == errs.NotFound && email != "" {
		return ctx, fmt.Errorf("--as: nobody has the address %s", email)
	}
	if err != nil && errs.CodeOf(err) != errs.NotFound {
		return ctx, err
	}
	return auth.With(ctx, importer), nil
}

// openPack opens what an import is given: a folder, a ZIP file or a list alone.
func openPack(name string) (p transfer.Pack, closeIt func(), err error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, nil, err
	}
	if info.IsDir() {
		return transfer.OpenFolder(name)
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, nil, err
	}
	if strings.EqualFold(filepath.Ext(name), ".csv") {
		_ = f.Close()
		return nil, nil, errors.New("give the folder in which the list lies: its files are looked for beside it")
	}
	p, err = transfer.OpenArchive(f, info.Size())
	if err != nil {
		_ = f.Close()
		return nil, nil, err
	}
	return p, func() { _ = f.Close() }, nil
}

// hasLists says whether a folder is one of the older kind, with lists of JSON; its report says more.
func hasLists(name string) bool {
	for _, list := range []string{library.ArticleList, library.FileList} {
		if info, err := os.Stat(filepath.Join(name, list)); err == nil && info.Mode().IsRegular() {
			return true
		}
	}
	return false
}

// importPack brings in a folder, an archive or an export, or says what it would do.
func importPack(ctx context.Context, cfg config.Config, name, as, reportPath string, dry, noWait bool, out io.Writer) error {
	pack, closeIt, err := openPack(name)
	if err != nil {
		return err
	}
	defer closeIt()
	return withApp(ctx, cfg, webAt{}, func(ctx context.Context, a *app, p *parts) error {
		ctx, err := a.asImporter(ctx, as)
		if err != nil {
			return err
		}
		var rows []transfer.Row
		show, shown := newProgress(os.Stderr), 0
		report, err := a.Transfer.Run(ctx, pack, dry, func(r transfer.Row) {
			if reportPath != "" {
				rows = append(rows, r)
			}
			if shown++; r.Explanation != "" && shown < 1000 {
				show.end()
				_, _ = fmt.Fprintf(out, "  %s row %d %s: %s (%s)\n", r.List, r.Line, r.Title, r.Explanation, r.Reason)
			}
		}, show.files)
		show.end()
		if err != nil {
			var not transfer.NotAPack
			if errors.As(err, &not) {
				return err
			}
			return fmt.Errorf("%w (what was done is kept; start it again to go on)", err)
		}
		if !dry && !noWait && p.sole {
			if err := a.readWaiting(ctx, p, show); err != nil {
				return err
			}
		}
		if reportPath != "" {
			if err := writeRows(reportPath, report, rows); err != nil {
				return err
			}
		}
		c := report.Counts
		word := "created"
		if dry {
			word = "would be created"
		}
		_, err = fmt.Fprintf(out, "%d %s, %d updated, %d unchanged, %d kept as they are here, %d refused, %d files left out.\n", c[transfer.Created], word, c[transfer.Updated], c[transfer.Unchanged], c[transfer.Kept], c[transfer.Refused], c[transfer.LeftOut])
		return err
	})
}

// readWaiting reads the files that came in, when no server does it.
func (a *app) readWaiting(ctx context.Context, p *parts, show *progress) error {
	runner, err := a.startWorkers(ctx, p)
	if err != nil {
		return err
	}
	defer stopWorkers(runner)
	return a.Library.WaitForFiles(ctx, filesStandStill, func(left int) { show.files(0, left) })
}

func writeRows(name string, report transfer.Report, rows []transfer.Row) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	if strings.EqualFold(filepath.Ext(name), ".csv") {
		i := 0
		err = transfer.WriteReport(f, func() (transfer.Row, bool, error) {
			if i == len(rows) {
				return transfer.Row{}, false, nil
			}
			i++
			return rows[i-1], true, nil
		})
		return errors.Join(err, f.Close())
	}
	e := json.NewEncoder(f)
	e.SetIndent("", "  ")
	return errors.Join(e.Encode(struct {
		transfer.Report
		Rows []transfer.Row `json:"rows"`
	}{report, rows}), f.Close())
}
