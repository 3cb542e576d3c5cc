package drafts_test

import (
	"fmt"
	"sync"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"byline/backend/internal/domaintest"
	"byline/backend/internal/drafts"
	"byline/backend/internal/platform/errs"
)

func TestAnArchivedDraftRestsAndComesBackWhereItStood(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	d := plan(t, w, drafts.Input{})
	_, err := w.Drafts.Move(w.As(w.Marketer), d.ID, "start")
	require.NoError(t, err)

	d, err = w.Drafts.Move(w.As(w.Marketer), d.ID, "archive")
	require.NoError(t, err)
	require.Equal(t, drafts.Archived, d.State)
	require.Equal(t, []string{"unarchive"}, d.Allowed(w.Marketer))
	list, err := w.Drafts.List(w.As(w.Marketer), drafts.Filter{Limit: 10})
	require.NoError(t, err)
	require.Empty(t, list, "archived drafts are shown only where they are asked for")

	doc, err := w.Drafts.Document(w.As(w.Marketer), d.ID)
	require.NoError(t, err)
	_, err = w.Drafts.SaveDocument(w.As(w.Marketer), d.ID, doc.Version, domaintest.Text("Late"))
	require.Equal(t, errs.Conflict, errs.CodeOf(err), "an archived text does not change")
	_, err = w.Drafts.Update(w.As(w.Marketer), d.ID, d.Rev, drafts.Input{Title: "Late", ContentType: "blog_post"})
	require.Equal(t, errs.Conflict, errs.CodeOf(err))

	d, err = w.Drafts.Move(w.As(w.Marketer), d.ID, "unarchive")
	require.NoError(t, err)
	require.Equal(t, drafts.Writing, d.State)
}

func TestNobodyArchivesWhatIsInReviewOrNotTheirs(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	d := inReview(t, w, drafts.Input{Contributors: []uuid.UUID{w.Rep.ID}})
	_, err := w.Drafts.Move(w.As(w.Marketer), d.ID, "archive")
	require.Equal(t, errs.Conflict, errs.CodeOf(err))
	mine := plan(t, w, drafts.Input{Contributors: []uuid.UUID{w.Rep.ID}})
	_, err = w.Drafts.Move(w.As(w.Rep), mine.ID, "archive")
	require.Equal(t, errs.Conflict, errs.CodeOf(err), "a contributor writes, but does not manage")
	_, err = w.Drafts.Move(w.As(w.Stranger), mine.ID, "archive")
	require.Equal(t, errs.NotFound, errs.CodeOf(err))
}

func TestTheNextDraftOfAResourceStartsFromItAndReplacesItOnPublish(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	first := approved(t, w, drafts.Input{})
	first, err := w.Drafts.Publish(w.As(w.Marketer), first.ID)
	require.NoError(t, err)
	resource := first.ResourceID.UUID
	require.Contains(t, first.Allowed(w.Marketer), "revise")

	next := plan(t, w, drafts.Input{Title: "Sizing a pump, again", ResourceID: first.ResourceID})
	doc, err := w.Drafts.Document(w.As(w.Marketer), next.ID)
	require.NoError(t, err)
	require.Equal(t, "First", doc.Text, "it starts with what is published")
	_, err = w.Drafts.Create(w.As(w.Marketer), drafts.Input{Title: "Twice", ContentType: "blog_post", ResourceID: first.ResourceID})
	require.Equal(t, errs.Conflict, errs.CodeOf(err))
	w.Exec(`UPDATE drafts SET confidential = true, writer_id = $1 WHERE id = $2`, w.MarketingLead.ID, next.ID)
	_, err = w.Drafts.Create(w.As(w.Marketer), drafts.Input{Title: "Twice", ContentType: "blog_post", ResourceID: first.ResourceID})
	w.Code(errs.Conflict, err)
	require.NotContains(t, fmt.Sprintf("%+v", err), next.Title, "its title is for the people on it")
	w.Exec(`UPDATE drafts SET confidential = false, writer_id = $1 WHERE id = $2`, w.Marketer.ID, next.ID)
	_, err = w.Drafts.Create(w.As(w.Marketer), drafts.Input{Title: "Of nothing", ContentType: "blog_post", ResourceID: uuid.NullUUID{UUID: uuid.New(), Valid: true}})
	require.Equal(t, errs.NotFound, errs.CodeOf(err))

	_, err = w.Drafts.Move(w.As(w.Marketer), next.ID, "start")
	require.NoError(t, err)
	write(t, w, w.Marketer, next.ID, "Second")
	live, err := w.Library.Resource(w.As(w.Rep), resource)
	require.NoError(t, err)
	require.Equal(t, "Sizing a pump", live.Title, "the resource stays as it is while its next draft is written")

	_, err = w.Drafts.Submit(w.As(w.Marketer), next.ID)
	require.NoError(t, err)
	v := current(t, w, next.ID)
	require.NoError(t, approve(w, w.SalesLead, next.ID, v))
	require.NoError(t, approve(w, w.MarketingLead, next.ID, v))
	next, err = w.Drafts.Publish(w.As(w.Marketer), next.ID)
	require.NoError(t, err)
	require.Equal(t, resource, next.ResourceID.UUID, "it keeps its address")
	require.Equal(t, drafts.Archived, get(t, w, first.ID).State)
	_, err = w.Drafts.Move(w.As(w.Marketer), first.ID, "unarchive")
	require.Equal(t, errs.Conflict, errs.CodeOf(err), "two drafts cannot both be what is published")
	live, err = w.Library.Resource(w.As(w.Rep), resource)
	require.NoError(t, err)
	require.Equal(t, "Sizing a pump, again", live.Title)
	require.Equal(t, 2, live.Version)
}

func TestOnlyOneNextDraftIsBegunAtOnce(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	first, err := w.Drafts.Publish(w.As(w.Marketer), approved(t, w, drafts.Input{}).ID)
	require.NoError(t, err)
	results := make([]error, 8)
	var group sync.WaitGroup
	for i := range results {
		group.Go(func() {
			_, results[i] = w.Drafts.Create(w.As(w.Marketer), drafts.Input{Title: "Next", ContentType: "blog_post", ResourceID: first.ResourceID})
		})
	}
	group.Wait()
	won := 0
	for _, err := range results {
		if err == nil {
			won++
			continue
		}
		require.Equal(t, errs.Conflict, errs.CodeOf(err), err)
	}
	require.Equal(t, 1, won)
}
