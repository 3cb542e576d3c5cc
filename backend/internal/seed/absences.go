package seed

import (
	"context"
	"time"

	"github.com/google/uuid"

	"byline/backend/internal/drafts"
)

// planAbsences lets somebody be away soon, with a colleague who approves meanwhile.
func (w *world) planAbsences() {
	w.plan(2, "sofie", "days away", func(ctx context.Context) error {
		today := time.Now()
		_, err := w.Drafts.AddAbsence(ctx, drafts.AbsenceInput{StartsOn: today.AddDate(0, 0, 9), EndsOn: today.AddDate(0, 0, 16), Note: "Walking in the fells",
			DelegateID: uuid.NullUUID{UUID: w.person("marcus"), Valid: true}})
		return err
	})
}
