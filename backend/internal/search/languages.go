package search

import (
	"context"
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/danish"
	"github.com/blevesearch/snowballstem/dutch"
	"github.com/blevesearch/snowballstem/french"
	"github.com/blevesearch/snowballstem/german"
	"github.com/blevesearch/snowballstem/italian"
	"github.com/blevesearch/snowballstem/norwegian"
	"github.com/blevesearch/snowballstem/portuguese"
	"github.com/blevesearch/snowballstem/russian"
	"github.com/blevesearch/snowballstem/spanish"
	"github.com/blevesearch/snowballstem/swedish"
)

// language is how the words of a language are brought to their stems. Everything else is treated as English is, which
// leaves foreign words nearly alone; scripts without spaces are split into pairs of letters before (see tokens).
type language struct {
	code, config string                       // config is PostgreSQL's name for it
	stem         func(*snowballstem.Env) bool // the same rules, to find the words again in a text that is shown
	small        map[string]struct{}          // words without a meaning of their own, by which a text is recognised
	compounds    bool                         // words are joined to longer ones without a space
}

// Languages that need no stemmer of another language: of Japanese and Chinese, pairs of letters are compared.
const (
	english  = "en"
	nihongo  = "ja"
	mandarin = "zh"
)

// languages by code. The small words are given without accents and are those that the others do not have, or mean
// otherwise.
var languages = byCode(
	language{code: "de", config: "german", stem: german.Stem, compounds: true, small: setOf(`der die das den dem des ein eine einen einem einer und oder aber nicht ist sind war
		wird werden wurde hat haben mit von vom zu zum zur im am auf aus bei fur uber unter nach durch sich auch wie was wer wo wann warum welche welcher kann
		konnen muss wir sie ihr ihre unser unsere dass wenn als noch nur mehr man es`)},
	language{code: "fr", config: "french", stem: french.Stem, small: setOf(`le la les un une des du de et ou mais ne pas est sont etait etre avoir avec dans pour par sur sous
		chez au aux ce cette ces cet qui que quoi dont comment pourquoi quand quel quelle quels quelles nous vous ils elles leur leurs notre nos votre vos son sa
		ses plus aussi comme entre sans peut il elle se`)},
	language{code: "es", config: "spanish", stem: spanish.Stem, small: setOf(`el la los las un una unos unas del de al y o pero no es son era ser esta estan con en por para sobre sin
		entre como cuando donde cual cuales quien que porque muy mas tambien este estos estas su sus nuestro nuestra nuestros se lo le ya hay puede cuanto`)},
	language{code: "pt", config: "portuguese", stem: portuguese.Stem, small: setOf(`o os um uma uns umas do da dos das de e ou mas nao sao era ser esta estao com em no na nos nas por pelo
		pela para sobre sem entre como quando onde qual quais quem que porque muito mais tambem este estes estas seu sua seus suas nosso nossa se ao aos voce pode quanto`)},
	language{code: "it", config: "italian", stem: italian.Stem, small: setOf(`il lo la gli le un uno una del della dei delle degli di da dal nel nella e o ma non sono era essere con in
		per su tra fra come quando dove quale quali chi che perche molto piu anche questo questa questi queste suo sua loro nostro si puo alla al ai`)},
	language{code: "nl", config: "dutch", stem: dutch.Stem, compounds: true, small: setOf(`de het een en of maar niet is zijn was wordt worden met van voor op in aan uit bij naar door over
		onder ook hoe wat wie waar wanneer waarom welke kan kunnen moet wij zij hun ons onze dat als nog alleen meer deze dit je er te`)},
	language{code: "sv", config: "swedish", stem: swedish.Stem, compounds: true, small: setOf(`och att det som en ett av den med inte har vi kan till ar om hur vad var nar vilka fran eller
		ska blir sin deras detta mellan utan efter`)},
	language{code: "da", config: "danish", stem: danish.Stem, compounds: true, small: setOf(`og at det som en et af den med ikke har vi kan til er om hvordan hvad hvor hvornar fra eller skal
		bliver deres dette mellem uden efter ogsa`)},
	language{code: "no", config: "norwegian", stem: norwegian.Stem, compounds: true, small: setOf(`og at det som en et av den med ikke har vi kan til er om hvordan hva hvor nar fra eller skal
		blir deres dette mellom uten etter ogsa`)},
	language{code: "ru", config: "russian", stem: russian.Stem, small: setOf(`и в во не что он на я с со как а то все она так его но да ты к у же вы за бы по только ее мне было вот от
		меня еще нет о из ему теперь когда даже ну вдруг ли если уже или быть для это чтобы при`)},
)

func byCode(list ...language) map[string]language {
	all := make(map[string]language, len(list))
	for _, l := range list {
		all[l.code] = l
	}
	return all
}

// englishWords are what a text is recognised as English by.
var englishWords = setOf(`the of and to a is that for it as was with be by on not he his but at are this have from or had an they which one you were her all she there
	would their we him been has when who will more no if out so what up said its about into than them can only other how do your our`)

// How many words of a text are looked at to recognise its language, and how many small ones of it have to be among them.
const (
	wordsRead  = 400
	smallShare = 0.15
	fewSmall   = 3
)

// languageOf says in which language a text is, by its small words; what was said of it counts where they do not tell.
func languageOf(text, said string) string {
	said, _, _ = strings.Cut(strings.ToLower(said), "-")
	if said == "nb" || said == "nn" {
		said = "no"
	}
	read := make([]string, 0, wordsRead)
	tokens(text, func(t token) bool { read = append(read, t.word); return len(read) < wordsRead })
	kana := 0
	for _, w := range read {
		if strings.ContainsFunc(w, isKana) {
			kana++
		}
	}
	if kana*5 > len(read) {
		return nihongo
	}
	if code, small, _ := recognise(read, said); small >= fewSmall && float64(small) >= smallShare*float64(len(read)) {
		return code
	}
	if _, known := languages[said]; known || said == nihongo || said == mandarin {
		return said
	}
	return english
}

func isKana(r rune) bool { return unicode.In(r, unicode.Hiragana, unicode.Katakana) }

// recognise gives the language that most of the words are small ones of, how many, and by how many more than of the next.
// Of languages that are as good, the one that was said is taken, or the first.
func recognise(words []string, said string) (code string, small, more int) {
	code, small, more = english, countIn(words, englishWords), 0
	more = small
	for _, l := range slices.Sorted(maps.Keys(languages)) {
		n := countIn(words, languages[l].small)
		switch {
		case n > small || (n == small && l == said):
			code, small, more = l, n, n-small
		default:
			more = min(more, small-n)
		}
	}
	return code, small, more
}

func countIn(words []string, set map[string]struct{}) (n int) {
	for _, w := range words {
		if _, ok := set[w]; ok {
			n++
		}
	}
	return n
}

// configOf is PostgreSQL's name for the rules of a language.
func configOf(code string) string {
	if l, ok := languages[code]; ok {
		return l.config
	}
	return "english"
}

// language is that of the text of a document.
func (d document) language() string {
	if d.spoken != "" {
		return d.spoken
	}
	return languageOf(d.Title+"\n"+d.Summary+"\n"+d.Body[:min(len(d.Body), 8000)]+"\n"+firstPages(d.Pages, 8000), d.Lang)
}

func firstPages(pages []page, most int) string {
	var b strings.Builder
	for _, p := range pages {
		if b.Len() >= most {
			break
		}
		b.WriteString(p.Text + "\n")
	}
	return b.String()
}

// stemmed brings a word, in small letters and with its accents, to its stem without them.
func (l language) stemmed(word string) string {
	env := snowballstem.NewEnv(spelt(word))
	l.stem(env)
	return fold(env.Current())
}

// asked is how the words of a query are understood.
type asked struct {
	words   []string // without accents
	written []string // with them
	lang    string   // in which it surely is; empty when it may be any
	known   lexicon  // what its phrases are called otherwise
}

// understand splits a query.
func understand(text string) asked {
	q := asked{words: wordsOf(text)}
	tokens(text, func(t token) bool { q.written = append(q.written, spelt(text[t.start:t.end])); return true })
	if code, small, more := recognise(q.words, ""); more > 0 && (small > 1 || len(q.words) > 2) {
		q.lang = code
	}
	return q
}

// small says whether a word of a query only holds it together.
func (q asked) small(word string) bool {
	_, yes := languages[q.lang].small[word]
	return yes
}

// locales say by which rules Meilisearch splits the words of a query: those of the language that it is in, as far as that
// can be told, and of which there are texts.
func (s *Service) locales(ctx context.Context, q asked) ([]string, error) {
	_, langs, err := s.size(ctx)
	if err != nil {
		return nil, err
	}
	if q.lang == "de" || q.lang == "" && slices.Contains(langs, "de") && strings.ContainsAny(strings.Join(q.written, ""), "äöüß") {
		return []string{"deu"}, nil
	}
	return []string{"eng"}, nil
}
