package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"
)

// step is one command of the test run.
type step struct {
	name, group string
	dir         string
	command     []string
	env         []string
	limit       time.Duration
	silent      bool // any output is a failure (gofmt -l)
	// report reads the results; nil means that the command is one check, which its exit status decides.
	report func(output []byte) tally
	stream func(io.Reader, io.Writer) tally // of output while it comes, instead of report
	before func(ctx context.Context) (env []string, stop func(), err error)
}

// steps lists everything, quick and telling things first.
func steps(root, reports string) []step {
	backend, frontend := filepath.Join(root, "backend"), filepath.Join(root, "frontend")
	vitest, playwright := filepath.Join(reports, "vitest.json"), filepath.Join(reports, "playwright.json")
	sh := func(script string) []string { return []string{"sh", filepath.Join(root, "scripts", script)} }
	return []step{
		{name: "gofmt", group: "static", dir: backend, command: []string{"gofmt", "-l", "."}, silent: true},
		{name: "go vet", group: "static", dir: backend, command: []string{"go", "vet", "./..."}},
		{name: "staticcheck", group: "static", dir: backend, command: []string{"go", "tool", "staticcheck", "./..."}},
		{name: "generated files", group: "static", dir: root, command: sh("check-gen.sh")},
		{name: "type check", group: "static", dir: frontend, command: []string{"npm", "run", "--silent", "typecheck"}},
		{name: "biome", group: "static", dir: frontend, command: []string{"npm", "run", "--silent", "lint"}},
		{name: "bundle budgets", group: "static", dir: frontend, command: []string{"npm", "run", "--silent", "size"}},
		{name: "go test", group: "go", dir: backend, command: []string{"go", "test", "-json", "-timeout", "9m", "./..."}, limit: 15 * time.Minute,
			stream: goTests, before: func(ctx context.Context) ([]string, func(), error) {
				env, stop := sharedPostgres(ctx)
				return env, stop, nil
			}},
		{name: "vitest", group: "web", dir: frontend, limit: 5 * time.Minute,
			command: []string{"npx", "--no", "vitest", "run", "--reporter=default", "--reporter=json", "--outputFile.json=" + vitest},
			report:  fromFile(vitest, vitestReport)},
		{name: "playwright", group: "e2e", dir: frontend, limit: 17 * time.Minute,
			command: []string{"npx", "--no", "playwright", "test", "--reporter=list,json"},
			env:     []string{"PLAYWRIGHT_JSON_OUTPUT_NAME=" + playwright, "BYLINE_BIN=" + filepath.Join(backend, "bin", "byline")},
			report:  fromFile(playwright, playwrightReport), before: func(ctx context.Context) ([]string, func(), error) {
				path, err := chromium(ctx, root)
				return []string{"BYLINE_CHROMIUM=" + path}, func() {}, err
			}},
	}
}

// run does one step. A command that fails without a failed test counts as one failure: it crashed, or nothing ran.
func (s step) run(ctx context.Context, out io.Writer) tally {
	limit := s.limit
	if limit == 0 {
		limit = 10 * time.Minute
	}
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	if s.before != nil {
		env, stop, err := s.before(ctx)
		if err != nil {
			return failure(err.Error())
		}
		defer stop()
		s.env = append(s.env, env...)
	}
	c := command(ctx, s)
	var output bytes.Buffer
	c.Stdout, c.Stderr = &output, &output
	var t tally
	var err error
	if s.stream != nil {
		r, w := io.Pipe()
		c.Stdout, c.Stderr = w, w
		done := make(chan tally)
		go func() { done <- s.stream(r, out) }()
		err = c.Run()
		_ = w.Close()
		t = <-done
	} else {
		err = c.Run()
		if s.report != nil {
			t = s.report(output.Bytes())
		} else if err == nil && (!s.silent || output.Len() == 0) {
			t.Passed = 1
		} else {
			t = failure(fmt.Sprint("see above", suffix(err)))
		}
	}
	if err != nil && t.Failed == 0 {
		t.add(failure("the command failed" + suffix(err)))
	}
	if t.Failed > 0 && s.stream == nil {
		_, _ = fmt.Fprintf(out, "--- %s\n%s\n", s.name, output.Bytes())
	}
	return t
}

func suffix(err error) string {
	if err == nil {
		return ""
	}
	return ": " + err.Error()
}

func fromFile(path string, read func([]byte) (tally, error)) func([]byte) tally {
	return func([]byte) tally {
		b, err := os.ReadFile(path)
		if err != nil {
			return failure("no report was written, so the tests did not run")
		}
		t, err := read(b)
		if err != nil {
			return failure("the report cannot be read: " + err.Error())
		}
		if t.Passed+t.Failed == 0 {
			t.add(failure("no test ran"))
		}
		return t
	}
}
