// Command bench measures the product: speed against floors that are measured in the same run, and search quality on the
// corpus. The last line of its output is RESULT and a JSON object.
package main

import (
	"context"
	"fmt"
	"maps"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
)

// benches are what can be measured, by the name on the command line; a bench prints its table and its RESULT line.
var benches = map[string]func(ctx context.Context, args []string) error{}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	name := "speed"
	if len(args) > 0 && !strings.HasPrefix(args[0], "-") {
		name, args = args[0], args[1:]
	}
	do, ok := benches[name]
	if !ok {
		return fmt.Errorf("no bench %q; there are: %s", name, strings.Join(slices.Sorted(maps.Keys(benches)), ", "))
	}
	return do(ctx, args)
}
