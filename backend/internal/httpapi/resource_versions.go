package httpapi

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"time"

	"github.com/google/uuid"

	"byline/backend/internal/library"
	"byline/backend/internal/platform/extract"
)

// VersionFile is a file of a version of a resource. An older one is looked at, page by page, and not given out.
type VersionFile struct {
	AssetID   uuid.UUID      `json:"asset_id"`
	Name      string         `json:"name" example:"price-list.pdf"`
	Caption   string         `json:"caption"`
	Size      int64          `json:"size" doc:"Bytes."`
	MediaType string         `json:"media_type" example:"application/pdf"`
	Kind      string         `json:"kind" example:"pdf"`
	Pages     int            `json:"pages" example:"4"`
	SHA256    string         `json:"sha256" doc:"Of its content, in hexadecimal; empty when it is not known."`
	Viewer    library.Viewer `json:"viewer" enum:"pages,text,picture,video,audio,table,captions,none"`
}

// VersionFileChange is what became of a file from one version to another.
type VersionFileChange struct {
	Change string       `json:"change" enum:"same,replaced,added,removed"`
	Before *VersionFile `json:"before,omitempty"`
	After  *VersionFile `json:"after,omitempty"`
}

// ResourceVersionFacts is what a version was, and for whom.
type ResourceVersionFacts struct {
	ContentType string   `json:"content_type" example:"case_study"`
	Lang        string   `json:"lang" example:"en"`
	Taxonomy    Taxonomy `json:"taxonomy"`
}

// ResourceVersion is one state of a resource's content.
type ResourceVersion struct {
	ID           uuid.UUID             `json:"id"`
	Number       int                   `json:"number" example:"3"`
	Title        string                `json:"title"`
	Summary      string                `json:"summary"`
	Facts        *ResourceVersionFacts `json:"facts,omitempty" doc:"Absent for old versions of which nobody kept them."`
	Note         string                `json:"note" doc:"What changed, as somebody said; at most 500 characters." example:"Prices of 2032."`
	Rev          int64                 `json:"rev" doc:"Of the note, for If-Match."`
	DraftID      *uuid.UUID            `json:"draft_id,omitempty" doc:"Where it was written."`
	RestoredFrom int                   `json:"restored_from,omitempty" doc:"The version whose content it brought back."`
	By           *PersonRef            `json:"by,omitempty"`
	CreatedAt    time.Time             `json:"created_at"`
	Current      bool                  `json:"current" doc:"Whether it is what the resource shows now."`
	Changed      []string              `json:"changed" enum:"title,summary,text,files,facts" doc:"Since the version before; empty for the first."`
	Files        []VersionFile         `json:"files" doc:"In order."`
	FileChanges  []VersionFileChange   `json:"file_changes" doc:"Since the version before: which file took the place of which."`
}

// ResourceComparison is two versions of a resource, the older one first.
type ResourceComparison struct {
	From    ResourceVersion     `json:"from"`
	To      ResourceVersion     `json:"to"`
	Changed []string            `json:"changed" enum:"title,summary,text,files,facts"`
	Files   []VersionFileChange `json:"files"`
	FromDoc json.RawMessage     `json:"from_doc,omitempty" doc:"ProseMirror JSON, where the text is not the same. Pictures of Markdown are left out of it."`
	ToDoc   json.RawMessage     `json:"to_doc,omitempty"`
}

// ComparedPage is a page of a file of a version.
type ComparedPage struct {
	Page   int    `json:"page" example:"3"`
	Width  int    `json:"width" doc:"Of its largest picture, pixels; 0 when there is none." example:"1600"`
	Height int    `json:"height" example:"900"`
	Text   string `json:"text" doc:"Its words, where they are not the same in both."`
}

// PageComparison is a page in two versions of a file.
type PageComparison struct {
	Change         string        `json:"change" enum:"same,changed,moved,inserted,removed"`
	Before         *ComparedPage `json:"before,omitempty"`
	After          *ComparedPage `json:"after,omitempty"`
	WordsChanged   bool          `json:"words_changed"`
	PictureChanged bool          `json:"picture_changed" doc:"It looks different although its words are the same."`
	Where          *PageLine     `json:"where,omitempty" doc:"The part of the picture that looks different."`
}

// FileComparison is two versions of a file: page by page where there are pictures of them, else by their text.
type FileComparison struct {
	Pages      []PageComparison `json:"pages"`
	BeforeText string           `json:"before_text"`
	AfterText  string           `json:"after_text"`
	More       bool             `json:"more" doc:"Whether the texts are longer than what is given."`
	Waiting    bool             `json:"waiting" doc:"Whether pictures of pages are still being made."`
}

func versionFileDTO(a *library.Asset) *VersionFile {
	if a == nil {
		return nil
	}
	viewer, _, _ := a.Viewing()
	return &VersionFile{AssetID: a.ID, Name: a.Name, Caption: a.Caption, Size: a.Size, MediaType: a.MediaType, Kind: a.Kind, Pages: a.Pages, SHA256: hex.EncodeToString(a.SHA256), Viewer: viewer}
}

func fileChangesDTO(list []library.FileChange) []VersionFileChange {
	out := make([]VersionFileChange, len(list))
	for i, c := range list {
		out[i] = VersionFileChange{c.Change, versionFileDTO(c.Before), versionFileDTO(c.After)}
	}
	return out
}

func resourceVersionDTO(v library.Version) ResourceVersion {
	d := ResourceVersion{ID: v.ID, Number: v.Number, Title: v.Title, Summary: v.Summary, Note: v.Note, Rev: v.Rev, DraftID: idOrNull(v.DraftID), RestoredFrom: v.RestoredFrom, By: refOrNull(v.By),
		CreatedAt: v.CreatedAt, Current: v.Current, Changed: filled(v.Changed), Files: make([]VersionFile, len(v.Files)), FileChanges: fileChangesDTO(v.FileChanges)}
	for i := range v.Files {
		d.Files[i] = *versionFileDTO(&v.Files[i])
	}
	if v.Facts != nil {
		d.Facts = &ResourceVersionFacts{v.Facts.ContentType, v.Facts.Lang, taxonomyDTO(v.Facts.Taxonomy)}
	}
	return d
}

func comparedPageDTO(p *library.Page, withText bool) *ComparedPage {
	if p == nil {
		return nil
	}
	d := &ComparedPage{Page: p.Number, Width: p.Width, Height: p.Height}
	if withText {
		d.Text = p.Words()
	}
	return d
}

type compareResourceInput struct {
	PathID
	From int `query:"from" minimum:"0" maximum:"1000000" doc:"Number of a version; 0 is the one before the other." example:"2"`
	To   int `query:"to" minimum:"0" maximum:"1000000" doc:"Number of a version; 0 is the current one." example:"3"`
}

type compareFilesInput struct {
	PathID
	From   int       `query:"from" required:"true" minimum:"1" maximum:"1000000" doc:"Number of the version that has the file before." example:"2"`
	To     int       `query:"to" required:"true" minimum:"1" maximum:"1000000" doc:"Number of the version that has the file after." example:"3"`
	Before uuid.UUID `query:"before" doc:"A file of the one version; without it, all of the other is new."`
	After  uuid.UUID `query:"after" doc:"A file of the other version; without it, all of the one is gone."`
}

// ResourceVersionPath names a version of a resource.
type ResourceVersionPath struct {
	PathID
	Number int `path:"number" minimum:"1" maximum:"1000000" doc:"Of the version." example:"2"`
}

// VersionPagePath names a page of a file of a version of a resource.
type VersionPagePath struct {
	ResourceVersionPath
	AssetID uuid.UUID `path:"asset_id"`
	Page    int       `path:"page" minimum:"1" maximum:"100000" example:"3"`
}

type versionPictureInput struct {
	VersionPagePath
	Width int `query:"width" default:"800" minimum:"1" maximum:"10000" doc:"Pixels that you need; the picture has these at least, where it can. There are 240, 800 and 1600."`
}

type noteVersionInput struct {
	ResourceVersionPath
	IfMatch
	Body struct {
		Note string `json:"note" maxLength:"500" doc:"Empty takes it away." example:"Prices of 2032; delivery takes nine working days."`
	}
}

type restoreResourceVersionInput struct {
	ResourceVersionPath
	IfMatch
}

func (s *Server) resourceVersionOperations() {
	const page = "/resources/{id}/versions/{number}/files/{asset_id}/pages/{page}"
	register(s, op{ID: "listResourceVersions", Method: http.MethodGet, Path: "/resources/{id}/versions", Tag: "library", Summary: "List versions of a resource",
		Description: "Newest first, each with its files and what changed since the one before. 200 at most."},
		func(ctx context.Context, in *PathID) (*body[List[ResourceVersion]], error) {
			found, err := s.Library.Versions(ctx, in.ID)
			return &body[List[ResourceVersion]]{Body: paged(found, len(found), nil, resourceVersionDTO)}, err
		})
	register(s, op{ID: "compareResourceVersions", Method: http.MethodGet, Path: "/resources/{id}/compare", Tag: "library", Summary: "Compare two versions of a resource",
		Description: "What is not the same in two versions, the older one first whatever their order here. Without numbers: the current one and the one before. 404 when there is no such version."},
		func(ctx context.Context, in *compareResourceInput) (*body[ResourceComparison], error) {
			c, err := s.Library.Compare(ctx, in.ID, in.From, in.To)
			if err != nil {
				return nil, err
			}
			return &body[ResourceComparison]{Body: ResourceComparison{From: resourceVersionDTO(c.From), To: resourceVersionDTO(c.To), Changed: filled(c.Changed), Files: fileChangesDTO(c.Files),
				FromDoc: c.FromDoc, ToDoc: c.ToDoc}}, nil
		})
	register(s, op{ID: "compareResourceFiles", Method: http.MethodGet, Path: "/resources/{id}/compare/files", Tag: "library", Summary: "Compare two versions of a file",
		Description: "Which page of one is which of the other, by their words, and which look different. Files without pictures of pages are compared by their text. 404 when a version has no such file."},
		func(ctx context.Context, in *compareFilesInput) (*body[FileComparison], error) {
			c, err := s.Library.CompareFiles(ctx, in.ID, in.From, in.To, in.Before, in.After)
			if err != nil {
				return nil, err
			}
			d := FileComparison{Pages: make([]PageComparison, len(c.Pages)), BeforeText: c.BeforeText, AfterText: c.AfterText, More: c.More, Waiting: c.Waiting}
			for i, p := range c.Pages {
				withText := p.WordsChanged || p.Change == "inserted" || p.Change == "removed"
				d.Pages[i] = PageComparison{Change: p.Change, Before: comparedPageDTO(p.Before, withText), After: comparedPageDTO(p.After, withText), WordsChanged: p.WordsChanged, PictureChanged: p.PictureChanged}
				if p.Where != nil {
					d.Pages[i].Where = ptr(PageLine(*p.Where))
				}
			}
			return &body[FileComparison]{Body: d}, nil
		})
	register(s, op{ID: "getResourceVersionPage", Method: http.MethodGet, Path: page, Tag: "library", Summary: "See where the words of a page of a version are",
		Description: "As getAssetPage, for a file of any version of a resource that you may see. 404 when there is no picture of the page."},
		func(ctx context.Context, in *VersionPagePath) (*body[List[PageLine]], error) {
			lines, err := s.Library.VersionPageLines(ctx, in.ID, in.Number, in.AssetID, in.Page)
			return &body[List[PageLine]]{Body: paged(lines, len(lines), nil, func(l extract.Line) PageLine { return PageLine(l) })}, err
		})
	register(s, op{ID: "showResourceVersionPage", Method: http.MethodGet, Path: page + "/picture", Tag: "library", Summary: "See a page of a version", Status: http.StatusFound,
		Description: "As showAssetPage, for a file of any version of a resource that you may see: redirects to an address that works for five minutes, or until the resource expires."},
		func(ctx context.Context, in *versionPictureInput) (*Redirect, error) {
			to, err := s.Library.VersionPageURL(ctx, in.ID, in.Number, in.AssetID, in.Page, in.Width)
			return &Redirect{Status: http.StatusFound, Location: to, CacheControl: "private, max-age=240"}, err
		})
	register(s, op{ID: "noteResourceVersion", Method: http.MethodPut, Path: "/resources/{id}/versions/{number}/note", Tag: "library", Summary: "Say what changed", Errors: []int{http.StatusPreconditionFailed},
		Description: "What changed with a version, in a sentence or two, said or corrected later. If-Match names the revision of the version. Marketing may, and who keeps the resource."},
		func(ctx context.Context, in *noteVersionInput) (*versioned[ResourceVersion], error) {
			rev, err := in.Rev()
			if err != nil {
				return nil, err
			}
			v, err := s.Library.SayWhatChanged(ctx, in.ID, in.Number, rev, in.Body.Note)
			if err != nil {
				return nil, err
			}
			return withRev(v.Rev, resourceVersionDTO(v)), nil
		})
	register(s, op{ID: "restoreResourceVersion", Method: http.MethodPost, Path: "/resources/{id}/versions/{number}/restore", Tag: "library", Summary: "Bring a version back", Status: http.StatusOK,
		Errors: []int{http.StatusConflict, http.StatusPreconditionFailed},
		Description: "Its title, summary, text and files become the next version; facts, dates and rights stay. Its note says so, and what was said of it. Marketing may. 409 for the current version, and when a file was not kept; " +
			"412 when the resource was changed meanwhile."},
		func(ctx context.Context, in *restoreResourceVersionInput) (*versioned[Resource], error) {
			rev, err := in.Rev()
			if err != nil {
				return nil, err
			}
			return resourceAnswer(s.Library.RestoreVersion(ctx, in.ID, in.Number, rev))
		})
}
