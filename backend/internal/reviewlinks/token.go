package reviewlinks

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"time"

	"github.com/google/uuid"
)

// A token is the id of a link and the moment at which it ends, signed: an address that was made up or changed never
// reaches the database.
const tokenBody = 16 + 8

func sign(secret, body []byte) []byte {
	mac := hmac.New(sha256.New, secret)
	mac.Write(body)
	return mac.Sum(nil)
}

func seal(secret []byte, link uuid.UUID, expires time.Time) string {
	b := binary.BigEndian.AppendUint64(link[:], uint64(expires.Unix())) //nolint:gosec // of this century
	return base64.RawURLEncoding.EncodeToString(append(b, sign(secret, b)...))
}

func unseal(secret []byte, token string) (link uuid.UUID, expires time.Time, ok bool) {
	b, err := base64.RawURLEncoding.Strict().DecodeString(token)
	if err != nil || len(b) != tokenBody+sha256.Size || !hmac.Equal(b[tokenBody:], sign(secret, b[:tokenBody])) {
		return link, expires, false
	}
	return uuid.UUID(b[:16]), time.Unix(int64(binary.BigEndian.Uint64(b[16:tokenBody])), 0), true //nolint:gosec // we signed it
}
