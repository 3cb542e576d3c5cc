package httpapi

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"github.com/google/uuid"

	"byline/backend/internal/coedit"
	"byline/backend/internal/drafts"
)

// VersionFacts is what a version came from and what became of it.
type VersionFacts struct {
	Writers     []PersonRef `json:"writers" doc:"Who changed the text since the version before, where the log knows it."`
	FromNumber  int         `json:"from_number,omitempty" doc:"Of a restored one: the number of the version whose text it is."`
	ApprovedAt  *time.Time  `json:"approved_at,omitempty" doc:"When it got its last approval."`
	PublishedAt *time.Time  `json:"published_at,omitempty" doc:"When it was published."`
}

func versionFacts(v drafts.Version) VersionFacts {
	return VersionFacts{Writers: refs(v.Writers), FromNumber: v.FromNumber, ApprovedAt: v.ApprovedAt, PublishedAt: v.PublishedAt}
}

// DraftMark is a moment of a text from which one may want to know what changed.
type DraftMark struct {
	DocVersion int64       `json:"doc_version"`
	At         time.Time   `json:"at"`
	VersionID  *uuid.UUID  `json:"version_id,omitempty"`
	Number     int         `json:"number,omitempty" doc:"Of the version."`
	Changed    bool        `json:"changed" doc:"Whether the text is another now. Of your own look: whether somebody else has changed it since."`
	By         []PersonRef `json:"by" doc:"Who has, where the log knows it; only of your own look."`
}

// DraftChanges is what there is to look at.
type DraftChanges struct {
	DocVersion int64      `json:"doc_version" doc:"Of the text now, with what was written live a moment ago."`
	Looked     *DraftMark `json:"looked,omitempty" doc:"When you last looked; absent when you never did."`
	Submitted  *DraftMark `json:"submitted,omitempty" doc:"The version that was submitted last."`
	Approved   *DraftMark `json:"approved,omitempty" doc:"The version that was approved last."`
}

func markDTO(m *drafts.Mark) *DraftMark {
	if m == nil {
		return nil
	}
	return &DraftMark{DocVersion: m.DocVersion, At: m.At, VersionID: idOrNull(m.VersionID), Number: m.Number, Changed: m.Changed, By: refs(m.By)}
}

// ComparedText is a text of a draft at a moment.
type ComparedText struct {
	Version    *DraftVersion   `json:"version,omitempty" doc:"Absent when it is no version."`
	DocVersion int64           `json:"doc_version"`
	At         time.Time       `json:"at"`
	Doc        json.RawMessage `json:"doc" doc:"ProseMirror JSON by the editor's schema."`
}

// BlameSpan is a part of a text and who wrote or removed it.
type BlameSpan struct {
	From   int       `json:"from" doc:"ProseMirror position, from inside the document."`
	To     int       `json:"to"`
	UserID uuid.UUID `json:"user_id"`
}

// DraftComparison is two texts of one draft, the older one first.
type DraftComparison struct {
	From     ComparedText `json:"from"`
	To       ComparedText `json:"to"`
	Inserted []BlameSpan  `json:"inserted" doc:"Parts of the later text and who wrote them. Empty where the log does not go back that far."`
	Removed  []BlameSpan  `json:"removed" doc:"Parts of the earlier text and who removed them."`
	People   []PersonRef  `json:"people" doc:"These people, with their names."`
}

func comparedDTO(c drafts.Compared) ComparedText {
	t := ComparedText{DocVersion: c.DocVersion, At: c.At, Doc: c.Doc}
	if c.Version != nil {
		t.Version = ptr(versionDTO(*c.Version))
	}
	return t
}

func spans(list []coedit.Span) []BlameSpan {
	out := make([]BlameSpan, len(list))
	for i, s := range list {
		out[i] = BlameSpan{From: s.From, To: s.To, UserID: s.User}
	}
	return out
}

type renameVersionInput struct {
	VersionPath
	Body struct {
		Label string `json:"label" maxLength:"120" doc:"Empty takes the name off, but not that of a version that was kept by name." example:"Before the legal review"`
	}
}

type lookInput struct {
	PathID
	Body struct {
		DocVersion int64 `json:"doc_version" minimum:"1" maximum:"9007199254740991" doc:"How far the text was that you saw."`
	}
}

type compareInput struct {
	PathID
	From string `query:"from" required:"true" maxLength:"40" doc:"Id of a version, now, looked (when you last did), submitted or approved (the last such version)." example:"looked"`
	To   string `query:"to" default:"now" maxLength:"40" doc:"Likewise."`
}

func (s *Server) versionOperations() {
	register(s, op{ID: "renameVersion", Method: http.MethodPatch, Path: "/drafts/{id}/versions/{version_id}", Tag: "drafts", Summary: "Name a version",
		Description: "Gives a version a name, or another one. A version of its own accord that has a name is kept for good."},
		func(ctx context.Context, in *renameVersionInput) (*body[DraftVersion], error) {
			v, err := s.Drafts.RenameVersion(ctx, in.ID, in.VersionID, in.Body.Label)
			return &body[DraftVersion]{Body: versionDTO(v)}, err
		})
	register(s, op{ID: "getDraftChanges", Method: http.MethodGet, Path: "/drafts/{id}/changes", Tag: "drafts", Summary: "What changed since you looked",
		Description: "When you last looked at the text, when it was last submitted and approved, and whether it is another now."},
		func(ctx context.Context, in *PathID) (*body[DraftChanges], error) {
			c, err := s.Drafts.Changes(ctx, in.ID)
			return &body[DraftChanges]{Body: DraftChanges{DocVersion: c.DocVersion, Looked: markDTO(c.Looked), Submitted: markDTO(c.Submitted), Approved: markDTO(c.Approved)}}, err
		})
	register(s, op{ID: "lookAtDraft", Method: http.MethodPost, Path: "/drafts/{id}/looks", Tag: "drafts", Summary: "Say how far you have seen the text", Status: http.StatusNoContent,
		Description: "Yours alone: from here on getDraftChanges tells you what others changed. It never goes back, nor past the text that there is."},
		func(ctx context.Context, in *lookInput) (*struct{}, error) {
			return nil, s.Drafts.Look(ctx, in.ID, in.Body.DocVersion)
		})
	register(s, op{ID: "compareDraft", Method: http.MethodGet, Path: "/drafts/{id}/compare", Tag: "drafts", Summary: "Compare two texts of a draft",
		Description: "Two versions, or a version and the text now, the older one first whatever their order here; with who wrote and removed what between them. 404 when there is no such moment."},
		func(ctx context.Context, in *compareInput) (*body[DraftComparison], error) {
			c, err := s.Drafts.Compare(ctx, in.ID, in.From, in.To)
			if err != nil {
				return nil, err
			}
			return &body[DraftComparison]{Body: DraftComparison{From: comparedDTO(c.From), To: comparedDTO(c.To), Inserted: spans(c.Blame.Inserted), Removed: spans(c.Blame.Removed), People: refs(c.People)}}, nil
		})
}
