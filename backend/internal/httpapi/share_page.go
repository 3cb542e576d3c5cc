package httpapi

import (
	"bytes"
	"cmp"
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/netip"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"

	"byline/backend/internal/httpapi/sharepage"
	"byline/backend/internal/library"
	"byline/backend/internal/links"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/errs"
	"byline/backend/internal/shares"
)

const (
	readerCookie = "byline_reader" // tells the devices of a share apart
	readerLife   = 180 * 24 * time.Hour
	shareRate    = 25 // requests per second of one share, its pictures included
	maxBeat      = 16 << 10
)

// shareRoutes are those of people outside, who know a secret and have no account. What stands behind a secret is theirs
// to see and to say, so nothing here asks where a request comes from.
func (s *Server) shareRoutes() {
	limit := newLimiters(shareRate)
	quiet := func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			h := c.Response().Header()
			h.Set("Cache-Control", "no-store")
			h.Set("X-Robots-Tag", "noindex, nofollow, noarchive")
			h.Set("Referrer-Policy", "no-referrer")
			if _, wait := limit.take(shares.Subject(c.Param("token"))); wait > 0 {
				return tooMany(wait)
			}
			ctx, cancel := context.WithTimeout(c.Request().Context(), 10*time.Second)
			defer cancel()
			c.SetRequest(c.Request().WithContext(ctx))
			return next(c)
		}
	}
	small := middleware.GzipWithConfig(middleware.GzipConfig{MinLength: 1024}) // phones are far from here
	g := s.echo.Group("/s", s.limitAddress, s.session)
	g.GET("/-/"+sharepage.ScriptName, func(c echo.Context) error {
		c.Response().Header().Set("Cache-Control", "public, max-age=31536000, immutable")
		return c.Blob(http.StatusOK, "text/javascript; charset=utf-8", sharepage.Script)
	}, small)
	if s.cfg.Brand.Logo != nil {
		g.GET("/-/"+s.cfg.Brand.logoName(), s.shareLogo, small)
	}
	g.GET("/:token", s.sharePage, quiet, small)
	g.HEAD("/:token", s.sharePage, quiet)
	g.POST("/:token/passcode", s.sharePasscode, quiet)
	g.POST("/:token/email", s.shareEmail, quiet)
	g.POST("/:token/code", s.shareCode, quiet)
	g.POST("/:token/open", s.shareOpen, quiet)
	g.POST("/:token/beat", s.shareBeat, quiet)
	g.GET("/:token/f/:asset", s.shareFile, quiet)
	g.HEAD("/:token/f/:asset", s.shareFile, quiet)
	g.GET("/:token/p/:asset/:page/:width", s.sharePicture, quiet)
	g.GET("/:token/t/:asset/:page", s.shareWords, quiet)
	g.GET("/:token/m/:asset", s.sharePlay, quiet)
	g.HEAD("/:token/m/:asset", s.sharePlay, quiet)
	g.GET("/:token/c/:asset", s.shareCaptions, quiet)
}

// visitor reads who asks. fresh is set when the browser has no cookie of ours yet.
func (s *Server) visitor(c echo.Context) (v shares.Visitor, fresh bool) {
	r := c.Request()
	address, _ := netip.ParseAddr(c.RealIP())
	purpose := ""
	for _, name := range []string{"Sec-Purpose", "Purpose", "X-Purpose", "X-Moz"} {
		purpose += r.Header.Get(name) + ";"
	}
	method := r.Method
	if method == http.MethodPost { // somebody pressed a button: the rules are about looking
		method = http.MethodGet
	}
	v.Signals = links.Signals{Method: method, Agent: r.UserAgent(), Accept: r.Header.Get("Accept"), Language: r.Header.Get("Accept-Language"),
		FetchMode: r.Header.Get("Sec-Fetch-Mode"), FetchDest: r.Header.Get("Sec-Fetch-Dest"), Purpose: purpose, From: r.Header.Get("From"),
		SignedIn: auth.From(r.Context()).Known(), Address: address}
	v.Network = links.Network(address)
	v.Country = s.country(r)
	if k, err := r.Cookie(s.cookieName(readerCookie)); err == nil && len(k.Value) == 26 {
		v.Device = k.Value
		return v, false
	}
	v.Device = rand.Text()
	return v, true
}

var countryCode = regexp.MustCompile(`^[A-Z]{2}$`)

// country is what a trusted proxy says, where a setting has it kept at all.
func (s *Server) country(r *http.Request) string {
	if s.cfg.CountryHeader == "" {
		return ""
	}
	from, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return ""
	}
	for _, p := range s.cfg.TrustedProxies {
		if code := r.Header.Get(s.cfg.CountryHeader); p.Contains(from.Addr().Unmap()) && countryCode.MatchString(code) {
			return code
		}
	}
	return ""
}

func (s *Server) sharePath(c echo.Context) string { return "/s/" + c.Param("token") }

// draw sends a page. What is closed looks the same whatever the reason, and sets no cookie.
func (s *Server) draw(c echo.Context, status int, p sharepage.Page) error {
	var b bytes.Buffer
	s.cfg.Brand.on(&p)
	if err := p.Write(&b); err != nil {
		return err
	}
	return c.HTMLBlob(status, b.Bytes())
}

func (s *Server) closed(c echo.Context, err error) error {
	if errs.CodeOf(err) != errs.NotFound {
		return err
	}
	return s.draw(c, http.StatusNotFound, sharepage.Page{Closed: true})
}

func (s *Server) sharePage(c echo.Context) error {
	v, fresh := s.visitor(c)
	view, err := s.Shares.Open(c.Request().Context(), c.Param("token"), v)
	if err != nil {
		return s.closed(c, err)
	}
	if fresh {
		k := s.cookie(readerCookie, v.Device, readerLife)
		c.SetCookie(&k)
	}
	p, err := s.sharedPage(c, view)
	if err != nil {
		return err
	}
	return s.draw(c, http.StatusOK, p)
}

func (s *Server) sharedPage(c echo.Context, view shares.View) (sharepage.Page, error) {
	p := sharepage.Page{Path: s.sharePath(c), Ask: string(view.Gate), Pending: view.Pending}
	if view.Gate == shares.NeedCode && c.QueryParams().Has("other") {
		p.Ask = string(shares.NeedAddress)
	}
	if view.Gate != shares.Through {
		return p, nil
	}
	p.Owner, p.OwnerJob, p.Note, p.Looking, p.NoKeeping, p.Recipient = view.Owner, view.Title, view.Note, view.Looking, !view.Downloads, view.Recipient
	if view.Org != "" {
		p.Recipient += ", " + view.Org
	}
	if view.Visit != uuid.Nil {
		p.Visit = view.Visit.String()
	}
	p.Title = view.Resources[0].Title
	if n := len(view.Resources); view.Heading != "" {
		p.Title, p.HasHeading = view.Heading, true
	} else if n > 1 {
		p.Title = fmt.Sprintf("%d things from %s", n, view.Owner)
	}
	heading := ""
	within, err := s.withinFiles(c.Request().Context(), view.Resources)
	if err != nil {
		return p, err
	}
	for _, r := range view.Resources {
		item, err := s.sharedItem(p.Path, view, r, within)
		if err != nil {
			return p, err
		}
		if next := view.Sections[r.ID]; next != heading {
			item.Section, heading = next, next
		}
		if len(p.Items) == 0 && len(item.Files) > 0 && len(item.Files[0].Pages) > 0 {
			item.Files[0].Pages[0].First = true
		}
		p.Items = append(p.Items, item)
	}
	return p, nil
}

// kindNames are the kinds of files in words.
var kindNames = map[string]string{"pdf": "PDF", "deck": "Slides", "document": "Document", "spreadsheet": "Spreadsheet", "image": "Picture", "video": "Video", "audio": "Sound", "captions": "Captions", "text": "Text",
	"archive": "Archive"}

// factsOf says what a file is, how long, and how large what one gets of it.
func factsOf(a library.Asset, keep bool) string {
	facts, word := []string{cmp.Or(kindNames[a.Kind], "File")}, "page"
	if a.Kind == "deck" && a.Shown() > 0 {
		facts, word = nil, "slide"
	}
	switch seconds := a.DurationMS / 1000; {
	case seconds > 0:
		facts = append(facts, fmt.Sprintf("%d:%02d", seconds/60, seconds%60))
	case !slices.Contains([]string{"pdf", "deck", "document"}, a.Kind):
	case a.Shown() == 1:
		facts = append(facts, "1 "+word)
	case a.Shown() > 1:
		facts = append(facts, fmt.Sprintf("%d %ss", a.Shown(), word))
	}
	as, _ := a.Leaves()
	switch {
	case !keep:
	case as == library.LeavesAsPDF:
		facts = append(facts, "as PDF")
	case a.Size >= 1<<20:
		facts = append(facts, fmt.Sprintf("%.1f MB", float64(a.Size)/(1<<20)))
	default:
		facts = append(facts, fmt.Sprintf("%d kB", max(1, a.Size>>10)))
	}
	return strings.Join(facts, " · ")
}

// after goes back to the page when a visitor has done what was asked, and says on the same page when it went wrong.
func (s *Server) after(c echo.Context, err error, p sharepage.Page) error {
	status := map[errs.Code]int{errs.Forbidden: http.StatusForbidden, errs.TooMany: http.StatusTooManyRequests, errs.Invalid: http.StatusUnprocessableEntity,
		errs.Unavailable: http.StatusServiceUnavailable}[errs.CodeOf(err)]
	switch {
	case err == nil:
		return c.Redirect(http.StatusSeeOther, p.Path)
	case status == 0:
		return s.closed(c, err)
	}
	p.Problem = problemOf(c.Request().Context(), err).Detail
	return s.draw(c, status, p)
}

func (s *Server) shareFile(c echo.Context) error {
	v, _ := s.visitor(c)
	how := shares.How(c.QueryParam("how"))
	asset, err := uuid.Parse(c.Param("asset"))
	if err != nil || (how != shares.Preview && how != shares.InPlace && how != shares.Keep) {
		return s.closed(c, errs.New(errs.NotFound, "No such file."))
	}
	to, err := s.Shares.File(c.Request().Context(), c.Param("token"), v, asset, how)
	if err != nil {
		return s.closed(c, err)
	}
	return c.Redirect(http.StatusFound, to)
}

// beat is what the page's script says: the visit, and what was in sight since it last said so.
type beat struct {
	Visit uuid.UUID `json:"v"`
	Reads []struct {
		Resource uuid.UUID `json:"r"`
		Asset    uuid.UUID `json:"a"`
		Page     int       `json:"p"`
		Seconds  int       `json:"s"`
	} `json:"reads"`
}

// shareBeat answers 204 whatever was said: the script can do nothing with an error, and a forger should learn nothing.
func (s *Server) shareBeat(c echo.Context) error {
	v, fresh := s.visitor(c)
	var b beat
	raw, err := io.ReadAll(io.LimitReader(c.Request().Body, maxBeat+1))
	if fresh || c.Request().Header.Get("Sec-Fetch-Site") == "cross-site" || err != nil || len(raw) > maxBeat || json.Unmarshal(raw, &b) != nil || len(b.Reads) > shares.MaxReads {
		return c.NoContent(http.StatusNoContent)
	}
	reads := make([]shares.Read, 0, len(b.Reads))
	for _, r := range b.Reads {
		reads = append(reads, shares.Read(r))
	}
	if err := s.Shares.Beat(c.Request().Context(), c.Param("token"), v, b.Visit, reads); err != nil && errs.CodeOf(err) != errs.NotFound {
		return err
	}
	return c.NoContent(http.StatusNoContent)
}
