// Package taxonomy owns the values by which resources are sorted: which are offered, which were merged into others, and
// which of them a type of content must have. What a merge changes in resources, collections and views is done by those
// who own them, some at a time, and can be taken back.
package taxonomy

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
)

const (
	longest      = 80 // characters of a value that somebody gives; imports may bring longer ones
	mostSources  = 50 // of one merge
	mostValues   = 2000
	mostListed   = 500 // values of one facet
	mostOfferLog = 30  // changes that are listed
)

// Value is one value of a facet.
type Value struct {
	Facet, Value string
	Count        int  // resources that have it
	Retired      bool // not offered any more
}

// Effect is how much a merge changes.
type Effect struct {
	Resources   int
	Both        int // of these, those that have the target already
	Collections int // by rule
	Views       int
}

// State is how far a change is.
type State string

// The states of a change. Running and Undoing go on by themselves.
const (
	Running State = "running"
	Done    State = "done"
	Undoing State = "undoing"
	Undone  State = "undone"
)

// Change is a merge or a new name.
type Change struct {
	ID      uuid.UUID
	Facet   string
	Sources []string
	Target  string
	WasNew  bool // nothing was called so before: a new name
	Effect
	State    State
	Handled  int // resources, of those that the run, or the undo, has to do with
	Restored int // things that the undo gave back
	Left     int // things that it left, because somebody changed them since
	By       *activity.Person
	At       time.Time
	UndoneAt *time.Time
	undoneTo uuid.NullUUID
}

func (c Change) goesOn() bool { return c.State == Running || c.State == Undoing }

// Requirement is what resources of a type must have.
type Requirement struct {
	ContentType string
	Facets      []string
	Missing     int // resources in use that lack some of it
}

// MayEdit says whether somebody changes the taxonomy: the leads of both sides, and administrators.
func MayEdit(u auth.User) bool { return u.Lead || u.Admin }

var errMayNot = errs.New(errs.Forbidden, "The leads of both sides and administrators change the taxonomy.")

func checkFacet(facet string) error {
	if !slices.Contains(library.TagFacets, facet) {
		return errs.Field(errs.Invalid, "body.facet", "Choose one of: "+strings.Join(library.TagFacets, ", ")+".")
	}
	return nil
}

// clean makes a new value of a facet fit, or says what is wrong with it.
func clean(facet, value, at string) (string, error) {
	value = strings.Join(strings.Fields(value), " ")
	n := utf8.RuneCountInString(value)
	switch {
	case n == 0 || n > longest:
		return "", errs.Field(errs.Invalid, at, "A value has 1 to 80 characters.")
	case facet == "lang" && (n < 2 || n > 12 || strings.ContainsFunc(value, func(r rune) bool {
		return r != '-' && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z')
	})):
		return "", errs.Field(errs.Invalid, at, `A language is given by its tag, e.g. "de" or "pt-BR".`)
	}
	return value, nil
}
