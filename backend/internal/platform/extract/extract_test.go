package extract_test

import (
	"archive/zip"
	"bufio"
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"byline/backend/internal/platform/corpustest"
	"byline/backend/internal/platform/extract"
)

// TestMain lets the test program be its own child process.
func TestMain(m *testing.M) {
	if os.Getenv("BYLINE_EXTRACT") == "1" {
		if len(os.Args) > 2 && strings.HasPrefix(os.Args[2], "hang") {
			time.Sleep(time.Hour)
		}
		if len(os.Args) > 2 && strings.HasPrefix(os.Args[2], "grow") {
			var all [][]byte
			for {
				b := make([]byte, 16<<20)
				for i := range b {
					b[i] = 1
				}
				all = append(all, b)
				_ = all
			}
		}
		if err := extract.Main(os.Args[1:], os.Stdout); err != nil {
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func extractor(t *testing.T) extract.Extractor {
	t.Helper()
	self, err := os.Executable()
	require.NoError(t, err)
	return extract.Extractor{Command: []string{self}, CacheDir: filepath.Join(os.TempDir(), "byline-pdf-cache")}
}

func read(t *testing.T, name string, content []byte) extract.Result {
	t.Helper()
	path := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(path, content, 0o600))
	r, err := extractor(t).File(t.Context(), path, name, path+".preview")
	require.NoError(t, err)
	return r
}

func zipOf(t *testing.T, files map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		w, err := z.Create(name)
		require.NoError(t, err)
		_, err = w.Write([]byte(files[name]))
		require.NoError(t, err)
	}
	require.NoError(t, z.Close())
	return b.Bytes()
}

const docxTypes = `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`

func docx(t *testing.T, body string) []byte {
	return zipOf(t, map[string]string{"[Content_Types].xml": docxTypes, "_rels/.rels": "<x/>", "word/document.xml": body})
}

func TestEveryFileOfTheCorpusEndsReadyOrWithAReason(t *testing.T) {
	dir := corpustest.Need(t)
	f, err := os.Open(filepath.Join(dir, "files.jsonl"))
	require.NoError(t, err)
	defer func() { _ = f.Close() }()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var file struct {
			File, Ext     string
			TextContains  string `json:"text_contains"`
			Pages, Slides int
			ByExtension   string `json:"mime_by_extension"`
			ByContent     string `json:"mime_by_content"`
		}
		require.NoError(t, json.Unmarshal(lines.Bytes(), &file))
		t.Run(file.File, func(t *testing.T) {
			began := time.Now()
			preview := filepath.Join(t.TempDir(), "preview")
			r, err := extractor(t).File(t.Context(), filepath.Join(dir, "files", file.File), file.File, preview)
			require.NoError(t, err)
			t.Logf("%-8s %-18s %-12s pages %3d text %6d preview %-10s %5d ms rss %3d MiB", r.State, r.Reason, r.Kind, r.PageCount,
				len(strings.Join(r.Pages, "")), r.PreviewType, time.Since(began).Milliseconds(), r.PeakRSS>>20)
			if r.State != extract.Ready {
				require.NotEmpty(t, r.Reason)
				require.NotEmpty(t, r.Explanation)
			}
			require.Positive(t, r.PeakRSS)
			require.Less(t, r.PeakRSS, int64(extract.MaxMemory))
			require.Less(t, time.Since(began), extract.MaxTime)
			if file.ByContent != file.ByExtension { // never taken for what the name says, and never silently
				require.Equal(t, file.ByContent, r.MediaType)
				require.Contains(t, []string{"name_differs", "type_mismatch"}, r.Reason)
				require.Contains(t, r.Explanation, file.ByContent)
			}
			text := strings.Join(strings.Fields(strings.ToLower(strings.Join(r.Pages, " "))), " ")
			require.Contains(t, text, strings.Join(strings.Fields(strings.ToLower(file.TextContains)), " "))
			if n := max(file.Pages, file.Slides); n > 0 && (r.Kind == "pdf" || r.Kind == "deck") && r.PageCount > 0 {
				require.Equal(t, n, r.PageCount)
			}
			if strings.Contains(file.File, "with-script") || strings.Contains(file.File, "really-html") {
				require.False(t, r.Inline)
				require.Equal(t, extract.Limited, r.State)
			}
		})
	}
	require.NoError(t, lines.Err())
}

func TestHostileFilesEndWithAReason(t *testing.T) {
	t.Parallel()
	hugePNG := func() []byte { // a header that promises 50,000 x 50,000 pixels
		b := []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\xC3\x50\x00\x00\xC3\x50\x08\x06\x00\x00\x00")
		return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[12:]))
	}
	bomb := `<w:document xmlns:w="w"><w:p><w:r><w:t>` + strings.Repeat("A", 200<<20) + `</w:t></w:r></w:p></w:document>`
	entity := `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><w:document xmlns:w="w"><w:p><w:r><w:t>safe &e;</w:t></w:r></w:p></w:document>`
	for name, x := range map[string]struct {
		file    string
		content []byte
		state   extract.State
		reason  string
	}{
		"empty":               {"a.pdf", nil, extract.Refused, "empty"},
		"garbage pdf":         {"a.pdf", []byte("%PDF-1.7 and then nothing"), extract.Limited, "unreadable"},
		"html as picture":     {"a.png", []byte("<html><script>alert(1)</script></html>"), extract.Limited, "type_mismatch"},
		"html without a name": {"a", []byte("<!doctype html><html><script>alert(1)</script></html>"), extract.Limited, "type_mismatch"},
		"svg":                 {"a.svg", []byte(`<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>`), extract.Limited, "active_content"},
		"svg as picture":      {"a.png", []byte(`<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>`), extract.Limited, "type_mismatch"},
		"huge picture":        {"a.png", hugePNG(), extract.Ready, "no_preview"},
		"program by its name": {"setup.exe", []byte("\x01\x02\x03 not even a program"), extract.Refused, "executable"},
		"unknown":             {"dump.bin", []byte("\x01\x02\x03\xff\xfe\x00\x00 nothing known"), extract.Limited, "unknown_type"},
		"program":             {"a.docx", append([]byte("\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x02\x00>\x00"), make([]byte, 100)...), extract.Refused, "executable"},
		"zip bomb":            {"a.docx", docx(t, bomb), extract.Ready, "too_large_unpacked"},
		"broken zip":          {"a.docx", docx(t, "<x/>")[:150], extract.Limited, "type_mismatch"},
		"external entity":     {"a.docx", docx(t, entity), extract.Ready, "unreadable"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := read(t, x.file, x.content)
			require.Equal(t, x.state, r.State, "%s %s", r.Reason, r.Explanation)
			require.Equal(t, x.reason, r.Reason)
			require.NotContains(t, strings.Join(r.Pages, ""), "root:")
			require.Less(t, r.PeakRSS, int64(extract.MaxMemory))
			if x.state != extract.Ready {
				require.False(t, r.Inline)
			}
		})
	}
}

func TestAHangOrAGreedyParserIsKilled(t *testing.T) {
	t.Parallel()
	e := extractor(t)
	path := filepath.Join(t.TempDir(), "x")
	require.NoError(t, os.WriteFile(path, []byte("x"), 0o600))
	e.MaxTime = 500 * time.Millisecond
	began := time.Now()
	r, err := e.File(t.Context(), path, "hang.pdf", path+".p")
	require.NoError(t, err)
	require.Equal(t, "timeout", r.Reason)
	require.Less(t, time.Since(began), 5*time.Second)
	e.MaxTime = 0
	r, err = e.File(t.Context(), path, "grow.pdf", path+".p")
	require.NoError(t, err)
	require.Equal(t, "too_much_memory", r.Reason)
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	_, err = e.File(ctx, path, "hang.pdf", path+".p")
	require.NoError(t, err, "the caller's own deadline is a timeout of the file")
}

func TestSlidesAreReadInOrderWithTheirNotes(t *testing.T) {
	t.Parallel()
	slide := func(s string) string {
		return `<p:sld xmlns:p="p" xmlns:a="a"><a:p><a:r><a:t>` + s + `</a:t></a:r></a:p></p:sld>`
	}
	files := map[string]string{"[Content_Types].xml": docxTypes, "_rels/.rels": "<x/>", "ppt/presentation.xml": "<x/>"}
	for i := 1; i <= 11; i++ {
		files[fmt.Sprintf("ppt/slides/slide%d.xml", i)] = slide(fmt.Sprintf("slide number %d", i))
	}
	files["ppt/notesSlides/notesSlide2.xml"] = slide("say this")
	files["ppt/slides/slide3.xml"] = strings.Replace(slide("not for everybody"), "<p:sld ", `<p:sld show="0" `, 1)
	r := read(t, "deck.pptx", zipOf(t, files))
	require.Equal(t, extract.Ready, r.State, r.Explanation)
	require.Equal(t, 11, r.PageCount)
	require.Equal(t, "slide number 2\nsay this", r.Pages[1])
	require.Equal(t, "slide number 10", r.Pages[9])
	require.Equal(t, "not for everybody", r.Pages[2])
	require.Len(t, r.Outside, 11)
	require.Equal(t, []string{"slide number 1", "slide number 2", "", "slide number 4"}, r.Outside[:4], "no notes, nothing of a hidden slide")
	require.Equal(t, []int{3}, r.Hidden)
}

// People move slides: their order stands in the presentation, not in the names of the parts.
func TestSlidesHaveThePagesAtWhichTheyAreShown(t *testing.T) {
	t.Parallel()
	slide := func(s string) string {
		return `<p:sld xmlns:p="p" xmlns:a="a"><a:p><a:r><a:t>` + s + `</a:t></a:r></a:p></p:sld>`
	}
	rel := func(id, target string) string {
		return `<Relationship Id="` + id + `" Type="t" Target="` + target + `"/>`
	}
	r := read(t, "deck.pptx", zipOf(t, map[string]string{"[Content_Types].xml": docxTypes, "_rels/.rels": "<x/>",
		"ppt/presentation.xml":             `<p:presentation xmlns:p="p" xmlns:r="r"><p:sldIdLst><p:sldId id="256" r:id="rId7"/><p:sldId id="257" r:id="rId2"/></p:sldIdLst></p:presentation>`,
		"ppt/_rels/presentation.xml.rels":  "<R>" + rel("rId2", "slides/slide1.xml") + rel("rId7", "/ppt/slides/slide9.xml") + "</R>",
		"ppt/slides/_rels/slide9.xml.rels": "<R>" + rel("rId1", "../notesSlides/notesSlide4.xml") + "</R>",
		"ppt/slides/slide1.xml":            slide("second"), "ppt/slides/slide9.xml": slide("first"), "ppt/slides/slide5.xml": slide("thrown away"),
		"ppt/notesSlides/notesSlide4.xml": slide("say this")}))
	require.Equal(t, 2, r.PageCount)
	require.Equal(t, []string{"first\nsay this", "second"}, r.Pages)
}

func TestAPreviewIsUprightAndCarriesNoMetadata(t *testing.T) {
	t.Parallel()
	img := image.NewNRGBA(image.Rect(0, 0, 1600, 900))
	for y := range 900 {
		for x := range 1600 {
			img.Set(x, y, color.NRGBA{uint8(x), uint8(y), 90, 255})
		}
	}
	var b bytes.Buffer
	require.NoError(t, jpeg.Encode(&b, img, nil))
	tiff := append([]byte("MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00\x00\x00\x00\x00"), []byte("GPS-SECRET")...)
	segment := append([]byte("Exif\x00\x00"), tiff...)
	photo := append([]byte{0xFF, 0xD8, 0xFF, 0xE1, byte((len(segment) + 2) >> 8), byte(len(segment) + 2)}, segment...)
	photo = append(photo, b.Bytes()[2:]...)
	path := filepath.Join(t.TempDir(), "photo.jpg")
	require.NoError(t, os.WriteFile(path, photo, 0o600))
	r, err := extractor(t).File(t.Context(), path, "photo.jpg", path+".preview")
	require.NoError(t, err)
	require.Equal(t, extract.Ready, r.State)
	require.Equal(t, [2]int{900, 1600}, [2]int{r.Width, r.Height})
	preview, err := os.ReadFile(path + ".preview")
	require.NoError(t, err)
	require.NotContains(t, string(preview), "GPS-SECRET")
	config, err := jpeg.DecodeConfig(bytes.NewReader(preview))
	require.NoError(t, err)
	require.Equal(t, [2]int{450, 800}, [2]int{config.Width, config.Height})
	var p bytes.Buffer
	require.NoError(t, png.Encode(&p, image.NewNRGBA(image.Rect(0, 0, 10, 10))))
	require.Equal(t, "image/png", read(t, "a.png", p.Bytes()).PreviewType)
}
