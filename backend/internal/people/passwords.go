package people

import (
	"context"
	"runtime"
	"strings"
	"unicode/utf8"

	"github.com/alexedwards/argon2id"

	"byline/backend/internal/platform/errs"
)

// hashParams are OWASP's second choice for argon2id (19 MiB, 2 passes), about 30 ms on one core:
// https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html
var hashParams = &argon2id.Params{Memory: 19 * 1024, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32}

// hashing limits how many passwords are hashed at once, so that a wave of sign-ins cannot take all cores and memory.
var hashing = make(chan struct{}, max(1, runtime.NumCPU()))

// minPassword is the least number of characters; NIST SP 800-63B-4 asks for 15 where a password is the only factor, and
// OWASP ASVS 6.2.1 for at least 8.
const minPassword = 10

func hashPassword(ctx context.Context, password string) (string, error) {
	var hash string
	err := limited(ctx, func() (err error) {
		hash, err = argon2id.CreateHash(password, hashParams)
		return err
	})
	return hash, err
}

// decoy is compared when there is no such user, so that the answer takes as long as for a real one.
const decoy = "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$kQW6Ym3n7VvYkYQbZ0kM8m0dH5c2kq1rX8bqk0m1mZk"

func passwordMatches(ctx context.Context, password, hash string) (ok bool, err error) {
	known := hash != ""
	if !known {
		hash = decoy
	}
	err = limited(ctx, func() (err error) {
		ok, err = argon2id.ComparePasswordAndHash(password, hash)
		return err
	})
	return ok && known, err
}

func limited(ctx context.Context, work func() error) error {
	select {
	case hashing <- struct{}{}:
		defer func() { <-hashing }()
		return work()
	case <-ctx.Done():
		return ctx.Err()
	}
}

// common holds words that no password may be, whatever its length; compared without case, digits at the end and marks.
var common = []string{"password", "passwort", "qwertyuiop", "letmein", "welcome", "byline", "iloveyou", "administrator", "changeme"}

func checkPassword(location, password, email string) error {
	n := utf8.RuneCountInString(password)
	if n < minPassword || n > 200 {
		return errs.Field(errs.Invalid, location, "A password has 10 to 200 characters. A sentence is easier to keep in mind than a riddle.")
	}
	plain := strings.TrimRight(strings.ToLower(password), "0123456789!?.,-_# ")
	for _, word := range common {
		if plain == word {
			return errs.Field(errs.Invalid, location, "This password is among the first that anybody would guess.")
		}
	}
	if strings.EqualFold(password, email) || strings.Count(password, password[:1]) == len(password) {
		return errs.Field(errs.Invalid, location, "This password is among the first that anybody would guess.")
	}
	return nil
}
