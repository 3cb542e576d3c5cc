package search

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"log/slog"
	"sync"
	"time"

	"github.com/meilisearch/meilisearch-go"

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

// While a new index is filled, a node is sent so many portions before it has taken the first in, so that it never waits for
// us; each has about so many bytes of text, as it takes many documents together in much less time than one by one.
const (
	ahead        = 8
	portionBytes = 6 << 20
	mostOfBulk   = 3000 // documents
)

func entries(changes []change) []entry {
	docs := make([]entry, len(changes))
	for i, c := range changes {
		docs[i] = toEntry(c.document, c.Digest)
	}
	return docs
}

// rebuild fills a new index of a node and puts it in the place of the old one, which answers until then. What changes
// meanwhile goes into both. What was pending before only goes into the new one, unless it is little: the old one would take
// as long for it. Until the new one is in its place the node counts as one without a sound index, so that Sweep makes it
// after a crash.
func (s *Service) rebuild(ctx context.Context, n *meili.Node) error {
	there, err := n.Exists(ctx, liveIndex)
	if err != nil {
		return err
	}
	if err := n.Delete(ctx, nextIndex); err != nil {
		return err
	}
	late, err := s.store.late(ctx, n.Name, portion)
	if err != nil {
		return err
	}
	if there && late < portion {
		if _, err := s.feed(ctx, n, liveIndex); err != nil {
			return err
		}
	}
	if err := s.store.startOver(ctx, n.Name); err != nil {
		return err
	}
	set, synonyms := s.withCompany(ctx)
	if err := n.Make(ctx, nextIndex, set); err != nil {
		return err
	}
	both := []string{nextIndex}
	if there {
		both = append(both, liveIndex)
	}
	var sent []meili.Task
	for after, many := int32(0), 400; ; {
		changes, err := s.store.portion(ctx, after, many)
		if err != nil {
			return err
		}
		if len(changes) == 0 {
			break
		}
		bytes := 0
		for _, c := range changes {
			bytes += len(c.allText()) + 500
		}
		many = max(100, min(len(changes)*portionBytes/bytes, mostOfBulk))
		task, err := n.Send(ctx, nextIndex, entries(changes))
		if err != nil {
			return err
		}
		if sent = append(sent, task); len(sent) > ahead {
			if err := n.Await(ctx, sent[len(sent)-1-ahead]); err != nil {
				return err
			}
		}
		after = changes[len(changes)-1].Doc
		if _, err := s.feed(ctx, n, both...); err != nil {
			return err
		}
	}
	for _, task := range sent {
		if err := n.Await(ctx, task); err != nil {
			return err
		}
	}
	if _, err := s.feed(ctx, n, both...); err != nil {
		return err
	}
	if !there {
		if err := n.Make(ctx, liveIndex, set); err != nil {
			return err
		}
	}
	if err := n.Swap(ctx, liveIndex, nextIndex); err != nil {
		return err
	}
	if err := s.store.setReady(ctx, n.Name, true, settingsSum()); err != nil {
		return err
	}
	if err := s.store.setNodeSynonyms(ctx, n.Name, synonyms); err != nil {
		return err
	}
	return n.Delete(ctx, nextIndex)
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

// Drifted counts what a check found wrong, and healed.
type Drifted struct {
	Things  int            // with a document that was missing or old
	Missing map[string]int // by node: documents that it lacked or had otherwise
	Extra   map[string]int // by node: documents that it should not have had
	Rebuilt []string       // nodes whose index was missing or made by other settings
}

// WorkDrift is the job.
func (s *Service) WorkDrift(ctx context.Context, _ Drift) error {
	d, err := s.Heal(ctx)
	if d.Things > 0 || len(d.Missing) > 0 || len(d.Extra) > 0 || len(d.Rebuilt) > 0 {
		slog.InfoContext(ctx, "search had drifted", "things", d.Things, "missing", d.Missing, "extra", d.Extra, "rebuilt", d.Rebuilt)
	}
	return err
}

// Heal compares and repairs.
func (s *Service) Heal(ctx context.Context) (d Drifted, err error) {
	for {
		old, err := s.store.stale(ctx, 500)
		if err != nil {
			return d, err
		}
		if _, err := s.index(ctx, old, false); err != nil {
			return d, err
		}
		d.Things += len(old)
		if len(old) < 500 {
			break
		}
	}
	var mu sync.Mutex
	d.Missing, d.Extra = map[string]int{}, map[string]int{}
	err = s.eachNode(ctx, func(n *meili.Node) error { // who is held is fed just now, and looked at the next time
		if !n.Healthy(ctx) {
			return nil
		}
		there, err := n.Exists(ctx, liveIndex)
		if err != nil {
			return err
		}
		sound, err := s.sound(ctx, n)
		if err != nil {
			return err
		}
		if !there || !sound {
			mu.Lock()
			d.Rebuilt = append(d.Rebuilt, n.Name)
			mu.Unlock()
			return s.rebuild(ctx, n)
		}
		missing, extra, err := s.compare(ctx, n)
		mu.Lock()
		defer mu.Unlock()
		if missing > 0 {
			d.Missing[n.Name] = missing
		}
		if extra > 0 {
			d.Extra[n.Name] = extra
		}
		return err
	})
	return d, errors.Join(err, s.store.forget(ctx), s.store.count(ctx))
}

// compare looks at every document of a node.
func (s *Service) compare(ctx context.Context, n *meili.Node) (missing, extra int, err error) {
	if _, err := s.feed(ctx, n, liveIndex); err != nil { // what is only late has not drifted
		return 0, 0, err
	}
	var has []meilisearch.Hit
	if err := n.Each(ctx, liveIndex, []string{"id", "digest"}, func(hits meilisearch.Hits) error { has = append(has, hits...); return nil }); err != nil {
		return 0, 0, err
	}
	sums, docs, err := s.store.digests(ctx)
	if err != nil {
		return 0, 0, err
	}
	var gone []string
	for _, h := range has {
		var e struct {
			ID     string `json:"id"`
			Digest string `json:"digest"`
		}
		if err := h.DecodeInto(&e); err != nil {
			return 0, 0, err
		}
		want, ok := sums[e.ID]
		if !ok {
			gone = append(gone, e.ID)
			continue
		}
		if sum, err := hex.DecodeString(e.Digest); err == nil && bytes.Equal(sum, want) {
			delete(docs, e.ID)
		}
	}
	again := make([]int32, 0, len(docs))
	for _, doc := range docs {
		again = append(again, doc)
	}
	if len(gone) > 0 {
		if err := n.Drop(ctx, liveIndex, gone); err != nil {
			return 0, 0, err
		}
	}
	if err := s.store.again(ctx, n.Name, again); err != nil {
		return 0, 0, err
	}
	_, err = s.feed(ctx, n, liveIndex)
	return len(again), len(gone), err
}

// Sync makes the list of nodes what the settings say. Call it before workers start.
func (s *Service) Sync(ctx context.Context) error {
	names := []string{}
	for _, n := range s.nodes.Nodes() {
		names = append(names, n.Name)
	}
	return s.store.setNodes(ctx, names, settingsSum())
}

// Rebuild makes everything anew: the documents in PostgreSQL one by one, then a new index on every node, swapped in when
// it is full.
func (s *Service) Rebuild(ctx context.Context, progress func(what string, done int)) error {
	if _, err := s.IndexAll(ctx, true, progress); err != nil {
		return err
	}
	if err := s.store.tidy(ctx); err != nil {
		return err
	}
	for _, n := range s.nodes.Nodes() {
		for try := 0; ; try++ {
			err := s.withNode(ctx, n.Name, func(n *meili.Node) error { return s.rebuild(ctx, n) })
			if err == nil {
				break
			}
			if !errors.Is(err, errHeld) || try == 600 {
				return err
			}
			select {
			case <-ctx.Done():
				return ctx.Err()
			case <-time.After(100 * time.Millisecond):
			}
		}
		progress(n.Name, 1)
	}
	return errors.Join(s.store.forget(ctx), s.store.count(ctx))
}

// current says which nodes may be searched: filled once, and not long behind. Asked at most once a second.
func (s *Service) current(ctx context.Context) func(node string) bool {
	s.state.Lock()
	defer s.state.Unlock()
	if time.Since(s.state.at) > time.Second {
		states, err := s.store.nodes(ctx)
		if err == nil {
			s.state.ready, s.state.at = map[string]bool{}, time.Now()
			for _, st := range states {
				s.state.ready[st.Node] = st.Ready && !st.Behind
			}
		}
	}
	ready := s.state.ready
	return func(node string) bool { return ready[node] }
}
