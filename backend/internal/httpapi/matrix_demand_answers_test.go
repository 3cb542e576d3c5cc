package httpapi_test

import (
	"github.com/google/uuid"

	"byline/backend/internal/demand"
)

func init() {
	// there says that a resource of the author answers a card that nothing answers
	there := func(archived bool) func(*company, *client) request {
		return func(w *company, c *client) request {
			r := missed(w, c)
			id := r.path["id"].(uuid.UUID)
			must[demand.Card](w)(w.Demand.Unanswer(w.author.as(), id))
			must[demand.Card](w)(w.Demand.Dismiss(w.author.as(), id, false))
			return r.with(object{"resource_id": w.resource(archived).ID})
		}
	}
	nowhere := func(w *company, _ *client) request {
		return on(uuid.New()).with(object{"resource_id": w.resource(false).ID})
	}
	rows = append(rows,
		row{op: "answerDemand", on: "what everybody reads", want: "401 403 403 200 200 200 200", make: there(false)},
		row{op: "answerDemand", on: "what is archived", want: "401 403 403 404 422 422 422", make: there(true)},
		row{op: "answerDemand", on: "no resource", want: "401 403 403 404 404 404 404", make: func(w *company, c *client) request {
			return there(false)(w, c).with(object{"resource_id": uuid.New()})
		}},
		row{op: "answerDemand", on: "none", want: "401 403 403 404 404 404 404", make: nowhere},
		row{op: "unanswerDemand", on: "a card", want: "401 403 403 200 200 200 200", make: missed},
		row{op: "unanswerDemand", on: "none", want: "401 403 403 404 404 404 404", make: nowhere},
	)
}
