package links

import (
	"context"
	"sync"
	"time"

	"github.com/google/uuid"

	"byline/backend/internal/platform/errs"
)

// counter stores hits in groups: while one group is on its way to the disk the next one gathers, so that many readers at
// once share a commit. Nobody is answered before the group with their hit is committed, so a kill loses none that was
// answered; and a single reader waits for nobody.
type counter struct {
	write func(ctx context.Context, batch []hit) ([]Link, error)

	mu      sync.Mutex
	waiting []*waiting
	writing bool
}

// waiting is one hit whose reader waits.
type waiting struct {
	hit
	link Link
	err  error
	done chan struct{}
}

const (
	maxGroup     = 200             // hits of one statement
	groupTimeout = 5 * time.Second // of one statement
)

// add stores a hit and gives its link.
func (c *counter) add(ctx context.Context, h hit) (Link, error) {
	w := &waiting{hit: h, done: make(chan struct{})}
	c.mu.Lock()
	c.waiting = append(c.waiting, w)
	if !c.writing {
		c.writing = true
		go c.work(context.WithoutCancel(ctx)) // the reader who comes first may leave, the others stay
	}
	c.mu.Unlock()
	select {
	case <-w.done:
		return w.link, w.err
	case <-ctx.Done():
		return Link{}, ctx.Err()
	}
}

// work writes groups until nobody waits.
func (c *counter) work(ctx context.Context) {
	for {
		c.mu.Lock()
		group := c.waiting[:min(len(c.waiting), maxGroup)]
		c.waiting = c.waiting[len(group):]
		if len(group) == 0 {
			c.writing = false
			c.mu.Unlock()
			return
		}
		c.mu.Unlock()
		c.store(ctx, group)
	}
}

func (c *counter) store(ctx context.Context, group []*waiting) {
	batch := make([]hit, len(group))
	for i, w := range group {
		batch[i] = w.hit
	}
	ctx, cancel := context.WithTimeout(ctx, groupTimeout)
	defer cancel()
	links, err := c.write(ctx, batch)
	if err != nil && len(group) > 1 && errs.CodeOf(err) != errs.Unavailable { // one of them may be at fault: not the others'
		for _, w := range group {
			c.store(ctx, []*waiting{w})
		}
		return
	}
	for i, w := range group {
		switch {
		case err != nil:
			w.err = err
		case links[i].ID == uuid.Nil:
			w.err = errNoLink
		default:
			w.link = links[i]
		}
		close(w.done)
	}
}
