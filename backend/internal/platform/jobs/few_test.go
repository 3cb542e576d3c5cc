package jobs_test

import (
	"context"
	"sync/atomic"
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

func TestOfManyJobsTakenTogetherOnlyAFewWorkAtOnce(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	require.NoError(t, d.InTx(t.Context(), func(ctx context.Context) error {
		for n := range 30 {
			if err := jobs.Enqueue(ctx, step{n}); err != nil {
				return err
			}
		}
		return nil
	}))
	var now, most, done atomic.Int64
	r := jobs.NewRunner()
	jobs.RegisterFew(r, 0, 2, func(context.Context, step) error {
		n := now.Add(1)
		for m := most.Load(); n > m && !most.CompareAndSwap(m, n); m = most.Load() {
		}
		time.Sleep(5 * time.Millisecond)
		now.Add(-1)
		done.Add(1)
		return nil
	})
	require.NoError(t, r.Start(t.Context(), d))
	require.Eventually(t, func() bool { return done.Load() == 30 }, time.Minute, 10*time.Millisecond)
	require.NoError(t, r.Stop(context.WithoutCancel(t.Context())))
	require.EqualValues(t, 2, most.Load())
}
