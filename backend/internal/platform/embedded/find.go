package embedded

import (
	"errors"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// findPostgres looks for a server's programs: first beside those on the PATH, then where Linux distributions and
// Homebrew put them, then in the npm package that deploy/embedded installs.
func findPostgres() (string, error) {
	var dirs []string
	if p, err := exec.LookPath("initdb"); err == nil {
		if real, err := filepath.EvalSymlinks(p); err == nil {
			dirs = append(dirs, filepath.Dir(real))
		}
	}
	for _, pattern := range []string{"/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql@*/bin", "/usr/local/opt/postgresql@*/bin"} {
		found, _ := filepath.Glob(pattern)
		slices.SortFunc(found, func(a, b string) int { return strings.Compare(b, a) }) // newest first
		dirs = append(dirs, found...)
	}
	for _, dir := range dirs {
		if _, err := exec.LookPath(filepath.Join(dir, "postgres")); err == nil {
			return dir, nil
		}
	}
	return "", errors.New("no PostgreSQL server found: install one, run `npm ci` in deploy/embedded, or set BYLINE_DATABASE_URL")
}
