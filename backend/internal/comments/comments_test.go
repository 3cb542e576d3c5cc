package comments_test

import (
	"context"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"byline/backend/internal/comments"
	"byline/backend/internal/domaintest"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/errs"
)

func idea() comments.Object { return comments.Object{Type: "idea", ID: db.NewID()} }

func follows(t *testing.T, w *domaintest.World, u auth.User, o comments.Object) bool {
	t.Helper()
	yes, err := w.Comments.Follows(w.As(u), o)
	require.NoError(t, err)
	return yes
}

func TestACommentHasOneToTenThousandCharacters(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	o := idea()
	for _, body := range []string{"", " \n\t ", strings.Repeat("ä", 10_001)} {
		_, err := w.Comments.Add(w.As(w.Rep), o, body, nil)
		w.Code(errs.Invalid, err)
	}
	c, err := w.Comments.Add(w.As(w.Rep), o, " "+strings.Repeat("ä", 10_000)+" ", nil)
	require.NoError(t, err)
	_, err = w.Comments.Edit(w.As(w.Rep), c.ID, c.Rev, " ")
	w.Code(errs.Invalid, err)
	_, err = w.Comments.Add(w.As(w.Rep), o, "x", make([]uuid.UUID, 51))
	w.Code(errs.Invalid, err)
	_, err = w.Comments.Add(w.As(w.Rep), comments.Object{Type: "user", ID: o.ID}, "x", nil)
	w.Code(errs.Invalid, err)
}

func TestOnlyItsAuthorEditsDeletesAndRestoresAComment(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	o := idea()
	c, err := w.Comments.Add(w.As(w.Rep), o, "First", nil)
	require.NoError(t, err)
	for _, u := range []auth.User{w.Colleague, w.SalesLead, w.Marketer, w.MarketingLead, w.Admin} {
		_, err := w.Comments.Edit(w.As(u), c.ID, c.Rev, "x")
		w.Code(errs.Forbidden, err, u.Name)
		w.Code(errs.Forbidden, w.Comments.Delete(w.As(u), c.ID, false), u.Name)
		w.Code(errs.Forbidden, w.Comments.Delete(w.As(u), c.ID, true), u.Name)
	}
	_, err = w.Comments.Edit(w.As(w.Rep), db.NewID(), 1, "x")
	w.Code(errs.NotFound, err)
	edited, err := w.Comments.Edit(w.As(w.Rep), c.ID, c.Rev, "Second")
	require.NoError(t, err)
	require.Equal(t, "Second", edited.Body)
	require.NotNil(t, edited.EditedAt)
	_, err = w.Comments.Edit(w.As(w.Rep), c.ID, c.Rev, "Third")
	var stale *errs.Error
	require.ErrorAs(t, err, &stale)
	require.Equal(t, errs.Stale, stale.Code)
	require.Equal(t, edited.Rev, stale.Rev)
}

func TestADeletedCommentIsGoneUntilItIsRestored(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	o := idea()
	c, err := w.Comments.Add(w.As(w.Rep), o, "First", nil)
	require.NoError(t, err)
	for range 2 {
		require.NoError(t, w.Comments.Delete(w.As(w.Rep), c.ID, false))
	}
	_, err = w.Comments.Get(w.As(w.Rep), c.ID)
	w.Code(errs.NotFound, err)
	_, err = w.Comments.Edit(w.As(w.Rep), c.ID, c.Rev, "x")
	w.Code(errs.NotFound, err)
	list, err := w.Comments.List(w.As(w.Rep), o, uuid.Nil, 10)
	require.NoError(t, err)
	require.Empty(t, list)
	for range 2 {
		require.NoError(t, w.Comments.Delete(w.As(w.Rep), c.ID, true))
	}
	got, err := w.Comments.Get(w.As(w.Rep), c.ID)
	require.NoError(t, err)
	require.Equal(t, "First", got.Body)
}

func TestOfTwentyEditsAtOnceOneWinsAndTheOthersHearOfIt(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	c, err := w.Comments.Add(w.As(w.Rep), idea(), "First", nil)
	require.NoError(t, err)
	results := domaintest.Race(20, func(int) error {
		_, err := w.Comments.Edit(w.As(w.Rep), c.ID, c.Rev, "Second")
		return err
	})
	require.Equal(t, 1, w.Won(results, errs.Stale))
}

func TestWhoCommentsOrIsMentionedFollowsUnlessTheyStoppedByHand(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	o := idea()
	require.NoError(t, w.Comments.Follow(w.As(w.Stranger), o, true))
	require.NoError(t, w.Comments.Follow(w.As(w.Stranger), o, false))
	mentions := append(make([]uuid.UUID, 0, 8), w.Colleague.ID, w.Stranger.ID, db.NewID())
	_, err := w.Comments.Add(w.As(w.Rep), o, "Look", mentions)
	require.NoError(t, err)
	require.Equal(t, uuid.Nil, mentions[:4][3]) // the caller's list is not written to
	require.True(t, follows(t, w, w.Rep, o))
	require.True(t, follows(t, w, w.Colleague, o))
	require.False(t, follows(t, w, w.Stranger, o))
	require.NoError(t, w.Comments.AutoFollow(w.As(w.Rep), o, w.Stranger.ID))
	require.False(t, follows(t, w, w.Stranger, o))
	other := idea()
	require.NoError(t, w.Comments.MoveFollows(w.As(w.Rep), o, other))
	require.True(t, follows(t, w, w.Colleague, other))
	require.False(t, follows(t, w, w.Stranger, other))
	require.NoError(t, w.Comments.Follow(w.As(w.Stranger), o, true)) // by hand again
	require.True(t, follows(t, w, w.Stranger, o))
}

func TestCommentsAreListedOldestFirstWithTheSameNumberOfQueriesForOneAndForFifty(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	o := idea()
	w.ConstantQueries(w.As(w.Rep), func(int) {
		_, err := w.Comments.Add(w.As(w.Rep), o, "x", nil)
		require.NoError(t, err)
	}, func(ctx context.Context) (int, error) {
		list, err := w.Comments.List(ctx, o, uuid.Nil, 100)
		return len(list), err
	})
	first, err := w.Comments.List(w.As(w.Rep), o, uuid.Nil, 30)
	require.NoError(t, err)
	rest, err := w.Comments.List(w.As(w.Rep), o, first[29].ID, 30)
	require.NoError(t, err)
	require.Len(t, rest, 20)
	require.True(t, first[29].CreatedAt.Before(rest[0].CreatedAt))
	w.ConstantQueries(w.As(w.Rep), func(n int) {
		if n == 0 {
			o = idea()
		}
		_, err := w.Comments.Add(w.As(w.Rep), o, "x", nil)
		require.NoError(t, err)
	}, func(ctx context.Context) (int, error) {
		items, err := w.Log.Timeline(ctx, o.Type, o.ID, uuid.Nil, 100)
		return len(items), err
	})
}
