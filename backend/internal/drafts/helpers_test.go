package drafts_test

import (
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"byline/backend/internal/domaintest"
	"byline/backend/internal/drafts"
	"byline/backend/internal/platform/auth"
)

func plan(t *testing.T, w *domaintest.World, in drafts.Input) drafts.Draft {
	t.Helper()
	if in.Title == "" {
		in.Title = "Sizing a pump"
	}
	in.ContentType = "blog_post"
	d, err := w.Drafts.Create(w.As(w.Marketer), in)
	require.NoError(t, err)
	return d
}

// write replaces the text.
func write(t *testing.T, w *domaintest.World, u auth.User, id uuid.UUID, text string) {
	t.Helper()
	doc, err := w.Drafts.Document(w.As(u), id)
	require.NoError(t, err)
	_, err = w.Drafts.SaveDocument(w.As(u), id, doc.Version, domaintest.Text(text))
	require.NoError(t, err)
}

// inReview gives a draft of the marketer with a text, submitted.
func inReview(t *testing.T, w *domaintest.World, in drafts.Input) drafts.Draft {
	t.Helper()
	d := plan(t, w, in)
	_, err := w.Drafts.Move(w.As(w.Marketer), d.ID, "start")
	require.NoError(t, err)
	write(t, w, w.Marketer, d.ID, "First")
	d, err = w.Drafts.Submit(w.As(w.Marketer), d.ID)
	require.NoError(t, err)
	return d
}

// current gives the version that is up for approval.
func current(t *testing.T, w *domaintest.World, id uuid.UUID) drafts.Version {
	t.Helper()
	d, err := w.Drafts.Get(w.As(w.Marketer), id)
	require.NoError(t, err)
	v, err := w.Drafts.Version(w.As(w.Marketer), id, d.CurrentVersionID.UUID)
	require.NoError(t, err)
	return v
}

func approve(w *domaintest.World, u auth.User, id uuid.UUID, v drafts.Version) error {
	_, err := w.Drafts.Approve(w.As(u), id, v.ID, v.Hash)
	return err
}

// approved gives a draft that both leads approved.
func approved(t *testing.T, w *domaintest.World, in drafts.Input) drafts.Draft {
	t.Helper()
	d := inReview(t, w, in)
	v := current(t, w, d.ID)
	require.NoError(t, approve(w, w.SalesLead, d.ID, v))
	require.NoError(t, approve(w, w.MarketingLead, d.ID, v))
	return get(t, w, d.ID)
}

func get(t *testing.T, w *domaintest.World, id uuid.UUID) drafts.Draft {
	t.Helper()
	d, err := w.Drafts.Get(w.As(w.Marketer), id)
	require.NoError(t, err)
	return d
}
