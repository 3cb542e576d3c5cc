// Package reviewlinks shows the text of a draft to people outside: by a signed address, for some days, without an account.
// They read and, where the link lets them, comment. What they reach is what the maker of the link may read at that
// moment, and of that the text and the threads that came by the same link.
package reviewlinks

import (
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"byline/backend/internal/activity"
	"byline/backend/internal/platform/errs"
)

// Limits of links.
const (
	MaxDays    = 30
	maxOpen    = 50  // links of a draft that are neither expired nor revoked
	maxPeople  = 100 // reviewers of one link
	labelRunes = 120
	noteRunes  = 1000
)

// Link is one way in for people outside.
type Link struct {
	ID         uuid.UUID
	DraftID    uuid.UUID
	MadeBy     activity.Person
	Label      string // for whom
	Note       string // to them
	MayComment bool
	CreatedAt  time.Time
	ExpiresAt  time.Time
	RevokedAt  *time.Time
	OpenedAt   *time.Time // the first time
	SeenAt     *time.Time // the last time, within a minute
	Reviewers  []Reviewer
}

// Reviewer is somebody outside who said who they are.
type Reviewer struct {
	ID           uuid.UUID
	LinkID       uuid.UUID
	Name         string
	Organisation string
	CreatedAt    time.Time
	SeenAt       time.Time
}

// Input is what makes a link.
type Input struct {
	Label      string
	Note       string
	Days       int
	MayComment bool
}

func (in *Input) clean() error {
	in.Label, in.Note = strings.TrimSpace(in.Label), strings.TrimSpace(in.Note)
	if n := utf8.RuneCountInString(in.Label); n == 0 || n > labelRunes {
		return errs.Field(errs.Invalid, "body.label", "Say for whom the link is, in 1 to 120 characters.")
	}
	if utf8.RuneCountInString(in.Note) > noteRunes {
		return errs.Field(errs.Invalid, "body.note", "A note has at most 1,000 characters.")
	}
	if in.Days < 1 || in.Days > MaxDays {
		return errs.Field(errs.Invalid, "body.days", "A link lasts 1 to 30 days.")
	}
	return nil
}

// oneLine makes what a stranger calls themselves fit to stand beside their words.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

func (r *Reviewer) clean() error {
	r.Name, r.Organisation = oneLine(r.Name), oneLine(r.Organisation)
	if n := utf8.RuneCountInString(r.Name); n == 0 || n > 80 {
		return errs.Field(errs.Invalid, "body.name", "Give your name, in 1 to 80 characters.")
	}
	if utf8.RuneCountInString(r.Organisation) > 120 {
		return errs.Field(errs.Invalid, "body.organisation", "An organisation has at most 120 characters.")
	}
	return nil
}

// What somebody outside is told when a link opens nothing. Whether it was revoked or the draft is gone looks the same.
var (
	errUnknown = errs.New(errs.NotFound, "This link is not complete, or there never was such a link. Copy all of it from the message that it came in.")
	errExpired = errs.New(errs.Gone, "This link has expired. Ask the person who sent it for a new one.")
	errClosed  = errs.New(errs.Gone, "This link was closed. Ask the person who sent it for a new one.")
)
