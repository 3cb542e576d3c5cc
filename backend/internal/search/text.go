package search

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// token is a word of a text, as it is compared.
type token struct {
	word       string // lower case, without accents
	start, end int    // bytes in the text
}

// cjk says whether a letter is of a script that is written without spaces between words.
func cjk(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul)
}

func wordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }

// tokens splits a text into words. Runs of scripts without spaces become pairs of letters that overlap, so that any part
// of a run is found.
func tokens(text string, yield func(token) bool) {
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		if !wordRune(r) {
			i += n
			continue
		}
		start, wide := i, cjk(r)
		for i < len(text) {
			r, n = utf8.DecodeRuneInString(text[i:])
			if !wordRune(r) || (cjk(r) != wide && !unicode.IsMark(r)) {
				break
			}
			i += n
		}
		if !wide {
			if !yield(token{fold(text[start:i]), start, i}) {
				return
			}
			continue
		}
		if !pairs(text, start, i, yield) {
			return
		}
	}
}

func pairs(text string, start, end int, yield func(token) bool) bool {
	_, first := utf8.DecodeRuneInString(text[start:])
	if start+first >= end {
		return yield(token{fold(text[start:end]), start, end})
	}
	for at := start; at+first < end; {
		_, second := utf8.DecodeRuneInString(text[at+first:])
		if !yield(token{fold(text[at : at+first+second]), at, at + first + second}) {
			return false
		}
		at, first = at+first, second
	}
	return true
}

// fold makes a word comparable: lower case, without accents.
func fold(word string) string {
	ascii := true
	for i := range len(word) {
		if word[i] >= utf8.RuneSelf {
			ascii = false
			break
		}
	}
	if ascii {
		return strings.ToLower(word)
	}
	word = strings.ToLower(norm.NFKC.String(word))
	if r, _ := utf8.DecodeRuneInString(word); cjk(r) {
		return word
	}
	return norm.NFC.String(strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFD.String(word)))
}

// wordsOf gives the words of a text.
func wordsOf(text string) (words []string) {
	tokens(text, func(t token) bool { words = append(words, t.word); return true })
	return words
}

// indexText gives the words of a text for PostgreSQL, whose own parser would take addresses and versions apart in ways
// of its own. Words joined by a hyphen are given joined too: who looks for "multicluster" also means "multi-cluster".
func indexText(text string, most int) (folded string, n int) {
	var b strings.Builder
	b.Grow(min(len(text), most) + 16)
	last := token{end: -2}
	tokens(text, func(t token) bool {
		b.WriteString(t.word)
		b.WriteByte(' ')
		n++
		if t.start == last.end+1 && text[last.end] == '-' {
			b.WriteString(last.word + t.word + " ")
		}
		last = t
		return b.Len() < most
	})
	return b.String(), n
}
