package search

import (
	"math"
)

// signals is what is known of a resource beside its text: how far one may trust it, and what colleagues make of it.
// People are those who looked at it in the last 30 days, without the reader.
type signals struct {
	Due     bool // its review is overdue, or its time is over
	Checked bool // somebody said in the last 90 days that it is right
	People  int
	Side    int // of the reader's side
	Team    int // of the reader's team
	Ratings int
	Rating  float64 // the average, 1 to 5
	Score   float64 // the same with two ratings of three added
}

// signalColumns are those of a document d, read with signalJoin; $1 is the reader, $2 their team, $3 their side.
const (
	signalColumns = `coalesce(sr.state IN ('review_due', 'expired') OR sr.expires_at <= now(), false), coalesce(sr.verified_at > now() - interval '90 days', false),
		coalesce(su.people, 0) - sm.n, coalesce(CASE $3::text WHEN 'sales' THEN su.sales ELSE su.marketing END, 0) - sm.n,
		CASE WHEN $2::uuid IS NULL THEN 0 ELSE coalesce((su.teams->>$2::text)::int, 0) - sm.n END,
		coalesce(sr.ratings, 0), coalesce(sr.rating_sum / nullif(sr.ratings, 0)::float8, 0), coalesce(sr.rating_score, 0)::float8`
	signalJoin = ` LEFT JOIN resources sr ON d.kind = 'resource' AND sr.id = d.id LEFT JOIN resource_use su ON su.resource_id = sr.id
		LEFT JOIN LATERAL (SELECT count(*)::int AS n FROM (SELECT FROM resource_views x WHERE su.people > 0 AND x.resource_id = su.resource_id AND x.user_id = $1
			AND x.day > current_date - 30 LIMIT 1) y) sm ON true `
)

func (s *signals) fields() []any {
	return []any{&s.Due, &s.Checked, &s.People, &s.Side, &s.Team, &s.Ratings, &s.Rating, &s.Score}
}

// clean keeps counts sensible that were made a few minutes ago.
func (s *signals) clean() {
	s.People, s.Side, s.Team = max(s.People, 0), max(s.Side, 0), max(s.Team, 0)
}

// What the signals count, as a part of the score of the text. Together they lift a hit from the second place to the first
// only where nearly all of them speak for it, and what is overdue loses about as much.
const (
	useCounts    = 0.12
	useOfMany    = 20 // people from which more of them say no more
	teamCounts   = 0.10
	teamOfMany   = 3
	sideCounts   = 0.04
	ratingCounts = 0.12
	checkCounts  = 0.03
	dueCounts    = 0.35
	fewWords     = 2 // of a query that names a subject rather than a thing
)

// weight is what the score of a hit's text is multiplied with; 1 where nothing is known.
func (s signals) weight() float64 {
	w := 1 + useCounts*min(1, math.Log1p(float64(s.People))/math.Log1p(useOfMany)) +
		teamCounts*min(1, float64(s.Team)/teamOfMany) + sideCounts*min(1, float64(s.Side)/teamOfMany)
	if s.Ratings > 0 {
		w += ratingCounts * (s.Score - 3) / 2
	}
	if s.Checked {
		w += checkCounts
	}
	if s.Due {
		w -= dueCounts
	}
	return w
}

// inRank puts documents, which stand in the order of their text, a little otherwise by their signals. The text comes
// first: what neither says what the query says nor has all its words in the title never passes what does, unless that is
// overdue and the query a word or two: who types a whole title wants that thing, overdue or not.
func inRank(f found, docs map[key]document, r *reading) []key {
	type entry struct {
		key
		score float64
		firm  bool
		due   bool
	}
	list := make([]entry, 0, len(f.keys))
	for i, k := range f.keys {
		d := docs[k]
		named := r.of(d).covers(d.Title)
		list = append(list, entry{k, d.weight() / (fuseCalm + float64(i)), i < f.said || named, d.Due && !(named && len(r.words) > fewWords)})
	}
	passes := func(a, b entry) bool { return a.score > b.score && (a.firm || !b.firm || b.due) }
	for i := range list {
		for j := i; j > 0 && passes(list[j], list[j-1]); j-- {
			list[j], list[j-1] = list[j-1], list[j]
		}
	}
	keys := make([]key, len(list))
	for i, e := range list {
		keys[i] = e.key
	}
	return keys
}
