package coedit

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"image"
	"image/png"
	"io"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
)

// partsOf reads a Word file; every XML part must be well formed.
func partsOf(t *testing.T, file []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	require.NoError(t, err)
	parts := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		require.NoError(t, err)
		raw, err := io.ReadAll(r)
		require.NoError(t, err)
		parts[f.Name] = string(raw)
		if !strings.HasSuffix(f.Name, ".xml") && !strings.HasSuffix(f.Name, ".rels") {
			continue
		}
		for x := xml.NewDecoder(bytes.NewReader(raw)); ; {
			if _, err := x.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatal(f.Name, err)
			}
		}
	}
	return parts
}

func TestPicturesLeaveInsideOfTheWordFile(t *testing.T) {
	t.Parallel()
	var picture bytes.Buffer
	require.NoError(t, png.Encode(&picture, image.NewGray(image.Rect(0, 0, 80, 20))))
	there, gone := uuid.NewString(), uuid.NewString()
	figure := func(asset, alt string) string {
		return `{"type":"figure","attrs":{"asset":"` + asset + `","alt":"` + alt + `","caption":"Gate 14 <north>"}}`
	}
	doc, err := Parse([]byte(`{"type":"doc","content":[` + figure(there, `A \"cold\" dock & <gate>`) + `,` + figure(there, "Again") + `,` + figure(gone, "Not to be had") + `]}`))
	require.NoError(t, err)
	var out bytes.Buffer
	require.NoError(t, doc.WriteDOCX(&out, Export{Title: "Docks", Picture: func(asset string) (Picture, bool) {
		return Picture{Data: picture.Bytes(), Format: "png", Width: 80, Height: 20}, asset == there
	}}))
	if keep := os.Getenv("BYLINE_KEEP_DOCX_PICTURE"); keep != "" {
		require.NoError(t, os.WriteFile(keep, out.Bytes(), 0o600))
	}
	parts := partsOf(t, out.Bytes())
	require.Equal(t, picture.String(), parts["word/media/image1.png"], "the picture itself, byte for byte")
	require.NotContains(t, parts, "word/media/image2.png", "once, however often it is shown")
	require.Contains(t, parts["[Content_Types].xml"], `Extension="png"`)
	document := parts["word/document.xml"]
	shown := regexp.MustCompile(`<a:blip r:embed="([^"]+)"/>`).FindAllStringSubmatch(document, -1)
	require.Len(t, shown, 2)
	require.Contains(t, parts["word/_rels/document.xml.rels"], `Id="`+shown[0][1]+`"`)
	require.Contains(t, parts["word/_rels/document.xml.rels"], `Target="media/image1.png"`)
	require.NotContains(t, parts["word/_rels/document.xml.rels"], `TargetMode="External"`, "nothing is fetched when it is opened")
	require.Contains(t, document, `descr="A &#34;cold&#34; dock &amp; &lt;gate&gt;"`)
	require.Contains(t, document, "Gate 14 &lt;north&gt;")
	require.Contains(t, document, "Not to be had", "its words stand for a picture that cannot be had")
	size := regexp.MustCompile(`<wp:extent cx="(\d+)" cy="(\d+)"/>`).FindStringSubmatch(document)
	require.Len(t, size, 3)
	require.Equal(t, []string{"762000", "190500"}, size[1:], "80 by 20 pixels at 96 an inch")
}
