package httpapi_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	ics "github.com/arran4/golang-ical"
	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"byline/backend/internal/drafts"
)

// fetched is what a calendar outside got.
type fetched struct {
	status int
	header http.Header
	body   string
}

// fetch comes like a calendar does: without a session.
func (a *api) fetch(address, ifNoneMatch, method string) fetched {
	a.t.Helper()
	u, err := url.Parse(address)
	require.NoError(a.t, err)
	r, err := http.NewRequestWithContext(a.t.Context(), method, a.server.URL+u.Path, nil)
	require.NoError(a.t, err)
	if ifNoneMatch != "" {
		r.Header.Set("If-None-Match", ifNoneMatch)
	}
	answer, err := http.DefaultClient.Do(r)
	require.NoError(a.t, err)
	defer func() { _ = answer.Body.Close() }()
	text, err := io.ReadAll(answer.Body)
	require.NoError(a.t, err)
	return fetched{answer.StatusCode, answer.Header, string(text)}
}

func (c *client) feed(scope string) string {
	c.api.t.Helper()
	got := c.write("PUT", "/calendar-feed/address", 0, object{"scope": scope})
	require.Equal(c.api.t, http.StatusOK, got.Status, string(got.Body))
	var feed struct{ URL string }
	require.NoError(c.api.t, json.Unmarshal(got.Body, &feed))
	require.Regexp(c.api.t, `^http://byline\.test/calendar/[A-Za-z0-9_-]{43}\.ics$`, feed.URL)
	return feed.URL
}

func (f fetched) summaries(t *testing.T) []string {
	t.Helper()
	require.Equal(t, http.StatusOK, f.status, f.body)
	c, err := ics.ParseCalendar(strings.NewReader(f.body))
	require.NoError(t, err)
	all := []string{}
	for _, e := range c.Events() {
		all = append(all, e.GetProperty(ics.ComponentPropertySummary).Value)
	}
	return all
}

// due are all events of a draft in its brief.
func due(titles ...string) (all []string) {
	for _, t := range titles {
		all = append(all, "Brief due: "+t, "Text due: "+t, "Approval due: "+t, "Goes public: "+t)
	}
	return all
}

// publishing plans a draft of the author with a day.
func (w *company) publishing(title string, change func(*drafts.Input)) drafts.Draft {
	on := christmas
	in := drafts.Input{Title: title, ContentType: "deck", Plan: drafts.Plan{PublishOn: &on}}
	if change != nil {
		change(&in)
	}
	return must[drafts.Draft](w)(w.Drafts.Create(w.author.as(), in))
}

func TestCalendarFeed(t *testing.T) {
	t.Parallel()
	w := newCompany(t)
	w.publishing("Open", nil)
	with := w.publishing("With Rita", func(in *drafts.Input) { in.Contributors = []uuid.UUID{w.rep.ID} })
	secret := w.publishing("Secret", func(in *drafts.Input) { in.Confidential, in.Contributors = true, []uuid.UUID{w.rep.ID} })

	mine, all := w.rep.feed("mine"), w.marketer.feed("all")
	got := w.fetch(mine, "", "GET")
	require.ElementsMatch(t, due("With Rita", "Secret"), got.summaries(t))
	require.Equal(t, "text/calendar; charset=utf-8", got.header.Get("Content-Type"))
	require.Contains(t, got.header.Get("Cache-Control"), "private")
	require.Contains(t, got.body, "DTSTART;VALUE=DATE:20261224\r\n")
	require.Empty(t, got.header.Values("Set-Cookie"))
	require.ElementsMatch(t, due("Open", "With Rita"), w.fetch(all, "", "GET").summaries(t))

	tag := got.header.Get("ETag")
	same := w.fetch(mine, tag, "GET")
	require.Equal(t, http.StatusNotModified, same.status)
	require.Empty(t, same.body)
	require.Equal(t, http.StatusNotModified, w.fetch(mine, `"other", W/`+tag, "GET").status)
	head := w.fetch(mine, "", "HEAD")
	require.Equal(t, http.StatusOK, head.status)
	require.Equal(t, tag, head.header.Get("ETag"))
	require.Empty(t, head.body)

	// what one may see is asked each time
	w.exec(`DELETE FROM draft_people WHERE draft_id = $1`, secret.ID)
	now := w.fetch(mine, tag, "GET")
	require.Equal(t, due("With Rita"), now.summaries(t))
	require.NotEqual(t, tag, now.header.Get("ETag"))
	must[drafts.Draft](w)(w.Drafts.Move(w.author.as(), with.ID, "archive"))
	require.Empty(t, w.fetch(mine, "", "GET").summaries(t), "what is archived vanishes")
}

func TestCalendarFeedOfWhatOneFollows(t *testing.T) {
	t.Parallel()
	w := newCompany(t)
	d := w.publishing("Followed", nil)
	w.publishing("Other", nil)
	address := w.marketer.feed("followed")
	require.Empty(t, w.fetch(address, "", "GET").summaries(t))
	require.Equal(t, http.StatusOK, w.marketer.write("PUT", "/things/draft/"+d.ID.String()+"/follow", 0, nil).Status)
	require.Equal(t, due("Followed"), w.fetch(address, "", "GET").summaries(t))
	require.Equal(t, http.StatusOK, w.marketer.write("PUT", "/calendar-feed", 0, object{"scope": "mine"}).Status)
	require.Empty(t, w.fetch(address, "", "GET").summaries(t), "the address stays, what it has does not")
}

func TestCalendarAddressesEnd(t *testing.T) {
	t.Parallel()
	w := newCompany(t)
	const base = "http://byline.test/calendar/"
	for _, unknown := range []string{"x.ics", ".ics", strings.Repeat("A", 43) + ".ics", strings.Repeat("b", 5000) + ".ics"} {
		require.Equal(t, http.StatusNotFound, w.fetch(base+unknown, "", "GET").status, "%.20s", unknown)
	}
	first := w.rep.feed("mine")
	second := w.rep.feed("mine")
	require.Equal(t, http.StatusNotFound, w.fetch(first, "", "GET").status, "the next address ends the one before")
	require.Equal(t, http.StatusOK, w.fetch(second, "", "GET").status)
	require.Zero(t, w.count(`SELECT count(*) FROM calendar_feeds WHERE secret_hash::text LIKE '%' || $1 || '%'`, strings.TrimPrefix(second, base)))
	w.exec(`UPDATE users SET disabled_at = now() WHERE id = $1`, w.rep.ID)
	gone := w.fetch(second, "", "GET")
	require.Equal(t, http.StatusNotFound, gone.status, "of somebody who is not here any more")
	require.Equal(t, w.fetch(base+"x.ics", "", "GET").body, gone.body, "which looks as if it had never been")

	third := w.marketer.feed("all")
	require.Equal(t, http.StatusNoContent, w.marketer.write("DELETE", "/calendar-feed", 0, nil).Status)
	require.Equal(t, http.StatusNotFound, w.fetch(third, "", "GET").status)
}

func TestOneCalendarAddressIsNotAskedForAllTheTime(t *testing.T) {
	t.Parallel()
	w := newCompany(t)
	address, other := w.rep.feed("mine"), w.marketer.feed("mine")
	var last fetched
	for range 12 {
		last = w.fetch(address, "", "GET")
	}
	require.Equal(t, http.StatusTooManyRequests, last.status)
	require.NotEmpty(t, last.header.Get("Retry-After"))
	require.Equal(t, http.StatusOK, w.fetch(other, "", "GET").status, "others are not held up")
}

var christmas = time.Date(2026, 12, 24, 0, 0, 0, 0, time.UTC)
