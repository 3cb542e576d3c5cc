package search

import (
	"context"
	"log/slog"
	"slices"

	"github.com/google/uuid"

	"byline/backend/internal/activity"
	"byline/backend/internal/platform/jobs"
)

// Index is the job that brings what can be found of one thing up to date.
type Index struct {
	Thing string    `json:"thing"` // its kind
	ID    uuid.UUID `json:"id"`
}

// Kind implements jobs.Args.
func (Index) Kind() string { return "search_index" }

// InsertOpts gives indexing a queue of its own.
func (Index) InsertOpts() jobs.InsertOpts { return jobs.InsertOpts{Queue: jobs.QueueIndex} }

// quiet are activities that change nothing of what can be found. Who voted for an idea finds the title of its drafts, but
// that is looked up when they search.
var quiet = []string{"idea.voted", "idea.unvoted", "idea.commented", "draft.commented", "post.commented", "resource.commented", "draft.approved_by",
	"draft.approvals_voided", "user.signed_in"}

// Consume is the activity consumer.
func Consume(e activity.Entry) []jobs.Args {
	if slices.Contains(quiet, e.Verb) {
		return nil
	}
	kind := e.ObjectType
	if kind == "user" {
		kind = Person
	}
	if !slices.Contains(Kinds, kind) {
		return nil
	}
	return []jobs.Args{Index{Thing: kind, ID: e.ObjectID}}
}

// Work is the job. Running it again changes nothing.
func (s *Service) Work(ctx context.Context, job Index) error {
	if !slices.Contains(Kinds, job.Thing) {
		return nil
	}
	_, err := s.index(ctx, job.Thing, job.ID, false)
	return err
}

// index looks at a thing and writes what can be found of it, if that has changed or force is set. Nodes are told by a job
// each.
func (s *Service) index(ctx context.Context, kind string, id uuid.UUID, force bool) (changed bool, err error) {
	err = s.db.InTx(ctx, func(ctx context.Context) error {
		if err := s.store.lock(ctx, kind, id); err != nil {
			return err
		}
		d, ok, err := s.store.build(ctx, kind, id)
		if err != nil {
			return err
		}
		if !ok {
			changed, err = s.store.drop(ctx, kind, id)
		} else {
			changed, err = s.store.put(ctx, d, force)
		}
		if err != nil {
			return err
		}
		if ok && kind == Draft {
			also, err := s.store.put(ctx, d.titleOnly().filled(), force)
			if err != nil {
				return err
			}
			changed = changed || also
		}
		if !changed || force {
			return nil
		}
		var feeds []jobs.Args
		for _, n := range s.nodes.Nodes() {
			feeds = append(feeds, Feed{Node: n.Name})
		}
		return jobs.Enqueue(ctx, feeds...)
	})
	return changed, err
}

// IndexAll looks at everything, and gives how many things had to be written anew: all of them with force.
func (s *Service) IndexAll(ctx context.Context, force bool, progress func(kind string, done int)) (changed int, err error) {
	for _, kind := range Kinds {
		done := 0
		for after := uuid.Nil; ; {
			ids, err := s.store.all(ctx, kind, after, 500)
			if err != nil {
				return changed, err
			}
			for _, id := range ids {
				did, err := s.index(ctx, kind, id, force)
				if err != nil {
					return changed, err
				}
				if did {
					changed++
				}
				after = id
			}
			done += len(ids)
			if progress != nil {
				progress(kind, done)
			}
			if len(ids) < 500 {
				break
			}
		}
	}
	slog.DebugContext(ctx, "indexed all", "changed", changed)
	return changed, nil
}
