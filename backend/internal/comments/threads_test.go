package comments_test

import (
	"context"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"byline/backend/internal/comments"
	"byline/backend/internal/domaintest"
	"byline/backend/internal/drafts"
	"byline/backend/internal/platform/errs"
)

// text is a draft of the marketer with the rep as a contributor, and a text at version 2.
func text(t *testing.T, w *domaintest.World, words string) comments.Object {
	t.Helper()
	d, err := w.Drafts.Create(w.As(w.Marketer), drafts.Input{Title: "Cold chain", ContentType: "blog_post", Contributors: []uuid.UUID{w.Rep.ID}})
	require.NoError(t, err)
	_, err = w.Drafts.SaveDocument(w.As(w.Marketer), d.ID, 1, domaintest.Text(words))
	require.NoError(t, err)
	return comments.Object{Type: "draft", ID: d.ID}
}

func start(t *testing.T, w *domaintest.World, o comments.Object) comments.Thread {
	t.Helper()
	th, err := w.Comments.Start(w.As(w.Rep), o, 1, 5, 2, "Which ones?", nil)
	require.NoError(t, err)
	return th
}

func TestOneThreadAndFiftyAreListedAndMovedWithTheSameNumberOfQueries(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	o := text(t, w, "Cold chains break.")
	version := int64(2)
	w.ConstantQueriesUpTo(w.As(w.SalesLead), 12, func(int) {
		_, err := w.Comments.Start(w.As(w.Rep), o, 1, 5, version, "Which ones?", nil)
		require.NoError(t, err)
	}, func(ctx context.Context) (int, error) {
		// so that there is something to move
		w.Exec(`UPDATE comment_threads SET anchor_version = 1, anchor_from = 0, anchor_to = 1, detached = true`)
		list, _, err := w.Comments.Threads(ctx, o, comments.Open)
		return len(list), err
	})
}

func TestOfManyWhoResolveAtOnceOneIsRecordedAndAnswersAreNotLost(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	o := text(t, w, "Cold chains break.")
	th := start(t, w, o)
	require.Empty(t, nonNil(domaintest.Race(12, func(int) error {
		_, err := w.Comments.SetResolved(w.As(w.Marketer), th.ID, true)
		return err
	})))
	require.Equal(t, 1, w.Int(`SELECT count(*) FROM activities WHERE verb = 'draft.thread_resolved'`))
	require.Empty(t, nonNil(domaintest.Race(16, func(i int) error {
		if i%4 == 0 {
			_, err := w.Comments.SetResolved(w.As(w.Rep), th.ID, true)
			return err
		}
		_, err := w.Comments.Reply(w.As(w.SalesLead), th.ID, "All.", nil)
		return err
	})))
	list, _, err := w.Comments.Threads(w.As(w.Rep), o, "")
	require.NoError(t, err)
	require.Len(t, list[0].Comments, 13)
	// every change of the state is in the record, in its order
	require.Equal(t, 0, w.Int(`SELECT count(*) FROM (SELECT verb, lag(verb) OVER (ORDER BY id) AS before FROM activities WHERE verb IN ('draft.thread_resolved', 'draft.thread_reopened')) x WHERE verb = before`))
}

func TestAnchorsMovedByManyAtOnceAreMovedOnce(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	o := text(t, w, "Cold chains break.")
	for range 10 {
		start(t, w, o)
	}
	_, err := w.Drafts.SaveDocument(w.As(w.Marketer), o.ID, 2, domaintest.Text("Very Cold chains break."))
	require.NoError(t, err)
	require.Equal(t, 10, w.Int(`SELECT count(*) FROM comment_threads WHERE anchor_version = 3 AND anchor_from = 6 AND anchor_to = 10`), "moved with the text")
	w.Exec(`UPDATE comment_threads SET anchor_version = 2, anchor_from = 1, anchor_to = 5`)
	require.Empty(t, nonNil(domaintest.Race(8, func(i int) error {
		if i%2 == 0 {
			return w.Comments.MoveAnchors(t.Context(), o)
		}
		_, _, err := w.Comments.Threads(w.As(w.Rep), o, "")
		return err
	})))
	require.Equal(t, 10, w.Int(`SELECT count(*) FROM comment_threads WHERE anchor_version = 3 AND anchor_from = 6 AND anchor_to = 10`))
}

func TestAThreadTakesFiveHundredComments(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	o := text(t, w, "Cold chains break.")
	th := start(t, w, o)
	w.Exec(`INSERT INTO comments (id, object_type, object_id, author_id, body, thread_id) SELECT gen_random_uuid(), 'draft', $1, $2, 'x', $3 FROM generate_series(1, 498)`, o.ID, w.Rep.ID, th.ID)
	_, err := w.Comments.Reply(w.As(w.Rep), th.ID, "The last.", nil)
	require.NoError(t, err)
	_, err = w.Comments.Reply(w.As(w.Rep), th.ID, "One more.", nil)
	w.Code(errs.Conflict, err)
}

func TestADraftCountsWhatItsDiscussionShows(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	o := text(t, w, "Cold chains break.")
	start(t, w, o)
	_, err := w.Comments.Add(w.As(w.Rep), o, "Well done.", nil)
	require.NoError(t, err)
	d, err := w.Drafts.Get(w.As(w.Rep), o.ID)
	require.NoError(t, err)
	require.Equal(t, 1, d.Comments)
	list, err := w.Comments.List(w.As(w.Rep), o, uuid.Nil, 10)
	require.NoError(t, err)
	require.Len(t, list, 1)
}

func nonNil(list []error) (out []error) {
	for _, err := range list {
		if err != nil {
			out = append(out, err)
		}
	}
	return out
}
