package library_test

import (
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"byline/backend/internal/domaintest"
)

// saidOf gives the days that the notices of a resource spoke of, oldest first; 0 is that it is due.
func saidOf(t *testing.T, w *domaintest.World, id uuid.UUID) []int {
	t.Helper()
	rows, err := w.DB.PG(t.Context()).Query(t.Context(), `SELECT coalesce((data ->> 'days')::int, -1) FROM activities
		WHERE object_id = $1 AND verb LIKE 'resource.review\_%' AND data ? 'notify' ORDER BY id`, id)
	require.NoError(t, err)
	defer rows.Close()
	said := []int{}
	for rows.Next() {
		var n int
		require.NoError(t, rows.Scan(&n))
		said = append(said, n)
	}
	require.NoError(t, rows.Err())
	return said
}

func TestAfterAStandstillTheKeeperHearsOnceAndTheTruth(t *testing.T) {
	t.Parallel()
	due := time.Date(2031, 6, 30, 0, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		checked int   // days before the review at which somebody said that it is right; 0 is never
		runs    []int // days before the review on which the job runs
		said    []int
	}{
		"never still":                       {0, []int{40, 29, 28, 27, 15, 14, 13, 1, 0}, []int{28, 14, 0}},
		"down for a week at the first":      {0, []int{29, 21, 20, 14, 0}, []int{21, 14, 0}},
		"down for a week at the second":     {0, []int{28, 15, 9, 8, 0}, []int{28, 9, 0}},
		"down over both":                    {0, []int{40, 9, 8, 1, 0}, []int{9, 0}},
		"up again the day before":           {0, []int{28, 1, 0}, []int{28, 1, 0}},
		"down over the day itself":          {0, []int{28, 14, -20, -21}, []int{28, 14, 0}},
		"down over everything":              {0, []int{40, -3}, []int{0}},
		"checked long ago":                  {60, []int{28, 10, 0}, []int{28, 10, 0}},
		"checked for a fortnight":           {14, []int{14, 13, 7, 6, 1, 0}, []int{0}},
		"checked for three weeks and a bit": {24, []int{24, 20, 14, 13, 0}, []int{14, 0}},
		"checked for twenty days":           {20, []int{20, 14, 12, 5, 0}, []int{0}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := domaintest.New(t)
			id := w.Resource("Pumps")
			w.Exec(`UPDATE resources SET owner_id = $2, review_due_on = $3::date, verified_at = CASE WHEN $4 > 0 THEN $3::date - $4::int + time '09:00' END WHERE id = $1`, id, w.Rep.ID, due, c.checked)
			for _, left := range c.runs {
				for range 2 {
					require.NoError(t, w.Library.MarkReviewDueAt(t.Context(), due.AddDate(0, 0, -left).Add(9*time.Hour)))
				}
			}
			require.Equal(t, c.said, saidOf(t, w, id))
			w.Deliver(1)
			require.Len(t, toldOf(w, w.Rep, id), len(c.said))
		})
	}
}

func TestADayThatMovesIsToldOfAnew(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	id := w.Resource("Pumps")
	at := func(day string, now time.Time) {
		w.Exec(`UPDATE resources SET owner_id = $2, review_due_on = $3 WHERE id = $1`, id, w.Rep.ID, day)
		require.NoError(t, w.Library.MarkReviewDueAt(t.Context(), now))
	}
	now := time.Date(2031, 6, 16, 9, 0, 0, 0, time.UTC)
	at("2031-06-30", now)
	at("2031-07-10", now)
	at("2031-06-30", now) // back again: known
	at("2031-06-20", now)
	require.Equal(t, []int{14, 24, 4}, saidOf(t, w, id))
}
