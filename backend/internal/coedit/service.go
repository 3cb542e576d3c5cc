package coedit

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"

	"byline/backend/internal/activity"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/errs"
)

// Document is the text of one draft.
type Document struct {
	DraftID   uuid.UUID
	Version   int64 // counts every step of a change
	Frozen    bool
	Doc       json.RawMessage
	Text      string
	UpdatedBy *activity.Person
	UpdatedAt time.Time

	head int64 // of the log; the rest may be behind it until it is brought up to date
}

// Service keeps documents. Who may read or write is decided by the caller.
type Service struct {
	db    *db.DB
	store store
	bus   Bus
	pool  *pool
	told  []func(ctx context.Context, draft uuid.UUID) error
	hot   time.Duration

	mayShow func(ctx context.Context, draft uuid.UUID, assets []uuid.UUID) error
}

// runtimes is how many runtimes of ProseMirror there are at most. Each uses one core while it works.
const runtimes = 3

// New makes the service.
func New(d *db.DB) *Service {
	return &Service{db: d, store: store{d}, bus: pgBus{d}, pool: &pool{max: runtimes}, hot: Hot}
}

// KeepHot sets how long commits stay as they are before they are packed; 0 leaves it at Hot. Call it before any job runs.
func (s *Service) KeepHot(d time.Duration) {
	if d > 0 {
		s.hot = d
	}
}

// OnText adds what is told, in the same transaction, that the text of a draft which others read has changed.
func (s *Service) OnText(f func(ctx context.Context, draft uuid.UUID) error) {
	s.told = append(s.told, f)
}

// telling writes the text that others read, and tells.
func (s *Service) telling(ctx context.Context, draft uuid.UUID, write func(ctx context.Context) error) error {
	if len(s.told) == 0 {
		return write(ctx)
	}
	return s.db.InTx(ctx, func(ctx context.Context) error {
		if err := write(ctx); err != nil {
			return err
		}
		for _, tell := range s.told {
			if err := tell(ctx, draft); err != nil {
				return err
			}
		}
		return nil
	})
}

func (s *Service) project(ctx context.Context, draft uuid.UUID, version int64, doc []byte, words string) error {
	return s.telling(ctx, draft, func(ctx context.Context) error { return s.store.project(ctx, draft, version, doc, words) })
}

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

// Get gives a document as it is now, with what was written live a moment ago.
func (s *Service) Get(ctx context.Context, draft uuid.UUID) (Document, error) {
	d, err := s.store.get(ctx, draft)
	if err != nil || d.Version == d.head {
		return d, err
	}
	err = s.bringUp(ctx, &d)
	return d, err
}

// bringUp applies what a copy lacks.
func (s *Service) bringUp(ctx context.Context, d *Document) error {
	missing, err := s.store.commits(ctx, d.DraftID, d.Version, d.head)
	if err != nil {
		return err
	}
	doc, err := s.pool.open(d.Doc)
	if err != nil {
		return err
	}
	defer doc.close()
	for _, c := range missing {
		if err := doc.replay(c.Steps); err != nil {
			return fmt.Errorf("stored commit %d of %s does not apply: %w", c.V, d.DraftID, err)
		}
		d.Version, d.UpdatedAt = c.End(), c.At
	}
	if d.Doc, err = doc.json(); err != nil {
		return err
	}
	d.Text, err = text(d.Doc)
	return err
}

// Lock is Get that holds the document to the end of the transaction, and writes what was only in the log.
func (s *Service) Lock(ctx context.Context, draft uuid.UUID) (Document, error) {
	d, err := s.store.lock(ctx, draft)
	if err != nil || d.Version == d.head {
		return d, err
	}
	if err := s.bringUp(ctx, &d); err != nil {
		return d, err
	}
	return d, s.project(ctx, draft, d.Version, d.Doc, d.Text)
}

// Save replaces the document of a draft that the caller has locked: one step, for those who write live too. Stale when
// version is not the current one, Conflict when it is frozen. It gives the new counter, which is the old one when nothing
// has changed.
func (s *Service) Save(ctx context.Context, current Document, by uuid.UUID, version int64, doc json.RawMessage, suggests bool) (int64, error) {
	after, err := Parse(doc)
	if err != nil {
		return 0, err
	}
	if current.Frozen {
		return 0, errs.NotAllowedNow("This draft is approved and its text frozen. Reopen it to go on writing.", "reopen")
	}
	if current.Version != version {
		return 0, errs.StaleRev(current.Version)
	}
	before, err := Parse(current.Doc)
	if err != nil {
		return 0, err
	}
	if err := s.checkAssets(ctx, current.DraftID, before, after); err != nil {
		return 0, err
	}
	engine, err := s.pool.open(current.Doc)
	if err != nil {
		return 0, err
	}
	defer engine.close()
	suggester := ""
	if suggests {
		suggester = by.String()
	}
	out, err := engine.replace(doc, suggester)
	if err != nil {
		return 0, err
	}
	if suggests && out.Refused != "" {
		return 0, errs.New(errs.Forbidden, out.Refused)
	}
	if out.Refused != "" {
		return 0, errs.Field(errs.Invalid, "body.doc", "The document was refused: "+out.Refused+".")
	}
	return s.commitWhole(ctx, current, by, engine, out)
}

// commitWhole stores what the engine made of a locked document.
func (s *Service) commitWhole(ctx context.Context, current Document, by uuid.UUID, engine document, out outcome) (int64, error) {
	if len(out.Steps) == 0 {
		return current.Version, nil
	}
	c := Commit{V: current.Version, Client: "whole-" + uuid.NewString(), User: by, Batch: 1, Steps: out.Steps, Kept: out.Kept}
	head, err := s.store.commit(ctx, current.DraftID, c, s.bus.Note(Message{Draft: current.DraftID, Until: c.End(), Commit: &c}), true)
	if err != nil {
		return 0, db.Err(err, "document")
	}
	if head < 0 { // the row is locked and was looked at
		return 0, fmt.Errorf("commit of a locked document: %d", head)
	}
	result, err := engine.candidate()
	if err != nil {
		return 0, err
	}
	words, err := text(result)
	if err != nil {
		return 0, err
	}
	return head, s.project(ctx, current.DraftID, head, result, words)
}

// Freeze stops or allows changes, in the transaction of the draft's transition. Those who write live hear of it.
func (s *Service) Freeze(ctx context.Context, draft uuid.UUID, frozen bool) error {
	d, err := s.Lock(ctx, draft)
	if err != nil {
		return err
	}
	if err := s.store.snapshot(ctx, draft, d.Version, d.Doc); err != nil {
		return err
	}
	if err := s.store.freeze(ctx, draft, frozen); err != nil {
		return err
	}
	return s.RightsChanged(ctx, draft, uuid.Nil)
}

// Guard says that a draft has approvals, so that a change goes through the draft's own transaction; or has none left.
func (s *Service) Guard(ctx context.Context, draft uuid.UUID, guarded bool) error {
	return s.store.guard(ctx, draft, guarded)
}

// RightsChanged makes those who have a draft open be asked again for their rights: in one draft, or of one person.
func (s *Service) RightsChanged(ctx context.Context, draft, user uuid.UUID) error {
	return s.bus.Publish(ctx, Message{Draft: draft, User: user, Rights: true})
}
