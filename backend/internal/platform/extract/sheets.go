package extract

import (
	"bufio"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"os"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// The most that is kept of a spreadsheet, to be shown.
const (
	MaxSheets  = 12
	MaxRows    = 200
	maxColumns = 40
	maxCell    = 300 // characters
)

// Sheet is the beginning of one sheet of a spreadsheet.
type Sheet struct {
	Name string     `json:"name"`
	Rows [][]string `json:"rows"`
	More bool       `json:"more"` // there are more rows or columns than these
}

// Sheets reads the first rows of a spreadsheet: XLSX, or CSV where isText says so.
func (e Extractor) Sheets(ctx context.Context, path string, isText bool) (sheets []Sheet, reason string, err error) {
	kind := "xlsx"
	if isText {
		kind = "csv"
	}
	end, err := e.own(ctx, "--sheets", path, kind)
	if err != nil {
		return nil, "", err
	}
	if reason = end.failure(); reason == "" && json.Unmarshal(end.out.Bytes(), &sheets) != nil {
		reason = "unreadable"
	}
	return sheets, reason, nil
}

// readSheets is the child's part.
func readSheets(path, kind string) ([]Sheet, error) {
	if kind == "csv" {
		return readCSV(path)
	}
	f, err := excelize.OpenFile(path, excelize.Options{UnzipSizeLimit: 256 << 20, UnzipXMLSizeLimit: 4 << 20})
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	hidden, err := hiddenIn(path)
	if err != nil {
		return nil, err
	}
	var sheets []Sheet
	for _, name := range f.GetSheetList() {
		if len(sheets) == MaxSheets {
			break
		}
		if visible, err := f.GetSheetVisible(name); err == nil && !visible {
			continue
		}
		s, err := readSheet(f, name, hidden[name])
		if err != nil { // a chart, or a broken sheet: the others can be shown
			continue
		}
		sheets = append(sheets, s)
	}
	if len(sheets) == 0 {
		return nil, errors.New("extract: no sheet")
	}
	return sheets, nil
}

// readSheet leaves out rows and columns that are hidden.
func readSheet(f *excelize.File, name string, hidden hiddenCells) (Sheet, error) {
	s := Sheet{Name: name, Rows: [][]string{}}
	rows, err := f.Rows(name)
	if err != nil {
		return s, err
	}
	defer func() { _ = rows.Close() }()
	for row := 1; rows.Next(); row++ {
		cells, err := rows.Columns()
		if err != nil {
			return s, err
		}
		if hidden.rows[row] {
			continue
		}
		if s.add(hidden.of(cells)) {
			break
		}
	}
	s.trim()
	return s, rows.Error()
}

// readCSV takes the separator that the first lines have most of.
func readCSV(path string) ([]Sheet, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	b := bufio.NewReaderSize(f, 64<<10)
	head, _ := b.Peek(64 << 10)
	if strings.HasPrefix(string(head), "\uFEFF") {
		_, _ = b.Discard(3)
	}
	r := csv.NewReader(io.LimitReader(b, 16<<20))
	r.FieldsPerRecord, r.LazyQuotes = -1, true
	for _, c := range []rune{';', '\t'} {
		if strings.Count(string(head), string(c)) > strings.Count(string(head), string(r.Comma)) {
			r.Comma = c
		}
	}
	s := Sheet{Rows: [][]string{}}
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		if s.add(cells) {
			break
		}
	}
	s.trim()
	return []Sheet{s}, nil
}

// add keeps a row, unless there are enough: then it says so.
func (s *Sheet) add(cells []string) (full bool) {
	if len(s.Rows) == MaxRows {
		s.More = true
		return true
	}
	if len(cells) > maxColumns {
		s.More = true
		cells = cells[:maxColumns]
	}
	row := make([]string, len(cells))
	for i, c := range cells {
		c = clean(c)
		if utf8.RuneCountInString(c) > maxCell {
			c = string([]rune(c)[:maxCell]) + "…"
		}
		row[i] = c
	}
	s.Rows = append(s.Rows, row)
	return false
}

// trim takes empty rows off the end, and empty cells off all rows.
func (s *Sheet) trim() {
	for i, row := range s.Rows {
		for len(row) > 0 && row[len(row)-1] == "" {
			row = row[:len(row)-1]
		}
		s.Rows[i] = row
	}
	for len(s.Rows) > 0 && len(s.Rows[len(s.Rows)-1]) == 0 {
		s.Rows = s.Rows[:len(s.Rows)-1]
	}
}
