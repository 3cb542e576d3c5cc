package httpapi_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"byline/backend/internal/shares"
)

// Whatever one asks behind a link that is closed, unknown or of somebody else, the answer says nothing: the same words, the
// same headers.
func TestAClosedShareSaysNothing(t *testing.T) {
	t.Parallel()
	w := newCompany(t)
	x, path := w.shared()
	file := w.attach(w.file(w.author), "resource", x.Resources[0].ID)
	w.exec(`UPDATE resources SET title = 'Zephyranth' WHERE id = $1`, x.Resources[0].ID)
	ines := w.anonymous()
	require.Contains(t, string(ines.page(path).is(http.StatusOK).Body), "Zephyranth")
	places := []string{"", "/f/" + file.String() + "?how=keep", "/f/" + file.String() + "?how=preview", "/p/" + file.String() + "/1/800", "/t/" + file.String() + "/1", "/m/" + file.String(), "/c/" + file.String()}
	names := func(h http.Header) (all []string) {
		for name := range h {
			if name != "Date" && name != "Content-Length" && name != "X-Request-Id" {
				all = append(all, name)
			}
		}
		slices.Sort(all)
		return all
	}
	unknown := "/s/" + strings.Repeat("A", 43)
	for name, close := range map[string]string{"revoked": `UPDATE shares SET revoked_at = now() WHERE id = $1`, "expired": `UPDATE shares SET revoked_at = NULL, expires_at = now() - interval '1 minute' WHERE id = $1`,
		"its owner left": `UPDATE users SET disabled_at = now(), team_id = NULL WHERE id = (SELECT owner_id FROM shares WHERE id = $1)`} {
		w.exec(`UPDATE shares SET revoked_at = NULL, expires_at = NULL WHERE id = $1`, x.ID)
		w.exec(`UPDATE users SET disabled_at = NULL WHERE id = $1`, w.rep.ID)
		w.exec(close, x.ID)
		for _, place := range places {
			was, never := ines.page(path+place).is(http.StatusNotFound), ines.page(unknown+place).is(http.StatusNotFound)
			require.Equal(t, string(never.Body), string(was.Body), name+place)
			require.Equal(t, names(never.Header), names(was.Header), name+place)
			for _, secret := range []string{"Zephyranth", "Rita", "Ines", "og:", "plan.png"} {
				require.NotContains(t, string(was.Body), secret, name+place)
			}
		}
	}
}

// The page for previews of messengers has no card: its title would stand in a chat that others read.
func TestAGatedShareHasNoTitleForPreviews(t *testing.T) {
	t.Parallel()
	w := newCompany(t)
	code := "tulip-42"
	_, path := w.shared(func(in *shares.Input) { in.Passcode = &code })
	for _, agent := range []string{"Slackbot-LinkExpanding 1.0", "LinkedInBot/1.0", chromeAgent} {
		page := string(w.anonymous().page(path, "User-Agent", agent).is(http.StatusOK).Body)
		require.Contains(t, page, "<title>Shared with you</title>")
		for _, secret := range []string{"og:", "twitter:", "Pump", "Rita", "Ines", "description"} {
			require.NotContains(t, page, secret)
		}
	}
	// no operation of the API knows a share by its secret
	for _, address := range []string{"/shares", "/resources", "/shares/" + strings.TrimPrefix(path, "/s/"), "/search?q=pump"} {
		require.NotContains(t, string(w.anonymous().get(address).is(http.StatusUnauthorized).Body), "Pump")
	}
}

func TestWordsOfPeopleStayWords(t *testing.T) {
	t.Parallel()
	w := newCompany(t)
	const evil = `"><img src=x onerror=alert(1)><script>alert(2)</script>`
	x, path := w.shared(func(in *shares.Input) { in.Recipient, in.Organisation, in.Note, in.Title = evil, evil, evil, evil })
	file := w.attach(w.file(w.author), "resource", x.Resources[0].ID)
	w.exec(`UPDATE resources SET title = $2, summary = $2 WHERE id = $1`, x.Resources[0].ID, evil)
	w.exec(`UPDATE assets SET name = $2 WHERE id = $1`, file, evil+"\r\nX-Evil: 1.png")
	w.exec(`UPDATE users SET title = $2 WHERE id = $1`, w.rep.ID, evil)
	res := w.anonymous().page(path).is(http.StatusOK)
	require.NotContains(t, string(res.Body), "<img src=x")
	require.NotContains(t, string(res.Body), "<script>alert")
	require.Contains(t, res.Header.Get("Content-Security-Policy"), "script-src 'self'")
	require.Contains(t, res.Header.Get("Content-Security-Policy"), "frame-ancestors 'none'")
	to, err := url.Parse(w.anonymous().page(path + "/f/" + file.String() + "?how=keep").is(http.StatusFound).Header.Get("Location"))
	require.NoError(t, err)
	require.NotContains(t, to.Query().Get("response-content-disposition"), "\n")
}

// No other site can frame the page, press its buttons, or make a browser spend its one view.
func TestOtherSitesCanDoNothingWithAShare(t *testing.T) {
	t.Parallel()
	w := newCompany(t)
	_, path := w.shared(func(in *shares.Input) { in.Once = true })
	ines := w.anonymous()
	for _, address := range []string{path, path + "/f/x", "/s/-/none.js", "/s/" + strings.Repeat("A", 43)} {
		res := ines.page(address)
		require.Equal(t, "DENY", res.Header.Get("X-Frame-Options"), address)
		require.Contains(t, res.Header.Get("Content-Security-Policy"), "frame-ancestors 'none'", address)
	}
	for _, step := range []string{"/open", "/passcode", "/email", "/code"} {
		ines.outside(http.MethodPost, path+step, "application/x-www-form-urlencoded", "passcode=x", "Origin", "https://evil.example", "Sec-Fetch-Site", "cross-site").is(http.StatusBadRequest)
	}
	require.Zero(t, w.count(`SELECT count(*) FROM shares WHERE opened_at IS NOT NULL`))
	ines.form(path+"/open", url.Values{}).is(http.StatusSeeOther)
	require.Equal(t, 1, w.count(`SELECT count(*) FROM shares WHERE opened_at IS NOT NULL`))
}
