// Package dbtest gives each test a real PostgreSQL database of its own, cloned from one migrated template.
package dbtest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	schema "byline/backend/db"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/embedded"
)

// New gives a database with all migrations applied; it is dropped when the test ends.
func New(t testing.TB) *db.DB {
	t.Helper()
	return Open(t, db.Options{MaxConns: 12})
}

// Open is New with options, e.g. a tracer that counts statements.
func Open(t testing.TB, o db.Options) *db.DB {
	t.Helper()
	d, err := db.Open(t.Context(), DSN(t), o)
	require.NoError(t, err)
	t.Cleanup(d.Close)
	return d
}

// DSN makes a fresh migrated database and gives its address; it is dropped when the test ends.
func DSN(t testing.TB) string {
	t.Helper()
	s, err := shared()
	require.NoError(t, err)
	name := "t" + strings.ReplaceAll(uuid.NewString(), "-", "")
	require.NoError(t, s.exec("CREATE DATABASE "+name+" TEMPLATE "+s.template+" STRATEGY file_copy"))
	t.Cleanup(func() { _ = s.exec("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)") })
	return s.dsn(name)
}

type server struct {
	dsn      func(database string) string
	template string
	create   sync.Mutex // CREATE DATABASE … TEMPLATE wants nobody else on the template
}

var shared = sync.OnceValues(start)

func start() (*server, error) {
	s := &server{}
	if base := os.Getenv("BYLINE_TEST_DATABASE_URL"); base != "" {
		s.dsn = func(database string) string { return withDatabase(base, database) }
	} else {
		dir, err := os.MkdirTemp("", "byline-pg")
		if err != nil {
			return nil, err
		}
		if err := os.Chmod(dir, 0o755); err != nil { // the unprivileged user must be able to enter
			return nil, err
		}
		pg, err := embedded.StartPostgres(context.Background(), embedded.PostgresOptions{DataDir: filepath.Join(dir, "pg"), Unsafe: true})
		if err != nil {
			return nil, fmt.Errorf("start PostgreSQL for tests: %w", err)
		}
		s.dsn = pg.DSN
	}
	hash, err := migrationsHash()
	if err != nil {
		return nil, err
	}
	s.template = "tpl" + hash
	return s, s.makeTemplate()
}

// makeTemplate migrates one template per set of migrations, also when several test processes share the server.
func (s *server) makeTemplate() error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	admin, err := pgx.Connect(ctx, s.dsn("postgres"))
	if err != nil {
		return err
	}
	defer func() { _ = admin.Close(ctx) }()
	if _, err := admin.Exec(ctx, `SELECT pg_advisory_lock(72038)`); err != nil {
		return err
	}
	var ready bool
	if err := admin.QueryRow(ctx, `SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)`, s.template).Scan(&ready); err != nil || ready {
		return err
	}
	building := s.template + "_new"
	if _, err := admin.Exec(ctx, "DROP DATABASE IF EXISTS "+building+" WITH (FORCE)"); err != nil {
		return err
	}
	if _, err := admin.Exec(ctx, "CREATE DATABASE "+building); err != nil {
		return err
	}
	d, err := db.Open(ctx, s.dsn(building), db.Options{MaxConns: 4})
	if err != nil {
		return err
	}
	err = d.Migrate(ctx, schema.Files())
	d.Close()
	if err != nil {
		return err
	}
	_, err = admin.Exec(ctx, "ALTER DATABASE "+building+" RENAME TO "+s.template)
	return err
}

func (s *server) exec(sql string) error {
	s.create.Lock()
	defer s.create.Unlock()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	conn, err := pgx.Connect(ctx, s.dsn("postgres"))
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close(ctx) }()
	for try := 0; ; try++ { // another test process may be cloning the template in this moment
		_, err = conn.Exec(ctx, sql)
		if err == nil || try == 50 || !strings.Contains(err.Error(), "being accessed by other users") {
			return err
		}
		time.Sleep(50 * time.Millisecond)
	}
}

func withDatabase(base, database string) string {
	if strings.Contains(base, "://") {
		u, err := url.Parse(base)
		if err == nil {
			u.Path = "/" + database
			return u.String()
		}
	}
	return base + " dbname=" + database
}

func migrationsHash() (string, error) {
	h := sha256.New()
	err := fs.WalkDir(schema.Files(), ".", func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		b, err := fs.ReadFile(schema.Files(), path)
		h.Write([]byte(path))
		h.Write(b)
		return err
	})
	return hex.EncodeToString(h.Sum(nil))[:16], err
}
