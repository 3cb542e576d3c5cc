// Package meili speaks to Meilisearch: one node or several, each fed on its own, any of them good for a search. A node
// that does not answer is left alone for a while, so that a search is not held up by it.
package meili

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/meilisearch/meilisearch-go"
)

// Request is a search; see Meilisearch's reference.
type Request = meilisearch.SearchRequest

// Response is its answer.
type Response = meilisearch.SearchResponse

// Settings are those of an index.
type Settings = meilisearch.Settings

// Config says where the nodes are.
type Config struct {
	URLs   []string
	Key    string
	Prefix string // of index names, so that tests can share a node; "" means byline
}

// How long a search waits for all nodes together, after how many searches in vain a node that takes requests but does
// not answer is left alone (one that refuses them is at once), and for how long.
const (
	searchTimeout = 800 * time.Millisecond
	mostStrikes   = 3
	openFor       = 4 * time.Second
)

// ErrAway says that no node answers.
var ErrAway = errors.New("no Meilisearch node answers")

// Cluster is the nodes.
type Cluster struct {
	nodes []*Node
	next  int
	mu    sync.Mutex
}

// Node is one server.
type Node struct {
	// Name is the place in the settings (node-1, …): stable when an embedded server starts on another port.
	Name   string
	client meilisearch.ServiceManager
	prefix string

	mu        sync.Mutex
	openUntil time.Time
	strikes   int
}

// New makes a cluster; without URLs it has no nodes and every search is ErrAway.
func New(cfg Config) *Cluster {
	if cfg.Prefix == "" {
		cfg.Prefix = "byline"
	}
	c := &Cluster{}
	for i, url := range cfg.URLs {
		c.nodes = append(c.nodes, &Node{Name: fmt.Sprintf("node-%d", i+1), prefix: cfg.Prefix, client: meilisearch.New(url,
			meilisearch.WithAPIKey(cfg.Key), meilisearch.WithCustomClient(httpClient()), meilisearch.DisableRetries())})
	}
	return c
}

// httpClient asks for no compression: with it, every search over a kept connection takes 40 ms longer, as the server
// sends its answer in two packets and the second waits for our acknowledgement.
func httpClient() *http.Client {
	dialer := &net.Dialer{Timeout: 500 * time.Millisecond, KeepAlive: 30 * time.Second}
	return &http.Client{Timeout: 2 * time.Minute, Transport: &http.Transport{DisableCompression: true, DialContext: dialer.DialContext,
		MaxIdleConns: 64, MaxIdleConnsPerHost: 64, IdleConnTimeout: 90 * time.Second}}
}

// Nodes gives all nodes.
func (c *Cluster) Nodes() []*Node { return c.nodes }

// Search asks the nodes that are well and for which ready is true, one after the other, until one answers.
func (c *Cluster) Search(ctx context.Context, index string, r *Request, ready func(node string) bool) (*Response, error) {
	c.mu.Lock()
	c.next++
	first := c.next
	c.mu.Unlock()
	deadline, cancel := context.WithTimeout(ctx, searchTimeout)
	defer cancel()
	last := ErrAway
	for i := range c.nodes {
		n := c.nodes[(first+i)%len(c.nodes)]
		if n.open() || !ready(n.Name) {
			continue
		}
		res, err := n.client.Index(n.index(index)).SearchWithContext(deadline, r.Query, r)
		if err == nil {
			n.recovered()
			return res, nil
		}
		if ctx.Err() != nil { // the client went away; the node is not to blame
			return nil, ctx.Err()
		}
		n.fail(deadline.Err() == nil)
		last = fmt.Errorf("%w: %s: %w", ErrAway, n.Name, err)
	}
	return nil, last
}

// Well says whether the node has not failed a moment ago.
func (n *Node) Well() bool { return !n.open() }

func (n *Node) open() bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	return time.Now().Before(n.openUntil)
}

// fail notes a search or look in vain. A busy node may be late once or twice.
func (n *Node) fail(surely bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.strikes++; surely || n.strikes >= mostStrikes {
		n.openUntil, n.strikes = time.Now().Add(openFor), mostStrikes-1 // next time, one is enough
	}
}

func (n *Node) recovered() {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.openUntil, n.strikes = time.Time{}, 0
}

func (n *Node) index(name string) string { return n.prefix + "_" + name }

// Healthy asks the node whether it is well, and lets searches to it again if so.
func (n *Node) Healthy(ctx context.Context) bool {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	if _, err := n.client.HealthWithContext(ctx); err != nil {
		n.fail(true)
		return false
	}
	n.recovered()
	return true
}

// Make makes an index with settings, when it is missing, and waits until they hold.
func (n *Node) Make(ctx context.Context, index string, s *Settings) error {
	t, err := n.client.CreateIndexWithContext(ctx, &meilisearch.IndexConfig{Uid: n.index(index), PrimaryKey: "id"})
	if err := n.wait(ctx, t, err); err != nil && !strings.Contains(err.Error(), "index_already_exists") {
		return err
	}
	t, err = n.client.Index(n.index(index)).UpdateSettingsWithContext(ctx, s)
	return n.wait(ctx, t, err)
}

// Synonyms replaces the synonyms of an index and waits until they hold.
func (n *Node) Synonyms(ctx context.Context, index string, synonyms map[string][]string) error {
	t, err := n.client.Index(n.index(index)).UpdateSynonymsWithContext(ctx, &synonyms)
	return n.wait(ctx, t, err)
}

// Put adds or replaces documents and waits until they are found.
func (n *Node) Put(ctx context.Context, index string, docs any) error {
	pk := "id"
	t, err := n.client.Index(n.index(index)).AddDocumentsWithContext(ctx, docs, &meilisearch.DocumentOptions{PrimaryKey: &pk})
	return n.wait(ctx, t, err)
}

// Task is something that a node was asked to do and does later.
type Task = *meilisearch.TaskInfo

// Send is Put without waiting: the node takes together what it was sent meanwhile, which is quicker.
func (n *Node) Send(ctx context.Context, index string, docs any) (Task, error) {
	pk := "id"
	return n.client.Index(n.index(index)).AddDocumentsWithContext(ctx, docs, &meilisearch.DocumentOptions{PrimaryKey: &pk})
}

// Await waits for what was sent.
func (n *Node) Await(ctx context.Context, t Task) error { return n.wait(ctx, t, nil) }

// Drop takes documents out and waits until they are not found any more.
func (n *Node) Drop(ctx context.Context, index string, ids []string) error {
	t, err := n.client.Index(n.index(index)).DeleteDocumentsWithContext(ctx, ids, nil)
	return n.wait(ctx, t, err)
}

// Swap makes one index answer under the name of another, and the other way round, in one step.
func (n *Node) Swap(ctx context.Context, a, b string) error {
	t, err := n.client.SwapIndexesWithContext(ctx, []*meilisearch.SwapIndexesParams{{Indexes: []string{n.index(a), n.index(b)}}})
	return n.wait(ctx, t, err)
}

// Delete removes an index; one that is missing is no error.
func (n *Node) Delete(ctx context.Context, index string) error {
	t, err := n.client.DeleteIndexWithContext(ctx, n.index(index))
	if err := n.wait(ctx, t, err); err != nil && !strings.Contains(err.Error(), "index_not_found") {
		return err
	}
	return nil
}

// Each reads some fields of all documents, in portions.
func (n *Node) Each(ctx context.Context, index string, fields []string, do func(hits meilisearch.Hits) error) error {
	const portion = 2000
	for offset := int64(0); ; offset += portion {
		var page meilisearch.DocumentsResult
		if err := n.client.Index(n.index(index)).GetDocumentsWithContext(ctx, &meilisearch.DocumentsQuery{Offset: offset, Limit: portion, Fields: fields}, &page); err != nil {
			return err
		}
		if err := do(page.Results); err != nil {
			return err
		}
		if offset+portion >= page.Total {
			return nil
		}
	}
}

// Exists says whether the node has an index.
func (n *Node) Exists(ctx context.Context, index string) (bool, error) {
	_, err := n.client.GetIndexWithContext(ctx, n.index(index))
	if err == nil {
		return true, nil
	}
	var e *meilisearch.Error
	if errors.As(err, &e) && e.StatusCode == http.StatusNotFound {
		return false, nil
	}
	return false, err
}

// wait waits for a task that was accepted.
func (n *Node) wait(ctx context.Context, t *meilisearch.TaskInfo, err error) error {
	if err != nil {
		return err
	}
	done, err := n.client.WaitForTaskWithContext(ctx, t.TaskUID, 15*time.Millisecond)
	if err != nil {
		return err
	}
	if done.Status != meilisearch.TaskStatusSucceeded {
		return fmt.Errorf("task %d of %s %s: %s: %s", done.UID, n.Name, done.Status, done.Error.Code, done.Error.Message)
	}
	return nil
}
