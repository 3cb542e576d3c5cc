package coedit

import (
	"context"
	"encoding/json"
	"time"

	"github.com/google/uuid"

	"byline/backend/internal/activity"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/errs"
)

// Document is the text of one draft.
type Document struct {
	DraftID   uuid.UUID
	Version   int64 // counts every saved change
	Frozen    bool
	Doc       json.RawMessage
	Text      string
	UpdatedBy *activity.Person
	UpdatedAt time.Time
}

// Service keeps documents. Who may read or write is decided by the caller.
type Service struct {
	db    *db.DB
	store store
}

// New makes the service.
func New(d *db.DB) *Service { return &Service{db: d, store: store{d}} }

// Create makes an empty document, or one with the given content, in the transaction of its draft.
func (s *Service) Create(ctx context.Context, draft, by uuid.UUID, doc json.RawMessage) error {
	if doc == nil {
		doc = EmptyDocument
	}
	n, err := Parse(doc)
	if err != nil {
		return err
	}
	return s.store.create(ctx, draft, by, doc, n.PlainText())
}

// Get gives a document.
func (s *Service) Get(ctx context.Context, draft uuid.UUID) (Document, error) {
	return s.store.get(ctx, draft)
}

// Lock is Get that holds the document to the end of the transaction.
func (s *Service) Lock(ctx context.Context, draft uuid.UUID) (Document, error) {
	return s.store.lock(ctx, draft)
}

// Save replaces the document of a draft that the caller has locked. Stale when version is not the current one, Conflict
// when it is frozen. It gives the new counter.
func (s *Service) Save(ctx context.Context, current Document, by uuid.UUID, version int64, doc json.RawMessage) (int64, error) {
	n, err := Parse(doc)
	if err != nil {
		return 0, err
	}
	if current.Frozen {
		return 0, errs.NotAllowedNow("This draft is approved and its text frozen. Reopen it to go on writing.", "reopen")
	}
	if current.Version != version {
		return 0, errs.StaleRev(current.Version)
	}
	return version + 1, s.store.save(ctx, current.DraftID, by, version+1, doc, n.PlainText())
}

// Freeze stops or allows changes, in the transaction of the draft's transition.
func (s *Service) Freeze(ctx context.Context, draft uuid.UUID, frozen bool) error {
	return s.store.freeze(ctx, draft, frozen)
}
