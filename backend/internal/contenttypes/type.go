// Package contenttypes owns the types of content: what a brief of a type begins with, what is checked, how long each step
// takes, who approves, and when what was published is looked at again.
package contenttypes

import (
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/errs"
)

// Mode says whose yes a draft needs.
type Mode string

// The modes of approval. The draft's writer counts in none of them.
const (
	BothSides Mode = "both_sides" // one yes of each side
	Named     Mode = "named"      // everybody who is named, by the type or on the draft
	NOfM      Mode = "n_of_m"     // as many as needed of those who are named
)

// Step is a part of a draft's way: its state until it is published. The last one, approved, ends with publishing.
type Step string

// Steps in their order.
var Steps = []Step{"brief", "writing", "in_review", "approved"}

// BriefFields are the fields of a brief that a template may fill, and how many characters they hold.
var BriefFields = map[string]int{"summary": 4000, "audience": 500, "stage": 80, "key_message": 4000, "proof": 4000, "call_to_action": 1000, "channel": 200}

// Type is a type of content.
type Type struct {
	Key string
	Input
	Position  int
	Archived  bool // not offered for new pieces
	Rev       int64
	UpdatedAt time.Time
}

// Input is what leads of marketing and administrators say about a type.
type Input struct {
	Name, Description string
	Brief             map[string]string // text that a new brief begins with, by field
	Checklist         []string
	ReviewMonths      int          // after which what was published is looked at again
	StepDays          map[Step]int // working days
	Mode              Mode
	Needed            int           // how many yes, with NOfM
	Approvers         []uuid.UUID   // with Named and NOfM, beside those of the draft
	RemindHours       int           // after which approvers are reminded
	EscalateHours     int           // after which the leads of their side hear of it
	KeeperID          uuid.NullUUID // who looks again at what has no owner of its own
}

var keyPattern = regexp.MustCompile(`^[a-z][a-z0-9_]{1,39}$`)

// MayEdit says whether somebody may change types: leads of marketing, and administrators.
func MayEdit(u auth.User) bool { return u.LeadOf(auth.Marketing) || u.Admin }

func (in *Input) clean() error {
	in.Name, in.Description = strings.TrimSpace(in.Name), strings.TrimSpace(in.Description)
	if n := utf8.RuneCountInString(in.Name); n == 0 || n > 60 {
		return errs.Field(errs.Invalid, "body.name", "Give the type a name of 1 to 60 characters.")
	}
	if utf8.RuneCountInString(in.Description) > 500 {
		return errs.Field(errs.Invalid, "body.description", "Describe it in at most 500 characters.")
	}
	brief := map[string]string{}
	for field, text := range in.Brief {
		most, known := BriefFields[field]
		if !known {
			return errs.Field(errs.Invalid, "body.brief."+field, "A brief has no such field.")
		}
		if text = strings.TrimSpace(text); utf8.RuneCountInString(text) > most {
			return errs.Field(errs.Invalid, "body.brief."+field, "This is too long.")
		}
		if text != "" {
			brief[field] = text
		}
	}
	in.Brief = brief
	list := []string{}
	for _, item := range in.Checklist {
		if item = strings.Join(strings.Fields(item), " "); item != "" && !slices.Contains(list, item) {
			list = append(list, item)
		}
		if utf8.RuneCountInString(item) > 200 {
			return errs.Field(errs.Invalid, "body.checklist", "An item of the checklist has at most 200 characters.")
		}
	}
	if in.Checklist = list; len(list) > 30 {
		return errs.Field(errs.Invalid, "body.checklist", "A checklist has at most 30 items.")
	}
	for step, days := range in.StepDays {
		if !slices.Contains(Steps, step) || days < 0 || days > 250 {
			return errs.Field(errs.Invalid, "body.step_days", "Give 0 to 250 working days for brief, writing, in_review and approved.")
		}
	}
	return in.cleanApproval()
}

func (in *Input) cleanApproval() error {
	slices.SortFunc(in.Approvers, func(a, b uuid.UUID) int { return strings.Compare(a.String(), b.String()) })
	in.Approvers = append([]uuid.UUID{}, slices.Compact(in.Approvers)...)
	switch {
	case in.ReviewMonths < 1 || in.ReviewMonths > 60:
		return errs.Field(errs.Invalid, "body.review_months", "Look at it again after 1 to 60 months.")
	case !slices.Contains([]Mode{BothSides, Named, NOfM}, in.Mode):
		return errs.Field(errs.Invalid, "body.approval_mode", "Choose both_sides, named or n_of_m.")
	case in.Needed < 1 || in.Needed > 9:
		return errs.Field(errs.Invalid, "body.approvals_needed", "Ask for 1 to 9 approvals.")
	case len(in.Approvers) > 20:
		return errs.Field(errs.Invalid, "body.approver_ids", "Name at most 20 people.")
	case in.Mode == NOfM && len(in.Approvers) > 0 && len(in.Approvers) < in.Needed:
		return errs.Field(errs.Invalid, "body.approvals_needed", "More are asked for than are named. Name more people, or none: then those of the draft count.")
	case in.RemindHours < 1 || in.RemindHours > 720:
		return errs.Field(errs.Invalid, "body.remind_hours", "Remind after 1 to 720 hours.")
	case in.EscalateHours <= in.RemindHours || in.EscalateHours > 1440:
		return errs.Field(errs.Invalid, "body.escalate_hours", "Tell the lead later than the first reminder, at most after 1440 hours.")
	}
	return nil
}
