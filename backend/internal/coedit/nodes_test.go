package coedit

import (
	"context"
	"encoding/json"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"byline/backend/internal/platform/errs"
)

func TestPicturesFilesCardsAndTablesAreChecked(t *testing.T) {
	t.Parallel()
	cell := func(attrs string) string {
		return `{"type":"table","content":[{"type":"tableRow","content":[{"type":"tableCell","attrs":` + attrs + `,"content":[{"type":"paragraph"}]}]}]}`
	}
	for name, content := range map[string]string{
		"picture":   `{"type":"figure","attrs":{"asset":"` + someAsset + `","alt":null,"caption":"","width":"full"}}`,
		"decorates": `{"type":"figure","attrs":{"asset":"` + someAsset + `","alt":""}}`,
		"file":      `{"type":"file","attrs":{"asset":"` + someAsset + `","name":"a.pdf"}}`,
		"card":      `{"type":"embed","attrs":{"href":"https://www.loom.com/share/1"}}`,
		"table":     cell(`{"colspan":2,"rowspan":1,"colwidth":null,"align":"center"}`),
	} {
		n, err := Parse(doc(content))
		require.NoError(t, err, name)
		require.NotContains(t, n.HTML(), "<script")
	}
	for name, content := range map[string]string{
		"picture of no asset":      `{"type":"figure","attrs":{"alt":"x"}}`,
		"picture of an address":    `{"type":"figure","attrs":{"asset":"https://evil.example/x.png"}}`,
		"picture of another shape": `{"type":"figure","attrs":{"asset":"` + someAsset + `","width":"100vw"}}`,
		"id in another spelling":   `{"type":"figure","attrs":{"asset":"{` + someAsset + `}"}}`,
		"file without a name":      `{"type":"file","attrs":{"asset":"` + someAsset + `","name":""}}`,
		"card of another site":     `{"type":"embed","attrs":{"href":"https://evil.example/watch"}}`,
		"card of a lookalike":      `{"type":"embed","attrs":{"href":"https://youtube.com.evil.example/x"}}`,
		"card with a user":         `{"type":"embed","attrs":{"href":"https://youtube.com@evil.example/x"}}`,
		"card by script":           `{"type":"embed","attrs":{"href":"javascript:alert(1)"}}`,
		"card without https":       `{"type":"embed","attrs":{"href":"http://youtu.be/x"}}`,
		"cell of a million":        cell(`{"colspan":1000000}`),
		"cell of minus one":        cell(`{"rowspan":-1}`),
		"cell with widths":         cell(`{"colwidth":[100]}`),
		"cell in the middle":       cell(`{"align":"middle;x"}`),
		"empty table":              `{"type":"table"}`,
	} {
		_, err := Parse(doc(content))
		require.Equal(t, errs.Invalid, errs.CodeOf(err), name)
	}
	n, err := Parse(doc(`{"type":"figure","attrs":{"asset":"` + someAsset + `","alt":"\"><script>","caption":"<b>","width":"small"}}`))
	require.NoError(t, err)
	require.Equal(t, `<figure data-width="small"><img src="/api/v1/assets/`+someAsset+`/download?inline=true" alt="&#34;&gt;&lt;script&gt;" loading="lazy"><figcaption>&lt;b&gt;</figcaption></figure>`+"\n", n.HTML())
	require.Equal(t, "\"><script>\n<b>", n.PlainText(), "search finds what is said about a picture")
}

// What a live client pushes is asked about as well.
func TestALivePushCannotBringInAStrangersFile(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	refuse := true
	p.service.OnAssets(func(_ context.Context, draft uuid.UUID, assets []uuid.UUID) error {
		require.Equal(t, p.draft, draft)
		require.Equal(t, someAsset, assets[0].String())
		if refuse {
			return errs.Field(errs.Invalid, "body.doc", "not yours")
		}
		return nil
	})
	x := &room{live: &Live{service: p.service, ctx: t.Context()}, id: p.draft}
	var err error
	x.doc, err = p.service.pool.open(doc(`{"type":"paragraph"}`))
	require.NoError(t, err)
	defer x.doc.close()
	with := doc(`{"type":"figure","attrs":{"asset":"` + someAsset + `"}}`)
	who := &member{}
	require.Equal(t, "not yours", refusalText(x.check(who, with)))
	refuse = false
	require.NoError(t, x.check(who, with))
	x.doc.close()
	refuse = true
	x.doc, err = p.service.pool.open(with)
	require.NoError(t, err)
	require.NoError(t, x.check(who, with), "it stood there before")
	step := json.RawMessage(`{"stepType":"replace","from":0,"to":0,"slice":{"content":[{"type":"figure","attrs":{"asset":"x"}}]}}`)
	simple, err := plain([]json.RawMessage{step})
	require.NoError(t, err)
	require.False(t, simple, "a picture never passes unseen")
	attr := json.RawMessage(`{"stepType":"attr","pos":0,"attr":"asset","value":"x"}`)
	simple, err = plain([]json.RawMessage{attr})
	require.NoError(t, err)
	require.False(t, simple)
}

// Two people type in two cells of a table, and in the same one.
func TestTypingInATableAtOnceKeepsTheWorkOfBoth(t *testing.T) {
	t.Parallel()
	cell := func(s string) Node { return Node{Type: "tableCell", Content: []Node{paragraph(s)}} }
	start := []Node{{Type: "table", Content: []Node{{Type: "tableRow", Content: []Node{cell("alpha"), cell("beta gamma")}}}}, paragraph("after")}
	for _, first := range []string{"a", "b"} {
		require.Equal(t, "(((p(alOnepha))(p(beta gaTwomma))))p(after)", atOnce(t, start, act{"type", "alpha", 2, "One"}, act{"type", "gamma", 2, "Two"}, first))
		require.Equal(t, "(((p(alpha))(p(beOneta gaTwomma))))p(after)", atOnce(t, start, act{"type", "beta", 2, "One"}, act{"type", "gamma", 2, "Two"}, first))
		require.Equal(t, "(((p(alpha))(p(beta )p(gaTwomma))))p(after)", atOnce(t, start, act{"split", "gamma", 0, ""}, act{"type", "gamma", 2, "Two"}, first))
	}
}
