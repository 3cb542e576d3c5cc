package httpapi

import (
	"context"
	"encoding/hex"
	"fmt"
	"net/http"
	"time"

	"github.com/google/uuid"

	"byline/backend/internal/library"
	"byline/backend/internal/platform/errs"
)

// Asset is a file.
type Asset struct {
	ID          uuid.UUID          `json:"id"`
	Name        string             `json:"name" example:"case-study.pdf"`
	Size        int64              `json:"size" doc:"Bytes."`
	MediaType   string             `json:"media_type" doc:"By content; empty until it has been checked."`
	State       library.AssetState `json:"state" enum:"uploading,processing,ready,limited,refused"`
	Reason      string             `json:"reason" doc:"Why it is limited or refused, for programs."`
	Explanation string             `json:"explanation" doc:"The same, for people."`
	Kind        string             `json:"kind" doc:"document, deck, pdf, image, video, audio, …"`
	Pages       int                `json:"pages"`
	Width       int                `json:"width" doc:"Pixels."`
	Height      int                `json:"height" doc:"Pixels."`
	DurationMS  int64              `json:"duration_ms"`
	PreviewURL  string             `json:"preview_url" doc:"A picture of it; empty when there is none."`
	DownloadURL string             `json:"download_url" doc:"Leads to the file; empty until it has been checked."`
	Viewer      library.Viewer     `json:"viewer" enum:"pages,text,picture,video,audio,table,captions,none" doc:"How it is looked at in place."`
	ViewReason  string             `json:"view_reason" doc:"Why not, or not better, for programs; waiting while it is being made." example:"no_office"`
	ViewNote    string             `json:"view_note" doc:"The same, for people."`
	Caption     string             `json:"caption"`
	CreatedAt   time.Time          `json:"created_at"`
}

func assetDTO(a library.Asset) Asset {
	d := Asset{ID: a.ID, Name: a.Name, Size: a.Size, MediaType: a.MediaType, State: a.State, Reason: a.Reason, Explanation: a.Explanation, Kind: a.Kind,
		Pages: a.Pages, Width: a.Width, Height: a.Height, DurationMS: a.DurationMS, Caption: a.Caption, CreatedAt: a.CreatedAt}
	d.Viewer, d.ViewReason, d.ViewNote = a.Viewing()
	base := "/api/v1/assets/" + a.ID.String()
	if a.PreviewKey != "" {
		d.PreviewURL = base + "/preview"
	}
	if a.State == library.Ready || a.State == library.Limited {
		d.DownloadURL = base + "/download"
	}
	return d
}

// Upload is a file that is being uploaded in parts, each put to a signed address.
type Upload struct {
	Asset    Asset   `json:"asset"`
	PartSize int64   `json:"part_size" doc:"Bytes of every part but the last."`
	Parts    int     `json:"parts" doc:"How many there are."`
	Done     []int32 `json:"done" doc:"Numbers of the parts that have arrived."`
}

func uploadDTO(p library.Progress) Upload {
	u := Upload{Asset: assetDTO(p.Asset), PartSize: p.PartSize, Done: make([]int32, 0, len(p.Done))}
	if p.PartSize > 0 {
		u.Parts = int(max(1, (p.Size+p.PartSize-1)/p.PartSize))
	}
	for _, d := range p.Done {
		u.Done = append(u.Done, d.Number)
	}
	return u
}

// PartAddress is where a browser puts one part.
type PartAddress struct {
	Number int32  `json:"number"`
	URL    string `json:"url" doc:"Works for 15 minutes, for exactly length bytes."`
	Length int64  `json:"length" doc:"Bytes."`
}

type beginUploadInput struct {
	Body struct {
		Name      string `json:"name" minLength:"1" maxLength:"255" example:"case-study.pdf"`
		Size      int64  `json:"size" minimum:"1" maximum:"5368709120" doc:"Bytes, at most 5 GiB."`
		MediaType string `json:"media_type,omitempty" maxLength:"200" doc:"What the browser thinks it is."`
		SHA256    string `json:"sha256,omitempty" pattern:"^[0-9a-f]{64}$" doc:"If known: the server refuses the file when it arrives different."`
	}
}

type signPartsInput struct {
	PathID
	Body struct {
		Numbers []int32 `json:"numbers" minItems:"1" maxItems:"100" doc:"From 1."`
	}
}

// Redirect leads to a signed address of the storage.
type Redirect struct {
	Status       int
	Location     string `header:"Location"`
	CacheControl string `header:"Cache-Control"`
}

type downloadInput struct {
	PathID
	Mode   string `header:"Sec-Fetch-Mode" maxLength:"40" doc:"Set by browsers: navigate when somebody follows a link." example:"navigate"`
	Inline bool   `query:"inline" doc:"Show it in place where that is harmless (pictures, video, audio, PDF), instead of saving it."`
}

func (s *Server) assetOperations() {
	register(s, op{ID: "beginUpload", Method: http.MethodPost, Path: "/assets", Tag: "assets", Summary: "Begin an upload", Status: http.StatusCreated, Outside: true,
		Errors: []int{http.StatusRequestEntityTooLarge}, Description: "Opens an upload in parts. Then signParts, put the parts to their addresses, completeUpload."},
		func(ctx context.Context, in *beginUploadInput) (*body[Upload], error) {
			sum, err := hex.DecodeString(in.Body.SHA256)
			if err != nil {
				return nil, errs.Field(errs.Invalid, "body.sha256", "Give the SHA-256 as 64 hexadecimal digits, or leave it out.")
			}
			if len(sum) == 0 {
				sum = nil
			}
			a, err := s.Library.BeginUpload(ctx, library.Upload{Name: in.Body.Name, Size: in.Body.Size, MediaType: in.Body.MediaType, SHA256: sum})
			return &body[Upload]{Body: uploadDTO(library.Progress{Asset: a})}, err
		})
	register(s, op{ID: "signParts", Method: http.MethodPost, Path: "/assets/{id}/parts", Tag: "assets", Summary: "Get addresses for parts", Status: http.StatusOK, Outside: true,
		Errors: []int{http.StatusConflict}, Description: "Signed addresses, only for your own upload. Ask again when they have run out."},
		func(ctx context.Context, in *signPartsInput) (*body[List[PartAddress]], error) {
			parts, err := s.Library.SignParts(ctx, in.ID, in.Body.Numbers)
			return &body[List[PartAddress]]{Body: paged(parts, len(parts), nil, func(p library.PartURL) PartAddress { return PartAddress(p) })}, err
		})
	register(s, op{ID: "getUpload", Method: http.MethodGet, Path: "/assets/{id}/upload", Tag: "assets", Summary: "How far is an upload?",
		Description: "Which parts of your own upload have arrived, so that it can go on after a break."},
		func(ctx context.Context, in *PathID) (*body[Upload], error) {
			p, err := s.Library.UploadProgress(ctx, in.ID)
			return &body[Upload]{Body: uploadDTO(p)}, err
		})
	register(s, op{ID: "completeUpload", Method: http.MethodPost, Path: "/assets/{id}/complete", Tag: "assets", Summary: "Complete an upload", Status: http.StatusOK, Outside: true,
		Errors: []int{http.StatusConflict}, Description: "Joins the parts. The file is then checked and read: state goes from processing to ready, limited or refused. 409 when parts are missing. Repeating it changes nothing."},
		func(ctx context.Context, in *PathID) (*body[Asset], error) {
			a, err := s.Library.CompleteUpload(ctx, in.ID)
			return &body[Asset]{Body: assetDTO(a)}, err
		})
	register(s, op{ID: "abortUpload", Method: http.MethodDelete, Path: "/assets/{id}", Tag: "assets", Summary: "Throw an upload away", Outside: true,
		Errors: []int{http.StatusConflict}, Description: "Only your own, and only while it is not complete."},
		func(ctx context.Context, in *PathID) (*struct{}, error) {
			return nil, s.Library.AbortUpload(ctx, in.ID)
		})
	register(s, op{ID: "getAsset", Method: http.MethodGet, Path: "/assets/{id}", Tag: "assets", Summary: "Get a file's facts",
		Description: "Your own file, or one that belongs to something that you may see."},
		func(ctx context.Context, in *PathID) (*body[Asset], error) {
			a, err := s.Library.Asset(ctx, in.ID)
			return &body[Asset]{Body: assetDTO(a)}, err
		})
	register(s, op{ID: "downloadAsset", Method: http.MethodGet, Path: "/assets/{id}/download", Tag: "assets", Summary: "Load a file", Status: http.StatusFound,
		Errors: []int{http.StatusConflict}, Description: "Redirects to an address of the storage that works for five minutes. Whoever follows a link in a browser to a file that a resource no longer has comes to the resource."},
		func(ctx context.Context, in *downloadInput) (*Redirect, error) {
			to, err := s.Library.DownloadURL(ctx, in.ID, in.Inline)
			if errs.CodeOf(err) == errs.NotFound && in.Mode == "navigate" {
				if old, formerErr := s.Library.FormerUse(ctx, in.ID); formerErr == nil {
					to, err = fmt.Sprintf("/library/%s?version=%d", old.Resource, old.Number), nil
				}
			}
			return &Redirect{Status: http.StatusFound, Location: to, CacheControl: "no-store"}, err
		})
	register(s, op{ID: "previewAsset", Method: http.MethodGet, Path: "/assets/{id}/preview", Tag: "assets", Summary: "See a file's preview", Status: http.StatusFound,
		Description: "Redirects to a picture of the file. 404 when there is none."},
		func(ctx context.Context, in *PathID) (*Redirect, error) {
			to, err := s.Library.PreviewURL(ctx, in.ID)
			// Kept for less than the address works, so that a list of faces is not loaded at every turn.
			return &Redirect{Status: http.StatusFound, Location: to, CacheControl: "private, max-age=240"}, err
		})
	s.viewerOperations()
}
