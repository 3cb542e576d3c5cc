// Package links owns tracked links and the honest count of what happens to them: every hit is stored with its class, the
// reasons, and the version of the rules that judged it.
package links

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"net/netip"
	"net/url"
	"regexp"
	"strings"
	"time"

	"github.com/google/uuid"

	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/errs"
)

// Link is a short address for one target, one owner and one placement.
type Link struct {
	ID         uuid.UUID
	Code       string
	Target     string
	OwnerID    uuid.UUID
	Placement  string
	ObjectType string
	ObjectID   uuid.NullUUID
	Active     bool
	CreatedAt  time.Time
}

// Config are the settings of the count.
type Config struct {
	Secret        []byte         // keys the hashes of addresses
	CompanyRanges []netip.Prefix // whose hits are internal
}

// Service does everything with links.
type Service struct {
	db      *db.DB
	cfg     Config
	store   store
	counter *counter
}

// New makes the service.
func New(d *db.DB, cfg Config) *Service {
	s := &Service{db: d, cfg: cfg, store: store{d, time.Now}}
	s.counter = &counter{write: func(ctx context.Context, batch []hit) ([]Link, error) { return s.store.hits(ctx, batch) }}
	return s
}

// SetClock sets the clock by which it is judged whether what a link is about is out and not over, for tests.
func (s *Service) SetClock(now func() time.Time) { s.store.now = now }

// codeAlphabet leaves out what people mix up when they read a code aloud.
const codeAlphabet = "23456789abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ"

func newCode() string {
	b := make([]byte, 8)
	_, _ = rand.Read(b)
	for i := range b {
		b[i] = codeAlphabet[int(b[i])%len(codeAlphabet)]
	}
	return string(b)
}

// wellFormed is what the database accepts as a code.
var wellFormed = regexp.MustCompile(`^[0-9A-Za-z]{4,32}$`)

// CheckTarget refuses what a link may not lead to: it must be an absolute http or https address with a host.
func CheckTarget(location, target string) error {
	u, err := url.Parse(target)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Hostname() == "" || u.User != nil || len(target) > 1800 {
		return errs.Field(errs.Invalid, location, "Give the full http or https address to which the link should lead.")
	}
	return nil
}

// Create makes a link in the transaction of the thing that it belongs to.
func (s *Service) Create(ctx context.Context, l Link) (Link, error) {
	if err := CheckTarget("body.link_target", l.Target); err != nil {
		return l, err
	}
	l.ID, l.Code, l.CreatedAt = db.NewID(), newCode(), db.Now()
	return l, s.store.add(ctx, l)
}

// Get gives a link.
func (s *Service) Get(ctx context.Context, id uuid.UUID) (Link, error) { return s.store.get(ctx, id) }

// SetActive opens or closes a link; a closed one leads to a polite page and counts nothing.
func (s *Service) SetActive(ctx context.Context, id uuid.UUID, active bool) error {
	return s.store.setActive(ctx, id, active)
}

// Retarget changes where a link leads and where it is placed.
func (s *Service) Retarget(ctx context.Context, id uuid.UUID, target, placement string) error {
	if err := CheckTarget("body.link_target", target); err != nil {
		return err
	}
	return s.store.retarget(ctx, id, target, placement)
}

// WithUTM adds the policy's parameters to a target: source is the placement, medium its kind, campaign what the link is
// for, content its code. Parameters that the target has already stay as they are.
func WithUTM(l Link) string {
	u, err := url.Parse(l.Target)
	if err != nil { // checked when it was stored
		return l.Target
	}
	medium := "social"
	if l.Placement == "email" {
		medium = "email"
	}
	campaign := "byline"
	if l.ObjectType != "" {
		campaign = "byline-" + l.ObjectType
	}
	q := u.Query()
	for _, p := range [][2]string{{"utm_source", l.Placement}, {"utm_medium", medium}, {"utm_campaign", campaign}, {"utm_content", l.Code}} {
		if !q.Has(p[0]) {
			q.Set(p[0], p[1])
		}
	}
	u.RawQuery = q.Encode()
	return u.String()
}

// Hit stores one request of a link and gives the address that it leads to. The hit is durable before this returns.
// NotFound when there is no such link or it is closed; nothing is counted then.
func (s *Service) Hit(ctx context.Context, code string, sig Signals, referrer string) (string, error) {
	if !wellFormed.MatchString(code) {
		return "", errNoLink
	}
	sig.CompanyRanges = s.cfg.CompanyRanges
	class, reasons := Classify(sig)
	mac := hmac.New(sha256.New, s.cfg.Secret)
	mac.Write(sig.Address.AsSlice())
	h := hit{Code: code, ID: db.NewID(), Class: class, Reasons: reasons, Method: sig.Method, Agent: cut(sig.Agent, 300), Referrer: cut(origin(referrer), 200),
		AddressHash: mac.Sum(nil)[:16], Network: Network(sig.Address)}
	l, err := s.counter.add(ctx, h)
	if err != nil {
		return "", err
	}
	return WithUTM(l), nil
}

var errNoLink = errs.New(errs.NotFound, "This link does not lead anywhere (any more).")

// Network is the part of an address that is kept: /24, or /48 of IPv6.
func Network(a netip.Addr) string {
	a = a.Unmap()
	bits := 24
	if a.Is6() {
		bits = 48
	}
	p, err := a.Prefix(bits)
	if err != nil {
		return ""
	}
	return p.String()
}

// origin cuts a referrer down to its site: the rest may tell more about a reader than we need.
func origin(referrer string) string {
	u, err := url.Parse(referrer)
	if err != nil || u.Host == "" {
		return ""
	}
	return u.Scheme + "://" + u.Host
}

func cut(s string, n int) string {
	s = strings.ToValidUTF8(strings.ReplaceAll(s, "\x00", ""), "")
	if len(s) > n {
		s = strings.ToValidUTF8(s[:n], "")
	}
	return s
}

// RescoreArgs is the job that looks at bursts, which a single request cannot show.
type RescoreArgs struct{}

// Kind implements jobs.Args.
func (RescoreArgs) Kind() string { return "rescore_hits" }

// Rescore finds repeats (the same reader of the same link within 30 seconds) and bursts (one address on many links
// within ten seconds) among the hits of the last day, and keeps the class that each hit had before.
func (s *Service) Rescore(ctx context.Context, _ RescoreArgs) error {
	return s.db.InTx(ctx, func(ctx context.Context) error { return s.store.rescore(ctx) })
}

// Count is how many hits of a class there were, for one reason.
type Count struct {
	Class  Class  `json:"class"`
	Reason string `json:"reason" doc:"The rule that decided."`
	Who    string `json:"who" example:"LinkedIn" doc:"Whose robot it was, where it said so and we know it."`
	N      int    `json:"n"`
}

// Counts gives the hits of links by class and reason.
func (s *Service) Counts(ctx context.Context, links []uuid.UUID) (map[uuid.UUID][]Count, error) {
	return s.store.counts(ctx, links)
}
