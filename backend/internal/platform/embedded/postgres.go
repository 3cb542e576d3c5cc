// Package embedded starts the parts that Byline needs, for development and tests: PostgreSQL and Meilisearch as child
// processes and an S3 server inside this one. Production brings its own.
package embedded

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// PostgresOptions say where and how a private PostgreSQL server runs.
type PostgresOptions struct {
	BinDir  string            // folder with initdb and postgres; "" looks on the machine and in Modules
	Modules string            // node_modules folder with the npm package of the server; "" looks for deploy/embedded
	DataDir string            // created; must be below a folder that the unprivileged user can enter
	User    string            // superuser to create; "" means byline
	Unsafe  bool              // tests only: fsync off
	Extra   map[string]string // more settings of postgresql.conf
	RunAs   string            // user name when we are root; "" means postgres, else nobody
	// Owned says that the caller has locked a folder around DataDir (LockFolder), so that a server which still runs
	// there was left behind by a killed process: it is ended, not respected.
	Owned bool
}

// Postgres is a running PostgreSQL server, a child of this process.
type Postgres struct {
	opt      PostgresOptions
	sock     string
	cmd      *exec.Cmd
	done     chan struct{}
	waitErr  error
	uid, gid uint32
	drop     bool
}

// DSN gives the address of one of its databases; "postgres" always exists.
func (s *Postgres) DSN(database string) string {
	return fmt.Sprintf("host=%s user=%s dbname=%s sslmode=disable", s.sock, s.opt.User, database)
}

// PID is the process id of the postmaster.
func (s *Postgres) PID() int { return s.cmd.Process.Pid }

func (s *Postgres) attr() *syscall.SysProcAttr {
	a := &syscall.SysProcAttr{Setpgid: true} // own group: Ctrl-C in the terminal must reach us first, not postgres
	if s.drop {
		a.Credential = &syscall.Credential{Uid: s.uid, Gid: s.gid, Groups: []uint32{}}
	}
	return a
}

func (s *Postgres) run(ctx context.Context, name string, args ...string) error {
	c := exec.CommandContext(ctx, filepath.Join(s.opt.BinDir, name), args...)
	c.SysProcAttr, c.Dir, c.Env = s.attr(), "/", s.env()
	runtime.LockOSThread() // see startLocked
	defer runtime.UnlockOSThread()
	setPdeathsig(c.SysProcAttr)
	out, err := c.CombinedOutput()
	if err != nil {
		return fmt.Errorf("%s: %w: %s", name, err, out)
	}
	return nil
}
func (s *Postgres) env() []string { return []string{"LC_ALL=C", "PATH=/usr/bin:/bin", "TZ=UTC"} }

// StartPostgres starts a server on a Unix socket in its data folder and waits until it takes connections. The server
// ends with this process, also when that is killed (on Linux).
func StartPostgres(ctx context.Context, o PostgresOptions) (*Postgres, error) {
	if o.User == "" {
		o.User = "byline"
	}
	if o.BinDir == "" {
		if o.Modules == "" {
			o.Modules = Modules()
		}
		dir, err := findPostgres(o.Modules)
		if err != nil {
			return nil, err
		}
		o.BinDir = dir
	}
	if err := linkLibraries(o.BinDir); err != nil {
		return nil, err
	}
	abs, err := filepath.Abs(o.DataDir)
	if err != nil {
		return nil, err
	}
	o.DataDir = abs
	s := &Postgres{opt: o, done: make(chan struct{})}
	if os.Geteuid() == 0 {
		if err := s.pickUser(); err != nil {
			return nil, err
		}
	}
	// parents 0755: as root, MkdirAll(…, 0700) would make parents the unprivileged uid cannot enter
	if err := os.MkdirAll(filepath.Dir(o.DataDir), 0o755); err != nil {
		return nil, err
	}
	if err := os.Mkdir(o.DataDir, 0o700); err != nil && !errors.Is(err, os.ErrExist) {
		return nil, err
	}
	s.sock = o.DataDir
	if len(filepath.Join(s.sock, ".s.PGSQL.5432")) > 103 { // sun_path: 108 linux, 104 macOS
		s.sock, _ = os.MkdirTemp("", "pg")
	}
	pg := filepath.Join(o.DataDir, "pgdata")
	if s.drop {
		if !Reachable(o.BinDir) {
			if o.BinDir, err = copyPrograms(o.BinDir, filepath.Join(filepath.Dir(o.DataDir), "programs")); err != nil {
				return nil, err
			}
			s.opt.BinDir = o.BinDir
		}
		for _, d := range []string{o.DataDir, s.sock} {
			if err := os.Chown(d, int(s.uid), int(s.gid)); err != nil {
				return nil, err
			}
		}
		if err := s.run(ctx, "postgres", "--version"); err != nil { // EACCES here = binaries or parents unreadable for that uid
			return nil, fmt.Errorf("uid %d cannot run %s (parents must be o+x): %w", s.uid, o.BinDir, err)
		}
	}
	if _, err := os.Stat(filepath.Join(pg, "PG_VERSION")); errors.Is(err, os.ErrNotExist) {
		tmp := pg + ".new" // init beside and rename: a killed initdb leaves no half cluster
		_ = os.RemoveAll(tmp)
		args := []string{"-D", tmp, "-U", o.User, "--auth=trust", "--encoding=UTF8", "--locale-provider=icu", "--icu-locale=und", "--locale=C.UTF-8", "--no-instructions"}
		if o.Unsafe {
			args = append(args, "--no-sync")
		}
		if err := s.run(ctx, "initdb", args...); err != nil {
			return nil, err
		}
		if err := os.Rename(tmp, pg); err != nil {
			return nil, err
		}
	}
	if err := s.clearStale(ctx, pg); err != nil {
		return nil, err
	}
	cfg := map[string]string{
		"listen_addresses": "", "unix_socket_directories": s.sock, "unix_socket_permissions": "0700",
		"shared_buffers": "64MB", "max_connections": "200", "wal_level": "minimal", "max_wal_senders": "0", "dynamic_shared_memory_type": "mmap",
	}
	if o.Unsafe {
		cfg["fsync"], cfg["synchronous_commit"], cfg["full_page_writes"] = "off", "off", "off"
	}
	for k, v := range o.Extra {
		cfg[k] = v
	}
	args := []string{"-D", pg}
	for k, v := range cfg {
		args = append(args, "-c", k+"="+v)
	}
	for try := 0; ; try++ {
		err := s.launch(ctx, pg, args)
		if err == nil {
			break
		}
		if try < 40 && strings.Contains(err.Error(), "pre-existing shared memory block") { // orphans of a killed postmaster take a moment
			time.Sleep(250 * time.Millisecond)
			continue
		}
		return nil, err
	}
	return s, nil
}

func (s *Postgres) launch(ctx context.Context, pg string, args []string) error {
	o := s.opt
	s.done = make(chan struct{})
	s.cmd = exec.Command(filepath.Join(o.BinDir, "postgres"), args...)
	s.cmd.SysProcAttr, s.cmd.Dir, s.cmd.Env = s.attr(), "/", s.env()
	setPdeathsig(s.cmd.SysProcAttr)
	lf, err := os.OpenFile(filepath.Join(o.DataDir, "postgres.log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	s.cmd.Stdout, s.cmd.Stderr = lf, lf
	if err := startLocked(s.cmd); err != nil {
		return err
	}
	_ = lf.Close()
	cmd, done := s.cmd, s.done
	go func() { s.waitErr = cmd.Wait(); close(done) }()
	for { // line 8 of postmaster.pid is "ready" once connections are accepted: no polling connects needed
		if st := pidLine(pg, 8); st == "ready" && pidLine(pg, 1) == strconv.Itoa(s.cmd.Process.Pid) {
			break
		}
		select {
		case <-s.done:
			b, _ := os.ReadFile(lf.Name())
			return fmt.Errorf("postgres ended at start: %v: %s", s.waitErr, tail(b, 800))
		case <-ctx.Done():
			_ = s.Stop(context.WithoutCancel(ctx))
			return ctx.Err()
		case <-time.After(5 * time.Millisecond):
		}
	}
	return nil
}

func (s *Postgres) pickUser() error {
	names := []string{s.opt.RunAs, "postgres", "nobody"}
	for _, n := range names {
		if n == "" {
			continue
		}
		if u, err := user.Lookup(n); err == nil {
			uid, _ := strconv.ParseUint(u.Uid, 10, 32)
			gid, _ := strconv.ParseUint(u.Gid, 10, 32)
			s.uid, s.gid, s.drop = uint32(uid), uint32(gid), true
			return nil
		}
	}
	s.uid, s.gid, s.drop = 65534, 65534, true
	return nil
}

// clearStale: postgres itself overwrites a pid file of a dead pid; it refuses when the pid was reused by a live
// process of the same uid, and it must refuse when a real postmaster still runs there.
func (s *Postgres) clearStale(ctx context.Context, pg string) error {
	l := pidLine(pg, 1)
	if l == "" {
		return nil
	}
	pid, err := strconv.Atoi(l)
	if err != nil || pid <= 1 {
		return os.Remove(filepath.Join(pg, "postmaster.pid"))
	}
	if err := syscall.Kill(pid, 0); errors.Is(err, syscall.ESRCH) {
		slog.Warn("pid file of a dead server: postgres will run crash recovery", "pid", pid)
		return nil // keep the file: its shared memory key lets postgres see surviving backends
	}
	exe, _ := os.Readlink(fmt.Sprintf("/proc/%d/exe", pid))
	if exe != "" && !strings.HasSuffix(strings.TrimSuffix(exe, " (deleted)"), "/postgres") {
		slog.Warn("pid reused by another program", "pid", pid, "exe", exe)
		return os.Remove(filepath.Join(pg, "postmaster.pid"))
	}
	if s.opt.Owned {
		return endOrphan(ctx, "a PostgreSQL server", pid, 100, syscall.SIGQUIT)
	}
	return fmt.Errorf("another postgres (pid %d) already serves %s: stop it (kill -INT %d) or choose another data dir", pid, pg, pid)
}

func pidLine(pg string, n int) string {
	b, err := os.ReadFile(filepath.Join(pg, "postmaster.pid"))
	if err != nil {
		return ""
	}
	ls := strings.Split(string(b), "\n")
	if len(ls) < n {
		return ""
	}
	return strings.TrimSpace(ls[n-1])
}

// Stop does a fast shutdown (SIGINT), then an immediate one (SIGQUIT).
func (s *Postgres) Stop(ctx context.Context) error {
	if s == nil || s.cmd == nil {
		return nil
	}
	if s.sock != s.opt.DataDir { // a short folder for the socket
		defer func() { _ = os.RemoveAll(s.sock) }()
	}
	for _, st := range []struct {
		sig syscall.Signal
		d   time.Duration
	}{{syscall.SIGINT, 10 * time.Second}, {syscall.SIGQUIT, 5 * time.Second}, {syscall.SIGKILL, 5 * time.Second}} {
		_ = s.cmd.Process.Signal(st.sig)
		select {
		case <-s.done:
			return nil
		case <-time.After(st.d):
		}
	}
	return errors.New("postgres did not stop")
}

func tail(b []byte, n int) string {
	if len(b) > n {
		b = b[len(b)-n:]
	}
	return string(b)
}
