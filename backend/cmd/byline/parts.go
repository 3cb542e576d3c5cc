package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"github.com/jackc/pgx/v5"
	"golang.org/x/sync/errgroup"

	"byline/backend/internal/platform/blob"
	"byline/backend/internal/platform/config"
	"byline/backend/internal/platform/embedded"
)

// parts are the servers that Byline works with: those that the settings name, and for the others ones of its own.
type parts struct {
	Addresses
	secrets secrets
	dir     string // data folder
	sole    bool   // no other process works with these parts
	stops   []func(context.Context) error
}

// Addresses are where the parts are. The process that started them leaves these in its data folder, so that commands
// such as import work beside it.
type Addresses struct {
	PID         int         `json:"pid"`
	Web         string      `json:"web"`
	DatabaseURL string      `json:"database_url"`
	Blob        blob.Config `json:"blob"`
	MeiliURLs   []string    `json:"meili_urls"`
	MeiliKey    string      `json:"meili_key"`
}

const addressesFile = "running.json"

// alreadyRunning says that a server uses the data folder.
type alreadyRunning struct {
	dir string
	Addresses
}

// Error implements error.
func (e alreadyRunning) Error() string {
	where := ""
	if e.Web != "" {
		where = " at " + e.Web
	}
	return fmt.Sprintf("Byline runs already%s (process %d) with the data folder %s. Stop it, or choose another folder with BYLINE_DATA.", where, e.PID, e.dir)
}

// webAt is where browsers reach the application of a process that serves it, and all origins it may have, for CORS of the
// storage. A process that serves nothing has none.
type webAt struct {
	public  string
	origins []string
}

// startParts starts what the settings do not name. A process that serves nothing uses the parts of a server that runs
// already in the same data folder; for one that serves that is an error.
func startParts(ctx context.Context, cfg config.Config, web webAt) (p *parts, err error) {
	p = &parts{secrets: secrets{Secret: cfg.Secret}, dir: cfg.Data}
	p.Addresses = Addresses{PID: os.Getpid(), Web: web.public, DatabaseURL: cfg.DatabaseURL, MeiliURLs: cfg.MeiliURLs, MeiliKey: cfg.MeiliKey,
		Blob: blob.Config{Endpoint: cfg.S3.Endpoint, PublicEndpoint: cfg.S3.PublicEndpoint, Region: cfg.S3.Region,
			AccessKey: cfg.S3.AccessKey, SecretKey: cfg.S3.SecretKey, Bucket: cfg.S3.Bucket}}
	if cfg.Production || (!cfg.Embedded() && cfg.Secret != "") {
		return p, nil
	}
	dir, err := dataFolder(cfg.Data)
	if err != nil {
		return nil, err
	}
	p.dir = dir
	release, err := embedded.LockFolder(dir)
	var locked embedded.LockedError
	if errors.As(err, &locked) {
		running, err := readAddresses(dir)
		if err != nil {
			return nil, locked
		}
		if web.public != "" {
			return nil, alreadyRunning{dir, running}
		}
		p.Addresses = running
		p.secrets, err = loadSecrets(dir)
		return p, err
	}
	if err != nil {
		return nil, err
	}
	p.stops = append(p.stops, func(context.Context) error { release(); return nil })
	begun := p // an error is returned without parts
	defer func() {
		if err != nil {
			begun.stop(context.WithoutCancel(ctx))
		}
	}()
	if p.secrets, err = loadSecrets(dir); err != nil {
		return nil, err
	}
	if cfg.Secret != "" {
		p.secrets.Secret = cfg.Secret
	}
	if err := p.startEmbedded(ctx, cfg, dir, web.origins); err != nil {
		return nil, err
	}
	p.stops = append(p.stops, func(context.Context) error { return os.Remove(filepath.Join(dir, addressesFile)) })
	return p, writePrivate(filepath.Join(dir, addressesFile), p.Addresses)
}

// startEmbedded starts them side by side.
func (p *parts) startEmbedded(ctx context.Context, cfg config.Config, dir string, origins []string) error {
	var pg *embedded.Postgres
	var s3 *embedded.S3
	var meili *embedded.Meili
	group, gctx := errgroup.WithContext(ctx)
	if cfg.DatabaseURL == "" {
		p.sole = true
		group.Go(func() (err error) {
			pg, err = startPostgres(gctx, cfg, filepath.Join(dir, "postgres"))
			return err
		})
	}
	if cfg.S3.Endpoint == "" {
		p.Blob.AccessKey, p.Blob.SecretKey = p.secrets.S3AccessKey, p.secrets.S3SecretKey
		group.Go(func() (err error) {
			s3, err = embedded.StartS3(gctx, embedded.S3Options{DataDir: filepath.Join(dir, "s3"), Addr: cfg.S3Addr,
				AccessKey: p.Blob.AccessKey, SecretKey: p.Blob.SecretKey, Origins: origins})
			return err
		})
	}
	if len(cfg.MeiliURLs) == 0 && !cfg.NoMeili {
		p.MeiliKey = p.secrets.MeiliKey
		group.Go(func() error {
			meili = startMeili(gctx, cfg, filepath.Join(dir, "meilisearch"), p.MeiliKey)
			return nil
		})
	}
	err := group.Wait()
	if meili != nil {
		p.stops = append(p.stops, meili.Stop)
		p.MeiliURLs = []string{meili.URL()}
	}
	if s3 != nil {
		p.stops = append(p.stops, s3.Stop)
		p.Blob.Endpoint = s3.URL()
	}
	if pg != nil {
		p.stops = append(p.stops, pg.Stop)
		p.DatabaseURL = pg.DSN("byline")
	}
	return err
}

// startMeili starts Meilisearch. Without it search is a little less good, so that is no reason not to start.
func startMeili(ctx context.Context, cfg config.Config, dir, key string) *embedded.Meili {
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	m, err := embedded.StartMeili(ctx, embedded.MeiliOptions{Program: cfg.MeiliBin, Modules: modules(cfg), DataDir: dir, Key: key, Owned: true})
	if err != nil {
		slog.Warn("searching without Meilisearch, with PostgreSQL alone: a little less well", "reason", err)
		return nil
	}
	return m
}

// startPostgres starts the server and makes the database.
func startPostgres(ctx context.Context, cfg config.Config, dir string) (*embedded.Postgres, error) {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Minute)
	defer cancel()
	pg, err := embedded.StartPostgres(ctx, embedded.PostgresOptions{BinDir: cfg.PostgresBin, Modules: modules(cfg), DataDir: dir, Owned: true})
	if err != nil {
		return nil, err
	}
	conn, err := pgx.Connect(ctx, pg.DSN("postgres"))
	if err != nil {
		return pg, err
	}
	defer func() { _ = conn.Close(ctx) }()
	var exists bool
	if err := conn.QueryRow(ctx, `SELECT EXISTS (SELECT FROM pg_database WHERE datname = 'byline')`).Scan(&exists); err != nil || exists {
		return pg, err
	}
	_, err = conn.Exec(ctx, `CREATE DATABASE byline`)
	return pg, err
}

func modules(cfg config.Config) string {
	if cfg.EmbeddedDir == "" {
		return embedded.Modules()
	}
	return filepath.Join(cfg.EmbeddedDir, "node_modules")
}

// stop ends what startParts started, last first.
func (p *parts) stop(ctx context.Context) {
	for i := len(p.stops) - 1; i >= 0; i-- {
		if err := p.stops[i](ctx); err != nil {
			slog.Error("stop a part", "error", err)
		}
	}
	p.stops = nil
}

func readAddresses(dir string) (a Addresses, err error) {
	b, err := os.ReadFile(filepath.Join(dir, addressesFile))
	if err != nil {
		return a, err
	}
	return a, json.Unmarshal(b, &a)
}

// dataFolder makes the folder. PostgreSQL refuses to run as root, so for root it runs as another user, who must be able
// to enter the folder; a checkout below /root is closed to it, and then the data lies elsewhere.
func dataFolder(dir string) (string, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", err
	}
	if os.Geteuid() != 0 || embedded.Reachable(dir) {
		return dir, nil
	}
	sum := sha256.Sum256([]byte(dir))
	elsewhere := filepath.Join("/var/lib/byline", hex.EncodeToString(sum[:6]))
	slog.Info("this data folder is closed to the user that PostgreSQL runs as; using another", "folder", dir, "instead", elsewhere)
	return elsewhere, os.MkdirAll(elsewhere, 0o755)
}
