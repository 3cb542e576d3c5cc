package httpapi

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/coder/websocket"
	"github.com/google/uuid"
	"github.com/labstack/echo/v4"

	"byline/backend/internal/coedit"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/errs"
)

// livePath is where browsers write together, over a WebSocket. docs/live.md has its protocol; OpenAPI knows no WebSockets.
const livePath = "/api/v1/live"

// IsLive says whether a request is a live connection, which lasts for hours.
func IsLive(r *http.Request) bool { return r.URL.Path == livePath }

const (
	pingEvery = 25 * time.Second
	sendLimit = 10 * time.Second // for one message to a client
)

// ConnectLive puts the authority over live drafts together: it needs to know sessions, rights and approvals.
func (s *Services) ConnectLive(documents *coedit.Service, secret []byte, options coedit.Options) {
	rules := coedit.Rules{
		Access: func(ctx context.Context, session, draft uuid.UUID) (u auth.User, write bool, why string, err error) {
			u, ok, err := s.People.BySession(ctx, session)
			if err == nil && !ok {
				err = errs.New(errs.Unauthenticated, "Your session has ended. Please sign in.")
			}
			if err != nil {
				return u, false, "", err
			}
			write, why, err = s.Drafts.Access(auth.With(ctx, u), draft)
			return u, write, why, err
		},
		Review: s.Drafts.ChangeInReview,
	}
	s.Live = coedit.NewLive(documents, secret, rules, options)
	s.People.OnEnd(func(ctx context.Context, user uuid.UUID) error { return documents.RightsChanged(ctx, uuid.Nil, user) })
}

// LiveTicket opens a draft on the live connection.
type LiveTicket struct {
	Ticket     string    `json:"ticket" doc:"For the open message on the WebSocket; never in an address."`
	ExpiresAt  time.Time `json:"expires_at" doc:"Within a minute; an open draft stays open."`
	ReadOnly   bool      `json:"read_only" doc:"Whether you see it live but cannot change it."`
	Why        string    `json:"why,omitempty" enum:"read-only,frozen,archived,suggesting" doc:"Why not. suggesting: you can, by suggestions only."`
	SchemaHash string    `json:"schema_hash" doc:"Which editor the server knows. A client with another one must reload."`
}

func (s *Server) liveOperations() {
	register(s, op{ID: "openLive", Method: http.MethodPost, Path: "/drafts/{id}/live-ticket", Tag: "drafts", Summary: "Write together", Status: http.StatusOK,
		Description: "Gives a ticket, good for a minute, with which this session opens the draft on the WebSocket at /api/v1/live. What you may do is looked up again whenever it may have changed, and the connection follows. " +
			"Its messages are JSON; docs/live.md describes them. 403 when you see title and state only."},
		func(ctx context.Context, in *PathID) (*body[LiveTicket], error) {
			sealed, write, why, err := s.Live.Ticket(ctx, in.ID)
			return &body[LiveTicket]{Body: LiveTicket{Ticket: sealed, ExpiresAt: time.Now().Add(coedit.TicketLife).UTC().Truncate(time.Second),
				ReadOnly: !write, Why: why, SchemaHash: coedit.SchemaHash}}, err
		})
}

// liveOrigin is the WebSocket's origin for the content security policy: not every browser counts it as 'self'.
func (s *Server) liveOrigin() string {
	if s.cfg.PublicURL == nil {
		return ""
	}
	return " " + strings.Replace(s.cfg.PublicURL.Scheme, "http", "ws", 1) + "://" + s.cfg.PublicURL.Host
}

// live serves one WebSocket. Who it is for is decided by the tickets that it brings, not by a cookie; pages of other sites
// are refused by their origin all the same.
func (s *Server) live(c echo.Context) error {
	conn := s.Live.Connect()
	if s.draining.Load() || conn == nil {
		return errs.New(errs.Unavailable, "This server is stopping.")
	}
	defer conn.Close()
	options := &websocket.AcceptOptions{CompressionMode: websocket.CompressionDisabled}
	if s.cfg.PublicURL != nil {
		options.OriginPatterns = []string{s.cfg.PublicURL.Host}
	}
	socket, err := websocket.Accept(c.Response(), c.Request(), options)
	if err != nil {
		return nil // it has answered
	}
	socket.SetReadLimit(coedit.MaxFrame)
	ctx, cancel := context.WithCancel(context.WithoutCancel(c.Request().Context()))
	defer cancel()
	written := make(chan struct{})
	go func() {
		defer close(written)
		defer cancel()
		s.writeLive(ctx, socket, conn)
	}()
	err = readLive(ctx, socket, conn)
	var closed websocket.CloseError
	if !errors.As(err, &closed) && ctx.Err() == nil {
		_ = socket.Close(websocket.StatusPolicyViolation, err.Error())
	}
	cancel()
	<-written
	_ = socket.CloseNow()
	return nil
}

// readLive hands over what comes until it cannot go on, and says why.
func readLive(ctx context.Context, socket *websocket.Conn, conn *coedit.Conn) error {
	for {
		kind, frame, err := socket.Read(ctx)
		if err != nil {
			return err
		}
		if kind != websocket.MessageText {
			return errors.New("messages are text")
		}
		if err := conn.Receive(ctx, frame); err != nil {
			return err
		}
	}
}

func (s *Server) writeLive(ctx context.Context, socket *websocket.Conn, conn *coedit.Conn) {
	ping := time.NewTicker(pingEvery)
	defer ping.Stop()
	for {
		var err error
		select {
		case <-ctx.Done():
			return
		case <-conn.Ended():
			_ = socket.Close(websocket.StatusGoingAway, conn.Reason())
			return
		case b := <-conn.Out():
			limit, done := context.WithTimeout(ctx, sendLimit)
			err = socket.Write(limit, websocket.MessageText, b)
			done()
		case <-ping.C:
			limit, done := context.WithTimeout(ctx, sendLimit)
			err = socket.Ping(limit)
			done()
		}
		if err != nil {
			return
		}
	}
}
