package library

import (
	"cmp"
	"hash/fnv"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// How alike two pages must be to be the same page in other words, and up to how many pairs of pages are asked.
const (
	alikePages = 0.35
	blankPages = 0.5 // pages without words tell nothing: they stand for each other in their order
	maxPairs   = 300 * 300
	// mostPairs is up to how many are looked at at all, with 5 bytes for each: 20 MB.
	mostPairs = 4 << 20
	// footerWords is how many words a line at the top or bottom has at most that tells the number of its page.
	footerWords = 10
)

// pagePair is a page before and after, by their places; -1 for none.
type pagePair struct {
	before, after int
	moved         bool
}

// pageWords is a page as it is compared: its words in order, and how often there is each.
type pageWords struct {
	text   string // one space between words
	hashes []uint32
	// hasNumber says that the page tells which one it is, which does not count: one page more changes all that follow.
	hasNumber bool
}

// wordsOf are the words of the page of a number, of so many.
func wordsOf(text string, number, total int) pageWords {
	lines := strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == '\r' })
	lines = slices.DeleteFunc(lines, func(l string) bool { return strings.TrimSpace(l) == "" })
	var w pageWords
	var fields []string
	for i, line := range lines {
		f := strings.Fields(line)
		if (i == 0 || i == len(lines)-1) && len(f) <= footerWords && len(lines) > 1 {
			for k, word := range f {
				if word == strconv.Itoa(number) || word == strconv.Itoa(total) {
					f[k], w.hasNumber = "#", true
				}
			}
		}
		fields = append(fields, f...)
	}
	w.text = strings.Join(fields, " ")
	for _, f := range strings.FieldsFunc(strings.ToLower(w.text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) }) {
		h := fnv.New32a()
		_, _ = h.Write([]byte(f))
		w.hashes = append(w.hashes, h.Sum32())
	}
	slices.Sort(w.hashes)
	return w
}

// likeness is the share of words that two pages have in common: 1 for the same words.
func likeness(a, b pageWords) float64 {
	switch {
	case a.text == b.text && a.text == "":
		return blankPages
	case a.text == b.text:
		return 1
	case len(a.hashes) == 0 || len(b.hashes) == 0:
		return 0
	}
	common, i, k := 0, 0, 0
	for i < len(a.hashes) && k < len(b.hashes) {
		switch cmp.Compare(a.hashes[i], b.hashes[k]) {
		case 0:
			common, i, k = common+1, i+1, k+1
		case -1:
			i++
		default:
			k++
		}
	}
	return 0.99 * 2 * float64(common) / float64(len(a.hashes)+len(b.hashes))
}

// align says which page of one version is which of another, in the order in which they are read. Pages that were moved as
// they are stand together at their new place.
func align(before, after []pageWords) []pagePair {
	from, endBefore, endAfter := 0, len(before), len(after)
	for from < endBefore && from < endAfter && before[from].text == after[from].text {
		from++
	}
	for endBefore > from && endAfter > from && before[endBefore-1].text == after[endAfter-1].text {
		endBefore, endAfter = endBefore-1, endAfter-1
	}
	var pairs []pagePair
	for i := range from {
		pairs = append(pairs, pagePair{before: i, after: i})
	}
	for _, p := range moved(together(best(before[from:endBefore], after[from:endAfter])), before[from:], after[from:]) {
		if p.before >= 0 {
			p.before += from
		}
		if p.after >= 0 {
			p.after += from
		}
		pairs = append(pairs, p)
	}
	for i := range len(before) - endBefore {
		pairs = append(pairs, pagePair{before: endBefore + i, after: endAfter + i})
	}
	return pairs
}

// best pairs pages so that they are as alike as can be altogether, without crossing.
func best(before, after []pageWords) []pagePair {
	n, m := len(before), len(after)
	alike := likeness
	if n*m > maxPairs { // only the same words count then
		alike = func(a, b pageWords) float64 {
			if a.text == b.text {
				return 1
			}
			return 0
		}
	}
	if n*m > mostPairs { // by their numbers
		var pairs []pagePair
		for i := range max(n, m) {
			p := pagePair{before: i, after: i}
			if i >= n {
				p.before = -1
			}
			if i >= m {
				p.after = -1
			}
			pairs = append(pairs, p)
		}
		return pairs
	}
	score := make([][]float32, n+1) // of the rest from there on
	taken := make([][]bool, n)
	score[n] = make([]float32, m+1)
	for i := n - 1; i >= 0; i-- {
		score[i], taken[i] = make([]float32, m+1), make([]bool, m)
		for k := m - 1; k >= 0; k-- {
			score[i][k] = max(score[i+1][k], score[i][k+1])
			if l := alike(before[i], after[k]); l >= alikePages && float32(l)+score[i+1][k+1] >= score[i][k] {
				score[i][k], taken[i][k] = float32(l)+score[i+1][k+1], true
			}
		}
	}
	var pairs []pagePair
	i, k := 0, 0
	for i < n || k < m {
		switch {
		case i < n && k < m && taken[i][k]:
			pairs = append(pairs, pagePair{before: i, after: k})
			i, k = i+1, k+1
		case k >= m || i < n && score[i+1][k] >= score[i][k+1]:
			pairs = append(pairs, pagePair{before: i, after: -1})
			i++
		default:
			pairs = append(pairs, pagePair{before: -1, after: k})
			k++
		}
	}
	return pairs
}

// together takes as many pages that went as came in their place for pages that were written anew.
func together(pairs []pagePair) []pagePair {
	var out []pagePair
	for len(pairs) > 0 {
		end := slices.IndexFunc(pairs, func(p pagePair) bool { return p.before >= 0 && p.after >= 0 })
		switch end {
		case 0:
			out, pairs = append(out, pairs[0]), pairs[1:]
			continue
		case -1:
			end = len(pairs)
		}
		var gone, come []int
		for _, p := range pairs[:end] {
			if p.before >= 0 {
				gone = append(gone, p.before)
			} else {
				come = append(come, p.after)
			}
		}
		if len(gone) == len(come) {
			for i := range gone {
				out = append(out, pagePair{before: gone[i], after: come[i]})
			}
		} else {
			out = append(out, pairs[:end]...)
		}
		pairs = pairs[end:]
	}
	return out
}

// moved joins pages that are gone from one place and have come, word for word, at another.
func moved(pairs []pagePair, before, after []pageWords) []pagePair {
	gone := map[string]int{} // text → place in pairs
	for i, p := range pairs {
		if p.after < 0 && before[p.before].text != "" {
			gone[before[p.before].text] = i
		}
	}
	drop := map[int]bool{}
	for i, p := range pairs {
		if p.before >= 0 || after[p.after].text == "" {
			continue
		}
		if at, ok := gone[after[p.after].text]; ok {
			pairs[i].before, pairs[i].moved = pairs[at].before, true
			drop[at] = true
			delete(gone, after[p.after].text)
		}
	}
	out := pairs[:0:0]
	for i, p := range pairs {
		if !drop[i] {
			out = append(out, p)
		}
	}
	return out
}
