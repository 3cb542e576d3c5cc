package search

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/db"
)

// statement collects the arguments of a statement.
type statement struct{ args []any }

func (s *statement) arg(v any) string {
	s.args = append(s.args, v)
	return fmt.Sprintf("$%d", len(s.args))
}

// allowed is the condition on a document d under which a reader may find it, and that it passes the filters.
func (s *statement) allowed(r reader, f Filters, now time.Time) string {
	where := []string{`NOT d.gone`}
	full := `d.part = 'full' AND d.audience && ` + s.arg(r.audiences)
	if !r.always {
		at := s.arg(now)
		full += ` AND d.visible_from <= ` + at + ` AND d.visible_until > ` + at
	}
	if len(r.titles) > 0 {
		where = append(where, `((`+full+`) OR (d.part = 'title' AND d.id = ANY(`+s.arg(r.titles)+`)))`)
	} else {
		where = append(where, full)
	}
	where = append(where, s.fits(f)...)
	if len(f.State) == 0 { // what is archived is found only by who asks for it
		where = append(where, `d.state <> 'archived'`)
	}
	return strings.Join(where, ` AND `)
}

// fits is the conditions of the filters.
func (s *statement) fits(f Filters) (where []string) {
	for _, l := range f.lists() {
		if l.many {
			where = append(where, `d.`+l.column+` && `+s.arg(l.values))
		} else {
			where = append(where, `d.`+l.column+` = ANY(`+s.arg(l.values)+`)`)
		}
	}
	if len(f.Year) > 0 {
		where = append(where, `d.year = ANY(`+s.arg(f.Year)+`)`)
	}
	if f.Sets == nil {
		return where
	}
	sets := []string{`false`}
	for _, set := range f.Sets {
		if set.Rule != nil {
			sets = append(sets, `(d.kind = 'resource' AND `+strings.Join(append(s.fits(*set.Rule), `true`), ` AND `)+`)`)
			continue
		}
		sets = append(sets, `d.id = ANY(`+s.arg(set.Things)+`)`)
	}
	return append(where, `(`+strings.Join(sets, ` OR `)+`)`)
}

// key names a document.
type key struct {
	ID   uuid.UUID
	Part string
}

// has is the condition that a document has one of the stems of each group.
func (s *statement) has(groups [][]int64) string {
	where := []string{`true`}
	for _, terms := range groups {
		where = append(where, `EXISTS (SELECT FROM search_postings p WHERE p.doc = d.doc AND p.term = ANY(`+s.arg(terms)+`))`)
	}
	return strings.Join(where, ` AND `)
}

// newest is rank without words.
func (s store) newest(ctx context.Context, r reader, f Filters, now time.Time, offset, limit int) (keys []key, total int, err error) {
	var q statement
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT d.id, d.part, count(*) OVER () FROM search_documents d WHERE `+q.allowed(r, f, now)+
		` ORDER BY d.at DESC, d.doc LIMIT `+q.arg(limit)+` OFFSET `+q.arg(offset), q.args...)
	return collectKeys(rows, err, &total)
}

func collectKeys(rows pgx.Rows, err error, total *int) ([]key, int, error) {
	if err != nil {
		return nil, 0, db.Err(err, "search")
	}
	keys, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (k key, err error) { return k, row.Scan(&k.ID, &k.Part, total) })
	return keys, *total, db.Err(err, "search")
}

// order puts documents in another order than the best; those of which nothing is known stay behind, best first.
func (s store) order(ctx context.Context, keys []key, sort string) ([]key, error) {
	by := map[string]string{SortNew: `d.at DESC`, SortUsed: `r.views DESC NULLS LAST`, SortRated: `r.rating_score DESC NULLS LAST`}[sort]
	ids, parts := make([]uuid.UUID, len(keys)), make([]string, len(keys))
	for i, k := range keys {
		ids[i], parts[i] = k.ID, k.Part
	}
	var total int
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT d.id, d.part, 0 FROM unnest($1::uuid[], $2::text[]) WITH ORDINALITY k(id, part, place)
		JOIN search_documents d ON d.kind = ANY($3) AND d.id = k.id AND d.part = k.part LEFT JOIN resources r ON d.kind = 'resource' AND r.id = d.id
		ORDER BY `+by+`, k.place`, ids, parts, Kinds)
	sorted, _, err := collectKeys(rows, err, &total)
	return sorted, err
}

// live is the condition of each domain on what a document d stands for, looked at in the domain's own tables: a thing that
// was made private a moment ago is not shown, although the jobs have not come to it yet. $1 is the user, $2 their team, $3 their side,
// $4 whether marketing, $5 whether lead, $6 whether admin.
const live = `CASE d.kind
	WHEN 'resource' THEN EXISTS (SELECT FROM resources r WHERE r.id = d.id AND ($4 OR $6 OR (r.state IN ('live', 'review_due')
		AND (r.release_at IS NULL OR r.release_at <= now()) AND (r.expires_at IS NULL OR r.expires_at > now()))))
	WHEN 'idea' THEN EXISTS (SELECT FROM ideas i WHERE i.id = d.id AND i.state <> 'merged' AND (i.visibility = 'everyone' OR i.author_id = $1
		OR (i.visibility = 'team' AND i.team_id = $2) OR (i.visibility = 'private' AND EXISTS (SELECT FROM idea_people p WHERE p.idea_id = i.id AND p.user_id = $1))))
	WHEN 'draft' THEN d.part = 'title' OR EXISTS (SELECT FROM drafts x WHERE x.id = d.id AND (x.writer_id = $1 OR (NOT x.confidential AND ($4 OR $5 OR $6))
		OR EXISTS (SELECT FROM draft_people p WHERE p.draft_id = x.id AND p.user_id = $1)))
	WHEN 'post' THEN EXISTS (SELECT FROM posts p WHERE p.id = d.id AND ($4 OR p.writer_id = $1 OR (p.owner_id = $1 AND p.state <> 'writing')))
	ELSE EXISTS (SELECT FROM users u WHERE u.id = d.id AND u.disabled_at IS NULL) END`

// load reads documents, in no order, leaving out those that the user may not see any more.
func (s store) load(ctx context.Context, keys []key, u auth.User) (map[key]document, error) {
	ids, parts := make([]uuid.UUID, len(keys)), make([]string, len(keys))
	for i, k := range keys {
		ids[i], parts[i] = k.ID, k.Part
	}
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT d.kind, d.id, d.part, d.title, d.summary, d.names, d.body, d.pages, d.type, d.state, d.lang, d.source_id, d.at, d.spoken,
			d.tags, d.personas, d.stages, d.industries, d.products, d.regions, `+signalColumns+`
		FROM unnest($7::uuid[], $8::text[]) k(id, part) JOIN search_documents d ON d.kind = ANY($9) AND d.id = k.id AND d.part = k.part`+signalJoin+`
		WHERE NOT d.gone AND `+live, u.ID, u.TeamID, u.Side, u.IsMarketer(), u.Lead, u.Admin, ids, parts, Kinds)
	if err != nil {
		return nil, db.Err(err, "search")
	}
	found := make(map[key]document, len(keys))
	var d document
	fields := append([]any{&d.Kind, &d.ID, &d.Part, &d.Title, &d.Summary, &d.Names, &d.Body, &d.Pages, &d.Type, &d.State, &d.Lang, &d.SourceID, &d.At, &d.spoken,
		&d.Tags, &d.Personas, &d.Stages, &d.Industries, &d.Products, &d.Regions}, d.fields()...)
	_, err = pgx.ForEachRow(rows, fields, func() error {
		d.clean()
		found[key{d.ID, d.Part}] = d
		d = document{}
		return nil
	})
	return found, db.Err(err, "search")
}

// signalsOf reads titles and signals of documents, not their texts.
func (s store) signalsOf(ctx context.Context, keys []key, u auth.User) (map[key]document, error) {
	ids, parts := make([]uuid.UUID, len(keys)), make([]string, len(keys))
	for i, k := range keys {
		ids[i], parts[i] = k.ID, k.Part
	}
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT d.id, d.part, d.title, d.lang, d.spoken, `+signalColumns+` FROM unnest($4::uuid[], $5::text[]) k(id, part)
		JOIN search_documents d ON d.kind = ANY($6) AND d.id = k.id AND d.part = k.part`+signalJoin, u.ID, u.TeamID, u.Side, ids, parts, Kinds)
	if err != nil {
		return nil, db.Err(err, "search")
	}
	found := make(map[key]document, len(keys))
	var d document
	_, err = pgx.ForEachRow(rows, append([]any{&d.ID, &d.Part, &d.Title, &d.Lang, &d.spoken}, d.fields()...), func() error {
		d.clean()
		found[key{d.ID, d.Part}] = d
		return nil
	})
	return found, db.Err(err, "search")
}

// titlesOf gives the titles of documents.
func (s store) titlesOf(ctx context.Context, keys []key) (map[key]string, error) {
	ids, parts := make([]uuid.UUID, len(keys)), make([]string, len(keys))
	for i, k := range keys {
		ids[i], parts[i] = k.ID, k.Part
	}
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT d.id, d.part, d.title FROM unnest($1::uuid[], $2::text[]) k(id, part)
		JOIN search_documents d ON d.kind = ANY($3) AND d.id = k.id AND d.part = k.part`, ids, parts, Kinds)
	if err != nil {
		return nil, db.Err(err, "search")
	}
	titles := make(map[key]string, len(keys))
	var k key
	var title string
	_, err = pgx.ForEachRow(rows, []any{&k.ID, &k.Part, &title}, func() error { titles[k] = title; return nil })
	return titles, db.Err(err, "search")
}
