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
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul) || r == longVowel || r == halfLongVowel
}

// The mark of a long vowel in Japanese belongs to no script of its own.
const longVowel, halfLongVowel = 'ー', 'ｰ'

// plain says of each byte whether it is a letter or digit, something between words, or part of a longer character.
var plain = func() (kinds [256]byte) {
	for b := range 128 {
		if kinds[b] = other; wordRune(rune(b)) {
			kinds[b] = letter
		}
	}
	return kinds
}()

const (
	longer = iota
	letter
	other
)

func wordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }

// tokens splits a text into words. Runs of scripts without spaces become pairs of letters that overlap, so that any part
// of a run is found.
func tokens(text string, yield func(token) bool) { tokensThat(nil, text, yield) }

// initials says with which plain letters a word may begin; nil is any.
type initials *[256]bool

// tokensThat is tokens without the words that begin with another plain letter, and have no others: it is much quicker to see
// so than to look at each.
func tokensThat(begin initials, text string, yield func(token) bool) {
	for i := 0; i < len(text); {
		if plain[text[i]] == other { // most texts are of plain letters, which are quicker looked up
			i++
			continue
		}
		if plain[text[i]] == letter {
			start := i
			for i < len(text) && plain[text[i]] == letter {
				i++
			}
			if i == len(text) || plain[text[i]] == other {
				if begin != nil && !begin[text[start]] {
					continue
				}
				if !yield(token{strings.ToLower(text[start:i]), start, i}) {
					return
				}
				continue
			}
			i = start
		}
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
	word = letters.Replace(strings.ToLower(norm.NFKC.String(word)))
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

// letters that are more than a base with an accent.
var letters = strings.NewReplacer("ß", "ss", "œ", "oe", "æ", "ae", "ø", "o", "ł", "l", "đ", "d", "ı", "i")

// spelt is a word in small letters, with its accents. The plural that Portuguese has for most of its nouns, and of which the
// stemmer knows nothing, becomes the singular; so does that plural when it is typed without accents.
func spelt(word string) string {
	word = norm.NFC.String(strings.ToLower(norm.NFKC.String(word)))
	for _, end := range []string{"ões", "ães", "coes"} {
		if stem, ok := strings.CutSuffix(word, end); ok {
			if end == "coes" {
				stem += "ç"
			}
			return stem + "ão"
		}
	}
	return word
}

// wordsOf gives the words of a text.
func wordsOf(text string) (words []string) {
	tokens(text, func(t token) bool { words = append(words, t.word); return true })
	return words
}

// indexText gives the words of a text for the word list and how many there are: without accents, or with them, which the
// rules of most languages need. Words joined by a hyphen are given joined too: who looks for "multicluster" also means
// "multi-cluster".
func indexText(text string, most int, accents bool, yield func(word string)) (n int) {
	last, length := token{end: -2}, 0
	tokens(text, func(t token) bool {
		if accents {
			t.word = spelt(text[t.start:t.end])
		}
		yield(t.word)
		n++
		if t.start == last.end+1 && text[last.end] == '-' {
			yield(last.word + t.word)
		}
		last = t
		length += len(t.word) + 1
		return length < most
	})
	return n
}
