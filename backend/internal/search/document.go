package search

import (
	"crypto/sha256"
	"encoding/json"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"
)

// maxText is how many bytes of a thing's text are searchable: about a book. PostgreSQL and Meilisearch both have limits
// of their own somewhat above.
const maxText = 400_000

// document is what is known of a thing, for every engine.
type document struct {
	signals      `json:"-"` // for a reader, when it is shown to one
	Doc          int32      `json:"-"`
	fresh        bool       // was not written before
	spoken       string     // what language says, once it has been asked
	Kind         string
	ID           uuid.UUID
	Part         string
	Audience     []string
	VisibleFrom  *time.Time
	VisibleUntil *time.Time
	Title        string
	Summary      string
	Names        string
	Body         string
	Pages        []page
	Type         string
	State        string
	Lang         string
	Tags         []string
	Personas     []string
	Stages       []string
	Industries   []string
	Products     []string
	Regions      []string
	Sharing      string
	Freshness    string
	SourceID     string
	SourceRepo   string
	Year         int
	At           time.Time
}

// page is the text of one page of a file.
type page struct {
	Asset uuid.UUID `json:"asset"`
	Page  int       `json:"page"`
	Text  string    `json:"text"`
}

// fit cuts what is too long and drops characters that would pretend to be marks.
func (d *document) fit() {
	clean := func(s string, most int) string {
		s = strings.Map(func(r rune) rune {
			if r < ' ' && r != '\n' && r != '\t' || r == utf8.RuneError {
				return ' '
			}
			return r
		}, s)
		if len(s) <= most {
			return s
		}
		for most > 0 && !utf8.RuneStart(s[most]) {
			most--
		}
		return s[:most]
	}
	d.Title, d.Summary, d.Names = clean(d.Title, 2000), clean(d.Summary, 20_000), clean(d.Names, 4000)
	d.Body = clean(d.Body, maxText)
	left := maxText - len(d.Body)
	for i := range d.Pages {
		d.Pages[i].Text = clean(d.Pages[i].Text, left)
		left -= len(d.Pages[i].Text)
	}
	*d = d.filled()
}

// filled has empty lists where there are none.
func (d document) filled() document {
	for _, list := range []*[]string{&d.Audience, &d.Tags, &d.Personas, &d.Stages, &d.Industries, &d.Products, &d.Regions} {
		if *list == nil {
			*list = []string{}
		}
	}
	if d.Pages == nil {
		d.Pages = []page{}
	}
	return d
}

// version is that of this way to make documents; another one makes all of them old.
const version = 4

// digest tells whether a document has changed.
func (d document) digest() ([]byte, error) {
	b, err := json.Marshal(d)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(b)
	sum[0] = version
	return sum[:], nil
}

// titleOnly is what people see of a draft who may not read it: see reader.titles.
func (d document) titleOnly() document {
	return document{Kind: d.Kind, ID: d.ID, Part: "title", Title: d.Title, Type: d.Type, State: d.State, Year: d.Year, At: d.At}
}

// allText is the text that snippets are cut from, and that the word list is made of, beside title, summary and names.
func (d document) allText() string {
	if len(d.Pages) == 0 {
		return d.Body
	}
	var b strings.Builder
	b.WriteString(d.Body)
	for _, p := range d.Pages {
		b.WriteByte('\n')
		b.WriteString(p.Text)
	}
	return b.String()
}
