package httpapi_test

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"byline/backend/internal/comments"
	"byline/backend/internal/drafts"
	"byline/backend/internal/httpapi"
	"byline/backend/internal/platform/errs"
)

// marked is what startThread is sent for a stretch of a text.
func marked(from, to int, version int64, words string) object {
	return object{"anchor": object{"from": from, "to": to, "version": version}, "body": words}
}

// threads lists those of a draft.
func (c *client) threads(d drafts.Draft, state string) (list httpapi.Threads) {
	c.api.t.Helper()
	c.get("/drafts/" + d.ID.String() + "/threads?state=" + state).is(http.StatusOK).into(&list)
	return list
}

func TestAThreadIsStartedAnsweredResolvedAndReopened(t *testing.T) {
	t.Parallel()
	w := newCompany(t)
	d := w.draft(false)
	path := "/drafts/" + d.ID.String()
	require.JSONEq(t, `{"items":[],"version":2}`, string(w.lead.get(path+"/threads").is(http.StatusOK).Body))

	var th httpapi.Thread
	b := marked(1, 6, 2, "Which ones?") // with the space after it
	b["quote"], b["mentions"] = "something else", []any{w.marketer.ID}
	w.lead.post(path+"/threads", b).is(http.StatusCreated).into(&th)
	require.Equal(t, "Cold", th.Quote, "the words of the text, not those of the client")
	require.Equal(t, &httpapi.ThreadAnchor{From: 1, To: 5}, th.Anchor.Value)
	require.EqualValues(t, 2, th.Version)
	require.True(t, th.MayResolve)
	require.Equal(t, "open", string(th.State))
	require.Nil(t, th.ResolvedAt)
	require.Equal(t, "Lena", th.Comments[0].Author.Name)

	var reply httpapi.Comment
	w.admin.post("/threads/"+th.ID.String()+"/comments", object{"body": "Those of Halvard."}).is(http.StatusCreated).into(&reply)
	seen := w.admin.threads(d, "open")
	require.Len(t, seen.Items, 1)
	require.False(t, seen.Items[0].MayResolve)
	require.Equal(t, []string{"Which ones?", "Those of Halvard."}, []string{seen.Items[0].Comments[0].Body, seen.Items[0].Comments[1].Body})
	w.admin.post("/threads/"+th.ID.String()+"/resolve", nil).is(http.StatusForbidden)

	for range 2 { // doing it twice changes nothing
		w.lead.post("/threads/"+th.ID.String()+"/resolve", nil).is(http.StatusOK).into(&th)
		require.Equal(t, "Lena", th.ResolvedBy.Value.Name)
		require.NotNil(t, th.ResolvedAt)
		require.EqualValues(t, 3, th.Rev)
	}
	require.Equal(t, 1, w.count(`SELECT count(*) FROM activities WHERE verb = 'draft.thread_resolved'`))
	require.Empty(t, w.rep.threads(d, "open").Items)
	require.Len(t, w.rep.threads(d, "resolved").Items, 1)
	require.Len(t, w.rep.threads(d, "all").Items, 1)

	w.admin.post("/threads/"+th.ID.String()+"/comments", object{"body": "And of Nordlys."}).is(http.StatusCreated) // opens it again
	require.Nil(t, w.rep.threads(d, "open").Items[0].ResolvedBy.Value)
	require.Equal(t, 1, w.count(`SELECT count(*) FROM activities WHERE verb = 'draft.thread_reopened'`))
	w.rep.post("/threads/"+th.ID.String()+"/resolve", nil).is(http.StatusOK)
	w.marketer.post("/threads/"+th.ID.String()+"/reopen", nil).is(http.StatusOK).into(&th)
	require.Equal(t, "open", string(th.State))
	w.lead.get(path + "/threads?state=done").is(http.StatusUnprocessableEntity)
	require.Equal(t, "[]", string(w.rep.get("/things/draft/" + d.ID.String() + "/comments").is(http.StatusOK).Body[9:11]), "the discussion has no comments of threads")
}

func TestWhatIsMarkedMustBeInTheText(t *testing.T) {
	t.Parallel()
	w := newCompany(t)
	d := w.draft(false) // version 2: "Cold chains break."
	path := "/drafts/" + d.ID.String() + "/threads"
	for _, x := range []struct {
		from, to int
		version  int64
		status   int
		field    string
	}{
		{1, 5, 3, http.StatusConflict, "body.anchor.version"},       // not yet
		{1, 5, 1 << 40, http.StatusConflict, "body.anchor.version"}, // never
		{1, 1, 1, http.StatusUnprocessableEntity, "body.anchor"},    // empty
		{1, 2, 1, http.StatusUnprocessableEntity, "body.anchor"},    // no words in version 1
		{5, 1, 2, http.StatusUnprocessableEntity, "body.anchor"},
		{5, 6, 2, http.StatusUnprocessableEntity, "body.anchor"}, // a space
		{1, 22, 2, http.StatusUnprocessableEntity, "body.anchor"},
		{-1, 5, 2, http.StatusUnprocessableEntity, "body.anchor.from"},
		{1, 5, 0, http.StatusUnprocessableEntity, "body.anchor.version"},
	} {
		p := w.rep.post(path, marked(x.from, x.to, x.version, "?")).is(x.status).problem()
		require.Equal(t, x.field, p.Errors[0].Location, "%+v", x)
	}
	w.rep.post(path, marked(0, 20, 2, "All of it")).is(http.StatusCreated)
	w.rep.post(path, object{"anchor": onWords["anchor"], "body": "   "}).is(http.StatusUnprocessableEntity)
	require.Equal(t, 1, w.count(`SELECT count(*) FROM comment_threads`))
	require.Equal(t, 1, w.count(`SELECT count(*) FROM comments`))
}

func TestATextHasAtMostFiveHundredOpenThreads(t *testing.T) {
	t.Parallel()
	w := newCompany(t)
	d := w.draft(false)
	o := comments.Object{Type: "draft", ID: d.ID}
	var last comments.Thread
	for range 499 {
		last = must[comments.Thread](w)(w.Comments.Start(w.rep.as(), o, 1, 5, 2, "?", nil))
	}
	path := "/drafts/" + d.ID.String() + "/threads"
	answers := make([]*answer, 8)
	done := make(chan struct{})
	for i := range answers {
		go func() {
			answers[i] = w.rep.post(path, onWords)
			done <- struct{}{}
		}()
	}
	for range answers {
		<-done
	}
	got := map[int]int{}
	for _, a := range answers {
		got[a.Status]++
	}
	require.Equal(t, map[int]int{http.StatusCreated: 1, http.StatusConflict: 7}, got)
	require.Len(t, w.rep.threads(d, "open").Items, 500)
	must[comments.Thread](w)(w.Comments.SetResolved(w.rep.as(), last.ID, true))
	w.rep.post(path, onWords).is(http.StatusCreated)
}

func TestCommentsOfThreadsAreEditedAndDeletedAsOthers(t *testing.T) {
	t.Parallel()
	w := newCompany(t)
	d := w.draft(false)
	var th httpapi.Thread
	w.rep.post("/drafts/"+d.ID.String()+"/threads", onWords).is(http.StatusCreated).into(&th)
	comment := "/comments/" + th.Comments[0].ID.String()
	w.rep.put(comment, 1, object{"body": "Which of them?"}).is(http.StatusOK)
	require.Equal(t, "Which of them?", w.lead.threads(d, "open").Items[0].Comments[0].Body)
	w.rep.delete(comment).is(http.StatusNoContent)
	require.Empty(t, w.lead.threads(d, "all").Items, "a thread in which nothing is said is not shown")
	w.lead.post("/threads/"+th.ID.String()+"/comments", object{"body": "?"}).is(http.StatusNotFound)
	w.rep.post("/threads/"+th.ID.String()+"/resolve", nil).is(http.StatusNotFound)
	w.rep.post(comment+"/restore", nil).is(http.StatusNoContent)
	require.Len(t, w.lead.threads(d, "all").Items, 1)
	w.lead.post("/threads/"+th.ID.String()+"/comments", object{"body": "All."}).is(http.StatusCreated)
	w.rep.delete(comment).is(http.StatusNoContent)
	list := w.rep.threads(d, "open").Items
	require.Len(t, list[0].Comments, 1)
	require.True(t, list[0].MayResolve, "who started it still did")
}

func TestThreadsAreForFrozenTextsToo(t *testing.T) {
	t.Parallel()
	w := newCompany(t)
	d := w.draft(false)
	must[drafts.Draft](w)(w.Drafts.Move(w.author.as(), d.ID, "archive"))
	var th httpapi.Thread
	w.lead.post("/drafts/"+d.ID.String()+"/threads", onWords).is(http.StatusCreated).into(&th)
	w.rep.post("/threads/"+th.ID.String()+"/resolve", nil).is(http.StatusOK)
}

func TestAnAnswerIsGivenOnceHoweverOftenItIsSent(t *testing.T) {
	t.Parallel()
	w := newCompany(t)
	d := w.draft(false)
	path := "/drafts/" + d.ID.String() + "/threads"
	first := w.rep.post(path, onWords, "Idempotency-Key", "k").is(http.StatusCreated)
	require.Equal(t, string(first.Body), string(w.rep.post(path, onWords, "Idempotency-Key", "k").is(http.StatusCreated).Body))
	var th httpapi.Thread
	first.into(&th)
	for range 2 {
		w.lead.post("/threads/"+th.ID.String()+"/comments", object{"body": "All."}, "Idempotency-Key", "r").is(http.StatusCreated)
	}
	require.Len(t, w.rep.threads(d, "all").Items[0].Comments, 2)
	_, err := w.Comments.Reply(w.other.as(), th.ID, "x", nil)
	require.Equal(t, errs.NotFound, errs.CodeOf(err))
	require.Equal(t, "2 1", fmt.Sprint(w.count(`SELECT count(*) FROM comments`), " ", w.count(`SELECT count(*) FROM comment_threads`)))
}
