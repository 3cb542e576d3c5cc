package main

import (
	"archive/zip"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"byline/backend/internal/transfer"
)

func TestAResourceCenterGoesOutAndInElsewhereByCommand(t *testing.T) {
	from, to, dir := dataDir(t), dataDir(t), t.TempDir()
	file, again, report := filepath.Join(dir, "all.zip"), filepath.Join(dir, "again.zip"), filepath.Join(dir, "report.csv")
	folder := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(folder, "list.csv"), []byte("title;text;tags\nPumps;# Words;a|b\nValves;More *words*;c\n;nothing;\n"), 0o600))
	require.Contains(t, bylineCommand(t, from, "import", folder), "2 created, 0 updated, 0 unchanged, 0 kept as they are here, 1 refused")
	require.Contains(t, bylineCommand(t, from, "export", file), "2 resources")
	require.Contains(t, bylineCommand(t, to, "import", "--dry-run", file), "2 would be created, 0 updated")
	require.Contains(t, bylineCommand(t, to, "import", "--report", report, file), "2 created, 0 updated")
	rows, err := os.ReadFile(report) //nolint:gosec // a test
	require.NoError(t, err)
	require.Contains(t, string(rows), "resources,1,created,")
	bylineCommand(t, to, "export", again)
	require.Equal(t, manifest(t, file).Resources, manifest(t, again).Resources)
	require.Contains(t, bylineCommand(t, to, "import", file), "0 created, 0 updated, 2 unchanged")
}

func manifest(t *testing.T, name string) (m transfer.Manifest) {
	t.Helper()
	z, err := zip.OpenReader(name)
	require.NoError(t, err)
	defer func() { require.NoError(t, z.Close()) }()
	r, err := z.Open("byline-export.json")
	require.NoError(t, err)
	require.NoError(t, json.NewDecoder(r).Decode(&m))
	require.Positive(t, m.Resources)
	return m
}
