package library_test

import (
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"byline/backend/internal/domaintest"
	"byline/backend/internal/library"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/errs"
)

func recommended(t *testing.T, list []library.Recommended, err error) (titles []string, codes map[string][]string) {
	t.Helper()
	require.NoError(t, err)
	codes = map[string][]string{}
	for _, r := range list {
		titles = append(titles, r.Title)
		for _, w := range r.Why {
			codes[r.Title] = append(codes[r.Title], w.Code)
		}
		require.NotEmpty(t, r.Why, r.Title)
	}
	return titles, codes
}

func TestRecommendedIsWhatFitsWithReasonsAndNothingThatOneMayNotSee(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	ids := map[string]uuid.UUID{}
	add := func(title, industries string) {
		ids[title] = w.Resource(title)
		w.Exec(`UPDATE resources SET industries = $2::text[], published_at = now() - interval '90 days', created_at = now() - interval '90 days' WHERE id = $1`, ids[title], industries)
	}
	add("Read", "{Pharma}")
	add("Like it", "{Pharma}")
	add("Of the team", "{Food}")
	add("Nothing to do with it", "{Steel}")
	for _, hide := range []string{"state = 'archived'", "state = 'review_due'", "release_at = now() + interval '1 hour'", "expires_at = now() - interval '1 second'"} {
		add(hide, "{Pharma}")
		w.Exec(`UPDATE resources SET `+hide+` WHERE id = $1`, ids[hide])
	}
	view := func(title string, by ...auth.User) {
		for _, u := range by {
			require.NoError(t, w.Library.Viewed(w.As(u), ids[title]))
		}
	}
	list, err := w.Library.Recommend(w.As(w.Rep), 10)
	titles, _ := recommended(t, list, err)
	require.Empty(t, titles, "no reason, no recommendation")
	view("Read", w.Rep, w.Colleague, w.SalesLead)
	view("Of the team", w.Colleague, w.SalesLead)
	require.NoError(t, w.Library.WorkCountUse(t.Context(), library.CountUse{}))
	for _, u := range []auth.User{w.Rep, w.Marketer} {
		if u.ID == w.Marketer.ID {
			view("Read", w.Marketer)
		}
		list, err = w.Library.Recommend(w.As(u), 10)
		titles, codes := recommended(t, list, err)
		require.ElementsMatch(t, []string{"Like it", "Of the team"}, titles)
		require.Equal(t, []string{"like"}, codes["Like it"])
		require.Contains(t, codes["Of the team"], map[bool]string{true: "used", false: "team"}[u.IsMarketer()])
	}
	// what was marked is known already
	require.NoError(t, w.Library.Favourite(w.As(w.Rep), ids["Of the team"], true))
	list, err = w.Library.Recommend(w.As(w.Rep), 10)
	titles, _ = recommended(t, list, err)
	require.Equal(t, []string{"Like it"}, titles)

	list, err = w.Library.Related(w.As(w.Stranger), ids["Read"], 10)
	titles, codes := recommended(t, list, err)
	require.ElementsMatch(t, []string{"Like it", "Of the team"}, titles)
	require.Equal(t, []string{"about"}, codes["Like it"])
	require.Contains(t, codes["Of the team"], "together")
	_, err = w.Library.Related(w.As(w.Rep), ids["state = 'archived'"], 10)
	w.Code(errs.NotFound, err)
}

func TestWhatIsNewSinceTheLastVisitStaysWithinOne(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	w.Resource("Old")
	first, err := w.Library.Visit(w.As(w.Rep), 6)
	require.NoError(t, err)
	require.Nil(t, first.Since)
	require.Zero(t, first.Count)
	// the next day
	w.Exec(`UPDATE library_visits SET seen_at = now() - interval '1 day'`)
	w.Exec(`UPDATE resources SET published_at = now() - interval '3 days', created_at = now() - interval '3 days'`)
	w.Resource("New")
	planned := w.Resource("Planned")
	w.Exec(`UPDATE resources SET release_at = now() + interval '1 hour' WHERE id = $1`, planned)
	released := w.Resource("Released")
	w.Exec(`UPDATE resources SET created_at = now() - interval '9 days', published_at = now() - interval '9 days', release_at = now() - interval '1 hour' WHERE id = $1`, released)
	for range 3 { // a reload, and another tab, change nothing
		news, err := w.Library.Visit(w.As(w.Rep), 6)
		require.NoError(t, err)
		require.Equal(t, 2, news.Count)
		require.WithinDuration(t, time.Now().AddDate(0, 0, -1), *news.Since, time.Minute)
		require.Equal(t, []string{"New", "Released"}, []string{news.First[0].Title, news.First[1].Title})
	}
	news, err := w.Library.Visit(w.As(w.Stranger), 6)
	require.NoError(t, err)
	require.Nil(t, news.Since, "each person has their own")
	// half an hour later nothing of it is new any more
	w.Exec(`UPDATE library_visits SET seen_at = now() - interval '31 minutes'`)
	w.Exec(`UPDATE resources SET published_at = now() - interval '2 hours', created_at = now() - interval '2 hours' WHERE title = 'New'`)
	news, err = w.Library.Visit(w.As(w.Rep), 6)
	require.NoError(t, err)
	require.Zero(t, news.Count)
}
