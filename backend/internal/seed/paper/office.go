package paper

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"strings"
)

const (
	xmlHead  = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	relTypes = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	relBegin = xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`
	relEnd   = `</Relationships>`
)

func escape(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a Builder takes everything
	return b.String()
}

func relationship(id int, kind, target string) string {
	return fmt.Sprintf(`<Relationship Id="rId%d" Type="%s/%s" Target="%s"/>`, id, relTypes, kind, target)
}

type entry struct{ name, body string }

// pack writes the parts in order: readers look at the first ones to tell the format.
func pack(parts []entry) ([]byte, error) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, p := range parts {
		w, err := z.Create(p.name)
		if err != nil {
			return nil, err
		}
		if _, err := w.Write([]byte(p.body)); err != nil {
			return nil, err
		}
	}
	err := z.Close()
	return b.Bytes(), err
}

// DOCX writes a one-pager for word processors.
func (c Piece) DOCX() ([]byte, error) {
	var body strings.Builder
	para := func(size int, bold bool, colour, before, text string) {
		weight := ""
		if bold {
			weight = "<w:b/>"
		}
		fmt.Fprintf(&body, `<w:p><w:pPr><w:spacing w:before="%s" w:after="120"/></w:pPr><w:r><w:rPr><w:rFonts w:ascii="Calibri" w:hAnsi="Calibri"/>%s<w:color w:val="%s"/><w:sz w:val="%d"/></w:rPr><w:t xml:space="preserve">%s</w:t></w:r></w:p>`,
			before, weight, colour, size*2, escape(text))
	}
	para(10, true, "0D6B75", "0", c.Company)
	para(24, true, "1F2433", "0", c.Title)
	para(13, false, "6B7387", "0", c.Subtitle)
	for _, s := range c.Sections {
		para(16, true, "0D6B75", "240", s.Title)
		for _, b := range s.Blocks {
			text := b.Text
			if b.Kind == "item" {
				text = "•  " + text
			}
			para(11, b.Kind == "heading", "1F2433", "0", text)
		}
	}
	return pack([]entry{
		{"[Content_Types].xml", xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`},
		{"word/document.xml", xmlHead + `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>` + body.String() +
			`<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="708" w:footer="708" w:gutter="0"/></w:sectPr></w:body></w:document>`},
		{"_rels/.rels", relBegin + relationship(1, "officeDocument", "word/document.xml") + relEnd},
	})
}

const (
	slideSpace = `xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"`
	emptyTree  = `<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>`
)

// textBox is one shape of a slide; places are in EMU, 12,700 a point.
func textBox(id, x, y, w, h int, paragraphs string) string {
	return fmt.Sprintf(`<p:sp><p:nvSpPr><p:cNvPr id="%d" name="Text %d"/><p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm><a:off x="%d" y="%d"/><a:ext cx="%d" cy="%d"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr><p:txBody><a:bodyPr wrap="square"><a:normAutofit/></a:bodyPr><a:lstStyle/>%s</p:txBody></p:sp>`,
		id, id, x, y, w, h, paragraphs)
}

func slideText(size int, bold bool, colour, text string) string {
	weight := ""
	if bold {
		weight = ` b="1"`
	}
	return fmt.Sprintf(`<a:p><a:pPr><a:spcAft><a:spcPts val="600"/></a:spcAft></a:pPr><a:r><a:rPr lang="en-GB" sz="%d"%s><a:solidFill><a:srgbClr val="%s"/></a:solidFill></a:rPr><a:t>%s</a:t></a:r></a:p>`,
		size*100, weight, colour, escape(text))
}

func slide(shapes string) string {
	return xmlHead + `<p:sld ` + slideSpace + `><p:cSld><p:spTree>` + emptyTree + shapes + `</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sld>`
}

// PPTX writes a title slide and one slide per section.
func (c Piece) PPTX() ([]byte, error) {
	slides := []string{slide(textBox(2, 838200, 1600200, 10515600, 1800000, slideText(16, true, "0D6B75", c.Company)+slideText(40, true, "1F2433", c.Title)) +
		textBox(3, 838200, 3700000, 10515600, 1400000, slideText(20, false, "6B7387", c.Subtitle)))}
	for _, s := range c.Sections {
		var body strings.Builder
		for _, b := range s.Blocks {
			text := b.Text
			if b.Kind == "item" {
				text = "•  " + text
			}
			body.WriteString(slideText(18, b.Kind == "heading", "1F2433", text))
		}
		slides = append(slides, slide(textBox(2, 838200, 457200, 10515600, 900000, slideText(30, true, "0D6B75", s.Title))+
			textBox(3, 838200, 1500000, 10515600, 4700000, body.String())))
	}
	var types, ids, rels strings.Builder
	parts := make([]entry, 0, 2*len(slides))
	for i, s := range slides {
		n := i + 1
		fmt.Fprintf(&types, `<Override PartName="/ppt/slides/slide%d.xml" ContentType="application/vnd.openxmlformats-officedocument.presentationml.slide+xml"/>`, n)
		fmt.Fprintf(&ids, `<p:sldId id="%d" r:id="rId%d"/>`, 255+n, n+1)
		rels.WriteString(relationship(n+1, "slide", fmt.Sprintf("slides/slide%d.xml", n)))
		parts = append(parts, entry{fmt.Sprintf("ppt/slides/slide%d.xml", n), s},
			entry{fmt.Sprintf("ppt/slides/_rels/slide%d.xml.rels", n), relBegin + relationship(1, "slideLayout", "../slideLayouts/slideLayout1.xml") + relEnd})
	}
	const kind = `ContentType="application/vnd.openxmlformats-officedocument.presentationml.`
	head := []entry{
		{"[Content_Types].xml", xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/ppt/presentation.xml" ` + kind + `presentation.main+xml"/><Override PartName="/ppt/slideMasters/slideMaster1.xml" ` + kind + `slideMaster+xml"/><Override PartName="/ppt/slideLayouts/slideLayout1.xml" ` + kind + `slideLayout+xml"/><Override PartName="/ppt/theme/theme1.xml" ContentType="application/vnd.openxmlformats-officedocument.theme+xml"/>` + types.String() + `</Types>`},
		{"ppt/presentation.xml", xmlHead + `<p:presentation ` + slideSpace + `><p:sldMasterIdLst><p:sldMasterId id="2147483648" r:id="rId1"/></p:sldMasterIdLst><p:sldIdLst>` + ids.String() + `</p:sldIdLst><p:sldSz cx="12192000" cy="6858000"/><p:notesSz cx="6858000" cy="9144000"/></p:presentation>`},
		{"_rels/.rels", relBegin + relationship(1, "officeDocument", "ppt/presentation.xml") + relEnd},
		{"ppt/_rels/presentation.xml.rels", relBegin + relationship(1, "slideMaster", "slideMasters/slideMaster1.xml") + rels.String() + relEnd},
		{"ppt/slideMasters/slideMaster1.xml", xmlHead + `<p:sldMaster ` + slideSpace + `><p:cSld><p:bg><p:bgRef idx="1001"><a:schemeClr val="bg1"/></p:bgRef></p:bg><p:spTree>` + emptyTree + `</p:spTree></p:cSld><p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2" accent3="accent3" accent4="accent4" accent5="accent5" accent6="accent6" hlink="hlink" folHlink="folHlink"/><p:sldLayoutIdLst><p:sldLayoutId id="2147483649" r:id="rId1"/></p:sldLayoutIdLst></p:sldMaster>`},
		{"ppt/slideMasters/_rels/slideMaster1.xml.rels", relBegin + relationship(1, "slideLayout", "../slideLayouts/slideLayout1.xml") + relationship(2, "theme", "../theme/theme1.xml") + relEnd},
		{"ppt/slideLayouts/slideLayout1.xml", xmlHead + `<p:sldLayout ` + slideSpace + ` type="blank"><p:cSld name="Blank"><p:spTree>` + emptyTree + `</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>`},
		{"ppt/slideLayouts/_rels/slideLayout1.xml.rels", relBegin + relationship(1, "slideMaster", "../slideMasters/slideMaster1.xml") + relEnd},
		{"ppt/theme/theme1.xml", xmlHead + theme()},
	}
	return pack(append(head, parts...))
}

// theme is the least that presentation programs accept.
func theme() string {
	var colours strings.Builder
	for _, c := range [][2]string{{"dk1", "1F2433"}, {"lt1", "FFFFFF"}, {"dk2", "0D6B75"}, {"lt2", "EEF3F4"}, {"accent1", "0D6B75"}, {"accent2", "E07A3F"}, {"accent3", "5B8DB8"},
		{"accent4", "B5536B"}, {"accent5", "7A9E4B"}, {"accent6", "6B7387"}, {"hlink", "0D6B75"}, {"folHlink", "6B7387"}} {
		fmt.Fprintf(&colours, `<a:%s><a:srgbClr val="%s"/></a:%s>`, c[0], c[1], c[0])
	}
	fill := strings.Repeat(`<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>`, 3)
	line := strings.Repeat(`<a:ln><a:solidFill><a:schemeClr val="phClr"/></a:solidFill></a:ln>`, 3)
	effect := strings.Repeat(`<a:effectStyle><a:effectLst/></a:effectStyle>`, 3)
	const font = `<a:latin typeface="Calibri"/><a:ea typeface=""/><a:cs typeface=""/>`
	return `<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="Demo"><a:themeElements><a:clrScheme name="Demo">` + colours.String() + `</a:clrScheme><a:fontScheme name="Demo"><a:majorFont>` + font +
		`</a:majorFont><a:minorFont>` + font + `</a:minorFont></a:fontScheme><a:fmtScheme name="Demo"><a:fillStyleLst>` + fill + `</a:fillStyleLst><a:lnStyleLst>` + line + `</a:lnStyleLst><a:effectStyleLst>` + effect +
		`</a:effectStyleLst><a:bgFillStyleLst>` + fill + `</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>`
}
