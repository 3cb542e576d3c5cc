package insights_test

import (
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"byline/backend/internal/domaintest"
	"byline/backend/internal/ideas"
	"byline/backend/internal/insights"
	"byline/backend/internal/platform/auth"
)

func TestNumbersNameNoResourceThatTheirReaderMayNotSee(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	i := idea(t, w, w.Rep, ideas.Input{Title: "A"})
	r := publish(t, w, i.ID)
	visit(t, w, post(t, w, w.Rep, r))

	names := func(u auth.User) []string {
		n, err := w.Insights.OfIdea(w.As(u), i.ID)
		require.NoError(t, err)
		require.Equal(t, []int{1, 1, 3}, []int{n.Shares, n.Tally.Human, n.Tally.Raw}, "the sums stay")
		titles := []string{}
		for _, p := range n.Pieces {
			titles = append(titles, p.Title)
		}
		return titles
	}
	overview := func(u auth.User) []insights.Group {
		n, err := w.Insights.Overview(w.As(u), 30)
		require.NoError(t, err)
		require.Equal(t, 1, n.Tally.Human)
		return n.Resources
	}
	for state, set := range map[string]string{
		"archived":     `UPDATE resources SET state = 'archived'`,
		"expired":      `UPDATE resources SET state = 'expired'`,
		"past its end": `UPDATE resources SET expires_at = now() - interval '1 minute'`,
		"not released": `UPDATE resources SET release_at = now() + interval '1 hour'`,
	} {
		w.Exec(`UPDATE resources SET state = 'live', release_at = NULL, expires_at = NULL`)
		for _, u := range []auth.User{w.Rep, w.SalesLead, w.Marketer, w.Admin} {
			require.Equal(t, []string{"All about pumps"}, names(u), u.Name)
		}
		require.Len(t, overview(w.SalesLead), 1)
		mine := of(t, w, w.Rep, w.Rep)
		require.Equal(t, []any{"All about pumps", r, "All about pumps"}, []any{mine.Ideas[0].Became, mine.Ideas[0].BecameID, mine.Posts[0].Title})

		w.Exec(set)
		for _, u := range []auth.User{w.Rep, w.SalesLead} {
			require.Empty(t, names(u), state, u.Name)
			n := of(t, w, u, w.Rep)
			require.Equal(t, []any{"", uuid.NullUUID{}, 1}, []any{n.Ideas[0].Became, n.Ideas[0].BecameID, n.Ideas[0].Shares}, state, u.Name)
			require.Equal(t, "Pumps", n.Posts[0].Title, state, u.Name) // its own text
		}
		require.Empty(t, overview(w.SalesLead), state)
		for _, u := range []auth.User{w.Marketer, w.Admin} {
			require.Equal(t, []string{"All about pumps"}, names(u), state, u.Name)
			require.Len(t, overview(u), 1, state, u.Name)
		}
		require.Equal(t, "All about pumps", of(t, w, w.Admin, w.Rep).Ideas[0].Became, state)
	}
}
