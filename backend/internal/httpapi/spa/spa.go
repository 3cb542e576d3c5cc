// Package spa holds the built single-page application. A placeholder page is committed so that a clean clone compiles;
// `make build` puts the real one beside it.
package spa

import (
	"embed"
	"io/fs"
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
