package extract

import (
	"archive/zip"
	"encoding/xml"
	"io"
	"path"
	"strconv"
	"strings"
)

// hiddenCells are what a sheet does not show: columns, from and to counted from 1, and numbers of rows.
type hiddenCells struct {
	columns [][2]int
	rows    map[int]bool
}

// hiddenIn gives the hidden columns and rows of the sheets of an XLSX file by the names of the sheets.
func hiddenIn(file string) (map[string]hiddenCells, error) {
	archive, err := zip.OpenReader(file)
	if err != nil {
		return nil, err
	}
	defer func() { _ = archive.Close() }()
	parts := map[string]*zip.File{}
	for _, f := range archive.File {
		parts[strings.TrimPrefix(path.Clean(f.Name), "/")] = f
	}
	targets := relations(parts["xl/_rels/workbook.xml.rels"], "xl")
	hidden := map[string]hiddenCells{}
	walkXML(parts["xl/workbook.xml"], func(e xml.StartElement) {
		if e.Name.Local != "sheet" {
			return
		}
		for _, a := range e.Attr {
			if a.Name.Local == "id" && a.Name.Space != "" { // r:id
				hidden[attr(e, "name")] = hiddenOf(parts[targets[a.Value]])
			}
		}
	})
	return hidden, nil
}

// hiddenOf reads as far as rows are shown.
func hiddenOf(f *zip.File) hiddenCells {
	hidden := hiddenCells{rows: map[int]bool{}}
	if f == nil {
		return hidden
	}
	r, err := f.Open()
	if err != nil {
		return hidden
	}
	defer func() { _ = r.Close() }()
	d := xml.NewDecoder(io.LimitReader(r, mostWithin))
	row := 0
	for row-len(hidden.rows) <= MaxRows+1 {
		token, err := d.Token()
		if err != nil {
			break
		}
		e, ok := token.(xml.StartElement)
		switch {
		case !ok:
		case e.Name.Local == "row":
			row++
			if n, err := strconv.Atoi(attr(e, "r")); err == nil && n > 0 {
				row = n
			}
			if hides(e) {
				hidden.rows[row] = true
			}
		case e.Name.Local == "col" && hides(e):
			from, err1 := strconv.Atoi(attr(e, "min"))
			to, err2 := strconv.Atoi(attr(e, "max"))
			if err1 == nil && err2 == nil {
				hidden.columns = append(hidden.columns, [2]int{from, to})
			}
		}
	}
	return hidden
}

// of gives those cells of a row that are shown.
func (h hiddenCells) of(cells []string) []string {
	if len(h.columns) == 0 {
		return cells
	}
	var left []string
	for i, c := range cells {
		shown := true
		for _, r := range h.columns {
			shown = shown && (i+1 < r[0] || i+1 > r[1])
		}
		if shown {
			left = append(left, c)
		}
	}
	return left
}
