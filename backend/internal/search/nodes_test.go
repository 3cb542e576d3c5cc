package search_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"byline/backend/internal/domaintest"
	"byline/backend/internal/ideas"
	"byline/backend/internal/library"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/meili"
	"byline/backend/internal/search"
)

// catchUp runs the jobs that wait, and the one that runs every few seconds.
func catchUp(t *testing.T, w *domaintest.World) {
	t.Helper()
	w.Index(1)
	require.NoError(t, w.Search.WorkSweep(t.Context(), search.Sweep{}))
}

func TestNobodyFindsWithMeilisearchWhatTheyMayNotSee(t *testing.T) {
	t.Parallel()
	w := withMeili(t, startNode(t))
	testRights(t, w, func() { catchUp(t, w) })
	_, a := find(t, w.As(w.Rep), w.Search, search.Query{Text: "quokkafoundry"})
	require.False(t, a.Degraded)
}

func guide(t *testing.T, w *domaintest.World, in library.Imported) {
	t.Helper()
	in.SourceID = db.NewID().String()
	if in.ContentType == "" {
		in.ContentType = "guide"
	}
	if in.Lang == "" {
		in.Lang = "en"
	}
	_, _, err := w.Library.Import(w.As(w.Marketer), in)
	require.NoError(t, err)
}

// quality is what both engines must be able to do.
func testWords(t *testing.T, w *domaintest.World, index func()) {
	guide(t, w, library.Imported{Title: "Multi-cluster networking explained", BodyText: "How traffic flows between clusters."})
	guide(t, w, library.Imported{Title: "Observability for freight forwarders", BodyText: "Dashboards and alerts.", Lang: "de"})
	guide(t, w, library.Imported{Title: "国家工业互联网大数据中心", BodyText: "工业", Lang: "zh"})
	guide(t, w, library.Imported{Title: "Démarrage rapide", BodyText: "Pour commencer", Lang: "fr", ContentType: "blog_post", Taxonomy: library.Taxonomy{Tags: []string{`odd "tag", with \ marks`}}})
	for i := range 30 {
		guide(t, w, library.Imported{Title: fmt.Sprintf("Notes of week %d", i), BodyText: "Nothing much happened in this week."})
	}
	asset := w.File(w.Marketer)
	for page, text := range map[int]string{1: "Contents", 2: "Nothing here", 3: "Payback of a pantograph retrofit is eleven months."} {
		w.Exec(`INSERT INTO asset_pages (asset_id, page, text) VALUES ($1, $2, $3)`, asset, page, text)
	}
	guide(t, w, library.Imported{Title: "Deck of the week", Asset: asset})
	index()
	first := func(query, want string) {
		t.Helper()
		titles, _ := find(t, w.As(w.Rep), w.Search, search.Query{Text: query})
		require.NotEmpty(t, titles, query)
		require.Equal(t, want, titles[0], query)
	}
	first("observability freight", "Observability for freight forwarders")
	first("obsrvability", "Observability for freight forwarders")           // a slip
	first("observability frei", "Observability for freight forwarders")     // being typed
	first("multicluster networ", "Multi-cluster networking explained")      // written otherwise
	first("monitoring for freight", "Observability for freight forwarders") // a synonym
	first("互联网大数据", "国家工业互联网大数据中心")
	first("demarrage rapide", "Démarrage rapide")
	first("how does the traffic flow when there are several clusters", "Multi-cluster networking explained")
	first("pantogrpah retrofit", "Deck of the week")

	_, a := find(t, w.As(w.Rep), w.Search, search.Query{Text: "pantogrpah retrofit"})
	require.Equal(t, 3, a.Hits[0].Page)
	require.Equal(t, asset, a.Hits[0].AssetID.UUID)
	require.Contains(t, a.Hits[0].Snippet, "\u0001pantograph\u0002 \u0001retrofit\u0002")

	titles, a := find(t, w.As(w.Rep), w.Search, search.Query{Text: "week", Filters: search.Filters{Lang: []string{"fr", "de"}}, Facets: []string{"lang"}})
	require.Empty(t, titles, a)
	titles, a = find(t, w.As(w.Rep), w.Search, search.Query{Filters: search.Filters{In: []string{search.Resource}, Type: []string{"blog"}, Tags: []string{`odd "tag", with \ marks`}}, Facets: []string{"lang", "type", "tags"}})
	require.Equal(t, []string{"Démarrage rapide"}, titles)
	require.Equal(t, map[string][]search.Count{"lang": {{Value: "fr", Count: 1}}, "type": {{Value: "blog_post", Count: 1}}, "tags": {{Value: `odd "tag", with \ marks`, Count: 1}}}, a.Facets)

	seen := map[string]bool{}
	for offset := 0; offset < 30; offset += 10 {
		titles, a = find(t, w.As(w.Rep), w.Search, search.Query{Text: "notes week", Limit: 10, Offset: offset})
		require.Len(t, titles, 10)
		require.GreaterOrEqual(t, a.EstimatedTotal, 30)
		for _, title := range titles {
			require.False(t, seen[title], "%s twice", title)
			seen[title] = true
		}
	}
	for _, odd := range []string{"", " ", "'", `"`, `\`, "()", "AND OR NOT", "%_", "\u0001x\u0002", "a", strings.Repeat("long ", 300), "🙂", "\xff\xfe"} {
		_, err := w.Search.Search(w.As(w.Rep), search.Query{Text: odd})
		require.NoError(t, err, "%q", odd)
	}
}

func TestPostgresFindsWordsAlone(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	testWords(t, w, func() { w.Index(1) })
	_, a := find(t, w.As(w.Rep), w.Search, search.Query{Text: "week"})
	require.True(t, a.Degraded)
}

func TestMeilisearchFindsWords(t *testing.T) {
	t.Parallel()
	w := withMeili(t, startNode(t))
	testWords(t, w, func() { catchUp(t, w) })
	_, a := find(t, w.As(w.Rep), w.Search, search.Query{Text: "week"})
	require.False(t, a.Degraded)
}

// away is a node that can be cut off: it passes everything on to a real one, or takes requests and never answers.
type away struct {
	*httptest.Server
	hangs atomic.Bool
}

func newAway(t *testing.T, to string) *away {
	t.Helper()
	target, err := url.Parse(to)
	require.NoError(t, err)
	proxy := httputil.NewSingleHostReverseProxy(target)
	proxy.ErrorHandler = func(w http.ResponseWriter, _ *http.Request, _ error) { w.WriteHeader(http.StatusBadGateway) }
	a := &away{}
	a.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if a.hangs.Load() {
			select {
			case <-r.Context().Done():
			case <-time.After(5 * time.Second):
			}
			return
		}
		proxy.ServeHTTP(w, r)
	}))
	t.Cleanup(a.CloseClientConnections)
	return a
}

func TestANodeThatHangsHoldsUpNobodyAndCatchesUp(t *testing.T) {
	t.Parallel()
	real := startNode(t)
	node := newAway(t, real)
	w := withMeili(t, node.URL)
	_, err := w.Ideas.Create(w.As(w.Rep), ideas.Input{Title: "Before the outage"})
	require.NoError(t, err)
	catchUp(t, w)
	titles, a := find(t, w.As(w.Rep), w.Search, search.Query{Text: "outage"})
	require.Equal(t, []string{"Before the outage"}, titles)
	require.False(t, a.Degraded)

	node.hangs.Store(true)
	for range 3 {
		began := time.Now()
		titles, a = find(t, w.As(w.Rep), w.Search, search.Query{Text: "outage"})
		require.Less(t, time.Since(began), 2*time.Second, "and within one second on a machine that is not busy")
		require.True(t, a.Degraded)
		require.Equal(t, []string{"Before the outage"}, titles)
	}
	_, err = w.Ideas.Create(w.As(w.Rep), ideas.Input{Title: "During the outage"})
	require.NoError(t, err)
	w.Index(1)
	require.NoError(t, w.Search.WorkFeed(t.Context(), search.Feed{Node: "node-1"}), "a node that is away is no failure of a job")
	titles, _ = find(t, w.As(w.Rep), w.Search, search.Query{Text: "outage"})
	require.ElementsMatch(t, []string{"Before the outage", "During the outage"}, titles)
	require.Positive(t, w.Int(`SELECT count(*) FROM search_pending`))

	node.hangs.Store(false)
	catchUp(t, w)
	require.Zero(t, w.Int(`SELECT count(*) FROM search_pending`))
	titles, a = find(t, w.As(w.Rep), w.Search, search.Query{Text: "outage"})
	require.ElementsMatch(t, []string{"Before the outage", "During the outage"}, titles)
	require.False(t, a.Degraded)
}

func TestOfTwoNodesADeadOneHoldsUpNobody(t *testing.T) {
	t.Parallel()
	w := withMeili(t, startNode(t), "http://127.0.0.1:1")
	_, err := w.Ideas.Create(w.As(w.Rep), ideas.Input{Title: "Two of them"})
	require.NoError(t, err)
	w.Index(1)
	require.Equal(t, 2, w.Int(`SELECT count(DISTINCT args->>'node') FROM river_job WHERE kind = 'search_feed'`), "one job per node")
	catchUp(t, w)
	for range 4 {
		titles, a := find(t, w.As(w.Rep), w.Search, search.Query{Text: "two"})
		require.Equal(t, []string{"Two of them"}, titles)
		require.False(t, a.Degraded)
	}
	require.Equal(t, 1, w.Int(`SELECT count(DISTINCT node) FROM search_pending`))
}

func TestARebuildHasNoGap(t *testing.T) {
	t.Parallel()
	w := withMeili(t, startNode(t))
	for i := range 20 {
		guide(t, w, library.Imported{Title: fmt.Sprintf("Rebuild number %d", i), BodyText: "steady"})
	}
	catchUp(t, w)
	ctx, cancel := context.WithCancel(w.As(w.Rep))
	asked, bad := 0, make(chan string, 1)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for ctx.Err() == nil {
			a, err := w.Search.Search(ctx, search.Query{Text: "rebuild", Limit: 50})
			asked++
			if ctx.Err() == nil && (err != nil || len(a.Hits) < 20 || a.Degraded) {
				select {
				case bad <- fmt.Sprint(err, len(a.Hits), a.Degraded):
				default:
				}
			}
		}
	}()
	for range 3 {
		require.NoError(t, w.Search.Rebuild(t.Context(), func(string, int) {}))
	}
	guide(t, w, library.Imported{Title: "Rebuild after it", BodyText: "steady"})
	catchUp(t, w)
	cancel()
	<-done
	require.Greater(t, asked, 5)
	select {
	case what := <-bad:
		t.Fatal("an answer during the rebuild: ", what)
	default:
	}
	titles, _ := find(t, w.As(w.Rep), w.Search, search.Query{Text: "rebuild", Limit: 50})
	require.Len(t, titles, 21)
}

// What was pending when a rebuild began is in the new index only; when that never comes to its place, Sweep makes another.
func TestARebuildThatBreaksOffLosesNothing(t *testing.T) {
	t.Parallel()
	target, err := url.Parse(startNode(t))
	require.NoError(t, err)
	proxy := httputil.NewSingleHostReverseProxy(target)
	var full, filled atomic.Bool
	front := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if full.Load() && strings.HasSuffix(r.URL.Path, "things_next/documents") {
			filled.Store(true)
			http.Error(rw, `{"message":"no space left on device","code":"no_space_left_on_device","type":"system"}`, http.StatusUnprocessableEntity)
			return
		}
		proxy.ServeHTTP(rw, r)
	}))
	t.Cleanup(front.Close)
	w := withMeili(t, front.URL)
	guide(t, w, library.Imported{Title: "Steady before", BodyText: "steady"})
	catchUp(t, w)
	for i := range 520 { // more than a rebuild tells the old index first
		w.Exec(`INSERT INTO resources (id, title, content_type, lang, owner_id, published_at) VALUES ($1, $2, 'guide', 'en', $3, now())`, db.NewID(), fmt.Sprintf("Steady number %d", i), w.Marketer.ID)
	}
	full.Store(true)
	require.Error(t, w.Search.Rebuild(t.Context(), func(string, int) {}))
	require.True(t, filled.Load())
	require.Zero(t, w.Int(`SELECT count(*) FROM search_pending`))
	titles, a := find(t, w.As(w.Rep), w.Search, search.Query{Text: "steady before"})
	require.Contains(t, titles, "Steady before", "the old index answers on")
	require.False(t, a.Degraded)

	full.Store(false)
	require.NoError(t, w.Search.WorkSweep(t.Context(), search.Sweep{}))
	_, a = find(t, w.As(w.Rep), w.Search, search.Query{Text: "steady", Facets: []string{"type"}})
	require.Equal(t, 521, a.EstimatedTotal)
	require.False(t, a.Degraded)
	d, err := w.Search.Heal(t.Context())
	require.NoError(t, err)
	require.Empty(t, d.Missing)
	require.Empty(t, d.Rebuilt)
}

func TestDriftIsCountedAndHealed(t *testing.T) {
	t.Parallel()
	url := startNode(t)
	w := withMeili(t, url)
	for i := range 4 {
		guide(t, w, library.Imported{Title: fmt.Sprintf("Drifting %d", i)})
	}
	catchUp(t, w)
	_, err := w.Search.Heal(t.Context())
	require.NoError(t, err)
	clean, err := w.Search.Heal(t.Context())
	require.NoError(t, err)
	require.Zero(t, clean.Things)
	require.Empty(t, clean.Missing)
	require.Empty(t, clean.Extra)
	require.Empty(t, clean.Rebuilt)

	// what only a restored backup, a bug or a hand in the database can do
	w.Exec(`UPDATE search_documents SET digest = sha256('x'), seq = seq WHERE title = 'Drifting 0'`)  // the node has another one
	w.Exec(`DELETE FROM search_documents WHERE title = 'Drifting 1'`)                                 // no document
	w.Exec(`UPDATE resources SET title = 'Drifted 2', updated_at = now() WHERE title = 'Drifting 2'`) // changed without an activity
	w.Exec(`DELETE FROM resources WHERE title = 'Drifting 3'`)                                        // gone without one
	w.Exec(`UPDATE ideas SET title = title`)
	d, err := w.Search.Heal(t.Context())
	require.NoError(t, err)
	require.Equal(t, 4, d.Things, "%+v", d)
	titles, a := find(t, w.As(w.Rep), w.Search, search.Query{Filters: search.Filters{In: []string{search.Resource}}})
	require.ElementsMatch(t, []string{"Drifting 0", "Drifting 1", "Drifted 2"}, titles)
	require.False(t, a.Degraded)
	d, err = w.Search.Heal(t.Context())
	require.NoError(t, err)
	require.Zero(t, d.Things)
	require.Empty(t, d.Missing)

	node := w.Search.Nodes()[0]
	require.NoError(t, node.Delete(t.Context(), "things"))
	d, err = w.Search.Heal(t.Context())
	require.NoError(t, err)
	require.Equal(t, []string{"node-1"}, d.Rebuilt, "an index that was lost")
	require.NoError(t, node.Put(t.Context(), "things", []map[string]any{{"id": db.NewID().String(), "digest": "00", "title": "Stray"}}))
	d, err = w.Search.Heal(t.Context())
	require.NoError(t, err)
	require.Equal(t, map[string]int{"node-1": 1}, d.Extra)
}

func TestTextIsFoundSecondsAfterItWasSaved(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	d := draftOf(t, w)
	w.Index(1)
	_, err := w.Drafts.SaveDocument(w.As(w.Marketer), d, 1, domaintest.Text("Autosaved axolotl"))
	require.NoError(t, err)
	require.NoError(t, w.Search.WorkSweep(t.Context(), search.Sweep{}))
	titles, _ := find(t, w.As(w.Marketer), w.Search, search.Query{Text: "axolotl"})
	require.Equal(t, []string{"Half written"}, titles)
}

func TestManyJobsForOneThingLeaveItsLastState(t *testing.T) {
	t.Parallel()
	w := withMeili(t, startNode(t))
	i, err := w.Ideas.Create(w.As(w.Rep), ideas.Input{Title: "Version 0"})
	require.NoError(t, err)
	results := domaintest.Race(8, func(n int) error {
		for try := 0; ; try++ {
			current, err := w.Ideas.Get(w.As(w.Rep), i.ID)
			if err == nil {
				_, err = w.Ideas.Update(w.As(w.Rep), i.ID, current.Rev, ideas.Input{Title: fmt.Sprintf("Version %d", n+1)})
			}
			if err == nil || try == 50 {
				return errors.Join(err, w.Search.Work(t.Context(), []search.Index{{Thing: search.Idea, ID: i.ID}}))
			}
		}
	})
	for _, err := range results {
		require.NoError(t, err)
	}
	catchUp(t, w)
	last, err := w.Ideas.Get(w.As(w.Rep), i.ID)
	require.NoError(t, err)
	titles, _ := find(t, w.As(w.Rep), w.Search, search.Query{Text: "version"})
	require.Equal(t, []string{last.Title}, titles)
}

func TestASearchIsNotHeldUpByCompression(t *testing.T) {
	t.Parallel()
	node := startNode(t)
	var encodings atomic.Int32
	target, err := url.Parse(node)
	require.NoError(t, err)
	proxy := httputil.NewSingleHostReverseProxy(target)
	front := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Accept-Encoding") != "" {
			encodings.Add(1)
		}
		proxy.ServeHTTP(rw, r)
	}))
	defer front.Close()
	c := meili.New(meili.Config{URLs: []string{front.URL}, Key: meiliKey})
	require.True(t, c.Nodes()[0].Healthy(t.Context()))
	_, err = c.Search(t.Context(), "nothing", &meili.Request{Query: "x"}, func(string) bool { return true })
	require.ErrorIs(t, err, meili.ErrAway)
	require.Zero(t, encodings.Load(), "asked for compression, each search takes 40 ms longer")
}
