package coedit

import (
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"time"

	"github.com/google/uuid"

	"byline/backend/internal/platform/errs"
)

// Suggesting is why a member's text is taken as suggestions only, as Rules.Access says it.
const Suggesting = "suggesting"

var suggestionID = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)

func init() {
	for _, mark := range []string{"insertion", "deletion"} {
		attributeRules[mark+".id"] = func(v any) bool { s, ok := v.(string); return ok && suggestionID.MatchString(s) }
		attributeRules[mark+".by"] = func(v any) bool { s, ok := v.(string); return ok && len(s) == 36 && uuid.Validate(s) == nil }
		attributeRules[mark+".at"] = func(v any) bool {
			s, ok := v.(string)
			if !ok || len(s) > 30 {
				return false
			}
			_, err := time.Parse(time.RFC3339, s)
			return err == nil
		}
		needed[mark] = []string{"id", "by", "at"}
	}
}

func isSuggestion(m Mark) bool { return m.Type == "insertion" || m.Type == "deletion" }

// Settled is a document as it stands: what is only suggested is not in it, what is suggested to go is. This is what is
// shown, searched, exported and published.
func (n Node) Settled() Node {
	if n.Content == nil {
		return n
	}
	out := make([]Node, 0, len(n.Content))
	for _, c := range n.Content {
		if slices.ContainsFunc(c.Marks, func(m Mark) bool { return m.Type == "insertion" }) {
			continue
		}
		if slices.ContainsFunc(c.Marks, isSuggestion) {
			c.Marks = slices.DeleteFunc(slices.Clone(c.Marks), isSuggestion)
		}
		c = c.Settled()
		if last := len(out) - 1; last >= 0 && c.Type == "text" && out[last].Type == "text" && sameMarks(out[last].Marks, c.Marks) {
			out[last].Text += c.Text
			continue
		}
		out = append(out, c)
	}
	n.Content = out
	return n
}

// Suggestions counts the suggestions in a document, each once, however many pieces of text it has.
func (n Node) Suggestions() int {
	seen := map[string]bool{}
	n.walk(func(x Node) {
		for _, m := range x.Marks {
			if isSuggestion(m) {
				seen[fmt.Sprint(m.Attrs["by"], m.Attrs["id"])] = true
			}
		}
	})
	return len(seen)
}

// Resolve accepts or rejects all suggestions of a document that the caller has locked, as one change of the given person.
// It gives the new counter, which is the old one when there are none.
func (s *Service) Resolve(ctx context.Context, current Document, by uuid.UUID, accept bool) (int64, error) {
	if current.Frozen {
		return 0, errs.NotAllowedNow("This draft is approved and its text frozen. Reopen it to go on writing.", "reopen")
	}
	engine, err := s.pool.open(current.Doc)
	if err != nil {
		return 0, err
	}
	defer engine.close()
	out, err := engine.resolve(accept)
	if err != nil {
		return 0, err
	}
	if out.Refused != "" {
		return 0, fmt.Errorf("resolve suggestions of %s: %s", current.DraftID, out.Refused)
	}
	return s.commitWhole(ctx, current, by, engine, out)
}

func (d document) resolve(accept bool) (outcome, error) {
	if accept {
		return d.run("resolve", "accept")
	}
	return d.run("resolve", "reject")
}

// applyAs is apply that holds a suggester to suggestions; nobody in particular is nobody's suggester.
func (d document) applyAs(suggester string, steps []json.RawMessage) (outcome, error) {
	return d.run("apply", list(steps), suggester)
}

func (d document) rebaseAs(suggester string, missed, steps []json.RawMessage) (outcome, error) {
	return d.run("rebase", list(missed), list(steps), suggester)
}

// suggester is whose suggestions only a member may change; empty for those who write.
func (x *member) suggester() string {
	if x.why == Suggesting {
		return x.user.ID.String()
	}
	return ""
}
