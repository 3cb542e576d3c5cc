// Package httpapi is the only package that speaks HTTP: server, middleware, sessions, rights, error answers, and one file
// per domain with its operations (Huma on Echo). The OpenAPI description comes from these types.
package httpapi

import (
	"context"
	"log/slog"
	"net/http"
	"net/netip"
	"net/url"
	"sync"
	"sync/atomic"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humaecho"
	"github.com/labstack/echo/v4"

	"byline/backend/internal/activity"
	"byline/backend/internal/bulkedit"
	"byline/backend/internal/calendar"
	"byline/backend/internal/checks"
	"byline/backend/internal/coedit"
	"byline/backend/internal/collections"
	"byline/backend/internal/comments"
	"byline/backend/internal/contenttypes"
	"byline/backend/internal/demand"
	"byline/backend/internal/drafts"
	"byline/backend/internal/ideas"
	"byline/backend/internal/insights"
	"byline/backend/internal/library"
	"byline/backend/internal/links"
	"byline/backend/internal/notify"
	"byline/backend/internal/people"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/posts"
	"byline/backend/internal/reviewlinks"
	"byline/backend/internal/search"
	"byline/backend/internal/shares"
	"byline/backend/internal/taxonomy"
	"byline/backend/internal/transfer"
	"byline/backend/internal/views"
)

// Config are the settings of the server.
type Config struct {
	PublicURL      *url.URL       // where browsers reach us; decides the cookie's name and its Secure mark
	S3Origin       string         // origin (scheme://host:port) that browsers upload to and load previews from; "" when unknown
	TrustedProxies []netip.Prefix // whose X-Forwarded-For is believed
	RequestTimeout time.Duration  // of an API request; 0 means 20 s
	UserRate       float64        // requests per second of one user; 0 means 50, with bursts of four times that
	AddressRate    float64        // requests per second of one address; 0 means 200
	Brand          Brand          // of the pages of shares
	CountryHeader  string         // in which a trusted proxy names the visitor's country; "" keeps no country
	ReviewRate     float64        // writes per second of one address by one review link, with bursts of four times that; 0 means 2. It reads five times as often
	Demo           []DemoSignIn   // shown to everybody at sign-in; only of a demo workspace
}

// Services are the domains behind the API.
type Services struct {
	DB       *db.DB
	Activity *activity.Log
	People   *people.Service
	Comments *comments.Service
	Notify   *notify.Service
	Ideas    *ideas.Service
	Library  *library.Service
	Drafts   *drafts.Service
	// ContentTypes are what is planned.
	ContentTypes *contenttypes.Service
	Posts        *posts.Service
	Links        *links.Service
	Shares       *shares.Service
	Insights     *insights.Service
	Search       *search.Service
	Live         *coedit.Live // writing together
	Calendar     *calendar.Service
	ReviewLinks  *reviewlinks.Service
	Views        *views.Service
	Collections  *collections.Service
	// Transfer takes the resource center out and brings it in.
	Transfer *transfer.Service
	// Demand is what people looked for without success.
	Demand   *demand.Service
	Taxonomy *taxonomy.Service
	Bulk     *bulkedit.Service
	Checks   *checks.Service
}

// Server is the HTTP side of Byline.
type Server struct {
	Services
	cfg      Config
	echo     *echo.Echo
	api      huma.API
	draining atomic.Bool
	checks   map[string]func(context.Context) error
}

// New builds the server with all routes. It does not listen.
func New(cfg Config, services Services) *Server {
	if cfg.RequestTimeout == 0 {
		cfg.RequestTimeout = 20 * time.Second
	}
	if cfg.UserRate == 0 {
		cfg.UserRate = 50
	}
	if cfg.AddressRate == 0 {
		cfg.AddressRate = 200
	}
	if cfg.ReviewRate == 0 {
		cfg.ReviewRate = 2
	}
	s := &Server{Services: services, cfg: cfg, echo: echo.New(), checks: map[string]func(context.Context) error{}}
	s.checks["database"] = func(ctx context.Context) error { return services.DB.Pool().Ping(ctx) }
	e := s.echo
	e.HideBanner, e.HidePort = true, true
	e.HTTPErrorHandler = handleError
	e.IPExtractor = clientAddress(cfg.TrustedProxies)
	e.Server.ReadHeaderTimeout, e.Server.ReadTimeout = 10*time.Second, 60*time.Second
	e.Server.WriteTimeout, e.Server.IdleTimeout = 60*time.Second, 2*time.Minute
	e.Pre(requestIDs)
	e.Use(recoverPanics, s.secureHeaders)

	e.GET("/healthz", s.healthz)
	e.GET("/readyz", s.readyz)
	e.HEAD("/healthz", s.healthz)
	e.HEAD("/readyz", s.readyz)

	setUpHuma()
	group := e.Group("/api/v1", s.limitAddress, s.session, s.sameOrigin(), s.limitUser, s.timeout, noStore)
	s.api = humaecho.NewWithGroup(e, group, apiConfig(cfg))
	describeIDs(s.api)
	s.api.UseMiddleware(s.authorize, s.idempotent)
	s.registerAll()
	e.GET(livePath, s.live, s.limitAddress)
	s.linkRoutes()
	s.feedRoutes()
	s.shareRoutes()
	s.apiReference()
	s.spa()
	return s
}

// registerAll adds the operations of every domain.
func (s *Server) registerAll() {
	s.sessionOperations()
	s.peopleOperations()
	s.ideaOperations()
	s.draftOperations()
	s.calendarOperations()
	s.feedOperations()
	s.reviewLinkOperations()
	s.outsideOperations()
	s.viewOperations()
	s.contentTypeOperations()
	s.stepOperations()
	s.postOperations()
	s.resourceOperations()
	s.reviewOperations()
	s.collectionOperations()
	s.taxonomyOperations()
	s.bulkOperations()
	s.synonymOperations()
	s.checkOperations()
	s.shareOperations()
	s.shareLeavingOperations()
	s.shareHandoverOperations()
	s.recallOperations()
	s.feedbackOperations()
	s.recommendOperations()
	s.assetOperations()
	s.transferOperations()
	s.thingOperations()
	s.threadOperations()
	s.notificationOperations()
	s.insightOperations()
	s.searchOperations()
	s.demandOperations()
}

func apiConfig(cfg Config) huma.Config {
	c := huma.DefaultConfig("Byline", "1")
	c.OpenAPIPath, c.DocsPath, c.SchemasPath = "", "", ""
	c.CreateHooks, c.Transformers = nil, nil
	c.RejectUnknownQueryParameters = true
	c.Info.Description = "The API of Byline: content co-creation and sales enablement. Errors are RFC 9457 problems. " +
		"Writes of existing things name the revision that they are based on (If-Match); POST takes an Idempotency-Key. " +
		"Lists are pages with opaque cursors."
	c.Info.License = &huma.License{Name: "Apache-2.0", Identifier: "Apache-2.0"}
	c.Servers = []*huma.Server{{URL: "/api/v1"}}
	c.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		"session": {Type: "apiKey", In: "cookie", Name: "byline_session", Description: "Set by signIn. Named __Host-byline_session where the public address is https."},
	}
	c.FieldsOptionalByDefault = false
	return c
}

// Handler gives the whole server as a handler.
func (s *Server) Handler() http.Handler { return s.echo }

// HTTPServer gives the server with its time limits, for the program to listen with.
func (s *Server) HTTPServer() *http.Server {
	s.echo.Server.Handler = s.echo
	return s.echo.Server
}

// OpenAPI gives the description of the API as JSON (OpenAPI 3.1).
func (s *Server) OpenAPI() ([]byte, error) { return s.api.OpenAPI().MarshalJSON() }

// Check adds a part that must be well for /readyz to answer 200.
func (s *Server) Check(name string, check func(context.Context) error) { s.checks[name] = check }

// Drain makes /readyz answer 503, so that a balancer sends nobody new while open requests finish.
func (s *Server) Drain() { s.draining.Store(true) }

func (s *Server) healthz(c echo.Context) error { return c.String(http.StatusOK, "ok\n") }

func (s *Server) readyz(c echo.Context) error {
	if s.draining.Load() {
		return c.String(http.StatusServiceUnavailable, "draining\n")
	}
	ctx, cancel := context.WithTimeout(c.Request().Context(), 2*time.Second)
	defer cancel()
	for name, check := range s.checks {
		if err := check(ctx); err != nil {
			slog.WarnContext(ctx, "not ready", "part", name, "error", err)
			return c.String(http.StatusServiceUnavailable, name+" is away\n")
		}
	}
	return c.String(http.StatusOK, "ready\n")
}

// setUpHuma says once what Huma does for all servers of the process.
var setUpHuma = sync.OnceFunc(func() {
	huma.DefaultArrayNullable, huma.ValidateStrictCasing = false, true
	huma.NewError = newError
	huma.NewErrorWithContext = func(c huma.Context, status int, message string, details ...error) huma.StatusError {
		se := newError(status, message, details...)
		if p, ok := se.(*Problem); ok {
			p.RequestID = requestID(c.Context())
		}
		return se
	}
})
