package shares

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"byline/backend/internal/activity"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/errs"
)

// MaxHandover is how many shares are given away together.
const MaxHandover = 500

// takenBackWithin is how long a handover can be taken back by whoever made it.
const takenBackWithin = time.Hour

// Staying is why a share is not given away.
type Staying string

// The reasons.
const (
	StaysTheirs Staying = "theirs" // it is that colleague's already
	StaysGone   Staying = "gone"   // it is not in sight, or not any more: somebody else gave it away
)

// Stays is a share that is not given away.
type Stays struct {
	ID        uuid.UUID
	Recipient string // "" where it is not in sight
	Reason    Staying
}

// Handover is what becomes of shares that are given away together.
type Handover struct {
	ID      uuid.UUID // for TakeBack; uuid.Nil when nothing moved
	Moved   []uuid.UUID
	Staying []Stays
}

// HandOver gives shares to a colleague, who hears of it once. Those that are theirs already, or not in sight any more, stay:
// another tab may have given them away. NotFound when none of them is in sight. With dry it only says what would become of them.
func (s *Service) HandOver(ctx context.Context, ids []uuid.UUID, to uuid.UUID, dry bool) (h Handover, err error) {
	err = s.db.InTx(ctx, func(ctx context.Context) error {
		if err := s.store.isHere(ctx, to); err != nil {
			return err
		}
		seen, err := s.store.inSight(ctx, auth.From(ctx).ID, ids, !dry)
		if err != nil {
			return err
		}
		if len(seen) == 0 {
			return errNoShare
		}
		var items []handedOver
		asked := map[uuid.UUID]bool{}
		for _, id := range ids {
			x, ok := seen[id]
			switch {
			case asked[id]:
			case !ok:
				h.Staying = append(h.Staying, Stays{id, "", StaysGone})
			case x.Owner == to:
				h.Staying = append(h.Staying, Stays{id, x.Recipient, StaysTheirs})
			default:
				h.Moved = append(h.Moved, id)
				items = append(items, x)
			}
			asked[id] = true
		}
		if dry || len(items) == 0 {
			return nil
		}
		h.ID = db.NewID()
		if err := s.store.handOver(ctx, h.ID, auth.From(ctx).ID, to, items); err != nil {
			return err
		}
		return s.log.Record(ctx, handoverEntries(items, to)...)
	})
	return h, err
}

// handoverEntries has a line for each share; somebody may hear of all of them, once, at the first.
func handoverEntries(items []handedOver, tell ...uuid.UUID) []activity.Entry {
	entries := make([]activity.Entry, len(items))
	for i, x := range items {
		data := map[string]any{"name": x.OwnerName}
		entries[i] = activity.Entry{Verb: "share.transferred", ObjectType: "share", ObjectID: x.ID, Data: data}
		if i == 0 && len(tell) > 0 {
			data["notify"], data["count"] = tell, len(items)
			if len(items) > 1 {
				entries[i].Verb = "share.handed_over"
			}
		}
	}
	return entries
}

// TakeBack gives shares of a handover back to those whose they were, as far as they are still where it put them. Only whoever
// made it can, within an hour; a second time does nothing.
func (s *Service) TakeBack(ctx context.Context, id uuid.UUID) (moved []uuid.UUID, err error) {
	err = s.db.InTx(ctx, func(ctx context.Context) error {
		to, at, done, err := s.store.handover(ctx, id, auth.From(ctx).ID)
		if err != nil || done {
			return err
		}
		if time.Since(at) > takenBackWithin {
			return errs.New(errs.Conflict, "That was more than an hour ago. Give them back one by one, or ask a lead.")
		}
		items, err := s.store.takeBack(ctx, id, to)
		if err != nil || len(items) == 0 {
			return err
		}
		for _, x := range items {
			moved = append(moved, x.ID)
		}
		return s.log.Record(ctx, handoverEntries(items)...)
	})
	return moved, err
}

// handedOver is a share that changes hands.
type handedOver struct {
	ID        uuid.UUID
	Owner     uuid.UUID // whose it was
	OwnerName string
	Recipient string
}

func (s store) isHere(ctx context.Context, person uuid.UUID) error {
	var here bool
	err := s.db.PG(ctx).QueryRow(ctx, `SELECT EXISTS (SELECT FROM users WHERE id = $1 AND disabled_at IS NULL)`, person).Scan(&here)
	if err == nil && !here {
		return errs.Field(errs.Invalid, "body.person_id", "Choose somebody who is here.")
	}
	return db.Err(err, "person")
}

// inSight gives those of some shares that somebody sees; locked in the order of their ids, so that two at once do not wait for
// each other in a circle.
func (s store) inSight(ctx context.Context, me uuid.UUID, ids []uuid.UUID, lock bool) (map[uuid.UUID]handedOver, error) {
	if lock {
		if _, err := s.db.PG(ctx).Exec(ctx, `SELECT FROM shares WHERE id = ANY($1) ORDER BY id FOR UPDATE`, ids); err != nil {
			return nil, db.Err(err, "share")
		}
	}
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT s.id, s.owner_id, u.name, s.recipient`+from+`WHERE `+sees+` AND s.id = ANY($2)`, me, ids)
	if err != nil {
		return nil, db.Err(err, "share")
	}
	seen := map[uuid.UUID]handedOver{}
	var x handedOver
	_, err = pgx.ForEachRow(rows, []any{&x.ID, &x.Owner, &x.OwnerName, &x.Recipient}, func() error { seen[x.ID] = x; return nil })
	return seen, db.Err(err, "share")
}

func (s store) handOver(ctx context.Context, id, by, to uuid.UUID, items []handedOver) error {
	ids := make([]uuid.UUID, len(items))
	for i, x := range items {
		ids[i] = x.ID
	}
	pg := s.db.PG(ctx)
	if _, err := pg.Exec(ctx, `INSERT INTO share_handovers (id, by_id, to_id) VALUES ($1, $2, $3)`, id, by, to); err != nil {
		return db.Err(err, "handover")
	}
	if _, err := pg.Exec(ctx, `INSERT INTO share_handover_items (handover_id, share_id, from_id) SELECT $1, id, owner_id FROM shares WHERE id = ANY($2)`, id, ids); err != nil {
		return db.Err(err, "handover")
	}
	_, err := pg.Exec(ctx, `UPDATE shares SET owner_id = $1, rev = rev + 1, updated_at = now() WHERE id = ANY($2)`, to, ids)
	return db.Err(err, "share")
}

func (s store) handover(ctx context.Context, id, by uuid.UUID) (to uuid.UUID, at time.Time, done bool, err error) {
	err = s.db.PG(ctx).QueryRow(ctx, `SELECT to_id, at, taken_back_at IS NOT NULL FROM share_handovers WHERE id = $1 AND by_id = $2 FOR UPDATE`, id, by).Scan(&to, &at, &done)
	return to, at, done, db.Err(err, "handover")
}

func (s store) takeBack(ctx context.Context, id, to uuid.UUID) ([]handedOver, error) {
	pg := s.db.PG(ctx)
	if _, err := pg.Exec(ctx, `UPDATE share_handovers SET taken_back_at = now() WHERE id = $1`, id); err != nil {
		return nil, db.Err(err, "handover")
	}
	rows, err := pg.Query(ctx, `WITH x AS (SELECT s.id, i.from_id FROM shares s JOIN share_handover_items i ON i.share_id = s.id WHERE i.handover_id = $1 AND s.owner_id = $2 ORDER BY s.id FOR UPDATE OF s)
		UPDATE shares s SET owner_id = x.from_id, rev = s.rev + 1, updated_at = now() FROM x, users u WHERE x.id = s.id AND u.id = $2 RETURNING s.id, s.owner_id, u.name, s.recipient`, id, to)
	if err != nil {
		return nil, db.Err(err, "share")
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[handedOver])
}
