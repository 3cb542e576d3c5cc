package search

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"byline/backend/internal/platform/jobs"
	"byline/backend/internal/platform/meili"
)

// Feed is the job that tells one node what changed. Every node has jobs of its own, so that a dead one holds up nobody.
type Feed struct {
	Node string `json:"node"`
}

// Kind implements jobs.Args.
func (Feed) Kind() string { return "search_feed" }

// InsertOpts gives indexing a queue of its own. One waiting or running job per node is enough: it goes on until the node
// knows all; the moment between its last look and its end is Sweep's.
func (Feed) InsertOpts() jobs.InsertOpts { return once() }

// Sweep is the job that picks up, every few seconds, what no other job brought: text that is being written, and nodes
// that were away.
type Sweep struct{}

// Kind implements jobs.Args.
func (Sweep) Kind() string { return "search_sweep" }

// InsertOpts gives indexing a queue of its own, and lets no second one wait.
func (Sweep) InsertOpts() jobs.InsertOpts { return once() }

// Drift is the job that compares what can be found with what there is, and heals the difference.
type Drift struct{}

// Kind implements jobs.Args.
func (Drift) Kind() string { return "search_drift" }

// InsertOpts gives indexing a queue of its own, and lets no second one wait.
func (Drift) InsertOpts() jobs.InsertOpts { return once() }

func once() jobs.InsertOpts {
	return jobs.InsertOpts{Queue: jobs.QueueIndex, MaxAttempts: 1, UniqueOpts: jobs.WhileWaiting()}
}

// A node's work is per message far more than per document, so many changes at once cost hardly more than one. A change waits
// for company before a node is told of it, the longer the more the node has to do, which leaves the machine to those who wait
// for an answer.
const (
	gather  = time.Second
	slowest = 5 * time.Second
	share   = 9 // of the time that a message took, before the next one
	portion = 500
)

var errHeld = errors.New("somebody else is feeding this node")

// withNode does something with a node that nobody else does something with meanwhile.
func (s *Service) withNode(ctx context.Context, name string, do func(n *meili.Node) error) error {
	for _, n := range s.nodes.Nodes() {
		if n.Name != name {
			continue
		}
		release, held, err := s.store.holdNode(ctx, name)
		if err != nil {
			return err
		}
		if !held {
			return errHeld
		}
		defer release()
		return do(n)
	}
	return nil // not one of ours any more
}

// WorkFeed is the job: it goes on while there is something to tell. A node that is away is no error: what it has not been
// told stays written down, and Sweep tries again.
func (s *Service) WorkFeed(ctx context.Context, job Feed) error {
	wait := gather
	for range 100 {
		select {
		case <-time.After(wait):
		case <-ctx.Done():
			return ctx.Err()
		}
		began, told := time.Now(), 0
		err := s.withNode(ctx, job.Node, func(n *meili.Node) (err error) {
			if !n.Well() && !n.Healthy(ctx) {
				return nil
			}
			if sound, err := s.sound(ctx, n); err != nil || !sound {
				return err // Sweep makes its index first
			}
			told, err = s.feed(ctx, n, liveIndex)
			return err
		})
		if errors.Is(err, errHeld) {
			return nil // its holder tells what is pending, or Sweep does
		}
		if err != nil || told == 0 {
			return err
		}
		wait = min(max(gather, share*time.Since(began)), slowest)
	}
	return nil // Sweep goes on
}

// feed tells a node what it has not been told when it is called, in all the given indexes. What changes meanwhile stays
// pending.
func (s *Service) feed(ctx context.Context, n *meili.Node, indexes ...string) (told int, err error) {
	for {
		changes, err := s.store.pending(ctx, n.Name, portion)
		if err != nil || len(changes) == 0 {
			return told, err
		}
		for _, index := range indexes {
			if err := tell(ctx, n, index, changes); err != nil {
				if !n.Healthy(ctx) {
					slog.WarnContext(ctx, "a search node is away", "node", n.Name, "error", err)
					return 0, nil
				}
				return told, err
			}
		}
		if err := s.store.told(ctx, n.Name, changes); err != nil {
			return told, err
		}
		if told += len(changes); len(changes) < portion {
			return told, nil
		}
	}
}

// tell sends changes, a few megabytes at a time.
func tell(ctx context.Context, n *meili.Node, index string, changes []change) error {
	var gone []string
	var docs []entry
	size := 0
	flush := func() error {
		if len(docs) == 0 {
			return nil
		}
		err := n.Put(ctx, index, docs)
		docs, size = nil, 0
		return err
	}
	for _, c := range changes {
		if c.Gone {
			gone = append(gone, entryID(c.ID, c.Part))
			continue
		}
		docs = append(docs, toEntry(c.document, c.Digest))
		if size += len(c.Body) + 2000; size > 4<<20 {
			if err := flush(); err != nil {
				return err
			}
		}
	}
	if err := flush(); err != nil || len(gone) == 0 {
		return err
	}
	return n.Drop(ctx, index, gone)
}

// WorkSweep is the job.
func (s *Service) WorkSweep(ctx context.Context, _ Sweep) error {
	written, err := s.store.written(ctx)
	if err != nil {
		return err
	}
	if _, err := s.index(ctx, written, false); err != nil {
		return err
	}
	return s.eachNode(ctx, func(n *meili.Node) error {
		if !n.Healthy(ctx) {
			return nil
		}
		sound, err := s.sound(ctx, n)
		if err != nil {
			return err
		}
		if !sound {
			return s.rebuild(ctx, n)
		}
		if err := s.keepSynonyms(ctx, n); err != nil {
			return err
		}
		_, err = s.feed(ctx, n, liveIndex)
		return err
	})
}

// sound says whether a node has an index that was filled once and made with the present settings.
func (s *Service) sound(ctx context.Context, n *meili.Node) (bool, error) {
	states, err := s.store.nodes(ctx)
	for _, st := range states {
		if st.Node == n.Name {
			return st.Ready && st.Settings == settingsSum(), err
		}
	}
	return false, err
}

// eachNode does something with all nodes at once, leaving out those that somebody else works with.
func (s *Service) eachNode(ctx context.Context, do func(n *meili.Node) error) error {
	errs := make([]error, len(s.nodes.Nodes()))
	var done sync.WaitGroup
	for i, n := range s.nodes.Nodes() {
		done.Go(func() {
			if err := s.withNode(ctx, n.Name, do); !errors.Is(err, errHeld) {
				errs[i] = err
			}
		})
	}
	done.Wait()
	return errors.Join(errs...)
}

// Sync makes the list of nodes what the settings say. Call it before workers start.
func (s *Service) Sync(ctx context.Context) error {
	names := []string{}
	for _, n := range s.nodes.Nodes() {
		names = append(names, n.Name)
	}
	return s.store.setNodes(ctx, names, settingsSum())
}

// readyFor is how long it counts which nodes may be searched.
const readyFor = time.Second

// current says which nodes may be searched: filled once, and not long behind. Without an answer of the database it is what
// was known last.
func (s *Service) current(ctx context.Context) func(node string) bool {
	ready, err := s.ready.get(ctx, readyFor, func(ctx context.Context) (map[string]bool, error) {
		states, err := s.store.nodes(ctx)
		ready := map[string]bool{}
		for _, st := range states {
			ready[st.Node] = st.Ready && !st.Behind
		}
		return ready, err
	})
	if err != nil {
		slog.WarnContext(ctx, "which search nodes are ready cannot be read", "error", err)
	}
	return func(node string) bool { return ready[node] }
}
