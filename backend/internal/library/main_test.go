package library_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"image"
	"image/png"
	"net/http"
	"os"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"byline/backend/internal/domaintest"
	"byline/backend/internal/library"
	"byline/backend/internal/platform/auth"
)

func TestMain(m *testing.M) {
	domaintest.RunChild()
	os.Exit(m.Run())
}

// picture is a small PNG.
func picture(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, png.Encode(&b, image.NewRGBA(image.Rect(0, 0, 20, 10))))
	return b.Bytes()
}

func begin(t *testing.T, w *domaintest.World, u auth.User, name string, content []byte) library.Asset {
	t.Helper()
	sum := sha256.Sum256(content)
	a, err := w.Library.BeginUpload(w.As(u), library.Upload{Name: name, Size: int64(len(content)), MediaType: "image/png", SHA256: sum[:]})
	require.NoError(t, err)
	return a
}

// put uploads parts as a browser does: straight into S3.
func put(t *testing.T, w *domaintest.World, u auth.User, a library.Asset, content []byte, numbers ...int32) {
	t.Helper()
	urls, err := w.Library.SignParts(w.As(u), a.ID, numbers)
	require.NoError(t, err)
	for _, p := range urls {
		from := int64(p.Number-1) * a.PartSize
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPut, p.URL, bytes.NewReader(content[from:from+p.Length]))
		require.NoError(t, err)
		res, err := http.DefaultClient.Do(r)
		require.NoError(t, err)
		require.NoError(t, res.Body.Close())
		require.Equal(t, http.StatusOK, res.StatusCode)
	}
}

// process runs the job of a file, twice, as a queue may.
func process(t *testing.T, w *domaintest.World, id uuid.UUID) {
	t.Helper()
	for range 2 {
		require.NoError(t, w.Library.Process(t.Context(), library.ProcessAsset{AssetID: id}))
	}
}

// upload brings a file in, completely.
func upload(t *testing.T, w *domaintest.World, u auth.User, name string, content []byte) library.Asset {
	t.Helper()
	a := begin(t, w, u, name, content)
	put(t, w, u, a, content, 1)
	_, err := w.Library.CompleteUpload(w.As(u), a.ID)
	require.NoError(t, err)
	process(t, w, a.ID)
	return asset(t, w, u, a.ID)
}

func asset(t *testing.T, w *domaintest.World, u auth.User, id uuid.UUID) library.Asset {
	t.Helper()
	a, err := w.Library.Asset(w.As(u), id)
	require.NoError(t, err)
	return a
}

// exists says whether the storage has an object.
func exists(w *domaintest.World, key string) bool {
	_, err := w.Blobs.Size(context.Background(), key)
	return err == nil
}
