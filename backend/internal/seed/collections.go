package seed

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"byline/backend/internal/collections"
	"byline/backend/internal/views"
)

// collected are collections as people of the demo would have made them: sections, each with a heading and resources.
var collected = []struct {
	by, title, summary string
	tone               int
	shared             views.Sharing
	sections           [][]string // heading, then keys of resources
	rule               collections.Rule
}{
	{by: "helena", title: "First meeting with a pharma buyer", summary: "What to read before, what to show, and what to send afterwards.", tone: 0, shared: views.WithEverybody,
		sections: [][]string{{"Before the call", "first-meeting-playbook gdp-in-plain-words"}, {"In the room", "pharma-lanes-2026 passport-overview objection-loggers-already"}, {"Send afterwards", "gate-datasheet ultra-cold-faq pilot-template"}}},
	{by: "marta", title: "When a competitor is named", summary: "Battlecards, and the stories that win against them.", tone: 3, shared: views.WithSide, rule: collections.Rule{ContentType: []string{"battlecard"}}},
	{by: "tom", title: "All customer stories", summary: "Every case study, the newest first.", tone: 4, shared: views.WithEverybody, rule: collections.Rule{ContentType: []string{"case_study"}}},
}

func (w *world) planCollections() error {
	w.planFeedback()
	w.planVisits()
	if w.Collections == nil {
		return nil
	}
	for i, c := range collected {
		w.plan(12-float64(i), c.by, "collection "+c.title, func(ctx context.Context) error {
			in := collections.Input{Title: c.title, Summary: c.summary, Kind: collections.ByRule, Rule: c.rule, Tone: c.tone, Shared: c.shared}
			var all []uuid.UUID
			var sections []collections.Section
			for _, s := range c.sections {
				in.Kind = collections.ByHand
				section := collections.Section{Title: s[0]}
				for _, key := range strings.Fields(s[1]) {
					section.IDs = append(section.IDs, w.ids["resource/"+key])
				}
				all, sections = append(all, section.IDs...), append(sections, section)
			}
			made, err := w.Collections.Create(ctx, in, all)
			if err != nil || len(sections) == 0 {
				return err
			}
			_, err = w.Collections.Arrange(ctx, made.ID, made.Rev, sections)
			return err
		})
	}
	return nil
}
