package views

import (
	"context"
	"encoding/json"
	"net/url"
	"slices"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"byline/backend/internal/platform/db"
)

// Followed is what the address of a view said, and says since values of it are called otherwise.
type Followed struct {
	ID            uuid.UUID
	Before, After string
}

// CountNaming is how many views of the library name any of the values of a facet.
func (s *Service) CountNaming(ctx context.Context, facet string, values []string) (int, error) {
	all, err := s.store.naming(ctx, facet, values, "", false)
	return len(all), err
}

// Follow calls values of a facet otherwise in the views of the library. Call it in the transaction of the change that
// asks for it.
func (s *Service) Follow(ctx context.Context, facet string, from []string, into string) ([]Followed, error) {
	all, err := s.store.naming(ctx, facet, from, into, true)
	if err != nil {
		return nil, err
	}
	_, err = s.store.setQueries(ctx, all)
	return all, err
}

// Unfollow gives views back what they said, where they still say what Follow left, and says how many those are.
func (s *Service) Unfollow(ctx context.Context, all []Followed) (int, error) {
	for i := range all {
		all[i].Before, all[i].After = all[i].After, all[i].Before
	}
	return s.store.setQueries(ctx, all)
}

// renamed calls values of one key of an address otherwise. The application writes a list as JSON and a single text as it
// is; what is neither is left alone.
func renamed(query, key string, from []string, into string) (string, bool) {
	address, err := url.ParseQuery(query)
	if err != nil || !address.Has(key) {
		return query, false
	}
	value := address.Get(key)
	var list []any
	if json.Unmarshal([]byte(value), &list) != nil {
		list = []any{value}
	}
	var now []any
	hit := false
	for _, v := range list {
		if text, ok := v.(string); ok && slices.Contains(from, text) {
			v, hit = into, true
		}
		if !slices.Contains(now, v) {
			now = append(now, v)
		}
	}
	if !hit {
		return query, false
	}
	text, err := json.Marshal(now)
	if err != nil {
		return query, false
	}
	address.Set(key, string(text))
	return address.Encode(), true
}

// naming gives the views of the library in which one of the values is chosen, with what they say once it is called into.
// Deleted ones too: they may be restored.
func (s store) naming(ctx context.Context, facet string, values []string, into string, lock bool) (all []Followed, err error) {
	sql := `SELECT id, query FROM views WHERE page = 'library' AND query LIKE '%' || $1 || '=%' ORDER BY id`
	if lock {
		sql += ` FOR UPDATE`
	}
	rows, err := s.db.PG(ctx).Query(ctx, sql, facet)
	if err != nil {
		return nil, db.Err(err, "view")
	}
	var f Followed
	_, err = pgx.ForEachRow(rows, []any{&f.ID, &f.Before}, func() error {
		hit := false
		if f.After, hit = renamed(f.Before, facet, values, into); hit && len(f.After) <= 2000 {
			all = append(all, f)
		}
		return nil
	})
	return all, db.Err(err, "view")
}

func (s store) setQueries(ctx context.Context, all []Followed) (n int, err error) {
	var b pgx.Batch
	for _, f := range all {
		b.Queue(`UPDATE views SET query = $3, rev = rev + 1, updated_at = now() WHERE id = $1 AND query = $2`, f.ID, f.Before, f.After).
			Exec(func(tag pgconn.CommandTag) error { n += int(tag.RowsAffected()); return nil })
	}
	return n, db.Err(s.db.PG(ctx).SendBatch(ctx, &b).Close(), "view")
}
