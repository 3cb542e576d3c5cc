package httpapi

import (
	"encoding/base64"
	"encoding/json"

	"byline/backend/internal/platform/errs"
)

// encodeCursor packs the sort values of a page's last item. Cursors are opaque to clients.
func encodeCursor(v any) string {
	b, err := json.Marshal(v)
	if err != nil { // our own structs of plain values
		panic(err)
	}
	return base64.RawURLEncoding.EncodeToString(b)
}

// decodeCursor reads a cursor into v; an empty one leaves v as it is.
func decodeCursor(cursor string, v any) error {
	if cursor == "" {
		return nil
	}
	b, err := base64.RawURLEncoding.DecodeString(cursor)
	if err == nil {
		err = json.Unmarshal(b, v)
	}
	if err != nil {
		return errs.Field(errs.Invalid, "query.cursor", "Take the cursor from next_cursor of the page before, unchanged.")
	}
	return nil
}

// paged cuts the one item too many that tells whether there is a next page, and makes the cursor from the last kept.
func paged[T, D any](rows []T, limit int, cursor func(last T) any, dto func(T) D) List[D] {
	l := List[D]{Items: make([]D, 0, min(len(rows), limit))}
	if len(rows) > limit {
		l.NextCursor = encodeCursor(cursor(rows[limit-1]))
		rows = rows[:limit]
	}
	for _, r := range rows {
		l.Items = append(l.Items, dto(r))
	}
	return l
}
