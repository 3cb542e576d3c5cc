package internal_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const module = "byline/backend/"

// mayImport is the DAG of the domains: a domain imports those that are named behind it, and platform. What goes against
// it is a job, or a function that cmd passes in.
var mayImport = map[string][]string{
	"activity":     {},
	"people":       {"activity"},
	"comments":     {"activity"},
	"links":        {"activity"},
	"coedit":       {"activity"},
	"ideas":        {"activity", "comments"},
	"library":      {"activity", "comments", "coedit"},
	"drafts":       {"activity", "comments", "coedit", "contenttypes", "ideas", "library"},
	"posts":        {"activity", "comments", "coedit", "links", "library"},
	"shares":       {"activity", "collections", "library", "links"},
	"calendar":     {"drafts"},
	"reviewlinks":  {"activity", "comments", "coedit", "drafts", "library"},
	"contenttypes": {"activity"},
	"views":        {"activity"},
	"collections":  {"activity", "library", "views"},
	"transfer":     {"activity", "collections", "contenttypes", "library", "coedit", "search", "taxonomy", "views"},
	"checks":       {"activity", "library"},
	"demand":       {"activity", "ideas", "library", "search", "views"},
	"bulkedit":     {"collections", "library"},
	"taxonomy":     {"activity", "collections", "library", "views"},
	// reached by jobs from activity, so that no domain calls them
	"notify": {"activity"},
	"search": {"activity"},
	// reads any table; from the others it has the types of people, classes and counts, and calls nothing
	"insights": {"activity", "links"},
}

// tools stand beside the layers: what fills a demo workspace, and what tests are made with.
var tools = []string{"seed", "domaintest", "livetest"}

// owner says whose a table is: nobody else writes it.
var owner = map[string]string{
	"teams": "people", "users": "people", "sessions": "people", "known_devices": "people", "sign_in_attempts": "people", "invitations": "people",
	"idempotency_keys": "httpapi",
	"activities":       "activity", "notifications": "notify", "comments": "comments", "comment_threads": "comments", "follows": "comments",
	"links": "links", "hits": "links", "hit_scores": "links",
	"ideas": "ideas", "idea_votes": "ideas", "idea_people": "ideas", "idea_evidence": "ideas",
	"assets": "library", "asset_pages": "library", "asset_uses": "library", "asset_pictures": "library", "asset_sheets": "library", "asset_cues": "library", "resources": "library", "resource_versions": "library", "favourites": "library", "resource_views": "library", "resource_notices": "library",
	"resource_feedback": "library", "resource_use": "library", "library_visits": "library",
	"collections": "collections", "collection_items": "collections",
	"bulk_edits": "bulkedit", "bulk_edit_items": "bulkedit",
	"check_findings": "checks", "check_links": "checks", "check_settings": "checks",
	"search_synonyms": "search",
	"taxonomy_values": "taxonomy", "taxonomy_changes": "taxonomy", "taxonomy_changed": "taxonomy", "taxonomy_required": "taxonomy",
	"transfers": "transfer", "transfer_rows": "transfer",
	"drafts": "drafts", "draft_ideas": "drafts", "draft_people": "drafts", "draft_versions": "drafts", "approvals": "drafts",
	"draft_milestones": "drafts", "draft_looks": "drafts", "approval_nudges": "drafts", "absences": "drafts", "draft_docs": "coedit",
	"draft_commits": "coedit", "draft_clients": "coedit", "draft_snapshots": "coedit", "draft_history": "coedit",
	"board_settings": "drafts", "draft_steps": "drafts", "draft_checklist": "drafts", "draft_evidence": "drafts", "content_types": "contenttypes", "views": "views", "view_places": "views", "calendar_feeds": "calendar",
	"review_links": "reviewlinks", "reviewers": "reviewlinks", "review_threads": "reviewlinks", "review_writes": "reviewlinks",
	"posts": "posts", "post_seals": "posts",
	"shares": "shares", "share_resources": "shares", "share_devices": "shares", "share_visits": "shares", "share_reads": "shares", "share_downloads": "shares", "share_attempts": "shares", "share_codes": "shares", "share_handovers": "shares", "share_handover_items": "shares",
	"search_documents": "search", "search_postings": "search", "search_terms": "search", "search_pending": "search", "search_nodes": "search", "search_words": "search", "search_frequencies": "search",
	"demand_settings": "demand", "demand_keys": "demand", "demand_cards": "demand", "demand_searches": "demand", "demand_told": "demand", "demand_marks": "demand", "demand_view_told": "demand", "demand_answers": "demand", "notices_withdrawn": "notify", "view_tells": "views",
	"river_job": "platform/jobs",
}

// source is one Go file of the program, without tests.
type source struct {
	path    string // from backend
	layer   string // "cmd/…", "httpapi", a domain, "platform/…", or a tool
	file    *ast.File
	imports []string
}

func sources(t *testing.T) []source {
	t.Helper()
	var all []source
	for _, root := range []string{"../internal", "../cmd", "../db"} {
		require.NoError(t, filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ParseComments)
			if err != nil {
				return err
			}
			s := source{path: strings.TrimPrefix(filepath.ToSlash(path), "../"), file: f}
			s.layer = layer(strings.TrimPrefix(filepath.ToSlash(filepath.Dir(s.path)), "internal/"))
			for _, i := range f.Imports {
				name, err := strconv.Unquote(i.Path.Value)
				require.NoError(t, err)
				s.imports = append(s.imports, name)
			}
			all = append(all, s)
			return nil
		}))
	}
	require.Greater(t, len(all), 80)
	return all
}

// layer cuts a package's path to what the rules speak of: sub-packages belong to their parent.
func layer(dir string) string {
	parts := strings.Split(dir, "/")
	if len(parts) > 1 && (parts[0] == "platform" || parts[0] == "cmd") {
		return parts[0] + "/" + parts[1]
	}
	return parts[0]
}

func isTest(layer string) bool {
	return layer == "domaintest" || layer == "platform/dbtest" || layer == "platform/mailtest" || layer == "platform/corpustest"
}

func TestImportsGoOneWay(t *testing.T) {
	for _, s := range sources(t) {
		for _, name := range s.imports {
			if !strings.HasPrefix(name, module) {
				continue
			}
			to := layer(strings.TrimPrefix(strings.TrimPrefix(name, module), "internal/"))
			_, domain := mayImport[to]
			switch {
			case to == s.layer, strings.HasPrefix(s.layer, "cmd/"), slices.Contains(tools, s.layer):
				continue
			case isTest(to):
				t.Errorf("%s imports %s, which is for tests", s.path, to)
			case strings.HasPrefix(to, "platform/"):
				continue
			case strings.HasPrefix(s.layer, "platform/"):
				if to != "db" || s.layer != "platform/dbtest" { // the migrations, for the template of tests
					t.Errorf("%s: no product word below platform, but it imports %s", s.path, to)
				}
			case s.layer == "httpapi" && domain:
				continue
			case domain && slices.Contains(mayImport[s.layer], to):
				continue
			default:
				t.Errorf("%s: %s must not import %s", s.path, s.layer, to)
			}
		}
	}
}

func TestEveryDomainHasItsPlace(t *testing.T) {
	for _, s := range sources(t) {
		_, domain := mayImport[s.layer]
		if !domain && s.layer != "httpapi" && s.layer != "db" && !strings.Contains(s.layer, "/") && !slices.Contains(tools, s.layer) {
			t.Errorf("%s is neither a domain of the DAG in arch_test.go nor a tool", s.layer)
		}
	}
	var visit func(domain string, path []string)
	visit = func(domain string, path []string) {
		require.NotContains(t, path, domain, "the DAG has a circle")
		for _, next := range mayImport[domain] {
			visit(next, append(path, domain))
		}
	}
	for domain := range mayImport {
		visit(domain, nil)
	}
}

func TestLibrariesStayWhereTheyBelong(t *testing.T) {
	for _, s := range sources(t) {
		base := filepath.Base(s.path)
		for _, name := range s.imports {
			switch {
			case strings.HasPrefix(name, "gorm.io/") && s.layer != "platform/db" && !strings.HasPrefix(base, "store"),
				(strings.Contains(name, "labstack/echo") || strings.Contains(name, "danielgtaylor/huma")) && s.layer != "httpapi" && !strings.HasPrefix(s.layer, "cmd/"),
				strings.Contains(name, "aws-sdk-go") && s.layer != "platform/blob" && s.layer != "platform/embedded",
				strings.Contains(name, "rclone/gofakes3") && s.layer != "platform/embedded",
				strings.Contains(name, "riverqueue/river") && s.layer != "platform/jobs" && s.layer != "platform/db",
				strings.Contains(name, "meilisearch-go") && s.layer != "platform/meili" && s.layer != "search" && !strings.HasPrefix(s.layer, "cmd/bench"):
				t.Errorf("%s must not import %s", s.path, name)
			}
		}
	}
}

func TestOnlyConfigReadsTheEnvironment(t *testing.T) {
	for _, s := range sources(t) {
		// main hands the environment to config; the other programs of cmd are tools of developers
		if s.layer == "platform/config" || isTest(s.layer) || strings.HasPrefix(s.layer, "cmd/") && (s.layer != "cmd/byline" || s.path == "cmd/byline/main.go") {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			if sel, ok := n.(*ast.SelectorExpr); ok {
				if x, ok := sel.X.(*ast.Ident); ok && x.Name == "os" && slices.Contains([]string{"Getenv", "LookupEnv", "Environ"}, sel.Sel.Name) {
					t.Errorf("%s reads the environment; settings are fields of config.Config", s.path)
				}
			}
			return true
		})
	}
}

func TestEveryPackageSaysWhatItIsFor(t *testing.T) {
	doc := map[string]bool{}
	for _, s := range sources(t) {
		dir := filepath.Dir(s.path)
		doc[dir] = doc[dir] || (s.file.Doc != nil && len(s.file.Doc.Text()) > 30)
	}
	for dir, ok := range doc {
		if !ok {
			t.Errorf("%s has no package comment", dir)
		}
	}
}

// writes finds the table that a statement writes. FOR UPDATE and DO UPDATE SET write none of their own.
var writes = regexp.MustCompile(`(?i)(?:(FOR|DO)\s+)?\b(?:INSERT\s+INTO|DELETE\s+FROM|TRUNCATE|UPDATE)\s+(?:ONLY\s+)?([a-z_]+)\b`)

// row is a line of the table of domains in docs/architecture.md: the domain, what it owns, what it may use.
var row = regexp.MustCompile(`(?m)^\| (\w+) \| [^|]+ \|([^|]*)\|$`)

func TestTheTableOfDomainsSaysWhatIsChecked(t *testing.T) {
	text, err := os.ReadFile("../../docs/architecture.md")
	require.NoError(t, err)
	_, after, ok := strings.Cut(string(text), "| domain | owns | may use |")
	require.True(t, ok)
	table, _, _ := strings.Cut(after, "\n\n")
	said := map[string][]string{}
	for _, m := range row.FindAllStringSubmatch(table, -1) {
		uses := strings.FieldsFunc(m[2], func(r rune) bool { return r == ',' || r == ' ' })
		said[m[1]] = append([]string{}, uses...)
	}
	require.Equal(t, mayImport, said)
}

var created = regexp.MustCompile(`(?i)CREATE\s+(?:UNLOGGED\s+)?TABLE\s+(?:IF NOT EXISTS\s+)?([a-z_]+)`)

func TestATableIsWrittenByItsOwnerOnly(t *testing.T) {
	files, err := filepath.Glob("../db/migrations/*.sql")
	require.NoError(t, err)
	tables := map[string]bool{}
	for _, name := range files {
		text, err := os.ReadFile(name)
		require.NoError(t, err)
		for _, m := range created.FindAllStringSubmatch(string(text), -1) {
			tables[m[1]] = true
			if owner[m[1]] == "" {
				t.Errorf("%s: whose is the table %s? Say so in arch_test.go", filepath.Base(name), m[1])
			}
		}
	}
	require.Greater(t, len(tables), 20)
	found := 0
	for _, s := range sources(t) {
		if slices.Contains(tools, s.layer) || isTest(s.layer) || strings.HasPrefix(s.layer, "cmd/bench") {
			continue // they set the clock back and fill whole tables
		}
		check := func(table string) {
			if table = strings.ToLower(table); owner[table] == "" {
				return
			}
			if found++; owner[table] != s.layer {
				t.Errorf("%s writes %s, which belongs to %s", s.path, table, owner[table])
			}
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			switch x := n.(type) {
			case *ast.BasicLit:
				if x.Kind == token.STRING {
					for _, m := range writes.FindAllStringSubmatch(x.Value, -1) {
						if m[1] == "" {
							check(m[2])
						}
					}
				}
			case *ast.CompositeLit: // pgx.Identifier{"table"} of a CopyFrom
				if sel, ok := x.Type.(*ast.SelectorExpr); ok && sel.Sel.Name == "Identifier" && len(x.Elts) > 0 {
					if lit, ok := x.Elts[0].(*ast.BasicLit); ok {
						check(strings.Trim(lit.Value, `"`))
					}
				}
			}
			return true
		})
	}
	require.Greater(t, found, 60)
}
