package coedit

import (
	"context"
	"encoding/json"
	"slices"
	"unicode/utf16"

	"github.com/google/uuid"
)

// Span is a part of a document, in ProseMirror's positions, and who made it what it is.
type Span struct {
	From, To int
	User     uuid.UUID
}

// Blame is who wrote what between two versions of a document: spans of the later one that came in, and spans of the
// earlier one that went.
type Blame struct {
	Inserted []Span
	Removed  []Span
}

// Users are the people in it, each once.
func (b Blame) Users() []uuid.UUID {
	seen := map[uuid.UUID]bool{}
	users := []uuid.UUID{}
	for _, s := range slices.Concat(b.Inserted, b.Removed) {
		if !seen[s.User] {
			seen[s.User] = true
			users = append(users, s.User)
		}
	}
	return users
}

// mostBlamed is how many steps Blame looks at: it is for reading, and nobody reads more.
const mostBlamed = 100_000

// Blame says who wrote and removed what from one version of a document to a later one. It is empty where the log does not
// go back that far, or does not lead from the one to the other.
func (s *Service) Blame(ctx context.Context, draft uuid.UUID, from, to int64, before, after json.RawMessage) (Blame, error) {
	if to <= from || to-from > mostBlamed {
		return Blame{}, nil
	}
	commits, err := s.History(ctx, draft, from, to)
	if err != nil {
		return Blame{}, err
	}
	var old, now Node
	if err := json.Unmarshal(before, &old); err != nil {
		return Blame{}, err
	}
	if err := json.Unmarshal(after, &now); err != nil {
		return Blame{}, err
	}
	t := newTracker(size(old) - 2) // positions count from inside the document
	at := from
	for _, c := range commits {
		if c.V != at {
			return Blame{}, nil
		}
		for _, raw := range c.Steps {
			changes, err := stepMap(raw)
			if err != nil {
				return Blame{}, err
			}
			t.apply(changes, c.User)
		}
		at = c.End()
	}
	if at != to || t.length() != size(now)-2 {
		return Blame{}, nil
	}
	return t.blame(), nil
}

// size is how many positions a node takes.
func size(n Node) int {
	if n.Type == "text" {
		return len(utf16.Encode([]rune(n.Text)))
	}
	if documentSchema.nodes[n.Type].Content == "" {
		return 1
	}
	sum := 2
	for _, c := range n.Content {
		sum += size(c)
	}
	return sum
}

// change is that some positions of a document were replaced by others.
type change struct{ at, old, new int }

// stepMap reads what a step does to positions, in those before it, the last first. Steps for marks and attributes do nothing.
func stepMap(raw json.RawMessage) ([]change, error) {
	var step struct {
		Type    string `json:"stepType"`
		From    int    `json:"from"`
		To      int    `json:"to"`
		GapFrom int    `json:"gapFrom"`
		GapTo   int    `json:"gapTo"`
		Insert  int    `json:"insert"`
		Slice   struct {
			Content   []Node `json:"content"`
			OpenStart int    `json:"openStart"`
			OpenEnd   int    `json:"openEnd"`
		} `json:"slice"`
	}
	if err := json.Unmarshal(raw, &step); err != nil {
		return nil, err
	}
	length := -step.Slice.OpenStart - step.Slice.OpenEnd
	for _, n := range step.Slice.Content {
		length += size(n)
	}
	switch step.Type {
	case "replace":
		return []change{{step.From, step.To - step.From, length}}, nil
	case "replaceAround":
		return []change{{step.GapTo, step.To - step.GapTo, length - step.Insert}, {step.From, step.GapFrom - step.From, step.Insert}}, nil
	}
	return nil, nil
}

// stretch is a run of positions of the document now: from the old one (base >= 0), or written by somebody since.
type stretch struct {
	n, base int
	user    uuid.UUID
}

// tracker follows positions of an old document through steps.
type tracker struct {
	stretches []stretch
	removed   []Span
}

func newTracker(n int) *tracker { return &tracker{stretches: []stretch{{n: n}}} }

func (t *tracker) length() (n int) {
	for _, p := range t.stretches {
		n += p.n
	}
	return n
}

// cut makes a stretch begin at a position, and gives its index.
func (t *tracker) cut(at int) int {
	for i, p := range t.stretches {
		if at <= 0 {
			return i
		}
		if at < p.n {
			rest := p
			rest.n = p.n - at
			if p.base >= 0 {
				rest.base = p.base + at
			}
			t.stretches[i].n = at
			t.stretches = slices.Insert(t.stretches, i+1, rest)
			return i + 1
		}
		at -= p.n
	}
	return len(t.stretches)
}

func (t *tracker) apply(changes []change, user uuid.UUID) {
	for _, c := range changes {
		first := t.cut(c.at)
		last := t.cut(c.at + c.old)
		for _, p := range t.stretches[first:last] {
			if p.base >= 0 && p.n > 0 {
				t.removed = append(t.removed, Span{p.base, p.base + p.n, user})
			}
		}
		var in []stretch
		if c.new > 0 {
			in = []stretch{{n: c.new, base: -1, user: user}}
		}
		t.stretches = slices.Replace(t.stretches, first, last, in...)
	}
}

func (t *tracker) blame() (b Blame) {
	at := 0
	for _, p := range t.stretches {
		if p.base < 0 && p.n > 0 {
			if k := len(b.Inserted) - 1; k >= 0 && b.Inserted[k].To == at && b.Inserted[k].User == p.user {
				b.Inserted[k].To += p.n
			} else {
				b.Inserted = append(b.Inserted, Span{at, at + p.n, p.user})
			}
		}
		at += p.n
	}
	slices.SortFunc(t.removed, func(x, y Span) int { return x.From - y.From })
	for _, r := range t.removed {
		if k := len(b.Removed) - 1; k >= 0 && b.Removed[k].To == r.From && b.Removed[k].User == r.User {
			b.Removed[k].To = r.To
		} else {
			b.Removed = append(b.Removed, r)
		}
	}
	return b
}
