package coedit

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"byline/backend/internal/platform/errs"
)

// rewrite saves a whole text, as saveDocument and restoreVersion do.
func (p *place) rewrite(texts ...string) {
	p.t.Helper()
	p.save(paragraphs(texts...))
}

func (p *place) save(doc json.RawMessage) {
	p.t.Helper()
	d, err := p.service.Lock(p.t.Context(), p.draft)
	require.NoError(p.t, err)
	_, err = p.service.Save(p.t.Context(), d, p.user, d.Version, doc, false)
	require.NoError(p.t, err)
}

// mark anchors the first place of some words in the text as it is now.
func (p *place) mark(words string) Anchor {
	p.t.Helper()
	d, err := p.service.Get(p.t.Context(), p.draft)
	require.NoError(p.t, err)
	w, err := readWords(d.Doc)
	require.NoError(p.t, err)
	i := len([]rune(string(w.text)[:strings.Index(string(w.text), words)]))
	a, err := p.service.Locate(p.t.Context(), p.draft, w.at[i], w.end[i+len([]rune(words))-1], d.Version)
	require.NoError(p.t, err)
	require.Equal(p.t, words, a.Quote)
	return a
}

// follow moves one anchor to the present text, and gives the words that it stands on; "-" when it is detached.
func (p *place) follow(a *Anchor) string {
	p.t.Helper()
	moved, version, err := p.service.Follow(p.t.Context(), p.draft, []Anchor{*a})
	require.NoError(p.t, err)
	*a = moved[0]
	require.Equal(p.t, version, a.Version)
	require.Equal(p.t, p.count(`SELECT head FROM draft_docs`), version)
	if a.Detached {
		return "-"
	}
	d, err := p.service.Get(p.t.Context(), p.draft)
	require.NoError(p.t, err)
	w, err := readWords(d.Doc)
	require.NoError(p.t, err)
	words, _, _ := w.between(a.From, a.To)
	return words
}

func cut(from, to int) json.RawMessage {
	return json.RawMessage(fmt.Sprintf(`{"stepType":"replace","from":%d,"to":%d}`, from, to))
}

func TestAnAnchorStaysOnItsWordsWhateverIsWrittenAroundThem(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	p.rewrite("Cold chains break.", "Dry ice helps.")
	a := p.mark("chains") // 6 to 12
	v := a.Version
	step := func(want string, s json.RawMessage) {
		t.Helper()
		p.commit(v, "a", v, s)
		v++
		require.Equal(t, want, p.follow(&a))
		require.False(t, a.Jumped)
	}
	step("chains", typed(1, "Very "))   // before
	step("chains", typed(17, " often")) // right behind
	step("chains", typed(11, "old "))   // right before
	step("chXains", typed(17, "X"))     // inside
	step("chXain", cut(21, 22))         // its end
	step("chX\nain", json.RawMessage(`{"stepType":"replace","from":18,"to":18,"slice":{"content":[{"type":"paragraph"},{"type":"paragraph"}],"openStart":1,"openEnd":1},"structure":true}`))
	step("chX\nain", json.RawMessage(`{"stepType":"addMark","mark":{"type":"bold"},"from":15,"to":18}`))
	step("chX\nain", json.RawMessage(`{"stepType":"replaceAround","from":0,"to":19,"gapFrom":0,"gapTo":19,"insert":1,"slice":{"content":[{"type":"blockquote"}]},"structure":true}`))
	require.Equal(t, 16, a.From, "the quote takes one place")
	step("chX\nain", json.RawMessage(`{"stepType":"replaceAround","from":0,"to":21,"gapFrom":1,"gapTo":20,"insert":0,"slice":{},"structure":true}`))
	step("chXain", cut(18, 20)) // joined again
	require.Equal(t, 15, a.From)
}

func TestAnAnchorWhoseWordsAreGoneIsDetachedUntilTheyAreBack(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	p.rewrite("Cold chains break.", "Dry ice helps.")
	a, b := p.mark("chains"), p.mark("Dry ice")
	p.rewrite("Cold break.", "Dry ice helps.")
	require.Equal(t, "-", p.follow(&a))
	require.True(t, a.Jumped)
	require.Equal(t, "chains", a.Quote)
	require.Equal(t, "Dry ice", p.follow(&b))
	require.False(t, b.Jumped)

	p.rewrite("Cold break and break.", "Dry ice helps.")
	require.Equal(t, "-", p.follow(&a))
	require.False(t, a.Jumped, "nothing has changed for it")
	p.rewrite("Cold chains break and chains break.", "Dry ice helps.")
	require.Equal(t, "-", p.follow(&a), "there are two places")
	p.rewrite("Cold chains break.", "Dry ice helps.") // undone
	require.Equal(t, "chains", p.follow(&a))
	require.True(t, a.Jumped)

	p.rewrite("Dry ice helps.", "Cold chains break.") // cut and pasted
	require.Equal(t, "chains", p.follow(&a))
	require.Equal(t, "Dry ice", p.follow(&b))
	v := p.count(`SELECT head FROM draft_docs`)
	p.commit(v, "a", 1, cut(a.From, a.To), typed(1, "chains! ")) // in one go
	require.Equal(t, "chains", p.follow(&a))
	require.Equal(t, 1, a.From)

	// words that go letter by letter leave nothing behind, though the line break between them stays
	p.rewrite("one", "two")
	c := p.mark("one\ntwo")
	v = c.Version
	p.commit(v, "a", 2, cut(1, 4))
	p.commit(v+1, "a", 3, cut(3, 6))
	require.Equal(t, "-", p.follow(&c))
}

func TestAnAnchorIsMovedFromAnyVersionAlsoWhenTheLogIsPackedAndByAnotherProcess(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	p.rewrite("Cold chains break.", "Dry ice helps.")
	var marks []Anchor
	for i := range int64(12) {
		a := p.mark("chains")
		marks = append(marks, a)
		p.commit(a.Version, "a", i+1, typed(1, "x"), typed(a.To+10, "y"))
	}
	p.exec(`UPDATE draft_commits SET at = now() - interval '2 hours'`)
	require.NoError(t, p.service.Freeze(t.Context(), p.draft, false)) // makes a copy, and writes the text
	require.NoError(t, p.service.packBefore(t.Context(), time.Now().Add(-time.Hour)))
	require.Zero(t, p.count(`SELECT count(*) FROM draft_commits`))
	p.commit(marks[11].Version+2, "b", 1, typed(1, "z"))

	other := New(p.db)
	moved, version, err := other.Follow(t.Context(), p.draft, marks)
	require.NoError(t, err)
	require.EqualValues(t, p.count(`SELECT head FROM draft_docs`), version)
	for _, a := range moved {
		require.Equal(t, Anchor{From: 19, To: 25, Version: version, Quote: "chains"}, a)
	}
	old, err := other.Locate(t.Context(), p.draft, 6, 12, marks[0].Version)
	require.NoError(t, err)
	require.Equal(t, moved[0], old, "marked by somebody who has been away")
}

func TestALogThatDoesNotLeadOnLeavesItToTheQuote(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	p.rewrite("Cold chains break.", "Dry ice helps. Dry ice.")
	a, b := p.mark("chains"), p.mark("Dry ice")
	v := a.Version
	p.commit(v, "a", 1, typed(1, "x"))
	p.commit(v+1, "a", 2, typed(1, "y"))
	_, err := p.service.Lock(t.Context(), p.draft)
	require.NoError(t, err)
	p.exec(`DELETE FROM draft_commits WHERE v_from = $1`, v)
	require.Equal(t, "chains", p.follow(&a))
	require.Equal(t, 8, a.From)
	require.Equal(t, "-", p.follow(&b), "it is there twice")
}

func TestWhatIsMarkedIsAVersionAndAStretchOfIt(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	p.rewrite("Cold chains break.")
	p.commit(2, "a", 1, typed(1, "x"), typed(1, "y")) // 2 to 4
	for _, x := range []struct {
		from, to int
		version  int64
		want     errs.Code
	}{
		{1, 5, 0, errs.Conflict}, {1, 5, -1, errs.Conflict}, {1, 5, 5, errs.Conflict}, {1, 5, 3, errs.Conflict}, // 3 is in the middle of a commit
		{1, 1, 4, errs.Invalid}, {5, 1, 4, errs.Invalid}, {-1, 5, 4, errs.Invalid}, {1, 23, 4, errs.Invalid}, {7, 8, 4, errs.Invalid}, {0, 1, 4, errs.Invalid},
		{1, 5, 2, ""}, {1, 7, 4, ""}, {0, 22, 4, ""},
	} {
		_, err := p.service.Locate(t.Context(), p.draft, x.from, x.to, x.version)
		require.Equal(t, x.want, errs.CodeOf(err), "%+v", x)
	}
	a, err := p.service.Locate(t.Context(), p.draft, 1, 5, 2)
	require.NoError(t, err)
	require.Equal(t, Anchor{From: 3, To: 7, Version: 4, Quote: "Cold"}, a)

	p.commit(4, "a", 2, typed(5, "u")) // "Could": what was marked has been changed since
	a, err = p.service.Locate(t.Context(), p.draft, 1, 5, 2)
	require.NoError(t, err)
	require.Equal(t, Anchor{From: 3, To: 8, Version: 5, Quote: "Could"}, a, "the words as they are by now")
	p.commit(5, "a", 3, cut(3, 8)) // deleted while somebody wrote about it
	a, err = p.service.Locate(t.Context(), p.draft, 1, 5, 2)
	require.NoError(t, err)
	require.True(t, a.Detached)
	require.Equal(t, "Cold", a.Quote)
}

func TestQuotesAreTheWordsWithTheirPlaces(t *testing.T) {
	t.Parallel()
	doc := json.RawMessage(`{"type":"doc","content":[
		{"type":"heading","attrs":{"level":2},"content":[{"type":"text","text":"A 😀 b"}]},
		{"type":"bulletList","content":[{"type":"listItem","content":[{"type":"paragraph","content":[{"type":"text","text":"one"},{"type":"hardBreak"},{"type":"text","text":"two","marks":[{"type":"bold"}]}]}]}]},
		{"type":"figure","attrs":{"asset":"0190c5a4-7b7e-7d3a-8a53-3f0e1c2d4b5a","alt":"A pump","caption":"","width":"normal"}},
		{"type":"paragraph"},
		{"type":"paragraph","content":[{"type":"text","text":"end"}]}]}`)
	w, err := readWords(doc)
	require.NoError(t, err)
	require.Equal(t, "A 😀 b\none\ntwo\nA pump\nend", string(w.text))
	var n Node
	require.NoError(t, json.Unmarshal(doc, &n))
	require.Equal(t, size(n)-2, w.size)
	for _, x := range []struct {
		words    string
		from, to int
	}{{"😀", 3, 5}, {"b", 6, 7}, {"b\none", 6, 14}, {"one\ntwo", 11, 18}, {"A pump", 21, 22}, {"end", 25, 28}, {"two\nA pump\nend", 15, 28}} {
		from, to, once := w.find(x.words)
		require.True(t, once, x.words)
		require.Equal(t, []int{x.from, x.to}, []int{from, to}, x.words)
		quote, from, to := w.between(from, to)
		require.Equal(t, x.words, quote)
		require.Equal(t, []int{x.from, x.to}, []int{from, to}, x.words)
	}
	for _, none := range []string{"o", "A", "nowhere", ""} {
		_, _, once := w.find(none)
		require.False(t, once, none)
	}
	quote, from, to := w.between(0, w.size)
	require.Equal(t, string(w.text), quote)
	require.Equal(t, []int{1, 28}, []int{from, to})

	w, err = readWords(paragraphs(strings.Repeat("ä", 700)))
	require.NoError(t, err)
	quote, from, to = w.between(0, w.size)
	require.Equal(t, strings.Repeat("ä", 500), quote)
	require.Equal(t, []int{1, 701}, []int{from, to})
}

func TestThoseWhoHaveADraftOpenAreToldToLookAtItsThreads(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	a, b := p.live(), p.live() // two replicas
	one, two := p.open(a, "one", -1), p.open(b, "two", -1)
	drain := func(c *Conn) {
		for {
			select {
			case <-c.Out():
			case <-time.After(300 * time.Millisecond):
				return
			}
		}
	}
	drain(one.Conn)
	drain(two.Conn)
	require.NoError(t, p.service.ThreadsChanged(t.Context(), newDraft())) // of somebody else
	require.NoError(t, p.service.ThreadsChanged(t.Context(), p.draft))
	for _, c := range []*tab{one, two} {
		m := p.hear(c.Conn)
		require.Equal(t, "threads", m.Type)
		require.Equal(t, p.draft, m.Draft)
	}
	// who may have missed it looks again
	p.exec(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'`)
	p.hear(one.Conn, "threads")
	p.hear(two.Conn, "threads")
}

// along checks, in the property test, that anchors go where ProseMirror's mapping takes them, step by step and all at once,
// and stay on words that nobody touched.
func (s *simulation) along(seed uint64, p *pool) {
	t := s.t
	t.Helper()
	if len(s.log.entries) == 0 {
		return
	}
	rng := rand.New(rand.NewPCG(seed, 11))
	head := s.log.head
	d, err := p.open(s.log.start)
	require.NoError(t, err)
	defer d.close()
	docs := map[int64]*wordsOf{}
	read := func(v int64) *wordsOf {
		raw, err := d.json()
		require.NoError(t, err)
		docs[v], err = readWords(raw)
		require.NoError(t, err)
		return docs[v]
	}
	var anchors []Anchor
	for i, c := range s.log.entries {
		if i == 0 || rng.Float64() < 4/float64(len(s.log.entries)) {
			w := read(c.V)
			for range 6 {
				from := rng.IntN(w.size)
				anchors = append(anchors, Anchor{From: from, To: from + 1 + rng.IntN(min(w.size-from, 12)), Version: c.V})
			}
		}
		require.NoError(t, d.replay(c.Steps))
	}
	last := read(head)
	rng.Shuffle(len(anchors), func(i, j int) { anchors[i], anchors[j] = anchors[j], anchors[i] })
	oldest := slices.MinFunc(anchors, func(a, b Anchor) int { return cmp.Compare(a.Version, b.Version) }).Version
	commits, err := s.log.commits(t.Context(), s.draft, oldest, 0)
	require.NoError(t, err)
	places, err := p.along(commits, anchors, head)
	require.NoError(t, err)
	for i, a := range anchors {
		var steps []json.RawMessage
		track := newTracker(docs[a.Version].size)
		from, to := a.From, a.To
		for _, c := range commits {
			if c.V < a.Version {
				continue
			}
			steps = append(steps, c.Steps...)
			for _, raw := range c.Steps {
				changes, err := stepMap(raw)
				require.NoError(t, err)
				track.apply(changes, c.User)
				from, to = mapBy(changes, from, 1), mapBy(changes, to, -1)
			}
		}
		var want *[2]int
		if from < to {
			want = &[2]int{from, to}
		}
		whole, err := d.vm.mapRanges(steps, [][2]int{{a.From, a.To}})
		require.NoError(t, err)
		require.Equal(t, want, whole[0], "seed %d, %+v: ProseMirror's own mapping", seed, a)
		require.Equal(t, want, places[i], "seed %d, %+v", seed, a)
		if at, ok := track.intact(a.From, a.To); ok {
			s.counts.intact++
			require.NotNil(t, want, "seed %d, %+v", seed, a)
			require.Equal(t, [2]int{at, at + a.To - a.From}, *want, "seed %d, %+v", seed, a)
			before, _, _ := docs[a.Version].between(a.From, a.To)
			after, _, _ := last.between(want[0], want[1])
			require.Equal(t, before, after, "seed %d, %+v", seed, a)
		} else if want == nil {
			s.counts.lost++
		}
	}
}

// mapBy is how ProseMirror maps a position over one step, written anew.
func mapBy(changes []change, pos, side int) int {
	moved := pos
	for _, c := range changes { // the last one first, all in positions before the step
		switch {
		case pos > c.at+c.old:
			moved += c.new - c.old
		case pos < c.at:
		case c.old == 0 && side < 0, c.old > 0 && pos == c.at, c.old > 0 && pos < c.at+c.old && side < 0:
			moved += c.at - pos
		default:
			moved += c.at + c.new - pos
		}
	}
	return moved
}

// intact says where a range of the old document is now, when nothing in it or between it was changed.
func (t *tracker) intact(from, to int) (at int, ok bool) {
	for _, p := range t.stretches {
		if p.base >= 0 && p.base <= from && to <= p.base+p.n {
			return at + from - p.base, true
		}
		at += p.n
	}
	return 0, false
}
