package library

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"byline/backend/internal/coedit"
	"byline/backend/internal/platform/blob"
	"byline/backend/internal/platform/errs"
	"byline/backend/internal/platform/extract"
)

// Comparison is two versions of a resource, the older one first.
type Comparison struct {
	From, To       Version
	Changed        []string // title, summary, text, files, facts
	Files          []FileChange
	FromDoc, ToDoc json.RawMessage // where the text is not the same: the editor's trees
}

// PageChange is a page in two versions of a file: "same", "changed", "moved", "inserted" or "removed".
type PageChange struct {
	Change        string
	Before, After *Page
	// WordsChanged and PictureChanged say what is not the same of a page that both have. Where is the part of the picture
	// that looks different although the words are the same.
	WordsChanged   bool
	PictureChanged bool
	Where          *extract.Line
	hasNumber      bool // of the page, which may be another
}

// FileComparison is two versions of a file: page by page where there are pictures, else by their text.
type FileComparison struct {
	Before, After         *Asset
	Pages                 []PageChange
	HasPages              bool
	BeforeText, AfterText string
	More                  bool // the texts are longer
	Waiting               bool // pictures are still being made
}

// Compare compares two versions of a resource, in whatever order they are named. 0 is the current one, and for from the one
// before the other.
func (s *Service) Compare(ctx context.Context, id uuid.UUID, from, to int) (Comparison, error) {
	var c Comparison
	list, err := s.Versions(ctx, id)
	if err != nil {
		return c, err
	}
	if to == 0 {
		to = list[0].Number
	}
	at := slices.IndexFunc(list, func(v Version) bool { return v.Number == to })
	if at < 0 {
		return c, errNoVersion
	}
	if from == 0 {
		from = list[min(at+1, len(list)-1)].Number
	}
	before := slices.IndexFunc(list, func(v Version) bool { return v.Number == from })
	if before < 0 {
		return c, errNoVersion
	}
	c.From, c.To = list[max(before, at)], list[min(before, at)]
	c.Files = fileChanges(c.From.Files, c.To.Files)
	c.Changed = changes(c.From, c.To, c.Files)
	if !slices.Contains(c.Changed, "text") {
		return c, nil
	}
	for _, side := range []struct {
		number int
		doc    *json.RawMessage
	}{{c.From.Number, &c.FromDoc}, {c.To.Number, &c.ToDoc}} {
		doc, markdown, err := s.store.versionText(ctx, id, side.number)
		if err != nil {
			return c, err
		}
		if *side.doc, err = document(doc, markdown); err != nil {
			return c, err
		}
	}
	return c, nil
}

func markdownDocument(markdown string) (json.RawMessage, error) {
	in, err := coedit.FromMarkdown(markdown, func(string) bool { return true })
	return in.Doc, err
}

// versionFile gives a file of a version of a resource that the signed-in user may see, and for how much of a time they may
// go on to see it. Whether they may keep it is another matter: the file itself is not given out here.
func (s *Service) versionFile(ctx context.Context, id uuid.UUID, number int, asset uuid.UUID, most time.Duration) (Asset, time.Duration, error) {
	left, err := s.openFor(ctx, id, most)
	if err != nil {
		return Asset{}, 0, err
	}
	if _, err := s.Resource(ctx, id); err != nil {
		return Asset{}, 0, err
	}
	has, err := s.store.hasFile(ctx, id, number, asset)
	if err != nil {
		return Asset{}, 0, err
	}
	if !has {
		return Asset{}, 0, errNoAsset
	}
	a, err := s.store.asset(ctx, asset)
	return a, left, err
}

// VersionPageURL gives an address of the picture of a page of a file of a version, as PagePictureURL.
func (s *Service) VersionPageURL(ctx context.Context, id uuid.UUID, number int, asset uuid.UUID, page, width int) (string, error) {
	a, left, err := s.versionFile(ctx, id, number, asset, blob.DownloadLife)
	if err != nil {
		return "", err
	}
	if _, err := s.store.pageLines(ctx, asset, page); err != nil {
		return "", err
	}
	return s.blobs.SignGet(ctx, pictureKey(a, page, drawnWidth(width)), "", "", true, left)
}

// VersionPageLines gives the words of such a page, with their places.
func (s *Service) VersionPageLines(ctx context.Context, id uuid.UUID, number int, asset uuid.UUID, page int) ([]extract.Line, error) {
	if _, _, err := s.versionFile(ctx, id, number, asset, 0); err != nil {
		return nil, err
	}
	return s.store.pageLines(ctx, asset, page)
}

// maxCompared is how many bytes of the text of a file without pictures are compared.
const maxCompared = 300_000

// CompareFiles compares a file of one version with one of another; uuid.Nil for none.
func (s *Service) CompareFiles(ctx context.Context, id uuid.UUID, from, to int, before, after uuid.UUID) (FileComparison, error) {
	var c FileComparison
	if before == uuid.Nil && after == uuid.Nil {
		return c, errs.Field(errs.Invalid, "query.after", "Name a file.")
	}
	pages := [2][]Page{}
	for i, side := range []struct {
		number int
		asset  uuid.UUID
		file   **Asset
	}{{from, before, &c.Before}, {to, after, &c.After}} {
		if side.asset == uuid.Nil {
			continue
		}
		a, _, err := s.versionFile(ctx, id, side.number, side.asset, 0)
		if err != nil {
			return c, err
		}
		*side.file = &a
		if pages[i], err = s.store.pages(ctx, a.ID); err != nil {
			return c, err
		}
		c.HasPages = c.HasPages || a.WithPictures()
		c.Waiting = c.Waiting || a.Look == LookWaiting
	}
	if !c.HasPages {
		c.BeforeText, c.AfterText = wholeText(pages[0], &c.More), wholeText(pages[1], &c.More)
		return c, nil
	}
	c.Pages = pageChanges(pages[0], pages[1])
	if c.Before != nil && c.After != nil {
		s.lookAlike(ctx, *c.Before, *c.After, c.Pages)
	}
	return c, nil
}

func wholeText(pages []Page, more *bool) string {
	var b strings.Builder
	for _, p := range pages {
		if b.Len() > 0 {
			b.WriteString("\n\n")
		}
		if b.Len()+len(p.Text) > maxCompared {
			*more = true
			break
		}
		b.WriteString(p.Text)
	}
	return b.String()
}

// Words are the words of a page for those who may see all of it: those of its picture, where nothing else was read.
func (p Page) Words() string {
	if p.Text == "" && p.Drawn != nil {
		return *p.Drawn
	}
	return p.Text
}

func pageChanges(before, after []Page) []PageChange {
	textOf := func(pages []Page) []pageWords {
		out := make([]pageWords, len(pages))
		for i, p := range pages {
			out[i] = wordsOf(p.Words(), p.Number, pages[len(pages)-1].Number)
		}
		return out
	}
	old, now := textOf(before), textOf(after)
	var out []PageChange
	for _, p := range align(old, now) {
		c := PageChange{Change: "same"}
		if p.before >= 0 {
			c.Before = &before[p.before]
		}
		if p.after >= 0 {
			c.After = &after[p.after]
		}
		switch {
		case p.after < 0:
			c.Change = "removed"
		case p.before < 0:
			c.Change = "inserted"
		case old[p.before].text != now[p.after].text:
			c.Change, c.WordsChanged = "changed", true
		case p.moved:
			c.Change = "moved"
		}
		c.hasNumber = p.before >= 0 && old[p.before].hasNumber
		out = append(out, c)
	}
	return out
}
