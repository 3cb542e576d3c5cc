package drafts_test

import (
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"byline/backend/internal/domaintest"
	"byline/backend/internal/drafts"
	"byline/backend/internal/platform/auth"
)

// East and west of the date line it is never the same day; in one of the two it is not the day of UTC either.
const east, west = "Pacific/Kiritimati", "Etc/GMT+12"

func todayIn(t *testing.T, zone string) *time.Time {
	t.Helper()
	place, err := time.LoadLocation(zone)
	require.NoError(t, err)
	now := time.Now().In(place)
	today := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, time.UTC)
	return &today
}

func lives(w *domaintest.World, u auth.User, zone string) {
	w.Exec(`UPDATE users SET timezone = $2 WHERE id = $1`, u.ID, zone)
}

func TestWhatIsOverdueIsAskedWhereTheReaderIs(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	d := plan(t, w, drafts.Input{Title: "Due in the west", Plan: drafts.Plan{DueOn: todayIn(t, west)}})
	overdue := func(zone string) int {
		lives(w, w.Marketer, zone)
		list, err := w.Drafts.List(w.As(w.Marketer), drafts.Filter{Overdue: true, Limit: 10})
		require.NoError(t, err)
		return len(list)
	}
	require.Equal(t, 1, overdue(east), "yesterday or earlier there")
	require.Zero(t, overdue(west), "today there")
	overdue("Mars/Olympus") // a zone that the database does not know is no error

	_, err := w.Drafts.SetSteps(w.As(w.Marketer), d.ID, get(t, w, d.ID).Rev, []drafts.StepDay{{Step: "writing", AssigneeID: uuid.NullUUID{UUID: w.Marketer.ID, Valid: true}}})
	require.NoError(t, err)
	soon := todayIn(t, east).AddDate(0, 0, 3)
	w.Exec(`UPDATE draft_steps SET due_on = $2 WHERE draft_id = $1 AND step = 'writing'`, d.ID, soon)
	mine := func(zone string) int {
		lives(w, w.Marketer, zone)
		list, err := w.Drafts.List(w.As(w.Marketer), drafts.Filter{MyStep: true, Limit: 10})
		require.NoError(t, err)
		return len(list)
	}
	require.Equal(t, 1, mine(east), "within three days there")
	require.Zero(t, mine(west), "four days or more there")
}

func TestAStepEndsOnTheDayThatItIsWhereItsWriterIs(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	for zone, other := range map[string]string{east: west, west: east} {
		lives(w, w.Marketer, zone)
		for due, asks := range map[*time.Time]bool{todayIn(t, zone): false, todayIn(t, other): true} {
			d := plan(t, w, drafts.Input{Plan: drafts.Plan{DueOn: due, PublishOn: date(t, "2035-01-15")}})
			w.Exec(`UPDATE draft_steps SET due_on = $2 WHERE draft_id = $1 AND step = 'brief'`, d.ID, due)
			_, err := w.Drafts.Move(w.As(w.Marketer), d.ID, "start")
			require.NoError(t, err)
			answered := w.Int(`SELECT count(*) FROM draft_steps WHERE draft_id = $1 AND step = 'brief' AND answered`, d.ID)
			require.Equal(t, asks, answered == 0, "%s, due %s", zone, due)
			if moved := way(t, w, d.ID).Moved; moved != nil {
				require.Equal(t, drafts.WorkingDays(*due, *todayIn(t, zone)), moved.Days)
				require.True(t, asks)
			}
		}
	}
}
