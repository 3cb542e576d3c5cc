package library_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"byline/backend/internal/comments"
	"byline/backend/internal/domaintest"
	"byline/backend/internal/library"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/errs"
)

func TestReleaseExpiryAndArchiveHoldAtRequestTime(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	all := []auth.User{w.Rep, w.SalesLead, w.Marketer, w.Admin}
	marketing := []auth.User{w.Marketer, w.Admin}
	for _, c := range []struct {
		set  string
		sees []auth.User
		list []auth.User
	}{
		{"state = 'live'", all, all}, {"state = 'review_due'", all, all},
		{"release_at = now() - interval '1 second'", all, all}, {"release_at = now() + interval '1 hour'", marketing, marketing},
		{"expires_at = now() + interval '1 hour'", all, all}, {"expires_at = now() - interval '1 second'", marketing, marketing},
		{"state = 'expired'", marketing, marketing}, {"state = 'archived'", marketing, nil},
	} {
		id := w.Resource("Pumps")
		w.Exec(`UPDATE resources SET `+c.set+` WHERE id = $1`, id)
		for _, u := range all {
			ctx := w.As(u)
			want := errs.NotFound
			if slices.Contains(c.sees, u) {
				want = ""
			}
			_, err := w.Library.Resource(ctx, id)
			w.Code(want, err, c.set, u.Name)
			_, err = w.Library.Versions(ctx, id)
			w.Code(want, err, c.set, u.Name)
			w.Code(want, w.Library.Favourite(ctx, id, true), c.set, u.Name)
			for _, f := range []library.ResourceFilter{{}, {Sort: "title"}, {Sort: "used"}, {Tab: library.TabFavourites}} {
				f.Limit = 100
				list, err := w.Library.Resources(ctx, f)
				require.NoError(t, err)
				has := slices.ContainsFunc(list, func(r library.Resource) bool { return r.ID == id })
				require.Equal(t, slices.Contains(c.list, u), has, "%s %s %+v", c.set, u.Name, f)
			}
		}
	}
	archived, err := w.Library.Resources(w.As(w.Rep), library.ResourceFilter{State: library.Archived, Limit: 10})
	require.NoError(t, err)
	require.Empty(t, archived) // asking for it by name does not help
	archived, err = w.Library.Resources(w.As(w.Marketer), library.ResourceFilter{State: library.Archived, Limit: 10})
	require.NoError(t, err)
	require.Len(t, archived, 1)
}

func TestAFavouriteIsOnesOwnAndCountedOnce(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	id := w.Resource("Pumps")
	for range 2 {
		require.NoError(t, w.Library.Favourite(w.As(w.Rep), id, true))
		require.NoError(t, w.Library.Viewed(w.As(w.Rep), id))
	}
	require.NoError(t, w.Library.Viewed(w.As(w.Colleague), id))
	mine, err := w.Library.Resource(w.As(w.Rep), id)
	require.NoError(t, err)
	theirs, err := w.Library.Resource(w.As(w.Colleague), id)
	require.NoError(t, err)
	require.True(t, mine.Favourite)
	require.False(t, theirs.Favourite)
	require.Equal(t, 2, theirs.Views) // one per person and day
	for range 2 {
		require.NoError(t, w.Library.Favourite(w.As(w.Rep), id, false))
	}
	require.Zero(t, w.Int(`SELECT count(*) FROM favourites`))
	w.Code(errs.NotFound, w.Library.Favourite(w.As(w.Rep), db.NewID(), true))
}

func TestDetailsAreCheckedAndAStaleChangeIsRefused(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	id, ctx := w.Resource("Pumps"), w.As(w.Marketer)
	good := func() library.Details { return library.Details{Title: "Valves", ContentType: "guide", Lang: "en"} }
	now := time.Now()
	for name, change := range map[string]func(d *library.Details){
		"title": func(d *library.Details) { d.Title = " " }, "type": func(d *library.Details) { d.ContentType = "poem" },
		"order": func(d *library.Details) { d.ReleaseAt, d.ExpiresAt = &now, &now }, "url": func(d *library.Details) { d.PublicURL = "javascript:alert(1)" },
		"owner": func(d *library.Details) { d.OwnerID = uuid.NullUUID{UUID: uuid.New(), Valid: true} },
	} {
		d := good()
		change(&d)
		_, err := w.Library.UpdateResource(ctx, id, 1, d)
		w.Code(errs.Invalid, err, name)
	}
	require.Equal(t, 1, w.Won(domaintest.Race(20, func(n int) error {
		d := good()
		d.Title = fmt.Sprint("Edit ", n)
		_, err := w.Library.UpdateResource(ctx, id, 1, d)
		return err
	}), errs.Stale))
	_, err := w.Library.UpdateResource(ctx, db.NewID(), 1, good())
	w.Code(errs.NotFound, err)

	own := good()
	own.ContentType = "white_paper" // a type of the company's own, which is gone by now
	w.Exec(`UPDATE resources SET content_type = 'white_paper' WHERE id = $1`, id)
	_, err = w.Library.UpdateResource(ctx, id, 2, own)
	require.NoError(t, err, "stays what it is")
	_, err = w.Library.UpdateResource(ctx, w.Resource("Seals"), 1, own)
	w.Code(errs.Invalid, err, "nothing else becomes it")
}

func TestArchiveVerifyAndReview(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	id, ctx := w.Resource("Pumps"), w.As(w.Marketer)
	w.Exec(`UPDATE resources SET review_due_on = current_date WHERE id = $1`, id)
	for range 2 {
		require.NoError(t, w.Library.MarkReviewDue(t.Context(), library.MarkDue{}))
	}
	r, err := w.Library.Resource(ctx, id)
	require.NoError(t, err)
	require.Equal(t, library.ReviewDue, r.State)
	require.Equal(t, 1, w.Int(`SELECT count(*) FROM activities WHERE verb = 'resource.review_due'`))
	r, err = w.Library.Verify(ctx, id, 90)
	require.NoError(t, err)
	require.Equal(t, library.Live, r.State)
	require.Equal(t, 90, w.Int(`SELECT review_due_on - current_date FROM resources WHERE id = $1`, id))
	for range 2 { // a double click
		r, err = w.Library.Archive(ctx, id, true)
		require.NoError(t, err)
		require.Equal(t, library.Archived, r.State)
	}
	require.Equal(t, 1, w.Int(`SELECT count(*) FROM activities WHERE verb = 'resource.archived'`))
	_, err = w.Library.Verify(ctx, id, 90)
	w.Code(errs.Conflict, err)
	r, err = w.Library.Archive(ctx, id, false)
	require.NoError(t, err)
	require.Equal(t, library.Live, r.State)
	_, err = w.Library.Verify(ctx, db.NewID(), 90)
	w.Code(errs.NotFound, err)
	_, err = w.Library.Archive(ctx, db.NewID(), true)
	w.Code(errs.NotFound, err)
}

func TestAnImportBySourceIsIdempotentAndKeepsWhatPeopleDid(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	ctx := w.As(w.Admin)
	in := library.Imported{SourceID: "repo/pumps.md", Title: "Pumps", ContentType: "guide", Lang: "en", BodyMarkdown: "# Pumps", Taxonomy: library.Taxonomy{Tags: []string{"a"}, Personas: []string{"cfo"}}}
	id, changed, err := w.Library.Import(ctx, in)
	require.NoError(t, err)
	require.True(t, changed)
	require.NoError(t, w.Library.Favourite(ctx, id, true))
	again, changed, err := w.Library.Import(ctx, in)
	require.NoError(t, err)
	require.False(t, changed)
	require.Equal(t, id, again)
	require.Equal(t, 1, w.Int(`SELECT rev FROM resources WHERE id = $1`, id))
	for name, change := range map[string]func(){
		"title": func() { in.Title = "Pumps and valves" }, "text": func() { in.BodyMarkdown = "# Valves" }, "persona": func() { in.Taxonomy.Personas = []string{"cto"} },
		"author": func() { in.Authors = []string{"Ann"} }, "file": func() { in.Asset = w.File(w.Admin) },
	} {
		change()
		again, changed, err = w.Library.Import(ctx, in)
		require.NoError(t, err)
		require.True(t, changed, name)
		require.Equal(t, id, again)
		_, changed, err = w.Library.Import(ctx, in)
		require.NoError(t, err)
		require.False(t, changed, name)
	}
	r, err := w.Library.Resource(ctx, id)
	require.NoError(t, err)
	require.True(t, r.Favourite)
	files, err := w.Library.Attached(ctx, comments.Object{Type: "resource", ID: id})
	require.NoError(t, err)
	require.Len(t, files, 1)
	w.Won(domaintest.Race(8, func(int) error {
		_, _, err := w.Library.Import(ctx, library.Imported{SourceID: "race", Title: "x", ContentType: "guide", Lang: "en"})
		return err
	}))
	require.Equal(t, 1, w.Int(`SELECT count(*) FROM resources WHERE source_id = 'race'`))
}

func TestTheResourceCenterIsPagedAndTakesTheSameNumberOfQueriesForOneAndForFifty(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	w.ConstantQueries(w.As(w.Rep), func(n int) {
		id := w.Resource([]string{"a Pump", "B valve", "ä pipe"}[n%3])
		w.Exec(`UPDATE resources SET views = $2 WHERE id = $1`, id, n%4)
	}, func(ctx context.Context) (int, error) {
		list, err := w.Library.Resources(ctx, library.ResourceFilter{Limit: 100})
		return len(list), err
	})
	for _, sort := range []string{"new", "used", "title"} {
		seen := map[uuid.UUID]bool{}
		for f := (library.ResourceFilter{Sort: sort, Limit: 7}); ; {
			page, err := w.Library.Resources(w.As(w.Rep), f)
			require.NoError(t, err)
			if len(page) == 0 {
				break
			}
			for _, r := range page {
				require.False(t, seen[r.ID], sort)
				seen[r.ID] = true
			}
			last := page[len(page)-1]
			f.After = &library.ResourcePosition{Views: last.Views, Title: last.Title, ID: last.ID}
		}
		require.Len(t, seen, 50, sort)
	}
}

func TestMarkdownOfStrangersRendersSafely(t *testing.T) {
	t.Parallel()
	html, err := library.MarkdownHTML("# Hi {{< video x >}}\n<script>alert(1)</script>\n[a](javascript:alert(1)) <img src=x onerror=alert(1)> <a href=\"https://e.com\" onclick=\"x\">b</a>\n<iframe src=https://e.com></iframe>\n\n```go\nx := 1\n```")
	require.NoError(t, err)
	for _, bad := range []string{"script", "alert", "onerror", "onclick", "iframe", "<img", "video"} {
		require.NotContains(t, html, bad)
	}
	require.Contains(t, html, `href="https://e.com"`)
	text, err := library.MarkdownText("# One\n\n- two & <b>three</b>\n")
	require.NoError(t, err)
	require.Contains(t, text, "two & three")
}
