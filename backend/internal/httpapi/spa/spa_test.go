package spa

import (
	"io"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"
)

func TestFilesAreHandedOutAsPackedAsTheBrowserCanUnpackThem(t *testing.T) {
	t.Parallel()
	file := func(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }
	files := fstest.MapFS{
		"assets/a.js": file("plain"), "assets/a.js.br": file("brotli"), "assets/a.js.gz": file("gzip"),
		"assets/small.js": file("small"), "robots.txt": file("none"),
	}
	for _, c := range []struct{ name, accept, encoding, content string }{
		{"assets/a.js", "gzip, deflate, br, zstd", "br", "brotli"},
		{"assets/a.js", "gzip;q=1.0, br;q=0", "gzip", "gzip"},
		{"assets/a.js", "GZIP", "gzip", "gzip"},
		{"assets/a.js", "deflate", "", "plain"},
		{"assets/a.js", "", "", "plain"},
		{"assets/small.js", "br", "", "small"},
	} {
		f, ok := Open(files, c.name, c.accept)
		require.True(t, ok, c)
		body, err := io.ReadAll(f.Content)
		require.NoError(t, err)
		require.Equal(t, c.content, string(body), c)
		require.Equal(t, c.encoding, f.Encoding, c)
		require.EqualValues(t, len(c.content), f.Size)
		require.Equal(t, "text/javascript; charset=utf-8", f.Type)
		require.Equal(t, c.name == "assets/a.js", f.IsPacked, c)
		require.NoError(t, f.Close())
	}
	for _, name := range []string{"assets/a.js.br", "assets/a.js.gz", "assets", "../robots.txt", "none.js", ""} {
		_, ok := Open(files, name, "br")
		require.False(t, ok, name)
	}
}
