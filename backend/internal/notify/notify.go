// Package notify tells people, once, what concerns them: mentions, and what happened to the things that they follow.
// It is reached by a job from every activity, so that no domain calls it; what is undone is withdrawn by a function that main hands over.
package notify

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"github.com/google/uuid"

	"byline/backend/internal/activity"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/jobs"
)

// Args is the job that works out who hears of one activity.
type Args struct {
	ActivityID uuid.UUID `json:"activity_id"`
}

// Kind implements jobs.Args.
func (Args) Kind() string { return "notify" }

// loud are the activities that followers hear of. Votes and edits stay quiet: an inbox full of them is not read.
var loud = []string{"idea.moved", "idea.merged", "idea.commented", "idea.evidence_added",
	"draft.moved", "draft.commented", "draft.approved_by", "draft.changes_requested", "draft.planned",
	"post.offered", "post.moved", "post.commented", "post.sealed", "post.shared", "resource.published", "resource.commented", "resource.review_due"}

// direct are the activities that only those hear of whom they concern. So are replies in threads, for those in them.
var direct = []string{"draft.step_assigned", "draft.reminded", "draft.escalated", "draft.delegated", "draft.left", "draft.suggestions_decided", "resource.review_soon", "share.viewed", "share.transferred", "share.inherited", "share.superseded", "share.emptied",
	"resource.feedback_wrong", "resource.feedback_used", "resource.feedback_answered",
	"resource.assigned", "demand.answered", "demand.found", "view.fits",
	"resource.file_replaced", "resource.version_restored", // for those who shared it
	"transfer.exported", "transfer.imported", "transfer.failed",
	"share.forwarded", "post.superseded", "post.emptied",
	"share.handed_over"}

// ofResources are things whose activities are told as news of the resource that their data names.
var ofResources = []string{"demand", "view"}

// Consume is the activity consumer: one job for each activity that somebody might want to hear of.
func Consume(e activity.Entry) []jobs.Args {
	if !slices.Contains(loud, e.Verb) && !slices.Contains(direct, e.Verb) {
		return nil
	}
	return []jobs.Args{Args{ActivityID: e.ID}}
}

// Service keeps the inbox.
type Service struct {
	db *db.DB
	// sees says whether the user in ctx may see a thing; nobody hears of what they may not see.
	sees  func(ctx context.Context, objectType string, id uuid.UUID) (bool, error)
	store store
}

// New makes the service.
func New(d *db.DB, sees func(ctx context.Context, objectType string, id uuid.UUID) (bool, error)) *Service {
	return &Service{db: d, sees: sees, store: store{d}}
}

// Notification is one line of an inbox.
type Notification struct {
	ID         uuid.UUID
	Reason     string // mention, reply, follow, assigned, approval, offered, shared, searched, saved
	At         time.Time
	ReadAt     *time.Time
	Verb       string
	ObjectType string
	ObjectID   uuid.UUID
	Title      string // of the thing, as it is called now
	Actor      *activity.Person
	Data       json.RawMessage
}

// Work is the job: it writes one notification for each person concerned, and nothing when it runs again.
func (s *Service) Work(ctx context.Context, args Args) error {
	e, err := s.store.activity(ctx, args.ActivityID)
	if err != nil {
		return err
	}
	var data struct {
		Mentions []uuid.UUID `json:"mentions"`
		Notify   []uuid.UUID `json:"notify"`      // asked to act, or answered
		Reply    bool        `json:"reply"`       // in a thread: for those in it alone
		Resource uuid.UUID   `json:"resource_id"` // what a person waited for: what they are told of, instead of that in which they waited
		Outside  string      `json:"outside"`     // who said it, when they are nobody of ours: an answer to whoever sent them a link
	}
	if err := json.Unmarshal(e.Data, &data); err != nil {
		return jobs.Cancel(err)
	}
	reasons := map[uuid.UUID]string{}
	if !slices.Contains(direct, e.Verb) && !data.Reply {
		followers, err := s.store.followers(ctx, e.ObjectType, e.ObjectID)
		if err != nil {
			return err
		}
		for _, id := range followers {
			reasons[id] = "follow"
		}
	}
	for _, id := range data.Notify {
		reasons[id] = map[string]string{"draft.moved": "approval", "draft.reminded": "approval", "draft.delegated": "approval", "draft.escalated": "approval", "draft.left": "approval", "draft.suggestions_decided": "follow", "post.offered": "offered", "share.viewed": "shared", "share.superseded": "shared", "share.emptied": "shared", "share.forwarded": "shared", "post.superseded": "shared", "post.emptied": "shared",
			"resource.file_replaced": "shared", "resource.version_restored": "shared"}[e.Verb]
		if data.Reply || data.Outside != "" {
			reasons[id] = "reply"
		}
		if reasons[id] == "" {
			reasons[id] = "assigned"
		}
	}
	for _, id := range data.Mentions {
		reasons[id] = "mention"
	}
	delete(reasons, e.ActorID)
	users, err := s.store.users(ctx, reasons)
	if err != nil {
		return err
	}
	thing, id := e.ObjectType, e.ObjectID
	if slices.Contains(ofResources, thing) {
		thing, id = "resource", data.Resource
	}
	for _, u := range users {
		ok, err := s.sees(auth.With(ctx, u), thing, id)
		if err != nil {
			return err
		}
		if !ok {
			delete(reasons, u.ID)
		}
	}
	return s.store.add(ctx, e.ID, reasons)
}

// List gives the inbox of the signed-in user, newest first.
func (s *Service) List(ctx context.Context, unreadOnly bool, before uuid.UUID, limit int) ([]Notification, error) {
	return s.store.list(ctx, auth.From(ctx).ID, unreadOnly, before, limit)
}

// Unread counts what the signed-in user has not read.
func (s *Service) Unread(ctx context.Context) (int, error) {
	return s.store.unread(ctx, auth.From(ctx).ID)
}

// Mark sets notifications of the signed-in user to read or unread; no ids means all of them.
func (s *Service) Mark(ctx context.Context, ids []uuid.UUID, read bool) error {
	return s.store.mark(ctx, auth.From(ctx).ID, ids, read)
}
