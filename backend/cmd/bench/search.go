package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"text/tabwriter"
	"time"
)

func init() { benches["search"] = benchSearch }

// searchCase is one line of search-dev.jsonl.
type searchCase struct {
	ID       string         `json:"id"`
	Query    string         `json:"query"`
	Kind     string         `json:"kind"`
	Relevant []string       `json:"relevant"`
	Filter   map[string]any `json:"filter"`
}

// article is what has to be known of an article to see whether a hit is inside a filter.
type article struct {
	ID          string   `json:"id"`
	Type        string   `json:"type"`
	Lang        string   `json:"lang"`
	SourceRepo  string   `json:"source_repo"`
	Tags        []string `json:"tags"`
	PublishedAt string   `json:"published_at"`
}

// score is success@10 and MRR@10 of some cases.
type score struct {
	n, found int
	rank     float64
}

func (s score) success() float64 { return float64(s.found) / float64(max(1, s.n)) }
func (s score) mrr() float64     { return s.rank / float64(max(1, s.n)) }

// benchSearch measures the quality of search: the whole server on embedded parts, all articles imported as an operator
// would, every case asked through the API; then once more with Meilisearch killed.
func benchSearch(ctx context.Context, args []string) error {
	var out io.Writer = os.Stdout
	flags := flag.NewFlagSet("search", flag.ContinueOnError)
	data := flags.String("data", "", "data folder to keep and use again; empty for a new one that is thrown away")
	misses := flags.Bool("misses", false, "name the cases that found nothing relevant")
	if err := flags.Parse(args); err != nil {
		return err
	}
	corpus := os.Getenv("BYLINE_CORPUS")
	if corpus == "" {
		corpus = "../../shared/corpus"
	}
	if _, err := os.Stat(filepath.Join(corpus, "articles.jsonl")); err != nil {
		_, err := fmt.Fprintf(out, "skipped: no corpus at %s (BYLINE_CORPUS)\n", corpus)
		return err
	}
	cases, err := readLines[searchCase](filepath.Join(corpus, "search-dev.jsonl"))
	if err != nil {
		return err
	}
	list, err := readLines[article](filepath.Join(corpus, "articles.jsonl"))
	if err != nil {
		return err
	}
	articles := map[string]article{}
	for _, a := range list {
		articles[a.ID] = a
	}
	s, err := startServer(ctx, *data)
	if err != nil {
		return err
	}
	defer s.stop()
	client, err := s.signIn(ctx) // the first to come, in whose name the import is
	if err != nil {
		return err
	}
	if err := s.load(ctx, corpus, len(list), out); err != nil {
		return err
	}
	full, err := ask(ctx, client, s.url, cases, articles, *misses, out)
	if err != nil {
		return err
	}
	if full.degraded > 0 {
		_, _ = fmt.Fprintf(out, "%d of %d answers were degraded: there is no Meilisearch here, or it was away\n", full.degraded, len(cases))
	}
	pages, err := s.pageCases(ctx)
	if err != nil {
		return err
	}
	firstPages, err := askPages(ctx, client, s.url, pages, *misses, out)
	if err != nil {
		return err
	}
	_, _ = fmt.Fprintln(out, "\nwith Meilisearch killed:")
	if err := s.killMeili(); err != nil {
		_, _ = fmt.Fprintln(out, err)
	}
	alone, err := ask(ctx, client, s.url, cases, articles, *misses, out)
	if err != nil {
		return err
	}
	if _, err := askPages(ctx, client, s.url, pages, *misses, out); err != nil {
		return err
	}
	if alone.degraded != len(cases) {
		return fmt.Errorf("%d answers without Meilisearch were not marked as degraded", len(cases)-alone.degraded)
	}
	result, err := json.Marshal(struct {
		Success  float64 `json:"success"`
		MRR      float64 `json:"mrr"`
		Exact    float64 `json:"exact"`
		Prefix   float64 `json:"prefix"`
		Typo     float64 `json:"typo"`
		Synonym  float64 `json:"synonym"`
		Phrase   float64 `json:"paraphrase"`
		Filter   float64 `json:"filter"`
		Outside  int     `json:"outside_filter"`
		Degraded float64 `json:"degraded_success"`
		Pages    int     `json:"pages"`
		Asked    int     `json:"pages_asked"`
	}{round(full.all.success()), round(full.all.mrr()), round(full.kinds["exact-title"].success()), round(full.kinds["prefix"].success()), round(full.kinds["typo"].success()),
		round(full.kinds["synonym"].success()), round(full.kinds["paraphrase"].success()), round(full.kinds["filter"].success()), full.outside + alone.outside, round(alone.all.success()), firstPages, len(pages)})
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "RESULT %s\n", result)
	return err
}

func round(f float64) float64 { return float64(int(f*1000+0.5)) / 1000 }

func readLines[T any](path string) (all []T, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		var v T
		if err := json.Unmarshal(lines.Bytes(), &v); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		all = append(all, v)
	}
	return all, lines.Err()
}

// asked is how all cases did.
type asked struct {
	all      score
	kinds    map[string]score
	outside  int
	degraded int
}

type answer struct {
	Degraded bool `json:"degraded"`
	Hits     []struct {
		SourceID string `json:"source_id"`
		Title    string `json:"title"`
	} `json:"hits"`
}

func ask(ctx context.Context, client *http.Client, server string, cases []searchCase, articles map[string]article, misses bool, out io.Writer) (asked, error) {
	r := asked{kinds: map[string]score{}}
	var times []time.Duration
	for _, c := range cases {
		params := url.Values{"q": {c.Query}, "limit": {"10"}}
		for name, value := range c.Filter {
			if n, ok := value.(float64); ok {
				value = int(n)
			}
			params.Set(name, fmt.Sprint(value))
		}
		began := time.Now()
		var a answer
		if err := get(ctx, client, server+"/api/v1/search?"+params.Encode(), &a); err != nil {
			return r, fmt.Errorf("%s: %w", c.ID, err)
		}
		times = append(times, time.Since(began))
		if a.Degraded {
			r.degraded++
		}
		k := r.kinds[c.Kind]
		k.n, r.all.n = k.n+1, r.all.n+1
		found := false
		for i, h := range a.Hits {
			if !inside(articles[h.SourceID], c.Filter) {
				r.outside++
			}
			if !found && slices.Contains(c.Relevant, h.SourceID) {
				found = true
				k.found, r.all.found = k.found+1, r.all.found+1
				k.rank, r.all.rank = k.rank+1/float64(i+1), r.all.rank+1/float64(i+1)
			}
		}
		if !found && misses {
			_, _ = fmt.Fprintf(out, "  missed %s %s\n", c.ID, c.Kind)
		}
		r.kinds[c.Kind] = k
	}
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	_, _ = fmt.Fprintln(w, "kind\tcases\tsuccess@10\tMRR@10\t")
	line := func(name string, s score) {
		_, _ = fmt.Fprintf(w, "%s\t%d\t%.3f\t%.3f\t\n", name, s.n, s.success(), s.mrr())
	}
	for _, name := range []string{"exact-title", "prefix", "typo", "filter", "synonym", "paraphrase"} {
		line(name, r.kinds[name])
	}
	line("all", r.all)
	_ = w.Flush()
	first := times[0]
	slices.Sort(times)
	_, err := fmt.Fprintf(out, "outside the filter: %d; one at a time: first %s, p50 %s, p99 %s\n", r.outside, first.Round(100*time.Microsecond),
		times[len(times)/2].Round(100*time.Microsecond), times[len(times)*99/100].Round(100*time.Microsecond))
	return r, err
}

// inside says whether an article passes a filter.
func inside(a article, filter map[string]any) bool {
	for name, value := range filter {
		var ok bool
		switch v := fmt.Sprint(value); name {
		case "type":
			ok = a.Type == v
		case "lang":
			ok = a.Lang == v
		case "source_repo":
			ok = a.SourceRepo == v
		case "tags":
			ok = slices.Contains(a.Tags, v)
		case "year":
			ok = strings.HasPrefix(a.PublishedAt, v)
		}
		if !ok {
			return false
		}
	}
	return true
}

func get(ctx context.Context, client *http.Client, address string, into any) error {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return err
	}
	res, err := client.Do(r)
	if err != nil {
		return err
	}
	defer func() { _ = res.Body.Close() }()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		return err
	}
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("%s: %s", res.Status, b)
	}
	return json.Unmarshal(b, into)
}

// server is a running byline with a data folder of its own.
type server struct {
	url, program, data string
	email              string
	cmd                *exec.Cmd
	log                *lockedBuffer
	clean              func()
}

const benchPassword = "measure twice, cut once"

// startServer builds the program and starts it.
func startServer(ctx context.Context, data string) (*server, error) {
	dir, err := os.MkdirTemp("", "byline-bench")
	if err != nil {
		return nil, err
	}
	if err := os.Chmod(dir, 0o755); err != nil { // PostgreSQL may run as another user
		return nil, err
	}
	s := &server{program: filepath.Join(dir, "byline"), data: data, email: "bench@example.com", log: &lockedBuffer{}, clean: func() { _ = os.RemoveAll(dir) }}
	if s.data == "" {
		s.data = filepath.Join(dir, "data")
	}
	if b, err := exec.CommandContext(ctx, "go", "build", "-o", s.program, "./cmd/byline").CombinedOutput(); err != nil {
		return nil, fmt.Errorf("build: %w: %s", err, b)
	}
	s.cmd = exec.Command(s.program, "serve", "--with-parent")
	s.cmd.Env = s.env()
	s.cmd.Stdout, s.cmd.Stderr = s.log, s.log
	if err := s.cmd.Start(); err != nil {
		return nil, err
	}
	ready := regexp.MustCompile(`Byline is ready: http://localhost:(\d+)`)
	for deadline := time.Now().Add(time.Minute); ; {
		if m := ready.FindStringSubmatch(s.log.String()); m != nil {
			s.url = "http://127.0.0.1:" + m[1]
			return s, nil
		}
		if time.Now().After(deadline) || ctx.Err() != nil {
			s.stop()
			return nil, fmt.Errorf("the server does not start: %s", s.log.String())
		}
		time.Sleep(20 * time.Millisecond)
	}
}

func (s *server) env() []string {
	return append(os.Environ(), "BYLINE_DATA="+s.data, "BYLINE_ADDR=127.0.0.1:0", "BYLINE_METRICS_ADDR=off", "BYLINE_USER_RATE=100000", "BYLINE_ADDRESS_RATE=100000",
		"BYLINE_LOG_LEVEL=warn")
}

func (s *server) stop() {
	_ = s.cmd.Process.Signal(syscall.SIGTERM)
	_ = s.cmd.Wait()
	s.clean()
}

// signIn gives a browser in which the administrator is signed in.
func (s *server) signIn(ctx context.Context) (*http.Client, error) {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, err
	}
	client := &http.Client{Jar: jar, Timeout: 30 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: 64}}
	path, body := "/api/v1/session", map[string]any{"email": s.email, "password": benchPassword}
	if m := regexp.MustCompile(`/invitation/(\S+)`).FindStringSubmatch(s.log.String()); m != nil {
		path = "/api/v1/invitations/" + m[1] + "/accept"
		body["name"], body["timezone"] = "Bench", "UTC"
	}
	b, err := json.Marshal(body)
	if err != nil {
		return nil, err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, s.url+path, bytes.NewReader(b))
	if err != nil {
		return nil, err
	}
	r.Header.Set("Content-Type", "application/json")
	res, err := client.Do(r)
	if err != nil {
		return nil, err
	}
	defer func() { _ = res.Body.Close() }()
	if res.StatusCode != http.StatusOK {
		text, _ := io.ReadAll(res.Body)
		return nil, fmt.Errorf("sign in: %s: %s", res.Status, text)
	}
	return client, nil
}

// load imports the articles, once, and waits until all of them can be found.
func (s *server) load(ctx context.Context, corpus string, articles int, out io.Writer) error {
	db, err := s.database(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close(ctx) }()
	began := time.Now()
	count := func(sql string) (n int, err error) { return n, db.QueryRow(ctx, sql).Scan(&n) }
	there, err := count(`SELECT count(*) FROM resources WHERE source_id IS NOT NULL`)
	if err != nil {
		return err
	}
	if there < articles {
		do := exec.CommandContext(ctx, s.program, "import", "--no-wait", corpus)
		do.Env = s.env()
		if b, err := do.CombinedOutput(); err != nil {
			return fmt.Errorf("byline import: %w: %s", err, b)
		}
	}
	_, _ = fmt.Fprintf(out, "%d articles imported after %s\n", articles, time.Since(began).Round(100*time.Millisecond))
	for quiet := 0; quiet < 3; time.Sleep(200 * time.Millisecond) {
		waiting, err := count(`SELECT (SELECT count(*) FROM river_job WHERE kind IN ('search_index', 'search_feed') AND state IN ('available', 'running', 'scheduled', 'retryable'))
			+ (SELECT count(*) FROM assets WHERE state IN ('uploading', 'processing') OR look = 'waiting') + (SELECT count(*) FROM search_pending) + (SELECT count(*) FROM search_nodes WHERE NOT ready OR settings = '')`)
		if err != nil {
			return err
		}
		if quiet++; waiting > 0 {
			quiet = 0
		}
		if time.Since(began) > 10*time.Minute {
			return errors.New("the articles are not indexed after ten minutes")
		}
	}
	_, err = fmt.Fprintf(out, "and found after %s\n", time.Since(began).Round(100*time.Millisecond))
	return err
}

// killMeili kills the search server, as a crash would.
func (s *server) killMeili() error {
	b, err := os.ReadFile(filepath.Join(s.data, "meilisearch", "meilisearch.pid"))
	if err != nil {
		return errors.New("there is no Meilisearch to kill")
	}
	pid, err := strconv.Atoi(strings.TrimSpace(string(b)))
	if err != nil {
		return err
	}
	return syscall.Kill(pid, syscall.SIGKILL)
}

// lockedBuffer collects the output of a program while others read it.
type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

// Write implements io.Writer.
func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

// String gives all of it.
func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}
