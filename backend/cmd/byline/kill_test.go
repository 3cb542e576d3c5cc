package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
)

type object = map[string]any

// service is a server that is killed and started again, at another address each time.
type service struct {
	t    *testing.T
	mu   sync.Mutex
	base string
}

func (s *service) at(p *program) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.base = p.url
}

func (s *service) address() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.base
}

// browser is a client that repeats a request, with its key, until it is answered, as the web application does.
type browser struct {
	*service
	id     string
	cookie string
}

var impatient = &http.Client{Timeout: 10 * time.Second, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}

func (b *browser) once(method, path, key string, rev int, body any) (int, []byte, http.Header, error) {
	payload, err := json.Marshal(body)
	if err != nil {
		return 0, nil, nil, err
	}
	r, err := http.NewRequest(method, b.address()+path, bytes.NewReader(payload))
	if err != nil {
		return 0, nil, nil, err
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Cookie", "byline_session="+b.cookie)
	if key != "" {
		r.Header.Set("Idempotency-Key", key)
	}
	if rev > 0 {
		r.Header.Set("If-Match", fmt.Sprintf("%q", fmt.Sprint(rev)))
	}
	res, err := impatient.Do(r)
	if err != nil {
		return 0, nil, nil, err
	}
	defer func() { _ = res.Body.Close() }()
	answer, err := io.ReadAll(res.Body)
	return res.StatusCode, answer, res.Header, err
}

// send gives the answer's body once there is one of the wanted statuses. False when the test is over or it was refused.
func (b *browser) send(ctx context.Context, method, path, key string, rev int, body any, into any, want ...int) bool {
	for ctx.Err() == nil {
		status, answer, _, err := b.once(method, "/api/v1"+path, key, rev, body)
		switch {
		case err != nil || status >= 500 || status == http.StatusTooManyRequests || (status == http.StatusConflict && strings.Contains(string(answer), "still running")):
			time.Sleep(20 * time.Millisecond)
			continue
		case len(want) == 0 && status < 300:
		default:
			ok := false
			for _, s := range want {
				ok = ok || s == status
			}
			if !ok {
				b.t.Errorf("%s %s: %d %s", method, path, status, answer)
				return false
			}
		}
		if into != nil {
			if err := json.Unmarshal(answer, into); err != nil {
				b.t.Errorf("%s %s: %v: %s", method, path, err, answer)
				return false
			}
		}
		return true
	}
	return false
}

// ledger is what the server acknowledged: it must be there, once, at the end.
type ledger struct {
	mu    sync.Mutex
	names map[string][]string
	hits  map[string]int // of a link's code
}

func (l *ledger) add(kind, name string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.names[kind] = append(l.names[kind], name)
}

// Clients file, vote, comment, approve, publish, seal, upload and follow links while the server, and PostgreSQL with it,
// is killed again and again. What was acknowledged is there once, nothing is half done, and all jobs finish.
func TestKillsLoseNothingAndDoubleNothing(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	t.Parallel()
	data := dataDir(t)
	settings := []string{"BYLINE_USER_RATE=100000", "BYLINE_ADDRESS_RATE=100000"}
	p := startWith(t, data, settings).ready()
	s := &service{t: t}
	s.at(p)
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	link := regexp.MustCompile(`/invitation/(\S+)`).FindStringSubmatch(p.output())
	require.NotNil(t, link)
	admin := accept(s, link[1], object{"email": "ada@example.com", "name": "Ada", "password": "correct horse battery"})
	invited := func(name string, lead bool) *browser {
		var made struct{ Link string }
		require.True(t, admin.send(ctx, "POST", "/invitations", "", 0, object{"email": name + "@example.com", "side": "sales", "lead": lead}, &made))
		return accept(s, made.Link[strings.LastIndex(made.Link, "/")+1:], object{"name": name, "password": "correct horse battery"})
	}
	rep, lead := invited("rita", false), invited("lena", true)

	l := &ledger{names: map[string][]string{}, hits: map[string]int{}}
	work, stop := context.WithCancel(ctx)
	var clients sync.WaitGroup
	client := func(do func(name string)) {
		clients.Go(func() {
			for n := 0; work.Err() == nil; n++ {
				do(uuid.NewString())
				time.Sleep(5 * time.Millisecond)
			}
		})
	}
	for range 2 {
		client(func(name string) { fileAndVote(ctx, l, rep, admin, name) })
	}
	client(func(name string) { approveAndPublish(ctx, l, admin, lead, name) })
	client(func(name string) { sealAndFollow(ctx, l, admin, rep, name) })
	client(func(name string) { upload(ctx, l, rep, name) })

	for range 4 {
		time.Sleep(1200 * time.Millisecond)
		require.Equal(t, -1, p.signal(syscall.SIGKILL))
		p = startWith(t, data, settings).ready()
		s.at(p)
	}
	time.Sleep(500 * time.Millisecond)
	stop()
	clients.Wait()
	require.NoError(t, ctx.Err())
	l.check(t, ctx, data)
}

func accept(s *service, token string, body object) *browser {
	b := &browser{service: s}
	status, answer, header, err := b.once("POST", "/api/v1/invitations/"+token+"/accept", "", 0, body)
	require.NoError(s.t, err)
	require.Equal(s.t, http.StatusOK, status, "%s", answer)
	var made struct{ User struct{ ID string } }
	require.NoError(s.t, json.Unmarshal(answer, &made))
	b.id = made.User.ID
	b.cookie = regexp.MustCompile(`byline_session=([^;]+)`).FindStringSubmatch(strings.Join(header.Values("Set-Cookie"), "\n"))[1]
	return b
}

type thing struct {
	ID   string
	Hash string
	Link string `json:"link_url"`
}

func fileAndVote(ctx context.Context, l *ledger, rep, admin *browser, name string) {
	var idea thing
	if !rep.send(ctx, "POST", "/ideas", name, 0, object{"title": name}, &idea) {
		return
	}
	l.add("idea", name)
	if admin.send(ctx, "PUT", "/ideas/"+idea.ID+"/vote", "", 0, nil, nil) {
		l.add("vote", idea.ID)
	}
	if admin.send(ctx, "POST", "/things/idea/"+idea.ID+"/comments", "c"+name, 0, object{"body": name, "mentions": []string{rep.id}}, nil) {
		l.add("comment", name)
	}
}

func approveAndPublish(ctx context.Context, l *ledger, admin, lead *browser, name string) {
	var draft thing
	if !admin.send(ctx, "POST", "/drafts", name, 0, object{"title": name, "content_type": "deck", "brief": object{}, "writer_id": lead.id, "contributors": []string{admin.id}}, &draft) {
		return
	}
	path := "/drafts/" + draft.ID
	doc := json.RawMessage(`{"type":"doc","content":[{"type":"paragraph","content":[{"type":"text","text":"` + name + `"}]}]}`)
	// 412: the first try arrived, its answer did not
	if !admin.send(ctx, "PUT", path+"/document", "", 1, object{"doc": doc}, nil, 200, 412) ||
		!admin.send(ctx, "POST", path+"/moves", "1"+name, 0, object{"action": "start"}, nil) ||
		!admin.send(ctx, "POST", path+"/moves", "2"+name, 0, object{"action": "submit"}, nil) {
		return
	}
	l.add("submitted", draft.ID)
	var versions struct{ Items []thing }
	if !admin.send(ctx, "GET", path+"/versions", "", 0, nil, &versions) || len(versions.Items) != 1 {
		return
	}
	if admin.send(ctx, "POST", path+"/approvals", "3"+name, 0, object{"version_id": versions.Items[0].ID, "hash": versions.Items[0].Hash}, nil) {
		l.add("approval", draft.ID)
	}
}

func sealAndFollow(ctx context.Context, l *ledger, admin, rep *browser, name string) {
	var post thing
	if !admin.send(ctx, "POST", "/posts", name, 0, object{"network": "x", "text": name, "owner_id": rep.id, "link_target": "https://example.com/" + name}, &post) {
		return
	}
	path := "/posts/" + post.ID
	if !admin.send(ctx, "POST", path+"/offer", "1"+name, 0, nil, nil) || !rep.send(ctx, "POST", path+"/seal", "2"+name, 0, object{"hash": post.Hash}, nil) {
		return
	}
	l.add("seal", post.ID)
	if rep.send(ctx, "POST", path+"/share", "3"+name, 0, object{}, nil) {
		l.add("share", post.ID)
	}
	code := post.Link[strings.LastIndex(post.Link, "/")+1:]
	for range 5 {
		if status, _, _, err := rep.once("GET", "/l/"+code, "", 0, nil); err == nil && status == http.StatusFound {
			l.mu.Lock()
			l.hits[code]++
			l.mu.Unlock()
		}
	}
}

func upload(ctx context.Context, l *ledger, rep *browser, name string) {
	content := []byte("What customers ask: " + name)
	var begun struct{ Asset thing }
	if !rep.send(ctx, "POST", "/assets", name, 0, object{"name": name + ".txt", "size": len(content)}, &begun) {
		return
	}
	path := "/assets/" + begun.Asset.ID
	for arrived := false; !arrived; {
		var parts struct{ Items []struct{ URL string } }
		if !rep.send(ctx, "POST", path+"/parts", "", 0, object{"numbers": []int{1}}, &parts) {
			return
		}
		r, err := http.NewRequestWithContext(ctx, http.MethodPut, parts.Items[0].URL, bytes.NewReader(content))
		if err != nil {
			return
		}
		if res, err := impatient.Do(r); err == nil {
			arrived = res.StatusCode == http.StatusOK
			_ = res.Body.Close()
		}
		if !arrived {
			time.Sleep(50 * time.Millisecond)
		}
	}
	if rep.send(ctx, "POST", path+"/complete", "1"+name, 0, nil, nil) {
		l.add("asset", begun.Asset.ID)
	}
}

// check compares the ledger with the database, once the jobs are done.
func (l *ledger) check(t *testing.T, ctx context.Context, data string) {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(data, addressesFile))
	require.NoError(t, err)
	var running struct {
		DatabaseURL string `json:"database_url"`
	}
	require.NoError(t, json.Unmarshal(raw, &running))
	db, err := pgx.Connect(ctx, running.DatabaseURL)
	require.NoError(t, err)
	defer func() { _ = db.Close(context.WithoutCancel(ctx)) }()
	count := func(sql string, args ...any) (n int) {
		require.NoError(t, db.QueryRow(ctx, sql, args...).Scan(&n))
		return n
	}
	const open = `SELECT count(*) FROM river_job WHERE kind IN ('notify', 'process_asset') AND state NOT IN ('completed', 'cancelled', 'discarded')`
	require.Eventually(t, func() bool { return count(open) == 0 }, 40*time.Second, 100*time.Millisecond, "jobs do not finish")
	require.Zero(t, count(`SELECT count(*) FROM river_job WHERE state IN ('cancelled', 'discarded')`), "no job gave up")

	// each acknowledged thing, and how often it may be there
	for kind, sql := range map[string]string{
		"idea":      `SELECT count(*) FROM unnest($1::text[]) x WHERE (SELECT count(*) FROM ideas i JOIN activities a ON a.object_id = i.id AND a.verb = 'idea.created' WHERE i.title = x) = 1`,
		"vote":      `SELECT count(*) FROM unnest($1::uuid[]) x JOIN ideas i ON i.id = x WHERE i.votes = 2 AND (SELECT count(*) FROM idea_votes v WHERE v.idea_id = x) = 2 AND (SELECT count(*) FROM activities a WHERE a.object_id = x AND a.verb = 'idea.voted') = 1`,
		"comment":   `SELECT count(*) FROM unnest($1::text[]) x WHERE (SELECT count(*) FROM comments c JOIN activities a ON a.data->>'comment_id' = c.id::text JOIN notifications n ON n.activity_id = a.id AND n.reason = 'mention' WHERE c.body = x) = 1`,
		"submitted": `SELECT count(*) FROM unnest($1::uuid[]) x WHERE (SELECT count(*) FROM draft_versions v WHERE v.draft_id = x) = 1 AND (SELECT count(*) FROM activities a WHERE a.object_id = x AND a.verb = 'draft.moved') = 2`,
		"approval":  `SELECT count(*) FROM unnest($1::uuid[]) x WHERE (SELECT count(*) FROM approvals a WHERE a.draft_id = x AND a.voided_at IS NULL) = 1 AND (SELECT count(*) FROM activities a WHERE a.object_id = x AND a.verb = 'draft.approved_by') = 1`,
		"seal":      `SELECT count(*) FROM unnest($1::uuid[]) x WHERE (SELECT count(*) FROM post_seals s WHERE s.post_id = x) = 1 AND (SELECT count(*) FROM activities a WHERE a.object_id = x AND a.verb = 'post.sealed') = 1`,
		"share":     `SELECT count(*) FROM unnest($1::uuid[]) x JOIN posts p ON p.id = x WHERE p.state = 'shared' AND (SELECT count(*) FROM activities a WHERE a.object_id = x AND a.verb = 'post.shared') = 1`,
		"asset":     `SELECT count(*) FROM unnest($1::uuid[]) x JOIN assets a ON a.id = x WHERE a.state IN ('ready', 'limited') AND (SELECT count(*) FROM assets o WHERE o.name = a.name) = 1`,
	} {
		require.NotEmpty(t, l.names[kind], "nothing was acknowledged of: %s", kind)
		require.Equal(t, len(l.names[kind]), count(sql, l.names[kind]), kind)
	}
	require.NotEmpty(t, l.hits)
	for code, acknowledged := range l.hits {
		stored := count(`SELECT count(*) FROM hits h JOIN links k ON k.id = h.link_id WHERE k.code = $1`, code)
		require.GreaterOrEqual(t, stored, acknowledged, "a click was lost")
		require.LessOrEqual(t, stored, 5, "a click was counted twice")
	}
	// nothing half done, acknowledged or not
	require.Zero(t, count(`SELECT count(*) FROM (SELECT title FROM ideas GROUP BY 1 HAVING count(*) > 1 UNION ALL SELECT title FROM drafts GROUP BY 1 HAVING count(*) > 1
		UNION ALL SELECT text FROM posts GROUP BY 1 HAVING count(*) > 1) x`), "something is there twice")
	require.Zero(t, count(`SELECT count(*) FROM ideas i WHERE NOT EXISTS (SELECT FROM activities a WHERE a.object_id = i.id AND a.verb = 'idea.created')`))
	require.Zero(t, count(`SELECT count(*) FROM activities a WHERE a.verb = 'idea.commented' AND NOT EXISTS (SELECT FROM comments c WHERE c.id::text = a.data->>'comment_id')`))
	require.Zero(t, count(`SELECT count(*) FROM posts p JOIN links k ON k.id = p.link_id WHERE k.active <> (p.state IN ('sealed', 'shared'))`))
	require.Zero(t, count(`SELECT count(*) FROM (SELECT FROM notifications GROUP BY user_id, activity_id HAVING count(*) > 1) x`))
	t.Logf("acknowledged: %d ideas, %d comments, %d approvals, %d seals, %d files, %d links", len(l.names["idea"]), len(l.names["comment"]), len(l.names["approval"]), len(l.names["seal"]), len(l.names["asset"]), len(l.hits))
}
