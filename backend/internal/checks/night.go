package checks

import (
	"context"
	"net/url"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"
)

// mostSilent is after how many addresses in a row that nobody answered a host is left alone for the night: each may cost half
// a minute, and one with thousands would keep the others waiting for nights.
const mostSilent = 3

// hostOf is what is asked one at a time: a name, whatever its port and however it is written.
func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.TrimSuffix(strings.ToLower(u.Hostname()), ".")
}

// originOf is what takes connections or does not.
func originOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Scheme + "://" + hostOf(address) + ":" + u.Port()
}

// findDead asks addresses for as long as a night has. Each answer is written down at once, so whoever goes on after a kill
// asks nothing twice.
func (s *Service) findDead(ctx context.Context, run int64) error {
	in, err := s.store.linksInTexts(ctx)
	if err != nil {
		return err
	}
	ask, err := s.store.toAsk(ctx, in, mostLinks)
	if err != nil {
		return err
	}
	byHost := map[string][]string{}
	for _, a := range ask {
		if host := hostOf(a); host != "" {
			byHost[host] = append(byHost[host], a)
		}
	}
	night, end := context.WithTimeout(ctx, s.asker.within)
	defer end()
	group, asking := errgroup.WithContext(night)
	group.SetLimit(atOnce)
	for _, list := range byHost {
		group.Go(func() error { return s.askHost(asking, list) })
	}
	if err := group.Wait(); err != nil && (ctx.Err() != nil || night.Err() == nil) { // that the night is over is no failure
		return err
	}
	return s.store.addDead(ctx, run, in, s.now().Add(-deadAfter))
}

// askHost asks addresses of one host, one after the other.
func (s *Service) askHost(ctx context.Context, list []string) error {
	silent := 0
	for i, a := range list {
		if i > 0 {
			select {
			case <-ctx.Done():
				return ctx.Err()
			case <-time.After(s.asker.pause):
			}
		}
		got := s.asker.ask(ctx, a)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if got.busy { // its wish counts for the rest as well
			return s.store.postponed(ctx, list[i:], s.now())
		}
		if err := s.store.answered(ctx, list[i:i+1], got.note, s.now()); err != nil {
			return err
		}
		if silent++; !got.silent {
			silent = 0
		}
		if silent == mostSilent {
			return s.leave(ctx, a, got, list[i+1:])
		}
	}
	return nil
}

// leave writes down what is not asked this night. Where no connection is taken, that is true of every address there.
func (s *Service) leave(ctx context.Context, asked string, got answer, rest []string) error {
	var same, others []string
	for _, a := range rest {
		if got.away && originOf(a) == originOf(asked) {
			same = append(same, a)
		} else {
			others = append(others, a)
		}
	}
	if err := s.store.answered(ctx, same, got.note, s.now()); err != nil {
		return err
	}
	return s.store.postponed(ctx, others, s.now())
}
