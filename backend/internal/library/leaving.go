package library

import (
	"context"
	"path"
	"slices"
	"strings"

	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/extract"
)

// Leaving is how a file is given to people outside to keep.
type Leaving string

// The ways for a file to leave.
const (
	LeavesItself Leaving = "file" // as it is
	LeavesAsPDF  Leaving = "pdf"  // as the pages that were made of it
	LeavesNot    Leaving = "none"
)

// withinWords names what files carry, for people.
var withinWords = map[string]string{
	extract.WithinComments:     "comments",
	extract.WithinChanges:      "tracked changes",
	extract.WithinHiddenText:   "hidden text",
	extract.WithinHiddenSheets: "hidden sheets",
	extract.WithinHiddenCells:  "hidden rows or columns",
	extract.WithinEmbedded:     "files inside it",
	extract.WithinStoredData:   "stored data of pivot tables or other files",
	extract.WithinMacros:       "macros",
}

// Leaves says how a file can be given to people outside to keep, and when not as it is, why, for people. A file of an Office
// program has more in it than its pages show: what colleagues wrote in the margin, what they deleted, what they hid. It
// leaves as the PDF that its pictures were made of, or when it was looked into and has none of that.
func (a Asset) Leaves() (as Leaving, note string) {
	paged := a.Kind == "deck" || a.Kind == "document"
	switch {
	case !a.settled():
		return LeavesNot, "It is not ready yet."
	case paged && a.State == Ready && a.Look == LookReady:
		if a.Kind == "deck" {
			return LeavesAsPDF, "Leaves as a PDF, without notes of the speaker and hidden slides."
		}
		return LeavesAsPDF, "Leaves as a PDF, without " + a.carried("comments, tracked changes and hidden text") + "."
	case a.Kind == "deck" && a.Look == LookWaiting, a.unknown() && a.Look == LookWaiting:
		return LeavesNot, "Cannot be downloaded yet: it is being made ready."
	case a.Kind == "deck":
		return LeavesNot, "Cannot be downloaded outside: it may have notes of the speaker and hidden slides, and no PDF could be made of it."
	case !extract.IsOffice(a.MediaType):
		return LeavesItself, ""
	case a.unknown():
		return LeavesNot, "Cannot be downloaded outside: it could not be checked for comments, changes and hidden parts."
	case len(a.Within) > 0:
		return LeavesNot, "Cannot be downloaded outside: it has " + a.carried("") + "."
	}
	return LeavesItself, ""
}

// unknown says whether nobody knows what an Office file carries.
func (a Asset) unknown() bool { return extract.IsOffice(a.MediaType) && a.Within == nil }

// carried names what a file carries; or what it may.
func (a Asset) carried(otherwise string) string {
	var words []string
	for _, what := range a.Within {
		words = append(words, withinWords[what])
	}
	switch n := len(words); n {
	case 0:
		return otherwise
	case 1:
		return words[0]
	default:
		return strings.Join(words[:n-1], ", ") + " and " + words[n-1]
	}
}

// KeptOutside says whether people outside can be given a file to keep, and under which name.
func (a Asset) KeptOutside() (name string, ok bool) {
	switch as, _ := a.Leaves(); as {
	case LeavesItself:
		return a.Name, true
	case LeavesAsPDF:
		return strings.TrimSuffix(a.Name, path.Ext(a.Name)) + ".pdf", true
	}
	return a.Name, false
}

// readAgain reads an Office file anew that was read before it was known what to look for, and what not to take as its words.
func (s *Service) readAgain(ctx context.Context, a Asset, file, preview string) (Asset, error) {
	if _, err := s.fetch(ctx, a.StorageKey, file); err != nil {
		return a, err
	}
	found, err := s.extractor.File(ctx, file, a.Name, preview)
	if err != nil || found.Within == nil {
		return a, err
	}
	a.Within, a.Hidden = found.Within, found.Hidden
	return a, s.db.InTx(ctx, func(ctx context.Context) error {
		if err := s.store.setWithin(ctx, a); err != nil || a.Kind == "deck" {
			return err // the words of its notes are ours, and are shown to nobody outside
		}
		return s.store.setPages(ctx, a, found.Pages, found.Outside)
	})
}

func (a Asset) toReadAgain() bool {
	return a.Within == nil && extract.CanLookWithin(a.MediaType) && slices.Contains([]string{"deck", "document", "spreadsheet"}, a.Kind)
}

func (s store) setWithin(ctx context.Context, a Asset) error {
	_, err := s.db.PG(ctx).Exec(ctx, `UPDATE assets SET within = $2, hidden_pages = coalesce($3::int[], '{}'), updated_at = now() WHERE id = $1`, a.ID, a.Within, a.Hidden)
	return db.Err(err, "file")
}
