package httpapi

import (
	"context"
	"net/http"
	"net/netip"
	"time"

	"github.com/labstack/echo/v4"

	"byline/backend/internal/links"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/errs"
)

// closedLink is all that a reader gets where a link leads nowhere. It tells nothing of what was there.
const closedLink = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="robots" content="noindex">
<title>This link is closed</title><style>body{font:1.1rem/1.5 system-ui,sans-serif;max-width:32rem;margin:20vh auto;padding:0 1.5rem;color-scheme:light dark}</style>
<h1>This link is closed</h1><p>What it led to is not shared any more, or was never shared. Please ask the person from whom you have it.</p>`

// followLink is the redirect of a tracked link. The hit is stored before the answer.
func (s *Server) followLink(c echo.Context) error {
	r := c.Request()
	ctx, cancel := context.WithTimeout(r.Context(), 5*time.Second)
	defer cancel()
	address, _ := netip.ParseAddr(c.RealIP())
	purpose := ""
	for _, name := range []string{"Sec-Purpose", "Purpose", "X-Purpose", "X-Moz"} {
		purpose += r.Header.Get(name) + ";"
	}
	to, err := s.Links.Hit(ctx, c.Param("code"), links.Signals{Method: r.Method, Agent: r.UserAgent(), Accept: r.Header.Get("Accept"), Language: r.Header.Get("Accept-Language"),
		FetchMode: r.Header.Get("Sec-Fetch-Mode"), FetchDest: r.Header.Get("Sec-Fetch-Dest"), Purpose: purpose, From: r.Header.Get("From"),
		SignedIn: auth.From(ctx).Known(), Address: address}, r.Referer())
	h := c.Response().Header()
	h.Set("Cache-Control", "no-store")
	h.Set("X-Robots-Tag", "noindex")
	switch errs.CodeOf(err) {
	case "":
		// Where the target's own statistics look, they should see the network, not us.
		h.Set("Referrer-Policy", "no-referrer-when-downgrade")
		return c.Redirect(http.StatusFound, to)
	case errs.NotFound:
		return c.HTML(http.StatusNotFound, closedLink)
	}
	return err
}

func (s *Server) linkRoutes() {
	s.echo.GET("/l/:code", s.followLink, s.limitAddress, s.session)
	s.echo.HEAD("/l/:code", s.followLink, s.limitAddress, s.session)
}
