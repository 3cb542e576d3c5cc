package httpapi

import (
	"io/fs"
	"net/http"
	"path"
	"strings"

	"github.com/labstack/echo/v4"

	"byline/backend/internal/httpapi/spa"
)

// spa serves the single-page application: its files under their names, and index.html for every other address that a
// browser may open, since the application does its own routing.
func (s *Server) spa() {
	files, index := spa.Files(), spa.Index()
	server := http.FileServerFS(files)
	serve := func(c echo.Context) error {
		name := strings.TrimPrefix(path.Clean(c.Request().URL.Path), "/")
		switch {
		case strings.HasPrefix(name, "api/"), strings.HasPrefix(name, "l/"), strings.HasPrefix(name, "s/"):
			return echo.ErrNotFound
		case name != "" && name != "index.html":
			if info, err := fs.Stat(files, name); err == nil && !info.IsDir() {
				if strings.HasPrefix(name, "assets/") { // named by their content
					c.Response().Header().Set("Cache-Control", "public, max-age=31536000, immutable")
				} else {
					c.Response().Header().Set("Cache-Control", "public, max-age=300")
				}
				server.ServeHTTP(c.Response(), c.Request())
				return nil
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
