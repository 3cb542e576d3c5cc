package seed

import (
	"context"

	"byline/backend/internal/library"
)

// said is what people of the demo say about resources.
var said = []struct {
	day    float64
	by     string
	on     string
	kind   library.FeedbackKind
	body   string
	page   int
	rating int
	answer string // of marketing, a day later
}{
	{day: 9, by: "jonas", on: "gate-datasheet", kind: library.Wrong, body: "The operating temperature is that of the old model.", page: 1, answer: "Corrected, and the sheet has a date now. Thank you."},
	{day: 4, by: "aoife", on: "reefer-guide", kind: library.Wrong, body: "The price per container is last year's."},
	{day: 6, by: "jonas", on: "pharma-lanes-2026", kind: library.Used, body: "Showed page 2 in Basel. The buyer asked for the same numbers of her own lanes."},
	{day: 3, by: "aoife", on: "first-meeting-playbook", kind: library.Used, body: "The second question opened the meeting. They had never been asked who looks at the logger."},
	{day: 8, by: "jonas", on: "pharma-lanes-2026", kind: library.Rating, rating: 5},
	{day: 5, by: "marta", on: "pharma-lanes-2026", kind: library.Rating, rating: 4},
	{day: 5, by: "aoife", on: "reefer-guide", kind: library.Rating, rating: 3},
	{day: 2, by: "jonas", on: "first-meeting-playbook", kind: library.Rating, rating: 5},
}

// planVisits lets people have been here before, so that there is something new to them.
func (w *world) planVisits() {
	for i, who := range []string{"jonas", "aoife", "marta", "tom", "nora", "helena"} {
		w.plan(12-float64(i), who, "visit of "+who, func(ctx context.Context) error {
			_, err := w.Library.Visit(ctx, 1)
			return err
		})
	}
}

func (w *world) planFeedback() {
	for _, s := range said {
		w.plan(s.day, s.by, "feedback on "+s.on, func(ctx context.Context) error {
			f := library.Feedback{ResourceID: w.ids["resource/"+s.on], Kind: s.kind, Body: s.body}
			if s.page > 0 {
				f.Page = &s.page
			}
			if s.rating > 0 {
				f.Rating = &s.rating
			}
			f, err := w.Library.GiveFeedback(ctx, f)
			if err == nil && s.answer != "" {
				w.ids["feedback/"+s.on] = f.ID
			}
			return err
		})
		if s.answer != "" {
			w.plan(s.day-1, "tom", "answer on "+s.on, func(ctx context.Context) error {
				_, err := w.Library.AnswerFeedback(ctx, w.ids["feedback/"+s.on], s.answer, false)
				return err
			})
		}
	}
}
