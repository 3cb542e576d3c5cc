package library

import (
	"context"
	"io"

	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/blob"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/jobs"
)

// Ingest keeps a file that the server itself has, such as one that an import reads from disk, for the user in ctx. It is
// checked and read by the same job as an uploaded one.
func (s *Service) Ingest(ctx context.Context, name string, size int64, content io.ReadSeeker) (Asset, error) {
	u := Upload{Name: name, Size: size}
	if err := u.clean(); err != nil {
		return Asset{}, err
	}
	a := Asset{ID: db.NewID(), OwnerID: auth.From(ctx).ID, Name: u.Name, Size: size, State: Processing, PartSize: blob.PartSize(size), CreatedAt: db.Now()}
	a.StorageKey = "assets/" + a.ID.String()
	if err := s.blobs.Put(ctx, a.StorageKey, "application/octet-stream", content); err != nil {
		return a, err
	}
	err := s.db.InTx(ctx, func(ctx context.Context) error {
		if err := s.store.addAsset(ctx, a); err != nil {
			return err
		}
		return jobs.Enqueue(ctx, ProcessAsset{AssetID: a.ID})
	})
	if err != nil {
		_ = s.blobs.Delete(context.WithoutCancel(ctx), a.StorageKey) // nothing points at it
	}
	return a, err
}
