// Package bulkedit owns changes of many resources at once: what would change and what is refused is said first, all of it
// is done in one transaction, and one press takes it back.
package bulkedit

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"byline/backend/internal/library"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/errs"
)

// Most is how many resources one change may have.
const Most = 1000

// samples is how many resources a preview shows with all that changes of them.
const samples = 30

// Change is what resources are to get. What is not set stays as it is.
type Change struct {
	Add         library.Taxonomy `json:"add"`
	Remove      library.Taxonomy `json:"remove"`
	SetOwner    bool             `json:"set_owner"`
	OwnerID     uuid.NullUUID    `json:"owner_id"` // of SetOwner; none takes the owner away
	SetReview   bool             `json:"set_review"`
	ReviewDueOn string           `json:"review_due_on"` // of SetReview
	SetExpiry   bool             `json:"set_expiry"`
	ExpiresAt   *time.Time       `json:"expires_at"` // of SetExpiry
	DatesZone   string           `json:"dates_zone"`
	Shareable   *bool            `json:"shareable"`
	Inside      *bool            `json:"inside"`  // downloads by colleagues
	Outside     *bool            `json:"outside"` // downloads by recipients of shares
	Archived    *bool            `json:"archived"`
	Collection  uuid.NullUUID    `json:"collection"` // into which they are put
}

// Line is how one field of a resource changes.
type Line struct {
	Field         string
	Before, After any
}

// Outcome is what a change does, or would do, to one resource.
type Outcome struct {
	ID     uuid.UUID
	Title  string
	Reason string // why it is refused
	Lines  []Line // of a sample
}

// Report is what a change does, or would do.
type Report struct {
	EditID    uuid.UUID      // of a change that was made
	Changing  int            // resources that get something else
	Unchanged int            // that are so already
	Fields    map[string]int // how many resources change in which field
	Samples   []Outcome
	Stale     []Outcome // changed by somebody since they were seen
	Refused   []Outcome
}

// Undone is what taking a change back did.
type Undone struct {
	Restored int // resources that are as they were
	Left     []Outcome
}

// fields are what can change, in the order in which it is shown.
var fields = []string{"persona", "stage", "industry", "product", "region", "tag", "owner", "review", "expires", "shareable", "inside", "outside", "archived"}

// of gives a field of a resource, to be compared and shown.
func of(e *library.Editable, field string) any {
	switch field {
	case "owner":
		if e.OwnerID.Valid {
			return e.OwnerID.UUID
		}
		return nil
	case "review":
		return e.ReviewDueOn
	case "expires":
		if e.ExpiresAt == nil {
			return nil
		}
		return e.ExpiresAt.UTC()
	case "shareable":
		return e.Shareable
	case "inside":
		return e.Downloads.Inside
	case "outside":
		return e.Downloads.Outside
	case "archived":
		return e.Archived
	}
	return *e.Taxonomy.List(field)
}

// take gives a resource a field of another state of it.
func take(to *library.Editable, from library.Editable, field string) {
	switch field {
	case "owner":
		to.OwnerID = from.OwnerID
	case "review":
		to.ReviewDueOn = from.ReviewDueOn
	case "expires":
		to.ExpiresAt, to.DatesZone = from.ExpiresAt, from.DatesZone
	case "shareable":
		to.Shareable = from.Shareable
	case "inside":
		to.Downloads.Inside = from.Downloads.Inside
	case "outside":
		to.Downloads.Outside = from.Downloads.Outside
	case "archived":
		to.Archived = from.Archived
	default:
		*to.Taxonomy.List(field) = *from.Taxonomy.List(field)
	}
}

func same(a, b *library.Editable, field string) bool {
	x, y := of(a, field), of(b, field)
	if list, ok := x.([]string); ok {
		return slices.Equal(list, y.([]string))
	}
	return x == y
}

// changed gives the fields in which two states of a resource differ.
func changed(a, b *library.Editable) (names []string) {
	for _, f := range fields {
		if !same(a, b, f) {
			names = append(names, f)
		}
	}
	return names
}

// apply gives what a resource becomes, or why it may not. asked is what its type asks for.
func (c Change) apply(e library.Edited, asked []string) (library.Edited, error) {
	after := e
	var err error
	if after.Taxonomy, err = e.Taxonomy.Add(c.Add, c.Remove); err != nil {
		return e, err
	}
	// what it lacked before is another matter: it is listed, and does not stand in the way of a new owner
	had := e.Taxonomy.MissingOf(asked)
	for _, facet := range after.Taxonomy.MissingOf(asked) {
		if !slices.Contains(had, facet) {
			return e, errs.Newf(errs.Invalid, "Its type needs a value for: %s.", facet)
		}
	}
	if c.SetOwner {
		after.OwnerID = c.OwnerID
	}
	if c.SetReview {
		after.ReviewDueOn = c.ReviewDueOn
	}
	if c.SetExpiry {
		after.ExpiresAt = c.ExpiresAt
		if after.DatesZone = c.DatesZone; c.ExpiresAt == nil && e.ReleaseAt == nil {
			after.DatesZone = ""
		}
		if c.ExpiresAt != nil && e.ReleaseAt != nil && !c.ExpiresAt.After(*e.ReleaseAt) {
			return e, errs.New(errs.Invalid, "It would expire before its release.")
		}
	}
	for to, from := range map[*bool]*bool{&after.Shareable: c.Shareable, &after.Downloads.Inside: c.Inside, &after.Downloads.Outside: c.Outside, &after.Archived: c.Archived} {
		if from != nil {
			*to = *from
		}
	}
	return after, nil
}

func (c Change) check() error {
	if err := c.Add.Check(); err != nil {
		return errs.Field(errs.Invalid, "body.change.add", "Give at most 40 values of each kind, of 1 to 500 characters.")
	}
	if err := c.Remove.Check(); err != nil {
		return errs.Field(errs.Invalid, "body.change.remove", "Give at most 40 values of each kind, of 1 to 500 characters.")
	}
	if _, err := time.LoadLocation(c.DatesZone); err != nil || c.DatesZone == "Local" {
		return errs.Field(errs.Invalid, "body.change.dates_zone", `Name the time zone as the IANA list does, e.g. "Europe/Berlin".`)
	}
	tags := 0
	for _, facet := range library.RequirableFacets {
		tags += len(*c.Add.List(facet)) + len(*c.Remove.List(facet))
	}
	if tags == 0 && !c.SetOwner && !c.SetReview && !c.SetExpiry && c.Shareable == nil && c.Inside == nil && c.Outside == nil && c.Archived == nil && !c.Collection.Valid {
		return errs.Field(errs.Invalid, "body.change", "Say what is to change.")
	}
	return nil
}

// mayEdit says whether somebody changes resources.
func mayEdit(u auth.User) bool { return u.IsMarketer() || u.Admin }
