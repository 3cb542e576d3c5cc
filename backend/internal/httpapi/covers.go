package httpapi

import (
	"context"
	"fmt"
	"net/http"

	"github.com/google/uuid"

	"byline/backend/internal/library"
)

// ResourceCover is the picture that was chosen for a resource.
type ResourceCover struct {
	AssetID uuid.UUID `json:"asset_id" doc:"One of its files, or an uploaded picture."`
	Page    int       `json:"page" minimum:"0" maximum:"10000" doc:"Of its file; 0 for an uploaded picture." example:"3"`
}

type setCoverInput struct {
	PathID
	IfMatch
	Body ResourceCover
}

type removeCoverInput struct {
	PathID
	IfMatch
}

func chosenCover(r library.Resource) *ResourceCover {
	if !r.Chosen {
		return nil
	}
	return &ResourceCover{r.Picture.Asset.UUID, r.Picture.Page}
}

// coverURL is where the browser gets a picture of a file, or of a page of it.
func coverURL(c library.Cover) string {
	if c.Asset.Valid && c.Page > 0 {
		return fmt.Sprintf("/api/v1/assets/%s/pages/%d/picture?width=800", c.Asset.UUID, c.Page)
	}
	return pictureURL(c.Asset)
}

func (s *Server) coverOperations() {
	register(s, op{ID: "setResourceCover", Method: http.MethodPut, Path: "/resources/{id}/cover", Tag: "library", Summary: "Choose the picture of a resource", Errors: []int{http.StatusPreconditionFailed},
		Description: "A page of one of its files, or a picture of yours (PNG, JPEG or WebP of 20 MB at most), of which a smaller one without place, camera and name is made and shown. It stands for the resource in lists and collections, for those who see the resource; recipients of shares do not see it. Marketing may."},
		func(ctx context.Context, in *setCoverInput) (*versioned[Resource], error) {
			rev, err := in.Rev()
			if err != nil {
				return nil, err
			}
			return resourceAnswer(s.Library.SetCover(ctx, in.ID, rev, library.Cover{Asset: uuid.NullUUID{UUID: in.Body.AssetID, Valid: true}, Page: in.Body.Page}))
		})
	register(s, op{ID: "removeResourceCover", Method: http.MethodDelete, Path: "/resources/{id}/cover", Tag: "library", Summary: "Take the chosen picture off", Status: http.StatusOK, Errors: []int{http.StatusPreconditionFailed},
		Description: "The picture is the first page of its file again, where it has one. setResourceCover with the same picture takes that back."},
		func(ctx context.Context, in *removeCoverInput) (*versioned[Resource], error) {
			rev, err := in.Rev()
			if err != nil {
				return nil, err
			}
			return resourceAnswer(s.Library.SetCover(ctx, in.ID, rev, library.Cover{}))
		})
}
