package httpapi

import (
	"context"
	"net/http"

	"github.com/google/uuid"

	"byline/backend/internal/collections"
	"byline/backend/internal/library"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/views"
)

// CollectionRule narrows the library, as the filters of listResources do.
type CollectionRule struct {
	ContentType []string `json:"content_type,omitempty" maxItems:"20"`
	Stage       []string `json:"stage,omitempty" maxItems:"20"`
	Persona     []string `json:"persona,omitempty" maxItems:"20"`
	Industry    []string `json:"industry,omitempty" maxItems:"20"`
	Product     []string `json:"product,omitempty" maxItems:"20"`
	Region      []string `json:"region,omitempty" maxItems:"20"`
	Lang        []string `json:"lang,omitempty" maxItems:"20"`
	Sharing     []string `json:"sharing,omitempty" maxItems:"2"`
}

// CollectionFields are what is said about a collection.
type CollectionFields struct {
	Title     string         `json:"title" minLength:"1" maxLength:"120" example:"First meeting with a pharma buyer"`
	Summary   string         `json:"summary,omitempty" maxLength:"1000"`
	Rule      CollectionRule `json:"rule" doc:"Of one that is filled by a rule; ignored of others."`
	Sort      string         `json:"sort,omitempty" enum:"new,used,title" doc:"Order of one that is filled by a rule."`
	Tone      int            `json:"tone,omitempty" minimum:"0" maximum:"5" doc:"Colour of its cover."`
	CoverID   *uuid.UUID     `json:"cover_id,omitempty" doc:"The resource whose picture is its cover. Default: those of the first ones in it."`
	CoverPage int            `json:"cover_page,omitempty" minimum:"0" maximum:"10000" doc:"The page of its file that is shown; 0 is its first picture."`
	Shared    views.Sharing  `json:"shared" enum:"nobody,side,everybody" doc:"Who sees it beside its maker; side is the maker's."`
}

// Collection is a set of resources. It grants nothing: everybody sees in it what they may see anyway.
type Collection struct {
	ID uuid.UUID `json:"id"`
	CollectionFields
	Kind     collections.Kind `json:"kind" enum:"hand,rule"`
	Owner    PersonRef        `json:"owner" doc:"Who made it."`
	Count    int              `json:"count" doc:"How many resources you see in it."`
	Pictures []string         `json:"pictures" doc:"Addresses of up to three pictures for its cover, of what you may see; the chosen one alone where there is one."`
	Contains bool             `json:"contains" doc:"With resource: whether it is in it."`
	MayEdit  bool             `json:"may_edit" doc:"Marketing and leads who see it."`
	Rev      int64            `json:"rev"`
}

// CollectionSection is a part of a collection.
type CollectionSection struct {
	Title     string     `json:"title" doc:"Heading; the first one may be empty."`
	Resources []Resource `json:"resources" doc:"Those that you see, in their order."`
}

// CollectionPage is a collection with its resources.
type CollectionPage struct {
	Collection
	Sections []CollectionSection `json:"sections" doc:"One of a rule has one, with its first 100 resources."`
}

func collectionDTO(u auth.User) func(collections.Collection) Collection {
	return func(c collections.Collection) Collection {
		out := Collection{ID: c.ID, Kind: c.Kind, Owner: ref(c.Owner), Count: c.Count, Pictures: []string{}, Contains: c.Contains, MayEdit: c.MayEdit(u), Rev: c.Rev,
			CollectionFields: CollectionFields{Title: c.Title, Summary: c.Summary, Rule: CollectionRule(c.Rule), Sort: c.Sort, Tone: c.Tone, CoverID: idOrNull(c.CoverID), CoverPage: c.CoverPage, Shared: c.Shared}}
		for _, p := range c.Pictures {
			out.Pictures = append(out.Pictures, coverURL(library.Cover{Asset: uuid.NullUUID{UUID: p.Asset, Valid: true}, Page: p.Page}))
		}
		return out
	}
}

func (f CollectionFields) input(kind collections.Kind) collections.Input {
	return collections.Input{Title: f.Title, Summary: f.Summary, Kind: kind, Rule: collections.Rule(f.Rule), Sort: f.Sort, Tone: f.Tone, CoverID: nullID(f.CoverID), CoverPage: f.CoverPage, Shared: f.Shared}
}

type listCollectionsInput struct {
	Resource uuid.UUID `query:"resource" doc:"Says of each whether this is in it."`
}

type newCollectionInput struct {
	Body struct {
		CollectionFields
		Kind        collections.Kind `json:"kind" enum:"hand,rule" doc:"Whether it is filled by hand or by its rule. It stays so."`
		ResourceIDs []uuid.UUID      `json:"resource_ids,omitempty" maxItems:"100" doc:"By hand: what it begins with."`
	}
}

type updateCollectionInput struct {
	PathID
	IfMatch
	Body CollectionFields
}

type arrangeCollectionInput struct {
	PathID
	IfMatch
	Body struct {
		Sections []struct {
			Title       string      `json:"title" maxLength:"80"`
			ResourceIDs []uuid.UUID `json:"resource_ids" maxItems:"300"`
		} `json:"sections" minItems:"1" maxItems:"20" doc:"All of them. What you see and do not name is taken out."`
	}
}

type collectionItemInput struct {
	PathID
	ResourceID uuid.UUID `path:"resource_id"`
}

func (s *Server) collectionOperations() {
	register(s, op{ID: "listCollections", Method: http.MethodGet, Path: "/collections", Tag: "collections", Summary: "List collections",
		Description: "Those that you may see, by title, with how many resources you see in each."},
		func(ctx context.Context, in *listCollectionsInput) (*body[List[Collection]], error) {
			all, err := s.Collections.List(ctx, in.Resource)
			return &body[List[Collection]]{Body: paged(all, len(all), nil, collectionDTO(auth.From(ctx)))}, err
		})
	register(s, op{ID: "getCollection", Method: http.MethodGet, Path: "/collections/{id}", Tag: "collections", Summary: "Get a collection",
		Description: "With the resources that you see in it, by section."},
		func(ctx context.Context, in *PathID) (*versioned[CollectionPage], error) {
			c, sections, err := s.Collections.Get(ctx, in.ID)
			if err != nil {
				return nil, err
			}
			page := CollectionPage{Collection: collectionDTO(auth.From(ctx))(c)}
			for i, list := range sections {
				title := ""
				if i < len(c.Sections) {
					title = c.Sections[i]
				}
				page.Sections = append(page.Sections, CollectionSection{Title: title, Resources: paged(list, len(list), nil, resourceDTO).Items})
			}
			return withRev(c.Rev, page), nil
		})
	register(s, op{ID: "createCollection", Method: http.MethodPost, Path: "/collections", Tag: "collections", Summary: "Make a collection", Status: http.StatusCreated,
		Errors: []int{http.StatusNotFound, http.StatusConflict}, Description: "By hand, or filled by a rule. Marketing and leads make them."},
		func(ctx context.Context, in *newCollectionInput) (*versioned[Collection], error) {
			return collectionAnswer(ctx)(s.Collections.Create(ctx, in.Body.input(in.Body.Kind), in.Body.ResourceIDs))
		})
	register(s, op{ID: "updateCollection", Method: http.MethodPut, Path: "/collections/{id}", Tag: "collections", Summary: "Change a collection", Errors: []int{http.StatusPreconditionFailed},
		Description: "Title, cover, rule, sharing. Only its maker takes it back from others."},
		func(ctx context.Context, in *updateCollectionInput) (*versioned[Collection], error) {
			rev, err := in.Rev()
			if err != nil {
				return nil, err
			}
			return collectionAnswer(ctx)(s.Collections.Update(ctx, in.ID, rev, in.Body.input("")))
		})
	register(s, op{ID: "deleteCollection", Method: http.MethodDelete, Path: "/collections/{id}", Tag: "collections", Summary: "Delete a collection",
		Description: "Its resources stay. restoreCollection brings it back for 30 days."},
		func(ctx context.Context, in *PathID) (*struct{}, error) { return nil, s.Collections.Delete(ctx, in.ID) })
	register(s, op{ID: "restoreCollection", Method: http.MethodPost, Path: "/collections/{id}/restore", Tag: "collections", Summary: "Restore a collection", Status: http.StatusOK,
		Description: "Takes deleteCollection back."},
		func(ctx context.Context, in *PathID) (*versioned[Collection], error) {
			return collectionAnswer(ctx)(s.Collections.Restore(ctx, in.ID))
		})
	register(s, op{ID: "arrangeCollection", Method: http.MethodPut, Path: "/collections/{id}/items", Tag: "collections", Summary: "Arrange a collection",
		Errors: []int{http.StatusPreconditionFailed, http.StatusConflict}, Description: "Sections and order of one that is filled by hand. What you do not see in it stays in it."},
		func(ctx context.Context, in *arrangeCollectionInput) (*versioned[Collection], error) {
			rev, err := in.Rev()
			if err != nil {
				return nil, err
			}
			sections := make([]collections.Section, len(in.Body.Sections))
			for i, sec := range in.Body.Sections {
				sections[i] = collections.Section{Title: sec.Title, IDs: sec.ResourceIDs}
			}
			return collectionAnswer(ctx)(s.Collections.Arrange(ctx, in.ID, rev, sections))
		})
	for id, x := range map[string]struct {
		method, summary string
		in              bool
	}{"addToCollection": {http.MethodPut, "Put a resource into a collection", true}, "removeFromCollection": {http.MethodDelete, "Take a resource out of a collection", false}} {
		register(s, op{ID: id, Method: x.method, Path: "/collections/{id}/items/{resource_id}", Tag: "collections", Summary: x.summary, Status: http.StatusOK, Errors: []int{http.StatusConflict},
			Description: "At the end. Doing it again changes nothing; 409 of one that is filled by a rule."},
			func(ctx context.Context, in *collectionItemInput) (*versioned[Collection], error) {
				return collectionAnswer(ctx)(s.Collections.Put(ctx, in.ID, in.ResourceID, x.in))
			})
	}
}

func collectionAnswer(ctx context.Context) func(collections.Collection, error) (*versioned[Collection], error) {
	return func(c collections.Collection, err error) (*versioned[Collection], error) {
		if err != nil {
			return nil, err
		}
		return withRev(c.Rev, collectionDTO(auth.From(ctx))(c)), nil
	}
}
