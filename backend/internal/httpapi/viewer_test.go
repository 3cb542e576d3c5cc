package httpapi_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"byline/backend/internal/httpapi"
)

// Whatever is in a file, the pages of the application run scripts of their own only, put nothing into frames or plugins, and
// take pictures and sound from the storage alone.
func TestNothingOfAFileRunsInTheApplication(t *testing.T) {
	t.Parallel()
	public, err := url.Parse("https://byline.example.com")
	require.NoError(t, err)
	s := httpapi.New(httpapi.Config{PublicURL: public, S3Origin: "https://files.example.com"}, httpapi.Services{})
	for _, path := range []string{"/", "/library/0190c5a4-7b7e-7d3a-8a53-3f0e1c2d4b5a?page=3"} {
		w := httptest.NewRecorder()
		s.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
		rules := map[string]string{}
		for rule := range strings.SplitSeq(w.Header().Get("Content-Security-Policy"), ";") {
			name, value, _ := strings.Cut(strings.TrimSpace(rule), " ")
			rules[name] = value
		}
		require.Equal(t, "'self'", rules["script-src"], path)
		require.Equal(t, "'self'", rules["default-src"], path) // of frames too: the storage is no source of them
		require.NotContains(t, rules, "frame-src", path)
		require.NotContains(t, rules, "child-src", path)
		require.Equal(t, "'none'", rules["object-src"], path)
		require.Equal(t, "'none'", rules["frame-ancestors"], path)
		require.Equal(t, "'self' https://files.example.com data: blob:", rules["img-src"], path)
		require.Equal(t, "'self' https://files.example.com blob:", rules["media-src"], path)
		require.Equal(t, "nosniff", w.Header().Get("X-Content-Type-Options"), path)
	}
}

func TestAFileOfMarkdownIsReadAsAnArticle(t *testing.T) {
	t.Parallel()
	w := newCompany(t)
	x, _ := w.shared()
	for name, want := range map[string]string{"notes.md": "<h1>Notes</h1>\n\n<p><em>words</em></p>\n", "notes.txt": ""} {
		file := w.as(name, "text", "text/plain", x.Resources[0].ID)
		w.exec(`INSERT INTO asset_pages (asset_id, page, text) VALUES ($1, 1, E'# Notes\n\n<script>alert(1)</script>\n\n*words*')`, file)
		var pages httpapi.List[httpapi.AssetPage]
		w.rep.get("/assets/" + file.String() + "/pages").is(http.StatusOK).into(&pages)
		require.Len(t, pages.Items, 1)
		require.Equal(t, want, pages.Items[0].HTML, name)
		require.Contains(t, pages.Items[0].Text, "*words*")
	}
}
