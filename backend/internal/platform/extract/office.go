package extract

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

var errTooMuch = errors.New("extract: more text than is kept")

// pagePart finds the number of a slide, its notes, or a sheet.
var pagePart = regexp.MustCompile(`^(?:ppt/slides/slide|ppt/notesSlides/notesSlide|xl/worksheets/sheet)(\d+)\.xml$`)

type part struct {
	page, order int
	file        *zip.File
}

// office reads DOCX, PPTX, XLSX and OpenDocument: ZIP archives of XML. Parts and output are capped against archives that
// unpack to far more than they are; external entities are unknown to Go's XML reader.
func (d details) office() {
	archive, err := zip.OpenReader(d.path)
	if err != nil {
		d.fail("unreadable", "This file could not be opened; it may be damaged. It is kept as a download.")
		return
	}
	defer func() { _ = archive.Close() }()
	if len(archive.File) > 10_000 {
		d.fail("too_many_parts", "This file has more parts than any document needs. It is kept as a download.")
		return
	}
	budget := int64(64 << 20) // of unpacked XML
	texts, outside, away := map[int]*strings.Builder{}, map[int]string{}, map[int]bool{}
	open := strings.HasPrefix(d.r.MediaType, "application/vnd.oasis")
	d.r.Within = within(d.r.MediaType, archive.File)
	hidden := map[string]bool{}
	if d.r.Kind == "document" {
		if hidden, err = hiddenStyles(archive.File, &budget); err != nil {
			d.note("unreadable", "Only a part of this file could be read as text.")
		}
	}
	for _, p := range textParts(archive.File) {
		if texts[p.page] == nil {
			texts[p.page] = &strings.Builder{}
		}
		known := texts[p.page].Len()
		err := readPart(p.file, &budget, func(r io.Reader) error {
			if d.r.Kind == "document" { // comments, deleted and hidden words are not what it says
				var err error
				if r, err = shownText(r, open, hidden); err != nil {
					return err
				}
			}
			if open {
				return openDocumentText(r, texts)
			}
			return officeText(r, texts[p.page])
		})
		if isSlide(p.file) {
			if away[p.page] = isHidden(p.file); !away[p.page] && err == nil {
				outside[p.page] = clean(texts[p.page].String()[known:])
			}
		}
		if err != nil {
			reason := "unreadable"
			if errors.Is(err, errTooMuch) {
				reason = "too_large_unpacked"
			}
			d.note(reason, "Only a part of this file could be read as text.")
			break
		}
	}
	slides := slices.ContainsFunc(archive.File, isSlide)
	last := 0
	for page := range texts {
		last = max(last, page)
	}
	total := 0
	for page := 1; page <= min(last, maxPages); page++ {
		words := ""
		if b := texts[page]; b != nil {
			words = clean(b.String())
		}
		if total += len(words); total > maxText {
			d.note("text_cut", "Only the first part of this long document is searchable.")
			break
		}
		d.r.Pages = append(d.r.Pages, words)
		if slides {
			d.r.Outside = append(d.r.Outside, outside[page])
		}
	}
	d.r.PageCount = last
	for page := range last {
		if away[page+1] {
			d.r.Hidden = append(d.r.Hidden, page+1)
		}
	}
}

// textParts lists the parts that hold words, in the order in which people read them.
func textParts(files []*zip.File) (parts []part) {
	slides := slideOrder(files)
	for _, f := range files {
		name := path.Clean(f.Name)
		switch m := pagePart.FindStringSubmatch(name); {
		case m != nil:
			n, err := strconv.Atoi(m[1])
			if err != nil || n < 1 || n > maxPages {
				continue
			}
			if slides != nil && strings.HasPrefix(name, "ppt/") {
				if n = slides[name]; n == 0 { // left behind: no longer shown
					continue
				}
			}
			order := 0
			if strings.Contains(name, "notes") {
				order = 1
			}
			if strings.HasPrefix(name, "xl/") {
				n++ // after the shared strings
			}
			parts = append(parts, part{n, order, f})
		case name == "word/document.xml", name == "xl/sharedStrings.xml", name == "content.xml":
			parts = append(parts, part{1, 0, f})
		case strings.HasPrefix(name, "word/header"), strings.HasPrefix(name, "word/footer"), name == "word/footnotes.xml":
			parts = append(parts, part{1, 1, f})
		}
	}
	slices.SortStableFunc(parts, func(a, b part) int {
		if a.page != b.page {
			return a.page - b.page
		}
		return a.order - b.order
	})
	return parts
}

func readPart(f *zip.File, budget *int64, read func(io.Reader) error) error {
	r, err := f.Open()
	if err != nil {
		return err
	}
	defer func() { _ = r.Close() }()
	limited := &io.LimitedReader{R: r, N: *budget}
	err = read(limited)
	*budget = limited.N
	if limited.N <= 0 {
		return errTooMuch
	}
	return err
}

// officeText takes the words of WordprocessingML, DrawingML and SpreadsheetML.
func officeText(r io.Reader, b *strings.Builder) error {
	d := xml.NewDecoder(r)
	inside := 0
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "t":
				inside++
			case "tab":
				b.WriteByte('\t')
			case "br", "cr":
				b.WriteByte('\n')
			}
		case xml.EndElement:
			switch t.Name.Local {
			case "t":
				inside--
			case "p", "si", "row":
				b.WriteByte('\n')
			}
		case xml.CharData:
			if inside > 0 && b.Len() < maxText {
				b.Write(t)
			}
		}
	}
}

// openDocumentText takes the words of an OpenDocument file; a presentation's pages are draw:page elements.
func openDocumentText(r io.Reader, texts map[int]*strings.Builder) error {
	d := xml.NewDecoder(r)
	page, inside := 0, 0
	current := func() *strings.Builder {
		n := max(page, 1)
		if texts[n] == nil {
			texts[n] = &strings.Builder{}
		}
		return texts[n]
	}
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "page":
				if page < maxPages {
					page++
				}
			case "p", "h":
				inside++
			case "tab", "s":
				current().WriteByte(' ')
			}
		case xml.EndElement:
			if t.Name.Local == "p" || t.Name.Local == "h" {
				inside--
				current().WriteByte('\n')
			}
		case xml.CharData:
			if inside > 0 && current().Len() < maxText {
				current().Write(t)
			}
		}
	}
}
