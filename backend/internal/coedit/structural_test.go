package coedit

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"byline/backend/internal/platform/auth"
)

// act is what somebody does in the editor.
type act struct {
	name   string
	find   string
	offset int
	text   string
}

func item(s string) Node {
	return Node{Type: "listItem", Content: []Node{paragraph(s)}}
}

func paragraph(s string) Node {
	return Node{Type: "paragraph", Content: []Node{{Type: "text", Text: s}}}
}

// show writes a document short: p(…), h2(…), ul(li(…)).
func show(n Node) string {
	short := map[string]string{"paragraph": "p", "bulletList": "ul", "listItem": "li", "blockquote": "quote"}
	switch n.Type {
	case "text":
		if len(n.Marks) > 0 {
			return "*" + n.Text + "*"
		}
		return n.Text
	case "heading":
		short["heading"] = fmt.Sprint("h", n.Attrs["level"])
	}
	var inside strings.Builder
	for _, c := range n.Content {
		inside.WriteString(show(c))
	}
	if n.Type == "doc" {
		return inside.String()
	}
	return short[n.Type] + "(" + inside.String() + ")"
}

// Two people change the same block at the same time, one its structure, the other its text. Whoever comes first, both
// see the work of both.
func TestStructureAndTypingAtOnceKeepTheWorkOfBoth(t *testing.T) {
	t.Parallel()
	hello := []Node{paragraph("hello brave world")}
	intro := []Node{paragraph("intro"), paragraph("hello brave world")}
	items := []Node{{Type: "bulletList", Content: []Node{item("one"), item("two words")}}}
	for _, x := range []struct {
		name  string
		start []Node
		a, b  act
		want  string
	}{
		{"split a paragraph, type in its second half", hello, act{"split", "brave", 0, ""}, act{"type", "world", 2, "XYZ"}, "p(hello )p(brave woXYZrld)"},
		{"join with the one before, type in it", []Node{paragraph("first para"), paragraph("second para")}, act{"join", "second", 0, ""}, act{"type", "second", 3, "XYZ"}, "p(first parasecXYZond para)"},
		{"paragraph to heading, type in it", hello, act{"heading", "brave", 0, ""}, act{"type", "world", 2, "XYZ"}, "h2(hello brave woXYZrld)"},
		{"wrap in a list, type in it", intro, act{"bullets", "brave", 0, ""}, act{"type", "world", 2, "XYZ"}, "p(intro)ul(li(p(hello brave woXYZrld)))"},
		{"wrap in a quote, type in it", intro, act{"quote", "brave", 0, ""}, act{"type", "world", 2, "XYZ"}, "p(intro)quote(p(hello brave woXYZrld))"},
		{"indent an item, type in it", items, act{"sink", "two", 0, ""}, act{"type", "words", 2, "XYZ"}, "ul(li(p(one)ul(li(p(two woXYZrds)))))"},
		{"lift an item out, type in it", items, act{"liftItem", "two", 0, ""}, act{"type", "words", 2, "XYZ"}, "ul(li(p(one)))p(two woXYZrds)"},
		{"split an item, type in its second half", []Node{{Type: "bulletList", Content: []Node{item("one two words")}}}, act{"splitItem", "two", 0, ""}, act{"type", "words", 2, "XYZ"}, "ul(li(p(one ))li(p(two woXYZrds)))"},
		{"bold a word, type in it", hello, act{"bold", "brave", 0, "brave"}, act{"type", "brave", 2, "XYZ"}, "p(hello *br*XYZ*ave* world)|p(hello *brXYZave* world)"},
		{"both split at the same place", hello, act{"split", "brave", 0, ""}, act{"split", "brave", 0, ""}, "p(hello )p()p(brave world)"},
		{"both make it a heading", hello, act{"heading", "brave", 0, ""}, act{"heading3", "brave", 0, ""}, "h2(hello brave world)|h3(hello brave world)"},
		{"both wrap it in a list", hello, act{"bullets", "brave", 0, ""}, act{"bullets", "brave", 0, ""}, "ul(li(p(hello brave world)))|ul(li(ul(li(p(hello brave world)))))"},
	} {
		for _, first := range []string{"a", "b"} {
			got := atOnce(t, x.start, x.a, x.b, first)
			require.Contains(t, strings.Split(x.want, "|"), got, "%s, %s first", x.name, first)
			require.Equal(t, strings.Contains(x.want, "XYZ"), strings.Contains(got, "XYZ"), x.name)
		}
	}
}

// atOnce lets two people act on the same version and gives the document in which they end, which is the same for both.
func atOnce(t *testing.T, start []Node, a, b act, first string) string {
	t.Helper()
	doc, err := json.Marshal(Node{Type: "doc", Content: start})
	require.NoError(t, err)
	browser, draft := newBrowser(t), newDraft()
	l := NewLive(&Service{pool: &pool{max: 1}}, nil, Rules{}, Options{})
	l.log, l.bus = &memoryLog{start: doc, last: map[string]int64{}, head: 1, tell: func(Message) {}}, memoryBus{}
	defer l.cancel()
	room := newRoom(l, draft)
	members := map[string]*member{}
	pull := func(who string) {
		for len(members[who].conn.out) > 0 {
			deliverTo(t, room, members[who], browser.call("receive", who, string(<-members[who].conn.out)))
		}
	}
	for _, who := range []string{"a", "b"} {
		browser.text("create", who, draft.String())
		members[who] = &member{conn: &Conn{live: l, out: make(chan []byte, 100), stop: make(chan struct{})}, client: who, room: room, user: auth.User{Name: who}}
		deliverTo(t, room, members[who], browser.call("connect", who, "ticket"))
		pull(who)
	}
	sent := map[string][]json.RawMessage{}
	for who, x := range map[string]act{"a": a, "b": b} {
		sent[who] = browser.call("do", who, x.name, x.find, x.offset, x.text)
	}
	second := map[string]string{"a": "b", "b": "a"}[first]
	deliverTo(t, room, members[first], sent[first])
	deliverTo(t, room, members[second], sent[second])
	pull("a")
	pull("b")
	stored, err := room.doc.json()
	require.NoError(t, err)
	for _, who := range []string{"a", "b"} {
		r := browser.report(who)
		require.Zero(t, r.Unconfirmed)
		require.JSONEq(t, string(stored), string(r.Doc))
	}
	n, err := Parse(stored)
	require.NoError(t, err)
	return show(n)
}

// deliverTo brings messages of a client to the room, as a network without faults does.
func deliverTo(t *testing.T, room *room, x *member, messages []json.RawMessage) {
	t.Helper()
	for _, b := range messages {
		in, err := Decode(b)
		require.NoError(t, err)
		switch in.Type {
		case "open":
			room.handle(enter{x, in.Version})
		case "push":
			room.handle(push{x, in})
		}
	}
}
