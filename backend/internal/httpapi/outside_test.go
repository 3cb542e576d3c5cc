package httpapi_test

import (
	"bytes"
	"encoding/base64"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"byline/backend/internal/drafts"
	"byline/backend/internal/httpapi"
	"byline/backend/internal/platform/db"
)

// reviewLink makes a link of the author's and gives the path below /api/v1 behind it.
func (w *company) reviewLink(draft uuid.UUID, mayComment bool) (httpapi.ReviewLink, string) {
	w.t.Helper()
	var l httpapi.ReviewLink
	w.author.post("/drafts/"+draft.String()+"/review-links", object{"label": "The customer", "note": "Page two, please.", "days": 7, "may_comment": mayComment}).is(http.StatusCreated).into(&l)
	return l, "/review/" + strings.TrimPrefix(l.URL, "http://byline.test/review/")
}

// reviewer is somebody outside who said who they are.
func (w *company) reviewer(path, name string) *client {
	w.t.Helper()
	c := w.anonymous()
	c.post(path+"/reviewer", object{"name": name, "organisation": "Haas"}).is(http.StatusOK)
	return c
}

func TestSomebodyOutsideReadsADraft(t *testing.T) {
	t.Parallel()
	w := newCompany(t)
	d := w.draft(true)
	l, path := w.reviewLink(d.ID, true)
	require.Regexp(t, `^http://byline\.test/review/[A-Za-z0-9_-]{75}$`, l.URL)
	require.Nil(t, l.OpenedAt)

	got := w.anonymous().get(path).is(http.StatusOK)
	require.Equal(t, "no-store", got.Header.Get("Cache-Control"))
	require.Equal(t, "no-referrer", got.Header.Get("Referrer-Policy"))
	require.Contains(t, got.Header.Get("X-Robots-Tag"), "noindex")
	require.Empty(t, got.Header.Values("Set-Cookie"), "reading leaves nothing in the browser")
	var r httpapi.Review
	got.into(&r)
	require.Equal(t, "Cold chain", r.Title)
	require.Equal(t, "Page two, please.", r.Note)
	require.JSONEq(t, `{"type":"doc","pos":-1,"content":[{"type":"paragraph","pos":0,"content":[{"type":"text","pos":1,"text":"Cold chains break."}]}]}`, string(r.Doc))
	for _, secret := range []string{d.ID.String(), w.author.Email, w.rep.Name, "The customer"} {
		require.NotContains(t, string(got.Body), secret)
	}

	var links httpapi.List[httpapi.ReviewLink]
	w.author.get("/drafts/" + d.ID.String() + "/review-links").is(http.StatusOK).into(&links)
	require.Len(t, links.Items, 1)
	require.NotNil(t, links.Items[0].OpenedAt)
	require.NotNil(t, links.Items[0].SeenAt)
	require.Empty(t, links.Items[0].URL, "the address is told once")
	require.Zero(t, w.count(`SELECT count(*) FROM review_links l WHERE l::text LIKE '%' || $1 || '%'`, strings.TrimPrefix(path, "/review/")[44:]), "nor is it stored")
}

func TestOurOwnPeopleDoNotCountAsVisits(t *testing.T) {
	t.Parallel()
	w := newCompany(t)
	d := w.draft(false)
	_, path := w.reviewLink(d.ID, true)
	w.author.get(path).is(http.StatusOK)
	require.Equal(t, 1, w.count(`SELECT count(*) FROM review_links WHERE opened_at IS NULL`))
}

func TestReviewLinksThatOpenNothing(t *testing.T) {
	t.Parallel()
	w := newCompany(t)
	d := w.draft(false)
	l, path := w.reviewLink(d.ID, true)
	token, err := base64.RawURLEncoding.DecodeString(strings.TrimPrefix(path, "/review/"))
	require.NoError(t, err)
	unknown := w.anonymous().get("/review/nothing").is(http.StatusNotFound).problem().Detail
	for i := range token { // every byte of it is signed: id, moment, signature
		bad := bytes.Clone(token)
		bad[i] ^= 1
		p := w.anonymous().get("/review/" + base64.RawURLEncoding.EncodeToString(bad)).is(http.StatusNotFound).problem()
		require.Equal(t, unknown, p.Detail)
	}
	for _, bad := range []string{"x", strings.Repeat("A", 75), strings.TrimPrefix(path, "/review/") + "A", "..%2f..%2fdrafts", "%00"} {
		require.Contains(t, []int{http.StatusNotFound, http.StatusUnprocessableEntity}, w.anonymous().get("/review/"+bad).Status, bad)
	}
	everywhere := func(status int) (detail string) {
		t.Helper()
		c := w.anonymous()
		detail = c.get(path).is(status).problem().Detail
		require.Equal(t, detail, c.get(path+"/pictures/"+uuid.NewString()).is(status).problem().Detail)
		return detail
	}
	links := "/drafts/" + d.ID.String() + "/review-links/" + l.ID.String()
	w.author.post(links+"/revoke", nil).is(http.StatusOK)
	revoked := everywhere(http.StatusGone)
	require.Equal(t, revoked, w.anonymous().post(path+"/reviewer", object{"name": "Ines"}).is(http.StatusGone).problem().Detail)
	var again httpapi.ReviewLink
	w.author.post(links+"/revoke", nil).is(http.StatusOK).into(&again)
	require.NotNil(t, again.RevokedAt)
	require.Equal(t, 1, w.count(`SELECT count(*) FROM activities WHERE verb = 'draft.review_link_revoked'`), "twice is once")
	w.author.post(links+"/restore", nil).is(http.StatusOK)
	everywhereWorks := func() { t.Helper(); w.anonymous().get(path).is(http.StatusOK) }
	everywhereWorks()

	// what became of the draft looks the same as revoking
	must[drafts.Draft](w)(w.Drafts.Move(w.author.as(), d.ID, "archive"))
	require.Equal(t, revoked, everywhere(http.StatusGone))
	w.author.post("/drafts/"+d.ID.String()+"/review-links", object{"label": "Late", "days": 1, "may_comment": true}).is(http.StatusConflict)
	must[drafts.Draft](w)(w.Drafts.Move(w.author.as(), d.ID, "unarchive"))
	everywhereWorks()

	// a link reaches no further than its maker
	w.exec(`UPDATE users SET disabled_at = now() WHERE id = $1`, w.author.ID)
	require.Equal(t, revoked, everywhere(http.StatusGone))
	w.exec(`UPDATE users SET disabled_at = NULL WHERE id = $1`, w.author.ID)
	w.exec(`UPDATE drafts SET confidential = true, writer_id = $2 WHERE id = $1`, d.ID, w.marketer.ID)
	require.Equal(t, revoked, everywhere(http.StatusGone))
	w.exec(`UPDATE drafts SET confidential = false WHERE id = $1`, d.ID)
	everywhereWorks()

	w.exec(`UPDATE review_links SET expires_at = now() - interval '1 second'`)
	require.NotEqual(t, revoked, everywhere(http.StatusGone), "that it has expired is said")
	w.marketer.post(links+"/restore", nil).is(http.StatusConflict)
}

func TestAReviewLinkOpensNothingElse(t *testing.T) {
	t.Parallel()
	w := newCompany(t)
	d := w.draft(false)
	_, path := w.reviewLink(d.ID, true)
	_, other := w.reviewLink(w.draft(false).ID, true)
	c := w.reviewer(path, "  Ines\n Haas ")
	var r httpapi.Review
	c.get(path).is(http.StatusOK).into(&r)
	require.Equal(t, &httpapi.Reviewer{Name: "Ines Haas", Organisation: "Haas"}, r.Reviewer)
	var there httpapi.Review
	c.get(other).is(http.StatusOK).into(&there)
	require.Nil(t, there.Reviewer, "the cookie of another link is nobody here")

	cookie := w.anonymous().post(path+"/reviewer", object{"name": "Ada"}).is(http.StatusOK).Header.Get("Set-Cookie")
	for _, part := range []string{"byline_reviewer=", "Path=/api/v1" + path, "HttpOnly", "SameSite=Lax", "Max-Age=60"} {
		require.Contains(t, cookie, part)
	}
	require.Zero(t, w.count(`SELECT count(*) FROM reviewers r WHERE r::text LIKE '%' || $1 || '%'`, strings.TrimPrefix(strings.Split(cookie, ";")[0], "byline_reviewer=")))

	// with link and cookie, the rest of the API stays closed
	operations, _ := describe(t)
	for _, o := range operations {
		if strings.HasPrefix(o.Path, "/review/") || o.ID == "signIn" || o.ID == "getSession" || o.ID == "getInvitation" || o.ID == "acceptInvitation" {
			continue
		}
		p := strings.NewReplacer("{type}", "draft", "{key}", "deck").Replace(o.Path)
		p = regexp.MustCompile(`{\w+}`).ReplaceAllString(p, d.ID.String())
		require.Equal(t, http.StatusUnauthorized, c.do(o.Method, p, nil, "If-Match", `"1"`).Status, o.ID)
	}
	// a page of another site cannot speak for the reviewer
	c.post(path+"/reviewer", object{"name": "Mallory"}, "Sec-Fetch-Site", "cross-site", "Origin", "https://evil.example").is(http.StatusForbidden)
	// a second introduction is a correction
	c.post(path+"/reviewer", object{"name": "Ines H."}).is(http.StatusOK)
	require.Equal(t, 2, w.count(`SELECT count(*) FROM reviewers`))
}

func TestReadingOnly(t *testing.T) {
	t.Parallel()
	w := newCompany(t)
	_, path := w.reviewLink(w.draft(false).ID, false)
	w.anonymous().get(path).is(http.StatusOK)
	w.anonymous().post(path+"/reviewer", object{"name": "Ines"}).is(http.StatusForbidden)
}

func TestWhatIsWrongWithALinkIsSaid(t *testing.T) {
	t.Parallel()
	w := newCompany(t)
	d := w.draft(false)
	at := "/drafts/" + d.ID.String() + "/review-links"
	for field, bad := range map[string]object{
		"body.label": {"label": " ", "days": 7, "may_comment": true},
		"body.days":  {"label": "X", "days": 31, "may_comment": true},
		"body.note":  {"label": "X", "days": 1, "may_comment": true, "note": strings.Repeat("é", 1001)},
	} {
		p := w.author.post(at, bad).is(http.StatusUnprocessableEntity).problem()
		require.Equal(t, field, p.Errors[0].Location)
	}
	_, path := w.reviewLink(d.ID, true)
	for _, bad := range []object{{"name": ""}, {"name": " \n "}, {"name": strings.Repeat("n", 81)}, {"name": "I\x00nes"}, {"name": "I", "admin": true}} {
		w.anonymous().post(path+"/reviewer", bad).is(http.StatusUnprocessableEntity)
	}
	w.exec(`INSERT INTO review_links (id, draft_id, made_by, label, may_comment, expires_at) SELECT gen_random_uuid(), $1, $2, 'x', true, now() + interval '1 day' FROM generate_series(1, 49)`, d.ID, w.author.ID)
	w.author.post(at, object{"label": "One more", "days": 1, "may_comment": true}).is(http.StatusConflict)
	other, _ := w.reviewLink(w.draft(false).ID, true)
	w.author.post(at+"/"+other.ID.String()+"/revoke", nil).is(http.StatusNotFound)
	w.author.post(at+"/"+db.NewID().String()+"/revoke", nil).is(http.StatusNotFound)
}

func TestOneAddressDoesNotComeToALinkAllTheTime(t *testing.T) {
	t.Parallel()
	w := newCompany(t)
	_, path := w.reviewLink(w.draft(false).ID, true)
	_, other := w.reviewLink(w.draft(false).ID, true)
	public, err := url.Parse("http://byline.test")
	require.NoError(t, err)
	strict := httptest.NewServer(httpapi.New(httpapi.Config{PublicURL: public}, w.Services).Handler())
	defer strict.Close()
	w.server = strict
	c := w.anonymous()
	tries := func(most int, try func() int) {
		t.Helper()
		for range most {
			if try() == http.StatusTooManyRequests {
				return
			}
		}
		t.Fatal("never too many")
	}
	tries(100, func() int { return c.get(path).Status })
	c.get(other).is(http.StatusOK)
	tries(30, func() int { return c.post(other+"/reviewer", object{"name": "Ines"}).Status })
	require.NotEmpty(t, c.post(other+"/reviewer", object{"name": "Ines"}).is(http.StatusTooManyRequests).Header.Get("Retry-After"))
}

func TestPicturesOfATextFromOutside(t *testing.T) {
	t.Parallel()
	w := newCompany(t)
	d := w.draft(false)
	shown, hidden := w.file(w.author), w.file(w.author)
	w.exec(`UPDATE assets SET inline_ok = true`)
	doc := func(picture uuid.UUID) []byte {
		return []byte(`{"type":"doc","content":[{"type":"figure","attrs":{"asset":"` + picture.String() + `","alt":"Plan","caption":"","width":"normal"}},{"type":"file","attrs":{"asset":"` + hidden.String() + `","name":"plan.png"}}]}`)
	}
	must[int64](w)(w.Drafts.SaveDocument(w.author.as(), d.ID, 2, doc(shown)))
	_, path := w.reviewLink(d.ID, true)
	c := w.anonymous()
	to := c.get(path + "/pictures/" + shown.String()).is(http.StatusFound).Header.Get("Location")
	require.Contains(t, to, "X-Amz-Expires=300")
	c.get(path + "/pictures/" + hidden.String()).is(http.StatusNotFound)
	c.get(path + "/pictures/" + w.file(w.author).String()).is(http.StatusNotFound)
	must[int64](w)(w.Drafts.SaveDocument(w.author.as(), d.ID, 3, paragraph("No picture any more.")))
	c.get(path + "/pictures/" + shown.String()).is(http.StatusNotFound)
}
