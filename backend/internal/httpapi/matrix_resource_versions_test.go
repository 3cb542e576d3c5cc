package httpapi_test

import (
	"fmt"

	"github.com/google/uuid"

	"byline/backend/internal/comments"
	"byline/backend/internal/library"
)

// replacedFile is a resource whose file was replaced, and both files.
func (w *company) replacedFile(archived bool) (r library.Resource, old, next uuid.UUID) {
	r, old, next = w.resource(false), w.file(w.author), w.file(w.author)
	w.exec(`INSERT INTO asset_pictures (asset_id, page, width, height) SELECT id, 1, 800, 600 FROM assets WHERE id = ANY($1)`, []uuid.UUID{old, next})
	if err := w.Library.Attach(w.author.as(), old, comments.Object{Type: "resource", ID: r.ID}, 0, ""); err != nil {
		w.t.Fatal(err)
	}
	must[library.Resource](w)(w.Library.ReplaceFile(w.author.as(), r.ID, next, uuid.Nil, ""))
	if archived {
		must[library.Resource](w)(w.Library.Archive(w.author.as(), r.ID, true))
	}
	return r, old, next
}

func init() {
	versions := func(archived bool) func(*company, *client) request {
		return func(w *company, _ *client) request {
			r, _, _ := w.replacedFile(archived)
			return on(r.ID)
		}
	}
	files := func(archived bool) func(*company, *client) request {
		return func(w *company, c *client) request {
			r, old, next := w.replacedFile(archived)
			return query(func(*company, *client) request { return on(r.ID) }, fmt.Sprintf("from=1&to=2&before=%s&after=%s", old, next))(w, c)
		}
	}
	page := func(archived bool, of int) func(*company, *client) request {
		return func(w *company, _ *client) request {
			r, old, _ := w.replacedFile(archived)
			return on(r.ID).and("number", of).and("asset_id", old).and("page", 1)
		}
	}
	const notYours = "401 404 404 404 200 200 200"
	noted := func(archived bool, owner string) func(*company, *client) request {
		return func(w *company, _ *client) request {
			r, _, _ := w.replacedFile(archived)
			if owner == "rep" {
				w.exec(`UPDATE resources SET owner_id = $2 WHERE id = $1`, r.ID, w.rep.ID)
			}
			q := on(r.ID).and("number", 2).with(object{"note": "Prices of 2032."})
			q.rev = 1
			return q
		}
	}
	covered := func(own bool) func(*company, *client) request {
		return revOf("resources", func(w *company, c *client) request {
			r, _, next := w.replacedFile(false)
			q := on(r.ID).with(object{"asset_id": next, "page": 1})
			if own {
				by := c
				if c.ID == uuid.Nil { // nobody
					by = w.author
				}
				picture := w.file(by)
				w.exec(`UPDATE assets SET preview_key = 'previews/' || id WHERE id = $1`, picture)
				q = on(r.ID).with(object{"asset_id": picture, "page": 0})
			}
			return q
		})
	}
	rows = append(rows,
		row{op: "setResourceCover", on: "a page of its file", want: marketing, make: covered(false)},
		row{op: "setResourceCover", on: "a picture of theirs", want: marketing, make: covered(true)},
		row{op: "removeResourceCover", on: "a live one", want: marketing, make: revOf("resources", resource(false))},
		row{op: "noteResourceVersion", on: "a live one", want: "401 403 403 403 200 200 403", make: noted(false, "")},
		row{op: "noteResourceVersion", on: "the rep's own", want: "401 200 403 403 200 200 403", make: noted(false, "rep")},
		row{op: "noteResourceVersion", on: "an archived one", want: "401 404 404 404 200 200 403", make: noted(true, "")},
		row{op: "listResourceVersions", on: "a live one", want: signedIn, make: versions(false)},
		row{op: "compareResourceVersions", on: "a live one", want: signedIn, make: versions(false)},
		row{op: "compareResourceVersions", on: "an archived one", want: notYours, make: versions(true)},
		row{op: "compareResourceFiles", on: "a live one", want: signedIn, make: files(false)},
		row{op: "compareResourceFiles", on: "an archived one", want: notYours, make: files(true)},
		row{op: "getResourceVersionPage", on: "a live one", want: signedIn, make: page(false, 1)},
		row{op: "getResourceVersionPage", on: "an archived one", want: notYours, make: page(true, 1)},
		row{op: "getResourceVersionPage", on: "a version without the file", want: "401 404 404 404 404 404 404", make: page(false, 2)},
		row{op: "showResourceVersionPage", on: "a live one", want: "401 302 302 302 302 302 302", make: page(false, 1)},
		row{op: "showResourceVersionPage", on: "an archived one", want: "401 404 404 404 302 302 302", make: page(true, 1)},
		row{op: "restoreResourceVersion", on: "a live one", want: marketing, make: revOf("resources", func(w *company, c *client) request {
			return versions(false)(w, c).and("number", 1)
		})},
	)
}
