package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"byline/backend/internal/platform/corpustest"
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
	corpus := corpustest.Need(t)
	data := dataDir(t)
	server := start(t, data, "serve", "--demo").ready()
	killed := commandOf(t, data, "import", corpus)
	require.NoError(t, killed.Start())
	time.Sleep(1500 * time.Millisecond)
	require.NoError(t, killed.Process.Kill())
	_ = killed.Wait()
	path := filepath.Join(t.TempDir(), "report.json")
	out := bylineCommand(t, data, "import", corpus, "--report", path)
	var r importReport
	b, err := os.ReadFile(path)
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(b, &r))
	require.Equal(t, 1905, r.Articles.Created+r.Articles.Unchanged)
	require.Equal(t, 53, r.Files.Created+r.Files.Unchanged)
	require.Empty(t, r.Refused)
	require.Len(t, r.FileStates, 53)
	for _, f := range r.FileStates {
		require.Contains(t, []string{"ready", "limited"}, string(f.State), f.Name)
		require.Equal(t, f.Reason == "", f.Explanation == "", f.Name)
	}
	require.Contains(t, out, "49 ready, 4 limited, 0 refused, 0 still to be read")
	require.Equal(t, 0, server.signal(syscall.SIGTERM))
	out = bylineCommand(t, data, "import", "--as", "viktor@kelvora.example", corpus) // alone
	require.Contains(t, strings.Join(strings.Fields(out), " "), "articles 1905 0 0 1905 0 files 53 0 0 53 0")
	bad, err := commandOf(t, data, "import", "--as", "nobody@kelvora.example", corpus).CombinedOutput()
	require.Error(t, err)
	require.Contains(t, string(bad), "nobody has the address")
}
