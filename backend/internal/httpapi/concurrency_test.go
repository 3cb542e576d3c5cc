package httpapi_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"byline/backend/internal/httpapi"
)

func TestAWriteOnAnOldRevisionIsRefusedAndShowsTheCurrentOne(t *testing.T) {
	t.Parallel()
	a := newAPI(t)
	nora := a.rep("Nora")
	var idea httpapi.Idea
	nora.post("/ideas", map[string]any{"title": "Battery life"}).is(http.StatusCreated).into(&idea)
	path := "/ideas/" + idea.ID.String()
	nora.put(path, idea.Rev, map[string]any{"title": "Battery life of loggers"}).is(http.StatusOK)
	nora.put(path, idea.Rev, map[string]any{"title": "Batteries"}).is(http.StatusPreconditionFailed)
	nora.put(path, 0, map[string]any{"title": "Batteries"}).is(http.StatusUnprocessableEntity)
	nora.get(path).is(http.StatusOK).into(&idea)
	require.Equal(t, "Battery life of loggers", idea.Title)
}

func TestAVoteGivenOrTakenTwiceCountsOnce(t *testing.T) {
	t.Parallel()
	a := newAPI(t)
	nora, kim := a.rep("Nora"), a.rep("Kim")
	var idea httpapi.Idea
	nora.post("/ideas", map[string]any{"title": "Battery life"}).is(http.StatusCreated).into(&idea)
	path := "/ideas/" + idea.ID.String() + "/vote"
	var votes httpapi.Votes
	for range 2 {
		kim.put(path, 0, nil).is(http.StatusOK).into(&votes)
		require.Equal(t, 2, votes.Votes)
	}
	for range 2 {
		kim.delete(path).is(http.StatusOK).into(&votes)
		require.Equal(t, 1, votes.Votes)
	}
}
