package httpapi_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"byline/backend/internal/httpapi"
	"byline/backend/internal/people"
	"byline/backend/internal/platform/auth"
)

func (c *client) cookie(name string) *http.Cookie {
	jar, ok := c.http.Jar.(*cookieJar)
	require.True(c.api.t, ok)
	return jar.cookies[name]
}

// thief is a browser that has a copy of somebody's cookies.
func (c *client) thief() *client {
	copied := c.api.anonymous()
	jar, _ := c.http.Jar.(*cookieJar)
	for _, k := range jar.cookies {
		copied.http.Jar.SetCookies(nil, []*http.Cookie{k})
	}
	return copied
}

func TestASessionIsNewAfterSignInAndPasswordChange(t *testing.T) {
	t.Parallel()
	a := newAPI(t)
	rep := a.rep("Rita")
	rep.post("/session", object{"email": rep.Email, "password": testPassword}).is(http.StatusOK)
	old := rep.thief()
	old.get("/people").is(http.StatusOK)
	first := rep.cookie("byline_session")
	require.True(t, first.HttpOnly)
	require.Equal(t, http.SameSiteLaxMode, first.SameSite)
	require.Len(t, first.Value, 43, "256 bits")

	rep.post("/session", object{"email": rep.Email, "password": testPassword}).is(http.StatusOK)
	require.NotEqual(t, first.Value, rep.cookie("byline_session").Value)
	old.get("/people").is(http.StatusUnauthorized)

	elsewhere, before := a.anonymous(), rep.thief()
	elsewhere.post("/session", object{"email": rep.Email, "password": testPassword}).is(http.StatusOK)
	rep.put("/session/password", 0, object{"current_password": "wrong wrong wrong", "new_password": "a new sentence"}).is(http.StatusUnprocessableEntity)
	rep.put("/session/password", 0, object{"current_password": testPassword, "new_password": "a new sentence"}).is(http.StatusNoContent)
	rep.get("/people").is(http.StatusOK)
	elsewhere.get("/people").is(http.StatusUnauthorized)
	before.get("/people").is(http.StatusUnauthorized)
	a.anonymous().post("/session", object{"email": rep.Email, "password": testPassword}).is(http.StatusUnauthorized)
}

func TestSessionsEndAtOnce(t *testing.T) {
	t.Parallel()
	a := newAPI(t)
	rep, kim := a.rep("Rita"), a.rep("Kim")
	phone := a.anonymous()
	phone.post("/session", object{"email": rep.Email, "password": testPassword}).is(http.StatusOK)
	var sessions httpapi.List[httpapi.SessionDTO]
	rep.get("/sessions").is(http.StatusOK).into(&sessions)
	require.Len(t, sessions.Items, 2)
	rep.delete("/sessions").is(http.StatusNoContent)
	phone.get("/people").is(http.StatusUnauthorized)
	rep.get("/people").is(http.StatusUnauthorized)
	kim.get("/people").is(http.StatusOK)

	stolen := kim.thief()
	kim.delete("/session").is(http.StatusNoContent)
	stolen.get("/people").is(http.StatusUnauthorized)
	require.Nil(t, kim.cookie("byline_session"))

	lea := a.rep("Lea")
	_, err := a.DB.Pool().Exec(t.Context(), `UPDATE users SET disabled_at = now() WHERE id = $1`, lea.ID)
	require.NoError(t, err)
	lea.get("/people").is(http.StatusUnauthorized)
	lea.post("/session", object{"email": lea.Email, "password": testPassword}).is(http.StatusUnauthorized)
}

func TestTheSweepForgetsWhatIsOverAndNothingElse(t *testing.T) {
	t.Parallel()
	a := newAPI(t)
	rep, kim := a.rep("Rita"), a.rep("Kim")
	for _, sql := range []string{`UPDATE sessions SET expires_at = now() WHERE user_id = $1`, `UPDATE sign_in_attempts SET since = now() - interval '3 hours' WHERE $1::uuid IS NOT NULL`} {
		_, err := a.DB.Pool().Exec(t.Context(), sql, rep.ID)
		require.NoError(t, err)
	}
	kim.post("/ideas", object{"title": "One"}, "Idempotency-Key", "old").is(http.StatusCreated)
	_, err := a.DB.Pool().Exec(t.Context(), `UPDATE idempotency_keys SET created_at = now() - interval '25 hours'`)
	require.NoError(t, err)
	kim.post("/ideas", object{"title": "Two"}, "Idempotency-Key", "new").is(http.StatusCreated)
	require.NoError(t, a.People.Sweep(t.Context(), people.Sweep{}))
	require.NoError(t, a.ForgetKeys(t.Context(), httpapi.ForgetKeys{}))
	require.Equal(t, 1, a.count(`SELECT count(*) FROM sessions`))
	require.Zero(t, a.count(`SELECT count(*) FROM sign_in_attempts`))
	require.Equal(t, 1, a.count(`SELECT count(*) FROM idempotency_keys`))
	kim.get("/people").is(http.StatusOK)
}

func TestCookiesAreBoundToTheHostBehindHTTPS(t *testing.T) {
	t.Parallel()
	a := newAPI(t)
	rep := a.rep("Rita")
	public, err := url.Parse("https://byline.test")
	require.NoError(t, err)
	server := httptest.NewServer(httpapi.New(httpapi.Config{PublicURL: public}, a.Services).Handler())
	defer server.Close()
	res, err := http.Post(server.URL+"/api/v1/session", "application/json", strings.NewReader(`{"email":"`+rep.Email+`","password":"`+testPassword+`"}`))
	require.NoError(t, err)
	require.NoError(t, res.Body.Close())
	require.Equal(t, http.StatusOK, res.StatusCode)
	require.Equal(t, "max-age=31536000; includeSubDomains", res.Header.Get("Strict-Transport-Security"))
	require.Len(t, res.Cookies(), 2)
	for _, c := range res.Cookies() {
		require.True(t, strings.HasPrefix(c.Name, "__Host-byline_"), c.Name)
		require.True(t, c.Secure && c.HttpOnly && c.Path == "/" && c.Domain == "")
	}
}

// Every operation that changes something, from six places that are not the application.
func TestNoOtherSiteCanMakeABrowserChangeAnything(t *testing.T) {
	t.Parallel()
	operations, _ := describe(t)
	a := newAPI(t)
	admin := a.admin("Ada")
	id := uuid.NewString()
	params := object{"id": id, "version_id": id, "asset_id": id, "evidence_id": id, "type": "idea", "token": "x"}
	origins := [][]string{{"Origin", "https://evil.example"}, {"Origin", "null"}, {"Origin", "http://byline.test.evil.example"}, {"Origin", "http://byline.test:81"},
		{"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Site", "same-site", "Origin", "http://other.byline.test"}}
	changing := 0
	for _, o := range operations {
		if o.Method == http.MethodGet {
			continue
		}
		changing++
		for _, from := range origins {
			got := admin.do(o.Method, fill(o.Path, params), object{}, from...)
			if got.Status != http.StatusForbidden || !strings.Contains(got.problem().Detail, "another site") {
				t.Errorf("%s from %v: %d %s", o.ID, from, got.Status, got.Body)
			}
		}
	}
	require.Greater(t, changing, 40)
	admin.get("/people").is(http.StatusOK)
	admin.do(http.MethodPost, "/ideas", object{"title": "From ourselves"}, "Origin", "http://byline.test").is(http.StatusCreated)
}

func TestGuessesAreCountedBeforeTheyAreLookedAt(t *testing.T) {
	t.Parallel()
	a := newAPI(t)
	rep := a.rep("Rita")
	try := func(c *client, password string) int {
		return c.post("/session", object{"email": rep.Email, "password": password}).Status
	}
	require.Equal(t, http.StatusOK, try(rep, testPassword))
	var mu sync.Mutex
	statuses := map[int]int{}
	var wg sync.WaitGroup
	for range 40 {
		wg.Go(func() {
			s := try(a.anonymous(), "guess guess guess")
			mu.Lock()
			defer mu.Unlock()
			statuses[s]++
		})
	}
	wg.Wait()
	require.Equal(t, map[int]int{http.StatusUnauthorized: 10, http.StatusTooManyRequests: 30}, statuses, "at most ten are verified")
	stranger := a.anonymous()
	res := stranger.post("/session", object{"email": rep.Email, "password": testPassword}).is(http.StatusTooManyRequests)
	require.NotEmpty(t, res.Header.Get("Retry-After"))
	require.Equal(t, http.StatusOK, try(rep, testPassword), "their own browser is not locked out by the guesses of others")

	// one address, many accounts
	_, err := a.DB.Pool().Exec(t.Context(), `UPDATE sign_in_attempts SET n = 99 WHERE bucket LIKE 'i:%'`)
	require.NoError(t, err)
	kim := a.rep("Kim") // signs in: no guess, and not counted against its address
	require.Equal(t, http.StatusOK, kim.post("/session", object{"email": kim.Email, "password": testPassword}).Status)
	require.Equal(t, http.StatusUnauthorized, a.anonymous().post("/session", object{"email": "a@example.com", "password": "x"}).Status)
	require.Equal(t, http.StatusTooManyRequests, a.anonymous().post("/session", object{"email": "b@example.com", "password": "x"}).Status)
}

// Not beside other tests, and in turns, so that both kinds of answer meet the same machine; the fastest of each counts.
func TestUnknownPeopleGetTheSameAnswerInTheSameTime(t *testing.T) {
	a := newAPI(t)
	rep := a.rep("Rita")
	fastest, answers := map[bool]time.Duration{}, map[bool]string{}
	for range 12 {
		for known, email := range map[bool]string{true: rep.Email, false: "nobody@example.com"} {
			_, err := a.DB.Pool().Exec(t.Context(), `DELETE FROM sign_in_attempts`)
			require.NoError(t, err)
			started := time.Now()
			p := a.anonymous().post("/session", object{"email": email, "password": "guess guess guess"}).is(http.StatusUnauthorized).problem()
			if took := time.Since(started); fastest[known] == 0 || took < fastest[known] {
				fastest[known] = took
			}
			answers[known] = p.Title + p.Code + p.Detail
		}
	}
	require.Equal(t, answers[true], answers[false])
	require.InDelta(t, 1, float64(fastest[false])/float64(fastest[true]), 0.5, "%v", fastest)
}

func TestAStrangeBrowserCanSignIn(t *testing.T) {
	t.Parallel()
	a := newAPI(t)
	rep := a.person(people.User{Name: "Rita", Side: auth.Sales})
	rep.post("/session", object{"email": rep.Email, "password": testPassword}, "User-Agent", "Mozilla \xff\xfe "+strings.Repeat("ü", 400)).is(http.StatusOK)
	rep.get("/sessions").is(http.StatusOK)
}
