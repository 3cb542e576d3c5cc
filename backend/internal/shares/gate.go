package shares

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
	"golang.org/x/net/idna"

	"byline/backend/internal/links"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/errs"
	"byline/backend/internal/platform/jobs"
	"byline/backend/internal/platform/mail"
)

const (
	maxDomains  = 20
	codeLife    = 10 * time.Minute
	codeTries   = 5
	addressLife = 30 * 24 * time.Hour // how long a browser need not show an address again
)

// The codes within an hour: for one address at one share, asked for from one network address, and of a share altogether.
const (
	codesPerAddress = 3
	codesPerPlace   = 10
	codesPerShare   = 30
)

// cleanGate checks whom the gate lets in.
func (in *Input) cleanGate(mayMail bool) error {
	domains := make([]string, 0, len(in.Domains))
	for _, d := range in.Domains {
		d = strings.ToLower(strings.TrimPrefix(strings.TrimSpace(d), "@"))
		if d == "" {
			continue
		}
		ascii, err := idna.Lookup.ToASCII(d)
		if err != nil || !strings.Contains(ascii, ".") || len(ascii) > 253 || strings.ContainsAny(ascii, "@:/ ") {
			return errs.Field(errs.Invalid, "body.domains", "Give domains such as example.com.")
		}
		domains = append(domains, ascii)
	}
	slices.Sort(domains)
	in.Domains = slices.Compact(domains)
	switch {
	case len(in.Domains) > maxDomains:
		return errs.Field(errs.Invalid, "body.domains", "At most 20 domains, please.")
	case !in.EmailGate:
		return nil
	case !mayMail:
		return errs.Field(errs.Invalid, "body.email_gate", "No code can be sent: this Byline has no mail server (BYLINE_SMTP_HOST). Ask your administrator.")
	case in.Email == "" && len(in.Domains) == 0:
		return errs.Field(errs.Invalid, "body.email", "Say which address may open it, or which domains.")
	}
	return nil
}

// allows says whether an address may open a share: that of the recipient, or one of the domains.
func (o open) allows(address string) bool {
	if address == "" {
		return false
	}
	if own, err := mail.Address(o.Email); err == nil && own == address {
		return true
	}
	_, domain, _ := strings.Cut(address, "@")
	ascii, err := idna.Lookup.ToASCII(domain)
	return err == nil && slices.Contains(o.domains, ascii)
}

// CanMail says whether shares can ask for an address.
func (s *Service) CanMail() bool { return s.cfg.Mail.On() }

// CodeArgs is the job that sends a code, if the address that asked for it may have one. The request says and does the same
// for every address, so that nobody learns from it who may.
type CodeArgs struct {
	ID uuid.UUID `json:"id"`
}

// Kind implements jobs.Args.
func (CodeArgs) Kind() string { return "send_share_code" }

// InsertOpts lets a code be tried while it is worth something.
func (CodeArgs) InsertOpts() jobs.InsertOpts { return jobs.InsertOpts{MaxAttempts: 5, Priority: 1} }

// code is made from our secret and the number of the request, and kept nowhere.
func (s *Service) code(id uuid.UUID) string {
	mac := hmac.New(sha256.New, s.cfg.Secret)
	mac.Write([]byte("code " + id.String()))
	return fmt.Sprintf("%06d", binary.BigEndian.Uint64(mac.Sum(nil))%1_000_000)
}

// AskCode asks for a code for an address. Invalid when it is none, TooMany after too many; otherwise the answer is the
// same whether the address may open the share or not. NotFound as Open.
func (s *Service) AskCode(ctx context.Context, token string, v Visitor, address string) error {
	o, device, gate, class, _, err := s.door(ctx, token, v)
	if err != nil || (gate != NeedAddress && gate != NeedCode) {
		return err
	}
	if class != links.Human && class != links.Internal {
		return errs.New(errs.Forbidden, "Please open this in a web browser.")
	}
	if address, err = mail.Address(address); err != nil {
		return errs.New(errs.Invalid, "Give an e-mail address such as name@example.com.")
	}
	if !s.cfg.Mail.On() {
		return errs.New(errs.Unavailable, "No code can be sent at the moment. Please tell the person from whom you have the link.")
	}
	sum := sha256.Sum256([]byte(address))
	tooMany := false
	for bucket, limit := range map[string]int{"code " + o.ID.String() + " " + base64.RawURLEncoding.EncodeToString(sum[:]): codesPerAddress,
		"code " + o.ID.String() + " " + v.Signals.Address.String(): codesPerPlace, "code " + o.ID.String(): codesPerShare} {
		n, err := s.store.countAttempt(ctx, bucket)
		if err != nil {
			return err
		}
		tooMany = tooMany || n > limit
	}
	if tooMany {
		e := errs.New(errs.TooMany, "Too many codes were asked for. Please wait an hour.")
		e.RetryAfterSeconds = 3600
		return e
	}
	return s.db.InTx(ctx, func(ctx context.Context) error {
		id := db.NewID()
		if err := s.store.addCode(ctx, id, o.ID, device, address); err != nil {
			return err
		}
		return jobs.Enqueue(ctx, CodeArgs{ID: id})
	})
}

// SendCode is the job.
func (s *Service) SendCode(ctx context.Context, job CodeArgs) error {
	c, hash, err := s.store.codeToSend(ctx, job.ID)
	if errs.CodeOf(err) == errs.NotFound {
		return nil
	}
	if err != nil {
		return err
	}
	o, err := s.store.open(ctx, hash)
	if errs.CodeOf(err) == errs.NotFound {
		return nil
	}
	if err != nil || !o.Gate || !o.allows(c.Address) {
		return err
	}
	return s.cfg.Mail.Send(ctx, mail.Message{ID: job.ID.String(), To: c.Address, Subject: s.code(job.ID) + " is your code",
		Text: o.OwnerName + " shares something with you. Your code to open it:\n\n    " + s.code(job.ID) +
			"\n\nIt works for ten minutes, in the browser in which you asked for it. Give it to nobody.\n\nIf you did not ask for a code, somebody may have mistyped an address; nothing has to be done then."})
}

// code is a request for one.
type code struct {
	ID      uuid.UUID
	Address string
}

var errWrongCode = errs.New(errs.Forbidden, "That is not the code, or it does not work any more. Codes work for ten minutes.")

// GiveCode takes a code. Forbidden when it is not the one that was asked for last in this browser; after five tries none
// is. NotFound as Open.
func (s *Service) GiveCode(ctx context.Context, token string, v Visitor, given string) error {
	o, device, gate, class, _, err := s.door(ctx, token, v)
	if err != nil || (gate != NeedAddress && gate != NeedCode) {
		return err
	}
	if class != links.Human && class != links.Internal {
		return errs.New(errs.Forbidden, "Please open this in a web browser.")
	}
	given = strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, given)
	passed := false
	err = s.db.InTx(ctx, func(ctx context.Context) error {
		c, ok, err := s.store.tryCode(ctx, o.ID, device) // counted before it is compared, and kept when it is wrong
		if err != nil || !ok || !hmac.Equal([]byte(given), []byte(s.code(c.ID))) || !o.allows(c.Address) {
			return err
		}
		passed = true
		return s.store.useCode(ctx, c, o.ID, device)
	})
	if err == nil && !passed {
		err = errWrongCode
	}
	return err
}

// pendingCode gives the address to which a code may be on its way, if there is one for this browser.
func (s store) pendingCode(ctx context.Context, share uuid.UUID, device []byte) (address string, err error) {
	err = s.db.PG(ctx).QueryRow(ctx, `SELECT coalesce((SELECT CASE WHEN used_at IS NULL AND tries < $3 AND at > now() - $4::interval THEN address ELSE '' END
		FROM share_codes WHERE share_id = $1 AND device = $2 ORDER BY id DESC LIMIT 1), '')`, share, device, codeTries, codeLife).Scan(&address)
	return address, db.Err(err, "code")
}

func (s store) addCode(ctx context.Context, id, share uuid.UUID, device []byte, address string) error {
	_, err := s.db.PG(ctx).Exec(ctx, `INSERT INTO share_codes (id, share_id, device, address) VALUES ($1, $2, $3, $4)`, id, share, device, address)
	return db.Err(err, "code")
}

// codeToSend gives a code that is worth sending still, and the hash of its share's secret.
func (s store) codeToSend(ctx context.Context, id uuid.UUID) (c code, hash []byte, err error) {
	err = s.db.PG(ctx).QueryRow(ctx, `SELECT c.id, c.address, s.token_hash FROM share_codes c JOIN shares s ON s.id = c.share_id
		WHERE c.id = $1 AND c.used_at IS NULL AND c.at > now() - $2::interval`, id, codeLife).Scan(&c.ID, &c.Address, &hash)
	return c, hash, db.Err(err, "code")
}

// tryCode counts a try of the last code of a browser, and gives it when it may still be the right one.
func (s store) tryCode(ctx context.Context, share uuid.UUID, device []byte) (c code, ok bool, err error) {
	err = s.db.PG(ctx).QueryRow(ctx, `UPDATE share_codes SET tries = tries + 1 WHERE id = (SELECT id FROM share_codes WHERE share_id = $1 AND device = $2 ORDER BY id DESC LIMIT 1)
		AND used_at IS NULL AND tries < $3 AND at > now() - $4::interval RETURNING id, address`, share, device, codeTries, codeLife).Scan(&c.ID, &c.Address)
	if err = db.Err(err, "code"); errs.CodeOf(err) == errs.NotFound {
		return c, false, nil
	}
	return c, err == nil, err
}

func (s store) useCode(ctx context.Context, c code, share uuid.UUID, device []byte) error {
	if _, err := s.db.PG(ctx).Exec(ctx, `UPDATE share_codes SET used_at = now() WHERE id = $1`, c.ID); err != nil {
		return db.Err(err, "code")
	}
	_, err := s.db.PG(ctx).Exec(ctx, `INSERT INTO share_devices (share_id, device, address, address_at) VALUES ($1, $2, $3, now())
		ON CONFLICT (share_id, device) DO UPDATE SET address = excluded.address, address_at = now()`, share, device, c.Address)
	return db.Err(err, "code")
}

// shown gives the address that a browser has shown to be theirs within the last month.
func (s store) shown(ctx context.Context, share uuid.UUID, device []byte) (address string, err error) {
	err = s.db.PG(ctx).QueryRow(ctx, `SELECT coalesce((SELECT address FROM share_devices WHERE share_id = $1 AND device = $2 AND address_at > now() - $3::interval), '')`,
		share, device, addressLife).Scan(&address)
	return address, db.Err(err, "share")
}
