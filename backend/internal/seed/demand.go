package seed

import (
	"context"

	"byline/backend/internal/demand"
)

// planDemand lets people search for what the company does not have, or does not find.
func (w *world) planDemand() error {
	if w.Demand == nil {
		return nil
	}
	w.plan(40, "jonas", "keeps his name with searches", func(ctx context.Context) error {
		_, err := w.Demand.SetSettings(ctx, demand.Settings{Named: true})
		return err
	})
	for _, s := range []struct {
		day   float64
		who   string
		words string
		found int // when something was opened: -1
	}{
		{26, "aoife", "atex certificate", 0}, {19, "jonas", "ATEX certificates", 0}, {11, "marta", "atex certificate", 0},
		{6, "aoife", "certificate atex loggers", 0}, {4, "jonas", "atex certificate", 0}, {1.2, "tom", "atex certificate", 0},
		{24, "aoife", "roi calculator", 3}, {21, "marta", "ROI calculator", 3}, {17, "jonas", "roi calculator excel", 2}, {3, "aoife", "roi calculator", 3},
		{9, "marta", "brazil import rules", 0}, {8, "jonas", "import rules brazil", 0},
		{5, "nora", "trade fair booth photos", 0},
		{2.8, "jonas", "cold chain", -1}, {2.6, "aoife", "cold chain", -1}, {2.4, "marta", "Cold chain", -1}, {2.2, "tom", "cold chain", -1},
		{1.9, "jonas", "passport", -1}, {1.8, "aoife", "passport", -1}, {1.7, "luca", "Passport", -1},
	} {
		w.plan(s.day, s.who, "searches for "+s.words, func(ctx context.Context) error {
			return w.Demand.Report(ctx, demand.Report{Words: s.words, Found: max(0, s.found), Opened: s.found < 0})
		})
	}
	return nil
}
