package seed

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"byline/backend/internal/coedit"
)

// suggestText suggests to put one passage of a text into the place of another.
func (w *world) suggestText(ctx context.Context, id uuid.UUID, s draftStep) error {
	now, err := w.Drafts.Document(ctx, id)
	if err != nil {
		return err
	}
	var doc coedit.Node
	if err := json.Unmarshal(now.Doc, &doc); err != nil {
		return err
	}
	attrs := map[string]any{"id": uuid.NewString()[:13], "by": w.person(s.By).String(),
		"at": time.Now().UTC().Add(-time.Duration(s.Day * 24 * float64(time.Hour))).Format(time.RFC3339)}
	if !suggestIn(&doc, s, attrs) {
		return fmt.Errorf("the text does not say %q", s.Was)
	}
	raw, err := json.Marshal(doc)
	if err != nil {
		return err
	}
	_, err = w.Drafts.SaveDocument(ctx, id, now.Version, raw)
	return err
}

// suggestIn marks the first such passage of a node as one that goes, and puts the other after it.
func suggestIn(n *coedit.Node, s draftStep, attrs map[string]any) bool {
	for i := range n.Content {
		c := n.Content[i]
		before, after, found := strings.Cut(c.Text, s.Was)
		if c.Type != "text" || len(c.Marks) > 0 || !found {
			if suggestIn(&n.Content[i], s, attrs) {
				return true
			}
			continue
		}
		var parts []coedit.Node
		for _, p := range []struct{ text, mark string }{{before, ""}, {s.Was, "deletion"}, {s.Is, "insertion"}, {after, ""}} {
			if p.text == "" {
				continue
			}
			part := coedit.Node{Type: "text", Text: p.text}
			if p.mark != "" {
				part.Marks = []coedit.Mark{{Type: p.mark, Attrs: attrs}}
			}
			parts = append(parts, part)
		}
		n.Content = append(n.Content[:i:i], append(parts, n.Content[i+1:]...)...)
		return true
	}
	return false
}
