package db

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// Defer runs a statement whose outcome nothing in the transaction waits for, such as the record of what happened. It goes
// to the server together with the next statement, in order, or just before the commit: one trip less for each. An
// error of it is therefore that of a later statement or of InTx. Outside a transaction it runs at once.
func (d *DB) Defer(ctx context.Context, noun, sql string, args ...any) error {
	if t := d.current(ctx); t != nil {
		t.pgx.queue = append(t.pgx.queue, deferred{noun, sql, args})
		return nil
	}
	_, err := d.pool.Exec(ctx, sql, args...)
	return mapErr(err, noun)
}

type deferred struct {
	noun, sql string
	args      []any
}

// deferring is a transaction that sends deferred statements along with the next one.
type deferring struct {
	pgx.Tx
	queue []deferred
}

// ahead sends the deferred statements followed by those of b, and reads the results of the deferred ones.
func (d *deferring) ahead(ctx context.Context, b *pgx.Batch) (pgx.BatchResults, error) {
	queue := d.queue
	d.queue = nil
	all := &pgx.Batch{}
	for _, q := range queue {
		all.Queue(q.sql, q.args...)
	}
	all.QueuedQueries = append(all.QueuedQueries, b.QueuedQueries...)
	results := d.Tx.SendBatch(ctx, all)
	for _, q := range queue {
		if _, err := results.Exec(); err != nil {
			_ = results.Close()
			return nil, mapErr(err, q.noun)
		}
	}
	return results, nil
}

func (d *deferring) flush(ctx context.Context) error {
	if len(d.queue) == 0 {
		return nil
	}
	results, err := d.ahead(ctx, &pgx.Batch{})
	if err != nil {
		return err
	}
	return results.Close()
}

func (d *deferring) with(ctx context.Context, sql string, args []any) (pgx.BatchResults, error) {
	var b pgx.Batch
	b.Queue(sql, args...)
	return d.ahead(ctx, &b)
}

// Exec implements pgx.Tx.
func (d *deferring) Exec(ctx context.Context, sql string, args ...any) (pgconn.CommandTag, error) {
	if len(d.queue) == 0 {
		return d.Tx.Exec(ctx, sql, args...)
	}
	results, err := d.with(ctx, sql, args)
	if err != nil {
		return pgconn.CommandTag{}, err
	}
	tag, err := results.Exec()
	if closed := results.Close(); err == nil {
		err = closed
	}
	return tag, err
}

// Query implements pgx.Tx.
func (d *deferring) Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error) {
	if len(d.queue) == 0 {
		return d.Tx.Query(ctx, sql, args...)
	}
	results, err := d.with(ctx, sql, args)
	if err != nil {
		return failedRows(err), err
	}
	rows, err := results.Query()
	if err != nil {
		_ = results.Close()
		return rows, err
	}
	return &batchRows{rows, results}, nil
}

// QueryRow implements pgx.Tx.
func (d *deferring) QueryRow(ctx context.Context, sql string, args ...any) pgx.Row {
	if len(d.queue) == 0 {
		return d.Tx.QueryRow(ctx, sql, args...)
	}
	results, err := d.with(ctx, sql, args)
	return batchRow{results, err}
}

// SendBatch implements pgx.Tx.
func (d *deferring) SendBatch(ctx context.Context, b *pgx.Batch) pgx.BatchResults {
	if len(d.queue) == 0 {
		return d.Tx.SendBatch(ctx, b)
	}
	results, err := d.ahead(ctx, b)
	if err != nil {
		return failedBatch{err: err}
	}
	return results
}

// CopyFrom implements pgx.Tx.
func (d *deferring) CopyFrom(ctx context.Context, table pgx.Identifier, columns []string, src pgx.CopyFromSource) (int64, error) {
	if err := d.flush(ctx); err != nil {
		return 0, err
	}
	return d.Tx.CopyFrom(ctx, table, columns, src)
}

// Begin implements pgx.Tx: it sets a savepoint.
func (d *deferring) Begin(ctx context.Context) (pgx.Tx, error) {
	if err := d.flush(ctx); err != nil {
		return nil, err
	}
	inner, err := d.Tx.Begin(ctx)
	if err != nil {
		return nil, err
	}
	return &deferring{Tx: inner}, nil
}

// Commit implements pgx.Tx.
func (d *deferring) Commit(ctx context.Context) error {
	if err := d.flush(ctx); err != nil {
		_ = rollback(ctx, d)
		return err
	}
	return d.Tx.Commit(ctx)
}

// Rollback implements pgx.Tx.
func (d *deferring) Rollback(ctx context.Context) error {
	d.queue = nil
	return d.Tx.Rollback(ctx)
}

// batchRows ends its batch when it ends.
type batchRows struct {
	pgx.Rows
	results pgx.BatchResults
}

// Close implements pgx.Rows.
func (r *batchRows) Close() {
	r.Rows.Close()
	_ = r.results.Close()
}

// Next implements pgx.Rows; after the last row the connection must be free, as it is with rows of a single statement.
func (r *batchRows) Next() bool {
	if r.Rows.Next() {
		return true
	}
	_ = r.results.Close()
	return false
}

// batchRow is the one row of the last statement of a batch.
type batchRow struct {
	results pgx.BatchResults
	err     error
}

// Scan implements pgx.Row.
func (r batchRow) Scan(dest ...any) error {
	if r.err != nil {
		return r.err
	}
	err := r.results.QueryRow().Scan(dest...)
	if closed := r.results.Close(); err == nil {
		err = closed
	}
	return err
}

// failedBatch is what a batch gives whose deferred statements failed.
type failedBatch struct {
	pgx.BatchResults // nil: what is not here nobody calls
	err              error
}

// Exec implements pgx.BatchResults.
func (f failedBatch) Exec() (pgconn.CommandTag, error) { return pgconn.CommandTag{}, f.err }

// Query implements pgx.BatchResults.
func (f failedBatch) Query() (pgx.Rows, error) { return failedRows(f.err), f.err }

// QueryRow implements pgx.BatchResults.
func (f failedBatch) QueryRow() pgx.Row { return batchRow{err: f.err} }

// Close implements pgx.BatchResults.
func (f failedBatch) Close() error { return f.err }

// failedRows are rows that have failed before the first.
func failedRows(err error) pgx.Rows { return errRows{err: err} }

type errRows struct {
	pgx.Rows // nil: what is not here is not called on rows without a row
	err      error
}

// Close implements pgx.Rows.
func (errRows) Close() {}

// Err implements pgx.Rows.
func (r errRows) Err() error { return r.err }

// Next implements pgx.Rows.
func (errRows) Next() bool { return false }

// CommandTag implements pgx.Rows.
func (errRows) CommandTag() pgconn.CommandTag { return pgconn.CommandTag{} }
