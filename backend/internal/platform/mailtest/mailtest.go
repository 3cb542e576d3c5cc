// Package mailtest is an SMTP server for tests: what arrives is kept in memory.
package mailtest

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http/httptest"
	"net/mail"
	"strconv"
	"sync"
	"testing"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
	"github.com/stretchr/testify/require"

	bymail "byline/backend/internal/platform/mail"
)

// Mail is a message as it arrived.
type Mail struct {
	From, To string // of the envelope
	Raw      []byte
}

// Server takes mail on the loopback interface.
type Server struct {
	Password string // asked from everybody when it is set, of "byline"

	mu     sync.Mutex
	mails  []Mail
	refuse error
	port   int
	tls    *tls.Config
}

// New starts a server, which ends with the test.
func New(t testing.TB) *Server {
	t.Helper()
	s, stop, err := Start()
	require.NoError(t, err)
	t.Cleanup(stop)
	return s
}

// Start starts a server for more than one test.
func Start() (s *Server, stop func(), err error) {
	s = &Server{}
	server := smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return &session{server: s}, nil }))
	server.Domain = "localhost"
	lender := httptest.NewTLSServer(nil) // has a certificate for this address
	lender.Close()
	server.TLSConfig = &tls.Config{Certificates: lender.TLS.Certificates, MinVersion: tls.VersionTLS12}
	roots := x509.NewCertPool()
	roots.AddCert(lender.Certificate())
	s.tls = &tls.Config{RootCAs: roots, ServerName: "127.0.0.1", MinVersion: tls.VersionTLS12}
	listener, err := net.Listen("tcp", "127.0.0.1:0") //nolint:noctx // a test
	if err != nil {
		return nil, nil, err
	}
	s.port = listener.Addr().(*net.TCPAddr).Port
	go func() { _ = server.Serve(listener) }()
	return s, func() { _ = server.Close() }, nil
}

// Config reaches the server.
func (s *Server) Config() bymail.Config {
	return bymail.Config{Host: "127.0.0.1", Port: s.port, Security: bymail.StartTLS, TLS: s.tls, From: mail.Address{Name: "Byline", Address: "byline@kelvora.example"}}
}

// Address is where it listens.
func (s *Server) Address() string { return net.JoinHostPort("127.0.0.1", strconv.Itoa(s.port)) }

// Refuse makes the server answer every recipient with a code, such as 550; 0 takes mail again.
func (s *Server) Refuse(code int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.refuse = nil
	if code != 0 {
		s.refuse = &smtp.SMTPError{Code: code, EnhancedCode: smtp.EnhancedCode{code / 100, 1, 1}, Message: "no"}
	}
}

// Mails gives what has arrived.
func (s *Server) Mails() []Mail {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Mail{}, s.mails...)
}

type session struct {
	server   *Server
	mail     Mail
	signedIn bool
}

// AuthMechanisms implements smtp.AuthSession.
func (*session) AuthMechanisms() []string { return []string{sasl.Plain} }

// Auth implements smtp.AuthSession.
func (s *session) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if user != "byline" || password != s.server.Password {
			return errors.New("who is that?")
		}
		s.signedIn = true
		return nil
	}), nil
}

// Mail implements smtp.Session.
func (s *session) Mail(from string, _ *smtp.MailOptions) error {
	if s.server.Password != "" && !s.signedIn {
		return smtp.ErrAuthRequired
	}
	s.mail = Mail{From: from}
	return nil
}

// Rcpt implements smtp.Session.
func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.server.mu.Lock()
	defer s.server.mu.Unlock()
	if s.server.refuse != nil {
		return s.server.refuse
	}
	s.mail.To = to
	return nil
}

// Data implements smtp.Session.
func (s *session) Data(r io.Reader) (err error) {
	if s.mail.Raw, err = io.ReadAll(r); err != nil {
		return err
	}
	s.server.mu.Lock()
	defer s.server.mu.Unlock()
	s.server.mails = append(s.server.mails, s.mail)
	return nil
}

// Reset implements smtp.Session.
func (s *session) Reset() { s.mail = Mail{} }

// Logout implements smtp.Session.
func (*session) Logout() error { return nil }
