package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"time"

	"byline/backend/internal/platform/config"
)

// health asks an address of this machine whether it is well; containers without a shell use it.
func health(ctx context.Context, cfg config.Config, args []string, _ io.Writer) error {
	address := "http://" + cfg.Addr + "/readyz"
	if len(args) > 0 {
		address = args[0]
	}
	ctx, cancel := context.WithTimeout(ctx, 4*time.Second)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return err
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		return err
	}
	defer func() { _ = res.Body.Close() }()
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("%s answers %s", address, res.Status)
	}
	return nil
}
