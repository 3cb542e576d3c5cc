package httpapi_test

import (
	"bytes"
	"fmt"
	"html"
	"image"
	"image/jpeg"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"byline/backend/internal/httpapi"
	"byline/backend/internal/shares"
)

const chromeAgent = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36"

// outside sends what a browser of somebody outside sends, to an address of the server itself.
func (c *client) outside(method, path, contentType, body string, headers ...string) *answer {
	t := c.api.t
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, c.api.server.URL+path, strings.NewReader(body))
	require.NoError(t, err)
	for name, value := range map[string]string{"User-Agent": chromeAgent, "Accept": "text/html", "Accept-Language": "en", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document", "Content-Type": contentType} {
		if value != "" {
			r.Header.Set(name, value)
		}
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	res, err := c.http.Do(r)
	require.NoError(t, err)
	defer func() { _ = res.Body.Close() }()
	b, err := io.ReadAll(res.Body)
	require.NoError(t, err)
	return &answer{t: t, Status: res.StatusCode, Header: res.Header, Body: b}
}

func (c *client) page(path string, headers ...string) *answer {
	return c.outside(http.MethodGet, path, "", "", headers...)
}

func (c *client) form(path string, values url.Values) *answer {
	// a page with no-referrer sends its forms with Origin: null
	return c.outside(http.MethodPost, path, "application/x-www-form-urlencoded", values.Encode(), "Origin", "null", "Sec-Fetch-Site", "same-origin")
}

func (w *company) shared(change ...func(*shares.Input)) (shares.Share, string) {
	w.t.Helper()
	in := shares.Input{Resources: []uuid.UUID{shareable(w, w.rep).path["id"].(uuid.UUID)}, Recipient: "Ines Duarte", Organisation: "<b>Nordwind</b>", Note: "Have a look at page 2.", Downloads: true}
	for _, c := range change {
		c(&in)
	}
	x := must[shares.Share](w)(w.Shares.Create(w.rep.as(), in))
	var address httpapi.ShareAddress
	w.rep.get("/shares/" + x.ID.String() + "/address").is(http.StatusOK).into(&address)
	u, err := url.Parse(address.URL)
	require.NoError(w.t, err)
	return x, u.Path
}

func TestThePageOfAShare(t *testing.T) {
	t.Parallel()
	w := newCompany(t)
	x, path := w.shared()
	file := w.attach(w.file(w.author), "resource", x.Resources[0].ID)
	foreign := w.attach(w.file(w.author), "resource", w.resource(false).ID)
	ines := w.anonymous()
	got := ines.page(path).is(http.StatusOK)
	for name, value := range map[string]string{"Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow, noarchive", "Referrer-Policy": "no-referrer", "X-Frame-Options": "DENY"} {
		require.Equal(t, value, got.Header.Get(name), name)
	}
	page := string(got.Body)
	for _, words := range []string{"Pump guide", "Rita", "Ines Duarte, &lt;b&gt;Nordwind&lt;/b&gt;", "Have a look at page 2.", "plan.png", file.String()} {
		require.Contains(t, page, words)
	}
	require.NotContains(t, page, foreign.String())
	cookie := got.Header.Get("Set-Cookie")
	require.Contains(t, cookie, "byline_reader=")
	for _, part := range []string{"HttpOnly", "SameSite=Lax"} {
		require.Contains(t, cookie, part)
	}
	require.Empty(t, ines.page(path).Header.Get("Set-Cookie"), "one browser is one device")
	require.Empty(t, ines.outside(http.MethodHead, path, "", "").is(http.StatusOK).Body)

	for how, status := range map[string]int{"keep": 302, "preview": 302, "inplace": 302, "": 404, "other": 404} {
		res := ines.page(path + "/f/" + file.String() + "?how=" + how).is(status)
		if status == 302 {
			require.Contains(t, res.Header.Get("Location"), "X-Amz-Expires=300", "short-lived")
			require.Equal(t, "no-store", res.Header.Get("Cache-Control"))
		}
	}
	gone := ines.page("/s/" + strings.Repeat("A", 43)).is(http.StatusNotFound)
	require.Empty(t, gone.Header.Get("Set-Cookie"))
	for _, address := range []string{path + "/f/" + foreign.String() + "?how=keep", path + "/f/nonsense?how=keep", "/s/x", "/s/" + strings.Repeat("%00", 43)} {
		require.Equal(t, string(gone.Body), string(ines.page(address).is(http.StatusNotFound).Body), address)
	}
	require.Equal(t, "text/javascript; charset=utf-8", ines.page(scriptOf(t, page)).is(http.StatusOK).Header.Get("Content-Type"))

	// what was shared ends the same way for everybody, its files too
	w.rep.post("/shares/revoke", object{"ids": []any{x.ID}}).is(http.StatusOK)
	for _, address := range []string{path, path + "/f/" + file.String() + "?how=keep"} {
		require.Equal(t, string(gone.Body), string(ines.page(address).is(http.StatusNotFound).Body))
	}
	require.Equal(t, string(gone.Body), string(ines.form(path+"/passcode", url.Values{"passcode": {"x"}}).is(http.StatusNotFound).Body))
}

func scriptOf(t *testing.T, page string) string {
	t.Helper()
	_, after, ok := strings.Cut(page, `<script src="`)
	require.True(t, ok)
	address, _, _ := strings.Cut(after, `"`)
	return address
}

func TestThePasscodeOfAShareIsAskedByAForm(t *testing.T) {
	t.Parallel()
	w := newCompany(t)
	code := "tulip-42"
	_, path := w.shared(func(in *shares.Input) { in.Passcode = &code })
	ines := w.anonymous()
	page := string(ines.page(path).is(http.StatusOK).Body)
	for _, secret := range []string{"Pump", "Rita", "Ines", "Nordwind", "data-visit"} {
		require.NotContains(t, page, secret)
	}
	require.Contains(t, string(ines.form(path+"/passcode", url.Values{"passcode": {"tulip-43"}}).is(http.StatusForbidden).Body), "That is not the passcode.")
	ines.form(path+"/passcode", url.Values{"passcode": {strings.Repeat("x", 5<<10)}}).is(http.StatusForbidden)
	require.Equal(t, path, ines.form(path+"/passcode", url.Values{"passcode": {code}}).is(http.StatusSeeOther).Header.Get("Location"))
	require.Contains(t, string(ines.page(path).Body), "Pump guide")
	require.NotContains(t, string(w.anonymous().page(path).Body), "Pump guide")
	require.Contains(t, string(w.anonymous().form(path+"/passcode", url.Values{"passcode": {code}}).is(http.StatusBadRequest).Body), "cookie")
	require.Contains(t, string(w.rep.page(path).Body), "this is how", "the sharer looks without it")
	require.NotContains(t, string(w.other.page(path).Body), "Pump guide", "a colleague who does not see the share is a stranger")
}

func TestBeatsThatAreNonsenseChangeNothing(t *testing.T) {
	t.Parallel()
	w := newCompany(t)
	x, path := w.shared()
	ines := w.anonymous()
	_, after, _ := strings.Cut(string(ines.page(path).Body), `data-visit="`)
	visit, _, _ := strings.Cut(after, `"`)
	id := x.Resources[0].ID.String()
	beat := func(c *client, body string) {
		c.outside(http.MethodPost, path+"/beat", "text/plain", body).is(http.StatusNoContent)
	}
	good := `{"v":"` + visit + `","reads":[{"r":"` + id + `","p":0,"s":1}]}`
	for _, body := range []string{"", "{", "[]", `{"v":"x"}`, `{"v":"` + visit + `","reads":[{"r":"` + id + `","p":0,"s":-5}]}`, `{"v":"` + visit + `","reads":[{"r":"` + id + `","p":0,"s":1e99}]}`,
		`{"v":"` + uuid.NewString() + `","reads":[{"r":"` + id + `","p":0,"s":1}]}`, `{"v":"` + visit + `","reads":[` + strings.Repeat(`{"r":"`+id+`","p":0,"s":1},`, 400) + `{}]}`} {
		beat(ines, body)
	}
	beat(w.anonymous(), good) // another browser, which knows the number of the visit
	require.Zero(t, w.count(`SELECT count(*) FROM share_reads`))
	beat(ines, good)
	require.Equal(t, 1, w.count(`SELECT seconds FROM share_reads`))
	w.deliver()
	require.Equal(t, 1, w.count(`SELECT count(*) FROM notifications WHERE user_id = $1 AND reason = 'shared'`, w.rep.ID))
}

// drawnPages gives a file two pages with pictures, as the worker leaves them.
func (w *company) drawnPages(file uuid.UUID) {
	var b bytes.Buffer
	require.NoError(w.t, jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 80, 60)), nil))
	for _, page := range []int{1, 2} {
		for _, width := range []int{240, 800, 1600} {
			require.NoError(w.t, w.blobs.Put(w.t.Context(), fmt.Sprintf("pages/%s/%d-%d.jpg", file, page, width), "image/jpeg", bytes.NewReader(b.Bytes())))
		}
		w.exec(`INSERT INTO asset_pictures (asset_id, page, width, height, lines, drawn) VALUES ($1, $2, 1600, 1200, '[{"x": 1, "y": 2, "w": 3, "h": 4, "t": "Slide"}]', 'What the slide says')`, file, page)
		w.exec(`INSERT INTO asset_pages (asset_id, page, text) VALUES ($1, $2, 'What the slide says. And what the speaker whispers')`, file, page)
	}
	w.exec(`UPDATE assets SET look = 'ready', state = 'ready', kind = 'deck', pages = 2 WHERE id = $1`, file)
}

func TestPagesAreShownAsPicturesAndThoseThatAreNotToBeKeptCarryTheName(t *testing.T) {
	t.Parallel()
	w := newCompany(t)
	for keep, picture := range map[bool]int{true: http.StatusFound, false: http.StatusOK} {
		x, path := w.shared(func(in *shares.Input) { in.Downloads = keep })
		file := w.attach(w.file(w.author), "resource", x.Resources[0].ID)
		w.drawnPages(file)
		ines := w.anonymous()
		page := string(ines.page(path).is(http.StatusOK).Body)
		require.Contains(t, page, `style="aspect-ratio:1600/1200"`)
		require.Contains(t, page, "plan.png, page 2 of 2")
		require.Contains(t, page, `data-page="2"`, "seconds are counted by page")
		require.Contains(t, page, "What the slide says")
		require.NotContains(t, page, "whispers", "the notes of the speaker are not on the slide")
		require.Equal(t, !keep, !strings.Contains(page, "how="), "no way to a file that is not to be kept")
		for _, name := range []string{`img src="`, `, `, `data-words="`} {
			_, after, ok := strings.Cut(page, name+path)
			require.True(t, ok, name)
			address, _, _ := strings.Cut(after, `"`)
			address, _, _ = strings.Cut(address, " ")
			address = html.UnescapeString(path + address)
			status := picture
			if name == `data-words="` {
				status = http.StatusOK
			}
			res := ines.page(address, "Accept", "image/*", "Sec-Fetch-Mode", "no-cors", "Sec-Fetch-Dest", "image").is(status)
			require.Equal(t, "no-store", res.Header.Get("Cache-Control"))
			switch {
			case status == http.StatusFound:
				require.Contains(t, res.Header.Get("Location"), "X-Amz-Expires=300")
			case name == `data-words="`:
				require.JSONEq(t, `[{"x":1,"y":2,"w":3,"h":4,"t":"Slide"}]`, string(res.Body))
			default:
				require.Equal(t, "image/jpeg", res.Header.Get("Content-Type"))
				require.Empty(t, res.Header.Get("Location"))
				w.anonymous().page(address).is(http.StatusNotFound) // no other browser
				ines.page(strings.Split(address, "?")[0]).is(http.StatusNotFound)
			}
		}
		for _, nonsense := range []string{"/p/x/1/800", "/p/" + file.String() + "/-1/800", "/p/" + file.String() + "/99999999999999999999/800", "/p/" + file.String() + "/1/x", "/t/" + file.String() + "/3", "/t/x/1"} {
			ines.page(path + nonsense).is(http.StatusNotFound)
		}
	}
}
