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
	require.Equal(t, []int{1, 3, 2}, []int{n.Total.Human, n.Total.Raw, n.PostsShared})
	require.Len(t, n.Posts, 2)
	require.Equal(t, silent.ID, n.Posts[0].ID)
	require.Zero(t, n.Posts[0].Tally.Raw)
	require.ElementsMatch(t, []links.Count{{Class: links.Human, Reason: "browser_navigation", N: 1}, {Class: links.Preview, Reason: "preview_agent", N: 1}, {Class: links.Scanner, Reason: "head", N: 1}}, n.Posts[1].Tally.Why)
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
	require.Equal(t, []int{3, 2, 0}, []int{n.IdeasFiled, n.IdeasPublished, n.Total.Raw})
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
	w.ConstantQueries(w.As(w.SalesLead), func(int) { post(t, w, w.Rep, uuid.NullUUID{}) }, func(ctx context.Context) (int, error) {
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
