// Package sharepage draws what people outside see of a share: a page of its own, with its style inside and one small
// script, because it must be quick on a phone and may know nothing of the application.
package sharepage

import (
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"fmt"
	"html/template"
	"io"
	"regexp"
	"slices"
	"strings"
)

//go:embed page.html
var pageHTML string

//go:embed share.css
var css string

// Script is the script of the page.
//
//go:embed share.js
var Script []byte

// ScriptName changes with the script, so that browsers may keep it for good.
var ScriptName = func() string {
	sum := sha256.Sum256(Script)
	return "share." + hex.EncodeToString(sum[:6]) + ".js"
}()

var page = template.Must(template.New("page").Parse(pageHTML))

// Page is what one visitor sees.
type Page struct {
	Path       string // "/s/" and the secret
	Ask        string // "passcode", "email", "code" or "once": what the visitor has to do first; nothing of the share is shown then
	Pending    string // the address that they asked a code for
	Closed     bool   // nothing is there
	Problem    string // what went wrong with what the visitor did
	Brand      string // the company; "" is not told
	BrandColor string // #rrggbb; "" is ours
	Logo       string // its address; "" shows the name
	Title      string
	HasHeading bool   // the title was written, and is shown
	Visit      string // "" when nothing is counted
	Owner      string
	OwnerJob   string
	Recipient  string // with their organisation
	Note       string
	Looking    bool // a colleague looks at it
	NoKeeping  bool
	Items      []Item
}

// Item is one resource.
type Item struct {
	ID, Title, Summary, Kind, Lang string
	Section                        string        // a heading that begins above it
	HTML                           template.HTML // rendered from a checked document, or through an allow-list
	Files                          []File
}

// File is a file of a resource. Addresses are empty where the visitor may not have it so.
type File struct {
	ID, Name, Facts, Kind  string
	Preview, InPlace, Keep string
	Total                  int  // pages
	Drawn                  bool // there are pictures of pages
	Pages                  []Sheet
	Cut                    bool    // there are more words than stand here
	Tables                 []Table // the first rows of a spreadsheet
	Tracks                 []Track // captions of a film
	Said                   []Said  // and the first of them as text
	Article                template.HTML
}

// Table is the beginning of one sheet of a spreadsheet; all rows have as many cells.
type Table struct {
	Number int
	Name   string
	Rows   [][]string
	More   bool
}

// Track is where captions are.
type Track struct{ Address, Lang string }

// Said is what is said from a moment on.
type Said struct{ At, Words string }

// How many bytes of the words of one file stand on the page: a picture has the others, and a phone loads all of them before
// it shows anything.
const (
	mostWords     = 24 << 10
	mostWordsOnly = 200 << 10 // where there are no pictures
)

// Shorten takes the words off the page that are too many for it.
func (f *File) Shorten() {
	left := mostWordsOnly
	if f.Drawn {
		left = mostWords
	}
	for i := range f.Pages {
		if p := &f.Pages[i]; len(p.Text) > left {
			f.Cut, left = true, 0
			if p.Width > 0 || f.Drawn || i > 0 {
				p.Text = ""
				continue
			}
			p.Text = strings.ToValidUTF8(p.Text[:mostWordsOnly], "")
		} else {
			left -= len(p.Text)
		}
	}
}

// IsShown says whether the words are all that there is to be looked at.
func (f File) IsShown() bool {
	return !f.Drawn && f.Preview == "" && f.InPlace == "" && len(f.Tables) == 0
}

// Sheet is a page of a file: its words, and where it was drawn, its picture.
type Sheet struct {
	Number        int // in the file
	Place         int // among those that are shown
	Text          string
	Width, Height int    // of the large picture; 0 when there is none
	Small, Large  string // addresses of the picture
	First         bool   // what one sees first: it is loaded at once
	Words         string // address of its words with their places
}

// Shape is for CSS: how wide and high the page is.
func (s Sheet) Shape() template.CSS {
	return template.CSS(fmt.Sprintf("aspect-ratio:%d/%d", s.Width, s.Height)) //nolint:gosec // numbers
}

// HasText says whether there are words to be read.
func (f File) HasText() bool {
	return slices.ContainsFunc(f.Pages, func(s Sheet) bool { return s.Text != "" })
}

var hexColour = regexp.MustCompile(`^#[0-9a-f]{6}$`)

// colours are those of the brand; on dark paper a lighter shade of it.
func (p Page) colours() string {
	if !hexColour.MatchString(p.BrandColor) {
		return ""
	}
	return ":root{--accent:" + p.BrandColor + "}@media (prefers-color-scheme:dark){:root{--accent:color-mix(in srgb," + p.BrandColor + " 40%,white)}}"
}

// Write draws the page.
func (p Page) Write(w io.Writer) error {
	return page.Execute(w, struct {
		Page
		CSS    template.CSS
		Script string
	}{p, template.CSS(css + p.colours()), ScriptName}) //nolint:gosec // our own
}
