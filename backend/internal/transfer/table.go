package transfer

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"
)

var tableHead = []string{"id", "source_id", "title", "summary", "type", "state", "lang", "owner", "personas", "stages", "industries", "products", "regions", "tags", "authors", "shareable", "version", "files", "folder"}

func tableRow(dir string, r exportedResource) []string {
	list := func(values []string) string { return strings.Join(values, " | ") }
	names := make([]string, len(r.Files))
	for i, f := range r.Files {
		names[i] = f.Name
	}
	t := r.Taxonomy
	return safeCells([]string{r.ID.String(), r.SourceID, r.Title, r.Summary, r.ContentType, r.State, r.Lang, r.Owner, list(t.Personas), list(t.Stages), list(t.Industries), list(t.Products),
		list(t.Regions), list(t.Tags), list(r.Authors), strconv.FormatBool(r.Shareable), strconv.Itoa(r.Version), list(names), dir})
}

// safeCells keeps spreadsheets from taking texts of strangers for formulas: OWASP's rule, an apostrophe before what could
// begin one, also behind spaces.
func safeCells(cells []string) []string {
	out := make([]string, len(cells))
	for i, c := range cells {
		if t := strings.TrimLeft(c, " \u00a0\ufeff"); t != "" && strings.ContainsRune("=+-@\t\r\n＝＋－＠", []rune(t)[0]) {
			c = "'" + c
		}
		out[i] = c
	}
	return out
}

var reportHead = []string{"list", "row", "result", "reason", "explanation", "source_id", "title", "resource_id"}

// WriteReport writes rows as a list for spreadsheets; next gives one after the other until ok is false.
func WriteReport(w io.Writer, next func() (r Row, ok bool, err error)) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	c := csv.NewWriter(w)
	_ = c.Write(reportHead)
	for {
		r, ok, err := next()
		if err != nil {
			return err
		}
		if !ok {
			c.Flush()
			return c.Error()
		}
		if err := c.Write(safeCells([]string{r.List, strconv.Itoa(r.Line), string(r.Result), r.Reason, r.Explanation, r.SourceID, r.Title, r.ResourceID})); err != nil {
			return err
		}
	}
}
