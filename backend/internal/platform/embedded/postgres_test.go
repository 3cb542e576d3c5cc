package embedded

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
)

// tempDir is a folder that the unprivileged user can enter, which t.TempDir's is not.
func tempDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "byline-embedded")
	require.NoError(t, err)
	require.NoError(t, os.Chmod(dir, 0o755))
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}

func query(t *testing.T, pg *Postgres, sql string) (answer string) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), pg.DSN("postgres"))
	require.NoError(t, err)
	defer func() { _ = conn.Close(t.Context()) }()
	require.NoError(t, conn.QueryRow(t.Context(), sql).Scan(&answer))
	return answer
}

// The package of the npm registry lacks its symbolic links and may lie where the unprivileged user cannot read it.
func TestTheServerFromNpmRuns(t *testing.T) {
	t.Parallel()
	programs := filepath.Join(Modules(), postgresPackage(), "native", "bin")
	if _, err := os.Stat(programs); err != nil {
		t.Skip("no PostgreSQL in deploy/embedded (npm ci has not run there, or there is none for this platform)")
	}
	dir := tempDir(t)
	copied, err := copyPrograms(programs, filepath.Join(dir, "programs"))
	require.NoError(t, err)
	again, err := copyPrograms(programs, filepath.Join(dir, "programs"))
	require.NoError(t, err)
	require.Equal(t, copied, again, "copied once only")
	links, err := filepath.Glob(filepath.Join(filepath.Dir(copied), "lib", "libicuuc.so.*"))
	require.NoError(t, err)
	require.Len(t, links, 2, "the library and its link")

	pg, err := StartPostgres(t.Context(), PostgresOptions{BinDir: copied, DataDir: filepath.Join(dir, "data"), Unsafe: true})
	require.NoError(t, err)
	require.True(t, strings.HasPrefix(query(t, pg, `SHOW server_version`), "18."))
	require.Equal(t, "true", query(t, pg, `SELECT ('über' ILIKE 'ÜBER')::text`), "names of people are found whatever their case")
	require.NoError(t, pg.Stop(t.Context()))
}

func TestAServerThatAKilledProcessLeftBehindIsEnded(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(tempDir(t), "data")
	orphan, err := StartPostgres(t.Context(), PostgresOptions{DataDir: dir, Unsafe: true})
	require.NoError(t, err)

	_, err = StartPostgres(t.Context(), PostgresOptions{DataDir: dir, Unsafe: true})
	require.ErrorContains(t, err, "already serves", "without the lock of the folder it is somebody's")

	pg, err := StartPostgres(t.Context(), PostgresOptions{DataDir: dir, Unsafe: true, Owned: true})
	require.NoError(t, err)
	require.NotEqual(t, orphan.PID(), pg.PID())
	require.Equal(t, "1", query(t, pg, `SELECT '1'`))
	require.NoError(t, pg.Stop(t.Context()))
}

func TestLinksOfAPackageStayInside(t *testing.T) {
	t.Parallel()
	native := filepath.Join(t.TempDir(), "native")
	require.NoError(t, os.MkdirAll(filepath.Join(native, "bin"), 0o755))
	require.NoError(t, os.WriteFile(filepath.Join(native, "pg-symlinks.json"), []byte(`[{"source":"native/x","target":"../../evil"}]`), 0o600))
	require.ErrorContains(t, linkLibraries(filepath.Join(native, "bin")), "outside")
}

func TestOneProcessPerFolder(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	release, err := LockFolder(dir)
	require.NoError(t, err)
	_, err = LockFolder(dir)
	var locked LockedError
	require.ErrorAs(t, err, &locked)
	require.Equal(t, os.Getpid(), locked.PID)
	release()
	release, err = LockFolder(dir)
	require.NoError(t, err)
	release()
}

func TestReachable(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(tempDir(t), "a", "b")
	require.NoError(t, os.MkdirAll(dir, 0o755))
	require.True(t, Reachable(dir))
	require.NoError(t, os.Chmod(filepath.Dir(dir), 0o700))
	require.False(t, Reachable(dir))
}
