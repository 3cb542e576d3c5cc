package library_test

import (
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"byline/backend/internal/comments"
	"byline/backend/internal/domaintest"
	"byline/backend/internal/library"
	"byline/backend/internal/platform/errs"
)

// replaced is a resource of the marketer whose PDF was replaced, and both files.
func replaced(t *testing.T, w *domaintest.World) (id uuid.UUID, old, next library.Asset) {
	t.Helper()
	id = w.Resource("Price list")
	old = upload(t, w, w.Marketer, "prices-2030.pdf", pdfOf("What we sell to pharma", "Valves cost 40 euro each", "Seals cost 4 euro each"))
	next = upload(t, w, w.Marketer, "prices-2031.pdf", pdfOf("What we sell to pharma", "Valves cost 44 euro each", "Delivery takes nine working days", "Seals cost 4 euro each"))
	look(t, w, old.ID)
	look(t, w, next.ID)
	require.NoError(t, w.Library.Attach(w.As(w.Marketer), old.ID, comments.Object{Type: "resource", ID: id}, 0, "Prices"))
	_, err := w.Library.ReplaceFile(w.As(w.Marketer), id, next.ID, old.ID, "")
	require.NoError(t, err)
	return id, old, next
}

func TestVersionsSayWhatTookThePlaceOfWhat(t *testing.T) {
	t.Parallel()
	w := domaintest.NewWithStorage(t)
	id, old, next := replaced(t, w)
	list, err := w.Library.Versions(w.As(w.Rep), id)
	require.NoError(t, err)
	require.Len(t, list, 2)
	require.Equal(t, []string{"files"}, list[0].Changed)
	require.True(t, list[0].Current)
	require.False(t, list[1].Current)
	require.Equal(t, next.ID, list[0].Files[0].ID)
	require.Equal(t, "replaced", list[0].FileChanges[0].Change)
	require.Equal(t, old.ID, list[0].FileChanges[0].Before.ID)
	require.Equal(t, old.ID, list[1].Files[0].ID, "what the first version had was kept when it was replaced")
	require.Equal(t, "Prices", list[1].Files[0].Caption)
	require.Empty(t, list[1].Changed)

	c, err := w.Library.Compare(w.As(w.Rep), id, 0, 0)
	require.NoError(t, err)
	require.Equal(t, [2]int{1, 2}, [2]int{c.From.Number, c.To.Number})
	require.Nil(t, c.FromDoc, "the text is the same")
	c, err = w.Library.Compare(w.As(w.Rep), id, 2, 1)
	require.NoError(t, err)
	require.Equal(t, [2]int{1, 2}, [2]int{c.From.Number, c.To.Number}, "the older one first")
	_, err = w.Library.Compare(w.As(w.Rep), id, 1, 9)
	w.Code(errs.NotFound, err)

	f, err := w.Library.CompareFiles(w.As(w.Rep), id, 1, 2, old.ID, next.ID)
	require.NoError(t, err)
	var changes []string
	for _, p := range f.Pages {
		changes = append(changes, p.Change)
	}
	require.Equal(t, []string{"same", "changed", "inserted", "same"}, changes)
	require.True(t, f.Pages[1].WordsChanged)
	require.Equal(t, 4, f.Pages[3].After.Number)
	_, err = w.Library.CompareFiles(w.As(w.Rep), id, 2, 1, old.ID, next.ID)
	w.Code(errs.NotFound, err, "the versions do not have these files")
}

func TestAPageWithTheSameWordsThatLooksDifferentIsToldApart(t *testing.T) {
	t.Parallel()
	w := domaintest.NewWithStorage(t)
	id := w.Resource("Chart")
	chart := func(height string) []byte {
		return pdfOf("Share of boxes) Tj ET 0.2 0.4 0.8 rg 60 60 80 " + height + " re f BT /F 1 Tf 0 0 Td (")
	}
	old, next := upload(t, w, w.Marketer, "chart.pdf", chart("20")), upload(t, w, w.Marketer, "chart.pdf", chart("120"))
	look(t, w, old.ID)
	look(t, w, next.ID)
	require.NoError(t, w.Library.Attach(w.As(w.Marketer), old.ID, comments.Object{Type: "resource", ID: id}, 0, ""))
	_, err := w.Library.ReplaceFile(w.As(w.Marketer), id, next.ID, uuid.Nil, "")
	require.NoError(t, err)
	f, err := w.Library.CompareFiles(w.As(w.Rep), id, 1, 2, old.ID, next.ID)
	require.NoError(t, err)
	require.Len(t, f.Pages, 1)
	require.Equal(t, "changed", f.Pages[0].Change)
	require.False(t, f.Pages[0].WordsChanged)
	require.True(t, f.Pages[0].PictureChanged)
	require.InDelta(t, 1500, f.Pages[0].Where.X, 250)
}

func TestOldVersionsAreSeenByThoseWhoSeeTheResourceAndKeptByNobody(t *testing.T) {
	t.Parallel()
	w := domaintest.NewWithStorage(t)
	id, old, next := replaced(t, w)
	rep := w.As(w.Rep)
	url, err := w.Library.VersionPageURL(rep, id, 1, old.ID, 2, 800)
	require.NoError(t, err)
	status, _ := fetched(t, url)
	require.Equal(t, 200, status)
	lines, err := w.Library.VersionPageLines(rep, id, 1, old.ID, 2)
	require.NoError(t, err)
	require.Equal(t, "Valves cost 40 euro each", lines[0].Text)

	// the file itself is no longer theirs, by any way
	_, err = w.Library.DownloadURL(rep, old.ID, false)
	w.Code(errs.NotFound, err)
	_, err = w.Library.PagePictureURL(rep, old.ID, 1, 800)
	w.Code(errs.NotFound, err)
	_, err = w.Library.Pages(rep, old.ID)
	w.Code(errs.NotFound, err)
	// nor is a file shown that the version does not have
	other := upload(t, w, w.Marketer, "secret.pdf", pdfOf("Salaries"))
	look(t, w, other.ID)
	for _, asset := range []uuid.UUID{other.ID, next.ID, uuid.New()} {
		_, err = w.Library.VersionPageURL(rep, id, 1, asset, 1, 800)
		w.Code(errs.NotFound, err)
		_, err = w.Library.CompareFiles(rep, id, 1, 2, asset, next.ID)
		w.Code(errs.NotFound, err)
	}
	require.NotEmpty(t, must(w.Library.FormerUse(rep, old.ID)))
	_, err = w.Library.FormerUse(rep, next.ID)
	w.Code(errs.NotFound, err, "it is no former one")

	closed := func(why string) {
		t.Helper()
		_, err := w.Library.Versions(rep, id)
		w.Code(errs.NotFound, err, why)
		_, err = w.Library.Compare(rep, id, 1, 2)
		w.Code(errs.NotFound, err, why)
		_, err = w.Library.CompareFiles(rep, id, 1, 2, old.ID, next.ID)
		w.Code(errs.NotFound, err, why)
		_, err = w.Library.VersionPageURL(rep, id, 1, old.ID, 2, 800)
		w.Code(errs.NotFound, err, why)
		_, err = w.Library.VersionPageLines(rep, id, 1, old.ID, 2)
		w.Code(errs.NotFound, err, why)
		_, err = w.Library.FormerUse(rep, old.ID)
		w.Code(errs.NotFound, err, why)
	}
	w.Exec(`UPDATE resources SET expires_at = now() - interval '1 second' WHERE id = $1`, id)
	closed("expired")
	w.Exec(`UPDATE resources SET expires_at = NULL, release_at = now() + interval '1 hour' WHERE id = $1`, id)
	closed("not out yet")
	w.Exec(`UPDATE resources SET release_at = NULL, state = 'archived' WHERE id = $1`, id)
	closed("archived")
	_, err = w.Library.VersionPageURL(w.As(w.Marketer), id, 1, old.ID, 2, 800)
	require.NoError(t, err, "marketing sees all")
}

func TestCleaningKeepsTheFilesOfOldVersions(t *testing.T) {
	t.Parallel()
	w := domaintest.NewWithStorage(t)
	id, old, _ := replaced(t, w)
	require.NoError(t, w.Library.Discard(w.As(w.Marketer), old.ID))
	w.Exec(`UPDATE assets SET updated_at = now() - interval '1 year', created_at = now() - interval '1 year', look_asked_at = now() - interval '1 year'`)
	require.NoError(t, w.Library.Sweep(t.Context(), library.SweepUploads{}))
	require.True(t, exists(w, old.StorageKey))
	f, err := w.Library.Compare(w.As(w.Rep), id, 1, 2)
	require.NoError(t, err)
	require.Equal(t, old.ID, f.Files[0].Before.ID)
	loose := upload(t, w, w.Marketer, "loose.pdf", pdfOf("Nobody's"))
	require.NoError(t, w.Library.Discard(w.As(w.Marketer), loose.ID))
	require.False(t, exists(w, loose.StorageKey), "what belongs to nothing goes")
}

func TestAVersionIsBroughtBackAsTheNextOne(t *testing.T) {
	t.Parallel()
	w := domaintest.NewWithStorage(t)
	id, old, next := replaced(t, w)
	ctx := w.As(w.Marketer)
	now, err := w.Library.Resource(ctx, id)
	require.NoError(t, err)
	_, err = w.Library.RestoreVersion(w.As(w.Rep), id, 1, now.Rev)
	w.Code(errs.Forbidden, err)
	_, err = w.Library.RestoreVersion(ctx, id, 2, now.Rev)
	w.Code(errs.Conflict, err, "it is there already")
	_, err = w.Library.RestoreVersion(ctx, id, 7, now.Rev)
	w.Code(errs.NotFound, err)
	// a double click
	won := w.Won(domaintest.Race(2, func(int) error { _, err := w.Library.RestoreVersion(ctx, id, 1, now.Rev); return err }), errs.Stale)
	require.Equal(t, 1, won)
	list, err := w.Library.Versions(w.As(w.Rep), id)
	require.NoError(t, err)
	require.Len(t, list, 3)
	require.Equal(t, 1, list[0].RestoredFrom)
	require.Equal(t, old.ID, list[0].Files[0].ID)
	require.Equal(t, "Prices", list[0].Files[0].Caption)
	_, err = w.Library.Asset(w.As(w.Rep), old.ID)
	require.NoError(t, err, "it is shown again")
	_, err = w.Library.Asset(w.As(w.Rep), next.ID)
	w.Code(errs.NotFound, err)
	// and back
	now, err = w.Library.Resource(ctx, id)
	require.NoError(t, err)
	_, err = w.Library.RestoreVersion(ctx, id, 2, now.Rev)
	require.NoError(t, err)
	c, err := w.Library.Compare(ctx, id, 2, 4)
	require.NoError(t, err)
	require.Empty(t, c.Changed)
}

func TestAnImportThatChangedIsANewVersionWithItsText(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	in := library.Imported{SourceID: "site/valves", Title: "Valves", ContentType: "guide", Lang: "en", BodyMarkdown: "# Valves\n\nThey cost 40 euro.",
		Taxonomy: library.Taxonomy{Tags: []string{"valves"}}}
	id, _, err := w.Library.Import(w.As(w.Marketer), in)
	require.NoError(t, err)
	list, err := w.Library.Versions(w.As(w.Rep), id)
	require.NoError(t, err)
	require.Len(t, list, 1)
	require.True(t, list[0].Current)
	_, changed, err := w.Library.Import(w.As(w.Marketer), in)
	require.NoError(t, err)
	require.False(t, changed)
	in.BodyMarkdown, in.Taxonomy.Tags = "# Valves\n\nThey cost 44 euro.", []string{"valves", "prices"}
	_, _, err = w.Library.Import(w.As(w.Marketer), in)
	require.NoError(t, err)
	c, err := w.Library.Compare(w.As(w.Rep), id, 0, 0)
	require.NoError(t, err)
	require.Equal(t, [2]int{1, 2}, [2]int{c.From.Number, c.To.Number})
	require.Equal(t, []string{"text", "facts"}, c.Changed)
	require.Contains(t, string(c.FromDoc), "40 euro")
	require.Contains(t, string(c.ToDoc), "44 euro")
	require.Equal(t, []string{"valves"}, c.From.Facts.Tags)
	require.Equal(t, w.Marketer.ID, c.To.By.ID)

	now, err := w.Library.Resource(w.As(w.Marketer), id)
	require.NoError(t, err)
	r, err := w.Library.RestoreVersion(w.As(w.Marketer), id, 1, now.Rev)
	require.NoError(t, err)
	require.Contains(t, r.BodyMarkdown, "40 euro")
	require.Equal(t, 3, r.Version)
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}
