package library_test

import (
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"byline/backend/internal/comments"
	"byline/backend/internal/domaintest"
	"byline/backend/internal/library"
	"byline/backend/internal/platform/errs"
)

func own(id uuid.UUID) library.Cover {
	return library.Cover{Asset: uuid.NullUUID{UUID: id, Valid: true}}
}

func TestAResourceHasAPictureOfItsOwnWhichOnlyItsReadersSee(t *testing.T) {
	t.Parallel()
	w := domaintest.NewWithStorage(t)
	id := w.Resource("Price list")
	w.Exec(`UPDATE resources SET shareable = true WHERE id = $1`, id)
	ctx := w.As(w.Marketer)
	require.NoError(t, w.Library.Attach(ctx, upload(t, w, w.Marketer, "prices.csv", []byte("a,b\n1,2\n")).ID, comments.Object{Type: "resource", ID: id}, 0, ""))
	cover := upload(t, w, w.Marketer, "cover.png", picture(t))
	get := func() library.Resource {
		r, err := w.Library.Resource(w.As(w.Rep), id)
		require.NoError(t, err)
		return r
	}
	require.False(t, get().Picture.Asset.Valid)
	_, err := w.Library.PreviewURL(w.As(w.Rep), cover.ID)
	w.Code(errs.NotFound, err, "still the marketer's own")

	_, err = w.Library.SetCover(w.As(w.Rep), id, get().Rev, own(cover.ID))
	w.Code(errs.Forbidden, err)
	for _, c := range []library.Cover{
		own(upload(t, w, w.Marketer, "cover.png", []byte("%PDF-1.4 no picture")).ID),
		own(upload(t, w, w.Marketer, "cover.gif", []byte("GIF89a")).ID),
		own(upload(t, w, w.Stranger, "theirs.png", picture(t)).ID),
		own(uuid.New()),
		{Asset: own(cover.ID).Asset, Page: 1},
	} {
		_, err = w.Library.SetCover(ctx, id, get().Rev, c)
		var refused *errs.Error
		require.ErrorAs(t, err, &refused)
		require.Equal(t, "body.asset_id", refused.Location)
	}
	w.Exec(`UPDATE assets SET size = $2 WHERE id = $1`, cover.ID, library.MaxCover+1)
	_, err = w.Library.SetCover(ctx, id, get().Rev, own(cover.ID))
	require.ErrorContains(t, err, "at most 20 MB")
	w.Exec(`UPDATE assets SET size = 100 WHERE id = $1`, cover.ID)

	// two tabs
	other, rev := upload(t, w, w.Marketer, "other.png", picture(t)), get().Rev
	won := w.Won(domaintest.Race(2, func(i int) error {
		_, err := w.Library.SetCover(ctx, id, rev, own([]uuid.UUID{cover.ID, other.ID}[i]))
		return err
	}), errs.Stale)
	require.Equal(t, 1, won)
	_, err = w.Library.SetCover(ctx, id, get().Rev, own(cover.ID))
	require.NoError(t, err)
	require.Equal(t, own(cover.ID), get().Picture)
	url, err := w.Library.PreviewURL(w.As(w.Rep), cover.ID)
	require.NoError(t, err)
	status, _ := fetched(t, url)
	require.Equal(t, 200, status)
	// what was uploaded stays with whoever did, and nothing of it leaves the house
	_, err = w.Library.DownloadURL(w.As(w.Rep), cover.ID, true)
	w.Code(errs.NotFound, err)
	_, err = w.Library.Asset(w.As(w.Rep), cover.ID)
	w.Code(errs.NotFound, err)
	outside, err := w.Library.Outside(t.Context(), []uuid.UUID{id}, time.Now())
	require.NoError(t, err)
	for _, a := range append(outside[0].Files, outside[0].InText...) {
		require.NotEqual(t, cover.ID, a.ID)
	}
	// in collections too
	shown, err := w.Library.Shown(w.As(w.Rep), []uuid.UUID{id})
	require.NoError(t, err)
	require.Equal(t, own(cover.ID), shown[id].Cover)
	first, err := w.Library.FirstPictures(w.As(w.Rep), []library.ResourceFilter{{}}, 3)
	require.NoError(t, err)
	require.Equal(t, []library.Cover{own(cover.ID)}, first[0])

	// taken off and put back by somebody else, whose picture it is not
	_, err = w.Library.SetCover(ctx, id, get().Rev, library.Cover{})
	require.NoError(t, err)
	_, err = w.Library.PreviewURL(w.As(w.Rep), cover.ID)
	w.Code(errs.NotFound, err)
	_, err = w.Library.SetCover(w.As(w.MarketingLead), id, get().Rev, own(cover.ID))
	require.NoError(t, err)
	w.Exec(`UPDATE resources SET expires_at = now() - interval '1 second' WHERE id = $1`, id)
	_, err = w.Library.PreviewURL(w.As(w.Rep), cover.ID)
	w.Code(errs.NotFound, err, "over with the resource")
}

func TestAPageOfAFileIsThePictureAsLongAsTheFileIsThere(t *testing.T) {
	t.Parallel()
	w := domaintest.NewWithStorage(t)
	id, old, next := replaced(t, w)
	ctx := w.As(w.Marketer)
	get := func() library.Resource {
		r, err := w.Library.Resource(ctx, id)
		require.NoError(t, err)
		return r
	}
	page := func(asset uuid.UUID, n int) library.Cover {
		return library.Cover{Asset: uuid.NullUUID{UUID: asset, Valid: true}, Page: n}
	}
	for location, c := range map[string]library.Cover{"body.asset_id": page(old.ID, 1), "body.page": page(next.ID, 9)} {
		_, err := w.Library.SetCover(ctx, id, get().Rev, c)
		var refused *errs.Error
		require.ErrorAs(t, err, &refused)
		require.Equal(t, location, refused.Location)
	}
	_, err := w.Library.SetCover(ctx, id, get().Rev, page(next.ID, 3))
	require.NoError(t, err)
	require.Equal(t, page(next.ID, 3), get().Picture)
	require.Equal(t, next.ID, get().FilePicture.UUID)
	_, err = w.Library.RestoreVersion(ctx, id, 1, get().Rev)
	require.NoError(t, err)
	require.False(t, get().Chosen, "the page went with its file")
	require.Equal(t, old.ID, get().Picture.Asset.UUID)
}
