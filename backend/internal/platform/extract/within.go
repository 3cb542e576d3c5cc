package extract

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"slices"
	"strings"
)

// What an Office file may carry that its pages do not show.
const (
	WithinComments     = "comments"
	WithinChanges      = "changes" // tracked, with what was deleted
	WithinHiddenText   = "hidden_text"
	WithinHiddenSheets = "hidden_sheets"
	WithinHiddenCells  = "hidden_cells" // rows and columns
	WithinEmbedded     = "embedded"     // files in it, such as the workbook behind a chart
	WithinStoredData   = "stored_data"  // of pivot tables and of other files
	WithinMacros       = "macros"
)

// mostWithin is how much unpacked XML is looked through: spreadsheets have much, and are not held in memory.
const mostWithin = 256 << 20

// IsOffice says whether a media type is of an Office file: those are not given to people outside before it is known what is
// in them.
func IsOffice(mediaType string) bool {
	for _, family := range []string{"application/vnd.openxmlformats-", "application/vnd.oasis.opendocument", "application/vnd.ms-", "application/x-ole-storage", "application/msword", "application/rtf", "text/rtf"} {
		if strings.HasPrefix(mediaType, family) {
			return true
		}
	}
	return false
}

// CanLookWithin says whether File can tell what is in Office files of a media type.
func CanLookWithin(mediaType string) bool {
	return strings.HasPrefix(mediaType, "application/vnd.openxmlformats") || strings.HasPrefix(mediaType, "application/vnd.oasis.opendocument")
}

// within looks for what the pages of an Office file do not show. nil when that cannot be told.
func within(mediaType string, files []*zip.File) []string {
	found, main := map[string]bool{}, false
	budget := int64(mostWithin)
	hidden, err := hiddenStyles(files, &budget)
	if err != nil {
		return nil
	}
	open := strings.HasPrefix(mediaType, "application/vnd.oasis")
	for _, f := range files {
		name := partName(f)
		for part, what := range map[string]string{"embeddings/": WithinEmbedded, "afchunk": WithinEmbedded, "vbaproject": WithinMacros, "activex/": WithinMacros, "xl/model/": WithinStoredData, "xl/revisions/": WithinChanges} {
			if strings.Contains(name, part) {
				found[what] = true
			}
		}
		if open {
			for start, what := range map[string]string{"object ": WithinEmbedded, "basic/": WithinMacros, "scripts/": WithinMacros, "versions/": WithinChanges} {
				if strings.HasPrefix(name, start) {
					found[what] = true
				}
			}
		}
		if !strings.HasSuffix(name, ".xml") || strings.HasPrefix(name, "customxml/") || strings.HasPrefix(name, "docprops/") {
			continue
		}
		err := readPart(f, &budget, func(r io.Reader) error {
			return walkParents(r, func(e xml.StartElement, parents []string) {
				if slices.Contains([]string{"document", "workbook", "presentation", "document-content"}, e.Name.Local) && len(parents) == 0 {
					main = true
				}
				if open {
					lookOpen(e, parents, hidden, found)
				} else {
					lookSheet(e, parents, found)
					_, _, what := wordRule(e, parents, hidden)
					if what != "" {
						found[what] = true
					}
				}
			})
		})
		if err != nil {
			return nil
		}
	}
	if !main {
		return nil
	}
	list := []string{}
	for what := range found {
		list = append(list, what)
	}
	slices.Sort(list)
	return list
}

// lookSheet finds what workbooks hide.
func lookSheet(e xml.StartElement, parents []string, found map[string]bool) {
	if e.Name.Space != "" && !strings.Contains(e.Name.Space, "spreadsheetml") && !strings.Contains(e.Name.Space, "microsoft.com/office/spreadsheet") {
		return
	}
	switch e.Name.Local {
	case "sheet":
		if state := attr(e, "state"); last(parents, 1) == "sheets" && state != "" && state != "visible" {
			found[WithinHiddenSheets] = true
		}
	case "row", "col":
		if hides(e) {
			found[WithinHiddenCells] = true
		}
	case "comment", "threadedComment":
		found[WithinComments] = true
	case "pivotCacheRecords", "sheetDataSet":
		found[WithinStoredData] = true
	}
}

// hides says whether a row or a column of a workbook is not to be seen.
func hides(e xml.StartElement) bool {
	return isOn(attr(e, "hidden")) || e.Name.Local == "row" && isZero(attr(e, "ht")) || e.Name.Local == "col" && isZero(attr(e, "width"))
}

func isOn(v string) bool { return v == "1" || v == "true" || v == "on" }

func isZero(v string) bool { return v != "" && strings.Trim(v, "0.") == "" }

// lookOpen finds what OpenDocument files hide.
func lookOpen(e xml.StartElement, parents []string, hidden, found map[string]bool) {
	if _, _, what := openRule(e, parents, hidden); what != "" {
		found[what] = true
	}
	switch e.Name.Local {
	case "table-properties":
		if attr(e, "display") == "false" {
			found[WithinHiddenSheets] = true
		}
	case "table-row", "table-column":
		if v := attr(e, "visibility"); v != "" && v != "visible" {
			found[WithinHiddenCells] = true
		}
	}
}

// hiddenStyles are the names of the styles by which words are hidden.
func hiddenStyles(files []*zip.File, budget *int64) (map[string]bool, error) {
	hidden, basedOn := map[string]bool{}, map[string]string{}
	for _, f := range files {
		if name := path.Base(partName(f)); !strings.HasPrefix(name, "styles") && name != "content.xml" || !strings.HasSuffix(name, ".xml") {
			continue
		}
		style := ""
		err := readPart(f, budget, func(r io.Reader) error {
			return walkParents(r, func(e xml.StartElement, parents []string) {
				switch e.Name.Local {
				case "style": // of both families: w:styleId, style:name
					if style = attr(e, "styleId"); style == "" {
						style = attr(e, "name")
					}
					if parent := attr(e, "parent-style-name"); parent != "" {
						basedOn[style] = parent
					}
				case "basedOn":
					basedOn[style] = attr(e, "val")
				case "vanish":
					if last(parents, 1) == "rPr" && last(parents, 2) == "style" && !isOff(attr(e, "val")) {
						hidden[style] = true
					}
				case "text-properties":
					if d := attr(e, "display"); last(parents, 1) == "style" && d != "" && d != "true" {
						hidden[style] = true
					}
				}
			})
		})
		if err != nil {
			return nil, err
		}
	}
	for style := range basedOn {
		for parent, n := basedOn[style], 0; parent != "" && n < 20; parent, n = basedOn[parent], n+1 {
			if hidden[parent] {
				hidden[style] = true
			}
		}
	}
	return hidden, nil
}

func isOff(v string) bool { return v == "0" || v == "false" || v == "off" }

// partName is the name of a part as Office programs compare it.
func partName(f *zip.File) string {
	return strings.ToLower(strings.TrimPrefix(path.Clean(strings.ReplaceAll(f.Name, `\`, "/")), "/"))
}

// attr is the value of an attribute, whatever its namespace.
func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// last is the nth of some names from the end; "" when there are not so many.
func last(names []string, n int) string {
	if len(names) < n {
		return ""
	}
	return names[len(names)-n]
}

// mostDeep is how deep elements lie in each other at most.
const mostDeep = 1000

var errTooDeep = errors.New("extract: elements lie too deep in each other")

func walkParents(r io.Reader, visit func(e xml.StartElement, parents []string)) error {
	d := xml.NewDecoder(r)
	var parents []string
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
			visit(t, parents)
			if parents = append(parents, t.Name.Local); len(parents) > mostDeep {
				return errTooDeep
			}
		case xml.EndElement:
			parents = parents[:len(parents)-1]
		}
	}
}

// shownText gives what is left of a part of a document without what is not to be seen.
func shownText(r io.Reader, open bool, hidden map[string]bool) (io.Reader, error) {
	part, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	rule := wordRule
	if open {
		rule = openRule
	}
	left, err := cut(part, func(e xml.StartElement, parents []string) (action, string) {
		do, parent, _ := rule(e, parents, hidden)
		return do, parent
	})
	return bytes.NewReader(left), err
}
