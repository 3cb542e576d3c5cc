package seed

import (
	"context"
	"fmt"

	"byline/backend/internal/coedit"
	"byline/backend/internal/comments"
)

func threadKey(draft string, s draftStep) string { return "thread/" + draft + "/" + s.On }

// startThread says something about words of a text.
func (w *world) startThread(ctx context.Context, draft string, s draftStep) error {
	o := comments.Object{Type: "draft", ID: w.ids["draft/"+draft]}
	now, err := w.Drafts.Document(ctx, o.ID)
	if err != nil {
		return err
	}
	from, to, once, err := coedit.Place(now.Doc, s.On)
	if err != nil || !once {
		return fmt.Errorf("the text of %s does not say %q once: %w", draft, s.On, err)
	}
	text, mentioned := w.mentions(s.Text)
	t, err := w.Comments.Start(ctx, o, from, to, now.Version, text, mentioned)
	w.ids[threadKey(draft, s)] = t.ID
	return err
}
