package checks

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"time"

	"golang.org/x/sync/errgroup"
)

const (
	mostLinks = 2000             // of one night
	patience  = 10 * time.Second // for one answer
	pause     = time.Second      // between two questions to one host
	atOnce    = 6                // hosts
	// longest is for how long one night asks. The rest is asked the next night, first of all.
	longest = time.Hour
	// deadAfter is how long an address fails before it is called dead: the second night says so too.
	deadAfter = 18 * time.Hour
)

var errInside = errors.New("an address inside")

// inside are ranges that are nobody's public address, beside those that netip names.
var inside = []netip.Prefix{netip.MustParsePrefix("0.0.0.0/8"), netip.MustParsePrefix("100.64.0.0/10"), netip.MustParsePrefix("192.0.0.0/24"),
	netip.MustParsePrefix("198.18.0.0/15"), netip.MustParsePrefix("240.0.0.0/4"), netip.MustParsePrefix("64:ff9b::/96"), netip.MustParsePrefix("64:ff9b:1::/48"),
	netip.MustParsePrefix("2002::/16"), netip.MustParsePrefix("2001::/32"), netip.MustParsePrefix("fec0::/10")}

// public says whether an address may be asked: one of the internet, at a port of the web. It is the address that the name
// has resolved to, for every hop, so no name and no redirect leads inside.
func public(at netip.AddrPort) bool {
	a := at.Addr().Unmap().WithZone("")
	if a.IsLoopback() || a.IsPrivate() || a.IsLinkLocalUnicast() || a.IsLinkLocalMulticast() || a.IsInterfaceLocalMulticast() || a.IsMulticast() || a.IsUnspecified() || !a.IsGlobalUnicast() {
		return false
	}
	return !slices.ContainsFunc(inside, func(p netip.Prefix) bool { return p.Contains(a) }) && slices.Contains([]uint16{80, 443, 8080, 8443}, at.Port())
}

// asker asks addresses whether they are there.
type asker struct {
	client *http.Client
	agent  string
	pause  time.Duration
	within time.Duration // of one night
}

func newAsker(agent string, may func(netip.AddrPort) bool) *asker {
	d := &net.Dialer{Timeout: patience, Control: func(_, address string, _ syscall.RawConn) error {
		at, err := netip.ParseAddrPort(address)
		if err != nil || !may(at) {
			return errInside
		}
		return nil
	}}
	return &asker{agent: agent, pause: pause, within: longest, client: &http.Client{Timeout: patience, Transport: &http.Transport{DialContext: d.DialContext, TLSHandshakeTimeout: patience,
		ResponseHeaderTimeout: patience, DisableKeepAlives: true, MaxResponseHeaderBytes: 64 << 10},
		CheckRedirect: func(_ *http.Request, via []*http.Request) error {
			if len(via) >= 5 {
				return errors.New("it leads on and on")
			}
			return nil
		}}}
}

// ask says why an address is not there; "" when it is, or when that cannot be said.
func (a *asker) ask(ctx context.Context, address string) string {
	for _, method := range []string{http.MethodHead, http.MethodGet} {
		note, sure := a.once(ctx, method, address)
		if note == "" || sure {
			return note
		}
		if method == http.MethodGet {
			return note
		}
		select { // some answer HEAD wrongly, and some had a bad moment
		case <-ctx.Done():
			return ""
		case <-time.After(a.pause):
		}
	}
	return ""
}

// once asks once. sure says that asking otherwise would not help.
func (a *asker) once(ctx context.Context, method, address string) (note string, sure bool) {
	r, err := http.NewRequestWithContext(ctx, method, address, nil)
	if err != nil {
		return "It is no address.", true
	}
	r.Header.Set("User-Agent", a.agent)
	r.Header.Set("Accept", "text/html,*/*;q=0.5")
	answer, err := a.client.Do(r)
	var dns *net.DNSError
	switch {
	case errors.Is(err, errInside), ctx.Err() != nil:
		return "", true // not ours to ask
	case errors.As(err, &dns) && dns.IsNotFound:
		return "There is no such host.", true
	case err != nil:
		return "It does not answer.", false
	}
	_, _ = io.CopyN(io.Discard, answer.Body, 512)
	_ = answer.Body.Close()
	switch c := answer.StatusCode; {
	case c == http.StatusNotFound || c == http.StatusGone:
		return fmt.Sprintf("It answers %d: not there.", c), c == http.StatusGone
	case c >= 500 && c != http.StatusServiceUnavailable:
		return fmt.Sprintf("It answers %d.", c), false
	}
	return "", true // also where one must sign in, or where robots are not wanted
}

// address finds the addresses of a text, of Markdown or of a document.
var address = regexp.MustCompile(`https?://[^\s<>"'\x60\\{}|^]+`)

// addressesOf gives the addresses of a text, each once, without what only ends a sentence.
func addressesOf(text string) (all []string) {
	for _, a := range address.FindAllString(text, -1) {
		a = strings.TrimRight(a, ".,;:!?*_~")
		for strings.HasSuffix(a, ")") && strings.Count(a, "(") < strings.Count(a, ")") || strings.HasSuffix(a, "]") {
			a = strings.TrimRight(a[:len(a)-1], ".,;:!?*_~")
		}
		a, _, _ = strings.Cut(a, "#")
		if u, err := url.Parse(a); err == nil && u.Hostname() != "" && u.User == nil && len(a) <= 2000 && !slices.Contains(all, a) {
			all = append(all, a)
		}
	}
	return all
}

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
		if u, err := url.Parse(a); err == nil {
			byHost[u.Host] = append(byHost[u.Host], a)
		}
	}
	night, end := context.WithTimeout(ctx, s.asker.within)
	defer end()
	group, asking := errgroup.WithContext(night)
	group.SetLimit(atOnce)
	for _, list := range byHost {
		group.Go(func() error {
			for i, a := range list {
				if i > 0 {
					select {
					case <-asking.Done():
						return asking.Err()
					case <-time.After(s.asker.pause):
					}
				}
				note := s.asker.ask(asking, a)
				if asking.Err() != nil {
					return asking.Err()
				}
				if err := s.store.answered(asking, a, note, s.now()); err != nil {
					return err
				}
			}
			return nil
		})
	}
	if err := group.Wait(); err != nil && (ctx.Err() != nil || night.Err() == nil) { // that the night is over is no failure
		return err
	}
	return s.store.addDead(ctx, run, in, s.now().Add(-deadAfter))
}
