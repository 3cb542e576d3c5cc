package httpapi_test

import "byline/backend/internal/platform/db"

func init() {
	change := func(w *company, _ *client) request {
		r := w.resource(false)
		return request{body: object{"items": []object{{"id": r.ID, "rev": r.Rev}}, "change": object{"shareable": true}}}
	}
	rows = append(rows,
		row{op: "listResourceRefs", on: "all", want: marketing, make: plain},
		row{op: "previewBulkEdit", on: "one", want: marketing, make: change},
		row{op: "bulkEdit", on: "one", want: marketing, make: change},
		row{op: "undoBulkEdit", on: "the author's", want: "401 403 403 403 403 200 200", make: func(w *company, _ *client) request {
			id := db.NewID()
			w.exec(`INSERT INTO bulk_edits (id, by_id, change) VALUES ($1, $2, '{}')`, id, w.author.ID)
			return on(id)
		}},
		row{op: "undoBulkEdit", on: "none", want: "401 403 403 403 404 404 404", make: func(*company, *client) request { return on(db.NewID()) }},
	)
}
