package httpapi_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"byline/backend/internal/comments"
	"byline/backend/internal/httpapi"
	"byline/backend/internal/reviewlinks"
)

// marks is a comment on a stretch of the text.
func marks(from, to int, version int64, body string) object {
	return object{"anchor": object{"from": from, "to": to, "version": version}, "body": body}
}

// outsideTalk is a draft with a link, a reviewer who came by it, and their first thread, on "chains".
func (w *company) outsideTalk() (draft uuid.UUID, path string, ines *client, thread httpapi.ReviewThread) {
	w.t.Helper()
	d := w.draft(false)
	_, path = w.reviewLink(d.ID, true)
	ines = w.reviewer(path, "Ines Haas")
	ines.post(path+"/threads", marks(6, 12, 2, "Which chains?")).is(http.StatusCreated).into(&thread)
	return d.ID, path, ines, thread
}

func (c *client) reviewThreads(path string) (l httpapi.ReviewThreads) {
	c.api.t.Helper()
	c.get(path + "/threads").is(http.StatusOK).into(&l)
	return l
}

func TestAReviewerSpeaksAndIsAnswered(t *testing.T) {
	t.Parallel()
	w := newCompany(t)
	draft, path, ines, thread := w.outsideTalk()
	require.Equal(t, "chains", thread.Quote)
	require.Equal(t, &httpapi.ThreadAnchor{From: 6, To: 12}, thread.Anchor.Value)
	require.Equal(t, httpapi.ReviewAuthor{Name: "Ines Haas", Organisation: "Haas", Outside: true, You: true}, thread.Comments[0].Author)

	// inside it is a thread like others, by somebody outside
	var inside httpapi.Threads
	w.rep.get("/drafts/" + draft.String() + "/threads").is(http.StatusOK).into(&inside)
	require.Len(t, inside.Items, 1)
	require.True(t, inside.Items[0].Outside)
	by := inside.Items[0].Comments[0].Author
	require.True(t, by.Outside)
	require.Equal(t, "Ines Haas", by.Name)
	require.Equal(t, "Haas", by.Organisation)

	// the maker of the link and who follows are told, by nobody of ours
	w.marketer.put("/things/draft/"+draft.String()+"/follow", 0, nil).is(http.StatusOK)
	w.author.delete("/things/draft/" + draft.String() + "/follow").is(http.StatusOK)
	ines.post(path+"/threads/"+thread.ID.String()+"/comments", object{"body": "The cold ones?"}).is(http.StatusCreated)
	w.deliver()
	for _, c := range []*client{w.author, w.marketer} {
		var inbox httpapi.List[httpapi.Notification]
		c.get("/notifications").is(http.StatusOK).into(&inbox)
		require.NotEmpty(t, inbox.Items, c.Name)
		require.Equal(t, "draft.commented", inbox.Items[0].Verb)
		require.Nil(t, inbox.Items[0].Actor)
		require.Equal(t, map[*client]string{w.author: "reply", w.marketer: "follow"}[c], inbox.Items[0].Reason)
		require.Contains(t, string(inbox.Items[0].Data), `"outside":"Ines Haas"`)
	}
	require.Zero(t, w.count(`SELECT count(*) FROM activities WHERE verb = 'draft.commented' AND actor_id IS NOT NULL`))

	// an answer from inside arrives outside, with a name and nothing else
	w.author.post("/threads/"+thread.ID.String()+"/comments", object{"body": "All of them."}).is(http.StatusCreated)
	got := ines.reviewThreads(path)
	require.Len(t, got.Items, 1)
	require.Len(t, got.Items[0].Comments, 3)
	require.Equal(t, httpapi.ReviewAuthor{Name: "Wim"}, got.Items[0].Comments[2].Author)
	raw := string(ines.get(path + "/threads").is(http.StatusOK).Body)
	for _, secret := range []string{w.author.ID.String(), w.author.Email, `"side"`, "picture"} {
		require.NotContains(t, raw, secret)
	}
	// resolved inside, and opened again by a reply from outside
	w.author.post("/threads/"+thread.ID.String()+"/resolve", nil).is(http.StatusOK)
	require.Equal(t, comments.Resolved, ines.reviewThreads(path).Items[0].State)
	ines.post(path+"/threads/"+thread.ID.String()+"/comments", object{"body": "Not quite."}).is(http.StatusCreated)
	require.Equal(t, comments.Open, ines.reviewThreads(path).Items[0].State)
	require.Zero(t, w.count(`SELECT count(*) FROM activities WHERE verb = 'draft.thread_reopened' AND actor_id IS NOT NULL`))
}

func TestAReviewerSeesWhatCameByTheirLinkAlone(t *testing.T) {
	t.Parallel()
	w := newCompany(t)
	draft, path, ines, thread := w.outsideTalk()
	var internal httpapi.Thread
	w.rep.post("/drafts/"+draft.String()+"/threads", marks(1, 5, 2, "Not for customers")).is(http.StatusCreated).into(&internal)
	w.comment(w.rep, "draft", draft)
	_, second := w.reviewLink(draft, true)
	paul := w.reviewer(second, "Paul")
	paul.post(second+"/threads", marks(1, 5, 2, "By another link")).is(http.StatusCreated)
	otto := w.reviewer(path, "Otto")

	require.Len(t, ines.reviewThreads(path).Items, 1)
	require.Len(t, paul.reviewThreads(second).Items, 1)
	seen := otto.reviewThreads(path).Items
	require.Len(t, seen, 1, "others with the same link read it")
	require.False(t, seen[0].Comments[0].Author.You)
	require.Len(t, w.anonymous().reviewThreads(path).Items, 1, "also before they say who they are")
	otto.post(path+"/threads/"+thread.ID.String()+"/comments", object{"body": "I agree."}).is(http.StatusCreated)

	// no thread, comment or link of others
	for name, id := range map[string]uuid.UUID{"of another link": paul.reviewThreads(second).Items[0].ID, "from inside": internal.ID, "nobody's": uuid.New()} {
		ines.post(path+"/threads/"+id.String()+"/comments", object{"body": "Hello?"}).is(http.StatusNotFound)
		_ = name
	}
	theirs := []uuid.UUID{internal.Comments[0].ID, paul.reviewThreads(second).Items[0].Comments[0].ID, ines.reviewThreads(path).Items[0].Comments[1].ID, uuid.New()}
	for _, id := range theirs {
		ines.put(path+"/comments/"+id.String(), 1, object{"body": "Mine now"}).is(http.StatusNotFound)
	}
	for _, id := range theirs {
		ines.delete(path + "/comments/" + id.String()).is(http.StatusNotFound)
	}
	require.Zero(t, w.count(`SELECT count(*) FROM comments WHERE deleted_at IS NOT NULL OR body = 'Mine now'`))
	// a name is asked for first, also of who has the cookie of another link
	w.anonymous().post(path+"/threads", marks(1, 5, 2, "Who am I?")).is(http.StatusForbidden)
	// who works here stays a stranger on this page, whatever their rights
	w.author.put(path+"/comments/"+thread.Comments[0].ID.String(), 1, object{"body": "x"}).is(http.StatusForbidden)
}

func TestAReviewerChangesTheirOwnWords(t *testing.T) {
	t.Parallel()
	w := newCompany(t)
	_, path, ines, thread := w.outsideTalk()
	at := path + "/comments/" + thread.Comments[0].ID.String()
	var c httpapi.ReviewComment
	ines.put(at, 1, object{"body": " Which chains do you mean? "}).is(http.StatusOK).into(&c)
	require.Equal(t, "Which chains do you mean?", c.Body)
	require.NotNil(t, c.EditedAt)
	ines.put(at, 1, object{"body": "Lost update"}).is(http.StatusPreconditionFailed)
	// nobody inside changes what they said, nor takes it away who did not let them in
	w.author.put("/comments/"+thread.Comments[0].ID.String(), 2, object{"body": "All good!"}).is(http.StatusForbidden)
	w.rep.delete("/comments/" + thread.Comments[0].ID.String()).is(http.StatusForbidden)
	ines.delete(at).is(http.StatusNoContent)
	require.Equal(t, 1, w.count(`SELECT count(*) FROM activities WHERE verb = 'draft.comment_withdrawn' AND actor_id IS NULL AND data->>'outside' LIKE 'Ines%'`), "a trace of it stays")
	require.Empty(t, ines.reviewThreads(path).Items)
	ines.delete(at).is(http.StatusNotFound)
}

func TestOneKeyIsOneComment(t *testing.T) {
	t.Parallel()
	w := newCompany(t)
	_, path, ines, thread := w.outsideTalk()
	var first, second httpapi.ReviewThread
	ines.post(path+"/threads", marks(1, 5, 2, "Twice"), "Idempotency-Key", "k1").is(http.StatusCreated).into(&first)
	ines.post(path+"/threads", marks(1, 5, 2, "Twice"), "Idempotency-Key", "k1").is(http.StatusCreated).into(&second)
	require.Equal(t, first.ID, second.ID)
	reply := path + "/threads/" + thread.ID.String() + "/comments"
	ines.post(reply, object{"body": "Once"}, "Idempotency-Key", "k2").is(http.StatusCreated)
	ines.post(reply, object{"body": "Once"}, "Idempotency-Key", "k2").is(http.StatusCreated)
	require.Equal(t, 3, w.count(`SELECT count(*) FROM comments`))
}

func TestVeryManyCommentsFromOutsideAreRefused(t *testing.T) {
	t.Parallel()
	w := newCompany(t)
	draft, path, ines, _ := w.outsideTalk()
	// however slowly, and from many addresses: what one reviewer says in ten minutes, and one link in an hour
	key := reviewlinks.Key{Token: strings.TrimPrefix(path, "/review/"), Secret: ines.http.Jar.Cookies(nil)[0].Value}
	v, err := w.ReviewLinks.Open(t.Context(), key)
	require.NoError(t, err)
	require.NotNil(t, v.Reviewer)
	before := w.count(`SELECT count(*) FROM comments`)
	for i := before; i < 40; i++ {
		_, err := w.ReviewLinks.Start(t.Context(), v, "", 1, 5, 2, "More")
		require.NoError(t, err)
	}
	_, err = w.ReviewLinks.Start(t.Context(), v, "", 1, 5, 2, "Too much")
	require.ErrorContains(t, err, "many comments")
	require.Equal(t, 40, w.count(`SELECT count(*) FROM comments`))
	w.exec(`UPDATE review_writes SET at = now() - interval '11 minutes'`)
	_, err = w.ReviewLinks.Start(t.Context(), v, "", 1, 5, 2, "Later")
	require.NoError(t, err)
	w.exec(`INSERT INTO review_writes (reviewer_id, key, thread_id, comment_id, at) SELECT $1, i::text, $2, $2, now() - interval '20 minutes' FROM generate_series(1, 160) i`, v.Reviewer.ID, draft)
	_, err = w.ReviewLinks.Start(t.Context(), v, "", 1, 5, 2, "Too much for the link")
	require.ErrorContains(t, err, "many comments")
}

func TestNothingComesByALinkThatWasRevokedMeanwhile(t *testing.T) {
	t.Parallel()
	w := newCompany(t)
	draft, path, ines, thread := w.outsideTalk()
	key := reviewlinks.Key{Token: strings.TrimPrefix(path, "/review/"), Secret: ines.http.Jar.Cookies(nil)[0].Value}
	v, err := w.ReviewLinks.Open(t.Context(), key)
	require.NoError(t, err)
	w.exec(`UPDATE review_links SET revoked_at = now() WHERE draft_id = $1`, draft)
	_, err = w.ReviewLinks.Reply(t.Context(), v, "", thread.ID, "Too late")
	require.ErrorContains(t, err, "closed")
	ines.get(path + "/threads").is(http.StatusGone)
	ines.put(path+"/comments/"+thread.Comments[0].ID.String(), 1, object{"body": "x"}).is(http.StatusGone)
	// what was said stays
	var inside httpapi.Threads
	w.rep.get("/drafts/" + draft.String() + "/threads").is(http.StatusOK).into(&inside)
	require.Len(t, inside.Items, 1)
}

func TestWhatAReviewerMarksIsChecked(t *testing.T) {
	t.Parallel()
	w := newCompany(t)
	_, path, ines, _ := w.outsideTalk()
	ines.post(path+"/threads", marks(5, 6, 2, "A space")).is(http.StatusUnprocessableEntity)
	ines.post(path+"/threads", marks(1, 9000, 2, "Outside of the text")).is(http.StatusUnprocessableEntity)
	ines.post(path+"/threads", marks(1, 5, 99, "A version to come")).is(http.StatusConflict)
	ines.post(path+"/threads", marks(1, 5, 2, "   ")).is(http.StatusUnprocessableEntity)
	ines.post(path+"/threads", marks(1, 5, 2, strings.Repeat("x", 70_000))).is(http.StatusRequestEntityTooLarge)
}

// The words of suggestions are not the reader's to see, not even as what they marked.
func TestAQuoteHasNoSuggestions(t *testing.T) {
	t.Parallel()
	w := newCompany(t)
	d := w.draft(false)
	doc := json.RawMessage(`{"type":"doc","content":[{"type":"paragraph","content":[{"type":"text","text":"Cold "},{"type":"text","text":"secret ","marks":[{"type":"insertion","attrs":{"id":"s1","by":"` +
		w.rep.ID.String() + `","at":"2026-01-02T03:04:05Z"}}]},{"type":"text","text":"chains"}]}]}`)
	v := must[int64](w)(w.Drafts.SaveDocument(w.author.as(), d.ID, 2, doc))
	_, path := w.reviewLink(d.ID, true)
	ines := w.reviewer(path, "Ines")
	require.NotContains(t, string(ines.get(path).is(http.StatusOK).Body), "secret")
	var th httpapi.ReviewThread
	ines.post(path+"/threads", marks(1, 19, v, "Which?")).is(http.StatusCreated).into(&th)
	require.Equal(t, "Cold chains", th.Quote)
	require.NotContains(t, string(ines.get(path+"/threads").is(http.StatusOK).Body), "secret")
}

func TestWhoLetsPeopleInTakesAwayWhatTheySaid(t *testing.T) {
	t.Parallel()
	w := newCompany(t)
	draft, path, ines, thread := w.outsideTalk()
	comment := "/comments/" + thread.Comments[0].ID.String()
	inside := func() (l httpapi.Threads) {
		w.author.get("/drafts/" + draft.String() + "/threads").is(http.StatusOK).into(&l)
		return l
	}
	w.rep.delete(comment).is(http.StatusForbidden) // writes in the text, and lets nobody in
	w.author.put(comment, 1, object{"body": "Other words"}).is(http.StatusForbidden)
	require.Len(t, inside().Items, 1)
	w.author.delete(comment).is(http.StatusNoContent)
	w.author.delete(comment).is(http.StatusNoContent)
	require.Equal(t, 1, w.count(`SELECT count(*) FROM activities WHERE verb = 'draft.comment_removed' AND actor_id = $1 AND data->>'name' LIKE 'Ines%'`, w.author.ID), "once, with who did it")
	require.Empty(t, inside().Items)
	require.Empty(t, ines.reviewThreads(path).Items)
	w.rep.post(comment+"/restore", nil).is(http.StatusForbidden)
	w.author.post(comment+"/restore", nil).is(http.StatusNoContent)
	require.Len(t, inside().Items, 1)
	require.Len(t, ines.reviewThreads(path).Items, 1)

	// what one of ours said stays theirs alone
	var answer httpapi.Comment
	w.marketer.post("/threads/"+thread.ID.String()+"/comments", object{"body": "The cold ones"}).is(http.StatusCreated).into(&answer)
	w.author.delete("/comments/" + answer.ID.String()).is(http.StatusForbidden)
}
