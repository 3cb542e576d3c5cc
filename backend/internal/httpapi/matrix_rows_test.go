package httpapi_test

import (
	"strings"

	"github.com/google/uuid"

	"byline/backend/internal/drafts"
	"byline/backend/internal/ideas"
	"byline/backend/internal/library"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/posts"
)

type object = map[string]any

// who says who gets what: statuses of columnNames (anonymous, rep, other rep, sales lead, marketer, marketing lead, admin).
const (
	signedIn     = "401 200 200 200 200 200 200"
	ownerOnly    = "401 200 404 404 404 404 404"
	ownerOnly204 = "401 204 404 404 404 404 404"
	marketing    = "401 403 403 403 200 200 200"
)

var rows = []row{
	{op: "getSession", on: "nothing", want: "200 200 200 200 200 200 200", make: plain},
	{op: "signIn", on: "an account", want: "200 200 200 200 200 200 200", fresh: true, make: func(w *company, _ *client) request {
		return request{body: object{"email": w.author.Email, "password": testPassword}}
	}},
	{op: "signOut", on: "my session", want: "401 204 204 204 204 204 204", fresh: true, make: plain},
	{op: "listSessions", on: "mine", want: signedIn, make: plain},
	{op: "endSession", on: "a session of the rep", want: ownerOnly204, make: sessionOfRep},
	{op: "signOutEverywhere", on: "mine", want: "401 204 204 204 204 204 204", fresh: true, make: plain},
	{op: "changePassword", on: "mine", want: "401 204 204 204 204 204 204", fresh: true,
		make: body(plain, object{"current_password": testPassword, "new_password": "another sentence"})},
	{op: "createInvitation", on: "a rep", want: "401 403 403 201 403 403 201", make: invitation(nil)},
	{op: "createInvitation", on: "a sales lead", want: "401 403 403 403 403 403 201", make: invitation(object{"lead": true})},
	{op: "createInvitation", on: "an administrator", want: "401 403 403 403 403 403 201", make: invitation(object{"admin": true})},
	{op: "createInvitation", on: "a marketer", want: "401 403 403 403 403 201 201", make: invitation(object{"side": "marketing"})},
	{op: "getInvitation", on: "an open one", want: "200 200 200 200 200 200 200", make: withoutBody(invited)},
	{op: "getInvitation", on: "none", want: "404 404 404 404 404 404 404", make: func(*company, *client) request { return request{path: object{"token": "x"}} }},
	{op: "acceptInvitation", on: "an open one", want: "200 200 200 200 200 200 200", fresh: true, make: invited},
	{op: "listPeople", on: "all", want: signedIn, make: plain},
	{op: "getPerson", on: "the rep", want: signedIn, make: func(w *company, _ *client) request { return on(w.rep.ID) }},
	{op: "listTeams", on: "all", want: signedIn, make: plain},
	{op: "updateProfile", on: "mine", want: signedIn, make: profile(func(*company) any { return nil })},
	{op: "updateProfile", on: "a picture of the rep", want: ownerOnly, make: profile(func(w *company) any { return w.file(w.rep) })},
	{op: "updateProfile", on: "a picture of somebody that all may see", want: "401 404 404 404 404 404 404",
		make: profile(func(w *company) any { return w.attach(w.file(w.author), "resource", w.resource(false).ID) })},

	{op: "listIdeas", on: "all", want: signedIn, make: plain},
	{op: "createIdea", on: "a new one", want: "401 201 201 201 201 201 201", make: body(plain, object{"title": "Battery life"})},
	{op: "listSimilarIdeas", on: "a title", want: signedIn, make: func(*company, *client) request { return request{query: "title=battery"} }},
	{op: "getIdea", on: "a private idea", want: ownerOnly, make: private},
	{op: "getIdea", on: "an idea of the team", want: "401 200 404 200 404 404 404", make: idea(ideas.Team)},
	{op: "getIdea", on: "an idea", want: signedIn, make: open},
	{op: "updateIdea", on: "a private idea", want: ownerOnly, make: rev(body(private, object{"title": "Title", "visibility": "private"}), 1)},
	{op: "updateIdea", on: "an idea", want: "401 200 403 403 200 200 200", make: rev(body(open, object{"title": "Title"}), 1)},
	{op: "updateIdea", on: "who sees an idea", want: "401 200 403 403 403 403 403", make: rev(body(open, object{"title": "Title", "visibility": "private"}), 1)},
	{op: "voteIdea", on: "a private idea", want: ownerOnly, make: private},
	{op: "voteIdea", on: "an idea", want: signedIn, make: open},
	{op: "unvoteIdea", on: "a private idea", want: ownerOnly, make: private},
	{op: "unvoteIdea", on: "an idea", want: signedIn, make: open},
	{op: "listEvidence", on: "a private idea", want: ownerOnly, make: private},
	{op: "listEvidence", on: "an idea", want: signedIn, make: open},
	{op: "addEvidence", on: "a private idea", want: "401 201 404 404 404 404 404", make: body(private, object{"kind": "quote", "text": "How long?"})},
	{op: "addEvidence", on: "an idea", want: "401 201 201 201 201 201 201", make: body(open, object{"kind": "quote", "text": "How long?"})},
	{op: "removeEvidence", on: "the rep's on a private idea", want: ownerOnly204, make: func(w *company, _ *client) request {
		e := w.evidence(w.idea(ideas.Private))
		return on(e.IdeaID).and("evidence_id", e.ID)
	}},
	{op: "removeEvidence", on: "the rep's on an idea", want: ownerOnly204, make: func(w *company, _ *client) request {
		e := w.evidence(w.idea(ideas.Everyone))
		return on(e.IdeaID).and("evidence_id", e.ID)
	}},
	{op: "listIdeaDrafts", on: "a private idea", want: ownerOnly, make: private},
	{op: "listIdeaDrafts", on: "an idea", want: signedIn, make: open},
	{op: "moveIdea", on: "a private idea", want: "401 403 403 403 404 404 404", make: rev(body(private, object{"to": "under_review"}), 1)},
	{op: "moveIdea", on: "an idea", want: marketing, make: rev(body(open, object{"to": "under_review"}), 1)},
	{op: "mergeIdea", on: "a private idea", want: "401 403 403 403 404 404 404", make: func(w *company, _ *client) request {
		return on(w.idea(ideas.Private).ID).with(object{"into": w.idea(ideas.Everyone).ID})
	}},
	{op: "mergeIdea", on: "an idea into a private one", want: "401 403 403 403 404 404 404", make: toOther(ideas.Private)},
	{op: "mergeIdea", on: "an idea", want: marketing, make: toOther(ideas.Everyone)},

	{op: "listDrafts", on: "all", want: signedIn, make: plain},
	{op: "createDraft", on: "a new one", want: "401 403 403 403 201 201 201", make: body(plain, plan)},
	{op: "createDraft", on: "one of a private idea", want: "401 403 403 403 404 404 404", make: func(w *company, _ *client) request {
		return request{body: object{"title": "X", "content_type": "deck", "brief": object{}, "ideas": []uuid.UUID{w.idea(ideas.Private).ID}}}
	}},
	{op: "getDraft", on: "a confidential draft", want: ownerOnly, make: secret},
	{op: "getDraft", on: "a draft", want: "401 200 404 200 200 200 200", make: shared},
	{op: "getDraft", on: "a confidential draft of an idea that one voted for", want: "401 200 200 404 200 404 404", make: titleOnly(true)},
	{op: "updateDraft", on: "a confidential draft", want: "401 403 404 404 404 404 404", make: revOf("drafts", body(secret, plan))},
	{op: "updateDraft", on: "a draft", want: "401 403 404 403 200 200 200", make: func(w *company, c *client) request {
		return revOf("drafts", body(shared, plannedFor(w)))(w, c)
	}},
	{op: "updateDraft", on: "an idea that is private", want: "401 403 404 403 404 404 404", make: func(w *company, c *client) request {
		return revOf("drafts", body(shared, object{"title": "X", "content_type": "deck", "brief": object{}, "ideas": []uuid.UUID{w.idea(ideas.Private).ID}}))(w, c)
	}},
	{op: "getDocument", on: "a confidential draft", want: ownerOnly, make: secret},
	{op: "getDocument", on: "a draft", want: "401 200 404 200 200 200 200", make: shared},
	{op: "getDocument", on: "a confidential draft of an idea that one voted for", want: "401 200 403 404 403 404 404", make: titleOnly(true)},
	{op: "openLive", on: "a confidential draft", want: ownerOnly, make: secret},
	{op: "openLive", on: "a draft", want: "401 200 404 200 200 200 200", make: shared},
	{op: "openLive", on: "a draft of which one sees the title", want: "401 200 403 404 403 404 404", make: titleOnly(true)},
	{op: "saveDocument", on: "a confidential draft", want: "401 403 404 404 404 404 404", make: rev(body(secret, object{"doc": paragraph("New")}), 2)},
	{op: "saveDocument", on: "a draft", want: "401 403 404 403 200 200 403", make: rev(body(shared, object{"doc": paragraph("New")}), 2)},
	{op: "saveDocument", on: "a draft of which one sees the title", want: "401 403 403 404 403 404 404", make: rev(body(titleOnly(true), object{"doc": paragraph("New")}), 2)},
	{op: "listVersions", on: "a confidential draft", want: ownerOnly, make: secret},
	{op: "listVersions", on: "a draft of which one sees the title", want: "401 200 403 404 403 404 404", make: titleOnly(true)},
	{op: "getVersion", on: "a confidential draft", want: ownerOnly, make: noRev(version(true))},
	{op: "getVersion", on: "a draft", want: "401 200 404 200 200 200 200", make: noRev(version(false))},
	{op: "getVersion", on: "a version of a confidential draft, by way of another draft", want: "401 404 404 404 404 404 404", make: func(w *company, _ *client) request {
		_, v := w.submitted(true)
		return on(w.draft(false).ID).and("version_id", v.ID)
	}},
	{op: "nameVersion", on: "a confidential draft", want: ownerOnly204, make: body(secret, object{"label": "Before legal"})},
	{op: "nameVersion", on: "a draft", want: "401 204 404 403 204 204 403", make: body(shared, object{"label": "Before legal"})},
	{op: "restoreVersion", on: "a confidential draft", want: "401 403 404 404 404 404 404", make: version(true)},
	{op: "restoreVersion", on: "a draft", want: "401 403 404 403 200 200 403", make: version(false)},
	{op: "setDraftEdits", on: "a confidential draft", want: "401 403 404 404 404 404 404", make: body(editsOf(secret), object{"edits": true})},
	{op: "setDraftEdits", on: "a draft", want: "401 403 404 403 403 200 200", make: body(editsOf(shared), object{"edits": true})},
	{op: "resolveSuggestions", on: "a confidential draft", want: "401 403 404 404 404 404 404", make: body(secret, object{"action": "accept"})},
	{op: "resolveSuggestions", on: "a draft", want: "401 403 404 403 200 200 403", make: body(shared, object{"action": "reject"})},
	{op: "restoreVersion", on: "a version of a confidential draft, into another draft", want: "401 404 404 404 404 404 404", make: func(w *company, _ *client) request {
		_, v := w.submitted(true)
		return on(w.draft(false).ID).and("version_id", v.ID).at(2)
	}},
	{op: "listApprovals", on: "a confidential draft", want: ownerOnly, make: secret},
	{op: "listApprovals", on: "a draft", want: "401 200 404 200 200 200 200", make: shared},
	{op: "exportDraft", on: "a confidential draft", want: ownerOnly, make: query(secret, "format=docx")},
	{op: "exportDraft", on: "a draft", want: "401 200 404 200 200 200 200", make: query(shared, "format=markdown")},
	{op: "exportDraft", on: "a draft of which one sees the title", want: "401 200 403 404 403 404 404", make: query(titleOnly(true), "format=html")},
	{op: "importDraft", on: "a confidential draft", want: ownerOnly, make: body(secret, object{"markdown": "# T"})},
	{op: "importDraft", on: "a draft", want: "401 200 404 403 200 200 403", make: body(shared, object{"markdown": "# T"})},
	{op: "importDraft", on: "a draft of which one sees the title", want: "401 200 403 404 403 404 404", make: body(titleOnly(true), object{"markdown": "# T"})},
	{op: "listDraftAssets", on: "a confidential draft", want: ownerOnly, make: secret},
	{op: "listDraftAssets", on: "a draft of which one sees the title", want: "401 200 403 404 403 404 404", make: titleOnly(true)},
	{op: "addDraftAsset", on: "a confidential draft", want: ownerOnly204, make: onDraft(true, false)},
	{op: "addDraftAsset", on: "a file of the rep, on a draft", want: "401 204 404 403 404 404 403", make: onDraft(false, false)},
	{op: "addDraftAsset", on: "a file of another confidential draft", want: "401 404 404 403 404 404 403", make: func(w *company, _ *client) request {
		hidden := w.draft(true, func(in *drafts.Input) { in.Contributors = nil })
		return on(w.draft(false).ID).and("asset_id", w.attach(w.file(w.author), "draft", hidden.ID)).with(object{})
	}},
	{op: "removeDraftAsset", on: "a confidential draft", want: ownerOnly204, make: onDraft(true, true)},
	{op: "removeDraftAsset", on: "a draft", want: "401 204 404 403 204 204 403", make: onDraft(false, true)},
	{op: "moveDraft", on: "a confidential draft", want: ownerOnly, make: body(secret, object{"action": "submit"})},
	{op: "moveDraft", on: "a draft to review", want: "401 200 404 409 200 200 409", make: body(shared, object{"action": "submit"})},
	{op: "approveDraft", on: "a confidential draft", want: "401 403 404 404 404 404 404", make: approval(true)},
	{op: "approveDraft", on: "a draft", want: "401 403 404 200 403 200 403", make: approval(false)},

	{op: "getCalendar", on: "a month", want: signedIn, make: func(*company, *client) request {
		return request{query: "lens=publish&from=2026-11-01&to=2026-11-30&late_before=2026-11-10"}
	}},
	{op: "scheduleDraft", on: "a confidential draft", want: "401 403 404 404 404 404 404", make: revOf("drafts", body(secret, friday))},
	{op: "scheduleDraft", on: "a draft", want: "401 403 404 403 200 200 200", make: revOf("drafts", body(shared, friday))},
	{op: "scheduleDraft", on: "a draft of which one sees the title", want: "401 403 403 403 200 200 200", make: revOf("drafts", body(titleOnly(false), friday))},
	{op: "getBoard", on: "the limits", want: signedIn, make: plain},
	{op: "setBoard", on: "the limits", want: "401 403 403 403 403 200 200", make: func(w *company, _ *client) request {
		return request{rev: int64(w.count(`SELECT rev FROM board_settings`)), body: object{"limits": object{"writing": 3}}}
	}},
	{op: "listContentTypes", on: "all", want: signedIn, make: plain},
	{op: "createContentType", on: "a new one", want: "401 403 403 403 403 201 201", make: func(*company, *client) request {
		return request{body: having(typeFields, "key", "t"+strings.ReplaceAll(db.NewID().String(), "-", ""))}
	}},
	{op: "updateContentType", on: "one", want: leadingMarketing, make: contentType(typeFields)},
	{op: "archiveContentType", on: "one", want: leadingMarketing, make: contentType(object{"archived": true})},
	{op: "arrangeContentTypes", on: "all", want: leadingMarketing, make: func(*company, *client) request {
		return request{body: object{"keys": []string{"deck", "video"}}}
	}},
	{op: "getSteps", on: "a confidential draft", want: ownerOnly, make: secret},
	{op: "getSteps", on: "a draft", want: "401 200 404 200 200 200 200", make: shared},
	{op: "getSteps", on: "a draft of which one sees the title", want: "401 200 403 404 403 404 404", make: titleOnly(true)},
	{op: "setSteps", on: "a confidential draft", want: "401 403 404 404 404 404 404", make: revOf("drafts", body(secret, someSteps))},
	{op: "setSteps", on: "a draft", want: "401 403 404 403 200 200 200", make: revOf("drafts", body(shared, someSteps))},
	{op: "proposeSteps", on: "a confidential draft", want: ownerOnly, make: query(secret, "step=writing&on=2026-12-01")},
	{op: "proposeSteps", on: "a draft", want: "401 200 404 200 200 200 200", make: query(shared, "step=writing&on=2026-12-01")},
	{op: "getChecklist", on: "a confidential draft", want: ownerOnly, make: secret},
	{op: "getChecklist", on: "a draft", want: "401 200 404 200 200 200 200", make: shared},
	{op: "addCheckItem", on: "a confidential draft", want: "401 201 404 404 404 404 404", make: body(secret, object{"text": "Prices checked"})},
	{op: "addCheckItem", on: "a draft", want: "401 201 404 403 201 201 201", make: body(shared, object{"text": "Prices checked"})},
	{op: "check", on: "an item of a confidential draft", want: ownerOnly, make: body(item(secret), object{"done": true})},
	{op: "check", on: "an item of a draft", want: "401 200 404 403 200 200 200", make: body(item(shared), object{"done": true})},
	{op: "check", on: "an item of another draft", want: "401 404 404 403 404 404 404", make: func(w *company, c *client) request {
		return item(secret)(w, c).and("id", w.draft(false).ID).with(object{"done": true})
	}},
	{op: "removeCheckItem", on: "an item of a confidential draft", want: ownerOnly, make: item(secret)},
	{op: "removeCheckItem", on: "an item of a draft", want: "401 200 404 403 200 200 200", make: item(shared)},
	{op: "listViews", on: "a page", want: signedIn, make: func(*company, *client) request { return request{query: "page=ideas"} }},
	{op: "createView", on: "a page", want: "401 201 201 201 201 201 201", make: func(*company, *client) request { return request{body: newView("nobody")} }},
	{op: "updateView", on: "one's own", want: ownerOnly, make: rev(saved("nobody"), 1)},
	{op: "updateView", on: "one shared with a side", want: "401 200 403 200 404 404 403", make: rev(saved("side"), 1)},
	{op: "updateView", on: "one shared with everybody", want: "401 200 403 200 403 403 403", make: rev(saved("everybody"), 1)},
	{op: "deleteView", on: "one's own", want: ownerOnly204, make: withoutBody(saved("nobody"))},
	{op: "deleteView", on: "one shared with a side", want: "401 204 403 204 404 404 403", make: withoutBody(saved("side"))},
	{op: "restoreView", on: "one's own", want: ownerOnly, make: withoutBody(saved("nobody"))},
	{op: "restoreView", on: "one shared with a side", want: "401 200 403 200 404 404 403", make: withoutBody(saved("side"))},
	{op: "tellOfView", on: "one's own", want: "401 409 404 404 404 404 404", make: withoutBody(saved("nobody"))},
	{op: "tellOfView", on: "one of the library shared with everybody", want: signedIn, make: withoutBody(saved("everybody"))},
	{op: "stopTellingOfView", on: "one of the library shared with everybody", want: signedIn, make: withoutBody(saved("everybody"))},
	{op: "arrangeViews", on: "a page", want: signedIn, make: func(w *company, c *client) request {
		return request{body: object{"page": "ideas", "ids": []any{saved("nobody")(w, c).path["id"]}}}
	}},
	{op: "getCalendarFeed", on: "none", want: "401 404 404 404 404 404 404", make: plain},
	{op: "updateCalendarFeed", on: "none", want: "401 404 404 404 404 404 404", make: func(*company, *client) request { return request{body: object{"scope": "all"}} }},
	{op: "updateCalendarFeed", on: "one's own", want: signedIn, make: func(w *company, c *client) request {
		if c.ID != uuid.Nil {
			_, _, err := w.Calendar.Renew(c.as(), "mine")
			must[struct{}](w)(struct{}{}, err)
		}
		return request{body: object{"scope": "all"}}
	}},
	{op: "renewCalendarFeed", on: "one's own", want: signedIn, make: func(*company, *client) request { return request{body: object{"scope": "mine"}} }},
	{op: "revokeCalendarFeed", on: "one's own", want: "401 204 204 204 204 204 204", make: plain},

	{op: "listPosts", on: "all", want: signedIn, make: plain},
	{op: "createPost", on: "for the rep", want: "401 403 403 403 201 201 201", make: func(w *company, _ *client) request {
		return request{body: object{"network": "linkedin", "text": "Pumps.", "owner_id": w.rep.ID}}
	}},
	{op: "createPost", on: "with a file of the rep", want: "401 403 403 403 404 404 404", make: func(w *company, _ *client) request {
		return request{body: object{"network": "linkedin", "text": "Pumps.", "owner_id": w.rep.ID, "media_asset_id": w.file(w.rep)}}
	}},
	{op: "getPost", on: "a post being written", want: "401 404 404 404 200 200 404", make: post(posts.Writing)},
	{op: "getPost", on: "an offered post", want: "401 200 404 404 200 200 404", make: post(posts.Offered)},
	{op: "updatePost", on: "a post being written", want: "401 404 404 404 200 200 404", make: revOf("posts", body(post(posts.Writing), postWords))},
	{op: "updatePost", on: "an offered post", want: "401 200 404 404 200 200 404", make: revOf("posts", body(post(posts.Offered), postWords))},
	{op: "updatePost", on: "a sealed post", want: "401 200 404 404 409 409 404", make: revOf("posts", body(post(posts.Sealed), postWords))},
	{op: "updatePost", on: "a file of others", want: "401 404 404 404 404 404 404", make: func(w *company, c *client) request {
		return revOf("posts", body(post(posts.Offered), object{"network": "x", "text": "Pumps.", "media_asset_id": w.file(w.admin)}))(w, c)
	}},
	{op: "offerPost", on: "a post being written", want: "401 403 403 403 200 200 404", make: post(posts.Writing)},
	{op: "sealPost", on: "an offered post", want: "401 200 404 404 403 403 404", make: seal},
	{op: "sharePost", on: "a sealed post", want: "401 200 404 404 403 403 404", make: body(post(posts.Sealed), object{})},
	{op: "sharePost", on: "an offered post", want: "401 409 404 404 403 403 404", make: body(post(posts.Offered), object{})},
	{op: "declinePost", on: "an offered post", want: "401 200 404 404 403 403 404", make: body(post(posts.Offered), object{"reason": "Not me"})},
	{op: "recallPost", on: "an offered post", want: "401 200 404 404 200 200 404", make: body(post(posts.Offered), object{"reason": "Wrong"})},
	{op: "listPostClones", on: "an offered post", want: "401 200 404 404 200 200 404", make: post(posts.Offered)},
	{op: "getPostNumbers", on: "an offered post", want: "401 200 404 404 200 200 404", make: post(posts.Offered)},

	{op: "listShares", on: "all", want: signedIn, make: plain},
	{op: "getShareGates", on: "nothing", want: signedIn, make: plain},
	{op: "countShares", on: "all", want: signedIn, make: plain},
	{op: "listLeavingFiles", on: "a shareable resource", want: signedIn, make: leavingOf(shareable)},
	{op: "listLeavingFiles", on: "an archived resource", want: "401 422 422 422 200 200 200", make: leavingOf(func(w *company, c *client) request {
		r := shareable(w, c)
		must[library.Resource](w)(w.Library.Archive(w.author.as(), r.path["id"].(uuid.UUID), true))
		return r
	})},
	{op: "createShare", on: "a shareable resource", want: "401 201 201 201 201 201 201", make: shareOf(shareable)},
	{op: "createShare", on: "an internal resource", want: "401 403 403 403 403 403 403", make: shareOf(resource(false))},
	{op: "createShare", on: "an archived resource", want: "401 422 422 422 409 409 409", make: shareOf(func(w *company, c *client) request {
		r := shareable(w, c)
		must[library.Resource](w)(w.Library.Archive(w.author.as(), r.path["id"].(uuid.UUID), true))
		return r
	})},
	{op: "getShare", on: "the rep's", want: sharersOnly, make: share},
	{op: "getShareAddress", on: "the rep's", want: sharersOnly, make: share},
	{op: "getShareReading", on: "the rep's", want: sharersOnly, make: share},
	{op: "listShareAdditions", on: "the rep's", want: sharersOnly, make: share},
	{op: "addToShare", on: "the rep's, of what is shareable", want: sharersOnly, make: func(w *company, c *client) request {
		return share(w, c).with(object{"resources": []any{shareable(w, c).path["id"]}})
	}},
	{op: "addToShare", on: "the rep's, of what is internal", want: "401 403 404 403 404 403 403", make: func(w *company, c *client) request {
		return share(w, c).with(object{"resources": []any{w.resource(false).ID}})
	}},
	{op: "updateShare", on: "the rep's", want: sharersOnly, make: revOf("shares", body(share, object{"recipient": "Ines"}))},
	{op: "revokeShares", on: "the rep's", want: sharersOnly, make: shareIDs},
	{op: "restoreShares", on: "the rep's", want: sharersOnly, make: shareIDs},
	{op: "transferShare", on: "the rep's", want: sharersOnly, make: func(w *company, c *client) request {
		return share(w, c).with(object{"person_id": w.other.ID})
	}},
	{op: "handOverShares", on: "the rep's", want: sharersOnly, make: handover},
	{op: "previewShareHandover", on: "the rep's", want: sharersOnly, make: handover},
	{op: "undoShareHandover", on: "what the rep gave", want: ownerOnly, make: handedOver},

	{op: "listResources", on: "all", want: signedIn, make: plain},
	{op: "exportResource", on: "one that nobody may keep", want: "401 403 403 403 200 200 200", make: query(func(w *company, c *client) request {
		r := resource(false)(w, c)
		w.exec(`UPDATE resources SET download_inside = false WHERE id = $1`, r.path["id"])
		return r
	}, "format=markdown")},
	{op: "exportResource", on: "a live one", want: signedIn, make: query(resource(false), "format=markdown")},
	{op: "exportResource", on: "an archived one", want: "401 404 404 404 200 200 200", make: query(resource(true), "format=markdown")},
	{op: "getResource", on: "a live one", want: signedIn, make: resource(false)},
	{op: "getResource", on: "an archived one", want: "401 404 404 404 200 200 200", make: resource(true)},
	{op: "viewResource", on: "an archived one", want: "401 404 404 404 204 204 204", make: resource(true)},
	{op: "viewResource", on: "a live one", want: "401 204 204 204 204 204 204", make: resource(false)},
	{op: "markFavourite", on: "an archived one", want: "401 404 404 404 204 204 204", make: resource(true)},
	{op: "unmarkFavourite", on: "an archived one", want: "401 404 404 404 204 204 204", make: resource(true)},
	{op: "markFavourite", on: "a live one", want: "401 204 204 204 204 204 204", make: resource(false)},
	{op: "listResourceVersions", on: "an archived one", want: "401 404 404 404 200 200 200", make: resource(true)},
	{op: "updateResource", on: "a live one", want: marketing, make: revOf("resources", body(resource(false), having(details, "downloads", object{"inside": true, "outside": true})))},
	{op: "listHolders", on: "a live one", want: marketing, make: resource(false)},
	{op: "supersedeResource", on: "a live one", want: marketing, make: func(w *company, c *client) request {
		return resource(false)(w, c).with(object{"successor_id": w.resource(false).ID})
	}},
	{op: "getSuccessor", on: "a live one", want: "401 404 404 404 404 404 404", make: resource(false)},
	{op: "getSuccessor", on: "one that was replaced", want: signedIn, make: func(w *company, c *client) request {
		r := w.resource(false)
		must[library.Resource](w)(w.Library.Supersede(w.author.as(), r.ID, w.resource(false).ID))
		return on(r.ID)
	}},
	{op: "archiveResource", on: "a live one", want: marketing, make: resource(false)},
	{op: "unarchiveResource", on: "an archived one", want: marketing, make: resource(true)},
	{op: "verifyResource", on: "a live one", want: "401 403 403 403 200 200 403", make: body(resource(false), object{"days": 90})},
	{op: "verifyResource", on: "the rep's own", want: "401 200 403 403 200 200 403", make: func(w *company, _ *client) request {
		r := w.resource(false)
		w.exec(`UPDATE resources SET owner_id = $2 WHERE id = $1`, r.ID, w.rep.ID)
		return on(r.ID).with(object{"days": 90})
	}},
	{op: "getReviewBoard", on: "all, or what they keep", want: signedIn, make: plain},
	{op: "reviseResource", on: "a live one", want: marketing, make: resource(false)},
	{op: "replaceResourceFile", on: "a live one", want: "401 403 403 403 200 200 403", make: newFileOf(resource(false))},
	{op: "replaceResourceFile", on: "the rep's own", want: "401 200 403 403 200 200 403", make: newFileOf(func(w *company, _ *client) request {
		r := w.resource(false)
		w.exec(`UPDATE resources SET owner_id = $2 WHERE id = $1`, r.ID, w.rep.ID)
		return on(r.ID)
	})},
	{op: "replaceResourceFile", on: "an archived one", want: "401 404 404 404 409 409 403", make: newFileOf(resource(true))},
	{op: "listFeedback", on: "a live one", want: signedIn, make: resource(false)},
	{op: "listFeedback", on: "an archived one", want: "401 404 404 404 200 200 200", make: resource(true)},
	{op: "giveFeedback", on: "a live one", want: "401 201 201 201 201 201 201", make: body(resource(false), object{"kind": "wrong", "body": "Wrong price", "page": 4})},
	{op: "giveFeedback", on: "an archived one", want: "401 404 404 404 201 201 201", make: body(resource(true), object{"kind": "rating", "rating": 4})},
	{op: "listOpenFeedback", on: "what they keep", want: signedIn, make: query(plain, "all=true")},
	{op: "answerFeedback", on: "the rep's", want: "401 403 403 403 200 200 403", make: body(feedback(false), object{"answer": "Corrected."})},
	{op: "answerFeedback", on: "on an archived one", want: "401 404 404 404 200 200 403", make: body(feedback(true), object{"answer": "Corrected."})},
	{op: "removeFeedback", on: "the rep's", want: "401 204 403 403 403 403 403", make: feedback(false)},
	{op: "removeFeedback", on: "on an archived one", want: "401 404 404 404 403 403 403", make: feedback(true)},
	{op: "beginExport", on: "everything", want: "401 403 403 403 403 403 201", make: plain},
	{op: "beginImport", on: "a file of theirs", want: "401 403 403 201 201 201 201", make: importOf(nil)},
	{op: "beginImport", on: "a file of the rep", want: "401 403 403 422 422 422 422", make: importOf(func(w *company) *client { return w.rep })},
	{op: "listTransfers", on: "theirs", want: signedIn, make: query(plain, "kind=import")},
	{op: "getTransfer", on: "an import of the rep", want: ownerAndAdmin, make: transferOf("import", "checked")},
	{op: "startTransfer", on: "an import of the rep", want: ownerAndAdmin, make: transferOf("import", "checked")},
	{op: "stopTransfer", on: "an import of the rep", want: ownerAndAdmin, make: transferOf("import", "running")},
	{op: "listTransferRows", on: "an import of the rep", want: ownerAndAdmin, make: transferOf("import", "checked")},
	{op: "getTransferReport", on: "an import of the rep", want: ownerAndAdmin, make: transferOf("import", "done")},
	{op: "downloadExport", on: "an export of the rep, who was an administrator", want: "401 302 404 404 404 404 302", make: transferOf("export", "done")},
	{op: "listRecommendations", on: "for them", want: signedIn, make: plain},
	{op: "listRelatedResources", on: "a live one", want: signedIn, make: resource(false)},
	{op: "listRelatedResources", on: "an archived one", want: "401 404 404 404 200 200 200", make: resource(true)},
	{op: "visitLibrary", on: "theirs", want: signedIn, make: plain},
	{op: "listCollections", on: "those they see", want: signedIn, make: plain},
	{op: "createCollection", on: "by hand", want: "401 403 403 201 201 201 201", make: body(plain, object{"title": "Pharma", "kind": "hand", "rule": object{}, "shared": "everybody"})},
	{op: "getCollection", on: "everybody's", want: signedIn, make: collection("everybody")},
	{op: "getCollection", on: "its maker's alone", want: "401 404 404 404 404 404 404", make: collection("nobody")},
	{op: "getCollection", on: "of marketing", want: "401 404 404 404 200 200 404", make: collection("side")},
	{op: "updateCollection", on: "everybody's", want: "401 403 403 200 200 200 200", make: revOf("collections", body(collection("everybody"), collectionFields))},
	{op: "updateCollection", on: "of marketing", want: "401 404 404 404 403 403 404", make: revOf("collections", body(collection("side"), object{"title": "Mine", "rule": object{}, "shared": "nobody"}))},
	{op: "deleteCollection", on: "everybody's", want: "401 403 403 204 204 204 204", make: collection("everybody")},
	{op: "restoreCollection", on: "everybody's", want: "401 403 403 200 200 200 200", make: func(w *company, c *client) request {
		r := collection("everybody")(w, c)
		w.exec(`UPDATE collections SET deleted_at = now() WHERE id = $1`, r.path["id"])
		return r
	}},
	{op: "arrangeCollection", on: "everybody's", want: "401 403 403 200 200 200 200", make: revOf("collections", body(collection("everybody"), object{"sections": []object{{"title": "Begin", "resource_ids": []string{}}}}))},
	{op: "addToCollection", on: "everybody's", want: "401 403 403 200 200 200 200", make: collected("everybody", false)},
	{op: "addToCollection", on: "its maker's alone", want: "401 404 404 404 404 404 404", make: collected("nobody", false)},
	{op: "addToCollection", on: "an archived resource", want: "401 404 404 404 200 200 200", make: collected("everybody", true)},
	{op: "removeFromCollection", on: "everybody's", want: "401 403 403 200 200 200 200", make: collected("everybody", false)},
	{op: "countResources", on: "all", want: signedIn, make: plain},
	{op: "listResourceOrigins", on: "a live one", want: signedIn, make: resource(false)},
	{op: "listResourceOrigins", on: "an archived one", want: "401 404 404 404 200 200 200", make: resource(true)},
	{op: "reportSearch", on: "mine", want: "401 204 204 204 204 204 204", make: body(plain, object{"words": "pump curves", "found": 0, "opened": false})},
	{op: "listPopularSearches", on: "all", want: signedIn, make: plain},
	{op: "suggestSearch", on: "words", want: signedIn, make: func(*company, *client) request { return request{query: "q=batery"} }},
	{op: "getSearchSettings", on: "mine", want: signedIn, make: plain},
	{op: "updateSearchSettings", on: "mine", want: signedIn, make: body(plain, object{"named": false})},
	{op: "listDemand", on: "all", want: "401 403 403 200 200 200 200", make: plain},
	{op: "requestDemand", on: "a card", want: "401 403 403 200 200 200 200", make: missed},
	{op: "dismissDemand", on: "a card", want: "401 403 403 200 200 200 200", make: missed},
	{op: "restoreDemand", on: "a card", want: "401 403 403 200 200 200 200", make: missed},
	{op: "linkDemand", on: "an idea that all see", want: "401 403 403 200 200 200 200", make: linking(ideas.Everyone)},
	{op: "linkDemand", on: "a private idea of the rep", want: "401 403 403 404 404 404 404", make: linking(ideas.Private)},
	{op: "linkDemand", on: "an idea of the lead's team", want: "401 403 403 422 404 404 404", make: linking(ideas.Team)},
	{op: "unlinkDemand", on: "a card", want: "401 403 403 200 200 200 200", make: missed},
	{op: "unlinkDemand", on: "none", want: "401 403 403 404 404 404 404", make: func(*company, *client) request { return on(uuid.New()) }},
	{op: "requestDemand", on: "none", want: "401 403 403 404 404 404 404", make: func(*company, *client) request { return on(uuid.New()) }},
	{op: "search", on: "all", want: signedIn, make: func(*company, *client) request { return request{query: "q=battery"} }},

	{op: "beginUpload", on: "a new one", want: "401 201 201 201 201 201 201", make: body(plain, object{"name": "plan.png", "size": 9})},
	{op: "signParts", on: "the rep's", want: ownerOnly, make: body(upload, object{"numbers": []int{1}})},
	{op: "getUpload", on: "the rep's", want: ownerOnly, make: upload},
	{op: "completeUpload", on: "the rep's, without its parts", want: "401 409 404 404 404 404 404", make: upload},
	{op: "abortUpload", on: "the rep's", want: ownerOnly204, make: upload},
	{op: "getAsset", on: "the rep's", want: ownerOnly, make: func(w *company, _ *client) request { return on(w.file(w.rep)) }},
	{op: "getAsset", on: "of a confidential draft", want: ownerOnly, make: asset("draft", secret)},
	{op: "getAsset", on: "of a draft of which one sees the title", want: ownerOnly, make: asset("draft", titleOnly(true))},
	{op: "getAsset", on: "of a post being written", want: "401 404 404 404 200 200 404", make: asset("post", post(posts.Writing))},
	{op: "getAsset", on: "of an archived resource", want: "401 404 404 404 200 200 200", make: asset("resource", resource(true))},
	{op: "downloadAsset", on: "of a confidential draft", want: "401 302 404 404 404 404 404", make: asset("draft", secret)},
	{op: "previewAsset", on: "of a confidential draft", want: "401 302 404 404 404 404 404", make: asset("draft", secret)},
	{op: "listAssetPages", on: "of a confidential draft", want: ownerOnly, make: asset("draft", secret)},
	{op: "getAssetPage", on: "of a confidential draft", want: ownerOnly, make: drawn(asset("draft", secret))},
	{op: "showAssetPage", on: "of a confidential draft", want: "401 302 404 404 404 404 404", make: drawn(asset("draft", secret))},
	{op: "showAssetPage", on: "of an archived resource", want: "401 404 404 404 302 302 302", make: drawn(asset("resource", resource(true)))},
	{op: "showAssetPage", on: "a page without a picture", want: "401 404 404 404 404 404 404", make: func(w *company, c *client) request {
		return asset("resource", resource(false))(w, c).and("page", 2)
	}},
	{op: "listAssetSheets", on: "of a confidential draft", want: ownerOnly, make: asset("draft", secret)},
	{op: "listAssetCues", on: "of a confidential draft", want: ownerOnly, make: asset("draft", secret)},

	{op: "listComments", on: "a private idea", want: ownerOnly, make: thing("idea", private, nil)},
	{op: "listComments", on: "a confidential draft", want: ownerOnly, make: thing("draft", secret, nil)},
	{op: "listComments", on: "a draft of which one sees the title", want: ownerOnly, make: thing("draft", titleOnly(true), nil)},
	{op: "listComments", on: "a post being written", want: "401 404 404 404 200 200 404", make: thing("post", post(posts.Writing), nil)},
	{op: "listComments", on: "an archived resource", want: "401 404 404 404 200 200 200", make: thing("resource", resource(true), nil)},
	{op: "listComments", on: "an idea under the name of a draft", want: "401 404 404 404 404 404 404", make: thing("draft", open, nil)},
	{op: "addComment", on: "a private idea", want: "401 201 404 404 404 404 404", make: thing("idea", private, object{"body": "Yes"})},
	{op: "addComment", on: "a confidential draft", want: "401 201 404 404 404 404 404", make: thing("draft", secret, object{"body": "Yes"})},
	{op: "addComment", on: "an offered post", want: "401 201 404 404 201 201 404", make: thing("post", post(posts.Offered), object{"body": "Yes"})},
	{op: "listThreads", on: "a confidential draft", want: ownerOnly, make: threadOf(reps, secret, false)},
	{op: "listThreads", on: "a draft", want: "401 200 404 200 200 200 200", make: threadOf(reps, shared, false)},
	{op: "listThreads", on: "a draft of which one sees the title", want: "401 200 403 404 403 404 404", make: titleOnly(true)},
	{op: "startThread", on: "a confidential draft", want: "401 201 404 404 404 404 404", make: body(secret, onWords)},
	{op: "startThread", on: "a draft", want: "401 201 404 201 201 201 201", make: body(shared, onWords)},
	{op: "startThread", on: "a draft of which one sees the title", want: "401 201 403 404 403 404 404", make: body(titleOnly(true), onWords)},
	{op: "replyToThread", on: "one on a confidential draft", want: "401 201 404 404 404 404 404", make: body(threadOf(reps, secret, true), object{"body": "Yes"})},
	{op: "replyToThread", on: "one on a draft", want: "401 201 404 201 201 201 201", make: body(threadOf(reps, shared, true), object{"body": "Yes"})},
	{op: "replyToThread", on: "one on a draft of which one sees the title", want: "401 201 403 404 403 404 404", make: body(threadOf(reps, titleOnly(true), true), object{"body": "Yes"})},
	{op: "resolveThread", on: "the rep's on a confidential draft", want: ownerOnly, make: threadOf(reps, secret, true)},
	{op: "resolveThread", on: "the rep's on a draft", want: "401 200 404 403 200 200 403", make: threadOf(reps, shared, true)},
	{op: "resolveThread", on: "the sales lead's on a draft", want: "401 200 404 200 200 200 403", make: threadOf(func(w *company) *client { return w.lead }, shared, true)},
	{op: "resolveThread", on: "one on a draft of which one sees the title", want: "401 200 403 404 403 404 404", make: threadOf(reps, titleOnly(true), true)},
	{op: "reopenThread", on: "the rep's on a confidential draft", want: ownerOnly, make: threadOf(reps, secret, true)},
	{op: "reopenThread", on: "the rep's on a draft", want: "401 200 404 403 200 200 403", make: threadOf(reps, shared, true)},
	{op: "editComment", on: "the rep's in a thread on a confidential draft", want: ownerOnly, make: inThread(secret)},
	{op: "editComment", on: "the rep's in a thread on a draft", want: "401 200 404 403 403 403 403", make: inThread(shared)},
	{op: "editComment", on: "the rep's on a private idea", want: ownerOnly, make: remark(reps, ideas.Private, false)},
	{op: "editComment", on: "the rep's on an idea", want: "401 200 403 403 403 403 403", make: remark(reps, ideas.Everyone, false)},
	{op: "deleteComment", on: "the rep's on a private idea", want: ownerOnly204, make: withoutBody(remark(reps, ideas.Private, false))},
	{op: "deleteComment", on: "the rep's on an idea", want: "401 204 403 403 403 403 403", make: withoutBody(remark(reps, ideas.Everyone, false))},
	{op: "restoreComment", on: "the rep's on a private idea", want: ownerOnly204, make: withoutBody(remark(reps, ideas.Private, true))},
	{op: "restoreComment", on: "the rep's on an idea", want: ownerOnly204, make: withoutBody(remark(reps, ideas.Everyone, true))},
	{op: "getTimeline", on: "a private idea", want: ownerOnly, make: thing("idea", private, nil)},
	{op: "getTimeline", on: "a confidential draft", want: ownerOnly, make: thing("draft", secret, nil)},
	{op: "getTimeline", on: "a draft of which one sees the title", want: ownerOnly, make: thing("draft", titleOnly(true), nil)},
	{op: "getTimeline", on: "a post being written", want: "401 404 404 404 200 200 404", make: thing("post", post(posts.Writing), nil)},
	{op: "getFollow", on: "a private idea", want: ownerOnly, make: thing("idea", private, nil)},
	{op: "followThing", on: "a private idea", want: ownerOnly, make: thing("idea", private, nil)},
	{op: "followThing", on: "a confidential draft", want: ownerOnly, make: thing("draft", secret, nil)},
	{op: "unfollowThing", on: "a private idea", want: ownerOnly, make: thing("idea", private, nil)},
	{op: "listNotifications", on: "mine", want: signedIn, make: plain},
	{op: "countUnread", on: "mine", want: signedIn, make: plain},
	{op: "markNotifications", on: "mine", want: signedIn, make: body(plain, object{"read": true})},
	{op: "getPersonNumbers", on: "the rep", want: "401 200 403 200 403 403 200", make: func(w *company, _ *client) request { return on(w.rep.ID) }},
	{op: "getIdeaNumbers", on: "a private idea", want: ownerOnly, make: private},
	{op: "getIdeaNumbers", on: "an idea", want: signedIn, make: open},
	{op: "getOverview", on: "their team or the company", want: "401 403 403 200 200 200 200", make: plain},
	{op: "getHome", on: "mine", want: signedIn, make: plain},
}
