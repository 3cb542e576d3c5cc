package coedit

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/google/uuid"

	"byline/backend/internal/platform/auth"
)

// Conn is one connection of a client. Whoever speaks its protocol hands it what comes in, and sends what comes out.
type Conn struct {
	live    *Live
	out     chan []byte
	stop    chan struct{}
	once    sync.Once
	reason  string
	members map[uuid.UUID]*member
}

// queue is how many messages may wait for a slow client. It is cut off then, and gets what it missed when it is back.
const queue = 1024

// Connect takes a new connection; nil when this replica is stopping.
func (l *Live) Connect() *Conn {
	c := &Conn{live: l, out: make(chan []byte, queue), stop: make(chan struct{}), members: map[uuid.UUID]*member{}}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return nil
	}
	l.conns[c] = struct{}{}
	return c
}

// Out is what to send.
func (c *Conn) Out() <-chan []byte { return c.out }

// Ended is closed when the connection is to end, for Reason.
func (c *Conn) Ended() <-chan struct{} { return c.stop }

// Reason says why it ended.
func (c *Conn) Reason() string { return c.reason }

func (c *Conn) end(reason string) {
	c.once.Do(func() {
		c.reason = reason
		close(c.stop)
	})
}

// send never waits: a client that does not keep up is cut off.
func (c *Conn) send(b []byte) {
	select {
	case c.out <- b:
	default:
		c.end("too slow")
	}
}

// Close lets the people of the connection leave.
func (c *Conn) Close() {
	c.end("closed")
	c.live.mu.Lock()
	delete(c.live.conns, c)
	c.live.mu.Unlock()
	for _, x := range c.members {
		x.room.post(leave{x})
	}
}

var errTooManyDrafts = errors.New("too many drafts in one connection")

// Receive takes a message. An error means that the connection should end, with that reason.
func (c *Conn) Receive(ctx context.Context, frame []byte) error {
	m, err := Decode(frame)
	if err != nil {
		return err
	}
	x := c.members[m.Draft]
	if m.Type == "open" {
		return c.open(ctx, m, x)
	}
	if x == nil {
		return nil // sent before it knew that it was denied
	}
	switch m.Type {
	case "push":
		x.room.post(push{x, m})
	case "cur":
		if now := time.Now(); now.Sub(x.moved) > 40*time.Millisecond {
			x.moved = now
			x.room.post(moved{x, m})
		}
	case "close":
		delete(c.members, m.Draft)
		x.room.post(leave{x})
	}
	return nil
}

func (c *Conn) open(ctx context.Context, m ClientMessage, x *member) error {
	if x != nil && m.Ticket == "" && x.client == m.Client { // it missed something
		x.room.post(enter{x, m.Version})
		return nil
	}
	if m.Schema != SchemaHash {
		c.send(ServerMessage{Type: "denied", Draft: m.Draft, Code: "schema", Error: "Byline was updated. Reload the page; your text is kept."}.encode())
		return nil
	}
	t, err := openTicket(c.live.secret, m.Ticket, time.Now())
	if err == nil && t.Draft != m.Draft {
		err = errTicket
	}
	if err != nil {
		c.send(ServerMessage{Type: "denied", Draft: m.Draft, Code: "ticket", Error: errTicket.Message}.encode())
		return nil
	}
	u, write, why, err := c.live.rules.Access(ctx, t.Session, m.Draft)
	if err != nil {
		c.send(refusal(m.Draft, err).encode())
		return nil
	}
	if x != nil {
		x.room.post(leave{x})
	} else if len(c.members) >= maxDrafts {
		return errTooManyDrafts
	}
	x = &member{conn: c, client: m.Client, session: t.Session, user: u, readOnly: !write, why: why}
	if err := c.live.enter(x, m.Draft); err != nil {
		c.end("this server is stopping")
		return nil
	}
	c.members[m.Draft] = x
	x.room.post(enter{x, m.Version})
	return nil
}

// member is somebody in a room, with one tab.
type member struct {
	conn    *Conn
	room    *room
	client  string
	session uuid.UUID
	user    auth.User
	moved   time.Time // of the connection: when the caret was sent on last
	// of the room
	readOnly bool
	why      string
	in       bool
}

func (x *member) send(m ServerMessage) { x.conn.send(m.encode()) }
