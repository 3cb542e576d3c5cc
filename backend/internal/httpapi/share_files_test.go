package httpapi_test

import (
	"bytes"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"byline/backend/internal/shares"
)

// as makes a file of a resource one of another kind, as it is after it was read.
func (w *company) as(name, kind, mediaType string, resource uuid.UUID) uuid.UUID {
	w.t.Helper()
	id := w.attach(w.file(w.author), "resource", resource)
	w.exec(`UPDATE assets SET name = $2, kind = $3, media_type = $4, state = 'ready', look = 'ready', inline_ok = $3 IN ('video', 'audio'), preview_key = '', pages = 2 WHERE id = $1`, id, name, kind, mediaType)
	return id
}

// between gives what stands in a page after some words, up to the next quotation mark.
func between(t *testing.T, page, after string) string {
	t.Helper()
	_, rest, ok := strings.Cut(page, after)
	require.True(t, ok, after)
	found, _, _ := strings.Cut(rest, `"`)
	return strings.ReplaceAll(found, "&amp;", "&")
}

// What a speaker notes and what is hidden stays inside, whether there are pictures of the slides, not yet, or never.
func TestNotesOfSpeakersNeverLeave(t *testing.T) {
	t.Parallel()
	w := newCompany(t)
	x, path := w.shared()
	deck := w.as("deck.pptx", "deck", "application/vnd.openxmlformats-officedocument.presentationml.presentation", x.Resources[0].ID)
	w.exec(`INSERT INTO asset_pages (asset_id, page, text, outside) VALUES ($1, 1, E'Our prices\nWHISPER one', 'Our prices'), ($1, 2, 'WHISPER hidden', ''), ($1, 3, 'WHISPER of long ago', NULL)`, deck)
	ines := w.anonymous()
	for look, keeps := range map[string]bool{"waiting": false, "none": false, "ready": true} {
		w.exec(`UPDATE assets SET look = $2 WHERE id = $1`, deck, look)
		page := string(ines.page(path).is(http.StatusOK).Body)
		require.Contains(t, page, "Our prices", look)
		require.NotContains(t, page, "WHISPER", look)
		require.Equal(t, keeps, strings.Contains(page, "how=keep"), look)
		res := ines.page(path + "/f/" + deck.String() + "?how=keep")
		if !keeps {
			res.is(http.StatusNotFound)
			continue
		}
		to, err := url.Parse(res.is(http.StatusFound).Header.Get("Location"))
		require.NoError(t, err)
		require.True(t, strings.HasSuffix(to.Path, "/pages/"+deck.String()+"/shown.pdf"), "the PDF of the slides, never the file: %s", to.Path)
		require.Contains(t, to.Query().Get("response-content-disposition"), "deck.pdf")
	}
	require.Equal(t, 1, w.count(`SELECT count(*) FROM share_downloads`), "what was refused is no download")
	// a picture whose words are those of the file has no notes; one that failed has no words
	w.exec(`INSERT INTO asset_pictures (asset_id, page, width, height) VALUES ($1, 3, 0, 0)`, deck)
	require.NotContains(t, string(ines.page(path).Body), "WHISPER")
	ines.page(path + "/t/" + deck.String() + "/3").is(http.StatusNotFound)
}

func TestTheRowsOfASpreadsheetAreATable(t *testing.T) {
	t.Parallel()
	w := newCompany(t)
	for _, keep := range []bool{true, false} {
		x, path := w.shared(func(in *shares.Input) { in.Downloads = keep })
		sheet := w.as("prices.xlsx", "spreadsheet", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", x.Resources[0].ID)
		w.exec(`UPDATE assets SET within = '{}' WHERE id = $1`, sheet) // it was looked into, and hides nothing
		w.exec(`INSERT INTO asset_pages (asset_id, page, text) VALUES ($1, 1, 'strings in no order')`, sheet)
		w.exec(`INSERT INTO asset_sheets (asset_id, number, name, rows, more) SELECT $1, 1, 'Lanes & <b>', jsonb_agg(jsonb_build_array('row ' || n, '<script>' || n)), false FROM generate_series(1, 150) n`, sheet)
		page := string(w.anonymous().page(path).is(http.StatusOK).Body)
		require.Contains(t, page, "Lanes &amp; &lt;b&gt;")
		require.Contains(t, page, "<td>row 100</td><td>&lt;script&gt;100</td>")
		require.NotContains(t, page, "row 101")
		require.Contains(t, page, "These are the first rows.")
		require.NotContains(t, page, "strings in no order")
		require.Equal(t, keep, strings.Contains(page, "how=keep"))
	}
}

func TestFilmsArePlayedWithTheirCaptionsAlsoWhereNothingMayBeKept(t *testing.T) {
	t.Parallel()
	w := newCompany(t)
	x, path := w.shared(func(in *shares.Input) { in.Downloads = false })
	film := w.as("talk.mp4", "video", "video/mp4", x.Resources[0].ID)
	words := w.as("talk.de.vtt", "captions", "text/vtt", x.Resources[0].ID)
	w.exec(`INSERT INTO asset_cues (asset_id, number, start_ms, end_ms, text) VALUES ($1, 1, 61500, 63000, $2)`, words, "Guten <i>Tag\n\nNOTE x")
	ines := w.anonymous()
	page := string(ines.page(path).is(http.StatusOK).Body)
	require.Contains(t, page, `srclang="de"`)
	require.Contains(t, page, "<small>1:01</small> Guten &lt;i&gt;Tag")
	require.NotContains(t, page, "talk.de.vtt", "captions stand at their film")
	require.NotContains(t, page, "how=")
	player := func(c *client, address, dest string) *answer {
		return c.page(address, "Accept", "*/*", "Sec-Fetch-Mode", "no-cors", "Sec-Fetch-Dest", dest)
	}
	src := between(t, page, `preload="metadata" src="`)
	to := player(ines, src, "video").is(http.StatusFound).Header.Get("Location")
	require.Contains(t, to, "X-Amz-Expires=300")
	require.Contains(t, to, "inline")
	player(ines, src, "document").is(http.StatusNotFound) // typed into a browser
	player(w.anonymous(), src, "video").is(http.StatusNotFound)
	player(ines, strings.Split(src, "?")[0], "video").is(http.StatusNotFound)
	player(ines, strings.ReplaceAll(src, film.String(), words.String()), "video").is(http.StatusNotFound)
	vtt := string(ines.page(between(t, page, `<track kind="captions" src="`)).is(http.StatusOK).Body)
	require.Equal(t, "WEBVTT\n\n00:01:01.500 --> 00:01:03.000\nGuten &lt;i&gt;Tag\nNOTE x\n\n", vtt)
	ines.page(path + "/c/" + film.String()).is(http.StatusNotFound)
	for _, how := range []string{"keep", "inplace", "preview"} {
		ines.page(path + "/f/" + film.String() + "?how=" + how).is(http.StatusNotFound)
	}
}

func TestTextsAreShownAndLongOnesDoNotHoldUpThePage(t *testing.T) {
	t.Parallel()
	w := newCompany(t)
	x, path := w.shared()
	article := w.as("article.md", "text", "text/plain", x.Resources[0].ID)
	w.exec(`INSERT INTO asset_pages (asset_id, page, text) VALUES ($1, 1, E'# A heading\n\n<script>alert(1)</script>\n\n*words*')`, article)
	long := w.as("long.pdf", "pdf", "application/pdf", x.Resources[0].ID)
	w.exec(`INSERT INTO asset_pages (asset_id, page, text) SELECT $1, n, 'word' || n || repeat(' and more', 200) FROM generate_series(1, 400) n`, long)
	w.exec(`INSERT INTO asset_pictures (asset_id, page, width, height) SELECT $1, n, 800, 600 FROM generate_series(1, 400) n`, long)
	res := w.anonymous().page(path).is(http.StatusOK)
	page := string(res.Body)
	require.True(t, strings.Contains(page, "<em>words</em>"))
	require.NotContains(t, page, "<script>alert")
	require.Contains(t, page, "word1 ")
	require.NotContains(t, page, "word300")
	require.Contains(t, page, "The words of the other pages")
	require.Len(t, regexp.MustCompile(`<li id="p-`).FindAllString(page, -1), 400)

	squeezed := w.anonymous().page(path, "Accept-Encoding", "gzip").is(http.StatusOK)
	require.Equal(t, "gzip", squeezed.Header.Get("Content-Encoding"))
	require.Less(t, len(squeezed.Body), len(bytes.TrimSpace(res.Body))/5)
}
