// Command byline is the whole product: web server, background workers, and the commands to look after them.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"

	"byline/backend/internal/platform/config"
	"byline/backend/internal/platform/extract"
)

const usage = `Byline: content co-creation and sales enablement.

  byline serve [--demo] [--api-only]   web server and background workers (the default)
  byline worker                        background workers alone
  byline migrate                       bring the database up to date
  byline seed                          fill an empty database with the demo workspace
  byline import [--as EMAIL] [--report FILE.json] [--no-wait] [--dry-run] FOLDER or FILE.zip
                                       bring articles, files or an export into the resource center; docs/import.md
  byline export [--as EMAIL] FILE.zip  take the whole resource center out, readable without Byline; docs/import.md
  byline reindex                       make everything that search knows anew, without a gap
  byline health [address]              whether a server answers, for containers
  byline openapi                       print the description of the API
  byline version                       print the version

Settings come from the environment; docs/operations.md lists them.
`

type command func(ctx context.Context, cfg config.Config, args []string, out io.Writer) error

var commands = map[string]command{
	"serve":   serve,
	"worker":  worker,
	"migrate": migrate,
	"health":  health,
	"seed":    seedDemo,
	"import":  importFolder,
	"export":  exportAll,
	"reindex": reindex,
}

func main() {
	if os.Getenv("BYLINE_EXTRACT") == "1" { // the child process that reads files of strangers
		if err := extract.Main(os.Args[1:], os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	if err := run(os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "byline:", err)
		os.Exit(1)
	}
}

var errUsage = errors.New("no such command; see byline help")

func run(args []string, out io.Writer) error {
	name := "serve"
	if len(args) > 0 {
		name, args = args[0], args[1:]
	}
	switch name {
	case "help", "-h", "--help":
		_, err := io.WriteString(out, usage)
		return err
	case "version":
		_, err := fmt.Fprintln(out, version())
		return err
	case "openapi":
		return openAPI(out)
	}
	do, ok := commands[name]
	if !ok {
		return errUsage
	}
	cfg, err := config.Load(os.Getenv)
	if err != nil {
		return fmt.Errorf("these settings are not right:\n%w", err)
	}
	slog.SetDefault(logger(cfg, os.Stderr))
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	go func() { // a second signal ends the process at once; embedded servers end with it
		<-ctx.Done()
		stop()
	}()
	return do(ctx, cfg, args, out)
}

func logger(cfg config.Config, w io.Writer) *slog.Logger {
	var level slog.Level
	_ = level.UnmarshalText([]byte(cfg.LogLevel)) // config has checked it
	options := &slog.HandlerOptions{Level: level}
	if cfg.Production {
		return slog.New(slog.NewJSONHandler(w, options))
	}
	return slog.New(slog.NewTextHandler(w, options))
}

// version is what the build knows about itself.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	v, revision := info.Main.Version, ""
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			revision = " " + s.Value
		}
	}
	return v + revision + " " + info.GoVersion
}
