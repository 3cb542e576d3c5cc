package people

import (
	"context"
	"time"

	"github.com/google/uuid"

	"byline/backend/internal/activity"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/errs"
	"byline/backend/internal/platform/passwords"
)

// invitationLife is how long an invitation link works.
const invitationLife = 14 * 24 * time.Hour

// Invitation lets one person make an account of their own.
type Invitation struct {
	ID        uuid.UUID
	Email     string // "" lets the invited person choose: only for the first administrator
	Side      auth.Side
	Lead      bool
	Admin     bool
	TeamID    uuid.NullUUID
	ExpiresAt time.Time
}

// Invite makes an invitation and gives the token of its link, which is shown once. Leads invite for their own side;
// only admins make leads and admins.
func (s *Service) Invite(ctx context.Context, in Invitation) (Invitation, string, error) {
	me := auth.From(ctx)
	switch {
	case !me.Admin && !me.Lead:
		return in, "", errs.New(errs.Forbidden, "Only leads and administrators invite people.")
	case !me.Admin && in.Side != me.Side:
		return in, "", errs.New(errs.Forbidden, "A lead invites people of their own side.")
	case !me.Admin && (in.Lead || in.Admin):
		return in, "", errs.New(errs.Forbidden, "Only an administrator makes leads and administrators.")
	}
	email, err := cleanEmail("body.email", in.Email)
	if err != nil {
		return in, "", err
	}
	in.Email = email
	if u, err := s.store.byEmail(ctx, email); err == nil && u.ID != uuid.Nil {
		return in, "", errs.Field(errs.Conflict, "body.email", "This person has an account already.")
	}
	token := newToken()
	err = s.db.InTx(ctx, func(ctx context.Context) error {
		if in, err = s.addInvitation(ctx, in, token, me.ID); err != nil {
			return err
		}
		return s.log.Record(ctx, activity.Entry{Verb: "invitation.created", ObjectType: "invitation", ObjectID: in.ID})
	})
	return in, token, err
}

func (s *Service) addInvitation(ctx context.Context, in Invitation, token string, by uuid.UUID) (Invitation, error) {
	in.ID, in.ExpiresAt = db.NewID(), db.Now().Add(invitationLife)
	return in, s.store.addInvitation(ctx, in, digest(token), by)
}

// Invitation gives what the link of a token offers. NotFound when it is used up, expired or never was.
func (s *Service) Invitation(ctx context.Context, token string) (Invitation, error) {
	return s.store.invitation(ctx, digest(token), false)
}

// Accept makes the invited person's account and signs them in. The invitation works once.
func (s *Service) Accept(ctx context.Context, token, email, name, password, timezone, agent, address string) (User, Tokens, error) {
	invitation, err := s.store.invitation(ctx, digest(token), false)
	if err != nil {
		return User{}, Tokens{}, err
	}
	if invitation.Email != "" {
		email = invitation.Email
	}
	if email, err = cleanEmail("body.email", email); err != nil {
		return User{}, Tokens{}, err
	}
	p := Profile{Name: name, Timezone: timezone}
	if p.Timezone == "" {
		p.Timezone = "UTC"
	}
	if err := p.clean(); err != nil {
		return User{}, Tokens{}, err
	}
	if err := checkPassword("body.password", password, email); err != nil {
		return User{}, Tokens{}, err
	}
	hash, err := passwords.Hash(ctx, password)
	if err != nil {
		return User{}, Tokens{}, err
	}
	u := User{ID: db.NewID(), Email: email, Name: p.Name, Side: invitation.Side, Lead: invitation.Lead, Admin: invitation.Admin,
		TeamID: invitation.TeamID, Timezone: p.Timezone, PasswordHash: hash}
	tokens := Tokens{Session: newToken(), Device: newToken()}
	err = s.db.InTx(ctx, func(ctx context.Context) error {
		if _, err := s.store.invitation(ctx, digest(token), true); err != nil { // again, locked: a double click makes one account
			return err
		}
		if err := s.Create(ctx, &u); err != nil {
			return err
		}
		if err := s.store.useInvitation(ctx, invitation.ID, u.ID); err != nil {
			return err
		}
		if err := s.store.addDevice(ctx, digest(tokens.Device), u.ID); err != nil {
			return err
		}
		return s.openSession(ctx, u, tokens.Session, agent, address)
	})
	return u, tokens, err
}

// Create adds a person; for Accept, for the demo workspace and for tests. The password hash is taken as it is.
func (s *Service) Create(ctx context.Context, u *User) error {
	if u.ID == uuid.Nil {
		u.ID = db.NewID()
	}
	if u.Timezone == "" {
		u.Timezone = "UTC"
	}
	u.Rev, u.CreatedAt, u.UpdatedAt = 1, db.Now(), db.Now()
	return s.db.InTx(ctx, func(ctx context.Context) error {
		if err := s.store.create(ctx, u); err != nil {
			return err
		}
		return s.log.Record(ctx, activity.Entry{Verb: "user.created", ObjectType: "user", ObjectID: u.ID, ActorID: u.ID})
	})
}

// CreateTeam adds a team.
func (s *Service) CreateTeam(ctx context.Context, t *Team) error {
	if t.ID == uuid.Nil {
		t.ID = db.NewID()
	}
	return s.store.createTeam(ctx, t)
}

// HashPassword gives the hash that Create expects.
func (s *Service) HashPassword(ctx context.Context, password string) (string, error) {
	return passwords.Hash(ctx, password)
}

// FirstAdminToken gives the token of a one-time link that makes the first administrator, or "" when there are people
// already. Each start of an empty deployment replaces the link of the one before.
func (s *Service) FirstAdminToken(ctx context.Context) (string, error) {
	token := ""
	err := s.db.InTx(ctx, func(ctx context.Context) error {
		empty, err := s.store.lockIfEmpty(ctx)
		if err != nil || !empty {
			return err
		}
		if err := s.store.dropOpenSetup(ctx); err != nil {
			return err
		}
		token = newToken()
		_, err = s.addInvitation(ctx, Invitation{Side: auth.Marketing, Lead: true, Admin: true}, token, uuid.Nil)
		return err
	})
	return token, err
}
