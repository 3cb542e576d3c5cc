package jobs

import (
	"context"
	"sync"
	"time"
)

// RegisterTogether is Register for jobs that cost less together than one by one: those of this kind that wait in this
// process are given to work in one call, one call at a time. When work fails for several, they are tried one by one, so that
// each fails for itself. After each call the next one waits four times as long as it took, at most a quarter of a second:
// a long queue leaves most of the time to those who wait for an answer, and more jobs come together meanwhile.
func RegisterTogether[T Args](r *Runner, timeout time.Duration, work func(ctx context.Context, together []T) error) {
	t := &together[T]{work: work, turn: make(chan struct{}, 1)}
	Register(r, timeout, t.do)
}

type together[T Args] struct {
	work    func(ctx context.Context, together []T) error
	turn    chan struct{} // whoever has put something in here works for all who wait
	mu      sync.Mutex
	waiting []waiter[T]
}

type waiter[T Args] struct {
	args T
	done chan error
}

const (
	rest        = 4
	longestRest = 250 * time.Millisecond
)

func (t *together[T]) do(ctx context.Context, args T) error {
	me := waiter[T]{args, make(chan error, 1)}
	t.mu.Lock()
	t.waiting = append(t.waiting, me)
	t.mu.Unlock()
	select {
	case err := <-me.done:
		return err
	case <-ctx.Done(): // may be done all the same, which a job must allow for anyway
		return ctx.Err()
	case t.turn <- struct{}{}:
	}
	began := time.Now()
	defer func() { time.AfterFunc(min(rest*time.Since(began), longestRest), func() { <-t.turn }) }()
	t.mu.Lock()
	all := t.waiting
	t.waiting = nil
	t.mu.Unlock()
	t.doAll(ctx, all)
	return <-me.done // by this call or, just before it, by another one
}

func (t *together[T]) doAll(ctx context.Context, all []waiter[T]) {
	args := make([]T, len(all))
	for i, w := range all {
		args[i] = w.args
	}
	if len(all) == 0 {
		return
	}
	err := t.work(ctx, args)
	for i, w := range all {
		if err != nil && len(all) > 1 {
			w.done <- t.work(ctx, args[i:i+1])
		} else {
			w.done <- err
		}
	}
}
