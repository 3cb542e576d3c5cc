package search

import (
	"github.com/google/uuid"

	"byline/backend/internal/platform/auth"
)

// Rights are written into each document as its audience, by the same rules by which the domains decide who may read the
// thing (see the statements in store_build.go), and asked for in every search. Nothing that a client sends can widen it.
const (
	toAll       = "all"
	toMarketing = "marketing"
	toLead      = "lead"
	toAdmin     = "admin"
)

func toUser(id uuid.UUID) string { return "user:" + id.String() }
func toTeam(id uuid.UUID) string { return "team:" + id.String() }

// reader is who searches, as far as rights go.
type reader struct {
	audiences []string
	// always: marketing and administrators also see resources before their release and after their expiry.
	always bool
	// titles are drafts of which this reader sees title and state only, because of an idea of theirs.
	titles []uuid.UUID
}

func readerOf(u auth.User, titles []uuid.UUID) reader {
	r := reader{audiences: []string{toAll, toUser(u.ID)}, always: u.IsMarketer() || u.Admin, titles: titles}
	if u.TeamID.Valid {
		r.audiences = append(r.audiences, toTeam(u.TeamID.UUID))
	}
	if u.IsMarketer() {
		r.audiences = append(r.audiences, toMarketing)
	}
	if u.Lead {
		r.audiences = append(r.audiences, toLead)
	}
	if u.Admin {
		r.audiences = append(r.audiences, toAdmin)
	}
	return r
}
