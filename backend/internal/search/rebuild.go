package search

import (
	"context"
	"errors"
	"time"

	"byline/backend/internal/platform/meili"
)

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
