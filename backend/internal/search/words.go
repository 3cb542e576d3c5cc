package search

import (
	"context"
	"maps"
	"math"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// What a match counts that is not the word itself.
const (
	synonymWeight = 0.45
	begunWeight   = 0.6 // the last word, when it may not be finished
	slipWeight    = 0.55
	joinedWeight  = 0.5 // a word within a longer one, or one of which a longer one is made
)

// byWords ranks with the word list in PostgreSQL: documents that have any of the words, each word weighted by how rare it
// is; words that nobody wrote stand for those that look alike, the last word also for those that begin with it, and every
// phrase that the thesaurus knows also for its synonyms. When it is all there is, everything is read if little of the best
// passes.
func (s *Service) byWords(ctx context.Context, q asked, r reader, f Filters, now time.Time, limit int, only bool) (ranked, error) {
	stems, err := s.weigh(ctx, q)
	if err != nil || len(stems) == 0 {
		return ranked{docs: []int32{}}, err
	}
	to := beside
	if only {
		to = alone
	}
	found, err := s.store.rank(ctx, stems, r, f, now, limit, to, only)
	if err == nil && only && found.cut && len(found.keys) < limit {
		found, err = s.store.rank(ctx, stems, r, f, now, limit, whole, only)
	}
	if found.docs == nil {
		found.docs = []int32{}
	}
	return found, err
}

// weigh turns the words of a query into stems with weights.
func (s *Service) weigh(ctx context.Context, q asked) ([]weighed, error) {
	n, langs, err := s.size(ctx)
	if err != nil {
		return nil, err
	}
	rarity := func(count int) float64 { return math.Log(1 + (float64(max(n, count)-count)+0.5)/(float64(count)+0.5)) }
	type origin struct {
		group  int
		weight float64
	}
	var all, every []string
	var origins []origin
	for i, w := range q.words {
		if q.small(w) {
			w = ""
		}
		all, every, origins = append(all, w), append(every, q.written[i]), append(origins, origin{i, 1})
	}
	group := len(q.words)
	for _, m := range q.known.meanings(q.words) {
		for _, synonym := range m.synonyms {
			parts := wordsOf(synonym)
			for j, w := range parts {
				g := m.from // a word for a word: the better match counts
				if len(parts) > 1 || m.to-m.from > 1 {
					g = group + j
				}
				all, every = append(all, w), append(every, "")
				origins = append(origins, origin{g, synonymWeight / math.Sqrt(float64(len(parts)))})
			}
		}
		group += longestPhrase * 2
	}
	configs := []string{}
	for _, l := range langs {
		if _, ok := languages[l]; ok && (q.lang == "" || q.lang == l) {
			configs = append(configs, configOf(l))
		}
	}
	stems, err := s.store.stems(ctx, all, every, configs, q.lang == "" || q.lang == english)
	if err != nil {
		return nil, err
	}
	var list []weighed
	found := map[int]int{} // word of the query → in how many documents it is, in whatever language
	for _, x := range stems {
		if x.word < len(q.words) {
			found[x.word] = max(found[x.word], x.count)
		}
	}
	for _, x := range stems {
		if x.count > 0 {
			o := origins[x.word]
			list = append(list, weighed{x.term, o.group, o.weight * rarity(max(x.count, found[x.word])), x.count})
		}
	}
	more, err := s.guess(ctx, q, stems, found, rarity)
	if err != nil {
		return nil, err
	}
	list = append(list, more...)
	if joining := slices.DeleteFunc(slices.Clone(langs), func(l string) bool { return !languages[l].compounds || (q.lang != "" && q.lang != l) }); len(joining) > 0 {
		more, err := s.compounds(ctx, q, joining, stems, found, group, rarity)
		if err != nil {
			return nil, err
		}
		list = append(list, more...)
	}
	return list, nil
}

// guess gives the stems of words that begin with the last word, and of those that look like words which nobody wrote.
func (s *Service) guess(ctx context.Context, q asked, stems []stem, found map[int]int, rarity func(int) float64) (list []weighed, err error) {
	done := map[int]bool{}
	for _, x := range stems {
		if x.word >= len(q.words) || done[x.word] {
			continue
		}
		done[x.word] = true
		written := q.words[x.word]
		first, _ := utf8.DecodeRuneInString(written)
		if x.word == len(q.words)-1 && len(q.words) <= 6 && (utf8.RuneCountInString(written) >= 2 || cjk(first)) {
			more, err := s.store.beginning(ctx, x.word, written, 12)
			if err != nil {
				return nil, err
			}
			for _, y := range more {
				if y.count > 0 && !slices.ContainsFunc(stems, func(z stem) bool { return z.word == x.word && z.term == y.term }) {
					list = append(list, weighed{y.term, x.word, begunWeight * rarity(y.count), y.count})
					found[x.word] = max(found[x.word], y.count)
				}
			}
		}
		if found[x.word] > 0 || utf8.RuneCountInString(written) < 4 {
			continue
		}
		more, err := s.store.alike(ctx, x.word, written, 20)
		if err != nil {
			return nil, err
		}
		most := 1
		if utf8.RuneCountInString(written) >= 7 {
			most = 2
		}
		for _, y := range more {
			if d := distance([]rune(written), []rune(y.letters), most); d <= most && y.count > 0 {
				list = append(list, weighed{y.term, x.word, slipWeight / float64(max(1, d)) * rarity(y.count), y.count})
			}
		}
	}
	return list, nil
}

// How many letters a word has at least that is looked for within longer ones, and one that is taken apart.
const (
	shortestPart  = 5
	shortestWhole = 9
)

// linking are letters between the parts of a longer word.
var linking = []string{"", "s", "es", "n", "en", "e", "er"}

// compounds gives the stems of longer words that begin or end with a word of the query, and of those that a long word of
// the query is made of. Both only in languages that write such words without a space.
func (s *Service) compounds(ctx context.Context, q asked, langs []string, stems []stem, found map[int]int, group int, rarity func(int) float64) (list []weighed, err error) {
	for i, w := range q.words {
		if q.small(w) || utf8.RuneCountInString(w) < shortestPart {
			continue
		}
		langs := joins(q, i, stems, found, langs)
		if len(langs) == 0 {
			continue
		}
		for _, l := range langs {
			letters := languages[l].stemmed(q.written[i])
			if utf8.RuneCountInString(letters) < shortestPart {
				letters = w
			}
			more, err := s.store.joined(ctx, i, letters, []string{l}, 12)
			if err != nil {
				return nil, err
			}
			for _, y := range more {
				if y.count > 0 {
					list = append(list, weighed{y.term, i, joinedWeight * rarity(y.count), y.count})
				}
			}
		}
		if utf8.RuneCountInString(w) < shortestWhole {
			continue
		}
		parts, err := s.parts(ctx, w, langs)
		if err != nil {
			return nil, err
		}
		for j, y := range parts {
			list = append(list, weighed{y.term, group + j, joinedWeight * rarity(y.count), y.count})
		}
		group += 2
	}
	return list, nil
}

// joins says in which languages a word of a query may be part of another, or made of others: not a word that English texts
// have, as far as it is not known what the query is in.
func joins(q asked, word int, stems []stem, found map[int]int, langs []string) []string {
	if q.lang != "" || found[word] == 0 {
		return langs
	}
	var known []string
	for _, x := range stems {
		if x.word == word {
			known = append(known, x.langs...)
		}
	}
	if slices.Contains(known, english) {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(langs), func(l string) bool { return !slices.Contains(known, l) })
}

// parts takes a word apart into two that stand in texts, the shorter one as long as can be.
func (s *Service) parts(ctx context.Context, word string, langs []string) ([]stem, error) {
	type split struct{ left, right string }
	var splits []split
	ask := map[string]bool{}
	for at := 4; at <= len(word)-4; at++ {
		for _, link := range linking {
			if left, ok := strings.CutSuffix(word[:at], link); ok && len(left) >= 4 && utf8.RuneStart(word[at]) {
				splits = append(splits, split{left, word[at:]})
				ask[left], ask[word[at:]] = true, true
				if link == "n" || link == "en" { // Kette, Kettenlänge; Farbe, Farbenlehre
					splits = append(splits, split{left + "e", word[at:]})
					ask[left+"e"] = true
				}
			}
		}
	}
	stems, err := s.store.knownWords(ctx, slices.Sorted(maps.Keys(ask)), langs)
	if err != nil {
		return nil, err
	}
	known := map[string]stem{}
	for _, x := range stems {
		if x.count > 0 {
			known[x.letters] = x
		}
	}
	var best []stem
	longest := 0
	for _, p := range splits {
		left, there := known[p.left]
		right, also := known[p.right]
		if shorter := min(len(p.left), len(p.right)); there && also && shorter > longest {
			best, longest = []stem{left, right}, shorter
		}
	}
	return best, nil
}

// counted is how many documents there are, and in which languages other than English.
type counted struct {
	n     int
	langs []string
}

const countedFor = 20 * time.Second

// size gives what was counted, now and then.
func (s *Service) size(ctx context.Context) (int, []string, error) {
	c, err := s.counted.get(ctx, countedFor, func(ctx context.Context) (counted, error) {
		n, langs, err := s.store.documents(ctx, append(slices.Collect(maps.Keys(languages)), nihongo, mandarin))
		return counted{max(1, n), langs}, err
	})
	return c.n, c.langs, err
}
