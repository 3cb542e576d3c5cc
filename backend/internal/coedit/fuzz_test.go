package coedit

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"byline/backend/internal/platform/auth"
)

var fuzzDraft = uuid.MustParse("0190c5a4-7b7e-7d3a-8a53-3f0e1c2d4b5a")

// messages are real ones, to be mutated.
func messages(f *testing.F) {
	const d = `"d":"0190c5a4-7b7e-7d3a-8a53-3f0e1c2d4b5a"`
	for _, s := range []string{
		`{"t":"open",` + d + `,"k":"abc.def","v":-1,"c":"tab-1","h":"` + SchemaHash + `"}`,
		`{"t":"cur",` + d + `,"v":3,"a":[1,5]}`, `{"t":"close",` + d + `}`, `{}`, `[]`, `null`, `{"t":"push"}`,
		`{"t":"push",` + d + `,"v":1,"b":1,"s":[],"i":[]}`,
		`{"t":"push",` + d + `,"v":1,"b":1,"s":[{"stepType":"addMark","from":1,"to":3,"mark":{"type":"link","attrs":{"href":"https://example.com"}}}],"i":[0]}`,
		`{"t":"push",` + d + `,"v":1,"b":1,"s":[{"stepType":"attr","pos":0,"attr":"level","value":9}],"i":[0]}`,
		`{"t":"push",` + d + `,"v":1,"b":1,"s":[{"stepType":"replaceAround","from":0,"to":5,"gapFrom":0,"gapTo":5,"insert":1,"structure":true,"slice":{"content":[{"type":"blockquote"}]}}],"i":[0]}`,
	} {
		f.Add([]byte(s))
	}
	files, err := filepath.Glob("testdata/recorded-*.json")
	require.NoError(f, err)
	for _, name := range files {
		b, err := os.ReadFile(name)
		require.NoError(f, err)
		var r recording
		require.NoError(f, json.Unmarshal(b, &r))
		for _, steps := range r.Commits[:20] {
			m := ClientMessage{Type: "push", Draft: fuzzDraft, Version: 1, Batch: 1, Steps: steps}
			for i := range steps {
				m.Indexes = append(m.Indexes, int32(i))
			}
			b, err := json.Marshal(m)
			require.NoError(f, err)
			f.Add(b)
		}
	}
}

// No bytes make the decoder panic, and what it lets through is in form.
func FuzzDecode(f *testing.F) {
	messages(f)
	f.Fuzz(func(t *testing.T, frame []byte) {
		m, err := Decode(frame)
		if err != nil {
			require.NotEmpty(t, err.Error(), "the connection is closed with a reason")
			return
		}
		require.NotEqual(t, uuid.Nil, m.Draft)
		require.Equal(t, len(m.Steps), len(m.Indexes))
		_, _ = plain(m.Steps)
	})
}

// Whatever a client pushes, the document stays one that the validator takes, and every push is answered.
func FuzzPush(f *testing.F) {
	messages(f)
	p := &pool{max: 1}
	f.Fuzz(func(t *testing.T, frame []byte) {
		m, err := Decode(frame)
		if err != nil || m.Type != "push" {
			return
		}
		l := NewLive(&Service{pool: p}, nil, Rules{}, Options{})
		defer l.cancel()
		l.log, l.bus = &memoryLog{start: paragraphs("Paragraph 0.", "Paragraph 1."), last: map[string]int64{}, head: 1, tell: func(Message) {}}, memoryBus{}
		r := newRoom(l, m.Draft)
		x := &member{conn: &Conn{live: l, out: make(chan []byte, 100), stop: make(chan struct{})}, client: "c", room: r, user: auth.User{Name: "F"}}
		r.handle(enter{x, -1})
		before := len(x.conn.out)
		r.handle(push{x, m})
		require.Greater(t, len(x.conn.out), before, "no answer")
		doc, err := r.doc.json()
		require.NoError(t, err)
		_, err = Parse(doc)
		require.NoError(t, err)
		r.doc.close()
	})
}
