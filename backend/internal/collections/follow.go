package collections

import (
	"context"
	"encoding/json"
	"slices"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/db"
)

// list gives the values of a facet of the library in a rule; nil when a rule has none.
func (r *Rule) list(facet string) *[]string {
	switch facet {
	case "persona":
		return &r.Persona
	case "stage":
		return &r.Stage
	case "industry":
		return &r.Industry
	case "product":
		return &r.Product
	case "region":
		return &r.Region
	case "lang":
		return &r.Lang
	}
	return nil
}

// Followed is a rule before and after values of it were called otherwise.
type Followed struct {
	ID            uuid.UUID
	Before, After json.RawMessage
}

// CountNaming is how many collections have a rule that names any of the values of a facet.
func (s *Service) CountNaming(ctx context.Context, facet string, values []string) (int, error) {
	rules, err := s.store.rules(ctx, false)
	n := 0
	for _, rule := range rules {
		if list := rule.list(facet); list != nil && slices.ContainsFunc(*list, func(v string) bool { return slices.Contains(values, v) }) {
			n++
		}
	}
	return n, err
}

// Follow calls values of a facet otherwise in all rules. Call it in the transaction of the change that asks for it.
func (s *Service) Follow(ctx context.Context, facet string, from []string, into string) (all []Followed, err error) {
	rules, err := s.store.rules(ctx, true)
	if err != nil {
		return nil, err
	}
	for id, rule := range rules {
		list := rule.list(facet)
		if list == nil || !slices.ContainsFunc(*list, func(v string) bool { return slices.Contains(from, v) }) {
			continue
		}
		f := Followed{ID: id}
		if f.Before, err = json.Marshal(rule); err != nil {
			return nil, err
		}
		var now []string
		for _, v := range *list {
			if slices.Contains(from, v) {
				v = into
			}
			if !slices.Contains(now, v) {
				now = append(now, v)
			}
		}
		*list = now
		if f.After, err = json.Marshal(rule); err != nil {
			return nil, err
		}
		all = append(all, f)
	}
	_, err = s.store.setRules(ctx, all)
	return all, err
}

// Unfollow gives rules back as they were, where they are still as Follow left them, and says how many those are.
func (s *Service) Unfollow(ctx context.Context, all []Followed) (int, error) {
	for i := range all {
		all[i].Before, all[i].After = all[i].After, all[i].Before
	}
	return s.store.setRules(ctx, all)
}

func (s store) rules(ctx context.Context, lock bool) (map[uuid.UUID]Rule, error) {
	sql := `SELECT id, rule FROM collections WHERE kind = 'rule' ORDER BY id`
	if lock {
		sql += ` FOR UPDATE`
	}
	rows, err := s.db.PG(ctx).Query(ctx, sql)
	if err != nil {
		return nil, db.Err(err, "collection")
	}
	all := map[uuid.UUID]Rule{}
	for rows.Next() {
		var id uuid.UUID
		var rule Rule
		if err := rows.Scan(&id, &rule); err != nil {
			rows.Close()
			return nil, db.Err(err, "collection")
		}
		all[id] = rule
	}
	return all, db.Err(rows.Err(), "collection")
}

// setRules writes those rules that are still as they were.
func (s store) setRules(ctx context.Context, all []Followed) (n int, err error) {
	var b pgx.Batch
	for _, f := range all {
		b.Queue(`UPDATE collections SET rule = $3, rev = rev + 1, updated_at = now() WHERE id = $1 AND rule = $2`, f.ID, f.Before, f.After).
			Exec(func(tag pgconn.CommandTag) error { n += int(tag.RowsAffected()); return nil })
	}
	return n, db.Err(s.db.PG(ctx).SendBatch(ctx, &b).Close(), "collection")
}

// PutMany puts resources at the end of the last section of a collection that is filled by hand, or takes them out, and
// gives those that came in or went. Those for which there is no room are left out.
func (s *Service) PutMany(ctx context.Context, id uuid.UUID, resources []uuid.UUID, in bool) (changed []uuid.UUID, err error) {
	_, err = s.change(ctx, id, 0, "", func(ctx context.Context, c Collection) error {
		if c.Kind == ByRule {
			return errIsRule
		}
		have, err := s.store.items(ctx, []uuid.UUID{id})
		if err != nil {
			return err
		}
		n := len(have[id])
		for _, r := range resources {
			there := slices.ContainsFunc(have[id], func(i item) bool { return i.Resource == r })
			if there == in || in && n >= mostItems {
				continue
			}
			if in {
				n++
				_, err = s.store.add(ctx, id, r, len(c.Sections)-1)
			} else {
				err = s.store.remove(ctx, id, r)
			}
			if err != nil {
				return err
			}
			changed = append(changed, r)
		}
		return nil
	})
	return changed, err
}

// Room says which of some resources a collection that is filled by hand has, and for how many more there is room.
func (s *Service) Room(ctx context.Context, id uuid.UUID) (has []uuid.UUID, room int, err error) {
	c, err := s.visible(ctx, id)
	switch {
	case err != nil:
		return nil, 0, err
	case !c.MayEdit(auth.From(ctx)):
		return nil, 0, errMayNot
	case c.Kind == ByRule:
		return nil, 0, errIsRule
	}
	have, err := s.store.items(ctx, []uuid.UUID{id})
	for _, i := range have[id] {
		has = append(has, i.Resource)
	}
	return has, mostItems - len(has), err
}
