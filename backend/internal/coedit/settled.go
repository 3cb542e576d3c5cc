package coedit

import (
	"context"
	"encoding/json"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/errs"
)

// Decided is what became of one person's suggestions in a document.
type Decided struct {
	Of                 uuid.UUID // whose
	By                 uuid.UUID // who decided the last of them
	Accepted, Rejected int
}

// Undecided are documents whose log has been looked at up to a version only, so that there may be suggestions of whose end
// nobody was told.
type Undecided struct {
	Draft      uuid.UUID
	from, head int64
	open       bool // there were suggestions at from
	new        bool // the log names some since
}

// Undecided gives documents that have been quiet for a while, or were not looked at for half an hour.
func (s *Service) Undecided(ctx context.Context, quiet time.Duration) ([]Undecided, error) {
	return s.store.undecided(ctx, quiet)
}

// Decide says which suggestions were accepted and rejected by others since it was last asked, and remembers that it did:
// the transaction of ctx tells of it or is rolled back. Nothing when somebody else asks at the same time. A suggestion
// that is there again (undo) is open; one that its author took back is nobody's news.
func (s *Service) Decide(ctx context.Context, u Undecided) ([]Decided, error) {
	if !u.open && !u.new {
		_, err := s.store.setDecided(ctx, u, false)
		return nil, err
	}
	ends, open, err := s.endings(ctx, u)
	if errs.CodeOf(err) == errs.NotFound { // the log does not go back that far
		ends, open, err = nil, true, nil
	}
	if err != nil {
		return nil, err
	}
	if mine, err := s.store.setDecided(ctx, u, open); err != nil || !mine {
		return nil, err
	}
	var all []Decided
	at := map[uuid.UUID]int{}
	for _, e := range ends {
		i, ok := at[e.of]
		if !ok {
			i = len(all)
			at[e.of] = i
			all = append(all, Decided{Of: e.of})
		}
		all[i].By = e.by
		if e.accepted {
			all[i].Accepted++
		} else {
			all[i].Rejected++
		}
	}
	return all, nil
}

// mostDecided is how many commits of one person in a row are looked at together.
const mostDecided = 200

// ending is how a suggestion ended.
type ending struct {
	of, by   uuid.UUID
	accepted bool
}

// endings follows the suggestions of a document through its log. Changes of one person in a row are looked at together.
func (s *Service) endings(ctx context.Context, u Undecided) (ends []ending, open bool, err error) {
	raw, err := s.At(ctx, u.Draft, u.from)
	if err != nil {
		return nil, false, err
	}
	commits, err := s.History(ctx, u.Draft, u.from, u.head)
	if err != nil {
		return nil, false, err
	}
	doc, err := s.pool.open(raw)
	if err != nil {
		return nil, false, err
	}
	defer doc.close()
	before, err := marked(raw)
	if err != nil {
		return nil, false, err
	}
	ended := map[string]ending{}
	var order []string
	for len(commits) > 0 {
		n := 1
		for n < len(commits) && n < mostDecided && commits[n].User == commits[0].User {
			n++
		}
		var changes [][]change
		for _, c := range commits[:n] {
			if err := doc.replay(c.Steps); err != nil {
				return nil, false, err
			}
			for _, step := range c.Steps {
				m, err := stepMap(step)
				if err != nil {
					return nil, false, err
				}
				changes = append(changes, m)
			}
		}
		by := commits[0].User
		commits = commits[n:]
		now, err := doc.json()
		if err != nil {
			return nil, false, err
		}
		after, err := marked(now)
		if err != nil {
			return nil, false, err
		}
		for key, m := range before {
			if _, stays := after[key]; stays {
				continue
			}
			delete(ended, key)
			if m.by != by {
				ended[key] = ending{of: m.by, by: by, accepted: m.accepted(changes)}
				order = append(order, key)
			}
		}
		for key := range after {
			delete(ended, key)
		}
		before = after
	}
	for _, key := range order {
		if e, ok := ended[key]; ok {
			ends = append(ends, e)
			delete(ended, key)
		}
	}
	return ends, len(before) > 0, nil
}

// mark is one suggestion in a document: whose, and where its text comes in or goes.
type mark struct {
	by      uuid.UUID
	in, out []Span
	words   bool // something other than line breaks comes in
}

// accepted says whether a suggestion that is gone after some changes was accepted: what was to come in is still there, or
// what was to go is not. A line break that is accepted goes, and a paragraph begins in its place.
func (m mark) accepted(changes [][]change) bool {
	for _, s := range m.in {
		left, split := follow(s, changes)
		if left || (split && !m.words) {
			return true
		}
	}
	if len(m.in) > 0 {
		return false
	}
	for _, s := range m.out {
		if left, _ := follow(s, changes); left {
			return false
		}
	}
	return true
}

// follow says whether anything of a span is left after some changes, and whether the change after the one that took it
// put something in its place.
func follow(s Span, changes [][]change) (left, replaced bool) {
	from, to := s.From, s.To
	for i, step := range changes {
		for _, c := range step { // the last one first, so that positions before it stay true
			from, to = begin(from, c), end(to, c)
		}
		if from < to {
			continue
		}
		if i+1 < len(changes) {
			for _, c := range changes[i+1] {
				replaced = replaced || c.at == to && c.old == 0 && c.new > 0
			}
		}
		return false, replaced
	}
	return true, false
}

// begin is where a span begins after a change: behind what was put in its place.
func begin(at int, c change) int {
	switch {
	case at < c.at:
		return at
	case at < c.at+c.old || at == c.at:
		return c.at + c.new
	}
	return at + c.new - c.old
}

// end is where a span ends after a change.
func end(at int, c change) int {
	switch {
	case at <= c.at:
		return at
	case at <= c.at+c.old:
		return c.at
	}
	return at + c.new - c.old
}

// marked gives the suggestions of a document by whose they are and their id. Positions count from inside the document.
func marked(raw json.RawMessage) (map[string]mark, error) {
	var doc Node
	if err := json.Unmarshal(raw, &doc); err != nil {
		return nil, err
	}
	all := map[string]mark{}
	var walk func(n Node, at int)
	walk = func(n Node, at int) {
		for _, c := range n.Content {
			for _, m := range c.Marks {
				if !isSuggestion(m) {
					continue
				}
				by, _ := m.Attrs["by"].(string)
				id, _ := m.Attrs["id"].(string)
				person, err := uuid.Parse(by)
				if err != nil {
					continue
				}
				one := all[by+id]
				one.by = person
				span := Span{From: at, To: at + size(c)}
				if m.Type == "insertion" {
					one.in = append(one.in, span)
					one.words = one.words || c.Type != "hardBreak"
				} else {
					one.out = append(one.out, span)
				}
				all[by+id] = one
			}
			walk(c, at+1)
			at += size(c)
		}
	}
	walk(doc, 0)
	return all, nil
}

func (s store) undecided(ctx context.Context, quiet time.Duration) ([]Undecided, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT d.draft_id, d.settled_to, d.head, d.settled_open,
		EXISTS (SELECT FROM draft_commits c WHERE c.draft_id = d.draft_id AND c.v_from >= d.settled_to AND c.steps::text ~ '"(insertion|deletion)"')
		FROM draft_docs d WHERE d.head > d.settled_to AND (
		 NOT EXISTS (SELECT FROM draft_commits c WHERE c.draft_id = d.draft_id AND c.v_from >= d.settled_to AND c.at > now() - make_interval(secs => $1))
		 OR EXISTS (SELECT FROM draft_commits c WHERE c.draft_id = d.draft_id AND c.v_from >= d.settled_to AND c.at < now() - interval '30 minutes')) LIMIT 500`, quiet.Seconds())
	if err != nil {
		return nil, db.Err(err, "document")
	}
	return pgx.CollectRows(rows, func(r pgx.CollectableRow) (u Undecided, err error) {
		return u, r.Scan(&u.Draft, &u.from, &u.head, &u.open, &u.new)
	})
}

func (s store) setDecided(ctx context.Context, u Undecided, open bool) (mine bool, err error) {
	tag, err := s.db.PG(ctx).Exec(ctx, `UPDATE draft_docs SET settled_to = $3, settled_open = $4 WHERE draft_id = $1 AND settled_to = $2`, u.Draft, u.from, u.head, open)
	return tag.RowsAffected() == 1, db.Err(err, "document")
}
