package search

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
)

// checkSnippet says whether a snippet is a part of the text with nothing but marks added, that open and close by turns.
func checkSnippet(t *testing.T, query, text string) {
	t.Helper()
	m := newMatcher(wordsOf(query), nil)
	cut, _, _ := m.snippet(document{Body: text})
	require.True(t, utf8.ValidString(cut), "%q in %q", query, text)
	plain := strings.NewReplacer(MarkStart, "", MarkEnd, "").Replace(cut)
	plain = strings.TrimSuffix(strings.TrimPrefix(plain, "…"), "…")
	require.Contains(t, strings.Join(strings.Fields(text), " "), plain, "%q in %q", query, text)
	require.Equal(t, strings.Count(cut, MarkStart), strings.Count(cut, MarkEnd), "%q in %q", query, text)
	for i, part := range strings.Split(cut, MarkStart) {
		require.Equal(t, min(i, 1), strings.Count(part, MarkEnd), "%q in %q", query, text)
	}
	require.NotPanics(t, func() { m.mark(text) })

	all := newMatcher(wordsOf(query), nil)
	all.begins = &[256]bool{}
	for b := range all.begins {
		all.begins[b] = true
	}
	require.Equal(t, all.places(text), m.places(text), "looking at few words only must find the same")
}

// Words of Japanese and Chinese overlap each other, so that a match may reach over the end of the snippet.
func TestSnippetsEndWithinMatchesThatOverlap(t *testing.T) {
	for before := range 40 {
		for _, text := range []string{"データベースの設定を変更する方法について", "数据库设置更改方法"} {
			checkSnippet(t, text, strings.Repeat("x", before)+strings.Repeat(text, 20))
			checkSnippet(t, text, strings.Repeat("x", before)+" "+strings.Repeat(text+" and ", 20))
		}
	}
}

func TestAnAccentAloneIsNoWord(t *testing.T) {
	checkSnippet(t, "plan \u0301 b", "The \u0301 plan b")
	checkSnippet(t, "\u0301", "The \u0301 plan")
}

func FuzzSnippet(f *testing.F) {
	f.Add("データベースの設定", strings.Repeat("データベースの設定", 30))
	f.Add("price of the renewal", "The price of a renewal is on page 4. "+strings.Repeat("Renewals have prices. ", 30))
	f.Fuzz(func(t *testing.T, query, text string) {
		clean := strings.NewReplacer("\x00", "", MarkStart, "", MarkEnd, "") // no text contains them
		checkSnippet(t, clean.Replace(strings.ToValidUTF8(query, "")), clean.Replace(strings.ToValidUTF8(text, "")))
	})
}
