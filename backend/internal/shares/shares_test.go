package shares_test

import (
	"context"
	"net/netip"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"byline/backend/internal/domaintest"
	"byline/backend/internal/links"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/errs"
	"byline/backend/internal/shares"
)

const chrome = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36"

// person is a browser of somebody outside.
func person(device string) shares.Visitor {
	return shares.Visitor{Device: device, Signals: links.Signals{Method: "GET", Agent: chrome, Accept: "text/html", Language: "en", FetchMode: "navigate", FetchDest: "document",
		Address: netip.MustParseAddr("203.0.113.9")}}
}

func scanner(device string) shares.Visitor {
	v := person(device)
	v.Signals.Agent += " Proofpoint URL Defense"
	return v
}

func shareable(t *testing.T, w *domaintest.World, title string) uuid.UUID {
	t.Helper()
	id := w.Resource(title)
	w.Exec(`UPDATE resources SET shareable = true WHERE id = $1`, id)
	return id
}

func file(w *domaintest.World, resource uuid.UUID, pages int) uuid.UUID {
	id := w.File(w.Marketer)
	w.Exec(`UPDATE assets SET pages = $2, preview_key = 'p', kind = 'pdf', media_type = 'application/pdf' WHERE id = $1`, id, pages)
	w.Exec(`INSERT INTO asset_uses (asset_id, object_type, object_id) VALUES ($1, 'resource', $2)`, id, resource)
	return id
}

func share(t *testing.T, w *domaintest.World, by auth.User, change ...func(*shares.Input)) (shares.Share, string) {
	t.Helper()
	in := shares.Input{Recipient: "Ines Duarte", Downloads: true}
	for _, c := range change {
		c(&in)
	}
	if in.Resources == nil {
		in.Resources = []uuid.UUID{shareable(t, w, "Pump guide")}
	}
	x, err := w.Shares.Create(w.As(by), in)
	require.NoError(t, err)
	token, err := w.Shares.Token(w.As(by), x.ID)
	require.NoError(t, err)
	return x, token
}

func locked(in *shares.Input) { code := "tulip-42"; in.Passcode = &code }
func once(in *shares.Input)   { in.Once = true }

func TestWhatIsClosedLooksTheSame(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	soon := time.Now().Add(time.Hour)
	revoked, revokedToken := share(t, w, w.Rep)
	expired, expiredToken := share(t, w, w.Rep, func(in *shares.Input) { in.ExpiresAt = &soon })
	internal, internalToken := share(t, w, w.Rep)
	archived, archivedToken := share(t, w, w.Rep)
	_, openToken := share(t, w, w.Rep)
	_, err := w.Shares.Open(t.Context(), expiredToken, person("a"))
	require.NoError(t, err)
	_, err = w.Shares.Revoke(w.As(w.Rep), []uuid.UUID{revoked.ID}, false)
	require.NoError(t, err)
	w.Exec(`UPDATE shares SET expires_at = now() WHERE id = $1`, expired.ID)
	w.Exec(`UPDATE resources SET shareable = false WHERE id = $1`, internal.Resources[0].ID)
	w.Exec(`UPDATE resources SET state = 'archived' WHERE id = $1`, archived.Resources[0].ID)
	_, unknown := w.Shares.Open(t.Context(), openToken[:42]+"A", person("a"))
	require.Error(t, unknown)
	for name, token := range map[string]string{"revoked": revokedToken, "expired": expiredToken, "internal by now": internalToken, "archived": archivedToken,
		"empty": "", "short": "abc", "SQL": "' OR 1=1 --", "NUL": openToken[:42] + "\x00", "another case": "a" + openToken[1:]} {
		_, err := w.Shares.Open(t.Context(), token, person("a"))
		if token == openToken {
			continue
		}
		require.Equal(t, unknown.Error(), errOf(err), name)
		require.Error(t, w.Shares.Unlock(t.Context(), token, person("a"), "x"), name)
		require.Error(t, w.Shares.Spend(t.Context(), token, person("a")), name)
	}
	// the same secret works again when it is opened again
	_, err = w.Shares.Revoke(w.As(w.Rep), []uuid.UUID{revoked.ID}, true)
	require.NoError(t, err)
	_, err = w.Shares.Open(t.Context(), revokedToken, person("a"))
	require.NoError(t, err)
}

func errOf(err error) string {
	if err == nil {
		return ""
	}
	e := &errs.Error{}
	if ok := asOurs(err, &e); ok {
		return (&errs.Error{Code: e.Code, Message: e.Message}).Error()
	}
	return err.Error()
}

func asOurs(err error, to **errs.Error) bool {
	e, ok := err.(*errs.Error) //nolint:errorlint // it is ours, unwrapped
	if ok {
		*to = e
	}
	return ok
}

func TestFilesAreThoseOfTheShareOnlyAndOnlyWhileItIsOpen(t *testing.T) {
	t.Parallel()
	w := domaintest.NewWithStorage(t)
	mine, other := shareable(t, w, "Pump guide"), shareable(t, w, "Price list")
	pdf, foreign, loose := file(w, mine, 3), file(w, other, 1), w.File(w.Rep)
	x, token := share(t, w, w.Rep, func(in *shares.Input) { in.Resources = []uuid.UUID{mine} })
	get := func(asset uuid.UUID, how shares.How) error {
		_, err := w.Shares.File(t.Context(), token, person("a"), asset, how)
		return err
	}
	require.NoError(t, get(pdf, shares.Keep))
	require.NoError(t, get(pdf, shares.Preview))
	w.Code(errs.NotFound, get(pdf, shares.InPlace), "a document is not shown in place")
	for name, id := range map[string]uuid.UUID{"of another resource": foreign, "of nothing": loose, "unknown": uuid.New()} {
		for _, how := range []shares.How{shares.Keep, shares.Preview, shares.InPlace} {
			w.Code(errs.NotFound, get(id, how), name)
		}
	}
	require.Equal(t, 1, w.Int(`SELECT count(*) FROM share_downloads`))
	_, err := w.Shares.File(t.Context(), token, scanner("s"), pdf, shares.Keep)
	require.NoError(t, err)
	require.Equal(t, 1, w.Int(`SELECT count(*) FROM share_downloads`), "a scanner keeps nothing")

	w.Exec(`UPDATE resources SET download_outside = false WHERE id = $1`, mine) // the resource's right is above the share's
	w.Code(errs.NotFound, get(pdf, shares.Keep))
	w.Code(errs.NotFound, get(pdf, shares.Preview), "pictures have the name of the recipient on them then: see Picture")
	w.Exec(`UPDATE resources SET download_outside = true WHERE id = $1`, mine)
	_, err = w.Shares.Update(w.As(w.Rep), x.ID, x.Rev, shares.Input{Recipient: "Ines", Downloads: false})
	require.NoError(t, err)
	w.Code(errs.NotFound, get(pdf, shares.Keep))
	w.Exec(`UPDATE shares SET downloads = true, expires_at = now() + interval '300 milliseconds'`)
	require.NoError(t, get(pdf, shares.Keep))
	require.Eventually(t, func() bool { return errs.CodeOf(get(pdf, shares.Keep)) == errs.NotFound }, 5*time.Second, 20*time.Millisecond, "between the page and the download it expires")
}

func TestAPasscodeIsAskedCountedAndForgottenWhenItChanges(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	x, token := share(t, w, w.Rep, locked)
	view, err := w.Shares.Open(t.Context(), token, person("a"))
	require.NoError(t, err)
	require.Equal(t, shares.View{Gate: shares.NeedPasscode}, view, "nothing of it is told before")
	_, err = w.Shares.File(t.Context(), token, person("a"), uuid.New(), shares.Preview)
	w.Code(errs.NotFound, err)
	w.Code(errs.Forbidden, w.Shares.Unlock(t.Context(), token, person("a"), "tulip-43"))
	require.NoError(t, w.Shares.Unlock(t.Context(), token, person("a"), "tulip-42"))
	view, err = w.Shares.Open(t.Context(), token, person("a"))
	require.NoError(t, err)
	require.Equal(t, shares.Through, view.Gate)
	view, err = w.Shares.Open(t.Context(), token, person("b"))
	require.NoError(t, err)
	require.Equal(t, shares.NeedPasscode, view.Gate, "another device knows nothing")

	// twelve guesses at once from one address: ten are looked at, and then the right one is refused too
	results := domaintest.Race(12, func(int) error { return w.Shares.Unlock(t.Context(), token, person("c"), "wrong-one") })
	tooMany := 0
	for _, err := range results {
		if errs.CodeOf(err) == errs.TooMany {
			tooMany++
		} else {
			w.Code(errs.Forbidden, err)
		}
	}
	require.GreaterOrEqual(t, tooMany, 2)
	w.Code(errs.TooMany, w.Shares.Unlock(t.Context(), token, person("c"), "tulip-42"))
	// many addresses together are no faster
	stopped := false
	for i := range 60 {
		v := person("d")
		v.Signals.Address = netip.AddrFrom4([4]byte{198, 51, 100, byte(i)})
		w.Exec(`UPDATE share_attempts SET n = greatest(n, 45) WHERE bucket = $1`, x.ID.String())
		if errs.CodeOf(w.Shares.Unlock(t.Context(), token, v, "wrong-one")) == errs.TooMany {
			stopped = true
			break
		}
	}
	require.True(t, stopped)

	code := "orchid-17"
	_, err = w.Shares.Update(w.As(w.Rep), x.ID, x.Rev, shares.Input{Recipient: "Ines", Passcode: &code})
	require.NoError(t, err)
	view, err = w.Shares.Open(t.Context(), token, person("a"))
	require.NoError(t, err)
	require.Equal(t, shares.NeedPasscode, view.Gate)
	require.Zero(t, w.Int(`SELECT count(*) FROM shares WHERE passcode_hash LIKE '%orchid%' OR passcode_hash NOT LIKE '$argon2id$%'`))
}

func TestTheOneViewGoesToOneDeviceAndNeverToARobot(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	_, token := share(t, w, w.Rep, once)
	for range 3 { // whoever only looks spends nothing
		for _, v := range []shares.Visitor{scanner("s"), person("p")} {
			view, err := w.Shares.Open(t.Context(), token, v)
			require.NoError(t, err)
			require.Equal(t, shares.View{Gate: shares.NeedOpening}, view)
		}
	}
	w.Code(errs.Forbidden, w.Shares.Spend(t.Context(), token, scanner("s")))
	_, err := w.Shares.Open(w.As(w.Rep), token, person("mine")) // the sharer looks
	require.NoError(t, err)
	require.Zero(t, w.Int(`SELECT count(*) FROM shares WHERE opened_at IS NOT NULL`))
	devices := []string{"a", "b", "c", "d"}
	results := domaintest.Race(len(devices), func(i int) error { return w.Shares.Spend(t.Context(), token, person(devices[i])) })
	require.Equal(t, 1, w.Won(results, errs.NotFound))
	for i, d := range devices {
		_, err := w.Shares.Open(t.Context(), token, person(d))
		require.Equal(t, results[i] == nil, err == nil, d)
	}
	w.Exec(`UPDATE shares SET opened_at = now() - interval '25 hours'`)
	for _, d := range devices {
		_, err := w.Shares.Open(t.Context(), token, person(d))
		w.Code(errs.NotFound, err)
	}
}

func TestReadingIsBelievedWithinBoundsAndToldOnce(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	guide, other := shareable(t, w, "Pump guide"), shareable(t, w, "Price list")
	pdf, foreign := file(w, guide, 3), file(w, other, 9)
	x, token := share(t, w, w.Rep, func(in *shares.Input) { in.Resources = []uuid.UUID{guide} })
	view, err := w.Shares.Open(t.Context(), token, person("a"))
	require.NoError(t, err)
	require.NotEqual(t, uuid.Nil, view.Visit)
	beat := func(device string, reads ...shares.Read) error {
		return w.Shares.Beat(t.Context(), token, person(device), view.Visit, reads)
	}
	seconds := func() int { return w.Int(`SELECT coalesce(sum(seconds), 0) FROM share_reads`) }
	page := func(n, s int) shares.Read { return shares.Read{Resource: guide, Asset: pdf, Page: n, Seconds: s} }
	w.Exec(`UPDATE share_visits SET at = now() - interval '20 seconds'`)
	for name, forged := range map[string]shares.Read{"page that is not there": page(4, 9), "page 0": page(0, 9), "below zero": page(1, -9), "another share's file": {Resource: guide, Asset: foreign, Page: 1, Seconds: 9},
		"another resource": {Resource: other, Page: 0, Seconds: 9}, "page of a text": {Resource: guide, Page: 7, Seconds: 9}} {
		require.NoError(t, beat("a", forged), name)
		require.Zero(t, seconds(), name)
	}
	w.Code(errs.NotFound, beat("b", page(1, 9)), "somebody else's visit")
	require.Zero(t, w.Int(`SELECT count(*) FROM shares WHERE first_view_at IS NOT NULL`), "nothing of this is a view")
	require.NoError(t, beat("a", page(1, 5), page(2, 1<<30), shares.Read{Resource: guide, Page: 0, Seconds: 7}))
	require.InDelta(t, 22, seconds(), 4, "no more than has passed")
	require.NoError(t, beat("a", page(3, 1000)))
	require.InDelta(t, 24, seconds(), 6, "and not twice")
	w.Exec(`UPDATE share_visits SET beat_at = now() - interval '5 hours'`)
	require.NoError(t, beat("a", page(1, 20000)))
	require.Less(t, seconds(), 24+6+121, "two minutes in one message")
	w.Exec(`UPDATE share_visits SET beat_at = now() - interval '10 seconds'`)
	before := seconds()
	for _, err := range domaintest.Race(8, func(int) error { return beat("a", page(1, 10)) }) {
		require.NoError(t, err)
	}
	require.LessOrEqual(t, seconds()-before, 12+7*2+4, "eight at once have one time to share")

	w.Deliver(2)
	inbox := w.Inbox(w.Rep)
	require.Len(t, inbox, 1, "the first view is told, once")
	require.Equal(t, "share.viewed", inbox[0].Verb)
	require.Equal(t, "Ines Duarte", inbox[0].Title)
	require.Equal(t, "shared", inbox[0].Reason)
	got, err := w.Shares.Get(w.As(w.Rep), x.ID)
	require.NoError(t, err)
	require.Equal(t, shares.Opened, got.State)
	require.Equal(t, 1, got.Visits)
}

func TestVisitsAreThoseOfPeople(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	x, token := share(t, w, w.Rep)
	head := person("h")
	head.Signals.Method = "HEAD"
	ahead := person("f")
	ahead.Signals.Purpose = "prefetch"
	bot := person("l")
	bot.Signals.Agent = "LinkedInBot/1.0"
	for _, v := range []shares.Visitor{head, ahead, bot, scanner("s")} {
		view, err := w.Shares.Open(t.Context(), token, v)
		require.NoError(t, err)
		require.Equal(t, uuid.Nil, view.Visit)
	}
	colleague := person("me")
	colleague.Signals.SignedIn = true
	view, err := w.Shares.Open(w.As(w.Rep), token, colleague)
	require.NoError(t, err)
	require.True(t, view.Looking)
	got, err := w.Shares.Get(w.As(w.Rep), x.ID)
	require.NoError(t, err)
	require.Equal(t, [2]int{0, 0}, [2]int{got.Visits, got.Devices})
	for _, device := range []string{"laptop", "laptop", "phone"} {
		_, err := w.Shares.Open(t.Context(), token, person(device))
		require.NoError(t, err)
	}
	got, err = w.Shares.Get(w.As(w.Rep), x.ID)
	require.NoError(t, err)
	require.Equal(t, [2]int{2, 2}, [2]int{got.Visits, got.Devices}, "back at once is the same visit; another device may be a forward")
	r, err := w.Shares.Reading(w.As(w.Rep), x.ID)
	require.NoError(t, err)
	require.Len(t, r.Visits, 2)
	classes := map[links.Class]int{}
	for _, c := range r.Requests {
		classes[c.Class] += c.N
	}
	require.Equal(t, map[links.Class]int{"human": 2, "scanner": 2, "prefetch": 1, "preview": 1, "internal": 1}, classes)
	// the same device is another one for another share: they cannot be compared
	_, second := share(t, w, w.Rep)
	_, err = w.Shares.Open(t.Context(), second, person("laptop"))
	require.NoError(t, err)
	require.Equal(t, 3, w.Int(`SELECT count(DISTINCT device) FROM share_devices`))
}

func TestParallelRevokesChangeOnceAndUndoPutsBackWhatChanged(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	a, _ := share(t, w, w.Rep)
	b, _ := share(t, w, w.Rep)
	ids := [][]uuid.UUID{{a.ID, b.ID}, {b.ID, a.ID}}
	var changed [8][]uuid.UUID
	for _, err := range domaintest.Race(8, func(i int) (err error) {
		changed[i], err = w.Shares.Revoke(w.As(w.Rep), ids[i%2], false)
		return err
	}) {
		require.NoError(t, err)
	}
	n := 0
	for _, c := range changed {
		n += len(c)
	}
	require.Equal(t, 2, n)
	require.Equal(t, 2, w.Int(`SELECT count(*) FROM activities WHERE verb = 'share.revoked'`))
	mine, _ := share(t, w, w.Stranger)
	_, err := w.Shares.Revoke(w.As(w.Stranger), []uuid.UUID{mine.ID, a.ID}, true)
	w.Code(errs.NotFound, err, "one that is not theirs")
	_, err = w.Shares.Revoke(w.As(w.Stranger), []uuid.UUID{mine.ID, uuid.New()}, false)
	w.Code(errs.NotFound, err)
	require.Equal(t, 2, w.Int(`SELECT count(*) FROM shares WHERE revoked_at IS NOT NULL`))
}

func TestSharesOfWhoeverLeavesGoToTheirLeadOrStop(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	led, ledToken := share(t, w, w.Rep)
	alone, aloneToken := share(t, w, w.Stranger)
	w.Exec(`UPDATE users SET disabled_at = now() WHERE id IN ($1, $2)`, w.Rep.ID, w.Stranger.ID)
	_, err := w.Shares.Open(t.Context(), aloneToken, person("a"))
	w.Code(errs.NotFound, err, "nobody is there who would answer for it")
	_, err = w.Shares.Open(t.Context(), ledToken, person("a"))
	require.NoError(t, err, "its lead takes it over")
	for range 2 {
		require.NoError(t, w.Shares.Leave(t.Context(), shares.LeaveArgs{}))
	}
	got, err := w.Shares.Get(w.As(w.SalesLead), led.ID)
	require.NoError(t, err)
	require.Equal(t, w.SalesLead.ID, got.Owner.ID)
	require.Equal(t, w.Rep.ID, got.MadeBy.ID)
	w.Deliver(1)
	require.Len(t, w.Inbox(w.SalesLead), 1)
	stopped, err := w.Shares.Get(w.As(w.Admin), alone.ID)
	require.NoError(t, err)
	require.Equal(t, shares.Stopped, stopped.State)
}

func TestWhoseSharesSomebodySees(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	x, _ := share(t, w, w.Rep)
	y, _ := share(t, w, w.Stranger)
	list := func(u auth.User, scope shares.Scope) (ids []uuid.UUID) {
		found, err := w.Shares.List(w.As(u), shares.Filter{Scope: scope, Limit: 10})
		require.NoError(t, err)
		for _, s := range found {
			ids = append(ids, s.ID)
		}
		return ids
	}
	for _, scope := range []shares.Scope{shares.Mine, shares.Team, shares.All} {
		require.Equal(t, []uuid.UUID{x.ID}, list(w.Rep, scope))
		require.Empty(t, list(w.Colleague, scope))
		require.Empty(t, list(w.Marketer, scope))
	}
	require.Equal(t, []uuid.UUID{x.ID}, list(w.SalesLead, shares.All))
	require.Empty(t, list(w.SalesLead, shares.Mine))
	require.Equal(t, []uuid.UUID{y.ID, x.ID}, list(w.MarketingLead, shares.All))
	require.Equal(t, []uuid.UUID{y.ID, x.ID}, list(w.Admin, shares.All))
	counts, err := w.Shares.Counts(w.As(w.Admin), shares.Filter{Scope: shares.All})
	require.NoError(t, err)
	require.Equal(t, map[shares.State]int{shares.Unopened: 2}, counts)
	_, err = w.Shares.Transfer(w.As(w.Rep), x.ID, w.Stranger.ID)
	require.NoError(t, err)
	_, err = w.Shares.Get(w.As(w.Rep), x.ID)
	w.Code(errs.NotFound, err)
	w.Deliver(1)
	require.Len(t, w.Inbox(w.Stranger), 1)
	w.ConstantQueries(w.As(w.Admin), func(int) { share(t, w, w.Colleague) }, func(ctx context.Context) (int, error) {
		found, err := w.Shares.List(ctx, shares.Filter{Scope: shares.All, Owner: w.Colleague.ID, Limit: 100})
		return len(found), err
	})
}

func TestInputOfShares(t *testing.T) {
	t.Parallel()
	w := domaintest.New(t)
	id := shareable(t, w, "Pump guide")
	yesterday, late, short := time.Now().Add(-time.Hour), time.Now().AddDate(3, 0, 0), "abc"
	for field, change := range map[string]func(*shares.Input){
		"body.recipient": func(in *shares.Input) { in.Recipient = "  " }, "body.email": func(in *shares.Input) { in.Email = "Ines <x@y.example>" },
		"body.expires_at": func(in *shares.Input) { in.ExpiresAt = &yesterday }, "body.passcode": func(in *shares.Input) { in.Passcode = &short },
		"body.resources": func(in *shares.Input) { in.Resources = []uuid.UUID{uuid.New()} },
	} {
		in := shares.Input{Recipient: "Ines", Resources: []uuid.UUID{id, id}}
		change(&in)
		_, err := w.Shares.Create(w.As(w.Rep), in)
		w.Code(errs.Invalid, err, field)
		e := &errs.Error{}
		require.True(t, asOurs(err, &e))
		require.Equal(t, field, e.Location)
	}
	_, err := w.Shares.Create(w.As(w.Rep), shares.Input{Recipient: "Ines", Resources: []uuid.UUID{id}, ExpiresAt: &late})
	w.Code(errs.Invalid, err)
	x, _ := share(t, w, w.Rep)
	_, err = w.Shares.Update(w.As(w.Rep), x.ID, x.Rev+1, shares.Input{Recipient: "Ines"})
	w.Code(errs.Stale, err)
}
