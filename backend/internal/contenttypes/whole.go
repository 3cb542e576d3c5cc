package contenttypes

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/google/uuid"

	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/errs"
)

// Whole is a type as an export has it: people by their addresses.
type Whole struct {
	Type
	Approvers []string
	Keeper    string
}

// Restored is what became of a type of an export.
type Restored string

// What becomes of it.
const (
	Created   Restored = "created"
	Updated   Restored = "updated"
	Unchanged Restored = "unchanged"
	Kept      Restored = "kept" // it was changed here, and stays so
)

// Wholes gives all types, by key.
func (s *Service) Wholes(ctx context.Context) ([]Whole, error) {
	list, err := s.store.list(ctx)
	if err != nil {
		return nil, err
	}
	emails, err := s.store.emails(ctx)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(list, func(a, b Type) int { return strings.Compare(a.Key, b.Key) })
	all := make([]Whole, len(list))
	for i, t := range list {
		all[i] = Whole{Type: t, Approvers: []string{}}
		for _, id := range t.Approvers {
			all[i].Approvers = append(all[i].Approvers, emails[id])
		}
		slices.Sort(all[i].Approvers)
		if t.KeeperID.Valid {
			all[i].Keeper = emails[t.KeeperID.UUID]
		}
	}
	return all, nil
}

// RestoreWhole brings in a type of an export. One that is here is brought up to date where nobody has changed it since
// Byline brought it along. person finds who has an address here; people who are not here are left out.
func (s *Service) RestoreWhole(ctx context.Context, w Whole, person func(email string) uuid.NullUUID, dry bool) (r Restored, err error) {
	in := w.Input
	in.Approvers, in.KeeperID = nil, uuid.NullUUID{}
	for _, email := range w.Approvers {
		if id := person(email); id.Valid {
			in.Approvers = append(in.Approvers, id.UUID)
		}
	}
	if w.Keeper != "" {
		in.KeeperID = person(w.Keeper)
	}
	if in.Mode == NOfM && len(in.Approvers) > 0 {
		in.Needed = min(in.Needed, len(in.Approvers))
	}
	if !keyPattern.MatchString(w.Key) {
		return r, errs.Field(errs.Invalid, "key", "A key has 2 to 40 small letters, digits and underscores, and begins with a letter.")
	}
	if err := in.clean(); err != nil {
		return r, err
	}
	err = s.db.InTx(ctx, func(ctx context.Context) error {
		n, err := s.store.lockAll(ctx)
		if err != nil {
			return err
		}
		have, err := s.store.get(ctx, w.Key, true)
		switch {
		case errs.CodeOf(err) == errs.NotFound:
			if r = Created; n >= most {
				return errs.Newf(errs.Conflict, "There are %d types already. Use one of them, or rename an archived one.", n)
			}
		case err != nil:
			return err
		case have.Input.same(in) && have.Archived == w.Archived && have.Position == w.Position:
			r = Unchanged
			return nil
		default:
			own, err := s.store.untouched(ctx, w.Key)
			if err != nil {
				return err
			}
			if r = Updated; !own {
				r = Kept
				return nil
			}
		}
		if dry {
			return nil
		}
		by := auth.From(ctx).ID
		if r == Created {
			err = s.store.create(ctx, w.Key, in, by)
		} else {
			err = s.store.update(ctx, w.Key, in, by)
		}
		if err == nil {
			err = s.store.place(ctx, w.Key, w.Position, w.Archived)
		}
		if err != nil {
			return err
		}
		return s.record(ctx, string(r), w.Key, in.Name)
	})
	return r, err
}

func (in Input) same(o Input) bool {
	return in.Name == o.Name && in.Description == o.Description && maps.Equal(in.Brief, o.Brief) && slices.Equal(in.Checklist, o.Checklist) && in.ReviewMonths == o.ReviewMonths &&
		maps.Equal(in.StepDays, o.StepDays) && in.Mode == o.Mode && in.Needed == o.Needed && slices.Equal(in.Approvers, o.Approvers) && in.RemindHours == o.RemindHours &&
		in.EscalateHours == o.EscalateHours && in.KeeperID == o.KeeperID
}

// untouched says whether a type is as Byline brought it along.
func (s store) untouched(ctx context.Context, key string) (yes bool, err error) {
	err = s.db.PG(ctx).QueryRow(ctx, `SELECT rev = 1 AND updated_by IS NULL FROM content_types WHERE key = $1`, key).Scan(&yes)
	return yes, db.Err(err, "type of content")
}

// emails gives the addresses of all people.
func (s store) emails(ctx context.Context) (map[uuid.UUID]string, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT id, email FROM users`)
	if err != nil {
		return nil, db.Err(err, "person")
	}
	defer rows.Close()
	all := map[uuid.UUID]string{}
	for rows.Next() {
		var id uuid.UUID
		var email string
		if err := rows.Scan(&id, &email); err != nil {
			return nil, db.Err(err, "person")
		}
		all[id] = email
	}
	return all, db.Err(rows.Err(), "person")
}

// place puts a type where it was, and says whether it is offered.
func (s store) place(ctx context.Context, key string, position int, archived bool) error {
	_, err := s.db.PG(ctx).Exec(ctx, `UPDATE content_types SET position = $2, archived = $3 WHERE key = $1`, key, position, archived)
	return db.Err(err, "type of content")
}
