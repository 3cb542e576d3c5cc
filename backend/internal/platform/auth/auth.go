// Package auth carries the signed-in user in a context. Types only: who may do what is decided elsewhere.
package auth

import (
	"context"

	"github.com/google/uuid"
)

// Side is the half of the company that a person works on.
type Side string

// The two sides.
const (
	Sales     Side = "sales"
	Marketing Side = "marketing"
)

// User is the person behind a request.
type User struct {
	ID        uuid.UUID
	Name      string
	Email     string
	Side      Side
	Lead      bool
	Admin     bool
	TeamID    uuid.NullUUID
	SessionID uuid.UUID
}

// Known says whether somebody is signed in.
func (u User) Known() bool { return u.ID != uuid.Nil }

// IsMarketer says whether the person works in marketing.
func (u User) IsMarketer() bool { return u.Side == Marketing }

// LeadOf says whether the person is a lead of the given side.
func (u User) LeadOf(side Side) bool { return u.Lead && u.Side == side }

type key struct{}

// With puts the user into the context.
func With(ctx context.Context, u User) context.Context { return context.WithValue(ctx, key{}, u) }

// From gives the user of the context; the zero User when nobody is signed in.
func From(ctx context.Context) User {
	u, _ := ctx.Value(key{}).(User)
	return u
}
