package taxonomy_test

import (
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"byline/backend/internal/collections"
	"byline/backend/internal/domaintest"
	"byline/backend/internal/library"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/errs"
	"byline/backend/internal/taxonomy"
	"byline/backend/internal/views"
)

type world struct {
	*domaintest.World
	views *views.Service
	s     *taxonomy.Service
	t     *testing.T
}

func setup(t *testing.T) world {
	w := domaintest.New(t)
	v := views.New(w.DB)
	return world{w, v, taxonomy.New(w.DB, w.Log, w.Library, w.Collections, v), t}
}

func (w world) tagged(title, personas string) uuid.UUID {
	id := w.Resource(title)
	w.Exec(`UPDATE resources SET personas = $2::text[] WHERE id = $1`, id, personas)
	return id
}

func (w world) personas(id uuid.UUID) []string {
	w.t.Helper()
	r, err := w.Library.Resource(w.As(w.Marketer), id)
	require.NoError(w.t, err)
	return r.Taxonomy.Personas
}

func (w world) values(facet string) map[string]int {
	w.t.Helper()
	all, err := w.s.List(w.As(w.Rep), facet)
	require.NoError(w.t, err)
	counts := map[string]int{}
	for _, v := range all {
		n := v.Count
		if v.Retired {
			n = -1 - n
		}
		counts[v.Value] = n
	}
	return counts
}

func (w world) details(id uuid.UUID, change func(*library.Details)) error {
	w.t.Helper()
	r, err := w.Library.Resource(w.As(w.Marketer), id)
	require.NoError(w.t, err)
	d := library.Details{Title: r.Title, ContentType: r.ContentType, Lang: r.Lang, Taxonomy: r.Taxonomy}
	change(&d)
	_, err = w.Library.UpdateResource(w.As(w.Marketer), id, r.Rev, d)
	return err
}

func TestAMergeReachesResourcesRulesViewsAndSearchAndIsTakenBack(t *testing.T) {
	t.Parallel()
	w := setup(t)
	lead := w.As(w.SalesLead)
	a, b, c := w.tagged("A", "{CFOs,CTO}"), w.tagged("B", "{CFO,CFOs,Finance chief}"), w.tagged("C", "{CTO}")
	old := w.tagged("D", "{CFOs}")
	w.Exec(`UPDATE resources SET state = 'archived' WHERE id = $1`, old)
	rule, err := w.Collections.Create(w.As(w.Marketer), collections.Input{Title: "For finance", Kind: collections.ByRule, Shared: views.WithEverybody, Rule: collections.Rule{Persona: []string{"CFOs", "CFO"}, Lang: []string{"en"}}}, nil)
	require.NoError(t, err)
	saved, err := w.views.Create(w.As(w.Rep), views.Input{Page: "library", Name: "Mine", Query: `persona=%5B%22CFOs%22%2C%22CTO%22%5D&q=CFOs`, Shared: views.WithNobody})
	require.NoError(t, err)
	elsewhere, err := w.views.Create(w.As(w.Rep), views.Input{Page: "ideas", Name: "Mine", Query: `persona=%5B%22CFOs%22%5D`, Shared: views.WithNobody})
	require.NoError(t, err)

	m := taxonomy.Merge{Facet: "persona", Sources: []string{"CFOs", "Finance chief"}, Target: "CFO"}
	effect, err := w.s.Preview(lead, m)
	require.NoError(t, err)
	require.Equal(t, taxonomy.Effect{Resources: 3, Both: 1, Collections: 1, Views: 1}, effect)
	require.Equal(t, []string{"CFOs", "CTO"}, w.personas(a), "a preview changes nothing")

	w.Index(1)
	done, err := w.s.Merge(lead, m)
	require.NoError(t, err)
	require.Equal(t, effect.Resources, done.Resources)
	require.Equal(t, taxonomy.Done, done.State, "so few are done at once")
	require.Equal(t, []int{1, 1}, []int{done.Collections, done.Views})
	require.Equal(t, []string{"CFO", "CTO"}, w.personas(a), "in the place of the old one")
	require.Equal(t, []string{"CFO"}, w.personas(b), "once")
	require.Equal(t, []string{"CTO"}, w.personas(c))
	require.Equal(t, map[string]int{"CFO": 3, "CTO": 2}, w.values("persona"), "what was merged is no value any more")
	got, _, err := w.Collections.Get(w.As(w.Rep), rule.ID)
	require.NoError(t, err)
	require.Equal(t, []string{"CFO"}, got.Rule.Persona)
	require.Equal(t, 2, got.Count)
	list, err := w.views.List(w.As(w.Rep), "library")
	require.NoError(t, err)
	require.Equal(t, `persona=%5B%22CFO%22%2C%22CTO%22%5D&q=CFOs`, list[0].Query, "the words that are searched stay")
	other, err := w.views.List(w.As(w.Rep), "ideas")
	require.NoError(t, err)
	require.Equal(t, elsewhere.Query, other[0].Query)
	w.Index(2)
	require.Zero(t, w.Int(`SELECT count(*) FROM search_documents WHERE 'CFOs' = ANY(personas)`), "search follows")
	require.Equal(t, 3, w.Int(`SELECT count(*) FROM search_documents WHERE 'CFO' = ANY(personas)`))
	w.Deliver(1)
	for _, u := range []auth.User{w.Rep, w.Marketer, w.MarketingLead} {
		require.Empty(t, w.Inbox(u), "nobody's inbox is flooded")
	}

	// whoever gives the old name later gives the new one
	_, _, err = w.Library.Import(w.As(w.Marketer), library.Imported{SourceID: "late", Title: "E", ContentType: "guide", Lang: "en", Taxonomy: library.Taxonomy{Personas: []string{"Finance chief", "CFO"}}})
	require.NoError(t, err)
	require.NoError(t, w.details(c, func(d *library.Details) { d.Taxonomy.Personas = []string{"CFOs"} }))
	require.Equal(t, []string{"CFO"}, w.personas(c))
	require.Equal(t, 4, w.values("persona")["CFO"]-1, "four and the imported one")

	// one is changed by somebody, and the view too, before it is taken back
	require.NoError(t, w.details(a, func(d *library.Details) { d.Taxonomy.Personas = []string{"CEO"} }))
	_, err = w.views.Update(w.As(w.Rep), saved.ID, list[0].Rev, views.Input{Name: "Mine", Query: "q=x", Shared: views.WithNobody})
	require.NoError(t, err)
	undone, err := w.s.Undo(w.As(w.MarketingLead), done.ID)
	require.NoError(t, err)
	require.Equal(t, []int{3, 2}, []int{undone.Restored, undone.Left})
	require.Equal(t, []string{"CEO"}, w.personas(a), "what somebody changed since stays")
	require.Equal(t, []string{"CFO", "CFOs", "Finance chief"}, w.personas(b))
	require.Equal(t, []string{"CFOs"}, w.personas(old))
	got, _, err = w.Collections.Get(w.As(w.Rep), rule.ID)
	require.NoError(t, err)
	require.Equal(t, []string{"CFOs", "CFO"}, got.Rule.Persona)
	require.NoError(t, w.details(c, func(d *library.Details) { d.Taxonomy.Personas = []string{"CFOs"} }))
	require.Equal(t, []string{"CFOs"}, w.personas(c), "a value again")
	_, err = w.s.Undo(lead, done.ID)
	w.Code(errs.Conflict, err)
	_, err = w.s.Undo(lead, uuid.New())
	w.Code(errs.NotFound, err)
}

func TestALanguageIsRenamedAndANewNameGoesAwayWithItsUndo(t *testing.T) {
	t.Parallel()
	w := setup(t)
	id := w.Resource("A")
	w.Exec(`UPDATE resources SET lang = 'en-GB' WHERE id = $1`, id)
	_, err := w.s.Preview(w.As(w.Admin), taxonomy.Merge{Facet: "lang", Sources: []string{"en-GB"}, Target: "not a tag"})
	w.Code(errs.Invalid, err)
	done, err := w.s.Merge(w.As(w.Admin), taxonomy.Merge{Facet: "lang", Sources: []string{"en-GB"}, Target: "en-UK"})
	require.NoError(t, err)
	require.True(t, done.WasNew)
	require.Equal(t, map[string]int{"en-UK": 1}, w.values("lang"))
	_, err = w.s.Undo(w.As(w.Admin), done.ID)
	require.NoError(t, err)
	require.Equal(t, map[string]int{"en-GB": 1}, w.values("lang"))
}

func TestValuesAreAddedAndRetiredByTheLeadsOfBothSides(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.tagged("A", "{CFO}")
	for _, u := range []auth.User{w.Rep, w.Marketer} {
		_, err := w.s.Add(w.As(u), "persona", "CIO")
		w.Code(errs.Forbidden, err)
		_, err = w.s.Retire(w.As(u), "persona", "CFO", true)
		w.Code(errs.Forbidden, err)
		_, err = w.s.Merge(w.As(u), taxonomy.Merge{Facet: "persona", Sources: []string{"CFO"}, Target: "X"})
		w.Code(errs.Forbidden, err)
		_, err = w.s.Require(w.As(u), "guide", nil)
		w.Code(errs.Forbidden, err)
	}
	_, err := w.s.Add(w.As(w.SalesLead), "persona", "  Head of   logistics ")
	require.NoError(t, err)
	for _, again := range []string{"cfo", "HEAD of logistics"} {
		_, err = w.s.Add(w.As(w.MarketingLead), "persona", again)
		w.Code(errs.Conflict, err)
	}
	for _, bad := range [][2]string{{"colour", "red"}, {"persona", " "}, {"lang", "Plain English"}} {
		_, err = w.s.Add(w.As(w.Admin), bad[0], bad[1])
		w.Code(errs.Invalid, err)
	}
	_, err = w.s.Retire(w.As(w.MarketingLead), "persona", "CFO", true)
	require.NoError(t, err)
	require.Equal(t, map[string]int{"CFO": -2, "Head of logistics": 0}, w.values("persona"))
	_, err = w.s.Retire(w.As(w.MarketingLead), "persona", "CFO", false)
	require.NoError(t, err)
	require.Equal(t, 1, w.values("persona")["CFO"])
	_, err = w.s.Retire(w.As(w.MarketingLead), "persona", "Nobody", true)
	w.Code(errs.Invalid, err)

	// two leads merge at once: one of them finds nothing left
	won := w.Won(domaintest.Race(4, func(int) error {
		_, err := w.s.Merge(w.As(w.SalesLead), taxonomy.Merge{Facet: "persona", Sources: []string{"CFO"}, Target: "Head of logistics"})
		return err
	}), errs.Invalid)
	require.Equal(t, 1, won)
}

func TestWhatATypeAsksForIsAskedForAndWhatIsThereIsListed(t *testing.T) {
	t.Parallel()
	w := setup(t)
	bare, full := w.Resource("Bare"), w.tagged("Full", "{CFO}")
	r, err := w.s.Require(w.As(w.SalesLead), "guide", []string{"persona", "industry", "persona"})
	require.NoError(t, err)
	require.Equal(t, []string{"industry", "persona"}, r.Facets)
	require.Equal(t, 2, r.Missing)
	_, err = w.s.Require(w.As(w.SalesLead), "guide", []string{"colour"})
	w.Code(errs.Invalid, err)
	_, err = w.s.Require(w.As(w.SalesLead), "nothing", []string{"persona"})
	w.Code(errs.NotFound, err)

	list, err := w.Library.MissingTags(w.As(w.Marketer), nil, uuid.Nil, 10)
	require.NoError(t, err)
	require.Len(t, list, 2)
	require.Equal(t, full, list[0].ID)
	require.Equal(t, []string{"industry"}, list[0].Missing)
	require.Equal(t, []string{"industry", "persona"}, list[1].Missing)

	err = w.details(bare, func(d *library.Details) { d.Taxonomy.Industries = []string{"Pharma"} })
	w.Code(errs.Invalid, err)
	var e *errs.Error
	require.ErrorAs(t, err, &e)
	require.Equal(t, "body.taxonomy.personas", e.Location)
	_, err = w.Library.Resource(w.As(w.Rep), bare)
	require.NoError(t, err, "what is there is not broken")
	require.NoError(t, w.details(bare, func(d *library.Details) {
		d.Taxonomy = library.Taxonomy{Industries: []string{"Pharma"}, Personas: []string{"CFO"}}
	}))
	require.NoError(t, w.details(full, func(d *library.Details) { d.ContentType = "deck" }), "another type asks for nothing")
	list, err = w.Library.MissingTags(w.As(w.Marketer), []string{"guide"}, uuid.Nil, 10)
	require.NoError(t, err)
	require.Empty(t, list)
	all, err := w.s.Required(w.As(w.Rep))
	require.NoError(t, err)
	require.Equal(t, []taxonomy.Requirement{{ContentType: "guide", Facets: []string{"industry", "persona"}}}, all)

	// what nothing is asked for any more
	for _, facets := range [][]string{{"industry"}, {}} {
		r, err = w.s.Require(w.As(w.SalesLead), "guide", facets)
		require.NoError(t, err)
		all, err = w.s.Required(w.As(w.SalesLead))
		require.NoError(t, err)
		require.Len(t, all, len(facets))
	}
	require.NoError(t, w.details(bare, func(d *library.Details) { d.Taxonomy = library.Taxonomy{} }))
}
