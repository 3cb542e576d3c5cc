package reviewlinks

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"slices"

	"github.com/google/uuid"

	"byline/backend/internal/coedit"
	"byline/backend/internal/drafts"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/errs"
)

// Visit is somebody outside before an open link.
type Visit struct {
	Link     Link
	Draft    drafts.Draft
	Reviewer *Reviewer // nil until they said who they are

	maker auth.User
}

// Key is what a browser brings: the token of the address, and the secret of its cookie, which may be empty.
type Key struct{ Token, Secret string }

// Subject names a link to a rate limit, without its token.
func Subject(token string) string { return string(digest(token)) }

func digest(secret string) []byte {
	sum := sha256.Sum256([]byte(secret))
	return sum[:]
}

// Open lets somebody in, or says why not. It is asked at every request: a link that was revoked, whose draft was
// archived or whose maker may not read it any more is closed from then on.
func (s *Service) Open(ctx context.Context, k Key) (Visit, error) {
	id, expires, ok := unseal(s.secret, k.Token)
	if !ok {
		return Visit{}, errUnknown
	}
	now := db.Now()
	if !now.Before(expires) {
		return Visit{}, errExpired
	}
	v, here, err := s.store.open(ctx, id)
	switch {
	case errs.CodeOf(err) == errs.NotFound: // gone with its draft
		return Visit{}, errClosed
	case err != nil:
		return Visit{}, err
	case !now.Before(v.Link.ExpiresAt):
		return Visit{}, errExpired
	case v.Link.RevokedAt != nil || !here:
		return Visit{}, errClosed
	}
	v.Draft, err = s.drafts.Get(auth.With(ctx, v.maker), v.Link.DraftID)
	if errs.CodeOf(err) == errs.NotFound || err == nil && (!v.Draft.Full || v.Draft.State == drafts.Archived) {
		return Visit{}, errClosed
	}
	if err != nil {
		return Visit{}, err
	}
	if k.Secret != "" {
		if v.Reviewer, err = s.store.reviewer(ctx, id, digest(k.Secret)); err != nil {
			return Visit{}, err
		}
	}
	return v, nil
}

// Seen notes that somebody outside came. Our own people, who look how it is, do not count.
func (s *Service) Seen(ctx context.Context, v Visit) error {
	if auth.From(ctx).Known() {
		return nil
	}
	return s.store.seen(ctx, v)
}

// Text gives the text as it stands now, with the place of every word in the document of that version.
func (s *Service) Text(ctx context.Context, v Visit) (coedit.Placed, int64, error) {
	d, err := s.drafts.Document(auth.With(ctx, v.maker), v.Draft.ID)
	if err != nil {
		return coedit.Placed{}, 0, err
	}
	n, err := coedit.Parse(d.Doc)
	if err != nil {
		return coedit.Placed{}, 0, err
	}
	return n.Placed(), d.Version, nil
}

var errNoPicture = errs.New(errs.NotFound, "There is no such picture in this text.")

// Picture gives an address, good for minutes, of a picture that stands in the text now.
func (s *Service) Picture(ctx context.Context, v Visit, asset uuid.UUID) (string, error) {
	text, _, err := s.Text(ctx, v)
	if err != nil {
		return "", err
	}
	if !slices.Contains(text.Pictures(), asset) {
		return "", errNoPicture
	}
	ctx = auth.With(ctx, v.maker)
	if a, err := s.library.Asset(ctx, asset); err != nil || !a.Inline {
		return "", errOr(err, errNoPicture)
	}
	return s.library.DownloadURL(ctx, asset, true)
}

func errOr(err, otherwise error) error {
	if err != nil && errs.CodeOf(err) != errs.NotFound {
		return err
	}
	return otherwise
}

// Introduce notes who somebody is, and gives the secret by which their browser is known on this link from then on; empty
// when it is known already and only the name changes.
func (s *Service) Introduce(ctx context.Context, v Visit, name, organisation string) (Reviewer, string, error) {
	r := Reviewer{ID: db.NewID(), LinkID: v.Link.ID, Name: name, Organisation: organisation}
	if err := r.clean(); err != nil {
		return r, "", err
	}
	if !v.Link.MayComment {
		return r, "", errReadOnly
	}
	if v.Reviewer != nil {
		r.ID = v.Reviewer.ID
		r, err := s.store.rename(ctx, r)
		return r, "", err
	}
	b := make([]byte, 32)
	_, _ = rand.Read(b) // never fails
	secret := base64.RawURLEncoding.EncodeToString(b)
	err := s.db.InTx(ctx, func(ctx context.Context) error {
		n, err := s.store.lockPeople(ctx, v.Link.ID)
		if err != nil {
			return err
		}
		if n >= maxPeople {
			return errs.New(errs.TooMany, "So many people came by this link that it takes no more. Ask the person who sent it for a new one.")
		}
		r, err = s.store.addReviewer(ctx, r, digest(secret))
		return err
	})
	return r, secret, err
}

var errReadOnly = errs.New(errs.Forbidden, "This link is for reading only.")
