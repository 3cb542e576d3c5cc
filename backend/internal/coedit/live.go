package coedit

import (
	"context"
	"errors"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/google/uuid"

	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/errs"
)

// Rules are what live co-writing must know of the product around it. cmd passes them in, as drafts stand above.
type Rules struct {
	// Access says who a session belongs to and whether they may write a draft now; why not is for them to read. Suggesting,
	// with write, means that they may change nothing but their own suggestions. An error
	// with NotFound, Forbidden or Unauthenticated means that they may not even read.
	Access func(ctx context.Context, session, draft uuid.UUID) (u auth.User, write bool, why string, err error)
	// Review runs a change of a draft that has approvals, and voids them in the same transaction.
	Review func(ctx context.Context, draft uuid.UUID, change func(ctx context.Context) error) error
}

// Options tune live co-writing; the zero value is right for production.
type Options struct {
	HeadCheck   time.Duration // how often heads are compared, in case a message was lost; 0 means 5 s
	RightsCheck time.Duration // how often rights are looked up again, likewise; 0 means 15 s
	Idle        time.Duration // without changes before the text is brought up to date for others; 0 means 2 s
	Late        time.Duration // most time before that; 0 means 10 s
	Unload      time.Duration // how long a document without people stays in memory; 0 means 60 s
}

func (o Options) filled() Options {
	set := func(d *time.Duration, otherwise time.Duration) {
		if *d == 0 {
			*d = otherwise
		}
	}
	set(&o.HeadCheck, 5*time.Second)
	set(&o.RightsCheck, 15*time.Second)
	set(&o.Idle, 2*time.Second)
	set(&o.Late, 10*time.Second)
	set(&o.Unload, time.Minute)
	return o
}

// Live is the authority of this replica over the drafts that are open in it.
type Live struct {
	service *Service
	log     stepLog
	bus     Bus
	rules   Rules
	options Options
	secret  []byte
	replica string

	ctx           context.Context
	cancel        context.CancelFunc
	done          sync.WaitGroup
	start         sync.Once
	recheck       chan Message // rights to look up again
	announcements chan announcement

	mu      sync.Mutex
	rooms   map[uuid.UUID]*room
	members map[*member]struct{}
	conns   map[*Conn]struct{}
	closed  bool
}

// NewLive makes the authority on the documents of a service. It does nothing until the first connection. secret signs
// tickets.
func NewLive(s *Service, secret []byte, rules Rules, options Options) *Live {
	l := &Live{service: s, log: s.store, bus: s.bus, rules: rules, options: options.filled(), secret: secret, replica: uuid.NewString(),
		recheck: make(chan Message, 256), announcements: make(chan announcement, 1024), rooms: map[uuid.UUID]*room{}, members: map[*member]struct{}{}, conns: map[*Conn]struct{}{}}
	l.ctx, l.cancel = context.WithCancel(context.Background())
	return l
}

// Ticket lets the user of ctx open a draft live, within a minute.
func (l *Live) Ticket(ctx context.Context, draft uuid.UUID) (sealed string, write bool, why string, err error) {
	u := auth.From(ctx)
	_, write, why, err = l.rules.Access(ctx, u.SessionID, draft)
	if err != nil {
		return "", false, "", err
	}
	t := ticket{Draft: draft, Session: u.SessionID, User: u.ID, Expires: time.Now().Add(TicketLife).Unix()}
	return t.seal(l.secret), write, why, nil
}

// begin starts what runs beside the rooms.
func (l *Live) begin() {
	l.start.Do(func() {
		l.done.Go(func() { l.bus.Listen(l.ctx, l.receive, l.missed) })
		l.done.Go(l.watch)
		l.done.Go(l.gatherAnnouncements)
	})
}

// watch looks again at what messages should have told.
func (l *Live) watch() {
	heads, rights := time.NewTicker(l.options.HeadCheck), time.NewTicker(l.options.RightsCheck)
	defer heads.Stop()
	defer rights.Stop()
	for {
		select {
		case <-l.ctx.Done():
			return
		case <-heads.C:
			l.checkHeads()
		case <-rights.C:
			l.checkRights(Message{Rights: true})
		case m := <-l.recheck:
			l.checkRights(m)
		}
	}
}

func (l *Live) receive(m Message) {
	if m.From == l.replica {
		return
	}
	if m.Rights {
		select {
		case l.recheck <- m:
		default: // the clock will
		}
		return
	}
	r := l.find(m.Draft)
	switch {
	case r == nil:
	case m.Threads:
		r.offer(look{})
	default:
		r.offer(heard{m})
	}
}

// missed makes up for messages that may not have come: heads are compared, and everybody looks at their threads again.
func (l *Live) missed() {
	l.checkHeads()
	l.mu.Lock()
	rooms := slices.Collect(maps.Values(l.rooms))
	l.mu.Unlock()
	for _, r := range rooms {
		r.offer(look{})
	}
}

// checkHeads asks the database where the open documents stand.
func (l *Live) checkHeads() {
	l.mu.Lock()
	ids := make([]uuid.UUID, 0, len(l.rooms))
	for id := range l.rooms {
		ids = append(ids, id)
	}
	l.mu.Unlock()
	if len(ids) == 0 {
		return
	}
	ctx, cancel := context.WithTimeout(l.ctx, 5*time.Second)
	defer cancel()
	heads, err := l.service.store.heads(ctx, ids)
	if err != nil {
		slog.WarnContext(ctx, "compare live documents", "error", err)
		return
	}
	for id, head := range heads {
		if r := l.find(id); r != nil {
			r.offer(heard{Message{Draft: id, Until: head}})
		}
	}
}

// checkRights looks up what people may do: all, those in one draft, or one person.
func (l *Live) checkRights(m Message) {
	l.mu.Lock()
	var who []*member
	for x := range l.members {
		if (m.Draft == uuid.Nil || x.room.id == m.Draft) && (m.User == uuid.Nil || x.user.ID == m.User) {
			who = append(who, x)
		}
	}
	l.mu.Unlock()
	for _, x := range who {
		ctx, cancel := context.WithTimeout(l.ctx, 5*time.Second)
		_, write, why, err := l.rules.Access(ctx, x.session, x.room.id)
		cancel()
		switch errs.CodeOf(err) {
		case "":
			x.room.offer(role{x, write, why})
		case errs.NotFound, errs.Forbidden, errs.Unauthenticated:
			x.room.offer(expel{x, refusal(x.room.id, err)})
		default: // nobody is sent away because the database is
			slog.WarnContext(l.ctx, "look up live rights", "error", err)
		}
	}
}

func refusal(draft uuid.UUID, err error) ServerMessage {
	m := ServerMessage{Type: "denied", Draft: draft, Code: "rights", Error: "You may not open this draft."}
	var e *errs.Error
	if errors.As(err, &e) {
		m.Error = e.Message
	}
	switch errs.CodeOf(err) {
	case errs.NotFound:
		m.Code = "gone"
	case errs.Forbidden:
	case errs.Unauthenticated:
		m.Code = "ticket"
	default:
		m.Code, m.Error = "failed", "Byline cannot open this draft right now."
	}
	return m
}

func (l *Live) find(draft uuid.UUID) *room {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.rooms[draft]
}

// enter makes a member of the draft's room, which stays until its last member has left.
func (l *Live) enter(x *member, draft uuid.UUID) error {
	l.begin()
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return errs.New(errs.Unavailable, "This server is stopping.")
	}
	r := l.rooms[draft]
	if r == nil {
		r = newRoom(l, draft)
		l.rooms[draft] = r
		l.done.Go(r.run)
	}
	r.people++
	x.room = r
	l.members[x] = struct{}{}
	return nil
}

// left gives up a place in a room.
func (l *Live) left(x *member) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if _, ok := l.members[x]; ok {
		delete(l.members, x)
		x.room.people--
	}
}

// retire removes a room that nobody is in.
func (l *Live) retire(r *room) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if r.people > 0 {
		return false
	}
	delete(l.rooms, r.id)
	return true
}

// Close ends all connections, so that their clients go to another replica, and waits until what was taken is written.
func (l *Live) Close(ctx context.Context) {
	l.mu.Lock()
	l.closed = true
	for c := range l.conns {
		c.end("this server is stopping")
	}
	l.mu.Unlock()
	finished := make(chan struct{})
	go func() {
		for l.open() > 0 && ctx.Err() == nil { // rooms write their text when the last member has left
			time.Sleep(5 * time.Millisecond)
		}
		l.cancel()
		l.done.Wait()
		close(finished)
	}()
	select {
	case <-finished:
	case <-ctx.Done():
		l.cancel()
	}
}

// open counts the rooms, so that it is 0 when all are written.
func (l *Live) open() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.rooms)
}

// text gives the plain text of a document that the engine made.
func text(doc []byte) (string, error) {
	n, err := Parse(doc)
	return n.PlainText(), err
}

// project writes the text for others.
func (l *Live) project(ctx context.Context, draft uuid.UUID, version int64, doc []byte) error {
	words, err := text(doc)
	if err != nil {
		return err
	}
	return l.service.telling(ctx, draft, func(ctx context.Context) error { return l.log.project(ctx, draft, version, doc, words) })
}
