package coedit

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/dbtest"
	"byline/backend/internal/platform/errs"
)

// place is a database with somebody who writes and a draft.
type place struct {
	t       *testing.T
	db      *db.DB
	service *Service
	user    uuid.UUID
	draft   uuid.UUID
}

func newPlace(t *testing.T) *place {
	t.Helper()
	return placeOn(t, dbtest.New(t))
}

func placeOn(t *testing.T, d *db.DB) *place {
	t.Helper()
	p := &place{t: t, db: d, service: New(d), user: db.NewID(), draft: db.NewID()}
	p.exec(`INSERT INTO users (id, email, name, side) VALUES ($1, $2, 'Mara', 'marketing')`, p.user, p.user.String()+"@example.com")
	p.exec(`INSERT INTO drafts (id, title, content_type, writer_id, created_by) VALUES ($1, 'x', 'deck', $2, $2)`, p.draft, p.user)
	require.NoError(t, p.service.Create(t.Context(), p.draft, p.user, paragraphs("one", "two")))
	return p
}

func (p *place) exec(sql string, args ...any) {
	p.t.Helper()
	_, err := p.db.Pool().Exec(p.t.Context(), sql, args...)
	require.NoError(p.t, err)
}

func (p *place) count(sql string) (n int64) {
	p.t.Helper()
	require.NoError(p.t, p.db.Pool().QueryRow(p.t.Context(), sql).Scan(&n))
	return n
}

// live is a replica on the database, in which everybody may write.
func (p *place) live() *Live {
	l := NewLive(p.service, []byte("secret"), Rules{Access: func(context.Context, uuid.UUID, uuid.UUID) (auth.User, bool, string, error) {
		return auth.User{ID: p.user, Name: "Mara"}, true, "", nil
	}}, Options{HeadCheck: 200 * time.Millisecond, Idle: 100 * time.Millisecond})
	p.t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		l.Close(ctx)
	})
	return l
}

func typed(at int, text string) json.RawMessage {
	return json.RawMessage(fmt.Sprintf(`{"stepType":"replace","from":%d,"to":%d,"slice":{"content":[{"type":"text","text":%q}]}}`, at, at, text))
}

func (p *place) commit(base int64, client string, batch int64, steps ...json.RawMessage) int64 {
	p.t.Helper()
	c := Commit{V: base, Client: client, User: p.user, Batch: batch, Steps: steps}
	for i := range steps {
		c.Kept = append(c.Kept, int32(i))
	}
	head, err := p.service.store.commit(p.t.Context(), p.draft, c, "", false)
	require.NoError(p.t, err)
	return head
}

func TestABatchIsTakenOnceWhateverHappensToItsAnswer(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	require.EqualValues(t, 2, p.commit(1, "a", 1, typed(1, "x")))
	require.EqualValues(t, taken, p.commit(1, "a", 1, typed(1, "x")))
	require.EqualValues(t, taken, p.commit(2, "a", 1, typed(1, "x")), "at another version too")
	require.EqualValues(t, raced, p.commit(1, "b", 1, typed(1, "y")))
	require.EqualValues(t, 2, p.commit(2, "b", 1), "void")
	require.EqualValues(t, taken, p.commit(2, "b", 1, typed(1, "y")), "a void batch does not come back")
	require.EqualValues(t, 4, p.commit(2, "b", 2, typed(1, "y"), typed(1, "z")))
	p.exec(`UPDATE draft_docs SET guarded = true`)
	require.EqualValues(t, reviewed, p.commit(4, "b", 3, typed(1, "w")))
	p.exec(`UPDATE draft_docs SET guarded = false, frozen = true`)
	require.EqualValues(t, frozen, p.commit(4, "b", 3, typed(1, "w")))
	require.EqualValues(t, taken, p.commit(4, "b", 2, typed(1, "w")), "a repeated batch learns its fate even then")
	other := Commit{V: 4, Client: "a", User: db.NewID(), Batch: 9}
	head, err := p.service.store.commit(t.Context(), p.draft, other, "", false)
	require.NoError(t, err)
	require.EqualValues(t, foreign, head)
	_, err = p.service.store.commit(t.Context(), db.NewID(), other, "", false)
	require.Error(t, err)
	require.False(t, passing(err))
	require.EqualValues(t, 2, p.count(`SELECT count(*) FROM draft_commits`))
}

func TestOfCommitsAtOnceEachVersionHasOne(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	var group sync.WaitGroup
	for i := range 8 {
		group.Go(func() {
			for batch := int64(1); batch <= 10; {
				var head int64
				if err := p.db.Pool().QueryRow(t.Context(), `SELECT head FROM draft_docs`).Scan(&head); err != nil {
					t.Error(err)
					return
				}
				got, err := p.service.store.commit(t.Context(), p.draft, Commit{V: head, Client: fmt.Sprint("c", i), User: p.user, Batch: batch, Steps: []json.RawMessage{typed(1, "x")}, Kept: []int32{0}}, "", false)
				if err != nil {
					t.Error(err)
					return
				}
				if got > 0 {
					batch++
				}
			}
		})
	}
	group.Wait()
	require.EqualValues(t, 81, p.count(`SELECT head FROM draft_docs`))
	require.EqualValues(t, 80, p.count(`SELECT count(*) FROM draft_commits`))
	d, err := p.service.Get(t.Context(), p.draft)
	require.NoError(t, err)
	require.Len(t, d.Text, 80+len("one\ntwo"))
	require.EqualValues(t, 81, d.Version)
	require.EqualValues(t, 1, p.count(`SELECT version FROM draft_docs`), "reading writes nothing")
}

func TestATextWhoseServerDiedIsWrittenByTheJob(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	require.EqualValues(t, 2, p.commit(1, "a", 1, typed(1, "new ")))
	l := p.live()
	require.NoError(t, l.Project(t.Context(), ProjectArgs{}))
	require.EqualValues(t, 1, p.count(`SELECT version FROM draft_docs`), "somebody may be writing")
	p.exec(`UPDATE draft_commits SET at = now() - interval '1 minute'`)
	require.NoError(t, l.Project(t.Context(), ProjectArgs{}))
	require.EqualValues(t, 1, p.count(`SELECT count(*) FROM draft_docs WHERE version = 2 AND text LIKE 'new one%'`))
}

func TestOldCommitsArePackedAndNothingIsForgotten(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	for i := range 12 {
		require.EqualValues(t, i+2, p.commit(int64(i+1), "a", int64(i+1), typed(1, string(rune('a'+i)))))
	}
	want := map[int64]string{}
	for v := int64(1); v <= 13; v++ {
		doc, err := p.service.At(t.Context(), p.draft, v)
		require.NoError(t, err)
		want[v] = string(doc)
	}
	pack := func() { require.NoError(t, p.service.packBefore(t.Context(), time.Now().Add(-time.Hour))) }
	p.exec(`UPDATE draft_commits SET at = now() - interval '2 hours' WHERE v_from < 10`)
	p.exec(`UPDATE draft_clients SET at = now() - interval '2 hours'`)
	pack()
	require.EqualValues(t, 12, p.count(`SELECT count(*) FROM draft_commits`), "there is no copy above them")
	require.NoError(t, p.db.InTx(t.Context(), func(ctx context.Context) error {
		if _, err := p.service.Lock(ctx, p.draft); err != nil {
			return err
		}
		return p.service.store.snapshot(ctx, p.draft, 7, json.RawMessage(want[7]))
	}))
	pack()
	require.EqualValues(t, 6, p.count(`SELECT count(*) FROM draft_commits`), "those below the copy are packed")
	require.EqualValues(t, 1, p.count(`SELECT count(*) FROM draft_history`))
	for v := int64(1); v <= 13; v++ {
		doc, err := p.service.At(t.Context(), p.draft, v)
		require.NoError(t, err)
		require.Equal(t, want[v], string(doc))
	}
	_, err := p.service.At(t.Context(), p.draft, 14)
	require.Equal(t, errs.NotFound, errs.CodeOf(err))

	// somebody who has been away for longer begins anew, somebody else gets what they missed
	l := p.live()
	require.Equal(t, "init", p.open(l, "old", 3).answer)
	late := p.open(l, "late", 9)
	require.Equal(t, "ready", late.answer)
	require.Equal(t, 4, late.steps)
}

// tab is what a hand-made client got.
type tab struct {
	*Conn
	answer string
	steps  int
}

func (p *place) open(l *Live, client string, version int64) *tab {
	p.t.Helper()
	c := &tab{Conn: l.Connect()}
	p.t.Cleanup(c.Close)
	sealed := ticket{Draft: p.draft, User: p.user, Expires: time.Now().Add(time.Minute).Unix()}.seal(l.secret)
	m := ClientMessage{Type: "open", Draft: p.draft, Ticket: sealed, Version: version, Client: client, Schema: SchemaHash}
	p.say(c.Conn, m)
	for c.answer == "" {
		switch m := p.hear(c.Conn); m.Type {
		case "init", "ready":
			c.answer = m.Type
		case "steps":
			c.steps++
		}
	}
	return c
}

func (p *place) say(c *Conn, m ClientMessage) {
	p.t.Helper()
	b, err := json.Marshal(m)
	require.NoError(p.t, err)
	require.NoError(p.t, c.Receive(p.t.Context(), b))
}

func (p *place) hear(c *Conn, types ...string) (m ServerMessage) {
	p.t.Helper()
	for {
		select {
		case b := <-c.Out():
			m = ServerMessage{}
			require.NoError(p.t, json.Unmarshal(b, &m))
			if len(types) == 0 {
				return m
			}
			for _, x := range types {
				if m.Type == x {
					return m
				}
			}
		case <-c.Ended():
			require.Fail(p.t, "the connection ended", c.Reason())
		case <-time.After(20 * time.Second):
			require.Fail(p.t, "nothing comes", "%v", types)
		}
	}
}

func (p *place) push(c *Conn, version, batch int64, steps ...json.RawMessage) {
	p.t.Helper()
	m := ClientMessage{Type: "push", Draft: p.draft, Version: version, Batch: batch, Steps: steps}
	for i := range steps {
		m.Indexes = append(m.Indexes, int32(i))
	}
	p.say(c, m)
}

func TestReplicasFindOutWithoutMessages(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	a, b := p.live(), p.live()
	one, two := p.open(a, "one", -1), p.open(b, "two", -1)
	from := func(c *Conn, version int64) {
		t.Helper()
		for p.hear(c, "steps").Version != version {
		}
	}
	p.push(one.Conn, 1, 1, typed(1, "x"))
	from(two.Conn, 1)
	p.exec(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'`)
	p.push(one.Conn, 2, 2, typed(1, "y"))
	from(two.Conn, 2)
	require.EqualValues(t, 4, p.commit(3, "ghost", 2, typed(1, "z")), "without any message")
	from(one.Conn, 3)
	from(two.Conn, 3)
}

func TestTheSameBatchSentToTwoReplicasAtOnceIsTakenOnce(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	a, b := p.live(), p.live()
	one, two := p.open(a, "same", -1), p.open(b, "same", -1)
	for i := range int64(20) {
		version := max(1, 1+i-i%3)
		p.push(one.Conn, version, i+1, typed(1, "x"))
		p.push(two.Conn, version, i+1, typed(1, "x"))
		require.Eventually(t, func() bool { return p.count(`SELECT head FROM draft_docs`) == i+2 }, 10*time.Second, time.Millisecond)
	}
	time.Sleep(100 * time.Millisecond)
	require.EqualValues(t, 20, p.count(`SELECT count(*) FROM draft_commits`))
	require.EqualValues(t, 21, p.count(`SELECT head FROM draft_docs`))
}

func TestTheTextIsWrittenSoonAndWhenEverybodyHasLeft(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	l := p.live()
	one := p.open(l, "one", -1)
	p.push(one.Conn, 1, 1, typed(1, "soon "))
	p.hear(one.Conn, "steps")
	require.Eventually(t, func() bool {
		return p.count(`SELECT count(*) FROM draft_docs WHERE text LIKE 'soon%' AND version = 2`) == 1
	}, 10*time.Second, 10*time.Millisecond)
	p.push(one.Conn, 2, 2, typed(1, "stop "))
	p.hear(one.Conn, "steps")
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	go func() { <-one.Ended(); one.Close() }()
	l.Close(ctx)
	require.EqualValues(t, 1, p.count(`SELECT count(*) FROM draft_docs WHERE text LIKE 'stop%' AND version = 3`))
	require.Nil(t, l.Connect(), "it takes nobody new")
}

func TestAClientThatDoesNotListenIsCutOff(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	l := p.live()
	one, deaf := p.open(l, "one", -1), p.open(l, "deaf", -1)
	for i := range int64(queue + 10) {
		p.push(one.Conn, i+1, i+1, typed(1, "x"))
		p.hear(one.Conn, "steps")
	}
	select {
	case <-deaf.Ended():
		require.Equal(t, "too slow", deaf.Reason())
	case <-time.After(10 * time.Second):
		require.Fail(t, "it still waits")
	}
	require.GreaterOrEqual(t, p.count(`SELECT count(*) FROM draft_snapshots`), int64(2), "a copy every 400 versions")
}

func TestALargeLatePushIsLeftToTheClient(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	l := p.live()
	one, late := p.open(l, "one", -1), p.open(l, "late", -1)
	for i := range int64(60) {
		p.push(one.Conn, i+1, i+1, typed(1, "x"))
		p.hear(one.Conn, "steps")
	}
	steps := make([]json.RawMessage, 50)
	for i := range steps {
		steps[i] = typed(1, "y")
	}
	p.push(late.Conn, 1, 1, steps...)
	require.EqualValues(t, 1, p.hear(late.Conn, "behind").Batch)
	p.push(late.Conn, 61, 1, steps...)
	require.EqualValues(t, 1, func() int64 {
		for {
			if m := p.hear(late.Conn, "steps"); m.Client == "late" {
				return m.Batch
			}
		}
	}())
}

// A stored commit that does not apply is an error of ours: nobody may write on top of it, and the program goes on.
func TestALogThatDoesNotFitMakesTheDraftReadOnly(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	l := p.live()
	one := p.open(l, "one", -1)
	require.EqualValues(t, 2, p.commit(1, "ghost", 1, typed(9999, "x")))
	require.Equal(t, "failed", p.hear(one.Conn, "role").Why)
	p.push(one.Conn, 1, 1, typed(1, "x"))
	require.Equal(t, "read-only", p.hear(one.Conn, "bad").Error)
}
