package domaintest

import (
	"context"
	"sync/atomic"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
)

type counterKey struct{}

// tracer counts the statements of a context that asks for it.
type tracer struct{}

func count(ctx context.Context) {
	if n, ok := ctx.Value(counterKey{}).(*atomic.Int64); ok {
		n.Add(1)
	}
}

// TraceQueryStart implements pgx.QueryTracer.
func (tracer) TraceQueryStart(ctx context.Context, _ *pgx.Conn, _ pgx.TraceQueryStartData) context.Context {
	count(ctx)
	return ctx
}

// TraceQueryEnd implements pgx.QueryTracer.
func (tracer) TraceQueryEnd(context.Context, *pgx.Conn, pgx.TraceQueryEndData) {}

// TraceBatchStart implements pgx.BatchTracer.
func (tracer) TraceBatchStart(ctx context.Context, _ *pgx.Conn, _ pgx.TraceBatchStartData) context.Context {
	return ctx
}

// TraceBatchQuery implements pgx.BatchTracer.
func (tracer) TraceBatchQuery(ctx context.Context, _ *pgx.Conn, _ pgx.TraceBatchQueryData) {
	count(ctx)
}

// TraceBatchEnd implements pgx.BatchTracer.
func (tracer) TraceBatchEnd(context.Context, *pgx.Conn, pgx.TraceBatchEndData) {}

// ConstantQueries asserts that a list takes the same number of statements, and at most four, for one row and for fifty.
// list runs the list and gives how many rows it found; add makes the i-th row.
func (w *World) ConstantQueries(ctx context.Context, add func(i int), list func(ctx context.Context) (rows int, err error)) {
	w.t.Helper()
	w.ConstantQueriesUpTo(ctx, 4, add, list)
}

// ConstantQueriesUpTo is ConstantQueries for what takes more than a list, at most the given number of statements.
func (w *World) ConstantQueriesUpTo(ctx context.Context, most int64, add func(i int), list func(ctx context.Context) (rows int, err error)) {
	w.t.Helper()
	run := func() (rows int, statements int64) {
		var n atomic.Int64
		rows, err := list(context.WithValue(ctx, counterKey{}, &n))
		require.NoError(w.t, err)
		return rows, n.Load()
	}
	add(0)
	rows, one := run()
	require.Equal(w.t, 1, rows)
	for i := 1; i < 50; i++ {
		add(i)
	}
	rows, fifty := run()
	require.Equal(w.t, 50, rows)
	require.Equal(w.t, one, fifty, "statements for 1 and for 50 rows")
	require.Positive(w.t, one)
	require.LessOrEqual(w.t, one, most)
}
