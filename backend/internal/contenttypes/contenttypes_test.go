package contenttypes_test

import (
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"byline/backend/internal/contenttypes"
	"byline/backend/internal/domaintest"
	"byline/backend/internal/platform/errs"
)

func input() contenttypes.Input {
	return contenttypes.Input{Name: "Webinar", Brief: map[string]string{"key_message": "One thing."}, Checklist: []string{" Speaker  agreed ", "Speaker agreed", ""}, ReviewMonths: 6,
		StepDays: map[contenttypes.Step]int{"brief": 1, "writing": 3, "in_review": 2, "approved": 1}, Mode: contenttypes.BothSides, Needed: 2, RemindHours: 24, EscalateHours: 72}
}

func TestTheNineTypesAreThereFromTheStart(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	all, err := w.ContentTypes.List(w.As(w.Rep))
	require.NoError(t, err)
	require.Len(t, all, 9)
	require.Equal(t, "blog_post", all[0].Key)
	for _, ty := range all {
		require.NotEmpty(t, ty.Checklist, ty.Key)
		require.NotEmpty(t, ty.Brief, ty.Key)
		require.Len(t, ty.StepDays, 4, ty.Key)
	}
}

func TestATypeIsAddedChangedArrangedAndArchived(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	lead := w.As(w.MarketingLead)
	made, err := w.ContentTypes.Create(lead, "webinar", input())
	require.NoError(t, err)
	require.Equal(t, []string{"Speaker agreed"}, made.Checklist, "cleaned, once")
	_, err = w.ContentTypes.Create(lead, "webinar", input())
	require.Equal(t, errs.Conflict, errs.CodeOf(err))

	in := input()
	in.Name = "Online event"
	changed, err := w.ContentTypes.Update(lead, "webinar", made.Rev, in)
	require.NoError(t, err)
	require.Equal(t, "Online event", changed.Name)
	_, err = w.ContentTypes.Update(lead, "webinar", made.Rev, in)
	require.Equal(t, errs.Stale, errs.CodeOf(err))

	arranged, err := w.ContentTypes.Arrange(lead, []string{"webinar", "deck", "webinar"})
	require.NoError(t, err)
	require.Equal(t, []string{"webinar", "deck", "blog_post"}, []string{arranged[0].Key, arranged[1].Key, arranged[2].Key})

	_, err = w.ContentTypes.Arrange(lead, []string{"nothing"})
	require.Equal(t, errs.Invalid, errs.CodeOf(err))

	archived, err := w.ContentTypes.Archive(lead, "webinar", changed.Rev, true)
	require.NoError(t, err)
	require.True(t, archived.Archived)
	_, err = w.ContentTypes.ForNew(lead, "webinar", "body.content_type")
	require.Equal(t, errs.Invalid, errs.CodeOf(err))
	_, err = w.ContentTypes.Archive(lead, "webinar", archived.Rev, false)
	require.NoError(t, err)
	_, err = w.ContentTypes.ForNew(lead, "webinar", "body.content_type")
	require.NoError(t, err)
	require.Equal(t, 5, w.Int(`SELECT count(*) FROM activities WHERE object_type = 'content_type'`)+1, "created, updated, archived, restored")
}

func TestTheLastTypeStays(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	all, err := w.ContentTypes.List(w.As(w.Admin))
	require.NoError(t, err)
	for _, ty := range all[1:] {
		_, err := w.ContentTypes.Archive(w.As(w.Admin), ty.Key, ty.Rev, true)
		require.NoError(t, err)
	}
	_, err = w.ContentTypes.Archive(w.As(w.Admin), all[0].Key, all[0].Rev, true)
	require.Equal(t, errs.Conflict, errs.CodeOf(err))
}

func TestWhatMakesNoSenseIsRefusedByItsField(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	for field, change := range map[string]func(in *contenttypes.Input){
		"body.name":          func(in *contenttypes.Input) { in.Name = "  " },
		"body.brief.colour":  func(in *contenttypes.Input) { in.Brief["colour"] = "blue" },
		"body.step_days":     func(in *contenttypes.Input) { in.StepDays["published"] = 1 },
		"body.approval_mode": func(in *contenttypes.Input) { in.Mode = "nobody" },
		"body.approvals_needed": func(in *contenttypes.Input) {
			in.Mode, in.Needed, in.Approvers = contenttypes.NOfM, 3, []uuid.UUID{w.SalesLead.ID, w.Rep.ID}
		},
		"body.approver_ids": func(in *contenttypes.Input) {
			in.Mode, in.Needed, in.Approvers = contenttypes.NOfM, 1, []uuid.UUID{uuid.New()}
		},
		"body.escalate_hours": func(in *contenttypes.Input) { in.EscalateHours = in.RemindHours },
	} {
		in := input()
		change(&in)
		_, err := w.ContentTypes.Create(w.As(w.Admin), "webinar", in)
		require.Equal(t, errs.Invalid, errs.CodeOf(err), field)
		var e *errs.Error
		require.ErrorAs(t, err, &e)
		require.Equal(t, field, e.Location)
	}
	_, err := w.ContentTypes.Create(w.As(w.Admin), "Web inar", input())
	require.Equal(t, errs.Invalid, errs.CodeOf(err))
}
