// Package spa holds the built single-page application. A placeholder page is committed so that a clean clone compiles;
// `make build` puts the real one beside it.
package spa

import (
	"embed"
	"io"
	"io/fs"
	"mime"
	"path"
	"strconv"
	"strings"
)

//go:embed all:dist
var dist embed.FS

// Files gives the files of the application.
func Files() fs.FS {
	sub, err := fs.Sub(dist, "dist")
	if err != nil { // the folder is compiled in
		panic(err)
	}
	return sub
}

// Index gives the page that starts the application, or the placeholder when it is not built.
func Index() []byte {
	page, err := fs.ReadFile(Files(), "index.html")
	if err != nil {
		page, err = fs.ReadFile(Files(), "placeholder.html")
	}
	if err != nil { // it is compiled in
		panic(err)
	}
	return page
}

// A File is handed out as it lies there: packed, where the build has packed it and the browser can unpack it.
type File struct {
	fs.File
	Content  io.ReadSeeker
	Type     string // media type
	Encoding string // "br", "gzip" or empty
	Size     int64
	IsPacked bool // there are packed copies, whether or not this is one
}

var packings = []struct{ encoding, ending string }{{"br", ".br"}, {"gzip", ".gz"}}

// Open gives a file in the shape that suits a browser which accepts these encodings (the header Accept-Encoding). Packed
// copies are no files of their own.
func Open(files fs.FS, name, accept string) (f File, ok bool) {
	if ending := path.Ext(name); ending == ".br" || ending == ".gz" {
		return File{}, false
	}
	f, ok = open(files, name)
	if !ok {
		return File{}, false
	}
	f.Type = mime.TypeByExtension(path.Ext(name))
	for _, p := range packings {
		packed, ok := open(files, name+p.ending)
		if !ok {
			continue
		}
		if !accepts(accept, p.encoding) {
			_ = packed.Close()
			f.IsPacked = true
			continue
		}
		_ = f.Close()
		packed.Type, packed.Encoding, packed.IsPacked = f.Type, p.encoding, true
		return packed, true
	}
	return f, true
}

func open(files fs.FS, name string) (File, bool) {
	if !fs.ValidPath(name) {
		return File{}, false
	}
	f, err := files.Open(name)
	if err != nil {
		return File{}, false
	}
	info, err := f.Stat()
	content, canSeek := f.(io.ReadSeeker)
	if err != nil || info.IsDir() || !canSeek {
		_ = f.Close()
		return File{}, false
	}
	return File{File: f, Content: content, Size: info.Size()}, true
}

// accepts reads the header as RFC 9110 has it: a list of names, each with a weight, of which 0 means no.
func accepts(header, encoding string) bool {
	for part := range strings.SplitSeq(header, ",") {
		name, rest, _ := strings.Cut(part, ";")
		if !strings.EqualFold(strings.TrimSpace(name), encoding) {
			continue
		}
		weight, found := strings.CutPrefix(strings.ReplaceAll(strings.ToLower(rest), " ", ""), "q=")
		q, err := strconv.ParseFloat(weight, 64)
		return !found || err != nil || q > 0
	}
	return false
}
