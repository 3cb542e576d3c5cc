package drafts_test

import (
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"byline/backend/internal/domaintest"
	"byline/backend/internal/drafts"
	"byline/backend/internal/ideas"
	"byline/backend/internal/library"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/errs"
)

func TestAResourceNamesOnlyTheOriginsThatItsReaderMaySee(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	open, err := w.Ideas.Create(w.As(w.Rep), ideas.Input{Title: "Pumps"})
	require.NoError(t, err)
	private, err := w.Ideas.Create(w.As(w.Marketer), ideas.Input{Title: "Secret", Visibility: ideas.Private})
	require.NoError(t, err)
	d, err := w.Drafts.Publish(w.As(w.Marketer), approved(t, w, drafts.Input{Ideas: []uuid.UUID{open.ID, private.ID}}).ID)
	require.NoError(t, err)
	for _, c := range []struct {
		who    auth.User
		ideas  []uuid.UUID
		drafts int
	}{{w.Marketer, []uuid.UUID{open.ID, private.ID}, 1}, {w.Rep, []uuid.UUID{open.ID}, 1}, {w.Stranger, []uuid.UUID{open.ID}, 0}} {
		written, from, err := w.Drafts.OfResource(w.As(c.who), d.ResourceID.UUID)
		require.NoError(t, err)
		require.Len(t, written, c.drafts, c.who.Name)
		ids := []uuid.UUID{}
		for _, i := range from {
			ids = append(ids, i.ID)
		}
		require.Equal(t, c.ideas, ids, c.who.Name)
	}
	w.Exec(`UPDATE resources SET state = 'archived' WHERE id = $1`, d.ResourceID.UUID)
	for _, id := range []uuid.UUID{d.ResourceID.UUID, db.NewID()} {
		_, _, err = w.Drafts.OfResource(w.As(w.Rep), id)
		w.Code(errs.NotFound, err)
	}
}

func TestPublishingAsksForTheTagsOfTheType(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	w.Exec(`INSERT INTO taxonomy_required (content_type, facet) SELECT 'blog_post', unnest('{persona,region}'::text[])`)
	w.Exec(`INSERT INTO taxonomy_values (facet, value, merged_into) VALUES ('region', 'Europe', 'EMEA')`)
	d := approved(t, w, drafts.Input{})
	_, err := w.Drafts.Publish(w.As(w.Marketer), d.ID)
	w.Code(errs.Invalid, err)
	var e *errs.Error
	require.ErrorAs(t, err, &e)
	require.Equal(t, "body.taxonomy.personas", e.Location)
	fill := library.Taxonomy{Personas: []string{"CFO"}, Regions: []string{"Europe"}}
	d, err = w.Drafts.PublishWith(w.As(w.Marketer), d.ID, fill)
	require.NoError(t, err)
	r, err := w.Library.Resource(w.As(w.Rep), d.ResourceID.UUID)
	require.NoError(t, err)
	require.Equal(t, []string{"CFO"}, r.Taxonomy.Personas)
	require.Equal(t, []string{"EMEA"}, r.Taxonomy.Regions, "as it is called now")

	// the next version keeps the tags that the resource has, and asks for what it lacks
	w.Exec(`UPDATE resources SET regions = '{}', personas = '{CTO}' WHERE id = $1`, r.ID)
	next := approved(t, w, drafts.Input{ResourceID: d.ResourceID})
	_, err = w.Drafts.Publish(w.As(w.Marketer), next.ID)
	w.Code(errs.Invalid, err)
	_, err = w.Drafts.PublishWith(w.As(w.Marketer), next.ID, fill)
	require.NoError(t, err)
	r, err = w.Library.Resource(w.As(w.Rep), r.ID)
	require.NoError(t, err)
	require.Equal(t, []string{"CTO"}, r.Taxonomy.Personas)
	require.Equal(t, []string{"EMEA"}, r.Taxonomy.Regions)
}
