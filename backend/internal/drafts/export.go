package drafts

import (
	"context"
	"unicode/utf8"

	"github.com/google/uuid"

	"byline/backend/internal/coedit"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/errs"
)

// Text gives title and text of a draft to whoever may read it: of a version of it, or with uuid.Nil as it is now.
func (s *Service) Text(ctx context.Context, id, version uuid.UUID) (title string, doc coedit.Node, err error) {
	d, err := s.readable(ctx, id)
	if err != nil {
		return "", doc, err
	}
	if version != uuid.Nil {
		v, err := s.store.version(ctx, id, version)
		if err != nil {
			return "", doc, err
		}
		doc, err = coedit.Parse(v.Doc)
		return v.Title, doc, err
	}
	now, err := s.documents.Get(ctx, id)
	if err != nil {
		return "", doc, err
	}
	doc, err = coedit.Parse(now.Doc)
	return d.Title, doc, err
}

// MaxImport is the most bytes of Markdown that are read.
const MaxImport = 1 << 20

// ReadMarkdown makes a document of Markdown for a draft that the signed-in user may write. It changes nothing: the editor
// puts it into the text, as one step that can be undone.
func (s *Service) ReadMarkdown(ctx context.Context, id uuid.UUID, markdown string) (coedit.Imported, error) {
	d, err := s.readable(ctx, id)
	if err != nil {
		return coedit.Imported{}, err
	}
	me := auth.From(ctx)
	switch {
	case !d.mayWrite(me):
		return coedit.Imported{}, errs.New(errs.Forbidden, "You may read this draft but not change it. Ask its writer to make you a contributor.")
	case d.fixed():
		return coedit.Imported{}, errs.NotAllowedNow("What is approved or archived does not change. Reopen the draft first.", d.Allowed(me)...)
	case len(markdown) > MaxImport:
		return coedit.Imported{}, errs.Field(errs.TooLarge, "body.markdown", "Markdown of at most 1 MiB, please. Split it.")
	case !utf8.ValidString(markdown):
		return coedit.Imported{}, errs.Field(errs.Invalid, "body.markdown", "This is no UTF-8 text.")
	}
	return coedit.FromMarkdown(markdown, func(asset string) bool {
		id, err := uuid.Parse(asset)
		if err != nil {
			return false
		}
		_, err = s.library.Asset(ctx, id)
		return err == nil
	})
}
