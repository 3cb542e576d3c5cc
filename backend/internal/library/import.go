package library

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"runtime"
	"slices"
	"time"

	"github.com/google/uuid"
	"golang.org/x/sync/errgroup"

	"byline/backend/internal/activity"
	"byline/backend/internal/comments"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/errs"
)

// Imported is an item brought in from outside, known by its source id.
type Imported struct {
	SourceID, SourceRepo, SourcePath, Licence string
	Title, Summary, ContentType, Lang         string
	BodyMarkdown                              string
	BodyText                                  string `json:"-"` // for search; made of BodyMarkdown when empty
	Authors                                   []string
	Taxonomy                                  Taxonomy
	PublishedAt                               *time.Time
	Asset                                     uuid.UUID `json:"-"` // its file; uuid.Nil for none
	AssetHash                                 []byte    // SHA-256 of the file, when it is part of the source
}

// hash tells whether the source of an item has changed.
func (in Imported) hash() ([]byte, error) {
	b, err := json.Marshal(in)
	sum := sha256.Sum256(b)
	return sum[:], err
}

// ImportResult is what became of one item.
type ImportResult struct {
	ID      uuid.UUID
	Created bool
	Changed bool // created or brought up to date
}

// Import brings one item in, or brings an earlier import up to date. changed is false when it was there as it is.
func (s *Service) Import(ctx context.Context, in Imported) (id uuid.UUID, changed bool, err error) {
	results, err := s.ImportMany(ctx, []Imported{in})
	if err != nil {
		return uuid.Nil, false, err
	}
	return results[0].ID, results[0].Changed, nil
}

// ImportMany is Import for many items, in one transaction and few round trips. An item whose source has not changed since
// is left alone, with all that people changed of it here. Source ids must not repeat.
func (s *Service) ImportMany(ctx context.Context, items []Imported) ([]ImportResult, error) {
	ids := make([]string, len(items))
	for i, in := range items {
		ids[i] = in.SourceID
	}
	known, err := s.store.bySource(ctx, ids)
	if err != nil {
		return nil, err
	}
	results := make([]ImportResult, len(items))
	var todo []int
	hashes := make([][]byte, len(items))
	for i, in := range items {
		if hashes[i], err = in.hash(); err != nil {
			return nil, err
		}
		before, ok := known[in.SourceID]
		results[i] = ImportResult{ID: before.id, Created: !ok}
		if !ok || !slices.Equal(before.hash, hashes[i]) || (in.Asset != uuid.Nil && !before.hasFiles) {
			todo = append(todo, i)
		}
	}
	if len(todo) == 0 {
		return results, nil
	}
	// always in one order, so that two imports of the same folder cannot wait for each other
	slices.SortFunc(todo, func(a, b int) int { return cmp.Compare(items[a].SourceID, items[b].SourceID) })
	batch, batchHashes := make([]Imported, len(todo)), make([][]byte, len(todo))
	for n, i := range todo {
		batch[n], batchHashes[n] = items[i], hashes[i]
	}
	if err := addText(batch); err != nil {
		return nil, err
	}
	err = s.db.InTx(ctx, func(ctx context.Context) error {
		named, err := s.store.aliases(ctx)
		if err != nil {
			return err
		}
		for i := range batch {
			named.apply(&batch[i].Taxonomy)
			batch[i].Lang = named.of("lang", batch[i].Lang)
		}
		if before := knownIDs(known, batch); len(before) > 0 {
			if err := s.store.keepVersions(ctx, before...); err != nil {
				return err
			}
		}
		written, changed, err := s.store.upsertImported(ctx, batch, batchHashes)
		if err != nil {
			return err
		}
		var entries []activity.Entry
		for n, i := range todo {
			r := &results[i]
			r.ID, r.Changed = written[n], changed[n]
			if file := batch[n].Asset; file != uuid.Nil && (r.Changed || !known[batch[n].SourceID].hasFiles) {
				if err := s.store.replaceAssets(ctx, comments.Object{Type: "resource", ID: r.ID}, []AttachedAsset{{AssetID: file}}); err != nil {
					return err
				}
				r.Changed = true
			}
			if changed[n] && known[batch[n].SourceID].id == r.ID { // another text or file under the same address
				if err := s.store.nextVersion(ctx, r.ID, auth.From(ctx).ID, "", 0); err != nil {
					return err
				}
			}
			if r.Changed {
				entries = append(entries, activity.Entry{Verb: "resource.imported", ObjectType: "resource", ObjectID: r.ID})
			}
		}
		if len(entries) == 0 {
			return nil
		}
		return s.log.Record(ctx, entries...)
	})
	return results, err
}

func knownIDs(known map[string]sourceState, items []Imported) (ids []uuid.UUID) {
	for _, in := range items {
		if before, ok := known[in.SourceID]; ok {
			ids = append(ids, before.id)
		}
	}
	return ids
}

// addText makes the searchable text where it is missing, on all processors: it takes longer than everything else.
func addText(items []Imported) error {
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i := range items {
		in := &items[i]
		if in.BodyText != "" || in.BodyMarkdown == "" {
			continue
		}
		group.Go(func() (err error) {
			in.BodyText, err = MarkdownText(in.BodyMarkdown)
			return err
		})
	}
	return group.Wait()
}

// importEach imports items, and finds the ones at fault when the database refuses them together.
func (s *Service) importEach(ctx context.Context, items []Imported, each func(i int, r ImportResult, err error)) error {
	results, err := s.ImportMany(ctx, items)
	switch {
	case err == nil:
		for i, r := range results {
			each(i, r, nil)
		}
		return nil
	case !faulty(err):
		return err
	case len(items) == 1:
		each(0, ImportResult{}, refused("data", "%s", message(err)))
		return nil
	}
	for i := range items {
		err := s.importEach(ctx, items[i:i+1], func(_ int, r ImportResult, err error) { each(i, r, err) })
		if err != nil {
			return err
		}
	}
	return nil
}

// faulty says that the data is at fault and not a part that is away.
func faulty(err error) bool {
	code := errs.CodeOf(err)
	return code == errs.Invalid || code == errs.Conflict
}

func message(err error) string {
	var e *errs.Error
	if errors.As(err, &e) {
		return e.Message
	}
	return err.Error()
}
