package httpapi

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"byline/backend/internal/calendar"
	"byline/backend/internal/drafts"
	"byline/backend/internal/platform/errs"
)

// CalendarFeed is your own feed for calendars outside.
type CalendarFeed struct {
	Scope     drafts.FeedScope `json:"scope" enum:"mine,followed,all" doc:"Which drafts it has, of those whose text you may read: where you have a part, also those you follow, or all."`
	URL       string           `json:"url,omitempty" doc:"Its secret address. Given once, when it is made."`
	MadeAt    time.Time        `json:"made_at"`
	FetchedAt *time.Time       `json:"fetched_at,omitempty" doc:"When a calendar last came for it, within an hour."`
}

// FeedChoice is what a feed has.
type FeedChoice struct {
	Scope drafts.FeedScope `json:"scope" enum:"mine,followed,all"`
}

type feedInput struct{ Body FeedChoice }

func feedDTO(f calendar.Feed, url string) *body[CalendarFeed] {
	return &body[CalendarFeed]{Body: CalendarFeed{Scope: f.Scope, URL: url, MadeAt: f.MadeAt, FetchedAt: f.FetchedAt}}
}

func (s *Server) feedOperations() {
	register(s, op{ID: "getCalendarFeed", Method: http.MethodGet, Path: "/calendar-feed", Tag: "calendar", Summary: "Get your calendar address", Errors: []int{http.StatusNotFound},
		Description: "What it has, and when a calendar last came. The address itself is not told again. 404 when you have none."},
		func(ctx context.Context, _ *struct{}) (*body[CalendarFeed], error) {
			f, err := s.Calendar.Get(ctx)
			if err != nil {
				return nil, err
			}
			return feedDTO(f, ""), nil
		})
	// no Idempotency-Key would be kept with a secret in its answer: a second request simply makes the next address
	register(s, op{ID: "renewCalendarFeed", Method: http.MethodPut, Path: "/calendar-feed/address", Tag: "calendar", Summary: "Make a calendar address",
		Description: "A secret address (iCalendar, RFC 5545) to subscribe to in any calendar. It is told once; the one before stops working."},
		func(ctx context.Context, in *feedInput) (*body[CalendarFeed], error) {
			f, secret, err := s.Calendar.Renew(ctx, in.Body.Scope)
			if err != nil {
				return nil, err
			}
			return feedDTO(f, s.cfg.PublicURL.JoinPath("calendar", secret+".ics").String()), nil
		})
	register(s, op{ID: "updateCalendarFeed", Method: http.MethodPut, Path: "/calendar-feed", Tag: "calendar", Summary: "Change what your calendar address has", Errors: []int{http.StatusNotFound},
		Description: "The address stays."},
		func(ctx context.Context, in *feedInput) (*body[CalendarFeed], error) {
			f, err := s.Calendar.SetScope(ctx, in.Body.Scope)
			if err != nil {
				return nil, err
			}
			return feedDTO(f, ""), nil
		})
	register(s, op{ID: "revokeCalendarFeed", Method: http.MethodDelete, Path: "/calendar-feed", Tag: "calendar", Summary: "Revoke your calendar address",
		Description: "Calendars that have it get nothing from now on."},
		func(ctx context.Context, _ *struct{}) (*struct{}, error) { return nil, s.Calendar.Revoke(ctx) })
}

// feedRate is how often one feed is given, in times per second: calendars come every hour or so.
const feedRate = 2

// feedRoutes are those of calendars outside, who know a secret and no session.
func (s *Server) feedRoutes() {
	limit := newLimiters(feedRate)
	get := func(c echo.Context) error { return s.feed(c, limit) }
	s.echo.GET("/calendar/:file", get, s.limitAddress)
	s.echo.HEAD("/calendar/:file", get, s.limitAddress)
}

func (s *Server) feed(c echo.Context, limit *limiters) error {
	secret, ok := strings.CutSuffix(c.Param("file"), ".ics")
	if !ok {
		return echo.ErrNotFound
	}
	h := c.Response().Header()
	h.Set("X-Robots-Tag", "noindex")
	h.Set("Cache-Control", "private, no-cache") // kept by the calendar alone, which asks whether it is still right
	if _, wait := limit.take(calendar.Subject(secret)); wait > 0 {
		return tooMany(wait)
	}
	ctx, cancel := context.WithTimeout(c.Request().Context(), 10*time.Second)
	defer cancel()
	events, err := s.Calendar.Open(ctx, secret)
	switch errs.CodeOf(err) {
	case "":
	case errs.NotFound:
		return c.String(http.StatusNotFound, "There is no calendar at this address, or not any more.\n")
	default:
		return err
	}
	text := calendar.ICS(events, func(e drafts.FeedEvent) string {
		return s.cfg.PublicURL.JoinPath("drafts", e.DraftID.String()).String()
	})
	sum := sha256.Sum256([]byte(text))
	h.Set("Content-Type", "text/calendar; charset=utf-8")
	h.Set("Content-Disposition", `inline; filename="byline.ics"`)
	h.Set("ETag", `"`+hex.EncodeToString(sum[:16])+`"`)
	http.ServeContent(c.Response(), c.Request(), "", time.Time{}, strings.NewReader(text)) // If-None-Match, HEAD
	return nil
}
