package coedit

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"

	"strings"
	"time"

	"github.com/google/uuid"

	"byline/backend/internal/platform/errs"
)

// TicketLife is how long a ticket opens a draft. It is bound to a session, whose rights are looked up when it is used.
const TicketLife = time.Minute

type ticket struct {
	Draft   uuid.UUID `json:"d"`
	Session uuid.UUID `json:"s"`
	User    uuid.UUID `json:"u"`
	Expires int64     `json:"x"`
}

func (t ticket) seal(secret []byte) string {
	b, err := json.Marshal(t)
	if err != nil { // ids and a number
		return ""
	}
	body := base64.RawURLEncoding.EncodeToString(b)
	return body + "." + base64.RawURLEncoding.EncodeToString(sign(secret, body))
}

func sign(secret []byte, body string) []byte {
	mac := hmac.New(sha256.New, secret)
	mac.Write([]byte(body))
	return mac.Sum(nil)
}

var errTicket = errs.New(errs.Forbidden, "This ticket is not valid any more.")

func openTicket(secret []byte, s string, now time.Time) (t ticket, err error) {
	body, mac, ok := strings.Cut(s, ".")
	given, err := base64.RawURLEncoding.DecodeString(mac)
	if !ok || err != nil || !hmac.Equal(given, sign(secret, body)) {
		return t, errTicket
	}
	raw, err := base64.RawURLEncoding.DecodeString(body)
	if err != nil || json.Unmarshal(raw, &t) != nil || now.Unix() > t.Expires {
		return t, errTicket
	}
	return t, nil
}
