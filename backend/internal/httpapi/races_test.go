package httpapi_test

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"byline/backend/internal/drafts"
	"byline/backend/internal/httpapi"
	"byline/backend/internal/ideas"
	"byline/backend/internal/people"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/posts"
)

const racers = 32

// race sends n requests at once and gives how often each status came.
func race(n int, send func(i int) *answer) map[int]int {
	var mu sync.Mutex
	var wg sync.WaitGroup
	start, statuses := make(chan struct{}), map[int]int{}
	for i := range n {
		wg.Go(func() {
			<-start
			status := send(i).Status
			mu.Lock()
			defer mu.Unlock()
			statuses[status]++
		})
	}
	close(start)
	wg.Wait()
	return statuses
}

// contest is one transition that many ask for at once.
type contest struct {
	name     string
	again    bool // repeating it is no error: everybody gets 200
	verb     string
	activity int // how many of the verb there are afterwards; 0 means 1
	make     func(w *company) (id uuid.UUID, send func() *answer)
}

func move(w *company, c *client, d drafts.Draft, body object) (uuid.UUID, func() *answer) {
	return d.ID, func() *answer { return c.post("/drafts/"+d.ID.String()+"/moves", body) }
}

func step(c *client, p posts.Post, action string, body any) (uuid.UUID, func() *answer) {
	return p.ID, func() *answer { return c.post("/posts/"+p.ID.String()+"/"+action, body) }
}

func (w *company) approved() drafts.Draft {
	d, v := w.submitted(false)
	for _, c := range []*client{w.lead, w.marketingLead} {
		d = must[drafts.Draft](w)(w.Drafts.Approve(c.as(), d.ID, v.ID, v.Hash))
	}
	return d
}

var contests = []contest{
	{name: "an idea is moved", verb: "idea.moved", make: func(w *company) (uuid.UUID, func() *answer) {
		i := w.idea(ideas.Everyone)
		return i.ID, func() *answer {
			return w.marketer.write(http.MethodPost, "/ideas/"+i.ID.String()+"/moves", i.Rev, object{"to": "under_review"})
		}
	}},
	{name: "an idea is declined", verb: "idea.moved", make: func(w *company) (uuid.UUID, func() *answer) {
		i := w.idea(ideas.Everyone)
		return i.ID, func() *answer {
			return w.marketer.write(http.MethodPost, "/ideas/"+i.ID.String()+"/moves", i.Rev, object{"to": "declined", "reason": "We have it."})
		}
	}},
	{name: "an idea is merged", verb: "idea.merged", make: func(w *company) (uuid.UUID, func() *answer) {
		i, into := w.idea(ideas.Everyone), w.idea(ideas.Everyone)
		return i.ID, func() *answer { return w.marketer.post("/ideas/"+i.ID.String()+"/merge", object{"into": into.ID}) }
	}},
	{name: "a draft is started", verb: "draft.moved", make: func(w *company) (uuid.UUID, func() *answer) {
		d := must[drafts.Draft](w)(w.Drafts.Create(w.author.as(), drafts.Input{Title: "Cold chain", ContentType: "deck"}))
		return move(w, w.marketer, d, object{"action": "start"})
	}},
	{name: "a draft is submitted", verb: "draft.moved", activity: 2, make: func(w *company) (uuid.UUID, func() *answer) {
		return move(w, w.marketer, w.draft(false), object{"action": "submit"})
	}},
	{name: "changes are requested", verb: "draft.commented", make: func(w *company) (uuid.UUID, func() *answer) {
		d, _ := w.submitted(false)
		return move(w, w.lead, d, object{"action": "request_changes", "comment": "Name the customer."})
	}},
	{name: "a side approves", again: true, verb: "draft.approved_by", make: func(w *company) (uuid.UUID, func() *answer) {
		d, v := w.submitted(false)
		return d.ID, func() *answer {
			return w.lead.post("/drafts/"+d.ID.String()+"/approvals", object{"version_id": v.ID, "hash": hex.EncodeToString(v.Hash)})
		}
	}},
	{name: "an approved draft is reopened", verb: "draft.moved", activity: 4, make: func(w *company) (uuid.UUID, func() *answer) {
		return move(w, w.marketer, w.approved(), object{"action": "reopen"})
	}},
	{name: "an approved draft is published", verb: "draft.moved", activity: 4, make: func(w *company) (uuid.UUID, func() *answer) {
		return move(w, w.marketer, w.approved(), object{"action": "publish"})
	}},
	{name: "a post is offered", verb: "post.offered", make: func(w *company) (uuid.UUID, func() *answer) {
		return step(w.marketer, w.post(posts.Writing), "offer", nil)
	}},
	{name: "a post is sealed", verb: "post.sealed", make: func(w *company) (uuid.UUID, func() *answer) {
		p := w.post(posts.Offered)
		return step(w.rep, p, "seal", object{"hash": hex.EncodeToString(p.Hash)})
	}},
	{name: "a post is shared", verb: "post.shared", make: func(w *company) (uuid.UUID, func() *answer) {
		return step(w.rep, w.post(posts.Sealed), "share", object{})
	}},
	{name: "a post is declined", verb: "post.moved", make: func(w *company) (uuid.UUID, func() *answer) {
		return step(w.rep, w.post(posts.Offered), "decline", object{"reason": "Not me"})
	}},
	{name: "a post is recalled", verb: "post.moved", make: func(w *company) (uuid.UUID, func() *answer) {
		return step(w.marketer, w.post(posts.Sealed), "recall", object{"reason": "Wrong"})
	}},
	{name: "a resource is archived", again: true, verb: "resource.archived", make: func(w *company) (uuid.UUID, func() *answer) {
		r := w.resource(false)
		return r.ID, func() *answer { return w.marketer.put("/resources/"+r.ID.String()+"/archive", 0, nil) }
	}},
	{name: "a resource comes back", again: true, verb: "resource.restored", make: func(w *company) (uuid.UUID, func() *answer) {
		r := w.resource(true)
		return r.ID, func() *answer { return w.marketer.delete("/resources/" + r.ID.String() + "/archive") }
	}},
}

// Thirty-two people press the same button at once: one of them does it, it is written down once, and who follows hears
// of it once.
func TestOneOfManyMakesATransition(t *testing.T) {
	t.Parallel()
	w := newCompany(t)
	for _, c := range contests {
		id, send := c.make(w)
		got := race(racers, func(int) *answer { return send() })
		if c.again {
			require.Equal(t, map[int]int{http.StatusOK: racers}, got, c.name)
		} else {
			require.Equal(t, 1, got[http.StatusOK], "%s: %v", c.name, got)
			require.Equal(t, racers-1, got[http.StatusConflict]+got[http.StatusPreconditionFailed], "%s: %v", c.name, got)
		}
		require.Equal(t, max(1, c.activity), w.count(`SELECT count(*) FROM activities WHERE object_id = $1 AND verb = $2`, id, c.verb), c.name)
	}
	w.deliver()
	w.deliver() // at least once
	require.Positive(t, w.count(`SELECT count(*) FROM notifications`))
	require.Zero(t, w.count(`SELECT count(*) FROM (SELECT FROM notifications GROUP BY user_id, activity_id HAVING count(*) > 1) x`))
	for _, verb := range []string{"idea.moved", "draft.moved", "post.offered", "post.sealed"} {
		require.Positive(t, w.count(`SELECT count(*) FROM notifications n JOIN activities a ON a.id = n.activity_id WHERE a.verb = $1`, verb), verb)
	}
}

// Both sides and the next change of the text meet at the same moment: whatever comes out, what is approved is what both
// sides read.
func TestApprovalsAndChangesAtOnceLeaveNothingHalfApproved(t *testing.T) {
	t.Parallel()
	w := newCompany(t)
	for range 8 {
		d, v := w.submitted(false)
		yes := object{"version_id": v.ID, "hash": hex.EncodeToString(v.Hash)}
		got := race(12, func(i int) *answer {
			switch i % 4 {
			case 0:
				return w.lead.post("/drafts/"+d.ID.String()+"/approvals", yes)
			case 1:
				return w.marketingLead.post("/drafts/"+d.ID.String()+"/approvals", yes)
			case 2:
				return w.marketer.put("/drafts/"+d.ID.String()+"/document", 2, object{"doc": paragraph("Changed")})
			}
			return w.marketer.post("/drafts/"+d.ID.String()+"/moves", object{"action": "request_changes", "comment": "Wait"})
		})
		for status := range got {
			require.Contains(t, []int{200, 409, 412}, status)
		}
		require.Zero(t, w.count(`SELECT count(*) FROM drafts d JOIN draft_docs x ON x.draft_id = d.id JOIN draft_versions v ON v.id = d.current_version_id
			WHERE d.state = 'approved' AND (NOT x.frozen OR x.doc::text <> v.doc::text OR
			  (SELECT count(*) FROM approvals a WHERE a.draft_id = d.id AND a.version_id = v.id AND a.voided_at IS NULL) <> 2)`))
		require.Zero(t, w.count(`SELECT count(*) FROM drafts d WHERE d.state IN ('writing') AND EXISTS (SELECT FROM approvals a WHERE a.draft_id = d.id AND a.voided_at IS NULL)`))
	}
}

// crowd is n reps, signed in.
func (a *api) crowd(n int) []*client {
	all := make([]*client, n)
	for i := range all {
		all[i] = a.person(people.User{Name: fmt.Sprintf("Rep %d", i), Side: auth.Sales})
	}
	return all
}

func TestManyAtOnceEachHaveTheirEffectOnce(t *testing.T) {
	t.Parallel()
	a := newAPI(t)
	reps := a.crowd(racers)
	require.Equal(t, map[int]int{http.StatusCreated: racers}, race(racers, func(i int) *answer {
		return reps[i].post("/ideas", object{"title": fmt.Sprintf("Idea %d", i)})
	}))
	require.Equal(t, racers, a.count(`SELECT count(*) FROM ideas`))
	require.Equal(t, racers, a.count(`SELECT count(*) FROM activities WHERE verb = 'idea.created'`))

	var idea httpapi.Idea
	reps[0].post("/ideas", object{"title": "The one"}).is(http.StatusCreated).into(&idea)
	path := "/ideas/" + idea.ID.String()
	for range 3 { // everybody three times
		require.Equal(t, map[int]int{http.StatusOK: racers}, race(racers, func(i int) *answer { return reps[i].put(path+"/vote", 0, nil) }))
	}
	reps[0].get(path).is(http.StatusOK).into(&idea)
	require.Equal(t, racers, idea.Votes)
	require.Equal(t, racers, a.count(`SELECT count(*) FROM idea_votes WHERE idea_id = $1`, idea.ID))
	require.Equal(t, racers-1, a.count(`SELECT count(*) FROM activities WHERE verb = 'idea.voted' AND object_id = $1`, idea.ID), "its author voted by filing it")

	got := race(racers, func(i int) *answer { // votes come and go
		if i%2 == 0 {
			return reps[i/2].delete(path + "/vote")
		}
		return reps[i/2].put(path+"/vote", 0, nil)
	})
	require.Equal(t, map[int]int{http.StatusOK: racers}, got)
	reps[0].get(path).is(http.StatusOK).into(&idea)
	require.Equal(t, a.count(`SELECT count(*) FROM idea_votes WHERE idea_id = $1`, idea.ID), idea.Votes)

	thing := "/things/idea/" + idea.ID.String()
	require.Equal(t, map[int]int{http.StatusCreated: racers}, race(racers, func(i int) *answer { return reps[i].post(thing+"/comments", object{"body": "Yes"}) }))
	require.Equal(t, map[int]int{http.StatusOK: racers}, race(racers, func(i int) *answer { return reps[i%4].put(thing+"/follow", 0, nil) }))
}

func TestAnInvitationMakesOneAccount(t *testing.T) {
	t.Parallel()
	w := newCompany(t)
	r := invited(w, nil)
	before := w.count(`SELECT count(*) FROM users`)
	got := race(8, func(int) *answer {
		return w.anonymous().post(fill("/invitations/{token}/accept", r.path), r.body)
	})
	require.Equal(t, 1, got[http.StatusOK], "%v", got)
	require.Equal(t, 7, got[http.StatusNotFound]+got[http.StatusConflict], "%v", got)
	require.Equal(t, before+1, w.count(`SELECT count(*) FROM users`))
}

// editable is one thing that many change at once: read gives its revision and text, write puts a line more into it.
type editable struct {
	name  string
	read  func() (rev int64, text string)
	write func(c *client, rev int64, text string) *answer
}

func (w *company) editables() []editable {
	i, p := w.idea(ideas.Everyone), w.post(posts.Writing)
	d, doc := w.draft(false), w.draft(false)
	r := w.resource(false)
	ideaPath, draftPath, docPath, postPath, resourcePath := "/ideas/"+i.ID.String(), "/drafts/"+d.ID.String(), "/drafts/"+doc.ID.String()+"/document", "/posts/"+p.ID.String(), "/resources/"+r.ID.String()
	return []editable{
		{"an idea", func() (int64, string) {
			var x httpapi.Idea
			w.author.get(ideaPath).is(http.StatusOK).into(&x)
			return x.Rev, x.Body
		}, func(c *client, rev int64, text string) *answer {
			return c.put(ideaPath, rev, object{"title": "Battery life", "body": text})
		}},
		{"a brief", func() (int64, string) {
			var x httpapi.Draft
			w.author.get(draftPath).is(http.StatusOK).into(&x)
			return x.Rev, x.Brief.Summary
		}, func(c *client, rev int64, text string) *answer {
			return c.put(draftPath, rev, object{"title": "Cold chain", "content_type": "deck", "brief": object{"summary": text}})
		}},
		{"a document", func() (int64, string) {
			var x httpapi.Document
			w.author.get(docPath).is(http.StatusOK).into(&x)
			var tree struct {
				Content []struct{ Content []struct{ Text string } }
			}
			require.NoError(w.t, json.Unmarshal(x.Doc, &tree))
			return x.Version, tree.Content[0].Content[0].Text
		}, func(c *client, rev int64, text string) *answer {
			return c.put(docPath, rev, object{"doc": paragraph(text)})
		}},
		{"a post", func() (int64, string) {
			var x httpapi.Post
			w.author.get(postPath).is(http.StatusOK).into(&x)
			return x.Rev, x.Text
		}, func(c *client, rev int64, text string) *answer {
			return c.put(postPath, rev, object{"network": "linkedin", "text": text})
		}},
		{"a resource", func() (int64, string) {
			var x httpapi.Resource
			w.author.get(resourcePath).is(http.StatusOK).into(&x)
			return x.Rev, x.Summary
		}, func(c *client, rev int64, text string) *answer {
			b := object{"summary": text}
			for k, v := range details {
				b[k] = v
			}
			return c.put(resourcePath, rev, b)
		}},
	}
}

// Twenty people change the same thing at once. Each change arrives or is refused with 412 and the current revision; who
// is refused reads again and tries again, and in the end every line is there.
func TestNoChangeOfTwentyIsLost(t *testing.T) {
	t.Parallel()
	w := newCompany(t)
	editors := make([]*client, 20)
	for i := range editors {
		editors[i] = w.api.marketer(fmt.Sprintf("Editor %d", i))
	}
	for _, e := range w.editables() {
		rev, text := e.read()
		got := race(len(editors), func(i int) *answer { return e.write(editors[i], rev, fmt.Sprintf("%s line %d.", text, i)) })
		require.Equal(t, map[int]int{http.StatusOK: 1, http.StatusPreconditionFailed: 19}, got, e.name)

		stale := e.write(editors[0], rev, "late").is(http.StatusPreconditionFailed).problem()
		now, _ := e.read()
		require.Equal(t, now, stale.Rev, "%s: the refusal names the current revision", e.name)

		got = race(len(editors), func(i int) *answer {
			for {
				rev, text := e.read()
				if a := e.write(editors[i], rev, fmt.Sprintf("%s Mark %d.", text, i)); a.Status != http.StatusPreconditionFailed {
					return a
				}
			}
		})
		require.Equal(t, map[int]int{http.StatusOK: 20}, got, e.name)
		_, text = e.read()
		for i := range editors {
			require.Equal(t, 1, strings.Count(text, fmt.Sprintf("Mark %d.", i)), "%s: %q", e.name, text)
		}
	}
}
