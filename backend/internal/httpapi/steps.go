package httpapi

import (
	"context"
	"net/http"
	"time"

	"github.com/google/uuid"

	"byline/backend/internal/contenttypes"
	"byline/backend/internal/drafts"
)

// Step is a part of a draft's way: a state, when it is due, whose it is, and how it went.
type Step struct {
	Step       contenttypes.Step `json:"step" enum:"brief,writing,in_review,approved" doc:"approved ends with publishing."`
	DueOn      *string           `json:"due_on,omitempty" format:"date"`
	Assignee   *PersonRef        `json:"assignee,omitempty"`
	StartedAt  *time.Time        `json:"started_at,omitempty"`
	FinishedAt *time.Time        `json:"finished_at,omitempty"`
}

// StepDay is a day of a step.
type StepDay struct {
	Step       contenttypes.Step `json:"step" enum:"brief,writing,in_review,approved"`
	DueOn      *string           `json:"due_on,omitempty" format:"date" doc:"Absent: it has no day."`
	AssigneeID *uuid.UUID        `json:"assignee_id,omitempty" doc:"Absent: nobody's in particular."`
}

// MovedSteps are days that open steps would have when they move along with one that is early or late.
type MovedSteps struct {
	Because contenttypes.Step `json:"because" enum:"brief,writing,in_review,approved" doc:"The step that is early or late."`
	Days    int               `json:"days" doc:"Working days, negative when earlier." example:"-2"`
	Steps   []StepDay         `json:"steps" doc:"Steps that would move, with their new days."`
}

// Steps is the way of a draft.
type Steps struct {
	Items    []Step      `json:"items"`
	Rev      int64       `json:"rev" doc:"Of the draft, for If-Match."`
	Proposal *MovedSteps `json:"proposal,omitempty" doc:"What becomes of the days to come because a step ended early or late. Nothing changes until setSteps: with these days, or with those that are there, which declines it."`
}

type setStepsInput struct {
	PathID
	IfMatch
	Body struct {
		Steps []StepDay `json:"steps" maxItems:"4" doc:"Steps that are not named stay."`
	}
}

type proposeStepsInput struct {
	PathID
	Step contenttypes.Step `query:"step" required:"true" enum:"brief,writing,in_review,approved" doc:"The step whose day moves."`
	On   string            `query:"on" required:"true" format:"date" doc:"Its new day."`
}

// CheckItem is an item of a draft's checklist.
type CheckItem struct {
	ID     uuid.UUID  `json:"id"`
	Text   string     `json:"text" example:"Customer agreed in writing"`
	DoneAt *time.Time `json:"done_at,omitempty"`
	DoneBy *PersonRef `json:"done_by,omitempty"`
}

// CheckItemPath names an item of a checklist in an address.
type CheckItemPath struct {
	PathID
	ItemID uuid.UUID `path:"item_id"`
}

type addCheckItemInput struct {
	PathID
	Body struct {
		Text string `json:"text" minLength:"1" maxLength:"200" example:"Prices checked"`
	}
}

type checkInput struct {
	CheckItemPath
	Body struct {
		Done bool `json:"done"`
	}
}

func movedDTO(m *drafts.Moved) *MovedSteps {
	if m == nil {
		return nil
	}
	dto := &MovedSteps{Because: m.Because, Days: m.Days, Steps: []StepDay{}}
	for _, d := range m.Steps {
		dto.Steps = append(dto.Steps, StepDay{Step: d.Step, DueOn: formatDate(d.DueOn)})
	}
	return dto
}

func stepsAnswer(w drafts.Way, err error) (*versioned[Steps], error) {
	if err != nil {
		return nil, err
	}
	dto := Steps{Items: []Step{}, Rev: w.Rev, Proposal: movedDTO(w.Moved)}
	for _, st := range w.Steps {
		step := Step{Step: st.Step, DueOn: formatDate(st.DueOn), StartedAt: st.StartedAt, FinishedAt: st.FinishedAt}
		if st.Assignee != nil {
			p := ref(*st.Assignee)
			step.Assignee = &p
		}
		dto.Items = append(dto.Items, step)
	}
	return withRev(w.Rev, dto), nil
}

func checklistAnswer(items []drafts.CheckItem, err error) (*body[List[CheckItem]], error) {
	if err != nil {
		return nil, err
	}
	return &body[List[CheckItem]]{Body: paged(items, len(items), nil, func(c drafts.CheckItem) CheckItem {
		dto := CheckItem{ID: c.ID, Text: c.Text, DoneAt: c.DoneAt}
		if c.DoneBy != nil {
			p := ref(*c.DoneBy)
			dto.DoneBy = &p
		}
		return dto
	})}, nil
}

func (s *Server) stepOperations() {
	register(s, op{ID: "getSteps", Method: http.MethodGet, Path: "/drafts/{id}/steps", Tag: "drafts", Summary: "Get the steps of a draft",
		Description: "When each step is due, whose it is, and how it went; and what becomes of the days to come when one ended early or late."},
		func(ctx context.Context, in *PathID) (*versioned[Steps], error) {
			return stepsAnswer(s.Drafts.Way(ctx, in.ID))
		})
	register(s, op{ID: "setSteps", Method: http.MethodPut, Path: "/drafts/{id}/steps", Tag: "drafts", Summary: "Set days and people of steps",
		Errors: []int{http.StatusConflict, http.StatusPreconditionFailed}, Description: "The writer and marketing. Days are plans: approvals stay. Whoever gets a step hears of it. It also answers the proposal of getSteps."},
		func(ctx context.Context, in *setStepsInput) (*versioned[Steps], error) {
			rev, err := in.Rev()
			if err != nil {
				return nil, err
			}
			var days []drafts.StepDay
			for _, d := range in.Body.Steps {
				on, err := parseDate("body.steps", d.DueOn)
				if err != nil {
					return nil, err
				}
				days = append(days, drafts.StepDay{Step: d.Step, DueOn: on, AssigneeID: nullID(d.AssigneeID)})
			}
			return stepsAnswer(s.Drafts.SetSteps(ctx, in.ID, rev, days))
		})
	register(s, op{ID: "proposeSteps", Method: http.MethodGet, Path: "/drafts/{id}/steps/proposal", Tag: "drafts", Summary: "See what moves along",
		Description: "Which open steps would move, and to which days, when one step gets another day. Changes nothing; without anything to move, days is 0."},
		func(ctx context.Context, in *proposeStepsInput) (*body[MovedSteps], error) {
			on, err := parseDate("query.on", &in.On)
			if err != nil {
				return nil, err
			}
			moved, err := s.Drafts.Propose(ctx, in.ID, in.Step, *on)
			if err != nil {
				return nil, err
			}
			if moved == nil {
				moved = &drafts.Moved{Because: in.Step}
			}
			return &body[MovedSteps]{Body: *movedDTO(moved)}, nil
		})
	register(s, op{ID: "getChecklist", Method: http.MethodGet, Path: "/drafts/{id}/checklist", Tag: "drafts", Summary: "Get the checklist of a draft",
		Description: "Copied from its type when it was planned. Open items are a reminder and stop nothing."},
		func(ctx context.Context, in *PathID) (*body[List[CheckItem]], error) {
			return checklistAnswer(s.Drafts.Checklist(ctx, in.ID))
		})
	register(s, op{ID: "addCheckItem", Method: http.MethodPost, Path: "/drafts/{id}/checklist", Tag: "drafts", Summary: "Add to the checklist", Status: http.StatusCreated,
		Errors: []int{http.StatusConflict}, Description: "Whoever writes or manages the draft. At most 60 items."},
		func(ctx context.Context, in *addCheckItemInput) (*body[List[CheckItem]], error) {
			return checklistAnswer(s.Drafts.AddCheckItem(ctx, in.ID, in.Body.Text))
		})
	register(s, op{ID: "check", Method: http.MethodPut, Path: "/drafts/{id}/checklist/{item_id}", Tag: "drafts", Summary: "Tick an item off",
		Errors: []int{http.StatusConflict}, Description: "Or take that back. It says who did, and when; ticking twice changes nothing."},
		func(ctx context.Context, in *checkInput) (*body[List[CheckItem]], error) {
			return checklistAnswer(s.Drafts.Check(ctx, in.ID, in.ItemID, in.Body.Done))
		})
	register(s, op{ID: "removeCheckItem", Method: http.MethodDelete, Path: "/drafts/{id}/checklist/{item_id}", Tag: "drafts", Summary: "Take an item off the checklist", Status: http.StatusOK,
		Errors: []int{http.StatusConflict}, Description: "For good; add it again to undo."},
		func(ctx context.Context, in *CheckItemPath) (*body[List[CheckItem]], error) {
			return checklistAnswer(s.Drafts.RemoveCheckItem(ctx, in.ID, in.ItemID))
		})
}
