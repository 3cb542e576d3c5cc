package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// pageCase is a question made of a sentence that stands on one page of one file.
type pageCase struct {
	Query string
	Asset uuid.UUID
	Page  int
	Name  string
}

// How many pages are asked for, and of how many words of a sentence a question is made.
const (
	pagesAsked               = 50
	fewestWords, wordsOfPage = 6, 10
)

// pageCases chooses the same sentences every time: of a file and a page by lot, of which nothing else has those words.
// Captions have seconds instead of pages, and are left out.
func (s *server) pageCases(ctx context.Context) (cases []pageCase, err error) {
	db, err := s.database(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { _ = db.Close(ctx) }()
	type page struct {
		pageCase
		text string
	}
	rows, err := db.Query(ctx, `SELECT a.id, a.name, p.page, p.text FROM asset_pages p JOIN assets a ON a.id = p.asset_id
		WHERE a.name NOT LIKE '%.vtt' AND EXISTS (SELECT FROM asset_uses x WHERE x.asset_id = a.id AND x.object_type = 'resource') ORDER BY a.name, p.page`)
	if err != nil {
		return nil, err
	}
	pages, err := pgx.CollectRows(rows, func(r pgx.CollectableRow) (p page, err error) {
		return p, r.Scan(&p.Asset, &p.Name, &p.Page, &p.text)
	})
	if err != nil {
		return nil, err
	}
	byFile := map[string][]page{}
	on := map[string]int{} // how many pages have these words
	for _, p := range pages {
		byFile[p.Name] = append(byFile[p.Name], p)
		for q := range uniqueOf(sentences(p.text)) {
			on[q]++
		}
	}
	names := slices.SortedFunc(mapKeys(byFile), cmp.Compare[string])
	r := rand.New(rand.NewPCG(5, 6)) //nolint:gosec // the same questions every time
	chosen := map[string]bool{}
	for try := 0; len(names) > 0 && len(cases) < pagesAsked && try < 100*pagesAsked; try++ {
		of := byFile[names[r.IntN(len(names))]]
		p := of[r.IntN(len(of))]
		said := sentences(p.text)
		if len(said) == 0 {
			continue
		}
		if q := said[r.IntN(len(said))]; on[q] == 1 && !chosen[q] {
			chosen[q] = true
			p.Query = q
			cases = append(cases, p.pageCase)
		}
	}
	return cases, nil
}

func mapKeys[V any](m map[string]V) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

func uniqueOf(list []string) map[string]bool {
	set := map[string]bool{}
	for _, s := range list {
		set[s] = true
	}
	return set
}

// sentences gives the first words of each sentence of a text that is long enough to ask for. A line that goes on in small
// letters belongs to the one before it.
func sentences(text string) (all []string) {
	var lines []string
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		first, _ := utf8.DecodeRuneInString(line)
		if n := len(lines); n > 0 && unicode.IsLower(first) && lines[n-1] != "" && !strings.ContainsAny(lines[n-1][len(lines[n-1])-1:], ".!?:;") {
			lines[n-1] += " " + line
			continue
		}
		lines = append(lines, line)
	}
	for _, line := range lines {
		for _, s := range strings.FieldsFunc(line, func(r rune) bool { return strings.ContainsRune(".!?:;", r) }) {
			words := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
				return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' && r != '-' && r != '’'
			})
			letters := slices.DeleteFunc(slices.Clone(words), func(w string) bool {
				return utf8.RuneCountInString(w) < 3 || !strings.ContainsFunc(w, unicode.IsLetter)
			})
			if len(letters) >= fewestWords {
				all = append(all, strings.Join(words[:min(len(words), wordsOfPage)], " "))
			}
		}
	}
	return all
}

// askPages counts for how many of the questions the page is the first hit.
func askPages(ctx context.Context, client *http.Client, server string, cases []pageCase, misses bool, out io.Writer) (first int, err error) {
	for _, c := range cases {
		var a struct {
			Hits []struct {
				Title   string     `json:"title"`
				AssetID *uuid.UUID `json:"asset_id"`
				Page    int        `json:"page"`
			} `json:"hits"`
		}
		if err := get(ctx, client, server+"/api/v1/search?"+url.Values{"q": {c.Query}, "limit": {"5"}}.Encode(), &a); err != nil {
			return first, fmt.Errorf("%q: %w", c.Query, err)
		}
		if len(a.Hits) > 0 && a.Hits[0].AssetID != nil && *a.Hits[0].AssetID == c.Asset && a.Hits[0].Page == c.Page {
			first++
		} else if misses {
			at := "nothing"
			if len(a.Hits) > 0 {
				at = fmt.Sprintf("%s, page %d", a.Hits[0].Title, a.Hits[0].Page)
			}
			_, _ = fmt.Fprintf(out, "  missed page %d of %s by %q: %s\n", c.Page, c.Name, c.Query, at)
		}
	}
	_, err = fmt.Fprintf(out, "pages: %d of %d are the first hit for a sentence on them\n", first, len(cases))
	return first, err
}

// database connects to the database of the server.
func (s *server) database(ctx context.Context) (*pgx.Conn, error) {
	b, err := os.ReadFile(filepath.Join(s.data, "running.json"))
	if err != nil {
		return nil, err
	}
	var running struct {
		DatabaseURL string `json:"database_url"`
	}
	if err := json.Unmarshal(b, &running); err != nil {
		return nil, err
	}
	return pgx.Connect(ctx, running.DatabaseURL)
}
