package checks_test

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"byline/backend/internal/checks"
	"byline/backend/internal/domaintest"
)

// web counts who is asked for what, and how many at the same time.
type web struct {
	*httptest.Server
	mu        sync.Mutex
	asked     map[string]int
	now, most int
}

func (x *web) count() int { x.mu.Lock(); defer x.mu.Unlock(); return len(x.asked) }

func newWeb(t *testing.T, answer http.HandlerFunc) *web {
	t.Helper()
	x := &web{asked: map[string]int{}}
	x.Server = httptest.NewServer(http.HandlerFunc(func(out http.ResponseWriter, r *http.Request) {
		x.mu.Lock()
		x.asked[r.URL.Path]++
		x.now++
		x.most = max(x.most, x.now)
		x.mu.Unlock()
		answer(out, r)
		x.mu.Lock()
		x.now--
		x.mu.Unlock()
	}))
	t.Cleanup(x.Close)
	return x
}

func links(bases []string, n int) string {
	var b strings.Builder
	for i := range n {
		for _, base := range bases {
			fmt.Fprintf(&b, "%s/%d ", base, i)
		}
	}
	return b.String()
}

func asker(w *domaintest.World) *checks.Service {
	s := checks.New(w.DB, w.Library, "Byline test")
	s.AskAnybody()
	return s
}

func TestOneHostIsAskedOneThingAtATimeHoweverItIsWritten(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	x := newWeb(t, func(http.ResponseWriter, *http.Request) { time.Sleep(10 * time.Millisecond) })
	other := newWeb(t, func(http.ResponseWriter, *http.Request) {})
	_, port, err := net.SplitHostPort(strings.TrimPrefix(x.URL, "http://"))
	require.NoError(t, err)
	_, second, err := net.SplitHostPort(strings.TrimPrefix(other.URL, "http://"))
	require.NoError(t, err)
	add(t, w, "Links", links([]string{"http://localhost:" + port, "http://LocalHost:" + port + "/upper", "http://localhost:" + second + "/port"}, 4))
	run(t, asker(w))
	require.Equal(t, 8, x.count())
	require.Equal(t, 1, x.most)
	require.Equal(t, 4, other.count())
}

func TestAHostThatIsAwayIsLeftAlone(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	nobody := "http://" + l.Addr().String()
	require.NoError(t, l.Close())
	resets := newWeb(t, func(out http.ResponseWriter, _ *http.Request) {
		c, _, err := http.NewResponseController(out).Hijack()
		if err == nil {
			_ = c.Close()
		}
	})
	s, now := asker(w), time.Now()
	s.SetClock(func() time.Time { return now })
	add(t, w, "Away", links([]string{nobody}, 40))
	add(t, w, "Takes connections and says nothing", links([]string{strings.Replace(resets.URL, "127.0.0.1", "localhost", 1)}, 20))
	run(t, s)
	require.Equal(t, 40, w.Int(`SELECT count(*) FROM check_links WHERE url LIKE $1 || '%' AND failed_since IS NOT NULL`, nobody), "no connection is none for every address")
	require.Equal(t, 3, resets.count())
	require.Equal(t, 3, w.Int(`SELECT count(*) FROM check_links WHERE url LIKE '%localhost%' AND failed_since IS NOT NULL`), "what was not asked is not called dead")
	require.Equal(t, 20, w.Int(`SELECT count(*) FROM check_links WHERE url LIKE '%localhost%'`), "nor does it come before those of others")
	now = now.Add(24 * time.Hour)
	run(t, s)
	require.Equal(t, 43, w.Int(`SELECT count(*) FROM check_findings WHERE kind = 'dead_link'`))
}

func TestAHostThatHasEnoughIsLeftAlone(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	busy := false
	x := newWeb(t, func(out http.ResponseWriter, _ *http.Request) {
		if busy {
			http.Error(out, "", http.StatusTooManyRequests)
			return
		}
		http.NotFound(out, nil)
	})
	s, now := asker(w), time.Now()
	s.SetClock(func() time.Time { return now })
	add(t, w, "Links", links([]string{x.URL}, 6))
	run(t, s)
	require.Equal(t, 6, x.count())
	busy, x.asked, now = true, map[string]int{}, now.Add(24*time.Hour)
	run(t, s)
	require.Equal(t, 1, x.count())
	require.Equal(t, 6, w.Int(`SELECT count(*) FROM check_findings WHERE kind = 'dead_link'`), "what was known of them stays")
}

func TestTheChecksGoOnAfterAKillAndRunOnceAtATime(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	ctx, kill := context.WithCancel(t.Context())
	defer kill()
	asked := make(chan struct{}, 100)
	x := newWeb(t, func(http.ResponseWriter, *http.Request) { asked <- struct{}{}; time.Sleep(30 * time.Millisecond) })
	add(t, w, "Links", links([]string{x.URL}, 8))
	done := make(chan error, 1)
	go func() { done <- asker(w).Work(ctx, checks.Nightly{Now: true}) }()
	<-asked
	run(t, asker(w)) // somebody presses the button meanwhile
	require.Zero(t, w.Int(`SELECT count(*) FROM check_settings WHERE ran_at IS NOT NULL`), "it is being done already")
	<-asked
	<-asked
	kill()
	require.Error(t, <-done)
	first := x.count()
	require.Less(t, first, 8)
	require.Zero(t, w.Int(`SELECT count(*) FROM check_settings WHERE ran_at IS NOT NULL`))
	known := w.Int(`SELECT count(*) FROM check_links`)
	require.Positive(t, known)
	run(t, asker(w))
	require.Equal(t, 8, x.count())
	twice := 0
	for _, n := range x.asked {
		if n > 1 {
			twice++
		}
	}
	require.LessOrEqual(t, twice, first-known, "what has answered is not asked again")
	require.Equal(t, 1, w.Int(`SELECT count(*) FROM check_settings WHERE ran_at IS NOT NULL`))
}
