package drafts

import (
	"context"
	"encoding/json"
	"time"

	"github.com/google/uuid"

	"byline/backend/internal/activity"
	"byline/backend/internal/coedit"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/errs"
)

// Mark is a moment of a text from which somebody may want to know what changed.
type Mark struct {
	DocVersion int64
	At         time.Time
	VersionID  uuid.NullUUID // when it is a version
	Number     int           // likewise
	Changed    bool          // the text is another now; of one's own look: others have changed it
	By         []activity.Person
}

// Changes is what there is to look at for somebody.
type Changes struct {
	DocVersion int64 // of the text now
	Looked     *Mark // when they last looked; nil when they never did
	Submitted  *Mark // the version that was submitted last
	Approved   *Mark // the version that was approved last
}

// Changes says what changed since the user last looked, and since the text was last submitted and approved.
func (s *Service) Changes(ctx context.Context, id uuid.UUID) (Changes, error) {
	if _, err := s.readable(ctx, id); err != nil {
		return Changes{}, err
	}
	c, err := s.store.changes(ctx, id, auth.From(ctx).ID)
	if err != nil {
		return c, err
	}
	for kind, mark := range map[string]**Mark{"submitted": &c.Submitted, "approved": &c.Approved} {
		if *mark, err = s.store.mark(ctx, id, kind); err != nil {
			return c, err
		}
		if *mark != nil {
			(*mark).Changed = (*mark).DocVersion < c.DocVersion
		}
	}
	return c, nil
}

// Look remembers that the user has seen the text up to a version of the document.
func (s *Service) Look(ctx context.Context, id uuid.UUID, docVersion int64) error {
	if _, err := s.readable(ctx, id); err != nil {
		return err
	}
	return s.store.look(ctx, id, auth.From(ctx).ID, docVersion)
}

// Compared is a text at a moment.
type Compared struct {
	Version    *Version // without its text; nil when it is none
	DocVersion int64
	At         time.Time
	Doc        json.RawMessage
}

// Comparison is two texts of one draft, the older one first, and who wrote and removed what between them, where the log
// knows it.
type Comparison struct {
	From, To Compared
	Blame    coedit.Blame
	People   []activity.Person
}

// Compare gives two texts of a draft to compare. Each is the id of a version, "now", "looked" (when the user last did),
// "submitted" or "approved" (the last such version).
func (s *Service) Compare(ctx context.Context, id uuid.UUID, from, to string) (Comparison, error) {
	if _, err := s.readable(ctx, id); err != nil {
		return Comparison{}, err
	}
	var c Comparison
	var err error
	if c.From, err = s.moment(ctx, id, "query.from", from); err != nil {
		return c, err
	}
	if c.To, err = s.moment(ctx, id, "query.to", to); err != nil {
		return c, err
	}
	if c.From.DocVersion > c.To.DocVersion {
		c.From, c.To = c.To, c.From
	}
	if c.Blame, err = s.documents.Blame(ctx, id, c.From.DocVersion, c.To.DocVersion, c.From.Doc, c.To.Doc); err != nil {
		return c, err
	}
	c.People, err = s.store.people(ctx, c.Blame.Users())
	return c, err
}

func (s *Service) moment(ctx context.Context, draft uuid.UUID, field, name string) (Compared, error) {
	switch name {
	case "now":
		d, err := s.documents.Get(ctx, draft)
		return Compared{DocVersion: d.Version, At: d.UpdatedAt, Doc: d.Doc}, err
	case "looked":
		c, err := s.store.changes(ctx, draft, auth.From(ctx).ID)
		if err != nil {
			return Compared{}, err
		}
		if c.Looked == nil {
			return Compared{}, errs.Field(errs.NotFound, field, "You have not looked at this text before.")
		}
		doc, err := s.documents.At(ctx, draft, c.Looked.DocVersion)
		return Compared{DocVersion: c.Looked.DocVersion, At: c.Looked.At, Doc: doc}, err
	case "submitted", "approved":
		m, err := s.store.mark(ctx, draft, name)
		if err != nil {
			return Compared{}, err
		}
		if m == nil {
			return Compared{}, errs.Field(errs.NotFound, field, "There is no such version yet.")
		}
		name = m.VersionID.UUID.String()
	}
	version, err := uuid.Parse(name)
	if err != nil {
		return Compared{}, errs.Field(errs.Invalid, field, "Give the id of a version, now, looked, submitted or approved.")
	}
	v, err := s.store.version(ctx, draft, version)
	doc := v.Doc
	v.Doc, v.Text = nil, ""
	return Compared{Version: &v, DocVersion: v.DocVersion, At: v.CreatedAt, Doc: doc}, err
}
