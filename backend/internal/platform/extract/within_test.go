package extract_test

import (
	"archive/zip"
	"bytes"
	"encoding/hex"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"byline/backend/internal/platform/extract"
)

const wordNS = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`

// telling are the words that nobody outside is to read, in a file of each kind.
var telling = []string{"Deletedprice", "Movedprice", "Vanishedprice", "Styledprice", "Deletedrow", "Commentedprice", "Zoltan Maker"}

func wordParts(body, comments string) map[string]string {
	const rel = `http://schemas.openxmlformats.org/officeDocument/2006/relationships/`
	return map[string]string{
		"[Content_Types].xml": `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` +
			`<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>` +
			`<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>` +
			`<Override PartName="/word/comments.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"/>` +
			`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`,
		"_rels/.rels": `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="` + rel + `officeDocument" Target="word/document.xml"/>` +
			`<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`,
		"word/_rels/document.xml.rels": `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="` + rel + `comments" Target="comments.xml"/><Relationship Id="rId2" Type="` + rel + `styles" Target="styles.xml"/></Relationships>`,
		"docProps/core.xml":            `<?xml version="1.0"?><cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>Zoltan Maker</dc:creator><cp:lastModifiedBy>Zoltan Maker</cp:lastModifiedBy></cp:coreProperties>`,
		"word/styles.xml": `<?xml version="1.0"?><w:styles ` + wordNS + `><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>` +
			`<w:style w:type="character" w:styleId="Secret"><w:name w:val="Secret"/><w:rPr><w:vanish/></w:rPr></w:style>` +
			`<w:style w:type="character" w:styleId="Secreter"><w:name w:val="Secreter"/><w:basedOn w:val="Secret"/></w:style></w:styles>`,
		"word/comments.xml": `<?xml version="1.0"?><w:comments ` + wordNS + `>` + comments + `</w:comments>`,
		"word/document.xml": `<?xml version="1.0"?><w:document ` + wordNS + `><w:body>` + body + `<w:sectPr/></w:body></w:document>`,
	}
}

// tellingWord is a document in which each of telling stands somewhere.
func tellingWord(t *testing.T) []byte {
	t.Helper()
	mark := `w:id="1" w:author="Zoltan Maker" w:date="2026-01-01T00:00:00Z"`
	run := func(words string) string { return `<w:r><w:t xml:space="preserve">` + words + ` </w:t></w:r>` }
	return zipOf(t, wordParts(
		`<w:p>`+run("Ourprice")+`<w:del `+mark+`><w:r><w:delText>Deletedprice</w:delText></w:r></w:del><w:ins `+mark+`>`+run("Insertedprice")+`</w:ins>`+
			`<w:moveFrom `+mark+`><w:r><w:t>Movedprice</w:t></w:r></w:moveFrom><w:moveTo `+mark+`>`+run("Arrivedprice")+`</w:moveTo>`+
			`<w:commentRangeStart w:id="0"/>`+run("Talkedprice")+`<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r></w:p>`+
			`<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>Vanishedprice</w:t></w:r><w:r><w:rPr><w:rStyle w:val="Secreter"/></w:rPr><w:t>Styledprice</w:t></w:r>`+
			`<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>Plainprice</w:t></w:r></w:p>`+
			`<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="4000"/></w:tblGrid><w:tr><w:tc><w:p>`+run("Keptrow")+`</w:p></w:tc></w:tr>`+
			`<w:tr><w:trPr><w:del `+mark+`/></w:trPr><w:tc><w:p>`+run("Deletedrow")+`</w:p></w:tc></w:tr></w:tbl>`,
		`<w:comment w:id="0" w:author="Zoltan Maker"><w:p>`+run("Commentedprice")+`</w:p></w:comment>`))
}

func openParts(content, styles string) map[string]string {
	const ns = `xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" office:version="1.2"`
	return map[string]string{
		"META-INF/manifest.xml": `<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/><manifest:file-entry manifest:full-path="meta.xml" manifest:media-type="text/xml"/></manifest:manifest>`,
		"meta.xml":              `<?xml version="1.0"?><office:document-meta ` + ns + `><office:meta><meta:initial-creator>Zoltan Maker</meta:initial-creator><dc:creator>Zoltan Maker</dc:creator></office:meta></office:document-meta>`,
		"content.xml":           `<?xml version="1.0"?><office:document-content ` + ns + `><office:automatic-styles>` + styles + `</office:automatic-styles><office:body>` + content + `</office:body></office:document-content>`,
	}
}

func tellingOpen(t *testing.T) []byte {
	t.Helper()
	info := `<office:change-info><dc:creator>Zoltan Maker</dc:creator><dc:date>2026-01-01T00:00:00</dc:date></office:change-info>`
	return openOf(t, "text", openParts(`<office:text><text:tracked-changes><text:changed-region text:id="c1"><text:deletion>`+info+`<text:p>Deletedprice</text:p></text:deletion></text:changed-region>`+
		`<text:changed-region text:id="c2"><text:insertion>`+info+`</text:insertion></text:changed-region></text:tracked-changes>`+
		`<text:p>Ourprice <text:change text:change-id="c1"/><text:change-start text:change-id="c2"/>Insertedprice <text:change-end text:change-id="c2"/>`+
		`<office:annotation office:name="a"><dc:creator>Zoltan Maker</dc:creator><text:p>Commentedprice</text:p></office:annotation>Talkedprice<office:annotation-end office:name="a"/></text:p>`+
		`<text:p><text:span text:style-name="T1">Vanishedprice</text:span> Plainprice</text:p>`+
		`<text:p>Movedprice<text:hidden-paragraph text:condition="ooow:1==1" text:is-hidden="true"/></text:p>`+
		`<text:section text:name="S" text:display="none"><text:p>Styledprice</text:p></text:section></office:text>`,
		`<style:style style:name="T1" style:family="text"><style:text-properties text:display="none"/></style:style>`))
}

// openOf is an OpenDocument file: its first part says what it is, unpacked.
func openOf(t *testing.T, kind string, parts map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.CreateHeader(&zip.FileHeader{Name: "mimetype", Method: zip.Store})
	require.NoError(t, err)
	_, err = io.WriteString(w, "application/vnd.oasis.opendocument."+kind)
	require.NoError(t, err)
	rest, err := zip.NewReader(bytes.NewReader(zipOf(t, parts)), int64(len(zipOf(t, parts))))
	require.NoError(t, err)
	for _, f := range rest.File {
		require.NoError(t, z.Copy(f))
	}
	require.NoError(t, z.Close())
	return b.Bytes()
}

func TestTheWordsOfADocumentAreThoseThatItShows(t *testing.T) {
	t.Parallel()
	for name, content := range map[string][]byte{"a.docx": tellingWord(t), "a.odt": tellingOpen(t)} {
		r := read(t, name, content)
		require.Equal(t, []string{"changes", "comments", "hidden_text"}, without(r.Within, "hidden_cells"), name)
		text := strings.Join(r.Pages, "\n")
		for _, shown := range []string{"Ourprice", "Insertedprice", "Talkedprice", "Plainprice"} {
			require.Contains(t, text, shown, name)
		}
		for _, secret := range telling {
			require.NotContains(t, text, secret, name)
		}
	}
	plain := wordParts(`<w:p><w:r><w:rPr><w:webHidden/></w:rPr><w:t>Only this</w:t></w:r></w:p>`, "")
	require.Equal(t, []string{}, read(t, "plain.docx", zipOf(t, plain)).Within)
	plain["word/embeddings/Book1.xlsx"] = "x"
	require.Equal(t, []string{"embedded"}, read(t, "plain.docx", zipOf(t, plain)).Within)
	plain["word/header1.xml"] = "<w:hdr"
	require.Nil(t, read(t, "plain.docx", zipOf(t, plain)).Within, "what cannot be read may be anything")
	require.Nil(t, read(t, "a.rtf", []byte(`{\rtf1 Ourprice {\deleted Deletedprice}}`)).Within)
}

func without(list []string, word string) (left []string) {
	for _, w := range list {
		if w != word {
			left = append(left, w)
		}
	}
	return left
}

func TestWhatWorkbooksHideIsFoundAndNotShown(t *testing.T) {
	t.Parallel()
	book := func(change func(f *excelize.File)) []byte {
		f := excelize.NewFile()
		for row := range 3 {
			require.NoError(t, f.SetSheetRow("Sheet1", []string{"A1", "A2", "A3"}[row], &[]any{"a", "b", "c"}))
		}
		require.NoError(t, f.SetCellStr("Sheet1", "B1", "Columnprice"))
		require.NoError(t, f.SetCellStr("Sheet1", "C2", "Rowprice"))
		change(f)
		var b bytes.Buffer
		require.NoError(t, f.Write(&b))
		return b.Bytes()
	}
	require.Equal(t, []string{}, read(t, "a.xlsx", book(func(*excelize.File) {})).Within)
	hidden := book(func(f *excelize.File) {
		require.NoError(t, f.SetRowVisible("Sheet1", 2, false))
		require.NoError(t, f.SetColVisible("Sheet1", "B", false))
		_, err := f.NewSheet("Margins")
		require.NoError(t, err)
		require.NoError(t, f.SetSheetVisible("Margins", false, true))
		require.NoError(t, f.AddComment("Sheet1", excelize.Comment{Cell: "A1", Author: "Zoltan Maker", Text: "Commentedprice"}))
	})
	require.Equal(t, []string{"comments", "hidden_cells", "hidden_sheets"}, read(t, "a.xlsx", hidden).Within)
	sheets, reason, err := extractor(t).Sheets(t.Context(), fileOf(t, "a.xlsx", hidden), false)
	require.NoError(t, err)
	require.Empty(t, reason)
	require.Equal(t, []extract.Sheet{{Name: "Sheet1", Rows: [][]string{{"a", "c"}, {"a", "c"}}}}, sheets)
	first := book(func(f *excelize.File) { // the first row that there is
		require.NoError(t, f.RemoveRow("Sheet1", 1))
		require.NoError(t, f.InsertRows("Sheet1", 1, 2))
		require.NoError(t, f.SetRowHeight("Sheet1", 3, 0))
	})
	require.Equal(t, []string{"hidden_cells"}, read(t, "a.xlsx", first).Within)
	sheets, _, err = extractor(t).Sheets(t.Context(), fileOf(t, "a.xlsx", first), false)
	require.NoError(t, err)
	require.Equal(t, [][]string{{}, {}, {"a", "b", "c"}}, sheets[0].Rows)
	open := func(inTable, style string) []string {
		parts := openParts(`<office:spreadsheet><table:table table:style-name="ta1">`+inTable+`</table:table></office:spreadsheet>`,
			`<style:style style:name="ta1" style:family="table"><style:table-properties `+style+`/></style:style>`)
		return read(t, "a.ods", openOf(t, "spreadsheet", parts)).Within
	}
	require.Equal(t, []string{}, open(`<table:table-row/>`, `table:display="true"`))
	require.Equal(t, []string{"hidden_sheets"}, open(``, `table:display="false"`))
	require.Equal(t, []string{"comments", "hidden_cells"}, open(`<table:table-row table:visibility="filter"><table:table-cell><office:annotation/></table:table-cell></table:table-row>`, ``))
}

// The PDF itself is looked into, not only its words: who takes it away has it whole.
func TestAPDFOfADocumentHasNothingThatItsPagesDoNotShow(t *testing.T) {
	t.Parallel()
	o := office(t)
	x := extractor(t)
	for ending, content := range map[string][]byte{".docx": tellingWord(t), ".odt": tellingOpen(t)} {
		from, cleaned := fileOf(t, "a"+ending, content), filepath.Join(t.TempDir(), "cleaned")
		reason, err := x.Clean(t.Context(), from, cleaned)
		require.NoError(t, err)
		require.Empty(t, reason)
		require.Equal(t, []string{}, again(t, "a"+ending, cleaned).Within, ending)
		made, reason, err := o.Convert(t.Context(), cleaned, ending, t.TempDir(), "pdf")
		require.NoError(t, err)
		require.Empty(t, reason)
		requireNothingTold(t, made)
	}
}

func requireNothingTold(t *testing.T, pdf string) {
	t.Helper()
	dir := t.TempDir()
	d, reason, err := extractor(t).Draw(t.Context(), pdf, dir, 1, 10)
	require.NoError(t, err)
	require.Empty(t, reason)
	text := ""
	for _, p := range d.Pages {
		text += p.Text + "\n"
	}
	for _, shown := range []string{"Ourprice", "Insertedprice", "Talkedprice", "Plainprice"} {
		require.Contains(t, text, shown)
	}
	raw, err := os.ReadFile(pdf)
	require.NoError(t, err)
	require.NotContains(t, string(raw), "/Annot")
	for _, secret := range telling {
		require.NotContains(t, text, secret)
		require.NotContains(t, string(raw), secret)
		wide := []byte{}
		for _, u := range utf16.Encode([]rune(secret)) {
			wide = append(wide, byte(u>>8), byte(u))
		}
		require.NotContains(t, strings.ToLower(string(raw)), hex.EncodeToString(wide), secret)
	}
}

func again(t *testing.T, name, path string) extract.Result {
	t.Helper()
	b, err := os.ReadFile(path)
	require.NoError(t, err)
	return read(t, name, b)
}
