package httpapi

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"byline/backend/internal/bulkedit"
	"byline/backend/internal/library"
	"byline/backend/internal/platform/errs"
)

// ResourceRef is a resource at the revision that somebody saw.
type ResourceRef struct {
	ID  uuid.UUID `json:"id"`
	Rev int64     `json:"rev" minimum:"1"`
}

// ResourceRefs are the resources of a filter.
type ResourceRefs struct {
	Items []ResourceRef `json:"items"`
	Total int           `json:"total" doc:"How many there are; at most 1000 are named."`
}

// BulkChange is what many resources are to get. What is absent stays as it is.
type BulkChange struct {
	Add          *SomeTaxonomy `json:"add,omitempty" doc:"Tags that they get."`
	Remove       *SomeTaxonomy `json:"remove,omitempty" doc:"Tags that they lose."`
	OwnerID      *uuid.UUID    `json:"owner_id,omitempty"`
	ReviewDueOn  *string       `json:"review_due_on,omitempty" format:"date"`
	ExpiresAt    *time.Time    `json:"expires_at,omitempty"`
	DatesZone    string        `json:"dates_zone,omitempty" maxLength:"60" doc:"Time zone in which the expiry is stated." example:"Europe/Berlin"`
	Clear        []string      `json:"clear,omitempty" maxItems:"3" enum:"owner,review,expires" doc:"What is taken away."`
	Shareable    *bool         `json:"shareable,omitempty"`
	Inside       *bool         `json:"download_inside,omitempty" doc:"Whether everybody who sees it may download it."`
	Outside      *bool         `json:"download_outside,omitempty" doc:"Whether recipients of shares may."`
	Archived     *bool         `json:"archived,omitempty"`
	CollectionID *uuid.UUID    `json:"collection_id,omitempty" doc:"A collection that is filled by hand, into which they are put."`
}

func (b BulkChange) change() (c bulkedit.Change, err error) {
	c = bulkedit.Change{Add: b.Add.taxonomy(), Remove: b.Remove.taxonomy(), OwnerID: nullID(b.OwnerID), DatesZone: b.DatesZone,
		Shareable: b.Shareable, Inside: b.Inside, Outside: b.Outside, Archived: b.Archived, Collection: nullID(b.CollectionID)}
	for field, given := range map[string]bool{"owner": b.OwnerID != nil, "review": b.ReviewDueOn != nil, "expires": b.ExpiresAt != nil} {
		if given && slices.Contains(b.Clear, field) {
			return c, errs.Field(errs.Invalid, "body.change.clear", "What is set is not taken away too: "+field+".")
		}
	}
	c.SetOwner = c.OwnerID.Valid || slices.Contains(b.Clear, "owner")
	c.SetReview = b.ReviewDueOn != nil || slices.Contains(b.Clear, "review")
	c.SetExpiry = b.ExpiresAt != nil || slices.Contains(b.Clear, "expires")
	if day, err := parseDate("body.change.review_due_on", b.ReviewDueOn); err != nil {
		return c, err
	} else if day != nil {
		c.ReviewDueOn = day.Format(time.DateOnly)
	}
	if b.ExpiresAt != nil {
		c.ExpiresAt = ptr(b.ExpiresAt.UTC().Truncate(time.Microsecond))
	}
	return c, nil
}

// BulkLine is how one field of a resource changes, in words for people who read values; people and days as ids and dates.
type BulkLine struct {
	Field  string   `json:"field" enum:"persona,stage,industry,product,region,tag,owner,review,expires,shareable,inside,outside,archived,collection"`
	Before []string `json:"before" doc:"Its values; empty for none."`
	After  []string `json:"after"`
}

// BulkOutcome is one resource of a change.
type BulkOutcome struct {
	ID     uuid.UUID  `json:"id"`
	Title  string     `json:"title"`
	Reason string     `json:"reason,omitempty" doc:"Why it is refused."`
	Lines  []BulkLine `json:"lines,omitempty"`
}

// BulkCount is how many resources change in one field.
type BulkCount struct {
	Field string `json:"field" enum:"persona,stage,industry,product,region,tag,owner,review,expires,shareable,inside,outside,archived,collection"`
	Count int    `json:"count"`
}

// BulkReport is what a change does, or would do.
type BulkReport struct {
	EditID    *uuid.UUID    `json:"edit_id,omitempty" doc:"Of a change that was made, for undoBulkEdit."`
	Changing  int           `json:"changing" doc:"Resources that get something else."`
	Unchanged int           `json:"unchanged" doc:"That are so already."`
	Fields    []BulkCount   `json:"fields"`
	Samples   []BulkOutcome `json:"samples" doc:"The first thirty, with all that changes of them."`
	Stale     []BulkOutcome `json:"stale" doc:"Changed by somebody since you saw them: left as they are."`
	Refused   []BulkOutcome `json:"refused"`
}

// BulkUndone is what taking a change back did.
type BulkUndone struct {
	Restored int           `json:"restored"`
	Left     []BulkOutcome `json:"left" doc:"Those of which something stays, because somebody has changed it since."`
}

func bulkValues(v any) []string {
	switch x := v.(type) {
	case []string:
		return filled(x)
	case bool:
		if x {
			return []string{"yes"}
		}
		return []string{"no"}
	case uuid.UUID:
		return []string{x.String()}
	case time.Time:
		return []string{x.Format(time.RFC3339)}
	case string:
		if x != "" {
			return []string{x}
		}
	}
	return []string{}
}

func bulkOutcomes(all []bulkedit.Outcome) []BulkOutcome {
	list := []BulkOutcome{}
	for _, o := range all {
		out := BulkOutcome{ID: o.ID, Title: o.Title, Reason: o.Reason}
		for _, l := range o.Lines {
			out.Lines = append(out.Lines, BulkLine{Field: l.Field, Before: bulkValues(l.Before), After: bulkValues(l.After)})
		}
		list = append(list, out)
	}
	return list
}

func bulkReport(r bulkedit.Report, err error) (*body[BulkReport], error) {
	if err != nil {
		return nil, err
	}
	out := BulkReport{EditID: idOrNull(uuid.NullUUID{UUID: r.EditID, Valid: r.EditID != uuid.Nil}), Changing: r.Changing, Unchanged: r.Unchanged, Fields: []BulkCount{},
		Samples: bulkOutcomes(r.Samples), Stale: bulkOutcomes(r.Stale), Refused: bulkOutcomes(r.Refused)}
	for f, n := range r.Fields {
		if n > 0 {
			out.Fields = append(out.Fields, BulkCount{f, n})
		}
	}
	slices.SortFunc(out.Fields, func(a, b BulkCount) int { return strings.Compare(a.Field, b.Field) })
	return &body[BulkReport]{Body: out}, nil
}

type bulkInput struct {
	Body struct {
		Items  []ResourceRef `json:"items" minItems:"1" maxItems:"1000" doc:"Each once."`
		Change BulkChange    `json:"change"`
	}
}

func (in *bulkInput) refs() []library.Ref {
	refs := make([]library.Ref, len(in.Body.Items))
	for i, r := range in.Body.Items {
		refs[i] = library.Ref(r)
	}
	return refs
}

func (s *Server) bulkOperations() {
	register(s, op{ID: "listResourceRefs", Method: http.MethodGet, Path: "/resources/refs", Tag: "library", Summary: "Name the resources of a filter",
		Description: "Ids and revisions of everything that listResources would give, 1000 at most, for a change of many at once."},
		func(ctx context.Context, in *ResourceFilter) (*body[ResourceRefs], error) {
			f, err := s.libraryFilter(ctx, *in)
			if err != nil {
				return nil, err
			}
			f.Limit = bulkedit.Most
			refs, err := s.Library.Refs(ctx, f)
			if err != nil {
				return nil, err
			}
			out := ResourceRefs{Items: make([]ResourceRef, len(refs)), Total: len(refs)}
			for i, r := range refs {
				out.Items[i] = ResourceRef(r)
			}
			if len(refs) == bulkedit.Most {
				counts, err := s.Library.CountEach(ctx, []library.ResourceFilter{f})
				if err != nil {
					return nil, err
				}
				out.Total = max(out.Total, counts[0])
			}
			return &body[ResourceRefs]{Body: out}, nil
		})
	register(s, op{ID: "previewBulkEdit", Method: http.MethodPost, Path: "/resources/bulk/preview", Tag: "library", Summary: "What would a change of many do?", Status: http.StatusOK,
		Description: "Says exactly what would change on how many resources, which are refused and why, and which somebody has changed since you saw them. Changes nothing."},
		func(ctx context.Context, in *bulkInput) (*body[BulkReport], error) {
			c, err := in.Body.Change.change()
			if err != nil {
				return nil, err
			}
			return bulkReport(s.Bulk.Preview(ctx, in.refs(), c))
		})
	register(s, op{ID: "bulkEdit", Method: http.MethodPost, Path: "/resources/bulk", Tag: "library", Summary: "Change many resources", Status: http.StatusOK,
		Description: "All in one go. Those that somebody has changed since you saw them, by their revision, are left and named; so are those that are refused. undoBulkEdit takes it back."},
		func(ctx context.Context, in *bulkInput) (*body[BulkReport], error) {
			c, err := in.Body.Change.change()
			if err != nil {
				return nil, err
			}
			return bulkReport(s.Bulk.Apply(ctx, in.refs(), c))
		})
	register(s, op{ID: "undoBulkEdit", Method: http.MethodPost, Path: "/resources/bulk/{id}/undo", Tag: "library", Summary: "Take a change of many back", Status: http.StatusOK,
		Errors: []int{http.StatusConflict}, Description: "Every resource gets back what it had, except what somebody has changed since. Who made the change may, and leads of marketing. 409 when it was taken back already."},
		func(ctx context.Context, in *PathID) (*body[BulkUndone], error) {
			u, err := s.Bulk.Undo(ctx, in.ID)
			return &body[BulkUndone]{Body: BulkUndone{Restored: u.Restored, Left: bulkOutcomes(u.Left)}}, err
		})
}
