package library

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/google/uuid"

	"byline/backend/internal/platform/auth"
)

// The reasons why a resource is recommended.
const (
	BecauseLike     = "like"     // has what the reader reads much of
	BecauseAbout    = "about"    // has the same as this resource
	BecauseTogether = "together" // so many who read this one read it too
	BecauseTeam     = "team"     // so many of the reader's team read it of late
	BecauseSide     = "side"     // of the reader's side
	BecauseUsed     = "used"     // of all
	BecauseRated    = "rated"
	BecauseNew      = "new"
	BecauseChecked  = "checked"
)

// Reason is why a resource is recommended.
type Reason struct {
	Code  string
	Value string  // values of its taxonomy
	Count int     // people, without the reader
	Score float64 // the average of its ratings
}

// Recommended is a resource, and why somebody should look at it.
type Recommended struct {
	Resource
	Why []Reason
}

// candidate is what is known of a resource that may be recommended.
type candidate struct {
	ID       uuid.UUID
	Values   []string // of its taxonomy
	People   int      // who read it of late, as the next two
	Side     int
	Team     int
	Together int // of those who read the other one
	Ratings  int
	Rating   float64
	New      bool
	Checked  bool
}

// peersFew is how many people are told of: fewer would be a look over one's shoulder.
const peersFew = 2

// why gives the reasons for a candidate, the most telling first, and how much they count together. likes says how often
// each value was met; like is what a match of them is called.
func (c candidate) why(likes map[string]int, like string) (all []Reason, score float64) {
	var shared []string
	met := 0
	for _, v := range c.Values {
		if n := likes[v]; n > 0 && !slices.Contains(shared, v) {
			shared, met = append(shared, v), met+n
		}
	}
	slices.SortStableFunc(shared, func(x, y string) int { return cmp.Compare(likes[y], likes[x]) })
	if len(shared) > 0 {
		all = append(all, Reason{Code: like, Value: strings.Join(shared[:min(2, len(shared))], ", ")})
		score += min(1, float64(met)/4)
	}
	if c.Together >= peersFew {
		all = append(all, Reason{Code: BecauseTogether, Count: c.Together})
		score += 0.7 * min(1, float64(c.Together)/5)
	}
	switch {
	case c.Team >= peersFew:
		all = append(all, Reason{Code: BecauseTeam, Count: c.Team})
	case c.Side >= peersFew:
		all = append(all, Reason{Code: BecauseSide, Count: c.Side})
	case c.People >= peersFew:
		all = append(all, Reason{Code: BecauseUsed, Count: c.People})
	}
	score += 0.4*min(1, float64(c.Team)/3) + 0.2*min(1, float64(c.Side)/5) + 0.1*min(1, float64(c.People)/10)
	if c.Ratings > 0 {
		score += 0.15 * (c.Rating - 3) / 2
		if c.Rating >= 4 {
			all = append(all, Reason{Code: BecauseRated, Count: c.Ratings, Score: c.Rating})
		}
	}
	switch {
	case c.New:
		all, score = append(all, Reason{Code: BecauseNew}), score+0.25
	case c.Checked:
		all, score = append(all, Reason{Code: BecauseChecked}), score+0.1
	}
	return all, score
}

// Recommend gives resources that the signed-in user has not read: like what they read, used by their colleagues, fresh.
// Each says why; without a reason nothing is recommended.
func (s *Service) Recommend(ctx context.Context, limit int) ([]Recommended, error) {
	u := auth.From(ctx)
	likes, err := s.store.likes(ctx, u.ID)
	if err != nil {
		return nil, err
	}
	candidates, err := s.store.unread(ctx, u, s.now())
	if err != nil {
		return nil, err
	}
	return s.best(ctx, candidates, likes, BecauseLike, limit)
}

// Related gives resources that go with one: about the same, read by the same people, fresh.
func (s *Service) Related(ctx context.Context, id uuid.UUID, limit int) ([]Recommended, error) {
	r, err := s.Resource(ctx, id)
	if err != nil {
		return nil, err
	}
	likes := map[string]int{}
	for _, v := range slices.Concat(r.Taxonomy.Tags, r.Taxonomy.Personas, r.Taxonomy.Industries, r.Taxonomy.Products) {
		likes[v] = 1
	}
	candidates, err := s.store.relatives(ctx, auth.From(ctx), r, s.now())
	if err != nil {
		return nil, err
	}
	candidates = slices.DeleteFunc(candidates, func(c candidate) bool { // what is merely new or used has nothing to do with it
		return c.Together < peersFew && !slices.ContainsFunc(c.Values, func(v string) bool { return likes[v] > 0 })
	})
	return s.best(ctx, candidates, likes, BecauseAbout, limit)
}

func (s *Service) best(ctx context.Context, candidates []candidate, likes map[string]int, like string, limit int) ([]Recommended, error) {
	type judged struct {
		id    uuid.UUID
		why   []Reason
		score float64
	}
	var all []judged
	for _, c := range candidates {
		if why, score := c.why(likes, like); len(why) > 0 {
			all = append(all, judged{c.ID, why, score})
		}
	}
	slices.SortStableFunc(all, func(x, y judged) int { return cmp.Compare(y.score, x.score) })
	all = all[:min(limit, len(all))]
	ids := make([]uuid.UUID, len(all))
	for i, j := range all {
		ids[i] = j.id
	}
	list, err := s.Resources(ctx, ResourceFilter{Found: ids, Sort: "best", Limit: limit})
	if err != nil {
		return nil, err
	}
	recommended := make([]Recommended, 0, len(list))
	for _, r := range list {
		recommended = append(recommended, Recommended{r, all[slices.Index(ids, r.ID)].why})
	}
	return recommended, nil
}
