package httpapi

import (
	"context"
	"net/http"
	"time"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"

	"byline/backend/internal/people"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/errs"
)

func (s *Server) secureCookies() bool {
	return s.cfg.PublicURL != nil && s.cfg.PublicURL.Scheme == "https"
}

// cookieName has the __Host- prefix where the connection is secure: the browser then refuses a cookie that a
// sub-domain or an insecure page tries to plant (RFC 6265bis 4.1.3).
func (s *Server) cookieName(base string) string {
	if s.secureCookies() {
		return "__Host-" + base
	}
	return base
}

const (
	sessionCookie = "byline_session"
	deviceCookie  = "byline_device"
)

func (s *Server) cookie(base, value string, life time.Duration) http.Cookie {
	c := http.Cookie{Name: s.cookieName(base), Value: value, Path: "/", HttpOnly: true, Secure: s.secureCookies(),
		SameSite: http.SameSiteLaxMode, MaxAge: int(life.Seconds())}
	if value == "" {
		c.MaxAge = -1
	}
	return c
}

type browserKey struct{}

// browser is what a request says about the browser it comes from.
type browser struct {
	session, device, reviewer, agent, address, key string
}

// session puts the signed-in user into the context, when there is one.
func (s *Server) session(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r := c.Request()
		b := browser{agent: r.UserAgent(), address: c.RealIP(), key: r.Header.Get("Idempotency-Key")}
		if k, err := r.Cookie(s.cookieName(sessionCookie)); err == nil {
			b.session = k.Value
		}
		if k, err := r.Cookie(s.cookieName(deviceCookie)); err == nil {
			b.device = k.Value
		}
		if k, err := r.Cookie(s.reviewerCookieName()); err == nil {
			b.reviewer = k.Value
		}
		ctx := context.WithValue(r.Context(), browserKey{}, b)
		if b.session != "" {
			user, ok, err := s.People.Authenticate(ctx, b.session)
			if err != nil {
				return err
			}
			if ok {
				ctx = auth.With(ctx, user)
			}
		}
		c.SetRequest(r.WithContext(ctx))
		return next(c)
	}
}

func browserOf(ctx context.Context) browser {
	b, _ := ctx.Value(browserKey{}).(browser)
	return b
}

// cookies is an answer that sets cookies.
type cookies[T any] struct {
	SetCookie []http.Cookie `header:"Set-Cookie"`
	Body      T
}

// SessionInfo says who is signed in.
type SessionInfo struct {
	User *Person      `json:"user,omitempty" doc:"The signed-in person; absent when nobody is."`
	Demo []DemoSignIn `json:"demo,omitempty" doc:"In a demo workspace, while nobody is signed in: the people to try it as."`
}

// DemoSignIn is one person of a demo workspace, for everybody to try it as.
type DemoSignIn struct {
	Name     string `json:"name" example:"Jonas Weber"`
	Role     string `json:"role" example:"sales rep"`
	Email    string `json:"email" format:"email"`
	Password string `json:"password"`
}

// SessionDTO is one signed-in browser.
type SessionDTO struct {
	ID        uuid.UUID `json:"id"`
	UserAgent string    `json:"user_agent" doc:"What the browser calls itself."`
	Address   string    `json:"address" doc:"Its network address at sign-in."`
	CreatedAt time.Time `json:"created_at"`
	SeenAt    time.Time `json:"seen_at" doc:"Last use, to within five minutes."`
	Current   bool      `json:"current" doc:"Whether it is this one."`
}

func (s *Server) sessionOperations() {
	register(s, op{ID: "signIn", Method: http.MethodPost, Path: "/session", Tag: "session", Summary: "Sign in",
		Description: "Checks e-mail address and password and sets the session cookie; a session that the browser had ends. 401 when they do not match, 429 after too many tries.",
		Errors:      []int{http.StatusUnauthorized}}, s.signIn)
	register(s, op{ID: "getSession", Method: http.MethodGet, Path: "/session", Tag: "session", Summary: "Who is signed in",
		Description: "Gives the signed-in person; an empty object when nobody is, with the people to try in a demo workspace."},
		func(ctx context.Context, _ *struct{}) (*body[SessionInfo], error) {
			me := auth.From(ctx)
			if !me.Known() {
				return &body[SessionInfo]{Body: SessionInfo{Demo: s.cfg.Demo}}, nil
			}
			u, err := s.People.Get(ctx, me.ID)
			if err != nil {
				return nil, err
			}
			p := personDTO(u, true)
			return &body[SessionInfo]{Body: SessionInfo{User: &p}}, nil
		})
	register(s, op{ID: "signOut", Method: http.MethodDelete, Path: "/session", Tag: "session", Summary: "Sign out",
		Description: "Ends this session and clears the cookie."},
		func(ctx context.Context, _ *struct{}) (*struct {
			SetCookie []http.Cookie `header:"Set-Cookie"`
		}, error) {
			return &struct {
				SetCookie []http.Cookie `header:"Set-Cookie"`
			}{[]http.Cookie{s.cookie(sessionCookie, "", 0)}}, s.People.SignOut(ctx)
		})
	register(s, op{ID: "listSessions", Method: http.MethodGet, Path: "/sessions", Tag: "session", Summary: "List my sessions",
		Description: "All browsers in which you are signed in, last used first."},
		func(ctx context.Context, _ *struct{}) (*body[List[SessionDTO]], error) {
			sessions, err := s.People.Sessions(ctx)
			current := auth.From(ctx).SessionID
			l := paged(sessions, len(sessions), nil, func(x people.Session) SessionDTO {
				return SessionDTO{ID: x.ID, UserAgent: x.UserAgent, Address: x.Address, CreatedAt: x.CreatedAt, SeenAt: x.SeenAt, Current: x.ID == current}
			})
			return &body[List[SessionDTO]]{Body: l}, err
		})
	register(s, op{ID: "endSession", Method: http.MethodDelete, Path: "/sessions/{id}", Tag: "session", Summary: "End one of my sessions",
		Description: "That browser is signed out at once."},
		func(ctx context.Context, in *PathID) (*struct{}, error) { return nil, s.People.EndSession(ctx, in.ID) })
	register(s, op{ID: "signOutEverywhere", Method: http.MethodDelete, Path: "/sessions", Tag: "session", Summary: "Sign out everywhere",
		Description: "Ends all your sessions, this one too."},
		func(ctx context.Context, _ *struct{}) (*struct{}, error) { return nil, s.People.SignOutEverywhere(ctx) })
	register(s, op{ID: "changePassword", Method: http.MethodPut, Path: "/session/password", Tag: "session", Summary: "Change my password",
		Description: "Sets a new password, ends all other sessions and gives this browser a new one."}, s.changePassword)
	register(s, op{ID: "getInvitation", Method: http.MethodGet, Path: "/invitations/{token}", Tag: "session", Summary: "Look at an invitation",
		Description: "What the link offers. 404 when it was used or has expired."}, s.getInvitation)
	register(s, op{ID: "acceptInvitation", Method: http.MethodPost, Path: "/invitations/{token}/accept", Tag: "session", Summary: "Accept an invitation",
		Description: "Makes the account and signs in. An invitation works once.", Errors: []int{http.StatusConflict}}, s.acceptInvitation)
	register(s, op{ID: "createInvitation", Method: http.MethodPost, Path: "/invitations", Tag: "people", Summary: "Invite somebody", Status: http.StatusCreated,
		Description: "Gives a link that works once within 14 days. Leads invite for their own side, administrators anybody.", Errors: []int{http.StatusConflict}}, s.createInvitation)
}

type signInInput struct {
	Body struct {
		Email    string `json:"email" format:"email" maxLength:"254" example:"nora.lind@example.com"`
		Password string `json:"password" minLength:"1" maxLength:"200" example:"a sentence is easier to keep"`
	}
}

func (s *Server) signIn(ctx context.Context, in *signInInput) (*cookies[SessionInfo], error) {
	b := browserOf(ctx)
	user, tokens, err := s.People.SignIn(ctx, people.SignIn{Email: in.Body.Email, Password: in.Body.Password, DeviceToken: b.device,
		OldToken: b.session, UserAgent: b.agent, Address: b.address})
	if err != nil {
		return nil, err
	}
	return s.signedIn(user, tokens), nil
}

func (s *Server) signedIn(user people.User, tokens people.Tokens) *cookies[SessionInfo] {
	p := personDTO(user, true)
	return &cookies[SessionInfo]{
		SetCookie: []http.Cookie{s.cookie(sessionCookie, tokens.Session, people.SessionMax), s.cookie(deviceCookie, tokens.Device, 365*24*time.Hour)},
		Body:      SessionInfo{User: &p},
	}
}

type changePasswordInput struct {
	Body struct {
		CurrentPassword string `json:"current_password" minLength:"1" maxLength:"200"`
		NewPassword     string `json:"new_password" minLength:"1" maxLength:"200" doc:"10 to 200 characters."`
	}
}

func (s *Server) changePassword(ctx context.Context, in *changePasswordInput) (*struct {
	SetCookie []http.Cookie `header:"Set-Cookie"`
}, error) {
	b := browserOf(ctx)
	token, err := s.People.ChangePassword(ctx, in.Body.CurrentPassword, in.Body.NewPassword, b.agent, b.address)
	if err != nil {
		return nil, err
	}
	return &struct {
		SetCookie []http.Cookie `header:"Set-Cookie"`
	}{[]http.Cookie{s.cookie(sessionCookie, token, people.SessionMax)}}, nil
}

// InvitationPath names an invitation by the end of its link.
type InvitationPath struct {
	Token string `path:"token" maxLength:"100" doc:"The end of the invitation link."`
}

// InvitationDTO is what an invitation offers.
type InvitationDTO struct {
	ID        uuid.UUID `json:"id"`
	Email     string    `json:"email" doc:"Whom it is for; empty for the first administrator, who chooses."`
	Side      auth.Side `json:"side" enum:"sales,marketing"`
	Lead      bool      `json:"lead"`
	Admin     bool      `json:"admin"`
	ExpiresAt time.Time `json:"expires_at"`
	Link      string    `json:"link,omitempty" doc:"The address to give to the person; shown only once, when the invitation is made."`
}

func invitationDTO(i people.Invitation) InvitationDTO {
	return InvitationDTO{ID: i.ID, Email: i.Email, Side: i.Side, Lead: i.Lead, Admin: i.Admin, ExpiresAt: i.ExpiresAt}
}

func (s *Server) getInvitation(ctx context.Context, in *InvitationPath) (*body[InvitationDTO], error) {
	i, err := s.People.Invitation(ctx, in.Token)
	return &body[InvitationDTO]{Body: invitationDTO(i)}, err
}

type acceptInput struct {
	InvitationPath
	Body struct {
		Email    string `json:"email,omitempty" maxLength:"254" doc:"Only where the invitation names none."`
		Name     string `json:"name" minLength:"1" maxLength:"120"`
		Password string `json:"password" minLength:"1" maxLength:"200" doc:"10 to 200 characters."`
		Timezone string `json:"timezone,omitempty" maxLength:"64" example:"Europe/Berlin"`
	}
}

func (s *Server) acceptInvitation(ctx context.Context, in *acceptInput) (*cookies[SessionInfo], error) {
	b := browserOf(ctx)
	user, tokens, err := s.People.Accept(ctx, in.Token, in.Body.Email, in.Body.Name, in.Body.Password, in.Body.Timezone, b.agent, b.address)
	if err != nil {
		return nil, err
	}
	return s.signedIn(user, tokens), nil
}

type inviteInput struct {
	Body struct {
		Email  string     `json:"email" format:"email" maxLength:"254"`
		Side   auth.Side  `json:"side" enum:"sales,marketing"`
		Lead   bool       `json:"lead,omitempty"`
		Admin  bool       `json:"admin,omitempty"`
		TeamID *uuid.UUID `json:"team_id,omitempty" doc:"The team to join; null for none."`
	}
}

func (s *Server) createInvitation(ctx context.Context, in *inviteInput) (*body[InvitationDTO], error) {
	if s.cfg.PublicURL == nil {
		return nil, errs.New(errs.Unavailable, "The public address of Byline is not set.")
	}
	i, token, err := s.People.Invite(ctx, people.Invitation{Email: in.Body.Email, Side: in.Body.Side, Lead: in.Body.Lead, Admin: in.Body.Admin, TeamID: nullID(in.Body.TeamID)})
	if err != nil {
		return nil, err
	}
	dto := invitationDTO(i)
	dto.Link = s.cfg.PublicURL.JoinPath("invitation", token).String()
	return &body[InvitationDTO]{Body: dto}, nil
}
