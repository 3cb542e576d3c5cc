// Package search finds things: resources with the pages of their files, ideas, drafts, posts and people. It answers from
// Meilisearch and from a word list of its own in PostgreSQL; from the latter alone, marked as degraded, while no
// Meilisearch node is well. Domains do not know it: a job from every activity tells it what changed.
package search

import (
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/google/uuid"
)

// The kinds of things that can be found.
const (
	Resource = "resource"
	Idea     = "idea"
	Draft    = "draft"
	Post     = "post"
	Person   = "person"
)

// Kinds lists them.
var Kinds = []string{Resource, Idea, Draft, Post, Person}

// MaxLimit is the most hits of one answer; MaxOffset the farthest that one can page.
const (
	MaxLimit  = 100
	MaxOffset = 900
)

// The marks around a match in TitleMarked and Snippet. They are control characters, which no text contains, so that
// nothing in a text can pretend to be markup.
const (
	MarkStart = "\u0001"
	MarkEnd   = "\u0002"
)

// Query is what somebody looks for. The rights are those of the user in the context.
type Query struct {
	Text    string
	Filters Filters
	Facets  []string // names to count by
	// Alternatives makes what is chosen in a filter not narrow the filter's own counts: they say what choosing another value
	// as well would show.
	Alternatives bool
	Sort         string // SortBest, SortNew, SortUsed or SortRated; "" is best
	Limit        int
	Offset       int
}

// The orders. All but the best one are of things with all the words.
const (
	SortBest  = "best"
	SortNew   = "new"
	SortUsed  = "used"  // by how many people looked at a resource of late
	SortRated = "rated" // resources
)

// Filters narrow a search: equal to one of the values within a filter, all filters together. An empty one does not
// narrow.
type Filters struct {
	In         []string // kinds of things
	Type       []string // content type of a resource or draft, kind of an idea, network of a post
	State      []string
	Lang       []string
	Tags       []string
	Personas   []string
	Stages     []string
	Industries []string
	Products   []string
	Regions    []string
	SourceRepo []string
	Sharing    []string // of resources: shareable, internal
	Freshness  []string // of resources: new, current, due, expired
	Year       []int    // published or made in
	// Sets are collections, of which one must have the thing; nil does not narrow.
	Sets []Set
}

// Set is a collection as a filter: the things that are named, or those that fit its rule.
type Set struct {
	Things []uuid.UUID
	Rule   *Filters
}

// FacetNames are what can be counted by: the names of the filters.
var FacetNames = []string{"in", "type", "state", "lang", "tags", "persona", "stage", "industry", "product", "region", "sharing", "freshness", "source_repo", "year"}

// Hit is one thing found.
type Hit struct {
	Kind        string
	ID          uuid.UUID
	Title       string
	TitleMarked string
	Snippet     string
	Page        int           // of the file in which the words are; 0 when they are not in a file
	AssetID     uuid.NullUUID // that file
	Type        string
	State       string
	Lang        string
	SourceID    string
	At          time.Time // published or made
	Why         []Why     // it is here: where the words are, and what is known of it
}

// Count is how many things have a value.
type Count struct {
	Value string
	Count int
}

// Answer is what was found.
type Answer struct {
	Hits           []Hit
	Facets         map[string][]Count
	EstimatedTotal int
	Degraded       bool // from PostgreSQL alone, because no Meilisearch node is well
}

// shortTypes are names of content types as other systems write them.
var shortTypes = map[string]string{"blog": "blog_post"}

// clean puts a query into its one form.
func (q *Query) clean() {
	q.Text = oneLine(q.Text)
	if runes := []rune(q.Text); len(runes) > 500 {
		q.Text = string(runes[:500])
	}
	if q.Limit <= 0 {
		q.Limit = 20
	}
	q.Limit, q.Offset = min(q.Limit, MaxLimit), max(0, min(q.Offset, MaxOffset))
	if !slices.Contains([]string{SortNew, SortUsed, SortRated}, q.Sort) {
		q.Sort = SortBest
	}
	f := &q.Filters
	f.Type = slices.Clone(f.Type)
	for i, t := range f.Type {
		if long, ok := shortTypes[t]; ok {
			f.Type[i] = long
		}
	}
	q.Facets = slices.DeleteFunc(slices.Clone(q.Facets), func(name string) bool { return !slices.Contains(FacetNames, name) })
}

// lists gives the filters by text columns, under the names that both engines use for them.
func (f Filters) lists() []namedList {
	return slices.DeleteFunc([]namedList{
		{"kind", false, f.In}, {"type", false, f.Type}, {"state", false, f.State}, {"lang", false, f.Lang}, {"source_repo", false, f.SourceRepo},
		{"tags", true, f.Tags}, {"personas", true, f.Personas}, {"stages", true, f.Stages}, {"industries", true, f.Industries},
		{"products", true, f.Products}, {"regions", true, f.Regions}, {"sharing", false, f.Sharing}, {"freshness", false, f.Freshness},
	}, func(l namedList) bool { return len(l.values) == 0 })
}

// without is the same without what is chosen in one filter, and whether anything is.
func (f Filters) without(name string) (Filters, bool) {
	if name == "year" {
		was := len(f.Year) > 0
		f.Year = nil
		return f, was
	}
	list := map[string]*[]string{"in": &f.In, "type": &f.Type, "state": &f.State, "lang": &f.Lang, "tags": &f.Tags, "persona": &f.Personas, "stage": &f.Stages,
		"industry": &f.Industries, "product": &f.Products, "region": &f.Regions, "sharing": &f.Sharing, "freshness": &f.Freshness, "source_repo": &f.SourceRepo}[name]
	was := list != nil && len(*list) > 0
	if was {
		*list = nil
	}
	return f, was
}

// oneLine is a text without control characters, its words apart by one space.
func oneLine(text string) string {
	return strings.Join(strings.FieldsFunc(text, func(r rune) bool { return r <= ' ' || unicode.IsSpace(r) }), " ")
}

type namedList struct {
	column string
	many   bool // the column holds several values
	values []string
}

// facetColumn is the column that a facet counts.
func facetColumn(name string) (column string, many bool) {
	switch name {
	case "in":
		return "kind", false
	case "type", "state", "lang", "sharing", "freshness", "source_repo", "year":
		return name, false
	case "tags":
		return name, true
	}
	return map[string]string{"persona": "personas", "stage": "stages", "industry": "industries", "product": "products", "region": "regions"}[name], true
}
