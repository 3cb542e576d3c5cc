// Package schema holds the SQL migrations of the database (goose), embedded.
package schema

import (
	"embed"
	"io/fs"
)

//go:embed migrations/*.sql
var files embed.FS

// Files gives the migrations; goose applies them in the order of their numbers.
func Files() fs.FS {
	sub, err := fs.Sub(files, "migrations")
	if err != nil { // the folder is compiled in
		panic(err)
	}
	return sub
}
