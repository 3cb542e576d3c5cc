package drafts_test

import (
	"encoding/json"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"byline/backend/internal/domaintest"
	"byline/backend/internal/drafts"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/errs"
)

func withPicture(asset uuid.UUID) json.RawMessage {
	return json.RawMessage(`{"type":"doc","content":[{"type":"paragraph","content":[{"type":"text","text":"See"}]},{"type":"figure","attrs":{"asset":"` +
		asset.String() + `","alt":"A pump","caption":"Size 3","width":"normal"}}]}`)
}

// A text shows only files that its writer may see, and then to all of its readers, in its versions and once it is
// published.
func TestAFileInATextIsForItsReadersAndNobodySmugglesOneIn(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	d := plan(t, w, drafts.Input{Contributors: []uuid.UUID{w.Rep.ID}, Confidential: true})
	theirs, mine := w.File(w.Stranger), w.File(w.Rep)
	sees := func(u auth.User, asset uuid.UUID) bool {
		_, err := w.Library.Asset(w.As(u), asset)
		return err == nil
	}
	_, err := w.Drafts.SaveDocument(w.As(w.Rep), d.ID, 1, withPicture(theirs))
	w.Code(errs.Invalid, err)
	_, err = w.Drafts.SaveDocument(w.As(w.Rep), d.ID, 1, withPicture(uuid.New()))
	w.Code(errs.Invalid, err)
	require.False(t, sees(w.Rep, theirs))

	w.Exec(`UPDATE draft_people SET edits = true`)
	v, err := w.Drafts.SaveDocument(w.As(w.Rep), d.ID, 1, withPicture(mine))
	require.NoError(t, err)
	require.True(t, sees(w.Marketer, mine), "the writer reads the draft")
	require.False(t, sees(w.MarketingLead, mine), "it is confidential")

	// taken out and put back by somebody who could not have brought it: Undo, or a version
	require.NoError(t, w.Drafts.NameVersion(w.As(w.Marketer), d.ID, "With the picture"))
	v, err = w.Drafts.SaveDocument(w.As(w.Marketer), d.ID, v, domaintest.Text("Without"))
	require.NoError(t, err)
	require.True(t, sees(w.Marketer, mine), "the version shows it")
	versions, err := w.Drafts.Versions(w.As(w.Marketer), d.ID)
	require.NoError(t, err)
	_, err = w.Drafts.Restore(w.As(w.Marketer), d.ID, versions[0].ID, v)
	require.NoError(t, err)
}

func TestAPublishedPictureIsForTheReadersOfItsResource(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	picture := w.File(w.Marketer)
	d := plan(t, w, drafts.Input{})
	_, err := w.Drafts.Move(w.As(w.Marketer), d.ID, "start")
	require.NoError(t, err)
	_, err = w.Drafts.SaveDocument(w.As(w.Marketer), d.ID, 1, withPicture(picture))
	require.NoError(t, err)
	d, err = w.Drafts.Submit(w.As(w.Marketer), d.ID)
	require.NoError(t, err)
	c := current(t, w, d.ID)
	require.NoError(t, approve(w, w.SalesLead, d.ID, c))
	require.NoError(t, approve(w, w.MarketingLead, d.ID, c))
	_, err = w.Library.Asset(w.As(w.Stranger), picture)
	w.Code(errs.NotFound, err)
	d, err = w.Drafts.Publish(w.As(w.Marketer), d.ID)
	require.NoError(t, err)
	_, err = w.Library.Asset(w.As(w.Stranger), picture)
	require.NoError(t, err)
	next := plan(t, w, drafts.Input{ResourceID: d.ResourceID})
	title, doc, err := w.Drafts.Text(w.As(w.Marketer), next.ID, uuid.Nil)
	require.NoError(t, err)
	require.Equal(t, "Sizing a pump", title)
	require.Equal(t, []uuid.UUID{picture}, doc.Assets(), "the next draft begins with it")
}
