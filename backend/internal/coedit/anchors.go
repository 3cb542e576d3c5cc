package coedit

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"slices"

	"github.com/google/uuid"

	"byline/backend/internal/platform/errs"
)

// Anchor is a stretch of a document, in ProseMirror's positions at a version: the words that somebody marked, wherever
// they have gone since.
type Anchor struct {
	From, To int
	Version  int64
	Quote    string // the words, as they were marked
	Detached bool   // they are nowhere
	Jumped   bool   // of a moved one: the steps lost the words, or their quote was found again
}

const (
	maxQuote  = 500    // characters
	oldAnchor = 20_000 // steps behind the head, beyond which nobody marks anything
	mapAtOnce = 1000   // steps in one call of the engine
)

// Locate finds the words of a stretch that somebody marked in a version of a document, and where they are now. Conflict
// when there is no such version or it is too old; Invalid when the stretch is not in it or has no words.
func (s *Service) Locate(ctx context.Context, draft uuid.UUID, from, to int, version int64) (Anchor, error) {
	now, err := s.Get(ctx, draft)
	if err != nil {
		return Anchor{}, err
	}
	unknown := errs.Field(errs.Conflict, "body.anchor.version", "The text has changed too much since you marked this, or this page knows another text. Reload it and mark the words again.")
	if version < 1 || version > now.Version || now.Version-version > oldAnchor {
		return Anchor{}, unknown
	}
	doc := now.Doc
	if version != now.Version {
		if doc, err = s.At(ctx, draft, version); errs.CodeOf(err) == errs.NotFound {
			return Anchor{}, unknown
		} else if err != nil {
			return Anchor{}, err
		}
	}
	t, err := readWords(doc)
	if err != nil {
		return Anchor{}, err
	}
	if from < 0 || from >= to || to > t.size {
		return Anchor{}, errs.Field(errs.Invalid, "body.anchor", "These positions are not in the text.")
	}
	quote, from, to := t.between(from, to)
	if quote == "" {
		return Anchor{}, errs.Field(errs.Invalid, "body.anchor", "Mark some words: there are none in this stretch.")
	}
	a := Anchor{From: from, To: to, Version: version, Quote: quote}
	moved, err := s.follow(ctx, now, []Anchor{a})
	if err != nil {
		return Anchor{}, err
	}
	if a = moved[0]; a.Detached || version == now.Version {
		return a, nil
	}
	if t, err = readWords(now.Doc); err == nil { // the words as they are by now
		a.Quote, a.From, a.To = t.between(a.From, a.To)
	}
	return a, err
}

// Follow moves anchors to where their words are in the document as it is now, and gives its version.
func (s *Service) Follow(ctx context.Context, draft uuid.UUID, anchors []Anchor) ([]Anchor, int64, error) {
	heads, err := s.store.heads(ctx, []uuid.UUID{draft})
	if err != nil {
		return nil, 0, err
	}
	if head := heads[draft]; !slices.ContainsFunc(anchors, func(a Anchor) bool { return a.Version < head }) {
		return anchors, head, nil
	}
	now, err := s.Get(ctx, draft)
	if err != nil {
		return nil, 0, err
	}
	moved, err := s.follow(ctx, now, anchors)
	return moved, now.Version, err
}

// follow maps anchors through the log. Where that loses the words, or they were lost before, their quote is looked for: when
// it is in the text exactly once, that is the place.
func (s *Service) follow(ctx context.Context, now Document, anchors []Anchor) ([]Anchor, error) {
	places, err := s.mapped(ctx, now, anchors)
	if err != nil {
		return nil, err
	}
	t, err := readWords(now.Doc)
	if err != nil {
		return nil, err
	}
	moved := slices.Clone(anchors)
	for i := range moved {
		a := &moved[i]
		if a.Version >= now.Version {
			continue
		}
		a.Version, a.Jumped = now.Version, false
		if p := places[i]; p != nil {
			if quote, _, _ := t.between(p[0], p[1]); quote != "" {
				a.From, a.To = p[0], p[1]
				continue
			}
		}
		was := a.Detached
		from, to, once := t.find(a.Quote)
		if a.Detached = !once; once {
			a.From, a.To = from, to
		}
		a.Jumped = once || !was
	}
	return moved, nil
}

// mapped gives where the log takes anchors that are not detached; nil where it loses them.
func (s *Service) mapped(ctx context.Context, now Document, anchors []Anchor) ([]*[2]int, error) {
	oldest := now.Version
	for _, a := range anchors {
		if a.moves(now.Version) {
			oldest = min(oldest, a.Version)
		}
	}
	if oldest == now.Version {
		return make([]*[2]int, len(anchors)), nil
	}
	commits, err := s.History(ctx, now.DraftID, oldest, now.Version)
	if err != nil {
		return nil, err
	}
	places, err := s.pool.along(commits, anchors, now.Version)
	if err != nil { // quotes are looked for instead
		slog.ErrorContext(ctx, "anchors cannot be moved along the log of a draft", "draft", now.DraftID, "from", oldest, "to", now.Version, "error", err)
		return make([]*[2]int, len(anchors)), nil
	}
	return places, nil
}

// moves says whether the log is asked where an anchor is at a later version.
func (a Anchor) moves(version int64) bool {
	return !a.Detached && a.Version < version && version-a.Version <= mostBlamed
}

// along maps anchors over the commits that lead from the oldest of them to a version.
func (p *pool) along(commits []Commit, anchors []Anchor, version int64) ([]*[2]int, error) {
	m := mapper{pool: p, places: make([]*[2]int, len(anchors))}
	var waiting []int // indexes, by version
	for i, a := range anchors {
		if a.moves(version) {
			waiting = append(waiting, i)
		}
	}
	if len(waiting) == 0 {
		return m.places, nil
	}
	slices.SortStableFunc(waiting, func(i, j int) int { return cmp.Compare(anchors[i].Version, anchors[j].Version) })
	at := anchors[waiting[0]].Version
	for _, c := range commits {
		for ; len(waiting) > 0 && anchors[waiting[0]].Version <= at; waiting = waiting[1:] {
			if i := waiting[0]; anchors[i].Version == at { // else it is in the middle of a commit, where no anchor is
				if err := m.add(i, anchors[i]); err != nil {
					return nil, err
				}
			}
		}
		if c.V != at {
			return nil, fmt.Errorf("the log has a hole at %d", at)
		}
		if err := m.take(c.Steps); err != nil {
			return nil, err
		}
		at = c.End()
	}
	if at != version {
		return nil, fmt.Errorf("the log ends at %d", at)
	}
	return m.places, m.flush()
}

// mapper moves places along steps, many steps at a time. What begins later joins later.
type mapper struct {
	pool   *pool
	places []*[2]int
	moving []int // indexes of places that are not lost
	steps  []json.RawMessage
}

func (m *mapper) add(i int, a Anchor) error {
	err := m.flush()
	m.places[i] = &[2]int{a.From, a.To}
	m.moving = append(m.moving, i)
	return err
}

func (m *mapper) take(steps []json.RawMessage) error {
	for some := range slices.Chunk(steps, mapAtOnce) {
		m.steps = append(m.steps, some...)
		if len(m.steps) >= mapAtOnce {
			if err := m.flush(); err != nil {
				return err
			}
		}
	}
	return nil
}

func (m *mapper) flush() error {
	steps := m.steps
	m.steps = nil
	if len(steps) == 0 || len(m.moving) == 0 {
		return nil
	}
	v, err := m.pool.pick()
	if err != nil {
		return err
	}
	ranges := make([][2]int, len(m.moving))
	for k, i := range m.moving {
		ranges[k] = *m.places[i]
	}
	moved, err := v.mapRanges(steps, ranges)
	if err != nil {
		return err
	}
	left := m.moving[:0]
	for k, i := range m.moving {
		m.places[i] = moved[k]
		if moved[k] != nil {
			left = append(left, i)
		}
	}
	m.moving = left
	return nil
}

// mapRanges gives where ranges of a document go with steps; nil for one whose content is gone.
func (v *vm) mapRanges(steps []json.RawMessage, ranges [][2]int) ([]*[2]int, error) {
	asked, err := json.Marshal(ranges)
	if err != nil {
		return nil, err
	}
	out, err := v.call("map", list(steps), string(asked))
	if err != nil {
		return nil, err
	}
	var moved []*[2]int
	if err := json.Unmarshal([]byte(out), &moved); err != nil {
		return nil, err
	}
	if len(moved) != len(ranges) {
		return nil, fmt.Errorf("engine map: %d ranges of %d", len(moved), len(ranges))
	}
	return moved, nil
}

// ThreadsChanged makes those who have a draft open look at its threads again; within a transaction, when it commits.
func (s *Service) ThreadsChanged(ctx context.Context, draft uuid.UUID) error {
	return s.bus.Publish(ctx, Message{Draft: draft, Threads: true})
}
