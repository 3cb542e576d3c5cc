package httpapi_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"byline/backend/internal/shares"
)

// mailed runs the jobs that send codes and gives the code that came to an address, or "" when none did.
func (w *company) mailed(address string) string {
	w.t.Helper()
	for {
		var raw []byte
		if err := w.DB.PG(w.t.Context()).QueryRow(w.t.Context(), `DELETE FROM river_job WHERE id = (SELECT min(id) FROM river_job WHERE kind = 'send_share_code') RETURNING args`).Scan(&raw); err != nil {
			break
		}
		var job shares.CodeArgs
		require.NoError(w.t, json.Unmarshal(raw, &job))
		require.NoError(w.t, w.Shares.SendCode(w.t.Context(), job))
	}
	code := ""
	for _, m := range smtpServer(w.t).Mails() {
		if m.To == address {
			_, body, _ := strings.Cut(string(m.Raw), "\r\n\r\n")
			code = regexp.MustCompile(`\b\d{6}\b`).FindString(body)
		}
	}
	return code
}

// From the sharer's form to the recipient's page, through a real mail server.
func TestAShareAsksForAnAddressAndMailsACode(t *testing.T) {
	t.Parallel()
	w := newCompany(t)
	ines := uuid.NewString() + "@nordwind.example"
	x, path := w.shared(func(in *shares.Input) { in.EmailGate, in.Email, in.Domains = true, ines, []string{"@Halden.example"} })
	require.True(t, x.EmailGate)
	require.Equal(t, []string{"halden.example"}, x.Domains)
	w.exec(`UPDATE users SET name = E'Rita\r\nBcc: evil@else.example' WHERE id = $1`, w.rep.ID)

	browser := w.anonymous()
	page := string(browser.page(path).is(http.StatusOK).Body)
	require.Contains(t, page, `name="email"`)
	for _, secret := range []string{"Pump", "Rita", "Ines", ines, "halden", "data-visit"} {
		require.NotContains(t, page, secret)
	}
	require.Contains(t, string(browser.form(path+"/email", url.Values{"email": {"nobody"}}).is(http.StatusUnprocessableEntity).Body), "Give an e-mail address")
	require.Contains(t, string(w.anonymous().form(path+"/email", url.Values{"email": {ines}}).is(http.StatusBadRequest).Body), "cookie")

	// the page says the same to whoever may not open it; what differs is what they typed themselves
	stranger := w.anonymous()
	stranger.page(path).is(http.StatusOK)
	other := uuid.NewString() + "@else.example"
	require.Equal(t, path, stranger.form(path+"/email", url.Values{"email": {other}}).is(http.StatusSeeOther).Header.Get("Location"))
	require.Equal(t, path, browser.form(path+"/email", url.Values{"email": {ines}}).is(http.StatusSeeOther).Header.Get("Location"))
	same := func(page, address string) string { return strings.ReplaceAll(page, address, "…") }
	asked := string(browser.page(path).is(http.StatusOK).Body)
	require.Contains(t, asked, `autocomplete="one-time-code"`)
	require.Contains(t, asked, ines)
	require.Equal(t, same(asked, ines), same(string(stranger.page(path).is(http.StatusOK).Body), other))
	require.Contains(t, string(browser.page(path+"?other").Body), `name="email"`)
	wrong := func(c *client, address string) string {
		return same(string(c.form(path+"/code", url.Values{"code": {"1"}}).is(http.StatusForbidden).Body), address)
	}
	require.Equal(t, wrong(browser, ines), wrong(stranger, other))

	code := w.mailed(ines)
	require.Len(t, code, 6)
	require.Empty(t, w.mailed(other))
	stranger.form(path+"/code", url.Values{"code": {code}}).is(http.StatusForbidden)
	require.Equal(t, path, browser.form(path+"/code", url.Values{"code": {code}}).is(http.StatusSeeOther).Header.Get("Location"))
	require.Contains(t, string(browser.page(path).is(http.StatusOK).Body), "Pump guide")
	require.NotContains(t, string(stranger.page(path).Body), "Pump guide")
	var reading struct {
		Visits []struct{ Address string }
	}
	w.rep.get("/shares/" + x.ID.String() + "/reading").is(http.StatusOK).into(&reading)
	require.Equal(t, ines, reading.Visits[0].Address)

	// five wrong codes, and one has to ask for another
	for range 3 {
		stranger.form(path+"/code", url.Values{"code": {"1"}}).is(http.StatusForbidden)
	}
	last := string(stranger.form(path+"/code", url.Values{"code": {"1"}}).is(http.StatusForbidden).Body)
	require.Contains(t, last, `name="email"`)
	require.Contains(t, last, "Ask for a new one")

	w.rep.get("/shares/gates").is(http.StatusOK)
	for _, m := range smtpServer(t).Mails() {
		head, _, _ := strings.Cut(string(m.Raw), "\r\n\r\n")
		require.NotContains(t, head, "Bcc", "what people are called is no header")
		require.NotEqual(t, "evil@else.example", m.To)
	}
	w.rep.post("/shares", object{"recipient": "Ines", "resources": []any{x.Resources[0].ID}, "email_gate": true}).is(http.StatusUnprocessableEntity)
}
