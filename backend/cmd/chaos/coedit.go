package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"

	"byline/backend/internal/coedit"
	"byline/backend/internal/livetest"
)

// Numbers of the trial, as the goal names them.
const (
	clientCount = 20
	draftCount  = 5
	perSecond   = 100 // edits of all clients
	structural  = 0.05
)

type result struct {
	Confirmed int     `json:"confirmed"` // edits that clients were told are stored
	Lost      int     `json:"lost"`      // of those, not in the log
	Diverged  int     `json:"diverged"`  // copies that differ from the log
	Kills     int     `json:"kills"`
	BackS     float64 `json:"back_s"` // longest time until all clients of a killed server, or of a database that is back, were confirmed again
	P50       float64 `json:"p50_ms"` // between clients on different servers, without kills
	P99       float64 `json:"p99_ms"`
}

// coeditTrial lets people write while servers and the database are killed.
func coeditTrial(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("coedit", flag.ContinueOnError)
	binary := flags.String("byline", "bin/byline", "the program")
	kills := flags.Int("kills", 10, "runs in which a server is killed")
	stops := flags.Int("stops", 2, "runs in which PostgreSQL is stopped hard")
	length := flags.Duration("length", 9*time.Second, "of one run")
	if err := flags.Parse(args); err != nil {
		return err
	}
	s, err := newStage(ctx, *binary)
	if s != nil {
		defer s.close()
	}
	if err != nil {
		return err
	}
	var sum result
	t := &trial{stage: s, length: *length, sum: &sum}
	kinds := []string{"quiet"}
	for range *kills {
		kinds = append(kinds, "kill")
	}
	for range *stops {
		kinds = append(kinds, "stop")
	}
	for i, kind := range kinds {
		if err := t.run(ctx, i, kind); err != nil {
			return fmt.Errorf("run %d (%s): %w", i, kind, err)
		}
	}
	b, err := json.Marshal(sum)
	if err != nil {
		return err
	}
	fmt.Println("RESULT", string(b))
	if sum.Lost > 0 || sum.Diverged > 0 {
		return fmt.Errorf("%d lost, %d diverged", sum.Lost, sum.Diverged)
	}
	return nil
}

type trial struct {
	stage  *stage
	length time.Duration
	sum    *result
}

// writer is one client, and what it has made.
type writer struct {
	*livetest.Client
	draft    uuid.UUID
	mu       sync.Mutex
	replica  int
	waiting  []time.Time // edits that no push has taken yet
	lastPush int64
	stored   map[int64]int // confirmed batches, and how many of their steps were kept
}

func (t *trial) run(ctx context.Context, number int, kind string) error {
	began := time.Now()
	cookie, err := t.stage.replicas[0].signIn(ctx)
	if err != nil {
		return err
	}
	drafts, err := t.drafts(ctx, cookie)
	if err != nil {
		return err
	}
	f := &flights{sent: map[string][]time.Time{}, from: map[string]int{}}
	writers, err := t.open(ctx, number, drafts, cookie, f)
	if err != nil {
		return err
	}
	defer func() {
		for _, w := range writers {
			w.Stop()
		}
	}()
	if err := waitFor(ctx, 20*time.Second, writers, func(r livetest.Report) bool { return r.Ready }); err != nil {
		return err
	}
	writing, stop := context.WithCancel(ctx)
	var group sync.WaitGroup
	for _, w := range writers {
		group.Go(func() { w.write(writing) })
	}
	back, err := t.disturb(ctx, kind, number, writers)
	stop()
	group.Wait()
	if err != nil {
		return err
	}
	if err := waitFor(ctx, 2*time.Minute, writers, func(r livetest.Report) bool { return r.Ready && r.Unconfirmed == 0 }); err != nil {
		return err
	}
	time.Sleep(time.Second) // what others wrote last arrives everywhere
	confirmed, lost, err := t.count(ctx, writers)
	if err != nil {
		return err
	}
	diverged, err := t.compare(ctx, drafts, writers, cookie)
	if err != nil {
		return err
	}
	t.sum.Confirmed += confirmed
	t.sum.Lost += lost
	t.sum.Diverged += diverged
	t.sum.BackS = max(t.sum.BackS, back.Seconds())
	p50, p99 := f.percentiles()
	if kind == "quiet" {
		t.sum.P50, t.sum.P99 = p50, p99
	} else if kind == "kill" {
		t.sum.Kills++
	}
	fmt.Printf("run %2d %-5s %5d steps confirmed, %d lost, %d diverged, back after %.2f s, between servers p50 %.1f ms, p99 %.1f ms, load %s, %s\n",
		number, kind, confirmed, lost, diverged, back.Seconds(), p50, p99, load(), time.Since(began).Round(time.Second))
	return nil
}

// disturb waits for the length of a run, and in between does what the run is about.
func (t *trial) disturb(ctx context.Context, kind string, number int, writers []*writer) (back time.Duration, err error) {
	third := t.length / 3
	time.Sleep(third)
	switch kind {
	case "kill":
		i := number % 2
		r := t.stage.replicas[i]
		var affected []*writer
		for _, w := range writers {
			w.mu.Lock()
			if w.replica == i {
				affected = append(affected, w)
			}
			w.mu.Unlock()
		}
		r.kill()
		began := time.Now()
		err = again(ctx, affected)
		back = time.Since(began)
		if err != nil {
			return back, err
		}
		time.Sleep(third)
		err = r.start(ctx)
	case "stop":
		if err := t.stage.stopPostgresHard(); err != nil {
			return 0, err
		}
		time.Sleep(3 * time.Second)
		if err := t.stage.startPostgres(ctx); err != nil {
			return 0, err
		}
		began := time.Now()
		err = again(ctx, writers)
		back = time.Since(began)
		if err != nil {
			return back, err
		}
		time.Sleep(third)
	}
	time.Sleep(third)
	return back, err
}

func (t *trial) drafts(ctx context.Context, cookie string) ([]uuid.UUID, error) {
	ids := make([]uuid.UUID, draftCount)
	text := `{"type":"doc","content":[` + strings.TrimSuffix(strings.Repeat(`{"type":"paragraph","content":[{"type":"text","text":"A paragraph. "}]},`, 6), ",") + `]}`
	for i := range ids {
		var d struct{ ID uuid.UUID }
		r := t.stage.replicas[0]
		if _, err := r.call(ctx, http.MethodPost, "/drafts", cookie, map[string]any{"title": "Chaos", "content_type": "blog_post", "brief": map[string]any{}}, &d); err != nil {
			return nil, err
		}
		ids[i] = d.ID
		if _, err := r.call(ctx, http.MethodPut, "/drafts/"+d.ID.String()+"/document", cookie, map[string]any{"doc": json.RawMessage(text)}, nil, "If-Match", `"1"`); err != nil {
			return nil, err
		}
	}
	return ids, nil
}

func (t *trial) open(ctx context.Context, run int, drafts []uuid.UUID, cookie string, f *flights) ([]*writer, error) {
	var writers []*writer
	var browser *livetest.Browser
	for i := range clientCount {
		if i%5 == 0 {
			var err error
			if browser, err = livetest.NewNodeBrowser(ctx); err != nil {
				return nil, err
			}
		}
		w := &writer{draft: drafts[i%draftCount], replica: i / draftCount % 2, stored: map[int64]int{}}
		w.Client = &livetest.Client{ID: fmt.Sprintf("run%d-c%d-%s", run, i, uuid.NewString()[:8]), Draft: w.draft.String(), Browser: browser}
		w.Server = func(ctx context.Context) (string, string, error) { return t.server(ctx, w, cookie) }
		w.Sent = func(m []byte) { f.leaves(w, m) }
		w.Seen = func(m []byte) { f.arrives(w, m) }
		if err := w.Start(ctx); err != nil {
			return nil, err
		}
		writers = append(writers, w)
	}
	return writers, nil
}

// server is where a client connects: to its own server while that answers, else to the other.
func (t *trial) server(ctx context.Context, w *writer, cookie string) (address, ticket string, err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for range 2 {
		r := t.stage.replicas[w.replica]
		var answer struct{ Ticket string }
		if _, err = r.call(ctx, http.MethodPost, "/drafts/"+w.draft.String()+"/live-ticket", cookie, nil, &answer); err == nil {
			return "ws://" + r.address + "/api/v1/live", answer.Ticket, nil
		}
		w.replica = 1 - w.replica
	}
	return "", "", err
}

// write edits at its pace until ctx ends.
func (w *writer) write(ctx context.Context) {
	const pause = float64(time.Second) * clientCount / perSecond
	for ctx.Err() == nil {
		kind, where := 0.37+rand.Float64()*0.6, rand.Float64() // typing
		switch r := rand.Float64(); {
		case r < structural:
			kind = 0.1
		case r < structural+0.02:
			kind = 0.01 // another place
		case r < structural+0.09:
			kind = 0.33 // backspace
		}
		w.mu.Lock()
		w.waiting = append(w.waiting, time.Now())
		w.mu.Unlock()
		err := w.Do("edit", kind, where, string(rune('a'+rand.IntN(26))))
		if r, err := w.report(); err == nil && r.Unconfirmed == 0 {
			w.mu.Lock()
			w.waiting = nil // they changed nothing: another place, a list that is none, nothing to undo
			w.mu.Unlock()
		}
		if err == nil && rand.Float64() < 0.3 {
			_ = w.Do("cursor")
		}
		select {
		case <-ctx.Done():
		case <-time.After(time.Duration(pause * (0.5 + rand.Float64()))):
		}
	}
}

func waitFor(ctx context.Context, limit time.Duration, writers []*writer, ok func(livetest.Report) bool) error {
	deadline := time.Now().Add(limit)
	for _, w := range writers {
		for {
			r, err := w.report()
			if err != nil {
				return err
			}
			if ok(r) {
				break
			}
			if time.Now().After(deadline) || ctx.Err() != nil {
				return fmt.Errorf("client %s: ready %v, %d unconfirmed, refused %v, denied %q", w.ID, r.Ready, r.Unconfirmed, r.Refused, r.Denied)
			}
			time.Sleep(10 * time.Millisecond)
		}
	}
	return nil
}

// again waits until something is confirmed to each client from now on.
func again(ctx context.Context, writers []*writer) error {
	before := map[*writer]int{}
	for _, w := range writers {
		if _, err := w.report(); err != nil {
			return err
		}
		before[w] = len(w.stored)
	}
	deadline := time.Now().Add(time.Minute)
	for len(before) > 0 {
		for w, n := range before {
			r, err := w.report()
			if err != nil {
				return err
			}
			if r.Ready && (len(w.stored) > n || r.Unconfirmed == 0) {
				delete(before, w)
			} else if time.Now().After(deadline) || ctx.Err() != nil {
				return fmt.Errorf("client %s: ready %v, %d unconfirmed, refused %v, denied %q", w.ID, r.Ready, r.Unconfirmed, r.Refused, r.Denied)
			}
		}
		time.Sleep(10 * time.Millisecond)
	}
	return nil
}

// report asks the client, and notes what it was told is stored.
func (w *writer) report() (livetest.Report, error) {
	r, err := w.Report()
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, c := range r.Confirmed {
		w.stored[c.Batch] = len(c.Kept)
	}
	return r, err
}

// count looks for every confirmed step in the log.
func (t *trial) count(ctx context.Context, writers []*writer) (confirmed, lost int, err error) {
	for _, w := range writers {
		if _, err := w.report(); err != nil {
			return 0, 0, err
		}
		rows, err := t.stage.db.Pool().Query(ctx, `SELECT batch, n FROM draft_commits WHERE draft_id = $1 AND client_id = $2`, w.draft, w.ID)
		if err != nil {
			return 0, 0, err
		}
		logged := map[int64]int{}
		for rows.Next() {
			var batch int64
			var n int
			if err := rows.Scan(&batch, &n); err != nil {
				return 0, 0, err
			}
			logged[batch] = n
		}
		if err := rows.Err(); err != nil {
			return 0, 0, err
		}
		for batch, n := range w.stored {
			confirmed += n
			lost += n - min(n, logged[batch])
		}
	}
	return confirmed, lost, nil
}

// compare counts the copies that are not what the log leads to from its beginning.
func (t *trial) compare(ctx context.Context, drafts []uuid.UUID, writers []*writer, cookie string) (diverged int, err error) {
	documents := coedit.New(t.stage.db)
	for _, draft := range drafts {
		now, err := documents.Get(ctx, draft) // the newest copy and the tail
		if err != nil {
			return 0, err
		}
		want, err := documents.Replay(ctx, draft)
		if err != nil {
			return 0, err
		}
		copies := [][]byte{now.Doc}
		for _, r := range t.stage.replicas {
			var d struct{ Doc json.RawMessage }
			if _, err := r.call(ctx, http.MethodGet, "/drafts/"+draft.String()+"/document", cookie, nil, &d); err != nil {
				return 0, err
			}
			copies = append(copies, d.Doc)
		}
		snapshot, err := documents.At(ctx, draft, now.Version)
		if err != nil {
			return 0, err
		}
		copies = append(copies, snapshot)
		for _, w := range writers {
			if w.draft != draft {
				continue
			}
			r, err := w.report()
			if err != nil {
				return 0, err
			}
			if r.Version != now.Version {
				diverged++
			}
			copies = append(copies, r.Doc)
		}
		for _, c := range copies {
			if !same(c, want) {
				diverged++
			}
		}
	}
	return diverged, nil
}

func same(a, b []byte) bool {
	var x, y any
	if json.Unmarshal(a, &x) != nil || json.Unmarshal(b, &y) != nil {
		return false
	}
	left, errA := json.Marshal(x)
	right, errB := json.Marshal(y)
	return errA == nil && errB == nil && string(left) == string(right)
}

// load is how busy the machine is.
func load() string {
	b, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "unknown"
	}
	return strings.Join(strings.Fields(string(b))[:1], "")
}
