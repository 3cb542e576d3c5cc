package search

import (
	"context"
	"slices"
)

// RestoreSynonyms brings in an entry that an export has, unless it, or one that says the same, is here. It gives whether it
// is new; with dry nothing is written. Whoever calls it answers for the right to.
func (s *Service) RestoreSynonyms(ctx context.Context, x Synonyms, dry bool) (created bool, err error) {
	if err := x.clean(); err != nil {
		return false, err
	}
	here := func(ctx context.Context) (bool, error) {
		all, err := s.store.synonyms(ctx)
		return slices.ContainsFunc(all, func(y Synonyms) bool {
			return y.ID == x.ID || y.Kind == x.Kind && slices.Equal(y.Words, x.Words) && slices.Equal(y.Finds, x.Finds)
		}), err
	}
	if there, err := here(ctx); err != nil || there || dry {
		return err == nil && !there, err
	}
	err = s.tellSynonyms(ctx, func(ctx context.Context) error {
		there, err := here(ctx) // somebody may have added it meanwhile
		if err != nil || there {
			return err
		}
		created = true
		return s.store.addSynonyms(ctx, x)
	})
	return created && err == nil, err
}
