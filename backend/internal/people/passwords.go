package people

import (
	"strings"
	"unicode/utf8"

	"byline/backend/internal/platform/errs"
)

// minPassword is the least number of characters; NIST SP 800-63B-4 asks for 15 where a password is the only factor, and
// OWASP ASVS 6.2.1 for at least 8.
const minPassword = 10

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
