package library

import (
	"context"
	"slices"
	"strings"

	"github.com/google/uuid"

	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/errs"
)

// TagFacets are the parts of the taxonomy, by the names that filters have for them. A language is one value, the others
// are lists.
var TagFacets = []string{"persona", "stage", "industry", "product", "region", "lang", "tag"}

// RequirableFacets are those that a type of content may ask for; every resource has a language anyway.
var RequirableFacets = []string{"persona", "stage", "industry", "product", "region", "tag"}

// tagColumns are the columns of the facets.
var tagColumns = map[string]string{"persona": "personas", "stage": "stages", "industry": "industries", "product": "products", "region": "regions", "lang": "lang", "tag": "tags"}

// List gives the values of a facet, for reading and for change; nil for one that is none of the lists.
func (t *Taxonomy) List(facet string) *[]string {
	switch facet {
	case "persona":
		return &t.Personas
	case "stage":
		return &t.Stages
	case "industry":
		return &t.Industries
	case "product":
		return &t.Products
	case "region":
		return &t.Regions
	case "tag":
		return &t.Tags
	}
	return nil
}

// missing gives those of the facets in which there is nothing.
func (t *Taxonomy) missing(required []string) (none []string) {
	for _, facet := range required {
		if len(*t.List(facet)) == 0 {
			none = append(none, facet)
		}
	}
	return none
}

// fill takes values of another one where there are none.
func (t *Taxonomy) fill(from Taxonomy) {
	for _, facet := range RequirableFacets {
		if list := t.List(facet); len(*list) == 0 {
			*list = *from.List(facet)
		}
	}
}

// aliases are values that were merged into others, by facet.
type aliases map[string]map[string]string

// of gives what a value is called now; a row of merges is followed to its end.
func (a aliases) of(facet, value string) string {
	for range 20 {
		next, ok := a[facet][value]
		if !ok {
			break
		}
		value = next
	}
	return value
}

// apply calls the values of a taxonomy as they are called now, each once.
func (a aliases) apply(t *Taxonomy) {
	if len(a) == 0 {
		return
	}
	for _, facet := range RequirableFacets {
		list := t.List(facet)
		if len(a[facet]) == 0 || len(*list) == 0 {
			continue
		}
		now := make([]string, 0, len(*list))
		for _, v := range *list {
			if v = a.of(facet, v); !slices.Contains(now, v) {
				now = append(now, v)
			}
		}
		*list = now
	}
}

// sayMissing is an error that names the first field of a taxonomy that a type of content asks for and that is empty.
func (s *Service) sayMissing(ctx context.Context, t Taxonomy, contentType, at string) error {
	required, err := s.store.required(ctx, contentType)
	if err != nil {
		return err
	}
	if none := t.missing(required); len(none) > 0 {
		return errs.Field(errs.Invalid, at+"."+tagColumns[none[0]], "This type of content needs a value for: "+strings.Join(none, ", ")+".")
	}
	return nil
}

// tagPublication gives a publication what the resource has already and what fills its gaps, as it is called now, and
// refuses what lacks something that its type asks for.
func (s *Service) tagPublication(ctx context.Context, p *Publication) error {
	if err := p.Fill.check(); err != nil {
		return err
	}
	contentType := p.ContentType
	if p.ResourceID != uuid.Nil {
		if err := s.store.lockResource(ctx, p.ResourceID); err != nil && errs.CodeOf(err) != errs.NotFound {
			return err
		}
		r, err := s.store.resource(ctx, p.ResourceID, auth.From(ctx).ID)
		if errs.CodeOf(err) == errs.NotFound {
			return errs.New(errs.NotFound, "The resource of this draft is gone.")
		}
		if err != nil {
			return err
		}
		p.Taxonomy, contentType = r.Taxonomy, r.ContentType
	}
	p.Taxonomy.fill(p.Fill)
	named, err := s.store.aliases(ctx)
	if err != nil {
		return err
	}
	named.apply(&p.Taxonomy)
	return s.sayMissing(ctx, p.Taxonomy, contentType, "body.taxonomy")
}

// TagCount is how many resources have a value.
type TagCount struct {
	Facet, Value string
	Count        int
}

// TagCounts counts every value that some resource has, whatever its state.
func (s *Service) TagCounts(ctx context.Context) ([]TagCount, error) { return s.store.tagCounts(ctx) }

// CountTagged is how many resources have any of the values of a facet.
func (s *Service) CountTagged(ctx context.Context, facet string, values []string) (int, error) {
	return s.store.countTagged(ctx, facet, values)
}

// Retagged is a resource with the values of a facet that it had and got.
type Retagged struct {
	ID            uuid.UUID
	Before, After []string
}

// Retag calls values of a facet otherwise, in so many resources at most that have them. Call it in the transaction of the
// change that asks for it.
func (s *Service) Retag(ctx context.Context, facet string, from []string, into string, most int) ([]Retagged, error) {
	return s.store.retag(ctx, facet, from, into, most)
}

// Untag gives resources back what they had of a facet, where they still have what they got, and says which those are.
func (s *Service) Untag(ctx context.Context, facet string, all []Retagged) ([]uuid.UUID, error) {
	if len(all) == 0 {
		return nil, nil
	}
	return s.store.untag(ctx, facet, all)
}

// Untagged is a resource that lacks what its type asks for.
type Untagged struct {
	Resource
	Missing []string // facets
}

// MissingTags lists what the signed-in user may see, is in use and lacks what its type asks for, newest first after an
// id (uuid.Nil for the first). types may be empty.
func (s *Service) MissingTags(ctx context.Context, types []string, after uuid.UUID, limit int) ([]Untagged, error) {
	return s.store.missingTags(ctx, auth.From(ctx), ResourceFilter{Types: types, now: s.now()}, after, limit)
}

// CountMissing counts, by type of content, what is in use and lacks what its type asks for.
func (s *Service) CountMissing(ctx context.Context) (map[string]int, error) {
	return s.store.countMissing(ctx)
}
