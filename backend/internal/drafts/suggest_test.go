package drafts_test

import (
	"encoding/json"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"byline/backend/internal/coedit"
	"byline/backend/internal/domaintest"
	"byline/backend/internal/drafts"
	"byline/backend/internal/platform/errs"
)

func suggested(plain, words string, by uuid.UUID) json.RawMessage {
	content := `{"type":"text","text":"` + words + `","marks":[{"type":"insertion","attrs":{"id":"a","by":"` + by.String() + `","at":"2026-03-01T10:00:00Z"}}]}`
	if plain != "" {
		content = `{"type":"text","text":"` + plain + `"},` + content
	}
	return json.RawMessage(`{"type":"doc","content":[{"type":"paragraph","content":[` + content + `]}]}`)
}

func TestSalesSuggestsUntilTheWriterLetsThemEdit(t *testing.T) {
	w := domaintest.New(t)
	d := plan(t, w, drafts.Input{Contributors: []uuid.UUID{w.Rep.ID}})
	require.Equal(t, []uuid.UUID{w.Rep.ID}, d.Suggesters)
	rep, writer := w.As(w.Rep), w.As(w.Marketer)
	v, err := w.Drafts.SaveDocument(writer, d.ID, 1, domaintest.Text("Text."))
	require.NoError(t, err)

	write, why, err := w.Drafts.Access(rep, d.ID)
	require.NoError(t, err)
	require.True(t, write)
	require.Equal(t, coedit.Suggesting, why)
	_, err = w.Drafts.SaveDocument(rep, d.ID, v, domaintest.Text("Other."))
	w.Code(errs.Forbidden, err)
	_, err = w.Drafts.SaveDocument(rep, d.ID, v, suggested("Text.", " More.", w.SalesLead.ID))
	w.Code(errs.Forbidden, err, "in the name of another")
	v, err = w.Drafts.SaveDocument(rep, d.ID, v, suggested("Text.", " More.", w.Rep.ID))
	require.NoError(t, err)
	_, err = w.Drafts.ResolveSuggestions(rep, d.ID, true)
	w.Code(errs.Forbidden, err)
	doc, err := w.Drafts.Document(writer, d.ID)
	require.NoError(t, err)
	require.Equal(t, "Text.", doc.Text)

	_, err = w.Drafts.SetEdits(rep, d.ID, w.Rep.ID, true)
	w.Code(errs.Forbidden, err)
	_, err = w.Drafts.SetEdits(writer, d.ID, w.SalesLead.ID, true)
	w.Code(errs.NotFound, err)
	d, err = w.Drafts.SetEdits(writer, d.ID, w.Rep.ID, true)
	require.NoError(t, err)
	require.Empty(t, d.Suggesters)
	_, err = w.Drafts.SaveDocument(rep, d.ID, v, domaintest.Text("Other."))
	require.NoError(t, err)
	// who stays on the draft keeps it
	d, err = w.Drafts.Update(writer, d.ID, d.Rev, drafts.Input{Title: "New", ContentType: d.ContentType, Contributors: []uuid.UUID{w.Rep.ID}})
	require.NoError(t, err)
	require.Empty(t, d.Suggesters)
}

func TestATextWithSuggestionsIsNotSubmitted(t *testing.T) {
	w := domaintest.New(t)
	for _, accept := range []bool{true, false} {
		d := plan(t, w, drafts.Input{Contributors: []uuid.UUID{w.Rep.ID}})
		writer := w.As(w.Marketer)
		_, err := w.Drafts.Move(writer, d.ID, "start")
		require.NoError(t, err)
		v, err := w.Drafts.SaveDocument(writer, d.ID, 1, domaintest.Text("Text."))
		require.NoError(t, err)
		_, err = w.Drafts.SaveDocument(w.As(w.Rep), d.ID, v, suggested("Text.", " More.", w.Rep.ID))
		require.NoError(t, err)
		_, err = w.Drafts.Submit(writer, d.ID)
		w.Code(errs.Conflict, err)
		v, err = w.Drafts.ResolveSuggestions(writer, d.ID, accept)
		require.NoError(t, err)
		again, err := w.Drafts.ResolveSuggestions(writer, d.ID, accept)
		require.NoError(t, err)
		require.Equal(t, v, again, "a double click")
		_, err = w.Drafts.Submit(writer, d.ID)
		require.NoError(t, err)
		versions, err := w.Drafts.Versions(writer, d.ID)
		require.NoError(t, err)
		one, err := w.Drafts.Version(writer, d.ID, versions[0].ID)
		require.NoError(t, err)
		require.Equal(t, map[bool]string{true: "Text. More.", false: "Text."}[accept], one.Text)
		require.NotContains(t, string(one.Doc), "insertion")
	}
}
