package main

import (
	"context"
	"fmt"
	"io"

	"byline/backend/internal/platform/config"
)

// reindex makes everything that search knows anew, beside a running server: people search the old indexes until the new
// ones are full.
func reindex(ctx context.Context, cfg config.Config, _ []string, out io.Writer) error {
	return withApp(ctx, cfg, webAt{}, func(ctx context.Context, a *app, _ *parts) error {
		if err := a.Search.Sync(ctx); err != nil {
			return err
		}
		err := a.Search.Rebuild(ctx, func(what string, done int) { _, _ = fmt.Fprintf(out, "  %s: %d\n", what, done) })
		if err != nil {
			return err
		}
		_, err = fmt.Fprintln(out, "Everything can be found anew.")
		return err
	})
}
