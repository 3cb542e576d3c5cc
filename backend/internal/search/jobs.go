package search

import (
	"bytes"
	"cmp"
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
	"draft.approvals_voided", "draft.step_assigned", "draft.steps_changed", "user.signed_in", "resource.review_soon",
	"resource.feedback_wrong", "resource.feedback_used", "resource.feedback_answered", "resource.version_noted", "resource.version_note_removed",
	"resource.cover_changed", "resource.cover_removed"}

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

// Work does jobs that wait together. Doing one again changes nothing.
func (s *Service) Work(ctx context.Context, together []Index) error {
	_, err := s.index(ctx, together, false)
	return err
}

// atOnce is of how many things the documents are made in one transaction: what it costs beside the things themselves is
// shared, and its memory stays bounded (maxText each).
const atOnce = 32

// index looks at things and writes what can be found of them, where that has changed or force is set, and gives of how
// many it has. Each node is told by a job.
func (s *Service) index(ctx context.Context, things []Index, force bool) (changed int, err error) {
	things = slices.DeleteFunc(slices.Clone(things), func(t Index) bool { return !slices.Contains(Kinds, t.Thing) })
	// in order, so that two of these cannot wait for each other
	slices.SortFunc(things, func(a, b Index) int { return cmp.Or(cmp.Compare(a.Thing, b.Thing), bytes.Compare(a.ID[:], b.ID[:])) })
	portion := atOnce
	if force { // everything: nobody waits for one of them
		portion *= 4
	}
	for part := range slices.Chunk(slices.Compact(things), portion) {
		n, err := s.indexPart(ctx, part, force)
		if err != nil {
			return changed, err
		}
		changed += n
	}
	return changed, nil
}

func (s *Service) indexPart(ctx context.Context, things []Index, force bool) (changed int, err error) {
	fresh := map[lexeme]int64{}
	err = s.db.InTx(ctx, func(ctx context.Context) error {
		if err := s.store.lock(ctx, things); err != nil {
			return err
		}
		var docs []document
		var gone []uuid.UUID
		for kind, ids := range byKind(things) {
			found, err := s.store.build(ctx, kind, ids)
			if err != nil {
				return err
			}
			for _, id := range ids {
				d, ok := found[id]
				if !ok {
					gone = append(gone, id)
					continue
				}
				docs = append(docs, d)
				if kind == Draft {
					docs = append(docs, d.titleOnly().filled())
				}
			}
		}
		dropped, err := s.store.drop(ctx, gone)
		if err != nil {
			return err
		}
		put, err := s.store.put(ctx, docs, force, fresh)
		if err != nil {
			return err
		}
		if changed = dropped + put; changed == 0 {
			return nil
		}
		if force { // Rebuild fills the nodes itself
			return nil
		}
		var feeds []jobs.Args
		for _, n := range s.nodes.Nodes() {
			feeds = append(feeds, Feed{Node: n.Name})
		}
		return jobs.Enqueue(ctx, feeds...)
	})
	if err == nil {
		s.store.stemmed.keep(fresh)
	}
	return changed, err
}

func byKind(things []Index) map[string][]uuid.UUID {
	ids := map[string][]uuid.UUID{}
	for _, t := range things {
		ids[t.Thing] = append(ids[t.Thing], t.ID)
	}
	return ids
}

// IndexAll looks at everything, and gives of how many things something had to be written anew.
func (s *Service) IndexAll(ctx context.Context, force bool, progress func(kind string, done int)) (changed int, err error) {
	for _, kind := range Kinds {
		done := 0
		for after := uuid.Nil; ; {
			ids, err := s.store.all(ctx, kind, after, 500)
			if err != nil {
				return changed, err
			}
			things := make([]Index, len(ids))
			for i, id := range ids {
				things[i], after = Index{Thing: kind, ID: id}, id
			}
			n, err := s.index(ctx, things, force)
			if err != nil {
				return changed, err
			}
			changed += n
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
