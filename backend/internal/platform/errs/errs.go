// Package errs is the vocabulary of failures: a code for the program, a message that is safe and useful for the user.
// Domains return these; only httpapi knows which HTTP status a code becomes.
package errs

import (
	"errors"
	"fmt"
)

// Code says what kind of failure happened.
type Code string

// The codes, each with the HTTP status that httpapi gives it.
const (
	Invalid         Code = "invalid"         // 422: the input breaks a rule that it could have kept
	Unauthenticated Code = "unauthenticated" // 401: nobody is signed in, or wrong credentials
	Forbidden       Code = "forbidden"       // 403: known and seen, but not allowed to this person
	NotFound        Code = "not_found"       // 404: does not exist, or is not theirs to know of
	Gone            Code = "gone"            // 410: a way in that is closed for good
	Conflict        Code = "conflict"        // 409: illegal in the present state
	Stale           Code = "stale"           // 412: somebody else changed it first
	TooLarge        Code = "too_large"       // 413
	TooMany         Code = "too_many"        // 429: slow down
	Unavailable     Code = "unavailable"     // 503: a part that it needs is away, try again
	Internal        Code = "internal"        // 500: ours; the user sees "Something went wrong"
)

// Error is a failure with a message that may be shown to the user.
type Error struct {
	Code    Code
	Message string
	// Location names the input at fault, as RFC 9457's errors[].location, e.g. "body.title". Empty when no single field is.
	Location string
	// Allowed lists the transitions that are possible now; set with Conflict by state machines.
	Allowed []string
	// Rev is the present revision; set with Stale.
	Rev int64
	// RetryAfterSeconds is set with TooMany and Unavailable.
	RetryAfterSeconds int
	cause             error
}

// Error implements error.
func (e *Error) Error() string {
	if e.cause != nil {
		return fmt.Sprintf("%s: %s: %v", e.Code, e.Message, e.cause)
	}
	return string(e.Code) + ": " + e.Message
}

// Unwrap gives the cause, which is logged and never shown.
func (e *Error) Unwrap() error { return e.cause }

// New makes a failure with a message for the user.
func New(code Code, message string) *Error { return &Error{Code: code, Message: message} }

// Newf is New with formatting.
func Newf(code Code, format string, args ...any) *Error {
	return New(code, fmt.Sprintf(format, args...))
}

// Field is New for one named input, e.g. Field(Invalid, "body.title", "Give the idea a title.").
func Field(code Code, location, message string) *Error {
	return &Error{Code: code, Message: message, Location: location}
}

// Wrap is New with the cause kept for the log.
func Wrap(code Code, message string, cause error) *Error {
	return &Error{Code: code, Message: message, cause: cause}
}

// NotAllowedNow is the answer to an illegal transition: a Conflict that lists what is possible now.
func NotAllowedNow(message string, allowed ...string) *Error {
	if allowed == nil {
		allowed = []string{}
	}
	return &Error{Code: Conflict, Message: message, Allowed: allowed}
}

// StaleRev is the answer to a write that saw an older revision than the current one.
func StaleRev(current int64) *Error {
	return &Error{Code: Stale, Message: "Somebody else changed this in the meantime. Load it again and repeat your change.", Rev: current}
}

// CodeOf gives the code of err: "" for nil, Internal for an error that is not ours.
func CodeOf(err error) Code {
	if err == nil {
		return ""
	}
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return Internal
}
