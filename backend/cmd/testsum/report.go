package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

// tally is what came of a step.
type tally struct {
	Passed, Failed  int
	Failures, Skips []string
}

func failure(why string) tally { return tally{Failed: 1, Failures: []string{why}} }

func (t *tally) add(o tally) {
	t.Passed += o.Passed
	t.Failed += o.Failed
	t.Failures = append(t.Failures, o.Failures...)
	t.Skips = append(t.Skips, o.Skips...)
}

// goEvent is a line of `go test -json` (go doc test2json).
type goEvent struct {
	Action, Package, ImportPath, Test, Output, FailedBuild string
	Elapsed                                                float64
}

// goPackage collects one package's events.
type goPackage struct {
	result map[string]string           // of every test
	output map[string]*strings.Builder // of every test; "" is the package's own
	order  []string
}

// goTests reads `go test -json` as it comes. A test with subtests is counted by them; it counts itself only when it
// failed and none of them did. A package that fails without a failed test (it does not build, it crashed, it hung) is
// one failure.
func goTests(r io.Reader, w io.Writer) (total tally) {
	packages := map[string]*goPackage{}
	builds := map[string]*strings.Builder{}
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		var e goEvent
		if json.Unmarshal(lines.Bytes(), &e) != nil || e.Action == "" {
			_, _ = fmt.Fprintln(w, lines.Text()) // e.g. a module that cannot be loaded
			continue
		}
		if e.ImportPath != "" && strings.HasPrefix(e.Action, "build-") {
			builder(builds, e.ImportPath).WriteString(e.Output)
			continue
		}
		p := packages[e.Package]
		if p == nil {
			p = &goPackage{result: map[string]string{}, output: map[string]*strings.Builder{}}
			packages[e.Package] = p
		}
		switch e.Action {
		case "output":
			builder(p.output, e.Test).WriteString(e.Output)
		case "run":
			p.order = append(p.order, e.Test)
		case "pass", "fail", "skip":
			if e.Test != "" {
				p.result[e.Test] = e.Action
				continue
			}
			t := p.tally(e, w, builds)
			total.add(t)
			if t.Passed+t.Failed > 0 {
				_, _ = fmt.Fprintf(w, "     %-4s %-52s %4d tests %6.1f s\n", mark(t), e.Package, t.Passed+t.Failed, e.Elapsed)
			}
			delete(packages, e.Package)
		}
	}
	for name := range packages { // the stream broke off
		total.add(failure(name + " did not end"))
	}
	return total
}

func builder(m map[string]*strings.Builder, key string) *strings.Builder {
	if m[key] == nil {
		m[key] = &strings.Builder{}
	}
	return m[key]
}

func (p *goPackage) tally(end goEvent, w io.Writer, builds map[string]*strings.Builder) (t tally) {
	failedBelow, parent := map[string]bool{}, map[string]bool{}
	for name, result := range p.result {
		for above := name; strings.Contains(above, "/"); {
			above = above[:strings.LastIndex(above, "/")]
			parent[above] = true
			failedBelow[above] = failedBelow[above] || result == "fail"
		}
	}
	for _, name := range p.order {
		full := end.Package + " " + name
		switch result := p.result[name]; {
		case result == "fail" && !failedBelow[name]:
			t.add(failure(full))
			_, _ = fmt.Fprintf(w, "--- %s\n%s", full, builder(p.output, name))
		case result == "skip":
			t.Skips = append(t.Skips, full+": "+reason(builder(p.output, name).String()))
		case result == "pass" && !parent[name]:
			t.Passed++
		case result == "": // it was running when the package crashed or hung
			_, _ = fmt.Fprintf(w, "--- %s did not end\n%s", full, builder(p.output, name))
		}
	}
	if end.Action == "fail" && t.Failed == 0 {
		why := " crashed or hung"
		if end.FailedBuild != "" {
			why = " does not build"
			_, _ = fmt.Fprint(w, builder(builds, end.FailedBuild))
		}
		t.add(failure(end.Package + why))
		_, _ = fmt.Fprint(w, builder(p.output, ""))
	}
	return t
}

// reason finds what t.Skip was told among a test's output.
func reason(output string) string {
	for line := range strings.Lines(output) {
		line = strings.TrimSpace(line)
		if line != "" && !strings.HasPrefix(line, "=== ") && !strings.HasPrefix(line, "--- ") {
			return line
		}
	}
	return "no reason given"
}

// vitestReport reads the JSON reporter of Vitest.
func vitestReport(b []byte) (t tally, err error) {
	var r struct {
		TestResults []struct {
			Name, Status, Message string
			AssertionResults      []struct{ FullName, Status string }
		}
	}
	if err := json.Unmarshal(b, &r); err != nil {
		return t, err
	}
	for _, file := range r.TestResults {
		failed := 0
		for _, a := range file.AssertionResults {
			switch a.Status {
			case "passed":
				t.Passed++
			case "failed":
				failed++
				t.add(failure(a.FullName))
			default:
				t.Skips = append(t.Skips, a.FullName+": "+a.Status)
			}
		}
		if file.Status == "failed" && failed == 0 { // it could not be loaded
			t.add(failure(file.Name + ": " + file.Message))
		}
	}
	return t, nil
}

// playwrightReport reads the JSON reporter of Playwright. A test that passed at a second try is named among the
// skipped ones, so that nobody overlooks it.
func playwrightReport(b []byte) (t tally, err error) {
	var r struct {
		Suites []playwrightSuite
		Errors []struct{ Message string }
	}
	if err := json.Unmarshal(b, &r); err != nil {
		return t, err
	}
	for _, s := range r.Suites {
		s.count(&t, "")
	}
	if len(r.Errors) > 0 && t.Failed == 0 { // outside of any test: setup, configuration
		t.add(failure(r.Errors[0].Message))
	}
	return t, nil
}

type playwrightSuite struct {
	Title  string
	Suites []playwrightSuite
	Specs  []struct {
		Title string
		Tests []struct {
			Status      string
			ProjectName string
			Annotations []struct{ Type, Description string }
		}
	}
}

func (s playwrightSuite) count(t *tally, above string) {
	above += s.Title + " › "
	for _, spec := range s.Specs {
		for _, test := range spec.Tests {
			name := above + spec.Title
			switch test.Status {
			case "expected":
				t.Passed++
			case "flaky":
				t.Passed++
				t.Skips = append(t.Skips, name+": passed at a second try only")
			case "skipped":
				why := "no reason given"
				for _, a := range test.Annotations {
					if a.Description != "" {
						why = a.Description
					}
				}
				t.Skips = append(t.Skips, name+": "+why)
			default:
				t.add(failure(name))
			}
		}
	}
	for _, inner := range s.Suites {
		inner.count(t, above)
	}
}
