package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestMain lets the test program be the program itself, and its child that reads files.
func TestMain(m *testing.M) {
	if os.Getenv("BYLINE_TEST_AS_PROGRAM") == "1" || os.Getenv("BYLINE_EXTRACT") == "1" {
		main()
		return
	}
	os.Exit(m.Run())
}

// program is a running byline.
type program struct {
	t    *testing.T
	cmd  *exec.Cmd
	mu   sync.Mutex
	text bytes.Buffer
	done chan struct{}
	url  string
}

// Write implements io.Writer.
func (p *program) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.text.Write(b)
}

func (p *program) output() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.text.String()
}

func start(t *testing.T, data string, args ...string) *program {
	t.Helper()
	return startWith(t, data, nil, args...)
}

func startWith(t *testing.T, data string, settings []string, args ...string) *program {
	t.Helper()
	self, err := os.Executable()
	require.NoError(t, err)
	p := &program{t: t, cmd: exec.Command(self, args...), done: make(chan struct{})}
	p.cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + os.Getenv("HOME"), "BYLINE_TEST_AS_PROGRAM=1", "BYLINE_DATA=" + data,
		"BYLINE_ADDR=127.0.0.1:0", "BYLINE_MEILI_URLS=off"}
	p.cmd.Env = append(p.cmd.Env, settings...)
	p.cmd.Stdout, p.cmd.Stderr = p, p
	require.NoError(t, p.cmd.Start())
	go func() { _ = p.cmd.Wait(); close(p.done) }()
	t.Cleanup(func() { _ = p.cmd.Process.Kill(); <-p.done })
	return p
}

// patience is for machines that are busy with other tests; how long things take is for benches to say.
const patience = 2 * time.Minute

// lateOutput is what a program has said when a message is printed, not when it was asked for.
type lateOutput struct{ p *program }

func (l lateOutput) String() string { return l.p.output() }

var address = regexp.MustCompile(`Byline is ready: (http://localhost:\d+)`)

// ready waits until the program says where it is, and answers there.
func (p *program) ready() *program {
	p.t.Helper()
	require.Eventually(p.t, func() bool {
		if m := address.FindStringSubmatch(p.output()); m != nil {
			p.url = strings.Replace(m[1], "localhost", "127.0.0.1", 1)
			return true
		}
		return false
	}, patience, 20*time.Millisecond, "it does not become ready; it says: %v", lateOutput{p})
	res, err := http.Get(p.url + "/readyz")
	require.NoError(p.t, err)
	require.NoError(p.t, res.Body.Close())
	require.Equal(p.t, http.StatusOK, res.StatusCode)
	return p
}

// signal sends it and gives the exit code.
func (p *program) signal(s syscall.Signal) int {
	p.t.Helper()
	require.NoError(p.t, p.cmd.Process.Signal(s))
	select {
	case <-p.done:
	case <-time.After(patience):
		p.t.Fatalf("does not end: %s", p.output())
	}
	return p.cmd.ProcessState.ExitCode()
}

func (p *program) post(path string, body any) (int, string) {
	p.t.Helper()
	b, err := json.Marshal(body)
	require.NoError(p.t, err)
	jar, err := cookiejar.New(nil)
	require.NoError(p.t, err)
	res, err := (&http.Client{Jar: jar}).Post(p.url+"/api/v1"+path, "application/json", bytes.NewReader(b))
	require.NoError(p.t, err)
	defer func() { _ = res.Body.Close() }()
	answer, err := io.ReadAll(res.Body)
	require.NoError(p.t, err)
	return res.StatusCode, string(answer)
}

func dataDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "byline-serve") // t.TempDir is closed to the user that PostgreSQL runs as
	require.NoError(t, err)
	require.NoError(t, os.Chmod(dir, 0o755))
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return filepath.Join(dir, "data")
}

func postmaster(t *testing.T, data string) int {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(data, "postgres", "pgdata", "postmaster.pid"))
	require.NoError(t, err)
	pid, err := strconv.Atoi(strings.SplitN(string(b), "\n", 2)[0])
	require.NoError(t, err)
	return pid
}

func TestAKilledServerKeepsItsDataAndBlocksNothing(t *testing.T) {
	t.Parallel()
	data := dataDir(t)
	first := start(t, data).ready()
	link := regexp.MustCompile(`/invitation/(\S+)`).FindStringSubmatch(first.output())
	require.NotNil(t, link, "the first start tells how to become administrator: %s", first.output())
	status, body := first.post("/invitations/"+link[1]+"/accept", map[string]any{
		"email": "ada@example.com", "name": "Ada", "password": "correct horse battery", "timezone": "Europe/Berlin"})
	require.Equal(t, http.StatusOK, status, body)
	require.Equal(t, -1, first.signal(syscall.SIGKILL))

	second := start(t, data).ready()
	require.NotContains(t, second.output(), "/invitation/", "there is an administrator")
	status, body = second.post("/session", map[string]any{"email": "ada@example.com", "password": "correct horse battery"})
	require.Equal(t, http.StatusOK, status, body)

	third := start(t, data)
	<-third.done
	require.Equal(t, 1, third.cmd.ProcessState.ExitCode())
	require.Contains(t, third.output(), "Byline runs already at http://localhost:", "one server per data folder")

	migrate := start(t, data, "migrate")
	<-migrate.done
	require.Zero(t, migrate.cmd.ProcessState.ExitCode(), "commands work beside it: %s", migrate.output())

	pid := postmaster(t, data)
	require.Zero(t, second.signal(syscall.SIGTERM))
	require.ErrorIs(t, syscall.Kill(pid, 0), syscall.ESRCH, "PostgreSQL ends with it")
	require.NoFileExists(t, filepath.Join(data, addressesFile))
	require.NotContains(t, second.output(), "ERROR")
}

func TestTwoRunSideBySide(t *testing.T) {
	t.Parallel()
	a, b := start(t, dataDir(t)).ready(), start(t, dataDir(t)).ready()
	require.NotEqual(t, a.url, b.url)
	require.Zero(t, a.signal(syscall.SIGINT))
	require.Zero(t, b.signal(syscall.SIGINT))
}

func TestAServerEndsWithTheProcessThatStartedIt(t *testing.T) {
	t.Parallel()
	self, err := os.Executable()
	require.NoError(t, err)
	data := dataDir(t)
	shell := exec.Command("sh", "-c", `"$0" serve --with-parent & wait`, self)
	shell.Env = []string{"PATH=" + os.Getenv("PATH"), "BYLINE_TEST_AS_PROGRAM=1", "BYLINE_DATA=" + data, "BYLINE_ADDR=127.0.0.1:0", "BYLINE_MEILI_URLS=off"}
	require.NoError(t, shell.Start())
	require.Eventually(t, func() bool { return exists(filepath.Join(data, addressesFile)) }, patience, 20*time.Millisecond)
	require.NoError(t, shell.Process.Kill())
	_ = shell.Wait()
	require.Eventually(t, func() bool { return !exists(filepath.Join(data, addressesFile)) }, patience, 20*time.Millisecond)
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

func TestGeneratedSecretsStayAndArePrivate(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	first, err := loadSecrets(dir)
	require.NoError(t, err)
	second, err := loadSecrets(dir)
	require.NoError(t, err)
	require.Equal(t, first, second)
	require.GreaterOrEqual(t, len(first.Secret), 26, "128 bits and more")
	require.NotEqual(t, first.Secret, first.S3SecretKey)
	info, err := os.Stat(filepath.Join(dir, "secrets.json"))
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o600), info.Mode().Perm())
	require.NotEqual(t, derive(first.Secret, "links"), derive(first.Secret, "other"))
}

func TestTheAPIDescriptionNeedsNoServer(t *testing.T) {
	t.Parallel()
	var first, second bytes.Buffer
	require.NoError(t, run([]string{"openapi"}, &first))
	require.NoError(t, run([]string{"openapi"}, &second))
	require.Equal(t, first.String(), second.String())
	var doc struct{ OpenAPI string }
	require.NoError(t, json.Unmarshal(first.Bytes(), &doc))
	require.True(t, strings.HasPrefix(doc.OpenAPI, "3.1"))
}

func TestUnknownCommandsAreRefused(t *testing.T) {
	t.Parallel()
	require.ErrorIs(t, run([]string{"severe"}, io.Discard), errUsage)
	var out bytes.Buffer
	require.NoError(t, run([]string{"help"}, &out))
	for name := range commands {
		require.Contains(t, out.String(), fmt.Sprintf("byline %s ", name))
	}
}
