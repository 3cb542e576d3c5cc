package httpapi

import (
	"context"
	"net/http"
	"time"

	"github.com/google/uuid"

	"byline/backend/internal/comments"
	"byline/backend/internal/reviewlinks"
)

// ReviewAuthor is who said something in a review: no more than a name.
type ReviewAuthor struct {
	Name         string `json:"name" example:"Ines Haas"`
	Organisation string `json:"organisation" doc:"Of somebody outside; may be empty."`
	Outside      bool   `json:"outside" doc:"Whether they came by a link, too."`
	You          bool   `json:"you" doc:"Whether it is you."`
}

// ReviewComment is one remark in a review.
type ReviewComment struct {
	ID        uuid.UUID    `json:"id"`
	Author    ReviewAuthor `json:"author"`
	Body      string       `json:"body" example:"Our figure was 12 percent."`
	Rev       int64        `json:"rev"`
	CreatedAt time.Time    `json:"created_at"`
	EditedAt  *time.Time   `json:"edited_at,omitempty"`
}

// ReviewThread is a thread that came by a link.
type ReviewThread struct {
	ID       uuid.UUID            `json:"id"`
	State    comments.ThreadState `json:"state" enum:"open,resolved"`
	Anchor   OrNull[ThreadAnchor] `json:"anchor" doc:"Where its words are in the text of version; null when they are nowhere any more."`
	Quote    string               `json:"quote" doc:"The words that were marked, at most 500 characters."`
	Comments []ReviewComment      `json:"comments" doc:"Oldest first."`
}

// ReviewThreads are those of one link.
type ReviewThreads struct {
	Items   []ReviewThread `json:"items"`
	Version int64          `json:"version" doc:"The version of the text in whose positions the anchors stand. Load the text again when yours is older."`
}

func reviewCommentDTO(v reviewlinks.Visit, c comments.Comment) ReviewComment {
	a := ReviewAuthor{Name: c.Author.Name, Organisation: c.Author.Organisation, Outside: c.Author.Outside, You: v.Reviewer != nil && c.GuestID == v.Reviewer.ID}
	return ReviewComment{ID: c.ID, Author: a, Body: c.Body, Rev: c.Rev, CreatedAt: c.CreatedAt, EditedAt: c.EditedAt}
}

func reviewThreadDTO(v reviewlinks.Visit, t reviewlinks.Thread) ReviewThread {
	dto := ReviewThread{ID: t.ID, State: t.State, Quote: t.Quote, Comments: []ReviewComment{}}
	if !t.Anchor.Detached {
		dto.Anchor.Value = &ThreadAnchor{t.Anchor.From, t.Anchor.To}
	}
	for _, c := range t.Comments {
		dto.Comments = append(dto.Comments, reviewCommentDTO(v, c))
	}
	return dto
}

// ReviewPlace is a stretch of the text as a reader has it.
type ReviewPlace struct {
	ThreadAnchor
	Version int64 `json:"version" minimum:"1" maximum:"9007199254740991" doc:"The version of the text in which these are positions." example:"12"`
}

type startReviewThreadInput struct {
	ReviewPath
	Body struct {
		Anchor ReviewPlace `json:"anchor" doc:"What is marked."`
		Body   string      `json:"body" minLength:"1" maxLength:"10000" example:"Our figure was 12 percent."`
	}
}

// ReviewThreadPath names a thread behind a link.
type ReviewThreadPath struct {
	ReviewPath
	ThreadID uuid.UUID `path:"thread_id" doc:"The thread's id."`
}

// ReviewCommentPath names a comment behind a link.
type ReviewCommentPath struct {
	ReviewPath
	CommentID uuid.UUID `path:"comment_id" doc:"The comment's id."`
}

type replyInReviewInput struct {
	ReviewThreadPath
	Body struct {
		Body string `json:"body" minLength:"1" maxLength:"10000" example:"Thank you, that is right."`
	}
}

type editReviewCommentInput struct {
	ReviewCommentPath
	IfMatch
	Body struct {
		Body string `json:"body" minLength:"1" maxLength:"10000"`
	}
}

const maxReviewBody = 64 << 10

func (s *Server) outsideTalkOperations(o outside) {
	closed := []int{http.StatusGone}
	refused := []int{http.StatusGone, http.StatusForbidden}
	const who = " 403 on a link for reading only, and before introduceReviewer."
	register(s, op{ID: "listReviewThreads", Method: http.MethodGet, Path: "/review/{token}/threads", Tag: "review", Summary: "What was said by a link", Errors: closed,
		Description: "The threads that came by this link, yours and those of others who have it, with the answers to them. Nothing of what is said inside."},
		func(ctx context.Context, in *ReviewPath) (*body[ReviewThreads], error) {
			ctx, v, err := o.enter(ctx, in.Token, o.reads)
			if err != nil {
				return nil, err
			}
			list, version, err := s.ReviewLinks.Threads(ctx, v)
			out := ReviewThreads{Items: []ReviewThread{}, Version: version}
			for _, t := range list {
				out.Items = append(out.Items, reviewThreadDTO(v, t))
			}
			return &body[ReviewThreads]{Body: out}, err
		})
	register(s, op{ID: "startReviewThread", Method: http.MethodPost, Path: "/review/{token}/threads", Tag: "review", Summary: "Comment on a stretch of the text from outside", Status: http.StatusCreated,
		Errors: append(refused, http.StatusConflict), MaxBody: maxReviewBody,
		Description: "Whoever made the link is told, and those who follow the draft. 409 when the version is not known or too old, 422 when the stretch has no words, 429 after very many." + who},
		func(ctx context.Context, in *startReviewThreadInput) (*versioned[ReviewThread], error) {
			ctx, v, err := o.enter(ctx, in.Token, o.writes)
			if err != nil {
				return nil, err
			}
			b := in.Body
			t, err := s.ReviewLinks.Start(ctx, v, browserOf(ctx).key, b.Anchor.From, b.Anchor.To, b.Anchor.Version, b.Body)
			return withRev(t.Rev, reviewThreadDTO(v, t)), err
		})
	register(s, op{ID: "replyInReview", Method: http.MethodPost, Path: "/review/{token}/threads/{thread_id}/comments", Tag: "review", Summary: "Reply in a thread from outside", Status: http.StatusCreated,
		Errors: append(refused, http.StatusConflict), MaxBody: maxReviewBody,
		Description: "In a thread that came by this link; any other is 404. One that was resolved is open again then." + who},
		func(ctx context.Context, in *replyInReviewInput) (*versioned[ReviewComment], error) {
			ctx, v, err := o.enter(ctx, in.Token, o.writes)
			if err != nil {
				return nil, err
			}
			c, err := s.ReviewLinks.Reply(ctx, v, browserOf(ctx).key, in.ThreadID, in.Body.Body)
			return withRev(c.Rev, reviewCommentDTO(v, c)), err
		})
	register(s, op{ID: "editReviewComment", Method: http.MethodPut, Path: "/review/{token}/comments/{comment_id}", Tag: "review", Summary: "Edit your comment from outside",
		Errors: append(refused, http.StatusPreconditionFailed), MaxBody: maxReviewBody,
		Description: "Your own alone: any other is 404. 412 when it was changed meanwhile." + who},
		func(ctx context.Context, in *editReviewCommentInput) (*versioned[ReviewComment], error) {
			rev, err := in.Rev()
			if err != nil {
				return nil, err
			}
			ctx, v, err := o.enter(ctx, in.Token, o.writes)
			if err != nil {
				return nil, err
			}
			c, err := s.ReviewLinks.Edit(ctx, v, in.CommentID, rev, in.Body.Body)
			return withRev(c.Rev, reviewCommentDTO(v, c)), err
		})
	register(s, op{ID: "deleteReviewComment", Method: http.MethodDelete, Path: "/review/{token}/comments/{comment_id}", Tag: "review", Summary: "Delete your comment from outside",
		Errors: refused, Description: "Your own alone: any other is 404." + who},
		func(ctx context.Context, in *ReviewCommentPath) (*struct{}, error) {
			ctx, v, err := o.enter(ctx, in.Token, o.writes)
			if err != nil {
				return nil, err
			}
			return nil, s.ReviewLinks.Delete(ctx, v, in.CommentID)
		})
}
