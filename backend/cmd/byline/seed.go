package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"byline/backend/internal/platform/config"
	"byline/backend/internal/seed"
)

var errDemo = errors.New("the demo workspace is not for production (BYLINE_ENV): everybody in it has the same, printed password")

// seed makes the demo workspace where nobody is yet.
func (a *app) seed(ctx context.Context) error {
	return seed.Run(ctx, seed.Deps{DB: a.db, People: a.People, Ideas: a.Ideas, Comments: a.Comments, Library: a.Library,
		Drafts: a.Drafts, Posts: a.Posts, Notify: a.Notify, Views: a.Views, Collections: a.Collections, Shares: a.Shares, Demand: a.Demand})
}

// seedDemo is the command.
func seedDemo(ctx context.Context, cfg config.Config, _ []string, out io.Writer) error {
	if cfg.Production {
		return errDemo
	}
	return withApp(ctx, cfg, webAt{}, func(ctx context.Context, a *app, _ *parts) error {
		if err := a.seed(ctx); err != nil {
			return err
		}
		_, err := io.WriteString(out, demoSignIns())
		return err
	})
}

// demoSignIns lists the people of the demo for the terminal.
func demoSignIns() string {
	var b strings.Builder
	b.WriteString("\n  Sign in as one of these; the password is " + seed.Password + " for all of them:\n")
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	for _, s := range seed.SignIns() {
		_, _ = fmt.Fprintf(w, "    %s\t%s\t%s\n", s.Email, s.Name, s.Role)
	}
	_ = w.Flush()
	return b.String()
}
