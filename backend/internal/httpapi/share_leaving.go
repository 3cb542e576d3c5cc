package httpapi

import (
	"context"
	"net/http"

	"github.com/google/uuid"

	"byline/backend/internal/library"
	"byline/backend/internal/platform/errs"
)

// LeavingFile is a file that people outside do not get as it is.
type LeavingFile struct {
	ResourceID uuid.UUID       `json:"resource_id"`
	Title      string          `json:"title" doc:"Of the resource."`
	Name       string          `json:"name" example:"offer.docx"`
	Leaves     library.Leaving `json:"leaves" enum:"pdf,none" doc:"As the PDF of its pages, or not at all; it is shown in both cases."`
	Note       string          `json:"note" doc:"Why, for people." example:"Leaves as a PDF, without comments and tracked changes."`
}

type leavingInput struct {
	Resource   []string  `query:"resource,explode" maxItems:"50" doc:"Resources that you see, by id."`
	Collection uuid.UUID `query:"collection_id" doc:"In the place of resources."`
}

func (s *Server) shareLeavingOperations() {
	register(s, op{ID: "listLeavingFiles", Method: http.MethodGet, Path: "/shares/leaving", Tag: "shares", Summary: "See which files leave otherwise than they are",
		Description: "Before something is shared. Files of Office programs leave as PDFs, or when they carry no comments, tracked changes, hidden words, sheets or cells."},
		func(ctx context.Context, in *leavingInput) (*body[List[LeavingFile]], error) {
			ids := make([]uuid.UUID, len(in.Resource))
			for i, id := range in.Resource {
				var err error
				if ids[i], err = uuid.Parse(id); err != nil {
					return nil, errs.Field(errs.Invalid, "query.resource", "Give ids of resources.")
				}
			}
			found, err := s.Shares.Leaving(ctx, ids, in.Collection)
			l := List[LeavingFile]{Items: []LeavingFile{}}
			for _, f := range found {
				l.Items = append(l.Items, LeavingFile{f.Resource, f.Title, f.Name, f.As, f.Note})
			}
			return &body[List[LeavingFile]]{Body: l}, err
		})
}
