package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"gorm.io/gorm"
)

type txKey struct{}

// begin starts a transaction whose statements are planned once per connection. They write few rows by key or by list, for
// which the general plan is the right one; PostgreSQL never chose it by itself where it cannot know how long a list is, as
// in River's insert of jobs, and planning took longer than running. Lists and searches read outside of transactions, and
// are planned as ever.
const begin = "begin; set local plan_cache_mode = force_generic_plan"

// tx is one database transaction as GORM and as pgx see it, on one connection.
type tx struct {
	db   *DB
	conn *sql.Conn
	pgx  *deferring
}

// Conn gives GORM on the transaction in ctx, or on the pool when there is none.
func (d *DB) Conn(ctx context.Context) *gorm.DB {
	if t := d.current(ctx); t != nil {
		g := d.gorm.Session(&gorm.Session{Context: ctx, NewDB: true, SkipDefaultTransaction: true})
		g.Statement.ConnPool = borrowed{t.conn}
		if err := t.pgx.flush(ctx); err != nil {
			_ = g.AddError(err)
		}
		return g
	}
	return d.gorm.WithContext(ctx)
}

// PG gives pgx on the transaction in ctx, or the pool when there is none.
func (d *DB) PG(ctx context.Context) Querier {
	if t := d.current(ctx); t != nil {
		return t.pgx
	}
	return d.pool
}

// Tx gives the pgx transaction that InTx put into ctx; River enqueues on it.
func Tx(ctx context.Context) (pgx.Tx, bool) {
	t, ok := ctx.Value(txKey{}).(*tx)
	if !ok {
		return nil, false
	}
	return t.pgx, true
}

// OutsideTx gives a context without the transaction, for work that must not be part of it.
func OutsideTx(ctx context.Context) context.Context {
	return context.WithValue(ctx, txKey{}, (*tx)(nil))
}

func (d *DB) current(ctx context.Context) *tx {
	t, _ := ctx.Value(txKey{}).(*tx)
	if t == nil || t.db != d {
		return nil
	}
	return t
}

// InTx runs fn in one transaction, which travels in the context that fn gets. Inside another InTx it is a savepoint: an
// error of fn undoes only what fn did. fn must not use the context's transaction from several goroutines, and must not
// wait for anything outside the database.
func (d *DB) InTx(ctx context.Context, fn func(ctx context.Context) error) error {
	if t := d.current(ctx); t != nil {
		return d.savepoint(ctx, t, fn)
	}
	conn, err := d.sql.Conn(ctx)
	if err != nil {
		return mapErr(err, "")
	}
	defer func() { _ = conn.Close() }()
	var pc *pgx.Conn
	if err := conn.Raw(func(dc any) error {
		c, ok := dc.(*stdlib.Conn)
		if !ok {
			return fmt.Errorf("not a pgx connection: %T", dc)
		}
		pc = c.Conn()
		return nil
	}); err != nil {
		return err
	}
	ptx, err := pc.BeginTx(ctx, pgx.TxOptions{BeginQuery: begin})
	if err != nil {
		return mapErr(err, "")
	}
	outer := &deferring{Tx: ptx}
	return finish(ctx, outer, fn, &tx{db: d, conn: conn, pgx: outer})
}

func (d *DB) savepoint(ctx context.Context, outer *tx, fn func(ctx context.Context) error) error {
	inner, err := outer.pgx.Begin(ctx)
	if err != nil {
		return err
	}
	nested := inner.(*deferring) //nolint:forcetypeassert // that is what its Begin gives
	return finish(ctx, nested, fn, &tx{db: d, conn: outer.conn, pgx: nested})
}

func finish(ctx context.Context, ptx pgx.Tx, fn func(ctx context.Context) error, t *tx) (err error) {
	done := false
	defer func() {
		if !done { // a panic in fn goes on after the rollback
			_ = rollback(ctx, ptx)
		}
	}()
	err = fn(context.WithValue(ctx, txKey{}, t))
	done = true
	if err != nil {
		return errors.Join(err, rollback(ctx, ptx))
	}
	if err := ptx.Commit(ctx); err != nil {
		return mapErr(err, "")
	}
	return nil
}

func rollback(ctx context.Context, t pgx.Tx) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	if err := t.Rollback(ctx); err != nil && !errors.Is(err, pgx.ErrTxClosed) {
		return err
	}
	return nil
}

// borrowed lends GORM a connection that is already inside a transaction. As a TxCommitter without BeginTx it makes
// GORM's own Transaction a savepoint, and GORM can never issue a second BEGIN.
type borrowed struct{ c *sql.Conn }

func (b borrowed) PrepareContext(ctx context.Context, q string) (*sql.Stmt, error) {
	return b.c.PrepareContext(ctx, q)
}

func (b borrowed) ExecContext(ctx context.Context, q string, a ...any) (sql.Result, error) {
	return b.c.ExecContext(ctx, q, a...)
}

func (b borrowed) QueryContext(ctx context.Context, q string, a ...any) (*sql.Rows, error) {
	return b.c.QueryContext(ctx, q, a...)
}

func (b borrowed) QueryRowContext(ctx context.Context, q string, a ...any) *sql.Row {
	return b.c.QueryRowContext(ctx, q, a...)
}

var errNotYours = errors.New("db: the transaction belongs to InTx")

func (borrowed) Commit() error   { return errNotYours }
func (borrowed) Rollback() error { return errNotYours }
