package transfer_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"byline/backend/internal/domaintest"
	"byline/backend/internal/library"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/errs"
	"byline/backend/internal/transfer"
)

func do(t *testing.T, w *domaintest.World, id uuid.UUID) {
	t.Helper()
	require.NoError(t, w.Transfer.Do(t.Context(), transfer.Work{ID: id, Run: db.NewID()}))
}

func get(t *testing.T, w *domaintest.World, u auth.User, id uuid.UUID) transfer.Transfer {
	t.Helper()
	x, err := w.Transfer.Get(w.As(u), id)
	require.NoError(t, err)
	return x
}

func TestAnExportIsMadeInTheBackgroundAndKeptForADay(t *testing.T) {
	t.Parallel()
	w := domaintest.NewWithStorage(t)
	furnish(t, w)
	x, err := w.Transfer.BeginExport(w.As(w.Admin))
	require.NoError(t, err)
	_, err = w.Transfer.BeginExport(w.As(w.Admin))
	require.Equal(t, errs.Conflict, errs.CodeOf(err))
	_, err = w.Transfer.DownloadURL(w.As(w.Admin), x.ID)
	require.Equal(t, errs.Conflict, errs.CodeOf(err))
	do(t, w, x.ID)
	do(t, w, x.ID) // a job may run twice
	x = get(t, w, w.Admin, x.ID)
	require.Equal(t, transfer.Done, x.State)
	require.Equal(t, 3, x.Done)
	url, err := w.Transfer.DownloadURL(w.As(w.Admin), x.ID)
	require.NoError(t, err)
	require.Contains(t, url, "X-Amz-Expires=21600")
	res, err := http.Get(url) //nolint:noctx // a test
	require.NoError(t, err)
	content, err := io.ReadAll(res.Body)
	require.NoError(t, err)
	require.NoError(t, res.Body.Close())
	require.EqualValues(t, x.Size, len(content))
	require.Contains(t, unpack(t, content), "byline-export.json")
	var told int
	require.NoError(t, w.DB.Pool().QueryRow(t.Context(), `SELECT count(*) FROM activities WHERE verb = 'transfer.exported' AND object_id = $1`, x.ID).Scan(&told))
	require.Equal(t, 1, told)

	// the address ends with the export
	w.Transfer.SetClock(func() time.Time { return time.Now().Add(23*time.Hour + 50*time.Minute) })
	url, err = w.Transfer.DownloadURL(w.As(w.Admin), x.ID)
	require.NoError(t, err)
	require.Regexp(t, `X-Amz-Expires=(59\d|600)&`, url)
	w.Transfer.SetClock(func() time.Time { return time.Now().Add(25 * time.Hour) })
	_, err = w.Transfer.DownloadURL(w.As(w.Admin), x.ID)
	require.Equal(t, errs.Conflict, errs.CodeOf(err))
	require.NoError(t, w.Transfer.CleanUp(t.Context(), transfer.Sweep{}))
	_, err = w.Blobs.Size(t.Context(), "exports/"+x.ID.String()+".zip")
	require.Equal(t, errs.NotFound, errs.CodeOf(err))
}

// articles is a list of n articles.
func articles(n int) string {
	var b strings.Builder
	for i := range n {
		_, _ = fmt.Fprintf(&b, `{"id":"a%d","title":"Title %d","type":"guide","body_markdown":"Words of %d"}`+"\n", i, i, i)
	}
	return b.String()
}

func upload(t *testing.T, w *domaintest.World, u auth.User, name string, content []byte) uuid.UUID {
	t.Helper()
	return file(t, w, u, name, content).ID
}

func TestAnImportThatWasKilledGoesOnAndItsReportIsWhole(t *testing.T) {
	t.Parallel()
	w := domaintest.NewWithStorage(t)
	id := upload(t, w, w.Marketer, "all.zip", archive(t, entry{"articles.jsonl", articles(450) + "no json\n"}, entry{"files.jsonl", `{"file":"a.txt"}` + "\n"}, entry{"files/a.txt", "words"}))
	x, err := w.Transfer.BeginImport(w.As(w.Marketer), []uuid.UUID{id}, nil)
	require.NoError(t, err)
	_, err = w.Transfer.Get(w.As(w.MarketingLead), x.ID)
	require.Equal(t, errs.NotFound, errs.CodeOf(err))
	do(t, w, x.ID)
	x = get(t, w, w.Marketer, x.ID)
	require.Equal(t, transfer.Checked, x.State, x.Problem)
	require.Equal(t, transfer.Counts{transfer.Created: 451, transfer.Refused: 1}, x.Planned)
	require.Equal(t, 0, count(t, w, "resources"))

	_, err = w.Transfer.Start(w.As(w.Marketer), x.ID)
	require.NoError(t, err)
	_, err = w.Transfer.Start(w.As(w.Marketer), x.ID) // a double click
	require.NoError(t, err)
	// the process dies in the middle: some articles are there of which the report says nothing yet. Somebody who holds one of
	// the last keeps it from the end until then
	held, release := make(chan struct{}), make(chan struct{})
	var holder sync.WaitGroup
	holder.Go(func() {
		_ = w.DB.InTx(w.As(w.Marketer), func(ctx context.Context) error {
			_, _, err := w.Library.Import(ctx, library.Imported{SourceID: "a440", Title: "Held", ContentType: "guide", Lang: "en"})
			close(held)
			<-release
			return errors.Join(err, errors.New("undone"))
		})
	})
	<-held
	ctx, kill := context.WithCancel(t.Context())
	holder.Go(func() {
		for ctx.Err() == nil && t.Context().Err() == nil {
			var n int
			if w.DB.Pool().QueryRow(ctx, `SELECT count(*) FROM resources`).Scan(&n) == nil && n > 0 {
				kill()
			}
		}
	})
	require.Error(t, w.Transfer.Do(ctx, transfer.Work{ID: x.ID, Run: db.NewID()}))
	close(release)
	holder.Wait()
	there := count(t, w, "resources")
	require.Positive(t, there)
	require.Less(t, there, 451)
	do(t, w, x.ID) // somebody may be at it still
	require.Equal(t, there, count(t, w, "resources"))
	_, err = w.DB.Pool().Exec(t.Context(), `UPDATE transfers SET updated_at = now() - interval '2 minutes'`)
	require.NoError(t, err)
	require.NoError(t, w.Transfer.CleanUp(t.Context(), transfer.Sweep{}))
	var jobs int
	require.NoError(t, w.DB.Pool().QueryRow(t.Context(), `SELECT count(*) FROM river_job WHERE kind = 'transfer'`).Scan(&jobs))
	require.Equal(t, 3, jobs) // to check, to begin, to take up
	do(t, w, x.ID)
	x = get(t, w, w.Marketer, x.ID)
	require.Equal(t, transfer.Done, x.State, x.Problem)
	require.Equal(t, transfer.Counts{transfer.Created: 451, transfer.Refused: 1}, x.Results)
	require.Equal(t, 451, count(t, w, "resources"))

	rows, err := w.Transfer.Rows(w.As(w.Marketer), x.ID, []string{"refused"}, 0, 10)
	require.NoError(t, err)
	require.Len(t, rows, 1)
	require.Equal(t, 451, rows[0].Line)
	require.Equal(t, "articles.jsonl", rows[0].List)

	// what it was read from goes after a week
	w.Transfer.SetClock(func() time.Time { return time.Now().Add(8 * 24 * time.Hour) })
	require.NoError(t, w.Transfer.CleanUp(t.Context(), transfer.Sweep{}))
	_, err = w.Library.Asset(w.As(w.Marketer), id)
	require.Equal(t, errs.NotFound, errs.CodeOf(err))
	require.Equal(t, 1, count(t, w, "assets")) // the file of the resource
}

func TestAnImportIsStoppedAndGoesOn(t *testing.T) {
	t.Parallel()
	w := domaintest.NewWithStorage(t)
	id := upload(t, w, w.SalesLead, "list.csv", []byte("title;text\nPumps;Words\n"))
	picture := upload(t, w, w.SalesLead, "spare.png", picture(t, 20))
	x, err := w.Transfer.BeginImport(w.As(w.SalesLead), []uuid.UUID{id, picture}, nil)
	require.NoError(t, err)
	do(t, w, x.ID)
	x, err = w.Transfer.Stop(w.As(w.SalesLead), x.ID)
	require.NoError(t, err)
	require.Equal(t, transfer.Stopped, x.State)
	require.Equal(t, "list.csv", x.Name)
	do(t, w, x.ID)
	require.Equal(t, 0, count(t, w, "resources"))
	_, err = w.Transfer.Start(w.As(w.SalesLead), x.ID)
	require.NoError(t, err)
	do(t, w, x.ID)
	require.Equal(t, transfer.Counts{transfer.Created: 1, transfer.LeftOut: 1}, get(t, w, w.SalesLead, x.ID).Results)
	_, err = w.Transfer.Start(w.As(w.SalesLead), x.ID)
	require.Equal(t, errs.Conflict, errs.CodeOf(err))
}

func TestWhatCannotBeImportedSaysWhy(t *testing.T) {
	t.Parallel()
	w := domaintest.NewWithStorage(t)
	furnish(t, w)
	for name, c := range map[string]struct {
		content []byte
		by      auth.User
		say     string
	}{
		"export.zip": {export(t, w), w.MarketingLead, "Administrators"},
		"broken.zip": {archive(t, entry{"list.csv", "a;b\n1;2\n"}), w.Marketer, "Row 1 must name"},
		"no.zip":     {archive(t, entry{"a.txt", strings.Repeat("words", 10)})[:60], w.Marketer, "not a ZIP file"},
	} {
		x, err := w.Transfer.BeginImport(w.As(c.by), []uuid.UUID{upload(t, w, c.by, name, c.content)}, nil)
		require.NoError(t, err, name)
		do(t, w, x.ID)
		x = get(t, w, c.by, x.ID)
		require.Equal(t, transfer.Failed, x.State, name)
		require.Contains(t, x.Problem, c.say, name)
		_, err = w.Transfer.Start(w.As(c.by), x.ID)
		require.Equal(t, errs.Conflict, errs.CodeOf(err), name)
	}
	x, err := w.Transfer.BeginImport(w.As(w.Admin), []uuid.UUID{upload(t, w, w.Admin, "export.zip", export(t, w))}, nil)
	require.NoError(t, err)
	do(t, w, x.ID)
	require.Equal(t, transfer.Counts{transfer.Kept: 3, transfer.Unchanged: 2}, get(t, w, w.Admin, x.ID).Planned)

	zipped := upload(t, w, w.Marketer, "x.zip", archive(t, entry{"a.txt", "x"}))
	other := upload(t, w, w.Rep, "a.txt", []byte("x"))
	mine := upload(t, w, w.Marketer, "a.txt", []byte("x"))
	for _, ids := range [][]uuid.UUID{nil, {other}, {zipped, mine}, {mine, mine}, {uuid.New()}} {
		_, err := w.Transfer.BeginImport(w.As(w.Marketer), ids, nil)
		require.Equal(t, errs.Invalid, errs.CodeOf(err))
	}
}

func TestAFolderKeepsItsPathsAndTheyBecomeTags(t *testing.T) {
	t.Parallel()
	w := domaintest.NewWithStorage(t)
	me := w.As(w.Marketer)
	ids := []uuid.UUID{upload(t, w, w.Marketer, "same.txt", []byte("of pharma")), upload(t, w, w.Marketer, "same.txt", []byte("of food"))}
	_, err := w.Transfer.BeginImport(me, ids, nil)
	require.Equal(t, errs.Invalid, errs.CodeOf(err), "two files of one name, and nothing to tell them apart")
	for _, bad := range [][]string{{"a.txt"}, {"../a.txt", "b.txt"}, {"/a.txt", "b.txt"}, {`a\b.txt`, "c.txt"}, {"a//b.txt", "c.txt"}, {"x/A.txt", "X/a.txt"}, {"a\x00", "b"}} {
		_, err := w.Transfer.BeginImport(me, ids, bad)
		require.Equal(t, errs.Invalid, errs.CodeOf(err), bad)
	}
	x, err := w.Transfer.BeginImport(me, ids, []string{"Decks/Pharma/same.txt", "Decks/Food/same.txt"})
	require.NoError(t, err)
	require.Equal(t, "Decks", x.Name)
	do(t, w, x.ID)
	_, err = w.Transfer.Start(me, x.ID)
	require.NoError(t, err)
	do(t, w, x.ID)
	require.Equal(t, transfer.Counts{transfer.Created: 2}, get(t, w, w.Marketer, x.ID).Results)
	require.Equal(t, 1, w.Int(`SELECT count(*) FROM resources WHERE title = 'same' AND 'Pharma' = ANY(tags) AND NOT 'Food' = ANY(tags)`))
}
