package main

import (
	"bufio"
	"context"
	"crypto/sha256"
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

// sizes are how much is loaded.
type sizes struct{ ideas, resources, users int }

// workspace is what was loaded, as far as requests need it.
type workspace struct {
	tokens []string // of sessions, one per user
	users  []uuid.UUID
	ideas  []uuid.UUID // that everybody sees and may vote for
	codes  []string    // of links
	links  []uuid.UUID
}

const sessionsLoaded, linksLoaded = 160, 200

var vocabulary = strings.Fields(`battery logger cold chain audit price renewal pharma lane return tender grocery sensor alarm gate dock passport relay
	customer buyer question objection proof study checklist guide template deck video quote deal region north south europe market launch release
	temperature humidity shock light report export import customs driver truck container pallet harvest berry vaccine sample lab quality manager
	finance security privacy contract service support training onboarding partner reseller channel campaign persona story number saving waste`)

func words(r *rand.Rand, n int) string {
	w := make([]string, n)
	for i := range w {
		w[i] = vocabulary[r.IntN(len(vocabulary))]
	}
	return strings.Join(w, " ")
}

// load fills an empty database the same way every time. It goes around the services, as the rows would come in over years.
func load(ctx context.Context, dsn string, n sizes) (*workspace, error) {
	conn, err := pgx.Connect(ctx, dsn)
	if err != nil {
		return nil, err
	}
	defer func() { _ = conn.Close(ctx) }()
	r := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // the same rows every time
	w := &workspace{}
	copyTo := func(table, columns string, rows [][]any) {
		if err == nil {
			_, err = conn.CopyFrom(ctx, pgx.Identifier{table}, strings.Fields(columns), pgx.CopyFromRows(rows))
		}
	}
	var teams, users, sessions [][]any
	for i := range 20 {
		teams = append(teams, []any{uuid.Must(uuid.NewV7()), fmt.Sprint("Team ", i)})
	}
	for i := range n.users {
		id, side := uuid.Must(uuid.NewV7()), "sales"
		if i%4 == 3 {
			side = "marketing"
		}
		w.users = append(w.users, id)
		users = append(users, []any{id, fmt.Sprintf("person%d@bench.example", i), fmt.Sprintf("Person %s %d", words(r, 1), i), side, i%50 == 0, i == 0, teams[i%20][0]})
		if i < sessionsLoaded {
			token := fmt.Sprintf("bench-session-%d", i)
			sum := sha256.Sum256([]byte(token))
			w.tokens = append(w.tokens, token)
			sessions = append(sessions, []any{uuid.Must(uuid.NewV7()), sum[:], id, time.Now().Add(24 * time.Hour)})
		}
	}
	copyTo("teams", "id name", teams)
	copyTo("users", "id email name side lead admin team_id", users)
	copyTo("sessions", "id token_hash user_id expires_at", sessions)
	w.addIdeas(n.ideas, r, teams, copyTo)
	var links [][]any
	for i := range linksLoaded {
		id, code := uuid.Must(uuid.NewV7()), fmt.Sprintf("bench%03d", i)
		w.codes, w.links = append(w.codes, code), append(w.links, id)
		links = append(links, []any{id, code, "https://www.example.com/resources/" + code, w.users[i%len(w.users)], "linkedin", true})
	}
	copyTo("links", "id code target owner_id placement active", links)
	if n.resources > 0 && err == nil {
		var rows [][]any
		if rows, err = resources(n.resources, r); err == nil {
			copyTo("resources", "id source_id title summary content_type lang tags body_markdown body_text", rows)
		}
	}
	if err != nil {
		return nil, err
	}
	_, err = conn.Exec(ctx, `VACUUM ANALYZE`)
	return w, err
}

func (w *workspace) addIdeas(n int, r *rand.Rand, teams [][]any, copyTo func(table, columns string, rows [][]any)) {
	states := []string{"new", "new", "new", "under_review", "planned", "in_progress", "published"}
	var ideas, votes, comments, evidence [][]any
	for range n {
		id, author := uuid.Must(uuid.NewV7()), r.IntN(len(w.users))
		visibility, state := "everyone", states[r.IntN(len(states))]
		switch k := r.IntN(100); {
		case k < 8:
			visibility = "team"
		case k < 10:
			visibility = "private"
		case state != "published": // whose voting is open
			w.ideas = append(w.ideas, id)
		}
		count := int(r.ExpFloat64() * 5)
		first := sessionsLoaded + r.IntN(len(w.users)-sessionsLoaded) // those with sessions vote while it is measured
		count = min(count, len(w.users)-first)
		for v := range count {
			votes = append(votes, []any{id, w.users[first+v]})
		}
		for range r.IntN(3) {
			comments = append(comments, []any{uuid.Must(uuid.NewV7()), "idea", id, w.users[r.IntN(len(w.users))], words(r, 12)})
		}
		if r.IntN(2) == 0 {
			evidence = append(evidence, []any{uuid.Must(uuid.NewV7()), id, "question", words(r, 15), w.users[r.IntN(len(w.users))]})
		}
		ideas = append(ideas, []any{id, "idea", words(r, 6), words(r, 40), strings.Fields(words(r, 2)), state, visibility,
			w.users[author], teams[author%20][0], count})
	}
	copyTo("ideas", "id kind title body tags state visibility author_id team_id votes", ideas)
	copyTo("idea_votes", "idea_id user_id", votes)
	copyTo("comments", "id object_type object_id author_id body", comments)
	copyTo("idea_evidence", "id idea_id kind text author_id", evidence)
}

// maxResourceText is how much text of a resource is kept, so that 10,000 of them index in reasonable time.
const maxResourceText = 3000

// resources gives rows of resources: texts of the corpus, several times, where it is at hand, and made-up ones otherwise.
func resources(n int, r *rand.Rand) ([][]any, error) {
	type text struct{ title, summary, body string }
	var texts []text
	if dir, ok := corpustest.Dir(); ok {
		f, err := os.Open(filepath.Join(dir, library.ArticleList))
		if err != nil {
			return nil, err
		}
		defer func() { _ = f.Close() }()
		lines := bufio.NewScanner(f)
		lines.Buffer(nil, 8<<20)
		for lines.Scan() {
			var a struct {
				Title, Summary string
				Body           string `json:"body_markdown"`
			}
			if err := json.Unmarshal(lines.Bytes(), &a); err != nil {
				return nil, err
			}
			if len(a.Body) > maxResourceText {
				a.Body = strings.ToValidUTF8(a.Body[:maxResourceText], "")
			}
			texts = append(texts, text{a.Title, a.Summary, a.Body})
		}
	} else {
		for range 2000 {
			texts = append(texts, text{words(r, 6), words(r, 20), words(r, 400)})
		}
	}
	rows := make([][]any, 0, n)
	plain := make(map[int]string, len(texts))
	for i := range n {
		k := i % len(texts)
		t := texts[k]
		if _, ok := plain[k]; !ok {
			p, err := library.MarkdownText(t.body)
			if err != nil {
				return nil, err
			}
			plain[k] = p
		}
		title := t.title
		if round := i / len(texts); round > 0 {
			title = fmt.Sprintf("%s, part %d", title, round+1)
		}
		rows = append(rows, []any{uuid.Must(uuid.NewV7()), fmt.Sprintf("bench-%d", i), title, t.summary, library.ContentTypes[i%len(library.ContentTypes)], "en",
			strings.Fields(words(r, 3)), t.body, plain[k]})
	}
	return rows, nil
}
