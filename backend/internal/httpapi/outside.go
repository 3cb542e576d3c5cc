package httpapi

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"github.com/google/uuid"

	"byline/backend/internal/platform/auth"
	"byline/backend/internal/reviewlinks"
)

// What people outside reach: they know the token of a link, and get nothing else of the API by it.

const reviewerCookie = "byline_reviewer"

func (s *Server) reviewerCookieName() string {
	if s.secureCookies() {
		return "__Secure-" + reviewerCookie // bound to a path, which __Host- would not allow
	}
	return reviewerCookie
}

// reviewerCookieFor is sent to this link's addresses only.
func (s *Server) reviewerCookieFor(token, secret string, until time.Time) http.Cookie {
	return http.Cookie{Name: s.reviewerCookieName(), Value: secret, Path: "/api/v1/review/" + token, HttpOnly: true, Secure: s.secureCookies(),
		SameSite: http.SameSiteLaxMode, MaxAge: int(time.Until(until).Seconds())}
}

// ReviewPath names a link by the end of its address.
type ReviewPath struct {
	Token string `path:"token" maxLength:"200" doc:"The end of the link's address."`
}

// Review is a draft as somebody outside sees it.
type Review struct {
	Title      string          `json:"title"`
	Note       string          `json:"note" doc:"What its sender tells the reader; may be empty."`
	From       string          `json:"from" example:"Nora Lindqvist" doc:"Who sent the link."`
	MayComment bool            `json:"may_comment"`
	ExpiresAt  time.Time       `json:"expires_at"`
	Doc        json.RawMessage `json:"doc" doc:"The text as it stands, without suggestions: ProseMirror JSON in which each node has pos, its place in the whole document. A picture is at getReviewPicture."`
	Version    int64           `json:"version" doc:"The version of the text, for what is marked in it."`
	Reviewer   *Reviewer       `json:"reviewer,omitempty" doc:"Who you said you are; absent before."`
}

// Reviewer is somebody outside, as they call themselves.
type Reviewer struct {
	Name         string `json:"name" example:"Ines Haas"`
	Organisation string `json:"organisation" example:"Haas Logistics"`
}

func reviewerDTO(r *reviewlinks.Reviewer) *Reviewer {
	if r == nil {
		return nil
	}
	return &Reviewer{Name: r.Name, Organisation: r.Organisation}
}

type introduceInput struct {
	ReviewPath
	Body struct {
		Name         string `json:"name" minLength:"1" maxLength:"80" example:"Ines Haas"`
		Organisation string `json:"organisation,omitempty" maxLength:"120" example:"Haas Logistics"`
	}
}

type reviewPictureInput struct {
	ReviewPath
	AssetID uuid.UUID `path:"asset_id" doc:"The picture, as the text names it."`
}

// outside opens links at a limited rate for one address.
type outside struct {
	s                       *Server
	reads, pictures, writes *limiters
}

// enter gives the visit behind a token, and a context in which nobody is signed in: a colleague who looks at the page is a
// stranger to it like everybody else.
func (o outside) enter(ctx context.Context, token string, limit *limiters) (context.Context, reviewlinks.Visit, error) {
	b := browserOf(ctx)
	if _, wait := limit.take(reviewlinks.Subject(token) + b.address); wait > 0 {
		return ctx, reviewlinks.Visit{}, tooMany(wait)
	}
	v, err := o.s.ReviewLinks.Open(ctx, reviewlinks.Key{Token: token, Secret: b.reviewer})
	if err == nil {
		err = o.s.ReviewLinks.Seen(ctx, v)
	}
	return auth.With(ctx, auth.User{}), v, err
}

func (s *Server) outsideOperations() {
	o := outside{s, newLimiters(5 * s.cfg.ReviewRate), newLimiters(20 * s.cfg.ReviewRate), newLimiters(s.cfg.ReviewRate)}
	s.outsideTalkOperations(o)
	gone := []int{http.StatusGone}
	register(s, op{ID: "getReview", Method: http.MethodGet, Path: "/review/{token}", Tag: "review", Summary: "Read a draft from outside", Errors: gone,
		Description: "The text behind a review link, as it is now. Needs no account. 404 for an address that is no link, 410 for one that has expired or was closed."},
		func(ctx context.Context, in *ReviewPath) (*body[Review], error) {
			ctx, v, err := o.enter(ctx, in.Token, o.reads)
			if err != nil {
				return nil, err
			}
			text, version, err := s.ReviewLinks.Text(ctx, v)
			if err != nil {
				return nil, err
			}
			doc, err := text.JSON()
			return &body[Review]{Body: Review{Title: v.Draft.Title, Note: v.Link.Note, From: v.Link.MadeBy.Name, MayComment: v.Link.MayComment,
				ExpiresAt: v.Link.ExpiresAt, Doc: doc, Version: version, Reviewer: reviewerDTO(v.Reviewer)}}, err
		})
	register(s, op{ID: "getReviewPicture", Method: http.MethodGet, Path: "/review/{token}/pictures/{asset_id}", Tag: "review", Summary: "See a picture of the text", Status: http.StatusFound, Errors: append(gone, http.StatusConflict),
		Description: "Redirects to an address of the storage that works for five minutes. 404 for what does not stand in the text now."},
		func(ctx context.Context, in *reviewPictureInput) (*Redirect, error) {
			ctx, v, err := o.enter(ctx, in.Token, o.pictures)
			if err != nil {
				return nil, err
			}
			to, err := s.ReviewLinks.Picture(ctx, v, in.AssetID)
			return &Redirect{Status: http.StatusFound, Location: to, CacheControl: "private, max-age=240"}, err
		})
	register(s, op{ID: "introduceReviewer", Method: http.MethodPost, Path: "/review/{token}/reviewer", Tag: "review", Summary: "Say who you are", Status: http.StatusOK, Errors: append(gone, http.StatusForbidden), MaxBody: 4096,
		Description: "Before one comments: a name, and an organisation. The browser is known on this link from then on, by a cookie; a second time changes the name. 403 on a link for reading only."},
		func(ctx context.Context, in *introduceInput) (*cookies[Reviewer], error) {
			ctx, v, err := o.enter(ctx, in.Token, o.writes)
			if err != nil {
				return nil, err
			}
			r, secret, err := s.ReviewLinks.Introduce(ctx, v, in.Body.Name, in.Body.Organisation)
			if err != nil {
				return nil, err
			}
			out := &cookies[Reviewer]{Body: *reviewerDTO(&r)}
			if secret != "" {
				out.SetCookie = []http.Cookie{s.reviewerCookieFor(in.Token, secret, v.Link.ExpiresAt)}
			}
			return out, nil
		})
}
