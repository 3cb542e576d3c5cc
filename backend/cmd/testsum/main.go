// Command testsum runs every check and test of the repository and sums them up: `make test`. It goes on after a
// failure, shows the output of what failed, and ends with one line, "N passed, N failed".
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"byline/backend/internal/platform/embedded"
)

func main() {
	only := flag.String("only", "", "groups to run, separated by commas: static, go, web, e2e; empty for all")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	total, err := run(ctx, *only, os.Stdout)
	if err != nil {
		fmt.Fprintln(os.Stderr, "testsum:", err)
		total.Failed++
	}
	fmt.Printf("%d passed, %d failed\n", total.Passed, total.Failed)
	if total.Failed > 0 || total.Passed == 0 {
		stop()
		os.Exit(1) //nolint:gocritic // stop was called
	}
}

func run(ctx context.Context, only string, out io.Writer) (total tally, err error) {
	root, err := repository()
	if err != nil {
		return total, err
	}
	reports, err := os.MkdirTemp("", "byline-test")
	if err != nil {
		return total, err
	}
	defer func() { _ = os.RemoveAll(reports) }()
	var failures, skips []string
	for _, s := range steps(root, reports) {
		if only != "" && !slices.Contains(strings.Split(only, ","), s.group) {
			continue
		}
		if ctx.Err() != nil {
			return total, ctx.Err()
		}
		began := time.Now()
		t := s.run(ctx, out)
		_, _ = fmt.Fprintf(out, "%-4s %-28s %5d passed %3d failed %3d skipped %6.1f s\n", mark(t), s.name, t.Passed, t.Failed, len(t.Skips), time.Since(began).Seconds())
		total.Passed += t.Passed
		total.Failed += t.Failed
		failures = append(failures, prefixed(s.name, t.Failures)...)
		skips = append(skips, prefixed(s.name, t.Skips)...)
	}
	list(out, "Skipped", skips)
	list(out, "Failed", failures)
	return total, nil
}

func mark(t tally) string {
	if t.Failed > 0 {
		return "FAIL"
	}
	return "ok"
}

func prefixed(name string, lines []string) []string {
	for i, l := range lines {
		lines[i] = name + ": " + l
	}
	return lines
}

func list(out io.Writer, title string, lines []string) {
	if len(lines) == 0 {
		return
	}
	_, _ = fmt.Fprintf(out, "\n%s:\n", title)
	for _, l := range lines {
		_, _ = fmt.Fprintln(out, "  "+l)
	}
	_, _ = fmt.Fprintln(out)
}

// repository finds the top folder from the working folder upwards.
func repository() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.work")); err == nil {
			return dir, nil
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return "", fmt.Errorf("no go.work above the working folder")
		}
		dir = parent
	}
}

// command makes a step's process, with a process group of its own so that all of it can be ended.
func command(ctx context.Context, s step) *exec.Cmd {
	c := exec.CommandContext(ctx, s.command[0], s.command[1:]...)
	c.Dir, c.Env = s.dir, append(os.Environ(), s.env...)
	c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	c.Cancel = func() error { return syscall.Kill(-c.Process.Pid, syscall.SIGTERM) }
	c.WaitDelay = 10 * time.Second
	return c
}

// sharedPostgres starts one server for the tests of all packages, which otherwise start one each; nil when it cannot.
func sharedPostgres(ctx context.Context) (env []string, stop func()) {
	nothing := func() {}
	if os.Getenv("BYLINE_TEST_DATABASE_URL") != "" {
		return nil, nothing
	}
	dir, err := os.MkdirTemp("", "byline-pg")
	if err != nil || os.Chmod(dir, 0o755) != nil { // the unprivileged user must be able to enter
		return nil, nothing
	}
	pg, err := embedded.StartPostgres(ctx, embedded.PostgresOptions{DataDir: filepath.Join(dir, "pg"), Unsafe: true, Extra: map[string]string{"max_connections": "600"}})
	if err != nil {
		_ = os.RemoveAll(dir)
		return nil, nothing
	}
	return []string{"BYLINE_TEST_DATABASE_URL=" + pg.DSN("postgres")}, func() {
		_ = pg.Stop(context.WithoutCancel(ctx))
		_ = os.RemoveAll(dir)
	}
}
