// Package mail sends e-mail through an SMTP server. It is slow and may fail, so it is called by jobs only, and never in a
// transaction.
package mail

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	netmail "net/mail"
	"strings"
	"time"
	"unicode"

	gomail "github.com/wneessen/go-mail"

	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/jobs"
)

// How a connection is protected.
const (
	StartTLS = "starttls" // plain at first, and refused when the server cannot do better
	TLS      = "tls"      // from the first byte
	NoTLS    = "none"     // only to a server on the same machine or network
)

// Config says which server is used, and in whose name.
type Config struct {
	Host     string // "" means that no mail can be sent
	Port     int
	User     string
	Password string
	From     netmail.Address
	Security string      // StartTLS, TLS or NoTLS
	TLS      *tls.Config // nil means the certificates of the system
}

// Sender sends mail; nil sends none.
type Sender struct{ cfg Config }

// New makes a sender, or nil when no server is set. It does not connect.
func New(cfg Config) *Sender {
	if cfg.Host == "" {
		return nil
	}
	return &Sender{cfg}
}

// On says whether mail can be sent at all.
func (s *Sender) On() bool { return s != nil }

// ErrOff says that mail was to be sent without a server.
var ErrOff = errors.New("mail: no server is set (BYLINE_SMTP_HOST)")

var errInTx = errors.New("mail: sending in a transaction")

// Message is a mail of text to one person.
type Message struct {
	ID      string // the same for every try, so that what arrives twice can be told
	To      string // an address without a name
	Subject string
	Text    string
}

const timeout = 20 * time.Second

// Send hands a message to the server. An error that another try cannot mend cancels the job in which it is called.
func (s *Sender) Send(ctx context.Context, m Message) error {
	if !s.On() {
		return jobs.Cancel(ErrOff)
	}
	if _, ok := db.Tx(ctx); ok {
		return errInTx
	}
	msg, err := s.compose(m)
	if err != nil {
		return jobs.Cancel(err)
	}
	client, err := s.client()
	if err != nil {
		return jobs.Cancel(err)
	}
	if err := client.DialAndSendWithContext(ctx, msg); err != nil {
		// what a server says may name the recipient, who is nothing for a log
		clean := errors.New("mail: " + strings.ReplaceAll(err.Error(), m.To, "(recipient)"))
		var refused *gomail.SendError
		if errors.As(err, &refused) && !refused.IsTemp() && refused.ErrorCode() >= 500 {
			return jobs.Cancel(clean)
		}
		return clean
	}
	return nil
}

// compose makes the message. Nothing that people wrote can become a header: addresses are parsed, and what is no letter
// leaves the subject.
func (s *Sender) compose(m Message) (*gomail.Msg, error) {
	to, err := Address(m.To)
	if err != nil {
		return nil, err
	}
	msg := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	msg.FromMailAddress(&s.cfg.From)
	msg.ToMailAddress(&netmail.Address{Address: to})
	subject := strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, m.Subject)
	msg.Subject(strings.Join(strings.Fields(subject), " "))
	_, domain, _ := strings.Cut(s.cfg.From.Address, "@")
	msg.SetMessageIDWithValue(fmt.Sprintf("%s@%s", m.ID, domain))
	msg.SetDate()
	msg.SetGenHeader("Auto-Submitted", "auto-generated") // no answers of those who are away
	msg.SetBodyString(gomail.TypeTextPlain, m.Text)
	return msg, nil
}

func (s *Sender) client() (*gomail.Client, error) {
	options := []gomail.Option{gomail.WithPort(s.cfg.Port), gomail.WithTimeout(timeout)}
	switch s.cfg.Security {
	case TLS:
		options = append(options, gomail.WithSSL())
	case NoTLS:
		options = append(options, gomail.WithTLSPolicy(gomail.NoTLS))
	default:
		options = append(options, gomail.WithTLSPolicy(gomail.TLSMandatory))
	}
	if s.cfg.TLS != nil {
		options = append(options, gomail.WithTLSConfig(s.cfg.TLS))
	}
	if s.cfg.User != "" {
		options = append(options, gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover), gomail.WithUsername(s.cfg.User), gomail.WithPassword(s.cfg.Password))
	}
	return gomail.NewClient(s.cfg.Host, options...)
}

// maxAddress is what SMTP takes.
const maxAddress = 254

// Address checks an address without a name and gives it in the way in which addresses are compared: in small letters.
func Address(s string) (string, error) {
	s = strings.TrimSpace(s)
	a, err := netmail.ParseAddress(s)
	if err != nil || a.Address != s || a.Name != "" || len(s) > maxAddress || strings.ContainsFunc(s, func(r rune) bool { return unicode.IsControl(r) || unicode.IsSpace(r) || r == '"' }) {
		return "", errors.New("mail: not an address such as name@example.com")
	}
	return strings.ToLower(s), nil
}
