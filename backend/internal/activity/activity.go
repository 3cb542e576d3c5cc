// Package activity is the append-only record of who did what, on behalf of whom, when. It is the spine of the system:
// timelines, notifications, search indexing, webhooks and time-in-stage all follow from activities. Every consumer gets
// a job in the same transaction, runs at least once, and is idempotent by activity id.
package activity

import (
	"context"
	"encoding/json"
	"time"

	"github.com/google/uuid"

	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/jobs"
)

// Entry is one thing that happened.
type Entry struct {
	ID         uuid.UUID
	At         time.Time
	Verb       string // "<object>.<past participle>", e.g. "idea.voted"
	ObjectType string // "idea", "draft", "post", "resource", …
	ObjectID   uuid.UUID
	ActorID    uuid.UUID // who did it; set from the context when zero; uuid.Nil is the system
	OnBehalfOf uuid.UUID // for whom, when not for the actor
	Data       any       // small facts worth showing, marshalled as a JSON object; never a secret, never a private text
}

// Consumer gives the jobs that an activity asks for, or nil. It must be quick and may not touch the database.
type Consumer func(e Entry) []jobs.Args

// Log writes activities.
type Log struct {
	db        *db.DB
	consumers []Consumer
}

// New makes a log whose activities are handed to the given consumers.
func New(d *db.DB, consumers ...Consumer) *Log { return &Log{db: d, consumers: consumers} }

// Record writes entries and their consumers' jobs into the transaction of ctx. Several entries cost one insert.
func (l *Log) Record(ctx context.Context, entries ...Entry) error {
	var todo []jobs.Args
	for i := range entries {
		e := &entries[i]
		e.ID, e.At = db.NewID(), db.Now()
		if e.ActorID == uuid.Nil {
			e.ActorID = auth.From(ctx).ID
		}
		for _, consume := range l.consumers {
			todo = append(todo, consume(*e)...)
		}
	}
	if err := l.insert(ctx, entries); err != nil {
		return err
	}
	return jobs.Enqueue(ctx, todo...)
}

// Person is who is shown beside an activity.
type Person struct {
	ID      uuid.UUID
	Name    string
	Side    auth.Side
	Picture uuid.NullUUID
	// Outside marks somebody who is no user; Organisation is where they say they belong.
	Outside      bool
	Organisation string
}

// Item is an activity as a timeline shows it.
type Item struct {
	ID         uuid.UUID
	At         time.Time
	Verb       string
	Actor      *Person
	OnBehalfOf *Person
	Data       json.RawMessage
}

// Timeline lists what happened to one object, newest first: at most limit items before the activity `before`
// (uuid.Nil for the newest). Whether the reader may see the object is for the caller to check.
func (l *Log) Timeline(ctx context.Context, objectType string, objectID uuid.UUID, before uuid.UUID, limit int) ([]Item, error) {
	return l.timeline(ctx, objectType, objectID, before, limit)
}
