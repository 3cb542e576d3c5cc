package httpapi_test

import (
	"strings"

	"byline/backend/internal/platform/db"
)

func init() {
	const bothLeads = "401 403 403 200 403 200 200"
	tagged := func(w *company) string {
		value := "p" + strings.ReplaceAll(db.NewID().String(), "-", "")
		w.exec(`UPDATE resources SET personas = ARRAY[$2] WHERE id = $1`, w.resource(false).ID, value)
		return value
	}
	merge := func(w *company, _ *client) request {
		return request{body: object{"facet": "persona", "sources": []string{tagged(w)}, "target": "CFO"}}
	}
	rows = append(rows,
		row{op: "listTaxonomy", on: "all", want: signedIn, make: plain},
		row{op: "addTaxonomyValue", on: "a new one", want: "401 403 403 201 403 201 201", make: func(*company, *client) request {
			return request{body: object{"facet": "tag", "value": "t" + db.NewID().String()}}
		}},
		row{op: "retireTaxonomyValue", on: "one", want: bothLeads, make: func(w *company, _ *client) request {
			return request{body: object{"facet": "persona", "value": tagged(w), "retired": true}}
		}},
		row{op: "previewMerge", on: "one", want: bothLeads, make: merge},
		row{op: "mergeTaxonomyValues", on: "one", want: bothLeads, make: merge},
		row{op: "listTaxonomyChanges", on: "all", want: bothLeads, make: plain},
		row{op: "undoMerge", on: "one", want: bothLeads, make: func(w *company, _ *client) request {
			id := db.NewID()
			w.exec(`INSERT INTO taxonomy_changes (id, facet, sources, target) VALUES ($1, 'tag', '{a}', 'b')`, id)
			return on(id)
		}},
		row{op: "listRequiredTags", on: "all", want: signedIn, make: plain},
		row{op: "setRequiredTags", on: "a type", want: bothLeads, make: func(*company, *client) request {
			return request{path: object{"key": "event"}, body: object{"facets": []string{"persona"}}}
		}},
		row{op: "listMissingTags", on: "all", want: "401 403 403 200 200 200 200", make: plain},
	)
}
