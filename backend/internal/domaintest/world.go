// Package domaintest sets up the domains as the server does, on a fresh database, with a small company of people. Tests
// of the rules use it; nothing else does.
package domaintest

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"byline/backend/internal/activity"
	"byline/backend/internal/coedit"
	"byline/backend/internal/collections"
	"byline/backend/internal/comments"
	"byline/backend/internal/contenttypes"
	"byline/backend/internal/demand"
	"byline/backend/internal/drafts"
	"byline/backend/internal/ideas"
	"byline/backend/internal/insights"
	"byline/backend/internal/library"
	"byline/backend/internal/links"
	"byline/backend/internal/notify"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/blob"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/dbtest"
	"byline/backend/internal/platform/embedded"
	"byline/backend/internal/platform/errs"
	"byline/backend/internal/platform/extract"
	"byline/backend/internal/platform/meili"
	"byline/backend/internal/posts"
	"byline/backend/internal/search"
	"byline/backend/internal/shares"
	"byline/backend/internal/taxonomy"
	"byline/backend/internal/transfer"
	"byline/backend/internal/views"
)

// World is the domains on one fresh database, and the people in it.
type World struct {
	DB           *db.DB
	Log          *activity.Log
	Comments     *comments.Service
	Ideas        *ideas.Service
	Documents    *coedit.Service
	Library      *library.Service
	Drafts       *drafts.Service
	ContentTypes *contenttypes.Service
	Links        *links.Service
	Posts        *posts.Service
	Shares       *shares.Service
	Insights     *insights.Service
	Notify       *notify.Service
	Search       *search.Service
	Collections  *collections.Service
	Taxonomy     *taxonomy.Service
	Transfer     *transfer.Service
	Demand       *demand.Service
	Views        *views.Service
	Blobs        *blob.Store

	// Rep, Colleague and SalesLead are one team of sales; Stranger is a rep of another. Marketer and MarketingLead are the
	// team of marketing. Admin is on the side of sales, and no lead.
	Rep, Colleague, Stranger, SalesLead, Marketer, MarketingLead, Admin auth.User

	t testing.TB
}

// New makes a world without a file storage.
func New(t testing.TB) *World {
	t.Helper()
	return build(t, blob.New(blob.Config{Endpoint: "http://127.0.0.1:1", AccessKey: "byline", SecretKey: "secret", Bucket: "byline"}))
}

// NewWithStorage makes a world with an S3 server of its own. The test program must be its own file reader: see RunChild.
func NewWithStorage(t testing.TB) *World {
	t.Helper()
	s3, err := embedded.StartS3(t.Context(), embedded.S3Options{DataDir: t.TempDir(), AccessKey: "byline", SecretKey: "secret", Unsafe: true})
	require.NoError(t, err)
	t.Cleanup(func() { _ = s3.Stop(context.Background()) })
	store := blob.New(blob.Config{Endpoint: s3.URL(), AccessKey: "byline", SecretKey: "secret", Bucket: "byline"})
	require.NoError(t, store.EnsureBucket(t.Context()))
	return build(t, store)
}

// RunChild makes a test program the reader of files that it starts as its own child process. Call it first in TestMain.
func RunChild() {
	if os.Getenv("BYLINE_EXTRACT") != "1" {
		return
	}
	if err := extract.Main(os.Args[1:], os.Stdout); err != nil {
		os.Exit(1)
	}
	os.Exit(0)
}

func build(t testing.TB, blobs *blob.Store) *World {
	t.Helper()
	d := dbtest.Open(t, db.Options{MaxConns: 24, Tracer: tracer{}})
	self, err := os.Executable()
	require.NoError(t, err)
	log := activity.New(d, notify.Consume, search.Consume)
	w := &World{DB: d, Log: log, Blobs: blobs, t: t}
	w.Comments = comments.New(d, log)
	w.Ideas = ideas.New(d, log, w.Comments)
	w.Documents = coedit.New(d)
	w.Library = library.New(d, log, w.Comments, blobs, extract.Extractor{Command: []string{self}, CacheDir: filepath.Join(os.TempDir(), "byline-pdf-cache")})
	w.ContentTypes = contenttypes.New(d, log)
	w.Drafts = drafts.New(d, log, w.Comments, w.Documents, w.Ideas, w.Library, w.ContentTypes)
	w.Documents.OnAssets(w.Drafts.ShowAssets)
	w.Documents.OnText(w.Drafts.MoveThreads)
	w.Comments.SetTexts(w.Drafts.Texts())
	w.Links = links.New(d, links.Config{Secret: []byte("secret")})
	w.Posts = posts.New(d, log, w.Comments, w.Library, w.Links)
	w.Collections = collections.New(d, log, w.Library)
	w.Shares = shares.New(d, log, w.Library, shares.Config{Secret: []byte("secret"), Collections: w.Collections})
	w.Insights = insights.New(d)
	w.Notify = notify.New(d, w.Sees)
	w.Search = search.New(d, meili.New(meili.Config{}))
	w.Views = views.New(d)
	w.Taxonomy = taxonomy.New(d, log, w.Library, w.Collections, w.Views)
	w.Transfer = transfer.New(d, log, w.Library, w.Collections, w.ContentTypes, w.Taxonomy, w.Search, blobs)
	w.Demand = demand.New(d, log, w.Ideas, w.Library, w.Search, w.Views, []byte("secret"))
	w.Demand.SetSets(w.Collections.Sets)
	w.Demand.SetWithdraw(w.Notify.Withdraw)
	w.Library.SetSees(w.Sees)
	w.Library.OnRecall(w.Shares.Recalled)
	w.Library.OnNewContent(w.Shares.HeldBy)
	w.people()
	return w
}

// Sees says whether the user in ctx may see a thing with its text and files; a title alone is not enough.
func (w *World) Sees(ctx context.Context, objectType string, id uuid.UUID) (ok bool, err error) {
	switch objectType {
	case "idea":
		_, err = w.Ideas.Get(ctx, id)
	case "draft", "draft_text":
		var d drafts.Draft
		d, err = w.Drafts.Get(ctx, id)
		if err == nil && !d.Full {
			return false, nil
		}
	case "post":
		_, err = w.Posts.Get(ctx, id)
	case "resource", "resource_text":
		_, err = w.Library.Resource(ctx, id)
	case "transfer":
		_, err = w.Transfer.Get(ctx, id)
	case "share":
		_, err = w.Shares.Get(ctx, id)
	case "user":
		return true, nil
	default:
		return false, nil
	}
	if errs.CodeOf(err) == errs.NotFound {
		return false, nil
	}
	return err == nil, err
}

func (w *World) people() {
	sales, other, marketing := db.NewID(), db.NewID(), db.NewID()
	for name, id := range map[string]uuid.UUID{"Freight": sales, "Retail": other, "Content": marketing} {
		w.Exec(`INSERT INTO teams (id, name) VALUES ($1, $2)`, id, name)
	}
	w.Rep = w.Person("Rita Rep", auth.Sales, sales)
	w.Colleague = w.Person("Cole Colleague", auth.Sales, sales)
	w.SalesLead = w.Lead("Sally Saleslead", auth.Sales, sales)
	w.Stranger = w.Person("Stan Stranger", auth.Sales, other)
	w.Marketer = w.Person("Mara Marketer", auth.Marketing, marketing)
	w.MarketingLead = w.Lead("Mel Marketinglead", auth.Marketing, marketing)
	w.Admin = w.add(auth.User{Name: "Ada Admin", Side: auth.Sales, Admin: true})
}

// Person adds somebody; uuid.Nil is no team.
func (w *World) Person(name string, side auth.Side, team uuid.UUID) auth.User {
	return w.add(auth.User{Name: name, Side: side, TeamID: uuid.NullUUID{UUID: team, Valid: team != uuid.Nil}})
}

// Lead adds a lead.
func (w *World) Lead(name string, side auth.Side, team uuid.UUID) auth.User {
	return w.add(auth.User{Name: name, Side: side, Lead: true, TeamID: uuid.NullUUID{UUID: team, Valid: team != uuid.Nil}})
}

// People adds n reps without a team.
func (w *World) People(n int) []auth.User {
	people := make([]auth.User, n)
	for i := range people {
		people[i] = w.Person("Rep of many", auth.Sales, uuid.Nil)
	}
	return people
}

func (w *World) add(u auth.User) auth.User {
	u.ID = db.NewID()
	u.Email = u.ID.String() + "@example.com"
	w.Exec(`INSERT INTO users (id, email, name, side, lead, admin, team_id) VALUES ($1, $2, $3, $4, $5, $6, $7)`, u.ID, u.Email, u.Name, u.Side, u.Lead, u.Admin, u.TeamID)
	return u
}

// As gives a context in which u is signed in.
func (w *World) As(u auth.User) context.Context { return auth.With(w.t.Context(), u) }

// Try runs raw SQL, as an attacker with the database's password would.
func (w *World) Try(sql string, args ...any) error {
	_, err := w.DB.Pool().Exec(w.t.Context(), sql, args...)
	return err
}

// Exec is Try that must work.
func (w *World) Exec(sql string, args ...any) {
	w.t.Helper()
	require.NoError(w.t, w.Try(sql, args...))
}

// Int gives the number that a query finds.
func (w *World) Int(sql string, args ...any) (n int) {
	w.t.Helper()
	require.NoError(w.t, w.DB.Pool().QueryRow(w.t.Context(), sql, args...).Scan(&n))
	return n
}

// Code asserts the code of an error; "" is success.
func (w *World) Code(want errs.Code, err error, what ...any) {
	w.t.Helper()
	if want == "" {
		require.NoError(w.t, err, what...)
		return
	}
	require.Error(w.t, err, what...)
	require.Equal(w.t, want, errs.CodeOf(err), append([]any{err.Error()}, what...)...)
}

// File gives a checked picture of somebody, without its bytes.
func (w *World) File(owner auth.User) uuid.UUID {
	w.t.Helper()
	id := db.NewID()
	w.Exec(`INSERT INTO assets (id, owner_id, name, storage_key, size, state, kind, media_type, sha256) VALUES ($1, $2, 'plan.png', $3, 1, 'ready', 'image', 'image/png', sha256($4))`,
		id, owner.ID, "assets/"+id.String(), id[:])
	return id
}

// Resource gives a live resource.
func (w *World) Resource(title string) uuid.UUID {
	w.t.Helper()
	id, _, err := w.Library.Import(w.As(w.Marketer), library.Imported{SourceID: db.NewID().String(), Title: title, ContentType: "guide", Lang: "en"})
	require.NoError(w.t, err)
	return id
}

// Text is a document of one paragraph.
func Text(s string) json.RawMessage {
	text, err := json.Marshal(s)
	if err != nil {
		panic(err)
	}
	return json.RawMessage(`{"type":"doc","content":[{"type":"paragraph","content":[{"type":"text","text":` + string(text) + `}]}]}`)
}

// Deliver runs the notification jobs that wait in the database, each the given number of times, as a queue that runs
// them at least once may.
func (w *World) Deliver(times int) {
	w.t.Helper()
	rows, err := w.DB.Pool().Query(w.t.Context(), `SELECT (args->>'activity_id')::uuid FROM river_job WHERE kind = 'notify' ORDER BY id`)
	require.NoError(w.t, err)
	ids, err := pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
	require.NoError(w.t, err)
	for _, id := range ids {
		for range times {
			require.NoError(w.t, w.Notify.Work(w.t.Context(), notify.Args{ActivityID: id}))
		}
	}
}

// Index runs the search jobs that wait in the database, each the given number of times.
func (w *World) Index(times int) {
	w.t.Helper()
	rows, err := w.DB.Pool().Query(w.t.Context(), `SELECT args FROM river_job WHERE kind = 'search_index' ORDER BY id`)
	require.NoError(w.t, err)
	todo, err := pgx.CollectRows(rows, pgx.RowTo[search.Index])
	require.NoError(w.t, err)
	for _, job := range todo {
		for range times {
			require.NoError(w.t, w.Search.Work(w.t.Context(), []search.Index{job}))
		}
	}
}

// Inbox gives the inbox of somebody, newest first.
func (w *World) Inbox(u auth.User) []notify.Notification {
	w.t.Helper()
	inbox, err := w.Notify.List(w.As(u), false, uuid.Nil, 100)
	require.NoError(w.t, err)
	return inbox
}

// Race runs f n times at once and gives the errors in no order.
func Race(n int, f func(i int) error) []error {
	results := make([]error, n)
	start := make(chan struct{})
	var done sync.WaitGroup
	for i := range n {
		done.Go(func() {
			<-start
			results[i] = f(i)
		})
	}
	close(start)
	done.Wait()
	return results
}

// Won counts the successes among errs and asserts that every other one has one of the given codes.
func (w *World) Won(results []error, refusals ...errs.Code) (won int) {
	w.t.Helper()
	for _, err := range results {
		if err == nil {
			won++
			continue
		}
		require.Contains(w.t, refusals, errs.CodeOf(err), err.Error())
	}
	return won
}
