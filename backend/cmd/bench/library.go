package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
)

func init() { benches["library"] = benchLibrary }

// libraryBench is one run over a large resource center.
type libraryBench struct {
	*bench
	binary      string
	env         []string
	shelf       *shelf
	full, typed []string
	uid         string // of the product's index in Meilisearch
	own         map[string]time.Duration
}

// benchLibrary measures search over a large resource center: against raw Meilisearch on the same words, against itself on a
// small one, while everything is indexed anew, and without Meilisearch.
func benchLibrary(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("library", flag.ContinueOnError)
	b := &libraryBench{bench: &bench{result: map[string]any{}, lastVotes: map[string]int{}}, own: map[string]time.Duration{}}
	flags.DurationVar(&b.window, "window", 3*time.Second, "how long each figure is measured, each round")
	flags.IntVar(&b.rounds, "rounds", 3, "rounds; the best counts")
	large, small := flags.Int("resources", 50_000, "resources, each with a file of three pages"), flags.Int("small", 10_000, "resources of the small resource center")
	short := flags.Bool("short", false, "only the figures of the small resource center, to see what costs how much")
	hold := flags.Bool("hold", false, "leave the servers running until interrupted, and print their addresses")
	profile := flags.Bool("profile", false, "keep the product's pprof address open at 127.0.0.1:6399")
	if err := flags.Parse(args); err != nil {
		return err
	}
	began := time.Now()
	root, err := os.MkdirTemp("", "byline-bench")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(root) }()
	if err := os.Chmod(root, 0o755); err != nil { //nolint:gosec // PostgreSQL runs as another user
		return err
	}
	stop, err := b.start(ctx, root, *profile)
	defer stop()
	if err != nil {
		return err
	}
	if len(b.at.MeiliURLs) == 0 {
		fmt.Println("skipped: there is no Meilisearch here to measure against")
		return nil
	}
	for _, size := range []struct {
		name     string
		from, to int
	}{{"small", 0, *small}, {"large", *small, *large}} {
		at := time.Now()
		if err := b.shelf.fill(ctx, b.db, b.w.users[0], size.from, size.to); err != nil {
			return err
		}
		fmt.Printf("%d resources with %d pages of %s; written in %s\n", size.to, size.to*pagesEach, b.shelf.made, time.Since(at).Round(time.Second))
		if _, err := b.reindex(ctx); err != nil {
			return err
		}
		if b.uid, err = b.meiliIndex(ctx); err != nil {
			return err
		}
		if err := b.measureBoth(ctx, size.name); err != nil {
			return err
		}
		if *short {
			if *hold {
				fmt.Println(b.at.DatabaseURL, "product", b.product.url, "meili", b.at.MeiliURLs, b.at.MeiliKey)
				<-ctx.Done()
			}
			return nil
		}
	}
	if err := b.reindexWhileSearching(ctx); err != nil {
		return err
	}
	if err := b.measureDegraded(ctx, root); err != nil {
		return err
	}
	fmt.Printf("load average %s; %s in all\n", loadAverage(), time.Since(began).Round(time.Second))
	if *hold {
		fmt.Println(b.at.DatabaseURL, "product", b.product.url, "meili", b.at.MeiliURLs, b.at.MeiliKey)
		<-ctx.Done()
		return nil
	}
	line, err := json.Marshal(b.result)
	if err != nil {
		return err
	}
	fmt.Println("RESULT " + string(line))
	return nil
}

// start runs the product with its own servers and loads its people.
func (b *libraryBench) start(ctx context.Context, root string, profile bool) (stop func(), err error) {
	stop = func() {}
	if b.shelf, err = newShelf(); err != nil {
		return stop, err
	}
	b.full, b.typed = b.shelf.asks(2000)
	if b.binary, err = build(ctx, root); err != nil {
		return stop, err
	}
	data, err := dataFolder(root, "data")
	if err != nil {
		return stop, err
	}
	b.env = []string{"BYLINE_DATA=" + data, "BYLINE_METRICS_ADDR=off", "BYLINE_USER_RATE=1000000", "BYLINE_ADDRESS_RATE=1000000", "BYLINE_LOG_LEVEL=warn"}
	if profile {
		b.env[1] = "BYLINE_METRICS_ADDR=127.0.0.1:6399"
	}
	if b.product, err = start(ctx, "/readyz", b.binary, []string{"serve", "--with-parent"}, b.env...); err != nil {
		return stop, err
	}
	stop = b.product.stop
	if b.at, err = readAddresses(data); err != nil {
		return stop, err
	}
	if b.w, err = load(ctx, b.at.DatabaseURL, sizes{0, 0, 1000}); err != nil {
		return stop, err
	}
	if b.db, err = pgx.Connect(ctx, b.at.DatabaseURL); err != nil {
		return stop, err
	}
	product := b.product
	return func() { _ = b.db.Close(context.WithoutCancel(ctx)); product.stop() }, nil
}

// pick chooses the words of the n-th request of a connection.
func pick(list []string, i, n int) string { return list[(i*251+n)%len(list)] }

const (
	fullFacets  = "type,lang,tags,persona,stage"
	typedFacets = "in,type"
)

// productAsks is a request of the product.
func (b *libraryBench) productAsks(p *program, list []string, typing bool) request {
	return func(i, n int) []byte {
		path := "/api/v1/search?limit=20&facets=" + fullFacets
		if typing {
			path = "/api/v1/search?limit=8&facets=" + typedFacets
		} else if n%4 == 0 {
			path += "&persona=" + shelfPersonas[n/4%len(shelfPersonas)]
		}
		return wire(http.MethodGet, path+"&q="+url.QueryEscape(pick(list, i, n)), p.addr, b.w.tokens[i], "")
	}
}

// rawAsks asks Meilisearch itself for the same words, with the same facets and the chosen filter, but without rights; bare
// leaves facets and filters out too.
func (b *libraryBench) rawAsks(host, uid string, list []string, typing, bare bool) request {
	return func(i, n int) []byte {
		body := map[string]any{"q": pick(list, i, n), "limit": 20}
		if typing {
			body["limit"] = 8
		}
		if !bare && typing {
			body["facets"] = []string{"kind", "type"}
		} else if !bare {
			body["facets"] = []string{"type", "lang", "tags", "personas", "stages"}
			if n%4 == 0 {
				body["filter"] = "personas = " + shelfPersonas[n/4%len(shelfPersonas)]
			}
		}
		text, err := json.Marshal(body)
		if err != nil {
			panic(err) // a map of plain values
		}
		return wire(http.MethodPost, "/indexes/"+uid+"/search", host, "", string(text), "Authorization: Bearer "+b.at.MeiliKey)
	}
}

// measureBoth measures whole questions and those being typed, at 8 connections, by turns with Meilisearch itself.
func (b *libraryBench) measureBoth(ctx context.Context, size string) error {
	host := strings.TrimPrefix(b.at.MeiliURLs[0], "http://")
	raw := &program{addr: host, cmd: b.product.cmd}
	fmt.Printf("%-7s %-6s %-9s %9s %9s %9s   %s\n", "", "", "", "a second", "p50 ms", "p99 ms", "processor time of a request, ms")
	for _, kind := range []struct {
		name string
		list []string
	}{{"search", b.full}, {"type", b.typed}} {
		typing := kind.name == "type"
		sides := []struct {
			name string
			at   *program
			make request
		}{
			{"product", b.product, b.productAsks(b.product, kind.list, typing)},
			{"raw", raw, b.rawAsks(host, b.uid, kind.list, typing, false)},
			{"bare", raw, b.rawAsks(host, b.uid, kind.list, typing, true)},
		}
		used := map[string]processorTime{}
		p50, p99, best := map[string]time.Duration{}, map[string]time.Duration{}, map[string]float64{}
		for range b.rounds {
			for _, x := range sides {
				before := b.processorTime()
				got, err := b.round(ctx, "", x.at, 8, operation{}, x.make)
				if err != nil {
					return fmt.Errorf("%s %s: %w\n%s", kind.name, x.name, err, b.product.log)
				}
				used[x.name] = used[x.name].plus(before, b.processorTime(), got.requests+got.requests/6) // the warm-up too
				if at, there := p50[x.name]; !there || got.percentile(0.5) < at {
					p50[x.name] = got.percentile(0.5)
				}
				if at, there := p99[x.name]; !there || got.percentile(0.99) < at {
					p99[x.name] = got.percentile(0.99)
				}
				best[x.name] = max(best[x.name], got.perSecond())
			}
		}
		for _, x := range sides {
			fmt.Printf("%-7s %-6s %-9s %9.0f %9.1f %9.1f   %s\n", kind.name, size, x.name, best[x.name], ms(p50[x.name]), ms(p99[x.name]), used[x.name])
		}
		if size == "small" {
			b.own[kind.name+"_p50"], b.own[kind.name+"_p99"] = p50["product"], p99["product"]
			continue
		}
		b.result[kind.name+"_p50"] = round2(float64(p50["product"]) / float64(p50["raw"]))
		b.result[kind.name+"_p99"] = round2(float64(p99["product"]) / float64(p99["raw"]))
		b.result[kind.name+"_bare_p50"] = round2(float64(p50["product"]) / float64(p50["bare"]))
		b.result[kind.name+"_bare_p99"] = round2(float64(p99["product"]) / float64(p99["bare"]))
		for _, p := range []struct {
			name string
			now  time.Duration
		}{{"_p50", p50["product"]}, {"_p99", p99["product"]}} {
			grown := round2(float64(p.now) / float64(b.own[kind.name+p.name]))
			if before, there := b.result["growth"+p.name].(float64); !there || grown > before { // the worse of both counts
				b.result["growth"+p.name] = grown
			}
		}
	}
	return nil
}

// processorTime is what the processes have used, or use for a request: the product, its database and its Meilisearch.
type processorTime struct {
	product, database, meili time.Duration
	requests                 int
}

func (b *libraryBench) processorTime() (t processorTime) {
	t.product = cpu(b.product.cmd.Process.Pid, false)
	for _, child := range children(b.product.cmd.Process.Pid) {
		if comm, _ := os.ReadFile(fmt.Sprintf("/proc/%d/comm", child)); strings.Contains(string(comm), "meili") {
			t.meili += cpu(child, true)
		} else {
			t.database += cpu(child, true)
		}
	}
	return t
}

func (t processorTime) plus(before, after processorTime, requests int) processorTime {
	return processorTime{t.product + after.product - before.product, t.database + after.database - before.database, t.meili + after.meili - before.meili, t.requests + requests}
}

func (t processorTime) String() string {
	each := func(d time.Duration) float64 { return ms(d) / float64(max(t.requests, 1)) }
	return fmt.Sprintf("byline %.1f, postgres %.1f, meilisearch %.1f", each(t.product), each(t.database), each(t.meili))
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// reindex has the product index everything, by its own command, and says how long it took to fill Meilisearch.
func (b *libraryBench) reindex(ctx context.Context) (time.Duration, error) {
	cmd := exec.CommandContext(ctx, b.binary, "reindex")
	cmd.Env = append(os.Environ(), b.env...)
	began := time.Now()
	if out, err := cmd.CombinedOutput(); err != nil {
		return 0, fmt.Errorf("reindex: %w\n%s", err, out)
	}
	took := time.Since(began)
	filling, err := b.lastFilling(ctx)
	fmt.Printf("indexed everything in %s, of which filling and swapping in Meilisearch's index %s\n", took.Round(100*time.Millisecond), filling.Round(100*time.Millisecond))
	if err != nil {
		return 0, err
	}
	b.result["reindex_s"] = int(took.Seconds())
	return filling, b.drain(ctx)
}

// lastFilling is from when the last new index was made to when it was swapped in, by Meilisearch's own clock.
func (b *libraryBench) lastFilling(ctx context.Context) (time.Duration, error) {
	var made, swapped struct {
		Results []struct {
			StartedAt, FinishedAt time.Time
		}
	}
	if err := b.ask(ctx, "/tasks?types=indexCreation&statuses=succeeded&indexUids=byline_things_next&limit=1", &made); err != nil {
		return 0, err
	}
	if err := b.ask(ctx, "/tasks?types=indexSwap&statuses=succeeded&limit=1", &swapped); err != nil {
		return 0, err
	}
	if len(made.Results) == 0 || len(swapped.Results) == 0 {
		return 0, errors.New("no new index was made in Meilisearch")
	}
	return swapped.Results[0].FinishedAt.Sub(made.Results[0].StartedAt), nil
}
