package shares

import (
	"container/list"
	"context"
	"sync"

	"golang.org/x/sync/semaphore"
	"golang.org/x/sync/singleflight"
)

const (
	maxMarked    = 64 << 20 // bytes of pictures that are kept
	drawTogether = 2        // pictures at a time: the rest of the program has work too
)

// marked keeps pictures with names on them in memory, those that were wanted last. They are nowhere else, so that nothing
// has to be thrown away when a share ends.
type marked struct {
	mu     sync.Mutex
	by     map[string]*list.Element
	order  list.List // of markedPicture, the last wanted in front
	bytes  int
	flight singleflight.Group
	turns  *semaphore.Weighted
}

type markedPicture struct {
	key  string
	data []byte
}

func newMarked() *marked {
	return &marked{by: map[string]*list.Element{}, turns: semaphore.NewWeighted(drawTogether)}
}

// get gives a picture, drawing it once when many want it at the same time.
func (m *marked) get(ctx context.Context, key string, draw func(ctx context.Context) ([]byte, error)) ([]byte, error) {
	if data, ok := m.find(key); ok {
		return data, nil
	}
	// whoever came first may go away; the others want the picture still
	done := m.flight.DoChan(key, func() (any, error) {
		ctx := context.WithoutCancel(ctx)
		if err := m.turns.Acquire(ctx, 1); err != nil {
			return nil, err
		}
		defer m.turns.Release(1)
		data, err := draw(ctx)
		if err == nil {
			m.keep(key, data)
		}
		return data, err
	})
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case r := <-done:
		data, _ := r.Val.([]byte)
		return data, r.Err
	}
}

func (m *marked) find(key string) ([]byte, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	e, ok := m.by[key]
	if !ok {
		return nil, false
	}
	m.order.MoveToFront(e)
	return e.Value.(markedPicture).data, true
}

func (m *marked) keep(key string, data []byte) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if _, ok := m.by[key]; ok {
		return
	}
	m.by[key] = m.order.PushFront(markedPicture{key, data})
	m.bytes += len(data)
	for m.bytes > maxMarked {
		e := m.order.Back()
		old := m.order.Remove(e).(markedPicture)
		delete(m.by, old.key)
		m.bytes -= len(old.data)
	}
}
