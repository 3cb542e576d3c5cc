package notify_test

import (
	"context"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"byline/backend/internal/comments"
	"byline/backend/internal/domaintest"
	"byline/backend/internal/drafts"
	"byline/backend/internal/ideas"
	"byline/backend/internal/notify"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/errs"
	"byline/backend/internal/posts"
)

func reasons(list []notify.Notification) []string {
	out := []string{}
	for _, n := range list {
		out = append(out, n.Reason+" "+n.Verb)
	}
	return out
}

func TestEverybodyConcernedHearsOnceAlthoughTheJobRunsTwice(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	i, err := w.Ideas.Create(w.As(w.Rep), ideas.Input{Title: "Pilot length"})
	require.NoError(t, err)
	for range 2 {
		_, err = w.Ideas.Vote(w.As(w.Colleague), i.ID, true)
		require.NoError(t, err)
	}
	o := comments.Object{Type: "idea", ID: i.ID}
	require.NoError(t, w.Comments.Follow(w.As(w.SalesLead), o, false)) // stopped by hand
	_, err = w.Comments.Add(w.As(w.Marketer), o, "Who asked?", []uuid.UUID{w.Colleague.ID, w.Stranger.ID, w.Marketer.ID})
	require.NoError(t, err)
	_, err = w.Ideas.Move(w.As(w.Marketer), i.ID, 0, ideas.StatePlanned, "")
	require.NoError(t, err)
	w.Exec(`UPDATE users SET disabled_at = now() WHERE id = $1`, w.Stranger.ID)
	w.Deliver(2)
	require.Equal(t, []string{"follow idea.moved", "follow idea.commented"}, reasons(w.Inbox(w.Rep)))
	require.Equal(t, []string{"follow idea.moved", "mention idea.commented"}, reasons(w.Inbox(w.Colleague)))
	require.Empty(t, w.Inbox(w.Marketer)) // did it
	require.Empty(t, w.Inbox(w.SalesLead))
	require.Empty(t, w.Inbox(w.Stranger)) // has left
	first := w.Inbox(w.Rep)[0]
	require.Equal(t, "Pilot length", first.Title)
	require.Equal(t, w.Marketer.ID, first.Actor.ID)
}

func TestThoseInAThreadHearOfRepliesAndFollowersOnlyOfItsBeginning(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	d, err := w.Drafts.Create(w.As(w.Marketer), drafts.Input{Title: "Cold chain", ContentType: "blog_post", Contributors: []uuid.UUID{w.Rep.ID, w.Colleague.ID}})
	require.NoError(t, err)
	_, err = w.Drafts.SaveDocument(w.As(w.Marketer), d.ID, 1, domaintest.Text("Cold chains break."))
	require.NoError(t, err)
	o := comments.Object{Type: "draft", ID: d.ID}
	require.NoError(t, w.Comments.Follow(w.As(w.Rep), o, false)) // by hand; an answer to what one said is another matter
	th, err := w.Comments.Start(w.As(w.Rep), o, 1, 5, 2, "Which ones?", []uuid.UUID{w.SalesLead.ID})
	require.NoError(t, err)
	_, err = w.Comments.Reply(w.As(w.MarketingLead), th.ID, "All of them.", nil)
	require.NoError(t, err)
	_, err = w.Comments.SetResolved(w.As(w.Marketer), th.ID, true)
	require.NoError(t, err)
	_, err = w.Comments.Reply(w.As(w.Rep), th.ID, "Really?", []uuid.UUID{w.Marketer.ID})
	require.NoError(t, err)
	w.Deliver(2)
	said := func(u auth.User) (list []string) {
		for _, n := range w.Inbox(u) {
			if n.Verb == "draft.commented" {
				list = append(list, n.Reason)
			}
		}
		return list
	}
	require.Equal(t, []string{"reply"}, said(w.Rep))
	require.Equal(t, []string{"reply", "follow"}, said(w.MarketingLead)) // the jobs run last, when the lead follows
	require.Equal(t, []string{"mention"}, said(w.SalesLead))
	require.Equal(t, []string{"follow"}, said(w.Colleague))
	require.Equal(t, []string{"mention", "follow"}, said(w.Marketer))
	require.Contains(t, string(w.Inbox(w.Rep)[0].Data), th.ID.String())
}

func TestNobodyHearsOfWhatTheyMayNotSee(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	i, err := w.Ideas.Create(w.As(w.Rep), ideas.Input{Title: "Secret of Acme", Visibility: ideas.Private, People: []uuid.UUID{w.Marketer.ID}})
	require.NoError(t, err)
	_, err = w.Comments.Add(w.As(w.Rep), comments.Object{Type: "idea", ID: i.ID}, "Look", []uuid.UUID{w.Marketer.ID, w.Stranger.ID, w.Admin.ID})
	require.NoError(t, err)
	d, err := w.Drafts.Create(w.As(w.Marketer), drafts.Input{Title: "Merger", ContentType: "blog_post", Confidential: true, Approvers: []uuid.UUID{w.SalesLead.ID}})
	require.NoError(t, err)
	_, err = w.Drafts.Move(w.As(w.Marketer), d.ID, "start")
	require.NoError(t, err)
	_, err = w.Drafts.SaveDocument(w.As(w.Marketer), d.ID, 1, domaintest.Text("x"))
	require.NoError(t, err)
	_, err = w.Drafts.Submit(w.As(w.Marketer), d.ID)
	require.NoError(t, err)
	w.Deliver(1)
	require.Equal(t, []string{"mention idea.commented"}, reasons(w.Inbox(w.Marketer)))
	require.Equal(t, "approval draft.moved", reasons(w.Inbox(w.SalesLead))[0])
	for _, u := range []auth.User{w.Stranger, w.Admin, w.MarketingLead} {
		require.Empty(t, w.Inbox(u), u.Name)
	}
}

func TestAnInboxForgetsWhatItsReaderMayNoLongerSee(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	i, err := w.Ideas.Create(w.As(w.Rep), ideas.Input{Title: "Acme"})
	require.NoError(t, err)
	_, err = w.Comments.Add(w.As(w.Rep), comments.Object{Type: "idea", ID: i.ID}, "Look", []uuid.UUID{w.Marketer.ID, w.Colleague.ID})
	require.NoError(t, err)
	w.Deliver(1)
	require.Len(t, w.Inbox(w.Marketer), 1)
	_, err = w.Ideas.Update(w.As(w.Rep), i.ID, i.Rev, ideas.Input{Title: "Acme is about to leave us", Visibility: ideas.Team})
	require.NoError(t, err)
	require.Empty(t, w.Inbox(w.Marketer))
	require.Len(t, w.Inbox(w.Colleague), 1)
}

func TestAnInboxNamesNothingThatWentOutOfItsReadersSight(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	r := w.Resource("Prices of next year")
	d, err := w.Drafts.Create(w.As(w.Marketer), drafts.Input{Title: "Merger", ContentType: "blog_post", Contributors: []uuid.UUID{w.Rep.ID}})
	require.NoError(t, err)
	p, err := w.Posts.Create(w.As(w.Marketer), posts.Input{OwnerID: w.Rep.ID, Network: "linkedin", Text: "Look"})
	require.NoError(t, err)
	_, err = w.Posts.Offer(w.As(w.Marketer), p.ID)
	require.NoError(t, err)
	for _, o := range []comments.Object{{Type: "resource", ID: r}, {Type: "draft", ID: d.ID}, {Type: "post", ID: p.ID}} {
		_, err = w.Comments.Add(w.As(w.Marketer), o, "Look", []uuid.UUID{w.Rep.ID, w.MarketingLead.ID})
		require.NoError(t, err)
	}
	w.Deliver(1)
	named := func(u auth.User) (titles []string) {
		for _, n := range w.Inbox(u) {
			if n.Verb != "post.offered" && n.Verb != "draft.planned" {
				titles = append(titles, n.Title)
			}
		}
		unread, err := w.Notify.Unread(w.As(u))
		require.NoError(t, err)
		require.Len(t, w.Inbox(u), unread)
		return titles
	}
	all := []string{"Look", "Merger", "Prices of next year"}
	require.Equal(t, all, named(w.Rep))
	for _, out := range []string{`state = 'archived'`, `state = 'expired'`, `release_at = now() + interval '1 hour'`, `expires_at = now() - interval '1 hour'`} {
		w.Exec(`UPDATE resources SET state = 'live', release_at = NULL, expires_at = NULL`)
		require.Equal(t, all, named(w.Rep))
		w.Exec(`UPDATE resources SET ` + out)
		require.Equal(t, all[:2], named(w.Rep), out)
	}
	w.Exec(`DELETE FROM draft_people`) // no longer on it
	require.Equal(t, all[:1], named(w.Rep))
	w.Exec(`UPDATE posts SET state = 'writing'`)
	require.Empty(t, named(w.Rep))
	require.Equal(t, all, named(w.MarketingLead))
}

func TestReadAndUnreadAreOnesOwn(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	i, err := w.Ideas.Create(w.As(w.Rep), ideas.Input{Title: "Acme"})
	require.NoError(t, err)
	for range 3 {
		_, err = w.Comments.Add(w.As(w.Colleague), comments.Object{Type: "idea", ID: i.ID}, "Look", nil)
		require.NoError(t, err)
	}
	w.Deliver(1)
	inbox := w.Inbox(w.Rep)
	require.Len(t, inbox, 3)
	require.NoError(t, w.Notify.Mark(w.As(w.Colleague), []uuid.UUID{inbox[0].ID}, true)) // not theirs
	unread := func() int {
		n, err := w.Notify.Unread(w.As(w.Rep))
		require.NoError(t, err)
		return n
	}
	require.Equal(t, 3, unread())
	require.NoError(t, w.Notify.Mark(w.As(w.Rep), []uuid.UUID{inbox[0].ID}, true))
	require.Equal(t, 2, unread())
	list, err := w.Notify.List(w.As(w.Rep), true, uuid.Nil, 10)
	require.NoError(t, err)
	require.Len(t, list, 2)
	require.NoError(t, w.Notify.Mark(w.As(w.Rep), nil, true))
	require.Zero(t, unread())
	require.NoError(t, w.Notify.Mark(w.As(w.Rep), []uuid.UUID{inbox[0].ID}, false))
	require.Equal(t, 1, unread())
	page, err := w.Notify.List(w.As(w.Rep), false, inbox[0].ID, 10)
	require.NoError(t, err)
	require.Len(t, page, 2)
}

func TestAJobOfAnUnknownActivityFails(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	w.Code(errs.NotFound, w.Notify.Work(t.Context(), notify.Args{ActivityID: uuid.New()}))
}

func TestAnInboxTakesTheSameNumberOfQueriesForOneAndForFiftyLines(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	i, err := w.Ideas.Create(w.As(w.Rep), ideas.Input{Title: "Acme"})
	require.NoError(t, err)
	w.ConstantQueries(w.As(w.Rep), func(int) {
		_, err := w.Comments.Add(w.As(w.Colleague), comments.Object{Type: "idea", ID: i.ID}, "x", nil)
		require.NoError(t, err)
		w.Deliver(1)
		w.Exec(`DELETE FROM river_job`)
	}, func(ctx context.Context) (int, error) {
		list, err := w.Notify.List(ctx, false, uuid.Nil, 100)
		return len(list), err
	})
}

func TestADeletedCommentIsNotQuotedAnyMore(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	i, err := w.Ideas.Create(w.As(w.Rep), ideas.Input{Title: "Acme"})
	require.NoError(t, err)
	c, err := w.Comments.Add(w.As(w.Colleague), comments.Object{Type: "idea", ID: i.ID}, "Their CFO is Jane", nil)
	require.NoError(t, err)
	w.Deliver(1)
	quoted := func() []bool {
		items, err := w.Log.Timeline(w.As(w.Rep), "idea", i.ID, uuid.Nil, 10)
		require.NoError(t, err)
		return []bool{strings.Contains(string(items[0].Data), "Jane"), strings.Contains(string(w.Inbox(w.Rep)[0].Data), "Jane")}
	}
	require.Equal(t, []bool{true, true}, quoted())
	require.NoError(t, w.Comments.Delete(w.As(w.Colleague), c.ID, false))
	require.Equal(t, []bool{false, false}, quoted())
	require.NoError(t, w.Comments.Delete(w.As(w.Colleague), c.ID, true))
	require.Equal(t, []bool{true, true}, quoted())
}
