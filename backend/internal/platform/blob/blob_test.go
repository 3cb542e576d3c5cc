package blob_test

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"byline/backend/internal/platform/blob"
	"byline/backend/internal/platform/embedded"
	"byline/backend/internal/platform/errs"
)

const origin = "http://byline.test"

func start(t *testing.T, dir string) (*blob.Store, func()) {
	t.Helper()
	s3, err := embedded.StartS3(t.Context(), embedded.S3Options{DataDir: dir, AccessKey: "byline", SecretKey: "secret", Origins: []string{origin}, Unsafe: true})
	require.NoError(t, err)
	stop := func() { _ = s3.Stop(context.Background()) }
	t.Cleanup(stop)
	store := blob.New(blob.Config{Endpoint: s3.URL(), AccessKey: "byline", SecretKey: "secret", Bucket: "byline"})
	require.NoError(t, store.EnsureBucket(t.Context()))
	return store, stop
}

func put(t *testing.T, url string, body []byte) *http.Response {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPut, url, bytes.NewReader(body))
	require.NoError(t, err)
	r.Header.Set("Origin", origin)
	res, err := http.DefaultClient.Do(r)
	require.NoError(t, err)
	_ = res.Body.Close()
	return res
}

func TestAnUploadGoesOnAfterARestartOfTheServer(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	store, stop := start(t, dir)
	id, err := store.Begin(t.Context(), "a/b", "application/pdf")
	require.NoError(t, err)
	one := bytes.Repeat([]byte("1"), 5<<20)
	url, err := store.SignPart(t.Context(), "a/b", id, 1, int64(len(one)))
	require.NoError(t, err)
	res := put(t, url, one)
	require.Equal(t, http.StatusOK, res.StatusCode)
	require.Equal(t, origin, res.Header.Get("Access-Control-Allow-Origin"))
	stop()

	store, _ = start(t, dir)
	parts, err := store.Parts(t.Context(), "a/b", id)
	require.NoError(t, err)
	require.Len(t, parts, 1)
	require.EqualValues(t, len(one), parts[0].Size)
	url, err = store.SignPart(t.Context(), "a/b", id, 2, 3)
	require.NoError(t, err)
	require.Equal(t, http.StatusForbidden, put(t, url, []byte("more than was signed")).StatusCode)
	require.Equal(t, http.StatusOK, put(t, url, []byte("two")).StatusCode)
	parts, err = store.Parts(t.Context(), "a/b", id)
	require.NoError(t, err)
	require.NoError(t, store.Complete(t.Context(), "a/b", id, parts))
	size, err := store.Size(t.Context(), "a/b")
	require.NoError(t, err)
	require.EqualValues(t, len(one)+3, size)
	_, err = store.Parts(t.Context(), "a/b", id)
	require.Equal(t, errs.NotFound, errs.CodeOf(err))
	require.NoError(t, store.Abort(t.Context(), "a/b", id))
}

func TestDownloadsAreAttachmentsThatNobodyCanForge(t *testing.T) {
	t.Parallel()
	store, _ := start(t, t.TempDir())
	require.NoError(t, store.Put(t.Context(), "x", "text/html", strings.NewReader("<script>alert(1)</script>")))
	url, err := store.SignGet(t.Context(), "x", `Angebot "Süd"/../x.html`, "text/html", false, blob.DownloadLife)
	require.NoError(t, err)
	res, err := http.Get(url) //nolint:noctx // a test
	require.NoError(t, err)
	body, err := io.ReadAll(res.Body)
	require.NoError(t, err)
	require.NoError(t, res.Body.Close())
	require.Equal(t, "<script>alert(1)</script>", string(body))
	require.True(t, strings.HasPrefix(res.Header.Get("Content-Disposition"), "attachment;"), res.Header.Get("Content-Disposition"))
	require.Contains(t, res.Header.Get("Content-Security-Policy"), "sandbox")
	for _, forged := range []string{strings.Replace(url, "attachment", "inline", 1), strings.SplitN(url, "?", 2)[0], strings.Replace(url, "X-Amz-Expires=300", "X-Amz-Expires=9000", 1)} {
		res, err := http.Get(forged) //nolint:noctx // a test
		require.NoError(t, err)
		require.NoError(t, res.Body.Close())
		require.Equal(t, http.StatusForbidden, res.StatusCode, forged)
	}
}

func TestAStorageThatIsAwaySaysSoInTime(t *testing.T) {
	t.Parallel()
	store := blob.New(blob.Config{Endpoint: "http://127.0.0.1:1", AccessKey: "byline", SecretKey: "secret", Bucket: "byline"})
	began := time.Now()
	_, err := store.Size(t.Context(), "x")
	require.Equal(t, errs.Unavailable, errs.CodeOf(err))
	require.Less(t, time.Since(began), 20*time.Second)
}
