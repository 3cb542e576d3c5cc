package views_test

import (
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"byline/backend/internal/domaintest"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/errs"
	"byline/backend/internal/views"
)

type world struct {
	*domaintest.World
	s *views.Service
	t *testing.T
}

func setup(t *testing.T) world {
	w := domaintest.New(t)
	return world{w, views.New(w.DB), t}
}

func (w world) save(u auth.User, name string, shared views.Sharing) views.View {
	w.t.Helper()
	v, err := w.s.Create(w.As(u), views.Input{Page: "drafts", Name: name, Query: "type=deck", Shared: shared})
	require.NoError(w.t, err)
	return v
}

func (w world) names(u auth.User) []string {
	w.t.Helper()
	all, err := w.s.List(w.As(u), "drafts")
	require.NoError(w.t, err)
	names := []string{}
	for _, v := range all {
		names = append(names, v.Name)
	}
	return names
}

func TestWhoHasWhichViews(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.save(w.Marketer, "mine", views.WithNobody)
	w.save(w.Marketer, "ours", views.WithSide)
	w.save(w.Rep, "all", views.WithEverybody)
	require.Equal(t, []string{"mine", "ours", "all"}, w.names(w.Marketer))
	require.Equal(t, []string{"ours", "all"}, w.names(w.MarketingLead))
	require.Equal(t, []string{"all"}, w.names(w.SalesLead))
	other, err := w.s.List(w.As(w.Marketer), "ideas")
	require.NoError(t, err)
	require.Empty(t, other, "each page has its own")
}

func TestAViewIsChangedByItsMakerAndTheLeadsOfTheirSide(t *testing.T) {
	t.Parallel()
	w := setup(t)
	v := w.save(w.Marketer, "ours", views.WithEverybody)
	in := views.Input{Name: "renamed", Query: "?type=deck&view=list", Shared: views.WithEverybody}
	for _, u := range []auth.User{w.Rep, w.SalesLead, w.Admin} {
		_, err := w.s.Update(w.As(u), v.ID, v.Rev, in)
		w.Code(errs.Forbidden, err)
		w.Code(errs.Forbidden, w.s.Delete(w.As(u), v.ID))
	}
	after, err := w.s.Update(w.As(w.MarketingLead), v.ID, v.Rev, in)
	require.NoError(t, err)
	require.Equal(t, "type=deck&view=list", after.Query)
	_, err = w.s.Update(w.As(w.Marketer), v.ID, v.Rev, in)
	w.Code(errs.Stale, err)
	in.Shared = views.WithNobody
	_, err = w.s.Update(w.As(w.MarketingLead), v.ID, after.Rev, in)
	w.Code(errs.Forbidden, err)
	_, err = w.s.Update(w.As(w.Marketer), v.ID, after.Rev, in)
	require.NoError(t, err)
	_, err = w.s.Update(w.As(w.MarketingLead), v.ID, after.Rev, in)
	w.Code(errs.NotFound, err)
	_, err = w.s.Update(w.As(w.Marketer), uuid.New(), 1, in)
	w.Code(errs.NotFound, err)
}

func TestOrderAndTheOneThatOpensAreEverybodysOwn(t *testing.T) {
	t.Parallel()
	w := setup(t)
	a, b, c := w.save(w.Marketer, "a", views.WithEverybody), w.save(w.Marketer, "b", views.WithEverybody), w.save(w.Marketer, "c", views.WithEverybody)
	hidden := w.save(w.Rep, "hidden", views.WithNobody)
	list, err := w.s.Arrange(w.As(w.Marketer), "drafts", []uuid.UUID{c.ID, hidden.ID, uuid.New(), a.ID, c.ID}, a.ID)
	require.NoError(t, err)
	require.Equal(t, []string{"c", "a", "b"}, w.names(w.Marketer), "what is not named stays behind, what is not theirs is passed over")
	require.True(t, list[1].Opens)
	require.False(t, list[0].Opens)
	require.Equal(t, []string{"a", "b", "c", "hidden"}, w.names(w.Rep))

	require.NoError(t, w.s.Delete(w.As(w.Marketer), a.ID))
	require.Equal(t, []string{"c", "b"}, w.names(w.Marketer))
	_, err = w.s.Restore(w.As(w.Marketer), a.ID)
	require.NoError(t, err)
	require.Equal(t, []string{"c", "a", "b"}, w.names(w.Marketer), "it is back where it was")
	list, err = w.s.List(w.As(w.Marketer), "drafts")
	require.NoError(t, err)
	require.True(t, list[1].Opens)
	require.NotEqual(t, uuid.Nil, b.ID)
}

func TestWhatAViewMayHold(t *testing.T) {
	t.Parallel()
	w := setup(t)
	for field, in := range map[string]views.Input{
		"body.name":   {Page: "drafts", Name: "  ", Query: "a=b", Shared: views.WithNobody},
		"body.query":  {Page: "drafts", Name: "x", Query: "?", Shared: views.WithNobody},
		"body.shared": {Page: "drafts", Name: "x", Query: "a=b", Shared: "world"},
		"body.page":   {Page: "settings", Name: "x", Query: "a=b", Shared: views.WithNobody},
	} {
		_, err := w.s.Create(w.As(w.Rep), in)
		var e *errs.Error
		require.ErrorAs(t, err, &e)
		require.Equal(t, field, e.Location)
	}
	for _, query := range []string{"a=b#c", "a=b c", "a=<script>", "a=\n", strings.Repeat("a", 2001), `a=\\evil`} {
		_, err := w.s.Create(w.As(w.Rep), views.Input{Page: "drafts", Name: "x", Query: query, Shared: views.WithNobody})
		w.Code(errs.Invalid, err, query)
	}
}

func TestFiftyViewsAreEnough(t *testing.T) {
	t.Parallel()
	w := setup(t)
	for range 48 {
		w.save(w.Rep, "x", views.WithNobody)
	}
	results := domaintest.Race(6, func(int) error {
		_, err := w.s.Create(w.As(w.Rep), views.Input{Page: "drafts", Name: "x", Query: "a=b", Shared: views.WithNobody})
		return err
	})
	require.Equal(t, 2, w.Won(results, errs.Conflict))
}

func TestDeletedViewsGoAfterAMonth(t *testing.T) {
	t.Parallel()
	w := setup(t)
	v, next := w.save(w.Rep, "old", views.WithNobody), w.save(w.Rep, "next", views.WithNobody)
	require.NoError(t, w.s.Delete(w.As(w.Rep), v.ID))
	w.Exec(`UPDATE views SET deleted_at = now() - interval '31 days' WHERE id = $1`, v.ID)
	require.NoError(t, w.s.Delete(w.As(w.Rep), next.ID))
	require.Equal(t, 1, w.Int(`SELECT count(*) FROM views`))
}
