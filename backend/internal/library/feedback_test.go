package library_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"byline/backend/internal/domaintest"
	"byline/backend/internal/library"
	"byline/backend/internal/platform/errs"
)

func ptr[T any](v T) *T { return &v }

func TestWhatIsWrongGoesToTheKeeperIsAnsweredAndShown(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	id := w.Resource("Price list")
	w.Exec(`UPDATE resources SET owner_id = $2 WHERE id = $1`, id, w.Colleague.ID)
	f, err := w.Library.GiveFeedback(w.As(w.Rep), library.Feedback{ResourceID: id, Kind: library.Wrong, Body: " Wrong price ", Page: ptr(4)})
	require.NoError(t, err)
	require.Equal(t, "Wrong price", f.Body)
	require.True(t, f.Open)
	w.Deliver(2)
	require.Equal(t, []string{"resource.feedback_wrong"}, toldOf(w, w.Colleague, id))
	open, err := w.Library.OpenFeedback(w.As(w.Colleague), true)
	require.NoError(t, err)
	require.Len(t, open, 1)
	for u, want := range map[string]int{"rep": 0, "marketer": 1} {
		by := map[string]func() ([]library.Feedback, error){
			"rep":      func() ([]library.Feedback, error) { return w.Library.OpenFeedback(w.As(w.Rep), true) },
			"marketer": func() ([]library.Feedback, error) { return w.Library.OpenFeedback(w.As(w.Marketer), true) }}
		list, err := by[u]()
		require.NoError(t, err)
		require.Len(t, list, want, u)
	}
	_, err = w.Library.AnswerFeedback(w.As(w.Rep), f.ID, "I say so", true)
	w.Code(errs.Forbidden, err)
	// of two who answer at once the second does not overwrite what they have not read
	first := func(int) error {
		_, err := w.Library.AnswerFeedback(w.As(w.Colleague), f.ID, "Corrected.", false)
		return err
	}
	require.Equal(t, 1, w.Won(domaintest.Race(3, first), errs.Conflict))
	_, err = w.Library.AnswerFeedback(w.As(w.Colleague), f.ID, "Corrected, thank you.", true)
	require.NoError(t, err)
	w.Deliver(2)
	require.Equal(t, []string{"resource.feedback_answered", "resource.feedback_answered"}, toldOf(w, w.Rep, id))
	list, sum, err := w.Library.FeedbackOn(w.As(w.Stranger), id)
	require.NoError(t, err)
	require.Equal(t, "Corrected, thank you.", list[0].Answer)
	require.Equal(t, w.Colleague.ID, list[0].AnsweredBy.ID)
	require.Zero(t, sum.Open)
	open, err = w.Library.OpenFeedback(w.As(w.Colleague), false)
	require.NoError(t, err)
	require.Empty(t, open)
	// what one does not see any more, one does not hear about, answer or take back
	w.Exec(`UPDATE resources SET state = 'archived' WHERE id = $1`, id)
	_, _, err = w.Library.FeedbackOn(w.As(w.Rep), id)
	w.Code(errs.NotFound, err)
	_, err = w.Library.AnswerFeedback(w.As(w.Colleague), f.ID, "More", true)
	w.Code(errs.NotFound, err)
	w.Code(errs.NotFound, w.Library.RemoveFeedback(w.As(w.Rep), f.ID))
	_, err = w.Library.GiveFeedback(w.As(w.Rep), library.Feedback{ResourceID: id, Kind: library.Used, Body: "Liked it"})
	w.Code(errs.NotFound, err)
}

func TestOneRatingOfEachPersonAndNothingThatMakesNoSense(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	id := w.Resource("Price list")
	rate := func(n int) error {
		_, err := w.Library.GiveFeedback(w.As(w.Rep), library.Feedback{ResourceID: id, Kind: library.Rating, Rating: ptr(n)})
		return err
	}
	for _, err := range domaintest.Race(4, func(int) error { return rate(2) }) {
		require.NoError(t, err)
	}
	require.NoError(t, rate(5))
	_, err := w.Library.GiveFeedback(w.As(w.Stranger), library.Feedback{ResourceID: id, Kind: library.Rating, Rating: ptr(4)})
	require.NoError(t, err)
	list, sum, err := w.Library.FeedbackOn(w.As(w.Rep), id)
	require.NoError(t, err)
	require.Empty(t, list)
	require.True(t, sum.MineID.Valid)
	mine := sum.MineID.UUID
	require.Equal(t, library.FeedbackSum{Ratings: 2, Average: 4.5, Mine: ptr(5), MineID: sum.MineID}, sum)
	sums := func() (n, all int) {
		require.NoError(t, w.DB.PG(t.Context()).QueryRow(t.Context(), `SELECT ratings, rating_sum FROM resources WHERE id = $1`, id).Scan(&n, &all))
		return n, all
	}
	n, all := sums()
	require.Equal(t, []int{2, 9}, []int{n, all})
	w.Code(errs.Forbidden, w.Library.RemoveFeedback(w.As(w.Stranger), mine))
	require.NoError(t, w.Library.RemoveFeedback(w.As(w.Rep), mine))
	n, all = sums()
	require.Equal(t, []int{1, 4}, []int{n, all})
	require.Empty(t, toldOf(w, w.Marketer, id), "nobody is told of a rating")
	for _, bad := range []library.Feedback{{Kind: "praise", Body: "x"}, {Kind: library.Wrong, Body: "  "}, {Kind: library.Rating}, {Kind: library.Rating, Rating: ptr(6)}, {Kind: library.Used, Body: "x", Page: ptr(2)},
		{Kind: library.Wrong, Body: "x", Page: ptr(0)}, {Kind: library.Wrong, Body: "x", Rating: ptr(2)}, {Kind: library.Used, Body: strings.Repeat("x", 2001)}} {
		bad.ResourceID = id
		_, err := w.Library.GiveFeedback(w.As(w.Rep), bad)
		w.Code(errs.Invalid, err)
	}
	used := func(int) error {
		_, err := w.Library.GiveFeedback(w.As(w.Rep), library.Feedback{ResourceID: id, Kind: library.Used, Body: "The buyer asked for a pilot."})
		return err
	}
	require.Equal(t, 20, w.Won(domaintest.Race(24, used), errs.Conflict))
	list, _, err = w.Library.FeedbackOn(w.As(w.Rep), id)
	require.NoError(t, err)
	require.Len(t, list, 20)
	w.Code(errs.Forbidden, w.Library.RemoveFeedback(w.As(w.Marketer), list[0].ID))
	require.NoError(t, w.Library.RemoveFeedback(w.As(w.Rep), list[0].ID))
	w.Code(errs.NotFound, w.Library.RemoveFeedback(w.As(w.Rep), list[0].ID))
}
