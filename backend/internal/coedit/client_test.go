package coedit

import (
	"encoding/json"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"byline/backend/internal/livetest"
)

// browser is livetest's, whose errors end the test.
type browser struct {
	*livetest.Browser
	t testing.TB
}

func newBrowser(t testing.TB) *browser {
	t.Helper()
	b, err := livetest.NewBrowser()
	require.NoError(t, err)
	return &browser{b, t}
}

// call runs a function of the client and gives the messages that it sends.
func (b *browser) call(name string, args ...any) []json.RawMessage {
	b.t.Helper()
	out, err := b.Call(name, args...)
	require.NoError(b.t, err)
	return out
}

func (b *browser) text(name string, args ...any) string {
	b.t.Helper()
	out, err := b.Text(name, args...)
	require.NoError(b.t, err)
	return out
}

func (b *browser) report(client string) livetest.Report {
	b.t.Helper()
	r, err := b.Report(client)
	require.NoError(b.t, err)
	return r
}

func paragraphs(texts ...string) []byte {
	doc := Node{Type: "doc"}
	for _, s := range texts {
		doc.Content = append(doc.Content, paragraph(s))
	}
	b, err := json.Marshal(doc)
	if err != nil {
		panic(err)
	}
	return b
}

func newDraft() uuid.UUID { return uuid.Must(uuid.NewV7()) }
