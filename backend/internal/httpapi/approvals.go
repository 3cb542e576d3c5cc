package httpapi

import (
	"context"
	"net/http"
	"time"

	"github.com/google/uuid"

	"byline/backend/internal/drafts"
)

// ApprovalSum is how many approvals a draft has of those that it needs.
type ApprovalSum struct {
	Mode   drafts.ApprovalMode `json:"mode" enum:"both_sides,named,n_of_m" doc:"Copied from its content type when it is submitted: one of each side, everybody who is named, or so many of them."`
	Needed int                 `json:"needed"`
	Given  int                 `json:"given" doc:"Of the version to approve."`
}

func approvalSum(d drafts.Draft) ApprovalSum {
	return ApprovalSum{Mode: d.Approval.Mode, Needed: d.Approval.Needed(), Given: d.ApprovalsGiven()}
}

// AskedPerson is somebody whose yes a draft needs or has.
type AskedPerson struct {
	Person      PersonRef   `json:"person"`
	Lead        bool        `json:"lead"`
	Waits       bool        `json:"waits" doc:"Whether the draft waits for them now."`
	ApprovedAt  *time.Time  `json:"approved_at,omitempty"`
	ApprovedBy  *PersonRef  `json:"approved_by,omitempty" doc:"The colleague who approved for them while they were away."`
	RemindedAt  *time.Time  `json:"reminded_at,omitempty"`
	EscalatedAt *time.Time  `json:"escalated_at,omitempty"`
	EscalatedTo []PersonRef `json:"escalated_to"`
	AwayUntil   *string     `json:"away_until,omitempty" format:"date" doc:"Their last day away, when they are away now."`
	Delegate    *PersonRef  `json:"delegate,omitempty" doc:"Who may approve for them meanwhile."`
	Left        bool        `json:"left" doc:"They have no account any more."`
	Instead     []PersonRef `json:"instead" doc:"Who may approve for them then: leads of their side. Nobody: name another approver."`
}

// ApprovalStatus is whose yes a draft needs, and since when it waits.
type ApprovalStatus struct {
	ApprovalSum
	Since   *time.Time    `json:"since,omitempty" doc:"When the version to approve was submitted; absent before."`
	Number  int           `json:"number,omitempty" doc:"Of that version."`
	People  []AskedPerson `json:"people" doc:"Before it is submitted: who will be asked."`
	Problem string        `json:"problem,omitempty" doc:"Why it could not be submitted now."`
}

func statusDTO(st drafts.ApprovalStatus) ApprovalStatus {
	dto := ApprovalStatus{ApprovalSum: ApprovalSum{Mode: st.Mode, Needed: st.Needed, Given: st.Given}, Since: st.Since, Number: st.Number, Problem: st.Problem, People: []AskedPerson{}}
	for _, p := range st.People {
		dto.People = append(dto.People, AskedPerson{Person: ref(p.Person), Lead: p.Lead, Waits: p.Waits, ApprovedAt: p.ApprovedAt, ApprovedBy: refOrNull(p.ApprovedBy), RemindedAt: p.RemindedAt,
			EscalatedAt: p.EscalatedAt, EscalatedTo: refs(p.EscalatedTo), AwayUntil: formatDate(p.AwayUntil), Delegate: refOrNull(p.Delegate), Left: p.Left, Instead: refs(p.Instead)})
	}
	return dto
}

// Absence is somebody's time away.
type Absence struct {
	ID       uuid.UUID  `json:"id"`
	Person   PersonRef  `json:"person" doc:"You, or somebody for whom you stand in."`
	Delegate *PersonRef `json:"delegate,omitempty"`
	StartsOn string     `json:"starts_on" format:"date" doc:"The first day away."`
	EndsOn   string     `json:"ends_on" format:"date" doc:"The last."`
	Timezone string     `json:"timezone" doc:"Whose days these are: that of the person's profile when it was saved." example:"Europe/Berlin"`
	StartsAt time.Time  `json:"starts_at"`
	EndsAt   time.Time  `json:"ends_at"`
	Note     string     `json:"note"`
	Rev      int64      `json:"rev"`
}

func absenceDTO(a drafts.Absence) Absence {
	return Absence{ID: a.ID, Person: ref(a.Person), Delegate: refOrNull(a.Delegate), StartsOn: a.StartsOn.Format(time.DateOnly), EndsOn: a.EndsOn.Format(time.DateOnly),
		Timezone: a.Timezone, StartsAt: a.StartsAt, EndsAt: a.EndsAt, Note: a.Note, Rev: a.Rev}
}

// AbsenceTimes is what one says about one's time away.
type AbsenceTimes struct {
	StartsOn   string     `json:"starts_on" format:"date" doc:"The first day away, in the time zone of your profile." example:"2026-12-21"`
	EndsOn     string     `json:"ends_on" format:"date" doc:"The last." example:"2027-01-03"`
	DelegateID *uuid.UUID `json:"delegate_id,omitempty" doc:"A colleague of your side who may approve for you meanwhile; what waits for you is shown to them too."`
	Note       string     `json:"note,omitempty" maxLength:"200"`
}

func (t AbsenceTimes) input() (drafts.AbsenceInput, error) {
	from, err := parseDate("body.starts_on", &t.StartsOn)
	if err != nil {
		return drafts.AbsenceInput{}, err
	}
	until, err := parseDate("body.ends_on", &t.EndsOn)
	if err != nil {
		return drafts.AbsenceInput{}, err
	}
	in := drafts.AbsenceInput{DelegateID: nullID(t.DelegateID), Note: t.Note}
	if from != nil && until != nil {
		in.StartsOn, in.EndsOn = *from, *until
	}
	return in, nil
}

type absenceInput struct{ Body AbsenceTimes }

type changeAbsenceInput struct {
	PathID
	IfMatch
	Body AbsenceTimes
}

func (s *Server) approvalOperations() {
	register(s, op{ID: "getApprovalStatus", Method: http.MethodGet, Path: "/drafts/{id}/approvals/status", Tag: "drafts", Summary: "Whose approval a draft needs",
		Description: "Who has said yes, for whom it waits since when, who was reminded, and who is away and left it to whom. Before it is submitted: who will be asked."},
		func(ctx context.Context, in *PathID) (*body[ApprovalStatus], error) {
			st, err := s.Drafts.ApprovalStatus(ctx, in.ID)
			return &body[ApprovalStatus]{Body: statusDTO(st)}, err
		})
	register(s, op{ID: "listAbsences", Method: http.MethodGet, Path: "/absences", Tag: "people", Summary: "List times away",
		Description: "Yours, and those of people for whom you stand in, that have not ended; soonest first."},
		func(ctx context.Context, _ *struct{}) (*body[List[Absence]], error) {
			found, err := s.Drafts.Absences(ctx)
			return &body[List[Absence]]{Body: paged(found, len(found), nil, absenceDTO)}, err
		})
	register(s, op{ID: "addAbsence", Method: http.MethodPost, Path: "/absences", Tag: "people", Summary: "Say that you will be away", Status: http.StatusCreated, Errors: []int{http.StatusConflict},
		Description: "Whole days, by the clock of your profile's time zone. Meanwhile your delegate may approve for you, which is recorded as done on your behalf. 409 when you are away on some of these days already."},
		func(ctx context.Context, in *absenceInput) (*versioned[Absence], error) {
			input, err := in.Body.input()
			if err != nil {
				return nil, err
			}
			a, err := s.Drafts.AddAbsence(ctx, input)
			return withRev(a.Rev, absenceDTO(a)), err
		})
	register(s, op{ID: "changeAbsence", Method: http.MethodPut, Path: "/absences/{id}", Tag: "people", Summary: "Change a time away", Errors: []int{http.StatusConflict, http.StatusPreconditionFailed},
		Description: "Yours only."},
		func(ctx context.Context, in *changeAbsenceInput) (*versioned[Absence], error) {
			rev, err := in.Rev()
			if err != nil {
				return nil, err
			}
			input, err := in.Body.input()
			if err != nil {
				return nil, err
			}
			a, err := s.Drafts.ChangeAbsence(ctx, in.ID, rev, input)
			return withRev(a.Rev, absenceDTO(a)), err
		})
	register(s, op{ID: "removeAbsence", Method: http.MethodDelete, Path: "/absences/{id}", Tag: "people", Summary: "Take a time away back",
		Description: "Yours only. From now on nobody stands in for you; what was approved for you stays approved."},
		func(ctx context.Context, in *PathID) (*struct{}, error) {
			return nil, s.Drafts.RemoveAbsence(ctx, in.ID)
		})
}
