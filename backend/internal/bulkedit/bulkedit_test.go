package bulkedit_test

import (
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"byline/backend/internal/bulkedit"
	"byline/backend/internal/collections"
	"byline/backend/internal/domaintest"
	"byline/backend/internal/library"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/errs"
	"byline/backend/internal/views"
)

type world struct {
	*domaintest.World
	s *bulkedit.Service
	t *testing.T
}

func setup(t *testing.T) world {
	w := domaintest.New(t)
	return world{w, bulkedit.New(w.DB, w.Library, w.Collections), t}
}

func (w world) get(id uuid.UUID) library.Resource {
	w.t.Helper()
	r, err := w.Library.Resource(w.As(w.Marketer), id)
	require.NoError(w.t, err)
	return r
}

func (w world) refs(ids ...uuid.UUID) (refs []library.Ref) {
	for _, id := range ids {
		refs = append(refs, library.Ref{ID: id, Rev: w.get(id).Rev})
	}
	return refs
}

func ptr[T any](v T) *T { return &v }

func titles(all []bulkedit.Outcome) (names []string) {
	for _, o := range all {
		names = append(names, o.Title)
	}
	return names
}

func TestManyAreChangedAtOnceAndTakenBackExceptWhatSomebodyTouched(t *testing.T) {
	t.Parallel()
	w := setup(t)
	me := w.As(w.Marketer)
	a, b, c, d := w.Resource("A"), w.Resource("B"), w.Resource("C"), w.Resource("D")
	w.Exec(`UPDATE resources SET tags = '{old,kept}', owner_id = $2 WHERE id = ANY($1)`, []uuid.UUID{a, b, c}, w.Rep.ID)
	w.Exec(`UPDATE resources SET tags = '{new,kept}', shareable = true, owner_id = $2, review_due_on = '2027-01-01' WHERE id = $1`, d, w.Colleague.ID)
	hand, err := w.Collections.Create(me, collections.Input{Title: "Fair", Kind: collections.ByHand, Shared: views.WithEverybody}, []uuid.UUID{d})
	require.NoError(t, err)
	change := bulkedit.Change{Add: library.Taxonomy{Tags: []string{"new"}}, Remove: library.Taxonomy{Tags: []string{"old"}}, SetOwner: true, OwnerID: uuid.NullUUID{UUID: w.Colleague.ID, Valid: true},
		SetReview: true, ReviewDueOn: "2027-01-01", Shareable: ptr(true), Collection: uuid.NullUUID{UUID: hand.ID, Valid: true}}
	refs := w.refs(a, b, c, d)
	require.NoError(t, w.Try(`UPDATE resources SET title = 'C, edited', rev = rev + 1 WHERE id = $1`, c)) // after they were seen
	refs = append(refs, library.Ref{ID: uuid.New(), Rev: 1})

	p, err := w.s.Preview(me, refs, change)
	require.NoError(t, err)
	require.Equal(t, []int{2, 1}, []int{p.Changing, p.Unchanged})
	require.Equal(t, []string{"C, edited"}, titles(p.Stale))
	require.Len(t, p.Refused, 1)
	require.Equal(t, map[string]int{"tag": 2, "owner": 2, "review": 2, "shareable": 2, "collection": 2}, p.Fields)
	require.Equal(t, bulkedit.Line{Field: "tag", Before: []string{"old", "kept"}, After: []string{"kept", "new"}}, p.Samples[0].Lines[0])
	require.Equal(t, []string{"old", "kept"}, w.get(a).Taxonomy.Tags, "a preview changes nothing")

	done, err := w.s.Apply(me, refs, change)
	require.NoError(t, err)
	require.Equal(t, p.Fields, done.Fields)
	require.Equal(t, []string{"kept", "new"}, w.get(a).Taxonomy.Tags)
	require.Equal(t, w.Colleague.ID, w.get(b).OwnerID.UUID)
	require.True(t, w.get(b).Shareable)
	require.Equal(t, []string{"old", "kept"}, w.get(c).Taxonomy.Tags, "not overwritten")
	require.Equal(t, 3, w.Int(`SELECT count(*) FROM collection_items WHERE collection_id = $1`, hand.ID))
	w.Deliver(2)
	require.Len(t, w.Inbox(w.Colleague), 1, "told once, not per resource")
	require.Empty(t, w.Inbox(w.Rep))
	w.Index(1)
	require.Equal(t, 3, w.Int(`SELECT count(*) FROM search_documents WHERE 'new' = ANY(tags)`), "search follows")

	// somebody changes the tags of B: the rest of B and all of A are taken back
	w.Exec(`UPDATE resources SET tags = '{theirs}', rev = rev + 1 WHERE id = $1`, b)
	_, err = w.s.Undo(w.As(w.Rep), done.EditID)
	w.Code(errs.NotFound, err)
	other := w.Person("Another marketer", auth.Marketing, uuid.Nil)
	_, err = w.s.Undo(w.As(other), done.EditID)
	w.Code(errs.Forbidden, err)
	u, err := w.s.Undo(me, done.EditID)
	require.NoError(t, err)
	require.Equal(t, 1, u.Restored)
	require.Equal(t, []string{"B"}, titles(u.Left))
	require.Equal(t, []string{"old", "kept"}, w.get(a).Taxonomy.Tags)
	require.Equal(t, w.Rep.ID, w.get(a).OwnerID.UUID)
	require.Nil(t, w.get(a).ReviewDueOn)
	require.Equal(t, []string{"theirs"}, w.get(b).Taxonomy.Tags)
	require.Equal(t, w.Rep.ID, w.get(b).OwnerID.UUID)
	require.Equal(t, 1, w.Int(`SELECT count(*) FROM collection_items WHERE collection_id = $1`, hand.ID), "D was in it before")
	_, err = w.s.Undo(w.As(w.MarketingLead), done.EditID)
	w.Code(errs.Conflict, err)
}

func TestWhatIsRefusedSaysWhyAndArchivingTellsHolders(t *testing.T) {
	t.Parallel()
	w := setup(t)
	me := w.As(w.Marketer)
	tagged, bare := w.Resource("Tagged"), w.Resource("Bare")
	w.Exec(`UPDATE resources SET personas = '{CFO}', release_at = '2027-06-01' WHERE id = $1`, tagged)
	w.Exec(`INSERT INTO taxonomy_required VALUES ('guide', 'persona')`)
	gone := bulkedit.Change{Remove: library.Taxonomy{Personas: []string{"CFO"}}, Archived: ptr(true)}
	p, err := w.s.Preview(me, w.refs(tagged, bare), gone)
	require.NoError(t, err)
	require.Equal(t, []string{"Tagged"}, titles(p.Refused))
	require.Contains(t, p.Refused[0].Reason, "persona")
	require.Equal(t, 1, p.Changing, "what it lacked before does not stand in the way")
	early := bulkedit.Change{SetExpiry: true, ExpiresAt: ptr(time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)), DatesZone: "Europe/Berlin"}
	p, err = w.s.Preview(me, w.refs(tagged, bare), early)
	require.NoError(t, err)
	require.Equal(t, []string{"Tagged"}, titles(p.Refused))

	done, err := w.s.Apply(me, w.refs(tagged, bare), gone)
	require.NoError(t, err)
	require.Equal(t, library.Archived, w.get(bare).State)
	require.Equal(t, library.Live, w.get(tagged).State)
	_, err = w.s.Undo(me, done.EditID)
	require.NoError(t, err)
	require.Equal(t, library.Live, w.get(bare).State)

	rule, err := w.Collections.Create(me, collections.Input{Title: "Rule", Kind: collections.ByRule, Shared: views.WithEverybody, Rule: collections.Rule{Lang: []string{"en"}}}, nil)
	require.NoError(t, err)
	for field, c := range map[string]bulkedit.Change{
		"body.change":               {},
		"body.change.owner_id":      {SetOwner: true, OwnerID: uuid.NullUUID{UUID: uuid.New(), Valid: true}},
		"body.change.add":           {Add: library.Taxonomy{Tags: []string{""}}},
		"body.change.dates_zone":    {SetExpiry: true, DatesZone: "Mars/Base"},
		"body.change.collection_id": {Collection: uuid.NullUUID{UUID: rule.ID, Valid: true}},
	} {
		_, err := w.s.Apply(me, w.refs(bare), c)
		w.Code(errs.Invalid, err, field)
		var e *errs.Error
		require.ErrorAs(t, err, &e)
		require.Equal(t, field, e.Location)
	}
	_, err = w.s.Apply(me, append(w.refs(bare), w.refs(bare)...), early)
	w.Code(errs.Invalid, err)
	for _, u := range []auth.User{w.Rep, w.SalesLead} {
		_, err := w.s.Apply(w.As(u), w.refs(bare), early)
		w.Code(errs.Forbidden, err)
	}
}

func TestTwoChangesAtOnceNeverOverwriteEachOther(t *testing.T) {
	t.Parallel()
	w := setup(t)
	ids := []uuid.UUID{w.Resource("A"), w.Resource("B"), w.Resource("C")}
	refs := w.refs(ids...)
	reports := make([]bulkedit.Report, 6)
	for _, err := range domaintest.Race(6, func(i int) (err error) {
		mine := refs
		if i%2 == 1 {
			mine = []library.Ref{refs[2], refs[1], refs[0]}
		}
		reports[i], err = w.s.Apply(w.As(w.Marketer), mine, bulkedit.Change{Add: library.Taxonomy{Tags: []string{string(rune('a' + i))}}})
		return err
	}) {
		require.NoError(t, err)
	}
	changing, stale := 0, 0
	for _, r := range reports {
		changing, stale = changing+r.Changing, stale+len(r.Stale)
	}
	require.Equal(t, []int{3, 15}, []int{changing, stale})
	for _, id := range ids {
		require.Len(t, w.get(id).Taxonomy.Tags, 1)
	}
}
