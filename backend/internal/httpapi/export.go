package httpapi

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"byline/backend/internal/coedit"
	"byline/backend/internal/library"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/blob"
)

// exportFormats are the kinds of files that a text leaves as.
var exportFormats = map[string]struct{ kind, ending string }{
	"markdown": {"text/markdown; charset=utf-8", ".md"},
	"html":     {"text/html; charset=utf-8", ".html"},
	"docx":     {"application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx"},
}

// maxExportPictures is how many bytes of pictures go into one file; those after them are there by their words.
const maxExportPictures = 64 << 20

// ExportedFile is a file that is written while it is sent.
type ExportedFile struct {
	ContentType  string `header:"Content-Type"`
	Disposition  string `header:"Content-Disposition"`
	CacheControl string `header:"Cache-Control"`
	Body         func(huma.Context)
}

// ExportInput says what a text is wanted as.
type ExportInput struct {
	PathID
	Format string `query:"format" required:"true" enum:"markdown,html,docx" doc:"docx is Word's."`
}

type exportDraftInput struct {
	ExportInput
	Version uuid.UUID `query:"version" doc:"A version of this draft; absent means the text as it is now."`
}

// ImportedText is what was read of a file, for the editor to put into the text.
type ImportedText struct {
	Title string          `json:"title" doc:"The first heading or the title of the front matter; empty when there is none."`
	Doc   json.RawMessage `json:"doc" doc:"ProseMirror JSON by the editor's schema."`
	Links int             `json:"links" doc:"How many pictures of other sites became links: they are never fetched."`
	HTML  int             `json:"html" doc:"How many pieces of HTML were left out."`
}

type importInput struct {
	PathID
	Body struct {
		Markdown string `json:"markdown" minLength:"1" maxLength:"1048576" doc:"GitHub's Markdown." example:"# Title\n\nText"`
	}
}

func (s *Server) exportOperations() {
	register(s, op{ID: "exportDraft", Method: http.MethodGet, Path: "/drafts/{id}/export", Tag: "drafts", Summary: "Download the text of a draft",
		Description: "As Markdown, as a web page or for Word, with its pictures. Rights are those of reading it: 403 when you see title and state only."},
		func(ctx context.Context, in *exportDraftInput) (*ExportedFile, error) {
			title, doc, err := s.Drafts.Text(ctx, in.ID, in.Version)
			if err != nil {
				return nil, err
			}
			return s.export(ctx, title, doc, in.Format), nil
		})
	register(s, op{ID: "exportResource", Method: http.MethodGet, Path: "/resources/{id}/export", Tag: "library", Summary: "Download the text of a resource",
		Description: "As Markdown, as a web page or for Word, with its pictures."},
		func(ctx context.Context, in *ExportInput) (*ExportedFile, error) {
			r, err := s.Library.Resource(ctx, in.ID)
			if err == nil {
				err = library.CheckKeep(r, auth.From(ctx))
			}
			if err != nil {
				return nil, err
			}
			raw := r.Doc
			if raw == nil {
				read, err := coedit.FromMarkdown(library.ReadableMarkdown(r.BodyMarkdown), func(string) bool { return false })
				if err != nil {
					return nil, err
				}
				raw = read.Doc
			}
			doc, err := coedit.Parse(raw)
			if err != nil {
				return nil, err
			}
			return s.export(ctx, r.Title, doc, in.Format), nil
		})
	register(s, op{ID: "importDraft", Method: http.MethodPost, Path: "/drafts/{id}/import", Tag: "drafts", Summary: "Read Markdown for a draft", Status: http.StatusOK,
		Errors: []int{http.StatusConflict, http.StatusRequestEntityTooLarge}, MaxBody: 8 << 20,
		Description: "Makes a document of Markdown and gives it back; it changes nothing. The editor shows it and puts it into the text, where it can be undone. Only for who may write the draft."},
		func(ctx context.Context, in *importInput) (*body[ImportedText], error) {
			read, err := s.Drafts.ReadMarkdown(ctx, in.ID, in.Body.Markdown)
			return &body[ImportedText]{Body: ImportedText{Title: read.Title, Doc: read.Doc, Links: read.Links, HTML: read.HTML}}, err
		})
}

func (s *Server) export(ctx context.Context, title string, doc coedit.Node, format string) *ExportedFile {
	f := exportFormats[format]
	e := coedit.Export{Title: title, Base: s.publicBase(), Picture: s.pictures(ctx)}
	return &ExportedFile{ContentType: f.kind, Disposition: blob.Disposition("attachment", fileName(title)+f.ending), CacheControl: "private, no-store",
		Body: func(c huma.Context) {
			var err error
			switch format {
			case "docx":
				err = doc.WriteDOCX(c.BodyWriter(), e)
			case "html":
				_, err = io.WriteString(c.BodyWriter(), doc.Page(e))
			default:
				_, err = io.WriteString(c.BodyWriter(), doc.Markdown(title, e.Base))
			}
			if err != nil { // the answer has begun: a file that ends early is all that can be said
				slog.WarnContext(ctx, "export a text", "format", format, "error", err)
			}
		}}
}

// pictures loads those of a text, until there are too many.
func (s *Server) pictures(ctx context.Context) func(asset string) (coedit.Picture, bool) {
	left := maxExportPictures
	return func(asset string) (coedit.Picture, bool) {
		id, err := uuid.Parse(asset)
		if err != nil || left <= 0 {
			return coedit.Picture{}, false
		}
		data, format, width, height, ok := s.Library.Picture(ctx, id)
		if left -= len(data); !ok || left < 0 {
			return coedit.Picture{}, false
		}
		return coedit.Picture{Data: data, Format: format, Width: width, Height: height}, true
	}
}

func (s *Server) publicBase() string {
	if s.cfg.PublicURL == nil {
		return ""
	}
	return strings.TrimSuffix(s.cfg.PublicURL.String(), "/")
}

// fileName makes a name of a title that every system takes.
func fileName(title string) string {
	name := strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || strings.ContainsRune(`/\:*?"<>|`, r) {
			return '-'
		}
		return r
	}, title)
	if runes := []rune(name); len(runes) > 100 {
		name = string(runes[:100])
	}
	if name = strings.Trim(name, " .-"); name == "" {
		return "text"
	}
	return name
}
