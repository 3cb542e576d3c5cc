package httpapi

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"

	"github.com/labstack/echo/v4"

	"byline/backend/internal/httpapi/sharepage"
)

// Brand is whose the pages of shares are.
type Brand struct {
	Name     string
	Color    string // #rrggbb, dark enough for white letters on it; "" is ours
	Logo     []byte // nil shows the name
	LogoType string
}

// logoName changes with the logo, so that browsers may keep it for good.
func (b Brand) logoName() string {
	sum := sha256.Sum256(b.Logo)
	return "logo." + hex.EncodeToString(sum[:6])
}

// on puts the brand on a page; that of closed links too, which is the same for all of them.
func (b Brand) on(p *sharepage.Page) {
	p.Brand, p.BrandColor = b.Name, b.Color
	if b.Logo != nil {
		p.Logo = "/s/-/" + b.logoName()
	}
}

// shareLogo sends the logo. As a picture it can do nothing; opened by itself it may do nothing either.
func (s *Server) shareLogo(c echo.Context) error {
	h := c.Response().Header()
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'")
	return c.Blob(http.StatusOK, s.cfg.Brand.LogoType, s.cfg.Brand.Logo)
}
