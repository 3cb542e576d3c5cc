package transfer

import (
	"context"
)

// Report is what a run over a pack did.
type Report struct {
	Form   string `json:"form"` // lists, csv, files or export
	Counts Counts `json:"counts"`
}

// Run brings in all of a pack for the user in ctx, or with dry says what it would do; each is told of every row. It may be
// stopped at any moment and started again: what is there already is passed over.
func (s *Service) Run(ctx context.Context, p Pack, dry bool, each func(Row), progress Progress) (Report, error) {
	report := Report{Counts: Counts{}}
	j := s.job(p)
	j.dry = dry
	j.row = func(_ context.Context, r Row) error {
		report.Counts[r.Result]++
		each(r)
		return nil
	}
	j.step = func(_ context.Context, done, all int) error { progress(done, all); return nil }
	form, err := j.run(ctx)
	report.Form = form
	return report, err
}

func (s *Service) job(p Pack) *job {
	p = inside(p)
	return &job{Service: s, pack: p, names: names(p), seen: map[string]bool{},
		done: func(string, int) bool { return false },
		row:  func(context.Context, Row) error { return nil },
		step: func(context.Context, int, int) error { return nil }}
}

// run does what the pack asks for by what is in it.
func (j *job) run(ctx context.Context) (form string, err error) {
	for _, r := range j.pack.Refusals() {
		if err := j.row(ctx, r); err != nil {
			return "", err
		}
	}
	if isExport(j.pack) {
		return "export", j.restore(ctx)
	}
	return j.bulk(ctx)
}
