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

// answer is what is known of an address after it was asked.
type answer struct {
	note   string // why it is not there; "" when it is, or when that cannot be said
	silent bool   // nobody answered
	away   bool   // nor could: there is no host, or it takes no connection, whatever one asks it for
	busy   bool   // the host wants to be left alone
	sure   bool   // asking otherwise would not help
}

// ask asks whether an address is there.
func (a *asker) ask(ctx context.Context, address string) (last answer) {
	for _, method := range []string{http.MethodHead, http.MethodGet} {
		if method == http.MethodGet {
			select { // some answer HEAD wrongly, and some had a bad moment
			case <-ctx.Done():
				return answer{}
			case <-time.After(a.pause):
			}
		}
		if last = a.once(ctx, method, address); last.note == "" || last.sure {
			return last
		}
	}
	return last
}

func (a *asker) once(ctx context.Context, method, address string) answer {
	r, err := http.NewRequestWithContext(ctx, method, address, nil)
	if err != nil {
		return answer{note: "It is no address.", sure: true}
	}
	r.Header.Set("User-Agent", a.agent)
	r.Header.Set("Accept", "text/html,*/*;q=0.5")
	res, err := a.client.Do(r)
	var dns *net.DNSError
	switch {
	case errors.Is(err, errInside), ctx.Err() != nil:
		return answer{} // not ours to ask
	case errors.As(err, &dns) && dns.IsNotFound:
		return answer{note: "There is no such host.", silent: true, away: itself(err, address), sure: true}
	case err != nil:
		var op *net.OpError
		return answer{note: "It does not answer.", silent: true, away: errors.As(err, &op) && op.Op == "dial" && itself(err, address)}
	}
	_, _ = io.CopyN(io.Discard, res.Body, 512)
	_ = res.Body.Close()
	switch c := res.StatusCode; {
	case c == http.StatusNotFound || c == http.StatusGone:
		return answer{note: fmt.Sprintf("It answers %d: not there.", c), sure: c == http.StatusGone}
	case c == http.StatusTooManyRequests || c == http.StatusServiceUnavailable:
		return answer{busy: true}
	case c >= 500:
		return answer{note: fmt.Sprintf("It answers %d.", c)}
	}
	return answer{} // also where one must sign in, or where robots are not wanted
}

// itself says whether it was the host of an address that failed, and not one to which it led.
func itself(err error, address string) bool {
	var failed *url.Error
	return errors.As(err, &failed) && originOf(failed.URL) == originOf(address)
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
