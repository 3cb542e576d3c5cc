package links_test

import (
	"context"
	"net/netip"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"byline/backend/internal/domaintest"
	"byline/backend/internal/links"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/errs"
)

func link(t *testing.T, w *domaintest.World, owner auth.User) links.Link {
	t.Helper()
	l, err := w.Links.Create(w.As(owner), links.Link{Target: "https://example.com/guide?utm_source=mine&x=1", OwnerID: owner.ID, Placement: "linkedin", Active: true})
	require.NoError(t, err)
	return l
}

func browser(address string) links.Signals {
	return links.Signals{Method: "GET", Agent: "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0", Accept: "text/html", Language: "en", FetchMode: "navigate", FetchDest: "document",
		Address: netip.MustParseAddr(address)}
}

// hit makes a hit that happened some seconds ago.
func hit(t *testing.T, w *domaintest.World, l links.Link, address string, ago time.Duration) {
	t.Helper()
	_, err := w.Links.Hit(t.Context(), l.Code, browser(address), "https://www.linkedin.com/feed/?secret=1")
	require.NoError(t, err)
	w.Exec(`UPDATE hits SET at = now() - $1::interval WHERE id = (SELECT max(id::text)::uuid FROM hits)`, ago)
}

func rescore(t *testing.T, w *domaintest.World) {
	t.Helper()
	require.NoError(t, w.Links.Rescore(t.Context(), links.RescoreArgs{}))
}

func counts(t *testing.T, w *domaintest.World, l links.Link) map[string]int {
	t.Helper()
	got, err := w.Links.Counts(t.Context(), []uuid.UUID{l.ID})
	require.NoError(t, err)
	out := map[string]int{}
	for _, c := range got[l.ID] {
		out[string(c.Class)+" "+c.Reason] = c.N
	}
	return out
}

func TestAHitIsStoredBeforeTheAnswerWithItsReasonsAndWithoutTheAddress(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	l := link(t, w, w.Rep)
	target, err := w.Links.Hit(t.Context(), l.Code, browser("203.0.113.77"), "https://www.linkedin.com/feed/?secret=1")
	require.NoError(t, err)
	require.Equal(t, "https://example.com/guide?utm_campaign=byline&utm_content="+l.Code+"&utm_medium=social&utm_source=mine&x=1", target)
	require.Equal(t, 1, w.Int(`SELECT count(*) FROM hits WHERE link_id = $1 AND class = 'human' AND reasons = '{browser_navigation}' AND rule_version = $2
		AND referrer = 'https://www.linkedin.com' AND network = '203.0.113.0/24' AND length(address_hash) = 16`, l.ID, links.RuleVersion))
	for range 2 {
		_, err = w.Links.Hit(t.Context(), l.Code, links.Signals{Method: "GET", Agent: "LinkedInBot/1.0\x00\xff", Address: netip.MustParseAddr("2001:db8::1")}, "::no url")
		require.NoError(t, err)
	}
	require.Equal(t, map[string]int{"human browser_navigation": 1, "preview preview_agent": 2}, counts(t, w, l))
}

func TestTwentyHitsAtOnceAreAllStored(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	l := link(t, w, w.Rep)
	require.Equal(t, 20, w.Won(domaintest.Race(20, func(int) error {
		_, err := w.Links.Hit(t.Context(), l.Code, browser("203.0.113.1"), "")
		return err
	})))
	require.Equal(t, 20, w.Int(`SELECT count(*) FROM hits`))
}

func TestAClosedOrUnknownLinkCountsNothing(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	l := link(t, w, w.Rep)
	require.NoError(t, w.Links.SetActive(t.Context(), l.ID, false))
	for _, code := range []string{l.Code, "nothere2", "", "abc", "../../etc", "abc\x00defg", "' OR 1=1 --"} {
		_, err := w.Links.Hit(t.Context(), code, browser("203.0.113.1"), "")
		w.Code(errs.NotFound, err, code)
	}
	require.Zero(t, w.Int(`SELECT count(*) FROM hits`))
	require.NoError(t, w.Links.SetActive(t.Context(), l.ID, true))
	_, err := w.Links.Hit(t.Context(), l.Code, browser("203.0.113.1"), "")
	require.NoError(t, err)
}

func TestALinkLeadsOnlyToTheWebAlsoInTheDatabase(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	for _, target := range []string{"javascript:alert(1)", "//example.com", "https://", "http://user:pass@example.com", "ftp://example.com", "https:///x", "data:text/html,x", "/relative"} {
		_, err := w.Links.Create(w.As(w.Rep), links.Link{Target: target, OwnerID: w.Rep.ID, Placement: "x"})
		w.Code(errs.Invalid, err, target)
	}
	l := link(t, w, w.Rep)
	w.Code(errs.Invalid, w.Links.Retarget(t.Context(), l.ID, "javascript:alert(1)", "x"))
	require.Error(t, w.Try(`UPDATE links SET target = 'javascript:alert(1)'`))
}

func TestRepeatsAndBurstsAreRescoredWithHistoryAndARetryChangesNothing(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	l := link(t, w, w.Rep)
	hit(t, w, l, "203.0.113.1", 100*time.Second)
	hit(t, w, l, "203.0.113.1", 80*time.Second)  // a repeat of the first
	hit(t, w, l, "203.0.113.1", 60*time.Second)  // and of the second
	hit(t, w, l, "203.0.113.1", 10*time.Second)  // later: the same reader comes back
	hit(t, w, l, "198.51.100.9", 99*time.Second) // somebody else
	others := []links.Link{link(t, w, w.Rep), link(t, w, w.Rep), link(t, w, w.Rep), link(t, w, w.Rep)}
	for n, o := range others {
		hit(t, w, o, "192.0.2.5", time.Duration(200+n)*time.Second) // one address opens four links in four seconds
	}
	for range 2 {
		rescore(t, w)
		require.Equal(t, map[string]int{"human browser_navigation": 3, "unknown repeat": 2}, counts(t, w, l))
		for _, o := range others {
			require.Equal(t, map[string]int{"scanner burst": 1}, counts(t, w, o))
		}
		require.Equal(t, 6, w.Int(`SELECT count(*) FROM hit_scores WHERE class = 'human' AND reasons = '{browser_navigation}'`))
	}
}

func TestWhenRescoringRunsMakesNoDifference(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	l := link(t, w, w.Rep)
	for n, ago := range []time.Duration{100, 80, 60} {
		hit(t, w, l, "203.0.113.1", ago*time.Second)
		rescore(t, w)
		require.Equal(t, n, counts(t, w, l)["unknown repeat"], "after hit %d", n)
	}
	for n := range 5 { // the fifth arrives when the four before are known as a burst
		o := link(t, w, w.Rep)
		hit(t, w, o, "192.0.2.5", time.Duration(200-n)*time.Second)
		rescore(t, w)
	}
	require.Equal(t, 5, w.Int(`SELECT count(*) FROM hits WHERE class = 'scanner'`))
}

func TestCountsTakeOneQueryForOneAndForFiftyLinks(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	var ids []uuid.UUID
	w.ConstantQueries(w.As(w.Rep), func(int) {
		l := link(t, w, w.Rep)
		ids = append(ids, l.ID)
		_, err := w.Links.Hit(t.Context(), l.Code, browser("203.0.113.1"), "")
		require.NoError(t, err)
	}, func(ctx context.Context) (int, error) {
		found, err := w.Links.Counts(ctx, ids)
		return len(found), err
	})
	_, err := w.Links.Get(t.Context(), db.NewID())
	w.Code(errs.NotFound, err)
}
