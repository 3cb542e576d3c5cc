package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"sync"
	"time"
)

// request makes the n-th request of one connection, as bytes on the wire.
type request func(connection, n int) []byte

// figures are what one window of load showed.
type figures struct {
	requests int
	elapsed  time.Duration
	cpu      time.Duration // of server and database
	latency  []time.Duration
}

func (f figures) perSecond() float64 { return float64(f.requests) / f.elapsed.Seconds() }

func (f figures) percentile(p float64) time.Duration {
	if len(f.latency) == 0 {
		return 0
	}
	return f.latency[min(int(p*float64(len(f.latency))), len(f.latency)-1)]
}

// drive keeps a number of connections busy for a while. Its client is lean, as it shares the processors with the servers.
// first is the number of the first request of each connection; the one after the last is given back.
func drive(ctx context.Context, addr string, connections, first int, window time.Duration, make request) (f figures, next int, err error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	conns := []net.Conn{}
	for range connections {
		c, err := (&net.Dialer{}).DialContext(ctx, "tcp", addr)
		if err != nil {
			return f, first, err
		}
		defer func() { _ = c.Close() }()
		conns = append(conns, c)
	}
	var mu sync.Mutex
	var group sync.WaitGroup
	var failed error
	began := time.Now()
	for i, c := range conns {
		group.Go(func() {
			var mine []time.Duration
			n := first
			r := bufio.NewReaderSize(c, 32<<10)
			var err error
			for err == nil && time.Since(began) < window && ctx.Err() == nil {
				at := time.Now()
				if err = exchange(c, r, make(i, n)); err == nil {
					mine = append(mine, time.Since(at))
				}
				n++
			}
			mu.Lock()
			defer mu.Unlock()
			f.latency = append(f.latency, mine...)
			next = max(next, n)
			if err != nil {
				failed = errors.Join(failed, err)
				cancel()
			}
		})
	}
	group.Wait()
	f.elapsed, f.requests = time.Since(began), len(f.latency)
	slices.Sort(f.latency)
	return f, next, failed
}

// exchange sends one request and reads its answer to the end. Anything but success is an error: speed of refusals is not
// what is measured.
func exchange(c net.Conn, r *bufio.Reader, request []byte) error {
	if _, err := c.Write(request); err != nil {
		return err
	}
	res, err := http.ReadResponse(r, nil)
	if err != nil {
		return err
	}
	defer func() { _ = res.Body.Close() }()
	if res.StatusCode >= 400 {
		text, _ := io.ReadAll(io.LimitReader(res.Body, 500))
		return fmt.Errorf("status %d: %s", res.StatusCode, text)
	}
	_, err = io.Copy(io.Discard, res.Body)
	return err
}

// wire writes a request out.
func wire(method, path, host, token, body string, headers ...string) []byte {
	s := method + " " + path + " HTTP/1.1\r\nHost: " + host + "\r\nUser-Agent: Mozilla/5.0 bench\r\nAccept: text/html, application/json\r\nAccept-Language: en\r\n"
	if token != "" {
		s += "Cookie: byline_session=" + token + "\r\n"
	}
	for _, h := range headers {
		s += h + "\r\n"
	}
	if body != "" {
		s += fmt.Sprintf("Content-Type: application/json\r\nContent-Length: %d\r\n", len(body))
	} else if method != http.MethodGet {
		s += "Content-Length: 0\r\n"
	}
	return []byte(s + "\r\n" + body)
}
