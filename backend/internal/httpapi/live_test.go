package httpapi_test

import (
	"context"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"byline/backend/internal/coedit"
	"byline/backend/internal/httpapi"
	"byline/backend/internal/livetest"
	"byline/backend/internal/platform/dbtest"
)

// browser runs the web application's own client.
func browser(t *testing.T) *livetest.Browser {
	t.Helper()
	b, err := livetest.NewBrowser()
	require.NoError(t, err)
	return b
}

func (a *api) liveAddress() string {
	return strings.Replace(a.server.URL, "http", "ws", 1) + "/api/v1/live"
}

// draft plans a piece as a marketer who is its writer, with people who contribute.
func (c *client) draft(contributors ...*client) httpapi.Draft {
	c.api.t.Helper()
	ids := []uuid.UUID{}
	for _, p := range contributors {
		ids = append(ids, p.ID)
	}
	var d httpapi.Draft
	c.post("/drafts", map[string]any{"title": "Sizing a pump", "content_type": "blog_post", "contributors": ids, "brief": map[string]any{}}).is(http.StatusCreated).into(&d)
	c.post("/drafts/"+d.ID.String()+"/moves", map[string]any{"action": "start"}).is(http.StatusOK).into(&d)
	return d
}

// live opens a draft in a tab. seen is told of what the server says.
func (c *client) live(b *livetest.Browser, draft uuid.UUID, id string, seen ...func(message []byte)) *livetest.Client {
	c.api.t.Helper()
	tab := &livetest.Client{ID: id, Draft: draft.String(), Browser: b, Server: func(context.Context) (string, string, error) {
		var ticket httpapi.LiveTicket
		if c.post("/drafts/"+draft.String()+"/live-ticket", nil).into(&ticket); ticket.Ticket == "" {
			ticket.Ticket = "none"
		}
		return c.api.liveAddress(), ticket.Ticket, nil
	}}
	for _, f := range seen {
		tab.Seen = f
	}
	require.NoError(c.api.t, tab.Start(context.Background()))
	c.api.t.Cleanup(tab.Stop)
	return tab
}

// until waits for a tab to be in some state.
func until(t *testing.T, tab *livetest.Client, ok func(livetest.Report) bool) (r livetest.Report) {
	t.Helper()
	require.Eventually(t, func() bool {
		var err error
		r, err = tab.Report()
		require.NoError(t, err)
		return ok(r)
	}, 20*time.Second, 5*time.Millisecond, "%s", tab.ID)
	return r
}

func settled(r livetest.Report) bool { return r.Ready && r.Unconfirmed == 0 }

func has(words string) func(livetest.Report) bool {
	return func(r livetest.Report) bool { return settled(r) && strings.Contains(string(r.Doc), words) }
}

// write types text at the caret.
func write(t *testing.T, tab *livetest.Client, text string) {
	t.Helper()
	require.NoError(t, tab.Do("edit", 0.9, 0.0, text))
}

func (c *client) document(draft uuid.UUID) (d httpapi.Document) {
	c.api.t.Helper()
	c.get("/drafts/" + draft.String() + "/document").is(http.StatusOK).into(&d)
	return d
}

func TestPeopleWriteTogetherAndOthersSaveWhole(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	one, two := newAPIOn(t, d), newAPIOn(t, d) // two replicas
	mara, rita := one.marketer("Mara"), one.rep("Rita")
	draft := mara.draft(rita)
	one.edits(draft.ID, rita)
	ritaThere := &client{api: two, User: rita.User, http: rita.http}
	b := browser(t)
	m, r := mara.live(b, draft.ID, "m"), ritaThere.live(b, draft.ID, "r")
	until(t, m, settled)
	until(t, r, settled)
	for i := range 20 {
		write(t, m, string(rune('a'+i)))
		write(t, r, string(rune('A'+i)))
	}
	until(t, m, func(x livetest.Report) bool { return settled(x) && x.Version == 41 })
	until(t, r, func(x livetest.Report) bool { return settled(x) && x.Version == 41 })
	require.Equal(t, []string{"Mara", "Rita"}, append(until(t, r, func(x livetest.Report) bool { return len(x.People) == 1 }).People, until(t, m, func(x livetest.Report) bool { return len(x.People) == 1 }).People...))

	// the whole document, read and saved by somebody who does not write live
	read := mara.document(draft.ID)
	require.EqualValues(t, 41, read.Version)
	mine, err := m.Report()
	require.NoError(t, err)
	require.JSONEq(t, string(mine.Doc), string(read.Doc))
	save := map[string]any{"doc": json.RawMessage(strings.Replace(string(read.Doc), `"a`, `"Saved whole. a`, 1)), "schema_hash": read.SchemaHash}
	if !strings.Contains(string(read.Doc), `"a`) {
		save["doc"] = json.RawMessage(strings.Replace(string(read.Doc), `"A`, `"Saved whole. A`, 1))
	}
	path := "/drafts/" + draft.ID.String() + "/document"
	mara.put(path, 40, save).is(http.StatusPreconditionFailed)
	mara.put(path, read.Version, save).is(http.StatusOK)
	until(t, m, has("Saved whole."))
	until(t, r, has("Saved whole."))
	write(t, r, "Z")
	until(t, m, has("Z"))
	again := mara.document(draft.ID)
	require.EqualValues(t, 43, again.Version)
	mara.put(path, again.Version, map[string]any{"doc": again.Doc}).is(http.StatusOK) // nothing has changed
	require.EqualValues(t, 43, mara.document(draft.ID).Version)
}

// edits lets a contributor from sales write in the text itself.
func (a *api) edits(draft uuid.UUID, who *client) {
	a.t.Helper()
	_, err := a.DB.Pool().Exec(a.t.Context(), `UPDATE draft_people SET edits = true WHERE draft_id = $1 AND user_id = $2`, draft, who.ID)
	require.NoError(a.t, err)
}

func TestWhoMayDoWhatOnTheLiveConnection(t *testing.T) {
	t.Parallel()
	a := newAPI(t)
	writer, contributor, marketer, lead, salesLead, rep, admin := a.marketer("Writer"), a.rep("Contributor"), a.marketer("Marketer"), a.marketingLead("Lead"), a.salesLead("Sales lead"), a.rep("Rep"), a.admin("Admin")
	path := func(d httpapi.Draft) string { return "/drafts/" + d.ID.String() }
	plain := writer.draft(contributor)
	secret := writer.draft(contributor)
	writer.put(path(secret), secret.Rev, map[string]any{"title": "Secret", "content_type": "deck", "confidential": true, "contributors": []uuid.UUID{contributor.ID}, "brief": map[string]any{}}).is(http.StatusOK)
	archived := writer.draft(contributor)
	writer.post(path(archived)+"/moves", map[string]any{"action": "archive"}).is(http.StatusOK)
	approved := writer.draft(contributor)
	suggested := writer.draft(contributor)
	for _, d := range []httpapi.Draft{plain, secret, archived, approved} {
		a.edits(d.ID, contributor)
	}
	a.approve(writer, approved, lead, salesLead)
	for _, x := range []struct {
		draft httpapi.Draft
		who   *client
		want  string
	}{
		{suggested, contributor, "suggesting"}, {suggested, writer, "write"}, {plain, writer, "write"}, {plain, contributor, "write"}, {plain, marketer, "write"}, {plain, lead, "write"}, {plain, admin, "write"},
		{plain, salesLead, "read-only"}, {plain, rep, "404"}, {plain, a.anonymous(), "401"},
		{secret, writer, "write"}, {secret, contributor, "write"}, {secret, marketer, "404"}, {secret, lead, "404"}, {secret, salesLead, "404"}, {secret, admin, "404"}, {secret, rep, "404"},
		{archived, writer, "archived"}, {archived, contributor, "archived"}, {archived, salesLead, "read-only"}, {archived, rep, "404"},
		{approved, writer, "frozen"}, {approved, contributor, "frozen"}, {approved, lead, "frozen"}, {approved, salesLead, "read-only"}, {approved, rep, "404"},
	} {
		what := x.draft.Title + ", " + string(x.draft.State) + ", " + x.who.Name
		res := x.who.post(path(x.draft)+"/live-ticket", nil)
		if strings.HasPrefix(x.want, "4") {
			require.Equal(t, x.want, itoa(res.Status), what)
			continue
		}
		var ticket httpapi.LiveTicket
		res.is(http.StatusOK).into(&ticket)
		mayWrite := x.want == "write" || x.want == coedit.Suggesting
		require.Equal(t, mayWrite, !ticket.ReadOnly, what)
		before := x.who.document(x.draft.ID)
		raw := a.raw(t)
		m := raw.open(x.draft.ID, ticket.Ticket, "raw-"+x.who.ID.String())
		require.Equal(t, "init", m.Type, what)
		require.Equal(t, !mayWrite, m.ReadOnly, what)
		raw.say(`{"t":"push","d":"` + x.draft.ID.String() + `","v":` + itoa(int(m.Version)) + `,"b":1,"s":[{"stepType":"replace","from":1,"to":1,"slice":{"content":[{"type":"text","text":"x"}]}}],"i":[0]}`)
		answer := raw.hear("steps", "bad", "void")
		if x.want == coedit.Suggesting {
			require.Equal(t, x.want, m.Why, what)
			require.Equal(t, "void", answer.Type, what)
			require.Equal(t, before.Version, x.who.document(x.draft.ID).Version, what)
			continue
		}
		if x.want == "write" {
			require.Equal(t, "steps", answer.Type, what)
			continue
		}
		require.Equal(t, x.want, m.Why, what)
		require.Equal(t, "bad", answer.Type, what)
		require.Equal(t, before.Version, x.who.document(x.draft.ID).Version, what)
	}
}

func TestRightsThatEndEndTheConnection(t *testing.T) {
	t.Parallel()
	a := newAPI(t)
	writer, contributor, marketer := a.marketer("Writer"), a.rep("Contributor"), a.marketer("Marketer")
	lead, salesLead := a.marketingLead("Lead"), a.salesLead("Sales lead")
	draft := writer.draft(contributor)
	a.edits(draft.ID, contributor)
	path := "/drafts/" + draft.ID.String()
	b := browser(t)
	w, c, m := writer.live(b, draft.ID, "w"), contributor.live(b, draft.ID, "c"), marketer.live(b, draft.ID, "m")
	for _, tab := range []*livetest.Client{w, c, m} {
		until(t, tab, settled)
	}
	write(t, c, "hello ")
	until(t, w, has("hello"))

	// taken off the draft
	var now httpapi.Draft
	writer.get(path).into(&now)
	writer.put(path, now.Rev, map[string]any{"title": "x", "content_type": "blog_post", "contributors": []uuid.UUID{}, "brief": map[string]any{}}).is(http.StatusOK)
	until(t, c, func(r livetest.Report) bool { return strings.HasPrefix(r.Denied, "gone") })
	version := writer.document(draft.ID).Version
	write(t, c, "after")
	time.Sleep(50 * time.Millisecond)
	require.Equal(t, version, writer.document(draft.ID).Version)

	// signed out
	marketer.delete("/session").is(http.StatusNoContent)
	until(t, m, func(r livetest.Report) bool { return strings.HasPrefix(r.Denied, "ticket") })

	// approved, and reopened
	a.approve(writer, draft, lead, salesLead)
	until(t, w, func(r livetest.Report) bool { return r.ReadOnly && r.Why == "frozen" })
	writer.post(path+"/moves", map[string]any{"action": "reopen"}).is(http.StatusOK)
	until(t, w, func(r livetest.Report) bool { return !r.ReadOnly })
	write(t, w, "again")
	until(t, w, has("again"))
	require.Contains(t, text(t, writer.document(draft.ID).Doc), "hello")
}

func text(t *testing.T, doc json.RawMessage) string {
	t.Helper()
	n, err := coedit.Parse(doc)
	require.NoError(t, err)
	return n.PlainText()
}

func TestALiveEditInReviewVoidsApprovals(t *testing.T) {
	t.Parallel()
	a := newAPI(t)
	writer, lead, salesLead := a.marketer("Writer"), a.marketingLead("Lead"), a.salesLead("Sales lead")
	draft := writer.draft()
	path := "/drafts/" + draft.ID.String()
	b := browser(t)
	w := writer.live(b, draft.ID, "w")
	until(t, w, settled)
	write(t, w, "First. ")
	until(t, w, has("First."))
	writer.post(path+"/moves", map[string]any{"action": "submit"}).is(http.StatusOK).into(&draft)
	version := writer.version(draft)
	require.Equal(t, "First.", version.Text, "what was typed a moment ago is part of the version")
	yes := map[string]any{"version_id": version.ID, "hash": version.Hash}
	salesLead.post(path+"/approvals", yes).is(http.StatusOK).into(&draft)
	require.Len(t, draft.ApprovedBy, 1)

	write(t, w, "Second. ")
	until(t, w, has("Second."))
	writer.get(path).into(&draft)
	require.Empty(t, draft.ApprovedBy, "voided with the edit")
	var approvals struct{ Items []httpapi.Approval }
	writer.get(path + "/approvals").into(&approvals)
	require.Equal(t, "The text was changed.", approvals.Items[0].VoidReason)
	lead.post(path+"/approvals", yes).is(http.StatusConflict)

	writer.post(path+"/moves", map[string]any{"action": "resubmit"}).is(http.StatusOK).into(&draft)
	version = writer.version(draft)
	require.Equal(t, "First. Second.", version.Text)
	a.yes(draft, version, lead, salesLead)
	writer.get(path).into(&draft)
	require.EqualValues(t, "approved", draft.State)

	// an earlier version comes back as one change, live
	writer.post(path+"/moves", map[string]any{"action": "reopen"}).is(http.StatusOK)
	until(t, w, func(r livetest.Report) bool { return !r.ReadOnly })
	var versions struct{ Items []httpapi.DraftVersion }
	writer.get(path + "/versions").into(&versions)
	first := versions.Items[len(versions.Items)-1]
	before := writer.document(draft.ID).Version
	writer.post(path+"/versions/"+first.ID.String()+"/restore", nil, "If-Match", `"`+itoa(int(before))+`"`).is(http.StatusOK)
	r := until(t, w, func(r livetest.Report) bool { return settled(r) && r.Version == before+1 })
	require.Equal(t, "First.", text(t, r.Doc))
}

func (c *client) version(d httpapi.Draft) (v httpapi.DraftVersion) {
	c.api.t.Helper()
	c.get("/drafts/" + d.ID.String() + "/versions/" + d.CurrentVersionID.String()).is(http.StatusOK).into(&v)
	return v
}

// approve takes a draft from writing to approved.
func (a *api) approve(writer *client, d httpapi.Draft, leads ...*client) {
	a.t.Helper()
	path := "/drafts/" + d.ID.String()
	if doc := writer.document(d.ID); text(a.t, doc.Doc) == "" {
		writer.put(path+"/document", doc.Version, map[string]any{"doc": json.RawMessage(`{"type":"doc","content":[{"type":"paragraph","content":[{"type":"text","text":"Text"}]}]}`)}).is(http.StatusOK)
	}
	writer.post(path+"/moves", map[string]any{"action": "submit"}).is(http.StatusOK).into(&d)
	a.yes(d, writer.version(d), leads...)
}

func (a *api) yes(d httpapi.Draft, v httpapi.DraftVersion, leads ...*client) {
	a.t.Helper()
	for _, lead := range leads {
		lead.post("/drafts/"+d.ID.String()+"/approvals", map[string]any{"version_id": v.ID, "hash": v.Hash}).is(http.StatusOK)
	}
}

// rawConn speaks the protocol by hand.
type rawConn struct {
	t *testing.T
	*websocket.Conn
}

func (a *api) raw(t *testing.T) rawConn {
	t.Helper()
	c, res, err := websocket.Dial(t.Context(), a.liveAddress(), nil)
	require.NoError(t, err)
	if res.Body != nil {
		_ = res.Body.Close()
	}
	c.SetReadLimit(16 << 20)
	t.Cleanup(func() { _ = c.CloseNow() })
	return rawConn{t, c}
}

func (c rawConn) say(message string) {
	c.t.Helper()
	require.NoError(c.t, c.Write(c.t.Context(), websocket.MessageText, []byte(message)))
}

// hear waits for a message of one of some types.
func (c rawConn) hear(types ...string) (m coedit.ServerMessage) {
	c.t.Helper()
	ctx, cancel := context.WithTimeout(c.t.Context(), 10*time.Second)
	defer cancel()
	for {
		_, b, err := c.Read(ctx)
		require.NoError(c.t, err, "waiting for %v", types)
		m = coedit.ServerMessage{}
		require.NoError(c.t, json.Unmarshal(b, &m))
		for _, x := range types {
			if m.Type == x {
				return m
			}
		}
	}
}

func (c rawConn) open(draft uuid.UUID, ticket, id string) coedit.ServerMessage {
	c.t.Helper()
	c.say(`{"t":"open","d":"` + draft.String() + `","k":"` + ticket + `","v":-1,"c":"` + id + `","h":"` + coedit.SchemaHash + `"}`)
	return c.hear("init", "denied")
}

// ended waits for the server to close, and gives its reason.
func (c rawConn) ended() websocket.CloseError {
	c.t.Helper()
	ctx, cancel := context.WithTimeout(c.t.Context(), 10*time.Second)
	defer cancel()
	for {
		if _, _, err := c.Read(ctx); err != nil {
			var e websocket.CloseError
			require.ErrorAs(c.t, err, &e)
			return e
		}
	}
}

func TestTheLiveConnectionRefusesWhatNoClientOfOursSends(t *testing.T) {
	t.Parallel()
	a := newAPI(t)
	writer, other := a.marketer("Writer"), a.marketer("Other")
	draft, second := writer.draft(), writer.draft()
	ticket := func(c *client, d httpapi.Draft) string {
		var x httpapi.LiveTicket
		c.post("/drafts/"+d.ID.String()+"/live-ticket", nil).is(http.StatusOK).into(&x)
		return x.Ticket
	}
	good := ticket(writer, draft)
	require.Equal(t, "ticket", a.raw(t).open(draft.ID, good+"x", "c").Code)
	require.Equal(t, "ticket", a.raw(t).open(second.ID, good, "c").Code, "of another draft")
	old := a.raw(t)
	old.say(`{"t":"open","d":"` + draft.ID.String() + `","k":"` + good + `","v":-1,"c":"c","h":"0000000000000000"}`)
	require.Equal(t, "schema", old.hear("denied").Code)

	_, res, err := websocket.Dial(t.Context(), a.liveAddress(), &websocket.DialOptions{HTTPHeader: http.Header{"Origin": {"https://evil.example"}}})
	require.Error(t, err)
	require.Equal(t, http.StatusForbidden, res.StatusCode)
	own, _, err := websocket.Dial(t.Context(), a.liveAddress(), &websocket.DialOptions{HTTPHeader: http.Header{"Origin": {"http://byline.test"}}})
	require.NoError(t, err)
	_ = own.CloseNow()

	for name, frame := range map[string]string{
		"no JSON": `hello`, "an array": `[]`, "unknown type": `{"t":"drop","d":"` + draft.ID.String() + `"}`, "no draft": `{"t":"close"}`,
		"unknown field": `{"t":"close","d":"` + draft.ID.String() + `","x":1}`, "two messages": `{"t":"close","d":"` + draft.ID.String() + `"}{}`,
		"places and steps differ": `{"t":"push","d":"` + draft.ID.String() + `","v":1,"b":1,"s":[{}],"i":[]}`,
		"too long":                `{"t":"close","d":"` + strings.Repeat("x", coedit.MaxFrame) + `"}`,
	} {
		c := a.raw(t)
		require.NoError(t, c.Write(t.Context(), websocket.MessageText, []byte(frame)), name)
		closed := c.ended()
		require.Contains(t, []websocket.StatusCode{websocket.StatusPolicyViolation, websocket.StatusMessageTooBig}, closed.Code, name)
		require.NotEmpty(t, closed.Reason, name)
	}

	c := a.raw(t)
	m := c.open(draft.ID, good, "c1")
	require.Equal(t, "init", m.Type)
	batch := 0
	push := func(c rawConn, version int64, step string) coedit.ServerMessage {
		batch++
		c.say(`{"t":"push","d":"` + draft.ID.String() + `","v":` + itoa(int(version)) + `,"b":` + itoa(batch) + `,"s":[` + step + `],"i":[0]}`)
		return c.hear("steps", "bad")
	}
	require.Equal(t, "steps", push(c, 1, `{"stepType":"replace","from":1,"to":1,"slice":{"content":[{"type":"text","text":"hello"}]}}`).Type)
	for name, step := range map[string]string{
		"script address":   `{"stepType":"addMark","from":1,"to":3,"mark":{"type":"link","attrs":{"href":"javascript:alert(1)"}}}`,
		"unknown node":     `{"stepType":"replace","from":0,"to":0,"slice":{"content":[{"type":"iframe","attrs":{"src":"x"}}]}}`,
		"text in no block": `{"stepType":"replace","from":0,"to":0,"slice":{"content":[{"type":"text","text":"y"}]}}`,
		"outside":          `{"stepType":"replace","from":9000000,"to":9000000,"slice":{"content":[{"type":"text","text":"y"}]}}`,
		"unknown step":     `{"stepType":"format"}`,
		"bad attribute":    `{"stepType":"replace","from":0,"to":0,"slice":{"content":[{"type":"heading","attrs":{"level":9}}]}}`,
		"no text":          `{"stepType":"replace","from":1,"to":1,"slice":{"content":[{"type":"text","text":"a\u0000b"}]}}`,
		"half a letter":    `{"stepType":"replace","from":1,"to":1,"slice":{"content":[{"type":"text","text":"\ud83d"}]}}`,
		"too deep": `{"stepType":"replaceAround","from":0,"to":7,"gapFrom":0,"gapTo":7,"insert":40,"structure":true,"slice":{"content":[` +
			strings.Repeat(`{"type":"blockquote","content":[`, 39) + `{"type":"blockquote"}` + strings.Repeat(`]}`, 39) + `]}}`,
	} {
		answer := push(c, 2, step)
		require.Equal(t, "bad", answer.Type, name)
		require.NotEmpty(t, answer.Error, name)
	}
	require.Equal(t, "steps", push(c, 2, `{"stepType":"replace","from":1,"to":1,"slice":{"content":[{"type":"text","text":"a \ud83d\ude80 b"}]}}`).Type)
	require.Equal(t, "a 🚀 bhello", text(t, writer.document(draft.ID).Doc))

	// the client id of somebody else
	thief := a.raw(t)
	thief.open(draft.ID, ticket(other, draft), "c1")
	batch = 1000
	require.Equal(t, "client id", push(thief, 3, `{"stepType":"replace","from":1,"to":1,"slice":{"content":[{"type":"text","text":"y"}]}}`).Error)
	require.EqualValues(t, 3, writer.document(draft.ID).Version)
}

func itoa(n int) string { return strconv.Itoa(n) }
