package httpapi

import (
	"context"
	"net/http"
	"time"

	"github.com/google/uuid"

	"byline/backend/internal/checks"
)

// CheckState is when the nightly checks ran, and what there is to mend.
type CheckState struct {
	Counts []CheckCount `json:"counts" doc:"By kind, all kinds."`
	Links  bool         `json:"links" doc:"Whether addresses in texts are asked at all."`
	RanAt  *time.Time   `json:"ran_at,omitempty"`
}

// CheckCount is how many findings of a kind there are.
type CheckCount struct {
	Kind  string `json:"kind" enum:"same_file,near_text,dead_link,no_owner,no_tags"`
	Count int    `json:"count"`
}

// CheckFinding is one thing that is wrong with a resource.
type CheckFinding struct {
	ID         uuid.UUID  `json:"id"`
	Kind       string     `json:"kind" enum:"same_file,near_text,dead_link,no_owner,no_tags"`
	ResourceID uuid.UUID  `json:"resource_id"`
	Title      string     `json:"title"`
	Rev        int64      `json:"rev" doc:"Of the resource."`
	OtherID    *uuid.UUID `json:"other_id,omitempty" doc:"Of duplicates: the older one."`
	OtherTitle string     `json:"other_title,omitempty"`
	Address    string     `json:"address,omitempty" doc:"Of a dead link."`
	Note       string     `json:"note,omitempty" example:"There is no such host."`
	Missing    []string   `json:"missing" enum:"persona,stage,industry,product,region,tag" doc:"Tags that its type asks for."`
	Owner      *PersonRef `json:"owner,omitempty" doc:"Whoever it is, also when they have no account any more."`
	FoundAt    time.Time  `json:"found_at"`
}

func findingDTO(f checks.Finding) CheckFinding {
	return CheckFinding{ID: f.ID, Kind: f.Kind, ResourceID: f.Resource, Title: f.Title, Rev: f.Rev, OtherID: idOrNull(f.Other), OtherTitle: f.OtherName, Address: f.Detail, Note: f.Note,
		Missing: filled(f.Missing), Owner: refOrNull(f.Owner), FoundAt: f.FoundAt}
}

type listFindingsInput struct {
	Page
	Kind string `query:"kind" required:"true" enum:"same_file,near_text,dead_link,no_owner,no_tags"`
}

type dismissInput struct {
	PathID
	Body struct {
		Reason string `json:"reason" minLength:"1" maxLength:"300" example:"One is for partners."`
	}
}

type setChecksInput struct {
	Body struct {
		Links bool `json:"links" doc:"Whether addresses in texts are asked."`
	}
}

func (s *Server) checkOperations() {
	const tag = "checks"
	register(s, op{ID: "getChecks", Method: http.MethodGet, Path: "/checks", Tag: tag, Summary: "What did the nightly checks find?",
		Description: "Marketing and administrators see everything, everybody else what they keep. What is mended is not counted any more."},
		func(ctx context.Context, _ *struct{}) (*body[CheckState], error) { return s.checkState(ctx) })
	register(s, op{ID: "setChecks", Method: http.MethodPut, Path: "/checks", Tag: tag, Summary: "Switch the asking of addresses",
		Description: "Off, no address is asked and dead links are not shown."},
		func(ctx context.Context, in *setChecksInput) (*body[CheckState], error) {
			if err := s.Checks.SetLinks(ctx, in.Body.Links); err != nil {
				return nil, err
			}
			return s.checkState(ctx)
		})
	register(s, op{ID: "runChecks", Method: http.MethodPost, Path: "/checks/runs", Tag: tag, Summary: "Check now", Status: http.StatusNoContent,
		Description: "Does not wait for the result. While a check runs it changes nothing."},
		func(ctx context.Context, _ *struct{}) (*struct{}, error) { return nil, s.Checks.Ask(ctx) })
	register(s, op{ID: "listFindings", Method: http.MethodGet, Path: "/checks/findings", Tag: tag, Summary: "List findings of a kind",
		Description: "Newest first, without what is mended or dismissed."},
		func(ctx context.Context, in *listFindingsInput) (*body[List[CheckFinding]], error) {
			var after uuid.UUID
			if err := decodeCursor(in.Cursor, &after); err != nil {
				return nil, err
			}
			all, err := s.Checks.List(ctx, in.Kind, after, in.Limit+1)
			if err != nil {
				return nil, err
			}
			return &body[List[CheckFinding]]{Body: paged(all, in.Limit, func(f checks.Finding) any { return f.ID }, findingDTO)}, nil
		})
	register(s, op{ID: "dismissFinding", Method: http.MethodPost, Path: "/checks/findings/{id}/dismiss", Tag: tag, Summary: "Dismiss a finding", Status: http.StatusNoContent,
		Description: "With the reason. It does not come back. restoreFinding undoes it."},
		func(ctx context.Context, in *dismissInput) (*struct{}, error) {
			return nil, s.Checks.Dismiss(ctx, in.ID, in.Body.Reason)
		})
	register(s, op{ID: "restoreFinding", Method: http.MethodPost, Path: "/checks/findings/{id}/restore", Tag: tag, Summary: "Take a dismissal back", Status: http.StatusNoContent,
		Description: "The finding is shown again unless it is mended."},
		func(ctx context.Context, in *PathID) (*struct{}, error) { return nil, s.Checks.Restore(ctx, in.ID) })
}

func (s *Server) checkState(ctx context.Context) (*body[CheckState], error) {
	st, err := s.Checks.State(ctx)
	if err != nil {
		return nil, err
	}
	out := CheckState{Counts: []CheckCount{}, Links: st.Links, RanAt: st.RanAt}
	for _, kind := range checks.Kinds {
		out.Counts = append(out.Counts, CheckCount{kind, st.Counts[kind]})
	}
	return &body[CheckState]{Body: out}, nil
}
