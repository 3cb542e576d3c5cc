package httpapi_test

import (
	"github.com/google/uuid"

	"byline/backend/internal/platform/db"
)

const ownerAndAdmin = "401 200 404 404 404 404 200"

// importOf begins an import of a file of somebody; nil is whoever asks.
func importOf(owner func(*company) *client) func(*company, *client) request {
	return func(w *company, c *client) request {
		of := c
		if owner != nil {
			of = owner(w)
		}
		if of.ID == uuid.Nil { // nobody is signed in
			of = w.rep
		}
		return request{body: object{"asset_ids": []uuid.UUID{w.file(of)}}}
	}
}

// transferOf is a transfer of the rep.
func transferOf(kind, state string) func(*company, *client) request {
	return func(w *company, _ *client) request {
		id := db.NewID()
		w.exec(`INSERT INTO transfers (id, kind, person_id, state, name, form, asset_ids, storage_key, expires_at) VALUES ($1, $2, $3, $4, 'all.zip', 'csv', $5, 'exports/x.zip', now() + interval '1 hour')`,
			id, kind, w.rep.ID, state, []uuid.UUID{w.file(w.rep)})
		return on(id)
	}
}
