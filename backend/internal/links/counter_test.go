package links

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
)

// disk is a store that can be held up.
type disk struct {
	mu     sync.Mutex
	groups [][]string
	gate   chan struct{}
}

func (d *disk) write(_ context.Context, batch []hit) ([]Link, error) {
	<-d.gate
	codes, links := []string{}, make([]Link, len(batch))
	for i, h := range batch {
		codes = append(codes, h.Code)
		if h.Code == "poison" {
			return nil, errors.New("cannot be stored")
		}
		if h.Code != "closed" {
			links[i] = Link{ID: uuid.New(), Code: h.Code}
		}
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.groups = append(d.groups, codes)
	return links, nil
}

func TestHitsThatComeWhileOthersAreStoredAreStoredTogetherAndAnsweredAfterwards(t *testing.T) {
	t.Parallel()
	d := &disk{gate: make(chan struct{})}
	c := &counter{write: d.write}
	var mu sync.Mutex
	answers := map[string]error{}
	var readers sync.WaitGroup
	read := func(ctx context.Context, code string) {
		readers.Go(func() {
			l, err := c.add(ctx, hit{Code: code})
			mu.Lock()
			defer mu.Unlock()
			answers[code] = err
			if err == nil && l.Code != code {
				answers[code] = fmt.Errorf("the link of %s", l.Code)
			}
		})
	}
	answered := func() int { mu.Lock(); defer mu.Unlock(); return len(answers) }
	waiting := func() int { c.mu.Lock(); defer c.mu.Unlock(); return len(c.waiting) }
	gone, leave := context.WithCancel(t.Context())
	read(gone, "first")
	require.Eventually(t, func() bool { c.mu.Lock(); defer c.mu.Unlock(); return c.writing && len(c.waiting) == 0 }, 10*time.Second, time.Millisecond)
	for i := range 8 {
		read(t.Context(), fmt.Sprint("code", i))
	}
	read(t.Context(), "closed")
	require.Eventually(t, func() bool { return waiting() == 9 }, 10*time.Second, time.Millisecond)
	require.Zero(t, answered(), "nobody is answered before it is stored")
	leave() // the one who came first hangs up; the others must not suffer
	require.Eventually(t, func() bool { return answered() == 1 }, 10*time.Second, time.Millisecond)
	close(d.gate)
	readers.Wait()
	require.ErrorIs(t, answers["first"], context.Canceled)
	require.ErrorIs(t, answers["closed"], errNoLink)
	for i := range 8 {
		require.NoError(t, answers[fmt.Sprint("code", i)])
	}
	require.Len(t, d.groups, 2)
	require.Equal(t, []string{"first"}, d.groups[0])
	require.Len(t, d.groups[1], 9)
}

func TestAHitThatCannotBeStoredIsNotTheOthersFault(t *testing.T) {
	t.Parallel()
	d := &disk{gate: make(chan struct{})}
	close(d.gate)
	c := &counter{write: d.write}
	group := []*waiting{}
	for _, code := range []string{"a", "poison", "b"} {
		group = append(group, &waiting{hit: hit{Code: code}, done: make(chan struct{})})
	}
	c.store(t.Context(), group)
	for _, w := range group {
		<-w.done
		require.Equal(t, w.Code == "poison", w.err != nil, w.Code)
	}
	require.True(t, slices.EqualFunc(d.groups, [][]string{{"a"}, {"b"}}, slices.Equal[[]string]))
}
