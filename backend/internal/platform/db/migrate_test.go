package db_test

import (
	"io/fs"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	schema "byline/backend/db"
	"byline/backend/internal/platform/dbtest"
)

// Migrations are numbered by domain, so that a new one of an early domain comes after applied ones of later domains.
func TestAMigrationThatStandsBeforeAppliedOnesIsApplied(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	behind, err := d.Behind(t.Context(), schema.Files())
	require.NoError(t, err)
	require.False(t, behind)

	files := fstest.MapFS{"00199_late.sql": {Data: []byte("-- +goose Up\nCREATE TABLE late (id int);\n-- +goose Down\nDROP TABLE late;\n")}}
	names, err := fs.Glob(schema.Files(), "*.sql")
	require.NoError(t, err)
	for _, name := range names {
		text, err := fs.ReadFile(schema.Files(), name)
		require.NoError(t, err)
		files[name] = &fstest.MapFile{Data: text}
	}
	behind, err = d.Behind(t.Context(), files)
	require.NoError(t, err)
	require.True(t, behind, "a program with this migration must not serve on this database")
	require.NoError(t, d.Migrate(t.Context(), files))
	behind, err = d.Behind(t.Context(), files)
	require.NoError(t, err)
	require.False(t, behind)
	_, err = d.Pool().Exec(t.Context(), `SELECT FROM late`)
	require.NoError(t, err)
	require.NoError(t, d.Migrate(t.Context(), files), "again")
}
