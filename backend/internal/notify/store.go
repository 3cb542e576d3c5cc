package notify

import (
	"context"
	"maps"
	"slices"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"byline/backend/internal/activity"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/db"
)

type store struct{ db *db.DB }

type stored struct {
	ID         uuid.UUID
	Verb       string
	ObjectType string
	ObjectID   uuid.UUID
	ActorID    uuid.UUID
	Data       []byte
}

func (s store) activity(ctx context.Context, id uuid.UUID) (e stored, err error) {
	var actor uuid.NullUUID
	err = s.db.PG(ctx).QueryRow(ctx, `SELECT id, verb, object_type, object_id, actor_id, data FROM activities WHERE id = $1`, id).
		Scan(&e.ID, &e.Verb, &e.ObjectType, &e.ObjectID, &actor, &e.Data)
	e.ActorID = actor.UUID
	return e, db.Err(err, "activity")
}

func (s store) followers(ctx context.Context, objectType string, id uuid.UUID) ([]uuid.UUID, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT user_id FROM follows WHERE object_type = $1 AND object_id = $2 AND NOT muted`, objectType, id)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
}

func (s store) users(ctx context.Context, reasons map[uuid.UUID]string) ([]auth.User, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT id, name, side, lead, admin, team_id FROM users WHERE id = ANY($1)`, slices.Collect(maps.Keys(reasons)))
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(r pgx.CollectableRow) (u auth.User, err error) {
		err = r.Scan(&u.ID, &u.Name, &u.Side, &u.Lead, &u.Admin, &u.TeamID)
		return u, err
	})
}

// add holds the activity while it writes, so that it is not withdrawn meanwhile.
func (s store) add(ctx context.Context, activityID uuid.UUID, reasons map[uuid.UUID]string) error {
	var b pgx.Batch
	b.Queue(`SELECT FROM activities WHERE id = $1 FOR KEY SHARE`, activityID)
	for user, reason := range reasons {
		b.Queue(`INSERT INTO notifications (id, user_id, activity_id, reason) SELECT $1, u.id, $3, $4 FROM users u WHERE u.id = $2 AND u.disabled_at IS NULL
			AND NOT EXISTS (SELECT FROM notices_withdrawn WHERE activity_id = $3) ON CONFLICT (user_id, activity_id) DO NOTHING`, db.NewID(), user, activityID, reason)
	}
	return s.db.InTx(ctx, func(ctx context.Context) error {
		return db.Err(s.db.PG(ctx).SendBatch(ctx, &b).Close(), "notification")
	})
}

// from has the inbox of $1 without what its reader may no longer see, by the same rules as the domains: things can become
// less public after somebody heard of them, and their present title is shown. me is the reader.
const from = ` FROM notifications n JOIN activities a ON a.id = n.activity_id
	LEFT JOIN ideas i ON a.object_type = 'idea' AND i.id = a.object_id
	LEFT JOIN drafts d ON a.object_type = 'draft' AND d.id = a.object_id
	LEFT JOIN resources r ON r.id = CASE WHEN a.object_type = 'resource' THEN a.object_id WHEN a.object_type IN ('demand', 'view') THEN (a.data->>'resource_id')::uuid END
	LEFT JOIN posts p ON a.object_type = 'post' AND p.id = a.object_id
	LEFT JOIN shares h ON a.object_type = 'share' AND h.id = a.object_id
	LEFT JOIN users ho ON ho.id = h.owner_id
	LEFT JOIN transfers tr ON a.object_type = 'transfer' AND tr.id = a.object_id
	LEFT JOIN users u ON u.id = a.actor_id
	JOIN users me ON me.id = n.user_id
	WHERE n.user_id = $1
	AND (i.id IS NULL OR i.visibility = 'everyone' OR i.author_id = $1 OR (i.visibility = 'team' AND i.team_id = me.team_id)
	     OR (i.visibility = 'private' AND EXISTS (SELECT FROM idea_people x WHERE x.idea_id = i.id AND x.user_id = $1)))
	AND (d.id IS NULL OR (NOT d.confidential AND (me.side = 'marketing' OR me.lead OR me.admin)) OR d.writer_id = $1
	     OR EXISTS (SELECT FROM draft_people x WHERE x.draft_id = d.id AND x.user_id = $1) OR draft_is_left_to(d, $1))
	AND (r.id IS NULL OR me.side = 'marketing' OR me.admin OR (r.state IN ('live', 'review_due') AND (r.release_at IS NULL OR r.release_at <= now())
	     AND (r.expires_at IS NULL OR r.expires_at > now())))
	AND (h.id IS NULL OR h.owner_id = $1 OR me.admin OR (me.lead AND (me.side = 'marketing' OR me.team_id = ho.team_id)))
	AND (tr.id IS NULL OR tr.person_id = $1 OR me.admin)
	AND (p.id IS NULL OR me.side = 'marketing' OR p.writer_id = $1 OR (p.owner_id = $1 AND p.state <> 'writing')) `

func (s store) list(ctx context.Context, user uuid.UUID, unreadOnly bool, before uuid.UUID, limit int) ([]Notification, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `
		SELECT n.id, CASE a.object_type WHEN 'demand' THEN 'searched' WHEN 'view' THEN 'saved' ELSE n.reason END, n.created_at, n.read_at, a.verb,
		       CASE WHEN a.object_type IN ('demand', 'view') THEN 'resource' ELSE a.object_type END, CASE WHEN a.object_type IN ('demand', 'view') THEN r.id ELSE a.object_id END,
		       (`+activity.Shown+`) - 'notify', u.id, coalesce(u.name, ''), coalesce(u.side, ''), u.picture_asset_id,
		       coalesce(i.title, d.title, r.title, left(p.text, 80), h.recipient, tr.name, '')`+from+`
		AND (NOT $2 OR n.read_at IS NULL) AND ($3::uuid IS NULL OR n.id < $3)
		ORDER BY n.id DESC LIMIT $4`, user, unreadOnly, uuid.NullUUID{UUID: before, Valid: before != uuid.Nil}, limit)
	if err != nil {
		return nil, db.Err(err, "notification")
	}
	return pgx.CollectRows(rows, func(r pgx.CollectableRow) (n Notification, err error) {
		var actor activity.Person
		var id uuid.NullUUID
		err = r.Scan(&n.ID, &n.Reason, &n.At, &n.ReadAt, &n.Verb, &n.ObjectType, &n.ObjectID, &n.Data, &id, &actor.Name, &actor.Side, &actor.Picture, &n.Title)
		if id.Valid {
			actor.ID = id.UUID
			n.Actor = &actor
		}
		return n, err
	})
}

func (s store) unread(ctx context.Context, user uuid.UUID) (n int, err error) {
	err = s.db.PG(ctx).QueryRow(ctx, `SELECT count(*)`+from+`AND n.read_at IS NULL`, user).Scan(&n)
	return n, db.Err(err, "notification")
}

func (s store) mark(ctx context.Context, user uuid.UUID, ids []uuid.UUID, read bool) error {
	_, err := s.db.PG(ctx).Exec(ctx, `UPDATE notifications SET read_at = CASE WHEN $3 THEN coalesce(read_at, now()) END
		WHERE user_id = $1 AND ($2::uuid[] IS NULL OR id = ANY($2))`, user, ids, read)
	return db.Err(err, "notification")
}
