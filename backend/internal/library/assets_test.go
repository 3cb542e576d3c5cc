package library_test

import (
	"bytes"
	"crypto/sha256"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"byline/backend/internal/comments"
	"byline/backend/internal/domaintest"
	"byline/backend/internal/drafts"
	"byline/backend/internal/library"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/errs"
)

func TestAFileIsUploadedInPartsResumedCompletedOnceAndRead(t *testing.T) {
	t.Parallel()
	w := domaintest.NewWithStorage(t)
	content := append(picture(t), bytes.Repeat([]byte{0}, 8<<20)...) // more than one part
	a := begin(t, w, w.Marketer, `C:\pictures\plan.png`, content)
	require.Equal(t, "plan.png", a.Name)
	ctx := w.As(w.Marketer)
	put(t, w, w.Marketer, a, content, 2)
	_, err := w.Library.CompleteUpload(ctx, a.ID)
	w.Code(errs.Conflict, err) // a part is missing
	_, err = w.Library.DownloadURL(ctx, a.ID, false)
	w.Code(errs.Conflict, err)
	progress, err := w.Library.UploadProgress(ctx, a.ID)
	require.NoError(t, err)
	require.Len(t, progress.Done, 1) // go on from here
	require.EqualValues(t, 2, progress.Done[0].Number)
	put(t, w, w.Marketer, a, content, 1, 1) // sent twice
	require.Equal(t, 4, w.Won(domaintest.Race(4, func(int) error { _, err := w.Library.CompleteUpload(ctx, a.ID); return err })))
	require.Equal(t, 1, w.Int(`SELECT count(*) FROM river_job WHERE kind = 'process_asset'`))
	require.Equal(t, library.Processing, asset(t, w, w.Marketer, a.ID).State)
	w.Code(errs.Conflict, w.Library.AbortUpload(ctx, a.ID))
	_, err = w.Library.SignParts(ctx, a.ID, []int32{1})
	w.Code(errs.Conflict, err)
	process(t, w, a.ID)
	got := asset(t, w, w.Marketer, a.ID)
	require.Equal(t, library.Ready, got.State, got.Explanation)
	require.Equal(t, "image/png", got.MediaType)
	require.Equal(t, []int{20, 10}, []int{got.Width, got.Height})
	sum := sha256.Sum256(content)
	require.Equal(t, sum[:], got.SHA256)
	require.Equal(t, 1, w.Int(`SELECT count(*) FROM activities WHERE verb = 'asset.ready'`))
	again, err := w.Library.CompleteUpload(ctx, a.ID)
	require.NoError(t, err)
	require.Equal(t, library.Ready, again.State)

	url, err := w.Library.DownloadURL(ctx, a.ID, true)
	require.NoError(t, err)
	res, err := http.Get(url) //nolint:noctx,gosec // a test
	require.NoError(t, err)
	body, err := io.ReadAll(res.Body)
	require.NoError(t, err)
	require.NoError(t, res.Body.Close())
	require.Equal(t, sum, sha256.Sum256(body))
	_, err = w.Library.PreviewURL(ctx, a.ID)
	require.NoError(t, err)
}

func TestACompletionWhoseAnswerWasLostIsRepeated(t *testing.T) {
	t.Parallel()
	w := domaintest.NewWithStorage(t)
	content := picture(t)
	a := begin(t, w, w.Marketer, "plan.png", content)
	put(t, w, w.Marketer, a, content, 1)
	parts, err := w.Blobs.Parts(t.Context(), a.StorageKey, a.UploadID)
	require.NoError(t, err)
	require.NoError(t, w.Blobs.Complete(t.Context(), a.StorageKey, a.UploadID, parts)) // and the server dies here
	done, err := w.Library.CompleteUpload(w.As(w.Marketer), a.ID)
	require.NoError(t, err)
	require.Equal(t, library.Processing, done.State)
}

func TestAFileThatIsNotWhatWasSentOrNotWhatItSaysIsRefusedWithAReason(t *testing.T) {
	t.Parallel()
	w := domaintest.NewWithStorage(t)
	content := picture(t)
	a := begin(t, w, w.Marketer, "plan.png", content)
	put(t, w, w.Marketer, a, bytes.ToUpper(content), 1) // broken on the way
	_, err := w.Library.CompleteUpload(w.As(w.Marketer), a.ID)
	require.NoError(t, err)
	process(t, w, a.ID)
	a = asset(t, w, w.Marketer, a.ID)
	require.Equal(t, []string{"refused", "checksum"}, []string{string(a.State), a.Reason})
	lie := upload(t, w, w.Marketer, "plan.png", append([]byte("\x7fELF\x02\x01\x01"), make([]byte, 100)...))
	require.Equal(t, library.Refused, lie.State)
	for _, a := range []library.Asset{a, lie} {
		require.NotEmpty(t, a.Explanation)
		require.False(t, exists(w, a.StorageKey))
		_, err = w.Library.DownloadURL(w.As(w.Marketer), a.ID, false)
		w.Code(errs.Conflict, err)
		w.Code(errs.Conflict, w.Library.Attach(w.As(w.Marketer), a.ID, comments.Object{Type: "draft", ID: db.NewID()}, 0, ""))
	}
	broken := upload(t, w, w.Marketer, "deck.pdf", []byte("%PDF-1.7\nnot really\n%%EOF"))
	require.Equal(t, library.Limited, broken.State)
	require.NotEmpty(t, broken.Reason)
	url, err := w.Library.DownloadURL(w.As(w.Marketer), broken.ID, true)
	require.NoError(t, err)
	require.Contains(t, url, "attachment") // never in place
	_, err = w.Library.PreviewURL(w.As(w.Marketer), broken.ID)
	w.Code(errs.NotFound, err)
}

func TestAnUploadIsItsOwnersAlone(t *testing.T) {
	t.Parallel()
	w := domaintest.NewWithStorage(t)
	a := begin(t, w, w.Marketer, "plan.png", picture(t))
	for _, ctx := range []struct{ err error }{
		{func() error { _, err := w.Library.SignParts(w.As(w.Admin), a.ID, []int32{1}); return err }()},
		{func() error { _, err := w.Library.UploadProgress(w.As(w.MarketingLead), a.ID); return err }()},
		{func() error { _, err := w.Library.CompleteUpload(w.As(w.Admin), a.ID); return err }()},
		{w.Library.AbortUpload(w.As(w.Admin), a.ID)},
		{func() error { _, err := w.Library.Asset(w.As(w.Admin), a.ID); return err }()},
		{func() error { _, err := w.Library.DownloadURL(w.As(w.Admin), a.ID, false); return err }()},
		{func() error { _, err := w.Library.PreviewURL(w.As(w.Admin), a.ID); return err }()},
		{func() error { _, err := w.Library.Pages(w.As(w.Admin), a.ID); return err }()},
	} {
		w.Code(errs.NotFound, ctx.err)
	}
	for _, n := range []int32{0, 2, -1} {
		_, err := w.Library.SignParts(w.As(w.Marketer), a.ID, []int32{n})
		w.Code(errs.Invalid, err)
	}
	for name, u := range map[string]library.Upload{"empty": {Name: "x"}, "name": {Name: " ", Size: 1}, "control": {Name: "a\nb", Size: 1}, "checksum": {Name: "a", Size: 1, SHA256: []byte("x")}} {
		_, err := w.Library.BeginUpload(w.As(w.Marketer), u)
		w.Code(errs.Invalid, err, name)
	}
	_, err := w.Library.BeginUpload(w.As(w.Marketer), library.Upload{Name: "a", Size: library.MaxFileSize + 1})
	w.Code(errs.TooLarge, err)
}

func TestAnAbortedOrAbandonedUploadLeavesNothingAndACompletedOneStays(t *testing.T) {
	t.Parallel()
	w := domaintest.NewWithStorage(t)
	content, ctx := picture(t), w.As(w.Marketer)
	aborted, abandoned, halfway, resumed, done := begin(t, w, w.Marketer, "1.png", content), begin(t, w, w.Marketer, "2.png", content),
		begin(t, w, w.Marketer, "3.png", content), begin(t, w, w.Marketer, "4.png", content), begin(t, w, w.Marketer, "5.png", content)
	for _, a := range []library.Asset{aborted, abandoned, halfway, resumed, done} {
		put(t, w, w.Marketer, a, content, 1)
	}
	parts, err := w.Blobs.Parts(t.Context(), halfway.StorageKey, halfway.UploadID)
	require.NoError(t, err)
	require.NoError(t, w.Blobs.Complete(t.Context(), halfway.StorageKey, halfway.UploadID, parts)) // in S3 only
	_, err = w.Library.CompleteUpload(ctx, done.ID)
	require.NoError(t, err)
	w.Exec(`DELETE FROM river_job`)
	w.Exec(`UPDATE assets SET updated_at = now() - interval '25 hours'`)
	_, err = w.Library.SignParts(ctx, resumed.ID, []int32{1}) // somebody is at it again
	require.NoError(t, err)
	require.NoError(t, w.Library.AbortUpload(ctx, aborted.ID))
	for range 2 {
		require.NoError(t, w.Library.Sweep(t.Context(), library.SweepUploads{}))
	}
	for _, a := range []library.Asset{aborted, abandoned, halfway} {
		_, err := w.Library.Asset(ctx, a.ID)
		w.Code(errs.NotFound, err, a.Name)
		_, err = w.Blobs.Parts(t.Context(), a.StorageKey, a.UploadID)
		w.Code(errs.NotFound, err, a.Name)
		require.False(t, exists(w, a.StorageKey), a.Name)
		_, err = w.Library.CompleteUpload(ctx, a.ID)
		w.Code(errs.NotFound, err, a.Name)
	}
	_, err = w.Library.CompleteUpload(ctx, resumed.ID)
	require.NoError(t, err)
	require.Equal(t, library.Processing, asset(t, w, w.Marketer, done.ID).State)
	// its job was lost: it is asked for again, once
	require.Equal(t, 1, w.Int(`SELECT count(*) FROM river_job WHERE kind = 'process_asset' AND args->>'asset_id' = $1`, done.ID.String()))
}

func TestAnUploadThatIsCompletedWhileItIsSweptIsNotLost(t *testing.T) {
	t.Parallel()
	w := domaintest.NewWithStorage(t)
	content, ctx := picture(t), w.As(w.Marketer)
	for range 8 {
		a := begin(t, w, w.Marketer, "1.png", content)
		put(t, w, w.Marketer, a, content, 1)
		w.Exec(`UPDATE assets SET updated_at = now() - interval '25 hours' WHERE id = $1`, a.ID)
		results := domaintest.Race(2, func(n int) error {
			if n == 0 {
				return w.Library.Sweep(t.Context(), library.SweepUploads{})
			}
			_, err := w.Library.CompleteUpload(ctx, a.ID)
			return err
		})
		require.NoError(t, results[0])
		if results[1] == nil { // acknowledged
			require.True(t, exists(w, a.StorageKey))
			process(t, w, a.ID)
			require.Equal(t, library.Ready, asset(t, w, w.Marketer, a.ID).State)
		}
	}
}

func TestAFileIsSeenThroughWhatItBelongsTo(t *testing.T) {
	t.Parallel()
	w := domaintest.NewWithStorage(t)
	a := upload(t, w, w.Marketer, "notes.txt", []byte("Pumps and valves"))
	require.Equal(t, library.Ready, a.State, a.Explanation)
	sees := func(want errs.Code) {
		t.Helper()
		_, err := w.Library.Pages(w.As(w.Rep), a.ID)
		w.Code(want, err)
		_, err = w.Library.DownloadURL(w.As(w.Rep), a.ID, false)
		w.Code(want, err)
	}
	sees(errs.NotFound)
	d, err := w.Drafts.Create(w.As(w.Marketer), drafts.Input{Title: "x", ContentType: "deck", Confidential: true})
	require.NoError(t, err)
	require.NoError(t, w.Drafts.AddAsset(w.As(w.Marketer), d.ID, a.ID, ""))
	sees(errs.NotFound)
	r := w.Resource("Pumps")
	require.NoError(t, w.Library.Attach(w.As(w.Marketer), a.ID, comments.Object{Type: "resource", ID: r}, 0, ""))
	sees("")
	w.Code(errs.NotFound, w.Library.Attach(w.As(w.Rep), upload(t, w, w.Stranger, "mine.txt", []byte("x")).ID, comments.Object{Type: "resource", ID: r}, 0, ""))
	_, err = w.Library.Archive(w.As(w.Marketer), r, true)
	require.NoError(t, err)
	sees(errs.NotFound)
	pages, err := w.Library.Pages(w.As(w.Marketer), a.ID)
	require.NoError(t, err)
	require.Equal(t, "Pumps and valves", strings.TrimSpace(pages[0].Text))
}

func TestAFileOfTheServerIsKeptAndRead(t *testing.T) {
	t.Parallel()
	w := domaintest.NewWithStorage(t)
	content := picture(t)
	a, err := w.Library.Ingest(w.As(w.Admin), "plan.png", int64(len(content)), bytes.NewReader(content))
	require.NoError(t, err)
	process(t, w, a.ID)
	require.Equal(t, library.Ready, asset(t, w, w.Admin, a.ID).State)
	require.NoError(t, w.Library.Process(t.Context(), library.ProcessAsset{AssetID: db.NewID()})) // gone: nothing to do
}

func TestAStorageThatIsAwayLeavesNothingHalfDone(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t) // without a storage
	_, err := w.Library.BeginUpload(w.As(w.Marketer), library.Upload{Name: "a", Size: 1})
	w.Code(errs.Unavailable, err)
	require.Zero(t, w.Int(`SELECT count(*) FROM assets`))
}
