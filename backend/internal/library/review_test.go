package library_test

import (
	"net/http"
	"net/url"
	"strconv"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"byline/backend/internal/comments"
	"byline/backend/internal/domaintest"
	"byline/backend/internal/library"
	"byline/backend/internal/links"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/errs"
	"byline/backend/internal/posts"
)

// toldOf gives the verbs and days that somebody's inbox has of a resource, oldest first.
func toldOf(w *domaintest.World, u auth.User, id uuid.UUID) (told []string) {
	for _, n := range w.Inbox(u) {
		if n.ObjectID == id && n.Reason == "assigned" {
			told = append([]string{n.Verb}, told...)
		}
	}
	return told
}

func TestKeepersAreToldTwiceBeforeAndOnTheDayOfTheirTimeZoneOnceEach(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	id := w.Resource("Pumps")
	due := time.Date(2031, 6, 30, 0, 0, 0, 0, time.UTC)
	w.Exec(`UPDATE users SET timezone = 'Pacific/Auckland' WHERE id = $1`, w.Rep.ID) // 12 hours before UTC
	w.Exec(`UPDATE resources SET owner_id = $2, review_due_on = $3 WHERE id = $1`, id, w.Rep.ID, due)
	at := func(now time.Time, want ...string) {
		t.Helper()
		for _, err := range domaintest.Race(4, func(int) error { return w.Library.MarkReviewDueAt(t.Context(), now) }) {
			require.NoError(t, err)
		}
		require.NoError(t, w.Library.MarkReviewDueAt(t.Context(), now))
		w.Deliver(2)
		require.Equal(t, want, toldOf(w, w.Rep, id), now)
	}
	midnight := func(days int) time.Time { return due.AddDate(0, 0, -days).Add(-12 * time.Hour) } // of that day in Auckland
	at(midnight(28).Add(-time.Minute))
	at(midnight(28).Add(time.Minute), "resource.review_soon")
	at(midnight(20), "resource.review_soon")
	at(midnight(14).Add(-time.Minute), "resource.review_soon")
	at(midnight(13), "resource.review_soon", "resource.review_soon") // the program stood still for a day
	at(midnight(0).Add(-time.Minute), "resource.review_soon", "resource.review_soon")
	require.Zero(t, w.Int(`SELECT count(*) FROM resources WHERE state = 'review_due'`))
	at(midnight(0).Add(time.Minute), "resource.review_soon", "resource.review_soon", "resource.review_due")
	require.Equal(t, 1, w.Int(`SELECT count(*) FROM resources WHERE id = $1 AND state = 'review_due'`, id))
	at(midnight(-40), "resource.review_soon", "resource.review_soon", "resource.review_due")
	require.Empty(t, toldOf(w, w.Marketer, id))
}

func TestWhatNobodyOwnsIsKeptByWhoLooksAfterItsType(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	id, orphan := w.Resource("Pumps"), w.Resource("Valves")
	w.Exec(`UPDATE resources SET content_type = 'battlecard', review_due_on = '2031-06-30' WHERE id = $1`, id)
	w.Exec(`UPDATE resources SET review_due_on = '2031-06-30' WHERE id = $1`, orphan)
	w.Exec(`UPDATE content_types SET keeper_id = $1 WHERE key = 'battlecard'`, w.Colleague.ID)
	require.NoError(t, w.Library.MarkReviewDueAt(t.Context(), time.Date(2031, 6, 16, 9, 0, 0, 0, time.UTC)))
	require.NoError(t, w.Library.MarkReviewDueAt(t.Context(), time.Date(2031, 6, 30, 9, 0, 0, 0, time.UTC)))
	w.Deliver(1)
	require.Equal(t, []string{"resource.review_soon", "resource.review_due"}, toldOf(w, w.Colleague, id))
	require.Equal(t, 2, w.Int(`SELECT count(*) FROM resources WHERE state = 'review_due'`), "the day is marked without anybody to tell")

	_, err := w.Library.Verify(w.As(w.Rep), id, 0)
	w.Code(errs.Forbidden, err)
	mine, err := w.Library.ToReview(w.As(w.Colleague), 10)
	require.NoError(t, err)
	require.Len(t, mine, 1)
	r, err := w.Library.Verify(w.As(w.Colleague), id, 0)
	require.NoError(t, err)
	require.Equal(t, library.Live, r.State)
	require.Equal(t, 1, w.Int(`SELECT count(*) FROM resources WHERE id = $1 AND review_due_on = (current_date + interval '3 months')::date`, id), "the period of battlecards")
	mine, err = w.Library.ToReview(w.As(w.Colleague), 10)
	require.NoError(t, err)
	require.Empty(t, mine)
}

func TestADayChosenAMomentAgoIsNotToldAtOnce(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	id := w.Resource("Pumps")
	w.Exec(`UPDATE resources SET owner_id = $2 WHERE id = $1`, id, w.Rep.ID)
	_, err := w.Library.Verify(w.As(w.Rep), id, 14)
	require.NoError(t, err)
	require.NoError(t, w.Library.MarkReviewDueAt(t.Context(), time.Now()))
	w.Deliver(1)
	require.Empty(t, toldOf(w, w.Rep, id))
	require.NoError(t, w.Library.MarkReviewDueAt(t.Context(), time.Now().AddDate(0, 0, 15)))
	w.Deliver(1)
	require.Equal(t, []string{"resource.review_due"}, toldOf(w, w.Rep, id))
}

func TestThatAReviewIsDueEndsWhenADetailMovesItAway(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	id := w.Resource("Pumps")
	w.Exec(`UPDATE resources SET state = 'review_due', review_due_on = current_date WHERE id = $1`, id)
	ctx := w.As(w.Marketer)
	r, err := w.Library.Resource(ctx, id)
	require.NoError(t, err)
	later := time.Now().AddDate(0, 2, 0)
	d := library.Details{Title: "Pumps", ContentType: "guide", Lang: "en", ReviewDueOn: &later, DatesZone: "Europe/Berlin"}
	r, err = w.Library.UpdateResource(ctx, id, r.Rev, d)
	require.NoError(t, err)
	require.Equal(t, library.Live, r.State)
	require.Equal(t, "Europe/Berlin", r.DatesZone)
	for _, zone := range []string{"Local", "Mars/Base", "../etc/passwd"} {
		d.DatesZone = zone
		_, err = w.Library.UpdateResource(ctx, id, r.Rev, d)
		w.Code(errs.Invalid, err, zone)
	}
}

func TestReleaseAndExpiryHoldToTheMinuteForPagesFilesAndLinks(t *testing.T) {
	t.Parallel()
	w := domaintest.NewWithStorage(t)
	id := w.Resource("Price list")
	file := upload(t, w, w.Marketer, "prices.png", picture(t))
	require.NoError(t, w.Library.Attach(w.As(w.Marketer), file.ID, comments.Object{Type: "resource", ID: id}, 0, ""))
	berlin, err := time.LoadLocation("Europe/Berlin")
	require.NoError(t, err)
	// the night in which summer time ends: 01:30 UTC is the second 02:30 in Berlin
	opens, ends := time.Date(2031, 10, 25, 9, 0, 0, 0, berlin), time.Date(2031, 10, 26, 3, 0, 0, 0, berlin)
	require.Equal(t, 19*time.Hour, ends.Sub(opens))
	w.Exec(`UPDATE resources SET release_at = $2, expires_at = $3, dates_zone = 'Europe/Berlin' WHERE id = $1`, id, opens, ends)
	p, err := w.Posts.Create(w.As(w.Marketer), posts.Input{OwnerID: w.Rep.ID, Network: "linkedin", Text: "Prices", LinkTarget: "https://example.com/prices", ResourceID: uuid.NullUUID{UUID: id, Valid: true}})
	require.NoError(t, err)
	p, err = w.Posts.Offer(w.As(w.Marketer), p.ID)
	require.NoError(t, err)
	_, err = w.Posts.Seal(w.As(w.Rep), p.ID, p.Hash)
	require.NoError(t, err)
	other, err := w.Links.Create(t.Context(), links.Link{Target: "https://example.com/other", OwnerID: w.Rep.ID, Placement: "linkedin", Active: true})
	require.NoError(t, err)
	var code string
	require.NoError(t, w.DB.Pool().QueryRow(t.Context(), `SELECT l.code FROM links l JOIN posts p ON p.link_id = l.id WHERE p.id = $1`, p.ID).Scan(&code))

	life := func(u auth.User) (seconds int) {
		at, err := w.Library.DownloadURL(w.As(u), file.ID, false)
		require.NoError(t, err)
		address, err := url.Parse(at)
		require.NoError(t, err)
		seconds, err = strconv.Atoi(address.Query().Get("X-Amz-Expires"))
		require.NoError(t, err)
		return seconds
	}
	at := func(now time.Time, open bool) {
		t.Helper()
		w.Library.SetClock(func() time.Time { return now })
		w.Links.SetClock(func() time.Time { return now })
		want := errs.NotFound
		if open {
			want = ""
		}
		_, err := w.Library.Resource(w.As(w.Rep), id)
		w.Code(want, err, now)
		list, err := w.Library.Resources(w.As(w.Rep), library.ResourceFilter{Limit: 10})
		require.NoError(t, err)
		require.Equal(t, open, len(list) == 1)
		_, err = w.Library.DownloadURL(w.As(w.Rep), file.ID, false)
		w.Code(want, err, now)
		_, err = w.Library.PreviewURL(w.As(w.Rep), file.ID)
		w.Code(want, err, now)
		before := w.Int(`SELECT count(*) FROM hits`)
		_, err = w.Links.Hit(t.Context(), code, links.Signals{Method: "GET", Agent: "Mozilla/5.0"}, "")
		w.Code(want, err, now)
		require.Equal(t, open, w.Int(`SELECT count(*) FROM hits`) > before, "what leads nowhere is not counted")
		_, err = w.Links.Hit(t.Context(), other.Code, links.Signals{Method: "GET", Agent: "Mozilla/5.0"}, "")
		require.NoError(t, err, "a link about something else stays open")
		_, err = w.Library.Resource(w.As(w.Marketer), id)
		require.NoError(t, err)
		require.Equal(t, 300, life(w.Marketer))
	}
	at(opens.Add(-time.Second), false)
	at(opens, true)
	require.Equal(t, 300, life(w.Rep))
	at(ends.Add(-90*time.Second), true)
	require.Equal(t, 90, life(w.Rep), "the address does not outlive what it leads to")
	at(ends.Add(-time.Microsecond), true)
	require.Equal(t, 1, life(w.Rep))
	at(ends, false)
}

func TestANewFileIsANewVersionThatCountsAsChecked(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	id := w.Resource("Price list")
	w.Exec(`UPDATE resources SET owner_id = $2, state = 'review_due', review_due_on = current_date WHERE id = $1`, id, w.Rep.ID)
	old, next, strange := w.File(w.Marketer), w.File(w.Rep), w.File(w.Stranger)
	require.NoError(t, w.Library.Attach(w.As(w.Marketer), old, comments.Object{Type: "resource", ID: id}, 0, "2030"))
	ctx := w.As(w.Rep)
	_, err := w.Library.ReplaceFile(ctx, id, strange, uuid.Nil, "")
	w.Code(errs.Invalid, err, "a stranger's file")
	_, err = w.Library.ReplaceFile(w.As(w.Colleague), id, next, uuid.Nil, "")
	w.Code(errs.Forbidden, err)
	// a double click
	won := w.Won(domaintest.Race(2, func(int) error { _, err := w.Library.ReplaceFile(ctx, id, next, old, " Prices of 2031.\n"); return err }), errs.Conflict)
	require.Equal(t, 1, won)
	r, err := w.Library.Resource(ctx, id)
	require.NoError(t, err)
	require.Equal(t, library.Live, r.State)
	require.Equal(t, 2, r.Version)
	require.Equal(t, w.Rep.ID, r.VerifiedBy.ID)
	files, err := w.Library.Attached(ctx, comments.Object{Type: "resource", ID: id})
	require.NoError(t, err)
	require.Len(t, files, 1)
	require.Equal(t, next, files[0].ID)
	require.Equal(t, "2030", files[0].Caption)
	versions, err := w.Library.Versions(ctx, id)
	require.NoError(t, err)
	require.Equal(t, "Prices of 2031.", versions[0].Note)
	_, err = w.Library.Asset(w.As(w.Colleague), old)
	w.Code(errs.NotFound, err, "the old file is no part of it any more")
}

func TestTheBoardPutsHotAndStaleFirstAndShowsRepsWhatTheyKeep(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	ids := map[string]uuid.UUID{}
	for _, name := range []string{"hot stale", "cold stale", "hot fresh", "cold fresh"} {
		ids[name] = w.Resource(name)
	}
	w.Exec(`UPDATE resources SET state = 'review_due', review_due_on = current_date WHERE title LIKE '% stale'`)
	w.Exec(`UPDATE resources SET review_due_on = current_date + 100 WHERE title LIKE '% fresh'`)
	w.Exec(`INSERT INTO resource_views SELECT r.id, u.id, current_date - 80 FROM resources r, users u WHERE r.title LIKE 'hot %'`)
	w.Exec(`INSERT INTO resource_views SELECT $1, u.id, current_date - 91 FROM users u`, ids["cold fresh"]) // long ago
	w.Exec(`UPDATE resources SET owner_id = $2 WHERE id = $1`, ids["cold fresh"], w.Rep.ID)
	b, err := w.Library.ReviewBoard(w.As(w.Marketer), false)
	require.NoError(t, err)
	var order []string
	for _, k := range b.Kept {
		order = append(order, k.Title)
	}
	require.Equal(t, []string{"hot stale", "cold stale", "hot fresh", "cold fresh"}, order)
	require.Equal(t, 7, b.Kept[0].Use)
	require.Zero(t, b.Kept[3].Use)
	require.Equal(t, 1, b.Counts[[2]bool{true, true}])
	b, err = w.Library.ReviewBoard(w.As(w.Rep), false)
	require.NoError(t, err)
	require.Len(t, b.Kept, 1)
	require.Equal(t, "cold fresh", b.Kept[0].Title)
	b, err = w.Library.ReviewBoard(w.As(w.Marketer), true)
	require.NoError(t, err)
	require.Empty(t, b.Kept)
}

func TestAnAddressOfAFileEndsWithWhatItLeadsTo(t *testing.T) {
	t.Parallel()
	w := domaintest.NewWithStorage(t)
	id := w.Resource("Price list")
	file := upload(t, w, w.Marketer, "prices.png", picture(t))
	require.NoError(t, w.Library.Attach(w.As(w.Marketer), file.ID, comments.Object{Type: "resource", ID: id}, 0, ""))
	ends := time.Now().Add(3 * time.Second).Truncate(time.Second)
	w.Exec(`UPDATE resources SET expires_at = $2 WHERE id = $1`, id, ends)
	load := func(u auth.User) (status func() int) {
		address, err := w.Library.DownloadURL(w.As(u), file.ID, false)
		require.NoError(t, err)
		return func() int {
			answer, err := http.Get(address) //nolint:gosec // of the test's own storage
			require.NoError(t, err)
			defer func() { _ = answer.Body.Close() }()
			return answer.StatusCode
		}
	}
	ofRep := load(w.Rep)
	ofMarketing := load(w.Marketer)
	require.Equal(t, http.StatusOK, ofRep())
	time.Sleep(time.Until(ends) + 10*time.Millisecond)
	require.Equal(t, http.StatusForbidden, ofRep(), "the storage refuses an address that was given before")
	require.Equal(t, http.StatusOK, ofMarketing(), "who keeps it goes on seeing it")
}
