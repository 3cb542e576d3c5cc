package posts_test

import (
	"context"
	"fmt"
	"net/netip"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"byline/backend/internal/domaintest"
	"byline/backend/internal/links"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/errs"
	"byline/backend/internal/posts"
)

func input(w *domaintest.World) posts.Input {
	return posts.Input{OwnerID: w.Rep.ID, Network: "linkedin", Text: "Pumps fail for three reasons.", LinkTarget: "https://example.com/pumps"}
}

func write(t *testing.T, w *domaintest.World) posts.Post {
	t.Helper()
	p, err := w.Posts.Create(w.As(w.Marketer), input(w))
	require.NoError(t, err)
	return p
}

func offered(t *testing.T, w *domaintest.World) posts.Post {
	t.Helper()
	p, err := w.Posts.Offer(w.As(w.Marketer), write(t, w).ID)
	require.NoError(t, err)
	return p
}

func sealed(t *testing.T, w *domaintest.World) posts.Post {
	t.Helper()
	p := offered(t, w)
	p, err := w.Posts.Seal(w.As(w.Rep), p.ID, p.Hash)
	require.NoError(t, err)
	return p
}

func shared(t *testing.T, w *domaintest.World) posts.Post {
	t.Helper()
	p, err := w.Posts.Share(w.As(w.Rep), sealed(t, w).ID, "")
	require.NoError(t, err)
	return p
}

// open says whether the post's link leads somewhere.
func open(t *testing.T, w *domaintest.World, code string) bool {
	t.Helper()
	_, err := w.Links.Hit(t.Context(), code, links.Signals{Method: "GET", Agent: "Mozilla/5.0", Address: netip.MustParseAddr("203.0.113.1")}, "")
	if err != nil {
		w.Code(errs.NotFound, err)
	}
	return err == nil
}

func TestEveryStepIsAllowedOrRefusedInEveryStateForEveryRole(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	states := []func() posts.Post{
		func() posts.Post { return write(t, w) }, func() posts.Post { return offered(t, w) }, func() posts.Post { return sealed(t, w) }, func() posts.Post { return shared(t, w) },
		func() posts.Post {
			p, err := w.Posts.Decline(w.As(w.Rep), offered(t, w).ID, "Not me")
			require.NoError(t, err)
			return p
		},
		func() posts.Post {
			p, err := w.Posts.Recall(w.As(w.Marketer), sealed(t, w).ID, "Wrong")
			require.NoError(t, err)
			return p
		},
		func() posts.Post {
			p := sealed(t, w)
			w.Exec(`UPDATE posts SET expires_at = now() WHERE id = $1`, p.ID)
			require.NoError(t, w.Posts.Expire(t.Context(), posts.ExpireArgs{}))
			p, err := w.Posts.Get(w.As(w.Marketer), p.ID)
			require.NoError(t, err)
			return p
		},
	}
	steps := map[string]func(auth.User, posts.Post) error{
		"edit": func(u auth.User, p posts.Post) error {
			in := input(w)
			in.Text = "New"
			_, err := w.Posts.Update(w.As(u), p.ID, p.Rev, in)
			return err
		},
		"offer": func(u auth.User, p posts.Post) error { _, err := w.Posts.Offer(w.As(u), p.ID); return err },
		"seal":  func(u auth.User, p posts.Post) error { _, err := w.Posts.Seal(w.As(u), p.ID, p.Hash); return err },
		"share": func(u auth.User, p posts.Post) error {
			_, err := w.Posts.Share(w.As(u), p.ID, "https://linkedin.com/x")
			return err
		},
		"decline": func(u auth.User, p posts.Post) error { _, err := w.Posts.Decline(w.As(u), p.ID, "no"); return err },
		"recall":  func(u auth.User, p posts.Post) error { _, err := w.Posts.Recall(w.As(u), p.ID, "no"); return err },
	}
	marketing := []string{w.Marketer.Name, w.MarketingLead.Name}
	owner := w.Rep.Name
	may := map[posts.State]map[string][]string{
		posts.Writing:  {"edit": marketing, "offer": marketing},
		posts.Offered:  {"edit": append(marketing, owner), "seal": {owner}, "decline": {owner}, "recall": append(marketing, owner)},
		posts.Sealed:   {"edit": {owner}, "share": {owner}, "decline": {owner}, "recall": append(marketing, owner)},
		posts.Shared:   {"recall": append(marketing, owner)},
		posts.Declined: {"edit": marketing, "offer": marketing}, // changed, then offered again
	}
	for _, make := range states {
		for step, do := range steps {
			for _, u := range []auth.User{w.Rep, w.Colleague, w.SalesLead, w.Admin, w.Marketer, w.MarketingLead} {
				p := make()
				err := do(u, p)
				what := []any{step, p.State, u.Name}
				switch {
				case slices.Contains(may[p.State][step], u.Name):
					require.NoError(t, err, what...)
				case !u.IsMarketer() && (u != w.Rep || p.State == posts.Writing): // not theirs to know of, also for leads and admins
					w.Code(errs.NotFound, err, what...)
				default:
					require.Contains(t, []errs.Code{errs.Conflict, errs.Forbidden}, errs.CodeOf(err), what...)
					now, err := w.Posts.Get(w.As(w.Marketer), p.ID)
					require.NoError(t, err)
					require.Equal(t, p.State, now.State, what...)
				}
			}
		}
	}
}

func TestOnlyItsOwnerSealsAPostWithTheHashThatTheySaw(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	p := offered(t, w)
	require.False(t, open(t, w, p.LinkCode))
	admin := w.Admin
	admin.Side = auth.Marketing // sees it, and is everything at once
	admin.Lead = true
	for _, u := range []auth.User{w.Marketer, w.MarketingLead, admin} {
		_, err := w.Posts.Seal(w.As(u), p.ID, p.Hash)
		w.Code(errs.Forbidden, err, u.Name)
	}
	for _, hash := range [][]byte{nil, make([]byte, 32), write(t, w).Hash} {
		_, err := w.Posts.Seal(w.As(w.Rep), p.ID, hash)
		w.Code(errs.Conflict, err)
	}
	seen := p.Hash
	in := input(w)
	in.Text = "Marketing changes a word while the owner reads."
	p, err := w.Posts.Update(w.As(w.Marketer), p.ID, p.Rev, in)
	require.NoError(t, err)
	_, err = w.Posts.Seal(w.As(w.Rep), p.ID, seen)
	w.Code(errs.Conflict, err)
	require.Equal(t, 1, w.Won(domaintest.Race(8, func(int) error { _, err := w.Posts.Seal(w.As(w.Rep), p.ID, p.Hash); return err }), errs.Conflict))
	require.Equal(t, 1, w.Int(`SELECT count(*) FROM post_seals`))
	require.Equal(t, 1, w.Int(`SELECT count(*) FROM activities WHERE verb = 'post.sealed'`))
	require.True(t, open(t, w, p.LinkCode))
}

func TestAChangeOfSealedContentTakesTheSealAndClosesTheLink(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	for name, change := range map[string]func(in *posts.Input){
		"text": func(in *posts.Input) { in.Text += " New." }, "disclosure": func(in *posts.Input) { in.Disclosure = "Ad" },
		"network": func(in *posts.Input) { in.Network = "x" }, "target": func(in *posts.Input) { in.LinkTarget = "https://example.com/other" },
		"no link": func(in *posts.Input) { in.LinkTarget = "" }, "media": func(in *posts.Input) { in.MediaAssetID = uuid.NullUUID{UUID: w.File(w.Rep), Valid: true} },
	} {
		p := sealed(t, w)
		require.True(t, open(t, w, p.LinkCode), name)
		in := input(w)
		change(&in)
		changed, err := w.Posts.Update(w.As(w.Rep), p.ID, p.Rev, in)
		require.NoError(t, err, name)
		require.Equal(t, posts.Offered, changed.State, name)
		require.NotEqual(t, p.Hash, changed.Hash, name)
		require.Nil(t, changed.SealedAt, name)
		require.False(t, open(t, w, p.LinkCode), name)
		back, err := w.Posts.Update(w.As(w.Rep), p.ID, changed.Rev, input(w)) // the old words do not bring the old seal back
		require.NoError(t, err, name)
		require.Nil(t, back.SealedAt, name)
		_, err = w.Posts.Share(w.As(w.Rep), p.ID, "")
		w.Code(errs.Conflict, err, name)
	}
	p := sealed(t, w)
	in := input(w)
	in.Suggestions = []string{"Another text"} // not part of what is sealed
	p, err := w.Posts.Update(w.As(w.Rep), p.ID, p.Rev, in)
	require.NoError(t, err)
	require.Equal(t, posts.Sealed, p.State)
	require.True(t, open(t, w, p.LinkCode))
}

func TestAStaleChangeIsRefusedAndOfTwentyAtOnceOneIsApplied(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	p := offered(t, w)
	require.Equal(t, 1, w.Won(domaintest.Race(20, func(n int) error {
		in := input(w)
		in.Text = fmt.Sprint("Edit ", n)
		u := w.Rep
		if n%2 == 0 {
			u = w.Marketer
		}
		_, err := w.Posts.Update(w.As(u), p.ID, p.Rev, in)
		return err
	}), errs.Stale))
}

func TestDeclineRecallAndExpiryCloseTheLinkAndEndTheSeal(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	_, err := w.Posts.Decline(w.As(w.Rep), sealed(t, w).ID, " ")
	w.Code(errs.Invalid, err)
	for name, end := range map[string]func(id uuid.UUID) error{
		"decline": func(id uuid.UUID) error { _, err := w.Posts.Decline(w.As(w.Rep), id, "Not me"); return err },
		"recall":  func(id uuid.UUID) error { _, err := w.Posts.Recall(w.As(w.Marketer), id, ""); return err },
		"expire": func(id uuid.UUID) error {
			w.Exec(`UPDATE posts SET expires_at = now() WHERE id = $1`, id)
			_, err := w.Posts.Share(w.As(w.Rep), id, "") // before the job has run
			w.Code(errs.Conflict, err)
			require.NoError(t, w.Posts.Expire(t.Context(), posts.ExpireArgs{}))
			return w.Posts.Expire(t.Context(), posts.ExpireArgs{}) // again
		},
	} {
		p := sealed(t, w)
		require.NoError(t, end(p.ID), name)
		require.False(t, open(t, w, p.LinkCode), name)
		require.Zero(t, w.Int(`SELECT count(*) FROM post_seals WHERE post_id = $1 AND voided_at IS NULL`, p.ID), name)
		require.Error(t, w.Try(`UPDATE posts SET state = 'shared' WHERE id = $1`, p.ID), name)
	}
	require.Equal(t, 1, w.Int(`SELECT count(*) FROM activities WHERE data->>'to' = 'expired'`))
	p := shared(t, w)
	w.Exec(`UPDATE posts SET expires_at = now() WHERE id = $1`, p.ID)
	require.NoError(t, w.Posts.Expire(t.Context(), posts.ExpireArgs{}))
	require.True(t, open(t, w, p.LinkCode)) // what is out stays
}

func TestTheDatabaseRefusesTheSameToRawSQL(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	refused := func(sql string, args ...any) { t.Helper(); require.Error(t, w.Try(sql, args...), sql) }
	p := offered(t, w)
	for _, state := range []string{"sealed", "shared"} {
		refused(`UPDATE posts SET state = $2 WHERE id = $1`, p.ID, state)
	}
	refused(`UPDATE links SET active = true WHERE code = $1`, p.LinkCode)
	seal := `INSERT INTO post_seals (id, post_id, hash, content, sealed_by) VALUES ($1, $2, sha256($3), $3, $4)`
	refused(seal, db.NewID(), p.ID, []byte("x"), w.Marketer.ID) // not the owner
	w.Exec(seal, db.NewID(), p.ID, []byte("x"), w.Rep.ID)       // of something else
	refused(`UPDATE posts SET state = 'shared' WHERE id = $1`, p.ID)
	refused(`UPDATE posts SET state = 'declined' WHERE id = $1`, p.ID) // without a reason

	s := sealed(t, w)
	refused(`UPDATE posts SET text = 'x' WHERE id = $1`, s.ID)
	refused(`UPDATE posts SET text = 'x', content_hash = sha256('x') WHERE id = $1`, s.ID)
	refused(`UPDATE posts SET owner_id = $2 WHERE id = $1`, s.ID, w.Colleague.ID)
	refused(`UPDATE posts SET state = 'offered' WHERE id = $1`, s.ID) // and leave the link open
	refused(`UPDATE links SET target = 'https://evil.example' WHERE code = $1`, s.LinkCode)
	refused(`UPDATE post_seals SET at = now() WHERE post_id = $1`, s.ID)
	refused(`UPDATE post_seals SET voided_at = now() WHERE post_id = $1`, s.ID) // and leave it sealed, its link open
	refused(`DELETE FROM post_seals WHERE post_id = $1`, s.ID)
	_, err := w.Posts.Decline(w.As(w.Rep), s.ID, "Not me") // voids it
	require.NoError(t, err)
	refused(`UPDATE post_seals SET voided_at = NULL WHERE post_id = $1`, s.ID)
	refused(`UPDATE posts SET state = 'shared' WHERE id = $1`, s.ID)
}

func TestMediaAreOnesOwnOrSeenAndTheOwnerSeesThem(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	in := input(w)
	in.MediaAssetID = uuid.NullUUID{UUID: w.File(w.Stranger), Valid: true}
	_, err := w.Posts.Create(w.As(w.Marketer), in)
	w.Code(errs.NotFound, err)
	unchecked := w.File(w.Marketer)
	w.Exec(`UPDATE assets SET state = 'limited' WHERE id = $1`, unchecked)
	in.MediaAssetID.UUID = unchecked
	_, err = w.Posts.Create(w.As(w.Marketer), in)
	w.Code(errs.Invalid, err)
	in.MediaAssetID.UUID = w.File(w.Marketer)
	p, err := w.Posts.Create(w.As(w.Marketer), in)
	require.NoError(t, err)
	_, err = w.Library.Asset(w.As(w.Rep), in.MediaAssetID.UUID)
	w.Code(errs.NotFound, err) // not offered yet
	p, err = w.Posts.Offer(w.As(w.Marketer), p.ID)
	require.NoError(t, err)
	_, err = w.Library.Asset(w.As(w.Rep), in.MediaAssetID.UUID)
	require.NoError(t, err)
	in.Text = "The owner changes a word and keeps the picture."
	p, err = w.Posts.Update(w.As(w.Rep), p.ID, p.Rev, in)
	require.NoError(t, err)
	in.MediaAssetID.UUID = w.File(w.Stranger)
	_, err = w.Posts.Update(w.As(w.Rep), p.ID, p.Rev, in)
	w.Code(errs.NotFound, err)
	in.MediaAssetID = uuid.NullUUID{}
	_, err = w.Posts.Update(w.As(w.Rep), p.ID, p.Rev, in)
	require.NoError(t, err)
	require.Zero(t, w.Int(`SELECT count(*) FROM asset_uses`))
}

func TestBadInputIsRefused(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	past := time.Now().Add(-time.Minute)
	for name, change := range map[string]func(in *posts.Input){
		"network": func(in *posts.Input) { in.Network = "myspace" }, "text": func(in *posts.Input) { in.Text = " " },
		"long":   func(in *posts.Input) { in.Network, in.Text = "x", fmt.Sprintf("%0281d", 1) },
		"target": func(in *posts.Input) { in.LinkTarget = "javascript:alert(1)" }, "past": func(in *posts.Input) { in.ExpiresAt = &past },
		"owner": func(in *posts.Input) { in.OwnerID = uuid.New() }, "suggestions": func(in *posts.Input) { in.Suggestions = make([]string, 6) },
	} {
		in := input(w)
		change(&in)
		_, err := w.Posts.Create(w.As(w.Marketer), in)
		w.Code(errs.Invalid, err, name)
	}
	in := input(w)
	in.ResourceID = uuid.NullUUID{UUID: uuid.New(), Valid: true}
	_, err := w.Posts.Create(w.As(w.Marketer), in)
	w.Code(errs.NotFound, err)
	require.Zero(t, w.Int(`SELECT count(*) FROM links`)) // nothing half-done
	_, err = w.Posts.Share(w.As(w.Rep), sealed(t, w).ID, "javascript:alert(1)")
	w.Code(errs.Invalid, err)
}

func TestSentencesSharedWithPostsOfOthersAreFound(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	resource := uuid.NullUUID{UUID: w.Resource("Pumps"), Valid: true}
	make := func(owner uuid.UUID, text string) posts.Post {
		in := input(w)
		in.OwnerID, in.ResourceID, in.Text = owner, resource, text
		p, err := w.Posts.Create(w.As(w.Marketer), in)
		require.NoError(t, err)
		return p
	}
	p := make(w.Rep.ID, "Pumps fail for three reasons. I saw one of them yesterday. Read on!")
	make(w.Rep.ID, "Pumps fail for three reasons.") // one's own do not count
	make(w.Colleague.ID, "pumps FAIL for three reasons! Something else that nobody wrote. Read on!")
	clones, err := w.Posts.Clones(w.As(w.Marketer), p.ID)
	require.NoError(t, err)
	require.Equal(t, []posts.Sibling{{Owner: w.Colleague.Name, Shared: []string{"Pumps fail for three reasons"}, Share: 0.5}}, clones)
}

func TestThePostsListTakesTheSameNumberOfQueriesForOneAndForFifty(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	w.ConstantQueries(w.As(w.Rep), func(int) { offered(t, w) }, func(ctx context.Context) (int, error) {
		list, err := w.Posts.List(ctx, posts.Filter{Limit: 100})
		return len(list), err
	})
	write(t, w) // still being written
	for _, c := range []struct {
		u auth.User
		n int
	}{{w.Rep, 50}, {w.Marketer, 51}, {w.Colleague, 0}, {w.SalesLead, 0}, {w.Admin, 0}} {
		list, err := w.Posts.List(w.As(c.u), posts.Filter{Limit: 100})
		require.NoError(t, err)
		require.Len(t, list, c.n, c.u.Name)
	}
}

func TestTheWriterSeesWhatTheOwnerMadeOfTheOfferedWords(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	p := write(t, w)
	require.Empty(t, p.OfferedText)
	change := func(u auth.User, text string) {
		t.Helper()
		in := input(w)
		in.Text = text
		var err error
		p, err = w.Posts.Update(w.As(u), p.ID, p.Rev, in)
		require.NoError(t, err)
	}
	change(w.Marketer, "Before the offer.")
	require.Empty(t, p.OfferedText)
	p, err := w.Posts.Offer(w.As(w.Marketer), p.ID)
	require.NoError(t, err)
	require.Equal(t, "Before the offer.", p.OfferedText)
	change(w.Rep, "The owner's words.")
	require.Equal(t, []string{"Before the offer.", "The owner's words."}, []string{p.OfferedText, p.Text})
	change(w.Marketer, "Marketing again.")
	require.Equal(t, []string{"Marketing again.", "Marketing again."}, []string{p.OfferedText, p.Text})
	change(w.Rep, "The owner's words.")
	p, err = w.Posts.Seal(w.As(w.Rep), p.ID, p.Hash)
	require.NoError(t, err)
	require.Equal(t, "Marketing again.", p.OfferedText)

	for _, c := range []struct {
		f posts.Filter
		n int
	}{{posts.Filter{OwnerID: w.Rep.ID}, 1}, {posts.Filter{OwnerID: w.Colleague.ID}, 0}} {
		c.f.Limit = 10
		list, err := w.Posts.List(w.As(w.Marketer), c.f)
		require.NoError(t, err)
		require.Len(t, list, c.n)
	}
}

func TestAPostNamesNoResourceThatItsReaderMayNotSee(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	p, err := w.Posts.Create(w.As(w.Marketer), posts.Input{OwnerID: w.Rep.ID, Network: "linkedin", Text: "Look", ResourceID: uuid.NullUUID{UUID: w.Resource("Prices of next year"), Valid: true}})
	require.NoError(t, err)
	_, err = w.Posts.Offer(w.As(w.Marketer), p.ID)
	require.NoError(t, err)
	title := func(u auth.User) string {
		one, err := w.Posts.Get(w.As(u), p.ID)
		require.NoError(t, err)
		all, err := w.Posts.List(w.As(u), posts.Filter{Limit: 10})
		require.NoError(t, err)
		require.Equal(t, one.ResourceTitle, all[0].ResourceTitle)
		return one.ResourceTitle
	}
	require.Equal(t, "Prices of next year", title(w.Rep))
	for _, out := range []string{`state = 'archived'`, `state = 'expired'`, `release_at = now() + interval '1 hour'`, `expires_at = now() - interval '1 hour'`} {
		w.Exec(`UPDATE resources SET state = 'live', release_at = NULL, expires_at = NULL`)
		w.Exec(`UPDATE resources SET ` + out)
		require.Empty(t, title(w.Rep), out)
		require.Equal(t, "Prices of next year", title(w.Marketer), out)
	}
}
