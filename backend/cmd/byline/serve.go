package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/url"
	"os"
	"strconv"
	"syscall"
	"time"

	schema "byline/backend/db"
	"byline/backend/internal/httpapi"
	"byline/backend/internal/platform/config"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/jobs"
	"byline/backend/internal/seed"
)

// serve is the web server, with the background workers unless they run elsewhere.
func serve(ctx context.Context, cfg config.Config, args []string, out io.Writer) error {
	flags := flag.NewFlagSet("serve", flag.ContinueOnError)
	demo := flags.Bool("demo", false, "fill an empty database with a demo workspace")
	apiOnly := flags.Bool("api-only", false, "no background workers in this process")
	withParent := flags.Bool("with-parent", false, "end when the process that started this one ends")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *demo && cfg.Production {
		return errDemo
	}
	started := time.Now()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	if *withParent {
		go whileParentLives(ctx, cancel)
	}
	listener, note, err := listen(ctx, cfg)
	if err != nil {
		return err
	}
	defer func() { _ = listener.Close() }()
	public, origins := publicURL(cfg, listener.Addr())
	return withApp(ctx, cfg, webAt{public.String(), origins}, func(ctx context.Context, a *app, p *parts) error {
		var people []httpapi.DemoSignIn
		if *demo {
			if err := a.seed(ctx); err != nil {
				return err
			}
			for _, s := range seed.SignIns() {
				people = append(people, httpapi.DemoSignIn{Name: s.Name, Role: s.Role, Email: s.Email, Password: s.Password})
			}
		}
		stopMetrics, metricsAddr, err := a.serveMetrics(ctx, cfg)
		if err != nil {
			return err
		}
		defer stopMetrics()
		if !*apiOnly {
			runner, err := a.startWorkers(ctx, p)
			if err != nil {
				return err
			}
			defer stopWorkers(runner)
		}
		return a.answer(ctx, cfg, a.server(cfg, p, public, people), listener, func() error {
			slog.Info("ready", "address", public.String(), "metrics", metricsAddr, "after", time.Since(started).Round(time.Millisecond).String())
			return a.greet(ctx, out, public, note, *demo)
		})
	})
}

// answer answers requests until the context ends, and lets those under way finish.
func (a *app) answer(ctx context.Context, cfg config.Config, server *httpapi.Server, listener net.Listener, ready func() error) error {
	web := server.HTTPServer()
	web.Handler = countRequests(web.Handler)
	failed := make(chan error, 1)
	go func() { failed <- web.Serve(listener) }()
	err := ready()
	if err != nil {
		return err
	}
	select {
	case <-ctx.Done():
	case err = <-failed:
	}
	slog.Info("stopping")
	server.Drain()
	time.Sleep(cfg.Drain) // a balancer notices that /readyz says no
	shutdown, done := context.WithTimeout(context.WithoutCancel(ctx), 15*time.Second)
	defer done()
	a.Live.Close(shutdown)
	if e := web.Shutdown(shutdown); e != nil {
		slog.Warn("some requests did not finish", "error", e)
		_ = web.Close()
	}
	return err
}

// worker does the background work alone.
func worker(ctx context.Context, cfg config.Config, _ []string, _ io.Writer) error {
	return withApp(ctx, cfg, webAt{}, func(ctx context.Context, a *app, p *parts) error {
		stopMetrics, metricsAddr, err := a.serveMetrics(ctx, cfg)
		if err != nil {
			return err
		}
		defer stopMetrics()
		runner, err := a.startWorkers(ctx, p)
		if err != nil {
			return err
		}
		defer stopWorkers(runner)
		slog.Info("working", "metrics", metricsAddr)
		<-ctx.Done()
		return nil
	})
}

// withApp runs something on the parts.
func withApp(ctx context.Context, cfg config.Config, web webAt, do func(context.Context, *app, *parts) error) error {
	return withDatabase(ctx, cfg, web, func(ctx context.Context, d *db.DB, p *parts) error {
		a, err := newApp(cfg, p, d)
		if err != nil {
			return err
		}
		if err := a.prepare(ctx, cfg); err != nil {
			return err
		}
		return do(ctx, a, p)
	})
}

func withDatabase(ctx context.Context, cfg config.Config, web webAt, do func(context.Context, *db.DB, *parts) error) error {
	p, err := startParts(ctx, cfg, web)
	if err != nil {
		return err
	}
	defer p.stop(context.WithoutCancel(ctx))
	d, err := openDatabase(ctx, cfg, p)
	if err != nil {
		return err
	}
	defer d.Close()
	return do(ctx, d, p)
}

// migrate brings the database up to date.
func migrate(ctx context.Context, cfg config.Config, _ []string, out io.Writer) error {
	return withDatabase(ctx, cfg, webAt{}, func(ctx context.Context, d *db.DB, _ *parts) error {
		if err := d.Migrate(ctx, schema.Files()); err != nil {
			return err
		}
		_, err := fmt.Fprintln(out, "The database is up to date.")
		return err
	})
}

// openDatabase waits for the server, which may be starting beside this process.
func openDatabase(ctx context.Context, cfg config.Config, p *parts) (*db.DB, error) {
	d, err := db.Open(ctx, p.DatabaseURL, db.Options{MaxConns: cfg.MaxConns})
	if err != nil {
		return nil, err
	}
	for try := 0; ; try++ {
		err = d.Pool().Ping(ctx)
		if err == nil {
			return d, nil
		}
		if try == 60 || ctx.Err() != nil {
			d.Close()
			return nil, fmt.Errorf("BYLINE_DATABASE_URL: the database does not answer: %w", err)
		}
		select {
		case <-ctx.Done():
		case <-time.After(500 * time.Millisecond):
		}
	}
}

// prepare makes database and storage fit for use. In production migrations are a step of their own, so that several
// replicas can start while an operator watches one command.
func (a *app) prepare(ctx context.Context, cfg config.Config) error {
	if !cfg.Production {
		if err := a.db.Migrate(ctx, schema.Files()); err != nil {
			return err
		}
		return a.blobs.EnsureBucket(ctx)
	}
	behind, err := a.db.Behind(ctx, schema.Files())
	if err != nil {
		return err
	}
	if behind {
		return errors.New("the database is older than this program: run `byline migrate`")
	}
	if err := a.blobs.EnsureBucket(ctx); err != nil { // the rest works without storage
		slog.Warn("storage", "error", err)
	}
	return nil
}

func (a *app) startWorkers(ctx context.Context, p *parts) (*jobs.Runner, error) {
	r := a.runner()
	if err := a.Search.Sync(ctx); err != nil {
		return nil, err
	}
	if p.sole {
		if err := r.TakeOver(ctx, a.db); err != nil {
			return nil, err
		}
		if err := a.ReleaseKeys(ctx); err != nil {
			return nil, err
		}
	}
	return r, r.Start(context.WithoutCancel(ctx), a.db) // stopWorkers ends it, letting jobs finish
}

// stopWorkers lets running jobs finish for a while; what does not is run again later.
func stopWorkers(r *jobs.Runner) {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	if err := r.Stop(ctx); err != nil {
		slog.Warn("some jobs did not finish and will run again", "error", err)
	}
}

// greet tells the person at the terminal how to begin.
func (a *app) greet(ctx context.Context, out io.Writer, public *url.URL, note string, demo bool) error {
	token := ""
	if !demo {
		var err error
		if token, err = a.People.FirstAdminToken(ctx); err != nil {
			return err
		}
	}
	text := fmt.Sprintf("\n  Byline is ready: %s\n%s", public, note)
	if token != "" {
		text += fmt.Sprintf("\n  Nobody has an account yet. This link makes the first administrator, once, within its time:\n  %s/invitation/%s\n", public, token)
	}
	if demo {
		text += demoSignIns()
	}
	_, err := fmt.Fprintln(out, text)
	return err
}

// listen takes the address of the settings; the default one gives way to the next free port, so that two clones run
// side by side.
func listen(ctx context.Context, cfg config.Config) (l net.Listener, note string, err error) {
	var lc net.ListenConfig
	l, err = lc.Listen(ctx, "tcp", cfg.Addr)
	if err == nil {
		return l, "", nil
	}
	if cfg.AddrGiven || cfg.Production || !errors.Is(err, syscall.EADDRINUSE) {
		return nil, "", fmt.Errorf("BYLINE_ADDR: %w", err)
	}
	host, port, err := net.SplitHostPort(cfg.Addr)
	if err != nil {
		return nil, "", err
	}
	first, err := strconv.Atoi(port)
	if err != nil {
		return nil, "", err
	}
	for n := first + 1; n < first+100; n++ {
		if l, err = lc.Listen(ctx, "tcp", net.JoinHostPort(host, strconv.Itoa(n))); err == nil {
			return l, fmt.Sprintf("  (Port %d is taken; BYLINE_ADDR chooses another.)\n", first), nil
		}
	}
	return nil, "", fmt.Errorf("BYLINE_ADDR: no free port from %d on: %w", first, err)
}

// publicURL is where browsers reach us, and all origins that the application may have.
func publicURL(cfg config.Config, addr net.Addr) (*url.URL, []string) {
	_, port, _ := net.SplitHostPort(addr.String())
	local := "http://localhost:" + port
	origins := []string{local, "http://127.0.0.1:" + port}
	public, _ := url.Parse(local)
	if cfg.PublicURL != nil {
		public = cfg.PublicURL
		origins = append(origins, public.String())
	}
	return public, origins
}

// whileParentLives ends the context when this process is handed to another parent: a killed make must not leave a
// server behind that blocks the next start.
func whileParentLives(ctx context.Context, cancel func()) {
	parent := os.Getppid()
	for ctx.Err() == nil {
		if os.Getppid() != parent {
			slog.Warn("the process that started this one has ended")
			cancel()
			return
		}
		time.Sleep(500 * time.Millisecond)
	}
}
