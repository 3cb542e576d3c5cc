package library

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"byline/backend/internal/activity"
	"byline/backend/internal/comments"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/blob"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/errs"
	"byline/backend/internal/platform/extract"
	"byline/backend/internal/platform/jobs"
)

// Sees says whether the user in ctx may see a thing that an asset belongs to.
type Sees func(ctx context.Context, objectType string, id uuid.UUID) (bool, error)

// Service does everything with assets and resources.
type Service struct {
	db        *db.DB
	log       *activity.Log
	comments  *comments.Service
	blobs     *blob.Store
	extractor extract.Extractor
	office    extract.Office
	onText    func(ctx context.Context, objectType string, id uuid.UUID) error
	store     store
	sees      Sees
	recalled  func(ctx context.Context, r Recall) error
	holdersOf func(ctx context.Context, id uuid.UUID) ([]uuid.UUID, error)
	now       func() time.Time // what release and expiry are measured by
}

// New makes the service. SetSees must follow before assets are read.
func New(d *db.DB, log *activity.Log, c *comments.Service, blobs *blob.Store, extractor extract.Extractor) *Service {
	return &Service{db: d, log: log, comments: c, blobs: blobs, extractor: extractor, store: store{d}, now: time.Now,
		sees: func(context.Context, string, uuid.UUID) (bool, error) { return false, nil }}
}

// SetClock sets the clock by which release and expiry are measured, for tests.
func (s *Service) SetClock(now func() time.Time) { s.now = now }

// SetSees tells who may see drafts and posts, which this package cannot know.
func (s *Service) SetSees(sees Sees) { s.sees = sees }

var errNoAsset = errs.New(errs.NotFound, "No such file.")

// BeginUpload opens an upload in parts.
func (s *Service) BeginUpload(ctx context.Context, u Upload) (Asset, error) {
	if err := u.clean(); err != nil {
		return Asset{}, err
	}
	assetID, repeatable := db.NextID(ctx)
	if repeatable { // the first try was killed before it could answer, or got no further than that
		if a, err := s.own(ctx, assetID); err == nil || errs.CodeOf(err) != errs.NotFound {
			return a, err
		}
	}
	a := Asset{ID: assetID, OwnerID: auth.From(ctx).ID, Name: u.Name, Size: u.Size, Declared: u.MediaType, Claimed: u.SHA256, State: Uploading,
		PartSize: blob.PartSize(u.Size), CreatedAt: db.Now()}
	a.StorageKey = "assets/" + a.ID.String()
	id, err := s.blobs.Begin(ctx, a.StorageKey, "application/octet-stream")
	if err != nil {
		return a, err
	}
	a.UploadID = id
	if err := s.store.addAsset(ctx, a); err != nil {
		_ = s.blobs.Abort(context.WithoutCancel(ctx), a.StorageKey, id)
		return a, err
	}
	return a, nil
}

// own gives an asset of the signed-in user.
func (s *Service) own(ctx context.Context, id uuid.UUID) (Asset, error) {
	a, err := s.store.asset(ctx, id)
	if err != nil {
		return a, err
	}
	if a.OwnerID != auth.From(ctx).ID {
		return Asset{}, errNoAsset
	}
	return a, nil
}

// SignParts gives addresses for parts of one's own upload; each works for 15 minutes and for exactly its length.
func (s *Service) SignParts(ctx context.Context, id uuid.UUID, numbers []int32) ([]PartURL, error) {
	a, err := s.own(ctx, id)
	if err != nil {
		return nil, err
	}
	if a.State != Uploading {
		return nil, errs.NotAllowedNow("This upload is complete already.")
	}
	if err := s.store.touchUpload(ctx, id); err != nil {
		return nil, err
	}
	urls := make([]PartURL, 0, len(numbers))
	for _, n := range numbers {
		if n < 1 || n > a.parts() {
			return nil, errs.Field(errs.Invalid, "body.parts", "There is no such part of this file.")
		}
		url, err := s.blobs.SignPart(ctx, a.StorageKey, a.UploadID, n, a.partLength(n))
		if err != nil {
			return nil, err
		}
		urls = append(urls, PartURL{n, url, a.partLength(n)})
	}
	return urls, nil
}

// UploadProgress says which parts of one's own upload have arrived, so that it can go on after a reload.
func (s *Service) UploadProgress(ctx context.Context, id uuid.UUID) (Progress, error) {
	a, err := s.own(ctx, id)
	if err != nil || a.State != Uploading {
		return Progress{Asset: a}, err
	}
	parts, err := s.blobs.Parts(ctx, a.StorageKey, a.UploadID)
	return Progress{Asset: a, Done: parts}, err
}

// CompleteUpload joins the parts, as S3 lists them, and has the file checked and read. Repeating it changes nothing.
func (s *Service) CompleteUpload(ctx context.Context, id uuid.UUID) (Asset, error) {
	a, err := s.own(ctx, id)
	if err != nil || a.State != Uploading {
		return a, err
	}
	parts, err := s.blobs.Parts(ctx, a.StorageKey, a.UploadID)
	switch {
	case errs.CodeOf(err) == errs.NotFound: // completed by a request whose answer was lost, or swept
		if !s.arrived(ctx, a) {
			return a, errSwept
		}
	case err != nil:
		return a, err
	default:
		slices.SortFunc(parts, func(x, y blob.Part) int { return int(x.Number - y.Number) })
		var sum int64
		for i, p := range parts {
			if p.Number != int32(i+1) || p.Size != a.partLength(p.Number) { //nolint:gosec // at most 10,000
				return a, errs.New(errs.Conflict, "Some parts of the file have not arrived yet.")
			}
			sum += p.Size
		}
		if sum != a.Size {
			return a, errs.New(errs.Conflict, "Some parts of the file have not arrived yet.")
		}
		if err := s.blobs.Complete(ctx, a.StorageKey, a.UploadID, parts); err != nil && !s.arrived(ctx, a) {
			if errs.CodeOf(err) == errs.NotFound {
				err = errSwept
			}
			return a, err
		}
	}
	err = s.db.InTx(ctx, func(ctx context.Context) error {
		moved, err := s.store.moveAsset(ctx, id, Uploading, Processing)
		if err != nil || !moved {
			return err
		}
		return jobs.Enqueue(ctx, ProcessAsset{AssetID: id})
	})
	if err != nil {
		return a, err
	}
	return s.store.asset(ctx, id)
}

var errSwept = errs.New(errs.Conflict, "This upload was abandoned for too long and removed. Please upload the file again.")

// arrived says whether the whole object is there, although this request could not complete it: another one, of a double
// click or whose answer was lost, may just have done so or be about to.
func (s *Service) arrived(ctx context.Context, a Asset) bool {
	for range 10 {
		if size, err := s.blobs.Size(ctx, a.StorageKey); err == nil || errs.CodeOf(err) != errs.NotFound {
			return err == nil && size == a.Size
		}
		select {
		case <-ctx.Done():
			return false
		case <-time.After(50 * time.Millisecond):
		}
	}
	return false
}

// AbortUpload throws one's own upload away.
func (s *Service) AbortUpload(ctx context.Context, id uuid.UUID) error {
	a, err := s.own(ctx, id)
	if err != nil {
		return err
	}
	if a.State != Uploading {
		return errs.NotAllowedNow("This upload is complete already.")
	}
	return s.drop(ctx, a)
}

// drop throws an upload away, with what a completion that stopped half-way may have left, unless it was completed in the
// meantime.
func (s *Service) drop(ctx context.Context, a Asset) error {
	if err := s.blobs.Abort(ctx, a.StorageKey, a.UploadID); err != nil {
		return err
	}
	gone, err := s.store.dropUpload(ctx, a.ID)
	if err != nil || !gone {
		return err
	}
	return s.blobs.Delete(ctx, a.StorageKey)
}

// Asset gives a file that the signed-in user may see: their own, or one that belongs to something that they may see.
func (s *Service) Asset(ctx context.Context, id uuid.UUID) (Asset, error) {
	a, _, err := s.assetFor(ctx, id, 0)
	return a, err
}

// assetFor is Asset, and gives for how much of a time the user may go on to see it: what they see only as a part of
// resources that expire they see no longer than those.
func (s *Service) assetFor(ctx context.Context, id uuid.UUID, most time.Duration) (a Asset, left time.Duration, err error) {
	if a, err = s.store.asset(ctx, id); err != nil || a.OwnerID == auth.From(ctx).ID {
		return a, most, err
	}
	uses, err := s.store.assetUses(ctx, id)
	if err != nil {
		return a, 0, err
	}
	seen := false
	for _, u := range uses {
		ok, err := s.sees(ctx, u.Type, u.ID)
		if err != nil {
			return a, 0, err
		}
		if !ok {
			continue
		}
		seen = true
		here := most
		if most > 0 && (u.Type == "resource" || u.Type == "resource_text") {
			if here, err = s.openFor(ctx, u.ID, most); err != nil {
				return a, 0, err
			}
		}
		if left = max(left, here); left >= most {
			return a, left, nil
		}
	}
	if !seen {
		return Asset{}, 0, errNoAsset
	}
	return a, left, nil
}

// openFor is for how long, at most, the user may go on to read a resource that they can read now.
func (s *Service) openFor(ctx context.Context, id uuid.UUID, most time.Duration) (time.Duration, error) {
	r, err := s.Resource(ctx, id)
	if errs.CodeOf(err) == errs.NotFound { // it was over between the two looks
		return 0, nil
	}
	if u := auth.From(ctx); err != nil || u.IsMarketer() || u.Admin || r.ExpiresAt == nil {
		return most, err
	}
	return max(0, min(most, r.ExpiresAt.Sub(s.now()))), nil
}

// DownloadURL gives an address from which the file can be loaded for five minutes, or until what it belongs to expires; in place only where that is harmless.
func (s *Service) DownloadURL(ctx context.Context, id uuid.UUID, inline bool) (string, error) {
	a, left, err := s.assetFor(ctx, id, blob.DownloadLife)
	if err != nil {
		return "", err
	}
	if a.State == Refused {
		return "", errs.New(errs.Conflict, "This file was not kept: "+a.Explanation)
	}
	if !a.settled() {
		return "", errs.New(errs.Conflict, "This file is still being checked.")
	}
	if err := s.mayLoad(ctx, a, inline); err != nil {
		return "", err
	}
	mediaType := a.MediaType
	if !a.Inline {
		inline, mediaType = false, "application/octet-stream"
	}
	return s.blobs.SignGet(ctx, a.StorageKey, a.Name, mediaType, inline, left)
}

// PreviewURL gives an address of the preview picture. NotFound when there is none.
func (s *Service) PreviewURL(ctx context.Context, id uuid.UUID) (string, error) {
	a, left, err := s.assetFor(ctx, id, blob.DownloadLife)
	if errs.CodeOf(err) == errs.NotFound {
		a, left, err = s.coverFor(ctx, id, blob.DownloadLife)
	}
	if err != nil {
		return "", err
	}
	if a.PreviewKey == "" {
		return "", errs.New(errs.NotFound, "There is no preview of this file.")
	}
	return s.blobs.SignGet(ctx, a.PreviewKey, "", "", true, left)
}

// Attach makes an asset belong to something; only its owner, or who sees it already, can. Call it in the transaction of
// the thing's change.
func (s *Service) Attach(ctx context.Context, asset uuid.UUID, to comments.Object, position int, caption string) error {
	a, err := s.Asset(ctx, asset)
	if err != nil {
		return err
	}
	if a.State == Refused || a.State == Uploading {
		return errs.New(errs.Conflict, "This file is not ready: it is "+string(a.State)+".")
	}
	return s.store.attach(ctx, asset, to, position, caption)
}

// Detach takes an asset off something.
func (s *Service) Detach(ctx context.Context, asset uuid.UUID, from comments.Object) error {
	return s.store.detach(ctx, asset, from)
}

// Attached lists the assets of something, in order.
func (s *Service) Attached(ctx context.Context, to comments.Object) ([]Asset, error) {
	return s.store.attached(ctx, to)
}

// Page is the text of one page of an asset, and how large its picture is, in pixels of the largest; 0 when there is none.
// Drawn are the words of the picture where they differ from the text, which has the notes of a speaker, say.
type Page struct {
	Number int
	Text   string
	HTML   string // of a file of Markdown: the same as an article
	Width  int
	Height int
	Drawn  *string
	Hidden bool // a slide that its maker has hidden
	// outside is what people outside may read of slides; nil when it is not known.
	outside *string
}

// Pages gives the text of an asset that the signed-in user may see.
func (s *Service) Pages(ctx context.Context, id uuid.UUID) ([]Page, error) {
	a, err := s.Asset(ctx, id)
	if err != nil {
		return nil, err
	}
	pages, err := s.store.pages(ctx, id)
	for i, p := range pages {
		if err == nil {
			pages[i].HTML, err = a.Article(p.Text)
		}
		pages[i].Hidden = slices.Contains(a.Hidden, p.Number)
	}
	return pages, err
}
