package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"
)

// send sends something to Meilisearch.
func (b *bench) send(ctx context.Context, method, path string, body []byte, to any) error {
	r, err := http.NewRequestWithContext(ctx, method, b.at.MeiliURLs[0]+path, bytes.NewReader(body))
	if err != nil {
		return err
	}
	r.Header.Set("Authorization", "Bearer "+b.at.MeiliKey)
	r.Header.Set("Content-Type", "application/json")
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		return err
	}
	defer func() { _ = res.Body.Close() }()
	if res.StatusCode >= 400 {
		text, _ := io.ReadAll(io.LimitReader(res.Body, 500))
		return fmt.Errorf("%s %s: %s", method, path, text)
	}
	return json.NewDecoder(res.Body).Decode(to)
}

// reindexWhileSearching indexes everything anew while people search: what they find must be what they found before.
func (b *libraryBench) reindexWhileSearching(ctx context.Context) error {
	people, err := b.startSearching(ctx)
	if err != nil {
		return err
	}
	product, err := b.reindex(ctx)
	people.end()
	if err != nil {
		return err
	}
	b.result["reindex_failed"], b.result["reindex_half"] = people.failed, people.half
	return b.compareIndexing(ctx, product)
}

// compareIndexing gives Meilisearch the same documents once more, into an index of their own with the same settings, as
// quickly as it takes them: the floor of filling.
func (b *libraryBench) compareIndexing(ctx context.Context, product time.Duration) error {
	var settings json.RawMessage
	if err := b.ask(ctx, "/indexes/byline_things/settings", &settings); err != nil {
		return err
	}
	var task struct{ TaskUID int }
	if err := b.send(ctx, http.MethodPost, "/indexes", []byte(`{"uid":"raw","primaryKey":"id"}`), &task); err != nil {
		return err
	}
	if err := b.send(ctx, http.MethodPatch, "/indexes/raw/settings", settings, &task); err != nil {
		return err
	}
	rows, err := b.db.Query(ctx, `SELECT json_build_object('id', id || CASE part WHEN 'full' THEN '' ELSE '_title' END, 'kind', kind, 'part', part, 'thing', id, 'digest', encode(digest, 'hex'), 'audience', audience,
		'from', CASE WHEN visible_from = '-infinity' THEN 0 ELSE extract(epoch FROM visible_from)::bigint END, 'until', CASE WHEN visible_until = 'infinity' THEN 1099511627776 ELSE extract(epoch FROM visible_until)::bigint END,
		'title', title, 'summary', summary, 'names', names, 'body', body, 'pages', ARRAY(SELECT p->>'text' FROM jsonb_array_elements(pages) p), 'type', type, 'state', state, 'lang', lang, 'tags', tags, 'personas', personas,
		'stages', stages, 'industries', industries, 'products', products, 'regions', regions, 'source_repo', source_repo, 'year', year, 'at', extract(epoch FROM at)::bigint) FROM search_documents WHERE NOT gone ORDER BY doc`)
	if err != nil {
		return err
	}
	defer rows.Close()
	var portions [][]byte
	batch := bytes.NewBufferString("[")
	flush := func() {
		if batch.Len() > 1 {
			batch.WriteByte(']')
			portions = append(portions, bytes.Clone(batch.Bytes()))
			batch.Reset()
			batch.WriteByte('[')
		}
	}
	n := 0
	for rows.Next() {
		var doc []byte
		if err := rows.Scan(&doc); err != nil {
			return err
		}
		if batch.Len() > 1 {
			batch.WriteByte(',')
		}
		batch.Write(doc)
		if n++; batch.Len() > 8<<20 {
			flush()
		}
	}
	if flush(); rows.Err() != nil {
		return rows.Err()
	}
	if err := b.idle(ctx); err != nil {
		return err
	}
	people, err := b.startSearching(ctx) // as there were while the product indexed
	if err != nil {
		return err
	}
	began := time.Now()
	for _, p := range portions {
		if err := b.send(ctx, http.MethodPost, "/indexes/raw/documents", p, &task); err != nil {
			return err
		}
	}
	if err := b.idle(ctx); err != nil {
		return err
	}
	raw := time.Since(began)
	people.end()
	fmt.Printf("indexing %d documents: product %.0f a second, raw Meilisearch %.0f\n", n, float64(n)/product.Seconds(), float64(n)/raw.Seconds())
	b.result["index_throughput"] = round2(raw.Seconds() / product.Seconds())
	if err := b.send(ctx, http.MethodDelete, "/indexes/raw", nil, &task); err != nil {
		return err
	}
	return b.idle(ctx)
}

// idle waits until Meilisearch has nothing to take in.
func (b *bench) idle(ctx context.Context) error {
	for {
		busy, err := b.meiliBusy(ctx)
		if err != nil || !busy {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// found is as much of an answer as tells whether it is whole.
type found struct {
	Degraded bool `json:"degraded"`
	Hits     []struct {
		ID string `json:"id"`
	} `json:"hits"`
	Total int `json:"estimated_total"`
}

func (b *libraryBench) lookUp(ctx context.Context, query string) (f found, took time.Duration, err error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, b.product.url+"/api/v1/search?limit=20&in=resource&q="+url.QueryEscape(query), nil)
	if err != nil {
		return f, 0, err
	}
	r.AddCookie(&http.Cookie{Name: "byline_session", Value: b.w.tokens[0]})
	began := time.Now()
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		return f, 0, err
	}
	defer func() { _ = res.Body.Close() }()
	if res.StatusCode != http.StatusOK {
		return f, 0, errors.New(res.Status)
	}
	err = json.NewDecoder(res.Body).Decode(&f)
	return f, time.Since(began), err
}

// searching is two people who search until it is stopped, each a few times a second. It counts answers that failed and answers
// that were half: fewer hits than before, or from the database alone.
type searching struct {
	sync.Mutex
	asked, failed, half int
	slowest             time.Duration
	why                 string // one was half
	stop                context.CancelFunc
	group               sync.WaitGroup
}

func (b *libraryBench) startSearching(ctx context.Context) (*searching, error) {
	want := map[string]found{}
	for _, q := range b.full[:200] {
		f, _, err := b.lookUp(ctx, q)
		if err != nil {
			return nil, err
		}
		want[q] = f
	}
	s := &searching{}
	ctx, s.stop = context.WithCancel(ctx)
	for i := range 2 {
		s.group.Go(func() {
			for n := i * 100; ctx.Err() == nil; n++ {
				q := b.full[n%200]
				f, took, err := b.lookUp(ctx, q)
				if ctx.Err() != nil {
					return
				}
				s.Lock()
				s.asked++
				s.slowest = max(s.slowest, took)
				switch {
				case err != nil:
					s.failed++
				case f.Degraded || len(f.Hits) < len(want[q].Hits) || f.Total*10 < want[q].Total*9:
					s.half++
					s.why = fmt.Sprintf("; of the last %q: degraded %t, %d hits of %d, about %d of %d", q, f.Degraded, len(f.Hits), len(want[q].Hits), f.Total, want[q].Total)
				}
				s.Unlock()
				select {
				case <-ctx.Done():
				case <-time.After(100 * time.Millisecond):
				}
			}
		})
	}
	return s, nil
}

func (s *searching) end() {
	s.stop()
	s.group.Wait()
	fmt.Printf("meanwhile %d searches: %d failed, %d half, slowest %.0f ms%s\n", s.asked, s.failed, s.half, ms(s.slowest), s.why)
}

// measureDegraded measures a second product on the same database that has no Meilisearch, and what memory everything holds.
func (b *libraryBench) measureDegraded(ctx context.Context, root string) error {
	memory := map[string]int{"byline": proportional(b.product.cmd.Process.Pid)}
	for _, child := range children(b.product.cmd.Process.Pid) {
		name := "postgres"
		if comm, _ := os.ReadFile(fmt.Sprintf("/proc/%d/comm", child)); strings.Contains(string(comm), "meili") {
			name = "meilisearch"
		}
		memory[name] += family(child)
	}
	fmt.Printf("memory in MiB: %v\n", memory)
	b.result["memory_mb"] = memory
	data, err := dataFolder(root, "alone")
	if err != nil {
		return err
	}
	alone, err := start(ctx, "/readyz", b.binary, []string{"serve", "--api-only"}, "BYLINE_DATABASE_URL="+b.at.DatabaseURL, "BYLINE_MEILI_URLS=off", "BYLINE_DATA="+data,
		"BYLINE_METRICS_ADDR=off", "BYLINE_USER_RATE=1000000", "BYLINE_ADDRESS_RATE=1000000", "BYLINE_LOG_LEVEL=warn")
	if err != nil {
		return err
	}
	defer alone.stop()
	for _, kind := range []struct {
		name, key string
		list      []string
	}{{"search", "degraded_p50_ms", b.full}, {"type", "degraded_type_p50_ms", b.typed}} {
		var quickest figures
		for range b.rounds {
			f, err := b.round(ctx, "", alone, 8, operation{}, b.productAsks(alone, kind.list, kind.name == "type"))
			if err != nil {
				return err
			}
			if quickest.requests == 0 || f.percentile(0.5) < quickest.percentile(0.5) {
				quickest = f
			}
		}
		fmt.Printf("%-7s %-6s %-9s %9.0f %9.1f %9.1f\n", kind.name, "large", "degraded", quickest.perSecond(), ms(quickest.percentile(0.5)), ms(quickest.percentile(0.99)))
		b.result[kind.key] = int(ms(quickest.percentile(0.5)) + 0.5)
	}
	return nil
}

// family is the memory of a process and all below it.
func family(pid int) int {
	all := proportional(pid)
	for _, child := range children(pid) {
		all += family(child)
	}
	return all
}

// proportional is the memory of a process in MiB, of what it shares with others its part.
func proportional(pid int) int {
	b, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "smaps_rollup"))
	if err != nil {
		return resident(pid)
	}
	for line := range strings.Lines(string(b)) {
		if rest, ok := strings.CutPrefix(line, "Pss:"); ok {
			kb, _ := strconv.Atoi(strings.TrimSuffix(strings.TrimSpace(rest), " kB"))
			return kb >> 10
		}
	}
	return resident(pid)
}
