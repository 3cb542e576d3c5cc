package links

import (
	"net/netip"
	"slices"
	"strings"
)

// RuleVersion names these rules. It is stored with every hit; a hit scored by older rules can be scored again.
const RuleVersion = 1

// Class says what a hit was.
type Class string

// The classes.
const (
	Human    Class = "human"
	Preview  Class = "preview"  // a network fetching title and picture
	Scanner  Class = "scanner"  // mail security, crawlers, scripts
	Prefetch Class = "prefetch" // a browser loading ahead
	Internal Class = "internal" // our own people
	Unknown  Class = "unknown"  // not enough to tell
)

// Signals are what a request says about itself.
type Signals struct {
	Method        string
	Agent         string // User-Agent
	Accept        string
	Language      string // Accept-Language
	FetchMode     string // Sec-Fetch-Mode
	FetchDest     string // Sec-Fetch-Dest
	Purpose       string // Sec-Purpose, or Purpose, X-Purpose, X-Moz of older browsers
	From          string // From: robots give an address (RFC 9110, 10.1.2)
	SignedIn      bool   // with a session of ours
	Address       netip.Addr
	CompanyRanges []netip.Prefix
}

// previewAgents are the robots of networks and messengers that fetch a link to show a card. From their own documents,
// e.g. https://developers.facebook.com/docs/sharing/webmasters/web-crawlers and https://api.slack.com/robots
var previewAgents = []string{"linkedinbot", "twitterbot", "facebookexternalhit", "facebookcatalog", "meta-externalagent", "slackbot", "slack-imgproxy", "discordbot", "telegrambot",
	"whatsapp", "skypeuripreview", "microsoftpreview", "teamsbot", "pinterestbot", "redditbot", "embedly", "bluesky", "cardyb", "mastodon", "iframely", "vkshare", "line-poker", "applebot", "google-pagerenderer"}

// scannerAgents are mail security services, crawlers and programs.
var scannerAgents = []string{"bot", "crawl", "spider", "slurp", "scan", "monitor", "uptime", "proofpoint", "mimecast", "barracuda", "safelinks", "messagelabs", "symantec", "trendmicro",
	"fireeye", "paloalto", "zscaler", "sophos", "cisco", "ironport", "forcepoint", "avanan", "check point", "urldefense", "bitdefender", "virustotal", "headless", "phantomjs", "puppeteer",
	"playwright", "selenium", "python-", "python/", "aiohttp", "httpx", "go-http-client", "curl/", "wget/", "java/", "okhttp", "libwww", "perl", "ruby", "axios", "node-fetch", "undici", "postman",
	"insomnia", "apache-httpclient", "winhttp", "dataprovider", "feedfetcher", "lighthouse", "pagespeed", "bingpreview", "ms office", "microsoft office", "outlook-"}

// Classify is pure: the same signals always give the same class. The reasons say which rules spoke.
func Classify(s Signals) (Class, []string) {
	agent := strings.ToLower(s.Agent)
	var reasons []string
	if s.Method != "GET" {
		reasons = append(reasons, "head")
	}
	purpose := strings.ToLower(s.Purpose)
	switch {
	case containsAny(agent, previewAgents):
		return Preview, append(reasons, "preview_agent")
	case strings.Contains(purpose, "prefetch") || strings.Contains(purpose, "prerender") || strings.Contains(purpose, "preview"):
		return Prefetch, append(reasons, "prefetch")
	case containsAny(agent, scannerAgents):
		return Scanner, append(reasons, "robot_agent")
	case s.From != "":
		return Scanner, append(reasons, "robot_from")
	case len(reasons) > 0: // HEAD asks for no page, so nobody reads one
		return Scanner, reasons
	}
	if s.SignedIn {
		return Internal, []string{"signed_in"}
	}
	if slices.ContainsFunc(s.CompanyRanges, func(p netip.Prefix) bool { return p.Contains(s.Address.Unmap()) }) {
		return Internal, []string{"company_address"}
	}
	if agent == "" {
		return Scanner, []string{"no_agent"}
	}
	if !strings.Contains(agent, "mozilla/") {
		return Unknown, []string{"unknown_agent"}
	}
	if s.Language == "" || !strings.Contains(s.Accept, "text/html") {
		// every browser that a person uses sends both; mail scanners that pretend to be one often send neither
		return Scanner, []string{"no_headers"}
	}
	if s.FetchMode != "" && s.FetchMode != "navigate" || s.FetchDest != "" && s.FetchDest != "document" {
		return Scanner, []string{"no_navigation"}
	}
	return Human, []string{"browser_navigation"}
}

func containsAny(s string, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(s, w) })
}
