package httpapi_test

import (
	"encoding/hex"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"byline/backend/internal/comments"
	"byline/backend/internal/drafts"
	"byline/backend/internal/httpapi"
	"byline/backend/internal/ideas"
	"byline/backend/internal/notify"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/posts"
)

// deliver runs the notification jobs that wait.
func (w *company) deliver() {
	w.t.Helper()
	rows, err := w.DB.Pool().Query(w.t.Context(), `SELECT (args->>'activity_id')::uuid FROM river_job WHERE kind = 'notify' ORDER BY id`)
	require.NoError(w.t, err)
	ids, err := pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
	require.NoError(w.t, err)
	for _, id := range ids {
		require.NoError(w.t, w.Notify.Work(w.t.Context(), notify.Args{ActivityID: id}))
	}
}

// Every operation that lists things is asked for a word that stands only in things that the reader may not see.
func TestWhatIsNotTheirsStandsInNoListOfTheirs(t *testing.T) {
	t.Parallel()
	operations, _ := describe(t)
	w := newCompany(t)
	const word, unoffered = "Zephyranth", "Quillfeather"
	everyone := []uuid.UUID{w.other.ID, w.lead.ID, w.marketer.ID, w.marketingLead.ID, w.admin.ID}
	i := must[ideas.Idea](w)(w.Ideas.Create(w.rep.as(), ideas.Input{Title: word + " idea", Body: word, Tags: []string{strings.ToLower(word)}, Visibility: ideas.Private}))
	d := w.draft(true, func(in *drafts.Input) { in.Title, in.Plan.Summary = word+" draft", word })
	p := must[posts.Post](w)(w.Posts.Create(w.author.as(), posts.Input{OwnerID: w.rep.ID, Network: "x", Text: unoffered + " post"}))
	for _, o := range []comments.Object{{Type: "idea", ID: i.ID}, {Type: "draft", ID: d.ID}} {
		_, err := w.Comments.Add(w.rep.as(), o, word+" remark", everyone)
		require.NoError(t, err)
	}
	_, err := w.Comments.Add(w.author.as(), comments.Object{Type: "post", ID: p.ID}, unoffered+" remark", everyone)
	require.NoError(t, err)
	w.deliver()
	r := w.resource(false)

	asked := 0
	for _, o := range operations {
		if o.Method != http.MethodGet || strings.Contains(o.Path, "{") {
			continue
		}
		for _, q := range []string{word, unoffered} {
			params := url.Values{}
			for _, x := range o.Parameters {
				if x.In == "query" && (x.Name == "q" || x.Name == "title") {
					params.Set(x.Name, q)
				}
				if x.In == "query" && x.Name == "resource" {
					params.Set(x.Name, r.ID.String())
				}
				if x.Required && len(x.Schema.Enum) > 0 {
					params.Set(x.Name, fmt.Sprint(x.Schema.Enum[0]))
				} else if x.Required && x.Schema.Format == "date" {
					params.Set(x.Name, "2026-11-30")
				}
			}
			for n, c := range w.columns()[1:] {
				got := o.send(c, request{query: params.Encode()})
				if got.Status == http.StatusForbidden || got.Status == http.StatusNotFound {
					continue
				}
				got.is(http.StatusOK)
				asked++
				hidden := c != w.rep && q == word || (c.Side != auth.Marketing && q == unoffered)
				if hidden && strings.Contains(string(got.Body), q+" ") {
					t.Errorf("%s shows %s what is not theirs: %s", o.ID, columnNames[n+1], got.Body)
				}
			}
		}
	}
	require.Greater(t, asked, 100)
	require.Contains(t, string(w.rep.get("/ideas").is(http.StatusOK).Body), word, "the owner finds it")
	require.Contains(t, string(w.marketer.get("/posts").is(http.StatusOK).Body), unoffered)
	require.Contains(t, string(w.marketer.get("/notifications").is(http.StatusOK).Body), unoffered, "mentions arrive where they may be read")
}

func TestAMentionOpensNothing(t *testing.T) {
	t.Parallel()
	w := newCompany(t)
	i := w.idea(ideas.Private)
	path := "/things/idea/" + i.ID.String()
	w.rep.post(path+"/comments", object{"body": "Look", "mentions": []uuid.UUID{w.other.ID}}).is(http.StatusCreated)
	w.deliver()
	for _, p := range []string{"/ideas/" + i.ID.String(), path + "/comments", path + "/follow", path + "/timeline"} {
		w.other.get(p).is(http.StatusNotFound)
	}
	var unread httpapi.Unread
	w.other.get("/notifications/unread").is(http.StatusOK).into(&unread)
	require.Zero(t, unread.Unread)
	// once they may see it, they hear of what follows
	w.rep.put("/ideas/"+i.ID.String(), i.Rev, object{"title": i.Title, "visibility": "private", "people": []uuid.UUID{w.other.ID}}).is(http.StatusOK)
	w.rep.post(path+"/comments", object{"body": "Now you can"}).is(http.StatusCreated)
	w.deliver()
	w.other.get("/notifications/unread").is(http.StatusOK).into(&unread)
	require.Positive(t, unread.Unread)
}

func TestNotificationsOfOthersStayAsTheyAre(t *testing.T) {
	t.Parallel()
	w := newCompany(t)
	i := w.idea(ideas.Everyone)
	w.other.post("/things/idea/"+i.ID.String()+"/comments", object{"body": "Yes"}).is(http.StatusCreated)
	w.deliver()
	var inbox httpapi.List[httpapi.Notification]
	w.rep.get("/notifications").is(http.StatusOK).into(&inbox)
	require.Len(t, inbox.Items, 1)
	w.other.post("/notifications/mark", object{"ids": []uuid.UUID{inbox.Items[0].ID}, "read": true}).is(http.StatusOK)
	var unread httpapi.Unread
	w.rep.get("/notifications/unread").is(http.StatusOK).into(&unread)
	require.Equal(t, 1, unread.Unread)
}

// Two ids of different owners in one request, where the second is the one that is not theirs.
func TestASecondIDIsCheckedToo(t *testing.T) {
	t.Parallel()
	w := newCompany(t)
	mine, theirs := w.idea(ideas.Everyone), must[ideas.Idea](w)(w.Ideas.Create(w.other.as(), ideas.Input{Title: "Theirs", Visibility: ideas.Private}))
	e := must[ideas.Evidence](w)(w.Ideas.AddEvidence(w.other.as(), ideas.Evidence{IdeaID: theirs.ID, Kind: "quote", Text: "Secret"}))
	w.rep.delete("/ideas/" + mine.ID.String() + "/evidence/" + e.ID.String()).is(http.StatusNotFound)
	require.Equal(t, 1, w.count(`SELECT count(*) FROM idea_evidence`))

	a, b := must[drafts.Draft](w)(w.Drafts.Submit(w.author.as(), w.draft(false).ID)), must[drafts.Draft](w)(w.Drafts.Submit(w.author.as(), w.draft(false).ID))
	v := must[[]drafts.Version](w)(w.Drafts.Versions(w.author.as(), b.ID))[0]
	w.lead.post("/drafts/"+a.ID.String()+"/approvals", approvalOf(v)).is(http.StatusNotFound)
	require.Zero(t, w.count(`SELECT count(*) FROM approvals`))

	// a file taken off by way of a draft that it does not belong to stays where it is
	f := w.attach(w.file(w.author), "draft", b.ID)
	w.rep.delete("/drafts/" + a.ID.String() + "/assets/" + f.String()).is(http.StatusNoContent)
	require.Equal(t, 1, w.count(`SELECT count(*) FROM asset_uses WHERE asset_id = $1`, f))

	// the next draft of a resource that one may not see, and a post about it
	hidden := w.resource(true)
	w.rep.post("/posts", object{"network": "x", "text": "T", "owner_id": w.rep.ID, "resource_id": hidden.ID}).is(http.StatusForbidden)
}

func approvalOf(v drafts.Version) object {
	return object{"version_id": v.ID, "hash": hex.EncodeToString(v.Hash)}
}
