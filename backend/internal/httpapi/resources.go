package httpapi

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"byline/backend/internal/coedit"
	"byline/backend/internal/comments"
	"byline/backend/internal/library"
	"byline/backend/internal/search"
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
	ID           uuid.UUID             `json:"id"`
	Title        string                `json:"title"`
	Summary      string                `json:"summary"`
	ContentType  string                `json:"content_type" example:"case_study"`
	Lang         string                `json:"lang" example:"en"`
	Taxonomy     Taxonomy              `json:"taxonomy"`
	Authors      []string              `json:"authors" doc:"Of an imported item."`
	Owner        *PersonRef            `json:"owner,omitempty" doc:"Who keeps it right."`
	State        library.ResourceState `json:"state" enum:"live,review_due,expired,archived"`
	Shareable    bool                  `json:"shareable" doc:"Whether it may be sent to customers."`
	Downloads    ResourceDownloads     `json:"downloads"`
	PublicURL    string                `json:"public_url"`
	ReleaseAt    *time.Time            `json:"release_at,omitempty"`
	ExpiresAt    *time.Time            `json:"expires_at,omitempty"`
	DatesZone    string                `json:"dates_zone" example:"Europe/Berlin" doc:"Time zone in which release and expiry were stated; empty when nobody said."`
	ReviewDueOn  *string               `json:"review_due_on,omitempty" format:"date"`
	ReviewMonths int                   `json:"review_months" doc:"Of its type: after how many months it is looked at again."`
	KeeperID     *uuid.UUID            `json:"keeper_id,omitempty" doc:"Who is told when its review comes near: its owner, else who looks after its type."`
	Version      int                   `json:"version"`
	SourceRepo   string                `json:"source_repo" doc:"Where an imported item comes from."`
	SourcePath   string                `json:"source_path"`
	Licence      string                `json:"licence"`
	PublishedAt  *time.Time            `json:"published_at,omitempty"`
	VerifiedAt   *time.Time            `json:"verified_at,omitempty" doc:"When somebody last said that it is still right."`
	VerifiedBy   *PersonRef            `json:"verified_by,omitempty"`
	Views        int                   `json:"views" doc:"People and days: one per person and day."`
	RecentViews  int                   `json:"recent_views" doc:"The same for the last 30 days."`
	Ratings      int                   `json:"ratings" doc:"How many people rated it."`
	Rating       float64               `json:"rating" doc:"The average of their ratings, 1 to 5; 0 when nobody rated it." example:"4.5"`
	FileKind     string                `json:"file_kind" example:"pdf" doc:"Of its first file; empty when it has none."`
	FilePages    int                   `json:"file_pages" doc:"Pages or slides of its first file."`
	Favourite    bool                  `json:"favourite" doc:"Whether you marked it."`
	PreviewURL   string                `json:"preview_url" doc:"A picture of it: the one that was chosen, else of its first page; empty when there is none."`
	Cover        *ResourceCover        `json:"cover,omitempty" doc:"The picture that was chosen."`
	FilePreview  string                `json:"file_preview_url" doc:"A picture of its first file, whatever was chosen."`
	Match        *Match                `json:"match,omitempty" doc:"In a list with q: where the words are."`
	Rev          int64                 `json:"rev"`
	CreatedAt    time.Time             `json:"created_at"`
	UpdatedAt    time.Time             `json:"updated_at"`
}

// ResourceDownloads are the rights to keep a copy, which are apart from seeing and from sharing.
type ResourceDownloads struct {
	Inside  bool `json:"inside" doc:"Whether everybody who sees it may download its files and text; marketing and its owner may anyway."`
	Outside bool `json:"outside" doc:"Whether shares of it may let their recipients download its files."`
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
		Owner: refOrNull(r.Owner), State: r.State, Shareable: r.Shareable, Downloads: ResourceDownloads(r.Downloads), PublicURL: r.PublicURL, ReleaseAt: r.ReleaseAt, ExpiresAt: r.ExpiresAt,
		DatesZone: r.DatesZone, ReviewMonths: r.ReviewMonths, KeeperID: idOrNull(r.KeeperID),
		ReviewDueOn: formatDate(r.ReviewDueOn), Version: r.Version, SourceRepo: r.SourceRepo, SourcePath: r.SourcePath, Licence: r.Licence, PublishedAt: r.PublishedAt,
		VerifiedAt: r.VerifiedAt, VerifiedBy: refOrNull(r.VerifiedBy), RecentViews: r.RecentViews, Ratings: r.Ratings, Rating: r.Rating(), FileKind: r.FileKind, FilePages: r.FilePages,
		Views: r.Views, Favourite: r.Favourite, PreviewURL: coverURL(r.Picture), Cover: chosenCover(r), FilePreview: pictureURL(r.FilePicture), Rev: r.Rev, CreatedAt: r.CreatedAt, UpdatedAt: r.UpdatedAt}
}

// ResourceFilter is what lists and counts of resources have in common.
type ResourceFilter struct {
	Q           string                `query:"q" maxLength:"200" doc:"Words of the title, text or files."`
	Tab         library.Tab           `query:"tab" enum:"all,favourites,new,review_due,archived" default:"all" doc:"Favourites are yours; new is what was published within 30 days; what is archived is only in its own tab, for marketing."`
	ContentType []string              `query:"content_type,explode" maxItems:"20" doc:"Any of these. The same goes for the lists below."`
	Stage       []string              `query:"stage,explode" maxItems:"20"`
	Persona     []string              `query:"persona,explode" maxItems:"20"`
	Industry    []string              `query:"industry,explode" maxItems:"20"`
	Product     []string              `query:"product,explode" maxItems:"20"`
	Region      []string              `query:"region,explode" maxItems:"20"`
	Lang        []string              `query:"lang,explode" maxItems:"20"`
	Sharing     []string              `query:"sharing,explode" maxItems:"2" doc:"shareable, internal."`
	Freshness   []string              `query:"freshness,explode" maxItems:"4" doc:"new (published within 30 days), current, due (for review), expired (for marketing)."`
	Collection  []string              `query:"collection,explode" maxItems:"20" doc:"In one of these collections, by id, as far as you may see them."`
	Owner       uuid.UUID             `query:"owner"`
	State       library.ResourceState `query:"state" enum:"live,review_due,expired,archived"`
}

// libraryFilter reads the filter. Words are looked for by search, and what it finds is then narrowed.
func (s *Server) libraryFilter(ctx context.Context, in ResourceFilter) (f library.ResourceFilter, err error) {
	f = library.ResourceFilter{Tab: in.Tab, Types: in.ContentType, Stages: in.Stage, Personas: in.Persona, Industries: in.Industry, Products: in.Product,
		Regions: in.Region, Languages: in.Lang, Sharing: in.Sharing, Freshness: in.Freshness, Collections: in.Collection, OwnerID: in.Owner, State: in.State}
	if len(f.Collections) > 0 {
		if f.Sets, err = s.Collections.Sets(ctx); err != nil {
			return f, err
		}
	}
	words := strings.TrimSpace(in.Q)
	if words == "" {
		return f, nil
	}
	q := search.Query{Text: words, Filters: search.Filters{In: []string{"resource"}}}
	if in.Tab == library.TabArchived || in.State == library.Archived {
		q.Filters.State = []string{string(library.Archived)}
	}
	f.Found, err = s.Search.IDs(ctx, q)
	return f, err
}

// Match is where in a resource the words of q are.
type Match struct {
	Page    int         `json:"page" doc:"Page or slide of a file; 0 when the words are not in a file."`
	AssetID *uuid.UUID  `json:"asset_id,omitempty" doc:"That file."`
	Second  *int        `json:"second,omitempty" doc:"Of captions: the second of the recording in which the words are." example:"83"`
	Picture string      `json:"picture_url" doc:"A small picture of that page; empty when there is none."`
	Snippet string      `json:"snippet" doc:"The part of the text that fits, with each match between U+0001 and U+0002. Plain text: escape it."`
	Why     []SearchWhy `json:"why" doc:"Why it is here, most telling first."`
}

type listResourcesInput struct {
	Page
	ResourceFilter
	Sort string `query:"sort" enum:"best,new,used,rated,title" doc:"best goes with q. Default: best with q, new without."`
}

// FacetCount is how many resources one would see after choosing a value.
type FacetCount struct {
	Facet string `json:"facet" enum:"tab,content_type,stage,persona,industry,product,region,lang,sharing,freshness,collection"`
	Value string `json:"value" example:"case_study"`
	Count int    `json:"count"`
	Label string `json:"label,omitempty" doc:"Title of a collection." example:"Pharma first meeting"`
}

// Origin is a draft or an idea that a resource comes from.
type Origin struct {
	Type   string    `json:"type" enum:"draft,idea"`
	ID     uuid.UUID `json:"id"`
	Title  string    `json:"title"`
	State  string    `json:"state" example:"published"`
	Person PersonRef `json:"person" doc:"The writer of the draft, the author of the idea."`
	Votes  int       `json:"votes" doc:"Of an idea."`
}

type updateResourceInput struct {
	PathID
	IfMatch
	Body struct {
		Title       string             `json:"title" minLength:"1" maxLength:"300"`
		Summary     string             `json:"summary,omitempty" maxLength:"4000"`
		ContentType string             `json:"content_type" maxLength:"40"`
		Lang        string             `json:"lang" minLength:"2" maxLength:"12"`
		Taxonomy    Taxonomy           `json:"taxonomy"`
		OwnerID     *uuid.UUID         `json:"owner_id,omitempty"`
		Shareable   bool               `json:"shareable,omitempty"`
		Downloads   *ResourceDownloads `json:"downloads,omitempty" doc:"Absent means that both are allowed."`
		PublicURL   string             `json:"public_url,omitempty" maxLength:"1000"`
		ReleaseAt   *time.Time         `json:"release_at,omitempty"`
		ExpiresAt   *time.Time         `json:"expires_at,omitempty"`
		DatesZone   string             `json:"dates_zone,omitempty" maxLength:"60" doc:"Time zone in which the two were stated."`
		ReviewDueOn *string            `json:"review_due_on,omitempty" format:"date"`
	}
}

func (s *Server) resourceOperations() {
	register(s, op{ID: "listResources", Method: http.MethodGet, Path: "/resources", Tag: "library", Summary: "List resources",
		Description: "What you may see of the resource center: released, not expired, not archived; marketing sees all. To find in everything, use search."}, s.listResources)
	register(s, op{ID: "countResources", Method: http.MethodGet, Path: "/resources/counts", Tag: "library", Summary: "Count resources by facet",
		Description: "For each value of each facet, how many resources listResources would give with it chosen too: what is chosen in a facet does not narrow the facet's own counts. Most frequent first."},
		func(ctx context.Context, in *ResourceFilter) (*body[List[FacetCount]], error) {
			f, err := s.libraryFilter(ctx, *in)
			if err != nil {
				return nil, err
			}
			if f.Sets, err = s.Collections.Sets(ctx); err != nil {
				return nil, err
			}
			titles := map[string]string{}
			for _, set := range f.Sets {
				titles[set.ID.String()] = set.Title
			}
			counts, err := s.Library.Facets(ctx, f)
			for _, id := range f.Collections { // a chosen one has a name although nothing is left of it
				if titles[id] != "" && !slices.ContainsFunc(counts, func(c library.FacetCount) bool { return c.Facet == "collection" && c.Value == id }) {
					counts = append(counts, library.FacetCount{Facet: "collection", Value: id})
				}
			}
			return &body[List[FacetCount]]{Body: paged(counts, len(counts), nil, func(c library.FacetCount) FacetCount {
				return FacetCount{Facet: c.Facet, Value: c.Value, Count: c.Count, Label: titles[c.Value]}
			})}, err
		})
	register(s, op{ID: "listResourceOrigins", Method: http.MethodGet, Path: "/resources/{id}/origins", Tag: "library", Summary: "Where does a resource come from?",
		Description: "Title and state of the drafts it was written in and of the ideas behind them, as far as you may see them."}, s.listOrigins)
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
			downloads := library.Downloads{Inside: true, Outside: true}
			if b.Downloads != nil {
				downloads = library.Downloads(*b.Downloads)
			}
			return resourceAnswer(s.Library.UpdateResource(ctx, in.ID, rev, library.Details{Title: b.Title, Summary: b.Summary, ContentType: b.ContentType, Lang: b.Lang, PublicURL: b.PublicURL,
				Taxonomy: library.Taxonomy(b.Taxonomy), Shareable: b.Shareable, Downloads: downloads, ReleaseAt: b.ReleaseAt, ExpiresAt: b.ExpiresAt, DatesZone: b.DatesZone, ReviewDueOn: review, OwnerID: nullID(b.OwnerID)}))
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
	s.resourceVersionOperations()
	s.coverOperations()
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
	f, err := s.libraryFilter(ctx, in.ResourceFilter)
	if err != nil {
		return nil, err
	}
	f.Sort, f.Limit = in.Sort, in.Limit+1
	if f.Sort == "" && f.Found != nil {
		f.Sort = "best"
	}
	if err := decodeCursor(in.Cursor, &f.After); err != nil {
		return nil, err
	}
	list, err := s.Library.Resources(ctx, f)
	if err != nil {
		return nil, err
	}
	found, places, err := s.matches(ctx, in.Q, list[:min(len(list), in.Limit)])
	if err != nil {
		return nil, err
	}
	return &body[List[Resource]]{Body: paged(list, in.Limit, func(r library.Resource) any {
		return library.ResourcePosition{Rank: slices.Index(f.Found, r.ID) + 1, Views: r.Views, Score: r.RatingScore, Title: r.Title, ID: r.ID} // array_position counts from 1
	}, func(r library.Resource) Resource {
		d := resourceDTO(r)
		if i := slices.IndexFunc(found, func(h search.Hit) bool { return h.ID == r.ID }); i >= 0 {
			d.Match = &Match{Page: places[i].page, Second: places[i].second, Picture: places[i].picture, AssetID: idOrNull(found[i].AssetID), Snippet: found[i].Snippet, Why: whyDTO(found[i].Why)}
		}
		return d
	})}, nil
}

// matches says where in resources the words of a list with q are.
func (s *Server) matches(ctx context.Context, words string, list []library.Resource) ([]search.Hit, map[int]hitPlace, error) {
	if words = strings.TrimSpace(words); words == "" {
		return nil, nil, nil
	}
	ids := make([]uuid.UUID, len(list))
	for i, r := range list {
		ids[i] = r.ID
	}
	found, err := s.Search.Hits(ctx, words, ids)
	if err != nil {
		return nil, nil, err
	}
	places, err := s.hitPlaces(ctx, found)
	return found, places, err
}

func (s *Server) listOrigins(ctx context.Context, in *PathID) (*body[List[Origin]], error) {
	written, from, err := s.Drafts.OfResource(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	l := List[Origin]{Items: []Origin{}}
	for _, i := range from {
		l.Items = append(l.Items, Origin{Type: "idea", ID: i.ID, Title: i.Title, State: string(i.State), Person: ref(i.Author), Votes: i.Votes})
	}
	for _, d := range written {
		l.Items = append(l.Items, Origin{Type: "draft", ID: d.ID, Title: d.Title, State: string(d.State), Person: ref(d.Writer)})
	}
	return &body[List[Origin]]{Body: l}, nil
}
