package seed

import (
	"context"
	"math"
	"net/netip"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"byline/backend/internal/links"
)

// clicked says how many people open the link of a post.
type clicked struct {
	key, network string
	readers      int
}

// request is what one kind of visitor sends; Classify makes its class of it, as it does for a real one.
type request struct {
	signals  links.Signals
	referrer string
}

const page = "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"

func browser(agent string) links.Signals {
	return links.Signals{Method: "GET", Agent: agent, Accept: page, Language: "en-GB,en;q=0.9", FetchMode: "navigate", FetchDest: "document"}
}

const (
	chrome  = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36"
	safari  = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1"
	firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"
	android = "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36"
)

var origins = map[string]string{"linkedin": "https://www.linkedin.com", "x": "https://t.co", "bluesky": "https://bsky.app", "facebook": "https://l.facebook.com"}

func robot(method, agent string) request {
	return request{signals: links.Signals{Method: method, Agent: agent, Accept: "*/*"}}
}

// strangers are who else asks for a link, and how many of them come for each reader.
var strangers = []struct {
	network string // "" is any
	rate    float64
	request request
}{
	{"linkedin", 0.10, robot("GET", "LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)")},
	{"linkedin", 0.06, robot("HEAD", "LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)")},
	{"x", 0.25, robot("GET", "Twitterbot/1.0")},
	{"facebook", 0.2, robot("GET", "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)")},
	{"bluesky", 0.3, robot("GET", "Mozilla/5.0 (compatible; Bluesky Cardyb/1.1; +mailto:support@bsky.app)")},
	{"email", 0.45, robot("GET", "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Proofpoint URL Defense")},
	{"email", 0.30, robot("HEAD", "Microsoft Office/16.0 (Microsoft Outlook 16.0)")},
	{"email", 0.35, request{signals: links.Signals{Method: "GET", Agent: chrome, Accept: "*/*"}}}, // a mail scanner that says it is a browser
	{"", 0.07, robot("GET", "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)")},
	{"", 0.05, robot("GET", "WhatsApp/2.25.30")},
	{"", 0.05, robot("GET", "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)")},
	{"", 0.04, robot("GET", "python-requests/2.32.5")},
	{"", 0.03, robot("HEAD", chrome)},
	{"", 0.03, robot("GET", "")},
	{"", 0.05, robot("GET", "Dalvik/2.1.0 (Linux; U; Android 14; SM-A546B)")},
	{"", 0.06, request{signals: links.Signals{Method: "GET", Agent: chrome, Accept: page, Language: "en-GB", Purpose: "prefetch"}}},
	{"", 0.09, request{signals: links.Signals{Method: "GET", Agent: firefox, Accept: page, Language: "en-GB", SignedIn: true}}},
}

var networks = []string{"192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8:4::/48"}

// countHits makes the requests that the links have had. It writes rows itself, since the service stores a hit of now
// only; the class is what the service's own rules say.
func (w *world) countHits(ctx context.Context) error {
	var hits, scores [][]any
	for _, c := range w.clicks {
		if c.readers == 0 {
			continue
		}
		var link uuid.UUID
		var from, to time.Time
		err := w.DB.PG(ctx).QueryRow(ctx, `SELECT link_id, shared_at, CASE WHEN state = 'shared' THEN $2 ELSE updated_at END FROM posts WHERE id = $1`, w.ids[c.key], w.now).
			Scan(&link, &from, &to)
		if err != nil {
			return err
		}
		add := func(at time.Time, r request, reader [16]byte) {
			if at.After(to) || at.Before(from) {
				return
			}
			r.signals.Address = netip.AddrFrom4([4]byte{192, 0, 2, reader[0]})
			class, reasons := links.Classify(r.signals)
			hits = append(hits, []any{w.id(at), link, at, string(class), reasons, links.RuleVersion, r.signals.Method, r.signals.Agent, r.referrer,
				reader[:], networks[int(reader[1])%len(networks)]})
		}
		for range c.readers {
			at, reader := w.when(from), w.bytes()
			agent := []string{chrome, safari, firefox, android}[w.random.IntN(4)]
			before := len(hits)
			add(at, request{browser(agent), origins[c.network]}, reader)
			if len(hits) > before && w.random.IntN(14) == 0 { // an impatient second click, which the next look at the hits took out
				again := append([]any{}, hits[before]...)
				id, later := w.id(at), at.Add(time.Duration(2+w.random.IntN(20))*time.Second)
				again[0], again[2], again[3], again[4] = id, later, string(links.Unknown), []string{"repeat"}
				hits = append(hits, again)
				scores = append(scores, []any{id, string(links.Human), []string{"browser_navigation"}, links.RuleVersion, later.Add(5 * time.Minute)})
			}
		}
		for _, s := range strangers {
			if s.network != "" && s.network != c.network {
				continue
			}
			n := int(s.rate*float64(c.readers) + w.random.Float64())
			if s.network != "" {
				n = max(n, 1) // a network always comes for its preview
			}
			for i := range n {
				at := w.when(from)
				if i == 0 && s.network != "" {
					at = from.Add(time.Duration(1+w.random.IntN(9)) * time.Second)
				}
				add(at, s.request, w.bytes())
			}
		}
	}
	if _, err := w.DB.PG(ctx).CopyFrom(ctx, pgx.Identifier{"hits"}, []string{"id", "link_id", "at", "class", "reasons", "rule_version", "method", "agent", "referrer",
		"address_hash", "network"}, pgx.CopyFromRows(hits)); err != nil {
		return err
	}
	_, err := w.DB.PG(ctx).CopyFrom(ctx, pgx.Identifier{"hit_scores"}, []string{"hit_id", "class", "reasons", "rule_version", "replaced_at"}, pgx.CopyFromRows(scores))
	return err
}

// when gives a time after from: most come within days, on working days, by day.
func (w *world) when(from time.Time) time.Time {
	for {
		at := from.Add(time.Duration(-math.Log(1-w.random.Float64()) * 7 * float64(24*time.Hour)))
		chance := []float64{0.12, 0.9, 1, 0.95, 0.8, 0.55, 0.15}[at.Weekday()]
		if h := at.Hour(); h < 6 || h > 19 {
			chance *= 0.15
		}
		if w.random.Float64() < chance {
			return at.Truncate(time.Millisecond)
		}
	}
}

func (w *world) bytes() (b [16]byte) {
	for i := range b {
		b[i] = byte(w.random.Uint32())
	}
	return b
}

// id makes a UUIDv7 of a past moment, so that hits sort by time as real ones do.
func (w *world) id(at time.Time) uuid.UUID {
	id := uuid.UUID(w.bytes())
	ms := at.UnixMilli()
	for i := range 6 {
		id[i] = byte(ms >> (40 - 8*i))
	}
	id[6], id[8] = id[6]&0x0f|0x70, id[8]&0x3f|0x80
	return id
}
