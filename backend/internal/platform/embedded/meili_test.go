package embedded

import (
	"context"
	"errors"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestMain lets the test program be a parent that can be killed.
func TestMain(m *testing.M) {
	if dir := os.Getenv("BYLINE_TEST_MEILI_PARENT"); dir != "" {
		if _, err := StartMeili(context.Background(), MeiliOptions{DataDir: dir, Key: "a key for tests only", Owned: true}); err != nil {
			os.Exit(1)
		}
		_ = os.WriteFile(filepath.Join(dir, "started"), nil, 0o600)
		select {}
	}
	os.Exit(m.Run())
}

func startMeili(t *testing.T, dir string) *Meili {
	t.Helper()
	m, err := StartMeili(t.Context(), MeiliOptions{DataDir: dir, Key: "a key for tests only", Owned: true})
	if errors.Is(err, ErrNoMeili) {
		t.Skip(err)
	}
	require.NoError(t, err)
	return m
}

func TestMeilisearchAnswersOnlyWhoHasItsKeyAndStops(t *testing.T) {
	t.Parallel()
	m := startMeili(t, tempDir(t))
	require.True(t, strings.HasPrefix(m.URL(), "http://127.0.0.1:"))
	res, err := http.Get(m.URL() + "/indexes")
	require.NoError(t, err)
	_ = res.Body.Close()
	require.Equal(t, http.StatusUnauthorized, res.StatusCode)
	require.NoError(t, m.Stop(t.Context()))
	require.ErrorIs(t, syscall.Kill(m.PID(), 0), syscall.ESRCH)
}

func TestAMeilisearchEndsWithItsParentAndBlocksNothing(t *testing.T) {
	t.Parallel()
	if _, err := FindMeili(""); err != nil {
		t.Skip(err)
	}
	dir := tempDir(t)
	parent := exec.Command(os.Args[0])
	parent.Env = append(os.Environ(), "BYLINE_TEST_MEILI_PARENT="+dir)
	require.NoError(t, parent.Start())
	require.Eventually(t, func() bool { _, err := os.Stat(filepath.Join(dir, "started")); return err == nil }, 30*time.Second, 20*time.Millisecond)
	b, err := os.ReadFile(filepath.Join(dir, "meilisearch.pid"))
	require.NoError(t, err)
	pid, err := strconv.Atoi(string(b))
	require.NoError(t, err)
	require.NoError(t, parent.Process.Kill())
	_ = parent.Wait()
	next := startMeili(t, dir) // at once, whatever is left
	require.Eventually(t, func() bool { return errors.Is(syscall.Kill(pid, 0), syscall.ESRCH) || pid == next.PID() }, 10*time.Second, 20*time.Millisecond)
	require.NoError(t, next.Stop(t.Context()))
}

func TestAProgramThatWasNotCheckedIsNotRun(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "meilisearch")
	require.NoError(t, os.WriteFile(path, []byte("#!/bin/sh\n"), 0o700))
	require.ErrorIs(t, checkSum(path, meiliSums["linux/amd64"]), ErrNoMeili)
}
