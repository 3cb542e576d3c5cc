package sharepage

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func drawn(t *testing.T, p Page) string {
	t.Helper()
	var b strings.Builder
	require.NoError(t, p.Write(&b))
	return b.String()
}

func TestAPageIsTheCompanys(t *testing.T) {
	t.Parallel()
	p := Page{Ask: "passcode", Brand: "<Kelvora>", BrandColor: "#0b5d66"}
	page := drawn(t, p)
	require.Contains(t, page, "<title>Shared with you · &lt;Kelvora&gt;</title>")
	require.Contains(t, page, `<p class="brand narrow">&lt;Kelvora&gt;</p>`)
	require.Contains(t, page, "--accent:#0b5d66")
	p.Logo = "/s/-/logo.abc"
	require.Contains(t, drawn(t, p), `<img src="/s/-/logo.abc" alt="&lt;Kelvora&gt;">`)
	require.NotContains(t, drawn(t, Page{Closed: true}), `class="brand`)
	require.NotContains(t, drawn(t, Page{Closed: true, BrandColor: "red}body{display:none"}), "display:none")
}

func TestWordsThatAreTooManyAreLeftToThePictures(t *testing.T) {
	t.Parallel()
	f := File{Drawn: true}
	for n := range 10 {
		f.Pages = append(f.Pages, Sheet{Number: n + 1, Width: 10, Text: strings.Repeat("x", mostWords/4)})
	}
	f.Shorten()
	require.True(t, f.Cut)
	require.NotEmpty(t, f.Pages[3].Text)
	require.Empty(t, f.Pages[4].Text)
	// a file without pictures has its words only
	text := File{Pages: []Sheet{{Number: 1, Text: strings.Repeat("ä", mostWordsOnly)}}}
	text.Shorten()
	require.True(t, text.Cut)
	require.LessOrEqual(t, len(text.Pages[0].Text), mostWordsOnly)
	require.NotContains(t, text.Pages[0].Text, "\uFFFD")
}
