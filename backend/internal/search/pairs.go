package search

import (
	"strings"
	"unicode/utf8"
)

// Meilisearch takes Japanese apart with a dictionary, which it reads at the first search after each start: seconds in which
// nobody gets an answer from it, and a gigabyte of memory from then on. So it is given pairs of letters, as the word list
// has them. Of their own letters it would look each pair up again, so they are written in those of a script that has none
// of this and that nobody types: each letter as two syllables of Yi, by its number.
const (
	firstSyllable = 0xA000
	syllables     = 1165
)

func asSyllables(b *strings.Builder, word string) {
	for _, r := range word {
		b.WriteRune(firstSyllable + r/syllables)
		b.WriteRune(firstSyllable + r%syllables)
	}
}

// hasPairs says whether anything of a text is in a script without spaces.
func hasPairs(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return r >= 0x1100 && cjk(r) }) // none of them is below
}

// apart gives a text without what is in scripts without spaces, and the pairs of that.
func apart(text string) (rest, pairs string) {
	if !hasPairs(text) {
		return text, ""
	}
	var r, p strings.Builder
	from := 0
	tokens(text, func(t token) bool {
		if first, _ := utf8.DecodeRuneInString(text[t.start:]); !cjk(first) {
			return true
		}
		if t.start > from {
			r.WriteString(text[from:t.start])
			r.WriteByte(' ')
		}
		from = max(from, t.end)
		asSyllables(&p, t.word)
		p.WriteByte(' ')
		return true
	})
	r.WriteString(text[from:])
	return strings.TrimSpace(r.String()), strings.TrimSpace(p.String())
}

// forNodes is the text of a query, or a phrase of the thesaurus, as the nodes have it: pairs in their places.
func forNodes(text string) string {
	if !hasPairs(text) {
		return text
	}
	var b strings.Builder
	from := 0
	tokens(text, func(t token) bool {
		if first, _ := utf8.DecodeRuneInString(text[t.start:]); !cjk(first) {
			return true
		}
		b.WriteString(text[from:max(from, t.start)])
		from = max(from, t.end)
		b.WriteByte(' ')
		asSyllables(&b, t.word)
		b.WriteByte(' ')
		return true
	})
	b.WriteString(text[from:])
	return oneLine(b.String())
}

// forNodes are the synonyms as the nodes have them.
func (l lexicon) forNodes() map[string][]string {
	all := make(map[string][]string, len(l))
	for phrase, others := range l {
		if hasPairs(phrase) || hasPairs(strings.Join(others, "")) {
			others = append([]string(nil), others...)
			for i := range others {
				others[i] = forNodes(others[i])
			}
		}
		all[forNodes(phrase)] = others
	}
	return all
}

// takeApart moves what is in scripts without spaces to attributes of its own. Of values that are filtered by, it is there
// as well.
func (e *entry) takeApart(d document) {
	e.Title, e.inPairs.Title = apart(e.Title)
	e.Summary, e.inPairs.Summary = apart(e.Summary)
	e.Names, e.inPairs.Names = apart(e.Names)
	e.Body, e.inPairs.Body = apart(e.Body)
	for i, text := range e.Pages {
		var pairs string
		if e.Pages[i], pairs = apart(text); pairs != "" {
			e.inPairs.Pages = append(e.inPairs.Pages, pairs)
		}
	}
	for _, list := range [][]string{d.Tags, d.Personas, d.Stages, d.Industries, d.Products, d.Regions} {
		for _, value := range list {
			if _, pairs := apart(value); pairs != "" {
				e.inPairs.Names = strings.TrimSpace(e.inPairs.Names + " " + pairs)
			}
		}
	}
}
