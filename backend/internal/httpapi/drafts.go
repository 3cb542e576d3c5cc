package httpapi

import (
	"context"
	"encoding/hex"
	"net/http"
	"time"

	"github.com/google/uuid"

	"byline/backend/internal/drafts"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/errs"
)

// Brief says why and for whom a piece is made, and when it is due.
type Brief struct {
	Summary      string     `json:"summary,omitempty" maxLength:"4000" doc:"What it is about, in a few sentences; shown in the resource center."`
	Audience     string     `json:"audience,omitempty" maxLength:"500" example:"Head of quality"`
	Stage        string     `json:"stage,omitempty" maxLength:"80" doc:"Stage of the deal in which it helps." example:"evaluation"`
	KeyMessage   string     `json:"key_message,omitempty" maxLength:"4000"`
	Proof        string     `json:"proof,omitempty" maxLength:"4000" doc:"Numbers, customers, sources."`
	CallToAction string     `json:"call_to_action,omitempty" maxLength:"1000"`
	Channel      string     `json:"channel,omitempty" maxLength:"200"`
	ExpertID     *uuid.UUID `json:"expert_id,omitempty" doc:"Who knows the matter."`
	DueOn        *string    `json:"due_on,omitempty" format:"date"`
	PublishOn    *string    `json:"publish_on,omitempty" format:"date"`
	Tags         []string   `json:"tags,omitempty" maxItems:"20"`
	PublicURL    string     `json:"public_url,omitempty" maxLength:"1000" doc:"Where the piece will be public."`
	Shareable    bool       `json:"shareable,omitempty" doc:"Whether it may be sent to customers."`
}

// Draft is a content piece on its way. Authors and voters of its ideas see title and state only: full is false then.
type Draft struct {
	ID               uuid.UUID    `json:"id"`
	Title            string       `json:"title"`
	ContentType      string       `json:"content_type" example:"case_study"`
	State            drafts.State `json:"state" enum:"brief,writing,in_review,approved,published,archived"`
	Writer           PersonRef    `json:"writer"`
	Full             bool         `json:"full" doc:"Whether you may see text and brief."`
	Allowed          []string     `json:"allowed" doc:"What you may do now: edit (by suggestions only when you are among the suggesters), lift (setDraftEdits), plan, schedule, invite (people outside, by review links), start, submit, resubmit, approve, request_changes, reopen, publish, revise (createDraft with its resource_id), archive, unarchive."`
	Confidential     bool         `json:"confidential" doc:"Only named people see it."`
	Brief            *Brief       `json:"brief,omitempty"`
	Contributors     []uuid.UUID  `json:"contributors"`
	Suggesters       []uuid.UUID  `json:"suggesters" doc:"Contributors who change the text by suggestions only."`
	Approvers        []uuid.UUID  `json:"approvers"`
	People           []PersonRef  `json:"people" doc:"Contributors, approvers and the expert, with their names."`
	Ideas            []uuid.UUID  `json:"ideas"`
	ApprovedBy       []auth.Side  `json:"approved_by" doc:"Sides that said yes to the version to approve."`
	Approval         ApprovalSum  `json:"approval"`
	CurrentVersionID *uuid.UUID   `json:"current_version_id,omitempty" doc:"The version to approve."`
	ResourceID       *uuid.UUID   `json:"resource_id,omitempty" doc:"What it was published as."`
	Comments         int          `json:"comments"`
	Rev              int64        `json:"rev"`
	CreatedAt        time.Time    `json:"created_at"`
	UpdatedAt        time.Time    `json:"updated_at"`
	StateChangedAt   time.Time    `json:"state_changed_at"`
}

func draftDTO(u auth.User) func(drafts.Draft) Draft {
	return func(d drafts.Draft) Draft {
		dto := Draft{ID: d.ID, Title: d.Title, ContentType: d.ContentType, State: d.State, Writer: ref(d.Writer), Full: d.Full, Allowed: []string{}, Confidential: d.Confidential,
			Contributors: filled(d.Contributors), Suggesters: filled(d.Suggesters), Approvers: filled(d.Approvers), Ideas: filled(d.Ideas), ApprovedBy: filled(d.ApprovedBy), People: refs(d.People),
			Approval: approvalSum(d), CurrentVersionID: idOrNull(d.CurrentVersionID), ResourceID: idOrNull(d.ResourceID), Comments: d.Comments,
			Rev: d.Rev, CreatedAt: d.CreatedAt, UpdatedAt: d.UpdatedAt, StateChangedAt: d.StateChangedAt}
		if d.Full {
			p := d.Plan
			dto.Allowed = d.Allowed(u)
			dto.Brief = &Brief{Summary: p.Summary, Audience: p.Audience, Stage: p.Stage, KeyMessage: p.KeyMessage, Proof: p.Proof, CallToAction: p.CallToAction, Channel: p.Channel,
				ExpertID: idOrNull(p.ExpertID), DueOn: formatDate(p.DueOn), PublishOn: formatDate(p.PublishOn), Tags: filled(p.Tags), PublicURL: p.PublicURL, Shareable: p.Shareable}
		}
		return dto
	}
}

// DraftPlan is what marketing writes about a draft.
type DraftPlan struct {
	Title        string      `json:"title" minLength:"1" maxLength:"300"`
	ContentType  string      `json:"content_type" maxLength:"40" doc:"Key of a type that listContentTypes gives and that is not archived." example:"case_study"`
	Confidential bool        `json:"confidential,omitempty"`
	WriterID     *uuid.UUID  `json:"writer_id,omitempty" doc:"Absent means you, or whoever it is."`
	Contributors []uuid.UUID `json:"contributors,omitempty" maxItems:"50"`
	Approvers    []uuid.UUID `json:"approvers,omitempty" maxItems:"50"`
	Ideas        []uuid.UUID `json:"ideas,omitempty" maxItems:"50"`
	ResourceID   *uuid.UUID  `json:"resource_id,omitempty" doc:"On createDraft: the published resource of which this is the next draft. It starts with the text and files of the resource, which stays live meanwhile. Ignored by updateDraft."`
	Brief        Brief       `json:"brief"`
}

func (p DraftPlan) input() (drafts.Input, error) {
	b := p.Brief
	due, err := parseDate("body.brief.due_on", b.DueOn)
	if err != nil {
		return drafts.Input{}, err
	}
	publish, err := parseDate("body.brief.publish_on", b.PublishOn)
	return drafts.Input{Title: p.Title, ContentType: p.ContentType, Confidential: p.Confidential, WriterID: nullID(p.WriterID).UUID, Contributors: p.Contributors,
		Approvers: p.Approvers, Ideas: p.Ideas, ResourceID: nullID(p.ResourceID), Plan: drafts.Plan{Summary: b.Summary, Audience: b.Audience, Stage: b.Stage, KeyMessage: b.KeyMessage, Proof: b.Proof,
			CallToAction: b.CallToAction, Channel: b.Channel, ExpertID: nullID(b.ExpertID), DueOn: due, PublishOn: publish, Tags: b.Tags, PublicURL: b.PublicURL, Shareable: b.Shareable}}, err
}

type listDraftsInput struct {
	Page
	State    []drafts.State `query:"state" doc:"Only these states; none means all but archived." enum:"brief,writing,in_review,approved,published,archived"`
	Mine     bool           `query:"mine" doc:"Only where you are writer, contributor or approver."`
	Waiting  bool           `query:"waiting" doc:"Only what waits for your approval."`
	Person   uuid.UUID      `query:"person" doc:"Only where this person is writer, contributor or approver."`
	Type     string         `query:"content_type" maxLength:"40" doc:"Only this type of content."`
	Overdue  bool           `query:"overdue" doc:"Only what was due before today, in the time zone of your profile, and is not approved yet."`
	Idea     uuid.UUID      `query:"idea" doc:"Only pieces of this idea."`
	Resource uuid.UUID      `query:"resource" doc:"Only pieces that were or will be published as this resource."`
	Side     auth.Side      `query:"side" enum:"sales,marketing" doc:"Only pieces in which somebody of this side has a part."`
	Sort     drafts.Sort    `query:"sort" enum:"due,publish,title,state,writer,waiting" doc:"Order; absent means last changed first. What has no date comes last; waiting means longest in its state first. A cursor belongs to its order."`
}

type draftInput struct{ Body DraftPlan }

type updateDraftInput struct {
	PathID
	IfMatch
	Body DraftPlan
}

type moveDraftInput struct {
	PathID
	Body struct {
		Action   string        `json:"action" enum:"start,submit,resubmit,request_changes,reopen,publish,archive,unarchive"`
		Comment  string        `json:"comment,omitempty" maxLength:"10000" doc:"Required to request changes: what should change."`
		Taxonomy *SomeTaxonomy `json:"taxonomy,omitempty" doc:"To publish: for where the brief and the published resource say nothing. 422 names what the type of content asks for and nobody said."`
	}
}

type approveInput struct {
	PathID
	Body struct {
		VersionID uuid.UUID `json:"version_id" doc:"The version that you read."`
		Hash      string    `json:"hash" pattern:"^[0-9a-f]{64}$" doc:"Its hash, as you saw it."`
	}
}

func (s *Server) draftOperations() {
	register(s, op{ID: "listDrafts", Method: http.MethodGet, Path: "/drafts", Tag: "drafts", Summary: "List drafts",
		Description: "The pieces whose text you may read, last changed first."}, s.listDrafts)
	register(s, op{ID: "createDraft", Method: http.MethodPost, Path: "/drafts", Tag: "drafts", Summary: "Plan a piece", Status: http.StatusCreated, Errors: []int{http.StatusNotFound, http.StatusConflict},
		Description: "Marketing plans a piece from ideas, from nothing, or as the next draft of a published resource (409 when there is one already). The ideas become planned."},
		func(ctx context.Context, in *draftInput) (*versioned[Draft], error) {
			input, err := in.Body.input()
			if err != nil {
				return nil, err
			}
			return s.draft(ctx)(s.Drafts.Create(ctx, input))
		})
	register(s, op{ID: "getDraft", Method: http.MethodGet, Path: "/drafts/{id}", Tag: "drafts", Summary: "Get a draft",
		Description: "With its brief and what you may do now. Authors and voters of its ideas get title and state."},
		func(ctx context.Context, in *PathID) (*versioned[Draft], error) {
			return s.draft(ctx)(s.Drafts.Get(ctx, in.ID))
		})
	register(s, op{ID: "updateDraft", Method: http.MethodPut, Path: "/drafts/{id}", Tag: "drafts", Summary: "Change the brief",
		Errors:      []int{http.StatusConflict, http.StatusPreconditionFailed},
		Description: "Brief, people and ideas of a draft: its writer and marketing. In review it voids the approvals given; what is approved does not change (409)."},
		func(ctx context.Context, in *updateDraftInput) (*versioned[Draft], error) {
			rev, err := in.Rev()
			if err != nil {
				return nil, err
			}
			input, err := in.Body.input()
			if err != nil {
				return nil, err
			}
			return s.draft(ctx)(s.Drafts.Update(ctx, in.ID, rev, input))
		})
	register(s, op{ID: "moveDraft", Method: http.MethodPost, Path: "/drafts/{id}/moves", Tag: "drafts", Summary: "Move a draft", Status: http.StatusOK,
		Errors: []int{http.StatusConflict}, Description: "start: writing begins. submit, resubmit: the text as it is becomes the version to approve. request_changes: back to writing, with a comment. " +
			"reopen: an approved draft goes back to writing. publish: the approved version goes into the resource center, and the draft it had before into the archive. archive, unarchive: out of the way, and back to where it stood. 409 with what is possible instead."}, s.moveDraft)
	register(s, op{ID: "approveDraft", Method: http.MethodPost, Path: "/drafts/{id}/approvals", Tag: "drafts", Summary: "Approve a version", Status: http.StatusOK,
		Errors: []int{http.StatusConflict}, Description: "Your yes to exactly the version that you read, by id and hash; or that of a colleague who is away and left it to you. Who may give one is said by the approval mode of the content type; never the writer. 409 when it is not the current one or the text has changed since."},
		func(ctx context.Context, in *approveInput) (*versioned[Draft], error) {
			hash, err := hex.DecodeString(in.Body.Hash)
			if err != nil {
				return nil, errs.Field(errs.Invalid, "body.hash", "Give the hash of the version as 64 hexadecimal digits.")
			}
			return s.draft(ctx)(s.Drafts.Approve(ctx, in.ID, in.Body.VersionID, hash))
		})
	s.documentOperations()
	s.exportOperations()
	s.versionOperations()
	s.approvalOperations()
	s.liveOperations()
	s.suggestOperations()
	s.evidenceOperations()
}

// draft turns what the domain gives into an answer.
func (s *Server) draft(ctx context.Context) func(drafts.Draft, error) (*versioned[Draft], error) {
	return func(d drafts.Draft, err error) (*versioned[Draft], error) {
		if err != nil {
			return nil, err
		}
		return withRev(d.Rev, draftDTO(auth.From(ctx))(d)), nil
	}
}

func (s *Server) listDrafts(ctx context.Context, in *listDraftsInput) (*body[List[Draft]], error) {
	f := drafts.Filter{States: in.State, Mine: in.Mine, Waiting: in.Waiting, PersonID: in.Person, ContentType: in.Type, Overdue: in.Overdue, IdeaID: in.Idea, ResourceID: in.Resource, Side: in.Side, Sort: in.Sort, Limit: in.Limit + 1}
	if err := decodeCursor(in.Cursor, &f.After); err != nil {
		return nil, err
	}
	found, err := s.Drafts.List(ctx, f)
	if err != nil {
		return nil, err
	}
	return &body[List[Draft]]{Body: paged(found, in.Limit, func(d drafts.Draft) any {
		return d.Position(in.Sort)
	}, draftDTO(auth.From(ctx)))}, nil
}

func (s *Server) moveDraft(ctx context.Context, in *moveDraftInput) (*versioned[Draft], error) {
	answer := s.draft(ctx)
	if err := in.Body.Taxonomy.taxonomy().Check(); err != nil { // also where it is not needed
		return nil, err
	}
	switch in.Body.Action {
	case "submit":
		return answer(s.Drafts.Submit(ctx, in.ID))
	case "resubmit":
		return answer(s.Drafts.Resubmit(ctx, in.ID))
	case "request_changes":
		return answer(s.Drafts.RequestChanges(ctx, in.ID, in.Body.Comment))
	case "publish":
		return answer(s.Drafts.PublishWith(ctx, in.ID, in.Body.Taxonomy.taxonomy()))
	}
	return answer(s.Drafts.Move(ctx, in.ID, in.Body.Action))
}
