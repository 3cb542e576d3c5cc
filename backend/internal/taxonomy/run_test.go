package taxonomy_test

import (
	"context"
	"errors"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"byline/backend/internal/domaintest"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/errs"
	"byline/backend/internal/taxonomy"
)

// many makes so many resources with a persona.
func (w world) many(n int, persona string) {
	w.Exec(`INSERT INTO resources (id, title, content_type, lang, state, personas, created_at, updated_at)
		SELECT gen_random_uuid(), 'R ' || n, 'guide', 'en', 'live', ARRAY['CTO', $2], now(), now() FROM generate_series(1, $1) n`, n, persona)
}

func (w world) state(id uuid.UUID) taxonomy.Change {
	w.t.Helper()
	all, err := w.s.Changes(w.As(w.Rep))
	require.NoError(w.t, err)
	for _, c := range all {
		if c.ID == id {
			return c
		}
	}
	w.t.Fatal("no such change")
	return taxonomy.Change{}
}

// someSteps works until the process is killed, after so many portions.
func (w world) someSteps(id uuid.UUID, n int) {
	w.t.Helper()
	killed := errors.New("killed")
	ctx, kill := context.WithCancelCause(w.t.Context())
	steps := 0
	w.s.AfterStep(func() {
		if steps++; steps == n {
			kill(killed)
		}
	})
	require.ErrorIs(w.t, w.s.Work(ctx, taxonomy.Run{ID: id}), context.Canceled)
	w.s.AfterStep(nil)
}

func TestAMergeOfManyGoesOnAfterAKillAndIsTakenBackTheSameWay(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.many(2300, "CFOs")
	w.many(10, "CFO")
	lead := w.As(w.MarketingLead)
	c, err := w.s.Merge(lead, taxonomy.Merge{Facet: "persona", Sources: []string{"CFOs"}, Target: "CFO"})
	require.NoError(t, err)
	require.Equal(t, taxonomy.Running, c.State)
	require.Equal(t, []int{2300, 0}, []int{c.Resources, c.Handled})
	require.Equal(t, 1, w.Int(`SELECT count(*) FROM river_job WHERE kind = 'taxonomy_run'`))
	require.Zero(t, w.Int(`SELECT count(*) FROM activities WHERE verb = 'taxonomy.merged'`), "not yet")

	// what has to do with it waits, other values do not
	_, err = w.s.Merge(lead, taxonomy.Merge{Facet: "persona", Sources: []string{"CFO"}, Target: "Chief"})
	w.Code(errs.Conflict, err)
	_, err = w.s.Undo(lead, c.ID)
	w.Code(errs.Conflict, err)
	_, err = w.s.Merge(lead, taxonomy.Merge{Facet: "lang", Sources: []string{"en"}, Target: "en-GB"})
	require.NoError(t, err)

	w.someSteps(c.ID, 1)
	half := w.state(c.ID)
	require.Equal(t, []int{2300, 1000}, []int{half.Resources, half.Handled})
	// nobody works on it: after a while another process does, and two at once do nothing twice
	require.NoError(t, w.s.Pick(t.Context(), taxonomy.Resume{}))
	require.Equal(t, 2, w.Int(`SELECT count(*) FROM river_job WHERE kind = 'taxonomy_run'`), "it was touched just now")
	w.Exec(`UPDATE taxonomy_changes SET touched_at = now() - interval '2 minutes' WHERE id = $1`, c.ID)
	require.NoError(t, w.s.Pick(t.Context(), taxonomy.Resume{}))
	require.Equal(t, 3, w.Int(`SELECT count(*) FROM river_job WHERE kind = 'taxonomy_run'`))
	for _, err := range domaintest.Race(2, func(int) error { return w.s.Work(t.Context(), taxonomy.Run{ID: c.ID}) }) {
		require.NoError(t, err)
	}
	done := w.state(c.ID)
	require.Equal(t, taxonomy.Done, done.State)
	require.Equal(t, []int{2300, 2300}, []int{done.Resources, done.Handled})
	require.Equal(t, map[string]int{"CFO": 2310, "CTO": 2310}, w.values("persona"))
	require.Equal(t, 1, w.Int(`SELECT count(*) FROM activities WHERE verb = 'taxonomy.merged' AND actor_id = $1`, w.MarketingLead.ID))
	require.Equal(t, 2300, w.Int(`SELECT count(*) FROM activities WHERE verb = 'resource.retagged' AND data->>'into' = 'CFO'`))

	w.Exec(`UPDATE resources SET personas = '{CEO}' WHERE id IN (SELECT thing_id FROM taxonomy_changed WHERE change_id = $1 ORDER BY thing_id DESC LIMIT 5)`, c.ID)
	back, err := w.s.Undo(lead, c.ID)
	require.NoError(t, err)
	require.Equal(t, taxonomy.Undoing, back.State)
	_, err = w.s.Undo(lead, c.ID)
	w.Code(errs.Conflict, err)
	w.someSteps(c.ID, 2)
	require.Equal(t, 2000, w.state(c.ID).Handled)
	require.NoError(t, w.s.Work(auth.With(t.Context(), auth.User{}), taxonomy.Run{ID: c.ID}))
	back = w.state(c.ID)
	require.Equal(t, taxonomy.Undone, back.State)
	require.NotNil(t, back.UndoneAt)
	require.Equal(t, []int{2295, 5}, []int{back.Restored, back.Left})
	require.Equal(t, map[string]int{"CFO": 10, "CFOs": 2295, "CTO": 2305, "CEO": 5}, w.values("persona"))
}
