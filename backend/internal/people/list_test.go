package people_test

import (
	"context"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"byline/backend/internal/domaintest"
	"byline/backend/internal/people"
	"byline/backend/internal/platform/auth"
)

func TestPeopleArePagedByNameAndTakeTheSameNumberOfQueriesForOneAndForFifty(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	s := people.New(w.DB, w.Log)
	w.Exec(`UPDATE users SET disabled_at = now()`) // the company of every test
	w.ConstantQueries(t.Context(), func(n int) {
		w.Person([]string{"Ärne", "ÉVA", "anna", "Bo", "İpek", "ß"}[n%6], auth.Sales, uuid.Nil)
	},
		func(ctx context.Context) (int, error) {
			list, err := s.List(ctx, people.Filter{Limit: 100})
			return len(list), err
		})
	seen := map[uuid.UUID]bool{}
	for f := (people.Filter{Limit: 7}); ; {
		page, err := s.List(t.Context(), f)
		require.NoError(t, err)
		if len(page) == 0 {
			break
		}
		for _, u := range page {
			require.False(t, seen[u.ID], u.Name)
			seen[u.ID] = true
		}
		f.After = page[len(page)-1].After()
	}
	require.Len(t, seen, 50)
	found, err := s.List(t.Context(), people.Filter{Query: "ANNA", Limit: 100})
	require.NoError(t, err)
	require.Len(t, found, 8)
	found, err = s.List(t.Context(), people.Filter{Query: "%", Limit: 100})
	require.NoError(t, err)
	require.Empty(t, found)
}
