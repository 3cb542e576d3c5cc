package taxonomy

import (
	"context"
	"maps"
	"slices"
	"strings"

	"byline/backend/internal/library"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/errs"
)

// Required gives what each type asks for that asks for anything.
func (s *Service) Required(ctx context.Context) ([]Requirement, error) {
	by, err := s.store.required(ctx)
	if err != nil {
		return nil, err
	}
	missing, err := s.library.CountMissing(ctx)
	if err != nil {
		return nil, err
	}
	all := []Requirement{}
	for _, key := range slices.Sorted(maps.Keys(by)) {
		all = append(all, Requirement{ContentType: key, Facets: by[key], Missing: missing[key]})
	}
	return all, nil
}

// Require says what resources of a type must have when they are published or edited from now on. Those that lack it stay
// as they are, and are listed.
func (s *Service) Require(ctx context.Context, contentType string, facets []string) (r Requirement, err error) {
	if !MayEdit(auth.From(ctx)) {
		return r, errMayNot
	}
	for _, f := range facets {
		if !slices.Contains(library.RequirableFacets, f) {
			return r, errs.Field(errs.Invalid, "body.facets", "Choose of: "+strings.Join(library.RequirableFacets, ", ")+".")
		}
	}
	facets = slices.Compact(slices.Sorted(slices.Values(facets)))
	err = s.db.InTx(ctx, func(ctx context.Context) error {
		if err := s.store.lock(ctx); err != nil {
			return err
		}
		known, err := s.store.knownType(ctx, contentType)
		if err != nil {
			return err
		}
		if !known && !slices.Contains(library.ContentTypes, contentType) {
			return errs.New(errs.NotFound, "No such type of content.")
		}
		have, err := s.store.required(ctx)
		if err != nil || slices.Equal(have[contentType], facets) {
			return err
		}
		if err := s.store.require(ctx, contentType, facets, auth.From(ctx).ID); err != nil {
			return err
		}
		return s.record(ctx, "required", idOf(contentType), map[string]any{"key": contentType, "facets": strings.Join(facets, ", ")})
	})
	if err != nil {
		return r, err
	}
	missing, err := s.library.CountMissing(ctx)
	return Requirement{ContentType: contentType, Facets: facets, Missing: missing[contentType]}, err
}
