package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"byline/backend/internal/library"
	"byline/backend/internal/platform/corpustest"
)

// pagesEach is how many pages the file of a resource has.
const pagesEach = 3

// shelf is what the texts of resources are made of: real articles, split into sentences.
type shelf struct {
	made  string // where the texts are from
	texts []shelfText
}

type shelfText struct {
	title, lang string
	tags        []string
	sentences   []string
}

// newShelf reads the corpus, or makes words up where it is not at hand.
func newShelf() (*shelf, error) {
	s := &shelf{made: "texts of the corpus"}
	dir, ok := corpustest.Dir()
	if !ok {
		s.made = fmt.Sprintf("made-up words, as there is no corpus at %s (BYLINE_CORPUS)", dir)
		r := rand.New(rand.NewPCG(7, 8)) //nolint:gosec // the same words every time
		for range 2000 {
			t := shelfText{title: words(r, 6), lang: "en", tags: strings.Fields(words(r, 3))}
			for range 40 {
				t.sentences = append(t.sentences, words(r, 8+r.IntN(12))+".")
			}
			s.texts = append(s.texts, t)
		}
		return s, nil
	}
	f, err := os.Open(filepath.Join(dir, library.ArticleList))
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		var a struct {
			Title, Lang string
			Tags        []string
			Body        string `json:"body_markdown"`
		}
		if err := json.Unmarshal(lines.Bytes(), &a); err != nil {
			return nil, err
		}
		text, err := library.MarkdownText(a.Body)
		if err != nil {
			return nil, err
		}
		t := shelfText{title: a.Title, lang: a.Lang, tags: a.Tags[:min(len(a.Tags), 6)]}
		for _, line := range strings.Split(strings.ToValidUTF8(text, ""), "\n") {
			for sentence := range strings.SplitAfterSeq(line, ". ") {
				if sentence = strings.TrimSpace(sentence); len(sentence) > 20 && len(sentence) < 600 {
					t.sentences = append(t.sentences, sentence)
				}
			}
		}
		if len(t.sentences) >= 8 {
			s.texts = append(s.texts, t)
		}
	}
	return s, lines.Err()
}

// passage gives sentences that follow each other, of about some bytes.
func (t shelfText) passage(r *rand.Rand, bytes int) string {
	var b strings.Builder
	for i := r.IntN(len(t.sentences)); b.Len() < bytes; i++ {
		b.WriteString(t.sentences[i%len(t.sentences)])
		b.WriteByte(' ')
	}
	return b.String()
}

var (
	shelfPersonas   = []string{"buyer", "engineer", "executive", "operations", "security"}
	shelfStages     = []string{"awareness", "consideration", "decision", "onboarding", "renewal"}
	shelfIndustries = []string{"retail", "pharma", "public sector", "finance", "logistics", "software"}
	shelfProducts   = []string{"loggers", "dock gates", "passport", "relay"}
	shelfRegions    = []string{"europe", "americas", "asia", "nordics"}
)

// fill puts resources with the numbers from from on into the database, each with a file of some pages. Every number gives
// the same resource every time. It goes around the services: those rows came over years.
func (s *shelf) fill(ctx context.Context, conn *pgx.Conn, owner uuid.UUID, from, to int) error {
	const portion = 5000
	for ; from < to; from += portion {
		var resources, assets, uses, pages [][]any
		for i := from; i < min(to, from+portion); i++ {
			r := rand.New(rand.NewPCG(uint64(i), 9)) //nolint:gosec // the same rows every time
			t := s.texts[r.IntN(len(s.texts))]
			one := func(list []string) []string { return []string{list[r.IntN(len(list))]} }
			id, asset := numbered(i, 1), numbered(i, 2)
			title := t.title
			if about := strings.Fields(t.sentences[r.IntN(len(t.sentences))]); r.IntN(3) > 0 {
				title += ": " + strings.Join(about[:min(len(about), 3+r.IntN(4))], " ")
			}
			state, release, expiry := "live", any(nil), any(nil)
			switch r.IntN(50) { // what not everybody may see
			case 0:
				state = "archived"
			case 1:
				release = time.Now().Add(30 * 24 * time.Hour)
			case 2:
				expiry = time.Now().Add(-24 * time.Hour)
			}
			title = strings.ToValidUTF8(title[:min(len(title), 280)], "")
			resources = append(resources, []any{id, title, t.passage(r, 100), library.ContentTypes[r.IntN(len(library.ContentTypes))], t.lang, one(shelfPersonas), one(shelfStages),
				one(shelfIndustries), one(shelfProducts), one(shelfRegions), t.tags, t.passage(r, 300), owner, state, release, expiry, time.Date(2020+r.IntN(7), time.Month(1+r.IntN(12)), 1+r.IntN(28), 9, 0, 0, 0, time.UTC)})
			assets = append(assets, []any{asset, owner, fmt.Sprintf("deck-%d.pdf", i), fmt.Sprintf("bench/%d", i), int64(1000), "application/pdf", "ready", "pdf", pagesEach})
			uses = append(uses, []any{asset, "resource", id})
			for p := range pagesEach {
				pages = append(pages, []any{asset, p + 1, t.passage(r, 250+r.IntN(500))})
			}
		}
		for _, c := range []struct {
			table, columns string
			rows           [][]any
		}{
			{"resources", "id title summary content_type lang personas stages industries products regions tags body_text owner_id state release_at expires_at published_at", resources},
			{"assets", "id owner_id name storage_key size media_type state kind pages", assets},
			{"asset_uses", "asset_id object_type object_id", uses},
			{"asset_pages", "asset_id page text", pages},
		} {
			if _, err := conn.CopyFrom(ctx, pgx.Identifier{c.table}, strings.Fields(c.columns), pgx.CopyFromRows(c.rows)); err != nil {
				return fmt.Errorf("%s: %w", c.table, err)
			}
		}
	}
	_, err := conn.Exec(ctx, `VACUUM ANALYZE`)
	return err
}

// numbered is the id of a thing by its number.
func numbered(i, kind int) (id uuid.UUID) {
	id[0], id[6], id[8] = byte(kind), 0x70, 0x80
	for at := range 4 {
		id[15-at] = byte(i >> (8 * at))
	}
	return id
}

// asks are questions of people: words of titles, words of sentences on pages, and both while they are being typed.
func (s *shelf) asks(n int) (full, typed []string) {
	r := rand.New(rand.NewPCG(10, 11)) //nolint:gosec // the same questions every time
	for range n {
		t := s.texts[r.IntN(len(s.texts))]
		w, most := strings.Fields(t.title), 3
		if r.IntN(10) < 3 { // a question
			w, most = strings.Fields(t.sentences[r.IntN(len(t.sentences))]), 7
		}
		at := r.IntN(len(w))
		q := strings.Join(w[at:min(len(w), at+1+r.IntN(most))], " ")
		full = append(full, q)
		letters := []rune(q)
		typed = append(typed, string(letters[:min(len(letters), 2+r.IntN(max(1, len(letters)-1)))]))
	}
	return full, typed
}
