package shares_test

import (
	"sync"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"byline/backend/internal/domaintest"
	"byline/backend/internal/platform/errs"
	"byline/backend/internal/shares"
)

func TestSharesAreGivenAwayTogetherAndTakenBack(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	var ids []uuid.UUID
	for range 3 {
		x, _ := share(t, w, w.Rep)
		ids = append(ids, x.ID)
	}
	theirs, _ := share(t, w, w.Colleague)
	strange, _ := share(t, w, w.Stranger) // of another team
	all := append([]uuid.UUID{theirs.ID, strange.ID, ids[0]}, ids...)
	owners := func() int { return w.Int(`SELECT count(*) FROM shares WHERE owner_id = $1`, w.Colleague.ID) }
	stay := []shares.Stays{{ID: theirs.ID, Recipient: "Ines Duarte", Reason: shares.StaysTheirs}, {ID: strange.ID, Reason: shares.StaysGone}}

	// looked at first, which changes nothing
	h, err := w.Shares.HandOver(w.As(w.SalesLead), all, w.Colleague.ID, true)
	require.NoError(t, err)
	require.Equal(t, shares.Handover{Moved: ids, Staying: stay}, h)
	require.Equal(t, 1, owners())

	// pressed in several tabs at once
	var done sync.WaitGroup
	made := make([]shares.Handover, 4)
	for i := range made {
		done.Go(func() { made[i], _ = w.Shares.HandOver(w.As(w.SalesLead), all, w.Colleague.ID, false) })
	}
	done.Wait()
	moved, given := 0, uuid.Nil
	for _, m := range made {
		if moved += len(m.Moved); m.ID != uuid.Nil {
			given = m.ID
		}
	}
	require.Equal(t, 3, moved)
	require.Equal(t, 4, owners())
	require.Equal(t, 1, w.Int(`SELECT count(*) FROM share_handovers`))
	w.Deliver(2)
	inbox := w.Inbox(w.Colleague)
	require.Len(t, inbox, 1, "one notice for all of them")
	require.Equal(t, "share.handed_over", inbox[0].Verb)

	// taken back by whoever did it alone: what has moved on stays there
	_, err = w.Shares.TakeBack(w.As(w.Colleague), given)
	w.Code(errs.NotFound, err)
	_, err = w.Shares.Transfer(w.As(w.Colleague), ids[2], w.SalesLead.ID)
	require.NoError(t, err)
	back, err := w.Shares.TakeBack(w.As(w.SalesLead), given)
	require.NoError(t, err)
	require.ElementsMatch(t, ids[:2], back)
	back, err = w.Shares.TakeBack(w.As(w.SalesLead), given)
	require.NoError(t, err)
	require.Empty(t, back, "once")
	require.Equal(t, 2, w.Int(`SELECT count(*) FROM shares WHERE owner_id = $1`, w.Rep.ID))

	// a rep gives their own away, and can take back what they do not see any more, for an hour
	h, err = w.Shares.HandOver(w.As(w.Rep), ids[:1], w.Stranger.ID, false)
	require.NoError(t, err)
	w.Exec(`UPDATE share_handovers SET at = now() - interval '61 minutes' WHERE id = $1`, h.ID)
	_, err = w.Shares.TakeBack(w.As(w.Rep), h.ID)
	w.Code(errs.Conflict, err)
	w.Exec(`UPDATE share_handovers SET at = now() WHERE id = $1`, h.ID)
	back, err = w.Shares.TakeBack(w.As(w.Rep), h.ID)
	require.NoError(t, err)
	require.Equal(t, ids[:1], back)

	for to, code := range map[uuid.UUID]errs.Code{uuid.New(): errs.Invalid, w.Colleague.ID: errs.NotFound} {
		_, err = w.Shares.HandOver(w.As(w.Rep), []uuid.UUID{strange.ID}, to, false)
		w.Code(code, err)
	}
	w.Exec(`UPDATE users SET disabled_at = now() WHERE id = $1`, w.Colleague.ID)
	_, err = w.Shares.HandOver(w.As(w.Rep), ids[:1], w.Colleague.ID, false)
	w.Code(errs.Invalid, err)
}

// Whoever leaves has given their shares to their lead by then: they are found by who made them.
func TestTheSharesOfSomebodyWhoLeftAreFoundByTheirName(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	x, _ := share(t, w, w.Rep)
	of := func() (ids []uuid.UUID) {
		found, err := w.Shares.List(w.As(w.SalesLead), shares.Filter{Scope: shares.All, Owner: w.Rep.ID, Limit: 9})
		require.NoError(t, err)
		for _, f := range found {
			ids = append(ids, f.ID)
		}
		return ids
	}
	require.Equal(t, []uuid.UUID{x.ID}, of())
	_, err := w.Shares.Transfer(w.As(w.Rep), x.ID, w.SalesLead.ID)
	require.NoError(t, err)
	require.Empty(t, of())
	w.Exec(`UPDATE users SET disabled_at = now() WHERE id = $1`, w.Rep.ID)
	require.Equal(t, []uuid.UUID{x.ID}, of())
}
