package demand

import (
	"context"
	"errors"
	"strconv"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"byline/backend/internal/activity"
	"byline/backend/internal/platform/db"
)

type store struct{ db *db.DB }

type searchRow struct {
	day    time.Time
	who    []byte
	key    string
	stems  string
	words  string
	card   uuid.NullUUID
	user   uuid.NullUUID
	found  int
	opened bool
	at     time.Time
}

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}

// monthKey gives the key of a month, which is the given one when the month has none yet.
func (s store) monthKey(ctx context.Context, month time.Time, key []byte) ([]byte, error) {
	err := s.db.PG(ctx).QueryRow(ctx, `INSERT INTO demand_keys (month, key) VALUES ($1, $2) ON CONFLICT (month) DO UPDATE SET month = excluded.month RETURNING key`, month, key).Scan(&key)
	return key, db.Err(err, "search")
}

// nameOf is somebody's id, if they keep their name with their searches.
func (s store) nameOf(ctx context.Context, user uuid.UUID) (id uuid.NullUUID, err error) {
	err = s.db.PG(ctx).QueryRow(ctx, `SELECT (SELECT user_id FROM demand_settings WHERE user_id = $1 AND named)`, user).Scan(&id)
	return id, db.Err(err, "setting")
}

// holdName is nameOf, and keeps the setting as it is until the transaction ends: whoever takes their name back meanwhile takes it
// off what is written here too.
func (s store) holdName(ctx context.Context, user uuid.UUID) (id uuid.NullUUID, err error) {
	err = s.db.PG(ctx).QueryRow(ctx, `SELECT user_id FROM demand_settings WHERE user_id = $1 AND named FOR SHARE`, user).Scan(&id)
	if errors.Is(err, pgx.ErrNoRows) {
		return id, nil
	}
	return id, db.Err(err, "setting")
}

func (s store) setNamed(ctx context.Context, user uuid.UUID, named bool, now time.Time) error {
	var b pgx.Batch
	b.Queue(`INSERT INTO demand_settings (user_id, named, updated_at) VALUES ($1, $2, $3)
		ON CONFLICT (user_id) DO UPDATE SET named = excluded.named, updated_at = excluded.updated_at`, user, named, now)
	if !named {
		b.Queue(`UPDATE demand_searches SET user_id = NULL WHERE user_id = $1`, user)
		b.Queue(`DELETE FROM demand_told WHERE user_id = $1`, user) // it says what they looked for
	}
	return db.Err(s.db.PG(ctx).SendBatch(ctx, &b).Close(), "setting")
}

// stems gives the stems of words in one order, so that word order and endings do not matter.
func (s store) stems(ctx context.Context, key string) (stems string, err error) {
	err = s.db.PG(ctx).QueryRow(ctx, `SELECT coalesce((SELECT string_agg(l, ' ' ORDER BY l) FROM unnest(tsvector_to_array(to_tsvector('english', $1))) l), $1)`, key).Scan(&stems)
	return stems, db.Err(err, "search")
}

// alike gives the card whose stems are the same, or nearly. From here on nobody else makes cards until the transaction ends.
func (s store) alike(ctx context.Context, stems string) (id uuid.NullUUID, err error) {
	if _, err := s.db.PG(ctx).Exec(ctx, `SELECT pg_advisory_xact_lock(hashtextextended('demand cards', 0))`); err != nil {
		return id, db.Err(err, "card")
	}
	err = s.db.PG(ctx).QueryRow(ctx, `SELECT (SELECT id FROM demand_cards WHERE stems = $1 OR (stems % $1 AND similarity(stems, $1) >= 0.6)
		ORDER BY stems = $1 DESC, similarity(stems, $1) DESC, id LIMIT 1)`, stems).Scan(&id)
	return id, db.Err(err, "card")
}

func (s store) addCard(ctx context.Context, r searchRow) error {
	_, err := s.db.PG(ctx).Exec(ctx, `INSERT INTO demand_cards (id, words, stems, created_at, updated_at) VALUES ($1, $2, $3, $4, $4)`, r.card, r.words, r.stems, r.at)
	return db.Err(err, "card")
}

func (s store) addSearch(ctx context.Context, r searchRow) error {
	_, err := s.db.PG(ctx).Exec(ctx, `INSERT INTO demand_searches AS s (day, who, key, words, card_id, user_id, found, opened, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		ON CONFLICT (day, who, key) DO UPDATE SET words = excluded.words, card_id = coalesce(s.card_id, excluded.card_id), user_id = excluded.user_id,
			found = greatest(s.found, excluded.found), opened = s.opened OR excluded.opened, at = excluded.at`,
		r.day, r.who, r.key, r.words, r.card, r.user, r.found, r.opened, r.at)
	return db.Err(err, "search")
}

// cards gives one card, or those in a state, with the numbers of their misses. Of a card that was answered the misses since
// then count, if there are any.
func (s store) cards(ctx context.Context, state State, id uuid.UUID, now time.Time) ([]Card, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `
		WITH misses AS (
			SELECT s.*, bool_or(s.at > c.answered_at) OVER (PARTITION BY c.id) AS again, s.at > c.answered_at AS later
			FROM demand_searches s JOIN demand_cards c ON c.id = s.card_id WHERE NOT s.opened AND ($2::uuid IS NULL OR c.id = $2)),
		counted AS (SELECT * FROM misses WHERE later OR NOT coalesce(again, false)),
		sums AS (
			SELECT card_id, coalesce(bool_or(again), false) AS again, count(*) AS searches, count(DISTINCT day) AS days, min(at) AS first_at, max(at) AS last_at,
				count(*) FILTER (WHERE day > $1::date - 14) AS recent, count(*) FILTER (WHERE day <= $1::date - 14 AND day > $1::date - 28) AS before,
				count(*) FILTER (WHERE found = 0) AS nothing
			FROM counted GROUP BY card_id),
		heads AS (
			SELECT card_id, max(n) AS people FROM (SELECT card_id, count(DISTINCT who) AS n FROM counted GROUP BY card_id, date_trunc('month', day)) m GROUP BY card_id),
		spelt AS (
			SELECT card_id, (array_agg(words ORDER BY n DESC, last DESC))[1:5] AS words
			FROM (SELECT card_id, (array_agg(words ORDER BY at DESC))[1] AS words, count(*) AS n, max(at) AS last FROM counted GROUP BY card_id, key) w GROUP BY card_id),
		cards AS (
			SELECT c.*, s.searches, s.days, s.first_at, s.last_at, s.recent, s.before, s.nothing, h.people, w.words AS spellings,
				CASE WHEN c.dismissed_at IS NOT NULL THEN 'dismissed' WHEN c.answered_at IS NOT NULL AND NOT s.again THEN 'answered'
					WHEN c.idea_id IS NOT NULL THEN 'requested' ELSE 'open' END AS state
			FROM demand_cards c JOIN sums s ON s.card_id = c.id JOIN heads h ON h.card_id = c.id JOIN spelt w ON w.card_id = c.id)
		SELECT c.id, spellings, c.state, searches, people, days, recent, before, nothing, first_at, last_at, idea_id, c.resource_id, answered_at, dismissed_at,
			a.at IS NOT NULL, u.id, coalesce(u.name, ''), coalesce(u.side, ''), u.picture_asset_id
		FROM cards c LEFT JOIN demand_answers a ON a.card_id = c.id AND a.at = c.answered_at AND a.resource_id = c.resource_id LEFT JOIN users u ON u.id = a.by_id WHERE $3 = '' OR c.state = $3 ORDER BY people DESC, searches DESC, last_at DESC LIMIT $4`,
		now, uuid.NullUUID{UUID: id, Valid: id != uuid.Nil}, state, mostCard)
	if err != nil {
		return nil, db.Err(err, "card")
	}
	cards, err := pgx.CollectRows(rows, func(r pgx.CollectableRow) (c Card, err error) {
		var p activity.Person
		var by uuid.NullUUID
		err = r.Scan(&c.ID, &c.Spellings, &c.State, &c.Searches, &c.People, &c.Days, &c.Recent, &c.Before, &c.Nothing, &c.FirstAt, &c.LastAt,
			&c.IdeaID, &c.ResourceID, &c.AnsweredAt, &c.DismissedAt,
			&c.ByHand, &by, &p.Name, &p.Side, &p.Picture)
		if by.Valid {
			p.ID = by.UUID
			c.AnsweredBy = &p
		}
		if err == nil {
			c.Words, c.Spellings = c.Spellings[0], c.Spellings[1:]
		}
		return c, err
	})
	if err != nil {
		return nil, db.Err(err, "card")
	}
	return cards, s.name(ctx, cards)
}

// name adds those who keep their name with their searches.
func (s store) name(ctx context.Context, cards []Card) error {
	at := map[uuid.UUID]*Card{}
	ids := make([]uuid.UUID, len(cards))
	for i := range cards {
		ids[i], at[cards[i].ID] = cards[i].ID, &cards[i]
	}
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT s.card_id, u.id, u.name, u.side, u.picture_asset_id FROM demand_searches s JOIN users u ON u.id = s.user_id
		WHERE s.card_id = ANY($1) AND NOT s.opened GROUP BY 1, 2, 3, 4, 5 ORDER BY max(s.at) DESC, u.id`, ids)
	if err != nil {
		return db.Err(err, "card")
	}
	var card uuid.UUID
	var p activity.Person
	_, err = pgx.ForEachRow(rows, []any{&card, &p.ID, &p.Name, &p.Side, &p.Picture}, func() error {
		at[card].Named = append(at[card].Named, p)
		return nil
	})
	return db.Err(err, "card")
}

func (s store) lock(ctx context.Context, id uuid.UUID) error {
	var one int
	return db.Err(s.db.PG(ctx).QueryRow(ctx, `SELECT 1 FROM demand_cards WHERE id = $1 FOR UPDATE`, id).Scan(&one), "card")
}

func (s store) dismiss(ctx context.Context, id, by uuid.UUID, away bool, now time.Time) error {
	if err := s.lock(ctx, id); err != nil {
		return err
	}
	_, err := s.db.PG(ctx).Exec(ctx, `UPDATE demand_cards SET dismissed_at = CASE WHEN $3 THEN coalesce(dismissed_at, $4) END, dismissed_by = CASE WHEN $3 THEN coalesce(dismissed_by, $2) END,
		updated_at = $4 WHERE id = $1`, id, by, away, now)
	return db.Err(err, "card")
}

func (s store) setIdea(ctx context.Context, id, idea uuid.UUID) error {
	_, err := s.db.PG(ctx).Exec(ctx, `UPDATE demand_cards SET idea_id = $2, dismissed_at = NULL, dismissed_by = NULL, updated_at = now() WHERE id = $1`, id, idea)
	return db.Err(err, "card")
}

// often gives the words with which at least some people searched in one month, and found something: as they were written
// last, most people first.
func (s store) often(ctx context.Context, since time.Time, people int) ([]string, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT (array_agg(words ORDER BY last DESC))[1] FROM (
			SELECT key, (array_agg(words ORDER BY at DESC))[1] AS words, max(at) AS last, count(DISTINCT who) AS people
			FROM demand_searches WHERE day >= $1::date AND found > 0 GROUP BY key, date_trunc('month', day)) m
		GROUP BY key HAVING max(people) >= $2 ORDER BY max(people) DESC, max(last) DESC LIMIT 30`, since, people)
	if err != nil {
		return nil, db.Err(err, "search")
	}
	return pgx.CollectRows(rows, pgx.RowTo[string])
}
