package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"

	"byline/backend/internal/platform/embedded"
)

// program is a running byline or a running floor.
type program struct {
	cmd  *exec.Cmd
	url  string
	addr string // host:port
	log  *tail
	done chan error
}

// tail keeps the last output of a program, for when it fails.
type tail struct {
	mu sync.Mutex
	b  bytes.Buffer
}

// Write implements io.Writer.
func (t *tail) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.b.Len() > 64<<10 {
		t.b.Reset()
	}
	return t.b.Write(p)
}

func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.b.String()
}

// build compiles the product as it is in this checkout, so that nothing stale is measured.
func build(ctx context.Context, dir string) (string, error) {
	binary := filepath.Join(dir, "byline")
	cmd := exec.CommandContext(ctx, "go", "build", "-o", binary, "byline/backend/cmd/byline")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build byline: %w\n%s", err, out)
	}
	return binary, nil
}

// freeAddr gives an address that nobody listens on.
func freeAddr() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer func() { _ = l.Close() }()
	return l.Addr().String(), nil
}

// start runs a program that serves HTTP on the address in its environment, and waits until path answers 200.
func start(ctx context.Context, path, binary string, args []string, env ...string) (*program, error) {
	addr, err := freeAddr()
	if err != nil {
		return nil, err
	}
	p := &program{url: "http://" + addr, addr: addr, log: &tail{}, done: make(chan error, 1)}
	p.cmd = exec.Command(binary, args...)
	p.cmd.Env = append(append(os.Environ(), "BYLINE_ADDR="+addr, "BYLINE_PUBLIC_URL="+p.url), env...)
	p.cmd.Stdout, p.cmd.Stderr = p.log, p.log
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	go func() { p.done <- p.cmd.Wait() }()
	for deadline := time.Now().Add(2 * time.Minute); ; {
		if res, err := http.Get(p.url + path); err == nil {
			_ = res.Body.Close()
			if res.StatusCode == http.StatusOK {
				return p, nil
			}
		}
		select {
		case err := <-p.done:
			return nil, fmt.Errorf("%s ended: %w\n%s", filepath.Base(binary), err, p.log)
		case <-ctx.Done():
			p.stop()
			return nil, ctx.Err()
		case <-time.After(5 * time.Millisecond):
		}
		if time.Now().After(deadline) {
			p.stop()
			return nil, fmt.Errorf("%s does not get ready:\n%s", filepath.Base(binary), p.log)
		}
	}
}

// stop ends a program and waits for it.
func (p *program) stop() {
	_ = p.cmd.Process.Signal(syscall.SIGTERM)
	select {
	case <-p.done:
	case <-time.After(30 * time.Second):
		_ = p.cmd.Process.Kill()
		<-p.done
	}
}

// addresses are what a server leaves in its data folder.
type addresses struct {
	DatabaseURL string   `json:"database_url"`
	MeiliURLs   []string `json:"meili_urls"`
	MeiliKey    string   `json:"meili_key"`
}

func readAddresses(data string) (a addresses, err error) {
	b, err := os.ReadFile(filepath.Join(data, "running.json"))
	if err != nil {
		return a, err
	}
	return a, json.Unmarshal(b, &a)
}

// dataFolder makes a folder that the user whom PostgreSQL runs as can enter.
func dataFolder(root, name string) (string, error) {
	dir := filepath.Join(root, name)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", err
	}
	if os.Geteuid() == 0 && !embedded.Reachable(dir) {
		return "", errors.New("the temporary folder is closed to the user that PostgreSQL runs as; set TMPDIR to another")
	}
	return dir, nil
}

// otherDatabase is the same server's address with another database.
func otherDatabase(ctx context.Context, dsn, name string) (string, error) {
	conn, err := pgx.Connect(ctx, dsn)
	if err != nil {
		return "", err
	}
	defer func() { _ = conn.Close(ctx) }()
	if _, err := conn.Exec(ctx, "CREATE DATABASE "+name); err != nil {
		return "", err
	}
	c := conn.Config()
	return fmt.Sprintf("host='%s' port=%d user='%s' password='%s' dbname=%s sslmode=disable", c.Host, c.Port, c.User, c.Password, name), nil
}

// cpu gives the processor time that a process has used. With family it counts its children that live and those that
// have ended, and theirs.
func cpu(pid int, family bool) (used time.Duration) {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0
	}
	fields := strings.Fields(string(b[bytes.LastIndexByte(b, ')')+1:]))
	if len(fields) < 15 {
		return 0
	}
	last := 13 // utime, stime, in ticks of 10 ms
	if family {
		last = 15 // cutime, cstime: of children that have ended
	}
	for _, f := range fields[11:last] {
		n, _ := strconv.Atoi(f)
		used += time.Duration(n) * 10 * time.Millisecond
	}
	if family {
		for _, child := range children(pid) {
			used += cpu(child, true)
		}
	}
	return used
}

func children(pid int) (list []int) {
	tasks, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/children", pid))
	for _, t := range tasks {
		b, err := os.ReadFile(t)
		if err != nil {
			continue
		}
		for _, f := range strings.Fields(string(b)) {
			if n, err := strconv.Atoi(f); err == nil {
				list = append(list, n)
			}
		}
	}
	return list
}

// resident is the memory that a process holds, in MiB.
func resident(pid int) int {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/statm", pid))
	if err != nil {
		return 0
	}
	fields := strings.Fields(string(b))
	if len(fields) < 2 {
		return 0
	}
	n, _ := strconv.Atoi(fields[1])
	return n * os.Getpagesize() >> 20
}
