package main

import (
	"net/http"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
)

func TestAKillLosesNoHitThatWasAnswered(t *testing.T) {
	data := dataDir(t)
	p := start(t, data, "serve").ready()
	query := func(sql string, to any) {
		t.Helper()
		at, err := readAddresses(data)
		require.NoError(t, err)
		conn, err := pgx.Connect(t.Context(), at.DatabaseURL)
		require.NoError(t, err)
		defer func() { _ = conn.Close(t.Context()) }()
		require.NoError(t, conn.QueryRow(t.Context(), sql).Scan(to))
	}
	var code string
	var before, after int
	query(`WITH u AS (INSERT INTO users (id, email, name, side) VALUES (gen_random_uuid(), 'rep@example.com', 'Rep', 'sales') RETURNING id)
		INSERT INTO links (id, code, target, owner_id, placement) SELECT gen_random_uuid(), 'quick', 'https://example.com/', id, 'linkedin' FROM u RETURNING code`, &code)
	query(`SELECT count(*) FROM hits`, &before)
	var answered atomic.Int64
	var readers sync.WaitGroup
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 16}, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	for range 16 {
		readers.Go(func() {
			for {
				res, err := client.Get(p.url + "/l/" + code)
				if err != nil { // the server is gone
					return
				}
				if res.StatusCode == http.StatusFound {
					answered.Add(1)
				}
				_ = res.Body.Close()
			}
		})
	}
	require.Eventually(t, func() bool { return answered.Load() > 300 }, 30*time.Second, time.Millisecond)
	p.signal(syscall.SIGKILL)
	readers.Wait()
	start(t, data, "serve").ready()
	query(`SELECT count(*) FROM hits`, &after)
	t.Logf("%d answered, %d stored", answered.Load(), after-before)
	require.GreaterOrEqual(t, after-before, int(answered.Load()))
	require.LessOrEqual(t, after-before, int(answered.Load())+16, "those under way may be there")
}
