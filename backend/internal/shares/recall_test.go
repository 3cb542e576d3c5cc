package shares_test

import (
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"byline/backend/internal/domaintest"
	"byline/backend/internal/platform/errs"
	"byline/backend/internal/posts"
	"byline/backend/internal/shares"
)

func TestWhatWasReplacedLeadsToItsSuccessorAndBack(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	old, next, last := shareable(t, w, "Price list 2026"), shareable(t, w, "Price list 2027"), shareable(t, w, "Price list 2028")
	file(w, old, 2)
	newFile := file(w, next, 2)
	x, token := share(t, w, w.Rep, func(in *shares.Input) { in.Resources = []uuid.UUID{old} })
	both, bothToken := share(t, w, w.Stranger, func(in *shares.Input) { in.Resources = []uuid.UUID{old, next} })
	_, revokedToken := share(t, w, w.Rep, func(in *shares.Input) { in.Resources = []uuid.UUID{old} })
	seen := func(token string) (titles []string) {
		view, err := w.Shares.Open(t.Context(), token, person("a"))
		if err != nil {
			w.Code(errs.NotFound, err)
			return nil
		}
		for _, r := range view.Resources {
			titles = append(titles, r.Title)
		}
		return titles
	}
	held, err := w.Shares.Holders(w.As(w.Marketer), old)
	require.NoError(t, err)
	require.Len(t, held, 3)
	require.Equal(t, []string{"Price list 2026"}, seen(token))
	w.Exec(`UPDATE shares SET revoked_at = now() WHERE id NOT IN ($1, $2)`, x.ID, both.ID)

	_, err = w.Library.Supersede(w.As(w.Marketer), old, next)
	require.NoError(t, err)
	require.Equal(t, []string{"Price list 2027"}, seen(token))
	require.Equal(t, []string{"Price list 2027"}, seen(bothToken), "and not twice")
	require.Nil(t, seen(revokedToken))
	_, err = w.Shares.File(t.Context(), token, person("a"), newFile, shares.Preview)
	require.NoError(t, err)
	got, err := w.Shares.Get(w.As(w.Rep), x.ID)
	require.NoError(t, err)
	require.Equal(t, "Price list 2027", got.Resources[0].ReplacedBy)
	w.Deliver(2)
	for _, u := range []struct{ inbox int }{{len(w.Inbox(w.Rep))}, {len(w.Inbox(w.Stranger))}} {
		require.Equal(t, 1, u.inbox, "each owner of an open share is told once")
	}
	require.Equal(t, "share.superseded", w.Inbox(w.Rep)[0].Verb)

	// a successor that strangers may not see is skipped over only when it was replaced too
	w.Exec(`UPDATE resources SET shareable = false WHERE id = $1`, next)
	require.Nil(t, seen(token))
	_, err = w.Library.Supersede(w.As(w.Marketer), next, last)
	require.NoError(t, err)
	require.Equal(t, []string{"Price list 2028"}, seen(token))
	found, err := w.Library.Successor(w.As(w.Rep), old)
	require.NoError(t, err)
	require.Equal(t, last, found.ID)
	_, err = w.Library.Supersede(w.As(w.Marketer), last, old)
	w.Code(errs.Invalid, err, "out of use itself")
	w.Exec(`UPDATE resources SET state = 'live' WHERE id = $1`, old)
	_, err = w.Library.Supersede(w.As(w.Marketer), old, old)
	w.Code(errs.Invalid, err)
	w.Exec(`UPDATE resources SET state = 'archived' WHERE id = $1`, old)

	_, err = w.Library.Archive(w.As(w.Marketer), old, false)
	require.NoError(t, err)
	require.Equal(t, []string{"Price list 2026"}, seen(token), "brought back")
	_, err = w.Library.Archive(w.As(w.Marketer), old, true)
	require.NoError(t, err)
	require.Nil(t, seen(token), "nothing took its place this time")
	w.Deliver(1)
	require.Equal(t, "share.emptied", w.Inbox(w.Rep)[0].Verb)
}

func TestAShareMadeBeforeShowsTheNewVersionAndNothingOfTheOld(t *testing.T) {
	t.Parallel()
	w := domaintest.NewWithStorage(t)
	id := shareable(t, w, "Price list")
	former := file(w, id, 3)
	_, token := share(t, w, w.Rep, func(in *shares.Input) { in.Resources = []uuid.UUID{id} })
	get := func(asset uuid.UUID) error {
		_, err := w.Shares.File(t.Context(), token, person("a"), asset, shares.Keep)
		return err
	}
	require.NoError(t, get(former))
	next := w.File(w.Marketer)
	_, err := w.Library.ReplaceFile(w.As(w.Marketer), id, next, uuid.Nil, "")
	require.NoError(t, err)
	view, err := w.Shares.Open(t.Context(), token, person("a"))
	require.NoError(t, err)
	require.Len(t, view.Resources[0].Files, 1)
	require.Equal(t, next, view.Resources[0].Files[0].ID)
	require.NoError(t, get(next))
	w.Code(errs.NotFound, get(former))
	_, err = w.Shares.Picture(t.Context(), token, person("a"), shares.Wanted{Asset: former, Page: 1, Width: 800})
	w.Code(errs.NotFound, err)
}

func TestWhoSharedItHearsOnceWhatChangedInIt(t *testing.T) {
	t.Parallel()
	w := domaintest.NewWithStorage(t)
	id := shareable(t, w, "Price list")
	file(w, id, 3)
	for range 2 {
		share(t, w, w.Rep, func(in *shares.Input) { in.Resources = []uuid.UUID{id} })
	}
	share(t, w, w.Marketer, func(in *shares.Input) { in.Resources = []uuid.UUID{id} })
	ended, _ := share(t, w, w.Stranger, func(in *shares.Input) { in.Resources = []uuid.UUID{id} })
	w.Exec(`UPDATE shares SET revoked_at = now() WHERE id = $1`, ended.ID)
	_, err := w.Library.ReplaceFile(w.As(w.Marketer), id, w.File(w.Marketer), uuid.Nil, "Prices of 2032.")
	require.NoError(t, err)
	w.Deliver(2)
	inbox := w.Inbox(w.Rep)
	require.Len(t, inbox, 1, "two shares, one notice")
	require.Equal(t, "resource.file_replaced", inbox[0].Verb)
	require.Equal(t, "shared", inbox[0].Reason)
	require.Contains(t, string(inbox[0].Data), "Prices of 2032.")
	require.Empty(t, w.Inbox(w.Marketer), "who did it knows")
	require.Empty(t, w.Inbox(w.Stranger), "nobody sees it by that share any more")

	now, err := w.Library.Resource(w.As(w.Marketer), id)
	require.NoError(t, err)
	_, err = w.Library.RestoreVersion(w.As(w.Marketer), id, 1, now.Rev)
	require.NoError(t, err)
	w.Deliver(1)
	require.Equal(t, "resource.version_restored", w.Inbox(w.Rep)[0].Verb)
}

func TestCirclesOfSuccessorsCannotBeMade(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	a, b := shareable(t, w, "A"), shareable(t, w, "B")
	pairs := [][2]uuid.UUID{{a, b}, {b, a}}
	results := domaintest.Race(2, func(i int) error {
		_, err := w.Library.Supersede(w.As(w.Marketer), pairs[i][0], pairs[i][1])
		return err
	})
	require.LessOrEqual(t, 1, w.Won(results, errs.Invalid))
	require.Equal(t, 1, w.Int(`SELECT count(*) FROM resources WHERE successor_id IS NOT NULL`))
}

func TestTrackedLinksOfWhatWasReplacedLeadToThePublicPageOfItsSuccessor(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	old, next := shareable(t, w, "Price list 2026"), shareable(t, w, "Price list 2027")
	p, err := w.Posts.Create(w.As(w.Marketer), posts.Input{OwnerID: w.Rep.ID, Network: "linkedin", Text: "Look", LinkTarget: "https://example.com/2026", ResourceID: uuid.NullUUID{UUID: old, Valid: true}})
	require.NoError(t, err)
	p, err = w.Posts.Offer(w.As(w.Marketer), p.ID)
	require.NoError(t, err)
	p, err = w.Posts.Seal(w.As(w.Rep), p.ID, p.Hash)
	require.NoError(t, err)
	_, err = w.Posts.Share(w.As(w.Rep), p.ID, "")
	require.NoError(t, err)
	follow := func() string {
		to, err := w.Links.Hit(t.Context(), p.LinkCode, person("a").Signals, "")
		if err != nil {
			w.Code(errs.NotFound, err)
		}
		return to
	}
	require.Contains(t, follow(), "https://example.com/2026?")
	held, err := w.Shares.Holders(w.As(w.Marketer), old)
	require.NoError(t, err)
	require.Len(t, held, 1)
	require.Equal(t, [2]any{"post", 1}, [2]any{held[0].Kind, held[0].Clicks})
	_, err = w.Library.Supersede(w.As(w.Marketer), old, next)
	require.NoError(t, err)
	require.Empty(t, follow(), "it has no public page")
	w.Deliver(1)
	require.Equal(t, "post.superseded", w.Inbox(w.Rep)[0].Verb, "whose post it is hears of it")
	w.Exec(`UPDATE resources SET public_url = 'https://example.com/2027' WHERE id = $1`, next)
	require.Contains(t, follow(), "https://example.com/2027?")
	_, err = w.Library.Archive(w.As(w.Marketer), old, false)
	require.NoError(t, err)
	require.Contains(t, follow(), "https://example.com/2026?")
	_, err = w.Library.Archive(w.As(w.Marketer), old, true)
	require.NoError(t, err)
	require.Empty(t, follow())
	w.Deliver(1)
	require.Equal(t, "post.emptied", w.Inbox(w.Rep)[0].Verb)
}
