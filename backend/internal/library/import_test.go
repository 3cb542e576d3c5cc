package library_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"byline/backend/internal/domaintest"
	"byline/backend/internal/library"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/corpustest"
	"byline/backend/internal/platform/extract"
)

func quiet(string, int64, int64, library.ImportCount) {}

// folder writes a folder to import; the names are of files in it.
func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		path := filepath.Join(dir, name)
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
		require.NoError(t, os.WriteFile(path, []byte(content), 0o600))
	}
	return dir
}

func TestWhatCannotBeImportedIsRefusedWithAReasonAndTheRestComesIn(t *testing.T) {
	t.Parallel()
	w := domaintest.NewWithStorage(t)
	good := `{"id":"a1","title":"Pumps","body_markdown":"# Pumps","type":"blog","tags":["Sales-Ops","linkerd"],"lang":"en","authors":["Ann"],"published_at":"2020-03-01T00:00:00Z","source_repo":"a/b","summary":null}`
	lines := []struct{ line, reason string }{
		{good, ""},
		{`{"id":"a2"`, "not_json"},
		{`[]`, "not_json"},
		{`{"id":"a3","title":7,"type":"blog"}`, "not_json"},
		{`{"id":"a4","title":"  ","type":"blog"}`, "title_missing"},
		{`{"title":"No id","type":"blog"}`, "id"},
		{`{"id":"a5","title":"` + strings.Repeat("x", 301) + `","type":"blog"}`, "title_too_long"},
		{`{"id":"a6","title":"x","type":"poem"}`, "type_unknown"},
		{`{"id":"a7","title":"x","type":"blog","lang":"english please"}`, "lang"},
		{`{"id":"a8","title":"x","type":"blog","published_at":"yesterday"}`, "not_json"},
		{`{"id":"a9","title":"x","type":"blog","published_at":"0001-01-01T00:00:00Z"}`, "date"},
		{good, "id_repeated"},
		{"{\"id\":\"\xff\",\"title\":\"x\"}", "not_utf8"},
		{`{"id":"a10","title":"x","type":"blog","summary":"` + strings.Repeat("x", 4001) + `"}`, "summary_too_long"},
		{`{"id":"a11","title":"x","type":"guide","body_markdown":"` + strings.Repeat("x", 5<<20) + `"}`, "too_long"},
		{`{"id":"a12","title":"x","type":"guide","body_markdown":"` + strings.Repeat("x", 9<<20) + `"}`, "too_long"},
		{`{"id":"a13","title":"NUL \u0000 and more","type":"guide","body_markdown":"a\u0000b"}`, ""},
	}
	var articles strings.Builder
	for _, l := range lines {
		articles.WriteString(l.line + "\n\n")
	}
	files := strings.Join([]string{
		`{"file":"notes.txt","title":"Notes","kind":"document"}`,
		`{"file":"../secret.txt","title":"Escape"}`,
		`{"file":"/etc/passwd","title":"Absolute"}`,
		`{"file":"link.txt","title":"Link out"}`,
		`{"file":"gone.pdf","title":"Gone"}`,
		`{"file":"empty.txt","title":"Empty"}`,
		`{"file":"other.txt","title":"Other","sha256":"00"}`,
		`{"title":"Nameless"}`,
	}, "\n")
	dir := folder(t, map[string]string{library.ArticleList: articles.String(), library.FileList: files, "files/notes.txt": "words", "files/empty.txt": "", "other.txt": "x"})
	outside := filepath.Join(t.TempDir(), "secret.txt")
	require.NoError(t, os.WriteFile(outside, []byte("secret"), 0o600))
	require.NoError(t, os.Symlink(outside, filepath.Join(dir, "files", "link.txt")))
	report, err := w.Library.ImportFolder(w.As(w.Admin), dir, quiet)
	require.NoError(t, err)
	got := map[int]string{}
	byFile := map[string]string{}
	for _, r := range report.Refused {
		require.NotEmpty(t, r.Explanation)
		if r.List == library.ArticleList {
			got[(r.Line-1)/2] = r.Reason
		} else {
			byFile[r.ID] = r.Reason
		}
	}
	for i, l := range lines {
		require.Equal(t, l.reason, got[i], "line %d: %.80s", i, l.line)
	}
	require.Equal(t, map[string]string{"../secret.txt": "file_missing", "/etc/passwd": "file_missing", "link.txt": "file_missing", "gone.pdf": "file_missing",
		"empty.txt": "file", "other.txt": "checksum", "": "file_missing"}, byFile)
	require.Equal(t, library.ImportCount{Read: len(lines), Created: 2, Refused: len(lines) - 2}, report.Articles)
	require.Equal(t, library.ImportCount{Read: 8, Created: 1, Refused: 7}, report.Files)
	require.Equal(t, 1, w.Int(`SELECT count(*) FROM assets`))
	require.Equal(t, 1, w.Int(`SELECT count(*) FROM resources WHERE source_id = 'a1' AND content_type = 'blog_post' AND tags = '{Sales-Ops,linkerd}' AND lang = 'en' AND authors = '{Ann}'
		AND extract(year FROM published_at) = 2020 AND source_repo = 'a/b' AND personas = '{Sales}' AND stages = '{awareness}' AND products = '{Linkerd}' AND body_text LIKE '%Pumps%'`))
	_, err = w.Library.ImportFolder(w.As(w.Admin), t.TempDir(), quiet)
	require.ErrorIs(t, err, library.ErrNothingToImport)
}

func TestAnImportThatWasStoppedGoesOnAndKeepsWhatPeopleChanged(t *testing.T) {
	t.Parallel()
	w := domaintest.NewWithStorage(t)
	article := func(i int, title string) string {
		return fmt.Sprintf(`{"id":"a%d","title":"%s %d","type":"guide","body_markdown":"text"}`+"\n", i, title, i)
	}
	var list strings.Builder
	for i := range 350 {
		list.WriteString(article(i, "Title"))
	}
	dir := folder(t, map[string]string{library.ArticleList: list.String(), library.FileList: `{"file":"a.txt"}`, "a.txt": "words"})
	ctx, cancel := context.WithCancel(w.As(w.Admin))
	_, err := w.Library.ImportFolder(ctx, dir, func(_ string, _, _ int64, c library.ImportCount) {
		if c.Created >= 200 {
			cancel()
		}
	})
	require.ErrorIs(t, err, context.Canceled)
	require.Equal(t, 200, w.Int(`SELECT count(*) FROM resources`))
	report, err := w.Library.ImportFolder(w.As(w.Admin), dir, quiet)
	require.NoError(t, err)
	require.Equal(t, library.ImportCount{Read: 350, Created: 150, Unchanged: 200}, report.Articles)
	require.Equal(t, 350, w.Int(`SELECT count(*) FROM activities WHERE verb = 'resource.imported' AND object_id IN (SELECT id FROM resources WHERE source_id LIKE 'a_%' AND source_id <> 'a.txt')`))

	// somebody corrects a guess; the next import leaves it, until the source itself changes
	w.Exec(`UPDATE resources SET personas = '{cfo}', title = 'By hand' WHERE source_id = 'a7'`)
	report, err = w.Library.ImportFolder(w.As(w.Admin), dir, quiet)
	require.NoError(t, err)
	require.Equal(t, library.ImportCount{Read: 350, Unchanged: 350}, report.Articles)
	require.Equal(t, library.ImportCount{Read: 1, Unchanged: 1}, report.Files)
	require.Equal(t, 1, w.Int(`SELECT count(*) FROM resources WHERE title = 'By hand' AND personas = '{cfo}'`))
	require.Equal(t, 1, w.Int(`SELECT count(*) FROM assets`))
	require.NoError(t, os.WriteFile(filepath.Join(dir, library.ArticleList), []byte(strings.Replace(list.String(), article(7, "Title"), article(7, "New"), 1)), 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "a.txt"), []byte("other words"), 0o600))
	report, err = w.Library.ImportFolder(w.As(w.Admin), dir, quiet)
	require.NoError(t, err)
	require.Equal(t, library.ImportCount{Read: 350, Updated: 1, Unchanged: 349}, report.Articles)
	require.Equal(t, library.ImportCount{Read: 1, Updated: 1}, report.Files)
	require.Equal(t, 1, w.Int(`SELECT count(*) FROM resources WHERE title = 'New 7'`))
	require.Equal(t, 1, w.Int(`SELECT count(*) FROM asset_uses`), "the new file replaces the old one")

	// two at the same time
	other := folder(t, map[string]string{library.ArticleList: strings.ReplaceAll(list.String(), `"id":"a`, `"id":"b`), library.FileList: `{"file":"b.txt"}`, "b.txt": "words"})
	w.Won(domaintest.Race(4, func(int) error { _, err := w.Library.ImportFolder(w.As(w.Admin), other, quiet); return err }))
	require.Equal(t, 351, w.Int(`SELECT count(*) FROM resources WHERE source_id LIKE 'b%'`))
	require.Equal(t, 1, w.Int(`SELECT count(*) FROM asset_uses x JOIN assets a ON a.id = x.asset_id WHERE a.name = 'b.txt'`))
	require.Equal(t, 1, w.Int(`SELECT count(*) FROM assets WHERE name = 'b.txt'`))
}

func TestAnImportBeforeAnybodyIsThereTakesArticlesAndSaysThatFilesNeedSomebody(t *testing.T) {
	t.Parallel()
	w := domaintest.NewWithStorage(t)
	dir := folder(t, map[string]string{library.ArticleList: `{"id":"a","title":"A","type":"guide"}`, library.FileList: `{"file":"a.txt"}`, "a.txt": "words"})
	report, err := w.Library.ImportFolder(auth.With(t.Context(), auth.User{}), dir, quiet)
	require.NoError(t, err)
	require.Equal(t, 1, report.Articles.Created)
	require.Equal(t, "no_owner", report.Refused[0].Reason)
}

func TestTheWholeCorpusComesInQuicklyAndEveryFileEndsReadyOrWithAReason(t *testing.T) {
	dir := corpustest.NeedWhole(t)
	w := domaintest.NewWithStorage(t)
	began := time.Now()
	report, err := w.Library.ImportFolder(w.As(w.Admin), dir, quiet)
	require.NoError(t, err)
	t.Logf("imported in %s", time.Since(began))
	require.Less(t, time.Since(began), time.Minute)
	require.Empty(t, report.Refused)
	require.Equal(t, library.ImportCount{Read: 1905, Created: 1905}, report.Articles)
	require.Equal(t, library.ImportCount{Read: 53, Created: 53}, report.Files)
	began = time.Now()
	again, err := w.Library.ImportFolder(w.As(w.Admin), dir, quiet)
	require.NoError(t, err)
	t.Logf("again in %s", time.Since(began))
	require.Equal(t, 1905, again.Articles.Unchanged)
	require.Equal(t, 53, again.Files.Unchanged)
	require.Equal(t, 53, w.Int(`SELECT count(*) FROM river_job WHERE kind = 'process_asset'`))
	require.Zero(t, w.Int(`SELECT count(*) FROM resources WHERE content_type NOT IN ('document', 'image', 'video', 'deck', 'audio_story') AND body_text = '' AND body_markdown <> ''`))

	files, err := w.Library.FilesOfSources(t.Context(), report.FileIDs)
	require.NoError(t, err)
	require.Len(t, files, 53)
	for _, f := range files {
		began := time.Now()
		require.NoError(t, w.Library.Process(t.Context(), library.ProcessAsset{AssetID: f.ID}), f.Name)
		require.Less(t, time.Since(began), extract.MaxTime+5*time.Second, f.Name)
		a := asset(t, w, w.Admin, f.ID)
		switch a.State {
		case library.Ready:
		case library.Limited, library.Refused:
			require.NotEmpty(t, a.Reason, f.Name)
			require.NotEmpty(t, a.Explanation, f.Name)
		default:
			t.Errorf("%s is %s", f.Name, a.State)
		}
	}
	raw, err := os.ReadFile(filepath.Join(dir, library.FileList))
	require.NoError(t, err)
	for l := range strings.Lines(string(raw)) {
		var f struct {
			File string
			Text string `json:"text_contains"`
		}
		require.NoError(t, json.Unmarshal([]byte(l), &f))
		if f.Text == "" {
			continue
		}
		require.Equal(t, 1, w.Int(`SELECT count(*) FROM resources r WHERE r.source_id = $1 AND position(lower(regexp_replace($2, '\s+', ' ', 'g')) IN
			(SELECT lower(regexp_replace(string_agg(p.text, ' ' ORDER BY p.page), '\s+', ' ', 'g')) FROM asset_uses x JOIN asset_pages p ON p.asset_id = x.asset_id
			WHERE x.object_type = 'resource' AND x.object_id = r.id)) > 0`, f.File, f.Text), "%s: %q", f.File, f.Text)
	}
}
