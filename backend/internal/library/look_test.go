package library_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"image/jpeg"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"byline/backend/internal/comments"
	"byline/backend/internal/domaintest"
	"byline/backend/internal/library"
	"byline/backend/internal/platform/corpustest"
	"byline/backend/internal/platform/errs"
	"byline/backend/internal/platform/extract"
)

// pdfOf is a PDF with one line of words on each page.
func pdfOf(pages ...string) []byte {
	var b bytes.Buffer
	var at []int
	object := func(format string, args ...any) {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n"+format+"\nendobj\n", append([]any{len(at)}, args...)...)
	}
	b.WriteString("%PDF-1.4\n")
	object("<< /Type /Catalog /Pages 2 0 R >>")
	var kids strings.Builder
	for i := range pages {
		fmt.Fprintf(&kids, "%d 0 R ", 4+2*i)
	}
	object("<< /Type /Pages /Count %d /Kids [%s] >>", len(pages), kids.String())
	object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
	for i, words := range pages {
		object("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 300] /Resources << /Font << /F 3 0 R >> >> /Contents %d 0 R >>", 5+2*i)
		stream := "BT /F 20 Tf 40 260 Td (" + words + ") Tj ET"
		object("<< /Length %d >>\nstream\n%s\nendstream", len(stream), stream)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, o := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, start)
	return b.Bytes()
}

// look runs the jobs that make the look of a file, as the queue hands them out, and gives how many there were.
func look(t *testing.T, w *domaintest.World, id uuid.UUID) (runs int) {
	t.Helper()
	for {
		var raw []byte
		err := w.DB.PG(t.Context()).QueryRow(t.Context(), `DELETE FROM river_job WHERE id = (SELECT min(id) FROM river_job WHERE kind = 'look_at_asset' AND args->>'asset_id' = $1) RETURNING args`, id.String()).Scan(&raw)
		if err != nil {
			return runs
		}
		var job library.Look
		require.NoError(t, json.Unmarshal(raw, &job))
		require.NoError(t, w.Library.LookAt(t.Context(), job))
		require.Less(t, runs, 400)
		runs++
	}
}

func fetched(t *testing.T, url string) (int, []byte) {
	t.Helper()
	res, err := http.Get(url) //nolint:noctx,gosec // a test
	require.NoError(t, err)
	var b bytes.Buffer
	_, err = b.ReadFrom(res.Body)
	require.NoError(t, err)
	require.NoError(t, res.Body.Close())
	return res.StatusCode, b.Bytes()
}

func TestEveryPageOfAPDFHasAPictureForThoseWhoMaySeeIt(t *testing.T) {
	t.Parallel()
	w := domaintest.NewWithStorage(t)
	pages := make([]string, 23)
	for i := range pages {
		pages[i] = fmt.Sprintf("Pump number %d", i+1)
	}
	a := upload(t, w, w.Marketer, "pumps.pdf", pdfOf(pages...))
	v, reason, _ := a.Viewing()
	require.Equal(t, []string{"text", "waiting"}, []string{string(v), reason})
	require.Equal(t, 2, look(t, w, a.ID)) // some at a time
	require.Zero(t, look(t, w, a.ID))
	require.NoError(t, w.Library.LookAt(t.Context(), library.Look{AssetID: a.ID})) // a job may run again
	require.Zero(t, w.Int(`SELECT count(*) FROM river_job WHERE kind = 'look_at_asset'`))
	a = asset(t, w, w.Marketer, a.ID)
	v, reason, _ = a.Viewing()
	require.Equal(t, []string{"pages", ""}, []string{string(v), reason})
	ctx := w.As(w.Marketer)
	list, err := w.Library.Pages(ctx, a.ID)
	require.NoError(t, err)
	require.Len(t, list, 23)
	require.Equal(t, library.Page{Number: 23, Text: "Pump number 23", Width: 1600, Height: 1200}, list[22]) // drawn as they are known
	lines, err := w.Library.PageLines(ctx, a.ID, 23)
	require.NoError(t, err)
	require.Equal(t, "Pump number 23", lines[0].Text)
	for width, want := range map[int]int{100: 240, 780: 800, 801: 1600, 9000: 1600} {
		url, err := w.Library.PagePictureURL(ctx, a.ID, 23, width)
		require.NoError(t, err)
		status, body := fetched(t, url)
		require.Equal(t, http.StatusOK, status)
		config, err := jpeg.DecodeConfig(bytes.NewReader(body))
		require.NoError(t, err)
		require.Equal(t, want, config.Width)
		status, _ = fetched(t, strings.Split(url, "?")[0])
		require.Equal(t, http.StatusForbidden, status, "without a signature")
	}
	for _, of := range []func(context.Context) error{
		func(ctx context.Context) error { _, err := w.Library.PagePictureURL(ctx, a.ID, 1, 240); return err },
		func(ctx context.Context) error { _, err := w.Library.PageLines(ctx, a.ID, 1); return err },
		func(ctx context.Context) error { _, err := w.Library.Sheets(ctx, a.ID); return err },
		func(ctx context.Context) error { _, err := w.Library.Cues(ctx, a.ID); return err },
	} {
		w.Code(errs.NotFound, of(w.As(w.Admin)))
		require.NoError(t, of(ctx))
	}
	_, err = w.Library.PagePictureURL(ctx, a.ID, 24, 240)
	w.Code(errs.NotFound, err)
	kinds, err := w.Library.PageKinds(ctx, []library.PageRef{{Asset: a.ID, Page: 24}, {Asset: a.ID, Page: 2}, {Asset: uuid.New(), Page: 1}})
	require.NoError(t, err)
	require.Equal(t, []library.PageKind{{}, {HasPicture: true}, {}}, kinds)
}

func TestALongPDFHasPicturesOfItsFirstPagesAndSaysSo(t *testing.T) {
	t.Parallel()
	w := domaintest.NewWithStorage(t)
	a := upload(t, w, w.Marketer, "long.pdf", pdfOf(make([]string, library.MaxPictures+5)...))
	// as if all but the last of them were drawn
	w.Exec(`INSERT INTO asset_pictures (asset_id, page, width, height) SELECT $1, n, 1600, 1200 FROM generate_series(1, $2) n`, a.ID, library.MaxPictures-10)
	w.Exec(`DELETE FROM river_job`)
	require.NoError(t, w.Library.LookAt(t.Context(), library.Look{AssetID: a.ID, From: library.MaxPictures - 9}))
	require.Zero(t, look(t, w, a.ID))
	a = asset(t, w, w.Marketer, a.ID)
	v, reason, note := a.Viewing()
	require.Equal(t, []string{"pages", "many_pages"}, []string{string(v), reason})
	require.Contains(t, note, "300")
	require.Equal(t, library.MaxPictures, w.Int(`SELECT count(*) FROM asset_pictures WHERE asset_id = $1 AND width > 0`, a.ID))
}

func TestCaptionsAreFoundAtTheirSecond(t *testing.T) {
	t.Parallel()
	w := domaintest.NewWithStorage(t)
	told := map[uuid.UUID]int{}
	w.Library.OnText(func(_ context.Context, objectType string, id uuid.UUID) error {
		require.Equal(t, "resource", objectType)
		told[id]++
		return nil
	})
	a := upload(t, w, w.Marketer, "talk.en.vtt", []byte("WEBVTT\n\n00:01.000 --> 00:03.000\nGood morning\n\n01:23.500 --> 01:25.000\nThe pump\n\n01:25.000 --> 01:27.000\nnever ran dry.\n\n02:00.000 --> 02:10.000\n"+strings.Repeat("words ", 40)))
	r := w.Resource("A talk")
	require.NoError(t, w.Library.Attach(w.As(w.Marketer), a.ID, comments.Object{Type: "resource", ID: r}, 0, ""))
	require.Equal(t, 1, look(t, w, a.ID))
	require.Equal(t, map[uuid.UUID]int{r: 1}, told)
	a = asset(t, w, w.Marketer, a.ID)
	v, _, _ := a.Viewing()
	require.Equal(t, library.ViewCaptions, v)
	cues, err := w.Library.Cues(w.As(w.Rep), a.ID)
	require.NoError(t, err)
	require.Len(t, cues, 4)
	require.Equal(t, extract.Cue{Start: 83_500, End: 85_000, Text: "The pump"}, cues[1])
	pages, err := w.Library.Pages(w.As(w.Rep), a.ID)
	require.NoError(t, err)
	require.Equal(t, library.Page{Number: 2, Text: "Good morning"}, pages[0])
	require.Equal(t, library.Page{Number: 84, Text: "The pump never ran dry."}, pages[1]) // a sentence is found as one
	require.Equal(t, 121, pages[2].Number)
	kinds, err := w.Library.PageKinds(t.Context(), []library.PageRef{{Asset: a.ID, Page: 121}})
	require.NoError(t, err)
	require.True(t, kinds[0].IsSecond)

	broken := upload(t, w, w.Marketer, "b.vtt", []byte("WEBVTT\n\nno times here"))
	look(t, w, broken.ID)
	v, reason, note := asset(t, w, w.Marketer, broken.ID).Viewing()
	require.Equal(t, []string{"text", "no_cues"}, []string{string(v), reason})
	require.NotEmpty(t, note)
}

func TestASpreadsheetIsShownByItsFirstRows(t *testing.T) {
	t.Parallel()
	w := domaintest.NewWithStorage(t)
	a := upload(t, w, w.Marketer, "prices.csv", []byte("Pump,Price\nsmall,10\nlarge,20\n"))
	look(t, w, a.ID)
	v, _, _ := asset(t, w, w.Marketer, a.ID).Viewing()
	require.Equal(t, library.ViewTable, v)
	sheets, err := w.Library.Sheets(w.As(w.Marketer), a.ID)
	require.NoError(t, err)
	require.Equal(t, []extract.Sheet{{Rows: [][]string{{"Pump", "Price"}, {"small", "10"}, {"large", "20"}}}}, sheets)
}

// Files from before there were looks, and those that waited for LibreOffice, get theirs within the hour.
func TestWhatHasNoLookIsAskedForAgain(t *testing.T) {
	t.Parallel()
	w := domaintest.NewWithStorage(t)
	ids := map[string]uuid.UUID{}
	for _, name := range []string{"old.pdf", "waiting.pdf", "office.docx", "done.pdf"} {
		ids[name] = w.File(w.Marketer)
	}
	w.Exec(`UPDATE assets SET look = 'waiting' WHERE id = $1`, ids["old.pdf"])
	w.Exec(`UPDATE assets SET look = 'waiting', look_asked_at = now() - interval '1 hour' WHERE id = $1`, ids["waiting.pdf"])
	w.Exec(`UPDATE assets SET look_reason = 'no_office_pages', look_note = 'x' WHERE id = $1`, ids["office.docx"])
	asked := func(name string) int {
		return w.Int(`SELECT count(*) FROM river_job WHERE kind = 'look_at_asset' AND args->>'asset_id' = $1`, ids[name].String())
	}
	for range 2 {
		require.NoError(t, w.Library.Sweep(t.Context(), library.SweepUploads{}))
	}
	require.Equal(t, []int{1, 0, 0, 0}, []int{asked("old.pdf"), asked("waiting.pdf"), asked("office.docx"), asked("done.pdf")})
	self, err := os.Executable() // anything that is there
	require.NoError(t, err)
	w.Library.SetOffice(extract.Office{Command: self})
	for range 2 {
		require.NoError(t, w.Library.Sweep(t.Context(), library.SweepUploads{}))
	}
	require.Equal(t, []int{1, 0, 1, 0}, []int{asked("old.pdf"), asked("waiting.pdf"), asked("office.docx"), asked("done.pdf")})
}

// Slides that are hidden have no page in the PDF of a deck: the pictures of the others have the numbers of their slides.
func TestPicturesHaveTheNumbersOfTheirSlides(t *testing.T) {
	t.Parallel()
	w := domaintest.NewWithStorage(t)
	for name, c := range map[string]struct {
		pages         int
		hidden, drawn []int
	}{
		"none is hidden":              {2, []int{}, []int{1, 2}},
		"the first and one later":     {4, []int{1, 3}, []int{2, 4}},
		"the last":                    {3, []int{3}, []int{1, 2}},
		"not those that have no page": {9, []int{1}, []int{1, 2}},
	} {
		content := pdfOf("Welcome", "Goodbye")
		a := upload(t, w, w.Marketer, "deck.pdf", content)
		w.Exec(`UPDATE assets SET kind = 'deck', pages = $2, hidden_pages = $3, within = '{}', look = 'waiting', preview_key = '' WHERE id = $1`, a.ID, c.pages, c.hidden)
		require.NoError(t, w.Blobs.Put(t.Context(), "pages/"+a.ID.String()+"/shown.pdf", "application/pdf", bytes.NewReader(content)), name)
		require.NoError(t, w.Library.LookAt(t.Context(), library.Look{AssetID: a.ID}), name)
		rows, err := w.DB.PG(t.Context()).Query(t.Context(), `SELECT page FROM asset_pictures WHERE asset_id = $1 AND width > 0 ORDER BY page`, a.ID)
		require.NoError(t, err)
		drawn, err := pgx.CollectRows(rows, pgx.RowTo[int])
		require.NoError(t, err)
		require.Equal(t, c.drawn, drawn, name)
		now := asset(t, w, w.Marketer, a.ID)
		require.Contains(t, now.PreviewKey, fmt.Sprintf("/%d-", c.drawn[0]), name)
		require.Equal(t, 2, now.Shown(), name)
		require.Equal(t, []int{1, 2}, []int{now.Place(c.drawn[0]), now.Place(c.drawn[1])}, name)
	}
}

// What could run in a page leaves the storage as a download of no type, even when it is asked for in place.
func TestWhatCouldRunIsOnlyLoaded(t *testing.T) {
	t.Parallel()
	w := domaintest.NewWithStorage(t)
	for name, content := range map[string]string{
		"page.html": "<!doctype html><html><script>alert(1)</script></html>",
		"a.svg":     `<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`,
		"a.png":     "<html><script>alert(1)</script></html>",
		"a.vtt":     "WEBVTT\n\n00:01.000 --> 00:02.000\n<script>alert(1)</script>hello\n",
	} {
		a := upload(t, w, w.Marketer, name, []byte(content))
		look(t, w, a.ID)
		url, err := w.Library.DownloadURL(w.As(w.Marketer), a.ID, true)
		require.NoError(t, err, name)
		res, err := http.Get(url) //nolint:noctx,gosec // a test
		require.NoError(t, err, name)
		require.NoError(t, res.Body.Close())
		require.Contains(t, res.Header.Get("Content-Disposition"), "attachment", name)
		require.Equal(t, "application/octet-stream", res.Header.Get("Content-Type"), name)
		v, _, _ := asset(t, w, w.Marketer, a.ID).Viewing()
		require.Contains(t, []library.Viewer{library.ViewNone, library.ViewText, library.ViewCaptions}, v, name)
	}
}

// viewersTable is the page that says how each file of the corpus is looked at.
const viewersTable = "../../../docs/viewers.md"

// TestEveryFileOfTheCorpusHasAViewerOrANamedReason compares with docs/viewers.md, or writes it when BYLINE_WRITE_DOCS is
// set. The second column is checked where LibreOffice is installed.
func TestEveryFileOfTheCorpusHasAViewerOrANamedReason(t *testing.T) {
	dir := corpustest.Need(t)
	t.Parallel()
	files, err := os.ReadDir(filepath.Join(dir, "files"))
	require.NoError(t, err)
	require.NotEmpty(t, files)
	office := extract.FindOffice()
	writes := os.Getenv("BYLINE_WRITE_DOCS") != ""
	hasOffice := office.Can(".docx") && office.Can(".pptx") && office.Can(".ods")
	if !hasOffice {
		require.False(t, writes, "the page needs LibreOffice to be written")
		t.Log("LibreOffice is not installed here with all its parts: its column of docs/viewers.md is not compared")
	}
	before, err := os.ReadFile(viewersTable)
	if !writes {
		require.NoError(t, err)
	}
	w := domaintest.NewWithStorage(t)
	viewing := func(name string) string {
		f, err := os.Open(filepath.Join(dir, "files", name))
		require.NoError(t, err)
		defer func() { _ = f.Close() }()
		info, err := f.Stat()
		require.NoError(t, err)
		a, err := w.Library.Ingest(w.As(w.Admin), name, info.Size(), f)
		require.NoError(t, err)
		require.NoError(t, w.Library.Process(t.Context(), library.ProcessAsset{AssetID: a.ID}))
		look(t, w, a.ID)
		v, reason, note := asset(t, w, w.Admin, a.ID).Viewing()
		require.NotEqual(t, "waiting", reason, name)
		if v == library.ViewNone {
			require.NotEmpty(t, note, name)
			require.NotEmpty(t, reason, name)
		}
		if v == library.ViewPages {
			require.Equal(t, min(w.Int(`SELECT pages - cardinality(hidden_pages) FROM assets WHERE id = $1`, a.ID), library.MaxPictures),
				w.Int(`SELECT count(*) FROM asset_pictures WHERE asset_id = $1 AND width > 0`, a.ID), name)
		}
		if reason == "" {
			return string(v)
		}
		return string(v) + ": " + reason
	}
	var page strings.Builder
	page.WriteString(viewersHead)
	for _, f := range files {
		w.Library.SetOffice(extract.Office{})
		plain := viewing(f.Name())
		with := plain
		if hasOffice && (strings.Contains(plain, "no_office") || strings.Contains(plain, "old_format")) {
			w.Library.SetOffice(office)
			with = viewing(f.Name())
		}
		row := fmt.Sprintf("| `%s` | %s | %s |\n", f.Name(), with, plain)
		if !hasOffice { // what the page says stays
			for l := range strings.Lines(string(before)) {
				if cells := strings.Split(l, " | "); len(cells) == 3 && cells[0] == "| `"+f.Name()+"`" {
					row = cells[0] + " | " + cells[1] + " | " + plain + " |\n"
				}
			}
		}
		page.WriteString(row)
	}
	if writes {
		require.NoError(t, os.WriteFile(viewersTable, []byte(page.String()), 0o644)) //nolint:gosec // a page of the documentation
		return
	}
	require.Equal(t, string(before), page.String())
}

const viewersHead = `# How files are looked at

Which viewer each of the real files of the test corpus gets, or which named reason. Written and compared by
` + "`TestEveryFileOfTheCorpusHasAViewerOrANamedReason`" + ` (` + "`BYLINE_WRITE_DOCS=1`" + ` writes it; it needs LibreOffice). A reason
behind a viewer says what is missing in it.

| viewer | what it is |
|---|---|
| pages | a picture of every page or slide, with its words to select, find and mark |
| text | the words by page |
| picture | the picture itself, with zoom |
| video, audio | played from the storage, with captions, chapters and a transcript where such files lie beside it |
| captions | what is said, by the second |
| table | the first rows of each sheet |
| none | a download, with the reason |

| file | viewer | without LibreOffice |
|---|---|---|
`
