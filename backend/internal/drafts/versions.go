package drafts

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"
	"github.com/gowebpki/jcs"

	"byline/backend/internal/library"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/errs"
)

// KeepEvery is how much work on a text goes into one automatic version.
const KeepEvery = 10 * time.Minute

// kept is why a version is made.
type kept struct {
	Reason  string
	Label   string
	Current bool // becomes the version to approve
	By      uuid.UUID
	From    int // of a restored one: number of the version whose text it is
}

// takeVersion copies the draft as it is. Files must have been checked: their checksum is part of the hash.
func (s *Service) takeVersion(ctx context.Context, d Draft, reason, label string, current bool) error {
	files, err := s.library.Attached(ctx, object(d.ID))
	if err != nil {
		return err
	}
	for _, f := range files {
		if f.State == library.Processing || f.State == library.Uploading {
			return errs.New(errs.Conflict, "“"+f.Name+"” is still being checked. Try again in a moment.")
		}
		if f.State == library.Refused {
			return errs.New(errs.Conflict, "“"+f.Name+"” was refused. Remove it first.")
		}
	}
	return s.keep(ctx, d, kept{Reason: reason, Label: label, Current: current, By: auth.From(ctx).ID})
}

// keep writes a version of the draft as it is.
func (s *Service) keep(ctx context.Context, d Draft, k kept) error {
	doc, err := s.documents.Lock(ctx, d.ID)
	if err != nil {
		return err
	}
	snap, err := s.snapshot(ctx, d)
	if err != nil {
		return err
	}
	if err := refuseSuggestions(doc.Doc, k.Current); err != nil {
		return err
	}
	if doc.Text == "" && k.Current && len(snap.Assets) == 0 {
		return errs.New(errs.Conflict, "There is nothing to approve yet: write something or attach a file.")
	}
	hash, err := snap.hash()
	if err != nil {
		return err
	}
	return s.store.addVersion(ctx, d, snap, doc, hash, k)
}

// NameVersion keeps a copy of the draft as it is, under a name.
func (s *Service) NameVersion(ctx context.Context, id uuid.UUID, label string) error {
	return s.db.InTx(ctx, func(ctx context.Context) error {
		d, err := s.locked(ctx, id)
		if err != nil {
			return err
		}
		if !d.mayWrite(auth.From(ctx)) {
			return errs.New(errs.Forbidden, "You may read this draft but not change it.")
		}
		return s.takeVersion(ctx, d, "named", strings.TrimSpace(label), false)
	})
}

// RenameVersion gives a version a name, another one, or none. One of its own accord that has a name is kept for good.
func (s *Service) RenameVersion(ctx context.Context, id, version uuid.UUID, label string) (Version, error) {
	label = strings.TrimSpace(label)
	err := s.db.InTx(ctx, func(ctx context.Context) error {
		d, err := s.locked(ctx, id)
		if err != nil {
			return err
		}
		if !d.mayWrite(auth.From(ctx)) {
			return errs.New(errs.Forbidden, "You may read this draft but not change it.")
		}
		v, err := s.store.version(ctx, id, version)
		if err != nil {
			return err
		}
		if utf8.RuneCountInString(label) > 120 || (label == "" && v.Reason == "named") {
			return errs.Field(errs.Invalid, "body.label", "A version that was kept by name needs one, of at most 120 characters.")
		}
		return s.store.setLabel(ctx, version, label)
	})
	if err != nil {
		return Version{}, err
	}
	return s.Version(ctx, id, version)
}

// Restore replaces the text with that of an earlier version, as an ordinary change, and keeps the result as a version.
// What was written before and is in no version becomes one first.
func (s *Service) Restore(ctx context.Context, id, version uuid.UUID, docVersion int64) (saved int64, err error) {
	err = s.db.InTx(ctx, func(ctx context.Context) error {
		d, err := s.locked(ctx, id)
		if err != nil {
			return err
		}
		v, err := s.store.version(ctx, id, version)
		if err != nil {
			return err
		}
		if !d.mayWrite(auth.From(ctx)) {
			return errs.New(errs.Forbidden, "You may read this draft but not change it. Ask its writer to make you a contributor.")
		}
		if d.suggests(auth.From(ctx)) {
			return errs.New(errs.Forbidden, "You write suggestions in this draft. Ask its writer to bring back a version.")
		}
		if err := s.keepNow(ctx, d, 0); err != nil {
			return err
		}
		if saved, err = s.SaveDocument(ctx, id, docVersion, v.Doc); err != nil || saved == docVersion {
			return err
		}
		return s.keep(ctx, d, kept{Reason: "restored", By: auth.From(ctx).ID, From: v.Number})
	})
	return saved, err
}

// Versions lists the versions of a draft, newest first.
func (s *Service) Versions(ctx context.Context, id uuid.UUID) ([]Version, error) {
	if _, err := s.readable(ctx, id); err != nil {
		return nil, err
	}
	return s.store.versions(ctx, id)
}

// Version gives one version of this draft, with its text; a version of another draft is NotFound.
func (s *Service) Version(ctx context.Context, id, version uuid.UUID) (Version, error) {
	if _, err := s.readable(ctx, id); err != nil {
		return Version{}, err
	}
	return s.store.version(ctx, id, version)
}

// KeepArgs ask for automatic versions.
type KeepArgs struct{}

// Kind implements jobs.Args.
func (KeepArgs) Kind() string { return "keep_versions" }

// KeepVersions is the job that makes a version of each text on which somebody has worked for ten minutes since the last.
func (s *Service) KeepVersions(ctx context.Context, _ KeepArgs) error {
	return s.KeepAfter(ctx, KeepEvery)
}

// KeepAfter is KeepVersions with another length of work.
func (s *Service) KeepAfter(ctx context.Context, work time.Duration) error {
	todo, err := s.store.unversioned(ctx, uuid.NullUUID{}, work.Seconds())
	if err != nil {
		return err
	}
	var problems []error
	for _, id := range todo {
		if err := s.db.InTx(ctx, func(ctx context.Context) error {
			if err := s.store.lock(ctx, id); err != nil {
				return err
			}
			d, err := s.store.get(ctx, id)
			if err != nil {
				return err
			}
			return s.keepNow(ctx, d, work)
		}); err != nil {
			problems = append(problems, fmt.Errorf("draft %s: %w", id, err))
		}
	}
	return errors.Join(problems...)
}

// keepNow makes an automatic version of a locked draft, when there is work of that length in no version and the text is
// another than that of the last one.
func (s *Service) keepNow(ctx context.Context, d Draft, work time.Duration) error {
	due, err := s.store.unversioned(ctx, uuid.NullUUID{UUID: d.ID, Valid: true}, work.Seconds())
	if err != nil || len(due) == 0 {
		return err
	}
	doc, err := s.documents.Lock(ctx, d.ID)
	if err != nil {
		return err
	}
	last, err := s.store.lastText(ctx, d.ID)
	if err != nil {
		return err
	}
	if same, err := sameJSON(doc.Doc, last); err != nil || same {
		return errOr(err, s.store.setVersionedTo(ctx, d.ID, doc.Version))
	}
	by, err := s.store.lastWriter(ctx, d)
	if err != nil {
		return err
	}
	return s.keep(ctx, d, kept{Reason: "automatic", By: by})
}

// sameJSON says whether two documents are the same, however they are written.
func sameJSON(a, b []byte) (bool, error) {
	if len(b) == 0 {
		return false, nil
	}
	x, err := jcs.Transform(a)
	if err != nil {
		return false, err
	}
	y, err := jcs.Transform(b)
	return bytes.Equal(x, y), err
}

// ThinArgs ask for old automatic versions to be thinned.
type ThinArgs struct{}

// Kind implements jobs.Args.
func (ThinArgs) Kind() string { return "thin_versions" }

// Thin is the job that removes automatic versions with age: of a day all stay, of a week one per hour, of three months
// one per day, then one per week. The database refuses to remove any other.
func (s *Service) Thin(ctx context.Context, _ ThinArgs) error {
	n, err := s.store.thin(ctx)
	if n > 0 {
		slog.InfoContext(ctx, "thinned automatic versions", "removed", n)
	}
	return err
}
