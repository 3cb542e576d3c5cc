package jobs_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"byline/backend/internal/platform/dbtest"
	"byline/backend/internal/platform/jobs"
)

type step struct {
	N int `json:"n"`
}

func (step) Kind() string { return "step" }

func (step) InsertOpts() jobs.InsertOpts { return jobs.InsertOpts{Queue: jobs.QueueIndex} }

func TestJobsThatWaitTogetherAreDoneTogetherAndFailAlone(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	require.NoError(t, d.InTx(t.Context(), func(ctx context.Context) error {
		var all []jobs.Args
		for n := range 30 {
			all = append(all, step{n})
		}
		return jobs.Enqueue(ctx, all...)
	}))
	var mu sync.Mutex
	calls, done, now := 0, map[int]int{}, 0
	r := jobs.NewRunner()
	jobs.RegisterTogether(r, 0, func(_ context.Context, together []step) error {
		mu.Lock()
		now++
		require.Equal(t, 1, now, "one call at a time")
		calls++
		mu.Unlock()
		time.Sleep(5 * time.Millisecond)
		mu.Lock()
		defer mu.Unlock()
		now--
		for _, s := range together {
			if s.N == 13 {
				return jobs.Cancel(errors.New("a bad one"))
			}
		}
		for _, s := range together {
			done[s.N]++
		}
		return nil
	})
	require.NoError(t, r.Start(t.Context(), d))
	states := func() (completed, cancelled int) {
		require.NoError(t, d.PG(t.Context()).QueryRow(t.Context(), `SELECT count(*) FILTER (WHERE state = 'completed'), count(*) FILTER (WHERE state = 'cancelled') FROM river_job`).
			Scan(&completed, &cancelled))
		return completed, cancelled
	}
	require.Eventually(t, func() bool { completed, cancelled := states(); return completed == 29 && cancelled == 1 }, time.Minute, 20*time.Millisecond)
	require.NoError(t, r.Stop(context.WithoutCancel(t.Context())))
	require.Len(t, done, 29)
	require.Less(t, calls, 35, "30 jobs that waited, each once more because of the bad one, and a few calls for all")
}
