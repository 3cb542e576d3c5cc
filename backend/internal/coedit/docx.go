package coedit

import (
	"archive/zip"
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strings"
)

// Picture is a picture for an exported file.
type Picture struct {
	Data          []byte
	Format        string // png, jpeg or gif
	Width, Height int    // pixels
}

// Export says how a document leaves.
type Export struct {
	Title string
	Base  string // public address of this deployment
	// Picture gives a picture of the text; false when it cannot be had, then its words stand there.
	Picture func(asset string) (Picture, bool)
}

// WriteDOCX writes a document as WordprocessingML with Word's own styles, lists and tables: ADR 12 says why by hand.
func (n Node) WriteDOCX(out io.Writer, e Export) error {
	z := zip.NewWriter(out)
	w := &docx{export: e, zip: z, links: map[string]string{}, pictures: map[string]string{}}
	w.nums = append(w.nums, 0) // num 1: bullets
	if e.Title != "" {
		w.paragraph("Title", "", []Node{{Type: "text", Text: e.Title}})
	}
	w.blocks(n.Settled().Content, spot{level: -1})
	if w.err != nil {
		return w.err
	}
	for _, part := range []struct{ name, text string }{
		{"[Content_Types].xml", contentTypes},
		{"_rels/.rels", packageRels},
		{"docProps/core.xml", fmt.Sprintf(coreProps, esc(e.Title))},
		{"word/styles.xml", docxStyles},
		{"word/numbering.xml", w.numbering()},
		{"word/_rels/document.xml.rels", xml.Header + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` + docxRels + w.rels.String() + `</Relationships>`},
		{"word/document.xml", docxHead + w.body.String() + docxTail},
	} {
		f, err := z.Create(part.name)
		if err != nil {
			return err
		}
		if _, err := io.WriteString(f, part.text); err != nil {
			return err
		}
	}
	return z.Close()
}

type docx struct {
	export   Export
	zip      *zip.Writer
	body     strings.Builder
	rels     strings.Builder
	count    int               // of relationships
	links    map[string]string // relationship by address
	pictures map[string]string // relationship by asset
	nums     []int             // where each list begins to count; 0 is a list of bullets
	err      error
}

// spot is where a block stands.
type spot struct {
	level int // of the list, -1 outside
	num   int
	style string // of paragraphs
	first bool   // the first paragraph of an item carries its mark
}

func esc(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a builder takes everything; what XML cannot hold becomes U+FFFD
	return b.String()
}

func (w *docx) blocks(nodes []Node, p spot) {
	for _, n := range nodes {
		w.block(n, p)
		p.first = false
	}
}

func (w *docx) block(n Node, p spot) {
	switch n.Type {
	case "paragraph":
		w.paragraph(p.style, p.properties(), n.Content)
	case "heading":
		level, _ := n.Attrs["level"].(float64)
		w.paragraph(fmt.Sprintf("Heading%d", int(level)), "", n.Content)
	case "codeBlock":
		w.body.WriteString(`<w:p><w:pPr><w:pStyle w:val="SourceCode"/>` + p.properties() + `</w:pPr>`)
		for i, line := range strings.Split(plainOf(n.Content), "\n") {
			if i > 0 {
				w.body.WriteString(`<w:r><w:br/></w:r>`)
			}
			w.run(line, "")
		}
		w.body.WriteString(`</w:p>`)
	case "blockquote":
		p.style = "Quote"
		w.blocks(n.Content, p)
	case "horizontalRule":
		w.body.WriteString(`<w:p><w:pPr><w:pBdr><w:bottom w:val="single" w:sz="6" w:space="1" w:color="auto"/></w:pBdr></w:pPr></w:p>`)
	case "bulletList", "orderedList":
		w.list(n, p)
	case "table":
		w.table(n)
	case "figure":
		w.figure(n)
	case "file":
		w.paragraph(p.style, p.properties(), []Node{linkedText(n.attr("name"), w.export.Base+downloadAddress(n.attr("asset")))})
	case "embed":
		w.paragraph(p.style, p.properties(), []Node{linkedText(n.attr("href"), n.attr("href"))})
	}
}

func linkedText(text, href string) Node {
	return Node{Type: "text", Text: text, Marks: []Mark{{Type: "link", Attrs: map[string]any{"href": href}}}}
}

func (p spot) properties() string {
	switch {
	case p.level >= 0 && p.first:
		return fmt.Sprintf(`<w:numPr><w:ilvl w:val="%d"/><w:numId w:val="%d"/></w:numPr>`, p.level, p.num)
	case p.level >= 0:
		return fmt.Sprintf(`<w:ind w:left="%d"/>`, 720*(p.level+1))
	}
	return ""
}

func (w *docx) list(n Node, p spot) {
	inner := spot{level: min(p.level+1, 8), num: 1, style: "ListParagraph"}
	if n.Type == "orderedList" {
		start := 1
		if v, ok := n.Attrs["start"].(float64); ok {
			start = int(v)
		}
		// Word counts a list from 1 where nothing says otherwise; 0 here means bullets, so it is kept one higher
		w.nums = append(w.nums, start+1)
		inner.num = len(w.nums)
	}
	for _, item := range n.Content {
		inner.first = true
		w.blocks(item.Content, inner)
	}
}

func (w *docx) paragraph(style, properties string, nodes []Node) {
	w.body.WriteString(`<w:p><w:pPr>`)
	if style != "" {
		w.body.WriteString(`<w:pStyle w:val="` + style + `"/>`)
	}
	w.body.WriteString(properties + `</w:pPr>`)
	for _, n := range nodes {
		w.inline(n)
	}
	w.body.WriteString(`</w:p>`)
}

var runMarks = []struct{ mark, property string }{{"code", `<w:rStyle w:val="VerbatimChar"/>`}, {"link", `<w:rStyle w:val="Hyperlink"/>`}, {"bold", `<w:b/>`}, {"italic", `<w:i/>`}, {"strike", `<w:strike/>`}, {"underline", `<w:u w:val="single"/>`}}

func (w *docx) inline(n Node) {
	if n.Type == "hardBreak" {
		w.body.WriteString(`<w:r><w:br/></w:r>`)
		return
	}
	if n.Type != "text" {
		return
	}
	var properties strings.Builder
	href := ""
	for _, m := range runMarks {
		if i := slices.IndexFunc(n.Marks, func(x Mark) bool { return x.Type == m.mark }); i >= 0 {
			properties.WriteString(m.property)
			if m.mark == "link" {
				href, _ = n.Marks[i].Attrs["href"].(string)
			}
		}
	}
	if href != "" {
		w.body.WriteString(`<w:hyperlink r:id="` + w.link(href) + `" w:history="1">`)
	}
	w.run(n.Text, properties.String())
	if href != "" {
		w.body.WriteString(`</w:hyperlink>`)
	}
}

func (w *docx) run(text, properties string) {
	if properties != "" {
		properties = `<w:rPr>` + properties + `</w:rPr>`
	}
	w.body.WriteString(`<w:r>` + properties)
	for i, piece := range strings.Split(text, "\t") {
		if i > 0 {
			w.body.WriteString(`<w:tab/>`)
		}
		w.body.WriteString(`<w:t xml:space="preserve">` + esc(piece) + `</w:t>`)
	}
	w.body.WriteString(`</w:r>`)
}

func (w *docx) relationship(kind, target, mode string) string {
	w.count++
	id := fmt.Sprintf("rIdB%d", w.count)
	fmt.Fprintf(&w.rels, `<Relationship Id="%s" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s" Target="%s"%s/>`, id, kind, esc(target), mode)
	return id
}

func (w *docx) link(href string) string {
	if w.links[href] == "" {
		w.links[href] = w.relationship("hyperlink", href, ` TargetMode="External"`)
	}
	return w.links[href]
}

const (
	emu      = 9525      // per pixel at 96 dpi
	textWide = 5_731_510 // of a page of A4 with Word's own margins, in EMU
)

func (w *docx) figure(n Node) {
	asset, alt, caption := n.attr("asset"), n.attr("alt"), n.attr("caption")
	picture, ok := Picture{}, false
	if w.export.Picture != nil {
		picture, ok = w.export.Picture(asset)
	}
	if !ok || picture.Width < 1 || picture.Height < 1 {
		if alt != "" {
			w.paragraph("", "", []Node{{Type: "text", Text: "[" + alt + "]"}})
		}
	} else {
		if w.pictures[asset] == "" {
			name := fmt.Sprintf("media/image%d.%s", len(w.pictures)+1, picture.Format)
			f, err := w.zip.CreateHeader(&zip.FileHeader{Name: "word/" + name, Method: zip.Store})
			if err == nil {
				_, err = f.Write(picture.Data)
			}
			if err != nil {
				w.err = err
				return
			}
			w.pictures[asset] = w.relationship("image", name, "")
		}
		most := map[string]int{"small": textWide * 2 / 5, "full": textWide}[n.attr("width")]
		if most == 0 {
			most = textWide * 3 / 4
		}
		wide := picture.Width * emu
		if wide > most || n.attr("width") == "full" {
			wide = most
		}
		high := int(int64(wide) * int64(picture.Height) / int64(picture.Width))
		if high > textWide*3/2 { // a page
			high = textWide * 3 / 2
			wide = int(int64(high) * int64(picture.Width) / int64(picture.Height))
		}
		w.count++
		fmt.Fprintf(&w.body, docxPicture, max(wide, 1), max(high, 1), w.count, w.count, esc(alt), w.count, w.pictures[asset], max(wide, 1), max(high, 1))
	}
	if caption != "" {
		w.paragraph("Caption", "", []Node{{Type: "text", Text: caption}})
	}
}

func (w *docx) table(n Node) {
	columns := 1
	grid := make([]map[int]int, len(n.Content)) // cells that reach down from rows above: how wide, by column
	for i := range grid {
		grid[i] = map[int]int{}
	}
	var rows strings.Builder
	outer := w.body.String()
	for r, row := range n.Content {
		w.body.Reset()
		header, column := len(row.Content) > 0, 0
		covered := func() {
			for width := grid[r][column]; width > 0; width = grid[r][column] {
				fmt.Fprintf(&w.body, `<w:tc><w:tcPr><w:gridSpan w:val="%d"/><w:vMerge/></w:tcPr><w:p/></w:tc>`, width)
				column += width
			}
		}
		for _, c := range row.Content {
			covered()
			across, down := 1, 1
			if v, _ := c.Attrs["colspan"].(float64); v > 1 {
				across = int(v)
			}
			if v, _ := c.Attrs["rowspan"].(float64); v > 1 {
				down = int(v)
			}
			fmt.Fprintf(&w.body, `<w:tc><w:tcPr><w:gridSpan w:val="%d"/>`, across)
			if down > 1 {
				w.body.WriteString(`<w:vMerge w:val="restart"/>`)
				for below := r + 1; below < min(r+down, len(grid)); below++ {
					grid[below][column] = across
				}
			}
			w.body.WriteString(`</w:tcPr>`)
			header = header && c.Type == "tableHeader"
			w.blocks(c.Content, spot{level: -1, style: map[bool]string{true: "TableHeading"}[c.Type == "tableHeader"]})
			if last := len(c.Content) - 1; last < 0 || c.Content[last].Type == "table" || c.Content[last].Type == "figure" { // Word wants a paragraph at the end
				w.body.WriteString(`<w:p/>`)
			}
			w.body.WriteString(`</w:tc>`)
			column += across
		}
		covered()
		if column == 0 {
			w.body.WriteString(`<w:tc><w:p/></w:tc>`)
			column = 1
		}
		columns = max(columns, column)
		rows.WriteString(`<w:tr>`)
		if header {
			rows.WriteString(`<w:trPr><w:tblHeader/></w:trPr>`)
		}
		rows.WriteString(w.body.String() + `</w:tr>`)
	}
	w.body.Reset()
	w.body.WriteString(outer)
	w.body.WriteString(`<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="5000" w:type="pct"/></w:tblPr><w:tblGrid>`)
	w.body.WriteString(strings.Repeat(fmt.Sprintf(`<w:gridCol w:w="%d"/>`, 9026/columns), columns))
	w.body.WriteString(`</w:tblGrid>` + rows.String() + `</w:tbl>`)
}

// numbering gives a list of its own to every list that counts, so that each begins where it should.
func (w *docx) numbering() string {
	var b strings.Builder
	b.WriteString(xml.Header + `<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">`)
	for i, kind := range []string{"bullet", "decimal"} {
		fmt.Fprintf(&b, `<w:abstractNum w:abstractNumId="%d"><w:multiLevelType w:val="hybridMultilevel"/>`, i)
		for level := range 9 {
			text := "•"
			if kind == "decimal" {
				text = fmt.Sprintf("%%%d.", level+1)
			}
			fmt.Fprintf(&b, `<w:lvl w:ilvl="%d"><w:start w:val="1"/><w:numFmt w:val="%s"/><w:lvlText w:val="%s"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="%d" w:hanging="360"/></w:pPr></w:lvl>`,
				level, kind, text, 720*(level+1))
		}
		b.WriteString(`</w:abstractNum>`)
	}
	for i, start := range w.nums {
		if start == 0 {
			fmt.Fprintf(&b, `<w:num w:numId="%d"><w:abstractNumId w:val="0"/></w:num>`, i+1)
			continue
		}
		fmt.Fprintf(&b, `<w:num w:numId="%d"><w:abstractNumId w:val="1"/>`, i+1)
		for level := range 9 {
			fmt.Fprintf(&b, `<w:lvlOverride w:ilvl="%d"><w:startOverride w:val="%d"/></w:lvlOverride>`, level, start-1)
		}
		b.WriteString(`</w:num>`)
	}
	b.WriteString(`</w:numbering>`)
	return b.String()
}
