package insights_test

import (
	"context"
	"net/netip"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"byline/backend/internal/domaintest"
	"byline/backend/internal/drafts"
	"byline/backend/internal/ideas"
	"byline/backend/internal/insights"
	"byline/backend/internal/links"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/errs"
	"byline/backend/internal/posts"
)

func of(t *testing.T, w *domaintest.World, reader, person auth.User) insights.Person {
	t.Helper()
	p, err := w.Insights.OfPerson(w.As(reader), person.ID, 30)
	require.NoError(t, err)
	return p
}

// post makes a shared post of somebody about a resource.
func post(t *testing.T, w *domaintest.World, owner auth.User, resource uuid.NullUUID) posts.Post {
	t.Helper()
	p, err := w.Posts.Create(w.As(w.Marketer), posts.Input{OwnerID: owner.ID, Network: "linkedin", Text: "Pumps", LinkTarget: "https://example.com", ResourceID: resource})
	require.NoError(t, err)
	_, err = w.Posts.Offer(w.As(w.Marketer), p.ID)
	require.NoError(t, err)
	p, err = w.Posts.Seal(w.As(owner), p.ID, p.Hash)
	require.NoError(t, err)
	p, err = w.Posts.Share(w.As(owner), p.ID, "")
	require.NoError(t, err)
	return p
}

// visit opens the post's link as a person, as LinkedIn's robot and as a mail scanner.
func visit(t *testing.T, w *domaintest.World, p posts.Post) {
	t.Helper()
	for _, s := range []links.Signals{
		{Method: "GET", Agent: "Mozilla/5.0 Firefox/140.0", Accept: "text/html", Language: "en"},
		{Method: "GET", Agent: "LinkedInBot/1.0"},
		{Method: "HEAD", Agent: "Mozilla/5.0", Accept: "text/html", Language: "en"},
	} {
		s.Address = netip.MustParseAddr("203.0.113.1")
		_, err := w.Links.Hit(t.Context(), p.LinkCode, s, "")
		require.NoError(t, err)
	}
}

// publish brings ideas into the resource center by one draft.
func publish(t *testing.T, w *domaintest.World, from ...uuid.UUID) uuid.NullUUID {
	t.Helper()
	ctx := w.As(w.Marketer)
	d, err := w.Drafts.Create(ctx, drafts.Input{Title: "All about pumps", ContentType: "blog_post", Ideas: from})
	require.NoError(t, err)
	_, err = w.Drafts.Move(ctx, d.ID, "start")
	require.NoError(t, err)
	_, err = w.Drafts.SaveDocument(ctx, d.ID, 1, domaintest.Text("x"))
	require.NoError(t, err)
	d, err = w.Drafts.Submit(ctx, d.ID)
	require.NoError(t, err)
	v, err := w.Drafts.Version(ctx, d.ID, d.CurrentVersionID.UUID)
	require.NoError(t, err)
	for _, lead := range []auth.User{w.SalesLead, w.MarketingLead} {
		_, err = w.Drafts.Approve(w.As(lead), d.ID, v.ID, v.Hash)
		require.NoError(t, err)
	}
	d, err = w.Drafts.Publish(ctx, d.ID)
	require.NoError(t, err)
	return d.ResourceID
}

func idea(t *testing.T, w *domaintest.World, by auth.User, in ideas.Input) ideas.Idea {
	t.Helper()
	i, err := w.Ideas.Create(w.As(by), in)
	require.NoError(t, err)
	return i
}

func TestAPersonsNumbersAreForThemTheirSalesLeadAndAdmins(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	for _, c := range []struct {
		reader, person auth.User
		want           errs.Code
	}{
		{w.Rep, w.Rep, ""}, {w.SalesLead, w.Rep, ""}, {w.Admin, w.Rep, ""}, {w.Marketer, w.Marketer, ""}, {w.Admin, w.Admin, ""},
		{w.Colleague, w.Rep, errs.Forbidden}, {w.SalesLead, w.Stranger, errs.Forbidden}, {w.SalesLead, w.Admin, errs.Forbidden}, // of no team
		{w.Marketer, w.Rep, errs.Forbidden}, {w.MarketingLead, w.Rep, errs.Forbidden}, {w.MarketingLead, w.Marketer, errs.Forbidden}, // aggregates and own
	} {
		_, err := w.Insights.OfPerson(w.As(c.reader), c.person.ID, 30)
		w.Code(c.want, err, c.reader.Name, c.person.Name)
	}
	_, err := w.Insights.OfPerson(w.As(w.Admin), uuid.New(), 30)
	w.Code(errs.NotFound, err)
}

func TestHumanClicksAreCountedApartFromRawRequestsWithReasons(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	p := post(t, w, w.Rep, uuid.NullUUID{})
	silent := post(t, w, w.Rep, uuid.NullUUID{})
	visit(t, w, p)
	visit(t, w, post(t, w, w.Colleague, uuid.NullUUID{})) // somebody else's
	visit(t, w, p)
	w.Exec(`UPDATE hits SET at = now() - interval '31 days' WHERE id IN (SELECT h.id FROM hits h WHERE h.link_id = $1 ORDER BY h.id DESC LIMIT 3)`, p.LinkID) // the second visit is too long ago
	n := of(t, w, w.Rep, w.Rep)
	require.Equal(t, []int{1, 3, 2}, []int{n.Total.Human, n.Total.Raw, n.Sums.PostsShared})
	require.Len(t, n.Posts, 2)
	require.Equal(t, silent.ID, n.Posts[0].ID)
	require.Zero(t, n.Posts[0].Tally.Raw)
	require.ElementsMatch(t, []links.Count{{Class: links.Human, Reason: "browser_navigation", N: 1}, {Class: links.Preview, Reason: "preview_agent", Who: "LinkedIn", N: 1}, {Class: links.Scanner, Reason: "head", N: 1}}, n.Posts[1].Tally.Why)
}

func TestAnIdeasLineageCountsEachHitOfEachPostOnce(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	a, b, lonely := idea(t, w, w.Rep, ideas.Input{Title: "A"}), idea(t, w, w.Rep, ideas.Input{Title: "B"}), idea(t, w, w.Rep, ideas.Input{Title: "C"})
	r := publish(t, w, a.ID, b.ID)
	// a second draft of the same resource, from the same idea
	d, err := w.Drafts.Create(w.As(w.Marketer), drafts.Input{Title: "Next", ContentType: "blog_post", Ideas: []uuid.UUID{a.ID}})
	require.NoError(t, err)
	w.Exec(`UPDATE drafts SET resource_id = $1 WHERE id = $2`, r, d.ID)
	for _, owner := range []auth.User{w.Colleague, w.Stranger} {
		visit(t, w, post(t, w, owner, r))
	}
	n := of(t, w, w.Rep, w.Rep)
	require.Equal(t, []int{3, 2, 0}, []int{n.Sums.IdeasFiled, n.Sums.IdeasPublished, n.Total.Raw})
	require.Len(t, n.Ideas, 3)
	got := map[uuid.UUID][]int{}
	for _, i := range n.Ideas {
		got[i.ID] = []int{i.Tally.Human, i.Tally.Raw, i.Shares}
	}
	require.Equal(t, map[uuid.UUID][]int{a.ID: {2, 6, 2}, b.ID: {2, 6, 2}, lonely.ID: {0, 0, 0}}, got)
}

func TestTheAuthorOfAMergedIdeaKeepsItsClicks(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	a, b := idea(t, w, w.Rep, ideas.Input{Title: "A"}), idea(t, w, w.Colleague, ideas.Input{Title: "B"})
	r := publish(t, w, a.ID)
	visit(t, w, post(t, w, w.Stranger, r))
	require.Equal(t, 1, of(t, w, w.Rep, w.Rep).Ideas[0].Tally.Human)
	_, err := w.Ideas.Merge(w.As(w.Marketer), a.ID, b.ID) // after its draft was published
	require.NoError(t, err)
	mine, theirs := of(t, w, w.Rep, w.Rep), of(t, w, w.Colleague, w.Colleague)
	require.Equal(t, []int{1, 1}, []int{mine.Ideas[0].Tally.Human, theirs.Ideas[0].Tally.Human})
}

func TestNumbersTellALeadNothingThatTheyMayNotSee(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	idea(t, w, w.Rep, ideas.Input{Title: "Secret of Acme", Visibility: ideas.Private})
	team := idea(t, w, w.Rep, ideas.Input{Title: "For the team", Visibility: ideas.Team})
	p, err := w.Posts.Create(w.As(w.Marketer), posts.Input{OwnerID: w.Rep.ID, Network: "linkedin", Text: "Not sealed yet"})
	require.NoError(t, err)
	require.Empty(t, of(t, w, w.Rep, w.Rep).Posts) // still being written
	_, err = w.Posts.Offer(w.As(w.Marketer), p.ID)
	require.NoError(t, err)
	require.Len(t, of(t, w, w.Rep, w.Rep).Ideas, 2)
	require.Equal(t, "Not sealed yet", of(t, w, w.Rep, w.Rep).Posts[0].Title)
	lead := of(t, w, w.SalesLead, w.Rep)
	require.Len(t, lead.Ideas, 1)
	require.Equal(t, team.ID, lead.Ideas[0].ID)
	require.Empty(t, lead.Posts)
	require.Empty(t, of(t, w, w.Admin, w.Rep).Ideas)
	post(t, w, w.Rep, uuid.NullUUID{})
	require.Equal(t, "Pumps", of(t, w, w.SalesLead, w.Rep).Posts[0].Title) // is out
}

func TestNumbersTakeTheSameNumberOfQueriesForOneAndForFiftyPosts(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	w.ConstantQueriesUpTo(w.As(w.SalesLead), 5, func(int) { post(t, w, w.Rep, uuid.NullUUID{}) }, func(ctx context.Context) (int, error) {
		p, err := w.Insights.OfPerson(ctx, w.Rep.ID, 30)
		return len(p.Posts), err
	})
}

func TestClicksOfALinkThatThePostHadBeforeStillCount(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	in := posts.Input{OwnerID: w.Rep.ID, Network: "linkedin", Text: "Pumps", LinkTarget: "https://example.com"}
	p, err := w.Posts.Create(w.As(w.Marketer), in)
	require.NoError(t, err)
	p, err = w.Posts.Offer(w.As(w.Marketer), p.ID)
	require.NoError(t, err)
	for _, target := range []string{"", "https://example.com/other"} { // taken out, and a new one put in
		p, err = w.Posts.Seal(w.As(w.Rep), p.ID, p.Hash)
		require.NoError(t, err)
		if p.LinkActive {
			visit(t, w, p)
		}
		in.LinkTarget = target
		p, err = w.Posts.Update(w.As(w.Rep), p.ID, p.Rev, in)
		require.NoError(t, err)
	}
	p, err = w.Posts.Seal(w.As(w.Rep), p.ID, p.Hash)
	require.NoError(t, err)
	visit(t, w, p)
	require.Equal(t, []int{2, 6}, []int{of(t, w, w.Rep, w.Rep).Total.Human, of(t, w, w.Rep, w.Rep).Posts[0].Tally.Raw})
}

func TestAnIdeaTellsWhatBecameOfItAndWhyTheRestWasNotCounted(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	i := idea(t, w, w.Rep, ideas.Input{Title: "A"})
	n, err := w.Insights.OfIdea(w.As(w.Rep), i.ID)
	require.NoError(t, err)
	require.Empty(t, n.Pieces)
	require.Zero(t, n.Tally.Raw)
	r := publish(t, w, i.ID)
	visit(t, w, post(t, w, w.Colleague, r))
	post(t, w, w.Stranger, r) // that nobody opened
	visit(t, w, post(t, w, w.Rep, uuid.NullUUID{}))
	n, err = w.Insights.OfIdea(w.As(w.Rep), i.ID)
	require.NoError(t, err)
	require.Equal(t, []insights.Piece{{ID: r.UUID, Title: "All about pumps", Shares: 2, Human: 1}}, n.Pieces)
	require.Equal(t, []int{2, 1, 3, 3}, []int{n.Shares, n.Tally.Human, n.Tally.Raw, len(n.Tally.Why)})
	mine := of(t, w, w.Rep, w.Rep).Ideas[0]
	require.Equal(t, []any{"All about pumps", r, 2}, []any{mine.Became, mine.BecameID, mine.Shares})

	merged := idea(t, w, w.Stranger, ideas.Input{Title: "B"})
	_, err = w.Ideas.Merge(w.As(w.Marketer), merged.ID, i.ID)
	require.NoError(t, err)
	n, err = w.Insights.OfIdea(w.As(w.Stranger), merged.ID)
	require.NoError(t, err)
	require.Equal(t, 1, n.Tally.Human)
}

func TestAPostsNumbersAreOfAllItsLinksByDay(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	p, other := post(t, w, w.Rep, uuid.NullUUID{}), post(t, w, w.Rep, uuid.NullUUID{})
	visit(t, w, p)
	w.Exec(`UPDATE hits SET at = at - interval '2 days'`)
	visit(t, w, p)
	n, err := w.Insights.OfPost(w.As(w.Rep), p.ID)
	require.NoError(t, err)
	require.Equal(t, []int{2, 6, 2}, []int{n.Tally.Human, n.Tally.Raw, len(n.Days)})
	require.Equal(t, []int{1, 2}, []int{n.Days[1].Human, n.Days[1].Other})
	require.True(t, n.Days[0].Day.Before(n.Days[1].Day))
	clicks, err := w.Insights.HumanClicks(w.As(w.Rep), []uuid.UUID{p.ID, other.ID})
	require.NoError(t, err)
	require.Equal(t, map[uuid.UUID]int{p.ID: 2}, clicks)
}

func TestTheOverviewIsOfTheTeamForItsLeadAndOfTheCompanyForMarketing(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	r := uuid.NullUUID{UUID: w.Resource("Pumps"), Valid: true}
	visit(t, w, post(t, w, w.Rep, r))
	post(t, w, w.Rep, r)
	visit(t, w, post(t, w, w.Stranger, uuid.NullUUID{}))
	visit(t, w, post(t, w, w.Rep, r))
	w.Exec(`UPDATE hits SET at = at - interval '31 days' WHERE link_id = (SELECT max(link_id::text)::uuid FROM posts)`) // the period before
	w.Exec(`UPDATE posts SET shared_at = shared_at - interval '31 days' WHERE link_id = (SELECT max(link_id::text)::uuid FROM posts)`)
	idea(t, w, w.Stranger, ideas.Input{Title: "A"})

	for _, u := range []auth.User{w.Rep, w.Colleague} {
		_, err := w.Insights.Overview(w.As(u), 30)
		w.Code(errs.Forbidden, err, u.Name)
	}
	team, err := w.Insights.Overview(w.As(w.SalesLead), 30)
	require.NoError(t, err)
	require.Equal(t, "Freight", team.Team)
	require.Equal(t, []int{1, 3, 2, 0, 1, 1}, []int{team.Tally.Human, team.Tally.Raw, team.Sums.PostsShared, team.Sums.IdeasFiled, team.Before.Human, team.Before.PostsShared})
	require.Len(t, team.People, 1)
	require.Equal(t, []any{w.Rep.ID, 2, 1, 3}, []any{team.People[0].Person.ID, team.People[0].Shares, team.People[0].Human, team.People[0].Raw})
	require.Equal(t, []any{"Pumps", 2, 1}, []any{team.Resources[0].Resource.Title, team.Resources[0].Shares, team.Resources[0].Human})
	require.Len(t, team.Days, 1)

	company, err := w.Insights.Overview(w.As(w.Marketer), 30)
	require.NoError(t, err)
	require.Empty(t, company.Team)
	require.Equal(t, []int{2, 6, 3, 1}, []int{company.Tally.Human, company.Tally.Raw, company.Sums.PostsShared, company.Sums.IdeasFiled})
	require.Empty(t, company.People) // aggregates only
	require.Equal(t, []any{"linkedin", 3, 2}, []any{company.Networks[0].Network, company.Networks[0].Shares, company.Networks[0].Human})
	require.Len(t, company.Resources, 1)
	all, err := w.Insights.Overview(w.As(w.Admin), 30)
	require.NoError(t, err)
	require.Len(t, all.People, 2)

	lost := w.Lead("Lara Lost", auth.Sales, uuid.Nil)
	_, err = w.Insights.Overview(w.As(lost), 30)
	w.Code(errs.Forbidden, err)
}
