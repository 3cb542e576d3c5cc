package httpapi

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"time"

	"github.com/google/uuid"

	"byline/backend/internal/coedit"
	"byline/backend/internal/drafts"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/errs"
)

// Document is the text of a draft.
type Document struct {
	Doc        json.RawMessage `json:"doc" doc:"ProseMirror JSON by the editor's schema."`
	Version    int64           `json:"version" doc:"Its counter, for If-Match; apart from the draft's rev."`
	Frozen     bool            `json:"frozen" doc:"Whether it is approved and cannot be changed."`
	SchemaHash string          `json:"schema_hash" doc:"Which editor schema the server knows. A client with another one must reload."`
	UpdatedAt  time.Time       `json:"updated_at"`
}

// SavedDocument says what a save led to.
type SavedDocument struct {
	Version int64 `json:"version"`
}

// DraftVersion is a copy of a draft at a moment: text, brief and files.
type DraftVersion struct {
	ID         uuid.UUID       `json:"id"`
	Number     int             `json:"number"`
	Reason     string          `json:"reason" enum:"submitted,named,restored,automatic"`
	Label      string          `json:"label"`
	Title      string          `json:"title"`
	DocVersion int64           `json:"doc_version" doc:"The counter of the text when it was copied: the text has changed since when the document's is higher."`
	Hash       string          `json:"hash" doc:"SHA-256 over text, brief and files; an approval names it."`
	By         PersonRef       `json:"by"`
	CreatedAt  time.Time       `json:"created_at"`
	Doc        json.RawMessage `json:"doc,omitempty" doc:"Only where one version is asked for."`
	Text       string          `json:"text,omitempty" doc:"Its words, likewise."`
	VersionFacts
}

func versionDTO(v drafts.Version) DraftVersion {
	return DraftVersion{ID: v.ID, Number: v.Number, Reason: v.Reason, Label: v.Label, Title: v.Title, DocVersion: v.DocVersion, Hash: hex.EncodeToString(v.Hash), By: ref(v.By), CreatedAt: v.CreatedAt, Doc: v.Doc, Text: v.Text, VersionFacts: versionFacts(v)}
}

// Approval is one person's yes to one exact version.
type Approval struct {
	ID         uuid.UUID  `json:"id"`
	VersionID  uuid.UUID  `json:"version_id"`
	Side       auth.Side  `json:"side" enum:"sales,marketing"`
	By         PersonRef  `json:"by"`
	At         time.Time  `json:"at"`
	VoidedAt   *time.Time `json:"voided_at,omitempty"`
	VoidReason string     `json:"void_reason"`
	OnBehalfOf *PersonRef `json:"on_behalf_of,omitempty" doc:"Whose yes it is, when they were away and left it to this person."`
}

// VersionPath names a version of a draft.
type VersionPath struct {
	PathID
	VersionID uuid.UUID `path:"version_id"`
}

type saveDocumentInput struct {
	PathID
	IfMatch
	Body struct {
		Doc        json.RawMessage `json:"doc" doc:"The whole document."`
		SchemaHash string          `json:"schema_hash,omitempty" maxLength:"100" doc:"Which editor schema made it; 409 when the server knows another."`
	}
}

type restoreInput struct {
	VersionPath
	IfMatch
}

type nameVersionInput struct {
	PathID
	Body struct {
		Label string `json:"label" minLength:"1" maxLength:"120" example:"Before the legal review"`
	}
}

type attachInput struct {
	PathID
	AssetID uuid.UUID `path:"asset_id"`
	Body    struct {
		Caption string `json:"caption,omitempty" maxLength:"500"`
	}
}

type detachInput struct {
	PathID
	AssetID uuid.UUID `path:"asset_id"`
}

func (s *Server) documentOperations() {
	register(s, op{ID: "getDocument", Method: http.MethodGet, Path: "/drafts/{id}/document", Tag: "drafts", Summary: "Get the text of a draft",
		Description: "403 when you see title and state only.", Errors: []int{http.StatusForbidden}},
		func(ctx context.Context, in *PathID) (*versioned[Document], error) {
			d, err := s.Drafts.Document(ctx, in.ID)
			return withRev(d.Version, Document{Doc: d.Doc, Version: d.Version, Frozen: d.Frozen, SchemaHash: coedit.SchemaHash, UpdatedAt: d.UpdatedAt}), err
		})
	register(s, op{ID: "saveDocument", Method: http.MethodPut, Path: "/drafts/{id}/document", Tag: "drafts", Summary: "Save the text of a draft",
		Errors: []int{http.StatusConflict, http.StatusPreconditionFailed}, MaxBody: coedit.MaxBytes + 4096,
		Description: "Replaces the text, based on the version named by If-Match: 412 with the current one when somebody else saved in between. In review it voids the approvals given; an approved text is frozen (409)."},
		func(ctx context.Context, in *saveDocumentInput) (*versioned[SavedDocument], error) {
			rev, err := in.Rev()
			if err != nil {
				return nil, err
			}
			if in.Body.SchemaHash != "" && in.Body.SchemaHash != coedit.SchemaHash {
				return nil, errs.Field(errs.Conflict, "body.schema_hash", "Byline was updated. Reload the page; your text is kept.")
			}
			v, err := s.Drafts.SaveDocument(ctx, in.ID, rev, in.Body.Doc)
			return withRev(v, SavedDocument{v}), err
		})
	register(s, op{ID: "listVersions", Method: http.MethodGet, Path: "/drafts/{id}/versions", Tag: "drafts", Summary: "List versions",
		Description: "Copies of the draft, newest first."},
		func(ctx context.Context, in *PathID) (*body[List[DraftVersion]], error) {
			found, err := s.Drafts.Versions(ctx, in.ID)
			return &body[List[DraftVersion]]{Body: paged(found, len(found), nil, versionDTO)}, err
		})
	register(s, op{ID: "getVersion", Method: http.MethodGet, Path: "/drafts/{id}/versions/{version_id}", Tag: "drafts", Summary: "Get a version",
		Description: "With its text. 404 when it is a version of another draft."},
		func(ctx context.Context, in *VersionPath) (*body[DraftVersion], error) {
			v, err := s.Drafts.Version(ctx, in.ID, in.VersionID)
			return &body[DraftVersion]{Body: versionDTO(v)}, err
		})
	register(s, op{ID: "nameVersion", Method: http.MethodPost, Path: "/drafts/{id}/versions", Tag: "drafts", Summary: "Keep a version", Status: http.StatusNoContent,
		Errors: []int{http.StatusConflict}, Description: "Keeps a copy of the draft as it is, under a name."},
		func(ctx context.Context, in *nameVersionInput) (*struct{}, error) {
			return nil, s.Drafts.NameVersion(ctx, in.ID, in.Body.Label)
		})
	register(s, op{ID: "restoreVersion", Method: http.MethodPost, Path: "/drafts/{id}/versions/{version_id}/restore", Tag: "drafts", Summary: "Restore a version", Status: http.StatusOK,
		Errors: []int{http.StatusConflict, http.StatusPreconditionFailed}, Description: "Replaces the text with that of the version, as an ordinary change based on the document version of If-Match. Both what was there and what is there now are versions afterwards."},
		func(ctx context.Context, in *restoreInput) (*versioned[SavedDocument], error) {
			rev, err := in.Rev()
			if err != nil {
				return nil, err
			}
			v, err := s.Drafts.Restore(ctx, in.ID, in.VersionID, rev)
			return withRev(v, SavedDocument{v}), err
		})
	register(s, op{ID: "listApprovals", Method: http.MethodGet, Path: "/drafts/{id}/approvals", Tag: "drafts", Summary: "List approvals",
		Description: "Who said yes to which version, newest first; void ones say why."},
		func(ctx context.Context, in *PathID) (*body[List[Approval]], error) {
			found, err := s.Drafts.Approvals(ctx, in.ID)
			return &body[List[Approval]]{Body: paged(found, len(found), nil, func(a drafts.Approval) Approval {
				return Approval{ID: a.ID, VersionID: a.VersionID, Side: a.Side, By: ref(a.By), At: a.At, VoidedAt: a.VoidedAt, VoidReason: a.VoidReason, OnBehalfOf: refOrNull(a.OnBehalfOf)}
			})}, err
		})
	register(s, op{ID: "listDraftAssets", Method: http.MethodGet, Path: "/drafts/{id}/assets", Tag: "drafts", Summary: "List the files of a draft",
		Description: "In their order."},
		func(ctx context.Context, in *PathID) (*body[List[Asset]], error) {
			found, err := s.Drafts.Assets(ctx, in.ID)
			return &body[List[Asset]]{Body: paged(found, len(found), nil, assetDTO)}, err
		})
	register(s, op{ID: "addDraftAsset", Method: http.MethodPut, Path: "/drafts/{id}/assets/{asset_id}", Tag: "drafts", Summary: "Attach a file", Status: http.StatusNoContent,
		Errors: []int{http.StatusConflict}, Description: "A file that you uploaded or may see. In review it voids the approvals given."},
		func(ctx context.Context, in *attachInput) (*struct{}, error) {
			return nil, s.Drafts.AddAsset(ctx, in.ID, in.AssetID, in.Body.Caption)
		})
	register(s, op{ID: "removeDraftAsset", Method: http.MethodDelete, Path: "/drafts/{id}/assets/{asset_id}", Tag: "drafts", Summary: "Take a file off",
		Errors: []int{http.StatusConflict}, Description: "In review it voids the approvals given."},
		func(ctx context.Context, in *detachInput) (*struct{}, error) {
			return nil, s.Drafts.RemoveAsset(ctx, in.ID, in.AssetID)
		})
}
