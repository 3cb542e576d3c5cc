package httpapi

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"time"

	"github.com/google/uuid"

	"byline/backend/internal/library"
	"byline/backend/internal/search"
)

// SearchHit is one thing found.
type SearchHit struct {
	Type        string      `json:"type" enum:"resource,idea,draft,post,person" doc:"What kind of thing it is."`
	ID          uuid.UUID   `json:"id"`
	Title       string      `json:"title" example:"Pricing of pilots"`
	TitleMarked string      `json:"title_marked" doc:"The title with each match between U+0001 and U+0002."`
	SourceID    string      `json:"source_id" doc:"Of an imported thing, the id that it had where it comes from; else empty."`
	Page        int         `json:"page" doc:"Page or slide of the file in which the words are; 0 when they are not in a file."`
	Second      *int        `json:"second,omitempty" doc:"Of captions: the second of the recording in which the words are." example:"83"`
	PictureURL  string      `json:"picture_url" doc:"A small picture of that page; empty when there is none."`
	AssetID     *uuid.UUID  `json:"asset_id,omitempty" doc:"That file."`
	Snippet     string      `json:"snippet" doc:"The part of the text that fits, with each match between U+0001 and U+0002. Plain text: escape it."`
	ContentType string      `json:"content_type" example:"case_study" doc:"Content type of a resource or draft, kind of an idea, network of a post."`
	State       string      `json:"state" doc:"Where it stands, by the states of its kind; of a person, the side."`
	Lang        string      `json:"lang"`
	At          time.Time   `json:"at" doc:"When it was published, or made."`
	Why         []SearchWhy `json:"why" doc:"Why it is here, most telling first. The text counts first; what colleagues make of it moves it a few places at most."`
}

// SearchWhy is one reason why something stands where it does.
type SearchWhy struct {
	Code  string  `json:"code" enum:"title,in_title,tag,page,text,name,synonym,spelling,team,side,used,rated,due,checked,like,about,together,new" doc:"Where the words are: title has all of them, in_title some. synonym and spelling: it has another word, or one that is written much the same. team, side, used: people (of your team, of your side) looked at it in the last 30 days, you not counted. due: its review is overdue, so it stands lower. checked: somebody said within 90 days that it is right. Of recommendations: like: has what you read much of; about: the same as this one; together: so many who read this one read it too; new: published within 30 days."`
	Page  int     `json:"page,omitempty" doc:"Of page: page or slide, or second and one of a recording."`
	Count int     `json:"count,omitempty" doc:"How many people." example:"4"`
	Value string  `json:"value,omitempty" doc:"The tag, or the word that fits." example:"Pricing"`
	Score float64 `json:"score,omitempty" doc:"Of rated: the average of its ratings." example:"4.5"`
}

func whyDTO(all []search.Why) []SearchWhy {
	list := make([]SearchWhy, 0, len(all))
	for _, w := range all {
		list = append(list, SearchWhy(w))
	}
	return list
}

// SearchCount is how many of the things found have a value.
type SearchCount struct {
	Value string `json:"value"`
	Count int    `json:"count"`
}

// SearchAnswer is what was found.
type SearchAnswer struct {
	Hits           []SearchHit              `json:"hits"`
	Facets         map[string][]SearchCount `json:"facets" doc:"By the names of the filters, most frequent value first."`
	EstimatedTotal int                      `json:"estimated_total" doc:"About how many things fit."`
	Degraded       bool                     `json:"degraded" doc:"Whether the answer is from the database alone, because the search engine is away: a little less good."`
}

type searchInput struct {
	Q            string   `query:"q" maxLength:"500" doc:"What you look for: words, the beginning of a word, or a question. Empty gives the newest." example:"pilot pricing"`
	Limit        int      `query:"limit" default:"20" minimum:"1" maximum:"100" doc:"How many hits at most."`
	Offset       int      `query:"offset" minimum:"0" maximum:"900" doc:"How many hits to leave out, to page."`
	In           []string `query:"in,explode" maxItems:"5" enum:"resource,idea,draft,post,person" doc:"Only these kinds of things. Repeat a filter for several values, of which one must fit."`
	Type         []string `query:"type,explode" maxItems:"50" doc:"Only this content type (of resources and drafts), kind (of ideas) or network (of posts), e.g. case_study. blog stands for blog_post." example:"case_study"`
	State        []string `query:"state,explode" maxItems:"20" doc:"Only in this state. What is archived is found only when asked for."`
	Lang         []string `query:"lang,explode" maxItems:"50" example:"en"`
	Tags         []string `query:"tags,explode" maxItems:"50"`
	Personas     []string `query:"persona,explode" maxItems:"50"`
	Stages       []string `query:"stage,explode" maxItems:"50"`
	Industries   []string `query:"industry,explode" maxItems:"50"`
	Products     []string `query:"product,explode" maxItems:"50"`
	Regions      []string `query:"region,explode" maxItems:"50"`
	Sharing      []string `query:"sharing,explode" maxItems:"2" doc:"Of resources: shareable, internal."`
	Freshness    []string `query:"freshness,explode" maxItems:"4" doc:"Of resources: new (published within 30 days), current, due (for review), expired (for marketing)."`
	Collection   []string `query:"collection,explode" maxItems:"20" doc:"In one of these collections, by id, as far as you may see them."`
	SourceRepo   []string `query:"source_repo,explode" maxItems:"50" doc:"Where imported things come from."`
	Year         []int    `query:"year,explode" maxItems:"50" doc:"Published, or made, in this year (UTC)."`
	Facets       []string `query:"facets" maxItems:"15" enum:"in,type,state,lang,tags,persona,stage,industry,product,region,sharing,freshness,source_repo,year,collection" doc:"Count the things found by the values of these filters; separate names by commas. collection has the ids of those that you see, of the first 50 by title, and always says what choosing that one alone would show, also when that is nothing; it takes a search for each, so ask for it apart."`
	Alternatives bool     `query:"alternatives" doc:"Count what choosing another value of a filter as well would show: what is chosen in a filter does not narrow its own counts."`
	Sort         string   `query:"sort" enum:"best,new,used,rated" default:"best" doc:"The other orders than best are of what has all the words. used and rated are of resources; what nobody looked at or rated comes last."`
}

func (s *Server) searchOperations() {
	register(s, op{ID: "search", Method: http.MethodGet, Path: "/search", Tag: "search", Summary: "Search",
		Description: "Finds resources (with the pages of their files), ideas, drafts, posts and people that you may see: by words, unfinished or misspelt words, synonyms and questions. " +
			"Filters go by their own names and narrow together. Nothing that you may not see is among hits, counts or facets. " +
			"A hit's `type` is the kind of thing, for which the filter is `in`; the filter `type` is for the content type, which the hit has as `content_type`.",
		Outside: true}, s.search)
}

func (s *Server) search(ctx context.Context, in *searchInput) (*body[SearchAnswer], error) {
	collections, err := s.searchCollections(ctx, in)
	if err != nil {
		return nil, err
	}
	sets := chosenSets(collections, in.Collection)
	query := search.Query{Text: in.Q, Limit: in.Limit, Offset: in.Offset, Facets: in.Facets, Alternatives: in.Alternatives, Sort: in.Sort, Filters: search.Filters{
		Sets: sets, Sharing: in.Sharing, Freshness: in.Freshness, In: in.In, Type: in.Type, State: in.State, Lang: in.Lang, Tags: in.Tags, Personas: in.Personas, Stages: in.Stages, Industries: in.Industries,
		Products: in.Products, Regions: in.Regions, SourceRepo: in.SourceRepo, Year: in.Year}}
	found, err := s.Search.Search(ctx, query)
	if err != nil {
		return nil, err
	}
	answer := SearchAnswer{Hits: make([]SearchHit, 0, len(found.Hits)), Facets: map[string][]SearchCount{}, EstimatedTotal: found.EstimatedTotal, Degraded: found.Degraded}
	places, err := s.hitPlaces(ctx, found.Hits)
	if err != nil {
		return nil, err
	}
	for i, h := range found.Hits {
		at := places[i]
		answer.Hits = append(answer.Hits, SearchHit{Type: h.Kind, ID: h.ID, Title: h.Title, TitleMarked: h.TitleMarked, SourceID: h.SourceID, Page: at.page,
			Second: at.second, PictureURL: at.picture, AssetID: idOrNull(h.AssetID), Snippet: h.Snippet, ContentType: h.Type, State: h.State, Lang: h.Lang, At: h.At, Why: whyDTO(h.Why)})
	}
	for name, counts := range found.Facets {
		answer.Facets[name] = []SearchCount{}
		for _, c := range counts {
			answer.Facets[name] = append(answer.Facets[name], SearchCount{c.Value, c.Count})
		}
	}
	if slices.Contains(in.Facets, "collection") {
		if answer.Facets["collection"], err = s.countCollections(ctx, query, collections); err != nil {
			return nil, err
		}
	}
	return &body[SearchAnswer]{Body: answer}, nil
}

// searchCollections gives the collections that a search needs, of those that somebody sees.
func (s *Server) searchCollections(ctx context.Context, in *searchInput) ([]library.Set, error) {
	if len(in.Collection) == 0 && !slices.Contains(in.Facets, "collection") {
		return nil, nil
	}
	return s.Collections.Sets(ctx)
}

// chosenSets gives chosen collections as a filter; those that somebody does not see are left out.
func chosenSets(all []library.Set, chosen []string) []search.Set {
	if len(chosen) == 0 {
		return nil
	}
	sets := []search.Set{}
	for _, c := range all {
		if slices.Contains(chosen, c.ID.String()) {
			sets = append(sets, searchSet(c))
		}
	}
	return sets
}

func searchSet(c library.Set) search.Set {
	set := search.Set{Things: c.IDs}
	if r := c.Rule; r != nil {
		set.Rule = &search.Filters{Type: r.Types, Stages: r.Stages, Personas: r.Personas, Industries: r.Industries, Products: r.Products, Regions: r.Regions, Lang: r.Languages, Sharing: r.Sharing}
	}
	return set
}

// countCollections says what choosing each collection would show, most first.
func (s *Server) countCollections(ctx context.Context, q search.Query, all []library.Set) ([]SearchCount, error) {
	all = all[:min(len(all), search.MostSets)]
	sets := make([]search.Set, len(all))
	for i, c := range all {
		sets[i] = searchSet(c)
	}
	found, err := s.Search.CountSets(ctx, q, sets)
	if err != nil {
		return nil, err
	}
	counts := make([]SearchCount, len(all))
	for i, c := range all {
		counts[i] = SearchCount{c.ID.String(), found[i]}
	}
	slices.SortStableFunc(counts, func(a, b SearchCount) int { return cmp.Compare(b.Count, a.Count) })
	return counts, nil
}
