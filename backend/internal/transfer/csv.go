package transfer

import (
	"bufio"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"byline/backend/internal/library"
)

// columns are the names that a list may have above its columns, and the fields that they fill.
var columns = map[string]string{"id": "id", "source_id": "id", "title": "title", "name": "title", "file": "file", "filename": "file", "file_name": "file", "path": "file", "summary": "summary", "description": "summary",
	"type": "type", "kind": "type", "content_type": "type", "tags": "tags", "authors": "authors", "author": "authors", "lang": "lang", "language": "lang", "published_at": "published_at", "date": "published_at",
	"personas": "personas", "persona": "personas", "stages": "stages", "stage": "stages", "industries": "industries", "industry": "industries", "products": "products", "product": "products", "regions": "regions", "region": "regions",
	"licence": "licence", "license": "licence", "text": "body_markdown", "markdown": "body_markdown", "body_markdown": "body_markdown", "sha256": "sha256", "source_repo": "source_repo", "source_path": "source_path"}

var listColumns = []string{"tags", "authors", "personas", "stages", "industries", "products", "regions"}

// table finds the one list of a pack; the empty string when there is none.
func (j *job) table() (string, error) {
	var found []string
	for name := range j.names {
		if !strings.Contains(name, "/") && strings.EqualFold(path.Ext(name), ".csv") {
			found = append(found, name)
		}
	}
	slices.Sort(found)
	for _, name := range []string{"resources.csv", "files.csv", "list.csv"} {
		if slices.Contains(found, name) {
			return name, nil
		}
	}
	if len(found) > 1 {
		return "", NotAPack{"several_lists", "There are several lists (" + strings.Join(found[:2], ", ") + " …). Name the one that is meant resources.csv."}
	}
	return strings.Join(found, ""), nil
}

// csv reads a list as spreadsheets write it: with commas, semicolons or tabs.
func (j *job) csv(ctx context.Context, name string, take func(Row, library.Imported, library.FileOfLine, error) error) error {
	f, err := j.pack.Open(ctx, name)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	if j.names[name] > maxTable {
		return NotAPack{"too_long", fmt.Sprintf("%s has more than %d MiB. Split it.", name, maxTable>>20)}
	}
	b := bufio.NewReaderSize(f, 1<<16)
	start, _ := b.Peek(4)
	switch {
	case len(start) >= 2 && (start[0] == 0xff && start[1] == 0xfe || start[0] == 0xfe && start[1] == 0xff):
		return NotAPack{"not_utf8", name + " is UTF-16. Save it as “CSV UTF-8”."}
	case len(start) >= 3 && string(start[:3]) == "\ufeff":
		_, _ = b.Discard(3)
	}
	head, _ := b.Peek(1 << 16)
	line, _, _ := strings.Cut(string(head), "\n")
	r := csv.NewReader(b)
	r.Comma, r.FieldsPerRecord, r.ReuseRecord = comma(line), -1, true
	if strings.HasPrefix(strings.ToLower(line), "sep=") { // what some spreadsheets write first
		r.Comma = rune((strings.TrimSpace(line) + ";")[4])
		_, _ = r.Read()
	}
	first, err := r.Read()
	if err != nil {
		return NotAPack{"csv", name + ", row 1: " + csvProblem(err)}
	}
	fields, err := header(first)
	if err != nil {
		return err
	}
	width := len(fields)
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		at, _ := r.FieldPos(0)
		var wrong *csv.ParseError
		switch {
		case errors.As(err, &wrong):
			if err := j.refuse(ctx, Row{List: name, Line: wrong.StartLine}, library.Refuse("csv", "%s", csvProblem(err))); err != nil {
				return err
			}
			continue
		case err != nil:
			return j.refuse(ctx, Row{List: name, Line: max(at, 1)}, library.Refuse("unreadable", "%s cannot be read from here on: %s", name, err.Error()))
		}
		row := Row{List: name, Line: at}
		if strings.TrimSpace(strings.Join(cells, "")) == "" {
			continue
		}
		if len(cells) != width {
			if err := j.refuse(ctx, row, library.Refuse("columns", "This row has %d cells, the first row names %d columns. A comma or quote may be missing or too many.", len(cells), width)); err != nil {
				return err
			}
			continue
		}
		in, file, err := described(fields, cells, r.Comma)
		if err := take(row, in, file, err); err != nil {
			return err
		}
	}
}

func csvProblem(err error) string {
	switch {
	case errors.Is(err, csv.ErrQuote), errors.Is(err, csv.ErrBareQuote):
		return "A quote is not where one may be. A cell with quotes in it is put into quotes, and each quote in it is written twice."
	case errors.Is(err, io.EOF):
		return "It is empty."
	}
	return err.Error()
}

// maxTable is how long a list of rows may be: one whose quote is never closed is read to its end.
const maxTable = 64 << 20

// comma tells what stands between the cells of a list by its first row.
func comma(line string) rune {
	best, most := ',', 0
	for _, c := range []rune{',', ';', '\t'} {
		if n := strings.Count(line, string(c)); n > most {
			best, most = c, n
		}
	}
	return best
}

// header reads the first row.
func header(cells []string) ([]string, error) {
	fields := make([]string, len(cells))
	seen := map[string]bool{}
	for i, c := range cells {
		name := strings.ReplaceAll(strings.ToLower(strings.TrimSpace(c)), " ", "_")
		field := columns[name]
		if field != "" && seen[field] {
			return nil, NotAPack{"columns", fmt.Sprintf("Row 1: two columns mean the same (%s).", field)}
		}
		seen[field] = true
		fields[i] = field
	}
	if !seen["title"] && !seen["file"] {
		return nil, NotAPack{"columns", "Row 1 must name the columns, and at least one of title and file. It has: " + printable(strings.Join(cells, ", ")) + "."}
	}
	return fields, nil
}

// described makes an item of a row.
func described(fields, cells []string, comma rune) (library.Imported, library.FileOfLine, error) {
	v := map[string]any{}
	for i, field := range fields {
		cell := strings.TrimSpace(cells[i])
		if !utf8.ValidString(cell) {
			return library.Imported{}, library.FileOfLine{}, library.Refuse("not_utf8", "This row is not UTF-8. Save the list as “CSV UTF-8”.")
		}
		if strings.HasPrefix(cell, "'") && len(cell) > 1 && strings.ContainsRune("=+-@", rune(cell[1])) { // as our own lists are written
			cell = cell[1:]
		}
		switch {
		case field == "" || cell == "":
		case slices.Contains(listColumns, field):
			v[field] = listOf(cell, comma)
		case field == "published_at":
			day, err := time.Parse(time.DateOnly, cell)
			if err != nil {
				day, err = time.Parse(time.RFC3339, cell)
			}
			if err != nil {
				return library.Imported{Title: cellOf(fields, cells, "title")}, library.FileOfLine{}, library.Refuse("date", "The date %s is not written as 2026-11-30.", printable(cell))
			}
			v[field] = day
		default:
			v[field] = cell
		}
	}
	if v["file"] == nil {
		if v["id"] == nil && v["title"] != nil {
			v["id"] = "title:" + cut(strings.ToLower(fmt.Sprint(v["title"])), 180)
		}
		if v["type"] == nil {
			v["type"] = "document"
		}
		line, err := json.Marshal(v)
		if err != nil {
			return library.Imported{}, library.FileOfLine{}, err
		}
		in, err := library.ParseArticle(line)
		return in, library.FileOfLine{}, err
	}
	v["kind"], v["description"] = v["type"], v["summary"]
	if v["kind"] == nil {
		v["kind"] = typesOfEndings[strings.ToLower(path.Ext(fmt.Sprint(v["file"])))]
	}
	line, err := json.Marshal(v)
	if err != nil {
		return library.Imported{}, library.FileOfLine{}, err
	}
	return library.ParseFile(line)
}

func cellOf(fields, cells []string, field string) string {
	if i := slices.Index(fields, field); i >= 0 {
		return strings.TrimSpace(cells[i])
	}
	return ""
}

func cut(s string, most int) string {
	for len(s) > most {
		_, n := utf8.DecodeLastRuneInString(s)
		s = s[:len(s)-n]
	}
	return s
}

// listOf splits a cell with several values: by bars, else by semicolons, else by commas.
func listOf(cell string, comma rune) []string {
	for _, sep := range []string{"|", ";", ","} {
		if strings.Contains(cell, sep) && (sep != string(comma) || sep != "|") {
			parts := strings.Split(cell, sep)
			out := []string{}
			for _, p := range parts {
				if p = strings.TrimSpace(p); p != "" {
					out = append(out, p)
				}
			}
			return out
		}
	}
	return []string{cell}
}
