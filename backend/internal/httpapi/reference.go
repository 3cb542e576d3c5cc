package httpapi

import (
	"net/http"

	"github.com/labstack/echo/v4"
)

// apiReference serves the OpenAPI description.
func (s *Server) apiReference() {
	s.echo.GET("/api/openapi.json", func(c echo.Context) error {
		description, err := s.OpenAPI()
		if err != nil {
			return err
		}
		return c.Blob(http.StatusOK, "application/vnd.oai.openapi+json;version=3.1", description)
	})
}
