package httpapi

import (
	"context"
	"net/http"

	"github.com/labstack/echo/v4"

	"byline/backend/internal/httpapi/sharepage"
	"byline/backend/internal/platform/errs"
	"byline/backend/internal/shares"
)

const noCookies = "Your browser did not keep a cookie of this page, and cannot open it without one. Allow cookies for this site and try again."

// gate does what a visitor was asked to do, in a browser that is known again. It goes back to the page then, or says on the
// page that asked what went wrong.
func (s *Server) gate(c echo.Context, ask shares.Gate, do func(ctx context.Context, token string, v shares.Visitor) error) error {
	v, fresh := s.visitor(c)
	if c.Request().Header.Get("Sec-Fetch-Site") == "cross-site" { // a button of another site: nobody meant this one
		fresh = true
	}
	ctx, token := c.Request().Context(), c.Param("token")
	p := sharepage.Page{Path: s.sharePath(c), Ask: string(ask), Problem: noCookies}
	if fresh {
		if _, err := s.Shares.Open(ctx, token, v); err != nil {
			return s.closed(c, err)
		}
		return s.draw(c, http.StatusBadRequest, p)
	}
	err := do(ctx, token, v)
	if ask == shares.NeedCode && errs.CodeOf(err) == errs.Forbidden { // after too many tries there is none to be given any more
		view, gone := s.Shares.Open(ctx, token, v)
		if gone != nil {
			return s.closed(c, gone)
		}
		p.Pending = view.Pending
		if view.Pending == "" {
			p.Ask = string(shares.NeedAddress)
			err = errs.New(errs.Forbidden, "That is not the code, and it does not work any more. Ask for a new one.")
		}
	}
	return s.after(c, err, p)
}

// said reads a field of a form.
func said(c echo.Context, name string) string {
	r := c.Request()
	r.Body = http.MaxBytesReader(c.Response(), r.Body, 4<<10)
	return r.PostFormValue(name)
}

func (s *Server) sharePasscode(c echo.Context) error {
	passcode := said(c, "passcode")
	return s.gate(c, shares.NeedPasscode, func(ctx context.Context, token string, v shares.Visitor) error {
		return s.Shares.Unlock(ctx, token, v, passcode)
	})
}

func (s *Server) shareEmail(c echo.Context) error {
	address := said(c, "email")
	return s.gate(c, shares.NeedAddress, func(ctx context.Context, token string, v shares.Visitor) error {
		return s.Shares.AskCode(ctx, token, v, address)
	})
}

func (s *Server) shareCode(c echo.Context) error {
	code := said(c, "code")
	return s.gate(c, shares.NeedCode, func(ctx context.Context, token string, v shares.Visitor) error {
		return s.Shares.GiveCode(ctx, token, v, code)
	})
}

// shareOpen spends the one view: a device that is not known again would lose it at once.
func (s *Server) shareOpen(c echo.Context) error {
	return s.gate(c, shares.NeedOpening, s.Shares.Spend)
}
