package people

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"strings"
	"time"

	"github.com/google/uuid"

	"byline/backend/internal/activity"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/errs"
	"byline/backend/internal/platform/passwords"
)

// How long a session lives without use, and at most (OWASP ASVS 7.3).
const (
	SessionIdle = 7 * 24 * time.Hour
	SessionMax  = 30 * 24 * time.Hour
)

// How often a password may be tried within an hour before it is even looked at.
const (
	triesPerAccount = 10
	triesPerDevice  = 10 // by a browser that signed in before, apart from the guesses of others
	triesPerAddress = 100
)

// Service does everything with people.
type Service struct {
	db    *db.DB
	log   *activity.Log
	store store
	ended func(ctx context.Context, user uuid.UUID) error
}

// New makes the service.
func New(d *db.DB, log *activity.Log) *Service { return &Service{db: d, log: log, store: store{d}} }

// SignIn is what a browser presents, and what it gets.
type SignIn struct {
	Email       string
	Password    string
	DeviceToken string // of a known device; "" when there is none
	OldToken    string // of the session that the browser has now, which ends
	UserAgent   string
	Address     string
}

// Tokens are handed to the browser once; the server keeps their hashes.
type Tokens struct {
	Session string
	Device  string
}

var errWrongCredentials = errs.New(errs.Unauthenticated, "E-mail address and password do not match.")

// SignIn checks a password and opens a session with a new token. Tries are counted, for the account and for the
// address, before the password is hashed: TooMany beyond the limit, Unauthenticated when they do not match.
func (s *Service) SignIn(ctx context.Context, in SignIn) (User, Tokens, error) {
	email := strings.ToLower(strings.TrimSpace(in.Email))
	user, err := s.store.byEmail(ctx, email)
	if err != nil && errs.CodeOf(err) != errs.NotFound {
		return User{}, Tokens{}, err
	}
	account, limit := "account:"+email, triesPerAccount
	if in.DeviceToken != "" && user.ID != uuid.Nil && s.store.deviceKnown(ctx, digest(in.DeviceToken), user.ID) {
		account, limit = "device:"+in.DeviceToken, triesPerDevice
	}
	account = "a:" + base64.RawURLEncoding.EncodeToString(digest(account))
	place := "i:" + in.Address
	for bucket, limit := range map[string]int{account: limit, place: triesPerAddress} {
		n, err := s.store.countAttempt(ctx, bucket)
		if err != nil {
			return User{}, Tokens{}, err
		}
		if n > limit {
			e := errs.New(errs.TooMany, "Too many tries. Wait an hour, or ask an administrator for a new link.")
			e.RetryAfterSeconds = 3600
			return User{}, Tokens{}, e
		}
	}
	ok, err := passwords.Match(ctx, in.Password, user.PasswordHash)
	if err != nil {
		return User{}, Tokens{}, err
	}
	if !ok || user.DisabledAt != nil {
		return User{}, Tokens{}, errWrongCredentials
	}
	tokens := Tokens{Session: newToken(), Device: in.DeviceToken}
	if tokens.Device == "" || limit != triesPerDevice || !s.store.deviceKnown(ctx, digest(in.DeviceToken), user.ID) {
		tokens.Device = newToken()
	}
	err = s.db.InTx(ctx, func(ctx context.Context) error {
		if in.OldToken != "" {
			if err := s.store.endSessionByToken(ctx, digest(in.OldToken)); err != nil {
				return err
			}
		}
		if err := s.store.forgetAttempts(ctx, account); err != nil {
			return err
		}
		if err := s.store.returnAttempt(ctx, place); err != nil { // a whole company may sit behind one address
			return err
		}
		if err := s.store.addDevice(ctx, digest(tokens.Device), user.ID); err != nil {
			return err
		}
		return s.openSession(ctx, user, tokens.Session, in.UserAgent, in.Address)
	})
	return user, tokens, err
}

func (s *Service) openSession(ctx context.Context, user User, token, agent, address string) error {
	id := db.NewID()
	if err := s.store.addSession(ctx, id, digest(token), user.ID, cut(agent, 300), cut(address, 100), db.Now().Add(SessionMax)); err != nil {
		return err
	}
	return s.log.Record(ctx, activity.Entry{Verb: "user.signed_in", ObjectType: "user", ObjectID: user.ID, ActorID: user.ID})
}

// Authenticate gives the user of a session token; ok is false when there is no such living session.
func (s *Service) Authenticate(ctx context.Context, token string) (u auth.User, ok bool, err error) {
	return s.store.authenticate(ctx, digest(token))
}

// BySession gives the user of a session by its id; ok is false when it has ended.
func (s *Service) BySession(ctx context.Context, id uuid.UUID) (u auth.User, ok bool, err error) {
	return s.store.bySession(ctx, id)
}

// OnEnd sets what is told when sessions of somebody have ended, so that open connections can follow.
func (s *Service) OnEnd(f func(ctx context.Context, user uuid.UUID) error) { s.ended = f }

func (s *Service) tellEnd(ctx context.Context, user uuid.UUID) error {
	if s.ended == nil {
		return nil
	}
	return s.ended(ctx, user)
}

// SignOut ends the session of the signed-in user.
func (s *Service) SignOut(ctx context.Context) error {
	u := auth.From(ctx)
	return s.EndSession(ctx, u.SessionID)
}

// Sessions lists the living sessions of the signed-in user, last used first.
func (s *Service) Sessions(ctx context.Context) ([]Session, error) {
	return s.store.sessions(ctx, auth.From(ctx).ID)
}

// EndSession ends one session of the signed-in user.
func (s *Service) EndSession(ctx context.Context, id uuid.UUID) error {
	me := auth.From(ctx).ID
	if err := s.store.endSession(ctx, id, me); err != nil {
		return err
	}
	return s.tellEnd(ctx, me)
}

// SignOutEverywhere ends all sessions of the signed-in user, this one too.
func (s *Service) SignOutEverywhere(ctx context.Context) error {
	me := auth.From(ctx).ID
	if err := s.store.endSessions(ctx, me, uuid.Nil); err != nil {
		return err
	}
	return s.tellEnd(ctx, me)
}

// Get gives one person.
func (s *Service) Get(ctx context.Context, id uuid.UUID) (User, error) { return s.store.get(ctx, id) }

// Filter narrows List.
type Filter struct {
	Query  string // part of a name, in any case
	Side   auth.Side
	TeamID uuid.NullUUID
	After  string // name and id of the last one seen, from the cursor
	Limit  int
}

// Importer gives the person with the given address, or without one the administrator who came first, as the one in whose
// name a command of the operator works. NotFound when there is nobody.
func (s *Service) Importer(ctx context.Context, email string) (auth.User, error) {
	u, err := s.store.importer(ctx, strings.ToLower(strings.TrimSpace(email)))
	return auth.User{ID: u.ID, Name: u.Name, Email: u.Email, Side: u.Side, Lead: u.Lead, Admin: u.Admin, TeamID: u.TeamID}, err
}

// List gives people by name.
func (s *Service) List(ctx context.Context, f Filter) ([]User, error) { return s.store.list(ctx, f) }

// Teams gives all teams by name.
func (s *Service) Teams(ctx context.Context) ([]Team, error) { return s.store.teams(ctx) }

// UpdateProfile changes what people may change about themselves. Stale when rev is not the current one.
func (s *Service) UpdateProfile(ctx context.Context, rev int64, p Profile) (User, error) {
	if err := p.clean(); err != nil {
		return User{}, err
	}
	me := auth.From(ctx).ID
	err := s.db.InTx(ctx, func(ctx context.Context) error {
		if err := s.store.updateProfile(ctx, me, rev, p); err != nil {
			return err
		}
		return s.log.Record(ctx, activity.Entry{Verb: "user.updated", ObjectType: "user", ObjectID: me})
	})
	if err != nil {
		return User{}, err
	}
	return s.store.get(ctx, me)
}

// ChangePassword sets a new password, ends all other sessions and gives this browser a new token.
func (s *Service) ChangePassword(ctx context.Context, current, next, agent, address string) (string, error) {
	me, err := s.store.get(ctx, auth.From(ctx).ID)
	if err != nil {
		return "", err
	}
	if err := checkPassword("body.new_password", next, me.Email); err != nil {
		return "", err
	}
	if n, err := s.store.countAttempt(ctx, "p:"+me.ID.String()); err != nil || n > triesPerAccount {
		tooMany := errs.New(errs.TooMany, "Too many tries. Wait an hour.")
		tooMany.RetryAfterSeconds = 3600
		return "", errOr(err, tooMany)
	}
	ok, err := passwords.Match(ctx, current, me.PasswordHash)
	if err != nil {
		return "", err
	}
	if !ok {
		return "", errs.Field(errs.Invalid, "body.current_password", "This is not your current password.")
	}
	hash, err := passwords.Hash(ctx, next)
	if err != nil {
		return "", err
	}
	token := newToken()
	return token, s.db.InTx(ctx, func(ctx context.Context) error {
		if err := s.store.setPassword(ctx, me.ID, hash); err != nil {
			return err
		}
		if err := s.store.endSessions(ctx, me.ID, uuid.Nil); err != nil {
			return err
		}
		if err := s.tellEnd(ctx, me.ID); err != nil {
			return err
		}
		return s.openSession(ctx, me, token, agent, address)
	})
}

func errOr(err error, otherwise error) error {
	if err != nil {
		return err
	}
	return otherwise
}

// newToken makes 256 random bits in a form that fits cookies and addresses.
func newToken() string {
	b := make([]byte, 32)
	_, _ = rand.Read(b) // never fails: https://pkg.go.dev/crypto/rand#Read
	return base64.RawURLEncoding.EncodeToString(b)
}

func digest(token string) []byte {
	h := sha256.Sum256([]byte(token))
	return h[:]
}

// cut makes what a browser says of itself fit to be stored.
func cut(s string, n int) string {
	s = strings.ToValidUTF8(strings.ReplaceAll(s, "\x00", ""), "")
	if len(s) > n {
		s = strings.ToValidUTF8(s[:n], "")
	}
	return s
}
