package httpapi_test

import (
	"github.com/google/uuid"

	"byline/backend/internal/drafts"
	"byline/backend/internal/ideas"
)

// evidenced is a draft of an idea with two pieces of evidence, of which its author has picked one.
func evidenced(confidential bool) func(*company, *client) request {
	return func(w *company, _ *client) request {
		i := w.idea(ideas.Everyone)
		picked, offered := w.evidence(i), w.evidence(i)
		d := w.draft(confidential, func(in *drafts.Input) { in.Ideas = []uuid.UUID{i.ID} })
		e := must[drafts.BriefEvidence](w)(w.Drafts.PickEvidence(w.author.as(), d.ID, picked.ID))
		return on(d.ID).and("pick_id", e.Picked[0].ID).with(object{"evidence_id": offered.ID})
	}
}

func removed(of func(*company, *client) request) func(*company, *client) request {
	return func(w *company, c *client) request {
		r := withoutBody(of)(w, c)
		must[drafts.BriefEvidence](w)(w.Drafts.RemovePick(w.author.as(), r.path["id"].(uuid.UUID), r.path["pick_id"].(uuid.UUID)))
		return r
	}
}

func init() {
	const planners, nobodyElse = "401 403 404 403 200 200 200", "401 403 404 404 404 404 404"
	order := object{"ids": []uuid.UUID{}}
	rows = append(rows, []row{
		{op: "listDraftEvidence", on: "a confidential draft", want: ownerOnly, make: withoutBody(evidenced(true))},
		{op: "listDraftEvidence", on: "a draft", want: "401 200 404 200 200 200 200", make: withoutBody(evidenced(false))},
		{op: "listDraftEvidence", on: "a draft of which one sees the title", want: "401 200 403 404 403 404 404", make: titleOnly(true)},
		{op: "pickEvidence", on: "a confidential draft", want: nobodyElse, make: evidenced(true)},
		{op: "pickEvidence", on: "a draft", want: planners, make: evidenced(false)},
		{op: "pickEvidence", on: "evidence of a private idea", want: "401 403 404 403 404 404 404", make: func(w *company, c *client) request {
			return evidenced(false)(w, c).with(object{"evidence_id": w.evidence(w.idea(ideas.Private)).ID})
		}},
		{op: "removePick", on: "a confidential draft", want: nobodyElse, make: withoutBody(evidenced(true))},
		{op: "removePick", on: "a draft", want: planners, make: withoutBody(evidenced(false))},
		{op: "removePick", on: "a piece of another draft", want: "401 403 404 403 404 404 404", make: func(w *company, c *client) request {
			return withoutBody(evidenced(true))(w, c).and("id", w.draft(false).ID)
		}},
		{op: "restorePick", on: "a confidential draft", want: nobodyElse, make: removed(evidenced(true))},
		{op: "restorePick", on: "a draft", want: planners, make: removed(evidenced(false))},
		{op: "orderPicks", on: "a confidential draft", want: nobodyElse, make: body(evidenced(true), order)},
		{op: "orderPicks", on: "a draft", want: planners, make: body(evidenced(false), order)},
	}...)
}
