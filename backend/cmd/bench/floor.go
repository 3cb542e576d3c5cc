package main

import (
	"context"
	"crypto/sha256"
	"errors"
	"net/http"
	"os"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/labstack/echo/v4"
)

// serveFloor is what the product is measured against: the same rows by the same SQL work with plain pgx, behind plain
// Echo, with a session look-up and nothing else. No rules, no limits, no description, no checks of input.
func serveFloor(ctx context.Context, _ []string) error {
	cfg, err := pgxpool.ParseConfig(os.Getenv("BENCH_DATABASE_URL"))
	if err != nil {
		return err
	}
	cfg.MaxConns = 20
	pool, err := pgxpool.NewWithConfig(ctx, cfg)
	if err != nil {
		return err
	}
	defer pool.Close()
	f := floor{pool}
	e := echo.New()
	e.HideBanner, e.HidePort = true, true
	e.GET("/readyz", func(c echo.Context) error { return c.String(http.StatusOK, "ready") })
	e.GET("/l/:code", f.redirect)
	api := e.Group("/api/v1", f.session)
	api.GET("/ideas", f.list)
	api.GET("/ideas/:id", f.get)
	api.POST("/ideas", f.create)
	api.PUT("/ideas/:id/vote", f.vote)
	go func() {
		<-ctx.Done()
		_ = e.Close()
	}()
	if err := e.Start(os.Getenv("BYLINE_ADDR")); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

type floor struct{ pool *pgxpool.Pool }

type floorUser struct {
	id   uuid.UUID
	team uuid.NullUUID
}

func (f floor) session(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		k, err := c.Cookie("byline_session")
		if err != nil {
			return echo.ErrUnauthorized
		}
		sum := sha256.Sum256([]byte(k.Value))
		var u floorUser
		var session uuid.UUID
		var name, email, side string
		var lead, admin bool
		if err := f.pool.QueryRow(c.Request().Context(), `SELECT s.id, u.id, u.name, u.email, u.side, u.lead, u.admin, u.team_id
			FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.token_hash = $1 AND s.expires_at > now() AND u.disabled_at IS NULL`, sum[:]).
			Scan(&session, &u.id, &name, &email, &side, &lead, &admin, &u.team); err != nil {
			return echo.ErrUnauthorized
		}
		c.Set("user", u)
		return next(c)
	}
}

type floorPerson struct {
	ID      uuid.UUID  `json:"id"`
	Name    string     `json:"name"`
	Side    string     `json:"side"`
	Picture *uuid.UUID `json:"picture"`
}

type floorIdea struct {
	ID         uuid.UUID   `json:"id"`
	Kind       string      `json:"kind"`
	Title      string      `json:"title"`
	Body       string      `json:"body"`
	Tags       []string    `json:"tags"`
	State      string      `json:"state"`
	Reason     string      `json:"reason"`
	Visibility string      `json:"visibility"`
	Author     floorPerson `json:"author"`
	NeededBy   *time.Time  `json:"needed_by"`
	MergedInto *uuid.UUID  `json:"merged_into"`
	Votes      int         `json:"votes"`
	Voted      bool        `json:"voted"`
	Comments   int         `json:"comments"`
	Evidence   int         `json:"evidence_count"`
	Rev        int64       `json:"rev"`
	CreatedAt  time.Time   `json:"created_at"`
	UpdatedAt  time.Time   `json:"updated_at"`
}

const floorSelect = `SELECT i.id, i.kind, i.title, i.body, i.tags, i.state, i.reason, i.visibility, i.author_id, u.name, u.side, u.picture_asset_id,
	i.needed_by, i.merged_into, i.votes, v.user_id IS NOT NULL, i.rev, i.created_at, i.updated_at,
	(SELECT count(*) FROM comments c WHERE c.object_type = 'idea' AND c.object_id = i.id AND c.deleted_at IS NULL),
	(SELECT count(*) FROM idea_evidence e WHERE e.idea_id = i.id)
	FROM ideas i JOIN users u ON u.id = i.author_id LEFT JOIN idea_votes v ON v.idea_id = i.id AND v.user_id = $1
	WHERE (i.visibility = 'everyone' OR i.author_id = $1 OR (i.visibility = 'team' AND i.team_id = $2)
	OR (i.visibility = 'private' AND EXISTS (SELECT FROM idea_people p WHERE p.idea_id = i.id AND p.user_id = $1)))`

func scanFloorIdea(row pgx.CollectableRow) (i floorIdea, err error) {
	return i, row.Scan(&i.ID, &i.Kind, &i.Title, &i.Body, &i.Tags, &i.State, &i.Reason, &i.Visibility, &i.Author.ID, &i.Author.Name, &i.Author.Side, &i.Author.Picture,
		&i.NeededBy, &i.MergedInto, &i.Votes, &i.Voted, &i.Rev, &i.CreatedAt, &i.UpdatedAt, &i.Comments, &i.Evidence)
}

func userOf(c echo.Context) floorUser { return c.Get("user").(floorUser) } //nolint:forcetypeassert // set by session

func (f floor) list(c echo.Context) error {
	u := userOf(c)
	rows, err := f.pool.Query(c.Request().Context(), floorSelect+` AND i.state = $3 ORDER BY i.votes DESC, i.id DESC LIMIT 26`, u.id, u.team, c.QueryParam("state"))
	if err != nil {
		return err
	}
	ideas, err := pgx.CollectRows(rows, scanFloorIdea)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, map[string]any{"items": ideas[:min(25, len(ideas))]})
}

func (f floor) get(c echo.Context) error {
	u := userOf(c)
	rows, err := f.pool.Query(c.Request().Context(), floorSelect+` AND i.id = $3`, u.id, u.team, c.Param("id"))
	if err != nil {
		return err
	}
	idea, err := pgx.CollectExactlyOneRow(rows, scanFloorIdea)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, idea)
}

// create makes the same three inserts as the product at the least: the idea, its activity, one job. Its job goes to a
// queue that nobody works off.
func (f floor) create(c echo.Context) error {
	var in struct{ Title, Body string }
	if err := c.Bind(&in); err != nil {
		return err
	}
	u, id, ctx := userOf(c), uuid.Must(uuid.NewV7()), c.Request().Context()
	err := pgx.BeginFunc(ctx, f.pool, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `INSERT INTO ideas (id, kind, title, body, author_id, team_id) VALUES ($1, 'idea', $2, $3, $4, $5)`, id, in.Title, in.Body, u.id, u.team); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `INSERT INTO activities (id, verb, object_type, object_id, actor_id, data) VALUES ($1, 'idea.created', 'idea', $2, $3, '{"kind":"idea"}')`,
			uuid.Must(uuid.NewV7()), id, u.id); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `INSERT INTO river_job (args, kind, max_attempts, queue) VALUES ($1, 'floor', 1, 'floor')`, map[string]any{"id": id})
		return err
	})
	if err != nil {
		return err
	}
	return c.JSON(http.StatusCreated, floorIdea{ID: id, Title: in.Title, Body: in.Body})
}

// vote keeps the one vote per person, the number of votes and the activity in one transaction.
func (f floor) vote(c echo.Context) error {
	u, ctx := userOf(c), c.Request().Context()
	var votes int
	err := pgx.BeginFunc(ctx, f.pool, func(tx pgx.Tx) error {
		var state string
		if err := tx.QueryRow(ctx, `SELECT state FROM ideas WHERE id = $1 FOR UPDATE`, c.Param("id")).Scan(&state); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `INSERT INTO idea_votes (idea_id, user_id) VALUES ($1, $2)`, c.Param("id"), u.id); err != nil {
			return err
		}
		if err := tx.QueryRow(ctx, `UPDATE ideas SET votes = votes + 1 WHERE id = $1 RETURNING votes`, c.Param("id")).Scan(&votes); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `INSERT INTO follows (object_type, object_id, user_id) VALUES ('idea', $1, $2) ON CONFLICT DO NOTHING`, c.Param("id"), u.id); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `INSERT INTO activities (id, verb, object_type, object_id, actor_id) VALUES ($1, 'idea.voted', 'idea', $2, $3)`,
			uuid.Must(uuid.NewV7()), c.Param("id"), u.id)
		return err
	})
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, map[string]any{"votes": votes, "voted": true})
}

// redirect stores one hit by one plain insert and sends the reader on. It does not even look the link up: its id is in the address.
func (f floor) redirect(c echo.Context) error {
	if _, err := f.pool.Exec(c.Request().Context(), `INSERT INTO hits (id, link_id, class, reasons, rule_version, method, agent, referrer, address_hash, network)
		VALUES ($1, $2, 'human', '{floor}', 1, 'GET', $3, '', '\x00', '127.0.0.0/24')`, uuid.Must(uuid.NewV7()), c.Param("code"), c.Request().UserAgent()); err != nil {
		return err
	}
	return c.Redirect(http.StatusFound, "https://www.example.com/")
}
