// Package drafts owns content pieces on their way: brief, people, versions and approvals. The document itself belongs to
// coedit; what is published goes to library.
package drafts

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"byline/backend/internal/activity"
	"byline/backend/internal/coedit"
	"byline/backend/internal/ideas"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/errs"
)

// State is where a draft stands.
type State string

// The states; see product.md, "State machines".
const (
	Brief     State = "brief"
	Writing   State = "writing"
	InReview  State = "in_review"
	Approved  State = "approved"
	Published State = "published"
	Archived  State = "archived" // given up, or replaced by the next draft of its resource
)

// Draft is a content piece on its way.
type Draft struct {
	ID               uuid.UUID
	Title            string
	ContentType      string
	State            State
	ArchivedFrom     State // where an archived draft stood
	WriterID         uuid.UUID
	Writer           activity.Person
	Confidential     bool
	Plan             Plan
	ResourceID       uuid.NullUUID
	CurrentVersionID uuid.NullUUID
	Rev              int64
	CreatedAt        time.Time
	UpdatedAt        time.Time
	StateChangedAt   time.Time
	Comments         int
	ApprovedBy       []auth.Side // sides with a valid approval
	Approval         ApprovalRule
	Contributors     []uuid.UUID
	Suggesters       []uuid.UUID // contributors of sales who write suggestions only
	Approvers        []uuid.UUID
	Ideas            []uuid.UUID
	People           []activity.Person // contributors, approvers and the expert, with their names
	// Full says whether the reader may see text and brief; authors and voters of its ideas see title and state only.
	Full bool
	// StepDue is the day on which the step is due that it is in, where only title and state are asked for: of a
	// confidential draft not to everybody who gets these.
	StepDue *time.Time
	sortKey string // what a sorted list compared
}

// Plan is the brief: why and for whom a piece is made, and when it is due.
type Plan struct {
	Summary      string        `json:"summary"`
	Audience     string        `json:"audience"`
	Stage        string        `json:"stage"`
	KeyMessage   string        `json:"key_message"`
	Proof        string        `json:"proof"`
	CallToAction string        `json:"call_to_action"`
	Channel      string        `json:"channel"`
	ExpertID     uuid.NullUUID `json:"expert_id"`
	DueOn        *time.Time    `json:"due_on"`
	PublishOn    *time.Time    `json:"publish_on"`
	Tags         []string      `json:"tags"`
	PublicURL    string        `json:"public_url"`
	Shareable    bool          `json:"shareable"`
}

// Input is what marketing writes about a draft.
type Input struct {
	Title        string
	ContentType  string
	Confidential bool
	Plan         Plan
	WriterID     uuid.UUID
	Contributors []uuid.UUID
	Approvers    []uuid.UUID
	Ideas        []uuid.UUID
	ResourceID   uuid.NullUUID // on Create: the published resource of which this is the next draft
}

func (in *Input) clean() error {
	in.Title = strings.TrimSpace(in.Title)
	p := &in.Plan
	if n := utf8.RuneCountInString(in.Title); n == 0 || n > 300 {
		return errs.Field(errs.Invalid, "body.title", "Give the draft a title of 1 to 300 characters.")
	}
	if p.PublicURL != "" && (!coedit.SafeLink(p.PublicURL) || !strings.HasPrefix(p.PublicURL, "http")) {
		return errs.Field(errs.Invalid, "body.brief.public_url", "Give the http or https address at which the piece will be public.")
	}
	for field, text := range map[string]struct {
		s   string
		max int
	}{"summary": {p.Summary, 4000}, "audience": {p.Audience, 500}, "stage": {p.Stage, 80}, "key_message": {p.KeyMessage, 4000},
		"proof": {p.Proof, 4000}, "call_to_action": {p.CallToAction, 1000}, "channel": {p.Channel, 200}} {
		if utf8.RuneCountInString(text.s) > text.max {
			return errs.Field(errs.Invalid, "body.brief."+field, "This is too long.")
		}
	}
	tags, err := ideas.CleanTags(p.Tags)
	if err != nil {
		return errs.Field(errs.Invalid, "body.brief.tags", "At most 20 tags of 40 characters each, please.")
	}
	p.Tags = tags
	return nil
}

// begin fills what is empty from the template of a type.
func (p *Plan) begin(template map[string]string) {
	for field, text := range map[string]*string{"summary": &p.Summary, "audience": &p.Audience, "stage": &p.Stage, "key_message": &p.KeyMessage, "proof": &p.Proof,
		"call_to_action": &p.CallToAction, "channel": &p.Channel} {
		if *text == "" {
			*text = template[field]
		}
	}
}

// undated is the plan without its days, which are no part of what is approved.
func (p Plan) undated() Plan {
	p.DueOn, p.PublishOn = nil, nil
	return p
}

// approvedPartChanges says whether an input changes anything that approvals are about.
func (d Draft) approvedPartChanges(in Input) bool {
	return in.Title != d.Title || in.ContentType != d.ContentType || !reflect.DeepEqual(in.Plan.undated(), d.Plan.undated())
}

// keep makes whoever writes this a contributor of a confidential draft, unless they are on it already: nobody locks
// themselves out.
func (in *Input) keep(me uuid.UUID) {
	if in.Confidential && in.WriterID != me && !slices.Contains(in.Contributors, me) && !slices.Contains(in.Approvers, me) {
		in.Contributors = append(slices.Clone(in.Contributors), me)
	}
}

// planned is what the draft's ideas say of it to everybody who sees them.
func (in *Input) planned() string {
	if in.Confidential {
		return "Planned."
	}
	return "Planned as “" + in.Title + "”."
}

// Version is a copy of a draft at a moment: document, brief and files, with the SHA-256 over all of them.
type Version struct {
	ID          uuid.UUID
	Number      int
	Reason      string // submitted, named, restored or automatic
	Label       string
	FromNumber  int // of a restored one: whose text it is
	Title       string
	Hash        []byte
	DocVersion  int64
	Doc         json.RawMessage // only where one version is asked for
	Text        string          // likewise
	By          activity.Person
	Writers     []activity.Person // who changed the text since the version before
	CreatedAt   time.Time
	ApprovedAt  *time.Time
	PublishedAt *time.Time
}

// Approval is one person's yes to one exact version.
type Approval struct {
	ID         uuid.UUID
	VersionID  uuid.UUID
	Side       auth.Side
	By         activity.Person
	At         time.Time
	VoidedAt   *time.Time
	VoidReason string
	OnBehalfOf *activity.Person // whose yes it is, when they were away
}

// fixed says whether text, brief and files stay as they are.
func (d Draft) fixed() bool {
	return d.State == Approved || d.State == Published || d.State == Archived
}

// named says whether somebody has a part in the draft by name.
func (d Draft) named(u auth.User) bool {
	return u.ID == d.WriterID || slices.Contains(d.Contributors, u.ID) || slices.Contains(d.Approvers, u.ID)
}

// mayRead says whether somebody sees text and brief: who reads it anyway, and who approves for a colleague who is away.
func (d Draft) mayRead(u auth.User) bool { return d.reads(u) || len(d.standsIn(u)) > 0 }

// reads says whether somebody sees text and brief in their own right: marketing, contributors and approvers; leads, who
// may have to approve; only named people of a confidential one.
func (d Draft) reads(u auth.User) bool {
	return d.named(u) || (!d.Confidential && (u.IsMarketer() || u.Lead || u.Admin))
}

// mayWrite says whether somebody may change text and brief.
func (d Draft) mayWrite(u auth.User) bool {
	return u.ID == d.WriterID || slices.Contains(d.Contributors, u.ID) || (!d.Confidential && u.IsMarketer())
}

// suggests says whether somebody changes the text only by suggestions.
func (d Draft) suggests(u auth.User) bool {
	return u.ID != d.WriterID && slices.Contains(d.Suggesters, u.ID)
}

// mayLift says whether somebody decides who of sales writes in the text itself.
func (d Draft) mayLift(u auth.User) bool {
	return d.mayRead(u) && (u.ID == d.WriterID || (u.IsMarketer() && u.Lead) || u.Admin)
}

// mayManage says whether somebody may move the draft along and change who is on it.
func (d Draft) mayManage(u auth.User) bool {
	return u.ID == d.WriterID || (d.mayRead(u) && (u.IsMarketer() || u.Admin))
}

// Allowed lists what the user may do with the draft now, by the names of the operations.
func (d Draft) Allowed(u auth.User) []string {
	allowed := []string{}
	add := func(ok bool, name string) {
		if ok {
			allowed = append(allowed, name)
		}
	}
	write, manage := d.mayWrite(u), d.mayManage(u)
	add(write && !d.fixed(), "edit")
	add(manage && !d.fixed(), "plan")
	add(d.MaySchedule(u), "schedule")
	add(d.mayInvite(u) && d.State != Archived, "invite")
	add(manage && d.State == Brief, "start")
	add(d.mayLift(u) && !d.fixed(), "lift")
	add(write && d.State == Writing, "submit")
	add(write && d.State == InReview, "resubmit")
	_, waits := d.approvesFor(u)
	add(waits && d.State == InReview, "approve")
	add((d.MayApprove(u) || manage) && (d.State == InReview), "request_changes")
	add((manage || u.Lead && d.mayRead(u)) && d.State == Approved, "reopen")
	add(manage && (u.IsMarketer() || u.Admin) && d.State == Approved, "publish")
	add(manage && u.IsMarketer() && d.State == Published && d.ResourceID.Valid, "revise")
	add(manage && (d.State == Brief || d.State == Writing || d.State == Published), "archive")
	add(manage && d.State == Archived, "unarchive")
	return allowed
}
