package search

import (
	"slices"
	"strings"
)

// The reasons why a hit is where it is.
const (
	WhyTitle    = "title"    // all the words are in the title
	WhyInTitle  = "in_title" // some of them
	WhyTag      = "tag"      // a value of its taxonomy
	WhyPage     = "page"     // a page of a file
	WhyText     = "text"     // its text or summary
	WhyName     = "name"     // people or names of files
	WhySynonym  = "synonym"  // another word for it
	WhySpelling = "spelling" // much the same word
	WhyDue      = "due"      // its review is overdue: it stands lower
	WhyChecked  = "checked"  // somebody said of late that it is right
	WhyTeam     = "team"     // looked at by so many of the reader's team
	WhySide     = "side"     // of the reader's side
	WhyUsed     = "used"     // of all
	WhyRated    = "rated"    // so good, by so many
)

// Why is one reason.
type Why struct {
	Code  string
	Page  int     // of WhyPage
	Count int     // people
	Value string  // the tag, or the word that fits
	Score float64 // of WhyRated
}

// whyFew is how many people are told of: fewer would be a look over one's shoulder.
const whyFew = 2

// why says why a hit is here: where the words are, then what is known of it otherwise.
func (m *matcher) why(d document, h Hit) (all []Why) {
	switch places := m.places(d.Title); {
	case m.meant == 0: // nothing was looked for
	case m.covers(d.Title):
		all = append(all, Why{Code: WhyTitle})
	case len(places) > 0:
		all = append(all, Why{Code: WhyInTitle})
	}
	tags := slices.Concat(d.Tags, d.Personas, d.Stages, d.Industries, d.Products, d.Regions)
	if i := slices.IndexFunc(tags, func(tag string) bool { return m.covers(tag) }); i >= 0 {
		all = append(all, Why{Code: WhyTag, Value: tags[i]})
	}
	inSnippet := strings.Contains(h.Snippet, MarkStart)
	switch {
	case inSnippet && h.Page > 0:
		all = append(all, Why{Code: WhyPage, Page: h.Page})
	case inSnippet:
		all = append(all, Why{Code: WhyText})
	case len(all) == 0 && len(m.places(d.Names)) > 0:
		all = append(all, Why{Code: WhyName})
	}
	if how, word := m.how(h.TitleMarked + " " + h.Snippet); how != "" {
		all = append(all, Why{Code: how, Value: word})
	}
	switch {
	case d.Team >= whyFew:
		all = append(all, Why{Code: WhyTeam, Count: d.Team})
	case d.Side >= whyFew:
		all = append(all, Why{Code: WhySide, Count: d.Side})
	case d.People >= whyFew:
		all = append(all, Why{Code: WhyUsed, Count: d.People})
	}
	if d.Ratings > 0 && d.Rating >= 4 {
		all = append(all, Why{Code: WhyRated, Score: d.Rating, Count: d.Ratings})
	}
	switch {
	case d.Due:
		all = append(all, Why{Code: WhyDue})
	case d.Checked:
		all = append(all, Why{Code: WhyChecked})
	}
	return all
}

// how says whether the matches of a marked text are all of other words than those that were typed, and gives the first.
func (m *matcher) how(marked string) (code, word string) {
	for _, part := range strings.Split(marked, MarkStart)[1:] {
		match, _, _ := strings.Cut(part, MarkEnd)
		for _, w := range wordsOf(match) {
			i, same := m.exact[w]
			if !same {
				i, same = m.exact[rough(w)]
			}
			if !same && m.stem != nil {
				i, same = m.stems[m.stem(w)]
			}
			switch {
			case same && i < m.nwords || slices.ContainsFunc(m.begin, func(b string) bool { return strings.HasPrefix(w, b) }):
				return "", ""
			case word != "":
			case same:
				code, word = WhySynonym, match
			case m.match(w) >= 0:
				code, word = WhySpelling, match
			}
		}
	}
	return code, word
}
