package comments

import (
	"context"
	"time"

	"github.com/google/uuid"

	"byline/backend/internal/activity"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/errs"
)

// Limits of threads.
const (
	maxOpen    = 500  // threads of one text
	maxReplies = 500  // comments of one thread
	maxListed  = 1000 // threads of one list: the newest
)

// ThreadState says whether a thread is done with.
type ThreadState string

// The states of a thread.
const (
	Open     ThreadState = "open"
	Resolved ThreadState = "resolved"
)

// Anchor is a stretch of a text, in the positions of its document at a version.
type Anchor struct {
	From, To int
	Version  int64
	Quote    string // the words that were marked
	Detached bool   // the words are nowhere in the text; From and To are where they were last
	Jumped   bool   // of a moved one: the steps lost the words, or their quote was found again
}

// Thread is comments on a stretch of a text.
type Thread struct {
	ID         uuid.UUID
	Object     Object
	State      ThreadState
	Anchor     Anchor
	Comments   []Comment
	StartedBy  uuid.NullUUID
	Outside    bool // started by a guest: they, and others who came the same way, read what is said in it
	ResolvedBy *activity.Person
	ResolvedAt *time.Time
	Rev        int64
	CreatedAt  time.Time
	MayResolve bool // the user of ctx

	alive int // comments that are not deleted
}

// Texts is what threads must know of the things in whose texts they are anchored. cmd passes it in, as those stand above.
type Texts struct {
	// Access says whether the user of ctx edits a thing, be it frozen now or not. An error means that they may not read it.
	Access func(ctx context.Context, o Object) (edits bool, err error)
	// Hosts says whether the user of ctx may let people outside in, and so take away what they say. An error as of Access.
	Hosts func(ctx context.Context, o Object) (bool, error)
	// Place finds the words of a stretch that somebody marked, and where they are now.
	Place func(ctx context.Context, o Object, from, to int, version int64) (Anchor, error)
	// Follow moves anchors to where their words are now, and gives the version that this is.
	Follow func(ctx context.Context, o Object, anchors []Anchor) (moved []Anchor, version int64, err error)
	// Changed tells those who have a thing open to look at its threads again; within a transaction, when it commits.
	Changed func(ctx context.Context, o Object) error
}

// SetTexts connects threads to the things above.
func (s *Service) SetTexts(t Texts) { s.texts = t }

// Threads lists those of a text in the order in which they were started, with their anchors moved to the present version,
// which it gives too. An empty state is all. A thread of which every comment was deleted is not listed.
func (s *Service) Threads(ctx context.Context, o Object, state ThreadState) ([]Thread, int64, error) {
	return s.threads(ctx, o, state, nil)
}

func (s *Service) threads(ctx context.Context, o Object, state ThreadState, among []uuid.UUID) ([]Thread, int64, error) {
	edits, err := s.texts.Access(ctx, o)
	if err != nil {
		return nil, 0, err
	}
	list, err := s.store.threads(ctx, o, state, among)
	if err != nil {
		return nil, 0, err
	}
	version, err := s.follow(ctx, o, list)
	if err != nil {
		return nil, 0, err
	}
	me := auth.From(ctx).ID
	for i := range list {
		list[i].MayResolve = edits || list[i].startedBy(me)
	}
	return list, version, s.store.fill(ctx, list)
}

func (t Thread) startedBy(user uuid.UUID) bool {
	return t.StartedBy.Valid && user != uuid.Nil && t.StartedBy.UUID == user
}

// MoveAnchors brings the anchors of open threads up to the present text. It is called in the transaction that writes it.
func (s *Service) MoveAnchors(ctx context.Context, o Object) error {
	list, err := s.store.anchors(ctx, o)
	if err != nil || len(list) == 0 {
		return err
	}
	_, err = s.follow(ctx, o, list)
	return err
}

// follow moves the anchors of threads, and stores where they are now. Everybody is told of those that lost their words or
// found them again; the others move in each editor by themselves.
func (s *Service) follow(ctx context.Context, o Object, list []Thread) (int64, error) {
	anchors := make([]Anchor, len(list))
	for i, t := range list {
		anchors[i] = t.Anchor
	}
	moved, version, err := s.texts.Follow(ctx, o, anchors)
	if err != nil {
		return 0, err
	}
	var changed []Thread
	jumped := false
	for i := range list {
		if moved[i].Version != list[i].Anchor.Version {
			list[i].Anchor = moved[i]
			changed = append(changed, list[i])
			jumped = jumped || moved[i].Jumped
		}
	}
	if len(changed) == 0 {
		return version, nil
	}
	return version, s.db.InTx(ctx, func(ctx context.Context) error {
		stored, err := s.store.moveAnchors(ctx, changed)
		if err != nil || !stored || !jumped {
			return err
		}
		return s.texts.Changed(ctx, o)
	})
}

// Start begins a thread on a stretch of a text, as its document was at a version.
func (s *Service) Start(ctx context.Context, o Object, from, to int, version int64, body string, mentions []uuid.UUID) (t Thread, err error) {
	c, err := s.draftOf(ctx, o, body, mentions)
	if err != nil {
		return t, err
	}
	if _, err := s.texts.Access(ctx, o); err != nil {
		return t, err
	}
	err = s.db.InTx(ctx, func(ctx context.Context) error {
		open, err := s.store.lockOpen(ctx, o)
		if err != nil {
			return err
		}
		if open >= maxOpen {
			return errs.Newf(errs.Conflict, "This text has %d open threads. Resolve some before you start another.", maxOpen)
		}
		anchor, err := s.texts.Place(ctx, o, from, to, version)
		if err != nil {
			return err
		}
		t = Thread{ID: db.NewID(), Object: o, Anchor: anchor}
		if err := s.store.addThread(ctx, t); err != nil {
			return err
		}
		c.ThreadID = uuid.NullUUID{UUID: t.ID, Valid: true}
		if err := s.say(ctx, c, map[string]any{"quote": excerpt(anchor.Quote), "notify": tellOf(ctx, nil)}); err != nil {
			return err
		}
		if t, err = s.thread(ctx, t.ID); err != nil {
			return err
		}
		return s.texts.Changed(ctx, o)
	})
	return t, err
}

// Reply says something in a thread. One that was resolved is open again then.
func (s *Service) Reply(ctx context.Context, thread uuid.UUID, body string, mentions []uuid.UUID) (c Comment, err error) {
	err = s.db.InTx(ctx, func(ctx context.Context) error {
		t, _, err := s.lockThread(ctx, thread)
		if err != nil {
			return err
		}
		if c, err = s.draftOf(ctx, t.Object, body, mentions); err != nil {
			return err
		}
		if t.alive >= maxReplies {
			return errs.Newf(errs.Conflict, "This thread has %d comments. Start another.", maxReplies)
		}
		others, err := s.store.writers(ctx, t.ID)
		if err != nil {
			return err
		}
		c.ThreadID = uuid.NullUUID{UUID: t.ID, Valid: true}
		if err := s.say(ctx, c, map[string]any{"reply": true, "notify": tellOf(ctx, others)}); err != nil {
			return err
		}
		if err := s.setState(ctx, t, Open); err != nil {
			return err
		}
		return s.texts.Changed(ctx, t.Object)
	})
	if err != nil {
		return Comment{}, err
	}
	return s.store.get(ctx, c.ID)
}

// SetResolved resolves a thread, or opens it again. Who edits the text may, and who started the thread.
func (s *Service) SetResolved(ctx context.Context, thread uuid.UUID, resolved bool) (t Thread, err error) {
	err = s.db.InTx(ctx, func(ctx context.Context) error {
		var edits bool
		if t, edits, err = s.lockThread(ctx, thread); err != nil {
			return err
		}
		if !edits && !t.startedBy(auth.From(ctx).ID) {
			return errs.New(errs.Forbidden, "Who edits this text, or started the thread, resolves and reopens it.")
		}
		to := Open
		if resolved {
			to = Resolved
		}
		if t.State != to {
			if err := s.setState(ctx, t, to); err != nil {
				return err
			}
			if err := s.texts.Changed(ctx, t.Object); err != nil {
				return err
			}
		}
		t, err = s.thread(ctx, thread)
		return err
	})
	return t, err
}

// lockThread holds a thread that the user of ctx may read to the end of the transaction, and says whether they edit its text.
func (s *Service) lockThread(ctx context.Context, id uuid.UUID) (t Thread, edits bool, err error) {
	if t, err = s.store.thread(ctx, id, true); err != nil {
		return t, false, err
	}
	if edits, err = s.texts.Access(ctx, t.Object); err != nil {
		return t, false, err
	}
	if t.alive == 0 {
		return t, false, errs.New(errs.NotFound, "This thread is gone: its comments were deleted.")
	}
	return t, edits, nil
}

// thread reads one whole thread, for somebody who may.
func (s *Service) thread(ctx context.Context, id uuid.UUID) (Thread, error) {
	t, err := s.store.thread(ctx, id, false)
	if err != nil {
		return t, err
	}
	edits, err := s.texts.Access(ctx, t.Object)
	if err != nil {
		return t, err
	}
	t.MayResolve = edits || t.startedBy(auth.From(ctx).ID)
	list := []Thread{t}
	err = s.store.fill(ctx, list)
	return list[0], err
}

// setState changes the state of a thread that is locked, records it when it is another, and counts the change.
func (s *Service) setState(ctx context.Context, t Thread, to ThreadState) error {
	if err := s.store.setThread(ctx, t.ID, to, auth.From(ctx).ID); err != nil || t.State == to {
		return err
	}
	verb := ".thread_reopened"
	if to == Resolved {
		verb = ".thread_resolved"
	}
	return s.record(ctx, verb, t.Object, map[string]any{"thread_id": t.ID, "quote": excerpt(t.Anchor.Quote)})
}

// changedIn tells those who have the text of a comment open, when it belongs to a thread.
func (s *Service) changedIn(ctx context.Context, comment uuid.UUID) error {
	o, in, err := s.store.threadOf(ctx, comment)
	if err != nil || !in {
		return err
	}
	return s.texts.Changed(ctx, o)
}
