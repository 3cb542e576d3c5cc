package seed_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

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
	"byline/backend/internal/library"
	"byline/backend/internal/links"
	"byline/backend/internal/notify"
	"byline/backend/internal/people"
	"byline/backend/internal/platform/blob"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/dbtest"
	"byline/backend/internal/platform/embedded"
	"byline/backend/internal/platform/errs"
	"byline/backend/internal/platform/extract"
	"byline/backend/internal/platform/meili"
	"byline/backend/internal/posts"
	"byline/backend/internal/search"
	"byline/backend/internal/seed"
	"byline/backend/internal/shares"
	"byline/backend/internal/views"
)

// TestMain lets the test program be the child process that reads files.
func TestMain(m *testing.M) {
	if os.Getenv("BYLINE_EXTRACT") == "1" {
		if err := extract.Main(os.Args[1:], os.Stdout); err != nil {
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func setup(t *testing.T) seed.Deps {
	t.Helper()
	d := dbtest.New(t)
	s3, err := embedded.StartS3(t.Context(), embedded.S3Options{DataDir: t.TempDir(), AccessKey: "byline", SecretKey: "secret", Unsafe: true})
	require.NoError(t, err)
	t.Cleanup(func() { _ = s3.Stop(context.Background()) })
	blobs := blob.New(blob.Config{Endpoint: s3.URL(), AccessKey: "byline", SecretKey: "secret", Bucket: "byline"})
	require.NoError(t, blobs.EnsureBucket(t.Context()))
	self, err := os.Executable()
	require.NoError(t, err)
	log := activity.New(d, notify.Consume)
	talk := comments.New(d, log)
	lib := library.New(d, log, talk, blobs, extract.Extractor{Command: []string{self}, CacheDir: filepath.Join(os.TempDir(), "byline-pdf-cache")})
	i := ideas.New(d, log, talk)
	documents := coedit.New(d)
	dr := drafts.New(d, log, talk, documents, i, lib, contenttypes.New(d, log))
	documents.OnText(dr.MoveThreads)
	talk.SetTexts(dr.Texts())
	p := posts.New(d, log, talk, lib, links.New(d, links.Config{Secret: []byte("test")}))
	sees := func(ctx context.Context, kind string, id uuid.UUID) (bool, error) {
		var err error
		switch kind {
		case "idea":
			_, err = i.Get(ctx, id)
		case "draft":
			_, err = dr.Get(ctx, id)
		case "post":
			_, err = p.Get(ctx, id)
		case "resource":
			_, err = lib.Resource(ctx, id)
		}
		if errs.CodeOf(err) == errs.NotFound {
			return false, nil
		}
		return err == nil, err
	}
	lib.SetSees(sees)
	return seed.Deps{DB: d, People: people.New(d, log), Ideas: i, Comments: talk, Library: lib, Drafts: dr, Posts: p, Notify: notify.New(d, sees), Views: views.New(d), Collections: collections.New(d, log, lib), Shares: shares.New(d, log, lib, shares.Config{Secret: []byte("demo")}),
		Demand: demand.New(d, log, i, lib, search.New(d, meili.New(meili.Config{})), views.New(d), []byte("demo"))}
}

func one[T any](t *testing.T, d *db.DB, query string, args ...any) (v T) {
	t.Helper()
	require.NoError(t, d.PG(t.Context()).QueryRow(t.Context(), query, args...).Scan(&v), query)
	return v
}

func all[T any](t *testing.T, d *db.DB, query string, args ...any) []T {
	t.Helper()
	rows, err := d.PG(t.Context()).Query(t.Context(), query, args...)
	require.NoError(t, err, query)
	list, err := pgx.CollectRows(rows, pgx.RowTo[T])
	require.NoError(t, err, query)
	return list
}

// TestTheDemo makes the workspace once, for all that is to be said about it.
func TestTheDemo(t *testing.T) {
	t.Parallel()
	deps := setup(t)
	began := time.Now()
	require.NoError(t, seed.Run(t.Context(), deps))
	t.Logf("made in %v", time.Since(began).Round(10*time.Millisecond))
	d := deps.DB

	t.Run("has things in every state", func(t *testing.T) {
		require.ElementsMatch(t, []string{"new", "under_review", "planned", "in_progress", "published", "declined", "merged"}, all[string](t, d, `SELECT DISTINCT state FROM ideas`))
		require.ElementsMatch(t, []string{"everyone", "team", "private"}, all[string](t, d, `SELECT DISTINCT visibility FROM ideas`))
		require.ElementsMatch(t, []string{"idea", "request", "story"}, all[string](t, d, `SELECT DISTINCT kind FROM ideas`))
		require.ElementsMatch(t, []string{"quote", "question", "objection", "call_note", "deal"}, all[string](t, d, `SELECT DISTINCT kind FROM idea_evidence`))
		require.ElementsMatch(t, []string{"brief", "writing", "in_review", "approved", "published"}, all[string](t, d, `SELECT DISTINCT state FROM drafts`))
		require.ElementsMatch(t, []string{"live", "review_due", "expired", "archived"}, all[string](t, d, `SELECT DISTINCT state FROM resources`))
		require.ElementsMatch(t, []string{"writing", "offered", "sealed", "shared", "declined", "expired", "recalled"}, all[string](t, d, `SELECT DISTINCT state FROM posts`))
		require.ElementsMatch(t, []string{"human", "preview", "scanner", "prefetch", "internal", "unknown"}, all[string](t, d, `SELECT DISTINCT class FROM hits`))
		require.Equal(t, 12, one[int](t, d, `SELECT count(*) FROM users WHERE picture_asset_id IS NOT NULL`))
		require.GreaterOrEqual(t, one[int](t, d, `SELECT count(*) FROM ideas`), 25)
		require.GreaterOrEqual(t, one[int](t, d, `SELECT count(*) FROM resources`), 38)
		require.Positive(t, one[int](t, d, `SELECT count(*) FROM approvals WHERE voided_at IS NOT NULL`))
		require.Positive(t, one[int](t, d, `SELECT count(*) FROM drafts d WHERE state = 'in_review' AND (SELECT count(*) FROM approvals a WHERE a.draft_id = d.id AND voided_at IS NULL) = 1`))
		require.Positive(t, one[int](t, d, `SELECT count(*) FROM hit_scores`))
		require.ElementsMatch(t, []string{"human", "scanner", "preview"}, all[string](t, d, `SELECT DISTINCT class FROM share_visits`))
		require.Equal(t, 1, one[int](t, d, `SELECT count(*) FROM shares WHERE expires_at < now() AND first_view_at < expires_at`))
		require.Equal(t, 4, one[int](t, d, `SELECT count(*) FROM activities WHERE verb = 'share.viewed'`))
	})
	t.Run("has threads on texts: open, resolved, and one whose words are gone", func(t *testing.T) {
		require.Equal(t, []string{"hairline cracks open false", "moved up one freshness class resolved false", "the cold of dry ice open true"},
			all[string](t, d, `SELECT quote || ' ' || state || ' ' || detached FROM comment_threads ORDER BY quote`))
		require.Equal(t, 1, one[int](t, d, `SELECT count(*) FROM comments WHERE thread_id IS NOT NULL AND mentions <> '{}'`))
		require.Zero(t, one[int](t, d, `SELECT count(*) FROM comment_threads t JOIN draft_docs d ON d.draft_id = t.object_id WHERE t.state = 'open' AND t.anchor_version <> d.version`))
	})
	t.Run("has documents that the editor takes", func(t *testing.T) {
		docs := all[[]byte](t, d, `SELECT doc FROM draft_docs UNION ALL SELECT doc FROM draft_versions UNION ALL SELECT doc::json FROM resources WHERE doc IS NOT NULL`)
		require.Greater(t, len(docs), 25)
		for _, doc := range docs {
			_, err := coedit.Parse(doc)
			require.NoError(t, err)
		}
	})
	t.Run("has files that are ready, with the word for the story on page three", func(t *testing.T) {
		require.Equal(t, []string{"ready"}, all[string](t, d, `SELECT DISTINCT state FROM assets`))
		require.Empty(t, all[string](t, d, `SELECT name FROM assets WHERE preview_key = '' AND kind IN ('pdf', 'image')`))
		require.Empty(t, all[string](t, d, `SELECT name FROM assets WHERE kind = 'pdf' AND pages < 3`))
		require.ElementsMatch(t, []string{"pdf", "image", "deck", "document"}, all[string](t, d, `SELECT DISTINCT kind FROM assets`))
		require.Equal(t, []string{"Halvard Biologics: the audit that took an hour"}, all[string](t, d, `SELECT r.title FROM asset_pages p JOIN asset_uses u USING (asset_id)
			JOIN resources r ON u.object_type = 'resource' AND r.id = u.object_id WHERE p.page = 3 AND p.text LIKE '%lyophilisate%'`))
		require.Zero(t, one[int](t, d, `SELECT count(*) FROM resources WHERE body_text LIKE '%lyophilisate%'`))
	})
	t.Run("has texts in six languages, also in the files made of them", func(t *testing.T) {
		require.ElementsMatch(t, []string{"en", "de", "fr", "es", "pt", "ja"}, all[string](t, d, `SELECT DISTINCT lang FROM resources`))
		for lang, words := range map[string]string{"de": "zwischen den Packungen", "fr": "la température n’a jamais varié", "es": "también de madrugada", "pt": "nenhum camião", "ja": "四週間続けて"} {
			require.Positive(t, one[int](t, d, `SELECT count(*) FROM resources WHERE lang = $1 AND strpos(body_text, $2) > 0`, lang, words), lang)
		}
		require.Positive(t, one[int](t, d, `SELECT count(*) FROM asset_pages WHERE strpos(text, 'température') > 0`))
		require.Positive(t, one[int](t, d, `SELECT count(*) FROM asset_pages WHERE strpos(text, 'weiß meistens') > 0`))
	})
	t.Run("spreads over 90 days, in the order of what happened, and nothing is of now", func(t *testing.T) {
		require.Greater(t, one[int](t, d, `SELECT count(DISTINCT at::date) FROM activities`), 40)
		require.Zero(t, one[int](t, d, `SELECT count(*) FROM (SELECT at, lag(at) OVER (ORDER BY id) AS before FROM activities) x WHERE at < before`))
		require.Greater(t, one[float64](t, d, `SELECT extract(epoch FROM max(at) - min(at))::float8 / 86400 FROM hits`), 65.0)
		for _, column := range all[string](t, d, `SELECT format('%I.%I', table_name, column_name) FROM information_schema.columns WHERE table_schema = 'public' AND data_type = 'timestamp with time zone'
			AND table_name NOT LIKE 'river%' AND table_name NOT LIKE 'goose%' AND table_name NOT IN ('content_types', 'board_settings') AND column_name NOT IN ('expires_at', 'release_at', 'starts_at', 'ends_at')`) {
			table, name, _ := strings.Cut(column, ".")
			require.Zero(t, one[int](t, d, `SELECT count(*) FROM `+table+` WHERE `+name+` > now() - interval '1 minute'`), column)
		}
	})
	t.Run("leaves the guards of history in place", func(t *testing.T) {
		for _, sql := range []string{`UPDATE activities SET verb = 'x'`, `UPDATE draft_versions SET title = 'x'`, `UPDATE post_seals SET at = now()`, `UPDATE approvals SET at = now()`} {
			_, err := d.PG(t.Context()).Exec(t.Context(), sql)
			require.Error(t, err, sql)
		}
	})
	t.Run("lets everybody sign in, and gives them an inbox with something new", func(t *testing.T) {
		for i, s := range seed.SignIns() {
			require.Equal(t, 1, one[int](t, d, `SELECT count(*) FROM users WHERE email = $1`, s.Email))
			if i == 0 { // they share one password
				_, _, err := deps.People.SignIn(t.Context(), people.SignIn{Email: s.Email, Password: s.Password, Address: "192.0.2.1"})
				require.NoError(t, err)
				require.Positive(t, one[int](t, d, `SELECT count(*) FROM notifications n JOIN users u ON u.id = n.user_id WHERE u.email = $1 AND read_at IS NULL`, s.Email))
			}
		}
	})
	t.Run("does not change when it runs again", func(t *testing.T) {
		count := `SELECT (SELECT count(*) FROM activities) + (SELECT count(*) FROM users) + (SELECT count(*) FROM hits)`
		before := one[int](t, d, count)
		require.NoError(t, seed.Run(t.Context(), deps))
		require.Equal(t, before, one[int](t, d, count))
	})
}

func TestAnInterruptedDemoLeavesNothing(t *testing.T) {
	t.Parallel()
	deps := setup(t)
	ctx, cancel := context.WithTimeout(t.Context(), 400*time.Millisecond)
	defer cancel()
	require.Error(t, seed.Run(ctx, deps))
	require.Zero(t, one[int](t, deps.DB, `SELECT count(*) FROM users`))
	require.Zero(t, one[int](t, deps.DB, `SELECT count(*) FROM activities`))
}
