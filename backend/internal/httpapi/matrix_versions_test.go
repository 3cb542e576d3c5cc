package httpapi_test

import (
	"encoding/hex"
	"time"

	"github.com/google/uuid"

	"byline/backend/internal/drafts"
)

// away is a time away of the rep, with the other rep to stand in.
func away(w *company, _ *client) request {
	for _, old := range must[[]drafts.Absence](w)(w.Drafts.Absences(w.rep.as())) {
		must[struct{}](w)(struct{}{}, w.Drafts.RemoveAbsence(w.rep.as(), old.ID))
	}
	a := must[drafts.Absence](w)(w.Drafts.AddAbsence(w.rep.as(), drafts.AbsenceInput{StartsOn: time.Now(), EndsOn: time.Now().AddDate(0, 0, 3), DelegateID: uuid.NullUUID{UUID: w.other.ID, Valid: true}}))
	return on(a.ID).at(1).with(object{"starts_on": "2027-02-01", "ends_on": "2027-02-03"})
}

func compared(of func(*company, *client) request) func(*company, *client) request {
	return func(w *company, c *client) request { r := of(w, c); r.query = "from=now&to=now"; return r }
}

// comparedWith compares with a version, named in the path of the row, which belongs to another draft.
func comparedWith(w *company, _ *client) request {
	_, v := w.submitted(true)
	r := on(w.draft(false).ID)
	r.query = "from=" + v.ID.String()
	return r
}

// leftTo is a draft that waits for the lead of sales, who is away and left it to somebody.
func leftTo(delegate func(*company) *client, confidential bool) func(*company, *client) request {
	return func(w *company, _ *client) request {
		for _, old := range must[[]drafts.Absence](w)(w.Drafts.Absences(w.lead.as())) {
			must[struct{}](w)(struct{}{}, w.Drafts.RemoveAbsence(w.lead.as(), old.ID))
		}
		must[drafts.Absence](w)(w.Drafts.AddAbsence(w.lead.as(), drafts.AbsenceInput{StartsOn: time.Now().AddDate(0, 0, -1), EndsOn: time.Now().AddDate(0, 0, 3),
			DelegateID: uuid.NullUUID{UUID: delegate(w).ID, Valid: true}}))
		d, v := w.submitted(confidential)
		return on(d.ID).with(object{"version_id": v.ID, "hash": hex.EncodeToString(v.Hash)})
	}
}

func init() {
	renamed := func(of func(*company, *client) request) func(*company, *client) request {
		return body(noRev(of), object{"label": "For the fair"})
	}
	look := object{"doc_version": 1}
	rows = append(rows, []row{
		{op: "renameVersion", on: "a confidential draft", want: ownerOnly, make: renamed(version(true))},
		{op: "renameVersion", on: "a draft", want: "401 200 404 403 200 200 403", make: renamed(version(false))},
		{op: "renameVersion", on: "a version of a confidential draft, by way of another draft", want: "401 404 404 403 404 404 403", make: func(w *company, _ *client) request {
			_, v := w.submitted(true)
			return on(w.draft(false).ID).and("version_id", v.ID).with(object{"label": "x"})
		}},
		{op: "getDraftChanges", on: "a confidential draft", want: ownerOnly, make: secret},
		{op: "getDraftChanges", on: "a draft", want: "401 200 404 200 200 200 200", make: shared},
		{op: "getDraftChanges", on: "a draft of which one sees the title", want: "401 200 403 404 403 404 404", make: titleOnly(true)},
		{op: "lookAtDraft", on: "a confidential draft", want: ownerOnly204, make: body(secret, look)},
		{op: "lookAtDraft", on: "a draft", want: "401 204 404 204 204 204 204", make: body(shared, look)},
		{op: "lookAtDraft", on: "a draft of which one sees the title", want: "401 204 403 404 403 404 404", make: body(titleOnly(true), look)},
		{op: "compareDraft", on: "a confidential draft", want: ownerOnly, make: compared(secret)},
		{op: "compareDraft", on: "a draft", want: "401 200 404 200 200 200 200", make: compared(shared)},
		{op: "compareDraft", on: "a draft of which one sees the title", want: "401 200 403 404 403 404 404", make: compared(titleOnly(true))},
		{op: "compareDraft", on: "with a version of a confidential draft", want: "401 404 404 404 404 404 404", make: comparedWith},
		{op: "getApprovalStatus", on: "a confidential draft", want: ownerOnly, make: secret},
		{op: "getApprovalStatus", on: "a draft", want: "401 200 404 200 200 200 200", make: shared},
		{op: "getApprovalStatus", on: "a draft of which one sees the title", want: "401 200 403 404 403 404 404", make: titleOnly(true)},
		// the other rep stands in for the lead of sales, who sees no confidential one
		{op: "approveDraft", on: "a draft that was left to the other rep", want: "401 403 200 200 403 200 403", make: leftTo(func(w *company) *client { return w.other }, false)},
		{op: "approveDraft", on: "a confidential draft, while the lead of sales is away", want: "401 403 404 404 404 404 404", make: leftTo(func(w *company) *client { return w.other }, true)},
		{op: "listAbsences", on: "mine", want: signedIn, make: plain},
		{op: "addAbsence", on: "mine", want: "401 201 201 201 201 201 201", make: func(w *company, c *client) request {
			if c.ID != uuid.Nil {
				w.exec(`DELETE FROM absences WHERE user_id = $1`, c.ID)
			}
			return request{body: object{"starts_on": "2027-01-01", "ends_on": "2027-01-03", "note": "Skiing"}}
		}},
		{op: "changeAbsence", on: "an absence of the rep", want: ownerOnly, make: away},
		{op: "removeAbsence", on: "an absence of the rep", want: ownerOnly204, make: withoutBody(away)},
	}...)
}
