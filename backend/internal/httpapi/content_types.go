package httpapi

import (
	"context"
	"net/http"
	"time"

	"github.com/google/uuid"

	"byline/backend/internal/contenttypes"
)

// TypeBrief is what the brief of a new piece begins with.
type TypeBrief struct {
	Summary      string `json:"summary,omitempty" maxLength:"4000"`
	Audience     string `json:"audience,omitempty" maxLength:"500"`
	Stage        string `json:"stage,omitempty" maxLength:"80"`
	KeyMessage   string `json:"key_message,omitempty" maxLength:"4000" example:"Before, what changed, and what it brought."`
	Proof        string `json:"proof,omitempty" maxLength:"4000"`
	CallToAction string `json:"call_to_action,omitempty" maxLength:"1000"`
	Channel      string `json:"channel,omitempty" maxLength:"200"`
}

// StepDays are working days by step.
type StepDays struct {
	Brief    int `json:"brief" minimum:"0" maximum:"250" example:"2"`
	Writing  int `json:"writing" minimum:"0" maximum:"250" example:"5"`
	InReview int `json:"in_review" minimum:"0" maximum:"250" example:"3"`
	Approved int `json:"approved" minimum:"0" maximum:"250" doc:"From the approval to publishing." example:"2"`
}

// TypeFields are what is said about a type of content.
type TypeFields struct {
	Name          string            `json:"name" minLength:"1" maxLength:"60" example:"Case study"`
	Description   string            `json:"description,omitempty" maxLength:"500"`
	Brief         TypeBrief         `json:"brief" doc:"What the brief of a new piece begins with."`
	Checklist     []string          `json:"checklist" maxItems:"30" doc:"Copied onto every new piece." example:"[\"Customer agreed in writing\"]"`
	ReviewMonths  int               `json:"review_months" minimum:"1" maximum:"60" doc:"After how many months what was published is looked at again." example:"12"`
	StepDays      StepDays          `json:"step_days" doc:"Working days of each step; from these a new piece gets its days."`
	ApprovalMode  contenttypes.Mode `json:"approval_mode" enum:"both_sides,named,n_of_m" doc:"both_sides: one yes of each side. named: everybody named here and on the piece. n_of_m: as many of those as are needed."`
	ApprovalsNeed int               `json:"approvals_needed" minimum:"1" maximum:"9" doc:"How many yes, with n_of_m." example:"2"`
	ApproverIDs   []uuid.UUID       `json:"approver_ids" maxItems:"20" doc:"Who approves pieces of this type, with named and n_of_m."`
	RemindHours   int               `json:"remind_hours" minimum:"1" maximum:"720" doc:"After how long approvers are reminded." example:"48"`
	EscalateHours int               `json:"escalate_hours" minimum:"2" maximum:"1440" doc:"After how long the leads of their side hear of it." example:"96"`
	KeeperID      *uuid.UUID        `json:"keeper_id,omitempty" doc:"Who looks again at published things of this type that have no owner of their own."`
}

// ContentType is a type of content.
type ContentType struct {
	Key string `json:"key" example:"case_study"`
	TypeFields
	Archived  bool      `json:"archived" doc:"Not offered for new pieces."`
	Rev       int64     `json:"rev"`
	UpdatedAt time.Time `json:"updated_at"`
}

// NewContentType is a type to be added.
type NewContentType struct {
	Key string `json:"key" pattern:"^[a-z][a-z0-9_]{1,39}$" doc:"Its name in addresses and exports; it never changes." example:"webinar"`
	TypeFields
}

func contentTypeDTO(t contenttypes.Type) ContentType {
	b, d := t.Brief, t.StepDays
	return ContentType{Key: t.Key, Archived: t.Archived, Rev: t.Rev, UpdatedAt: t.UpdatedAt, TypeFields: TypeFields{Name: t.Name, Description: t.Description,
		Brief:     TypeBrief{Summary: b["summary"], Audience: b["audience"], Stage: b["stage"], KeyMessage: b["key_message"], Proof: b["proof"], CallToAction: b["call_to_action"], Channel: b["channel"]},
		Checklist: filled(t.Checklist), ReviewMonths: t.ReviewMonths, StepDays: StepDays{d["brief"], d["writing"], d["in_review"], d["approved"]},
		ApprovalMode: t.Mode, ApprovalsNeed: t.Needed, ApproverIDs: filled(t.Approvers), RemindHours: t.RemindHours, EscalateHours: t.EscalateHours, KeeperID: idOrNull(t.KeeperID)}}
}

func (f TypeFields) input() contenttypes.Input {
	b, d := f.Brief, f.StepDays
	return contenttypes.Input{Name: f.Name, Description: f.Description, Checklist: f.Checklist, ReviewMonths: f.ReviewMonths,
		Brief:    map[string]string{"summary": b.Summary, "audience": b.Audience, "stage": b.Stage, "key_message": b.KeyMessage, "proof": b.Proof, "call_to_action": b.CallToAction, "channel": b.Channel},
		StepDays: map[contenttypes.Step]int{"brief": d.Brief, "writing": d.Writing, "in_review": d.InReview, "approved": d.Approved},
		Mode:     f.ApprovalMode, Needed: f.ApprovalsNeed, Approvers: f.ApproverIDs, RemindHours: f.RemindHours, EscalateHours: f.EscalateHours, KeeperID: nullID(f.KeeperID)}
}

// ContentTypePath names a type of content in an address.
type ContentTypePath struct {
	Key string `path:"key" maxLength:"40" example:"case_study"`
}

type newContentTypeInput struct{ Body NewContentType }

type updateContentTypeInput struct {
	ContentTypePath
	IfMatch
	Body TypeFields
}

type archiveContentTypeInput struct {
	ContentTypePath
	IfMatch
	Body struct {
		Archived bool `json:"archived" doc:"Whether it is offered for new pieces no more."`
	}
}

type arrangeContentTypesInput struct {
	Body struct {
		Keys []string `json:"keys" maxItems:"100" doc:"Their order. What you do not name comes behind." example:"[\"case_study\",\"blog_post\"]"`
	}
}

func (s *Server) contentTypeOperations() {
	register(s, op{ID: "listContentTypes", Method: http.MethodGet, Path: "/content-types", Tag: "content types", Summary: "List types of content",
		Description: "All types in their order, archived ones last: what a brief begins with, what is checked, how long the steps take, and who approves."},
		func(ctx context.Context, _ *struct{}) (*body[List[ContentType]], error) {
			return contentTypeList(s.ContentTypes.List(ctx))
		})
	register(s, op{ID: "createContentType", Method: http.MethodPost, Path: "/content-types", Tag: "content types", Summary: "Add a type of content", Status: http.StatusCreated,
		Errors: []int{http.StatusConflict}, Description: "Leads of marketing and administrators. 409 when there is one with this key."},
		func(ctx context.Context, in *newContentTypeInput) (*versioned[ContentType], error) {
			return contentTypeAnswer(s.ContentTypes.Create(ctx, in.Body.Key, in.Body.input()))
		})
	register(s, op{ID: "updateContentType", Method: http.MethodPut, Path: "/content-types/{key}", Tag: "content types", Summary: "Change a type of content",
		Errors: []int{http.StatusPreconditionFailed}, Description: "Counts for pieces that are planned, submitted or published from now on; what is under way keeps its days and checklist."},
		func(ctx context.Context, in *updateContentTypeInput) (*versioned[ContentType], error) {
			rev, err := in.Rev()
			if err != nil {
				return nil, err
			}
			return contentTypeAnswer(s.ContentTypes.Update(ctx, in.Key, rev, in.Body.input()))
		})
	register(s, op{ID: "archiveContentType", Method: http.MethodPost, Path: "/content-types/{key}/archive", Tag: "content types", Summary: "Archive a type of content", Status: http.StatusOK,
		Errors: []int{http.StatusConflict, http.StatusPreconditionFailed}, Description: "Takes it out of what is offered for new pieces, or puts it back. Pieces that have it keep it. 409 for the last one."},
		func(ctx context.Context, in *archiveContentTypeInput) (*versioned[ContentType], error) {
			rev, err := in.Rev()
			if err != nil {
				return nil, err
			}
			return contentTypeAnswer(s.ContentTypes.Archive(ctx, in.Key, rev, in.Body.Archived))
		})
	register(s, op{ID: "arrangeContentTypes", Method: http.MethodPut, Path: "/content-types", Tag: "content types", Summary: "Arrange the types of content",
		Description: "The order in which they are offered to everybody."},
		func(ctx context.Context, in *arrangeContentTypesInput) (*body[List[ContentType]], error) {
			return contentTypeList(s.ContentTypes.Arrange(ctx, in.Body.Keys))
		})
}

func contentTypeList(all []contenttypes.Type, err error) (*body[List[ContentType]], error) {
	if err != nil {
		return nil, err
	}
	return &body[List[ContentType]]{Body: paged(all, len(all), nil, contentTypeDTO)}, nil
}

func contentTypeAnswer(t contenttypes.Type, err error) (*versioned[ContentType], error) {
	if err != nil {
		return nil, err
	}
	return withRev(t.Rev, contentTypeDTO(t)), nil
}
