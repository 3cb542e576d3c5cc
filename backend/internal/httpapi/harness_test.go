package httpapi_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"sync"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

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
	"byline/backend/internal/httpapi"
	"byline/backend/internal/ideas"
	"byline/backend/internal/insights"
	"byline/backend/internal/library"
	"byline/backend/internal/links"
	"byline/backend/internal/notify"
	"byline/backend/internal/people"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/blob"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/dbtest"
	"byline/backend/internal/platform/embedded"
	"byline/backend/internal/platform/extract"
	"byline/backend/internal/platform/mail"
	"byline/backend/internal/platform/mailtest"
	"byline/backend/internal/platform/meili"
	"byline/backend/internal/posts"
	"byline/backend/internal/reviewlinks"
	"byline/backend/internal/search"
	"byline/backend/internal/shares"
	"byline/backend/internal/taxonomy"
	"byline/backend/internal/transfer"
	"byline/backend/internal/views"
)

// testPassword is everybody's.
const testPassword = "correct horse battery"

// api is the whole server on a database of its own.
type api struct {
	t *testing.T
	httpapi.Services
	server *httptest.Server
	blobs  *blob.Store
	hash   string // of testPassword
}

var passwordHash = sync.OnceValues(func() (string, error) {
	return people.New(nil, nil).HashPassword(context.Background(), testPassword)
})

func newAPI(t *testing.T) *api { return newAPIOn(t, dbtest.New(t)) }

func newAPIOn(t *testing.T, d *db.DB) *api {
	t.Helper()
	log, blobs := activity.New(d, notify.Consume), storage(t)
	services := httpapi.Services{DB: d, Activity: log, People: people.New(d, log), Comments: comments.New(d, log), Links: links.New(d, links.Config{Secret: []byte("test")}), Insights: insights.New(d), Search: search.New(d, meili.New(meili.Config{}))}
	services.Ideas = ideas.New(d, log, services.Comments)
	services.Library = library.New(d, log, services.Comments, blobs, extract.Extractor{})
	documents := coedit.New(d)
	services.ContentTypes = contenttypes.New(d, log)
	services.Drafts = drafts.New(d, log, services.Comments, documents, services.Ideas, services.Library, services.ContentTypes)
	documents.OnText(services.Drafts.MoveThreads)
	services.Comments.SetTexts(services.Drafts.Texts())
	services.ConnectLive(documents, []byte("test"), coedit.Options{})
	services.Collections = collections.New(d, log, services.Library)
	services.Calendar, services.Views = calendar.New(d, services.Drafts), views.New(d)
	services.Demand = demand.New(d, log, services.Ideas, services.Library, services.Search, services.Views, []byte("test"))
	services.Demand.SetSets(services.Collections.Sets)
	services.Taxonomy = taxonomy.New(d, log, services.Library, services.Collections, services.Views)
	services.Transfer = transfer.New(d, log, services.Library, services.Collections, services.ContentTypes, services.Taxonomy, services.Search, blobs)
	services.Bulk = bulkedit.New(d, services.Library, services.Collections)
	services.Checks = checks.New(d, services.Library, "Byline link check")
	services.ReviewLinks = reviewlinks.New(d, log, services.Comments, services.Drafts, services.Library, []byte("test"))
	services.Posts = posts.New(d, log, services.Comments, services.Library, services.Links)
	services.Shares = shares.New(d, log, services.Library, shares.Config{Secret: []byte("test"), Collections: services.Collections, Mail: mail.New(smtpServer(t).Config())})
	services.Library.OnRecall(services.Shares.Recalled)
	services.Library.OnNewContent(services.Shares.HeldBy)
	services.Library.SetSees(func(ctx context.Context, objectType string, id uuid.UUID) (bool, error) {
		return services.Sees(ctx, objectType, id)
	})
	services.Notify = notify.New(d, func(ctx context.Context, objectType string, id uuid.UUID) (bool, error) {
		return services.Sees(ctx, objectType, id)
	})
	services.Demand.SetWithdraw(services.Notify.Withdraw)
	public, err := url.Parse("http://byline.test")
	require.NoError(t, err)
	server := httptest.NewServer(httpapi.New(httpapi.Config{PublicURL: public, UserRate: 1e6, AddressRate: 1e6, ReviewRate: 1e6}, services).Handler())
	t.Cleanup(func() {
		services.Live.Close(context.Background())
		server.Close()
	})
	hash, err := passwordHash()
	require.NoError(t, err)
	return &api{t: t, Services: services, server: server, blobs: blobs, hash: hash}
}

// s3Server is one S3 server for all tests of the package; every test has a prefix of its own in it.
var s3Server = sync.OnceValues(func() (*embedded.S3, error) {
	dir, err := os.MkdirTemp("", "byline-httpapi-s3")
	if err != nil {
		return nil, err
	}
	return embedded.StartS3(context.Background(), embedded.S3Options{DataDir: dir, AccessKey: "test", SecretKey: "testtest", Unsafe: true})
})

// mails takes what all tests of the package send; each writes to people of its own.
var mails = sync.OnceValues(func() (*mailtest.Server, error) {
	server, _, err := mailtest.Start()
	return server, err
})

func smtpServer(t *testing.T) *mailtest.Server {
	t.Helper()
	server, err := mails()
	require.NoError(t, err)
	return server
}

func storage(t *testing.T) *blob.Store {
	t.Helper()
	server, err := s3Server()
	require.NoError(t, err)
	store := blob.New(blob.Config{Endpoint: server.URL(), Region: "us-east-1", AccessKey: "test", SecretKey: "testtest", Bucket: "byline", Prefix: uuid.NewString() + "/"})
	require.NoError(t, store.EnsureBucket(t.Context()))
	return store
}

// client is one browser, signed in or not.
type client struct {
	api *api
	people.User
	http *http.Client
}

// anonymous is a browser in which nobody is signed in.
func (a *api) anonymous() *client {
	jar := &cookieJar{}
	return &client{api: a, http: &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

// rep, salesLead, marketer, marketingLead and admin are people of the rights table, signed in.
func (a *api) rep(name string) *client { return a.person(people.User{Name: name, Side: auth.Sales}) }
func (a *api) salesLead(name string) *client {
	return a.person(people.User{Name: name, Side: auth.Sales, Lead: true})
}
func (a *api) marketer(name string) *client {
	return a.person(people.User{Name: name, Side: auth.Marketing})
}
func (a *api) marketingLead(name string) *client {
	return a.person(people.User{Name: name, Side: auth.Marketing, Lead: true})
}
func (a *api) admin(name string) *client {
	return a.person(people.User{Name: name, Side: auth.Marketing, Admin: true})
}

func (a *api) person(u people.User) *client {
	a.t.Helper()
	u.Email, u.PasswordHash = fmt.Sprintf("%s@example.com", uuid.NewString()), a.hash
	require.NoError(a.t, a.People.Create(a.t.Context(), &u))
	c := a.anonymous()
	c.User = u
	a.open(c)
	return c
}

// open gives a browser a session without the password, whose hashing is slow on purpose.
func (a *api) open(c *client) {
	a.t.Helper()
	token := rand.Text()
	_, err := a.DB.Pool().Exec(a.t.Context(), `INSERT INTO sessions (id, token_hash, user_id, expires_at) VALUES ($1, sha256($2), $3, now() + interval '1 day')`,
		db.NewID(), []byte(token), c.ID)
	require.NoError(a.t, err)
	c.http.Jar.SetCookies(nil, []*http.Cookie{{Name: "byline_session", Value: token, HttpOnly: true, SameSite: http.SameSiteLaxMode}})
}

// answer is a response with its body read.
type answer struct {
	t      *testing.T
	Status int
	Header http.Header
	Body   []byte
}

func (c *client) get(path string) *answer { return c.do(http.MethodGet, path, nil) }

func (c *client) post(path string, body any, headers ...string) *answer {
	return c.do(http.MethodPost, path, body, headers...)
}

// put sends body based on a revision; 0 sends no If-Match.
func (c *client) put(path string, rev int64, body any) *answer {
	return c.write(http.MethodPut, path, rev, body)
}

func (c *client) delete(path string) *answer { return c.do(http.MethodDelete, path, nil) }

func (c *client) write(method, path string, rev int64, body any) *answer {
	if rev == 0 {
		return c.do(method, path, body)
	}
	return c.do(method, path, body, "If-Match", fmt.Sprintf("%q", fmt.Sprint(rev)))
}

// do sends body as JSON (a []byte or string as it is) to a path below /api/v1; headers are name, value, name, value.
func (c *client) do(method, path string, body any, headers ...string) *answer {
	t := c.api.t
	t.Helper()
	var payload io.Reader
	switch b := body.(type) {
	case nil:
	case []byte:
		payload = bytes.NewReader(b)
	case string:
		payload = bytes.NewReader([]byte(b))
	default:
		j, err := json.Marshal(b)
		require.NoError(t, err)
		payload = bytes.NewReader(j)
	}
	r, err := http.NewRequestWithContext(t.Context(), method, c.api.server.URL+"/api/v1"+path, payload)
	require.NoError(t, err)
	if body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	res, err := c.http.Do(r)
	require.NoError(t, err)
	defer func() { _ = res.Body.Close() }()
	b, err := io.ReadAll(res.Body)
	require.NoError(t, err)
	return &answer{t: t, Status: res.StatusCode, Header: res.Header, Body: b}
}

// is fails the test unless the status is the expected one.
func (a *answer) is(status int) *answer {
	a.t.Helper()
	require.Equal(a.t, status, a.Status, "%s", a.Body)
	return a
}

// into reads the JSON body into v.
func (a *answer) into(v any) *answer {
	a.t.Helper()
	require.NoError(a.t, json.Unmarshal(a.Body, v), "%s", a.Body)
	return a
}

// problem gives the body as an RFC 9457 problem.
func (a *answer) problem() (p httpapi.Problem) {
	a.t.Helper()
	require.Contains(a.t, a.Header.Get("Content-Type"), "application/problem+json", "%s", a.Body)
	a.into(&p)
	return p
}

// cookieJar keeps cookies by name; net/http/cookiejar would do too but wants a public suffix list.
type cookieJar struct{ cookies map[string]*http.Cookie }

func (j *cookieJar) SetCookies(_ *url.URL, cookies []*http.Cookie) {
	if j.cookies == nil {
		j.cookies = map[string]*http.Cookie{}
	}
	for _, c := range cookies {
		if c.MaxAge < 0 {
			delete(j.cookies, c.Name)
			continue
		}
		j.cookies[c.Name] = c
	}
}

func (j *cookieJar) Cookies(*url.URL) (all []*http.Cookie) {
	for _, c := range j.cookies {
		all = append(all, c)
	}
	return all
}
