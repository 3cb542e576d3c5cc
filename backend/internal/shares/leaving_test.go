package shares_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"byline/backend/internal/domaintest"
	"byline/backend/internal/library"
	"byline/backend/internal/platform/corpustest"
	"byline/backend/internal/platform/errs"
	"byline/backend/internal/platform/extract"
	"byline/backend/internal/shares"
)

const types, rels = `http://schemas.openxmlformats.org/package/2006/content-types`, `http://schemas.openxmlformats.org/package/2006/relationships`

// wordFile is a document with some WordprocessingML in its one paragraph.
func wordFile(t *testing.T, inParagraph string) []byte {
	t.Helper()
	return zipped(t, [][2]string{
		{"[Content_Types].xml", `<Types xmlns="` + types + `"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`},
		{"_rels/.rels", `<Relationships xmlns="` + rels + `"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`},
		{"word/document.xml", `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t xml:space="preserve">Ourprice </w:t></w:r>` + inParagraph + `</w:p></w:body></w:document>`},
	})
}

func zipped(t *testing.T, parts [][2]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, part := range parts {
		w, err := z.Create(part[0])
		require.NoError(t, err)
		_, err = io.WriteString(w, part[1])
		require.NoError(t, err)
	}
	require.NoError(t, z.Close())
	return b.Bytes()
}

const deletion = `<w:del w:id="1" w:author="Zoltan Maker" w:date="2026-01-01T00:00:00Z"><w:r><w:delText>Deletedprice</w:delText></w:r></w:del>`

// added is a file of a resource as the worker reads it; see has its pages made too.
func added(t *testing.T, w *domaintest.World, resource uuid.UUID, name string, content []byte) uuid.UUID {
	t.Helper()
	a, err := w.Library.Ingest(w.As(w.Marketer), name, int64(len(content)), bytes.NewReader(content))
	require.NoError(t, err)
	require.NoError(t, w.Library.Process(t.Context(), library.ProcessAsset{AssetID: a.ID}))
	w.Exec(`INSERT INTO asset_uses (asset_id, object_type, object_id) VALUES ($1, 'resource', $2)`, a.ID, resource)
	return a.ID
}

func looked(t *testing.T, w *domaintest.World, asset uuid.UUID) {
	t.Helper()
	var raw []byte
	require.NoError(t, w.DB.PG(t.Context()).QueryRow(t.Context(), `SELECT args FROM river_job WHERE kind = 'look_at_asset' AND args->>'asset_id' = $1`, asset.String()).Scan(&raw))
	var job library.Look
	require.NoError(t, json.Unmarshal(raw, &job))
	require.NoError(t, w.Library.LookAt(t.Context(), job))
}

// shownWords are those that people outside read of a file.
func shownWords(t *testing.T, w *domaintest.World, resource, asset uuid.UUID) string {
	t.Helper()
	found, err := w.Library.Outside(t.Context(), []uuid.UUID{resource}, time.Now())
	require.NoError(t, err)
	pages, err := w.Library.PagesOutside(t.Context(), found[0].Files)
	require.NoError(t, err)
	words := ""
	for _, p := range pages[asset] {
		words += found[0].Files[0].ShownOutside(p) + "\n"
	}
	return words
}

func leaving(t *testing.T, w *domaintest.World, resource uuid.UUID) []shares.Leaving {
	t.Helper()
	list, err := w.Shares.Leaving(w.As(w.Rep), []uuid.UUID{resource}, uuid.Nil)
	require.NoError(t, err)
	return list
}

// Without LibreOffice a document leaves when it was looked into and has nothing that its pages do not show.
func TestADocumentWithTrackedChangesDoesNotLeaveAsItIs(t *testing.T) {
	t.Parallel()
	w := domaintest.NewWithStorage(t)
	plain, changed := shareable(t, w, "Plain"), shareable(t, w, "Changed")
	clean, dirty := added(t, w, plain, "plain.docx", wordFile(t, "")), added(t, w, changed, "offer.docx", wordFile(t, deletion))
	_, token := share(t, w, w.Rep, func(in *shares.Input) { in.Resources = []uuid.UUID{plain, changed} })
	get := func(asset uuid.UUID) error {
		_, err := w.Shares.File(t.Context(), token, person("a"), asset, shares.Keep)
		return err
	}
	w.Code(errs.NotFound, get(dirty)) // from the first moment on
	w.Library.SetOffice(extract.Office{})
	looked(t, w, clean)
	looked(t, w, dirty)
	require.NoError(t, get(clean))
	w.Code(errs.NotFound, get(dirty))
	require.Empty(t, leaving(t, w, plain))
	require.Equal(t, []shares.Leaving{{Resource: changed, Title: "Changed", Name: "offer.docx", As: library.LeavesNot, Note: "Cannot be downloaded outside: it has tracked changes."}}, leaving(t, w, changed))
	words := shownWords(t, w, changed, dirty)
	require.Contains(t, words, "Ourprice")
	require.NotContains(t, words, "Deletedprice")
	// what was read before anybody looked for such things is shown to nobody, until it was read again
	w.Exec(`UPDATE assets SET within = NULL, look = 'waiting' WHERE id = ANY($1)`, []uuid.UUID{clean, dirty})
	w.Exec(`UPDATE asset_pages SET text = 'Ourprice Deletedprice' WHERE asset_id = $1`, dirty)
	require.NotContains(t, shownWords(t, w, changed, dirty), "price")
	w.Code(errs.NotFound, get(clean))
	require.Contains(t, leaving(t, w, plain)[0].Note, "being made ready")
	for _, id := range []uuid.UUID{clean, dirty} {
		require.NoError(t, w.Library.LookAt(t.Context(), library.Look{AssetID: id}))
	}
	require.NoError(t, get(clean))
	w.Code(errs.NotFound, get(dirty))
	require.Equal(t, "Ourprice\n", shownWords(t, w, changed, dirty))
	// where its files may not be downloaded there is nothing to say of that; and it says nothing of what one does not see
	w.Exec(`UPDATE resources SET download_outside = false WHERE id = $1`, changed)
	require.Empty(t, leaving(t, w, changed))
	for _, wrong := range [][]uuid.UUID{nil, {uuid.New()}} {
		_, err := w.Shares.Leaving(w.As(w.Rep), wrong, uuid.Nil)
		w.Code(errs.Invalid, err)
	}
	_, err := w.Shares.Leaving(w.As(w.Rep), nil, uuid.New())
	w.Code(errs.Invalid, err)
	_, err = w.Shares.Leaving(w.As(w.Rep), []uuid.UUID{plain}, uuid.New())
	w.Code(errs.Invalid, err)
}

// With LibreOffice it leaves as the PDF of its pages, whoever may take the file itself inside.
func TestADocumentLeavesAsThePDFOfItsPages(t *testing.T) {
	t.Parallel()
	o := extract.FindOffice()
	if !o.Can(".docx") {
		t.Skip("skipped: LibreOffice (soffice, with Writer) is not installed here")
	}
	w := domaintest.NewWithStorage(t)
	w.Library.SetOffice(o)
	id := shareable(t, w, "Offer")
	asset := added(t, w, id, "offer.docx", wordFile(t, deletion))
	looked(t, w, asset)
	_, token := share(t, w, w.Rep, func(in *shares.Input) { in.Resources = []uuid.UUID{id} })
	address, err := w.Shares.File(t.Context(), token, person("a"), asset, shares.Keep)
	require.NoError(t, err)
	res, err := http.Get(address) //nolint:noctx,gosec // a test
	require.NoError(t, err)
	defer func() { _ = res.Body.Close() }()
	b, err := io.ReadAll(res.Body)
	require.NoError(t, err)
	require.True(t, bytes.HasPrefix(b, []byte("%PDF-")))
	require.Contains(t, res.Header.Get("Content-Disposition"), "offer.pdf")
	require.NotContains(t, string(b), "Zoltan")
	lines, err := w.Shares.Words(t.Context(), token, person("a"), asset, 1)
	require.NoError(t, err)
	require.Len(t, lines, 1)
	require.Equal(t, "Ourprice", strings.TrimSpace(lines[0].Text))
	require.Equal(t, "Ourprice\n", shownWords(t, w, id, asset))
	require.Equal(t, []shares.Leaving{{Resource: id, Title: "Offer", Name: "offer.docx", As: library.LeavesAsPDF, Note: "Leaves as a PDF, without tracked changes."}}, leaving(t, w, id))
}

// Colleagues find the words of a slide that its maker has hidden; people outside do not even hear that there is one.
func TestHiddenSlidesDoNotLeave(t *testing.T) {
	t.Parallel()
	w := domaintest.NewWithStorage(t)
	w.Library.SetOffice(extract.Office{})
	slide := func(show, words string) string {
		return `<p:sld xmlns:p="p" xmlns:a="a"` + show + `><a:p><a:r><a:t>` + words + `</a:t></a:r></a:p></p:sld>`
	}
	id := shareable(t, w, "Deck")
	asset := added(t, w, id, "deck.pptx", zipped(t, [][2]string{
		{"[Content_Types].xml", `<Types xmlns="` + types + `"><Override PartName="/ppt/presentation.xml" ContentType="application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"/></Types>`},
		{"_rels/.rels", `<Relationships xmlns="` + rels + `"/>`}, {"ppt/presentation.xml", `<x/>`},
		{"ppt/slides/slide1.xml", slide(` show="0"`, "Ourmargin")}, {"ppt/slides/slide2.xml", slide("", "Welcome")}, {"ppt/slides/slide3.xml", slide("", "Goodbye")},
		{"ppt/notesSlides/notesSlide2.xml", slide("", "Speakquietly")},
	}))
	looked(t, w, asset)
	require.Equal(t, "Welcome\nGoodbye\n", shownWords(t, w, id, asset))
	found, err := w.Library.Outside(t.Context(), []uuid.UUID{id}, time.Now())
	require.NoError(t, err)
	a := found[0].Files[0]
	require.Equal(t, []int{2, 1, 2}, []int{a.Shown(), a.Place(2), a.Place(3)})
	within, err := w.Library.Pages(w.As(w.Rep), asset)
	require.NoError(t, err)
	require.Equal(t, "Ourmargin", within[0].Text)
	require.Equal(t, []bool{true, false, false}, []bool{within[0].Hidden, within[1].Hidden, within[2].Hidden})
	_, token := share(t, w, w.Rep, func(in *shares.Input) { in.Resources = []uuid.UUID{id} })
	_, err = w.Shares.File(t.Context(), token, person("a"), asset, shares.Keep)
	w.Code(errs.NotFound, err)
}

// The same with pictures of the slides, which have the numbers of their slides.
func TestHiddenSlidesAreInNoPictureAndNoPDF(t *testing.T) {
	dir := corpustest.Need(t)
	office := extract.FindOffice()
	if !office.Can(".pptx") {
		t.Skip("skipped: Impress, a part of LibreOffice, is not installed here")
	}
	t.Parallel()
	w := domaintest.NewWithStorage(t)
	w.Library.SetOffice(office)
	const hidden = "This template provides a look and feel" // on the first slide of nine
	content, err := os.ReadFile(filepath.Join(dir, "files", "falco-presentation-template.pptx"))
	require.NoError(t, err)
	id := shareable(t, w, "Deck")
	asset := added(t, w, id, "deck.pptx", content)
	looked(t, w, asset)
	found, err := w.Library.Outside(t.Context(), []uuid.UUID{id}, time.Now())
	require.NoError(t, err)
	a := found[0].Files[0]
	require.True(t, a.WithPictures(), a.LookNote)
	require.NotEmpty(t, a.Hidden)
	require.Equal(t, a.Shown(), w.Int(`SELECT count(*) FROM asset_pictures WHERE asset_id = $1 AND width > 0`, asset))
	within, err := w.Library.Pages(w.As(w.Rep), asset)
	require.NoError(t, err)
	words := ""
	for _, p := range within {
		words += p.Text
		require.Equal(t, slices.Contains(a.Hidden, p.Number), p.Width == 0, "page %d", p.Number)
	}
	require.Contains(t, words, hidden)
	require.NotContains(t, shownWords(t, w, id, asset), hidden)
	_, err = w.Library.PictureOutside(t.Context(), a, a.Hidden[0], 800, time.Minute)
	w.Code(errs.NotFound, err)
	first := 1
	for slices.Contains(a.Hidden, first) {
		first++
	}
	require.Contains(t, a.PreviewKey, fmt.Sprintf("/%d-", first))

	_, token := share(t, w, w.Rep, func(in *shares.Input) { in.Resources = []uuid.UUID{id} })
	to, err := w.Shares.File(t.Context(), token, person("a"), asset, shares.Keep)
	require.NoError(t, err)
	res, err := http.Get(to) //nolint:noctx,gosec // a test
	require.NoError(t, err)
	pdf, err := io.ReadAll(res.Body)
	require.NoError(t, err)
	require.NoError(t, res.Body.Close())
	kept := added(t, w, shareable(t, w, "Kept"), "kept.pdf", pdf)
	pages, err := w.Library.Pages(w.As(w.Marketer), kept)
	require.NoError(t, err)
	require.Equal(t, a.Shown(), w.Int(`SELECT pages FROM assets WHERE id = $1`, kept))
	for _, p := range pages {
		require.NotContains(t, p.Text, hidden)
	}
}
