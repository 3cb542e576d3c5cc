package httpapi_test

import (
	"net/http"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"byline/backend/internal/httpapi"
	"byline/backend/internal/library"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/search"
)

func TestTheLibraryIsNarrowedCountedAndPaged(t *testing.T) {
	t.Parallel()
	a := newAPI(t)
	rep, tom := a.rep("Jonas"), a.marketer("Tom")
	ctx := auth.With(t.Context(), auth.User{ID: tom.ID, Side: tom.Side})
	for _, r := range []library.Imported{
		{SourceID: "1", Title: "Pump guide", ContentType: "guide", Lang: "en", Taxonomy: library.Taxonomy{Stages: []string{"decision"}}},
		{SourceID: "2", Title: "Pump deck", ContentType: "deck", Lang: "en", Taxonomy: library.Taxonomy{Stages: []string{"awareness"}}},
		{SourceID: "3", Title: "Valve deck", ContentType: "deck", Lang: "de"},
	} {
		id, _, err := a.Library.Import(ctx, r)
		require.NoError(t, err)
		require.NoError(t, a.Search.Work(ctx, []search.Index{{Thing: "resource", ID: id}}))
	}
	titles := func(query string) (found []string) {
		for cursor := ""; ; {
			var l httpapi.List[httpapi.Resource]
			rep.get("/resources?limit=1" + query + "&cursor=" + cursor).is(http.StatusOK).into(&l)
			for _, r := range l.Items {
				found = append(found, r.Title)
			}
			if cursor = l.NextCursor; cursor == "" {
				return found
			}
		}
	}
	require.Equal(t, []string{"Valve deck", "Pump deck", "Pump guide"}, titles(""))
	require.Equal(t, []string{"Valve deck", "Pump deck"}, titles("&content_type=deck"))
	require.Equal(t, []string{"Pump deck", "Pump guide"}, titles("&stage=decision&stage=awareness"))
	require.ElementsMatch(t, []string{"Pump deck", "Pump guide"}, titles("&q=pump"))
	require.Equal(t, []string{"Pump deck"}, titles("&q=pump&content_type=deck&sort=title"))
	require.Equal(t, []string{"Valve deck"}, titles("&q=valvve")) // misspelt
	require.Empty(t, titles("&q=nothing"))
	var hit httpapi.List[httpapi.Resource]
	rep.get("/resources?q=valve").is(http.StatusOK).into(&hit)
	require.NotNil(t, hit.Items[0].Match)

	var counts httpapi.List[httpapi.FacetCount]
	rep.get("/resources/counts?q=pump&content_type=deck").is(http.StatusOK).into(&counts)
	require.Contains(t, counts.Items, httpapi.FacetCount{Facet: "content_type", Value: "guide", Count: 1})
	require.Contains(t, counts.Items, httpapi.FacetCount{Facet: "tab", Value: "all", Count: 1})
	require.NotContains(t, counts.Items, httpapi.FacetCount{Facet: "stage", Value: "decision", Count: 1})

	require.Equal(t, "query.tab", rep.get("/resources?tab=mine").is(http.StatusUnprocessableEntity).problem().Errors[0].Location)
	a.anonymous().get("/resources/counts").is(http.StatusUnauthorized)

	var origins httpapi.List[httpapi.Origin]
	var list httpapi.List[httpapi.Resource]
	rep.get("/resources").into(&list)
	rep.get("/resources/" + list.Items[0].ID.String() + "/origins").is(http.StatusOK).into(&origins)
	require.Empty(t, origins.Items)
	rep.get("/resources/" + uuid.NewString() + "/origins").is(http.StatusNotFound)
	rep.post("/resources/"+list.Items[0].ID.String()+"/verify", map[string]any{"days": 90}).is(http.StatusForbidden)
	tom.post("/resources/"+list.Items[0].ID.String()+"/verify", map[string]any{"days": 90}).is(http.StatusOK)
}
