package main

import (
	"encoding/json"
	"fmt"
	"slices"
	"sync"
	"time"

	"byline/backend/internal/coedit"
)

// flights are batches on their way: when their edits were made, and how long until others saw them.
type flights struct {
	mu   sync.Mutex
	sent map[string][]time.Time
	from map[string]int
	took []time.Duration
}

func (f *flights) leaves(w *writer, m []byte) {
	var p coedit.ClientMessage
	if json.Unmarshal(m, &p) != nil || p.Type != "push" {
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if p.Batch <= w.lastPush {
		return // again
	}
	w.lastPush = p.Batch
	f.mu.Lock()
	defer f.mu.Unlock()
	key := fmt.Sprint(w.ID, " ", p.Batch)
	f.sent[key], f.from[key] = w.waiting, w.replica
	w.waiting = nil
}

func (f *flights) arrives(w *writer, m []byte) {
	var s coedit.ServerMessage
	if json.Unmarshal(m, &s) != nil || s.Type != "steps" || s.Client == w.ID {
		return
	}
	now := time.Now()
	w.mu.Lock()
	at := w.replica
	w.mu.Unlock()
	f.mu.Lock()
	defer f.mu.Unlock()
	key := fmt.Sprint(s.Client, " ", s.Batch)
	if f.from[key] == at {
		return
	}
	for _, made := range f.sent[key] {
		f.took = append(f.took, now.Sub(made))
	}
}

func (f *flights) percentiles() (p50, p99 float64) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.took) == 0 {
		return 0, 0
	}
	slices.Sort(f.took)
	at := func(q float64) float64 {
		return float64(f.took[int(q*float64(len(f.took)-1))].Microseconds()) / 1000
	}
	return at(0.5), at(0.99)
}
