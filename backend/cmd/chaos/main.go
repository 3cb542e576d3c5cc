// Command chaos breaks things on purpose and says what came of it. The last line of its output is RESULT and a JSON
// object.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"
)

// trials are what can be broken, by the name on the command line.
var trials = map[string]func(ctx context.Context, args []string) error{"coedit": coeditTrial, "fuzz": fuzzTrial}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "chaos:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	if len(args) == 0 || trials[args[0]] == nil {
		return errors.New("say what to break: coedit or fuzz")
	}
	return trials[args[0]](ctx, args[1:])
}
