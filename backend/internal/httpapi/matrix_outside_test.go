package httpapi_test

import (
	"github.com/google/uuid"

	"byline/backend/internal/httpapi"
)

const linksOfADraft = "401 403 404 403 200 200 403"

// outsideOf is the path of a link of the author's to a draft.
func outsideOf(body any) func(*company, *client) request {
	return func(w *company, _ *client) request {
		_, path := w.reviewLink(w.draft(false).ID, true)
		return request{path: object{"token": path[len("/review/"):]}, body: body}
	}
}

// introduced is a link on which the sender said who they are.
func introduced(then func(w *company, path string) (more object, body any)) func(*company, *client) request {
	return func(w *company, c *client) request {
		_, path := w.reviewLink(w.draft(false).ID, true)
		more, body := then(w, path)
		r := request{path: object{"token": path[len("/review/"):]}, body: body}
		for name, v := range more {
			r.path[name] = v
		}
		c.post(path+"/reviewer", object{"name": "Ada"}).is(200)
		return r
	}
}

// ownWords is what the sender said by a link.
func ownWords(w *company, c *client) request {
	r := introduced(func(*company, string) (object, any) { return nil, nil })(w, c)
	var t httpapi.ReviewThread
	c.post(fill("/review/{token}/threads", r.path), marks(1, 5, 2, "Yes")).is(201).into(&t)
	return r.and("comment_id", t.Comments[0].ID)
}

// said is a thread of somebody else by the same link.
func (w *company) said(path string) (t httpapi.ReviewThread) {
	w.reviewer(path, "Otto").post(path+"/threads", marks(1, 5, 2, "No")).is(201).into(&t)
	return t
}

func linkOf(confidential bool) func(*company, *client) request {
	return func(w *company, _ *client) request {
		l, _ := w.reviewLink(w.draft(confidential).ID, true)
		return on(w.draftOf(l.ID)).and("link_id", l.ID)
	}
}

func (w *company) draftOf(link uuid.UUID) (draft uuid.UUID) {
	_ = w.DB.Pool().QueryRow(w.t.Context(), `SELECT draft_id FROM review_links WHERE id = $1`, link).Scan(&draft)
	return draft
}

func init() {
	link := object{"label": "The customer", "days": 7, "may_comment": true}
	rows = append(rows,
		row{op: "listReviewLinks", on: "a draft", want: linksOfADraft, make: draft(false)},
		row{op: "listReviewLinks", on: "a confidential draft", want: "401 403 404 404 404 404 404", make: draft(true)},
		row{op: "createReviewLink", on: "a draft", want: "401 403 404 403 201 201 403", make: body(draft(false), link)},
		row{op: "createReviewLink", on: "a confidential draft", want: "401 403 404 404 404 404 404", make: body(draft(true), link)},
		row{op: "createReviewLink", on: "a draft of which one sees the title", want: "401 403 403 404 403 404 404", make: body(titleOnly(true), link)},
		row{op: "revokeReviewLink", on: "the author's", want: linksOfADraft, make: linkOf(false)},
		row{op: "revokeReviewLink", on: "the author's to a confidential draft", want: "401 403 404 404 404 404 404", make: linkOf(true)},
		row{op: "restoreReviewLink", on: "the author's", want: linksOfADraft, make: linkOf(false)},
		row{op: "getReview", on: "a link", want: "200 200 200 200 200 200 200", make: outsideOf(nil)},
		row{op: "getReviewPicture", on: "a link, what is not in the text", want: "404 404 404 404 404 404 404", make: func(w *company, c *client) request {
			return outsideOf(nil)(w, c).and("asset_id", w.file(w.author))
		}},
		row{op: "listReviewThreads", on: "a link", want: "200 200 200 200 200 200 200", make: outsideOf(nil)},
		row{op: "startReviewThread", on: "a link, before one said who one is", want: "403 403 403 403 403 403 403", make: outsideOf(marks(1, 5, 2, "Yes"))},
		row{op: "startReviewThread", on: "a link", want: "201 201 201 201 201 201 201", make: introduced(func(*company, string) (object, any) { return nil, marks(1, 5, 2, "Yes") })},
		row{op: "replyInReview", on: "another's thread by the same link", want: "201 201 201 201 201 201 201", make: introduced(func(w *company, path string) (object, any) {
			return object{"thread_id": w.said(path).ID}, object{"body": "Yes"}
		})},
		row{op: "editReviewComment", on: "another's", want: "404 404 404 404 404 404 404", make: func(w *company, c *client) request {
			return introduced(func(w *company, path string) (object, any) {
				return object{"comment_id": w.said(path).Comments[0].ID}, object{"body": "Yes"}
			})(w, c).at(1)
		}},
		row{op: "deleteReviewComment", on: "another's", want: "404 404 404 404 404 404 404", make: introduced(func(w *company, path string) (object, any) {
			return object{"comment_id": w.said(path).Comments[0].ID}, nil
		})},
		row{op: "editReviewComment", on: "one's own", want: "200 200 200 200 200 200 200", make: func(w *company, c *client) request { return ownWords(w, c).at(1).with(object{"body": "No"}) }},
		row{op: "deleteReviewComment", on: "one's own", want: "204 204 204 204 204 204 204", make: ownWords},
		row{op: "introduceReviewer", on: "a link", want: "200 200 200 200 200 200 200", make: outsideOf(object{"name": "Ines"})},
	)
}
