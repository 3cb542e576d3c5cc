// Package spa holds the built single-page application. A placeholder page is committed so that a clean clone compiles;
// `make build` puts the real one in its place.
package spa

import (
	"embed"
	"io/fs"
)

//go:embed all:dist
var dist embed.FS

// Files gives the files of the application, index.html at the root.
func Files() fs.FS {
	sub, err := fs.Sub(dist, "dist")
	if err != nil { // the folder is compiled in
		panic(err)
	}
	return sub
}
