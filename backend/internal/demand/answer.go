package demand

import (
	"context"
	"sync"
	"time"

	"github.com/google/uuid"

	"byline/backend/internal/activity"
	"byline/backend/internal/search"
)

// SweepArgs is the job that looks at what is new in the search index, and tells those who waited for it. It looks there, and
// not at activities, because a resource answers a search from the moment in which it can be found: after imports, after its
// files have been read, at its release.
type SweepArgs struct{}

// Kind implements jobs.Args.
func (SweepArgs) Kind() string { return "demand_sweep" }

// ForgetArgs is the job that deletes searches that are old, and the keys of months that are over.
type ForgetArgs struct{}

// Kind implements jobs.Args.
func (ForgetArgs) Kind() string { return "demand_forget" }

// Forget is the job. Cards go with their last search.
func (s *Service) Forget(ctx context.Context, _ ForgetArgs) error {
	now := s.now()
	return s.db.InTx(ctx, func(ctx context.Context) error { return s.store.forget(ctx, now.Add(-KeptFor), monthOf(now)) })
}

const (
	// settled is how long a change may come to light later than one with a higher number: transactions of the index end in
	// whatever order. Until then it is looked at again.
	settled = 90 * time.Second
	atOnce  = 500
)

// seen are the changes that this process has looked at and that are not settled yet.
type seen struct {
	sync.Mutex
	seqs map[int64]bool
}

// Sweep is the job. Looking at something again tells nobody anything twice.
func (s *Service) Sweep(ctx context.Context, _ SweepArgs) error {
	s.seen.Lock()
	defer s.seen.Unlock()
	now := s.now()
	m, ok, err := s.store.mark(ctx)
	if err != nil {
		return err
	}
	if !ok { // what was there before anybody waited is no news
		if m.seq, err = s.search.LastChange(ctx); err != nil {
			return err
		}
		return s.store.setMark(ctx, mark{m.seq, now})
	}
	released, err := s.store.released(ctx, m.at, now)
	if err != nil {
		return err
	}
	if err := s.look(ctx, released, now); err != nil {
		return err
	}
	still := map[int64]bool{}
	next := mark{m.seq, now}
	for from := m.seq; ; {
		changes, err := s.search.Changes(ctx, from, atOnce)
		if err != nil {
			return err
		}
		var ids []uuid.UUID
		for _, c := range changes {
			from = c.Seq
			if !s.seen.seqs[c.Seq] {
				ids = append(ids, c.ID)
			}
			if c.At.Before(now.Add(-settled)) && len(still) == 0 {
				next.seq = c.Seq
			} else {
				still[c.Seq] = true
			}
		}
		if err := s.look(ctx, ids, now); err != nil {
			return err
		}
		if len(changes) < atOnce {
			break
		}
	}
	s.seen.seqs = still
	return s.store.setMark(ctx, next)
}

// look tells whoever waits for one of these resources.
func (s *Service) look(ctx context.Context, ids []uuid.UUID, now time.Time) error {
	if len(ids) == 0 {
		return nil
	}
	fresh, err := s.store.readable(ctx, ids, now)
	if err != nil || len(fresh) == 0 {
		return err
	}
	if err := s.answer(ctx, fresh, now); err != nil {
		return err
	}
	return s.news(ctx, fresh, now)
}

// answer finds the cards that resources answer: by the request that became of them, or by their words. Where there were hits that
// nobody opened, the resource must be newer than the search and be about it; where there was nothing, anything is news.
func (s *Service) answer(ctx context.Context, fresh map[uuid.UUID]time.Time, now time.Time) error {
	ids := make([]uuid.UUID, 0, len(fresh))
	for id := range fresh {
		ids = append(ids, id)
	}
	answers, err := s.store.linked(ctx, ids)
	if err != nil {
		return err
	}
	waiting, err := s.store.waiting(ctx)
	if err != nil {
		return err
	}
	queries := make([]string, len(waiting))
	for i, w := range waiting {
		queries[i] = w.words
	}
	fits, err := s.search.Fits(ctx, ids, queries)
	if err != nil {
		return err
	}
	answers = append(answers, answersOf(fits, waiting, fresh)...)
	done := map[uuid.UUID]bool{}
	for _, a := range answers {
		if done[a.card] {
			continue
		}
		done[a.card] = true
		if err := s.db.InTx(ctx, func(ctx context.Context) error { _, err := s.tell(ctx, a, now); return err }); err != nil {
			return err
		}
	}
	return nil
}

// answered is a card and the resource that answers it.
type answered struct {
	card, resource uuid.UUID
	linked         bool // through its request, whose followers hear of its publication anyway
	byHand         bool // somebody says so
}

func answersOf(fits []search.Fit, waiting []waits, fresh map[uuid.UUID]time.Time) (all []answered) {
	for _, f := range fits {
		w := waiting[f.Query]
		if w.nothing || f.Well && fresh[f.Resource].After(w.at) {
			all = append(all, answered{card: w.card, resource: f.Resource})
		}
	}
	return all
}

// tell notes that a card is answered, and tells those who searched with their name, and the followers of its request. It gives the
// activity by which they are told, if anybody is.
func (s *Service) tell(ctx context.Context, a answered, now time.Time) (told uuid.NullUUID, err error) {
	if err := s.store.lock(ctx, a.card); err != nil {
		return told, err
	}
	people, err := s.store.listeners(ctx, a, now)
	if err != nil || len(people) == 0 {
		return told, err
	}
	verb := "demand.answered"
	if a.byHand {
		verb = "demand.found"
	}
	entries := []activity.Entry{{Verb: verb, ObjectType: "demand", ObjectID: a.card, Data: map[string]any{"resource_id": a.resource, "notify": people}}}
	err = s.log.Record(ctx, entries...)
	return uuid.NullUUID{UUID: entries[0].ID, Valid: true}, err
}
