// Package paper makes the files of the demo workspace: PDFs, slide decks, documents and pictures that are small, real,
// and the same at every run.
package paper

import (
	"bytes"
	"fmt"
	"strings"
)

// Block is one piece of a file's text.
type Block struct {
	Kind string // heading, paragraph or item
	Text string
}

// Section is what stands on one page or slide.
type Section struct {
	Title  string
	Blocks []Block
}

// Piece is the content of a file, whatever its format.
type Piece struct {
	Title    string
	Subtitle string
	Company  string
	Sections []Section
}

// A4 in points, and the margin.
const (
	pageWidth, pageHeight = 595, 842
	margin                = 64
)

// helvetica are the widths of the characters from space to tilde, in thousandths of the font size, from the metrics
// that every PDF reader has built in.
var helvetica = [...]int{278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
	556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
	1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
	667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
	333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
	556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584}

// winAnsi holds the characters above Latin-1 that our texts use.
var winAnsi = map[rune]byte{'€': 0x80, '…': 0x85, '‘': 0x91, '’': 0x92, '“': 0x93, '”': 0x94, '•': 0x95, '–': 0x96, '—': 0x97, '−': '-'}

func encode(s string) []byte {
	var b []byte
	for _, r := range s {
		switch c, ok := winAnsi[r]; {
		case ok:
			b = append(b, c)
		case r < 0x100:
			b = append(b, byte(r))
		default:
			b = append(b, '?')
		}
	}
	return b
}

func textWidth(s string, size float64) float64 {
	sum := 0
	for _, c := range encode(s) {
		if c >= ' ' && int(c-' ') < len(helvetica) {
			sum += helvetica[c-' ']
		} else {
			sum += 556
		}
	}
	return float64(sum) * size / 1000
}

func wrap(text string, size, width float64) (lines []string) {
	line := ""
	for _, word := range strings.Fields(text) {
		if line != "" && textWidth(line+" "+word, size) > width {
			lines = append(lines, line)
			line = ""
		}
		line = strings.TrimSpace(line + " " + word)
	}
	return append(lines, line)
}

// pdf collects pages, each one a stream of drawing operators.
type pdf struct {
	pages []*bytes.Buffer
	y     float64
}

func (p *pdf) page() *bytes.Buffer { return p.pages[len(p.pages)-1] }

func (p *pdf) newPage() {
	p.pages = append(p.pages, &bytes.Buffer{})
	p.y = pageHeight - margin
}

func (p *pdf) rectangle(x, y, w, h float64, colour string) {
	fmt.Fprintf(p.page(), "%s rg %.0f %.0f %.0f %.0f re f\n", colour, x, y, w, h)
}

var escapes = strings.NewReplacer(`\`, `\\`, "(", `\(`, ")", `\)`)

func (p *pdf) write(x, y, size float64, font, colour, text string) {
	fmt.Fprintf(p.page(), "BT %s rg /%s %.1f Tf %.1f %.1f Td (%s) Tj ET\n", colour, font, size, x, y, escapes.Replace(string(encode(text))))
}

// paragraph writes wrapped lines and goes on to a new page when this one is full.
func (p *pdf) paragraph(indent, size float64, font, colour, text string, after float64) {
	factor := 1.0
	if font == "F2" {
		factor = 1.07 // bold is wider than the metrics above
	}
	for _, line := range wrap(text, size*factor, pageWidth-2*margin-indent) {
		if p.y < margin+size {
			p.newPage()
		}
		p.y -= size
		p.write(margin+indent, p.y, size, font, colour, line)
		p.y -= size * 0.5
	}
	p.y -= after
}

const (
	ink    = "0.12 0.14 0.20"
	quiet  = "0.42 0.45 0.53"
	accent = "0.05 0.42 0.46"
	white  = "1 1 1"
)

// PDF writes a cover and then every section from the top of a page of its own.
func (c Piece) PDF() []byte {
	p := &pdf{}
	p.newPage()
	p.rectangle(0, pageHeight-300, pageWidth, 300, accent)
	p.write(margin, pageHeight-96, 12, "F2", white, strings.ToUpper(c.Company))
	p.y = pageHeight - 140
	p.paragraph(0, 28, "F2", white, c.Title, 0)
	p.y = pageHeight - 350
	p.paragraph(0, 14, "F1", ink, c.Subtitle, 24)
	for _, s := range c.Sections {
		p.paragraph(0, 11, "F1", quiet, s.Title, 2)
	}
	for _, s := range c.Sections {
		p.newPage()
		p.rectangle(0, pageHeight-12, pageWidth, 12, accent)
		p.paragraph(0, 20, "F2", accent, s.Title, 14)
		for _, b := range s.Blocks {
			switch b.Kind {
			case "heading":
				p.paragraph(0, 14, "F2", ink, b.Text, 6)
			case "item":
				p.paragraph(16, 11.5, "F1", ink, "•  "+b.Text, 4)
			default:
				p.paragraph(0, 11.5, "F1", ink, b.Text, 10)
			}
		}
	}
	for i, page := range p.pages {
		fmt.Fprintf(page, "BT %s rg /F1 9 Tf %d 36 Td (%s) Tj ET\n", quiet, margin, escapes.Replace(string(encode(fmt.Sprintf("%s  –  %d of %d", c.Company, i+1, len(p.pages))))))
	}
	return p.file(c.Title)
}

// file puts the pages together: catalogue, page tree, two fonts, then a page and its stream each.
func (p *pdf) file(title string) []byte {
	var b bytes.Buffer
	var offsets []int
	object := func(body string) {
		offsets = append(offsets, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", len(offsets), body)
	}
	b.WriteString("%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
	kids := make([]string, len(p.pages))
	for i := range p.pages {
		kids[i] = fmt.Sprintf("%d 0 R", 6+2*i)
	}
	object("<< /Type /Catalog /Pages 2 0 R >>")
	object(fmt.Sprintf("<< /Type /Pages /Kids [%s] /Count %d >>", strings.Join(kids, " "), len(kids)))
	object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
	object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>")
	object(fmt.Sprintf("<< /Title (%s) >>", escapes.Replace(string(encode(title)))))
	for i, page := range p.pages {
		object(fmt.Sprintf("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> /Contents %d 0 R >>", pageWidth, pageHeight, 7+2*i))
		object(fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", page.Len(), page.String()))
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(offsets)+1)
	for _, o := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R /Info 5 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(offsets)+1, start)
	return b.Bytes()
}
