package transfer_test

import (
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"byline/backend/internal/domaintest"
	"byline/backend/internal/library"
)

func TestThePictureOfAResourceComesAlong(t *testing.T) {
	t.Parallel()
	from, to := domaintest.NewWithStorage(t), domaintest.NewWithStorage(t)
	id, plain := from.Resource("Prices"), from.Resource("Plain")
	cover := file(t, from, from.Marketer, "cover.png", picture(t, 40))
	ctx := from.As(from.Marketer)
	now, err := from.Library.Resource(ctx, id)
	require.NoError(t, err)
	_, err = from.Library.SetCover(ctx, id, now.Rev, library.Cover{Asset: uuid.NullUUID{UUID: cover.ID, Valid: true}})
	require.NoError(t, err)

	restore(t, to, export(t, from))
	rows, err := to.DB.Pool().Query(t.Context(), `SELECT cover_asset_id FROM resources WHERE id = $1`, id)
	require.NoError(t, err)
	var here uuid.UUID
	require.True(t, rows.Next())
	require.NoError(t, rows.Scan(&here))
	rows.Close()
	require.NoError(t, to.Library.Process(t.Context(), library.ProcessAsset{AssetID: here}))
	r, err := to.Library.Resource(to.As(to.Rep), id)
	require.NoError(t, err)
	require.True(t, r.Chosen)
	_, err = to.Library.PreviewURL(to.As(to.Rep), r.Picture.Asset.UUID)
	require.NoError(t, err)
	r, err = to.Library.Resource(to.As(to.Rep), plain)
	require.NoError(t, err)
	require.False(t, r.Chosen)

}
