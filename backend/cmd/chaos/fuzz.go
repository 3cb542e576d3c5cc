package main

import (
	"bufio"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"text/tabwriter"
	"time"
)

// fuzzed are the fuzz tests of live co-writing: what the decoder, the authority and the parser of documents make of
// random bytes and of changed real messages.
var fuzzed = []string{"FuzzDecode", "FuzzPush", "FuzzParse"}

// fuzzResult is the last line of the trial.
type fuzzResult struct {
	Seeds      int `json:"seeds"`       // simulations that ended with one text for all
	Diverged   int `json:"diverged"`    // simulations that did not
	Commits    int `json:"commits"`     // changes that the logs of the simulations took
	Rebased    int `json:"rebased"`     // of those, on top of others' changes
	Repeated   int `json:"repeated"`    // pushes that came twice and counted once
	Messages   int `json:"messages"`    // random messages and documents tried
	Crashes    int `json:"crashes"`     // fuzz tests that found a panic or a limit that was passed
	FuzzSecond int `json:"fuzz_second"` // length of each fuzz test, in seconds
}

// fuzzTrial runs the simulation of people who write together over a bad network, then random messages.
func fuzzTrial(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("fuzz", flag.ContinueOnError)
	seeds := flags.Int("seeds", 5000, "simulations; 0 leaves them out")
	length := flags.Duration("fuzztime", time.Minute, "of each fuzz test; 0 leaves them out")
	if err := flags.Parse(args); err != nil {
		return err
	}
	r := fuzzResult{FuzzSecond: int(length.Seconds())}
	table := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	if *seeds > 0 {
		out, err := goTest(ctx, []string{"BYLINE_FUZZ_SEEDS=" + strconv.Itoa(*seeds)}, "-run", "^TestEverybodyEndsWithTheSameText$", "-count=1", "-v", "-timeout", "6h")
		if err != nil {
			r.Diverged++ // the test ends with the first one
		}
		sums := sumOf(out)
		r.Seeds, r.Commits, r.Rebased, r.Repeated = sums["seeds"], sums["commits"], sums["rebased"], sums["repeated"]
		for _, name := range []string{"seeds", "edits", "commits", "rebased", "repeated", "dropped", "kills", "offline", "suggested"} {
			_, _ = fmt.Fprintf(table, "simulation\t%s\t%d\n", name, sums[name])
		}
	}
	if *length > 0 {
		for _, name := range fuzzed {
			out, err := goTest(ctx, nil, "-run", "^$", "-fuzz", "^"+name+"$", "-fuzztime", length.String())
			if err != nil {
				r.Crashes++
			}
			n := last(executions, out)
			r.Messages += n
			_, _ = fmt.Fprintf(table, "%s\ttried\t%d\n", name, n)
		}
	}
	_ = table.Flush()
	b, err := json.Marshal(r)
	if err != nil {
		return err
	}
	fmt.Println("RESULT", string(b))
	if r.Diverged > 0 || r.Crashes > 0 {
		return fmt.Errorf("%d diverged, %d crashes: see above", r.Diverged, r.Crashes)
	}
	return nil
}

// goTest runs tests of the package of live co-writing, shows what they say and gives it too.
func goTest(ctx context.Context, env []string, args ...string) (lines []string, err error) {
	cmd := exec.CommandContext(ctx, "go", append([]string{"test", "./internal/coedit"}, args...)...)
	cmd.Env = append(os.Environ(), env...)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	for in := bufio.NewScanner(io.TeeReader(out, os.Stdout)); in.Scan(); {
		lines = append(lines, in.Text())
	}
	return lines, cmd.Wait()
}

var (
	counted    = regexp.MustCompile(`(\w+):(\d+)`)
	counters   = regexp.MustCompile(`\[\{seeds:.*\}\]`)
	executions = regexp.MustCompile(`execs: (\d+)`)
)

// sumOf adds up what the workers of the simulation counted.
func sumOf(lines []string) map[string]int {
	sums := map[string]int{}
	for _, line := range lines {
		for _, m := range counted.FindAllStringSubmatch(counters.FindString(line), -1) {
			n, _ := strconv.Atoi(m[2])
			sums[m[1]] += n
		}
	}
	return sums
}

// last gives the last number that a pattern finds.
func last(pattern *regexp.Regexp, lines []string) (n int) {
	for _, line := range lines {
		if m := pattern.FindStringSubmatch(line); m != nil {
			n, _ = strconv.Atoi(m[1])
		}
	}
	return n
}
