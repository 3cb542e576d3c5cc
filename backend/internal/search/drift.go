package search

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"log/slog"
	"sync"

	"github.com/meilisearch/meilisearch-go"

	"byline/backend/internal/platform/meili"
)

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
