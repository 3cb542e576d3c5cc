package db_test

import (
	"context"
	"errors"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/dbtest"
	"byline/backend/internal/platform/errs"
)

func TestDeferredStatementsComeInOrderWithWhateverComesNext(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	_, err := d.Pool().Exec(t.Context(), `CREATE TABLE words (n serial PRIMARY KEY, word text NOT NULL UNIQUE)`)
	require.NoError(t, err)
	put := func(ctx context.Context, word string) {
		require.NoError(t, d.Defer(ctx, "word", `INSERT INTO words (word) VALUES ($1)`, word))
	}
	count := func(ctx context.Context) (n int) {
		require.NoError(t, d.PG(ctx).QueryRow(ctx, `SELECT count(*) FROM words`).Scan(&n))
		return n
	}
	require.NoError(t, d.InTx(t.Context(), func(ctx context.Context) error {
		put(ctx, "a")
		require.Equal(t, 1, count(ctx)) // seen by a row
		put(ctx, "b")
		rows, err := d.PG(ctx).Query(ctx, `SELECT word FROM words ORDER BY n`) // by rows
		require.NoError(t, err)
		all, err := pgx.CollectRows(rows, pgx.RowTo[string])
		require.NoError(t, err)
		require.Equal(t, []string{"a", "b"}, all)
		put(ctx, "c")
		rows, err = d.PG(ctx).Query(ctx, `SELECT word FROM words ORDER BY n`)
		require.NoError(t, err)
		for rows.Next() { // read to the end without Close
		}
		require.NoError(t, rows.Err())
		put(ctx, "d")
		tag, err := d.PG(ctx).Exec(ctx, `UPDATE words SET word = word || '!' WHERE word = 'd'`) // by a change
		require.NoError(t, err)
		require.EqualValues(t, 1, tag.RowsAffected())
		put(ctx, "e")
		var b pgx.Batch
		n := 0
		b.Queue(`SELECT count(*) FROM words`).QueryRow(func(r pgx.Row) error { return r.Scan(&n) })
		require.NoError(t, d.PG(ctx).SendBatch(ctx, &b).Close()) // by a batch
		require.Equal(t, 5, n)
		put(ctx, "f")
		_, err = d.PG(ctx).CopyFrom(ctx, pgx.Identifier{"words"}, []string{"word"}, pgx.CopyFromRows([][]any{{"g"}})) // by a copy
		require.NoError(t, err)
		put(ctx, "h")
		require.NoError(t, d.Conn(ctx).Exec(`UPDATE words SET word = 'H' WHERE word = 'h'`).Error) // by GORM
		require.Error(t, d.InTx(ctx, func(ctx context.Context) error {
			put(ctx, "undone")
			return errors.New("stop")
		}))
		require.NoError(t, d.InTx(ctx, func(ctx context.Context) error {
			put(ctx, "kept")
			return nil
		}))
		put(ctx, "last") // at the commit
		return nil
	}))
	rows, err := d.Pool().Query(t.Context(), `SELECT word FROM words ORDER BY n`)
	require.NoError(t, err)
	all, err := pgx.CollectRows(rows, pgx.RowTo[string])
	require.NoError(t, err)
	require.Equal(t, []string{"a", "b", "c", "d!", "e", "f", "g", "H", "kept", "last"}, all)
	put(t.Context(), "outside")
	require.Equal(t, 11, count(t.Context()))
}

func TestADeferredStatementThatFailsUndoesTheTransactionWhereverItComesOut(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	_, err := d.Pool().Exec(t.Context(), `CREATE TABLE words (word text PRIMARY KEY)`)
	require.NoError(t, err)
	for name, next := range map[string]func(ctx context.Context, pg db.Querier) error{
		"commit": func(context.Context, db.Querier) error { return nil },
		"row": func(ctx context.Context, pg db.Querier) error {
			var n int
			return pg.QueryRow(ctx, `SELECT 1`).Scan(&n)
		},
		"rows": func(ctx context.Context, pg db.Querier) error {
			rows, err := pg.Query(ctx, `SELECT 1`)
			if err == nil {
				rows.Close()
			}
			return err
		},
		"exec": func(ctx context.Context, pg db.Querier) error { _, err := pg.Exec(ctx, `SELECT 1`); return err },
		"batch": func(ctx context.Context, pg db.Querier) error {
			var b pgx.Batch
			b.Queue(`SELECT 1`)
			return pg.SendBatch(ctx, &b).Close()
		},
		"copy": func(ctx context.Context, pg db.Querier) error {
			_, err := pg.CopyFrom(ctx, pgx.Identifier{"words"}, []string{"word"}, pgx.CopyFromRows([][]any{{"z"}}))
			return err
		},
		"gorm": func(ctx context.Context, _ db.Querier) error { return d.Conn(ctx).Exec(`SELECT 1`).Error },
		"savepoint": func(ctx context.Context, _ db.Querier) error {
			return d.InTx(ctx, func(context.Context) error { return nil })
		},
	} {
		err := d.InTx(t.Context(), func(ctx context.Context) error {
			for range 2 {
				require.NoError(t, d.Defer(ctx, "word", `INSERT INTO words VALUES ('twice')`))
			}
			return next(ctx, d.PG(ctx))
		})
		require.Equal(t, errs.Conflict, errs.CodeOf(err), "%s: %v", name, err)
		require.Contains(t, err.Error(), "This word exists already.", name)
		var n int
		require.NoError(t, d.Pool().QueryRow(t.Context(), `SELECT count(*) FROM words`).Scan(&n), name)
		require.Zero(t, n, name)
	}
}
