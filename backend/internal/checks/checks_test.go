package checks_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"byline/backend/internal/checks"
	"byline/backend/internal/domaintest"
	"byline/backend/internal/library"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/errs"
)

func titles(t *testing.T, s *checks.Service, ctx context.Context, kind string) []string {
	t.Helper()
	all, err := s.List(ctx, kind, uuid.Nil, 100)
	require.NoError(t, err)
	names := []string{}
	for _, f := range all {
		names = append(names, f.Title)
	}
	return names
}

func run(t *testing.T, s *checks.Service) {
	t.Helper()
	require.NoError(t, s.Work(t.Context(), checks.Nightly{Now: true}))
}

func add(t *testing.T, w *domaintest.World, title, text string) uuid.UUID {
	t.Helper()
	id, _, err := w.Library.Import(w.As(w.Marketer), library.Imported{SourceID: db.NewID().String(), Title: title, ContentType: "guide", Lang: "en", BodyMarkdown: text})
	require.NoError(t, err)
	return id
}

func prose(words string, n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(words)
		b.WriteByte(' ')
		b.WriteString(strings.Repeat(string(rune('a'+i%26)), 1+i/26))
		b.WriteByte(' ')
	}
	return b.String()
}

func TestWhatIsWrongIsFoundAndGoesAwayWhenItIsMended(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	s := checks.New(w.DB, w.Library, "test")
	all := w.As(w.Marketer)
	require.NoError(t, s.SetLinks(w.As(w.SalesLead), false))
	long := prose("the pump of the reefer", 120)
	add(t, w, "Old", long)
	near := add(t, w, "Nearly the same", long+" And one sentence more at its end.")
	add(t, w, "Another", prose("how to sell a warm hour", 120))
	file := w.File(w.Marketer)
	a, b := add(t, w, "File", "x"), add(t, w, "Same file", "y")
	for _, id := range []uuid.UUID{a, b} {
		w.Exec(`INSERT INTO asset_uses (asset_id, object_type, object_id) VALUES ($1, 'resource', $2)`, file, id)
	}
	w.Exec(`UPDATE resources SET owner_id = $1`, w.Rep.ID)
	w.Exec(`UPDATE resources SET owner_id = $2 WHERE id = $1`, a, w.Stranger.ID)
	w.Exec(`UPDATE users SET disabled_at = now() WHERE id = $1`, w.Stranger.ID)
	w.Exec(`INSERT INTO taxonomy_required VALUES ('guide', 'persona')`)
	w.Exec(`UPDATE resources SET personas = '{CFO}' WHERE id <> $1`, b)
	run(t, s)
	require.Equal(t, []string{"Nearly the same"}, titles(t, s, all, checks.NearText))
	require.Equal(t, []string{"Same file"}, titles(t, s, all, checks.SameFile))
	require.Equal(t, []string{"File"}, titles(t, s, all, checks.NoOwner))
	require.Equal(t, []string{"Same file"}, titles(t, s, all, checks.NoTags))
	require.Empty(t, titles(t, s, w.As(w.Colleague), checks.NearText), "others see what they keep")
	require.Equal(t, []string{"Nearly the same"}, titles(t, s, w.As(w.Rep), checks.NearText))
	before := w.Int(`SELECT count(*) FROM check_findings`)
	run(t, s)
	require.Equal(t, before, w.Int(`SELECT count(*) FROM check_findings`), "found again, not twice")

	// dismissed stays dismissed; undone it is there again
	list, err := s.List(all, checks.NearText, uuid.Nil, 10)
	require.NoError(t, err)
	w.Code(errs.Invalid, s.Dismiss(all, list[0].ID, "  "))
	w.Code(errs.NotFound, s.Dismiss(w.As(w.Colleague), list[0].ID, "No."))
	require.NoError(t, s.Dismiss(w.As(w.Rep), list[0].ID, "One is for partners."))
	run(t, s)
	require.Empty(t, titles(t, s, all, checks.NearText))
	require.NoError(t, s.Restore(all, list[0].ID))
	require.Len(t, titles(t, s, all, checks.NearText), 1)

	// mended, without another night
	_, err = w.Library.Archive(all, near, true)
	require.NoError(t, err)
	w.Exec(`UPDATE resources SET personas = '{CFO}' WHERE id = $1`, b)
	w.Exec(`UPDATE resources SET owner_id = $2 WHERE id = $1`, a, w.Rep.ID)
	w.Exec(`DELETE FROM asset_uses WHERE object_id = $1`, b)
	st, err := s.State(all)
	require.NoError(t, err)
	require.Empty(t, st.Counts)
	require.NotNil(t, st.RanAt)
	for _, u := range []auth.User{w.Rep, w.Marketer} {
		w.Code(errs.Forbidden, s.SetLinks(w.As(u), true))
		w.Code(errs.Forbidden, s.Ask(w.As(u)))
	}
}

func TestADeadLinkIsCalledSoTheSecondNight(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	var gone, slow int
	web := httptest.NewServer(http.HandlerFunc(func(out http.ResponseWriter, r *http.Request) {
		require.Equal(t, "Byline test", r.UserAgent())
		switch {
		case r.URL.Path == "/gone":
			gone++
			http.NotFound(out, r)
		case r.URL.Path == "/head" && r.Method == http.MethodHead: // knows no HEAD
			http.NotFound(out, r)
		case r.URL.Path == "/private":
			slow++
			http.Error(out, "", http.StatusForbidden)
		}
	}))
	defer web.Close()
	s := checks.New(w.DB, w.Library, "Byline test")
	s.AskAnybody() // the server of this test is inside
	now := time.Now()
	s.SetClock(func() time.Time { return now })
	id := add(t, w, "Links", "See ["+"it]("+web.URL+"/gone), "+web.URL+"/head, "+web.URL+"/private. And <"+web.URL+"/good>")
	run(t, s)
	all := w.As(w.Marketer)
	require.Empty(t, titles(t, s, all, checks.DeadLink), "a bad night is none of the text's fault")
	require.Equal(t, 2, gone, "HEAD, then GET")
	now = now.Add(24 * time.Hour)
	run(t, s)
	list, err := s.List(all, checks.DeadLink, uuid.Nil, 10)
	require.NoError(t, err)
	require.Len(t, list, 1)
	require.Equal(t, web.URL+"/gone", list[0].Detail)
	require.Equal(t, 1, slow, "what answered is not asked again the next night")
	require.NoError(t, s.SetLinks(w.As(w.Admin), false))
	require.Empty(t, titles(t, s, all, checks.DeadLink))
	require.NoError(t, s.SetLinks(w.As(w.Admin), true))
	require.Len(t, titles(t, s, all, checks.DeadLink), 1)
	w.Exec(`UPDATE resources SET body_markdown = 'Nothing to see.' WHERE id = $1`, id)
	require.Empty(t, titles(t, s, all, checks.DeadLink))
}

func TestANightThatIsTooShortGoesOnTheNext(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	var mu sync.Mutex
	asked := map[string]int{}
	agent := ""
	web := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		mu.Lock()
		asked[r.URL.Path]++
		agent = r.UserAgent()
		mu.Unlock()
		time.Sleep(50 * time.Millisecond)
	}))
	defer web.Close()
	s := checks.New(w.DB, w.Library, "Byline link check (+https://byline.example.com)")
	s.AskAnybody()
	var text strings.Builder
	for i := range 12 {
		fmt.Fprintf(&text, "%s/%d ", web.URL, i)
	}
	add(t, w, "Many links of one host", text.String())
	s.AskFor(250 * time.Millisecond)
	run(t, s)
	mu.Lock()
	first := len(asked)
	mu.Unlock()
	require.Positive(t, first)
	require.Less(t, first, 12)
	require.Equal(t, 1, w.Int(`SELECT count(*) FROM check_settings WHERE ran_at IS NOT NULL`), "the checks are done all the same")
	s.AskFor(time.Minute)
	run(t, s)
	require.Len(t, asked, 12)
	require.Equal(t, 1, asked["/0"], "what answered is not asked again")
	require.Contains(t, agent, "https://byline.example.com", "whoever is asked can see who asks")
}

func TestNoAddressInsideIsAsked(t *testing.T) {
	t.Parallel()
	for _, in := range []string{"127.0.0.1:80", "10.1.2.3:443", "172.16.0.1:80", "192.168.1.1:80", "169.254.169.254:80", "0.0.0.0:80", "100.64.0.1:80", "224.0.0.1:80", "255.255.255.255:80",
		"[::1]:80", "[::ffff:127.0.0.1]:80", "[::ffff:169.254.169.254]:80", "[fe80::1]:80", "[fc00::1]:443", "[fd00:ec2::254]:80", "[64:ff9b::7f00:1]:80", "[2002:7f00:1::]:80", "93.184.216.34:22", "[::]:80"} {
		require.False(t, checks.Public(netip.MustParseAddrPort(in)), in)
	}
	for _, out := range []string{"93.184.216.34:443", "[2606:2800:220:1::1]:80"} {
		require.True(t, checks.Public(netip.MustParseAddrPort(out)), out)
	}
	// nor by a name or a redirect that leads there
	w := domaintest.New(t)
	asked := 0
	web := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked++ }))
	defer web.Close()
	_, port, _ := strings.Cut(strings.TrimPrefix(web.URL, "http://"), ":")
	s := checks.New(w.DB, w.Library, "test")
	add(t, w, "Inside", web.URL+"/a http://localhost:"+port+"/b http://[::1]:"+port+"/c")
	run(t, s)
	require.Zero(t, asked)
	require.Zero(t, w.Int(`SELECT count(*) FROM check_links WHERE failed_since IS NOT NULL`), "not ours to ask, and so not dead")
}
