package drafts

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"

	"byline/backend/internal/activity"
	"byline/backend/internal/coedit"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/errs"
)

// SetEdits lets a contributor from sales write in the text itself, or only suggest. The draft's writer decides, a lead of
// marketing, or an admin. Whoever has the draft open hears of it at once. Saying it twice changes nothing.
func (s *Service) SetEdits(ctx context.Context, id, person uuid.UUID, edits bool) (Draft, error) {
	err := s.db.InTx(ctx, func(ctx context.Context) error {
		d, err := s.locked(ctx, id)
		if err != nil {
			return err
		}
		me := auth.From(ctx)
		if !d.mayLift(me) {
			return errs.New(errs.Forbidden, "The writer of a draft and leads of marketing decide who writes in the text itself.")
		}
		if d.fixed() {
			return errs.NotAllowedNow("What is approved or archived does not change. Reopen the draft first.", d.Allowed(me)...)
		}
		found, changed, err := s.store.setEdits(ctx, id, person, edits)
		if err != nil || (found && !changed) {
			return err
		}
		if !found {
			return errs.Field(errs.NotFound, "path.person_id", "Nobody of sales with this id is a contributor of this draft.")
		}
		if err := s.store.touch(ctx, id); err != nil {
			return err
		}
		return s.documents.RightsChanged(ctx, id, person)
	})
	if err != nil {
		return Draft{}, err
	}
	return s.Get(ctx, id)
}

// ResolveSuggestions accepts or rejects all suggestions in the text of a draft, as one change. In review it voids the
// approvals given.
func (s *Service) ResolveSuggestions(ctx context.Context, id uuid.UUID, accept bool) (saved int64, err error) {
	err = s.db.InTx(ctx, func(ctx context.Context) error {
		d, err := s.locked(ctx, id)
		if err != nil {
			return err
		}
		me := auth.From(ctx)
		if !d.mayWrite(me) || d.suggests(me) {
			return errs.New(errs.Forbidden, "Those who write in the text itself accept and reject suggestions.")
		}
		if d.fixed() {
			return errs.NotAllowedNow("What is approved or archived does not change. Reopen the draft first.", d.Allowed(me)...)
		}
		current, err := s.documents.Lock(ctx, id)
		if err != nil {
			return err
		}
		if saved, err = s.documents.Resolve(ctx, current, me.ID, accept); err != nil || saved == current.Version {
			return err
		}
		if d.State == InReview {
			return s.void(ctx, d, "The text was changed.")
		}
		return nil
	})
	return saved, err
}

// TellArgs ask for word to those whose suggestions were decided about.
type TellArgs struct{}

// Kind implements jobs.Args.
func (TellArgs) Kind() string { return "tell_suggesters" }

// decideQuiet is how long nobody has changed a text before its suggesters hear what became of their suggestions: so they
// hear of many at once, and not of what was taken back with Undo.
const decideQuiet = 2 * time.Minute

// TellSuggesters is the job that tells people what became of their suggestions, together for each draft.
func (s *Service) TellSuggesters(ctx context.Context, _ TellArgs) error {
	return s.TellSuggestersAfter(ctx, decideQuiet)
}

// TellSuggestersAfter is TellSuggesters with another time of quiet.
func (s *Service) TellSuggestersAfter(ctx context.Context, quiet time.Duration) error {
	all, err := s.documents.Undecided(ctx, quiet)
	if err != nil {
		return err
	}
	var problems []error
	for _, u := range all {
		if err := s.db.InTx(ctx, func(ctx context.Context) error { return s.tellDecided(ctx, u) }); err != nil {
			problems = append(problems, fmt.Errorf("draft %s: %w", u.Draft, err))
		}
	}
	return errors.Join(problems...)
}

func (s *Service) tellDecided(ctx context.Context, u coedit.Undecided) error {
	decided, err := s.documents.Decide(ctx, u)
	if err != nil || len(decided) == 0 {
		return err
	}
	d, err := s.store.get(ctx, u.Draft)
	if err != nil {
		return err
	}
	for _, one := range decided {
		names, err := s.store.people(ctx, []uuid.UUID{one.Of})
		if err != nil {
			return err
		}
		if len(names) == 0 {
			continue
		}
		if err := s.log.Record(ctx, activity.Entry{Verb: "draft.suggestions_decided", ObjectType: "draft", ObjectID: d.ID, ActorID: one.By,
			Data: map[string]any{"title": d.Title, "name": names[0].Name, "accepted": one.Accepted, "rejected": one.Rejected, "notify": []uuid.UUID{one.Of}}}); err != nil {
			return err
		}
	}
	return nil
}

// refuseSuggestions keeps open suggestions out of a version that is to be approved: nobody could say what they approve.
func refuseSuggestions(doc json.RawMessage, asks bool) error {
	if !asks {
		return nil
	}
	n, err := coedit.Parse(doc)
	if err != nil {
		return err
	}
	switch open := n.Suggestions(); open {
	case 0:
		return nil
	case 1:
		return errs.New(errs.Conflict, "There is an open suggestion in the text. Accept or reject it first.")
	default:
		return errs.New(errs.Conflict, fmt.Sprintf("There are %d open suggestions in the text. Accept or reject them first.", open))
	}
}

// setEdits says whether somebody of sales is a contributor, and whether anything was changed.
func (s store) setEdits(ctx context.Context, draft, person uuid.UUID, edits bool) (found, changed bool, err error) {
	err = s.db.PG(ctx).QueryRow(ctx, `WITH one AS (SELECT p.edits FROM draft_people p JOIN users u ON u.id = p.user_id
			WHERE p.draft_id = $1 AND p.user_id = $2 AND p.role = 'contributor' AND u.side = 'sales'),
		done AS (UPDATE draft_people SET edits = $3 WHERE draft_id = $1 AND user_id = $2 AND role = 'contributor' AND edits <> $3 AND EXISTS (SELECT FROM one) RETURNING 1)
		SELECT EXISTS (SELECT FROM one), EXISTS (SELECT FROM done)`, draft, person, edits).Scan(&found, &changed)
	return found, changed, db.Err(err, "draft")
}
