package main

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"time"
)

// index has the product index everything, by its own command.
func (b *bench) index(ctx context.Context, binary string, env []string) error {
	cmd := exec.CommandContext(ctx, binary, "reindex")
	cmd.Env = append(os.Environ(), env...)
	began := time.Now()
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("reindex: %w\n%s", err, out)
	}
	for busy := true; busy; time.Sleep(200 * time.Millisecond) {
		var err error
		if busy, err = b.meiliBusy(ctx); err != nil {
			return err
		}
	}
	fmt.Printf("indexed everything in %s\n", time.Since(began).Round(time.Second))
	return b.drain(ctx)
}

// ask gets something from Meilisearch.
func (b *bench) ask(ctx context.Context, path string, to any) error {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, b.at.MeiliURLs[0]+path, nil)
	if err != nil {
		return err
	}
	r.Header.Set("Authorization", "Bearer "+b.at.MeiliKey)
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		return err
	}
	defer func() { _ = res.Body.Close() }()
	return json.NewDecoder(res.Body).Decode(to)
}

// meiliBusy says whether Meilisearch has something to take in.
func (b *bench) meiliBusy(ctx context.Context) (bool, error) {
	if len(b.at.MeiliURLs) == 0 {
		return false, nil
	}
	var tasks struct{ Total int }
	err := b.ask(ctx, "/tasks?statuses=enqueued,processing&limit=1", &tasks)
	return tasks.Total > 0, err
}

// meiliIndex is the index of the product in Meilisearch that has the most documents.
func (b *bench) meiliIndex(ctx context.Context) (uid string, err error) {
	var stats struct {
		Indexes map[string]struct {
			NumberOfDocuments int `json:"numberOfDocuments"`
		} `json:"indexes"`
	}
	if err := b.ask(ctx, "/stats", &stats); err != nil {
		return "", err
	}
	most := 0
	for name, s := range stats.Indexes {
		if s.NumberOfDocuments > most {
			uid, most = name, s.NumberOfDocuments
		}
	}
	if most == 0 {
		return "", fmt.Errorf("no index of %s has documents", b.at.MeiliURLs[0])
	}
	return uid, nil
}

// queries are one to three words that occur in titles, the same for both sides.
func (b *bench) queries(ctx context.Context) ([]string, error) {
	rows, err := b.db.Query(ctx, `SELECT title FROM resources ORDER BY id LIMIT 2000`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	r := rand.New(rand.NewPCG(3, 4)) //nolint:gosec // the same queries every time
	var queries []string
	for rows.Next() {
		var title string
		if err := rows.Scan(&title); err != nil {
			return nil, err
		}
		w := strings.Fields(title)
		from := r.IntN(len(w))
		queries = append(queries, strings.Join(w[from:min(len(w), from+1+r.IntN(3))], " "))
	}
	r.Shuffle(len(queries), func(i, j int) { queries[i], queries[j] = queries[j], queries[i] })
	return queries, rows.Err()
}

// measureSearch measures the product's search against the same words asked of its Meilisearch directly.
func (b *bench) measureSearch(ctx context.Context) error {
	if len(b.at.MeiliURLs) == 0 {
		fmt.Println("search: there is no Meilisearch here to measure against")
		return nil
	}
	uid, err := b.meiliIndex(ctx)
	if err != nil {
		return err
	}
	queries, err := b.queries(ctx)
	if err != nil {
		return err
	}
	meili, err := url.Parse(b.at.MeiliURLs[0])
	if err != nil {
		return err
	}
	raw := &program{addr: meili.Host, cmd: b.product.cmd}
	word := func(i, n int) string { return queries[(i*251+n)%len(queries)] }
	product := func(i, n int) []byte {
		return wire(http.MethodGet, "/api/v1/search?limit=20&q="+url.QueryEscape(word(i, n)), b.product.addr, b.w.tokens[i], "")
	}
	floor := func(i, n int) []byte {
		body, err := json.Marshal(map[string]any{"q": word(i, n), "limit": 20})
		if err != nil {
			panic(err) // a map of a string and a number
		}
		return wire(http.MethodPost, "/indexes/"+uid+"/search", meili.Host, "", string(body), "Authorization: Bearer "+b.at.MeiliKey)
	}
	for _, connections := range []int{1, 8, 32} {
		var p, f best
		p50, p99 := [2]time.Duration{time.Hour, time.Hour}, [2]time.Duration{time.Hour, time.Hour}
		for range b.rounds {
			for side, x := range []struct {
				at   *program
				make request
				best *best
			}{{b.product, product, &p}, {raw, floor, &f}} {
				got, err := b.round(ctx, "", x.at, connections, operation{}, x.make)
				if err != nil {
					return err
				}
				x.best.add(got)
				p50[side], p99[side] = min(p50[side], got.percentile(0.5)), min(p99[side], got.percentile(0.99))
			}
		}
		row("search", connections, p, f)
		if connections == 8 {
			b.result["search_p50"] = round2(float64(p50[0]) / float64(p50[1]))
			b.result["search_p99"] = round2(float64(p99[0]) / float64(p99[1]))
		}
	}
	return nil
}
