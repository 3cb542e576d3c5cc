// Package ideas owns what sales would like to see made: ideas, content requests and stories, their votes and evidence,
// who sees them, and their way from new to published, declined or merged.
package ideas

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"byline/backend/internal/activity"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/errs"
)

// Kind says what is asked for.
type Kind string

// The kinds.
const (
	KindIdea    Kind = "idea"
	KindRequest Kind = "request" // has a date by which it is needed
	KindStory   Kind = "story"   // of a customer or a peer
)

// State is where an idea stands.
type State string

// The states; see product.md, "State machines".
const (
	StateNew         State = "new"
	StateUnderReview State = "under_review"
	StatePlanned     State = "planned"
	StateInProgress  State = "in_progress"
	StatePublished   State = "published"
	StateDeclined    State = "declined"
	StateMerged      State = "merged"
)

// transitions lists where marketing may move an idea by hand. StateMerged and published are reached by merging and by
// publishing a linked draft; a declined or merged idea can be reopened.
var transitions = map[State][]State{
	StateNew:         {StateUnderReview, StatePlanned, StateDeclined},
	StateUnderReview: {StateNew, StatePlanned, StateDeclined},
	StatePlanned:     {StateUnderReview, StateInProgress, StateDeclined},
	StateInProgress:  {StatePlanned, StateDeclined},
	StatePublished:   {StateInProgress},
	StateDeclined:    {StateUnderReview},
	StateMerged:      {},
}

// Next gives the states to which an idea may be moved from s by hand.
func (s State) Next() []State { return transitions[s] }

// Open says whether people may vote and edit: it is still to be made.
func (s State) Open() bool { return s != StateDeclined && s != StateMerged && s != StatePublished }

// Visibility says who sees an idea.
type Visibility string

// The visibilities.
const (
	Everyone Visibility = "everyone"
	Team     Visibility = "team"    // the author's team
	Private  Visibility = "private" // the author and people added
)

// Idea is something that sales would like to see made.
type Idea struct {
	ID            uuid.UUID
	Kind          Kind
	Title         string
	Body          string
	Tags          []string
	State         State
	Reason        string // why it was declined or moved
	Visibility    Visibility
	AuthorID      uuid.UUID
	Author        activity.Person
	TeamID        uuid.NullUUID
	People        []activity.Person // who may see a private one, beside its author; only where one idea is asked for
	NeededBy      *time.Time        // a date
	MergedInto    uuid.NullUUID
	Votes         int
	Voted         bool // by the reader
	Comments      int
	EvidenceCount int
	Rev           int64
	CreatedAt     time.Time
	UpdatedAt     time.Time
}

// Evidence is what a customer said or did that speaks for an idea.
type Evidence struct {
	ID        uuid.UUID
	IdeaID    uuid.UUID
	Kind      string // quote, question, objection, call_note, deal
	Text      string
	Source    string // who said it, e.g. "CFO of a freight company"
	DealValue *float64
	Author    activity.Person
	CreatedAt time.Time
}

// Input is what people write about an idea.
type Input struct {
	Kind       Kind
	Title      string
	Body       string
	Tags       []string
	Visibility Visibility
	NeededBy   *time.Time
	People     []uuid.UUID // who may see it when it is private
}

func (in *Input) clean() error {
	in.Title, in.Body = strings.TrimSpace(in.Title), strings.TrimSpace(in.Body)
	if in.Kind == "" {
		in.Kind = KindIdea
	}
	if in.Visibility == "" {
		in.Visibility = Everyone
	}
	if n := utf8.RuneCountInString(in.Title); n == 0 || n > 200 {
		return errs.Field(errs.Invalid, "body.title", "Give the idea a title of 1 to 200 characters.")
	}
	if utf8.RuneCountInString(in.Body) > 20_000 {
		return errs.Field(errs.Invalid, "body.body", "A description has at most 20,000 characters.")
	}
	if !slices.Contains([]Kind{KindIdea, KindRequest, KindStory}, in.Kind) {
		return errs.Field(errs.Invalid, "body.kind", "The kind is idea, request or story.")
	}
	if !slices.Contains([]Visibility{Everyone, Team, Private}, in.Visibility) {
		return errs.Field(errs.Invalid, "body.visibility", "An idea is for everyone, for your team, or private.")
	}
	if in.NeededBy != nil && in.Kind != KindRequest {
		return errs.Field(errs.Invalid, "body.needed_by", "Only a request has a date by which it is needed.")
	}
	tags, err := CleanTags(in.Tags)
	in.Tags = tags
	return err
}

// CleanTags trims tags, drops empty and repeated ones, and refuses long ones.
func CleanTags(tags []string) ([]string, error) {
	clean := []string{}
	for _, t := range tags {
		t = strings.Join(strings.Fields(t), " ")
		switch {
		case t == "" || slices.Contains(clean, t):
		case utf8.RuneCountInString(t) > 40:
			return nil, errs.Field(errs.Invalid, "body.tags", "A tag has at most 40 characters.")
		default:
			clean = append(clean, t)
		}
	}
	if len(clean) > 20 {
		return nil, errs.Field(errs.Invalid, "body.tags", "At most 20 tags, please.")
	}
	return clean, nil
}

// mayEdit says whether somebody may change the words of an idea.
func (i Idea) mayEdit(u auth.User) bool {
	return u.ID == i.AuthorID || u.IsMarketer() || u.Admin
}

// forTheSamePeopleAs says whether two ideas are seen by the same people, so that merging one into the other shows nothing
// to anybody new, and hides the votes of nobody. Of private ideas only an author's own are known to be.
func (i Idea) forTheSamePeopleAs(o Idea) bool {
	switch {
	case i.Visibility != o.Visibility:
		return false
	case i.Visibility == Team:
		return i.TeamID == o.TeamID
	case i.Visibility == Private:
		return i.AuthorID == o.AuthorID
	}
	return true
}

// mayTriage says whether somebody may move ideas through their states.
func mayTriage(u auth.User) bool { return u.IsMarketer() || u.Admin }
