package library

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"byline/backend/internal/platform/errs"
	"byline/backend/internal/platform/extract"
	"byline/backend/internal/platform/jobs"
)

// LookState is how far what is looked at in place has come.
type LookState string

// The states of a look.
const (
	LookNone    LookState = "none"
	LookWaiting LookState = "waiting"
	LookReady   LookState = "ready"
)

// Limits of the pictures of pages.
const (
	MaxPictures  = 300 // pages of one file that are drawn
	drawAtOnce   = 20  // pages in one child process
	maxBadDraws  = 3   // child processes that may come to nothing before the rest of a file is given up
	captionChunk = 200 // characters of captions that are found together,
	captionSpan  = 12  // and seconds
)

// Look is the job that makes what is looked at in place of a file that has been read. Pages are drawn some at a time, so
// that a long file does not hold up others.
type Look struct {
	AssetID uuid.UUID `json:"asset_id"`
	From    int       `json:"from"`  // page; 0 means the first
	Count   int       `json:"count"` // of pages; 0 means as many as usual
	Quick   bool      `json:"quick,omitempty"`
}

// Kind implements jobs.Args.
func (Look) Kind() string { return "look_at_asset" }

// InsertOpts lets files that were just uploaded go first, then what is quick, and asks for nothing that is asked for already.
func (l Look) InsertOpts() jobs.InsertOpts {
	o := jobs.InsertOpts{Queue: jobs.QueueFiles, MaxAttempts: 5, Priority: 3, UniqueOpts: jobs.WhileWaiting()}
	if l.Quick {
		o.Priority = 2
	}
	return o
}

// lookable says whether there is something to be made of a file.
func (a Asset) lookable() bool {
	return a.State == Ready && slices.Contains([]string{"pdf", "deck", "document", "spreadsheet", "captions"}, a.Kind)
}

// SetOffice tells where LibreOffice is. Without it, Office files are shown as text.
func (s *Service) SetOffice(o extract.Office) { s.office = o }

// OnText tells whom to call, in the transaction, when the words of a file were found anew: for what it belongs to.
func (s *Service) OnText(tell func(ctx context.Context, objectType string, id uuid.UUID) error) {
	s.onText = tell
}

// looked is what came of it.
type looked struct {
	state        LookState
	reason, note string
	pages        int      // of the file, when that was found; 0 when it was not
	texts        []string // by page, where they are better than what is known
	anew         bool     // texts are the first of them: what was known is taken back
	readNow      bool     // the text could not be read before
	misnumbered  bool     // the slides that are hidden are not those that have no page: which they are is forgotten
	next         *Look    // there is more to do
	sheets       []extract.Sheet
	cues         []extract.Cue
	pictures     []pagePicture
}

// pagePicture is a page that was drawn; drawn is nil where its words are those that are known of the page.
type pagePicture struct {
	extract.DrawnPage
	drawn *string
}

// LookAt is the job. Running it again for a file that is done changes nothing.
func (s *Service) LookAt(ctx context.Context, job Look) error {
	a, err := s.store.asset(ctx, job.AssetID)
	if errs.CodeOf(err) == errs.NotFound {
		return nil
	}
	if err != nil || a.Look != LookWaiting {
		return err
	}
	dir, err := os.MkdirTemp("", "byline-look")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	if a.toReadAgain() && job.From <= 1 {
		if a, err = s.readAgain(ctx, a, filepath.Join(dir, "again"), filepath.Join(dir, "preview")); err != nil {
			return err
		}
	}
	var l looked
	switch a.Kind {
	case "spreadsheet":
		l, err = s.lookAtRows(ctx, a, dir)
	case "captions":
		l, err = s.lookAtCaptions(ctx, a, dir)
	default:
		l, err = s.lookAtPages(ctx, a, job, dir)
	}
	if err != nil {
		return err
	}
	return s.db.InTx(ctx, func(ctx context.Context) error {
		saved, err := s.store.saveLook(ctx, a, l)
		if err != nil || !saved {
			return err
		}
		if l.next != nil {
			return jobs.Enqueue(ctx, *l.next)
		}
		return s.textFound(ctx, a, l)
	})
}

// textFound tells what the file belongs to that its words have changed.
func (s *Service) textFound(ctx context.Context, a Asset, l looked) error {
	if s.onText == nil || (l.state != LookReady && len(l.texts) == 0) || a.Kind == "spreadsheet" || a.Kind == "pdf" {
		return nil
	}
	uses, err := s.store.assetUses(ctx, a.ID)
	if err != nil {
		return err
	}
	for _, u := range uses {
		if err := s.onText(ctx, u.Type, u.ID); err != nil {
			return err
		}
	}
	return nil
}

var lookNotes = map[string]string{
	"no_office":       "Pictures of the slides need LibreOffice on the server; here is the text by slide.",
	"no_office_pages": "Pictures of the pages need LibreOffice on the server; here is the text.",
	"no_office_rows":  "Showing this kind of spreadsheet needs LibreOffice on the server.",
	"timeout":         "It took too long to make pictures of this file; here is its text.",
	"too_much_memory": "It needs too much memory to make pictures of this file; here is its text.",
	"unreadable":      "No pictures could be made of this file; here is its text.",
	"some_missing":    "Pictures of some pages could not be made; here is their text.",
	"many_pages":      "There are pictures of the first " + strconv.Itoa(MaxPictures) + " pages; of the others here is the text.",
	"no_rows":         "The rows of this spreadsheet could not be read.",
	"no_cues":         "There are no times in these captions, so they are shown as text.",
}

// nowPossible are the reasons for which files waited that no longer hold.
func (s *Service) nowPossible() []string {
	reasons := []string{}
	for reason, ending := range map[string]string{"no_office": ".pptx", "no_office_pages": ".docx", "no_office_rows": ".ods"} {
		if s.office.Can(ending) {
			reasons = append(reasons, reason)
		}
	}
	return reasons
}

func without(reason string) looked {
	return looked{state: LookNone, reason: reason, note: lookNotes[reason]}
}

func (s *Service) lookAtRows(ctx context.Context, a Asset, dir string) (looked, error) {
	path, isText := filepath.Join(dir, "file"), a.MediaType == "text/csv"
	if _, err := s.fetch(ctx, a.StorageKey, path); err != nil {
		return looked{}, err
	}
	if ending := extract.OfficeEnding(a.MediaType, a.Name); ending != "" { // .ods, .xls
		if !s.office.Can(ending) {
			return without("no_office_rows"), nil
		}
		made, reason, err := s.convert(ctx, path, ending, dir, "xlsx")
		if err != nil || reason != "" {
			return without("no_rows"), err
		}
		path = made
	}
	sheets, reason, err := s.extractor.Sheets(ctx, path, isText)
	if err != nil || reason != "" {
		return without("no_rows"), err
	}
	return looked{state: LookReady, sheets: sheets}, nil
}

func (s *Service) lookAtCaptions(ctx context.Context, a Asset, dir string) (looked, error) {
	path := filepath.Join(dir, "file")
	if _, err := s.fetch(ctx, a.StorageKey, path); err != nil {
		return looked{}, err
	}
	cues, reason, err := s.extractor.Cues(ctx, path)
	if err != nil || reason != "" {
		return without("no_cues"), err
	}
	return looked{state: LookReady, cues: cues, texts: bySecond(cues), anew: true, pages: 1}, nil
}

// bySecond gives the words of captions as pages: that of second n has the number n+1. Sentences run over several captions,
// so that some are found together, at the second at which they begin.
func bySecond(cues []extract.Cue) []string {
	var pages []string
	start, words := int64(0), ""
	flush := func() {
		if words == "" || start > 100_000 {
			return
		}
		for int64(len(pages)) <= start {
			pages = append(pages, "")
		}
		pages[start] = strings.TrimSpace(pages[start] + " " + words)
		words = ""
	}
	for _, c := range cues {
		if words != "" && (len(words)+len(c.Text) > captionChunk || c.End/1000 > start+captionSpan) {
			flush()
		}
		if words == "" {
			start = c.Start / 1000
		}
		words = strings.TrimSpace(words + " " + c.Text)
	}
	flush()
	return pages
}
