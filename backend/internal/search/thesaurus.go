package search

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
)

// thesaurusText has one group of words with much the same meaning per line, separated by commas; # begins a remark. The
// words are those of English, business and software at large, not of any one company or collection of texts.
//
//go:embed thesaurus.txt
var thesaurusText string

// thesaurus gives the synonyms of a word or phrase.
var thesaurus = sync.OnceValue(func() map[string][]string {
	all := map[string][]string{}
	for line := range strings.Lines(thesaurusText) {
		line, _, _ = strings.Cut(line, "#")
		var group []string
		for phrase := range strings.SplitSeq(line, ",") {
			if words := wordsOf(phrase); len(words) > 0 {
				group = append(group, strings.Join(words, " "))
			}
		}
		for _, phrase := range group {
			for _, other := range group {
				if other != phrase && !slices.Contains(all[phrase], other) {
					all[phrase] = append(all[phrase], other)
				}
			}
		}
	}
	return all
})

// longestPhrase is how many words a phrase of the thesaurus has at most.
const longestPhrase = 4

// meaning is a phrase of a query and what else is called so.
type meaning struct {
	from, to int // words of the query
	synonyms []string
}

// meanings finds the phrases of a query that are known, the longest first; also without the s of a plural.
func (known lexicon) meanings(words []string) (found []meaning) {
	for i := 0; i < len(words); i++ {
		for n := min(longestPhrase, len(words)-i); n > 0; n-- {
			phrase := strings.Join(words[i:i+n], " ")
			synonyms := known[phrase]
			if synonyms == nil {
				synonyms = known[singular(phrase)]
			}
			if synonyms != nil {
				found = append(found, meaning{i, i + n, synonyms})
				if n > 1 { // its words mean something together
					i += n - 1
				}
				break
			}
		}
	}
	return found
}

func singular(phrase string) string {
	switch {
	case strings.HasSuffix(phrase, "ies") && len(phrase) > 5:
		return phrase[:len(phrase)-3] + "y"
	case strings.HasSuffix(phrase, "ss") || len(phrase) < 4:
		return phrase
	}
	return strings.TrimSuffix(phrase, "s")
}
