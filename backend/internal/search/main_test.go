package search_test

import (
	"context"
	"errors"
	"os"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"byline/backend/internal/domaintest"
	"byline/backend/internal/platform/embedded"
	"byline/backend/internal/platform/meili"
	"byline/backend/internal/search"
)

const meiliKey = "a key for tests only"

// shared is one Meilisearch for the tests of this package; each has index names of its own.
var shared = sync.OnceValues(func() (*embedded.Meili, error) {
	dir, err := os.MkdirTemp("", "byline-search-test")
	if err != nil {
		return nil, err
	}
	return embedded.StartMeili(context.Background(), embedded.MeiliOptions{DataDir: dir, Key: meiliKey})
})

var used atomic.Bool

func TestMain(m *testing.M) {
	code := m.Run()
	if used.Load() {
		if server, err := shared(); err == nil {
			_ = server.Stop(context.Background())
		}
	}
	os.Exit(code)
}

// startNode gives the address of a Meilisearch, or skips the test where there is none.
func startNode(t *testing.T) string {
	t.Helper()
	server, err := shared()
	if errors.Is(err, embedded.ErrNoMeili) {
		t.Skip(err)
	}
	require.NoError(t, err)
	used.Store(true)
	return server.URL()
}

// withMeili gives a world that searches with nodes at the given addresses.
func withMeili(t *testing.T, urls ...string) *domaintest.World {
	t.Helper()
	w, _ := withPrefix(t, urls...)
	return w
}

// withPrefix is withMeili, and tells how the names of its indexes begin.
func withPrefix(t *testing.T, urls ...string) (w *domaintest.World, prefix string) {
	t.Helper()
	w, prefix = domaintest.New(t), "t"+uuid.NewString()
	w.Search = search.New(w.DB, meili.New(meili.Config{URLs: urls, Key: meiliKey, Prefix: prefix}))
	require.NoError(t, w.Search.Sync(t.Context()))
	_, err := w.Search.Heal(t.Context())
	require.NoError(t, err)
	return w, prefix
}

// find gives the titles that somebody finds, and the whole answer.
func find(t *testing.T, ctx context.Context, s *search.Service, q search.Query) ([]string, search.Answer) { //nolint:revive // as in testify
	t.Helper()
	a, err := s.Search(ctx, q)
	require.NoError(t, err)
	titles := []string{}
	for _, h := range a.Hits {
		titles = append(titles, h.Title)
	}
	return titles, a
}
