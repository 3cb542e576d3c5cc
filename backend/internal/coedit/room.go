package coedit

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"github.com/google/uuid"

	"byline/backend/internal/platform/errs"
)

const (
	mailbox       = 4096
	keepCommits   = 4000 // in memory
	snapshotEvery = 400  // versions
)

// What a room is told.
type (
	enter struct {
		member  *member
		version int64
	}
	leave struct{ member *member }
	push  struct {
		member *member
		in     ClientMessage
	}
	moved struct {
		member *member
		in     ClientMessage
	}
	role struct {
		member *member
		write  bool
		why    string
	}
	expel struct {
		member *member
		answer ServerMessage
	}
	heard struct{ Message }
	look  struct{} // at the threads again
)

// room is the authority over one draft in this replica: one goroutine, one thing after another.
type room struct {
	live   *Live
	id     uuid.UUID
	box    chan any
	ended  chan struct{}
	people int // guarded by live.mu

	loaded   bool
	broken   bool // a stored commit does not apply: nobody may write until somebody has looked
	doc      document
	version  int64
	bytes    int // of the document, at most
	cache    []Commit
	members  map[*member]struct{}
	presence map[string]*person

	written   int64 // version of the text that others read
	copied    int64 // version of the newest snapshot
	changed   time.Time
	dirty     time.Time // since when there is something unwritten
	empty     time.Time // since when nobody is here
	announced time.Time
}

func newRoom(l *Live, draft uuid.UUID) *room {
	return &room{live: l, id: draft, box: make(chan any, mailbox), ended: make(chan struct{}), members: map[*member]struct{}{},
		presence: map[string]*person{}, empty: time.Now()}
}

// post waits for a place in the mailbox: whoever writes faster than the room can store is held up.
func (r *room) post(event any) {
	select {
	case r.box <- event:
	case <-r.ended:
	case <-r.live.ctx.Done():
	}
}

// offer does not wait; what is lost is found by the next look at the heads.
func (r *room) offer(event any) {
	select {
	case r.box <- event:
	default:
	}
}

func (r *room) run() {
	defer close(r.ended)
	tick := time.NewTicker(250 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case event := <-r.box:
			r.handle(event)
		case now := <-tick.C:
			r.tick(now)
			if r.over(now) {
				r.doc.close()
				return
			}
		case <-r.live.ctx.Done():
			return
		}
	}
}

// over says whether the room ends: nobody is in it, and all is written.
func (r *room) over(now time.Time) bool {
	if len(r.members) > 0 || len(r.box) > 0 {
		return false
	}
	r.live.mu.Lock()
	closing := r.live.closed
	r.live.mu.Unlock()
	if !closing && now.Sub(r.empty) < r.live.options.Unload {
		return false
	}
	r.write()
	return r.live.retire(r)
}

// tick does what waits for a quiet moment.
func (r *room) tick(now time.Time) {
	if !r.loaded || r.broken {
		return
	}
	o := r.live.options
	if r.written < r.version && (now.Sub(r.changed) >= o.Idle || now.Sub(r.dirty) >= o.Late) {
		r.write()
	}
	if r.version-r.copied >= snapshotEvery || (r.version > r.copied && now.Sub(r.changed) > 30*time.Second) {
		r.snapshot()
	}
	r.tend(now)
}

// write brings the text that others read up to date.
func (r *room) write() {
	if !r.loaded || r.broken || r.written >= r.version {
		return
	}
	ctx, cancel := context.WithTimeout(r.live.ctx, 5*time.Second)
	defer cancel()
	doc, err := r.doc.json()
	if err == nil {
		err = r.live.project(ctx, r.id, r.version, doc)
	}
	if err != nil {
		slog.WarnContext(ctx, "write the text of a live draft", "draft", r.id, "error", err)
		r.dirty, r.changed = time.Now(), time.Now() // later
		return
	}
	r.written, r.bytes = r.version, len(doc)
}

func (r *room) snapshot() {
	ctx, cancel := context.WithTimeout(r.live.ctx, 5*time.Second)
	defer cancel()
	doc, err := r.doc.json()
	if err == nil {
		err = r.live.log.snapshot(ctx, r.id, r.version, doc)
	}
	if err != nil {
		slog.WarnContext(ctx, "snapshot of a live draft", "draft", r.id, "error", err)
	}
	r.copied = r.version // also after an error: the next one comes soon enough
}

// retry does something until it succeeds, the server stops, or it is clear that it never will.
func (r *room) retry(what string, f func(ctx context.Context) error) error {
	for wait := 50 * time.Millisecond; ; wait = min(wait*2, 400*time.Millisecond) {
		ctx, cancel := context.WithTimeout(r.live.ctx, 10*time.Second)
		err := f(ctx)
		cancel()
		if err == nil || !passing(err) || r.live.ctx.Err() != nil {
			return err
		}
		slog.WarnContext(r.live.ctx, "live draft waits for the database", "draft", r.id, "for", what, "error", err, "again_in", wait.String())
		select {
		case <-r.live.ctx.Done():
			return err
		case <-time.After(wait):
		}
	}
}

func (r *room) load() error {
	if r.loaded {
		return nil
	}
	var b base
	if err := r.retry("document", func(ctx context.Context) (err error) { b, err = r.live.log.base(ctx, r.id); return err }); err != nil {
		return err
	}
	doc, err := r.live.service.pool.open(b.doc)
	if err != nil {
		return fmt.Errorf("open document %s: %w", r.id, err)
	}
	r.doc, r.version, r.written, r.copied, r.bytes, r.loaded = doc, b.version, b.version, b.copied, len(b.doc), true
	return r.catchUp()
}

// catchUp takes what others committed.
func (r *room) catchUp() error {
	var found []Commit
	if err := r.retry("commits", func(ctx context.Context) (err error) {
		found, err = r.live.log.commits(ctx, r.id, r.version, 0)
		return err
	}); err != nil {
		return err
	}
	for _, c := range found {
		r.accept(c)
	}
	return nil
}

// accept takes a stored commit.
func (r *room) accept(c Commit) {
	if r.broken || c.V != r.version {
		return
	}
	if err := r.doc.replay(c.Steps); err != nil {
		r.fail(fmt.Errorf("stored commit %d does not apply: %w", c.V, err))
		return
	}
	r.advance(c)
}

// fail stops all writing: better than a text that differs from the log.
func (r *room) fail(err error) {
	r.broken = true
	slog.Error("a live draft is read-only: its log and its text do not fit", "draft", r.id, "version", r.version, "error", err)
	for x := range r.members {
		r.setRole(x, false, "failed")
	}
}

// advance tells everybody of a commit that the engine has taken.
func (r *room) advance(c Commit) {
	r.version = c.End()
	now := time.Now()
	if r.dirty.IsZero() || r.written >= c.V {
		r.dirty = now
	}
	r.changed = now
	r.cache = append(r.cache, c)
	if len(r.cache) > 2*keepCommits {
		r.cache = slices.Clone(r.cache[keepCommits:])
	}
	b := stepsMessage(r.id, c).encode()
	for x := range r.members {
		x.conn.send(b)
	}
}

func stepsMessage(draft uuid.UUID, c Commit) ServerMessage {
	return ServerMessage{Type: "steps", Draft: draft, Version: c.V, Client: c.Client, User: &c.User, Batch: c.Batch, Steps: c.Steps, Indexes: c.Kept}
}

// reach makes the cache begin at version v or before, from the database if need be; false when the log does not go back
// that far, or v is in the middle of a commit.
func (r *room) reach(v int64) (bool, error) {
	top := r.version
	if len(r.cache) > 0 {
		top = r.cache[0].V
	}
	if v >= top {
		return v == r.version || slices.ContainsFunc(r.cache, func(c Commit) bool { return c.V == v }), nil
	}
	var found []Commit
	if err := r.retry("commits", func(ctx context.Context) (err error) { found, err = r.live.log.commits(ctx, r.id, v, top); return err }); err != nil {
		return false, err
	}
	if len(found) == 0 || found[0].V != v || found[len(found)-1].End() != top {
		return false, nil
	}
	r.cache = append(found, r.cache...)
	return true, nil
}

func (r *room) handle(event any) {
	switch e := event.(type) {
	case leave:
		r.leave(e.member)
		return
	case expel:
		if _, in := r.members[e.member]; in {
			e.member.send(e.answer)
			r.leave(e.member)
		}
		return
	case role:
		if _, in := r.members[e.member]; in {
			r.setRole(e.member, e.write, e.why)
		}
		return
	case look:
		r.lookAgain()
		return
	}
	if err := r.load(); err != nil {
		r.notLoaded(event, err)
		return
	}
	switch e := event.(type) {
	case enter:
		r.enter(e)
	case push:
		if _, in := r.members[e.member]; in {
			r.push(e.member, e.in)
		}
	case moved:
		if _, in := r.members[e.member]; in {
			r.move(e.member, e.in)
		}
	case heard:
		r.hear(e.Message)
	}
}

func (r *room) notLoaded(event any, err error) {
	slog.ErrorContext(r.live.ctx, "open a live draft", "draft", r.id, "error", err)
	if e, ok := event.(enter); ok {
		e.member.send(refusal(r.id, err))
		if errs.CodeOf(err) != errs.NotFound {
			e.member.conn.end("cannot open the draft")
		}
	}
}

func (r *room) enter(e enter) {
	x := e.member
	if !x.in {
		x.in = true
		r.members[x] = struct{}{}
	}
	if e.version > r.version {
		if err := r.catchUp(); err != nil {
			x.conn.end("the database is away")
			return
		}
	}
	if r.broken {
		x.readOnly, x.why = true, "failed"
	}
	tail := e.version >= 0 && e.version <= r.version
	if tail {
		ok, err := r.reach(e.version)
		if err != nil {
			x.conn.end("the database is away")
			return
		}
		tail = ok
	}
	m := ServerMessage{Type: "ready", Draft: r.id, Version: r.version, ReadOnly: x.readOnly, Why: x.why}
	if tail {
		for _, c := range r.cache {
			if c.V >= e.version {
				x.send(stepsMessage(r.id, c))
			}
		}
	} else {
		doc, err := r.doc.json()
		if err != nil {
			r.fail(err)
			return
		}
		m.Type, m.Doc = "init", doc
	}
	x.send(m)
	r.greet(x)
}

func (r *room) leave(x *member) {
	if _, in := r.members[x]; in {
		delete(r.members, x)
		r.farewell(x)
	}
	r.live.left(x)
	if len(r.members) == 0 {
		r.empty = time.Now()
	}
}

func (r *room) setRole(x *member, write bool, why string) {
	if r.broken {
		write, why = false, "failed"
	}
	if x.readOnly == !write && x.why == why {
		return
	}
	x.readOnly, x.why = !write, why
	x.send(ServerMessage{Type: "role", Draft: r.id, Version: r.version, ReadOnly: !write, Why: why})
	r.greet(x)
}

// lookAgain tells everybody that comments in the text have changed.
func (r *room) lookAgain() {
	b := ServerMessage{Type: "threads", Draft: r.id, Version: r.version}.encode()
	for x := range r.members {
		x.conn.send(b)
	}
}

// hear takes what another replica tells.
func (r *room) hear(m Message) {
	if m.Here != nil {
		r.meet(m)
		return
	}
	if m.Until <= r.version {
		return
	}
	if m.Commit != nil && m.Commit.V == r.version {
		r.accept(*m.Commit)
		return
	}
	if err := r.catchUp(); err != nil {
		slog.WarnContext(r.live.ctx, "catch up with a live draft", "draft", r.id, "error", err)
	}
}
