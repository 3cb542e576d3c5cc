package search

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/google/uuid"
)

// snippetLength is how many bytes of text a snippet has, about.
const snippetLength = 220

// matcher says which words of a text are what was looked for: the same, of the same stem, begun, misspelt or a synonym.
type matcher struct {
	exact  map[string]int // word or stem → index of the query's word
	begin  []string       // the last word, while it is being typed
	spelt  []string
	seen   map[string]int
	stems  map[string]int // in the text's language, where that is not English
	stem   func(word string) string
	nwords int
	meant  int // words that mean something
	order  []int
	begins initials // of all that may match, once it is known
}

// newMatcher makes one from the words of a query and the synonyms of some.
func newMatcher(words []string, synonyms []string) *matcher {
	m := &matcher{exact: map[string]int{}, seen: map[string]int{}, nwords: len(words)}
	for i, w := range words {
		if _, small := smallWords[w]; small && len(words) > 1 {
			continue
		}
		if _, twice := m.exact[w]; twice {
			continue
		}
		m.meant++
		m.order = append(m.order, i)
		m.exact[w], m.exact[rough(w)] = i, i
		if utf8.RuneCountInString(w) >= 4 {
			m.spelt = append(m.spelt, w)
		}
		if i == len(words)-1 && len(w) >= 2 {
			m.begin = append(m.begin, w)
		}
	}
	for _, s := range synonyms {
		for _, w := range wordsOf(s) {
			if _, small := smallWords[w]; !small {
				if _, there := m.exact[w]; !there {
					m.exact[w] = len(words)
				}
				if _, there := m.exact[rough(w)]; !there {
					m.exact[rough(w)] = len(words)
				}
			}
		}
	}
	return m
}

// speak has the matcher know words by their stem in a language.
func (m *matcher) speak(l language, q asked) {
	m.stem, m.stems = l.stemmed, map[string]int{}
	for i, w := range q.words {
		if _, ok := m.exact[w]; ok && !q.small(w) {
			for _, stem := range []string{l.stemmed(q.written[i]), l.stemmed(w)} {
				if _, there := m.stems[stem]; !there {
					m.stems[stem] = i
				}
			}
		}
	}
}

// match gives the index of the query's word that a word of a text is; -1 for none.
func (m *matcher) match(word string) int {
	if i, ok := m.seen[word]; ok {
		return i
	}
	i := m.find(word)
	m.seen[word] = i
	return i
}

func (m *matcher) find(word string) int {
	if i, ok := m.exact[word]; ok {
		return i
	}
	if i, ok := m.exact[rough(word)]; ok {
		return i
	}
	if m.stem != nil {
		if i, ok := m.stems[m.stem(word)]; ok {
			return i
		}
	}
	for _, b := range m.begin {
		if strings.HasPrefix(word, b) {
			return m.nwords - 1
		}
	}
	for _, s := range m.spelt {
		if near(s, word) {
			return m.exact[s]
		}
	}
	return -1
}

// rough is a word without its most common endings, as good as a stem for showing where a match is.
func rough(w string) string {
	for _, end := range []string{"ing", "ies", "ed", "es", "ly", "er", "s", "e"} {
		if len(w) > len(end)+3 && strings.HasSuffix(w, end) {
			return w[:len(w)-len(end)]
		}
	}
	return w
}

// near says whether two words differ by a slip: one from four letters on, two from eight on; the first letter fits.
func near(a, b string) bool {
	allowed := 1
	if utf8.RuneCountInString(a) >= 8 {
		allowed = 2
	}
	if len(a)-len(b) > allowed || len(b)-len(a) > allowed || a[0] != b[0] {
		return false
	}
	return distance([]rune(a), []rune(b), allowed) <= allowed
}

// distance counts slips (a letter too much, missing, wrong, or two swapped), up to a bound.
func distance(a, b []rune, most int) int {
	var two []int
	one, row := make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range one {
		one[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		least := i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(one[j]+1, row[j-1]+1, one[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], two[j-2]+1)
			}
			least = min(least, row[j])
		}
		if least > most {
			return least
		}
		if two == nil {
			two = make([]int, len(b)+1)
		}
		two, one, row = one, row, two
	}
	return one[len(b)]
}

// covers says whether every word of the query that means something is in a title.
func (m *matcher) covers(title string) bool {
	has := map[int]bool{}
	tokensThat(m.initials(), title, func(t token) bool {
		if i := m.match(t.word); i >= 0 {
			has[i] = true
		}
		return true
	})
	return len(has) > 0 && len(has) == m.meant
}

// initials gives the letters that a word begins with which may match. Stems of other languages may begin otherwise.
func (m *matcher) initials() initials {
	if m.begins == nil && m.stem == nil {
		var all [256]bool
		for w := range m.exact { // has what is spelt or begun too
			if w != "" { // an accent alone
				all[w[0]], all[strings.ToUpper(w)[0]] = true, true
			}
		}
		m.begins = &all
	}
	return m.begins
}

type place struct{ start, end, word int }

// places finds the matches in a text.
func (m *matcher) places(text string) (found []place) {
	tokensThat(m.initials(), text, func(t token) bool {
		if i := m.match(t.word); i >= 0 {
			found = append(found, place{t.start, t.end, i})
		}
		return len(found) < 2000
	})
	return found
}

// mark puts the marks around the matches of a short text.
func (m *matcher) mark(text string) string { return marked(text, 0, len(text), m.places(text)) }

func marked(text string, from, to int, places []place) string {
	var b strings.Builder
	at := from
	for i := 0; i < len(places); i++ {
		start, end := max(places[i].start, at), places[i].end
		if places[i].start < from || end > to || end <= at {
			continue
		}
		for i+1 < len(places) && places[i+1].start <= end && places[i+1].end <= to { // pairs of letters overlap
			i++
			end = max(end, places[i].end)
		}
		b.WriteString(text[at:start] + MarkStart + text[start:end] + MarkEnd)
		at = end
	}
	b.WriteString(text[at:to])
	return b.String()
}

// snippet gives the part of a document in which most of the words are, and the page of the file that it is from. Without
// a match it is the summary, or the beginning.
func (m *matcher) snippet(d document) (text string, page int, asset uuid.NullUUID) {
	best, from, to, places := m.window(d.Body)
	text = d.Body
	for _, p := range d.Pages {
		if score, f, t, found := m.window(p.Text); score > best {
			best, from, to, places, text = score, f, t, found, p.Text
			page, asset = p.Page, uuid.NullUUID{UUID: p.Asset, Valid: true}
		}
	}
	if d.Summary != "" {
		if score, f, t, found := m.window(d.Summary); score >= best {
			best, from, to, places, text, page, asset = score, f, t, found, d.Summary, 0, uuid.NullUUID{}
		}
	}
	if best == 0 && text == "" && len(d.Pages) > 0 {
		text = d.Pages[0].Text
		_, from, to, places = m.window(text)
	}
	cut := marked(text, from, to, places)
	cut = strings.Join(strings.Fields(cut), " ")
	if cut == "" {
		return "", 0, uuid.NullUUID{}
	}
	if from > 0 {
		cut = "…" + cut
	}
	if to < len(text) {
		cut += "…"
	}
	return cut, page, asset
}

// window finds the stretch of a text with most different words of the query.
func (m *matcher) window(text string) (score, from, to int, places []place) {
	places = m.places(text)
	first, last := 0, 0
	for i, j := 0, 0; i < len(places); i++ {
		j = max(j, i)
		for j+1 < len(places) && places[j+1].end-places[i].start <= snippetLength {
			j++
		}
		if s := m.weigh(places[i : j+1]).score(); s > score {
			score, first, last = s, places[i].start, places[j].end
		}
	}
	room := max(0, snippetLength-(last-first))
	from = backTo(text, max(0, first-room/3))
	to = forwardTo(text, min(len(text), max(last, from+snippetLength)))
	return score, from, to, places
}

// stretch is how much of a query is in a part of a text.
type stretch struct {
	different int // words of the query
	inOrder   int // words that follow the one before them as they do in the query
	all       int // matches
}

func (s stretch) score() int { return s.different*1000 + s.inOrder*30 + min(s.all, 20) + 1 }

// usualGap is how many bytes lie between two words with one or two between them that carry no meaning.
const usualGap = 24

func (m *matcher) weigh(places []place) (s stretch) {
	var seen [8]uint64 // a query has at most 500 letters
	for i, p := range places {
		if p.word < m.nwords && p.word < len(seen)*64 {
			if bit := uint64(1) << (p.word % 64); seen[p.word/64]&bit == 0 {
				seen[p.word/64] |= bit
				s.different++
			}
			if i > 0 && m.follows(places[i-1].word, p.word) && p.start-places[i-1].end <= usualGap {
				s.inOrder++
			}
		}
	}
	s.all = len(places)
	return s
}

// follows says whether a word of the query is the next one with a meaning after another.
func (m *matcher) follows(a, b int) bool {
	at := slices.Index(m.order, a)
	return at >= 0 && at+1 < len(m.order) && m.order[at+1] == b
}

// says tells whether a text says what the query says, in much the same words and order; more is better.
func (m *matcher) says(text string) (score int, ok bool) {
	places := m.places(text)
	for i, j := 0, 0; i < len(places); i++ {
		j = max(j, i)
		for j+1 < len(places) && places[j+1].end-places[i].start <= snippetLength {
			j++
		}
		s := m.weigh(places[i : j+1])
		if s.different*5 >= m.meant*4 && s.inOrder*2 >= m.meant {
			score, ok = max(score, s.score()), true
		}
	}
	return score, ok
}

// backTo goes back to the beginning of a word, if one is near.
func backTo(text string, at int) int {
	for i := at; i > 0 && i > at-30; i-- {
		if text[i-1] == ' ' || text[i-1] == '\n' {
			return i
		}
	}
	for at > 0 && at < len(text) && !utf8.RuneStart(text[at]) {
		at--
	}
	return at
}

// forwardTo goes on to the end of a word, if it is near.
func forwardTo(text string, at int) int {
	for i := at; i < len(text) && i < at+30; i++ {
		if text[i] == ' ' || text[i] == '\n' {
			return i
		}
	}
	if at+30 >= len(text) {
		return len(text)
	}
	for at < len(text) && !utf8.RuneStart(text[at]) {
		at++
	}
	return at
}

// smallWords carry no meaning of their own in a question.
var smallWords = setOf(`a an and are as at be been but by can could did do does for from get had has have how i if in into is it its me my no not of on or our
	out so than that the their them then there these they this to up us was we were what when where which who why will with would you your`)

func setOf(words string) map[string]struct{} {
	set := map[string]struct{}{}
	for _, w := range strings.Fields(words) {
		set[w] = struct{}{}
	}
	return set
}
