package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"

	"byline/backend/internal/activity"
	"byline/backend/internal/people"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/embedded"
)

const (
	email    = "chaos@example.com"
	password = "break everything twice"
	secret   = "a secret of the trial, the same for both servers"
)

// stage is a database and two servers on it.
type stage struct {
	dir, binary string
	pg          *embedded.Postgres
	db          *db.DB
	replicas    [2]*replica
}

// replica is one API process.
type replica struct {
	name, dir, address string
	stage              *stage
	cmd                *exec.Cmd
}

func newStage(ctx context.Context, binary string) (*stage, error) {
	dir, err := os.MkdirTemp("", "byline-chaos")
	if err != nil {
		return nil, err
	}
	s := &stage{dir: dir, binary: binary}
	if err := os.Chmod(dir, 0o755); err != nil { // PostgreSQL's user must be able to enter
		return s, err
	}
	if err := s.startPostgres(ctx); err != nil {
		return s, err
	}
	conn, err := pgx.Connect(ctx, s.pg.DSN("postgres"))
	if err != nil {
		return s, err
	}
	_, err = conn.Exec(ctx, `CREATE DATABASE byline`)
	_ = conn.Close(ctx)
	if err != nil {
		return s, err
	}
	if s.db, err = db.Open(ctx, s.pg.DSN("byline"), db.Options{}); err != nil {
		return s, err
	}
	for i, name := range []string{"A", "B"} {
		l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0") // a free port that stays the same over restarts
		if err != nil {
			return s, err
		}
		s.replicas[i] = &replica{name: name, dir: filepath.Join(dir, name), address: l.Addr().String(), stage: s}
		_ = l.Close()
	}
	if err := s.replicas[0].start(ctx); err != nil { // it migrates
		return s, err
	}
	if err := s.person(ctx); err != nil {
		return s, err
	}
	if err := s.replicas[1].start(ctx); err != nil {
		return s, err
	}
	return s, nil
}

func (s *stage) startPostgres(ctx context.Context) (err error) {
	s.pg, err = embedded.StartPostgres(ctx, embedded.PostgresOptions{DataDir: filepath.Join(s.dir, "postgres"), Owned: true})
	return err
}

// stopPostgresHard ends it as a lost machine does: no checkpoint, all connections cut.
func (s *stage) stopPostgresHard() error { return syscall.Kill(s.pg.PID(), syscall.SIGQUIT) }

func (s *stage) person(ctx context.Context) error {
	service := people.New(s.db, activity.New(s.db))
	hash, err := service.HashPassword(ctx, password)
	if err != nil {
		return err
	}
	return service.Create(ctx, &people.User{Email: email, Name: "Chaos", Side: auth.Marketing, PasswordHash: hash})
}

func (s *stage) close() {
	for _, r := range s.replicas {
		if r != nil {
			r.kill()
		}
	}
	if s.db != nil {
		s.db.Close()
	}
	if s.pg != nil {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		_ = s.pg.Stop(ctx)
	}
	_ = os.RemoveAll(s.dir)
}

// start runs the server and signs in.
func (r *replica) start(ctx context.Context) error {
	log, err := os.OpenFile(r.dir+".log", os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer func() { _ = log.Close() }()
	r.cmd = exec.Command(r.stage.binary, "serve", "--api-only", "--with-parent")
	r.cmd.Stdout, r.cmd.Stderr = log, log
	r.cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + os.Getenv("HOME"), "BYLINE_DATA=" + r.dir, "BYLINE_ADDR=" + r.address, "BYLINE_METRICS_ADDR=off",
		"BYLINE_DATABASE_URL=" + r.stage.pg.DSN("byline"), "BYLINE_MEILI_URLS=off", "BYLINE_SECRET=" + secret, "BYLINE_USER_RATE=100000", "BYLINE_ADDRESS_RATE=100000"}
	if err := r.cmd.Start(); err != nil {
		return err
	}
	for range 300 {
		res, err := http.Get("http://" + r.address + "/readyz")
		if err == nil {
			_ = res.Body.Close()
			if res.StatusCode == http.StatusOK {
				return nil
			}
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(50 * time.Millisecond):
		}
	}
	text, _ := os.ReadFile(r.dir + ".log")
	return fmt.Errorf("server %s does not start: %s", r.name, text)
}

func (r *replica) kill() {
	if r.cmd != nil && r.cmd.Process != nil {
		_ = r.cmd.Process.Kill()
		_ = r.cmd.Wait()
		r.cmd = nil
	}
}

// call speaks to the API as the one person there is. cookie is of a session, on any server.
func (r *replica) call(ctx context.Context, method, path, cookie string, in, out any, headers ...string) (*http.Response, error) {
	body, err := json.Marshal(in)
	if err != nil {
		return nil, err
	}
	req, err := http.NewRequestWithContext(ctx, method, "http://"+r.address+"/api/v1"+path, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Cookie", cookie)
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, err
	}
	defer func() { _ = res.Body.Close() }()
	answer, err := io.ReadAll(res.Body)
	if err != nil {
		return nil, err
	}
	if res.StatusCode >= 300 {
		return res, fmt.Errorf("%s %s: %s: %s", method, path, res.Status, answer)
	}
	if out == nil {
		return res, nil
	}
	return res, json.Unmarshal(answer, out)
}

func (r *replica) signIn(ctx context.Context) (cookie string, err error) {
	res, err := r.call(ctx, http.MethodPost, "/session", "", map[string]string{"email": email, "password": password}, nil)
	if err != nil {
		return "", err
	}
	for _, c := range res.Cookies() {
		cookie += c.Name + "=" + c.Value + "; "
	}
	return cookie, nil
}
