package httpapi

import (
	"net/http"
	"path"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"byline/backend/internal/httpapi/spa"
)

// spa serves the single-page application: its files under their names, and index.html for every other address that a
// browser may open, since the application does its own routing.
func (s *Server) spa() {
	files, index := spa.Files(), spa.Index()
	serve := func(c echo.Context) error {
		name := strings.TrimPrefix(path.Clean(c.Request().URL.Path), "/")
		switch {
		case strings.HasPrefix(name, "api/"), strings.HasPrefix(name, "l/"), strings.HasPrefix(name, "s/"):
			return echo.ErrNotFound
		case name != "" && name != "index.html":
			if f, ok := spa.Open(files, name, c.Request().Header.Get("Accept-Encoding")); ok {
				return serveFile(c, name, f)
			}
			if path.Ext(name) != "" { // a missing file is no page: old tabs must notice that their chunks are gone
				return echo.ErrNotFound
			}
		}
		c.Response().Header().Set("Cache-Control", "no-cache")
		if forOutside("/" + name) {
			c.Response().Header().Set("Cache-Control", "no-store")
		}
		return c.HTMLBlob(http.StatusOK, index)
	}
	s.echo.GET("/*", serve)
	s.echo.HEAD("/*", serve)
}

// serveFile hands out a file of the application, packed if it can be.
func serveFile(c echo.Context, name string, f spa.File) error {
	defer func() { _ = f.Close() }()
	h := c.Response().Header()
	if strings.HasPrefix(name, "assets/") { // named by their content
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	} else {
		h.Set("Cache-Control", "public, max-age=300")
	}
	if f.Type != "" {
		h.Set("Content-Type", f.Type)
	}
	if f.IsPacked {
		h.Add("Vary", "Accept-Encoding")
	}
	if f.Encoding != "" {
		h.Set("Content-Encoding", f.Encoding)
		h.Set("Content-Length", strconv.FormatInt(f.Size, 10))
	}
	http.ServeContent(c.Response(), c.Request(), name, time.Time{}, f.Content)
	return nil
}
