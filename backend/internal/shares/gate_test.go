package shares_test

import (
	"context"
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"byline/backend/internal/domaintest"
	"byline/backend/internal/links"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/errs"
	"byline/backend/internal/platform/mail"
	"byline/backend/internal/platform/mailtest"
	"byline/backend/internal/shares"
)

// gated is a world whose shares can send mail, and a share that asks for an address.
func gated(t *testing.T, change ...func(*shares.Input)) (w *domaintest.World, server *mailtest.Server, x shares.Share, token string) {
	t.Helper()
	w, server = domaintest.New(t), mailtest.New(t)
	w.Shares = shares.New(w.DB, w.Log, w.Library, shares.Config{Secret: []byte("secret"), Collections: w.Collections, Mail: mail.New(server.Config())})
	x, token = share(t, w, w.Rep, append([]func(*shares.Input){func(in *shares.Input) {
		in.EmailGate, in.Email, in.Domains = true, "Ines@Nordwind.example", []string{" @Halden.example ", "bücher.example", ""}
	}}, change...)...)
	return w, server, x, token
}

// send runs the jobs that send codes, and gives how many there were.
func send(t *testing.T, w *domaintest.World) (n int) {
	t.Helper()
	for ; ; n++ {
		var raw []byte
		if err := w.DB.PG(t.Context()).QueryRow(t.Context(), `DELETE FROM river_job WHERE id = (SELECT min(id) FROM river_job WHERE kind = 'send_share_code') RETURNING args`).Scan(&raw); err != nil {
			return n
		}
		var job shares.CodeArgs
		require.NoError(t, json.Unmarshal(raw, &job))
		require.NoError(t, w.Shares.SendCode(t.Context(), job))
	}
}

var sixDigits = regexp.MustCompile(`\b\d{6}\b`)

func lastCode(t *testing.T, server *mailtest.Server) string {
	t.Helper()
	mails := server.Mails()
	require.NotEmpty(t, mails)
	_, body, _ := strings.Cut(string(mails[len(mails)-1].Raw), "\r\n\r\n")
	return sixDigits.FindString(body)
}

func TestAShareOpensWithACodeThatIsSentToItsRecipientOrADomain(t *testing.T) {
	t.Parallel()
	w, server, x, token := gated(t)
	require.Equal(t, []string{"halden.example", "xn--bcher-kva.example"}, x.Domains)
	for device, address := range map[string]string{"a": "ines@nordwind.example", "b": "Anybody@HALDEN.example", "c": "i@bücher.example"} {
		view, err := w.Shares.Open(t.Context(), token, person(device))
		require.NoError(t, err)
		require.Equal(t, shares.View{Gate: shares.NeedAddress}, view, "nothing of it is told before")
		require.NoError(t, w.Shares.AskCode(t.Context(), token, person(device), address))
		view, err = w.Shares.Open(t.Context(), token, person(device))
		require.NoError(t, err)
		require.Equal(t, shares.View{Gate: shares.NeedCode, Pending: strings.ToLower(address)}, view)
		require.Equal(t, 1, send(t, w))
		mails := server.Mails()
		require.Equal(t, strings.ToLower(address), mails[len(mails)-1].To)
		code := lastCode(t, server)
		w.Code(errs.Forbidden, w.Shares.GiveCode(t.Context(), token, person("other "+device), code), "in the browser that asked")
		w.Code(errs.Forbidden, w.Shares.GiveCode(t.Context(), token, scanner(device), code), "a person gives it")
		require.NoError(t, w.Shares.GiveCode(t.Context(), token, person(device), code[:3]+" "+code[3:]))
		view, err = w.Shares.Open(t.Context(), token, person(device))
		require.NoError(t, err)
		require.Equal(t, shares.Through, view.Gate)
		require.NoError(t, w.Shares.GiveCode(t.Context(), token, person(device), code), "a double click")
		require.Equal(t, 1, w.Int(`SELECT count(*) FROM share_visits WHERE address = $1 AND opened`, strings.ToLower(address)))
	}
	r, err := w.Shares.Reading(w.As(w.Rep), x.ID)
	require.NoError(t, err)
	require.ElementsMatch(t, []string{"ines@nordwind.example", "anybody@halden.example", "i@bücher.example"}, []string{r.Visits[0].Address, r.Visits[1].Address, r.Visits[2].Address})

	// whom the owner takes off the list is asked again; and after a month everybody is
	_, err = w.Shares.Update(w.As(w.Rep), x.ID, x.Rev, shares.Input{Recipient: "Ines", Email: "ines@nordwind.example", EmailGate: true, Downloads: true})
	require.NoError(t, err)
	open := func(device string) shares.Gate {
		view, err := w.Shares.Open(t.Context(), token, person(device))
		require.NoError(t, err)
		return view.Gate
	}
	require.Equal(t, shares.Through, open("a"))
	require.Equal(t, shares.NeedAddress, open("b"))
	w.Exec(`UPDATE share_devices SET address_at = now() - interval '31 days'`)
	require.Equal(t, shares.NeedAddress, open("a"))
}

func TestNobodyLearnsWhichAddressMayOpenAShare(t *testing.T) {
	t.Parallel()
	w, server, _, token := gated(t)
	counts := func(ctx context.Context, device, address string) (shares.View, error, error) {
		asked := w.Shares.AskCode(ctx, token, person(device), address)
		wrong := w.Shares.GiveCode(ctx, token, person(device), "1")
		view, err := w.Shares.Open(ctx, token, person(device))
		require.NoError(t, err)
		view.Pending = ""
		return view, asked, wrong
	}
	may, ok, wrong := counts(t.Context(), "a", "ines@nordwind.example")
	for i, address := range []string{"somebody@else.example", "ines@mail.nordwind.example", "ines@nordwind.example.evil.example", "x@sub.halden.example"} {
		mayNot, ok2, wrong2 := counts(t.Context(), string(rune('b'+i)), address)
		require.Equal(t, may, mayNot, address)
		require.Equal(t, ok, ok2, address)
		require.Equal(t, wrong, wrong2, address)
	}
	require.Equal(t, 5, send(t, w), "one job for everybody")
	require.Len(t, server.Mails(), 1, "and one mail")

	// nor may somebody who is not allowed hit on the code that was never sent
	w.Exec(`UPDATE share_codes SET address = 'somebody@else.example'`)
	w.Code(errs.Forbidden, w.Shares.GiveCode(t.Context(), token, person("a"), lastCode(t, server)))
	for _, address := range []string{"", "x", "a@b.example\r\nBcc: c@d.example", "Ines <ines@nordwind.example>"} {
		w.Code(errs.Invalid, w.Shares.AskCode(t.Context(), token, person("z"), address))
	}
	w.Code(errs.Forbidden, w.Shares.AskCode(t.Context(), token, scanner("z"), "ines@nordwind.example"))
}

func TestCodesAreGuessedAndAskedForAFewTimesOnly(t *testing.T) {
	t.Parallel()
	w, server, _, token := gated(t)
	ask := func(device, address string) error {
		return w.Shares.AskCode(t.Context(), token, person(device), address)
	}
	require.NoError(t, ask("a", "ines@nordwind.example"))
	send(t, w)
	code := lastCode(t, server)
	wrong := "000000"
	if code == wrong {
		wrong = "000001"
	}
	for range 5 {
		w.Code(errs.Forbidden, w.Shares.GiveCode(t.Context(), token, person("a"), wrong))
	}
	w.Code(errs.Forbidden, w.Shares.GiveCode(t.Context(), token, person("a"), code), "too late")
	view, err := w.Shares.Open(t.Context(), token, person("a"))
	require.NoError(t, err)
	require.Equal(t, shares.NeedAddress, view.Gate)

	require.NoError(t, ask("a", "ines@nordwind.example"))
	send(t, w)
	second := lastCode(t, server)
	w.Exec(`UPDATE share_codes SET at = at - interval '11 minutes'`)
	w.Code(errs.Forbidden, w.Shares.GiveCode(t.Context(), token, person("a"), second), "ten minutes")
	require.NoError(t, ask("a", "ines@nordwind.example"))
	w.Exec(`UPDATE share_codes SET at = at - interval '11 minutes'`)
	before := len(server.Mails())
	send(t, w)
	require.Len(t, server.Mails(), before, "what came too late is not sent")

	for _, device := range []string{"a", "b"} { // allowed or not, known device or not
		w.Code(errs.TooMany, ask(device, "INES@nordwind.example"))
	}
	for i := range 3 {
		require.NoError(t, ask("c", "else@else.example"), i)
	}
	w.Code(errs.TooMany, ask("c", "else@else.example"))
	// of one network address 10 in an hour: nine so far, with those that were refused
	require.NoError(t, ask("d", "one@x.example"))
	w.Code(errs.TooMany, ask("d", "more@x.example"))
	require.Zero(t, w.Int(`SELECT count(*) FROM share_attempts WHERE bucket LIKE '%else%'`), "no address is kept for the limit")

	w.Exec(`UPDATE share_codes SET at = now() - interval '2 days'`)
	require.NoError(t, w.Shares.Leave(t.Context(), shares.LeaveArgs{}))
	require.Zero(t, w.Int(`SELECT count(*) FROM share_codes`), "nor after a day")
}

func TestAllGatesAreAskedInOrderAndMailScannersSpendNothing(t *testing.T) {
	t.Parallel()
	w, server, _, token := gated(t, locked, once)
	gate := func() shares.Gate {
		view, err := w.Shares.Open(t.Context(), token, person("a"))
		require.NoError(t, err)
		return view.Gate
	}
	require.Equal(t, shares.NeedPasscode, gate())
	require.NoError(t, w.Shares.AskCode(t.Context(), token, person("a"), "ines@nordwind.example"), "nothing happens yet")
	require.Zero(t, send(t, w), "who does not know the passcode sends no mail")
	require.NoError(t, w.Shares.Unlock(t.Context(), token, person("a"), "tulip-42"))
	require.Equal(t, shares.NeedAddress, gate())
	require.NoError(t, w.Shares.AskCode(t.Context(), token, person("a"), "ines@nordwind.example"))
	require.Equal(t, 1, send(t, w))
	for range 3 {
		_, err := w.Shares.Open(t.Context(), token, scanner("a"))
		require.NoError(t, err)
	}
	require.NoError(t, w.Shares.GiveCode(t.Context(), token, person("a"), lastCode(t, server)))
	require.Equal(t, shares.NeedOpening, gate())
	w.Code(errs.Forbidden, w.Shares.Spend(t.Context(), token, scanner("a")))
	require.NoError(t, w.Shares.Spend(t.Context(), token, person("a")))
	require.Equal(t, shares.Through, gate())
	require.Zero(t, w.Int(`SELECT count(*) FROM share_visits WHERE class <> $1 AND opened`, string(links.Human)))
}

func TestAGateNeedsSomebodyToLetInAndAWayToSendMail(t *testing.T) {
	t.Parallel()
	w, _, x, token := gated(t)
	id := x.Resources[0].ID
	create := func(s *shares.Service, by auth.User, change func(*shares.Input)) error {
		in := shares.Input{Recipient: "Ines", Resources: []uuid.UUID{id}, EmailGate: true}
		change(&in)
		_, err := s.Create(w.As(by), in)
		return err
	}
	for field, change := range map[string]func(*shares.Input){
		"body.email":   func(*shares.Input) {},
		"body.domains": func(in *shares.Input) { in.Domains = []string{"ines@nordwind.example"} },
	} {
		err := create(w.Shares, w.Rep, change)
		w.Code(errs.Invalid, err)
		e := &errs.Error{}
		require.True(t, asOurs(err, &e))
		require.Equal(t, field, e.Location)
	}
	for _, bad := range []string{"localhost", "https://nordwind.example", "a b.example", "*.example.com", strings.Repeat("a", 300) + ".example"} {
		w.Code(errs.Invalid, create(w.Shares, w.Rep, func(in *shares.Input) { in.Domains = []string{bad} }), bad)
	}
	many := []string{}
	for range 21 {
		many = append(many, uuid.NewString()+".example")
	}
	w.Code(errs.Invalid, create(w.Shares, w.Rep, func(in *shares.Input) { in.Domains = many }))

	without := shares.New(w.DB, w.Log, w.Library, shares.Config{Secret: []byte("secret"), Collections: w.Collections})
	require.False(t, without.CanMail())
	err := create(without, w.Rep, func(in *shares.Input) { in.Email = "ines@nordwind.example" })
	w.Code(errs.Invalid, err)
	require.ErrorContains(t, err, "BYLINE_SMTP_HOST")
	// a share that asked already stays closed, and can be changed
	w.Code(errs.Unavailable, without.AskCode(t.Context(), token, person("a"), "ines@nordwind.example"))
	_, err = without.Update(w.As(w.Rep), x.ID, x.Rev, shares.Input{Recipient: "Ines", Email: "ines@nordwind.example", EmailGate: true})
	require.NoError(t, err)
}

func TestASecondDeviceIsToldOnceUnlessItIsTheSamePerson(t *testing.T) {
	t.Parallel()
	w, _, _, token := gated(t)
	_, plain := share(t, w, w.Rep)
	read := func(token, device string) {
		view, err := w.Shares.Open(t.Context(), token, person(device))
		require.NoError(t, err)
		w.Exec(`UPDATE share_visits SET beat_at = now() - interval '10 seconds'`)
		require.NoError(t, w.Shares.Beat(t.Context(), token, person(device), view.Visit, []shares.Read{{Resource: view.Resources[0].ID, Seconds: 5}}))
	}
	told := func() int {
		return w.Int(`SELECT count(*) FROM activities WHERE verb = 'share.forwarded'`)
	}
	read(plain, "a")
	read(plain, "a")
	_, err := w.Shares.Open(t.Context(), plain, person("b"))
	require.NoError(t, err)
	require.Zero(t, told(), "opened, and not read")
	read(plain, "b")
	read(plain, "c")
	require.Equal(t, 1, told())
	w.Deliver(2)
	verbs := []string{}
	for _, n := range w.Inbox(w.Rep) {
		verbs = append(verbs, n.Verb)
	}
	require.ElementsMatch(t, []string{"share.viewed", "share.forwarded"}, verbs)

	pass := func(device, address string) {
		w.Exec(`INSERT INTO share_devices (share_id, device, address, address_at) SELECT s.id, v.device, $1, now() FROM shares s JOIN share_visits v ON v.share_id = s.id
			WHERE s.email_gate ORDER BY v.id DESC LIMIT 1 ON CONFLICT (share_id, device) DO UPDATE SET address = excluded.address, address_at = now()`, address)
		read(token, device)
	}
	for i, device := range []string{"laptop", "phone"} {
		_, err := w.Shares.Open(t.Context(), token, person(device)) // notes the device, which has shown its address a moment later
		require.NoError(t, err)
		pass(device, "ines@nordwind.example")
		require.Equal(t, 1, told(), i)
	}
	_, err = w.Shares.Open(t.Context(), token, person("colleague"))
	require.NoError(t, err)
	pass("colleague", "boss@halden.example")
	require.Equal(t, 2, told())
}
