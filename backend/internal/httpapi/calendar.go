package httpapi

import (
	"context"
	"net/http"

	"github.com/google/uuid"

	"byline/backend/internal/drafts"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/errs"
)

// CalendarEntry is one piece in a calendar.
type CalendarEntry struct {
	ID           uuid.UUID    `json:"id" doc:"Of the draft."`
	Title        string       `json:"title"`
	ContentType  string       `json:"content_type" example:"case_study"`
	State        drafts.State `json:"state" enum:"brief,writing,in_review,approved,published,archived"`
	Writer       PersonRef    `json:"writer"`
	Confidential bool         `json:"confidential" doc:"Only named people see it."`
	On           *string      `json:"on,omitempty" format:"date" doc:"The day of the lens; absent for pieces without one."`
	DueOn        *string      `json:"due_on,omitempty" format:"date" doc:"When the step is due that it is in."`
	PublishOn    *string      `json:"publish_on,omitempty" format:"date" doc:"When it goes public."`
	MayMove      bool         `json:"may_move" doc:"Whether you may give it other days now."`
	Why          string       `json:"why,omitempty" enum:"right,published" doc:"Why not: no right to; what is published is history."`
	Rev          int64        `json:"rev" doc:"Of the draft, for scheduleDraft."`
}

// CalendarPage is what a calendar shows.
type CalendarPage struct {
	Items    []CalendarEntry `json:"items" doc:"By day."`
	Undated  []CalendarEntry `json:"undated" doc:"Pieces in work without such a day, last changed first; at most 100."`
	Overflow bool            `json:"overflow" doc:"There is more than is given: narrow the filter or the days."`
}

func calendarEntry(u auth.User, lens drafts.Lens) func(drafts.Draft) CalendarEntry {
	return func(d drafts.Draft) CalendarEntry {
		e := CalendarEntry{ID: d.ID, Title: d.Title, ContentType: d.ContentType, State: d.State, Writer: ref(d.Writer), Confidential: d.Confidential,
			On: formatDate(d.On(lens)), DueOn: formatDate(d.DueOn()), PublishOn: formatDate(d.Plan.PublishOn), MayMove: d.MaySchedule(u), Rev: d.Rev}
		switch {
		case e.MayMove:
		case d.State == drafts.Published:
			e.Why = "published"
		default:
			e.Why = "right"
		}
		return e
	}
}

type calendarInput struct {
	Lens   drafts.Lens    `query:"lens" required:"true" enum:"publish,due" doc:"publish: the day it goes public. due: the day on which the step is due that it is in."`
	From   string         `query:"from" required:"true" format:"date" doc:"First day."`
	To     string         `query:"to" required:"true" format:"date" doc:"Last day; at most 400 days after the first."`
	Late   string         `query:"late_before" format:"date" doc:"Also what should have been done before this day and is not, however long ago. Give today, where the reader is."`
	State  []drafts.State `query:"state" enum:"brief,writing,in_review,approved,published" doc:"Only these states."`
	Mine   bool           `query:"mine" doc:"Only where you are writer, contributor or approver."`
	Person uuid.UUID      `query:"person" doc:"Only where this person is writer, contributor or approver."`
	Type   string         `query:"content_type" maxLength:"40" doc:"Only this type of content."`
	Side   auth.Side      `query:"side" enum:"sales,marketing" doc:"Only pieces in which somebody of this side has a part."`
	Idea   uuid.UUID      `query:"idea" doc:"Only pieces of this idea."`
}

type scheduleInput struct {
	PathID
	IfMatch
	Body struct {
		Lens drafts.Lens `json:"lens" enum:"publish,due" doc:"Which day: publish, or due of the step that it is in."`
		On   *string     `json:"on,omitempty" format:"date" doc:"The new day; absent takes it away."`
	}
}

// BoardLimits are how many pieces a column of the board should hold at most.
type BoardLimits struct {
	Limits map[string]int `json:"limits" doc:"By state: brief, writing, in_review, approved; 1 to 99. A column that is not named has no limit." example:"{\"writing\": 4}"`
}

// Board are the settings of the board.
type Board struct {
	BoardLimits
	Rev int64 `json:"rev"`
}

type boardInput struct {
	IfMatch
	Body BoardLimits
}

func (s *Server) calendarOperations() {
	register(s, op{ID: "getCalendar", Method: http.MethodGet, Path: "/calendar", Tag: "calendar", Summary: "See a calendar",
		Description: "The pieces whose text you may read, by the day of a lens, and those in work that have none. Days are dates without a time zone."}, s.getCalendar)
	register(s, op{ID: "scheduleDraft", Method: http.MethodPut, Path: "/drafts/{id}/date", Tag: "calendar", Summary: "Move a date",
		Errors: []int{http.StatusConflict, http.StatusPreconditionFailed},
		Description: "Moves one day of a draft, or takes it away: its writer and marketing. In review it voids the approvals given, as every change of the brief does; " +
			"what is approved or published does not move (409)."}, s.scheduleDraft)
	register(s, op{ID: "getBoard", Method: http.MethodGet, Path: "/board", Tag: "calendar", Summary: "Get the limits of the board",
		Description: "How many pieces each column should hold at most. More are marked, never refused."},
		func(ctx context.Context, _ *struct{}) (*versioned[Board], error) {
			return boardAnswer(s.Drafts.Board(ctx))
		})
	register(s, op{ID: "setBoard", Method: http.MethodPut, Path: "/board", Tag: "calendar", Summary: "Set the limits of the board",
		Errors: []int{http.StatusPreconditionFailed}, Description: "Leads of marketing and administrators."}, s.setBoard)
}

func (s *Server) getCalendar(ctx context.Context, in *calendarInput) (*body[CalendarPage], error) {
	from, err := parseDate("query.from", &in.From)
	if err != nil {
		return nil, err
	}
	to, err := parseDate("query.to", &in.To)
	if err != nil {
		return nil, err
	}
	late, err := parseDate("query.late_before", &in.Late)
	if err != nil {
		return nil, err
	}
	if from == nil || to == nil {
		return nil, errs.Field(errs.Invalid, "query.from", "Give the first and the last day.")
	}
	c, err := s.Drafts.Calendar(ctx, drafts.CalendarFilter{Lens: in.Lens, From: *from, To: *to, LateBefore: late, Filter: drafts.Filter{States: in.State, Mine: in.Mine,
		PersonID: in.Person, ContentType: in.Type, Side: in.Side, IdeaID: in.Idea}})
	if err != nil {
		return nil, err
	}
	dto := calendarEntry(auth.From(ctx), in.Lens)
	page := CalendarPage{Items: make([]CalendarEntry, 0, len(c.Dated)), Undated: make([]CalendarEntry, 0, len(c.Undated)), Overflow: c.Overflow}
	for _, d := range c.Dated {
		page.Items = append(page.Items, dto(d))
	}
	for _, d := range c.Undated {
		page.Undated = append(page.Undated, dto(d))
	}
	return &body[CalendarPage]{Body: page}, nil
}

func (s *Server) scheduleDraft(ctx context.Context, in *scheduleInput) (*versioned[CalendarEntry], error) {
	rev, err := in.Rev()
	if err != nil {
		return nil, err
	}
	on, err := parseDate("body.on", in.Body.On)
	if err != nil {
		return nil, err
	}
	d, err := s.Drafts.Schedule(ctx, in.ID, rev, in.Body.Lens, on)
	if err != nil {
		return nil, err
	}
	return withRev(d.Rev, calendarEntry(auth.From(ctx), in.Body.Lens)(d)), nil
}

func boardAnswer(b drafts.BoardSettings, err error) (*versioned[Board], error) {
	if err != nil {
		return nil, err
	}
	dto := Board{BoardLimits: BoardLimits{Limits: map[string]int{}}, Rev: b.Rev}
	for state, most := range b.Limits {
		dto.Limits[string(state)] = most
	}
	return withRev(b.Rev, dto), nil
}

func (s *Server) setBoard(ctx context.Context, in *boardInput) (*versioned[Board], error) {
	rev, err := in.Rev()
	if err != nil {
		return nil, err
	}
	limits := map[drafts.State]int{}
	for state, most := range in.Body.Limits {
		limits[drafts.State(state)] = most
	}
	return boardAnswer(s.Drafts.SetBoard(ctx, rev, limits))
}
