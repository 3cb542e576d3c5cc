package search

import (
	"context"
	"sync"
	"time"
)

// kept is something that is read now and then and known in between. While one reads it anew the others go on with what was
// known; only who comes first of all, or after forget, waits.
type kept[T any] struct {
	mu      sync.Mutex
	value   T
	there   bool
	reading bool
	at      time.Time // when it was read
	changes int       // how often it was forgotten
}

// get gives what is not older than fresh, or was known while somebody reads it. When it cannot be read, it gives what was
// known with the error.
func (k *kept[T]) get(ctx context.Context, fresh time.Duration, read func(context.Context) (T, error)) (T, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.there && (k.reading || time.Since(k.at) < fresh) {
		return k.value, nil
	}
	k.reading = true
	changes := k.changes
	k.mu.Unlock()
	value, err := read(ctx)
	k.mu.Lock()
	k.reading = false
	if err != nil {
		return k.value, err
	}
	if k.changes == changes { // else it was changed while it was read, and somebody may know better by now
		k.value, k.there, k.at = value, true, time.Now()
	}
	return value, nil
}

// forget has the next one read it.
func (k *kept[T]) forget() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.there = false
	k.changes++
}
