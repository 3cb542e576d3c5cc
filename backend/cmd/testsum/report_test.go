package main

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func lines(events ...string) io.Reader { return strings.NewReader(strings.Join(events, "\n") + "\n") }

func TestGoTestsAreCountedByTheirSubtests(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	got := goTests(lines(
		`{"Action":"start","Package":"a"}`,
		`{"Action":"run","Package":"a","Test":"TestOne"}`,
		`{"Action":"pass","Package":"a","Test":"TestOne"}`,
		`{"Action":"run","Package":"a","Test":"TestMany"}`,
		`{"Action":"run","Package":"a","Test":"TestMany/x"}`,
		`{"Action":"run","Package":"a","Test":"TestMany/y"}`,
		`{"Action":"output","Package":"a","Test":"TestMany/y","Output":"want 1, got 2\n"}`,
		`{"Action":"pass","Package":"a","Test":"TestMany/x"}`,
		`{"Action":"fail","Package":"a","Test":"TestMany/y"}`,
		`{"Action":"fail","Package":"a","Test":"TestMany"}`,
		`{"Action":"fail","Package":"a","Elapsed":1}`,
	), &out)
	require.Equal(t, tally{Passed: 2, Failed: 1, Failures: []string{"a TestMany/y"}}, got)
	require.Contains(t, out.String(), "want 1, got 2")
}

func TestATestThatFailsBesideItsSubtestsCounts(t *testing.T) {
	t.Parallel()
	got := goTests(lines(
		`{"Action":"run","Package":"a","Test":"T"}`, `{"Action":"run","Package":"a","Test":"T/x"}`,
		`{"Action":"pass","Package":"a","Test":"T/x"}`, `{"Action":"fail","Package":"a","Test":"T"}`, `{"Action":"fail","Package":"a"}`,
	), io.Discard)
	require.Equal(t, tally{Passed: 1, Failed: 1, Failures: []string{"a T"}}, got)
}

func TestSkippedTestsTellWhy(t *testing.T) {
	t.Parallel()
	got := goTests(lines(
		`{"Action":"run","Package":"a","Test":"T"}`,
		`{"Action":"output","Package":"a","Test":"T","Output":"=== RUN   T\n"}`,
		`{"Action":"output","Package":"a","Test":"T","Output":"    x_test.go:3: no corpus\n"}`,
		`{"Action":"output","Package":"a","Test":"T","Output":"--- SKIP: T (0.00s)\n"}`,
		`{"Action":"skip","Package":"a","Test":"T"}`, `{"Action":"pass","Package":"a"}`,
	), io.Discard)
	require.Equal(t, tally{Skips: []string{"a T: x_test.go:3: no corpus"}}, got)
}

func TestAPackageThatDoesNotBuildIsOneFailure(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	got := goTests(lines(
		`{"ImportPath":"a [a.test]","Action":"build-output","Output":"a.go:1: undefined: x\n"}`,
		`{"ImportPath":"a [a.test]","Action":"build-fail"}`,
		`{"Action":"start","Package":"a"}`,
		`{"Action":"fail","Package":"a","Elapsed":0,"FailedBuild":"a [a.test]"}`,
	), &out)
	require.Equal(t, tally{Failed: 1, Failures: []string{"a does not build"}}, got)
	require.Contains(t, out.String(), "undefined: x")
}

func TestAPackageThatCrashesIsOneFailure(t *testing.T) {
	t.Parallel()
	got := goTests(lines(
		`{"Action":"run","Package":"a","Test":"T"}`,
		`{"Action":"output","Package":"a","Test":"T","Output":"panic: no\n"}`,
		`{"Action":"fail","Package":"a"}`,
		`{"Action":"run","Package":"b","Test":"T"}`,
	), io.Discard)
	require.Equal(t, 2, got.Failed)
	require.Equal(t, []string{"a crashed or hung", "b did not end"}, got.Failures)
}

func TestVitestReport(t *testing.T) {
	t.Parallel()
	got, err := vitestReport([]byte(`{"numTotalTests":4,"testResults":[
		{"name":"a.test.ts","status":"failed","assertionResults":[{"fullName":"sum adds","status":"passed"},{"fullName":"sum breaks","status":"failed"},{"fullName":"sum later","status":"todo"}]},
		{"name":"b.test.ts","status":"failed","message":"cannot resolve ./x","assertionResults":[]}]}`))
	require.NoError(t, err)
	require.Equal(t, tally{Passed: 1, Failed: 2, Failures: []string{"sum breaks", "b.test.ts: cannot resolve ./x"}, Skips: []string{"sum later: todo"}}, got)
}

func TestPlaywrightReport(t *testing.T) {
	t.Parallel()
	got, err := playwrightReport([]byte(`{"suites":[{"title":"story.spec.ts","specs":[{"title":"whole job","tests":[{"status":"expected"}]}],
		"suites":[{"title":"phone","specs":[{"title":"reads","tests":[{"status":"unexpected"}]},{"title":"again","tests":[{"status":"flaky"}]},
		{"title":"later","tests":[{"status":"skipped","annotations":[{"type":"skip","description":"needs a camera"}]}]}]}]}],"errors":[]}`))
	require.NoError(t, err)
	require.Equal(t, 2, got.Passed)
	require.Equal(t, []string{"story.spec.ts › phone › reads"}, got.Failures)
	require.Equal(t, []string{"story.spec.ts › phone › again: passed at a second try only", "story.spec.ts › phone › later: needs a camera"}, got.Skips)
	got, err = playwrightReport([]byte(`{"suites":[],"errors":[{"message":"the server did not start"}]}`))
	require.NoError(t, err)
	require.Equal(t, failure("the server did not start"), got)
}

func TestAStepIsJudgedByWhatItDoes(t *testing.T) {
	t.Parallel()
	sh := func(script string) step {
		return step{name: "s", dir: t.TempDir(), command: []string{"sh", "-c", script}}
	}
	ctx := t.Context()
	require.Equal(t, tally{Passed: 1}, sh("true").run(ctx, io.Discard))
	var out bytes.Buffer
	require.Equal(t, 1, sh("echo broken; exit 3").run(ctx, &out).Failed)
	require.Contains(t, out.String(), "broken")

	silent := sh("echo main.go")
	silent.silent = true
	require.Equal(t, 1, silent.run(ctx, io.Discard).Failed, "gofmt -l succeeds with a list")

	slow := sh("sleep 60")
	slow.limit = 50 * time.Millisecond
	require.Equal(t, 1, slow.run(ctx, io.Discard).Failed)

	missing := sh("true")
	missing.report = fromFile(filepath.Join(t.TempDir(), "none.json"), vitestReport)
	require.Equal(t, 1, missing.run(ctx, io.Discard).Failed, "no report, no success")

	path := filepath.Join(t.TempDir(), "r.json")
	require.NoError(t, os.WriteFile(path, []byte(`{"testResults":[]}`), 0o600))
	empty := sh("true")
	empty.report = fromFile(path, vitestReport)
	require.Equal(t, 1, empty.run(ctx, io.Discard).Failed, "no test, no success")

	require.NoError(t, os.WriteFile(path, []byte(`{"testResults":[{"assertionResults":[{"status":"passed"}]}]}`), 0o600))
	crash := sh("exit 1")
	crash.report = fromFile(path, vitestReport)
	require.Equal(t, tally{Passed: 1, Failed: 1, Failures: []string{"the command failed: exit status 1"}}, crash.run(ctx, io.Discard), "a crash after the last test")

	refused := sh("true")
	refused.before = func(context.Context) ([]string, func(), error) { return nil, nil, os.ErrNotExist }
	require.Equal(t, 1, refused.run(ctx, io.Discard).Failed)
}
