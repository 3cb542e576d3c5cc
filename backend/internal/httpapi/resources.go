package httpapi

import (
	"context"
	"net/http"
	"time"

	"github.com/google/uuid"

	"byline/backend/internal/coedit"
	"byline/backend/internal/comments"
	"byline/backend/internal/library"
)

// Taxonomy says for whom, when and about what a resource is.
type Taxonomy struct {
	Personas   []string `json:"personas" maxItems:"20"`
	Stages     []string `json:"stages" maxItems:"20"`
	Industries []string `json:"industries" maxItems:"20"`
	Products   []string `json:"products" maxItems:"20"`
	Regions    []string `json:"regions" maxItems:"20"`
	Tags       []string `json:"tags" maxItems:"40"`
}

// Resource is a published item of the resource center.
type Resource struct {
	ID          uuid.UUID             `json:"id"`
	Title       string                `json:"title"`
	Summary     string                `json:"summary"`
	ContentType string                `json:"content_type" example:"case_study"`
	Lang        string                `json:"lang" example:"en"`
	Taxonomy    Taxonomy              `json:"taxonomy"`
	Authors     []string              `json:"authors" doc:"Of an imported item."`
	Owner       *PersonRef            `json:"owner,omitempty" doc:"Who keeps it right."`
	State       library.ResourceState `json:"state" enum:"live,review_due,expired,archived"`
	Shareable   bool                  `json:"shareable" doc:"Whether it may be sent to customers."`
	PublicURL   string                `json:"public_url"`
	ReleaseAt   *time.Time            `json:"release_at,omitempty"`
	ExpiresAt   *time.Time            `json:"expires_at,omitempty"`
	ReviewDueOn *string               `json:"review_due_on,omitempty" format:"date"`
	Version     int                   `json:"version"`
	SourceRepo  string                `json:"source_repo" doc:"Where an imported item comes from."`
	SourcePath  string                `json:"source_path"`
	Licence     string                `json:"licence"`
	PublishedAt *time.Time            `json:"published_at,omitempty"`
	Views       int                   `json:"views" doc:"People and days: one per person and day."`
	Favourite   bool                  `json:"favourite" doc:"Whether you marked it."`
	PreviewURL  string                `json:"preview_url" doc:"A picture of it; empty when there is none."`
	Rev         int64                 `json:"rev"`
	CreatedAt   time.Time             `json:"created_at"`
	UpdatedAt   time.Time             `json:"updated_at"`
}

// ResourcePage is a resource with its text and files.
type ResourcePage struct {
	Resource
	HTML   string  `json:"html" doc:"The text, safe to show: rendered from a checked document, or from Markdown through an allow-list."`
	Assets []Asset `json:"assets"`
}

func taxonomyDTO(t library.Taxonomy) Taxonomy {
	return Taxonomy{filled(t.Personas), filled(t.Stages), filled(t.Industries), filled(t.Products), filled(t.Regions), filled(t.Tags)}
}

func resourceDTO(r library.Resource) Resource {
	return Resource{ID: r.ID, Title: r.Title, Summary: r.Summary, ContentType: r.ContentType, Lang: r.Lang, Taxonomy: taxonomyDTO(r.Taxonomy), Authors: filled(r.Authors),
		Owner: refOrNull(r.Owner), State: r.State, Shareable: r.Shareable, PublicURL: r.PublicURL, ReleaseAt: r.ReleaseAt, ExpiresAt: r.ExpiresAt,
		ReviewDueOn: formatDate(r.ReviewDueOn), Version: r.Version, SourceRepo: r.SourceRepo, SourcePath: r.SourcePath, Licence: r.Licence, PublishedAt: r.PublishedAt,
		Views: r.Views, Favourite: r.Favourite, PreviewURL: pictureURL(r.PreviewAsset), Rev: r.Rev, CreatedAt: r.CreatedAt, UpdatedAt: r.UpdatedAt}
}

// ResourceVersion is one state of a resource's content.
type ResourceVersion struct {
	ID        uuid.UUID  `json:"id"`
	Number    int        `json:"number"`
	Title     string     `json:"title"`
	Note      string     `json:"note"`
	DraftID   *uuid.UUID `json:"draft_id,omitempty" doc:"Where it was written."`
	By        *PersonRef `json:"by,omitempty"`
	CreatedAt time.Time  `json:"created_at"`
}

type listResourcesInput struct {
	Page
	ContentType string                `query:"content_type" maxLength:"40"`
	Favourites  bool                  `query:"favourites" doc:"Only what you marked."`
	Owner       uuid.UUID             `query:"owner"`
	State       library.ResourceState `query:"state" enum:"live,review_due,expired,archived"`
	Sort        string                `query:"sort" enum:"new,used,title" default:"new"`
}

type updateResourceInput struct {
	PathID
	IfMatch
	Body struct {
		Title       string     `json:"title" minLength:"1" maxLength:"300"`
		Summary     string     `json:"summary,omitempty" maxLength:"4000"`
		ContentType string     `json:"content_type" maxLength:"40"`
		Lang        string     `json:"lang" minLength:"2" maxLength:"12"`
		Taxonomy    Taxonomy   `json:"taxonomy"`
		OwnerID     *uuid.UUID `json:"owner_id,omitempty"`
		Shareable   bool       `json:"shareable,omitempty"`
		PublicURL   string     `json:"public_url,omitempty" maxLength:"1000"`
		ReleaseAt   *time.Time `json:"release_at,omitempty"`
		ExpiresAt   *time.Time `json:"expires_at,omitempty"`
		ReviewDueOn *string    `json:"review_due_on,omitempty" format:"date"`
	}
}

type verifyInput struct {
	PathID
	Body struct {
		Days int `json:"days" minimum:"1" maximum:"1095" example:"180" doc:"Days until the next review."`
	}
}

func (s *Server) resourceOperations() {
	register(s, op{ID: "listResources", Method: http.MethodGet, Path: "/resources", Tag: "library", Summary: "List resources",
		Description: "What you may see of the resource center: released, not expired, not archived; marketing sees all. To find by words or facets, use search."}, s.listResources)
	register(s, op{ID: "getResource", Method: http.MethodGet, Path: "/resources/{id}", Tag: "library", Summary: "Get a resource",
		Description: "With its text and files."}, s.getResource)
	register(s, op{ID: "viewResource", Method: http.MethodPost, Path: "/resources/{id}/views", Tag: "library", Summary: "Say that I looked at it", Status: http.StatusNoContent,
		Description: "Counts one view per person and day, however often it is called."},
		func(ctx context.Context, in *PathID) (*struct{}, error) {
			if _, err := s.Library.Resource(ctx, in.ID); err != nil {
				return nil, err
			}
			return nil, s.Library.Viewed(ctx, in.ID)
		})
	register(s, op{ID: "updateResource", Method: http.MethodPut, Path: "/resources/{id}", Tag: "library", Summary: "Change a resource's details", Errors: []int{http.StatusPreconditionFailed},
		Description: "Title, taxonomy, dates, owner: marketing. The text changes by publishing a new draft of it."},
		func(ctx context.Context, in *updateResourceInput) (*versioned[Resource], error) {
			rev, err := in.Rev()
			if err != nil {
				return nil, err
			}
			b := in.Body
			review, err := parseDate("body.review_due_on", b.ReviewDueOn)
			if err != nil {
				return nil, err
			}
			return resourceAnswer(s.Library.UpdateResource(ctx, in.ID, rev, library.Details{Title: b.Title, Summary: b.Summary, ContentType: b.ContentType, Lang: b.Lang, PublicURL: b.PublicURL,
				Taxonomy: library.Taxonomy(b.Taxonomy), Shareable: b.Shareable, ReleaseAt: b.ReleaseAt, ExpiresAt: b.ExpiresAt, ReviewDueOn: review, OwnerID: nullID(b.OwnerID)}))
		})
	register(s, op{ID: "archiveResource", Method: http.MethodPut, Path: "/resources/{id}/archive", Tag: "library", Summary: "Archive a resource",
		Description: "Takes it out of use; reps no longer see it. unarchiveResource brings it back."},
		func(ctx context.Context, in *PathID) (*versioned[Resource], error) {
			return resourceAnswer(s.Library.Archive(ctx, in.ID, true))
		})
	register(s, op{ID: "unarchiveResource", Method: http.MethodDelete, Path: "/resources/{id}/archive", Tag: "library", Summary: "Bring a resource back", Status: http.StatusOK,
		Description: "Undoes archiveResource."},
		func(ctx context.Context, in *PathID) (*versioned[Resource], error) {
			return resourceAnswer(s.Library.Archive(ctx, in.ID, false))
		})
	register(s, op{ID: "verifyResource", Method: http.MethodPost, Path: "/resources/{id}/verify", Tag: "library", Summary: "Say that a resource is still right", Status: http.StatusOK,
		Description: "Sets its next review."},
		func(ctx context.Context, in *verifyInput) (*versioned[Resource], error) {
			return resourceAnswer(s.Library.Verify(ctx, in.ID, in.Body.Days))
		})
	register(s, op{ID: "markFavourite", Method: http.MethodPut, Path: "/resources/{id}/favourite", Tag: "library", Summary: "Mark as favourite",
		Description: "For yourself; others do not see it."},
		func(ctx context.Context, in *PathID) (*struct{}, error) {
			return nil, s.Library.Favourite(ctx, in.ID, true)
		})
	register(s, op{ID: "unmarkFavourite", Method: http.MethodDelete, Path: "/resources/{id}/favourite", Tag: "library", Summary: "Take the favourite mark off",
		Description: "Undoes markFavourite."},
		func(ctx context.Context, in *PathID) (*struct{}, error) {
			return nil, s.Library.Favourite(ctx, in.ID, false)
		})
	register(s, op{ID: "listResourceVersions", Method: http.MethodGet, Path: "/resources/{id}/versions", Tag: "library", Summary: "List versions of a resource",
		Description: "Newest first."},
		func(ctx context.Context, in *PathID) (*body[List[ResourceVersion]], error) {
			found, err := s.Library.Versions(ctx, in.ID)
			return &body[List[ResourceVersion]]{Body: paged(found, len(found), nil, func(v library.Version) ResourceVersion {
				return ResourceVersion{ID: v.ID, Number: v.Number, Title: v.Title, Note: v.Note, DraftID: idOrNull(v.DraftID), By: refOrNull(v.By), CreatedAt: v.CreatedAt}
			})}, err
		})
}

func resourceAnswer(r library.Resource, err error) (*versioned[Resource], error) {
	if err != nil {
		return nil, err
	}
	return withRev(r.Rev, resourceDTO(r)), nil
}

func (s *Server) getResource(ctx context.Context, in *PathID) (*versioned[ResourcePage], error) {
	r, err := s.Library.Resource(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	page := ResourcePage{Resource: resourceDTO(r), Assets: []Asset{}}
	if r.Doc != nil {
		doc, err := coedit.Parse(r.Doc)
		if err != nil {
			return nil, err
		}
		page.HTML = doc.HTML()
	} else if page.HTML, err = library.MarkdownHTML(r.BodyMarkdown); err != nil {
		return nil, err
	}
	files, err := s.Library.Attached(ctx, comments.Object{Type: "resource", ID: in.ID})
	for _, a := range files {
		page.Assets = append(page.Assets, assetDTO(a))
	}
	return withRev(r.Rev, page), err
}

func (s *Server) listResources(ctx context.Context, in *listResourcesInput) (*body[List[Resource]], error) {
	f := library.ResourceFilter{ContentType: in.ContentType, Favourites: in.Favourites, OwnerID: in.Owner, State: in.State, Sort: in.Sort, Limit: in.Limit + 1}
	if err := decodeCursor(in.Cursor, &f.After); err != nil {
		return nil, err
	}
	found, err := s.Library.Resources(ctx, f)
	if err != nil {
		return nil, err
	}
	return &body[List[Resource]]{Body: paged(found, in.Limit, func(r library.Resource) any {
		return library.ResourcePosition{Views: r.Views, Title: r.Title, ID: r.ID}
	}, resourceDTO)}, nil
}
