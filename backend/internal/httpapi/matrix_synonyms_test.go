package httpapi_test

import (
	"github.com/google/uuid"

	"byline/backend/internal/platform/db"
)

func init() {
	group := object{"kind": "group", "words": []string{"reefer", "cool box"}}
	entry := func(w *company, _ *client) request {
		id := db.NewID()
		w.exec(`INSERT INTO search_synonyms (id, kind, words) VALUES ($1, 'group', '{a1,b1}')`, id)
		return on(id).at(1).with(group)
	}
	rows = append(rows,
		row{op: "listSynonyms", on: "all", want: "401 403 403 200 200 200 200", make: plain},
		row{op: "explainQuery", on: "words", want: "401 403 403 200 200 200 200", make: func(*company, *client) request { return request{query: "q=reefer"} }},
		row{op: "addSynonyms", on: "a new group", want: "401 403 403 201 403 201 201", make: body(plain, group)},
		row{op: "updateSynonyms", on: "one", want: "401 403 403 200 403 200 200", make: entry},
		row{op: "deleteSynonyms", on: "one", want: "401 403 403 204 403 204 204", make: func(w *company, c *client) request { return on(entry(w, c).path["id"].(uuid.UUID)) }},
	)
}
