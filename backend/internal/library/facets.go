package library

import (
	"context"
	"time"

	"github.com/google/uuid"

	"byline/backend/internal/platform/auth"
)

// Tab is a part of the resource center.
type Tab string

// The tabs.
const (
	TabAll        Tab = "all"
	TabFavourites Tab = "favourites" // of the reader
	TabNew        Tab = "new"        // published within NewFor
	TabReview     Tab = "review_due"
	TabArchived   Tab = "archived"
)

// NewFor is how many days a resource counts as new.
const NewFor = 30

// ResourceFilter narrows Resources. Values of one list are alternatives; lists narrow each other.
type ResourceFilter struct {
	Tab        Tab
	Types      []string
	Stages     []string
	Personas   []string
	Industries []string
	Products   []string
	Regions    []string
	Languages  []string
	Sharing    []string // "shareable", "internal"
	Freshness  []string // "new", "current", "due", "expired"
	// Collections narrows to what is in one of these of Sets.
	Collections []string
	Sets        []Set // collections that the reader may see, to narrow and to count by
	OwnerID     uuid.UUID
	State       ResourceState
	// Found narrows to these, best first; nil does not.
	Found []uuid.UUID
	Sort  string // "best" (of Found), "new", "used", "rated" or "title"
	After *ResourcePosition
	now   time.Time // of the request
	Limit int
}

// Set is a collection as a filter: the resources that it names, or its rule.
type Set struct {
	ID    uuid.UUID
	Title string
	IDs   []uuid.UUID
	Rule  *ResourceFilter
}

// ResourcePosition is the place of a resource in a list.
type ResourcePosition struct {
	Rank  int       `json:"n,omitempty"`
	Views int       `json:"v"`
	Score float32   `json:"s,omitempty"` // of its ratings
	Title string    `json:"t"`
	ID    uuid.UUID `json:"id"`
}

// FacetCount is how many resources have one value of a facet.
type FacetCount struct {
	Facet string
	Value string
	Count int
}

// Facets counts, for each value of each facet, the resources that one would see after choosing it as well: a facet's own
// choice does not narrow its own counts. The facet "tab" has the tabs; its "all" is never narrowed by the tab. The facet
// "collection" has those of the filter's sets in which there is anything.
func (s *Service) Facets(ctx context.Context, f ResourceFilter) ([]FacetCount, error) {
	f.now = s.now()
	return s.store.facets(ctx, auth.From(ctx), f)
}
