package coedit

import (
	"cmp"
	"container/heap"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"byline/backend/internal/platform/auth"
)

// memoryLog is the ordered log without a database, by the same rules as draft_commit.
type memoryLog struct {
	start   []byte
	entries []Commit
	last    map[string]int64
	head    int64
	tell    func(Message) // of what is committed
}

func (l *memoryLog) base(context.Context, uuid.UUID) (base, error) {
	return base{doc: l.start, version: 1, copied: 1}, nil
}

func (l *memoryLog) commits(_ context.Context, _ uuid.UUID, from, until int64) (found []Commit, _ error) {
	for _, c := range l.entries {
		if c.V >= from && (until == 0 || c.V < until) {
			found = append(found, c)
		}
	}
	return found, nil
}

func (l *memoryLog) commit(_ context.Context, _ uuid.UUID, c Commit, note string, _ bool) (int64, error) {
	switch {
	case l.last[c.Client] >= c.Batch:
		return taken, nil
	case l.head != c.V:
		return raced, nil
	}
	l.last[c.Client] = c.Batch
	if len(c.Steps) > 0 {
		l.entries = append(l.entries, c)
		l.head = c.End()
		var m Message
		if err := json.Unmarshal([]byte(note), &m); err != nil {
			return 0, err
		}
		l.tell(m)
	}
	return l.head, nil
}

func (l *memoryLog) project(context.Context, uuid.UUID, int64, []byte, string) error { return nil }

func (l *memoryLog) snapshot(context.Context, uuid.UUID, int64, []byte) error { return nil }

// memoryBus leaves it to the log to tell.
type memoryBus struct{ pgBus }

func (memoryBus) Publish(context.Context, ...Message) error     { return nil }
func (memoryBus) Listen(context.Context, func(Message), func()) {}

// simulation is two replicas and some clients in virtual time, over a network that loses, repeats and delays.
type simulation struct {
	t        *testing.T
	rng      *rand.Rand
	browser  *browser
	log      *memoryLog
	draft    uuid.UUID
	now      int
	order    int
	queue    events
	replicas [2]*replica
	clients  []*simClient
	counts   *counts
}

type counts struct{ seeds, edits, commits, rebased, repeated, dropped, kills, offline, suggested, intact, lost int }

type replica struct {
	live *Live
	room *room
}

type simClient struct {
	id      string
	member  *member
	replica int
	up      bool
	epoch   int
	lag     int
	lastIn  int
	lastOut int
	person  uuid.UUID // of one who suggests
}

type event struct {
	at, order int
	do        func()
}

type events []event

func (q events) Len() int { return len(q) }
func (q events) Less(i, j int) bool {
	return cmp.Or(cmp.Compare(q[i].at, q[j].at), cmp.Compare(q[i].order, q[j].order)) < 0
}
func (q events) Swap(i, j int) { q[i], q[j] = q[j], q[i] }

// Push implements heap.Interface.
func (q *events) Push(x any) { *q = append(*q, x.(event)) }

// Pop implements heap.Interface.
func (q *events) Pop() any {
	old := *q
	x := old[len(old)-1]
	*q = old[:len(old)-1]
	return x
}

func (s *simulation) at(when int, do func()) {
	s.order++
	heap.Push(&s.queue, event{when, s.order, do})
}

func (s *simulation) newReplica(p *pool) *replica {
	r := &replica{}
	l := NewLive(&Service{pool: p}, nil, Rules{}, Options{})
	l.log = s.log
	l.bus = memoryBus{}
	s.t.Cleanup(l.cancel)
	r.live = l
	r.room = newRoom(l, s.draft)
	return r
}

func (s *simulation) hear(i int, m Message) {
	if s.replicas[i].room.loaded {
		s.replicas[i].room.handle(heard{m})
		s.deliver()
	}
}

// deliver puts what the rooms have sent onto the network.
func (s *simulation) deliver() {
	for _, c := range s.clients {
		if c.member == nil {
			continue
		}
		for more := true; more; {
			select {
			case b := <-c.member.conn.out:
				c.lastIn = max(c.lastIn, s.now+5+s.rng.IntN(c.lag))
				epoch := c.epoch
				s.at(c.lastIn, func() {
					if c.up && c.epoch == epoch {
						s.send(c, s.browser.call("receive", c.id, string(b)))
					}
				})
			default:
				more = false
			}
		}
	}
}

// send puts messages of a client onto the network. They may arrive after the client has gone, and twice.
func (s *simulation) send(c *simClient, messages []json.RawMessage) {
	x := c.member
	for _, b := range messages {
		c.lastOut = max(c.lastOut, s.now+5+s.rng.IntN(c.lag))
		times := 1
		if s.rng.Float64() < 0.05 {
			times = 2
			s.counts.repeated++
		}
		for range times {
			s.at(c.lastOut, func() { s.arrive(x, b) })
		}
	}
}

func (s *simulation) arrive(x *member, b []byte) {
	in, err := Decode(b)
	require.NoError(s.t, err)
	if x.room != s.replicas[0].room && x.room != s.replicas[1].room {
		return // that replica was killed
	}
	switch in.Type {
	case "open":
		x.room.handle(enter{x, in.Version})
	case "push":
		if in.Version < s.log.head {
			s.counts.rebased++
		}
		x.room.handle(push{x, in})
	}
	s.deliver()
}

func (s *simulation) connect(c *simClient) {
	c.up, c.lastIn, c.lastOut = true, s.now, s.now
	c.epoch++
	c.replica = s.rng.IntN(2)
	r := s.replicas[c.replica]
	conn := &Conn{live: r.live, out: make(chan []byte, 1<<14), stop: make(chan struct{})}
	c.member = &member{conn: conn, client: c.id, room: r.room, user: auth.User{ID: c.person, Name: c.id}}
	if c.person != uuid.Nil {
		c.member.why = Suggesting
	}
	s.send(c, s.browser.call("connect", c.id, "ticket"))
}

func (s *simulation) disconnect(c *simClient) {
	if !c.up {
		return
	}
	c.up = false
	c.epoch++
	s.browser.text("disconnect", c.id)
	x := c.member
	s.at(s.now+s.rng.IntN(2000), func() { x.room.handle(leave{x}) }) // the server notices late
}

// kill ends a replica in the middle of everything; a new one takes its place.
func (s *simulation) kill(i int, p *pool) {
	s.counts.kills++
	old := s.replicas[i].room
	s.replicas[i] = s.newReplica(p)
	for _, c := range s.clients {
		if c.up && c.member.room == old {
			s.disconnect(c)
			s.at(s.now+50+s.rng.IntN(800), func() {
				if !c.up {
					s.connect(c)
				}
			})
		}
	}
	old.doc.close()
}

func (s *simulation) edit(c *simClient) {
	s.counts.edits++
	s.send(c, s.browser.call("edit", c.id, s.rng.Float64(), s.rng.Float64(), string(rune('a'+s.rng.IntN(26)))))
}

// run lets clients write for some seconds with interruptions, then lets everything settle.
func (s *simulation) run(p *pool, length int) {
	s.log.tell = func(m Message) { // some are lost, all are late
		for i, r := range s.replicas {
			if r.live.replica != m.From && s.rng.Float64() < 0.9 {
				s.at(s.now+1+s.rng.IntN(60), func() { s.hear(i, m) })
			}
		}
	}
	for i := range s.replicas {
		s.replicas[i] = s.newReplica(p)
	}
	for i := range 2 + s.rng.IntN(1+length/2000) { // 2 or 3, in the long run up to 5
		c := &simClient{id: fmt.Sprint("c", i), lag: 20 + s.rng.IntN(300)}
		s.clients = append(s.clients, c)
		if i == 1 && s.rng.Float64() < 0.5 {
			c.person = newDraft()
			s.browser.text("create", c.id, s.draft.String(), c.person.String())
		} else {
			s.browser.text("create", c.id, s.draft.String())
		}
		s.connect(c)
		for t := 400; t < length; t += 40 + s.rng.IntN(300) {
			s.at(t, func() { s.edit(c) })
		}
		for range 2 {
			s.at(500+s.rng.IntN(length-1000), func() {
				if c.up {
					s.counts.offline++
					s.disconnect(c)
					s.at(s.now+50+s.rng.IntN(2500), func() {
						if !c.up {
							s.connect(c)
						}
					})
				}
			})
		}
	}
	if s.rng.Float64() < 0.5 {
		s.at(800+s.rng.IntN(length-1000), func() { s.kill(s.rng.IntN(2), p) })
	}
	for t := 500; t < length+4000; t += 500 {
		s.at(t, func() { // heads are compared
			s.hear(0, Message{Until: s.log.head})
			s.hear(1, Message{Until: s.log.head})
		})
	}
	for s.queue.Len() > 0 {
		e := heap.Pop(&s.queue).(event)
		s.now = e.at
		e.do()
	}
}

// settled is a text with all suggestions rejected, around a commit of one who suggests; empty around others.
func (s *simulation) settled(c Commit, d document) string {
	if c.User == uuid.Nil {
		return ""
	}
	s.counts.suggested++
	raw, err := d.json()
	require.NoError(s.t, err)
	n, err := Parse(raw)
	require.NoError(s.t, err)
	out, err := json.Marshal(n.Settled())
	require.NoError(s.t, err)
	return string(out)
}

// check compares every copy with the log from its beginning.
func (s *simulation) check(seed uint64, p *pool) {
	t := s.t
	replayed, err := p.open(s.log.start)
	require.NoError(t, err)
	defer replayed.close()
	version := int64(1)
	seen := map[string]bool{}
	for _, c := range s.log.entries {
		require.Equal(t, version, c.V, "seed %d: the log has a hole", seed)
		before := s.settled(c, replayed)
		require.NoError(t, replayed.replay(c.Steps), "seed %d", seed)
		require.Equal(t, before, s.settled(c, replayed), "seed %d: one who suggests has changed the text in %d", seed, c.V)
		key := fmt.Sprint(c.Client, c.Batch)
		require.False(t, seen[key], "seed %d: %s was committed twice", seed, key)
		seen[key] = true
		version = c.End()
		s.counts.commits++
	}
	want, err := replayed.json()
	require.NoError(t, err)
	_, err = Parse(want)
	require.NoError(t, err, "seed %d", seed)
	if os.Getenv("BYLINE_RECORD") != "" { // for replay_test.go
		r := recording{Start: s.log.start, End: want}
		for _, c := range s.log.entries {
			r.Commits = append(r.Commits, c.Steps)
		}
		b, err := json.Marshal(r)
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(fmt.Sprintf("testdata/recorded-%d.json", seed), append(b, '\n'), 0o644))
	}
	for _, c := range s.clients {
		r := s.browser.report(c.id)
		require.Zero(t, r.Unconfirmed, "seed %d, %s: something was never confirmed", seed, c.id)
		require.Equal(t, version, r.Version, "seed %d, %s", seed, c.id)
		require.JSONEq(t, string(want), string(r.Doc), "seed %d, %s diverged", seed, c.id)
		for _, confirmed := range r.Confirmed {
			require.True(t, seen[fmt.Sprint(c.id, confirmed.Batch)], "seed %d, %s: batch %v was confirmed but is not in the log", seed, c.id, confirmed.Batch)
		}
		require.Empty(t, r.Denied)
		s.counts.dropped += r.Dropped
		s.browser.text("remove", c.id)
	}
	for _, r := range s.replicas {
		if !r.room.loaded {
			continue
		}
		got, err := r.room.doc.json()
		require.NoError(t, err)
		require.Equal(t, string(want), string(got), "seed %d: a replica diverged", seed)
		r.room.doc.close()
	}
}

// Whatever the network does, all clients and replicas end with the document of the log, and nothing is taken twice.
// BYLINE_FUZZ_SEEDS sets how many runs; make fuzz-coedit has 5,000.
func TestEverybodyEndsWithTheSameText(t *testing.T) {
	t.Parallel()
	seeds, length := 200, 2000
	if s := os.Getenv("BYLINE_FUZZ_SEEDS"); s != "" {
		var err error
		seeds, err = strconv.Atoi(s)
		length = 6000
		require.NoError(t, err)
	}
	first := 1
	if s := os.Getenv("BYLINE_FUZZ_FIRST"); s != "" {
		var err error
		first, err = strconv.Atoi(s)
		require.NoError(t, err)
	}
	began := time.Now()
	const workers = 2
	var group sync.WaitGroup
	all := make([]counts, workers)
	for w := range workers {
		group.Go(func() {
			b, p := newBrowser(t), &pool{max: 1}
			for seed := first + w; seed < first+seeds && !t.Failed(); seed += workers {
				s := &simulation{t: t, rng: rand.New(rand.NewPCG(uint64(seed), 7)), browser: b, draft: newDraft(), counts: &all[w],
					log: &memoryLog{start: paragraphs("Paragraph 0.", "Paragraph 1.", "Paragraph 2.", "Paragraph 3."), last: map[string]int64{}, head: 1}}
				s.run(p, length)
				s.check(uint64(seed), p)
				s.along(uint64(seed), p)
				all[w].seeds++
			}
		})
	}
	group.Wait()
	t.Logf("%+v in %s", all, time.Since(began).Round(time.Millisecond))
	for _, c := range all {
		require.Positive(t, c.commits)
		require.Positive(t, c.suggested)
		require.Positive(t, c.intact)
		require.Positive(t, c.lost)
		require.Positive(t, c.rebased, "the test does not test what it should")
	}
}
