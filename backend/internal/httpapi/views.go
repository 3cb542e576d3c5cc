package httpapi

import (
	"context"
	"net/http"

	"github.com/google/uuid"

	"byline/backend/internal/platform/auth"
	"byline/backend/internal/views"
)

// SavedView is a named set of filters of a page. It grants nothing: who opens it sees what they may see anyway.
type SavedView struct {
	ID      uuid.UUID     `json:"id"`
	Page    string        `json:"page" enum:"drafts,calendar,ideas,library"`
	Name    string        `json:"name" example:"Case studies of the spring"`
	Query   string        `json:"query" doc:"What the address of the page says behind the question mark." example:"type=case_study&view=list"`
	Shared  views.Sharing `json:"shared" enum:"nobody,side,everybody" doc:"Who sees it beside its maker; side is the maker's."`
	Owner   PersonRef     `json:"owner" doc:"Who made it."`
	Opens   bool          `json:"opens" doc:"Your page opens with it."`
	Tells   bool          `json:"tells" doc:"You are told of what is new in it; of views of the library."`
	MayEdit bool          `json:"may_edit" doc:"Its maker, and the leads of their side once it is shared."`
	Rev     int64         `json:"rev"`
}

func viewDTO(u auth.User) func(views.View) SavedView {
	return func(v views.View) SavedView {
		return SavedView{ID: v.ID, Page: v.Page, Name: v.Name, Query: v.Query, Shared: v.Shared, Owner: ref(v.Owner), Opens: v.Opens, Tells: v.Tells, MayEdit: v.MayEdit(u), Rev: v.Rev}
	}
}

// ViewFields are what is said about a view.
type ViewFields struct {
	Name   string        `json:"name" minLength:"1" maxLength:"60"`
	Query  string        `json:"query" minLength:"1" maxLength:"2000" doc:"What the address of the page says behind the question mark."`
	Shared views.Sharing `json:"shared" enum:"nobody,side,everybody"`
}

// NewView is a view to be saved.
type NewView struct {
	ViewFields
	Page string `json:"page" enum:"drafts,calendar,ideas,library"`
}

type viewPageInput struct {
	Page string `query:"page" required:"true" enum:"drafts,calendar,ideas,library" doc:"Whose views."`
}

type newViewInput struct{ Body NewView }

type updateViewInput struct {
	PathID
	IfMatch
	Body ViewFields
}

type arrangeViewsInput struct {
	Body struct {
		Page  string      `json:"page" enum:"drafts,calendar,ideas,library"`
		IDs   []uuid.UUID `json:"ids" maxItems:"300" doc:"Your order. What you do not name comes behind; what is not yours is passed over."`
		Opens *uuid.UUID  `json:"opens,omitempty" doc:"The view with which the page opens for you; absent means none."`
	}
}

func (s *Server) viewOperations() {
	register(s, op{ID: "listViews", Method: http.MethodGet, Path: "/views", Tag: "views", Summary: "List saved views",
		Description: "Your own views of a page and those shared with you, in your own order."},
		func(ctx context.Context, in *viewPageInput) (*body[List[SavedView]], error) {
			return viewList(ctx)(s.Views.List(ctx, in.Page))
		})
	register(s, op{ID: "createView", Method: http.MethodPost, Path: "/views", Tag: "views", Summary: "Save a view", Status: http.StatusCreated, Errors: []int{http.StatusConflict},
		Description: "Names the filters of a page. 409 when you have 50 of it."},
		func(ctx context.Context, in *newViewInput) (*versioned[SavedView], error) {
			b := in.Body
			return viewAnswer(ctx)(s.Views.Create(ctx, views.Input{Page: b.Page, Name: b.Name, Query: b.Query, Shared: b.Shared}))
		})
	register(s, op{ID: "updateView", Method: http.MethodPut, Path: "/views/{id}", Tag: "views", Summary: "Change a view", Errors: []int{http.StatusPreconditionFailed},
		Description: "Name, filters and sharing: its maker, and the leads of their side once it is shared. Only the maker takes it back for themselves."},
		func(ctx context.Context, in *updateViewInput) (*versioned[SavedView], error) {
			rev, err := in.Rev()
			if err != nil {
				return nil, err
			}
			return viewAnswer(ctx)(s.Views.Update(ctx, in.ID, rev, views.Input{Name: in.Body.Name, Query: in.Body.Query, Shared: in.Body.Shared}))
		})
	register(s, op{ID: "deleteView", Method: http.MethodDelete, Path: "/views/{id}", Tag: "views", Summary: "Delete a view",
		Description: "Takes it away from everybody who had it. restoreView brings it back for 30 days."},
		func(ctx context.Context, in *PathID) (*struct{}, error) { return nil, s.Views.Delete(ctx, in.ID) })
	register(s, op{ID: "restoreView", Method: http.MethodPost, Path: "/views/{id}/restore", Tag: "views", Summary: "Restore a view", Status: http.StatusOK,
		Description: "Takes deleteView back. Everybody has it again where it was."},
		func(ctx context.Context, in *PathID) (*versioned[SavedView], error) {
			return viewAnswer(ctx)(s.Views.Restore(ctx, in.ID))
		})
	register(s, op{ID: "tellOfView", Method: http.MethodPut, Path: "/views/{id}/telling", Tag: "views", Summary: "Be told of what is new in a view", Errors: []int{http.StatusConflict},
		Description: "From now on you hear once of each resource that is new and fits a view of the library that you have. For you alone. 409 for views of other pages."},
		func(ctx context.Context, in *PathID) (*versioned[SavedView], error) {
			return viewAnswer(ctx)(s.Views.Tell(ctx, in.ID, true))
		})
	register(s, op{ID: "stopTellingOfView", Method: http.MethodDelete, Path: "/views/{id}/telling", Tag: "views", Summary: "Be told no more of a view", Status: http.StatusOK, Errors: []int{http.StatusConflict},
		Description: "Undoes tellOfView."},
		func(ctx context.Context, in *PathID) (*versioned[SavedView], error) {
			return viewAnswer(ctx)(s.Views.Tell(ctx, in.ID, false))
		})
	register(s, op{ID: "arrangeViews", Method: http.MethodPut, Path: "/views", Tag: "views", Summary: "Arrange views",
		Description: "Your own order of the views of a page, and the one with which it opens for you."},
		func(ctx context.Context, in *arrangeViewsInput) (*body[List[SavedView]], error) {
			return viewList(ctx)(s.Views.Arrange(ctx, in.Body.Page, in.Body.IDs, nullID(in.Body.Opens).UUID))
		})
}

func viewList(ctx context.Context) func([]views.View, error) (*body[List[SavedView]], error) {
	return func(all []views.View, err error) (*body[List[SavedView]], error) {
		if err != nil {
			return nil, err
		}
		return &body[List[SavedView]]{Body: paged(all, len(all), nil, viewDTO(auth.From(ctx)))}, nil
	}
}

func viewAnswer(ctx context.Context) func(views.View, error) (*versioned[SavedView], error) {
	return func(v views.View, err error) (*versioned[SavedView], error) {
		if err != nil {
			return nil, err
		}
		return withRev(v.Rev, viewDTO(auth.From(ctx))(v)), nil
	}
}
