package coedit

import (
	"encoding/json"
	"strings"
	"unicode"
	"unicode/utf8"
)

// wordsOf is the text of a document with the place of each character: what can be quoted, and found by a quote. Suggestions
// are in it, as they are in what people mark. Blocks are apart by one line break, whatever stands between them.
type wordsOf struct {
	text  []rune
	at    []int // where each character begins
	end   []int // and ends
	size  int   // positions of the document
	apart bool  // a block began or ended since the last character
}

func readWords(raw []byte) (*wordsOf, error) {
	var doc Node
	if err := json.Unmarshal(raw, &doc); err != nil {
		return nil, err
	}
	w := &wordsOf{}
	pos := 0
	for _, n := range doc.Content {
		pos = w.read(n, pos)
	}
	w.size = pos
	return w, nil
}

// Place gives where words stand in a document, in ProseMirror's positions, when they are in it exactly once.
func Place(doc json.RawMessage, words string) (from, to int, once bool, err error) {
	w, err := readWords(doc)
	if err != nil {
		return 0, 0, false, err
	}
	from, to, once = w.find(words)
	return from, to, once, nil
}

func (w *wordsOf) put(r rune, at, end int) {
	if w.apart && len(w.text) > 0 {
		w.text, w.at, w.end = append(w.text, '\n'), append(w.at, at), append(w.end, at)
	}
	w.apart = false
	w.text, w.at, w.end = append(w.text, r), append(w.at, at), append(w.end, end)
}

// read takes a node that begins at a position, and gives where it ends.
func (w *wordsOf) read(n Node, pos int) int {
	if n.Type == "text" {
		for _, r := range n.Text {
			length := 1
			if r > 0xFFFF {
				length = 2
			}
			w.put(r, pos, pos+length)
			pos += length
		}
		return pos
	}
	spec := documentSchema.nodes[n.Type]
	if n.Type == "hardBreak" {
		w.put('\n', pos, pos+1)
		return pos + 1
	}
	w.apart = w.apart || !spec.Inline
	if spec.Content == "" {
		for _, r := range n.richText() { // a picture is quoted by what is said about it
			w.put(r, pos, pos+1)
		}
		w.apart = w.apart || !spec.Inline
		return pos + 1
	}
	pos++
	for _, c := range n.Content {
		pos = w.read(c, pos)
	}
	w.apart = w.apart || !spec.Inline
	return pos + 1
}

// between gives the words in a range, at most as many as a quote has, and the range without the spaces around them.
func (w *wordsOf) between(from, to int) (quote string, first, last int) {
	i, j := 0, len(w.text)
	for i < j && (w.at[i] < from || unicode.IsSpace(w.text[i])) {
		i++
	}
	for i < j && (w.end[j-1] > to || unicode.IsSpace(w.text[j-1])) {
		j--
	}
	if i == j {
		return "", from, to
	}
	quote = string(w.text[i:j])
	if j-i > maxQuote {
		quote = strings.TrimSpace(string(w.text[i : i+maxQuote]))
	}
	return quote, w.at[i], w.end[j-1]
}

// find gives the place of a quote, when there is exactly one.
func (w *wordsOf) find(quote string) (from, to int, once bool) {
	if quote == "" {
		return 0, 0, false
	}
	text := string(w.text)
	at := strings.Index(text, quote)
	if at < 0 {
		return 0, 0, false
	}
	_, width := utf8.DecodeRuneInString(text[at:])
	if strings.Contains(text[at+width:], quote) {
		return 0, 0, false
	}
	i := utf8.RuneCountInString(text[:at])
	return w.at[i], w.end[i+utf8.RuneCountInString(quote)-1], true
}
