package httpapi

import (
	"context"
	"net/http"
	"time"

	"github.com/google/uuid"

	"byline/backend/internal/library"
	"byline/backend/internal/taxonomy"
)

// TaxonomyValue is one value by which resources are sorted.
type TaxonomyValue struct {
	Facet   string `json:"facet" enum:"persona,stage,industry,product,region,lang,tag"`
	Value   string `json:"value" example:"Head of logistics"`
	Count   int    `json:"count" doc:"Resources that have it, whatever their state."`
	Retired bool   `json:"retired" doc:"Not offered any more; what has it keeps it."`
}

// TaxonomyMerge says which values are to be called otherwise.
type TaxonomyMerge struct {
	Facet   string   `json:"facet" enum:"persona,stage,industry,product,region,lang,tag"`
	Sources []string `json:"sources" minItems:"1" maxItems:"50" doc:"What is merged." example:"[\"CFOs\",\"Chief Financial Officer\"]"`
	Target  string   `json:"target" maxLength:"500" doc:"What it is called from now on. One that nothing has yet is a new name." example:"CFO"`
}

func (m TaxonomyMerge) merge() taxonomy.Merge {
	return taxonomy.Merge{Facet: m.Facet, Sources: m.Sources, Target: m.Target}
}

// MergeEffect is how much a merge changes.
type MergeEffect struct {
	Resources   int `json:"resources" doc:"That get the target in the place of what they have."`
	Both        int `json:"both" doc:"Of these, those that have the target already and only lose the others."`
	Collections int `json:"collections" doc:"Whose rule names what is merged."`
	Views       int `json:"views" doc:"Saved views of the library that name it."`
}

// TaxonomyChange is a merge, or a new name.
type TaxonomyChange struct {
	ID          uuid.UUID  `json:"id"`
	Facet       string     `json:"facet" enum:"persona,stage,industry,product,region,lang,tag"`
	Sources     []string   `json:"sources"`
	Target      string     `json:"target"`
	Renamed     bool       `json:"renamed" doc:"Nothing was called so before."`
	Resources   int        `json:"resources" doc:"While it is running, about how many there are."`
	Collections int        `json:"collections"`
	Views       int        `json:"views"`
	By          *PersonRef `json:"by,omitempty"`
	At          time.Time  `json:"at"`
	UndoneAt    *time.Time `json:"undone_at,omitempty"`
	State       string     `json:"state" enum:"running,done,undoing,undone" doc:"More than 1,000 resources are changed in the background, and taken back so: running and undoing go on by themselves."`
	Handled     int        `json:"handled" doc:"Resources that the change, or taking it back, is through with."`
}

// TaxonomyUndone says what an undo did.
type TaxonomyUndone struct {
	Change   TaxonomyChange `json:"change"`
	Restored int            `json:"restored" doc:"Resources, collections and views that are as they were, so far."`
	Left     int            `json:"left" doc:"Those that somebody has changed since: they stay as they are."`
}

// RequiredTags are what resources of a type must have.
type RequiredTags struct {
	ContentType string   `json:"content_type" example:"case_study"`
	Facets      []string `json:"facets" enum:"persona,stage,industry,product,region,tag"`
	Missing     int      `json:"missing" doc:"Resources in use that lack some of it."`
}

// UntaggedResource is a resource that lacks what its type asks for.
type UntaggedResource struct {
	Resource
	Missing []string `json:"missing" enum:"persona,stage,industry,product,region,tag"`
}

// SomeTaxonomy are values of the taxonomy, each list as one likes.
type SomeTaxonomy struct {
	Personas   []string `json:"personas,omitempty" maxItems:"20"`
	Stages     []string `json:"stages,omitempty" maxItems:"20"`
	Industries []string `json:"industries,omitempty" maxItems:"20"`
	Products   []string `json:"products,omitempty" maxItems:"20"`
	Regions    []string `json:"regions,omitempty" maxItems:"20"`
	Tags       []string `json:"tags,omitempty" maxItems:"40"`
}

func (t *SomeTaxonomy) taxonomy() library.Taxonomy {
	if t == nil {
		return library.Taxonomy{}
	}
	return library.Taxonomy(*t)
}

func taxonomyValueDTO(v taxonomy.Value) TaxonomyValue { return TaxonomyValue(v) }

func taxonomyChangeDTO(c taxonomy.Change) TaxonomyChange {
	return TaxonomyChange{ID: c.ID, Facet: c.Facet, Sources: c.Sources, Target: c.Target, Renamed: c.WasNew, Resources: c.Resources, Collections: c.Collections, Views: c.Views,
		By: refOrNull(c.By), At: c.At, UndoneAt: c.UndoneAt, State: string(c.State), Handled: c.Handled}
}

func requiredTagsDTO(r taxonomy.Requirement) RequiredTags {
	return RequiredTags{ContentType: r.ContentType, Facets: filled(r.Facets), Missing: r.Missing}
}

type listTaxonomyInput struct {
	Facet string `query:"facet" enum:"persona,stage,industry,product,region,lang,tag" doc:"Only of this one."`
}

type taxonomyValueInput struct {
	Body struct {
		Facet string `json:"facet" enum:"persona,stage,industry,product,region,lang,tag"`
		Value string `json:"value" minLength:"1" maxLength:"80" example:"Head of logistics"`
	}
}

type retireValueInput struct {
	Body struct {
		Facet   string `json:"facet" enum:"persona,stage,industry,product,region,lang,tag"`
		Value   string `json:"value" minLength:"1" maxLength:"500" example:"CIO"`
		Retired bool   `json:"retired" doc:"Whether it is offered no more."`
	}
}

type mergeValuesInput struct{ Body TaxonomyMerge }

type requireTagsInput struct {
	ContentTypePath
	Body struct {
		Facets []string `json:"facets" maxItems:"6" enum:"persona,stage,industry,product,region,tag" doc:"All of them; an empty list asks for nothing."`
	}
}

type missingTagsInput struct {
	Page
	ContentType []string `query:"content_type,explode" maxItems:"20" doc:"Any of these."`
}

func (s *Server) taxonomyOperations() {
	const tag = "taxonomy"
	register(s, op{ID: "listTaxonomy", Method: http.MethodGet, Path: "/taxonomy", Tag: tag, Summary: "List values of the taxonomy",
		Description: "Personas, stages, industries, products, regions, languages and tags, with how many resources have each: by facet, the most used first, at most 500 of a facet."},
		func(ctx context.Context, in *listTaxonomyInput) (*body[List[TaxonomyValue]], error) {
			all, err := s.Taxonomy.List(ctx, in.Facet)
			return &body[List[TaxonomyValue]]{Body: paged(all, len(all), nil, taxonomyValueDTO)}, err
		})
	register(s, op{ID: "addTaxonomyValue", Method: http.MethodPost, Path: "/taxonomy", Tag: tag, Summary: "Offer a value", Status: http.StatusCreated, Errors: []int{http.StatusConflict},
		Description: "The leads of both sides. 409 when there is one that differs at most in capitals."},
		func(ctx context.Context, in *taxonomyValueInput) (*body[TaxonomyValue], error) {
			v, err := s.Taxonomy.Add(ctx, in.Body.Facet, in.Body.Value)
			return &body[TaxonomyValue]{Body: taxonomyValueDTO(v)}, err
		})
	register(s, op{ID: "retireTaxonomyValue", Method: http.MethodPost, Path: "/taxonomy/retire", Tag: tag, Summary: "Retire a value", Status: http.StatusOK,
		Description: "It is offered no more, or again. What has it keeps it, shows it and is found by it."},
		func(ctx context.Context, in *retireValueInput) (*body[TaxonomyValue], error) {
			v, err := s.Taxonomy.Retire(ctx, in.Body.Facet, in.Body.Value, in.Body.Retired)
			return &body[TaxonomyValue]{Body: taxonomyValueDTO(v)}, err
		})
	register(s, op{ID: "previewMerge", Method: http.MethodPost, Path: "/taxonomy/merge/preview", Tag: tag, Summary: "What would a merge change?", Status: http.StatusOK,
		Description: "How many resources, collections by rule and saved views. Changes nothing."},
		func(ctx context.Context, in *mergeValuesInput) (*body[MergeEffect], error) {
			e, err := s.Taxonomy.Preview(ctx, in.Body.merge())
			return &body[MergeEffect]{Body: MergeEffect(e)}, err
		})
	register(s, op{ID: "mergeTaxonomyValues", Method: http.MethodPost, Path: "/taxonomy/merge", Tag: tag, Summary: "Merge or rename values", Status: http.StatusOK, Errors: []int{http.StatusConflict},
		Description: "In all resources, and in the collections and saved views that name them; search follows. Whoever gives an old value later, an import say, gives the new one. undoMerge takes it back. More than 1,000 resources are changed in the background: the state says whether it is done, listTaxonomyChanges how far it is. 409 while one of the values is part of a change that goes on."},
		func(ctx context.Context, in *mergeValuesInput) (*body[TaxonomyChange], error) {
			c, err := s.Taxonomy.Merge(ctx, in.Body.merge())
			return &body[TaxonomyChange]{Body: taxonomyChangeDTO(c)}, err
		})
	register(s, op{ID: "listTaxonomyChanges", Method: http.MethodGet, Path: "/taxonomy/changes", Tag: tag, Summary: "List merges",
		Description: "The last thirty, newest first."},
		func(ctx context.Context, _ *struct{}) (*body[List[TaxonomyChange]], error) {
			all, err := s.Taxonomy.Changes(ctx)
			return &body[List[TaxonomyChange]]{Body: paged(all, len(all), nil, taxonomyChangeDTO)}, err
		})
	register(s, op{ID: "undoMerge", Method: http.MethodPost, Path: "/taxonomy/changes/{id}/undo", Tag: tag, Summary: "Take a merge back", Status: http.StatusOK, Errors: []int{http.StatusConflict},
		Description: "Everything gets back what it had, except what somebody has changed since. More than 1,000 resources are taken back in the background. 409 when it was taken back already, or is not done yet."},
		func(ctx context.Context, in *PathID) (*body[TaxonomyUndone], error) {
			c, err := s.Taxonomy.Undo(ctx, in.ID)
			return &body[TaxonomyUndone]{Body: TaxonomyUndone{Change: taxonomyChangeDTO(c), Restored: c.Restored, Left: c.Left}}, err
		})
	register(s, op{ID: "listRequiredTags", Method: http.MethodGet, Path: "/taxonomy/required", Tag: tag, Summary: "What must be filled in?",
		Description: "For each type of content that asks for something, what, and how many resources lack it."},
		func(ctx context.Context, _ *struct{}) (*body[List[RequiredTags]], error) {
			all, err := s.Taxonomy.Required(ctx)
			return &body[List[RequiredTags]]{Body: paged(all, len(all), nil, requiredTagsDTO)}, err
		})
	register(s, op{ID: "setRequiredTags", Method: http.MethodPut, Path: "/taxonomy/required/{key}", Tag: tag, Summary: "Ask for tags of a type",
		Description: "What a resource of this type must have when it is published or edited. What is there stays as it is; listMissingTags has what lacks something."},
		func(ctx context.Context, in *requireTagsInput) (*body[RequiredTags], error) {
			r, err := s.Taxonomy.Require(ctx, in.Key, in.Body.Facets)
			return &body[RequiredTags]{Body: requiredTagsDTO(r)}, err
		})
	register(s, op{ID: "listMissingTags", Method: http.MethodGet, Path: "/taxonomy/missing", Tag: tag, Summary: "List resources that lack tags",
		Description: "Those in use that you may see and that lack what their type asks for, newest first."},
		func(ctx context.Context, in *missingTagsInput) (*body[List[UntaggedResource]], error) {
			var after uuid.UUID
			if err := decodeCursor(in.Cursor, &after); err != nil {
				return nil, err
			}
			all, err := s.Library.MissingTags(ctx, in.ContentType, after, in.Limit+1)
			if err != nil {
				return nil, err
			}
			return &body[List[UntaggedResource]]{Body: paged(all, in.Limit, func(u library.Untagged) any { return u.ID }, func(u library.Untagged) UntaggedResource {
				return UntaggedResource{Resource: resourceDTO(u.Resource), Missing: u.Missing}
			})}, nil
		})
}
