package httpapi_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"byline/backend/internal/httpapi"
)

func TestEveryOperationHasARightAndEveryRightAnOperation(t *testing.T) {
	t.Parallel()
	require.NoError(t, httpapi.New(httpapi.Config{}, httpapi.Services{}).CheckRights())
}

func TestEveryOperationIsDocumented(t *testing.T) {
	t.Parallel()
	raw, err := httpapi.New(httpapi.Config{}, httpapi.Services{}).OpenAPI()
	require.NoError(t, err)
	var doc struct {
		Paths map[string]map[string]struct {
			OperationID, Summary, Description string
			Responses                         map[string]any
		}
	}
	require.NoError(t, json.Unmarshal(raw, &doc))
	require.NotEmpty(t, doc.Paths)
	for path, methods := range doc.Paths {
		for method, o := range methods {
			require.NotEmpty(t, o.Summary, "%s %s", method, path)
			require.NotEmpty(t, o.Description, "%s %s", method, path)
			require.NotEmpty(t, o.OperationID, "%s %s", method, path)
			require.Greater(t, len(o.Responses), 1, "%s %s names no error answers", method, path)
		}
	}
}

func TestBadInputIsAProblemThatNamesTheField(t *testing.T) {
	t.Parallel()
	a := newAPI(t)
	c := a.anonymous()
	for name, x := range map[string]struct {
		body     string
		headers  []string
		status   int
		location string
	}{
		"broken JSON":                 {body: `{"email":`, status: http.StatusBadRequest},
		"wrong type":                  {body: `{"email":"a@b.co","password":7}`, status: http.StatusUnprocessableEntity, location: "body.password"},
		"missing":                     {body: `{"email":"a@b.co"}`, status: http.StatusUnprocessableEntity, location: "body"},
		"unknown field":               {body: `{"email":"a@b.co","password":"x","role":"admin"}`, status: http.StatusUnprocessableEntity, location: "body.role"},
		"field in other case":         {body: `{"email":"a@b.co","password":"x","PASSWORD":"y"}`, status: http.StatusUnprocessableEntity, location: "body.PASSWORD"},
		"too long":                    {body: `{"email":"a@b.co","password":"` + strings.Repeat("x", 201) + `"}`, status: http.StatusUnprocessableEntity, location: "body.password"},
		"content type not understood": {body: `<a/>`, headers: []string{"Content-Type", "text/xml"}, status: http.StatusUnsupportedMediaType},
		"too large":                   {body: `{"email":"` + strings.Repeat("x", 2<<20) + `"}`, status: http.StatusRequestEntityTooLarge},
	} {
		p := c.post("/session", x.body, x.headers...).is(x.status).problem()
		require.NotEmpty(t, p.Detail, name)
		if x.location != "" {
			require.NotEmpty(t, p.Errors, name)
			require.Equal(t, x.location, p.Errors[0].Location, name)
		}
		require.NotContains(t, p.Detail, "goroutine")
	}
	require.Equal(t, http.StatusNotFound, c.get("/nothing-here").problem().Status)
	c.get("/people").is(http.StatusUnauthorized)
}

func TestCrossSiteRequestsAreRefused(t *testing.T) {
	t.Parallel()
	a := newAPI(t)
	rep := a.rep("Nora")
	for _, h := range [][]string{{"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Site", "same-site"}, {"Origin", "https://evil.example"}, {"Origin", "null"}} {
		rep.do(http.MethodDelete, "/session", nil, h...).is(http.StatusForbidden)
	}
	rep.do(http.MethodDelete, "/session", nil, "Sec-Fetch-Site", "same-origin").is(http.StatusNoContent)
	rep.get("/people").is(http.StatusUnauthorized)
}

func TestAPostRepeatedWithItsKeyHasOneEffect(t *testing.T) {
	t.Parallel()
	a := newAPI(t)
	admin := a.admin("Ada")
	invite := map[string]any{"email": "new@example.com", "side": "sales"}
	var wg sync.WaitGroup
	for range 16 {
		wg.Go(func() {
			res := admin.post("/invitations", invite, "Idempotency-Key", "k1")
			if res.Status != http.StatusCreated && res.Status != http.StatusConflict {
				t.Errorf("status %d: %s", res.Status, res.Body)
			}
		})
	}
	wg.Wait()
	first := admin.post("/invitations", invite, "Idempotency-Key", "k1").is(http.StatusCreated)
	require.Equal(t, "true", first.Header.Get("Idempotency-Replayed"))
	var n int
	require.NoError(t, a.DB.PG(t.Context()).QueryRow(t.Context(), `SELECT count(*) FROM invitations`).Scan(&n))
	require.Equal(t, 1, n)
	p := admin.post("/invitations", map[string]any{"email": "other@example.com", "side": "sales"}, "Idempotency-Key", "k1").is(http.StatusUnprocessableEntity).problem()
	require.Equal(t, "header.Idempotency-Key", p.Errors[0].Location)
	a.admin("Bo").post("/invitations", map[string]any{"email": "third@example.com", "side": "sales"}, "Idempotency-Key", "k1").is(http.StatusCreated)
	admin.post("/invitations", map[string]any{"email": "bad", "side": "sales"}, "Idempotency-Key", "k2").is(http.StatusUnprocessableEntity)
	admin.post("/invitations", map[string]any{"email": "good@example.com", "side": "sales"}, "Idempotency-Key", "k2").is(http.StatusCreated)
}

func TestOnlyLeadsAndAdminsInvite(t *testing.T) {
	t.Parallel()
	a := newAPI(t)
	invite := map[string]any{"email": "new@example.com", "side": "sales"}
	a.anonymous().post("/invitations", invite).is(http.StatusUnauthorized)
	a.rep("R").post("/invitations", invite).is(http.StatusForbidden)
	a.marketer("M").post("/invitations", invite).is(http.StatusForbidden)
	a.marketingLead("L").post("/invitations", invite).is(http.StatusForbidden)
	a.salesLead("S").post("/invitations", invite).is(http.StatusCreated)
}

func TestAStrangerSeesNoEmailAddress(t *testing.T) {
	t.Parallel()
	a := newAPI(t)
	nora, kim := a.rep("Nora"), a.rep("Kim")
	var p httpapi.Person
	kim.get("/people/" + nora.ID.String()).is(http.StatusOK).into(&p)
	require.Equal(t, "Nora", p.Name)
	require.Empty(t, p.Email)
	nora.get("/people/" + nora.ID.String()).is(http.StatusOK).into(&p)
	require.NotEmpty(t, p.Email)
	require.NotContains(t, string(kim.get("/people?q=nora").is(http.StatusOK).Body), nora.Email)
}
