package search

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/errs"
	"byline/backend/internal/platform/jobs"
)

// RestoredSynonyms is what became, or would become, of an entry of an export: Created, or here already, or not taken because
// of a Problem.
type RestoredSynonyms struct {
	Created bool
	Problem error
}

// RestoreSynonyms brings in the entries of an export, without those that are here or that say the same as one that is; with
// dry nothing is written. Whoever calls it answers for the right to.
func (s *Service) RestoreSynonyms(ctx context.Context, list []Synonyms, dry bool) (became []RestoredSynonyms, err error) {
	defer s.company.forget()
	err = s.db.InTx(ctx, func(ctx context.Context) error {
		if err := s.store.lockSynonyms(ctx); err != nil {
			return err
		}
		here, err := s.store.synonyms(ctx)
		if err != nil {
			return err
		}
		became = make([]RestoredSynonyms, len(list))
		before := len(here)
		for i, x := range list {
			if err := x.clean(); err != nil {
				became[i].Problem = err
				continue
			}
			if x.ID == uuid.Nil {
				x.ID = db.NewID()
			}
			if slices.ContainsFunc(here, x.isSame) {
				continue
			}
			if len(here) >= mostSynonyms {
				became[i].Problem = tooMany(len(here))
				continue
			}
			became[i].Created, here = true, append(here, x)
			if dry {
				continue
			}
			if err := s.store.addSynonyms(ctx, x); err != nil {
				return err
			}
		}
		if dry || len(here) == before {
			return nil
		}
		return jobs.Enqueue(ctx, GiveSynonyms{})
	})
	return became, err
}

func (x Synonyms) isSame(y Synonyms) bool {
	return y.ID == x.ID || y.Kind == x.Kind && slices.Equal(y.Words, x.Words) && slices.Equal(y.Finds, x.Finds)
}

func tooMany(n int) error {
	return errs.Newf(errs.Conflict, "There are %d already. Delete or join some first.", n)
}
