package shares_test

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"io"
	"net/http"
	"sync"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"byline/backend/internal/domaintest"
	"byline/backend/internal/platform/errs"
	"byline/backend/internal/shares"
)

// drawn gives a file of a resource two pages with pictures, as the worker leaves them, and a preview.
func drawn(t *testing.T, w *domaintest.World, resource uuid.UUID) (id uuid.UUID, page []byte) {
	t.Helper()
	id = file(w, resource, 2)
	img := image.NewRGBA(image.Rect(0, 0, 800, 600))
	draw.Draw(img, img.Rect, image.NewUniform(color.RGBA{R: 200, G: 210, B: 220, A: 255}), image.Point{}, draw.Src)
	var b bytes.Buffer
	require.NoError(t, jpeg.Encode(&b, img, nil))
	require.NoError(t, w.Blobs.Put(t.Context(), "p", "image/jpeg", bytes.NewReader(b.Bytes())))
	for n := 1; n <= 2; n++ {
		for _, width := range []int{240, 800, 1600} {
			require.NoError(t, w.Blobs.Put(t.Context(), fmt.Sprintf("pages/%s/%d-%d.jpg", id, n, width), "image/jpeg", bytes.NewReader(b.Bytes())))
		}
		w.Exec(`INSERT INTO asset_pictures (asset_id, page, width, height, lines) VALUES ($1, $2, 800, 600, '[{"x": 1, "y": 2, "w": 3, "h": 4, "t": "Pump"}]')`, id, n)
	}
	w.Exec(`UPDATE assets SET look = 'ready', state = 'ready' WHERE id = $1`, id)
	return id, b.Bytes()
}

func got(t *testing.T, address string) []byte {
	t.Helper()
	res, err := http.Get(address) //nolint:noctx,gosec // a test
	require.NoError(t, err)
	defer func() { _ = res.Body.Close() }()
	require.Equal(t, http.StatusOK, res.StatusCode)
	b, err := io.ReadAll(res.Body)
	require.NoError(t, err)
	return b
}

func TestPagesThatMayBeKeptComeFromTheStorage(t *testing.T) {
	t.Parallel()
	w := domaintest.NewWithStorage(t)
	id := shareable(t, w, "Pump guide")
	asset, page := drawn(t, w, id)
	_, token := share(t, w, w.Rep, func(in *shares.Input) { in.Resources = []uuid.UUID{id} })
	for n := range 3 { // 0 is the preview
		p, err := w.Shares.Picture(t.Context(), token, person("a"), shares.Wanted{Asset: asset, Page: n, Width: 800})
		require.NoError(t, err)
		require.Nil(t, p.JPEG)
		require.Equal(t, page, got(t, p.Address))
	}
	_, err := w.Shares.Picture(t.Context(), token, person("a"), shares.Wanted{Asset: asset, Page: 3, Width: 800})
	w.Code(errs.NotFound, err)
	lines, err := w.Shares.Words(t.Context(), token, person("a"), asset, 2)
	require.NoError(t, err)
	require.Equal(t, "Pump", lines[0].Text)
	w.Exec(`UPDATE resources SET state = 'archived' WHERE id = $1`, id)
	_, err = w.Shares.Words(t.Context(), token, person("a"), asset, 2)
	w.Code(errs.NotFound, err)
}

// Whichever of the two says so: the share, or marketing for the resource.
func TestWhatMayNotBeKeptIsNeverSeenWithoutTheNameOnIt(t *testing.T) {
	t.Parallel()
	w := domaintest.NewWithStorage(t)
	for name, keep := range map[string]bool{"by the share": false, "by the resource": true} {
		id := shareable(t, w, "Pump guide "+name)
		asset, page := drawn(t, w, id)
		w.Exec(`UPDATE resources SET download_outside = $2 WHERE id = $1`, id, !keep)
		x, token := share(t, w, w.Rep, func(in *shares.Input) { in.Resources, in.Downloads = []uuid.UUID{id}, keep })
		for _, how := range []shares.How{shares.Keep, shares.Preview, shares.InPlace} {
			_, err := w.Shares.File(t.Context(), token, person("a"), asset, how)
			w.Code(errs.NotFound, err, name)
		}
		view, err := w.Shares.Open(t.Context(), token, person("a"))
		require.NoError(t, err)
		want := func(page int) shares.Wanted {
			return shares.Wanted{Asset: asset, Page: page, Width: 800, Seal: w.Shares.Seal(view, asset, page)}
		}
		for n := range 3 {
			p, err := w.Shares.Picture(t.Context(), token, person("a"), want(n))
			require.NoError(t, err)
			require.Empty(t, p.Address, "no address in the storage")
			require.NotEqual(t, page, p.JPEG)
			_, err = jpeg.Decode(bytes.NewReader(p.JPEG))
			require.NoError(t, err)
		}
		bad := map[string]shares.Wanted{"no seal": {Asset: asset, Page: 1, Width: 800}, "the seal of another page": want(2), "nonsense": want(1), "a later end": want(1), "an empty end": want(1)}
		for what, x := range bad {
			x.Page = 1
			switch what {
			case "nonsense":
				x.Seal = "zzzz.AAAA"
			case "a later end":
				x.Seal = "zzzzzz" + x.Seal[6:]
			case "an empty end":
				x.Seal = x.Seal[6:]
			}
			_, err := w.Shares.Picture(t.Context(), token, person("a"), x)
			w.Code(errs.NotFound, err, what)
		}
		_, err = w.Shares.Picture(t.Context(), token, person("b"), want(1))
		w.Code(errs.NotFound, err, "an address is for one browser")
		other, err := w.Shares.Open(t.Context(), token, person("b"))
		require.NoError(t, err)
		_, err = w.Shares.Picture(t.Context(), token, person("b"), shares.Wanted{Asset: asset, Page: 1, Width: 1600, Seal: w.Shares.Seal(other, asset, 1)})
		require.NoError(t, err)

		// another name is another picture at once; and nothing comes any more when the share ends, kept in memory or not
		first, err := w.Shares.Picture(t.Context(), token, person("a"), want(1))
		require.NoError(t, err)
		_, err = w.Shares.Update(w.As(w.Rep), x.ID, x.Rev, shares.Input{Recipient: "Somebody Else", Downloads: keep})
		require.NoError(t, err)
		second, err := w.Shares.Picture(t.Context(), token, person("a"), want(1))
		require.NoError(t, err)
		require.NotEqual(t, first.JPEG, second.JPEG)
		_, err = w.Shares.Revoke(w.As(w.Rep), []uuid.UUID{x.ID}, false)
		require.NoError(t, err)
		_, err = w.Shares.Picture(t.Context(), token, person("a"), want(1))
		w.Code(errs.NotFound, err)
	}
}

func TestPicturesAreBehindThePasscodeToo(t *testing.T) {
	t.Parallel()
	w := domaintest.NewWithStorage(t)
	id := shareable(t, w, "Pump guide")
	asset, _ := drawn(t, w, id)
	_, token := share(t, w, w.Rep, locked, func(in *shares.Input) { in.Resources = []uuid.UUID{id} })
	view, err := w.Shares.Open(t.Context(), token, person("a"))
	require.NoError(t, err)
	for n := range 2 {
		_, err = w.Shares.Picture(t.Context(), token, person("a"), shares.Wanted{Asset: asset, Page: n, Width: 800, Seal: w.Shares.Seal(view, asset, n)})
		w.Code(errs.NotFound, err)
	}
	_, err = w.Shares.Words(t.Context(), token, person("a"), asset, 1)
	w.Code(errs.NotFound, err)
	require.NoError(t, w.Shares.Unlock(t.Context(), token, person("a"), "tulip-42"))
	_, err = w.Shares.Picture(t.Context(), token, person("a"), shares.Wanted{Asset: asset, Page: 1, Width: 800})
	require.NoError(t, err)
}

func TestManyWhoWantOnePictureGetTheSameOne(t *testing.T) {
	t.Parallel()
	w := domaintest.NewWithStorage(t)
	id := shareable(t, w, "Pump guide")
	asset, _ := drawn(t, w, id)
	_, token := share(t, w, w.Rep, func(in *shares.Input) { in.Resources, in.Downloads = []uuid.UUID{id}, false })
	view, err := w.Shares.Open(t.Context(), token, person("a"))
	require.NoError(t, err)
	var group sync.WaitGroup
	found := make([][]byte, 12)
	for i := range found {
		group.Go(func() {
			p, err := w.Shares.Picture(t.Context(), token, person("a"), shares.Wanted{Asset: asset, Page: 1, Width: 1600, Seal: w.Shares.Seal(view, asset, 1)})
			if err == nil {
				found[i] = p.JPEG
			}
		})
	}
	group.Wait()
	for _, data := range found {
		require.NotEmpty(t, data)
		require.Equal(t, found[0], data)
	}
}
