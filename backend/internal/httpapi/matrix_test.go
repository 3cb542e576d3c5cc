package httpapi_test

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"byline/backend/internal/comments"
	"byline/backend/internal/drafts"
	"byline/backend/internal/httpapi"
	"byline/backend/internal/ideas"
	"byline/backend/internal/library"
	"byline/backend/internal/people"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/posts"
)

// operation is one of the API, from its own description.
type operation struct {
	ID, Method, Path string
	Responses        map[string]any
	Parameters       []parameter
	Body             *jsonSchema
}

type parameter struct {
	Name, In string
	Required bool
	Schema   jsonSchema
}

// jsonSchema is as much of a schema as the tests look at.
type jsonSchema struct {
	Ref        string                `json:"$ref"`
	Type       any                   `json:"type"`
	Format     string                `json:"format"`
	Enum       []any                 `json:"enum"`
	MaxLength  *int                  `json:"maxLength"`
	MinLength  *int                  `json:"minLength"`
	MaxItems   *int                  `json:"maxItems"`
	Minimum    *float64              `json:"minimum"`
	Maximum    *float64              `json:"maximum"`
	Pattern    string                `json:"pattern"`
	Required   []string              `json:"required"`
	Properties map[string]jsonSchema `json:"properties"`
	Items      *jsonSchema           `json:"items"`
}

// describe reads the API's description.
func describe(t *testing.T) (operations map[string]operation, schemas map[string]jsonSchema) {
	t.Helper()
	raw, err := httpapi.New(httpapi.Config{}, httpapi.Services{}).OpenAPI()
	require.NoError(t, err)
	var doc struct {
		Paths map[string]map[string]struct {
			OperationID string
			Responses   map[string]any
			Parameters  []parameter
			RequestBody *struct {
				Content map[string]struct{ Schema jsonSchema }
			}
		}
		Components struct{ Schemas map[string]jsonSchema }
	}
	require.NoError(t, json.Unmarshal(raw, &doc))
	operations = map[string]operation{}
	for path, methods := range doc.Paths {
		for method, o := range methods {
			op := operation{ID: o.OperationID, Method: strings.ToUpper(method), Path: path, Responses: o.Responses, Parameters: o.Parameters}
			if o.RequestBody != nil {
				s := o.RequestBody.Content["application/json"].Schema
				op.Body = &s
			}
			operations[op.ID] = op
		}
	}
	return operations, doc.Components.Schemas
}

// company is the server with one person of every role. The rep owns what the rows are about, where they say nothing
// else; the author writes drafts and posts and is none of the columns.
type company struct {
	*api
	rep, other, lead, marketer, marketingLead, admin, author *client
}

func newCompany(t *testing.T) *company {
	t.Helper()
	w := &company{api: newAPI(t)}
	north, south := w.team("North"), w.team("South")
	w.rep = w.person(people.User{Name: "Rita", Side: auth.Sales, TeamID: north})
	w.other = w.person(people.User{Name: "Otto", Side: auth.Sales, TeamID: south})
	w.lead = w.person(people.User{Name: "Lena", Side: auth.Sales, Lead: true, TeamID: north})
	w.marketer, w.marketingLead, w.author = w.api.marketer("Mara"), w.api.marketingLead("Mel"), w.api.marketer("Wim")
	w.admin = w.person(people.User{Name: "Ada", Side: auth.Sales, Admin: true})
	return w
}

func (a *api) team(name string) uuid.NullUUID {
	team := people.Team{Name: name}
	require.NoError(a.t, a.People.CreateTeam(a.t.Context(), &team))
	return uuid.NullUUID{UUID: team.ID, Valid: true}
}

// columns are the people of a row, in its order; the first is nobody.
func (w *company) columns() []*client {
	return []*client{w.anonymous(), w.rep, w.other, w.lead, w.marketer, w.marketingLead, w.admin}
}

var columnNames = []string{"anonymous", "rep", "other rep", "sales lead", "marketer", "marketing lead", "admin"}

// as gives a context in which somebody is signed in, for setting things up.
func (c *client) as() context.Context {
	return auth.With(c.api.t.Context(), auth.User{ID: c.ID, Name: c.Name, Email: c.Email, Side: c.Side, Lead: c.Lead, Admin: c.Admin, TeamID: c.TeamID})
}

func (w *company) exec(sql string, args ...any) {
	w.t.Helper()
	_, err := w.DB.Pool().Exec(w.t.Context(), sql, args...)
	require.NoError(w.t, err)
}

func (a *api) count(sql string, args ...any) (n int) {
	a.t.Helper()
	require.NoError(a.t, a.DB.Pool().QueryRow(a.t.Context(), sql, args...).Scan(&n))
	return n
}

func must[T any](w *company) func(T, error) T {
	return func(v T, err error) T {
		w.t.Helper()
		require.NoError(w.t, err)
		return v
	}
}

func (w *company) idea(v ideas.Visibility) ideas.Idea {
	return must[ideas.Idea](w)(w.Ideas.Create(w.rep.as(), ideas.Input{Title: "Battery life of loggers", Visibility: v}))
}

func (w *company) evidence(i ideas.Idea) ideas.Evidence {
	return must[ideas.Evidence](w)(w.Ideas.AddEvidence(w.rep.as(), ideas.Evidence{IdeaID: i.ID, Kind: "quote", Text: "How long?"}))
}

// draft is by the author, with the rep as a contributor.
func (w *company) draft(confidential bool, change ...func(*drafts.Input)) drafts.Draft {
	in := drafts.Input{Title: "Cold chain", ContentType: "blog_post", Confidential: confidential, Contributors: []uuid.UUID{w.rep.ID}}
	for _, c := range change {
		c(&in)
	}
	d := must[drafts.Draft](w)(w.Drafts.Create(w.author.as(), in))
	must[int64](w)(w.Drafts.SaveDocument(w.author.as(), d.ID, 1, paragraph("Cold chains break.")))
	return must[drafts.Draft](w)(w.Drafts.Move(w.author.as(), d.ID, "start"))
}

func (w *company) submitted(confidential bool) (drafts.Draft, drafts.Version) {
	d := must[drafts.Draft](w)(w.Drafts.Submit(w.author.as(), w.draft(confidential).ID))
	return d, must[[]drafts.Version](w)(w.Drafts.Versions(w.author.as(), d.ID))[0]
}

func paragraph(text string) json.RawMessage {
	b, _ := json.Marshal(text)
	return json.RawMessage(`{"type":"doc","content":[{"type":"paragraph","content":[{"type":"text","text":` + string(b) + `}]}]}`)
}

// post is by the author for the rep.
func (w *company) post(state posts.State) posts.Post {
	p := must[posts.Post](w)(w.Posts.Create(w.author.as(), posts.Input{OwnerID: w.rep.ID, Network: "linkedin", Text: "Pumps fail.", LinkTarget: "https://example.com/pumps"}))
	if state == posts.Writing {
		return p
	}
	p = must[posts.Post](w)(w.Posts.Offer(w.author.as(), p.ID))
	if state == posts.Offered {
		return p
	}
	return must[posts.Post](w)(w.Posts.Seal(w.rep.as(), p.ID, p.Hash))
}

func (w *company) resource(archived bool) library.Resource {
	id, _, err := w.Library.Import(w.author.as(), library.Imported{SourceID: db.NewID().String(), Title: "Pump guide", ContentType: "guide", Lang: "en"})
	require.NoError(w.t, err)
	if archived {
		must[library.Resource](w)(w.Library.Archive(w.author.as(), id, true))
	}
	return must[library.Resource](w)(w.Library.Resource(w.author.as(), id))
}

// file is a checked picture of somebody.
func (w *company) file(owner *client) uuid.UUID {
	id := db.NewID()
	w.exec(`INSERT INTO assets (id, owner_id, name, storage_key, size, state, kind, media_type, sha256, preview_key) VALUES ($1, $2, 'plan.png', $3, 1, 'ready', 'image', 'image/png', sha256($4), $3)`,
		id, owner.ID, "assets/"+id.String(), id[:])
	return id
}

func (w *company) attach(asset uuid.UUID, objectType string, id uuid.UUID) uuid.UUID {
	w.exec(`INSERT INTO asset_uses (asset_id, object_type, object_id) VALUES ($1, $2, $3)`, asset, objectType, id)
	return asset
}

func (w *company) comment(by *client, objectType string, id uuid.UUID) comments.Comment {
	return must[comments.Comment](w)(w.Comments.Add(by.as(), comments.Object{Type: objectType, ID: id}, "The CFO asked for this.", nil))
}

// request is what a row sends.
type request struct {
	path  map[string]any // parameters of the path
	query string
	rev   int64
	body  any
}

// row is the expected status of one operation on one kind of thing, for everybody.
type row struct {
	op, on string
	want   string // statuses of columnNames
	fresh  bool   // sends it as somebody new of the same role: it ends sessions
	make   func(w *company, c *client) request
}

func fill(path string, params map[string]any) string {
	for name, v := range params {
		path = strings.ReplaceAll(path, "{"+name+"}", fmt.Sprint(v))
	}
	return path
}

func (o operation) send(c *client, r request) *answer {
	path := fill(o.Path, r.path)
	if r.query != "" {
		path += "?" + r.query
	}
	return c.write(o.Method, path, r.rev, r.body)
}

func TestWhoMayDoWhat(t *testing.T) {
	t.Parallel()
	operations, _ := describe(t)
	w := newCompany(t)
	columns := w.columns()
	covered := map[string]bool{}
	for _, r := range rows {
		covered[r.op] = true
		o, ok := operations[r.op]
		if !assertTrue(t, ok, "a row is about %s, which does not exist", r.op) {
			continue
		}
		want := strings.Fields(r.want)
		require.Len(t, want, len(columns), "%s on %s", r.op, r.on)
		for i, c := range columns {
			if i == 0 {
				c = w.anonymous() // a row may have signed it in
			} else if r.fresh {
				u := c.User
				u.ID = uuid.Nil
				c = w.person(u)
			}
			got := o.send(c, r.make(w, c))
			status := fmt.Sprint(got.Status)
			assertTrue(t, want[i] == status, "%s on %s by %s: want %s, got %s: %.300s", r.op, r.on, columnNames[i], want[i], status, got.Body)
			assertTrue(t, o.Responses[status] != nil, "%s answers %s, which its description does not name", r.op, status)
			if got.Status >= 400 {
				got.problem()
			}
		}
	}
	for _, id := range slices.Sorted(maps.Keys(operations)) {
		assertTrue(t, covered[id], "%s has no row in matrix_rows_test.go: say who may do it", id)
	}
}

func assertTrue(t *testing.T, ok bool, format string, args ...any) bool {
	t.Helper()
	if !ok {
		t.Errorf(format, args...)
	}
	return ok
}
