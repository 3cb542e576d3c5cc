// Package corpustest finds the folder of real articles and files that some tests and benches read. It is not part of the
// repository: without it those tests are skipped and say so.
package corpustest

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

// Dir gives the folder: BYLINE_CORPUS, or shared/corpus beside the checkout. ok is false when it is not there.
func Dir() (dir string, ok bool) {
	dir = os.Getenv("BYLINE_CORPUS")
	if dir == "" {
		_, file, _, _ := runtime.Caller(0)
		dir = filepath.Join(filepath.Dir(file), "../../../../../shared/corpus")
	}
	_, err := os.Stat(filepath.Join(dir, "files.jsonl"))
	return dir, err == nil
}

// Need gives the folder, or skips the test with the reason.
func Need(t testing.TB) string {
	t.Helper()
	dir, ok := Dir()
	if !ok {
		t.Skipf("skipped: the corpus is not at %s (set BYLINE_CORPUS)", dir)
	}
	return dir
}

// NeedWhole is Need for a test that works through everything and takes long: it runs where BYLINE_WHOLE_CORPUS is set, as
// by `make test-corpus`.
func NeedWhole(t testing.TB) string {
	t.Helper()
	if os.Getenv("BYLINE_WHOLE_CORPUS") == "" {
		t.Skip("skipped: works through the whole corpus; run make test-corpus")
	}
	return Need(t)
}
