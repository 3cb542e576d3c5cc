package httpapi_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"byline/backend/internal/httpapi"
	"byline/backend/internal/ideas"
)

// A double click: eight requests with one key, of every operation that creates.
func TestADoubleClickCreatesOne(t *testing.T) {
	t.Parallel()
	w := newCompany(t)
	i, d := w.idea(ideas.Everyone), w.draft(false)
	for _, x := range []struct {
		path, table string
		body        any
	}{
		{"/ideas", "ideas", object{"title": "Battery life"}},
		{"/ideas/" + i.ID.String() + "/evidence", "idea_evidence", object{"kind": "quote", "text": "How long?"}},
		{"/things/idea/" + i.ID.String() + "/comments", "comments", object{"body": "Yes"}},
		{"/drafts", "drafts", plan},
		{"/drafts/" + d.ID.String() + "/versions", "draft_versions", object{"label": "Before legal"}},
		{"/posts", "posts", object{"network": "x", "text": "Pumps", "owner_id": w.rep.ID, "link_target": "https://example.com/"}},
		{"/posts", "links", object{"network": "x", "text": "Pumps", "owner_id": w.rep.ID, "link_target": "https://example.com/2"}},
		{"/assets", "assets", object{"name": "plan.png", "size": 9}}, // works outside the database too
		{"/invitations", "invitations", object{"email": "new@example.com", "side": "marketing"}},
	} {
		before, key := w.count(`SELECT count(*) FROM `+x.table), x.path+x.table
		var answers [8]*answer
		got := race(len(answers), func(i int) *answer {
			answers[i] = w.marketingLead.post(x.path, x.body, "Idempotency-Key", key)
			return answers[i]
		})
		refused := got[http.StatusConflict]
		require.Less(t, refused, len(answers), "%s: %v", x.path, got)
		require.Equal(t, len(answers), refused+got[http.StatusCreated]+got[http.StatusNoContent], "%s: %v", x.path, got)
		require.Equal(t, before+1, w.count(`SELECT count(*) FROM `+x.table), x.path)
		again := w.marketingLead.post(x.path, x.body, "Idempotency-Key", key)
		require.Equal(t, "true", again.Header.Get("Idempotency-Replayed"))
		for _, a := range answers {
			if a.Status < 300 {
				require.Equal(t, string(a.Body), string(again.Body), "the same answer")
				require.Equal(t, a.Header.Get("ETag"), again.Header.Get("ETag"))
			}
		}
		w.marketingLead.post(x.path, `{"other":"body"}`, "Idempotency-Key", key).is(http.StatusUnprocessableEntity)
		require.Equal(t, before+1, w.count(`SELECT count(*) FROM `+x.table), x.path)
	}
}

func TestARequestWhoseFirstTryIsStillRunningIsToldSo(t *testing.T) {
	t.Parallel()
	w := newCompany(t)
	tx, err := w.DB.Pool().Begin(t.Context())
	require.NoError(t, err)
	defer func() { _ = tx.Rollback(t.Context()) }()
	_, err = tx.Exec(t.Context(), `LOCK TABLE ideas IN SHARE MODE`) // nobody files anything while this is held
	require.NoError(t, err)
	first := make(chan *answer, 1)
	go func() { first <- w.rep.post("/ideas", object{"title": "Slow"}, "Idempotency-Key", "slow") }()
	require.Eventually(t, func() bool {
		return w.count(`SELECT count(*) FROM pg_locks l JOIN pg_class c ON c.oid = l.relation WHERE c.relname = 'ideas' AND NOT l.granted AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())`) > 0
	}, time.Minute, 5*time.Millisecond)
	p := w.rep.post("/ideas", object{"title": "Slow"}, "Idempotency-Key", "slow").is(http.StatusConflict).problem()
	require.Contains(t, p.Detail, "still running")
	w.other.post("/things/idea/"+w.rep.ID.String()+"/comments", object{"body": "x"}, "Idempotency-Key", "slow").is(http.StatusNotFound) // a key of somebody else
	require.NoError(t, tx.Rollback(t.Context()))
	made := (<-first).is(http.StatusCreated)
	again := w.rep.post("/ideas", object{"title": "Slow"}, "Idempotency-Key", "slow").is(http.StatusCreated)
	require.Equal(t, string(made.Body), string(again.Body))
	require.Equal(t, 1, w.count(`SELECT count(*) FROM ideas`))
}

func TestARefusalIsNotKept(t *testing.T) {
	t.Parallel()
	w := newCompany(t)
	i := w.idea(ideas.Everyone)
	path, body := "/ideas/"+i.ID.String()+"/moves", object{"to": "under_review"}
	w.marketer.do(http.MethodPost, path, body, "Idempotency-Key", "k", "If-Match", `"7"`).is(http.StatusPreconditionFailed)
	w.marketer.do(http.MethodPost, path, body, "Idempotency-Key", "k", "If-Match", `"1"`).is(http.StatusOK)
	w.marketer.do(http.MethodPost, path, body, "Idempotency-Key", "k", "If-Match", `"1"`).is(http.StatusOK)
	require.Equal(t, 1, w.count(`SELECT count(*) FROM activities WHERE verb = 'idea.moved'`))
	w.marketer.post("/ideas", object{"title": "x"}, "Idempotency-Key", strings.Repeat("k", 201)).is(http.StatusUnprocessableEntity)
	w.marketer.post("/ideas", object{"title": "x"}, "Idempotency-Key", "k\xff").is(http.StatusUnprocessableEntity)
}

func TestSessionsAreNotKeptUnderAKey(t *testing.T) {
	t.Parallel()
	a := newAPI(t)
	rep := a.rep("Rita")
	rep.post("/session", object{"email": rep.Email, "password": testPassword}, "Idempotency-Key", "k").is(http.StatusOK)
	require.Zero(t, a.count(`SELECT count(*) FROM idempotency_keys`))
}

// A bug in the program must not look like a success because its answer was being held back.
func TestAPanicBehindAKeyIsAnErrorAndIsNotKept(t *testing.T) {
	t.Parallel()
	a := newAPI(t)
	rep := a.rep("Rita")
	broken := a.Services
	broken.Ideas, broken.Library = nil, nil
	server := httptest.NewServer(httpapi.New(httpapi.Config{}, broken).Handler())
	defer server.Close()
	for path, body := range map[string]any{"/ideas": object{"title": "x"}, "/assets": object{"name": "x.png", "size": 1}} {
		whole := *a
		whole.server = server
		c := *rep
		c.api = &whole
		p := c.post(path, body, "Idempotency-Key", "k"+path).is(http.StatusInternalServerError).problem()
		require.NotEmpty(t, p.RequestID)
		require.NotContains(t, p.Detail, "nil pointer")
		require.Zero(t, a.count(`SELECT count(*) FROM idempotency_keys WHERE done`), path)
	}
	rep.post("/ideas", object{"title": "x"}, "Idempotency-Key", "k/ideas").is(http.StatusCreated)
}

// What works outside the database cannot commit its answer with its effect. A request repeated after a kill in between
// finds what the first try made.
func TestAnUploadBegunBeforeAKillIsFoundByItsRepetition(t *testing.T) {
	t.Parallel()
	w := newCompany(t)
	body := object{"name": "plan.png", "size": 9}
	var first, second httpapi.Upload
	w.rep.post("/assets", body, "Idempotency-Key", "k").is(http.StatusCreated).into(&first)
	w.exec(`UPDATE idempotency_keys SET done = false, body = $1`, first.Asset.ID[:])
	w.rep.post("/assets", body, "Idempotency-Key", "k").is(http.StatusConflict)
	require.NoError(t, w.ReleaseKeys(t.Context()))
	w.rep.post("/assets", body, "Idempotency-Key", "k").is(http.StatusCreated).into(&second)
	require.Equal(t, first.Asset.ID, second.Asset.ID)
	require.Equal(t, first.PartSize, second.PartSize)
	require.Equal(t, 1, w.count(`SELECT count(*) FROM assets`))
	w.rep.post("/assets/"+second.Asset.ID.String()+"/parts", object{"numbers": []int{1}}).is(http.StatusOK)
}
