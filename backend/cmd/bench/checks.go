package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"runtime"
	"time"

	"github.com/google/uuid"

	"byline/backend/internal/checks"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/db"
)

func init() { benches["checks"] = benchChecks }

// wrongThings are what the checks are to find among the resources of a shelf, and nothing that the shelf has by itself: one file
// in fifty is that of another resource, one text in a hundred that of the one before, one resource in a hundred has an owner who
// is gone, and one in ten lacks a tag. Two in five name an address; those are inside, so that nobody is bothered.
var wrongThings = []string{
	`UPDATE assets a SET sha256 = sha256(convert_to((n - (n % 50 = 1)::int)::text, 'UTF8')) FROM (SELECT id, substring(name FROM '\d+')::int AS n FROM assets) x WHERE x.id = a.id`,
	`WITH n AS (SELECT id, body_text, row_number() OVER (ORDER BY id) AS n FROM resources), l AS (SELECT a.id, b.id AS before, b.body_text FROM n a JOIN n b ON b.n = a.n - 1 WHERE a.n % 100 = 0),
		texts AS (UPDATE resources r SET body_text = l.body_text FROM l WHERE r.id = l.id RETURNING r.id, l.before)
		UPDATE asset_pages p SET text = o.text FROM texts t JOIN asset_uses x ON x.object_id = t.id JOIN asset_uses y ON y.object_id = t.before JOIN asset_pages o ON o.asset_id = y.asset_id
		WHERE p.asset_id = x.asset_id AND p.page = o.page`,
	`UPDATE users SET disabled_at = now() WHERE id = (SELECT max(id::text)::uuid FROM users)`,
	`WITH n AS (SELECT id, row_number() OVER (ORDER BY id) AS n FROM resources) UPDATE resources r SET owner_id = CASE WHEN n.n % 100 = 7 THEN (SELECT max(id::text)::uuid FROM users) ELSE r.owner_id END,
		personas = CASE WHEN n.n % 10 = 3 THEN '{}' ELSE r.personas END,
		body_markdown = CASE WHEN n.n % 5 < 2 THEN body_text || ' See https://10.' || n.n / 65536 || '.' || n.n / 256 % 256 || '.' || n.n % 256 || '/page.' ELSE body_text END FROM n WHERE n.id = r.id`,
	`INSERT INTO taxonomy_required (content_type, facet) SELECT DISTINCT content_type, 'persona' FROM resources`,
	`VACUUM ANALYZE`,
}

// benchChecks measures the nightly checks over a large resource center: how long a first and a second night take without the
// asking of addresses, what the parts that read everything cost, and how much memory.
func benchChecks(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("checks", flag.ContinueOnError)
	size := flags.Int("resources", 50_000, "resources, each with a file of three pages")
	if err := flags.Parse(args); err != nil {
		return err
	}
	b := &libraryBench{bench: &bench{result: map[string]any{"resources": *size}, lastVotes: map[string]int{}}, own: map[string]time.Duration{}}
	root, err := os.MkdirTemp("", "byline-bench")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(root) }()
	if err := os.Chmod(root, 0o755); err != nil { //nolint:gosec // PostgreSQL runs as another user
		return err
	}
	stop, err := b.start(ctx, root, false)
	defer stop()
	if err != nil {
		return err
	}
	at := time.Now()
	if err := b.shelf.fill(ctx, b.db, b.w.users[0], 0, *size); err != nil {
		return err
	}
	for _, sql := range wrongThings {
		if _, err := b.db.Exec(ctx, sql); err != nil {
			return fmt.Errorf("%s: %w", sql, err)
		}
	}
	fmt.Printf("%d resources with %d pages of %s; written in %s\n", *size, *size*pagesEach, b.shelf.made, time.Since(at).Round(time.Second))
	b.shelf = nil
	d, err := db.Open(ctx, b.at.DatabaseURL, db.Options{MaxConns: 4})
	if err != nil {
		return err
	}
	defer d.Close()
	s := checks.New(d, nil, "Byline bench")
	me := auth.With(ctx, auth.User{ID: b.w.users[0], Side: auth.Marketing, Admin: true, Lead: true})
	for _, night := range []struct {
		name  string
		links bool
	}{{"first night, no addresses", false}, {"second night, no addresses", false}, {"third night, addresses too", true}} {
		if err := s.SetLinks(me, night.links); err != nil {
			return err
		}
		took, memory, err := measured(func() error { return s.Work(ctx, checks.Nightly{Now: true}) })
		if err != nil {
			return err
		}
		fmt.Printf("%-28s %8s %6d MB\n", night.name, took.Round(10*time.Millisecond), memory>>20)
		b.result[map[bool]string{false: "night_s", true: "night_with_addresses_s"}[night.links]] = took.Seconds()
		b.result["memory_mb"] = memory >> 20
	}
	state, err := s.State(me)
	if err != nil {
		return err
	}
	for _, kind := range checks.Kinds {
		took, _, err := measured(func() error { _, err := s.List(me, kind, uuid.Nil, 50); return err })
		if err != nil {
			return err
		}
		fmt.Printf("%-28s %8d found, the first page in %s\n", kind, state.Counts[kind], took.Round(time.Millisecond))
		b.result[kind] = state.Counts[kind]
	}
	took, _, err := measured(func() error { _, err := s.State(me); return err })
	if err != nil {
		return err
	}
	b.result["counts_ms"] = took.Milliseconds()
	fmt.Printf("counts in %s; load average %s\n", took.Round(time.Millisecond), loadAverage())
	line, err := json.Marshal(b.result)
	if err != nil {
		return err
	}
	fmt.Println("RESULT " + string(line))
	return nil
}

// measured gives how long something takes, and by how much the heap grew at most.
func measured(do func() error) (took time.Duration, memory uint64, err error) {
	runtime.GC()
	var before, now runtime.MemStats
	runtime.ReadMemStats(&before)
	done, most := make(chan struct{}), make(chan uint64)
	go func() {
		peak := before.HeapInuse
		for {
			select {
			case <-done:
				most <- peak
				return
			case <-time.After(50 * time.Millisecond):
				runtime.ReadMemStats(&now)
				peak = max(peak, now.HeapInuse)
			}
		}
	}()
	began := time.Now()
	err = do()
	took = time.Since(began)
	close(done)
	return took, <-most - before.HeapInuse, err
}
