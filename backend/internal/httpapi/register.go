package httpapi

import (
	"context"
	"net/http"
	"reflect"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/errs"
)

// op describes one operation of the API. Its rights stand in rights.go under the same id.
type op struct {
	ID          string // verbNoun; names the client's function
	Method      string
	Path        string // below /api/v1
	Tag         string // the domain, e.g. "ideas"
	Summary     string // a few words
	Description string // what it does, rules, what 409 and 412 mean here
	Status      int    // of success; 0 lets huma choose 200 or 204
	Errors      []int  // beside those that every operation has
	MaxBody     int64  // bytes; 0 means 1 MiB
	// Outside says that the handler talks to something other than PostgreSQL (S3, say), so that it may not run inside
	// the transaction that a request with an Idempotency-Key gets.
	Outside bool
}

const maxBody = 1 << 20

// register adds an operation. Its handler returns domain errors as they are.
func register[I, O any](s *Server, o op, handler func(context.Context, *I) (*O, error)) {
	if o.MaxBody == 0 {
		o.MaxBody = maxBody
	}
	problems := append([]int{http.StatusUnprocessableEntity, http.StatusTooManyRequests, http.StatusServiceUnavailable}, o.Errors...)
	if allowed[o.ID].anonymous == nil {
		problems = append(problems, http.StatusUnauthorized, http.StatusForbidden)
	}
	if strings.Contains(o.Path, "{") {
		problems = append(problems, http.StatusNotFound)
	}
	operation := huma.Operation{OperationID: o.ID, Method: o.Method, Path: o.Path, Summary: o.Summary, Description: o.Description,
		Tags: []string{o.Tag}, DefaultStatus: o.Status, Errors: problems, MaxBodyBytes: o.MaxBody,
		Metadata: map[string]any{"outside": o.Outside}}
	if allowed[o.ID].anonymous == nil {
		operation.Security = []map[string][]string{{"session": {}}}
	}
	if o.Method == http.MethodPost {
		operation.Parameters = []*huma.Param{{Name: "Idempotency-Key", In: "header",
			Description: "A key of your choice (a UUID, say). A repeated request with the same key gets the first answer and has no second effect; kept for 24 hours.",
			Schema:      &huma.Schema{Type: "string", MaxLength: ptr(200)}}}
	}
	huma.Register(s.api, operation, func(ctx context.Context, in *I) (*O, error) {
		if at := unstorable(reflect.ValueOf(in).Elem(), ""); at != "" {
			return nil, answer(ctx, errs.Field(errs.Invalid, at, "This holds characters that no text may hold."))
		}
		out, err := handler(ctx, in)
		if err != nil {
			return nil, answer(ctx, err)
		}
		return out, nil
	})
}

func ptr[T any](v T) *T { return &v }

// authorize is huma's middleware: who is signed in, and may they call this operation at all? Ownership is the domain's.
func (s *Server) authorize(c huma.Context, next func(huma.Context)) {
	rule, ok := allowed[c.Operation().OperationID]
	user := auth.From(c.Context())
	switch {
	case !ok:
		s.refuse(c, errs.New(errs.Forbidden, "This operation has no rights yet."))
	case rule.anonymous != nil:
		next(c)
	case !user.Known():
		s.refuse(c, errs.New(errs.Unauthenticated, "Please sign in."))
	case !rule.may(user):
		s.refuse(c, errs.New(errs.Forbidden, rule.sorry))
	default:
		next(c)
	}
}

func (s *Server) refuse(c huma.Context, err error) {
	p := problemOf(c.Context(), err)
	_ = huma.WriteErr(s.api, c, p.Status, p.Detail, p)
}

// PathID is the id of a thing in a path.
type PathID struct {
	ID uuid.UUID `path:"id" doc:"Its id." example:"0190c5a4-7b7e-7d3a-8a53-3f0e1c2d4b5a"`
}

// IfMatch is the revision that a write saw.
type IfMatch struct {
	Value string `header:"If-Match" required:"true" example:"\"3\"" doc:"The revision that your change is based on (rev of the answer that you saw). 412 when it is not the current one."`
}

// Rev reads the revision from the header: "3", W/"3" or 3.
func (m IfMatch) Rev() (int64, error) {
	s := strings.Trim(strings.TrimPrefix(strings.TrimSpace(m.Value), "W/"), `"`)
	rev, err := strconv.ParseInt(s, 10, 64)
	if err != nil || rev < 1 {
		return 0, errs.Field(errs.Invalid, "header.If-Match", `Give the revision that you saw, e.g. "3".`)
	}
	return rev, nil
}

// Page is the input of every list.
type Page struct {
	Limit  int    `query:"limit" default:"25" minimum:"1" maximum:"100" doc:"How many items at most."`
	Cursor string `query:"cursor" maxLength:"500" doc:"next_cursor of the page before; empty for the first."`
}

// List is the answer of every list.
type List[T any] struct {
	Items      []T    `json:"items" doc:"The items of this page."`
	NextCursor string `json:"next_cursor,omitempty" doc:"For the next page; empty when this is the last."`
	Total      *int   `json:"total,omitempty" doc:"How many there are in all, where it is counted."`
}

// body wraps an answer.
type body[T any] struct {
	Body T
}

// versioned wraps the answer of a thing that has a revision.
type versioned[T any] struct {
	ETag string `header:"ETag" doc:"The revision, for If-Match."`
	Body T
}

func withRev[T any](rev int64, v T) *versioned[T] {
	return &versioned[T]{ETag: `"` + strconv.FormatInt(rev, 10) + `"`, Body: v}
}

// nullID is a nullable id of an input as the domains take it.
func nullID(id *uuid.UUID) uuid.NullUUID {
	if id == nil {
		return uuid.NullUUID{}
	}
	return uuid.NullUUID{UUID: *id, Valid: *id != uuid.Nil}
}

// idOrNull is the same the other way round, for answers.
func idOrNull(id uuid.NullUUID) *uuid.UUID {
	if !id.Valid {
		return nil
	}
	return &id.UUID
}
