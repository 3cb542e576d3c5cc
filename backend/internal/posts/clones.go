package posts

import (
	"slices"
	"strings"
	"unicode"
)

// compare finds the sentences that a text shares with others, the most alike first. Sentences of fewer than four words
// say nothing.
func compare(text string, others []Post) []Sibling {
	mine := sentences(text)
	found := []Sibling{}
	for _, o := range others {
		theirs := map[string]bool{}
		for _, s := range sentences(o.Text) {
			theirs[normal(s)] = true
		}
		var shared []string
		for _, s := range mine {
			if theirs[normal(s)] {
				shared = append(shared, s)
			}
		}
		if len(shared) > 0 {
			found = append(found, Sibling{Owner: o.Owner.Name, Shared: shared, Share: float64(len(shared)) / float64(len(mine))})
		}
	}
	slices.SortStableFunc(found, func(a, b Sibling) int { return len(b.Shared) - len(a.Shared) })
	return found
}

func sentences(text string) []string {
	var out []string
	for _, s := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(".!?\n", r) }) {
		if s = strings.TrimSpace(s); len(strings.Fields(s)) >= 4 {
			out = append(out, s)
		}
	}
	return out
}

func normal(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), " ")
}
