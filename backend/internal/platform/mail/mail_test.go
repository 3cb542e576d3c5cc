package mail_test

import (
	"bytes"
	"context"
	"io"
	netmail "net/mail"
	"strings"
	"testing"

	"github.com/riverqueue/river"
	"github.com/stretchr/testify/require"

	"byline/backend/internal/platform/dbtest"
	"byline/backend/internal/platform/mail"
	"byline/backend/internal/platform/mailtest"
)

func message() mail.Message {
	return mail.Message{ID: "01a2", To: "ines@nordwind.example", Subject: "Your code: 123456", Text: "123456\n\nFor ten minutes."}
}

func read(t *testing.T, m mailtest.Mail) (*netmail.Message, string) {
	t.Helper()
	msg, err := netmail.ReadMessage(bytes.NewReader(m.Raw))
	require.NoError(t, err)
	body, err := io.ReadAll(msg.Body)
	require.NoError(t, err)
	return msg, string(body)
}

func TestAMailArrives(t *testing.T) {
	t.Parallel()
	server := mailtest.New(t)
	server.Password = "secret"
	cfg := server.Config()
	cfg.User, cfg.Password = "byline", "secret"
	require.NoError(t, mail.New(cfg).Send(t.Context(), message()))
	require.Len(t, server.Mails(), 1)
	m, body := read(t, server.Mails()[0])
	require.Equal(t, "ines@nordwind.example", server.Mails()[0].To)
	require.Equal(t, "byline@kelvora.example", server.Mails()[0].From)
	require.Equal(t, "<01a2@kelvora.example>", m.Header.Get("Message-Id"))
	require.Equal(t, "Your code: 123456", m.Header.Get("Subject"))
	require.Equal(t, "auto-generated", m.Header.Get("Auto-Submitted"))
	require.Contains(t, body, "123456\r\n\r\nFor ten minutes.")

	cfg.Password = "wrong"
	require.Error(t, mail.New(cfg).Send(t.Context(), message()))
	require.Len(t, server.Mails(), 1)
}

func TestNothingThatPeopleWroteBecomesAHeader(t *testing.T) {
	t.Parallel()
	server := mailtest.New(t)
	sender := mail.New(server.Config())
	for i, evil := range []string{"x\r\nBcc: all@kelvora.example", "x\nBcc: all@kelvora.example", "x\rBcc: all@kelvora.example", "x\u2028Bcc: a@b", strings.Repeat("ü ", 300) + "\r\n\r\nbody", "=?utf-8?q?=0D=0ABcc:_a?="} {
		m := message()
		m.Subject, m.Text = evil, evil+"\r\n.\r\nMAIL FROM:<evil@example.com>\r\n"
		require.NoError(t, sender.Send(t.Context(), m))
		require.Len(t, server.Mails(), i+1, "one mail")
		got, _ := read(t, server.Mails()[i])
		require.Empty(t, got.Header.Get("Bcc"))
		for name := range got.Header {
			require.Contains(t, []string{"From", "To", "Subject", "Message-Id", "Date", "Auto-Submitted", "Mime-Version", "Content-Type", "Content-Transfer-Encoding"}, name)
		}
	}
	sent := len(server.Mails())
	for _, to := range []string{"", "x", "a@b.example\r\nBcc: c@d.example", "a@b.example, c@d.example", "Ines <a@b.example>", "<a@b.example>", "a@b.example>\r\nRCPT TO:<c@d.example", `"a b"@b.example`, strings.Repeat("a", 260) + "@b.example"} {
		m := message()
		m.To = to
		var final *river.JobCancelError
		require.ErrorAs(t, sender.Send(t.Context(), m), &final, to)
	}
	require.Len(t, server.Mails(), sent)
}

func TestWhatAServerRefusesForGoodIsNotTriedAgain(t *testing.T) {
	t.Parallel()
	server := mailtest.New(t)
	sender := mail.New(server.Config())
	var final *river.JobCancelError
	server.Refuse(550)
	err := sender.Send(t.Context(), message())
	require.ErrorAs(t, err, &final)
	require.NotContains(t, err.Error(), "ines@", "whose mail it is does not stand in logs")
	server.Refuse(451)
	err = sender.Send(t.Context(), message())
	require.Error(t, err)
	require.NotErrorAs(t, err, &final, "later, perhaps")
	server.Refuse(0)
	require.NoError(t, sender.Send(t.Context(), message()))

	stranger := server.Config()
	stranger.TLS = nil
	require.Error(t, mail.New(stranger).Send(t.Context(), message()), "a server that nobody vouches for gets nothing")
	require.Len(t, server.Mails(), 1)
	stranger.Security = mail.NoTLS
	require.NoError(t, mail.New(stranger).Send(t.Context(), message()), "unless a setting says so")
	stranger.User, stranger.Password = "byline", "secret"
	require.Error(t, mail.New(stranger).Send(t.Context(), message()), "but never a password")
}

func TestMailIsNotSentInATransaction(t *testing.T) {
	t.Parallel()
	server, d := mailtest.New(t), dbtest.New(t)
	err := d.InTx(t.Context(), func(ctx context.Context) error { return mail.New(server.Config()).Send(ctx, message()) })
	require.ErrorContains(t, err, "in a transaction")
	require.Empty(t, server.Mails())
}

func TestWithoutAServerThereIsNoMail(t *testing.T) {
	t.Parallel()
	sender := mail.New(mail.Config{})
	require.False(t, sender.On())
	require.ErrorContains(t, sender.Send(t.Context(), message()), "BYLINE_SMTP_HOST")
}
