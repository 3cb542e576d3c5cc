package httpapi_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"byline/backend/internal/domaintest"
)

type home struct {
	Returned, Overdue, Writing, Triage, Waiting []struct{ ID, Title string }
}

func TestHomeSaysWhatCameBackAndWhatIsOverdue(t *testing.T) {
	t.Parallel()
	a := newAPI(t)
	writer, other, lead, rep := a.marketer("Wim"), a.marketer("Mo"), a.salesLead("Lea"), a.rep("Rita")
	of := func(c *client) (h home) {
		c.get("/home").is(http.StatusOK).into(&h)
		return h
	}
	var d struct {
		ID  string
		Rev int64
	}
	yesterday := time.Now().UTC().AddDate(0, 0, -1).Format(time.DateOnly)
	writer.post("/drafts", map[string]any{"title": "Late", "content_type": "blog_post", "brief": map[string]any{"due_on": yesterday}}).is(http.StatusCreated).into(&d)
	require.Len(t, of(writer).Overdue, 1)
	require.Len(t, of(a.marketingLead("Mila")).Overdue, 1, "a lead sees what is late, whoever writes it")
	require.Empty(t, of(other).Overdue)
	require.Empty(t, of(rep).Overdue)
	require.Empty(t, of(lead).Overdue, "a lead of sales has nothing to do with it yet")

	writer.post("/drafts/"+d.ID+"/moves", map[string]any{"action": "start"}).is(http.StatusOK)
	require.Empty(t, of(writer).Returned, "it was not submitted yet")
	var doc struct{ Version int64 }
	writer.get("/drafts/" + d.ID + "/document").is(http.StatusOK).into(&doc)
	writer.put("/drafts/"+d.ID+"/document", doc.Version, map[string]any{"doc": domaintest.Text("Words.")}).is(http.StatusOK)
	writer.post("/drafts/"+d.ID+"/moves", map[string]any{"action": "submit"}).is(http.StatusOK)
	require.Len(t, of(lead).Waiting, 1)
	lead.post("/drafts/"+d.ID+"/moves", map[string]any{"action": "request_changes", "comment": "More numbers."}).is(http.StatusOK)
	require.Len(t, of(writer).Returned, 1)
	require.Empty(t, of(other).Returned, "it came back to its people")
	require.Empty(t, of(lead).Waiting)
}

func TestTriageIsForMarketingAndWhoWaitsLongestComesFirst(t *testing.T) {
	t.Parallel()
	a := newAPI(t)
	rep, marketer := a.rep("Rita"), a.marketer("Mo")
	for _, title := range []string{"First", "Second"} {
		rep.post("/ideas", map[string]any{"title": title}).is(http.StatusCreated)
	}
	var h home
	marketer.get("/home").is(http.StatusOK).into(&h)
	require.Len(t, h.Triage, 2)
	require.Equal(t, "First", h.Triage[0].Title)
	rep.get("/home").is(http.StatusOK).into(&h)
	require.Empty(t, h.Triage)
}
