package httpapi_test

import (
	"context"
	"encoding/hex"
	"maps"
	"net/http"

	"github.com/google/uuid"

	"byline/backend/internal/collections"
	"byline/backend/internal/comments"
	"byline/backend/internal/demand"
	"byline/backend/internal/drafts"
	"byline/backend/internal/httpapi"
	"byline/backend/internal/ideas"
	"byline/backend/internal/library"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/posts"
	"byline/backend/internal/shares"
	"byline/backend/internal/views"
)

// How the rows of the matrix make what they ask for.

func plain(*company, *client) request { return request{} }

// on is a request about one thing.
func on(id uuid.UUID) request { return request{path: object{"id": id}} }

func (r request) with(body any) request { r.body = body; return r }
func (r request) at(rev int64) request  { r.rev = rev; return r }
func (r request) and(name string, v any) request {
	r.path[name] = v
	return r
}

func idea(v ideas.Visibility) func(*company, *client) request {
	return func(w *company, _ *client) request { return on(w.idea(v).ID) }
}

func draft(confidential bool) func(*company, *client) request {
	return func(w *company, _ *client) request { return on(w.draft(confidential).ID) }
}

func post(state posts.State) func(*company, *client) request {
	return func(w *company, _ *client) request { return on(w.post(state).ID) }
}

func resource(archived bool) func(*company, *client) request {
	return func(w *company, _ *client) request { return on(w.resource(archived).ID) }
}

func shareable(w *company, c *client) request {
	r := resource(false)(w, c)
	w.exec(`UPDATE resources SET shareable = true WHERE id = $1`, r.path["id"])
	return r
}

func shareOf(of func(*company, *client) request) func(*company, *client) request {
	return func(w *company, c *client) request {
		return request{body: object{"resources": []any{of(w, c).path["id"]}, "recipient": "Ines Duarte", "downloads": true}}
	}
}

func leavingOf(of func(*company, *client) request) func(*company, *client) request {
	return func(w *company, c *client) request {
		return request{query: "resource=" + of(w, c).path["id"].(uuid.UUID).String()}
	}
}

// share is the rep's. Their lead sees it, who leads marketing, and administrators.
func share(w *company, c *client) request {
	x := must[shares.Share](w)(w.Shares.Create(w.rep.as(), shares.Input{Resources: []uuid.UUID{shareable(w, c).path["id"].(uuid.UUID)}, Recipient: "Ines Duarte", Downloads: true}))
	return on(x.ID)
}

const sharersOnly = "401 200 404 200 404 200 200"

func shareIDs(w *company, c *client) request {
	return request{body: object{"ids": []any{share(w, c).path["id"]}}}
}

// handover gives it to a colleague who has none.
func handover(w *company, c *client) request {
	return shareIDs(w, c).with(object{"ids": []any{share(w, c).path["id"]}, "person_id": w.author.ID})
}

func handedOver(w *company, c *client) request {
	return on(must[shares.Handover](w)(w.Shares.HandOver(w.rep.as(), []uuid.UUID{share(w, c).path["id"].(uuid.UUID)}, w.other.ID, false)).ID)
}

// asset is a file of the author that belongs to something.
func asset(objectType string, of func(*company, *client) request) func(*company, *client) request {
	return func(w *company, c *client) request {
		return on(w.attach(w.file(w.author), objectType, of(w, c).path["id"].(uuid.UUID)))
	}
}

// drawn is page 1 of a file, of which there is a picture.
func drawn(of func(*company, *client) request) func(*company, *client) request {
	return func(w *company, c *client) request {
		r := of(w, c)
		w.exec(`INSERT INTO asset_pictures (asset_id, page, width, height) VALUES ($1, 1, 1600, 900)`, r.path["id"])
		return r.and("page", 1)
	}
}

func thing(objectType string, of func(*company, *client) request, body any) func(*company, *client) request {
	return func(w *company, c *client) request { return of(w, c).and("type", objectType).with(body) }
}

func body(of func(*company, *client) request, body any) func(*company, *client) request {
	return func(w *company, c *client) request { return of(w, c).with(body) }
}

// titleOnly is a draft of which the other rep and the marketer voted for the idea: the rep sees its title and state.
func titleOnly(confidential bool) func(*company, *client) request {
	return func(w *company, _ *client) request {
		i := w.idea(ideas.Everyone)
		for _, c := range []*client{w.other, w.marketer} {
			must[int](w)(w.Ideas.Vote(c.as(), i.ID, true))
		}
		return on(w.draft(confidential, func(in *drafts.Input) { in.Ideas = []uuid.UUID{i.ID} }).ID)
	}
}

var plan = object{"title": "Cold chain", "content_type": "blog_post", "brief": object{"summary": "Why they break."}}

func plannedFor(w *company) object {
	return object{"title": "Cold chain", "content_type": "blog_post", "brief": object{}, "contributors": []uuid.UUID{w.rep.ID}}
}

var friday = object{"lens": "publish", "on": "2026-11-27"}

const leadingMarketing = "401 403 403 403 403 200 200"

var typeFields = object{"name": "Webinar", "brief": object{"key_message": "One thing."}, "checklist": []string{"Speaker agreed"}, "review_months": 6,
	"step_days": object{"brief": 1, "writing": 3, "in_review": 2, "approved": 1}, "approval_mode": "both_sides", "approvals_needed": 2, "approver_ids": []string{},
	"remind_hours": 24, "escalate_hours": 72}

var someSteps = object{"steps": []object{{"step": "approved", "due_on": "2026-12-18"}}}

// contentType is a change of the type deck, as it is now.
func contentType(change object) func(*company, *client) request {
	return func(w *company, _ *client) request {
		return request{path: object{"key": "deck"}, rev: int64(w.count(`SELECT rev FROM content_types WHERE key = 'deck'`)), body: change}
	}
}

func having(o object, name string, v any) object {
	o = maps.Clone(o)
	o[name] = v
	return o
}

func query(of func(*company, *client) request, params string) func(*company, *client) request {
	return func(w *company, c *client) request {
		r := of(w, c)
		r.query = params
		return r
	}
}

// item is one of the checklist of a draft.
func item(of func(*company, *client) request) func(*company, *client) request {
	return func(w *company, c *client) request {
		r := of(w, c)
		var id uuid.UUID
		must[any](w)(nil, w.DB.Pool().QueryRow(context.Background(), `SELECT id FROM draft_checklist WHERE draft_id = $1 LIMIT 1`, r.path["id"]).Scan(&id))
		return r.and("item_id", id)
	}
}

// editsOf is how the rep writes in a draft.
func editsOf(of func(*company, *client) request) func(*company, *client) request {
	return func(w *company, c *client) request { return of(w, c).and("person_id", w.rep.ID) }
}

func newView(shared string) object {
	return object{"page": "ideas", "name": "Mine", "query": "view=mine", "shared": shared}
}

// missed is a card of what the rep searched for without success.
func missed(w *company, _ *client) request {
	must[struct{}](w)(struct{}{}, w.Demand.Report(w.rep.as(), demand.Report{Words: "pump curves"}))
	cards := must[[]demand.Card](w)(w.Demand.List(w.rep.as(), ""))
	return on(cards[0].ID)
}

// linking makes an idea of the rep the request of a card that has none.
func linking(v ideas.Visibility) func(*company, *client) request {
	return func(w *company, c *client) request {
		r := missed(w, c)
		must[demand.Card](w)(w.Demand.Unlink(w.rep.as(), r.path["id"].(uuid.UUID)))
		return r.with(object{"idea_id": w.idea(v).ID})
	}
}

// saved is a view of the rep.
func saved(shared views.Sharing) func(*company, *client) request {
	page := map[views.Sharing]string{"nobody": "drafts", "side": "calendar", "everybody": "library"}[shared] // nobody has too many of one
	return func(w *company, _ *client) request {
		v := must[views.View](w)(w.Views.Create(w.rep.as(), views.Input{Page: page, Name: "Mine", Query: "show=mine", Shared: shared}))
		return on(v.ID).with(object{"name": "Ours", "query": "show=mine", "shared": shared})
	}
}

var postWords = object{"network": "linkedin", "text": "Pumps fail for three reasons.", "link_target": "https://example.com/pumps"}

var details = object{"title": "Pump guide", "content_type": "guide", "lang": "en", "taxonomy": object{"personas": []string{}, "stages": []string{}, "industries": []string{}, "products": []string{}, "regions": []string{}, "tags": []string{}}}

// upload is one of the rep's that has begun.
func upload(w *company, _ *client) request {
	id := db.NewID()
	key := "assets/" + id.String()
	uploadID := must[string](w)(w.blobs.Begin(w.t.Context(), key, "application/octet-stream"))
	w.exec(`INSERT INTO assets (id, owner_id, name, storage_key, size, state, upload_id, part_size) VALUES ($1, $2, 'plan.png', $3, 9, 'uploading', $4, 8388608)`, id, w.rep.ID, key, uploadID)
	return on(id)
}

func remark(by func(*company) *client, v ideas.Visibility, deleted bool) func(*company, *client) request {
	return func(w *company, _ *client) request {
		c := w.comment(by(w), "idea", w.idea(v).ID)
		if deleted {
			must[struct{}](w)(struct{}{}, w.Comments.Delete(by(w).as(), c.ID, false))
		}
		return on(c.ID).at(c.Rev).with(object{"body": "The CFO asked twice."})
	}
}

func reps(w *company) *client { return w.rep }

// onWords marks the first word of the text that drafts have here.
var onWords = object{"anchor": object{"from": 1, "to": 5, "version": 2}, "quote": "Cold", "body": "Which ones?"}

// threadOf is a draft on which somebody started a thread, or that thread.
func threadOf(by func(*company) *client, of func(*company, *client) request, thread bool) func(*company, *client) request {
	return func(w *company, c *client) request {
		r := of(w, c)
		t := must[comments.Thread](w)(w.Comments.Start(by(w).as(), comments.Object{Type: "draft", ID: r.path["id"].(uuid.UUID)}, 1, 5, 2, "Which ones?", nil))
		if thread {
			return on(t.ID)
		}
		return r
	}
}

// inThread is the comment with which the rep started a thread.
func inThread(of func(*company, *client) request) func(*company, *client) request {
	return func(w *company, c *client) request {
		r := of(w, c)
		t := must[comments.Thread](w)(w.Comments.Start(w.rep.as(), comments.Object{Type: "draft", ID: r.path["id"].(uuid.UUID)}, 1, 5, 2, "Which ones?", nil))
		return on(t.Comments[0].ID).at(1).with(object{"body": "Which of them?"})
	}
}

func withoutBody(of func(*company, *client) request) func(*company, *client) request {
	return func(w *company, c *client) request { r := of(w, c); r.body, r.rev = nil, 0; return r }
}

func approval(confidential bool) func(*company, *client) request {
	return func(w *company, _ *client) request {
		d, v := w.submitted(confidential)
		return on(d.ID).with(object{"version_id": v.ID, "hash": hex.EncodeToString(v.Hash)})
	}
}

func version(confidential bool) func(*company, *client) request {
	return func(w *company, _ *client) request {
		d, v := w.submitted(confidential)
		return on(d.ID).and("version_id", v.ID).at(2)
	}
}

func noRev(of func(*company, *client) request) func(*company, *client) request {
	return func(w *company, c *client) request { r := of(w, c); r.rev = 0; return r }
}

func rev(of func(*company, *client) request, rev int64) func(*company, *client) request {
	return func(w *company, c *client) request { return of(w, c).at(rev) }
}

// onDraft puts a file of the rep on a draft.
func onDraft(confidential, attached bool) func(*company, *client) request {
	return func(w *company, _ *client) request {
		d, f := w.draft(confidential), w.file(w.rep)
		if attached {
			return on(d.ID).and("asset_id", w.attach(f, "draft", d.ID))
		}
		return on(d.ID).and("asset_id", f).with(object{"caption": "The plan"})
	}
}

func invitation(extra object) func(*company, *client) request {
	return func(*company, *client) request {
		b := object{"email": uuid.NewString() + "@example.com", "side": "sales"}
		for k, v := range extra {
			b[k] = v
		}
		return request{body: b}
	}
}

func invited(w *company, _ *client) request {
	var made httpapi.InvitationDTO
	w.admin.post("/invitations", invitation(nil)(w, nil).body).is(http.StatusCreated).into(&made)
	return request{path: object{"token": made.Link[len(made.Link)-43:]}, body: object{"name": "Newt", "password": "a sentence to keep"}}
}

func seal(w *company, _ *client) request {
	p := w.post(posts.Offered)
	return on(p.ID).with(object{"hash": hex.EncodeToString(p.Hash)})
}

func sessionOfRep(w *company, _ *client) request {
	w.anonymous().post("/session", object{"email": w.rep.Email, "password": testPassword}).is(http.StatusOK)
	var id uuid.UUID
	must[struct{}](w)(struct{}{}, w.DB.Pool().QueryRow(w.t.Context(), `SELECT id FROM sessions WHERE user_id = $1 ORDER BY id DESC LIMIT 1`, w.rep.ID).Scan(&id))
	return on(id)
}

func profile(picture func(w *company) any) func(*company, *client) request {
	return func(w *company, c *client) request {
		r := request{rev: 1, body: object{"name": "Somebody", "title": "", "bio": "", "timezone": "UTC", "linkedin_url": "", "picture_asset_id": picture(w)}}
		if c.ID != uuid.Nil {
			must[struct{}](w)(struct{}{}, w.DB.Pool().QueryRow(w.t.Context(), `SELECT rev FROM users WHERE id = $1`, c.ID).Scan(&r.rev))
		}
		return r
	}
}

func revOf(kind string, of func(*company, *client) request) func(*company, *client) request {
	return func(w *company, c *client) request {
		r := of(w, c)
		must[struct{}](w)(struct{}{}, w.DB.Pool().QueryRow(w.t.Context(), `SELECT rev FROM `+kind+` WHERE id = $1`, r.path["id"]).Scan(&r.rev))
		return r
	}
}

var (
	private, open  = idea(ideas.Private), idea(ideas.Everyone)
	secret, shared = draft(true), draft(false)
	toOther        = func(v ideas.Visibility) func(w *company, c *client) request {
		return func(w *company, _ *client) request {
			return on(w.idea(ideas.Everyone).ID).with(object{"into": w.idea(v).ID})
		}
	}
)

// newFileOf brings a new file, which is that of whoever asks.
func newFileOf(of func(*company, *client) request) func(*company, *client) request {
	return func(w *company, c *client) request {
		by := c
		if c.ID == uuid.Nil { // nobody
			by = w.author
		}
		return of(w, c).with(object{"asset_id": w.file(by)})
	}
}

var collectionFields = object{"title": "Pharma", "rule": object{}, "shared": "everybody"}

// collection is one of the author's.
func collection(shared views.Sharing) func(*company, *client) request {
	return func(w *company, _ *client) request {
		c := must[collections.Collection](w)(w.Collections.Create(w.author.as(), collections.Input{Title: "Pharma", Kind: collections.ByHand, Shared: shared}, nil))
		return on(c.ID)
	}
}

func collected(shared views.Sharing, archived bool) func(*company, *client) request {
	return func(w *company, c *client) request {
		return collection(shared)(w, c).and("resource_id", w.resource(archived).ID)
	}
}

// feedback is what the rep said about a resource, which was archived afterwards.
func feedback(archived bool) func(*company, *client) request {
	return func(w *company, _ *client) request {
		r := w.resource(false)
		f := must[library.Feedback](w)(w.Library.GiveFeedback(w.rep.as(), library.Feedback{ResourceID: r.ID, Kind: library.Wrong, Body: "Wrong price"}))
		if archived {
			must[library.Resource](w)(w.Library.Archive(w.author.as(), r.ID, true))
		}
		return on(f.ID)
	}
}
