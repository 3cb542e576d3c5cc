// Package shares shows resources to people outside: one share per recipient, with an expiry, a passcode, a limit to one
// device, a choice about downloads, and an honest count of who looked at what for how long.
package shares

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"net/mail"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"byline/backend/internal/activity"
	"byline/backend/internal/platform/errs"
)

// State is what a share does when its recipient comes.
type State string

// The states of a share. They follow from the clock and from people, so that no job has to run for them.
const (
	Unopened State = "unopened" // open, and no person has looked yet
	Opened   State = "opened"   // open, and somebody has looked
	Expired  State = "expired"
	Revoked  State = "revoked"
	Stopped  State = "stopped" // its owner is not here any more, and their team has no lead
)

// Share shows resources to one recipient.
type Share struct {
	ID           uuid.UUID
	Owner        activity.Person
	MadeBy       *activity.Person // set when it was somebody else
	Title        string           // above what is shown; "" is made from that
	Collection   *Set             // of which it was made
	Recipient    string
	Organisation string
	Email        string
	Note         string
	HasPasscode  bool
	EmailGate    bool     // asks for an address, and a code that is sent there
	Domains      []string // whose addresses may open it, beside that of the recipient
	Downloads    bool
	Once         bool
	OpenedAt     *time.Time // when the one view was spent
	ExpiresAt    *time.Time
	RevokedAt    *time.Time
	FirstViewAt  *time.Time
	LastViewAt   *time.Time
	State        State
	Resources    []Shared
	Visits       int // of people
	Devices      int // of people; the second one is a forward, or the recipient's phone
	Seconds      int // of reading
	Kept         int // downloads
	Rev          int64
	CreatedAt    time.Time
}

// Shared is a resource of a share.
type Shared struct {
	ID         uuid.UUID `json:"id"`
	Title      string    `json:"title"`
	Available  bool      `json:"available"`   // strangers may see it, or what replaced it, now
	ReplacedBy string    `json:"replaced_by"` // the title of what they see in its place
}

// Input is what the owner says about a share.
type Input struct {
	Resources    []uuid.UUID   // of a new one,
	Collection   uuid.NullUUID // or the collection that it is made of
	Title        string
	Recipient    string
	Organisation string
	Email        string
	Note         string
	Passcode     *string // nil keeps the one that there is, "" takes it off
	EmailGate    bool
	Domains      []string
	Downloads    bool
	Once         bool // of a new one
	ExpiresAt    *time.Time
}

const (
	maxResources = 20
	minPasscode  = 6
	maxPasscode  = 64
	longest      = 2 * 365 * 24 * time.Hour
)

func (in *Input) clean(now time.Time) error {
	in.Title = strings.Join(strings.Fields(in.Title), " ")
	in.Recipient, in.Organisation, in.Email, in.Note = strings.TrimSpace(in.Recipient), strings.TrimSpace(in.Organisation), strings.TrimSpace(in.Email), strings.TrimSpace(in.Note)
	switch {
	case in.Recipient == "" || utf8.RuneCountInString(in.Recipient) > 120:
		return errs.Field(errs.Invalid, "body.recipient", "Say for whom it is, in 1 to 120 characters.")
	case utf8.RuneCountInString(in.Title) > 120:
		return errs.Field(errs.Invalid, "body.title", "At most 120 characters, please.")
	case utf8.RuneCountInString(in.Organisation) > 120:
		return errs.Field(errs.Invalid, "body.organisation", "At most 120 characters, please.")
	case utf8.RuneCountInString(in.Note) > 2000:
		return errs.Field(errs.Invalid, "body.note", "At most 2,000 characters, please.")
	case in.ExpiresAt != nil && !in.ExpiresAt.After(now):
		return errs.Field(errs.Invalid, "body.expires_at", "This moment has passed already.")
	case in.ExpiresAt != nil && in.ExpiresAt.After(now.Add(longest)):
		return errs.Field(errs.Invalid, "body.expires_at", "A share lives for two years at most.")
	}
	if in.Email != "" {
		a, err := mail.ParseAddress(in.Email)
		if err != nil || a.Address != in.Email || len(in.Email) > 254 {
			return errs.Field(errs.Invalid, "body.email", "Give an e-mail address such as name@example.com.")
		}
	}
	if in.Passcode != nil && *in.Passcode != "" {
		if n := utf8.RuneCountInString(*in.Passcode); n < minPasscode || n > maxPasscode {
			return errs.Field(errs.Invalid, "body.passcode", "A passcode has 6 to 64 characters.")
		}
	}
	return nil
}

func (in *Input) cleanResources() error {
	seen := map[uuid.UUID]bool{}
	in.Resources = slices.DeleteFunc(in.Resources, func(id uuid.UUID) bool {
		twice := seen[id]
		seen[id] = true
		return twice
	})
	if len(in.Resources) == 0 || len(in.Resources) > maxResources {
		return errs.Field(errs.Invalid, "body.resources", "Choose 1 to 20 resources.")
	}
	return nil
}

// token is the secret of a share. It can be made again from our own secret, so that its owner can copy it again, and is
// as good as random to everybody else; the database has its hash only.
func (s *Service) token(id uuid.UUID) string {
	mac := hmac.New(sha256.New, s.cfg.Secret)
	mac.Write([]byte("share " + id.String()))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

func digest(token string) []byte {
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}

// Subject names a share to a rate limit, without its secret.
func Subject(token string) string { return base64.RawURLEncoding.EncodeToString(digest(token)) }

var errNoShare = errs.New(errs.NotFound, "No such share.")
