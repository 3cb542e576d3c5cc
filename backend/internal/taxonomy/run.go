package taxonomy

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"byline/backend/internal/activity"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/errs"
	"byline/backend/internal/platform/jobs"
)

const (
	// portion is how many resources are changed in one transaction. A change of no more than that is done at once, a larger
	// one by the job.
	portion = 1000
	// silence is after how long without a step a run counts as one whose process died.
	silence = time.Minute
	// RunLimit is how long one try of the job may take.
	RunLimit = 30 * time.Minute
)

// Run is the job that goes on with a merge, or with taking it back.
type Run struct {
	ID  uuid.UUID `json:"id"`  // of the change
	Try uuid.UUID `json:"try"` // makes a job for a run whose first one was killed
}

// Kind implements jobs.Args.
func (Run) Kind() string { return "taxonomy_run" }

// Resume is the job that looks for runs whose process died.
type Resume struct{}

// Kind implements jobs.Args.
func (Resume) Kind() string { return "taxonomy_resume" }

// Work is the job Run: one portion after the other until nothing is left. It may run twice at once: each portion is taken
// under the lock, and knows from the resources themselves, or from how far the undo is, what is left.
func (s *Service) Work(ctx context.Context, job Run) error {
	for {
		goesOn := false
		if err := s.db.InTx(ctx, func(ctx context.Context) error {
			if err := s.store.lock(ctx); err != nil {
				return err
			}
			c, err := s.store.change(ctx, job.ID)
			if errs.CodeOf(err) == errs.NotFound {
				return nil
			}
			if err != nil || !c.goesOn() {
				return err
			}
			goesOn = true
			if c.By != nil {
				ctx = auth.With(ctx, auth.User{ID: c.By.ID})
			}
			return s.step(ctx, c)
		}); err != nil || !goesOn {
			return err
		}
		if s.afterStep != nil {
			s.afterStep()
		}
	}
}

// Pick is the job Resume.
func (s *Service) Pick(ctx context.Context, _ Resume) error {
	return s.db.InTx(ctx, func(ctx context.Context) error {
		ids, err := s.store.silent(ctx, silence)
		if err != nil {
			return err
		}
		for _, id := range ids {
			if err := jobs.Enqueue(ctx, Run{ID: id, Try: db.NewID()}); err != nil {
				return err
			}
		}
		return nil
	})
}

// begin does a change that is no larger than a portion at once, and has the job do another one.
func (s *Service) begin(ctx context.Context, c Change) error {
	if c.Resources > portion {
		return jobs.Enqueue(ctx, Run{ID: c.ID, Try: db.NewID()})
	}
	for c.goesOn() {
		if err := s.step(ctx, c); err != nil {
			return err
		}
		var err error
		if c, err = s.store.change(ctx, c.ID); err != nil {
			return err
		}
	}
	return nil
}

// step does a portion, or ends the run when nothing is left.
func (s *Service) step(ctx context.Context, c Change) error {
	if c.State == Undoing {
		return s.stepBack(ctx, c)
	}
	done, err := s.library.Retag(ctx, c.Facet, c.Sources, c.Target, portion)
	if err != nil {
		return err
	}
	if len(done) == 0 {
		if err := s.store.setDone(ctx, c.ID); err != nil {
			return err
		}
		verb := "merged"
		if c.WasNew {
			verb = "renamed"
		}
		return s.record(ctx, verb, c.ID, map[string]any{"facet": c.Facet, "from": strings.Join(c.Sources, ", "), "into": c.Target, "count": c.Handled})
	}
	ids, changed := make([]uuid.UUID, len(done)), make([]changedThing, len(done))
	for i, r := range done {
		ids[i], changed[i] = r.ID, changedThing{"resource", r.ID, r.Before, r.After}
	}
	if err := s.store.addChanged(ctx, c.ID, changed); err != nil {
		return err
	}
	if err := s.store.handled(ctx, c.ID, len(done)); err != nil {
		return err
	}
	return s.retagged(ctx, ids, map[string]any{"facet": c.Facet, "from": strings.Join(c.Sources, ", "), "into": c.Target})
}

func (s *Service) stepBack(ctx context.Context, c Change) error {
	part, err := s.store.changedResources(ctx, c, portion)
	if err != nil {
		return err
	}
	if len(part) == 0 {
		if err := s.store.setUndone(ctx, c.ID); err != nil {
			return err
		}
		return s.record(ctx, "unmerged", c.ID, map[string]any{"facet": c.Facet, "from": strings.Join(c.Sources, ", "), "into": c.Target})
	}
	back, err := s.library.Untag(ctx, c.Facet, part)
	if err != nil {
		return err
	}
	if err := s.store.undoneTo(ctx, c.ID, part[len(part)-1].ID, len(part), len(back)); err != nil {
		return err
	}
	return s.retagged(ctx, back, map[string]any{"facet": c.Facet, "from": c.Target, "into": strings.Join(c.Sources, ", ")})
}

// retagged notes on each resource what happened to it, which also brings what can be found of it up to date. Nobody is told.
func (s *Service) retagged(ctx context.Context, ids []uuid.UUID, data map[string]any) error {
	entries := make([]activity.Entry, len(ids))
	for i, id := range ids {
		entries[i] = activity.Entry{Verb: "resource.retagged", ObjectType: "resource", ObjectID: id, Data: data}
	}
	if len(entries) == 0 {
		return nil
	}
	return s.log.Record(ctx, entries...)
}

// free refuses a change that has a value in common with one that goes on.
func (s *Service) free(ctx context.Context, facet string, values []string) error {
	running, err := s.store.goingOn(ctx, facet)
	if err != nil {
		return err
	}
	for _, c := range running {
		for _, v := range append(slices.Clone(c.Sources), c.Target) {
			if slices.Contains(values, v) {
				return errs.New(errs.Conflict, "“"+v+"” is just being renamed or merged. Wait until that is done.")
			}
		}
	}
	return nil
}
