// Package views owns saved views: named filters of a page, one's own or shared. A view is an address and grants
// nothing: who opens it sees what they may see anyway.
package views

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/google/uuid"

	"byline/backend/internal/activity"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/errs"
)

// Pages are those that have views.
var Pages = []string{"drafts", "calendar", "ideas", "library"}

// Sharing is who sees a view beside its maker.
type Sharing string

// The ways to share.
const (
	WithNobody    Sharing = "nobody"
	WithSide      Sharing = "side" // of the maker
	WithEverybody Sharing = "everybody"
)

// most is how many views of one page a person may have.
const most = 50

// View is a named set of filters.
type View struct {
	ID        uuid.UUID
	Owner     activity.Person
	Side      auth.Side // of the maker
	Page      string
	Name      string
	Query     string // what the address of the page says behind the question mark
	Shared    Sharing
	Opens     bool // the reader's page opens with it
	Tells     bool // the reader is told of what is new in it
	Deleted   bool
	Rev       int64
	UpdatedAt time.Time
}

// Input is what is said about a view.
type Input struct {
	Page   string // only of a new one
	Name   string
	Query  string
	Shared Sharing
}

func (in *Input) clean() error {
	in.Name = strings.Join(strings.Fields(in.Name), " ")
	in.Query = strings.TrimPrefix(in.Query, "?")
	switch n := utf8.RuneCountInString(in.Name); {
	case n == 0 || n > 60:
		return errs.Field(errs.Invalid, "body.name", "Give the view a name of 1 to 60 characters.")
	case in.Query == "" || len(in.Query) > 2000:
		return errs.Field(errs.Invalid, "body.query", "A view holds filters: set some first. The address may have 2000 characters.")
	case strings.ContainsFunc(in.Query, func(r rune) bool {
		return unicode.IsControl(r) || unicode.IsSpace(r) || strings.ContainsRune(`#<>"\`, r)
	}):
		return errs.Field(errs.Invalid, "body.query", "Give what the address says behind the question mark, as it stands there.")
	case !slices.Contains([]Sharing{WithNobody, WithSide, WithEverybody}, in.Shared):
		return errs.Field(errs.Invalid, "body.shared", "Share it with nobody, side or everybody.")
	}
	return nil
}

// maySee says whether somebody has the view among theirs.
func (v View) maySee(u auth.User) bool {
	return u.ID == v.Owner.ID || v.Shared == WithEverybody || v.Shared == WithSide && u.Side == v.Side
}

// MayEdit says whether somebody may change the view: its maker, and the leads of its side once it is shared.
func (v View) MayEdit(u auth.User) bool {
	return u.ID == v.Owner.ID || v.Shared != WithNobody && u.LeadOf(v.Side)
}
