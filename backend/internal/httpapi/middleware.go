package httpapi

import (
	"context"
	"fmt"
	"log/slog"
	"math"
	"net"
	"net/http"
	"net/netip"
	"runtime/debug"
	"strings"
	"sync"
	"time"

	"github.com/labstack/echo/v4"
	"golang.org/x/time/rate"

	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/errs"
)

type requestIDKey struct{}

func requestID(ctx context.Context) string {
	id, _ := ctx.Value(requestIDKey{}).(string)
	return id
}

// requestIDs gives every request an id of our own; one sent by the client is not taken, as it could be anybody's.
func requestIDs(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		id := db.NewID().String()
		c.SetRequest(c.Request().WithContext(context.WithValue(c.Request().Context(), requestIDKey{}, id)))
		c.Response().Header().Set("X-Request-ID", id)
		return next(c)
	}
}

func recoverPanics(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) (err error) {
		defer func() {
			v := recover()
			if v == nil {
				return
			}
			if v == http.ErrAbortHandler {
				panic(v)
			}
			slog.ErrorContext(c.Request().Context(), "panic", "request_id", requestID(c.Request().Context()), "value", v, "stack", string(debug.Stack()))
			err = errs.New(errs.Internal, wentWrong)
		}()
		return next(c)
	}
}

// secureHeaders are those of OWASP ASVS 3.4. Scripts come from us only; styles may be inline because Mantine needs it.
func (s *Server) secureHeaders(next echo.HandlerFunc) echo.HandlerFunc {
	files := "'self'"
	if s.cfg.S3Origin != "" {
		files += " " + s.cfg.S3Origin
	}
	csp := strings.Join([]string{"default-src 'self'", "script-src 'self'", "style-src 'self' 'unsafe-inline'",
		"img-src " + files + " data: blob:", "media-src " + files + " blob:", "connect-src " + files + s.liveOrigin(),
		"font-src 'self' data:", "worker-src 'self' blob:", "object-src 'none'", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'"}, "; ")
	return func(c echo.Context) error {
		h := c.Response().Header()
		h.Set("Content-Security-Policy", csp)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "strict-origin-when-cross-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
		if forOutside(c.Request().URL.Path) {
			h.Set("Referrer-Policy", "no-referrer")
			h.Set("X-Robots-Tag", "noindex, nofollow")
		}
		if s.secureCookies() {
			h.Set("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
		}
		return next(c)
	}
}

// forOutside says whether an address is one with the token of a review link in it, which no other site may learn.
func forOutside(path string) bool {
	return strings.HasPrefix(path, "/review/") || strings.HasPrefix(path, "/api/v1/review/")
}

func noStore(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		c.Response().Header().Set("Cache-Control", "no-store")
		return next(c)
	}
}

// clientAddress believes X-Forwarded-For from the trusted proxies only.
func clientAddress(trusted []netip.Prefix) echo.IPExtractor {
	if len(trusted) == 0 {
		return echo.ExtractIPDirect()
	}
	options := []echo.TrustOption{echo.TrustLoopback(false), echo.TrustLinkLocal(false), echo.TrustPrivateNet(false)}
	for _, p := range trusted {
		options = append(options, echo.TrustIPRange(&net.IPNet{IP: p.Addr().AsSlice(), Mask: net.CIDRMask(p.Bits(), p.Addr().BitLen())}))
	}
	return echo.ExtractIPFromXFFHeader(options...)
}

// sameOrigin refuses what a page of another site makes a browser send (CSRF), by Sec-Fetch-Site and Origin. It is the
// standard library's protection; programs without a browser send neither header and pass.
func (s *Server) sameOrigin() echo.MiddlewareFunc {
	protection := http.NewCrossOriginProtection()
	if s.cfg.PublicURL != nil {
		if err := protection.AddTrustedOrigin(s.cfg.PublicURL.Scheme + "://" + s.cfg.PublicURL.Host); err != nil {
			slog.Error("public address is no origin", "error", err)
		}
	}
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			if err := protection.Check(c.Request()); err != nil {
				return errs.Wrap(errs.Forbidden, "This request came from another site and was refused.", err)
			}
			return next(c)
		}
	}
}

func (s *Server) timeout(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		ctx, cancel := context.WithTimeout(c.Request().Context(), s.cfg.RequestTimeout)
		defer cancel()
		c.SetRequest(c.Request().WithContext(ctx))
		return next(c)
	}
}

// limiters keeps one token bucket per key. The limit is per process: it protects the process, not a quota.
type limiters struct {
	mu    sync.Mutex
	rate  rate.Limit
	burst int
	by    map[string]*bucket
	swept time.Time
}

type bucket struct {
	*rate.Limiter
	used time.Time
}

func newLimiters(perSecond float64) *limiters {
	return &limiters{rate: rate.Limit(perSecond), burst: int(math.Ceil(perSecond * 4)), by: map[string]*bucket{}}
}

// take gives the tokens left, or how long to wait for the next.
func (l *limiters) take(key string) (left int, wait time.Duration) {
	now := time.Now()
	l.mu.Lock()
	defer l.mu.Unlock()
	if now.Sub(l.swept) > time.Minute {
		l.swept = now
		for k, b := range l.by {
			if now.Sub(b.used) > time.Minute {
				delete(l.by, k)
			}
		}
	}
	b, ok := l.by[key]
	if !ok {
		b = &bucket{Limiter: rate.NewLimiter(l.rate, l.burst)}
		l.by[key] = b
	}
	b.used = now
	if !b.AllowN(now, 1) {
		return 0, time.Duration(float64(time.Second) / float64(l.rate))
	}
	return int(b.TokensAt(now)), 0
}

func (s *Server) limitAddress(next echo.HandlerFunc) echo.HandlerFunc {
	l := newLimiters(s.cfg.AddressRate)
	return func(c echo.Context) error {
		if _, wait := l.take(c.RealIP()); wait > 0 {
			return tooMany(wait)
		}
		return next(c)
	}
}

func (s *Server) limitUser(next echo.HandlerFunc) echo.HandlerFunc {
	l := newLimiters(s.cfg.UserRate)
	return func(c echo.Context) error {
		user := auth.From(c.Request().Context())
		if !user.Known() {
			return next(c)
		}
		left, wait := l.take(user.ID.String())
		h := c.Response().Header()
		h.Set("X-RateLimit-Limit", fmt.Sprint(l.burst))
		h.Set("X-RateLimit-Remaining", fmt.Sprint(left))
		if wait > 0 {
			return tooMany(wait)
		}
		return next(c)
	}
}

func tooMany(wait time.Duration) error {
	e := errs.New(errs.TooMany, "Too many requests at once. Please wait a moment.")
	e.RetryAfterSeconds = int(math.Ceil(wait.Seconds()))
	return e
}
