package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"byline/backend/internal/platform/config"
	"byline/backend/internal/seed"
)

// seedCommand fills an empty database with the demo workspace and prints who can sign in.
func seedCommand(ctx context.Context, cfg config.Config, _ []string, out io.Writer) error {
	if cfg.Production {
		return errors.New("the demo workspace is not for production (BYLINE_ENV)")
	}
	return withApp(ctx, cfg, func(ctx context.Context, a *app, _ *parts) error {
		if err := seed.Run(ctx, a.seedDeps()); err != nil {
			return err
		}
		_, err := fmt.Fprint(out, signIns())
		return err
	})
}

func (a *app) seedDeps() seed.Deps {
	return seed.Deps{DB: a.db, People: a.People, Ideas: a.Ideas, Comments: a.Comments, Library: a.Library, Drafts: a.Drafts, Posts: a.Posts, Notify: a.Notify}
}

// signIns is the table of the demo's people for the terminal.
func signIns() string {
	var b strings.Builder
	fmt.Fprintf(&b, "Demo sign-ins, all with the password %s\n", seed.Password)
	for _, s := range seed.SignIns() {
		fmt.Fprintf(&b, "  %-26s %-16s %s\n", s.Email, s.Name, s.Role)
	}
	return b.String()
}
