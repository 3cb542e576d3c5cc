package paper_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"byline/backend/internal/platform/extract"
	"byline/backend/internal/seed/paper"
)

// TestMain lets the test program be the child process that reads files.
func TestMain(m *testing.M) {
	if os.Getenv("BYLINE_EXTRACT") == "1" {
		if err := extract.Main(os.Args[1:], os.Stdout); err != nil {
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func read(t *testing.T, name string, content []byte, err error) extract.Result {
	t.Helper()
	require.NoError(t, err)
	self, err := os.Executable()
	require.NoError(t, err)
	path := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(path, content, 0o600))
	if dir := os.Getenv("BYLINE_KEEP"); dir != "" { // to look at them
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), content, 0o600))
	}
	r, err := extract.Extractor{Command: []string{self}, CacheDir: filepath.Join(os.TempDir(), "byline-pdf-cache")}.File(t.Context(), path, name, path+".preview")
	require.NoError(t, err)
	require.Equal(t, extract.Ready, r.State, r.Explanation)
	require.Empty(t, r.Reason)
	return r
}

var piece = paper.Piece{Title: "Cold, proven (100 %)", Subtitle: "What “cold” means — and how to show it…", Company: "Kelvora", Sections: []paper.Section{
	{Title: "Why", Blocks: []paper.Block{{Kind: "paragraph", Text: strings.Repeat("Ærøskøbing ships fish at −20 °C. ", 12)}, {Kind: "item", Text: `A \ back slash (and brackets)`}}},
	{Title: "How", Blocks: []paper.Block{{Kind: "heading", Text: "Steps & <more>"}, {Kind: "paragraph", Text: "The word on page three is lyophilisate."}}},
}}

func TestThePDFHasTheTextOfEverySectionOnItsOwnPage(t *testing.T) {
	t.Parallel()
	r := read(t, "a.pdf", piece.PDF(), nil)
	require.Equal(t, "application/pdf", r.MediaType)
	require.Equal(t, 3, r.PageCount)
	require.Contains(t, r.Pages[0], "Cold, proven (100 %)")
	require.Contains(t, r.Pages[1], "Ærøskøbing")
	require.Contains(t, r.Pages[1], `A \ back slash (and brackets)`)
	require.Contains(t, r.Pages[2], "lyophilisate")
	require.NotEmpty(t, r.PreviewType)
}

func TestTheDeckHasATitleSlideAndOneSlideForEachSection(t *testing.T) {
	t.Parallel()
	content, err := piece.PPTX()
	r := read(t, "a.pptx", content, err)
	require.Equal(t, "deck", r.Kind)
	require.Equal(t, 3, r.PageCount)
	require.Contains(t, r.Pages[2], "Steps & <more>")
}

func TestTheDocumentHasItsText(t *testing.T) {
	t.Parallel()
	content, err := piece.DOCX()
	r := read(t, "a.docx", content, err)
	require.Equal(t, "document", r.Kind)
	require.Contains(t, r.Pages[0], "Steps & <more>")
}

func TestPicturesAreReadAsPictures(t *testing.T) {
	t.Parallel()
	content, err := paper.Avatar("AB", 3)
	require.Equal(t, 320, read(t, "avatar.png", content, err).Width)
	content, err = paper.Chart{Title: "Excursions", Note: "per 1,000 shipments", Labels: []string{"Q1", "Q2"}, Values: []float64{3, 9.5}, Limit: 8, Kind: "bars"}.PNG()
	require.Equal(t, 1200, read(t, "bars.png", content, err).Width)
	content, err = paper.Chart{Title: "A night on the quay", Note: "°C", Values: []float64{3, 4, 9.5, 5}, Limit: 8}.PNG()
	require.Equal(t, 1200, read(t, "line.png", content, err).Width)
	content, err = paper.Banner("What the logger saw at Gate 14", "Kelvora field notes", 2)
	require.Equal(t, 675, read(t, "banner.png", content, err).Height)
}
