package links_test

import (
	"net/netip"
	"testing"

	"github.com/stretchr/testify/require"

	"byline/backend/internal/links"
)

const chrome = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36"

func TestClassify(t *testing.T) {
	t.Parallel()
	browser := links.Signals{Method: "GET", Agent: chrome, Accept: "text/html,application/xhtml+xml", Language: "en", FetchMode: "navigate", FetchDest: "document",
		Address: netip.MustParseAddr("203.0.113.9")}
	with := func(change func(*links.Signals)) links.Signals {
		s := browser
		change(&s)
		return s
	}
	for name, x := range map[string]struct {
		signals links.Signals
		class   links.Class
		reason  string
	}{
		"a person":                   {browser, links.Human, "browser_navigation"},
		"a person with Safari":       {with(func(s *links.Signals) { s.FetchMode, s.FetchDest = "", "" }), links.Human, "browser_navigation"},
		"HEAD":                       {with(func(s *links.Signals) { s.Method = "HEAD" }), links.Scanner, "head"},
		"HEAD of a signed-in person": {with(func(s *links.Signals) { s.Method, s.SignedIn = "HEAD", true }), links.Scanner, "head"},
		"LinkedIn": {with(func(s *links.Signals) {
			s.Agent = "LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)"
		}), links.Preview, "preview_agent"},
		"Slack": {with(func(s *links.Signals) { s.Agent = "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)" }), links.Preview, "preview_agent"},
		"crawler": {with(func(s *links.Signals) {
			s.Agent = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"
		}), links.Scanner, "robot_agent"},
		"mail scanner":              {with(func(s *links.Signals) { s.Agent = "Mozilla/5.0 (compatible; Barracuda Sentinel)" }), links.Scanner, "robot_agent"},
		"mail scanner as a browser": {with(func(s *links.Signals) { s.Language, s.Accept, s.FetchMode, s.FetchDest = "", "*/*", "", "" }), links.Scanner, "no_headers"},
		"script in a page":          {with(func(s *links.Signals) { s.FetchMode, s.FetchDest = "cors", "empty" }), links.Scanner, "no_navigation"},
		"prefetch":                  {with(func(s *links.Signals) { s.Purpose = "prefetch;prerender" }), links.Prefetch, "prefetch"},
		"a colleague":               {with(func(s *links.Signals) { s.SignedIn = true }), links.Internal, "signed_in"},
		"the office":                {with(func(s *links.Signals) { s.CompanyRanges = []netip.Prefix{netip.MustParsePrefix("203.0.113.0/24")} }), links.Internal, "company_address"},
		"the office, mapped": {with(func(s *links.Signals) {
			s.Address = netip.MustParseAddr("::ffff:203.0.113.9")
			s.CompanyRanges = []netip.Prefix{netip.MustParsePrefix("203.0.113.0/24")}
		}), links.Internal, "company_address"},
		"a robot in the office": {with(func(s *links.Signals) {
			s.Agent = "curl/8.0"
			s.CompanyRanges = []netip.Prefix{netip.MustParsePrefix("203.0.113.0/24")}
		}), links.Scanner, "robot_agent"},
		"no agent":           {with(func(s *links.Signals) { s.Agent = "" }), links.Scanner, "no_agent"},
		"something else":     {with(func(s *links.Signals) { s.Agent = "MyReader 3" }), links.Unknown, "unknown_agent"},
		"headless":           {with(func(s *links.Signals) { s.Agent = "Mozilla/5.0 HeadlessChrome/141" }), links.Scanner, "robot_agent"},
		"with a From header": {with(func(s *links.Signals) { s.From = "robot@example.com" }), links.Scanner, "robot_from"},
	} {
		class, reasons := links.Classify(x.signals)
		require.Equal(t, x.class, class, name)
		require.Contains(t, reasons, x.reason, name)
	}
}

func TestATargetIsAnAbsoluteWebAddress(t *testing.T) {
	t.Parallel()
	for _, bad := range []string{"", "/x", "//evil.example", "javascript:alert(1)", "data:text/html,x", "ftp://x.example", "https://", "https://user:pass@x.example", "http:x", "mailto:a@b.co"} {
		require.Error(t, links.CheckTarget("body.x", bad), bad)
	}
	require.NoError(t, links.CheckTarget("body.x", "https://blog.example.com/a?b=c#d"))
}

func TestUTMKeepsWhatIsThere(t *testing.T) {
	t.Parallel()
	require.Equal(t, "https://x.example/a?q=1&utm_campaign=byline-post&utm_content=abcd&utm_medium=social&utm_source=mine#top",
		links.WithUTM(links.Link{Code: "abcd", Target: "https://x.example/a?q=1&utm_source=mine#top", Placement: "linkedin", ObjectType: "post"}))
}
