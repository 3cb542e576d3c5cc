// Package db is the one way to PostgreSQL: one pgx pool that GORM, goose and River share, and transactions that travel
// in the context. Only store files and this package see GORM.
package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivermigrate"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"
)

// Querier is what a pool and a transaction have in common. Hot paths and lists use it instead of GORM.
type Querier interface {
	Exec(ctx context.Context, sql string, args ...any) (pgconn.CommandTag, error)
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
	QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
	CopyFrom(ctx context.Context, table pgx.Identifier, columns []string, src pgx.CopyFromSource) (int64, error)
	SendBatch(ctx context.Context, b *pgx.Batch) pgx.BatchResults
}

// DB holds the pool and its GORM view.
type DB struct {
	pool *pgxpool.Pool
	sql  *sql.DB
	gorm *gorm.DB
}

// Options tune Open; the zero value is right for production.
type Options struct {
	MaxConns int32           // of the pool; 0 means 20
	Tracer   pgx.QueryTracer // sees every statement; nil means none
}

// Open connects to PostgreSQL by URL or keyword DSN. It does not migrate.
func Open(ctx context.Context, dsn string, o Options) (*DB, error) {
	cfg, err := pgxpool.ParseConfig(dsn)
	if err != nil {
		return nil, fmt.Errorf("database address: %w", err)
	}
	cfg.MaxConns = 20
	if o.MaxConns > 0 {
		cfg.MaxConns = o.MaxConns
	}
	cfg.ConnConfig.Tracer = o.Tracer
	for k, v := range map[string]string{"application_name": "byline", "statement_timeout": "30000", "idle_in_transaction_session_timeout": "60000", "timezone": "UTC"} {
		if _, set := cfg.ConnConfig.RuntimeParams[k]; !set {
			cfg.ConnConfig.RuntimeParams[k] = v
		}
	}
	pool, err := pgxpool.NewWithConfig(ctx, cfg)
	if err != nil {
		return nil, err
	}
	sqlDB := stdlib.OpenDBFromPool(pool)
	g, err := gorm.Open(postgres.New(postgres.Config{Conn: sqlDB}), &gorm.Config{
		SkipDefaultTransaction: true,
		DisableAutomaticPing:   true, // who opens waits for a server that is starting
		TranslateError:         true,
		Logger: logger.NewSlogLogger(slog.Default(), logger.Config{SlowThreshold: 500 * time.Millisecond,
			LogLevel: logger.Error, IgnoreRecordNotFoundError: true, ParameterizedQueries: true}),
		NowFunc: Now,
	})
	if err != nil {
		pool.Close()
		return nil, err
	}
	return &DB{pool: pool, sql: sqlDB, gorm: g}, nil
}

// Now is the present time as PostgreSQL stores it: UTC, whole microseconds.
func Now() time.Time { return time.Now().UTC().Truncate(time.Microsecond) }

// NewID makes a UUIDv7: unique, and ordered by time.
func NewID() uuid.UUID {
	id, err := uuid.NewV7()
	if err != nil { // only when the system has no randomness left, and then nothing is safe
		panic(err)
	}
	return id
}

type nextIDKey struct{}

// WithNextID says which id the thing will have that is made in this context, so that a repeated request can find what
// its first try made.
func WithNextID(ctx context.Context, id uuid.UUID) context.Context {
	return context.WithValue(ctx, nextIDKey{}, id)
}

// NextID gives the id of WithNextID, or a new one. repeatable says which.
func NextID(ctx context.Context) (id uuid.UUID, repeatable bool) {
	if id, ok := ctx.Value(nextIDKey{}).(uuid.UUID); ok {
		return id, true
	}
	return NewID(), false
}

// Pool gives the pgx pool, for River and for LISTEN.
func (d *DB) Pool() *pgxpool.Pool { return d.pool }

// Close ends all connections.
func (d *DB) Close() {
	_ = d.sql.Close()
	d.pool.Close()
}

// Migrate applies the SQL files of dir in files, then River's own migrations. It may run in several processes at once.
func (d *DB) Migrate(ctx context.Context, files fs.FS) error {
	conn, err := d.pool.Acquire(ctx)
	if err != nil {
		return err
	}
	defer conn.Release()
	const lock = 7203811 // any number; the same in every process, so that only one migrates
	if _, err := conn.Exec(ctx, `SELECT pg_advisory_lock($1)`, lock); err != nil {
		return err
	}
	defer func() { _, _ = conn.Exec(context.WithoutCancel(ctx), `SELECT pg_advisory_unlock($1)`, lock) }()
	p, err := d.migrations(files)
	if err != nil {
		return err
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	m, err := rivermigrate.New(riverpgxv5.New(d.pool), nil)
	if err != nil {
		return err
	}
	if _, err = m.Migrate(ctx, rivermigrate.DirectionUp, nil); err != nil {
		return err
	}
	// These serve searches for jobs by their arguments, which nobody makes here, and cost more than all else that is done to a
	// job: each is written three times.
	if _, err := conn.Exec(ctx, `DROP INDEX IF EXISTS `+strings.Join(UnusedJobIndexes, ", ")); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	return nil
}

// UnusedJobIndexes are the indexes of River that Migrate takes away.
var UnusedJobIndexes = []string{"river_job_args_index", "river_job_metadata_index"}

// migrations knows the files in any order: they are numbered by domain, so that a new one may stand before applied ones.
func (d *DB) migrations(files fs.FS) (*goose.Provider, error) {
	return goose.NewProvider(goose.DialectPostgres, d.sql, files, goose.WithAllowOutofOrder(true))
}

// Behind says whether the database lacks migrations of files; a program that is newer than its database must not serve.
func (d *DB) Behind(ctx context.Context, files fs.FS) (bool, error) {
	p, err := d.migrations(files)
	if err != nil {
		return false, err
	}
	return p.HasPending(ctx)
}

// Err turns the database's errors into ours: a missing row is "No such <noun>.".
func Err(err error, noun string) error { return mapErr(err, noun) }

// IsUnique says whether err is a violation of a unique constraint, of the named one when name is given.
func IsUnique(err error, name string) bool {
	var pe *pgconn.PgError
	return errors.As(err, &pe) && pe.Code == "23505" && (name == "" || pe.ConstraintName == name)
}
