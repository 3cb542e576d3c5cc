package httpapi_test

import (
	"encoding/json"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"byline/backend/internal/coedit"
	"byline/backend/internal/httpapi"
	"byline/backend/internal/livetest"
	"byline/backend/internal/platform/dbtest"
)

// listening opens a draft in a tab that counts how often it is told to look at the threads.
func (c *client) listening(b *livetest.Browser, draft uuid.UUID, id string) (*livetest.Client, *atomic.Int64) {
	c.api.t.Helper()
	heard := &atomic.Int64{}
	tab := c.live(b, draft, id, func(message []byte) {
		if strings.Contains(string(message), `"t":"threads"`) {
			heard.Add(1)
		}
	})
	until(c.api.t, tab, settled)
	return tab, heard
}

// on gives the same person at another replica.
func (c *client) on(a *api) *client { return &client{api: a, User: c.User, http: c.http} }

func TestThreadsFollowTheTextInTwoReplicasAndAfterARestart(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	one, two := newAPIOn(t, d), newAPIOn(t, d)
	mara, rita := one.marketer("Mara"), one.rep("Rita")
	draft := mara.draft(rita)
	one.edits(draft.ID, rita)
	path := "/drafts/" + draft.ID.String()
	var paragraphs []string
	for _, s := range []string{"Cold chains break in spring.", "Dry ice helps for a day.", "Loggers tell what happened.", "Ask for the audit."} {
		paragraphs = append(paragraphs, `{"type":"paragraph","content":[{"type":"text","text":"`+s+`"}]}`)
	}
	mara.put(path+"/document", 1, object{"doc": json.RawMessage(`{"type":"doc","content":[` + strings.Join(paragraphs, ",") + `]}`)}).is(http.StatusOK)
	b := browser(t)
	m, r := mara.live(b, draft.ID, "m"), rita.on(two).live(b, draft.ID, "r")
	until(t, m, settled)
	until(t, r, settled)

	var mu sync.Mutex
	var started []httpapi.Thread
	var group sync.WaitGroup
	for i, tab := range []*livetest.Client{m, r} {
		who := []*client{mara, rita.on(two)}[i]
		group.Go(func() {
			rng := rand.New(rand.NewPCG(uint64(i), 5))
			for range 60 {
				if err := tab.Do("edit", rng.Float64(), rng.Float64(), string(rune('a'+rng.IntN(26)))); err != nil {
					t.Error(err)
					return
				}
				if rng.Float64() > 0.3 {
					continue
				}
				report, err := tab.Report()
				if err != nil {
					t.Error(err)
					return
				}
				from := 1 + rng.IntN(70)
				got := who.post(path+"/threads", marked(from, from+1+rng.IntN(25), report.Version, "?"))
				if got.Status == http.StatusCreated { // some are outside the text by now, or have no words
					var th httpapi.Thread
					got.into(&th)
					mu.Lock()
					started = append(started, th)
					mu.Unlock()
				}
				who.get(path + "/threads").is(http.StatusOK) // while both write
			}
		})
	}
	group.Wait()
	require.Greater(t, len(started), 10)
	var version int64
	until(t, m, func(x livetest.Report) bool {
		y, err := r.Report()
		require.NoError(t, err)
		version = x.Version
		return settled(x) && settled(y) && y.Version == version
	})

	// moved many times, by two processes and two ways; and from where each began, all at once
	three := newAPIOn(t, d)
	var anchors []coedit.Anchor
	for _, th := range started {
		a := coedit.Anchor{Version: th.Version, Quote: th.Quote, Detached: th.Anchor.Value == nil}
		if !a.Detached {
			a.From, a.To = th.Anchor.Value.From, th.Anchor.Value.To
		}
		anchors = append(anchors, a)
	}
	direct, head, err := coedit.New(d).Follow(t.Context(), draft.ID, anchors)
	require.NoError(t, err)
	require.Equal(t, version, head)
	want := map[uuid.UUID]coedit.Anchor{}
	for i, th := range started {
		want[th.ID] = direct[i]
	}
	kept := 0
	for _, who := range []*client{mara, mara.on(two), mara.on(three)} {
		var list httpapi.Threads
		who.get(path + "/threads").is(http.StatusOK).into(&list)
		require.Equal(t, version, list.Version)
		require.Len(t, list.Items, len(started))
		for i, th := range list.Items {
			require.Equal(t, version, th.Version)
			require.True(t, i == 0 || list.Items[i-1].ID.String() < th.ID.String())
			if w := want[th.ID]; !w.Jumped { // whose words were never lost
				kept++
				require.Equal(t, &httpapi.ThreadAnchor{From: w.From, To: w.To}, th.Anchor.Value)
			}
		}
	}
	require.Greater(t, kept, 10)
}

func TestEverybodyWhoHasADraftOpenHearsOfItsThreads(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	one, two := newAPIOn(t, d), newAPIOn(t, d)
	mara, rita := one.marketer("Mara"), one.rep("Rita")
	draft := mara.draft(rita)
	path := "/drafts/" + draft.ID.String()
	mara.put(path+"/document", 1, object{"doc": paragraph("Cold chains break.")}).is(http.StatusOK)
	b := browser(t)
	tab, heardHere := mara.listening(b, draft.ID, "m")
	_, heardThere := rita.on(two).listening(b, draft.ID, "r")
	told := func(what string, change func()) {
		t.Helper()
		here, there := heardHere.Load(), heardThere.Load()
		change()
		require.Eventually(t, func() bool { return heardHere.Load() > here && heardThere.Load() > there }, 10*time.Second, 5*time.Millisecond, what)
	}
	var th httpapi.Thread
	var reply httpapi.Comment
	told("started", func() { rita.post(path+"/threads", onWords).is(http.StatusCreated).into(&th) })
	threadPath, comment := "/threads/"+th.ID.String(), ""
	told("answered", func() {
		mara.post(threadPath+"/comments", object{"body": "All."}).is(http.StatusCreated).into(&reply)
		comment = "/comments/" + reply.ID.String()
	})
	told("edited", func() { mara.put(comment, 1, object{"body": "All of them."}).is(http.StatusOK) })
	told("deleted", func() { mara.delete(comment).is(http.StatusNoContent) })
	told("restored", func() { mara.post(comment+"/restore", nil).is(http.StatusNoContent) })
	told("resolved", func() { rita.post(threadPath+"/resolve", nil).is(http.StatusOK) })
	told("reopened", func() { rita.post(threadPath+"/reopen", nil).is(http.StatusOK) })

	// what is written live is followed soon, without anybody asking
	at := func() (version int64, detached bool) {
		require.NoError(t, d.Pool().QueryRow(t.Context(), `SELECT anchor_version, detached FROM comment_threads`).Scan(&version, &detached))
		return version, detached
	}
	require.NoError(t, tab.Do("do", "type", "break", 0, "often "))
	require.Eventually(t, func() bool { v, _ := at(); return v == 3 }, 20*time.Second, 20*time.Millisecond)
	told("detached", func() {
		mara.put(path+"/document", 3, object{"doc": paragraph("Pumps often break.")}).is(http.StatusOK)
	})
	v, detached := at()
	require.EqualValues(t, 4, v)
	require.True(t, detached)
	require.Nil(t, mara.threadsOf(draft.ID).Items[0].Anchor.Value)
	told("found again", func() {
		mara.put(path+"/document", 4, object{"doc": paragraph("Often, Cold chains break.")}).is(http.StatusOK)
	})
	require.Equal(t, &httpapi.ThreadAnchor{From: 8, To: 12}, mara.threadsOf(draft.ID).Items[0].Anchor.Value)
}

func (c *client) threadsOf(draft uuid.UUID) (list httpapi.Threads) {
	c.api.t.Helper()
	c.get("/drafts/" + draft.String() + "/threads").is(http.StatusOK).into(&list)
	return list
}

func TestThreadsFollowARestoredVersion(t *testing.T) {
	t.Parallel()
	w := newCompany(t)
	d, v := w.submitted(false) // "Cold chains break."
	path := "/drafts/" + d.ID.String()
	w.author.put(path+"/document", 2, object{"doc": paragraph("Cold chains break, and so do pumps.")}).is(http.StatusOK)
	var cold, pumps httpapi.Thread
	w.lead.post(path+"/threads", marked(1, 5, 3, "Which?")).is(http.StatusCreated).into(&cold)
	w.lead.post(path+"/threads", marked(30, 35, 3, "Ours?")).is(http.StatusCreated).into(&pumps)
	require.Equal(t, "pumps", pumps.Quote)
	must[int64](w)(w.Drafts.Restore(w.author.as(), d.ID, v.ID, 3))
	require.Equal(t, 1, w.count(`SELECT count(*) FROM comment_threads WHERE detached AND anchor_version = 4`), "before anybody looks")
	list := w.lead.threads(d, "open")
	require.Equal(t, cold.Anchor, list.Items[0].Anchor)
	require.Nil(t, list.Items[1].Anchor.Value)
	require.Equal(t, "pumps", list.Items[1].Quote)
	w.lead.post("/threads/"+pumps.ID.String()+"/comments", object{"body": "Gone, then."}).is(http.StatusCreated) // still something to talk about
	w.author.put(path+"/document", 4, object{"doc": paragraph("Cold chains break. Pumps too; all pumps.")}).is(http.StatusOK)
	require.NotNil(t, w.lead.threads(d, "open").Items[1].Anchor.Value)

	// one that is resolved is where it belongs when somebody looks at it again
	w.lead.post("/threads/"+cold.ID.String()+"/resolve", nil).is(http.StatusOK)
	w.author.put(path+"/document", 5, object{"doc": paragraph("Very Cold chains break. Pumps too; all pumps.")}).is(http.StatusOK)
	require.Equal(t, &httpapi.ThreadAnchor{From: 6, To: 10}, w.lead.threads(d, "resolved").Items[0].Anchor.Value)
}
