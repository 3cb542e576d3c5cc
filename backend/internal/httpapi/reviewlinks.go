package httpapi

import (
	"context"
	"net/http"
	"time"

	"github.com/google/uuid"

	"byline/backend/internal/reviewlinks"
)

// ReviewLink is one way for people outside to a draft.
type ReviewLink struct {
	ID         uuid.UUID      `json:"id"`
	Label      string         `json:"label" example:"Dr. Haas, Kelvora pilot customer" doc:"For whom it is."`
	Note       string         `json:"note" doc:"What they are told above the text."`
	MayComment bool           `json:"may_comment" doc:"Whether they may comment, or only read."`
	MadeBy     PersonRef      `json:"made_by"`
	CreatedAt  time.Time      `json:"created_at"`
	ExpiresAt  time.Time      `json:"expires_at"`
	RevokedAt  *time.Time     `json:"revoked_at,omitempty"`
	OpenedAt   *time.Time     `json:"opened_at,omitempty" doc:"When somebody outside first came by it."`
	SeenAt     *time.Time     `json:"seen_at,omitempty" doc:"When somebody outside last came by it, within a minute."`
	Reviewers  []ReviewerSeen `json:"reviewers" doc:"Who came and said who they are."`
	URL        string         `json:"url,omitempty" doc:"Its address, for whoever you give it to. Told once, when it is made."`
}

// ReviewerSeen is somebody outside who said who they are. Nobody checked it.
type ReviewerSeen struct {
	ID           uuid.UUID `json:"id"`
	Name         string    `json:"name" example:"Ines Haas"`
	Organisation string    `json:"organisation" example:"Haas Logistics"`
	SeenAt       time.Time `json:"seen_at" doc:"Their last visit, within a minute."`
}

func reviewLinkDTO(l reviewlinks.Link) ReviewLink {
	dto := ReviewLink{ID: l.ID, Label: l.Label, Note: l.Note, MayComment: l.MayComment, MadeBy: ref(l.MadeBy), CreatedAt: l.CreatedAt,
		ExpiresAt: l.ExpiresAt, RevokedAt: l.RevokedAt, OpenedAt: l.OpenedAt, SeenAt: l.SeenAt, Reviewers: []ReviewerSeen{}}
	for _, r := range l.Reviewers {
		dto.Reviewers = append(dto.Reviewers, ReviewerSeen{ID: r.ID, Name: r.Name, Organisation: r.Organisation, SeenAt: r.SeenAt})
	}
	return dto
}

type reviewLinkInput struct {
	PathID
	Body struct {
		Label      string `json:"label" minLength:"1" maxLength:"120" example:"Dr. Haas, pilot customer" doc:"For whom it is; they do not see it."`
		Note       string `json:"note,omitempty" maxLength:"1000" example:"Please look at the numbers of the second part." doc:"What they are told above the text."`
		Days       int    `json:"days,omitempty" default:"7" minimum:"1" maximum:"30" doc:"How long it lasts."`
		MayComment bool   `json:"may_comment" doc:"Whether they may comment, or only read."`
	}
}

type reviewLinkPath struct {
	PathID
	LinkID uuid.UUID `path:"link_id" doc:"The link's id."`
}

func (s *Server) reviewLinkOperations() {
	register(s, op{ID: "listReviewLinks", Method: http.MethodGet, Path: "/drafts/{id}/review-links", Tag: "reviewers", Summary: "List the review links of a draft",
		Description: "Newest first, with those who came by them; links that are over too. For the draft's writer and for marketing that may change it; 403 for others who see it."},
		func(ctx context.Context, in *PathID) (*body[List[ReviewLink]], error) {
			found, err := s.ReviewLinks.List(ctx, in.ID)
			return &body[List[ReviewLink]]{Body: paged(found, len(found), nil, reviewLinkDTO)}, err
		})
	register(s, op{ID: "createReviewLink", Method: http.MethodPost, Path: "/drafts/{id}/review-links", Tag: "reviewers", Summary: "Make a review link", Status: http.StatusCreated,
		Errors: []int{http.StatusConflict}, Description: "An address by which somebody outside reads the text of this draft, without suggestions and without an account, and comments on it when you let them. It is told once. " +
			"It reaches no further than you do: when you may not read the draft any more, it is closed. 409 for an archived draft, and for more than 50 open links."},
		func(ctx context.Context, in *reviewLinkInput) (*body[ReviewLink], error) {
			l, token, err := s.ReviewLinks.Create(ctx, in.ID, reviewlinks.Input{Label: in.Body.Label, Note: in.Body.Note, Days: in.Body.Days, MayComment: in.Body.MayComment})
			if err != nil {
				return nil, err
			}
			dto := reviewLinkDTO(l)
			dto.URL = s.cfg.PublicURL.JoinPath("review", token).String()
			return &body[ReviewLink]{Body: dto}, nil
		})
	for id, x := range map[string]struct {
		end, summary, description string
		back                      bool
	}{
		"revokeReviewLink":  {"revoke", "Revoke a review link", "It opens nothing from now on; what was said stays. Doing it twice changes nothing.", false},
		"restoreReviewLink": {"restore", "Take the revoking of a link back", "The same address works again. 409 when its time is over or the draft is archived.", true},
	} {
		register(s, op{ID: id, Method: http.MethodPost, Path: "/drafts/{id}/review-links/{link_id}/" + x.end, Tag: "reviewers", Summary: x.summary, Status: http.StatusOK,
			Errors: []int{http.StatusConflict}, Description: x.description + " For the draft's writer and for marketing that may change it. 404 for the link of another draft."},
			func(ctx context.Context, in *reviewLinkPath) (*body[ReviewLink], error) {
				l, err := s.ReviewLinks.Revoke(ctx, in.ID, in.LinkID, x.back)
				return &body[ReviewLink]{Body: reviewLinkDTO(l)}, err
			})
	}
}
