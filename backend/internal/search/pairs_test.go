package search_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync"
	"testing"
	"unicode"

	"github.com/stretchr/testify/require"

	"byline/backend/internal/library"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/search"
)

func TestScriptsWithoutSpacesAreTakenApartForNodes(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                   "",
		"Watching the chain": "Watching the chain",
		"Kühlkette, zwölf":   "Kühlkette, zwölf",
		"温度":                 "",
		"GDP 温度管理 2–8 °C":    "GDP  2–8 °C",
		"Kelvoraの温度":         "Kelvora",
		"ｶﾀｶﾅ と ひらがな":        "",
	} {
		rest, pairs := search.Apart(text)
		require.Equal(t, want, strings.ReplaceAll(rest, "   ", "  "), text)
		require.Equal(t, hasLetters(text), pairs != "", text)
		require.False(t, hasLetters(rest+pairs+search.ForNodes(text)), text)
	}
	_, long := search.Apart("低温物流の温度管理ガイド")
	_, part := search.Apart("温度管理")
	require.Contains(t, long, part, "any part of a run is in it as it is asked for")
	require.Equal(t, "GDP "+part+" 2–8", search.ForNodes("GDP温度管理 2–8"))
	_, other := search.Apart("管理温度")
	require.NotEqual(t, part, other)
}

func hasLetters(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool {
		return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul)
	})
}

// With a letter of Japanese in what it is told or asked, a node would read a dictionary: seconds, and a gigabyte.
func TestNodesAreNotAskedInJapanese(t *testing.T) {
	t.Parallel()
	target, err := url.Parse(startNode(t))
	require.NoError(t, err)
	var mu sync.Mutex
	var said, asked bytes.Buffer
	proxy := httputil.NewSingleHostReverseProxy(target)
	front := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			http.Error(rw, err.Error(), http.StatusBadRequest)
			return
		}
		mu.Lock()
		if strings.HasSuffix(r.URL.Path, "/search") {
			asked.Write(body)
		}
		said.Write(body)
		mu.Unlock()
		r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
		proxy.ServeHTTP(rw, r)
	}))
	defer front.Close()
	w := withMeili(t, front.URL)
	lead := w.Marketer
	lead.Lead = true
	_, err = w.Search.AddSynonyms(auth.With(t.Context(), lead), search.Synonyms{Kind: search.Group, Words: []string{"cold chain", "低温物流"}})
	require.NoError(t, err)
	for _, in := range texts {
		guide(t, w, in)
	}
	guide(t, w, library.Imported{Lang: "ja", Title: "コールドチェーンの導入事例", BodyText: "Kelvora の Tag を使った事例です。"})
	require.NoError(t, w.Search.WorkSynonyms(t.Context(), search.GiveSynonyms{}))
	catchUp(t, w)
	for query, want := range map[string]string{
		"温度管理": "低温物流の温度管理ガイド", "更新": "契約更新を早める提案書の書き方", "コールド": "コールドチェーンの導入事例", "cold chain": "低温物流の温度管理ガイド",
		"Kelvora 事例": "コールドチェーンの導入事例", "倉庫の温度を記録するセンサー": "低温物流の温度管理ガイド",
	} {
		for _, sort := range []string{search.SortBest, search.SortNew} {
			titles, a := find(t, w.As(w.Rep), w.Search, search.Query{Text: query, Sort: sort})
			require.Contains(t, titles, want, query)
			require.False(t, a.Degraded, query)
		}
	}
	mu.Lock()
	defer mu.Unlock()
	require.False(t, hasLetters(said.String()))
	for locale := range strings.SplitSeq("jpn cmn kor", " ") {
		require.NotContains(t, asked.String(), `"`+locale+`"`)
	}
	var raw json.RawMessage
	require.NoError(t, json.NewDecoder(&asked).Decode(&raw), "searches were seen")
}
