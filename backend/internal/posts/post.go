// Package posts owns social posts: written by marketing for one rep, made their own and sealed by that rep, then shared.
// Consent is bound to exact content: nobody but the owner seals, and a change after the seal needs a new one.
package posts

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"
	"github.com/gowebpki/jcs"

	"byline/backend/internal/activity"
	"byline/backend/internal/coedit"
	"byline/backend/internal/library"
	"byline/backend/internal/links"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/errs"
)

// State is where a post stands.
type State string

// The states; see product.md, "State machines".
const (
	Writing  State = "writing"
	Offered  State = "offered"
	Sealed   State = "sealed"
	Shared   State = "shared"
	Declined State = "declined"
	Expired  State = "expired"
	Recalled State = "recalled"
)

// Networks are where a post may go, with the most characters that each takes (from their own help pages, 2026).
var Networks = map[string]int{"linkedin": 3000, "x": 280, "bluesky": 300, "facebook": 10_000, "email": 10_000, "other": 10_000}

// Post is a social post written for one rep.
type Post struct {
	ID            uuid.UUID
	Owner         activity.Person
	Writer        activity.Person
	ResourceID    uuid.NullUUID
	ResourceTitle string           // "" for none, and for one that the reader may not see
	resource      library.Resource // of it: state and dates alone
	Network       string
	Text          string
	OfferedText   string // as marketing last wrote it; "" before the first offer
	Suggestions   []string
	Disclosure    string
	MediaAssetID  uuid.NullUUID
	MediaSHA256   []byte
	LinkID        uuid.NullUUID
	LinkCode      string
	LinkTarget    string
	LinkActive    bool
	State         State
	Reason        string
	Hash          []byte // of the content, which is what a seal names
	ExpiresAt     *time.Time
	SharedURL     string
	SharedAt      *time.Time
	SealedAt      *time.Time // of the present content
	Rev           int64
	CreatedAt     time.Time
	UpdatedAt     time.Time
}

// Input is what is written about a post.
type Input struct {
	OwnerID      uuid.UUID // only where it is made
	ResourceID   uuid.NullUUID
	Network      string
	Text         string
	Suggestions  []string
	Disclosure   string
	MediaAssetID uuid.NullUUID
	LinkTarget   string // "" for no link
	ExpiresAt    *time.Time
}

func (in *Input) clean() error {
	in.Text, in.Disclosure, in.LinkTarget = strings.TrimSpace(in.Text), strings.TrimSpace(in.Disclosure), strings.TrimSpace(in.LinkTarget)
	most, ok := Networks[in.Network]
	switch {
	case !ok:
		return errs.Field(errs.Invalid, "body.network", "Choose linkedin, x, bluesky, facebook, email or other.")
	case in.Text == "":
		return errs.Field(errs.Invalid, "body.text", "Write the text of the post.")
	case utf8.RuneCountInString(in.Text) > most:
		return errs.Field(errs.Invalid, "body.text", "This network takes fewer characters than that. Please shorten the text.")
	case utf8.RuneCountInString(in.Disclosure) > 200:
		return errs.Field(errs.Invalid, "body.disclosure", "At most 200 characters, please.")
	case len(in.Suggestions) > 5 || slices.ContainsFunc(in.Suggestions, func(s string) bool { return utf8.RuneCountInString(s) > 10_000 }):
		return errs.Field(errs.Invalid, "body.suggestions", "At most five suggested texts of 10,000 characters each.")
	case in.LinkTarget != "" && !coedit.SafeLink(in.LinkTarget):
		return errs.Field(errs.Invalid, "body.link_target", "Give the full http or https address to which the link should lead.")
	case in.ExpiresAt != nil && in.ExpiresAt.Before(time.Now()):
		return errs.Field(errs.Invalid, "body.expires_at", "This date has passed.")
	}
	if in.LinkTarget != "" {
		return links.CheckTarget("body.link_target", in.LinkTarget)
	}
	return nil
}

// content is what a seal covers. Field order does not matter: it is hashed as canonical JSON.
type content struct {
	Text        string `json:"text"`
	MediaAsset  string `json:"media_asset_id"`
	MediaSHA256 string `json:"media_sha256"`
	LinkCode    string `json:"link_code"`
	LinkTarget  string `json:"link_target"`
	Disclosure  string `json:"disclosure"`
	Network     string `json:"network"`
}

// canonical gives the content as canonical JSON (RFC 8785) and its SHA-256.
func (p Post) canonical() (raw, hash []byte, err error) {
	c := content{Text: p.Text, MediaSHA256: hex.EncodeToString(p.MediaSHA256), LinkCode: p.LinkCode, LinkTarget: p.LinkTarget,
		Disclosure: p.Disclosure, Network: p.Network}
	if p.MediaAssetID.Valid {
		c.MediaAsset = p.MediaAssetID.UUID.String()
	}
	if raw, err = json.Marshal(c); err != nil {
		return nil, nil, err
	}
	if raw, err = jcs.Transform(raw); err != nil {
		return nil, nil, err
	}
	sum := sha256.Sum256(raw)
	return raw, sum[:], nil
}

// mayRead says whether somebody sees a post: its owner, and marketing. A post that is still being written is for
// marketing alone.
func (p Post) mayRead(u auth.User) bool {
	return u.IsMarketer() || u.ID == p.Writer.ID || (u.ID == p.Owner.ID && p.State != Writing)
}

// shownTo gives the post as somebody may see it: a rep is not told of a resource that is not released or out of use.
func (p Post) shownTo(u auth.User) Post {
	if !p.resource.Readable(u, time.Now()) {
		p.ResourceTitle = ""
	}
	return p
}

// Allowed lists what the user may do with the post now, by the names of the operations.
func (p Post) Allowed(u auth.User) []string {
	allowed := []string{}
	add := func(ok bool, name string) {
		if ok {
			allowed = append(allowed, name)
		}
	}
	owner, marketing := u.ID == p.Owner.ID, u.IsMarketer() || u.ID == p.Writer.ID
	add((marketing && (p.State == Writing || p.State == Offered || p.State == Declined)) || (owner && (p.State == Offered || p.State == Sealed)), "edit")
	add(marketing && (p.State == Writing || p.State == Declined), "offer")
	add(owner && p.State == Offered, "seal")
	add(owner && p.State == Sealed, "share")
	add(owner && (p.State == Offered || p.State == Sealed), "decline")
	add((marketing || owner) && (p.State == Offered || p.State == Sealed || p.State == Shared), "recall")
	return allowed
}
