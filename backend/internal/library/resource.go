package library

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"byline/backend/internal/activity"
	"byline/backend/internal/comments"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/errs"
)

// ResourceState is where a published item stands.
type ResourceState string

// The states of a resource.
const (
	Live      ResourceState = "live"
	ReviewDue ResourceState = "review_due"
	Expired   ResourceState = "expired"
	Archived  ResourceState = "archived"
)

// ContentTypes are the kinds of content that a draft or resource may have.
var ContentTypes = []string{"blog_post", "case_study", "one_pager", "deck", "email_template", "battlecard", "video", "audio_story", "social_post",
	"guide", "playbook", "release", "event", "image", "document"}

// Taxonomy says for whom, when and about what a resource is.
type Taxonomy struct {
	Personas   []string `json:"personas"`
	Stages     []string `json:"stages"`
	Industries []string `json:"industries"`
	Products   []string `json:"products"`
	Regions    []string `json:"regions"`
	Tags       []string `json:"tags"`
}

func (t Taxonomy) check() error {
	for field, values := range map[string][]string{"personas": t.Personas, "stages": t.Stages, "industries": t.Industries, "products": t.Products, "regions": t.Regions, "tags": t.Tags} {
		if len(values) > 40 || slices.ContainsFunc(values, func(v string) bool { return v == "" || utf8.RuneCountInString(v) > 500 }) {
			return errs.Field(errs.Invalid, "body.taxonomy."+field, "At most 40 entries of 1 to 500 characters, please.")
		}
	}
	return nil
}

// Resource is a published item of the resource center.
type Resource struct {
	ID           uuid.UUID
	Title        string
	Summary      string
	ContentType  string
	Lang         string
	Taxonomy     Taxonomy
	Doc          json.RawMessage // nil for imported ones
	BodyMarkdown string
	Authors      []string
	OwnerID      uuid.NullUUID
	Owner        *activity.Person
	State        ResourceState
	Shareable    bool
	Downloads    Downloads
	PublicURL    string
	ReleaseAt    *time.Time
	ExpiresAt    *time.Time
	DatesZone    string // in which the two were stated, "" for nobody said
	ReviewDueOn  *time.Time
	ReviewMonths int           // of its type: how long it stays right
	KeeperID     uuid.NullUUID // its owner, else who looks after its type
	Version      int
	SourceID     string
	SourceRepo   string
	SourcePath   string
	Licence      string
	PublishedAt  *time.Time
	VerifiedAt   *time.Time // when somebody last said that it is still right
	VerifiedBy   *activity.Person
	Views        int
	RecentViews  int // of the last 30 days
	Ratings      int // how many people rated it
	RatingScore  float32
	ratingSum    int
	Favourite    bool   // of the reader
	FileKind     string // of its first file, "" for none
	FilePages    int
	Picture      Cover         // what is shown of it
	Chosen       bool          // whether somebody chose that
	FilePicture  uuid.NullUUID // the first of its files of which there is a picture
	Rev          int64
	CreatedAt    time.Time
	UpdatedAt    time.Time
}

// Rating is the average of its ratings; 0 when there are none.
func (r Resource) Rating() float64 { return float64(r.ratingSum) / float64(max(r.Ratings, 1)) }

// Downloads are the rights to keep a copy of a resource's files and text, which are apart from those to see and to share it.
type Downloads struct {
	Inside  bool // everybody who sees it; marketing and its owner may anyway
	Outside bool // recipients of shares
}

// MayKeep is whether somebody who sees a resource may download its files and text.
func (r Resource) MayKeep(u auth.User) bool {
	return r.Downloads.Inside || u.IsMarketer() || u.Admin || (r.OwnerID.Valid && r.OwnerID.UUID == u.ID)
}

// Publication is the approved content that a draft brings into the resource center.
type Publication struct {
	ResourceID     uuid.UUID // uuid.Nil for a new resource
	Title          string
	Summary        string
	ContentType    string
	Taxonomy       Taxonomy
	Fill           Taxonomy // taken where the resource has nothing else
	Doc            json.RawMessage
	Text           string // of Doc, for search
	Assets         []AttachedAsset
	OwnerID        uuid.UUID
	Shareable      bool
	PublicURL      string
	DraftID        uuid.UUID
	DraftVersionID uuid.UUID
	Hash           []byte
	ReviewMonths   int // after which it is looked at again; 0 means 12
}

func (p Publication) reviewMonths() int { return cmp.Or(p.ReviewMonths, 12) }

// AttachedAsset is a file of a draft's version.
type AttachedAsset struct {
	AssetID uuid.UUID `json:"asset_id"`
	SHA256  string    `json:"sha256"` // hex
	Caption string    `json:"caption"`
}

// Publish makes a resource, or a new version of one, in the transaction of the draft's transition. It gives the
// resource's id.
func (s *Service) Publish(ctx context.Context, p Publication) (uuid.UUID, error) {
	verb := "resource.updated"
	if err := s.tagPublication(ctx, &p); err != nil {
		return uuid.Nil, err
	}
	if p.ResourceID == uuid.Nil {
		p.ResourceID, verb = db.NewID(), "resource.published"
		if err := s.store.addPublished(ctx, p); err != nil {
			return uuid.Nil, err
		}
	} else {
		if err := s.store.keepVersions(ctx, p.ResourceID); err != nil {
			return uuid.Nil, err
		}
		if err := s.store.republish(ctx, p); err != nil {
			return uuid.Nil, err
		}
	}
	object := comments.Object{Type: "resource", ID: p.ResourceID}
	if err := s.store.replaceAssets(ctx, object, p.Assets); err != nil {
		return uuid.Nil, err
	}
	if err := s.showPublished(ctx, p); err != nil {
		return uuid.Nil, err
	}
	if err := s.store.addVersion(ctx, p, auth.From(ctx).ID); err != nil {
		return uuid.Nil, err
	}
	if err := s.comments.AutoFollow(ctx, object, p.OwnerID, auth.From(ctx).ID); err != nil {
		return uuid.Nil, err
	}
	return p.ResourceID, s.log.Record(ctx, activity.Entry{Verb: verb, ObjectType: "resource", ObjectID: p.ResourceID,
		Data: map[string]any{"title": p.Title, "draft_id": p.DraftID}})
}

// Readable is whether somebody may see a resource now: released, not expired, not archived; marketing and
// admins see all. Checked at request time, so no job has to run for it.
func (r Resource) Readable(u auth.User, now time.Time) bool {
	if u.IsMarketer() || u.Admin {
		return true
	}
	return r.State != Archived && r.State != Expired && (r.ReleaseAt == nil || !r.ReleaseAt.After(now)) && (r.ExpiresAt == nil || r.ExpiresAt.After(now))
}

// Resource gives one resource that the signed-in user may see.
func (s *Service) Resource(ctx context.Context, id uuid.UUID) (Resource, error) {
	r, err := s.store.resource(ctx, id, auth.From(ctx).ID)
	if err != nil {
		return r, err
	}
	if !r.Readable(auth.From(ctx), s.now()) {
		return Resource{}, errs.New(errs.NotFound, "No such resource.")
	}
	return r, nil
}

// Viewed counts one view per person and day.
func (s *Service) Viewed(ctx context.Context, id uuid.UUID) error {
	return s.store.viewed(ctx, id, auth.From(ctx).ID)
}

// Details is what marketing changes about a resource without a new version.
type Details struct {
	Title, Summary, ContentType, Lang, PublicURL string
	Taxonomy                                     Taxonomy
	Shareable                                    bool
	Downloads                                    Downloads
	ReleaseAt, ExpiresAt, ReviewDueOn            *time.Time
	DatesZone                                    string
	OwnerID                                      uuid.NullUUID
}

// UpdateResource changes the details of a resource. Stale when rev is not the current one.
func (s *Service) UpdateResource(ctx context.Context, id uuid.UUID, rev int64, d Details) (Resource, error) {
	d.Title = strings.TrimSpace(d.Title)
	switch {
	case d.Title == "" || utf8.RuneCountInString(d.Title) > 300:
		return Resource{}, errs.Field(errs.Invalid, "body.title", "A title has 1 to 300 characters.")
	case d.ReleaseAt != nil && d.ExpiresAt != nil && !d.ExpiresAt.After(*d.ReleaseAt):
		return Resource{}, errs.Field(errs.Invalid, "body.expires_at", "It must expire after its release.")
	}
	if _, err := time.LoadLocation(d.DatesZone); err != nil || d.DatesZone == "Local" {
		return Resource{}, errs.Field(errs.Invalid, "body.dates_zone", `Name the time zone as the IANA list does, e.g. "Europe/Berlin".`)
	}
	if err := d.Taxonomy.check(); err != nil {
		return Resource{}, err
	}
	err := s.db.InTx(ctx, func(ctx context.Context) error {
		if !slices.Contains(ContentTypes, d.ContentType) {
			if known, err := s.store.knowsType(ctx, id, d.ContentType); err != nil || !known {
				return cmp.Or[error](err, errs.Field(errs.Invalid, "body.content_type", "Choose a type of content of your company, or one of: "+strings.Join(ContentTypes, ", ")+"."))
			}
		}
		named, err := s.store.aliases(ctx)
		if err != nil {
			return err
		}
		named.apply(&d.Taxonomy)
		d.Lang = named.of("lang", d.Lang)
		if err := s.sayMissing(ctx, d.Taxonomy, d.ContentType, "body.taxonomy"); err != nil {
			return err
		}
		if err := s.store.updateResource(ctx, id, rev, d); err != nil {
			return err
		}
		return s.log.Record(ctx, activity.Entry{Verb: "resource.updated", ObjectType: "resource", ObjectID: id})
	})
	if err != nil {
		return Resource{}, err
	}
	return s.Resource(ctx, id)
}

// Archive takes a resource out of use, or brings it back.
func (s *Service) Archive(ctx context.Context, id uuid.UUID, archived bool) (Resource, error) {
	err := s.db.InTx(ctx, func(ctx context.Context) error {
		changed, err := s.store.setArchived(ctx, id, archived)
		if err != nil || !changed {
			return err
		}
		verb := "resource.restored"
		if archived {
			verb = "resource.archived"
			if err := s.tellRecall(ctx, Recall{ID: id}); err != nil {
				return err
			}
		}
		return s.log.Record(ctx, activity.Entry{Verb: verb, ObjectType: "resource", ObjectID: id})
	})
	if err != nil {
		return Resource{}, err
	}
	return s.Resource(ctx, id)
}

// Favourite marks a resource for the signed-in user, or takes the mark off.
func (s *Service) Favourite(ctx context.Context, id uuid.UUID, yes bool) error {
	if _, err := s.Resource(ctx, id); err != nil {
		return err
	}
	return s.store.favourite(ctx, id, auth.From(ctx).ID, yes)
}

// Resources lists resources that the signed-in user may see.
func (s *Service) Resources(ctx context.Context, f ResourceFilter) ([]Resource, error) {
	f.now = s.now()
	return s.store.resources(ctx, auth.From(ctx), f)
}
