package livetest

import (
	"context"
	"encoding/json"
	"errors"
	"math/rand/v2"
	"sync"
	"time"

	"github.com/coder/websocket"
)

// Client is one tab with one draft open, over real connections. It reconnects as a browser does, until Stop.
type Client struct {
	ID      string
	Draft   string
	Browser *Browser
	// Server gives the WebSocket's address and a ticket; asked anew for each connection.
	Server func(ctx context.Context) (address, ticket string, err error)
	// Seen is told of each message of the server; it may be nil.
	Seen func(message []byte)
	// Sent is told of each message of the client, before it leaves; it may be nil.
	Sent func(message []byte)

	mu     sync.Mutex
	socket *websocket.Conn
	closed websocket.CloseError
	ctx    context.Context
	cancel context.CancelFunc
	done   sync.WaitGroup
}

// Start creates the tab and connects.
func (c *Client) Start(ctx context.Context) error {
	if _, err := c.Browser.Text("create", c.ID, c.Draft); err != nil {
		return err
	}
	c.ctx, c.cancel = context.WithCancel(ctx)
	c.done.Go(func() {
		for c.ctx.Err() == nil {
			c.connect()
			select {
			case <-c.ctx.Done():
			case <-time.After(time.Duration(100+rand.IntN(300)) * time.Millisecond):
			}
		}
	})
	return nil
}

// Stop closes the tab.
func (c *Client) Stop() {
	c.cancel()
	c.done.Wait()
}

// Cut breaks the connection, as a lost network does.
func (c *Client) Cut() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.socket != nil {
		_ = c.socket.CloseNow()
	}
}

// Closed is how the server ended the last connection.
func (c *Client) Closed() websocket.CloseError {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.closed
}

func (c *Client) connect() {
	dial, cancel := context.WithTimeout(c.ctx, 5*time.Second)
	defer cancel()
	address, ticket, err := c.Server(dial)
	if err != nil {
		return
	}
	socket, res, err := websocket.Dial(dial, address, nil)
	if err != nil {
		return
	}
	if res.Body != nil {
		_ = res.Body.Close()
	}
	socket.SetReadLimit(16 << 20)
	c.mu.Lock()
	c.socket = socket
	c.mu.Unlock()
	defer func() {
		_ = socket.CloseNow()
		_, _ = c.Browser.Text("disconnect", c.ID)
	}()
	if c.Do("connect", ticket) != nil {
		return
	}
	for {
		_, b, err := socket.Read(c.ctx)
		if err != nil {
			c.mu.Lock()
			errors.As(err, &c.closed)
			c.mu.Unlock()
			return
		}
		if c.Seen != nil {
			c.Seen(b)
		}
		if c.Do("receive", string(b)) != nil {
			return
		}
	}
}

// Do runs a function of the client and sends what comes of it.
func (c *Client) Do(name string, args ...any) error {
	c.mu.Lock() // messages leave in the order in which they were made
	defer c.mu.Unlock()
	messages, err := c.Browser.Call(name, append([]any{c.ID}, args...)...)
	if err != nil {
		return err
	}
	for _, m := range messages {
		if c.Sent != nil {
			c.Sent(m)
		}
		if err := c.send(m); err != nil {
			return err
		}
	}
	return nil
}

func (c *Client) send(m json.RawMessage) error {
	if c.socket == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(c.ctx, 5*time.Second)
	defer cancel()
	return c.socket.Write(ctx, websocket.MessageText, m)
}

// Report asks the tab.
func (c *Client) Report() (Report, error) { return c.Browser.Report(c.ID) }
