package library_test

import (
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"byline/backend/internal/comments"
	"byline/backend/internal/domaintest"
	"byline/backend/internal/library"
	"byline/backend/internal/platform/errs"
)

func TestWhatChangedIsSaidAndCorrectedLater(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	id := w.Resource("Price list")
	ctx := w.As(w.Marketer)
	require.NoError(t, w.Library.Attach(ctx, w.File(w.Marketer), comments.Object{Type: "resource", ID: id}, 0, ""))
	next := w.File(w.Marketer)
	_, err := w.Library.ReplaceFile(ctx, id, next, uuid.Nil, strings.Repeat("ü", 501))
	var refused *errs.Error
	require.ErrorAs(t, err, &refused)
	require.Equal(t, "body.note", refused.Location)
	_, err = w.Library.ReplaceFile(ctx, id, next, uuid.Nil, strings.Repeat("ü", 500))
	require.NoError(t, err)
	version := func(number int) library.Version {
		list, err := w.Library.Versions(w.As(w.Rep), id)
		require.NoError(t, err)
		return list[len(list)-number]
	}
	require.Equal(t, strings.Repeat("ü", 500), version(2).Note)

	v, err := w.Library.SayWhatChanged(ctx, id, 2, version(2).Rev, " Prices of 2032. ")
	require.NoError(t, err)
	require.Equal(t, "Prices of 2032.", v.Note)
	_, err = w.Library.SayWhatChanged(ctx, id, 2, 1, "Mine")
	w.Code(errs.Stale, err, "said in another tab meanwhile")
	_, err = w.Library.SayWhatChanged(w.As(w.Rep), id, 2, v.Rev, "Mine")
	w.Code(errs.Forbidden, err)
	_, err = w.Library.SayWhatChanged(ctx, id, 3, 1, "None")
	w.Code(errs.NotFound, err)
	won := w.Won(domaintest.Race(2, func(i int) error {
		_, err := w.Library.SayWhatChanged(ctx, id, 2, v.Rev, strings.Repeat("x", i+1))
		return err
	}), errs.Stale)
	require.Equal(t, 1, won)

	// a version that nobody wrote down can be spoken of too
	plain := w.Resource("Plain")
	_, err = w.Library.SayWhatChanged(ctx, plain, 1, 1, "First.")
	require.NoError(t, err)
	_, err = w.Library.SayWhatChanged(ctx, plain, 1, 2, "First.")
	require.NoError(t, err, "the same again is no change")
	_, err = w.Library.SayWhatChanged(ctx, plain, 1, 2, "  ")
	require.NoError(t, err)
	require.Equal(t, 1, w.Int(`SELECT count(*) FROM activities WHERE object_id = $1 AND verb = 'resource.version_noted' AND data->>'reason' = 'First.'`, plain))
	require.Equal(t, 1, w.Int(`SELECT count(*) FROM activities WHERE object_id = $1 AND verb = 'resource.version_note_removed'`, plain))

	// the keeper may, and what is out of sight is not there
	w.Exec(`UPDATE resources SET owner_id = $2 WHERE id = $1`, id, w.Rep.ID)
	_, err = w.Library.SayWhatChanged(w.As(w.Rep), id, 2, version(2).Rev, "Of its owner")
	require.NoError(t, err)
	w.Exec(`UPDATE resources SET state = 'archived' WHERE id = $1`, id)
	_, err = w.Library.SayWhatChanged(w.As(w.Rep), id, 2, 4, "Gone")
	w.Code(errs.NotFound, err)
}

func TestAVersionThatComesBackSaysWhatWasSaidOfIt(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	id := w.Resource("Price list")
	ctx := w.As(w.Marketer)
	said := strings.Repeat("word ", 99) + "last"
	for _, note := range []string{said, ""} {
		_, err := w.Library.ReplaceFile(ctx, id, w.File(w.Marketer), uuid.Nil, note)
		require.NoError(t, err)
	}
	restore := func(number int) string {
		now, err := w.Library.Resource(ctx, id)
		require.NoError(t, err)
		_, err = w.Library.RestoreVersion(ctx, id, number, now.Rev)
		require.NoError(t, err)
		list, err := w.Library.Versions(ctx, id)
		require.NoError(t, err)
		return list[0].Note
	}
	note := restore(2)
	require.True(t, strings.HasPrefix(note, "Brought back from version 2: “word word"), note)
	require.Len(t, []rune(note), 500)
	require.Equal(t, "Brought back from version 3", restore(3))
	require.Equal(t, "Brought back from version 4", restore(4), "nothing is quoted in quotes")
}
