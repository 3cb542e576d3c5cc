package shares

import (
	"context"
	"time"

	"github.com/google/uuid"

	"byline/backend/internal/library"
	"byline/backend/internal/platform/errs"
)

// Leaving is a file that people outside do not get as it is.
type Leaving struct {
	Resource uuid.UUID
	Title    string // of the resource
	Name     string
	As       library.Leaving
	Note     string // why, for people
}

// Leaving says, before something is shared, which of its files leave otherwise than they are, or cannot be downloaded. It
// looks at resources that the signed-in user sees, or at a collection; what may not be shared is Create's to refuse.
func (s *Service) Leaving(ctx context.Context, resources []uuid.UUID, collection uuid.UUID) ([]Leaving, error) {
	if (len(resources) == 0) == (collection == uuid.Nil) {
		return nil, errs.Field(errs.Invalid, "query.resource", "Name resources or a collection.")
	}
	if collection != uuid.Nil {
		found, err := s.within(ctx, collection)
		if errs.CodeOf(err) == errs.NotFound {
			return nil, errs.Field(errs.Invalid, "query.collection_id", "There is no such collection, or none for you.")
		}
		if err != nil {
			return nil, err
		}
		if len(found) > maxOfCollection { // Create says so
			return nil, nil
		}
		for _, p := range found {
			resources = append(resources, p.ID)
		}
	}
	for _, id := range resources {
		if _, err := s.library.Resource(ctx, id); errs.CodeOf(err) == errs.NotFound {
			return nil, errs.Field(errs.Invalid, "query.resource", "One of these resources does not exist, or not for you.")
		} else if err != nil {
			return nil, err
		}
	}
	shown, err := s.library.Outside(ctx, resources, time.Now())
	if err != nil {
		return nil, err
	}
	list := []Leaving{}
	for _, r := range shown {
		if !r.Download { // nothing of it is downloaded anyway
			continue
		}
		for _, a := range append(r.Files, r.InText...) {
			if as, note := a.Leaves(); as != library.LeavesItself {
				list = append(list, Leaving{r.ID, r.Title, a.Name, as, note})
			}
		}
	}
	return list, nil
}
