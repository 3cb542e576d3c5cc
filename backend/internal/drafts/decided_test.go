package drafts_test

import (
	"encoding/json"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"byline/backend/internal/domaintest"
	"byline/backend/internal/drafts"
	"byline/backend/internal/notify"
	"byline/backend/internal/platform/auth"
)

// live writes in a draft as a browser does: with its own steps.
type live struct {
	t       *testing.T
	w       *domaintest.World
	id      uuid.UUID
	version int64
	batch   int64
}

func (l *live) push(u auth.User, steps ...string) {
	l.t.Helper()
	raw := make([]json.RawMessage, len(steps))
	for i, s := range steps {
		raw[i] = json.RawMessage(s)
	}
	all, err := json.Marshal(raw)
	require.NoError(l.t, err)
	l.batch++
	var head int64
	require.NoError(l.t, l.w.DB.Pool().QueryRow(l.t.Context(), `SELECT draft_commit($1, $2, $3, $4, $5, $6, $7, $8::json, '', false)`,
		l.id, l.version, len(steps), u.ID.String(), u.ID, l.batch, []int32{}, string(all)).Scan(&head))
	require.Equal(l.t, l.version+int64(len(steps)), head)
	l.version = head
}

func mark(kind, id string, u auth.User) string {
	return `{"type":"` + kind + `","attrs":{"id":"` + id + `","by":"` + u.ID.String() + `","at":"2026-03-01T10:00:00Z"}}`
}

func text(at, words, marks string) string {
	return `{"stepType":"replace","from":` + at + `,"to":` + at + `,"slice":{"content":[{"type":"text","text":"` + words + `","marks":[` + marks + `]}]}}`
}

func markStep(step, from, to, m string) string {
	return `{"stepType":"` + step + `","from":` + from + `,"to":` + to + `,"mark":` + m + `}`
}

func gone(from, to string) string {
	return `{"stepType":"replace","from":` + from + `,"to":` + to + `}`
}

// decisions are what somebody was told: accepted and rejected, newest first.
func decisions(t *testing.T, w *domaintest.World, u auth.User) (all [][2]int) {
	t.Helper()
	require.NoError(t, w.Drafts.TellSuggestersAfter(t.Context(), 0))
	require.NoError(t, w.Drafts.TellSuggestersAfter(t.Context(), 0)) // it tells once
	w.Deliver(2)
	for _, n := range w.Inbox(u) {
		if n.Verb != "draft.suggestions_decided" {
			continue
		}
		var data struct{ Accepted, Rejected int }
		require.NoError(t, json.Unmarshal(n.Data, &data))
		all = append(all, [2]int{data.Accepted, data.Rejected})
	}
	return all
}

func TestWhoSuggestedHearsOnceWhatBecameOfTheirSuggestions(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	d := plan(t, w, drafts.Input{Contributors: []uuid.UUID{w.Rep.ID, w.Colleague.ID}})
	v, err := w.Drafts.SaveDocument(w.As(w.Marketer), d.ID, 1, domaintest.Text("abcdefghij"))
	require.NoError(t, err)
	l := &live{t: t, w: w, id: d.ID, version: v}
	in, out := mark("insertion", "i", w.Rep), mark("deletion", "o", w.Rep)
	l.push(w.Rep, text("1", "XX", in))                // XXabcdefghij
	l.push(w.Rep, markStep("addMark", "5", "7", out)) // cd is to go
	l.push(w.Colleague, text("13", "YY", mark("insertion", "c", w.Colleague)))
	l.push(w.Rep, text("1", "T", mark("insertion", "taken back", w.Rep)), gone("1", "2"))
	require.Empty(t, decisions(t, w, w.Rep), "all are open")

	l.push(w.Marketer, `{"stepType":"replace","from":9,"to":9,"slice":{"content":[{"type":"text","text":"in between"}]}}`)
	l.push(w.Marketer, markStep("removeMark", "1", "3", in)) // accepted
	l.push(w.Marketer, gone("5", "7"))                       // accepted: it is gone
	l.push(w.Marketer, gone("21", "23"))                     // the colleague's is rejected
	doc, err := w.Drafts.Document(w.As(w.Marketer), d.ID)
	require.NoError(t, err)
	require.Equal(t, "XXabefin betweenghij", doc.Text)
	require.Equal(t, [][2]int{{2, 0}}, decisions(t, w, w.Rep))
	require.Equal(t, [][2]int{{0, 1}}, decisions(t, w, w.Colleague))
	for _, n := range w.Inbox(w.Rep) {
		if n.Verb == "draft.suggestions_decided" {
			require.Equal(t, w.Marketer.ID, n.Actor.ID)
			require.Equal(t, "follow", n.Reason)
		}
	}
	has := func(inbox []notify.Notification) (n int) {
		for _, x := range inbox {
			if x.Verb == "draft.suggestions_decided" {
				n++
			}
		}
		return n
	}
	require.Zero(t, has(w.Inbox(w.Marketer)), "only those whose suggestions they were")
}

func TestASuggestionThatIsThereAgainIsNotDecided(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	d := plan(t, w, drafts.Input{Contributors: []uuid.UUID{w.Rep.ID}})
	v, err := w.Drafts.SaveDocument(w.As(w.Marketer), d.ID, 1, domaintest.Text("abc"))
	require.NoError(t, err)
	l := &live{t: t, w: w, id: d.ID, version: v}
	in, out := mark("insertion", "i", w.Rep), mark("deletion", "o", w.Rep)
	l.push(w.Rep, text("1", "XX", in), markStep("addMark", "4", "5", out))
	l.push(w.Marketer, markStep("removeMark", "1", "3", in))
	l.push(w.Marketer, markStep("addMark", "1", "3", in)) // undone
	require.Empty(t, decisions(t, w, w.Rep))
	l.push(w.Marketer, markStep("removeMark", "4", "5", out)) // what was to go stays
	l.push(w.Marketer, gone("1", "3"), text("1", "ZZ", ""))
	require.Equal(t, [][2]int{{0, 2}}, decisions(t, w, w.Rep))
}

func TestALineBreakThatIsAcceptedBecomesAParagraph(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	d := plan(t, w, drafts.Input{Contributors: []uuid.UUID{w.Rep.ID}})
	v, err := w.Drafts.SaveDocument(w.As(w.Marketer), d.ID, 1, domaintest.Text("abc"))
	require.NoError(t, err)
	for id, accept := range map[string]bool{"taken": true, "not": false} {
		broken := `{"type":"doc","content":[{"type":"paragraph","content":[{"type":"text","text":"a"},{"type":"hardBreak","marks":[` + mark("insertion", id, w.Rep) + `]},{"type":"text","text":"bc"}]}]}`
		_, err = w.Drafts.SaveDocument(w.As(w.Rep), d.ID, v, json.RawMessage(broken))
		require.NoError(t, err)
		_, err = w.Drafts.ResolveSuggestions(w.As(w.Marketer), d.ID, accept)
		require.NoError(t, err)
		now, err := w.Drafts.Document(w.As(w.Marketer), d.ID)
		require.NoError(t, err)
		v, err = w.Drafts.SaveDocument(w.As(w.Marketer), d.ID, now.Version, domaintest.Text("abc"))
		require.NoError(t, err)
	}
	require.Equal(t, [][2]int{{1, 1}}, decisions(t, w, w.Rep))
}
