package coedit

import (
	"context"
	"encoding/json"
	"log/slog"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"byline/backend/internal/platform/db"
)

// Message is what replicas tell each other. They would find out without it, only later.
type Message struct {
	From    string    `json:"r,omitempty"` // the replica that knows already
	Draft   uuid.UUID `json:"d"`
	Until   int64     `json:"n,omitempty"`  // the head that a commit made
	Commit  *Commit   `json:"m,omitempty"`  // that commit, when it is small
	Here    []here    `json:"p,omitempty"`  // people of that replica
	Rights  bool      `json:"ro,omitempty"` // who may do what has changed
	User    uuid.UUID `json:"u,omitzero"`   // whose rights, when only theirs
	Threads bool      `json:"t,omitempty"`  // comments in the text have changed
}

// Bus carries messages between replicas, at most once and in no order.
type Bus interface {
	// Note gives what the commit function announces with the commit itself, for a bus that lives in the database.
	Note(Message) string
	// Publish sends; within a transaction, when it commits.
	Publish(ctx context.Context, messages ...Message) error
	// Listen hands over what comes until ctx ends. began is called whenever messages may have been missed.
	Listen(ctx context.Context, receive func(Message), began func())
}

const (
	channel = "byline_live" // as in the commit function
	maxNote = 7500          // bytes; PostgreSQL takes fewer than 8,000
)

// pgBus is LISTEN and NOTIFY. Its one connection is apart from the pool, and must not go through a pooler that shares
// connections between transactions.
type pgBus struct{ db *db.DB }

func (b pgBus) Note(m Message) string {
	raw, err := json.Marshal(m)
	if err == nil && len(raw) > maxNote {
		m.Commit = nil
		raw, err = json.Marshal(m)
	}
	if err != nil {
		slog.Error("live message", "error", err)
		return ""
	}
	return string(raw)
}

func (b pgBus) Publish(ctx context.Context, messages ...Message) error {
	notes := make([]string, 0, len(messages))
	for _, m := range messages {
		if note := b.Note(m); note != "" && len(note) <= maxNote {
			notes = append(notes, note)
		}
	}
	_, err := b.db.PG(ctx).Exec(ctx, `SELECT pg_notify('`+channel+`', x) FROM unnest($1::text[]) x`, notes)
	return db.Err(err, "draft")
}

func (b pgBus) Listen(ctx context.Context, receive func(Message), began func()) {
	for wait := 100 * time.Millisecond; ctx.Err() == nil; wait = min(wait*2, 500*time.Millisecond) {
		err := b.listen(ctx, receive, func() { wait = 50 * time.Millisecond; began() })
		if ctx.Err() != nil {
			return
		}
		slog.WarnContext(ctx, "live messages are interrupted", "error", err)
		select {
		case <-ctx.Done():
		case <-time.After(wait):
		}
	}
}

func (b pgBus) listen(ctx context.Context, receive func(Message), began func()) error {
	conn, err := pgx.ConnectConfig(ctx, b.db.Pool().Config().ConnConfig.Copy())
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	if _, err := conn.Exec(ctx, `LISTEN `+channel); err != nil {
		return err
	}
	began()
	for {
		n, err := conn.WaitForNotification(ctx)
		if err != nil {
			return err
		}
		var m Message
		if err := json.Unmarshal([]byte(n.Payload), &m); err != nil {
			slog.WarnContext(ctx, "live message", "error", err)
			continue
		}
		receive(m)
	}
}
