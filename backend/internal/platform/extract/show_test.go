package extract_test

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/jpeg"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"byline/backend/internal/platform/extract"
)

// pdfOf is a PDF of pages of 400 by 300 points: the first words stand near the top left corner, whichever way it is turned.
func pdfOf(rotate int, pages ...string) []byte {
	var b bytes.Buffer
	var at []int
	object := func(s string) {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", len(at), s)
	}
	b.WriteString("%PDF-1.4\n")
	object("<< /Type /Catalog /Pages 2 0 R >>")
	kids := make([]string, len(pages))
	for i := range pages {
		kids[i] = fmt.Sprintf("%d 0 R", 4+2*i)
	}
	object(fmt.Sprintf("<< /Type /Pages /Count %d /Kids [%s] >>", len(pages), strings.Join(kids, " ")))
	object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
	for i, words := range pages {
		object(fmt.Sprintf("<< /Type /Page /Parent 2 0 R /Rotate %d /MediaBox [0 0 400 300] /Resources << /Font << /F 3 0 R >> >> /Contents %d 0 R >>", rotate, 5+2*i))
		stream := "BT /F 20 Tf 40 260 Td (" + words + ") Tj ET"
		object(fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(stream), stream))
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, o := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, start)
	return b.Bytes()
}

func fileOf(t *testing.T, name string, content []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	require.NoError(t, os.WriteFile(path, content, 0o600))
	return path
}

func TestPagesAreDrawnInThreeWidthsWithThePlacesOfTheirWords(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	d, reason, err := extractor(t).Draw(t.Context(), fileOf(t, "a.pdf", pdfOf(0, "Pumps", "Valves and seals", "Third")), dir, 2, 5)
	require.NoError(t, err)
	require.Empty(t, reason)
	require.Equal(t, 3, d.Total)
	require.Len(t, d.Pages, 2)
	page := d.Pages[0]
	require.Equal(t, []int{2, 1600, 1200}, []int{page.Number, page.Width, page.Height})
	require.Equal(t, "Valves and seals", page.Text)
	require.Len(t, page.Lines, 1)
	line := page.Lines[0]
	require.InDelta(t, 1000, line.X, 60)  // 40 of 400 points
	require.InDelta(t, 850, line.Y, 150)  // 40 of 300 points is the baseline
	require.InDelta(t, 3700, line.W, 500) // about 148 points
	for _, width := range extract.Widths {
		b, err := os.ReadFile(extract.PagePicture(dir, 2, width))
		require.NoError(t, err)
		config, err := jpeg.DecodeConfig(bytes.NewReader(b))
		require.NoError(t, err)
		require.Equal(t, []int{width, width * 3 / 4}, []int{config.Width, config.Height})
	}
	// what is drawn there is dark, and its neighbourhood is not
	b, err := os.ReadFile(extract.PagePicture(dir, 2, 1600))
	require.NoError(t, err)
	img, err := jpeg.Decode(bytes.NewReader(b))
	require.NoError(t, err)
	box := image.Rect(line.X*1600/10_000, line.Y*1200/10_000, (line.X+line.W)*1600/10_000, (line.Y+line.H)*1200/10_000)
	require.Greater(t, darkness(img, box), 0.1)
	require.Zero(t, darkness(img, box.Add(image.Pt(0, 2*box.Dy()))))
}

func darkness(img image.Image, box image.Rectangle) float64 {
	dark := 0
	for y := box.Min.Y; y < box.Max.Y; y++ {
		for x := box.Min.X; x < box.Max.X; x++ {
			if r, _, _, _ := img.At(x, y).RGBA(); r < 0x8000 {
				dark++
			}
		}
	}
	return float64(dark) / float64(box.Dx()*box.Dy())
}

func TestTheWordsOfATurnedPageAreWhereThePictureHasThem(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	d, _, err := extractor(t).Draw(t.Context(), fileOf(t, "a.pdf", pdfOf(90, "Pumps")), dir, 1, 1)
	require.NoError(t, err)
	page := d.Pages[0]
	require.Greater(t, page.Height, page.Width)
	line := page.Lines[0]
	require.Greater(t, line.H*page.Height, line.W*page.Width) // it runs down
	b, err := os.ReadFile(extract.PagePicture(dir, 1, 1600))
	require.NoError(t, err)
	img, err := jpeg.Decode(bytes.NewReader(b))
	require.NoError(t, err)
	require.Greater(t, darkness(img, image.Rect(line.X*page.Width/10_000, line.Y*page.Height/10_000, (line.X+line.W)*page.Width/10_000, (line.Y+line.H)*page.Height/10_000)), 0.1)
}

func TestAPDFThatIsNoneIsNotDrawn(t *testing.T) {
	t.Parallel()
	_, reason, err := extractor(t).Draw(t.Context(), fileOf(t, "a.pdf", []byte("%PDF-1.7 and nothing")), t.TempDir(), 1, 5)
	require.NoError(t, err)
	require.Equal(t, "unreadable", reason)
}

func TestTheFirstRowsOfSpreadsheetsAreRead(t *testing.T) {
	t.Parallel()
	f := excelize.NewFile()
	for row := range 250 {
		require.NoError(t, f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", row+1), &[]any{row + 1, "Pump", 1.5}))
	}
	_, err := f.NewSheet("Hidden")
	require.NoError(t, err)
	require.NoError(t, f.SetSheetVisible("Hidden", false))
	var b bytes.Buffer
	require.NoError(t, f.Write(&b))
	sheets, reason, err := extractor(t).Sheets(t.Context(), fileOf(t, "a.xlsx", b.Bytes()), false)
	require.NoError(t, err)
	require.Empty(t, reason)
	require.Len(t, sheets, 1)
	require.Len(t, sheets[0].Rows, extract.MaxRows)
	require.True(t, sheets[0].More)
	require.Equal(t, []string{"200", "Pump", "1.5"}, sheets[0].Rows[199])

	sheets, _, err = extractor(t).Sheets(t.Context(), fileOf(t, "a.csv", []byte("\uFEFFName;Price\n\"Pump; small\";1,5\n;\n")), true)
	require.NoError(t, err)
	require.Equal(t, [][]string{{"Name", "Price"}, {"Pump; small", "1,5"}}, sheets[0].Rows)
	_, reason, err = extractor(t).Sheets(t.Context(), fileOf(t, "b.xlsx", []byte("PK\x03\x04 broken")), false)
	require.NoError(t, err)
	require.Equal(t, "unreadable", reason)
}

func TestASpreadsheetThatUnpacksToFarMoreIsNotRead(t *testing.T) {
	t.Parallel()
	sheet := `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>` + strings.Repeat("A", 400<<20) + `</t></is></c></row></sheetData></worksheet>`
	bomb := zipOf(t, map[string]string{"[Content_Types].xml": docxTypes, "xl/worksheets/sheet1.xml": sheet,
		"xl/workbook.xml":            `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`})
	_, reason, err := extractor(t).Sheets(t.Context(), fileOf(t, "a.xlsx", bomb), false)
	require.NoError(t, err)
	require.NotEmpty(t, reason)
}

func TestCaptionsAreReadWithTheirTimes(t *testing.T) {
	t.Parallel()
	for name, content := range map[string]string{
		"a.vtt": "\uFEFFWEBVTT - a talk\r\n\r\nNOTE nothing\r\n\r\n1\r\n00:01.500 --> 00:03.000 align:start\r\n<v Ann>Hello <i>you</i> &amp; all\r\nof you\r\n\r\n01:00:00.000 --> 01:00:01.000\r\nLate\r\n",
		"a.srt": "1\n00:00:01,500 --> 00:00:03,000\nHello you & all\nof you\n\n2\n01:00:00,000 --> 01:00:01,000\n<b>Late</b>\n\n3\n00:00:09,000 --> 00:00:02,000\nbackwards\n",
	} {
		cues, reason, err := extractor(t).Cues(t.Context(), fileOf(t, name, []byte(content)))
		require.NoError(t, err)
		require.Empty(t, reason, name)
		require.Equal(t, []extract.Cue{{Start: 1500, End: 3000, Text: "Hello you & all\nof you"}, {Start: 3_600_000, End: 3_601_000, Text: "Late"}}, cues, name)
	}
	_, reason, err := extractor(t).Cues(t.Context(), fileOf(t, "a.vtt", []byte("just words")))
	require.NoError(t, err)
	require.Equal(t, "unreadable", reason)
}

func office(t *testing.T) extract.Office {
	t.Helper()
	o := extract.FindOffice()
	if !o.Can(".docx") {
		t.Skip("skipped: LibreOffice (soffice, with Writer) is not installed here")
	}
	return o
}

// A document cannot make the server call anybody, nor read its files.
func TestADocumentIsDrawnByLibreOfficeAndLeadsNowhere(t *testing.T) {
	t.Parallel()
	o := office(t)
	var calls atomic.Int32
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	server := &http.Server{ReadHeaderTimeout: time.Second, Handler: http.HandlerFunc(func(http.ResponseWriter, *http.Request) { calls.Add(1) })}
	go func() { _ = server.Serve(l) }()
	t.Cleanup(func() { _ = server.Close() })
	outside := "http://" + l.Addr().String() + "/pixel.png"
	document := zipOf(t, map[string]string{
		"[Content_Types].xml":          `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`,
		"_rels/.rels":                  `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`,
		"word/_rels/document.xml.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="` + outside + `" TargetMode="External"/></Relationships>`,
		"word/document.xml": `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:body><w:p><w:r><w:t>Quarterly numbers</w:t></w:r></w:p>
			<w:p><w:r><w:drawing><wp:inline><wp:extent cx="900000" cy="900000"/><wp:docPr id="1" name="a"/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="1" name="a"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:link="rId9"/></pic:blipFill><pic:spPr/></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>
			<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> INCLUDEPICTURE "` + outside + `" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:body></w:document>`})
	page := []byte(`<html><body><p>Quarterly numbers</p><img src="` + outside + `"><iframe src="` + outside + `"></iframe></body></html>`)
	for _, o := range []extract.Office{o, {Command: o.Command, Networked: true}} { // the settings alone must do where there is no network of its own
		made, reason, err := o.Convert(t.Context(), fileOf(t, "x", document), ".docx", t.TempDir(), "pdf")
		require.NoError(t, err)
		require.Empty(t, reason)
		d, reason, err := extractor(t).Draw(t.Context(), made, t.TempDir(), 1, 10)
		require.NoError(t, err)
		require.Empty(t, reason)
		require.Contains(t, d.Pages[0].Text, "Quarterly numbers")
		_, _, err = o.Convert(t.Context(), fileOf(t, "x", page), ".doc", t.TempDir(), "pdf") // a web page that says it is a document
		require.NoError(t, err)
	}
	require.Zero(t, calls.Load())
}

// What a speaker hides, and the notes, are in no PDF of a deck, whatever program it is of.
func TestHiddenSlidesAndNotesAreInNoPDF(t *testing.T) {
	t.Parallel()
	o := office(t)
	if !o.Can(".pptx") {
		t.Skip("skipped: Impress, a part of LibreOffice, is not installed here")
	}
	box := func(y, words string) string {
		return `<draw:frame svg:x="2cm" svg:y="` + y + `" svg:width="16cm" svg:height="3cm"><draw:text-box><text:p>` + words + `</text:p></draw:text-box></draw:frame>`
	}
	deck := zipOf(t, map[string]string{
		"mimetype":              "application/vnd.oasis.opendocument.presentation",
		"META-INF/manifest.xml": `<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.presentation"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>`,
		"content.xml": `<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:presentation="urn:oasis:names:tc:opendocument:xmlns:presentation:1.0" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" office:version="1.2">
			<office:automatic-styles><style:style style:name="away" style:family="drawing-page"><style:drawing-page-properties presentation:visibility="hidden"/></style:style></office:automatic-styles>
			<office:body><office:presentation><draw:page>` + box("2cm", "the first slide") + `<presentation:notes>` + box("14cm", "say this quietly") + `</presentation:notes></draw:page>
			<draw:page draw:style-name="away">` + box("2cm", "not for everybody") + `</draw:page><draw:page>` + box("2cm", "the last slide") + `</draw:page></office:presentation></office:body></office:document-content>`,
	})
	for _, ending := range []string{".odp", ".pptx", ".ppt"} {
		path, reason := fileOf(t, "deck.odp", deck), ""
		var err error
		if ending != ".odp" {
			path, reason, err = o.Convert(t.Context(), path, ".odp", t.TempDir(), ending[1:])
			require.NoError(t, err, ending)
			require.Empty(t, reason, ending)
		}
		made, reason, err := o.Convert(t.Context(), path, ending, t.TempDir(), "pdf")
		require.NoError(t, err, ending)
		require.Empty(t, reason, ending)
		d, reason, err := extractor(t).Draw(t.Context(), made, t.TempDir(), 1, 10)
		require.NoError(t, err, ending)
		require.Empty(t, reason, ending)
		require.Len(t, d.Pages, 2, ending)
		require.Equal(t, []string{"the first slide", "the last slide"}, []string{strings.TrimSpace(d.Pages[0].Text), strings.TrimSpace(d.Pages[1].Text)}, ending)
	}
}

// Writer, Impress and Calc are packages of their own in many places.
func TestLibreOfficeMayLackAPart(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, name := range []string{"soffice", "soffice.bin", "libswlo.so"} {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), nil, 0o600))
	}
	link := filepath.Join(t.TempDir(), "soffice")
	require.NoError(t, os.Symlink(filepath.Join(dir, "soffice"), link))
	o := extract.Office{Command: link}
	require.Equal(t, []bool{true, true, false, false, false, false}, []bool{o.Can(".docx"), o.Can(".doc"), o.Can(".pptx"), o.Can(".ppt"), o.Can(".odp"), o.Can(".xls")})
	require.False(t, extract.Office{}.Can(".docx"))
}

func TestLibreOfficeIsKilledWithAllItStarted(t *testing.T) {
	t.Parallel()
	o := extract.Office{Command: fileOf(t, "soffice", []byte("#!/bin/sh\nnice > \"$HOME/nice\"; sleep 600 & echo $! > \"$HOME/child\"; wait\n")), MaxTime: time.Second}
	require.NoError(t, os.Chmod(o.Command, 0o700)) //nolint:gosec // it is to be run
	dir := t.TempDir()
	began := time.Now()
	_, reason, err := o.Convert(t.Context(), fileOf(t, "x", []byte("x")), ".docx", dir, "pdf")
	require.NoError(t, err)
	require.Equal(t, "timeout", reason)
	require.Less(t, time.Since(began), 10*time.Second)
	nice, err := os.ReadFile(filepath.Join(dir, "nice"))
	require.NoError(t, err)
	require.Equal(t, "5", strings.TrimSpace(string(nice)), "what people wait for goes first")
	pid, err := os.ReadFile(filepath.Join(dir, "child"))
	require.NoError(t, err)
	require.Eventually(t, func() bool {
		stat, err := os.ReadFile("/proc/" + strings.TrimSpace(string(pid)) + "/stat")
		return err != nil || strings.Contains(string(stat), ") Z ")
	}, 5*time.Second, 20*time.Millisecond)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, _, err = o.Convert(ctx, fileOf(t, "x", []byte("x")), ".docx", t.TempDir(), "pdf")
	require.ErrorIs(t, err, context.Canceled)
}
