package httpapi_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"net/http"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"byline/backend/internal/httpapi"
)

const everything = `{"type":"doc","content":[
{"type":"heading","attrs":{"level":1},"content":[{"type":"text","text":"Numbers & <facts>"}]},
{"type":"paragraph","content":[{"type":"text","text":"Bold","marks":[{"type":"bold"}]},{"type":"text","text":" and "},{"type":"text","text":"a link","marks":[{"type":"link","attrs":{"href":"https://example.com/?a=1&b=2"}}]}]},
{"type":"bulletList","content":[{"type":"listItem","content":[{"type":"paragraph","content":[{"type":"text","text":"One"}]},{"type":"orderedList","attrs":{"start":3},"content":[{"type":"listItem","content":[{"type":"paragraph","content":[{"type":"text","text":"Three"}]}]}]}]}]},
{"type":"table","content":[{"type":"tableRow","content":[{"type":"tableHeader","attrs":{"colspan":2,"rowspan":1},"content":[{"type":"paragraph","content":[{"type":"text","text":"Wide"}]}]}]},
{"type":"tableRow","content":[{"type":"tableCell","attrs":{"colspan":1,"rowspan":2},"content":[{"type":"paragraph","content":[{"type":"text","text":"Tall"}]}]},{"type":"tableCell","content":[{"type":"paragraph"}]}]},
{"type":"tableRow","content":[{"type":"tableCell","content":[{"type":"paragraph","content":[{"type":"text","text":"Last"}]}]}]}]},
{"type":"blockquote","content":[{"type":"paragraph","content":[{"type":"text","text":"Said"}]}]},
{"type":"codeBlock","content":[{"type":"text","text":"x := 1\ny"}]},{"type":"horizontalRule"},
{"type":"embed","attrs":{"href":"https://youtu.be/abc"}}]}`

func TestATextLeavesAsAFileForEveryProgram(t *testing.T) {
	t.Parallel()
	w := newCompany(t)
	d := w.draft(false)
	var doc httpapi.Document
	path := "/drafts/" + d.ID.String()
	w.rep.get(path + "/document").is(http.StatusOK).into(&doc)
	w.edits(d.ID, w.rep)
	w.rep.put(path+"/document", doc.Version, object{"doc": json.RawMessage(everything)}).is(http.StatusOK)

	a := w.rep.get(path + "/export?format=markdown").is(http.StatusOK)
	require.Contains(t, string(a.Body), "# Cold chain\n\n## Numbers & \\<facts\\>")
	require.Contains(t, a.Header.Get("Content-Disposition"), `filename="Cold chain.md"`)
	page := string(w.rep.get(path + "/export?format=html").is(http.StatusOK).Body)
	require.Contains(t, page, "<title>Cold chain</title>")
	require.Contains(t, page, `<th colspan="2">`)
	w.rep.get(path + "/export?format=pdf").is(http.StatusUnprocessableEntity)

	file := w.rep.get(path + "/export?format=docx").is(http.StatusOK).Body
	if keep := os.Getenv("BYLINE_KEEP_DOCX"); keep != "" {
		require.NoError(t, os.WriteFile(keep, file, 0o600))
	}
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	require.NoError(t, err)
	var document string
	for _, f := range z.File {
		r, err := f.Open()
		require.NoError(t, err)
		raw, err := io.ReadAll(r)
		require.NoError(t, err)
		for x := xml.NewDecoder(bytes.NewReader(raw)); ; { // well formed, every part
			if _, err := x.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatal(f.Name, err)
			}
		}
		if f.Name == "word/document.xml" {
			document = string(raw)
		}
	}
	for _, want := range []string{`<w:pStyle w:val="Heading1"/>`, "Numbers &amp; &lt;facts&gt;", `<w:numId w:val="2"/>`, `<w:gridSpan w:val="2"/>`, `<w:vMerge w:val="restart"/>`, "<w:tblHeader/>", "<w:b/>", "<w:hyperlink "} {
		require.Contains(t, document, want)
	}
}

func TestMarkdownIsReadForADraftAndChangesNothing(t *testing.T) {
	t.Parallel()
	w := newCompany(t)
	path := "/drafts/" + w.draft(false).ID.String()
	var before, after httpapi.Document
	w.rep.get(path + "/document").is(http.StatusOK).into(&before)
	hidden := w.file(w.other)
	var got httpapi.ImportedText
	w.rep.post(path+"/import", object{"markdown": "# Title\n\nText\n\n![x](/api/v1/assets/" + hidden.String() + "/download?inline=true)\n\n![y](https://elsewhere.example/y.png)"}).is(http.StatusOK).into(&got)
	require.Equal(t, "Title", got.Title)
	require.Equal(t, 2, got.Links)
	require.NotContains(t, string(got.Doc), hidden.String(), "somebody else's file")
	w.rep.get(path + "/document").is(http.StatusOK).into(&after)
	require.Equal(t, before, after)
}
