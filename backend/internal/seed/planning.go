package seed

import (
	"context"

	"byline/backend/internal/drafts"
	"byline/backend/internal/views"
)

// planned are views as people of the demo would have saved them.
var planned = []struct {
	by     string
	page   string
	name   string
	query  string
	shared views.Sharing
}{
	{"helena", "drafts", "Case studies", "type=case_study&view=list", views.WithSide},
	{"helena", "drafts", "Who writes what", "lanes=person", views.WithSide},
	{"helena", "calendar", "Next steps", "lens=due&view=agenda", views.WithSide},
	{"marta", "ideas", "What buyers asked for", "kind=request", views.WithSide},
	{"tom", "library", "Case studies as a list", "type=%5B%22case_study%22%5D&view=list", views.WithNobody},
}

// planPlanning says who is away, saves views, and sets the limits of the board.
func (w *world) planPlanning() error {
	w.planAbsences()
	if w.Views == nil {
		return nil
	}
	for i, p := range planned {
		w.plan(21-float64(i), p.by, "view "+p.name, func(ctx context.Context) error {
			_, err := w.Views.Create(ctx, views.Input{Page: p.page, Name: p.name, Query: p.query, Shared: p.shared})
			return err
		})
	}
	w.plan(15, "helena", "limits", func(ctx context.Context) error {
		b, err := w.Drafts.Board(ctx)
		if err != nil {
			return err
		}
		_, err = w.Drafts.SetBoard(ctx, b.Rev, map[drafts.State]int{drafts.Brief: 4, drafts.Writing: 3, drafts.InReview: 3})
		return err
	})
	return nil
}
