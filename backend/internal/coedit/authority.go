package coedit

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"

	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/errs"
)

// attempts is how often a push is rebased when other replicas are always first.
const attempts = 20

// push takes a batch of a member, rebased over what was committed since its version. It is stored before anybody is told.
func (r *room) push(x *member, in ClientMessage) {
	bad := func(why string) {
		x.send(ServerMessage{Type: "bad", Draft: r.id, Version: r.version, Batch: in.Batch, Error: why})
	}
	if x.readOnly || r.broken {
		bad("read-only")
		return
	}
	simple, err := plain(in.Steps)
	if err != nil {
		bad(err.Error())
		return
	}
	if in.Version > r.version {
		if err := r.catchUp(); err != nil {
			x.conn.end("the database is away")
			return
		}
	}
	for range attempts {
		ok, err := r.reach(in.Version)
		if err != nil {
			x.conn.end("the database is away")
			return
		}
		if !ok {
			bad("too old")
			return
		}
		c, verdict := r.prepare(x, in, simple)
		if verdict == "behind" {
			x.send(ServerMessage{Type: "behind", Draft: r.id, Version: r.version, Batch: in.Batch})
			return
		}
		if verdict == away {
			x.conn.end(away)
			return
		}
		if verdict != "" {
			bad(verdict)
			return
		}
		head, err := r.store(x, c)
		if err != nil {
			slog.ErrorContext(r.live.ctx, "a push is not stored", "draft", r.id, "error", err)
			if passing(err) { // the server stops: the client sends it again to another
				x.conn.end("the database is away")
				return
			}
			bad("not stored")
			return
		}
		if head != raced {
			r.settle(x, c, head)
			return
		}
		if err := r.catchUp(); err != nil {
			x.conn.end("the database is away")
			return
		}
	}
	x.send(ServerMessage{Type: "behind", Draft: r.id, Version: r.version, Batch: in.Batch})
}

// away is why a connection ends when nothing can be stored now: the client sends again what it has.
const away = "the database is away"

// prepare makes the commit that a push leads to, with the engine's candidate for it. verdict says why there is none.
func (r *room) prepare(x *member, in ClientMessage, simple bool) (c Commit, verdict string) {
	c = Commit{V: r.version, Client: x.client, User: x.user.ID, Batch: in.Batch}
	if len(in.Steps) == 0 {
		return c, ""
	}
	var out outcome
	var err error
	if in.Version == r.version {
		out, err = r.doc.applyAs(x.suggester(), in.Steps)
	} else {
		missed := r.since(in.Version)
		if len(missed)*len(in.Steps) > maxRebase {
			return c, "behind"
		}
		out, err = r.doc.rebaseAs(x.suggester(), missed, in.Steps)
	}
	if err != nil {
		slog.ErrorContext(r.live.ctx, "the engine failed", "draft", r.id, "error", err)
		return c, "failed"
	}
	if out.Refused != "" {
		return c, out.Refused
	}
	if len(out.Kept) != len(out.Steps) {
		return c, "failed"
	}
	c.Steps = out.Steps
	size := 0
	for i, place := range out.Kept {
		c.Kept = append(c.Kept, in.Indexes[place])
		size += len(out.Steps[i])
	}
	if simple && r.bytes+size < MaxBytes/2 {
		r.bytes += size
		return c, ""
	}
	doc, err := r.doc.candidate()
	if err == nil {
		err = r.check(x, doc)
	}
	if err != nil {
		if errs.CodeOf(err) != errs.Invalid && errs.CodeOf(err) != errs.TooLarge && passing(err) {
			return c, away
		}
		return c, refusalText(err)
	}
	r.bytes = len(doc)
	return c, ""
}

// check looks at a document that a push leads to: its attributes, and whether its author may show the files that came in.
func (r *room) check(x *member, doc []byte) error {
	after, err := Parse(doc)
	if err != nil || len(after.Assets()) == 0 {
		return err
	}
	now, err := r.doc.json()
	if err != nil {
		return err
	}
	before, err := Parse(now)
	if err != nil {
		return err
	}
	return r.live.service.checkAssets(auth.With(r.live.ctx, x.user), r.id, before, after)
}

// since gives the steps that were committed from a version on.
func (r *room) since(version int64) (steps []json.RawMessage) {
	for _, c := range r.cache {
		if c.V >= version {
			steps = append(steps, c.Steps...)
		}
	}
	return steps
}

// errNotTaken keeps approvals when the change that would void them is not taken after all.
var errNotTaken = errors.New("not taken")

// store writes a commit. Its outcome may stay unknown when the database goes away; then it is asked again, and says that
// the batch was taken before.
func (r *room) store(x *member, c Commit) (head int64, err error) {
	note := ""
	if len(c.Steps) > 0 {
		note = r.live.bus.Note(Message{From: r.live.replica, Draft: r.id, Until: c.End(), Commit: &c})
	}
	err = r.retry("commit", func(ctx context.Context) (err error) {
		head, err = r.live.log.commit(ctx, r.id, c, note, false)
		if err != nil || head != reviewed {
			return err
		}
		err = r.live.rules.Review(auth.With(ctx, x.user), r.id, func(ctx context.Context) (err error) {
			head, err = r.live.log.commit(ctx, r.id, c, note, true)
			if err == nil && head < 0 {
				return errNotTaken
			}
			return err
		})
		if errors.Is(err, errNotTaken) {
			return nil
		}
		return err
	})
	return head, err
}

// settle tells what became of a commit.
func (r *room) settle(x *member, c Commit, head int64) {
	void := func() { x.send(ServerMessage{Type: "void", Draft: r.id, Version: r.version, Batch: c.Batch}) }
	switch {
	case head >= 0 && len(c.Steps) == 0:
		void()
	case head >= 0:
		if err := r.doc.commit(); err != nil {
			r.fail(err)
			return
		}
		r.advance(c)
	case head == taken: // its commit is on the stream, or it was void
		if err := r.catchUp(); err != nil {
			x.conn.end("the database is away")
			return
		}
		if !r.streamed(c) {
			void()
		}
	case head == frozen:
		r.setRole(x, false, "frozen")
		x.send(ServerMessage{Type: "bad", Draft: r.id, Version: r.version, Batch: c.Batch, Error: "frozen"})
	default:
		x.send(ServerMessage{Type: "bad", Draft: r.id, Version: r.version, Batch: c.Batch, Error: "client id"})
	}
}

// streamed says whether a batch is among the commits, which its client has been or will be sent.
func (r *room) streamed(c Commit) bool {
	for i := len(r.cache) - 1; i >= 0; i-- {
		if r.cache[i].Client == c.Client && r.cache[i].Batch == c.Batch {
			return true
		}
	}
	return false
}

// refusalText is what is wrong with a document, for the client.
func refusalText(err error) string {
	var e *errs.Error
	if errors.As(err, &e) {
		return e.Message
	}
	return "failed"
}
