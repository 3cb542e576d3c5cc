package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
)

// bylineCommand runs a command to its end and gives what it printed.
func bylineCommand(t *testing.T, data string, args ...string) string {
	t.Helper()
	out, err := commandOf(t, data, args...).CombinedOutput()
	require.NoError(t, err, string(out))
	return string(out)
}

func commandOf(t *testing.T, data string, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	require.NoError(t, err)
	cmd := exec.CommandContext(t.Context(), self, args...)
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + os.Getenv("HOME"), "BYLINE_TEST_AS_PROGRAM=1", "BYLINE_DATA=" + data,
		"BYLINE_ADDR=127.0.0.1:0", "BYLINE_MEILI_URLS=off"}
	return cmd
}

func TestAnImportWorksBesideAServerGoesOnAfterAKillAndAlone(t *testing.T) {
	corpus := t.TempDir()
	var list strings.Builder
	for i := range 2000 {
		_, _ = fmt.Fprintf(&list, `{"id":"a%d","title":"Title %d","type":"guide","body_markdown":"# Words\n\nSome *words* about pumps."}`+"\n", i, i)
	}
	for name, content := range map[string]string{"articles.jsonl": list.String(), "files.jsonl": `{"file":"a.txt"}` + "\n" + `{"file":"b.png"}`, "a.txt": "words", "b.png": "<html><body>no picture"} {
		require.NoError(t, os.WriteFile(filepath.Join(corpus, name), []byte(content), 0o600))
	}
	data := dataDir(t)
	server := start(t, data, "serve").ready()
	at, err := readAddresses(data)
	require.NoError(t, err)
	conn, err := pgx.Connect(t.Context(), at.DatabaseURL)
	require.NoError(t, err)
	_, err = conn.Exec(t.Context(), `INSERT INTO users (id, email, name, side, admin) VALUES (gen_random_uuid(), 'viktor@example.com', 'Viktor', 'sales', true)`)
	require.NoError(t, err)
	count := func() (n int) {
		require.NoError(t, conn.QueryRow(t.Context(), `SELECT count(*) FROM resources`).Scan(&n))
		return n
	}
	killed := commandOf(t, data, "import", corpus)
	require.NoError(t, killed.Start())
	require.Eventually(t, func() bool { return count() > 0 }, time.Minute, time.Millisecond)
	require.NoError(t, killed.Process.Kill())
	_ = killed.Wait()
	path := filepath.Join(t.TempDir(), "report.json")
	out := bylineCommand(t, data, "import", corpus, "--report", path)
	var r importReport
	b, err := os.ReadFile(path)
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(b, &r))
	require.Equal(t, 2000, r.Articles.Created+r.Articles.Unchanged)
	require.Equal(t, 2, r.Files.Created+r.Files.Unchanged)
	require.Empty(t, r.Refused)
	require.Len(t, r.FileStates, 2)
	for _, f := range r.FileStates {
		require.Contains(t, []string{"ready", "limited"}, string(f.State), f.Name)
		require.Equal(t, f.Reason == "", f.Explanation == "", f.Name)
	}
	require.Contains(t, out, "1 ready, 1 limited, 0 refused, 0 still to be read")
	require.Equal(t, 2002, count())
	require.NoError(t, conn.Close(t.Context()))
	require.Equal(t, 0, server.signal(syscall.SIGTERM))
	out = bylineCommand(t, data, "import", "--as", "viktor@example.com", corpus) // alone
	require.Contains(t, strings.Join(strings.Fields(out), " "), "articles 2000 0 0 2000 0 files 2 0 0 2 0")
	bad, err := commandOf(t, data, "import", "--as", "nobody@example.com", corpus).CombinedOutput()
	require.Error(t, err)
	require.Contains(t, string(bad), "nobody has the address")
}
