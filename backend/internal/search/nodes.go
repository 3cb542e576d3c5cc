package search

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"sort"
	"strings"
	"time"

	"crypto/sha256"

	"github.com/google/uuid"
	"github.com/meilisearch/meilisearch-go"

	"byline/backend/internal/platform/meili"
)

// The index that is searched, and the one that is filled to take its place.
const (
	liveIndex = "things"
	nextIndex = "things_next"
)

// entry is a document as a node has it.
type entry struct {
	ID         string   `json:"id"`
	Kind       string   `json:"kind"`
	Part       string   `json:"part"`
	Thing      string   `json:"thing"`
	Digest     string   `json:"digest"`
	Audience   []string `json:"audience"`
	From       int64    `json:"from"`
	Until      int64    `json:"until"`
	Title      string   `json:"title"`
	Summary    string   `json:"summary"`
	Names      string   `json:"names"`
	Body       string   `json:"body"`
	Pages      []string `json:"pages"`
	Type       string   `json:"type"`
	State      string   `json:"state"`
	Lang       string   `json:"lang"`
	Tags       []string `json:"tags"`
	Personas   []string `json:"personas"`
	Stages     []string `json:"stages"`
	Industries []string `json:"industries"`
	Products   []string `json:"products"`
	Regions    []string `json:"regions"`
	Sharing    string   `json:"sharing"`
	Freshness  string   `json:"freshness"`
	SourceRepo string   `json:"source_repo"`
	Year       int      `json:"year"`
	At         int64    `json:"at"`
	inGerman
	inPairs
}

// inGerman are the texts of documents in German, whose words have to be taken apart by rules of their own; their other texts are
// empty then.
type inGerman struct {
	Title   string   `json:"title_de,omitempty"`
	Summary string   `json:"summary_de,omitempty"`
	Body    string   `json:"body_de,omitempty"`
	Pages   []string `json:"pages_de,omitempty"`
}

// inPairs is what is in scripts without spaces, of any document (see apart).
type inPairs struct {
	Title   string   `json:"title_pairs,omitempty"`
	Summary string   `json:"summary_pairs,omitempty"`
	Names   string   `json:"names_pairs,omitempty"`
	Body    string   `json:"body_pairs,omitempty"`
	Pages   []string `json:"pages_pairs,omitempty"`
}

// entryID names a document in a node.
func entryID(id uuid.UUID, part string) string {
	if part == "title" {
		return id.String() + "_title"
	}
	return id.String()
}

func keyOf(entryID string) (k key, err error) {
	id, part, found := strings.Cut(entryID, "_")
	k.Part = "full"
	if found {
		k.Part = part
	}
	k.ID, err = uuid.Parse(id)
	return k, err
}

// endOfTime is later than every expiry, as a number that JSON keeps exactly.
const endOfTime = 1 << 40

func toEntry(d document, digest []byte) entry {
	e := entry{ID: entryID(d.ID, d.Part), Kind: d.Kind, Part: d.Part, Thing: d.ID.String(), Digest: hex.EncodeToString(digest), Audience: d.Audience, Until: endOfTime,
		Title: d.Title, Summary: d.Summary, Names: d.Names, Body: d.Body, Pages: make([]string, 0, len(d.Pages)), Type: d.Type, State: d.State, Lang: d.Lang,
		Tags: d.Tags, Personas: d.Personas, Stages: d.Stages, Industries: d.Industries, Products: d.Products, Regions: d.Regions, Sharing: d.Sharing, Freshness: d.Freshness, SourceRepo: d.SourceRepo,
		Year: d.Year, At: d.At.Unix()}
	if d.VisibleFrom != nil {
		e.From = d.VisibleFrom.Unix()
	}
	if d.VisibleUntil != nil {
		e.Until = d.VisibleUntil.Unix()
	}
	for _, p := range d.Pages {
		e.Pages = append(e.Pages, p.Text)
	}
	e.takeApart(d)
	if d.language() == "de" {
		e.inGerman = inGerman{e.Title, e.Summary, e.Body, e.Pages}
		e.Title, e.Summary, e.Body, e.Pages = "", "", "", []string{}
	}
	return e
}

// settings of the index. Attributes stand in the order of what a word in them says.
func settings() *meili.Settings {
	return &meili.Settings{
		SearchableAttributes: []string{"title", "title_de", "title_pairs", "tags", "summary", "summary_de", "summary_pairs", "names", "names_pairs", "personas", "stages", "industries",
			"products", "regions", "body", "body_de", "body_pairs", "pages", "pages_de", "pages_pairs"},
		LocalizedAttributes: []*meilisearch.LocalizedAttributes{ // the first that fits counts
			{AttributePatterns: []string{"*_de"}, Locales: []string{"deu"}},
			{AttributePatterns: []string{"*_pairs"}, Locales: []string{"eng"}},
			{AttributePatterns: []string{"*"}, Locales: []string{"eng", "cmn"}},
		},
		FilterableAttributes: []string{"kind", "part", "thing", "audience", "from", "until", "type", "state", "lang", "tags", "personas", "stages", "industries",
			"products", "regions", "sharing", "freshness", "source_repo", "year"},
		SortableAttributes:  []string{"at"},
		DisplayedAttributes: []string{"id", "digest"},
		RankingRules:        []string{"words", "typo", "proximity", "attribute", "sort", "exactness"},
		Synonyms:            thesaurus(),
		StopWords:           stopWords(),
		TypoTolerance: &meilisearch.TypoTolerance{Enabled: true, MinWordSizeForTypos: meilisearch.MinWordSizeForTypos{OneTypo: 4, TwoTypos: 8},
			DisableOnAttributes: []string{"title_pairs", "summary_pairs", "names_pairs", "body_pairs", "pages_pairs"}},
		Faceting:   &meilisearch.Faceting{MaxValuesPerFacet: 100, SortFacetValuesBy: map[string]meilisearch.SortFacetType{"*": meilisearch.SortFacetTypeCount}},
		Pagination: &meilisearch.Pagination{MaxTotalHits: MaxOffset + MaxLimit},
	}
}

func stopWords() (words []string) {
	for w := range smallWords {
		words = append(words, w)
	}
	sort.Strings(words)
	return words
}

// settingsSum tells whether an index was made with these settings.
var settingsSum = func() string {
	b, err := json.Marshal(settings())
	if err != nil { // a struct of plain values
		panic(err)
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:8])
}

// quote writes a value for a filter.
func quote(values []string) string {
	escaped := make([]string, len(values))
	for i, v := range values {
		escaped[i] = `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(v) + `"`
	}
	return "[" + strings.Join(escaped, ", ") + "]"
}

// filter is statement.allowed for a node.
func filter(r reader, f Filters, now time.Time) []string {
	full := `part = full AND audience IN ` + quote(r.audiences)
	if !r.always {
		full += fmt.Sprintf(` AND from <= %d AND until > %d`, now.Unix(), now.Unix())
	}
	all := []string{full}
	if len(r.titles) > 0 {
		all[0] = `(` + full + `) OR (part = title AND thing IN ` + quote(texts(r.titles)) + `)`
	}
	all = append(all, f.forNode()...)
	if len(f.State) == 0 {
		all = append(all, `state != archived`)
	}
	return all
}

func (f Filters) forNode() (all []string) {
	for _, l := range f.lists() {
		all = append(all, l.column+` IN `+quote(l.values))
	}
	if len(f.Year) > 0 {
		all = append(all, `year IN [`+strings.Trim(strings.Join(strings.Fields(fmt.Sprint(f.Year)), ", "), "[]")+`]`)
	}
	if f.Sets == nil {
		return all
	}
	sets := []string{}
	for _, set := range f.Sets {
		if set.Rule != nil {
			sets = append(sets, `(`+strings.Join(append(set.Rule.forNode(), `kind = resource`), ` AND `)+`)`)
			continue
		}
		sets = append(sets, `thing IN `+quote(texts(set.Things)))
	}
	if len(sets) == 0 {
		return append(all, `thing IN []`)
	}
	return append(all, strings.Join(sets, ` OR `))
}

func texts(ids []uuid.UUID) []string {
	all := make([]string, len(ids))
	for i, id := range ids {
		all[i] = id.String()
	}
	return all
}

// fromNodes answers from Meilisearch; best is the score of the first hit, 1 for all words as they are. With all, only what
// has all the words is found.
func (s *Service) fromNodes(ctx context.Context, q Query, words asked, r reader, limit int, all bool) (f found, best float64, err error) {
	if q.Alternatives {
		return s.withAlternatives(ctx, q, words, r, limit, all)
	}
	locales, err := s.locales(ctx, words)
	if err != nil {
		return f, 0, err
	}
	req := &meili.Request{Query: forNodes(q.Text), Limit: int64(limit), AttributesToRetrieve: []string{"id"}, Filter: filter(r, q.Filters, time.Now()),
		MatchingStrategy: meilisearch.Frequency, ShowRankingScore: true, Locales: locales}
	if all {
		req.MatchingStrategy = meilisearch.All
	}
	columns := map[string]string{}
	for _, name := range q.Facets {
		column, _ := facetColumn(name)
		columns[name] = column
		req.Facets = append(req.Facets, column)
	}
	if q.Text == "" {
		req.Sort = []string{"at:desc"}
	}
	res, err := s.nodes.Search(ctx, liveIndex, req, s.current(ctx))
	if err != nil {
		return f, 0, err
	}
	f.total = int(res.EstimatedTotalHits)
	for _, h := range res.Hits {
		var hit struct {
			ID    string  `json:"id"`
			Score float64 `json:"_rankingScore"`
		}
		if err := h.DecodeInto(&hit); err != nil {
			return f, 0, err
		}
		k, err := keyOf(hit.ID)
		if err != nil {
			return f, 0, err
		}
		f.keys, best = append(f.keys, k), max(best, hit.Score)
	}
	f.facets = map[string][]Count{}
	if len(res.FacetDistribution) > 0 {
		var counts map[string]map[string]int
		if err := json.Unmarshal(res.FacetDistribution, &counts); err != nil {
			return f, 0, err
		}
		for name, column := range columns {
			f.facets[name] = sorted(counts[column])
		}
	}
	return f, best, nil
}

func sorted(counts map[string]int) []Count {
	list := make([]Count, 0, len(counts))
	for v, n := range counts {
		if v != "" && v != "0" {
			list = append(list, Count{v, n})
		}
	}
	sort.Slice(list, func(i, j int) bool {
		return list[i].Count > list[j].Count || (list[i].Count == list[j].Count && list[i].Value < list[j].Value)
	})
	return list
}
