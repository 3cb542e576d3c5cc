package ideas

import (
	"context"
	"slices"
	"strings"

	"github.com/google/uuid"

	"byline/backend/internal/activity"
	"byline/backend/internal/comments"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/errs"
)

// Service does everything with ideas.
type Service struct {
	db       *db.DB
	log      *activity.Log
	comments *comments.Service
	store    store
}

// New makes the service.
func New(d *db.DB, log *activity.Log, c *comments.Service) *Service {
	return &Service{db: d, log: log, comments: c, store: store{d}}
}

func object(id uuid.UUID) comments.Object { return comments.Object{Type: "idea", ID: id} }

func (s *Service) record(ctx context.Context, verb string, id uuid.UUID, data any) error {
	return s.log.Record(ctx, activity.Entry{Verb: "idea." + verb, ObjectType: "idea", ObjectID: id, Data: data})
}

// Create files an idea. Its author votes for it and follows it.
func (s *Service) Create(ctx context.Context, in Input) (Idea, error) {
	if err := in.clean(); err != nil {
		return Idea{}, err
	}
	me := auth.From(ctx)
	if in.Visibility == Team && !me.TeamID.Valid {
		return Idea{}, errs.Field(errs.Invalid, "body.visibility", "You are in no team. Choose everyone or private.")
	}
	i := Idea{ID: db.NewID(), Kind: in.Kind, Title: in.Title, Body: in.Body, Tags: in.Tags, State: StateNew, Visibility: in.Visibility,
		AuthorID: me.ID, TeamID: me.TeamID, NeededBy: in.NeededBy, Votes: 1, Voted: true, Rev: 1, CreatedAt: db.Now(), UpdatedAt: db.Now(),
		Author: activity.Person{ID: me.ID, Name: me.Name, Side: me.Side}}
	err := s.db.InTx(ctx, func(ctx context.Context) error {
		if err := s.store.create(ctx, i, in.People); err != nil {
			return err
		}
		if err := s.comments.AutoFollow(ctx, object(i.ID), me.ID); err != nil {
			return err
		}
		return s.record(ctx, "created", i.ID, map[string]any{"title": i.Title, "kind": i.Kind})
	})
	return i, err
}

// Get gives an idea that the signed-in user may see; NotFound otherwise.
func (s *Service) Get(ctx context.Context, id uuid.UUID) (Idea, error) {
	i, err := s.store.get(ctx, id, auth.From(ctx))
	if err == nil && i.Visibility == Private {
		i.People, err = s.store.people(ctx, id)
	}
	return i, err
}

// Update changes the words of an idea: its author and marketing may; who sees it is for its author alone. Stale when rev
// is not the current one.
func (s *Service) Update(ctx context.Context, id uuid.UUID, rev int64, in Input) (Idea, error) {
	if err := in.clean(); err != nil {
		return Idea{}, err
	}
	err := s.db.InTx(ctx, func(ctx context.Context) error {
		i, err := s.locked(ctx, id)
		if err != nil {
			return err
		}
		me := auth.From(ctx)
		if !i.mayEdit(me) {
			return errs.New(errs.Forbidden, "Only its author and marketing change an idea.")
		}
		if me.ID != i.AuthorID {
			if in.Visibility != i.Visibility {
				return errs.New(errs.Forbidden, "Only its author decides who sees an idea.")
			}
			in.People = nil // stays as the author has it
		}
		if i.State == StateMerged {
			return errs.NotAllowedNow("This idea was merged into another. Change that one.")
		}
		if in.Visibility == Team && !i.TeamID.Valid {
			return errs.Field(errs.Invalid, "body.visibility", "The author is in no team. Choose everyone or private.")
		}
		if i.Rev != rev {
			return errs.StaleRev(i.Rev)
		}
		if err := s.store.update(ctx, id, in); err != nil {
			return err
		}
		return s.record(ctx, "updated", id, nil)
	})
	if err != nil {
		return Idea{}, err
	}
	return s.Get(ctx, id)
}

// locked gives an idea that the user may see and holds its row to the end of the transaction.
func (s *Service) locked(ctx context.Context, id uuid.UUID) (Idea, error) {
	if err := s.store.lock(ctx, id); err != nil {
		return Idea{}, err
	}
	return s.store.get(ctx, id, auth.From(ctx))
}

// Move takes an idea to another state: marketing may. A reason is required to decline. The author and voters hear it.
func (s *Service) Move(ctx context.Context, id uuid.UUID, rev int64, to State, reason string) (Idea, error) {
	reason = strings.TrimSpace(reason)
	err := s.db.InTx(ctx, func(ctx context.Context) error {
		i, err := s.locked(ctx, id)
		if err != nil {
			return err
		}
		if !mayTriage(auth.From(ctx)) {
			return errs.New(errs.Forbidden, "Marketing moves ideas.")
		}
		if rev != 0 && i.Rev != rev {
			return errs.StaleRev(i.Rev)
		}
		if !slices.Contains(i.State.Next(), to) {
			return errs.NotAllowedNow("An idea that is "+string(i.State)+" cannot become "+string(to)+".", names(i.State.Next())...)
		}
		if to == StateDeclined && reason == "" {
			return errs.Field(errs.Invalid, "body.reason", "Say why: the author and everybody who voted will read it.")
		}
		return s.move(ctx, i, to, reason)
	})
	if err != nil {
		return Idea{}, err
	}
	return s.Get(ctx, id)
}

func (s *Service) move(ctx context.Context, i Idea, to State, reason string) error {
	if err := s.store.setState(ctx, i.ID, to, reason); err != nil {
		return err
	}
	return s.record(ctx, "moved", i.ID, map[string]any{"from": i.State, "to": to, "reason": reason, "title": i.Title})
}

// Advance moves ideas along because of a linked draft: planned ideas to in_progress when writing starts, open ones to
// published when it is published. Of a merged idea, the one that it went into moves. Ideas that are elsewhere stay where
// they are. Call it inside a transaction.
func (s *Service) Advance(ctx context.Context, ids []uuid.UUID, to State, reason string) error {
	ids, err := s.store.survivors(ctx, ids)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := s.store.lock(ctx, id); err != nil {
			return err
		}
		i, err := s.store.bare(ctx, id)
		if err != nil {
			return err
		}
		earlier := map[State][]State{StatePlanned: {StateNew, StateUnderReview}, StateInProgress: {StateNew, StateUnderReview, StatePlanned}, StatePublished: {StateNew, StateUnderReview, StatePlanned, StateInProgress}}
		if slices.Contains(earlier[to], i.State) {
			if err := s.move(ctx, i, to, reason); err != nil {
				return err
			}
		}
	}
	return nil
}

// Vote counts one vote per person; voting again changes nothing. It gives the number of votes.
func (s *Service) Vote(ctx context.Context, id uuid.UUID, yes bool) (votes int, err error) {
	me := auth.From(ctx)
	err = s.db.InTx(ctx, func(ctx context.Context) error {
		state, now, err := s.store.lockForVote(ctx, id, me)
		if err != nil {
			return err
		}
		if !state.Open() {
			return errs.NotAllowedNow("Voting on this idea is closed: it is " + string(state) + ".")
		}
		changed, err := s.store.vote(ctx, id, me.ID, yes)
		votes = now
		if err != nil || changed == 0 {
			return err
		}
		votes += changed
		if changed < 0 {
			return s.record(ctx, "unvoted", id, nil)
		}
		if err := s.comments.AutoFollow(ctx, object(id), me.ID); err != nil {
			return err
		}
		return s.record(ctx, "voted", id, nil)
	})
	return votes, err
}

// Merge joins an idea into another: votes and followers move along, and nobody's vote counts twice.
func (s *Service) Merge(ctx context.Context, id, into uuid.UUID) (Idea, error) {
	if id == into {
		return Idea{}, errs.Field(errs.Invalid, "body.into", "An idea cannot be merged into itself.")
	}
	err := s.db.InTx(ctx, func(ctx context.Context) error {
		if !mayTriage(auth.From(ctx)) {
			return errs.New(errs.Forbidden, "Marketing merges ideas.")
		}
		first, second := id, into // locked in one order, so that two merges cannot wait for each other
		if first.String() > second.String() {
			first, second = second, first
		}
		for _, x := range []uuid.UUID{first, second} {
			if err := s.store.lock(ctx, x); err != nil {
				return err
			}
		}
		from, err := s.Get(ctx, id)
		if err != nil {
			return err
		}
		to, err := s.Get(ctx, into)
		if errs.CodeOf(err) == errs.NotFound {
			return errs.Field(errs.NotFound, "body.into", "No such idea.")
		} else if err != nil {
			return err
		}
		if from.State == StateMerged || to.State == StateMerged {
			return errs.NotAllowedNow("One of the two was merged already.")
		}
		if !from.forTheSamePeopleAs(to) {
			return errs.New(errs.Conflict, "The two are not for the same people. Only ideas that the same people see can be merged.")
		}
		if err := s.store.merge(ctx, id, into); err != nil {
			return err
		}
		if err := s.comments.MoveFollows(ctx, object(id), object(into)); err != nil {
			return err
		}
		if err := s.record(ctx, "merged", id, map[string]any{"into": into, "title": from.Title, "into_title": to.Title}); err != nil {
			return err
		}
		return s.record(ctx, "absorbed", into, map[string]any{"from": id, "title": from.Title})
	})
	if err != nil {
		return Idea{}, err
	}
	return s.Get(ctx, into)
}

// AddEvidence attaches what a customer said.
func (s *Service) AddEvidence(ctx context.Context, e Evidence) (Evidence, error) {
	e.Text, e.Source = strings.TrimSpace(e.Text), strings.TrimSpace(e.Source)
	if e.Text == "" {
		return e, errs.Field(errs.Invalid, "body.text", "Write down what was said.")
	}
	if e.DealValue != nil && e.Kind != "deal" {
		return e, errs.Field(errs.Invalid, "body.deal_value", "Only a deal has a value.")
	}
	me := auth.From(ctx)
	e.ID, e.CreatedAt, e.Author = db.NewID(), db.Now(), activity.Person{ID: me.ID, Name: me.Name, Side: me.Side}
	err := s.db.InTx(ctx, func(ctx context.Context) error {
		i, err := s.locked(ctx, e.IdeaID) // so that it does not stay behind when the idea is merged in this moment
		if err != nil {
			return err
		}
		if i.State == StateMerged {
			return errs.NotAllowedNow("This idea was merged into another. Add it there.")
		}
		if err := s.store.addEvidence(ctx, e); err != nil {
			return err
		}
		if err := s.comments.AutoFollow(ctx, object(e.IdeaID), me.ID); err != nil {
			return err
		}
		return s.record(ctx, "evidence_added", e.IdeaID, map[string]any{"kind": e.Kind})
	})
	return e, err
}

// RemoveEvidence takes away what one added oneself.
func (s *Service) RemoveEvidence(ctx context.Context, idea, id uuid.UUID) error {
	if _, err := s.Get(ctx, idea); err != nil {
		return err
	}
	return s.db.InTx(ctx, func(ctx context.Context) error {
		if err := s.store.removeEvidence(ctx, idea, id, auth.From(ctx).ID); err != nil {
			return err
		}
		return s.record(ctx, "evidence_removed", idea, nil)
	})
}

// Evidence lists what speaks for an idea, oldest first.
func (s *Service) Evidence(ctx context.Context, idea uuid.UUID) ([]Evidence, error) {
	if _, err := s.Get(ctx, idea); err != nil {
		return nil, err
	}
	return s.store.evidence(ctx, idea)
}

// Filter narrows List.
type Filter struct {
	Query    string // words of the title
	States   []State
	Kind     Kind
	Tag      string
	AuthorID uuid.UUID
	Mine     bool   // filed or voted for by the reader
	Voted    bool   // voted for by the reader
	Sort     string // "top" (most votes), "new" or "old"
	After    *Position
	Limit    int
}

// Position is the place of an idea in a list.
type Position struct {
	Votes int       `json:"v"`
	ID    uuid.UUID `json:"id"`
}

// List gives the ideas that the signed-in user may see.
func (s *Service) List(ctx context.Context, f Filter) ([]Idea, error) {
	return s.store.list(ctx, auth.From(ctx), f)
}

// Similar gives open ideas whose title is like the given one, best first.
func (s *Service) Similar(ctx context.Context, title string, limit int) ([]Idea, error) {
	if utf8Len(strings.TrimSpace(title)) < 4 {
		return []Idea{}, nil
	}
	return s.store.similar(ctx, auth.From(ctx), title, limit)
}

func utf8Len(s string) int { return len([]rune(s)) }

func names(states []State) []string {
	out := make([]string, len(states))
	for i, s := range states {
		out[i] = string(s)
	}
	return out
}

// Among gives those of the given ideas that the user may see, oldest first.
func (s *Service) Among(ctx context.Context, ids []uuid.UUID) ([]Idea, error) {
	return s.store.among(ctx, auth.From(ctx), ids)
}
