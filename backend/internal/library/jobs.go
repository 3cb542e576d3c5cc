package library

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"github.com/google/uuid"

	"byline/backend/internal/activity"
	"byline/backend/internal/platform/errs"
	"byline/backend/internal/platform/extract"
	"byline/backend/internal/platform/jobs"
)

// ProcessAsset is the job that checks and reads an uploaded file.
type ProcessAsset struct {
	AssetID uuid.UUID `json:"asset_id"`
}

// Kind implements jobs.Args.
func (ProcessAsset) Kind() string { return "process_asset" }

// InsertOpts gives files a queue of their own: they are heavy, and must hold up nobody.
func (ProcessAsset) InsertOpts() jobs.InsertOpts {
	return jobs.InsertOpts{Queue: jobs.QueueFiles, MaxAttempts: 5}
}

// SweepUploads is the job that throws abandoned uploads away.
type SweepUploads struct{}

// Kind implements jobs.Args.
func (SweepUploads) Kind() string { return "sweep_uploads" }

// AbandonedAfter is how long an upload may rest before it is swept.
const AbandonedAfter = 24 * time.Hour

// StuckAfter is how long a file may wait to be read before Sweep asks for it again.
const StuckAfter = 2 * time.Hour

// Process is the job. Running it again for a file that is done changes nothing.
func (s *Service) Process(ctx context.Context, job ProcessAsset) error {
	a, err := s.store.asset(ctx, job.AssetID)
	if errs.CodeOf(err) == errs.NotFound {
		return nil
	}
	if err != nil || a.State != Processing {
		return err
	}
	dir, err := os.MkdirTemp("", "byline-file")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	path, preview := filepath.Join(dir, "file"), filepath.Join(dir, "preview")
	sum, err := s.fetch(ctx, a.StorageKey, path)
	if err != nil {
		return err
	}
	if a.Claimed != nil && subtle.ConstantTimeCompare(a.Claimed, sum) == 0 {
		return s.refuse(ctx, a, sum, "checksum", "What arrived is not what was sent: the checksums differ. Please upload the file again.")
	}
	found, err := s.extractor.File(ctx, path, a.Name, preview)
	if err != nil {
		return err
	}
	if found.State == extract.Refused {
		return s.refuse(ctx, a, sum, found.Reason, found.Explanation)
	}
	if found.PreviewType != "" {
		key := "previews/" + a.ID.String()
		if err := s.putFile(ctx, key, found.PreviewType, preview); err != nil {
			return err
		}
		a.PreviewKey = key
	}
	a.SHA256, a.State, a.Reason, a.Explanation, a.MediaType, a.Kind, a.Inline = sum, AssetState(found.State), found.Reason, found.Explanation, found.MediaType, found.Kind, found.Inline
	a.Within, a.Hidden = found.Within, found.Hidden
	a.Pages, a.Width, a.Height, a.DurationMS = found.PageCount, found.Width, found.Height, found.DurationMS
	return s.finish(ctx, a, found.Pages, found.Outside)
}

func (s *Service) refuse(ctx context.Context, a Asset, sum []byte, reason, explanation string) error {
	if err := s.blobs.Delete(ctx, a.StorageKey); err != nil {
		return err
	}
	a.SHA256, a.State, a.Reason, a.Explanation, a.Kind = sum, Refused, reason, explanation, "other"
	return s.finish(ctx, a, nil, nil)
}

// finish stores what was found, and tells the things that the asset belongs to.
func (s *Service) finish(ctx context.Context, a Asset, pages, outside []string) error {
	a.Look = LookNone
	if a.lookable() {
		a.Look = LookWaiting
	}
	return s.db.InTx(ctx, func(ctx context.Context) error {
		if err := s.store.finishAsset(ctx, a, pages, outside); err != nil {
			return err
		}
		if a.Look == LookWaiting {
			if err := jobs.Enqueue(ctx, Look{AssetID: a.ID, Quick: a.Kind == "captions" || a.Kind == "spreadsheet"}); err != nil {
				return err
			}
		}
		entries := []activity.Entry{{Verb: "asset." + string(a.State), ObjectType: "asset", ObjectID: a.ID, OnBehalfOf: a.OwnerID,
			Data: map[string]any{"name": a.Name, "reason": a.Reason}}}
		uses, err := s.store.assetUses(ctx, a.ID)
		if err != nil {
			return err
		}
		for _, u := range uses {
			entries = append(entries, activity.Entry{Verb: u.Type + ".file_read", ObjectType: u.Type, ObjectID: u.ID, Data: map[string]any{"asset_id": a.ID, "name": a.Name}})
		}
		return s.log.Record(ctx, entries...)
	})
}

func (s *Service) fetch(ctx context.Context, key, path string) (sum []byte, err error) {
	in, err := s.blobs.Open(ctx, key)
	if err != nil {
		return nil, err
	}
	defer func() { _ = in.Close() }()
	out, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	h := sha256.New()
	_, err = io.Copy(io.MultiWriter(out, h), in)
	if closed := out.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return nil, fmt.Errorf("fetch %s: %w", key, err)
	}
	return h.Sum(nil), nil
}

func (s *Service) putFile(ctx context.Context, key, mediaType, path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	return s.blobs.Put(ctx, key, mediaType, f)
}

// Sweep is the job. It also asks again for files whose own job gave up, or waits for LibreOffice that is there by now.
func (s *Service) Sweep(ctx context.Context, _ SweepUploads) error {
	old, err := s.store.abandoned(ctx, time.Now().Add(-AbandonedAfter))
	if err != nil {
		return err
	}
	for _, a := range old {
		if err := s.drop(ctx, a); err != nil {
			return err
		}
		slog.InfoContext(ctx, "swept an abandoned upload", "asset", a.ID, "name", a.Name)
	}
	return s.db.InTx(ctx, func(ctx context.Context) error {
		stuck, err := s.store.stuck(ctx, time.Now().Add(-StuckAfter))
		if err != nil {
			return err
		}
		for _, id := range stuck {
			if err := jobs.Enqueue(ctx, ProcessAsset{AssetID: id}); err != nil {
				return err
			}
		}
		unlooked, err := s.store.unlooked(ctx, time.Now().Add(-StuckAfter), s.nowPossible())
		if err != nil {
			return err
		}
		for _, id := range unlooked {
			if err := jobs.Enqueue(ctx, Look{AssetID: id}); err != nil {
				return err
			}
		}
		return nil
	})
}
