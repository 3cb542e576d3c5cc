package coedit

import (
	"context"
	"log/slog"
	"maps"
	"slices"
	"time"

	"github.com/google/uuid"
)

const (
	announceEvery = 10 * time.Second
	forgetAfter   = 30 * time.Second // people of a replica that says nothing any more
	gather        = 40 * time.Millisecond
)

// here is somebody in a draft, as replicas tell each other.
type here struct {
	Client   string    `json:"c"`
	User     uuid.UUID `json:"u"`
	Name     string    `json:"n,omitempty"`
	ReadOnly bool      `json:"ro,omitempty"`
	Version  int64     `json:"v,omitempty"`
	Cursor   *[2]int64 `json:"a,omitempty"`
	Gone     bool      `json:"g,omitempty"`
}

// person is somebody in a room: a member of it, or of another replica.
type person struct {
	here
	member *member
	from   string // replica
	seen   time.Time
}

func (r *room) tell(h here, but *member) {
	m := ServerMessage{Type: "cur", Draft: r.id, Version: h.Version, Client: h.Client, User: &h.User, Name: h.Name, Cursor: h.Cursor, ReadOnly: h.ReadOnly}
	if h.Gone {
		m = ServerMessage{Type: "gone", Draft: r.id, Client: h.Client}
	}
	b := m.encode()
	for x := range r.members {
		if x != but {
			x.conn.send(b)
		}
	}
}

// greet shows a member to the others, and the others to the member.
func (r *room) greet(x *member) {
	p := &person{here: here{Client: x.client, User: x.user.ID, Name: x.user.Name, ReadOnly: x.readOnly}, member: x, from: r.live.replica, seen: time.Now()}
	if old := r.presence[x.client]; old != nil && old.member == x {
		p.Version, p.Cursor = old.Version, old.Cursor
	}
	r.presence[x.client] = p
	for client, other := range r.presence {
		if client != x.client {
			x.send(ServerMessage{Type: "cur", Draft: r.id, Version: other.Version, Client: client, User: &other.User, Name: other.Name, Cursor: other.Cursor, ReadOnly: other.ReadOnly})
		}
	}
	r.tell(p.here, x)
	r.live.announce(r.id, p.here)
}

func (r *room) move(x *member, in ClientMessage) {
	p := r.presence[x.client]
	if p == nil || p.member != x || in.Version > r.version {
		return
	}
	p.Version, p.Cursor, p.seen = in.Version, in.Cursor, time.Now()
	r.tell(p.here, x)
	r.live.announce(r.id, p.here)
}

func (r *room) farewell(x *member) {
	p := r.presence[x.client]
	if p == nil || p.member != x {
		return // the same tab is here again already, with a new connection
	}
	delete(r.presence, x.client)
	gone := here{Client: x.client, User: x.user.ID, Gone: true}
	r.tell(gone, nil)
	r.live.announce(r.id, gone)
}

// meet takes what another replica says about its people.
func (r *room) meet(m Message) {
	for _, h := range m.Here {
		old := r.presence[h.Client]
		if old != nil && (old.member != nil || (h.Gone && old.from != m.From)) {
			continue // it is here, or was seen elsewhere since
		}
		if h.Gone {
			if old != nil {
				delete(r.presence, h.Client)
				r.tell(h, nil)
			}
			continue
		}
		r.presence[h.Client] = &person{here: h, from: m.From, seen: time.Now()}
		r.tell(h, nil)
	}
}

// tend repeats who is here, and forgets whom nobody repeats.
func (r *room) tend(now time.Time) {
	for client, p := range r.presence {
		if p.member == nil && now.Sub(p.seen) > forgetAfter {
			delete(r.presence, client)
			r.tell(here{Client: client, Gone: true}, nil)
		}
	}
	if now.Sub(r.announced) < announceEvery {
		return
	}
	r.announced = now
	for _, p := range r.presence {
		if p.member != nil {
			r.live.announce(r.id, p.here)
		}
	}
}

type announcement struct {
	draft uuid.UUID
	here
}

// announce tells other replicas about somebody here, soon, together with others. What does not fit is told again later.
func (l *Live) announce(draft uuid.UUID, h here) {
	select {
	case l.announcements <- announcement{draft, h}:
	default:
	}
}

// gatherAnnouncements sends at most one message per draft and moment.
func (l *Live) gatherAnnouncements() {
	waiting := map[uuid.UUID]map[string]here{}
	var flush <-chan time.Time
	for {
		select {
		case <-l.ctx.Done():
			return
		case a := <-l.announcements:
			if waiting[a.draft] == nil {
				waiting[a.draft] = map[string]here{}
			}
			waiting[a.draft][a.Client] = a.here
			if flush == nil {
				flush = time.After(gather)
			}
		case <-flush:
			l.publish(waiting)
			clear(waiting)
			flush = nil
		}
	}
}

func (l *Live) publish(waiting map[uuid.UUID]map[string]here) {
	var messages []Message
	for draft, people := range waiting {
		for some := range slices.Chunk(slices.Collect(maps.Values(people)), 20) { // well below what a message may have
			messages = append(messages, Message{From: l.replica, Draft: draft, Here: some})
		}
	}
	ctx, cancel := context.WithTimeout(l.ctx, 2*time.Second)
	defer cancel()
	if err := l.bus.Publish(ctx, messages...); err != nil {
		slog.DebugContext(ctx, "announce people of live drafts", "error", err)
	}
}
