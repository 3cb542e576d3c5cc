// Package collections owns sets of resources with pages of their own: chosen by hand, in sections and an order, or by a
// rule. A collection grants nothing: everybody sees in it, and counts in it, what they may see anyway.
package collections

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"byline/backend/internal/activity"
	"byline/backend/internal/library"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/errs"
	"byline/backend/internal/views"
)

// Kind is how a collection comes by its resources.
type Kind string

// The kinds.
const (
	ByHand Kind = "hand"
	ByRule Kind = "rule"
)

const (
	mostCollections = 300
	mostItems       = 300
	mostSections    = 20
	tones           = 6
)

// Rule narrows the library. Values of one list are alternatives; lists narrow each other.
type Rule struct {
	ContentType []string `json:"content_type,omitempty"`
	Stage       []string `json:"stage,omitempty"`
	Persona     []string `json:"persona,omitempty"`
	Industry    []string `json:"industry,omitempty"`
	Product     []string `json:"product,omitempty"`
	Region      []string `json:"region,omitempty"`
	Lang        []string `json:"lang,omitempty"`
	Sharing     []string `json:"sharing,omitempty"`
}

func (r Rule) lists() [][]string {
	return [][]string{r.ContentType, r.Stage, r.Persona, r.Industry, r.Product, r.Region, r.Lang, r.Sharing}
}

func (r Rule) filter() library.ResourceFilter {
	return library.ResourceFilter{Types: r.ContentType, Stages: r.Stage, Personas: r.Persona, Industries: r.Industry, Products: r.Product, Regions: r.Region, Languages: r.Lang, Sharing: r.Sharing}
}

// Collection is a set of resources.
type Collection struct {
	ID uuid.UUID
	Input
	Owner     activity.Person
	Side      auth.Side // of the maker
	Sections  []string  // headings; the first may be empty
	Count     int       // what the reader sees in it
	Pictures  []Picture
	Contains  bool // the resource that was asked for
	Deleted   bool
	Rev       int64
	UpdatedAt time.Time
}

// Picture is one of a cover: of a file, or of a page of it.
type Picture struct {
	Asset uuid.UUID
	Page  int
}

// Input is what is said about a collection.
type Input struct {
	Title, Summary string
	Kind           Kind // of a new one
	Rule           Rule
	Sort           string
	Tone           int
	CoverID        uuid.NullUUID // the resource whose picture is the cover; none is those of the first ones
	CoverPage      int           // of its file; 0 is its first picture
	Shared         views.Sharing
}

// MayMake says whether somebody makes and changes collections: marketing, leads, administrators.
func MayMake(u auth.User) bool { return u.IsMarketer() || u.Lead || u.Admin }

func (c Collection) maySee(u auth.User) bool {
	return u.ID == c.Owner.ID || !c.Deleted && (c.Shared == views.WithEverybody || c.Shared == views.WithSide && u.Side == c.Side)
}

// MayEdit says whether somebody changes this one.
func (c Collection) MayEdit(u auth.User) bool { return c.maySee(u) && MayMake(u) }

func (in *Input) clean() error {
	in.Title, in.Summary = strings.Join(strings.Fields(in.Title), " "), strings.TrimSpace(in.Summary)
	if in.Sort == "" {
		in.Sort = "new"
	}
	if !in.CoverID.Valid {
		in.CoverPage = 0
	}
	switch n := utf8.RuneCountInString(in.Title); {
	case n == 0 || n > 120:
		return errs.Field(errs.Invalid, "body.title", "Give the collection a title of 1 to 120 characters.")
	case utf8.RuneCountInString(in.Summary) > 1000:
		return errs.Field(errs.Invalid, "body.summary", "Say what it is for in at most 1000 characters.")
	case in.Kind != ByHand && in.Kind != ByRule:
		return errs.Field(errs.Invalid, "body.kind", "Choose hand or rule.")
	case !slices.Contains([]string{"new", "used", "title"}, in.Sort):
		return errs.Field(errs.Invalid, "body.sort", "Choose new, used or title.")
	case in.CoverPage < 0 || in.CoverPage > 10000:
		return errs.Field(errs.Invalid, "body.cover_page", "Choose a page of the file, or 0 for its first picture.")
	case in.Tone < 0 || in.Tone >= tones:
		return errs.Field(errs.Invalid, "body.tone", "Choose one of the six colours, 0 to 5.")
	case !slices.Contains([]views.Sharing{views.WithNobody, views.WithSide, views.WithEverybody}, in.Shared):
		return errs.Field(errs.Invalid, "body.shared", "Share it with nobody, side or everybody.")
	}
	n := 0
	for _, list := range in.Rule.lists() {
		if n += len(list); len(list) > 20 || slices.ContainsFunc(list, func(v string) bool { return v == "" || utf8.RuneCountInString(v) > 500 }) {
			return errs.Field(errs.Invalid, "body.rule", "A rule has at most 20 values of each filter.")
		}
	}
	if in.Kind == ByHand {
		in.Rule = Rule{}
		return nil
	}
	if n == 0 {
		return errs.Field(errs.Invalid, "body.rule", "A rule needs at least one filter. Otherwise it is the whole library.")
	}
	return nil
}

// Section is a part of a collection: a heading, which may be empty, and its resources in their order.
type Section struct {
	Title string
	IDs   []uuid.UUID
}

func cleanSections(sections []Section) error {
	if len(sections) == 0 || len(sections) > mostSections {
		return errs.Newf(errs.Invalid, "A collection has 1 to %d sections.", mostSections)
	}
	seen := map[uuid.UUID]bool{}
	for i := range sections {
		s := &sections[i]
		if s.Title = strings.Join(strings.Fields(s.Title), " "); utf8.RuneCountInString(s.Title) > 80 || i > 0 && s.Title == "" {
			return errs.Field(errs.Invalid, "body.sections", "Give every section but the first a heading, of at most 80 characters.")
		}
		for _, id := range s.IDs {
			if seen[id] {
				return errs.Field(errs.Invalid, "body.sections", "A resource can be named once.")
			}
			seen[id] = true
		}
	}
	return nil
}
