package httpapi_test

import "byline/backend/internal/platform/db"

func init() {
	const kept, gone = "401 204 404 404 204 204 204", "401 403 403 200 403 200 200"
	finding := func(w *company, _ *client) request {
		id, r := db.NewID(), w.resource(false)
		w.exec(`UPDATE resources SET owner_id = $2 WHERE id = $1`, r.ID, w.rep.ID)
		w.exec(`INSERT INTO check_findings (id, kind, resource_id, run) VALUES ($1, 'no_tags', $2, 1)`, id, r.ID)
		return on(id)
	}
	rows = append(rows,
		row{op: "getChecks", on: "mine or all", want: signedIn, make: plain},
		row{op: "setChecks", on: "all", want: gone, make: body(plain, object{"links": false})},
		row{op: "runChecks", on: "all", want: "401 403 403 204 403 204 204", make: plain},
		row{op: "listFindings", on: "mine or all", want: signedIn, make: func(*company, *client) request { return request{query: "kind=no_tags"} }},
		row{op: "dismissFinding", on: "of what the rep keeps", want: kept, make: body(finding, object{"reason": "As it should be."})},
		row{op: "restoreFinding", on: "of what the rep keeps", want: kept, make: finding},
	)
}
