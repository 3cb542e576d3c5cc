package library

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"path"

	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/blob"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/jobs"
)

// FileOfLine is the file that a line of a list names.
type FileOfLine struct {
	Name   string
	SHA256 string // hexadecimal, or ""
}

// ParseArticle reads one line of articles.jsonl. An error is a refusal.
func ParseArticle(line []byte) (Imported, error) { return parseArticle(line) }

// ParseFile reads one line of files.jsonl. An error is a refusal.
func ParseFile(line []byte) (Imported, FileOfLine, error) {
	in, f, err := parseFile(line)
	return in, FileOfLine{f.File, f.SHA256}, err
}

// Refuse makes a refusal: a reason for programs, and an explanation for people.
func Refuse(reason, format string, args ...any) error { return refused(reason, format, args...) }

// Plan says what ImportMany would do with items, and does nothing.
func (s *Service) Plan(ctx context.Context, items []Imported, withFile []bool) ([]ImportResult, error) {
	ids := make([]string, len(items))
	for i, in := range items {
		ids[i] = in.SourceID
	}
	known, err := s.store.bySource(ctx, ids)
	if err != nil {
		return nil, err
	}
	results := make([]ImportResult, len(items))
	for i, in := range items {
		hash, err := in.hash()
		if err != nil {
			return nil, err
		}
		before, ok := known[in.SourceID]
		results[i] = ImportResult{ID: before.id, Created: !ok, Changed: !ok || string(before.hash) != string(hash) || withFile[i] && !before.hasFiles}
	}
	return results, nil
}

// ImportEach imports items together, and finds the ones at fault when the database refuses them; each is told what became of
// every one.
func (s *Service) ImportEach(ctx context.Context, items []Imported, each func(i int, r ImportResult, err error)) error {
	return s.importEach(ctx, items, each)
}

// BringFile brings in a file with the resource that shows it. sum is the SHA-256 of the content.
func (s *Service) BringFile(ctx context.Context, in Imported, name string, size int64, sum []byte, content io.ReadSeeker) (ImportResult, error) {
	u := Upload{Name: path.Base(name), Size: size}
	if err := u.clean(); err != nil {
		return ImportResult{}, refused("file", "%s", message(err))
	}
	in.AssetHash = sum
	hash, err := in.hash()
	if err != nil {
		return ImportResult{}, err
	}
	known, err := s.store.bySource(ctx, []string{in.SourceID})
	if err != nil {
		return ImportResult{}, err
	}
	if before := known[in.SourceID]; before.hasFiles && string(before.hash) == string(hash) {
		return ImportResult{ID: before.id}, nil
	}
	// the key tells source and content, so that an import that was stopped here leaves nothing twice
	key := sha256.Sum256([]byte(in.SourceID + "\x00" + string(sum)))
	a := Asset{ID: db.NewID(), OwnerID: auth.From(ctx).ID, Name: u.Name, Size: size, State: Processing, PartSize: blob.PartSize(size),
		StorageKey: "assets/import-" + hex.EncodeToString(key[:])}
	added, err := s.store.storageKeyUsed(ctx, a.StorageKey)
	if err != nil {
		return ImportResult{}, err
	}
	if !added {
		if err := s.blobs.Put(ctx, a.StorageKey, "application/octet-stream", content); err != nil {
			return ImportResult{}, err
		}
	}
	var result ImportResult
	err = s.db.InTx(ctx, func(ctx context.Context) error {
		id, isNew, err := s.store.addIngested(ctx, a)
		if err != nil {
			return err
		}
		if isNew {
			if err := jobs.Enqueue(ctx, ProcessAsset{AssetID: id}); err != nil {
				return err
			}
		}
		in.Asset = id
		results, err := s.ImportMany(ctx, []Imported{in})
		if err == nil {
			result = results[0]
		}
		return err
	})
	return result, err
}
