package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"math"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
)

func init() {
	benches["speed"], benches["floor"] = speed, serveFloor
}

// bench is one run.
type bench struct {
	window    time.Duration
	apiOnly   bool
	rounds    int
	only      string
	product   *program // with 10,000 ideas
	large     *program // with 100,000
	floor     *program
	at        addresses
	db        *pgx.Conn
	w, big    *workspace
	result    map[string]any
	lastVotes map[string]int
}

// operation is what is measured against its floor.
type operation struct {
	name           string
	product, floor request
	drains         bool // leaves jobs; they belong to its cost
	sequential     bool // its n-th request may be made once only
}

func speed(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("speed", flag.ContinueOnError)
	b := &bench{result: map[string]any{}, lastVotes: map[string]int{}}
	flags.DurationVar(&b.window, "window", 800*time.Millisecond, "how long each figure is measured, each round")
	flags.IntVar(&b.rounds, "rounds", 3, "rounds; the best counts")
	flags.StringVar(&b.only, "only", "", "only these, e.g. list,vote,redirect,list_100k,search")
	ideas, large := flags.Int("ideas", 10_000, "ideas"), flags.Int("large", 100_000, "ideas of the large workspace")
	n := flags.Int("resources", 10_000, "resources")
	apiOnly := flags.Bool("api-only", false, "without background workers, to see what they cost; such figures are not the product's")
	hold := flags.Bool("hold", false, "leave the servers running until interrupted, and print the database's address")
	profile := flags.Bool("profile", false, "keep the product's pprof address open at 127.0.0.1:6399")
	if err := flags.Parse(args); err != nil {
		return err
	}
	b.apiOnly = *apiOnly
	root, err := os.MkdirTemp("", "byline-bench")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(root) }()
	if err := os.Chmod(root, 0o755); err != nil { //nolint:gosec // PostgreSQL runs as another user
		return err
	}
	began := time.Now()
	stop, err := b.setUp(ctx, root, sizes{*ideas, *n, 1000}, sizes{*large, 0, 1000}, *profile)
	defer stop()
	if err != nil {
		return err
	}
	fmt.Printf("loaded %d ideas, %d resources, 1,000 users; and %d ideas beside it; in %s\nload average %s\n\n", *ideas, *n, *large, time.Since(began).Round(time.Second), loadAverage())
	fmt.Printf("%-9s %5s %9s %9s %6s   %-17s %-17s %-19s %6s\n", "", "conns", "product/s", "floor/s", "ratio", "product p50/p99", "floor p50/p99", "CPU a request (µs)", "ratio")
	for _, o := range b.operations() {
		if b.wanted(o.name) {
			if err := b.measure(ctx, o); err != nil {
				return fmt.Errorf("%s: %w", o.name, err)
			}
		}
	}
	if b.wanted("list_100k") {
		if err := b.measureLarge(ctx); err != nil {
			return fmt.Errorf("list_100k: %w", err)
		}
	}
	if b.wanted("search") {
		if err := b.measureSearch(ctx); err != nil {
			return fmt.Errorf("search: %w", err)
		}
	}
	fmt.Printf("\nmemory of the product %d MiB; load average %s; %s in all\n", resident(b.product.cmd.Process.Pid), loadAverage(), time.Since(began).Round(time.Second))
	if *hold {
		fmt.Println(b.at.DatabaseURL, "floor", b.floor.url, "product", b.product.url)
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

func (b *bench) wanted(name string) bool {
	return b.only == "" || strings.Contains(","+b.only+",", ","+name+",")
}

func loadAverage() string {
	s, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "unknown"
	}
	return strings.Join(strings.Fields(string(s))[:3], " ")
}

// setUp starts the product with its own servers, a second one on a large workspace beside it, and the floor.
func (b *bench) setUp(ctx context.Context, root string, n, large sizes, profile bool) (stop func(), err error) {
	var stops []func()
	stop = func() {
		for i := len(stops) - 1; i >= 0; i-- {
			stops[i]()
		}
	}
	binary, err := build(ctx, root)
	if err != nil {
		return stop, err
	}
	self, err := os.Executable()
	if err != nil {
		return stop, err
	}
	data, err := dataFolder(root, "data")
	if err != nil {
		return stop, err
	}
	second, err := dataFolder(root, "second")
	if err != nil {
		return stop, err
	}
	env := []string{"BYLINE_DATA=" + data, "BYLINE_METRICS_ADDR=off", "BYLINE_USER_RATE=1000000", "BYLINE_ADDRESS_RATE=1000000", "BYLINE_LOG_LEVEL=warn"}
	if profile {
		env = append(env, "BYLINE_METRICS_ADDR=127.0.0.1:6399")
	}
	cold := time.Now()
	if b.product, err = start(ctx, "/readyz", binary, []string{"serve"}, env...); err != nil {
		return stop, err
	}
	first := time.Since(cold)
	b.product.stop()
	warm := time.Now()
	args := []string{"serve"}
	if b.apiOnly {
		args = append(args, "--api-only")
	}
	if b.product, err = start(ctx, "/readyz", binary, args, env...); err != nil {
		return stop, err
	}
	fmt.Printf("ready after %d ms (first start: %d ms)", time.Since(warm).Milliseconds(), first.Milliseconds())
	stops = append(stops, b.product.stop)
	time.Sleep(2 * time.Second)
	fmt.Printf(", at rest %d MiB\n", resident(b.product.cmd.Process.Pid))
	if b.at, err = readAddresses(data); err != nil {
		return stop, err
	}
	if b.w, err = load(ctx, b.at.DatabaseURL, n); err != nil {
		return stop, err
	}
	if b.db, err = pgx.Connect(ctx, b.at.DatabaseURL); err != nil {
		return stop, err
	}
	stops = append(stops, func() { _ = b.db.Close(context.WithoutCancel(ctx)) })
	if b.wanted("list_100k") {
		dsn, err := otherDatabase(ctx, b.at.DatabaseURL, "large")
		if err != nil {
			return stop, err
		}
		b.large, err = start(ctx, "/readyz", binary, []string{"serve", "--api-only"}, "BYLINE_DATABASE_URL="+dsn, "BYLINE_MEILI_URLS=off", "BYLINE_DATA="+second,
			"BYLINE_METRICS_ADDR=off", "BYLINE_USER_RATE=1000000", "BYLINE_ADDRESS_RATE=1000000", "BYLINE_LOG_LEVEL=warn")
		if err != nil {
			return stop, err
		}
		stops = append(stops, b.large.stop)
		if b.big, err = load(ctx, dsn, large); err != nil {
			return stop, err
		}
	}
	if len(b.at.MeiliURLs) > 0 { // what was loaded around the services would be indexed in the midst of everything else
		if err := b.index(ctx, binary, env); err != nil {
			return stop, err
		}
	}
	b.floor, err = start(ctx, "/readyz", self, []string{"floor"}, "BENCH_DATABASE_URL="+b.at.DatabaseURL)
	if err != nil {
		return stop, err
	}
	stops = append(stops, b.floor.stop)
	return stop, nil
}

// operations are measured one after the other. Connections of the product use the first sessions, those of the floor the
// last ones, so that nobody votes twice.
func (b *bench) operations() []operation {
	const other = sessionsLoaded / 2
	one := func(p *program, offset int, method, path, body string) []byte {
		return wire(method, path, p.addr, b.w.tokens[offset], body)
	}
	both := func(name string, f func(p *program, offset, i, n int) []byte) operation {
		return operation{name: name, product: func(i, n int) []byte { return f(b.product, i, i, n) }, floor: func(i, n int) []byte { return f(b.floor, other+i, i, n) }}
	}
	pick := func(i, n int) int { return (i*7919 + n*104729) % len(b.w.ideas) }
	list := both("list", func(p *program, o, _, _ int) []byte {
		return one(p, o, http.MethodGet, "/api/v1/ideas?state=new&limit=25", "")
	})
	get := both("get", func(p *program, o, i, n int) []byte {
		return one(p, o, http.MethodGet, "/api/v1/ideas/"+b.w.ideas[pick(i, n)].String(), "")
	})
	create := both("create", func(p *program, o, i, n int) []byte {
		return one(p, o, http.MethodPost, "/api/v1/ideas", fmt.Sprintf(`{"title":"What do buyers ask about lane %d?","body":"Asked for the %d. time this week, by a quality manager in dairy."}`, i, n))
	})
	create.drains = true
	vote := both("vote", func(p *program, o, _, n int) []byte { // each person goes through all ideas, in another order
		return one(p, o, http.MethodPut, "/api/v1/ideas/"+b.w.ideas[(o*977+n)%len(b.w.ideas)].String()+"/vote", "")
	})
	vote.drains, vote.sequential = true, true
	redirect := operation{name: "redirect",
		product: func(i, n int) []byte {
			return wire(http.MethodGet, "/l/"+b.w.codes[(i*31+n)%len(b.w.codes)], b.product.addr, "", "")
		},
		floor: func(i, n int) []byte {
			return wire(http.MethodGet, "/l/"+b.w.links[(i*31+n)%len(b.w.links)].String(), b.floor.addr, "", "")
		}}
	return []operation{list, get, create, vote, redirect}
}

// round measures one side once, after a short warm-up. The number of the next request is kept where each may be made once.
func (b *bench) round(ctx context.Context, key string, p *program, connections int, o operation, make request) (figures, error) {
	first := 0
	if o.sequential {
		first = b.lastVotes[key]
	}
	_, first, err := drive(ctx, p.addr, connections, first, b.window/6, make)
	if err != nil {
		return figures{}, err
	}
	before := b.cpuOf(p)
	f, next, err := drive(ctx, p.addr, connections, first, b.window, make)
	b.lastVotes[key] = next
	if err == nil && o.drains && p == b.product && !b.apiOnly {
		err = b.drain(ctx)
	}
	f.cpu = b.cpuOf(p) - before
	return f, err
}

// cpuOf is the processor time of a server and of the database behind it.
func (b *bench) cpuOf(p *program) time.Duration {
	product := b.product.cmd.Process.Pid // the database and Meilisearch are its children
	return cpu(p.cmd.Process.Pid, false) + cpu(product, true) - cpu(product, false)
}

// drain waits until the jobs that were asked for are done and Meilisearch has taken in what it was told, so that the next
// figure does not pay for this one.
func (b *bench) drain(ctx context.Context) error {
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(25 * time.Millisecond) {
		var n int
		if err := b.db.QueryRow(ctx, `SELECT count(*) FROM river_job WHERE state IN ('available', 'running', 'pending') AND queue <> 'floor'`).Scan(&n); err != nil {
			return err
		}
		if n > 0 {
			continue
		}
		busy, err := b.meiliBusy(ctx)
		if err != nil || !busy {
			return err
		}
	}
	return nil
}

func (b *bench) measure(ctx context.Context, o operation) error {
	for _, connections := range []int{1, 8, 32} {
		var product, floor best
		for range b.rounds {
			f, err := b.round(ctx, o.name+" product", b.product, connections, o, o.product)
			if err != nil {
				return err
			}
			product.add(f)
			if f, err = b.round(ctx, o.name+" floor", b.floor, connections, o, o.floor); err != nil {
				return err
			}
			floor.add(f)
		}
		row(o.name, connections, product, floor)
		if connections == 8 {
			b.result[o.name] = round2(product.perSecond() / floor.perSecond())
			b.result[o.name+"_cpu"] = round2(float64(product.cpuEach()) / float64(max(floor.cpuEach(), 1)))
		}
	}
	return nil
}

// best keeps the quickest round, and the sum of all for the processor time, which has a grain of 10 ms.
type best struct {
	figures
	n   int
	cpu time.Duration
}

func (b *best) add(f figures) {
	b.n += f.requests
	b.cpu += f.cpu
	if b.requests == 0 || f.perSecond() > b.perSecond() {
		b.figures = f
	}
}

func (b *best) cpuEach() time.Duration { return b.cpu / time.Duration(max(b.n, 1)) }

func row(name string, connections int, product, floor best) {
	fmt.Printf("%-9s %5d %9.0f %9.0f %6.2f   %-17s %-17s %8d / %-8d %6.2f\n", name, connections, product.perSecond(), floor.perSecond(), product.perSecond()/floor.perSecond(),
		span(product.figures), span(floor.figures), product.cpuEach().Microseconds(), floor.cpuEach().Microseconds(), float64(product.cpuEach())/float64(max(floor.cpuEach(), 1)))
}

func span(f figures) string {
	ms := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
	return fmt.Sprintf("%.1f / %.1f ms", ms(f.percentile(0.5)), ms(f.percentile(0.99)))
}

func round2(x float64) float64 { return math.Round(x*100) / 100 }

// measureLarge measures the list on the large workspace against itself on the small one.
func (b *bench) measureLarge(ctx context.Context) error {
	on := func(p *program, tokens []string) request {
		return func(i, _ int) []byte {
			return wire(http.MethodGet, "/api/v1/ideas?state=new&limit=25", p.addr, tokens[i], "")
		}
	}
	var large, small best
	for range b.rounds {
		f, err := b.round(ctx, "", b.large, 8, operation{}, on(b.large, b.big.tokens))
		if err != nil {
			return err
		}
		large.add(f)
		if f, err = b.round(ctx, "", b.product, 8, operation{}, on(b.product, b.w.tokens)); err != nil {
			return err
		}
		small.add(f)
	}
	row("list_100k", 8, large, small)
	b.result["list_100k"] = round2(large.perSecond() / small.perSecond())
	return nil
}
