package httpapi

import (
	"context"
	"encoding/json"
	"net/http"
	"reflect"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"byline/backend/internal/comments"
)

// OrNull is a value that is null when there is none.
type OrNull[T any] struct{ Value *T }

// MarshalJSON implements json.Marshaler.
func (o OrNull[T]) MarshalJSON() ([]byte, error) { return json.Marshal(o.Value) }

// UnmarshalJSON implements json.Unmarshaler.
func (o *OrNull[T]) UnmarshalJSON(b []byte) error { return json.Unmarshal(b, &o.Value) }

// Schema implements huma.SchemaProvider.
func (o OrNull[T]) Schema(r huma.Registry) *huma.Schema {
	return &huma.Schema{AnyOf: []*huma.Schema{r.Schema(reflect.TypeFor[T](), true, ""), {Type: "null"}}}
}

// ThreadAnchor is a stretch of a text, in the positions of its document.
type ThreadAnchor struct {
	From int `json:"from" minimum:"0" maximum:"100000000" example:"17"`
	To   int `json:"to" minimum:"1" maximum:"100000000" example:"42" doc:"After from."`
}

// Thread is comments on a stretch of a text.
type Thread struct {
	ID         uuid.UUID            `json:"id"`
	State      comments.ThreadState `json:"state" enum:"open,resolved"`
	Anchor     OrNull[ThreadAnchor] `json:"anchor" doc:"Where its words are in the document of version; null when they are nowhere (detached)."`
	Version    int64                `json:"version" doc:"The confirmed version of the document in whose positions the anchor stands." example:"12"`
	Quote      string               `json:"quote" doc:"The words that were marked, at most 500 characters." example:"ships in March"`
	Comments   []Comment            `json:"comments" doc:"Oldest first."`
	ResolvedBy OrNull[PersonRef]    `json:"resolved_by"`
	ResolvedAt *time.Time           `json:"resolved_at"`
	Rev        int64                `json:"rev" doc:"Counts replies and changes of its state."`
	CreatedAt  time.Time            `json:"created_at"`
	Outside    bool                 `json:"outside" doc:"Whether it was started by somebody outside: they, and others with the same link, read what is said in it."`
	MayResolve bool                 `json:"may_resolve" doc:"Whether you may resolve and reopen it."`
}

// Threads are those of one text, at one version of it.
type Threads struct {
	Items   []Thread `json:"items" doc:"In the order in which they were started; of very many, the newest 1,000."`
	Version int64    `json:"version" doc:"The confirmed version of the document in whose positions all anchors stand." example:"12"`
}

func threadDTO(t comments.Thread) Thread {
	dto := Thread{ID: t.ID, State: t.State, Version: t.Anchor.Version, Quote: t.Anchor.Quote, Comments: []Comment{}, ResolvedBy: OrNull[PersonRef]{refOrNull(t.ResolvedBy)},
		ResolvedAt: t.ResolvedAt, Rev: t.Rev, CreatedAt: t.CreatedAt, MayResolve: t.MayResolve, Outside: t.Outside}
	if !t.Anchor.Detached {
		dto.Anchor.Value = &ThreadAnchor{t.Anchor.From, t.Anchor.To}
	}
	for _, c := range t.Comments {
		dto.Comments = append(dto.Comments, commentDTO(c))
	}
	return dto
}

type listThreadsInput struct {
	PathID
	State string `query:"state" enum:"open,resolved,all" default:"open" doc:"Only these."`
}

type startThreadInput struct {
	PathID
	Body struct {
		Anchor struct {
			ThreadAnchor
			Version int64 `json:"version" minimum:"1" maximum:"9007199254740991" doc:"The confirmed version of the document in which these are positions." example:"12"`
		} `json:"anchor" doc:"What is marked."`
		Quote    string      `json:"quote,omitempty" maxLength:"10000" doc:"The words as you see them. The server takes them from the text itself." example:"ships in March"`
		Body     string      `json:"body" minLength:"1" maxLength:"10000" example:"April, says the plant."`
		Mentions []uuid.UUID `json:"mentions,omitempty" maxItems:"50" doc:"People named in it: they follow the draft from now on and are told."`
	}
}

type replyInput struct {
	PathID
	Body struct {
		Body     string      `json:"body" minLength:"1" maxLength:"10000" example:"Thanks, changed."`
		Mentions []uuid.UUID `json:"mentions,omitempty" maxItems:"50" doc:"People named in it: they follow the draft from now on and are told."`
	}
}

func (s *Server) threadOperations() {
	register(s, op{ID: "listThreads", Method: http.MethodGet, Path: "/drafts/{id}/threads", Tag: "comments", Summary: "List threads on the text of a draft",
		Description: "Comments on stretches of the text, each thread with all that was said. Their anchors are moved to the present text first, and stand in the positions of its version. " +
			"403 when you see title and state only. A thread of which every comment was deleted is not listed."},
		func(ctx context.Context, in *listThreadsInput) (*body[Threads], error) {
			state := comments.ThreadState(in.State)
			if in.State == "all" {
				state = ""
			}
			list, version, err := s.Comments.Threads(ctx, comments.Object{Type: "draft", ID: in.ID}, state)
			out := Threads{Items: []Thread{}, Version: version}
			for _, t := range list {
				out.Items = append(out.Items, threadDTO(t))
			}
			return &body[Threads]{Body: out}, err
		})
	register(s, op{ID: "startThread", Method: http.MethodPost, Path: "/drafts/{id}/threads", Tag: "comments", Summary: "Comment on a stretch of a text", Status: http.StatusCreated, Errors: []int{http.StatusConflict},
		Description: "Starts a thread on the words between two positions of a version of the document. Whoever reads a draft may, also when its text is frozen. " +
			"409 when that version is not known or too old, or 500 threads are open; 422 when the stretch is not in the text or has no words."},
		func(ctx context.Context, in *startThreadInput) (*versioned[Thread], error) {
			b := in.Body
			t, err := s.Comments.Start(ctx, comments.Object{Type: "draft", ID: in.ID}, b.Anchor.From, b.Anchor.To, b.Anchor.Version, b.Body, b.Mentions)
			return withRev(t.Rev, threadDTO(t)), err
		})
	register(s, op{ID: "replyToThread", Method: http.MethodPost, Path: "/threads/{id}/comments", Tag: "comments", Summary: "Reply in a thread", Status: http.StatusCreated, Errors: []int{http.StatusConflict},
		Description: "Adds a comment to a thread; one that was resolved is open again then. Those who wrote in it are told. 409 when it has 500 comments."},
		func(ctx context.Context, in *replyInput) (*versioned[Comment], error) {
			c, err := s.Comments.Reply(ctx, in.ID, in.Body.Body, in.Body.Mentions)
			return withRev(c.Rev, commentDTO(c)), err
		})
	for id, x := range map[string]struct {
		path, summary, description string
		resolved                   bool
	}{"resolveThread": {"resolve", "Resolve a thread", "Says that a thread is done with.", true}, "reopenThread": {"reopen", "Reopen a thread", "Opens a resolved thread again.", false}} {
		register(s, op{ID: id, Method: http.MethodPost, Path: "/threads/{id}/" + x.path, Tag: "comments", Summary: x.summary, Status: http.StatusOK,
			Description: x.description + " Who edits the draft may, and who started the thread; 403 for others. Doing it twice changes nothing."},
			func(ctx context.Context, in *PathID) (*versioned[Thread], error) {
				t, err := s.Comments.SetResolved(ctx, in.ID, x.resolved)
				return withRev(t.Rev, threadDTO(t)), err
			})
	}
}
