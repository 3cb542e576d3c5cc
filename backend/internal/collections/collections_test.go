package collections_test

import (
	"context"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"byline/backend/internal/collections"
	"byline/backend/internal/domaintest"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/errs"
	"byline/backend/internal/views"
)

func make3(t *testing.T, w *domaintest.World, by auth.User, shared views.Sharing) (collections.Collection, []uuid.UUID) {
	t.Helper()
	ids := []uuid.UUID{w.Resource("One"), w.Resource("Two"), w.Resource("Three")}
	c, err := w.Collections.Create(w.As(by), collections.Input{Title: " Pharma  first meeting ", Kind: collections.ByHand, Shared: shared}, ids)
	require.NoError(t, err)
	return c, ids
}

// titles gives what somebody sees in a collection, by section.
func titles(t *testing.T, w *domaintest.World, u auth.User, id uuid.UUID) (c collections.Collection, all [][]string) {
	t.Helper()
	c, sections, err := w.Collections.Get(w.As(u), id)
	require.NoError(t, err)
	for _, s := range sections {
		names := []string{}
		for _, r := range s {
			names = append(names, r.Title)
		}
		all = append(all, names)
	}
	return c, all
}

func TestACollectionIsArrangedInSectionsAndNobodyLosesWhatTheyDoNotSee(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	c, ids := make3(t, w, w.Marketer, views.WithEverybody)
	require.Equal(t, "Pharma first meeting", c.Title)
	w.Exec(`UPDATE resources SET release_at = now() + interval '1 day' WHERE id = $1`, ids[1])
	// the sales lead does not see the second, and arranges the others
	seen, all := titles(t, w, w.SalesLead, c.ID)
	require.Equal(t, [][]string{{"One", "Three"}}, all)
	require.Equal(t, 2, seen.Count)
	_, err := w.Collections.Arrange(w.As(w.SalesLead), c.ID, seen.Rev, []collections.Section{{IDs: []uuid.UUID{ids[2]}}, {Title: "After the call", IDs: []uuid.UUID{ids[0]}}})
	require.NoError(t, err)
	now, all := titles(t, w, w.Marketer, c.ID)
	require.Equal(t, [][]string{{"Three", "Two"}, {"One"}}, all)
	require.Equal(t, []string{"", "After the call"}, now.Sections)
	// an old page, and one that names what is hidden or strange, change nothing
	_, err = w.Collections.Arrange(w.As(w.SalesLead), c.ID, seen.Rev, []collections.Section{{}})
	w.Code(errs.Stale, err)
	for _, bad := range []uuid.UUID{ids[1], w.Resource("Strange"), uuid.New()} {
		_, err = w.Collections.Arrange(w.As(w.SalesLead), c.ID, now.Rev, []collections.Section{{IDs: []uuid.UUID{bad}}})
		w.Code(errs.Conflict, err)
	}
	_, err = w.Collections.Arrange(w.As(w.SalesLead), c.ID, now.Rev, []collections.Section{{IDs: []uuid.UUID{ids[0], ids[0]}}})
	w.Code(errs.Invalid, err)
	_, err = w.Collections.Arrange(w.As(w.SalesLead), c.ID, now.Rev, []collections.Section{{}, {Title: " "}})
	w.Code(errs.Invalid, err)
	// taken out is what is seen and not named; the hidden one stays
	_, err = w.Collections.Arrange(w.As(w.SalesLead), c.ID, now.Rev, []collections.Section{{IDs: []uuid.UUID{ids[0]}}})
	require.NoError(t, err)
	_, all = titles(t, w, w.Marketer, c.ID)
	require.Equal(t, [][]string{{"One", "Two"}}, all)
}

func TestCountsPicturesAndMembershipTellNothingOfWhatOneDoesNotSee(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	c, ids := make3(t, w, w.Marketer, views.WithEverybody)
	file := w.File(w.Marketer)
	w.Exec(`UPDATE assets SET preview_key = 'x' WHERE id = $1`, file)
	w.Exec(`INSERT INTO asset_uses (asset_id, object_type, object_id) VALUES ($1, 'resource', $2)`, file, ids[0])
	w.Exec(`UPDATE collections SET cover_id = $2 WHERE id = $1`, c.ID, ids[0])
	rule, err := w.Collections.Create(w.As(w.MarketingLead), collections.Input{Title: "Guides", Kind: collections.ByRule, Rule: collections.Rule{ContentType: []string{"guide"}}, Shared: views.WithEverybody}, nil)
	require.NoError(t, err)
	require.Equal(t, 3, rule.Count)
	list := func(u auth.User, contains uuid.UUID) map[uuid.UUID]collections.Collection {
		all, err := w.Collections.List(w.As(u), contains)
		require.NoError(t, err)
		by := map[uuid.UUID]collections.Collection{}
		for _, c := range all {
			by[c.ID] = c
		}
		return by
	}
	require.True(t, list(w.Rep, ids[0])[c.ID].Contains)
	require.Equal(t, []collections.Picture{{Asset: file}}, list(w.Rep, uuid.Nil)[c.ID].Pictures)
	require.Equal(t, []collections.Picture{{Asset: file}}, list(w.Rep, uuid.Nil)[rule.ID].Pictures, "nobody chose one: that of its first")
	for _, hide := range []string{"state = 'archived'", "state = 'expired'", "state = 'live', release_at = now() + interval '1 minute'", "release_at = NULL, expires_at = now() - interval '1 second'"} {
		w.Exec(`UPDATE resources SET `+hide+` WHERE id = $1`, ids[0])
		got := list(w.Rep, ids[0])
		require.Equal(t, 2, got[c.ID].Count, hide)
		require.Equal(t, 2, got[rule.ID].Count, hide)
		require.Empty(t, got[c.ID].Pictures, hide)
		require.Empty(t, got[rule.ID].Pictures, hide)
		require.False(t, got[c.ID].Contains, hide)
		_, all := titles(t, w, w.Rep, rule.ID)
		require.Len(t, all[0], 2, hide)
		_, all = titles(t, w, w.Rep, c.ID)
		require.Equal(t, [][]string{{"Two", "Three"}}, all, hide)
		_, err := w.Collections.Put(w.As(w.SalesLead), c.ID, ids[0], false)
		w.Code(errs.NotFound, err, hide)
		_, err = w.Collections.Create(w.As(w.SalesLead), collections.Input{Title: "X", Kind: collections.ByHand, Shared: views.WithNobody, CoverID: uuid.NullUUID{UUID: ids[0], Valid: true}}, nil)
		w.Code(errs.Invalid, err, hide)
		_, err = w.Collections.Create(w.As(w.SalesLead), collections.Input{Title: "X", Kind: collections.ByHand, Shared: views.WithNobody}, ids)
		w.Code(errs.NotFound, err, hide)
	}
}

func TestWhoSeesMakesAndTakesBack(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	_, err := w.Collections.Create(w.As(w.Rep), collections.Input{Title: "Mine", Kind: collections.ByHand, Shared: views.WithNobody}, nil)
	w.Code(errs.Forbidden, err)
	c, ids := make3(t, w, w.SalesLead, views.WithNobody)
	_, _, err = w.Collections.Get(w.As(w.Marketer), c.ID)
	w.Code(errs.NotFound, err)
	in := c.Input
	in.Shared = views.WithSide
	c, err = w.Collections.Update(w.As(w.SalesLead), c.ID, c.Rev, in)
	require.NoError(t, err)
	_, _, err = w.Collections.Get(w.As(w.Marketer), c.ID)
	w.Code(errs.NotFound, err)
	_, _, err = w.Collections.Get(w.As(w.Rep), c.ID)
	require.NoError(t, err)
	_, err = w.Collections.Put(w.As(w.Rep), c.ID, ids[0], false)
	w.Code(errs.Forbidden, err)
	in.Shared = views.WithEverybody
	c, err = w.Collections.Update(w.As(w.SalesLead), c.ID, c.Rev, in)
	require.NoError(t, err)
	in.Shared = views.WithNobody
	_, err = w.Collections.Update(w.As(w.Marketer), c.ID, c.Rev, in)
	w.Code(errs.Forbidden, err)
	require.NoError(t, w.Collections.Delete(w.As(w.Marketer), c.ID))
	_, _, err = w.Collections.Get(w.As(w.Rep), c.ID)
	w.Code(errs.NotFound, err)
	_, err = w.Collections.Put(w.As(w.SalesLead), c.ID, ids[0], true)
	w.Code(errs.NotFound, err)
	back, err := w.Collections.Restore(w.As(w.Marketer), c.ID)
	require.NoError(t, err)
	require.Equal(t, 3, back.Count)
}

func TestACoverIsAPictureOrAPageThatOneSees(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	c, ids := make3(t, w, w.Marketer, views.WithEverybody)
	for i, id := range ids[:2] {
		file := w.File(w.Marketer)
		w.Exec(`UPDATE assets SET preview_key = 'x', pages = 5 WHERE id = $1`, file)
		w.Exec(`INSERT INTO asset_uses (asset_id, object_type, object_id) VALUES ($1, 'resource', $2)`, file, id)
		if i == 1 {
			w.Exec(`INSERT INTO asset_pictures (asset_id, page, width, height, lines) VALUES ($1, 3, 800, 450, '[]')`, file)
		}
	}
	now, _ := titles(t, w, w.Rep, c.ID)
	require.Len(t, now.Pictures, 2, "those of the first ones")
	in := now.Input
	in.CoverID, in.CoverPage = uuid.NullUUID{UUID: ids[1], Valid: true}, 3
	now, err := w.Collections.Update(w.As(w.Marketer), c.ID, now.Rev, in)
	require.NoError(t, err)
	require.Len(t, now.Pictures, 1, "the chosen one alone")
	require.Equal(t, 3, now.Pictures[0].Page)
	for page, id := range map[int]uuid.UUID{4: ids[1], -1: ids[1], 1: ids[0]} {
		in.CoverID.UUID, in.CoverPage = id, page
		_, err = w.Collections.Update(w.As(w.Marketer), c.ID, now.Rev, in)
		w.Code(errs.Invalid, err, page)
	}
	in.CoverID, in.CoverPage = uuid.NullUUID{}, 3
	now, err = w.Collections.Update(w.As(w.Marketer), c.ID, now.Rev, in)
	require.NoError(t, err)
	require.Equal(t, 0, now.CoverPage)
	require.Len(t, now.Pictures, 2)
}

func TestAddingTwiceAndAtOnceAddsOnce(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	c, _ := make3(t, w, w.Marketer, views.WithEverybody)
	more := w.Resource("Four")
	for _, err := range domaintest.Race(4, func(int) error { _, err := w.Collections.Put(w.As(w.Marketer), c.ID, more, true); return err }) {
		require.NoError(t, err)
	}
	now, all := titles(t, w, w.Rep, c.ID)
	require.Equal(t, [][]string{{"One", "Two", "Three", "Four"}}, all)
	require.Equal(t, c.Rev+1, now.Rev)
	rule, err := w.Collections.Create(w.As(w.Marketer), collections.Input{Title: "Guides", Kind: collections.ByRule, Rule: collections.Rule{ContentType: []string{"guide"}}, Sort: "title", Shared: views.WithEverybody}, nil)
	require.NoError(t, err)
	_, all = titles(t, w, w.Rep, rule.ID)
	require.Equal(t, [][]string{{"Four", "One", "Three", "Two"}}, all)
	_, err = w.Collections.Put(w.As(w.Marketer), rule.ID, more, true)
	w.Code(errs.Conflict, err)
	_, err = w.Collections.Arrange(w.As(w.Marketer), rule.ID, rule.Rev, []collections.Section{{}})
	w.Code(errs.Conflict, err)
	for _, bad := range []collections.Input{{Title: " "}, {Title: "X", Kind: "x"}, {Title: "X", Kind: collections.ByRule, Shared: views.WithNobody}, {Title: "X", Kind: collections.ByHand, Shared: views.WithNobody, Tone: 6},
		{Title: "X", Kind: collections.ByHand, Shared: "friends"}, {Title: "X", Kind: collections.ByHand, Shared: views.WithNobody, Sort: "random"}} {
		_, err = w.Collections.Create(w.As(w.Marketer), bad, nil)
		w.Code(errs.Invalid, err)
	}
}

func TestTheListTakesAFixedNumberOfStatements(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	r := w.Resource("One")
	w.ConstantQueries(w.As(w.Rep), func(i int) {
		in := collections.Input{Title: "C", Kind: collections.ByHand, Shared: views.WithEverybody}
		_, err := w.Collections.Create(w.As(w.Marketer), in, []uuid.UUID{r})
		require.NoError(t, err)
		if i == 0 {
			_, err = w.Library.Archive(w.As(w.Marketer), w.Resource("Old"), true)
			require.NoError(t, err)
		}
	}, func(ctx context.Context) (int, error) {
		all, err := w.Collections.List(ctx, uuid.Nil)
		return len(all), err
	})
}
