package httpapi

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/labstack/echo/v4"

	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/errs"
)

// Problem is an error answer by RFC 9457 (Problem Details for HTTP APIs).
type Problem struct {
	Type      string       `json:"type" example:"about:blank" doc:"Kind of the problem, as a URI; about:blank when the status says it all."`
	Title     string       `json:"title" example:"Unprocessable Entity" doc:"The status in words."`
	Status    int          `json:"status" example:"422" doc:"The HTTP status."`
	Code      string       `json:"code" example:"invalid" doc:"Kind of the problem for programs." enum:"invalid,unauthenticated,forbidden,not_found,gone,conflict,stale,too_large,too_many,unavailable,internal"`
	Detail    string       `json:"detail" example:"Give the idea a title." doc:"What is wrong and what to do, in a sentence for the user."`
	Errors    []FieldError `json:"errors,omitempty" doc:"The inputs at fault."`
	Allowed   []string     `json:"allowed,omitempty" doc:"With 409 of a state machine: the transitions that are possible now."`
	Rev       int64        `json:"rev,omitempty" doc:"With 412: the current revision."`
	RequestID string       `json:"request_id,omitempty" doc:"To be named when asking for help."`
}

// FieldError names one input at fault.
type FieldError struct {
	Location string `json:"location" example:"body.title" doc:"Where the input stands."`
	Message  string `json:"message" example:"Give the idea a title." doc:"What would be right."`
}

// Error implements error.
func (p *Problem) Error() string { return p.Detail }

// GetStatus implements huma.StatusError.
func (p *Problem) GetStatus() int { return p.Status }

// ContentType implements huma.ContentTypeFilter.
func (p *Problem) ContentType(string) string { return "application/problem+json" }

var statusOf = map[errs.Code]int{
	errs.Invalid:         http.StatusUnprocessableEntity,
	errs.Unauthenticated: http.StatusUnauthorized,
	errs.Forbidden:       http.StatusForbidden,
	errs.NotFound:        http.StatusNotFound,
	errs.Gone:            http.StatusGone,
	errs.Conflict:        http.StatusConflict,
	errs.Stale:           http.StatusPreconditionFailed,
	errs.TooLarge:        http.StatusRequestEntityTooLarge,
	errs.TooMany:         http.StatusTooManyRequests,
	errs.Unavailable:     http.StatusServiceUnavailable,
	errs.Internal:        http.StatusInternalServerError,
}

func codeOfStatus(status int) errs.Code {
	for code, s := range statusOf {
		if s == status {
			return code
		}
	}
	if status < http.StatusInternalServerError {
		return errs.Invalid
	}
	return errs.Internal
}

const wentWrong = "Something went wrong on our side. Please try again; if it stays, tell an administrator the request id."

// problemOf turns any error into what the user may see. What is not ours is logged whole and shown as a general sentence.
func problemOf(ctx context.Context, err error) *Problem {
	var p *Problem
	if errors.As(err, &p) {
		return p
	}
	var e *errs.Error
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &e):
	case errors.As(err, &tooLarge):
		e = errs.Newf(errs.TooLarge, "This is larger than the %d bytes that are allowed here.", tooLarge.Limit)
	case errors.Is(err, context.DeadlineExceeded):
		e = errs.New(errs.Unavailable, "This took too long and was stopped. Nothing was changed; please try again.")
	case errors.Is(err, context.Canceled): // the client has gone
		e = errs.New(errs.Unavailable, "The request was cancelled.")
	default:
		slog.ErrorContext(ctx, "request failed", "request_id", requestID(ctx), "error", err)
		e = errs.New(errs.Internal, wentWrong)
	}
	status := statusOf[e.Code]
	p = &Problem{Type: "about:blank", Title: http.StatusText(status), Status: status, Code: string(e.Code), Detail: e.Message,
		Allowed: e.Allowed, Rev: e.Rev, RequestID: requestID(ctx)}
	if e.Location != "" {
		p.Errors = []FieldError{{Location: e.Location, Message: e.Message}}
	}
	return p
}

// answer gives huma the problem, with the headers that belong to it.
func answer(ctx context.Context, err error) error {
	err = db.Err(err, "") // what a store gave as the database said it
	p := problemOf(ctx, err)
	var e *errs.Error
	if errors.As(err, &e) && e.RetryAfterSeconds > 0 {
		return huma.ErrorWithHeaders(p, http.Header{"Retry-After": {fmt.Sprint(e.RetryAfterSeconds)}})
	}
	return p
}

// newError is how huma makes its own errors (validation, content type, unreadable body) into ours.
func newError(status int, message string, details ...error) huma.StatusError {
	var tooLarge *http.MaxBytesError
	for _, d := range details {
		var p *Problem
		if errors.As(d, &p) {
			return p
		}
		if errors.As(d, &tooLarge) {
			status, message = http.StatusRequestEntityTooLarge, fmt.Sprintf("This is larger than the %d bytes that are allowed here.", tooLarge.Limit)
		}
	}
	p := &Problem{Type: "about:blank", Title: http.StatusText(status), Status: status, Code: string(codeOfStatus(status)), Detail: message}
	if status >= http.StatusInternalServerError {
		for _, d := range details {
			slog.Error("request failed", "error", d)
		}
		p.Detail = wentWrong
		return p
	}
	for _, d := range details {
		var detailer huma.ErrorDetailer
		if errors.As(d, &detailer) { // the value is left out on purpose: it may be a password
			p.Errors = append(p.Errors, FieldError{Location: detailer.ErrorDetail().Location, Message: detailer.ErrorDetail().Message})
		}
	}
	if message == "validation failed" {
		p.Detail = "Some of the input is not right; see errors."
		if len(p.Errors) > 0 {
			p.Detail = fmt.Sprintf("%s: %s", p.Errors[0].Location, p.Errors[0].Message)
		}
	}
	return p
}

// handleError is Echo's one error handler: for what fails outside huma (unknown routes, middleware, panics).
func handleError(err error, c echo.Context) {
	if c.Response().Committed {
		return
	}
	ctx := c.Request().Context()
	err = db.Err(err, "")
	var he *echo.HTTPError
	var p *Problem
	if errors.As(err, &he) {
		p = &Problem{Type: "about:blank", Title: http.StatusText(he.Code), Status: he.Code, Code: string(codeOfStatus(he.Code)),
			Detail: fmt.Sprint(he.Message), RequestID: requestID(ctx)}
		switch he.Code {
		case http.StatusNotFound:
			p.Detail = "There is nothing at this address."
		case http.StatusMethodNotAllowed:
			p.Detail = "This address does not know the method " + c.Request().Method + "."
		}
	} else {
		p = problemOf(ctx, err)
	}
	writeProblem(c, p, err)
}

func writeProblem(c echo.Context, p *Problem, cause error) {
	var e *errs.Error
	if errors.As(cause, &e) && e.RetryAfterSeconds > 0 {
		c.Response().Header().Set("Retry-After", fmt.Sprint(e.RetryAfterSeconds))
	}
	if c.Request().Method == http.MethodHead {
		_ = c.NoContent(p.Status)
		return
	}
	body, err := json.Marshal(p)
	if err != nil { // a struct of strings and numbers always marshals
		panic(err)
	}
	_ = c.Blob(p.Status, "application/problem+json", body)
}
