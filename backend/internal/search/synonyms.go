package search

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"byline/backend/internal/activity"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/errs"
	"byline/backend/internal/platform/jobs"
	"byline/backend/internal/platform/meili"
)

// The kinds of a company's own synonyms.
const (
	Group  = "group"  // all of its words stand for each other
	OneWay = "oneway" // who looks for one of its words finds what it finds, and not the other way round
)

const (
	mostSynonyms = 500
	mostPhrases  = 20
	longPhrase   = 80 // characters
)

// Synonyms is one entry of a company's own thesaurus.
type Synonyms struct {
	ID        uuid.UUID
	Kind      string
	Words     []string
	Finds     []string // of OneWay
	By        *activity.Person
	Rev       int64
	UpdatedAt time.Time
}

// MayEditSynonyms says whether somebody changes the thesaurus: leads of both sides, and administrators.
func MayEditSynonyms(u auth.User) bool { return u.Lead || u.Admin }

var errNoSynonyms = errs.New(errs.Forbidden, "Leads and administrators change the synonyms.")

// GiveSynonyms is the job that tells the nodes of changed synonyms at once; Sweep does it where this one could not.
type GiveSynonyms struct{}

// Kind implements jobs.Args.
func (GiveSynonyms) Kind() string { return "search_synonyms" }

// InsertOpts gives indexing a queue of its own.
func (GiveSynonyms) InsertOpts() jobs.InsertOpts {
	return jobs.InsertOpts{Queue: jobs.QueueIndex, MaxAttempts: 3}
}

// lexicon is what is known of phrases: built in, and the company's own.
type lexicon map[string][]string

// company is the lexicon with the company's own words.
type company struct {
	all lexicon
	sum string // tells apart what nodes know; "" is of a company without words of its own
}

// companyFor is how long it counts: other processes change it too.
const companyFor = time.Second

// lexicon gives what is known of phrases just now. Without an answer of the database it is what was known last.
func (s *Service) lexicon(ctx context.Context) (lexicon, string) {
	c, err := s.company.get(ctx, companyFor, func(ctx context.Context) (company, error) {
		own, err := s.store.synonyms(ctx)
		return companyOf(own), err
	})
	if err != nil {
		slog.WarnContext(ctx, "the synonyms of the company cannot be read", "error", err)
	}
	if c.all == nil {
		return thesaurus(), ""
	}
	return c.all, c.sum
}

func companyOf(own []Synonyms) company {
	if len(own) == 0 {
		return company{all: thesaurus()}
	}
	all := together(own)
	b, err := json.Marshal(all) // a map is written in the order of its keys
	if err != nil {             // plain texts
		panic(err)
	}
	sum := sha256.Sum256(b)
	return company{all, hex.EncodeToString(sum[:8])}
}

// together adds the company's words to those that are built in.
func together(own []Synonyms) lexicon {
	all := lexicon(maps.Clone(thesaurus()))
	add := func(phrase, other string) {
		if phrase != other && !slices.Contains(all[phrase], other) {
			all[phrase] = append(slices.Clone(all[phrase]), other)
		}
	}
	for _, x := range own {
		finds := x.Finds
		if x.Kind == Group {
			finds = x.Words
		}
		for _, phrase := range x.Words {
			for _, other := range finds {
				add(folded(phrase), folded(other))
			}
		}
	}
	return all
}

// folded is a phrase as queries are read.
func folded(phrase string) string { return strings.Join(wordsOf(phrase), " ") }

// Meaning is a phrase of a query, and what else is found for it.
type Meaning struct {
	Phrase   string
	Synonyms []string
}

// Meanings says what of a query has synonyms.
func (s *Service) Meanings(ctx context.Context, text string) []Meaning {
	words := wordsOf(text)
	known, _ := s.lexicon(ctx)
	all := []Meaning{}
	for _, m := range known.meanings(words[:min(len(words), 40)]) {
		all = append(all, Meaning{strings.Join(words[m.from:m.to], " "), m.synonyms})
	}
	return all
}

// ListSynonyms gives the company's own, last changed first.
func (s *Service) ListSynonyms(ctx context.Context) ([]Synonyms, error) { return s.store.synonyms(ctx) }

func (x *Synonyms) clean() error {
	fields := map[string]*[]string{"body.words": &x.Words, "body.finds": &x.Finds}
	for at, list := range fields {
		clean := []string{}
		var seen []string
		for _, phrase := range *list {
			phrase = oneLine(phrase)
			n := len(wordsOf(phrase))
			if n == 0 || n > longestPhrase || len([]rune(phrase)) > longPhrase {
				return errs.Field(errs.Invalid, at, "Each is a word, or a phrase of up to four words.")
			}
			if f := folded(phrase); !slices.Contains(seen, f) {
				clean, seen = append(clean, phrase), append(seen, f)
			}
		}
		if *list = clean; len(clean) > mostPhrases {
			return errs.Field(errs.Invalid, at, "At most 20, please.")
		}
	}
	switch {
	case x.Kind != Group && x.Kind != OneWay:
		return errs.Field(errs.Invalid, "body.kind", "Choose group or oneway.")
	case x.Kind == Group && len(x.Words) < 2:
		return errs.Field(errs.Invalid, "body.words", "A group has at least two words or phrases that differ.")
	case x.Kind == Group && len(x.Finds) > 0:
		return errs.Field(errs.Invalid, "body.finds", "The words of a group find each other; leave this empty.")
	case x.Kind == OneWay && len(x.Words) == 0:
		return errs.Field(errs.Invalid, "body.words", "Say what people look for.")
	case x.Kind == OneWay && len(x.Finds) == 0:
		return errs.Field(errs.Invalid, "body.finds", "Say what they find then.")
	}
	return nil
}

// AddSynonyms adds an entry. It counts at once, and on the nodes within seconds.
func (s *Service) AddSynonyms(ctx context.Context, x Synonyms) (Synonyms, error) {
	x.ID = db.NewID()
	return s.changeSynonyms(ctx, x, func(ctx context.Context, x Synonyms) error {
		n, err := s.store.countSynonyms(ctx)
		if err != nil {
			return err
		}
		if n >= mostSynonyms {
			return tooMany(n)
		}
		return s.store.addSynonyms(ctx, x)
	})
}

// UpdateSynonyms changes an entry. Stale when rev is not the current one.
func (s *Service) UpdateSynonyms(ctx context.Context, x Synonyms) (Synonyms, error) {
	return s.changeSynonyms(ctx, x, func(ctx context.Context, x Synonyms) error { return s.store.updateSynonyms(ctx, x, auth.From(ctx).ID) })
}

func (s *Service) changeSynonyms(ctx context.Context, x Synonyms, change func(context.Context, Synonyms) error) (after Synonyms, err error) {
	if !MayEditSynonyms(auth.From(ctx)) {
		return after, errNoSynonyms
	}
	if err := x.clean(); err != nil {
		return after, err
	}
	return after, s.tellSynonyms(ctx, func(ctx context.Context) error {
		if err := change(ctx, x); err != nil {
			return err
		}
		after, err = s.store.oneSynonyms(ctx, x.ID)
		return err
	})
}

// DeleteSynonyms takes an entry away.
func (s *Service) DeleteSynonyms(ctx context.Context, id uuid.UUID) error {
	if !MayEditSynonyms(auth.From(ctx)) {
		return errNoSynonyms
	}
	return s.tellSynonyms(ctx, func(ctx context.Context) error { return s.store.deleteSynonyms(ctx, id) })
}

func (s *Service) tellSynonyms(ctx context.Context, change func(context.Context) error) error {
	defer s.company.forget()
	return s.db.InTx(ctx, func(ctx context.Context) error {
		if err := s.store.lockSynonyms(ctx); err != nil {
			return err
		}
		if err := change(ctx); err != nil {
			return err
		}
		return jobs.Enqueue(ctx, GiveSynonyms{})
	})
}

// WorkSynonyms is the job.
func (s *Service) WorkSynonyms(ctx context.Context, _ GiveSynonyms) error {
	s.company.forget()
	return s.eachNode(ctx, func(n *meili.Node) error {
		if !n.Healthy(ctx) {
			return nil
		}
		return s.keepSynonyms(ctx, n)
	})
}

// keepSynonyms tells a node of the company's synonyms when it knows others.
func (s *Service) keepSynonyms(ctx context.Context, n *meili.Node) error {
	all, sum := s.lexicon(ctx)
	known, ready, err := s.store.nodeSynonyms(ctx, n.Name)
	if err != nil || !ready || known == sum {
		return err
	}
	if err := n.Synonyms(ctx, liveIndex, all.forNodes()); err != nil {
		return err
	}
	return s.store.setNodeSynonyms(ctx, n.Name, sum)
}

// withCompany are the settings of an index with the company's synonyms.
func (s *Service) withCompany(ctx context.Context) (*meili.Settings, string) {
	all, sum := s.lexicon(ctx)
	set := settings()
	set.Synonyms = all.forNodes()
	return set, sum
}
