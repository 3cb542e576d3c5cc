// Package people knows the users: their side, lead and admin rights, teams, profiles, sessions and invitations.
package people

import (
	"net/mail"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/errs"
)

// User is a person of the company.
type User struct {
	ID             uuid.UUID
	Email          string
	Name           string
	Side           auth.Side
	Lead           bool
	Admin          bool
	TeamID         uuid.NullUUID
	TeamName       string `gorm:"-"`
	Title          string // job title
	Bio            string
	Timezone       string // IANA name, e.g. "Europe/Berlin"
	LinkedInURL    string `gorm:"column:linkedin_url"`
	PictureAssetID uuid.NullUUID
	PasswordHash   string // argon2id; empty means that no password is set
	DisabledAt     *time.Time
	Rev            int64
	CreatedAt      time.Time
	UpdatedAt      time.Time
}

// Team is a group of people, usually of one side.
type Team struct {
	ID   uuid.UUID
	Name string
}

// Session is one signed-in browser.
type Session struct {
	ID        uuid.UUID
	UserAgent string
	Address   string
	CreatedAt time.Time
	SeenAt    time.Time
}

// Profile is what people may change about themselves.
type Profile struct {
	Name           string
	Title          string
	Bio            string
	Timezone       string
	LinkedInURL    string
	PictureAssetID uuid.NullUUID
}

func (p *Profile) clean() error {
	p.Name, p.Title, p.Bio = strings.TrimSpace(p.Name), strings.TrimSpace(p.Title), strings.TrimSpace(p.Bio)
	if p.Name == "" || utf8.RuneCountInString(p.Name) > 120 {
		return errs.Field(errs.Invalid, "body.name", "A name has 1 to 120 characters.")
	}
	if _, err := time.LoadLocation(p.Timezone); err != nil || p.Timezone == "" || p.Timezone == "Local" {
		return errs.Field(errs.Invalid, "body.timezone", `Choose a time zone by its IANA name, e.g. "Europe/Berlin".`)
	}
	if p.LinkedInURL != "" {
		u, err := url.Parse(p.LinkedInURL)
		if err != nil || u.Scheme != "https" || (u.Hostname() != "linkedin.com" && !strings.HasSuffix(u.Hostname(), ".linkedin.com")) {
			return errs.Field(errs.Invalid, "body.linkedin_url", "Give the https address of your LinkedIn profile.")
		}
	}
	return nil
}

// cleanEmail gives the address in the form in which it is stored, or an error that names the field.
func cleanEmail(location, s string) (string, error) {
	s = strings.ToLower(strings.TrimSpace(s))
	a, err := mail.ParseAddress(s)
	if err != nil || a.Address != s || len(s) > 254 {
		return "", errs.Field(errs.Invalid, location, "Give an e-mail address such as name@example.com.")
	}
	return s, nil
}
