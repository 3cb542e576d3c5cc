// Package checks looks every night for what is wrong with resources: duplicates, dead links, owners who are gone, missing
// tags. What somebody mends is shown no more at once; what they dismiss stays dismissed.
package checks

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"byline/backend/internal/activity"
	"byline/backend/internal/library"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/errs"
	"byline/backend/internal/platform/jobs"
)

// Kinds of findings.
const (
	SameFile = "same_file"
	NearText = "near_text"
	DeadLink = "dead_link"
	NoOwner  = "no_owner"
	NoTags   = "no_tags"
)

// Kinds in the order in which they are shown.
var Kinds = []string{SameFile, NearText, DeadLink, NoOwner, NoTags}

// Finding is one thing that is wrong with a resource.
type Finding struct {
	ID        uuid.UUID
	Kind      string
	Resource  uuid.UUID
	Title     string
	Rev       int64
	Other     uuid.NullUUID
	OtherName string
	Detail    string
	Note      string
	Missing   []string // facets
	Owner     *activity.Person
	FoundAt   time.Time
}

// State is when the checks ran, and what there is.
type State struct {
	Counts map[string]int
	Links  bool // whether addresses are asked
	RanAt  *time.Time
}

// Nightly is the job, which asks every hour whether it is time.
type Nightly struct {
	Now bool `json:"now"` // somebody asked for it
}

// Kind implements jobs.Args.
func (Nightly) Kind() string { return "nightly_checks" }

// InsertOpts lets no second one wait.
func (Nightly) InsertOpts() jobs.InsertOpts {
	return jobs.InsertOpts{MaxAttempts: 2, UniqueOpts: jobs.WhileWaiting()}
}

// Service does everything with the checks.
type Service struct {
	db      *db.DB
	library *library.Service
	asker   *asker
	store   store
	now     func() time.Time
}

// New makes the service; agent is how it names itself where it asks for an address.
func New(d *db.DB, l *library.Service, agent string) *Service {
	return &Service{db: d, library: l, asker: newAsker(agent, public), store: store{d}, now: time.Now}
}

// mayEdit says whether somebody switches the checks and has them run.
func mayEdit(u auth.User) bool { return u.Lead || u.Admin }

// scope is whose resources somebody sees here: uuid.Nil is everybody's.
func scope(u auth.User) uuid.UUID {
	if u.IsMarketer() || u.Admin {
		return uuid.Nil
	}
	return u.ID
}

// State counts what is wrong with what the user looks after: everything for marketing and administrators, what they keep
// for everybody else.
func (s *Service) State(ctx context.Context) (State, error) {
	return s.store.state(ctx, scope(auth.From(ctx)))
}

// List gives findings of one kind, newest first after an id (uuid.Nil for the first).
func (s *Service) List(ctx context.Context, kind string, after uuid.UUID, limit int) ([]Finding, error) {
	return s.store.list(ctx, scope(auth.From(ctx)), kind, after, limit)
}

// Dismiss says that a finding is none, and why.
func (s *Service) Dismiss(ctx context.Context, id uuid.UUID, reason string) error {
	reason = strings.TrimSpace(reason)
	if n := utf8.RuneCountInString(reason); n == 0 || n > 300 {
		return errs.Field(errs.Invalid, "body.reason", "Say why in 1 to 300 characters.")
	}
	return s.store.dismiss(ctx, id, scope(auth.From(ctx)), auth.From(ctx).ID, reason)
}

// Restore takes Dismiss back.
func (s *Service) Restore(ctx context.Context, id uuid.UUID) error {
	return s.store.restore(ctx, id, scope(auth.From(ctx)))
}

// SetLinks switches the asking of addresses on or off. Off, what was found of them is shown no more.
func (s *Service) SetLinks(ctx context.Context, on bool) error {
	if !mayEdit(auth.From(ctx)) {
		return errs.New(errs.Forbidden, "Leads and administrators switch the checks.")
	}
	return s.store.setLinks(ctx, on)
}

// Ask has the checks run now.
func (s *Service) Ask(ctx context.Context) error {
	if !mayEdit(auth.From(ctx)) {
		return errs.New(errs.Forbidden, "Leads and administrators have the checks run.")
	}
	return s.db.InTx(ctx, func(ctx context.Context) error { return jobs.Enqueue(ctx, Nightly{Now: true}) })
}

// due says whether it is time: at night, once, or when a night was missed.
func due(now time.Time, ran *time.Time) bool {
	if ran == nil {
		return true
	}
	since := now.Sub(*ran)
	return since > 26*time.Hour || since > 20*time.Hour && now.UTC().Hour() < 5
}

// Work is the job. Doing it again changes nothing, and while it is being done somewhere nothing happens.
func (s *Service) Work(ctx context.Context, job Nightly) error {
	release, held, err := s.store.hold(ctx)
	if err != nil || !held {
		return err
	}
	defer release()
	state, err := s.store.state(ctx, uuid.Nil)
	if err != nil || !job.Now && !due(s.now(), state.RanAt) {
		return err
	}
	run, err := s.store.begin(ctx)
	if err != nil {
		return err
	}
	if err := s.store.findQuick(ctx, run); err != nil {
		return err
	}
	if err := s.findNear(ctx, run); err != nil {
		return err
	}
	if state.Links {
		if err := s.findDead(ctx, run); err != nil {
			return err
		}
	}
	return s.store.end(ctx, run, state.Links)
}
