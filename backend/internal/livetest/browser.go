// Package livetest runs the web application's own client of live drafts, for tests and for the program that breaks
// things. Nothing else uses it.
package livetest

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"sync"

	"github.com/dop251/goja"
)

// clientJS is frontend/src/shared/editor/live, bundled by frontend/scripts/build-engine.mjs.
//
//go:embed client.js
var clientJS string

var compiled = sync.OnceValues(func() (*goja.Program, error) { return goja.Compile("client.js", clientJS, true) })

// Browser runs clients, one thing at a time.
type Browser struct {
	mu     sync.Mutex
	engine engine
}

// engine runs a function of the client.
type engine interface {
	call(name string, args []any) (string, error)
}

// NewBrowser makes a browser without clients, within this process.
func NewBrowser() (*Browser, error) {
	program, err := compiled()
	if err != nil {
		return nil, err
	}
	runtime := goja.New()
	if _, err := runtime.RunProgram(program); err != nil {
		return nil, err
	}
	own := gojaEngine{runtime, map[string]goja.Callable{}}
	object := runtime.Get("client").ToObject(runtime)
	for _, name := range object.Keys() {
		own.functions[name], _ = goja.AssertFunction(object.Get(name))
	}
	return &Browser{engine: own}, nil
}

type gojaEngine struct {
	runtime   *goja.Runtime
	functions map[string]goja.Callable
}

func (g gojaEngine) call(name string, args []any) (string, error) {
	values := make([]goja.Value, len(args))
	for i, a := range args {
		values[i] = g.runtime.ToValue(a)
	}
	x, err := g.functions[name](goja.Undefined(), values...)
	if err != nil || goja.IsUndefined(x) {
		return "", err
	}
	return x.String(), nil
}

// Text runs a function of the client (testClient.ts) and gives what it returns.
func (b *Browser) Text(name string, args ...any) (string, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	text, err := b.engine.call(name, args)
	if err != nil {
		return "", fmt.Errorf("client %s: %w", name, err)
	}
	return text, nil
}

// Call is Text for what makes a client send messages.
func (b *Browser) Call(name string, args ...any) (out []json.RawMessage, err error) {
	s, err := b.Text(name, args...)
	if err != nil || s == "" {
		return nil, err
	}
	return out, json.Unmarshal([]byte(s), &out)
}

// Report is what a client says about itself.
type Report struct {
	Doc         json.RawMessage `json:"doc"`
	Version     int64           `json:"version"`
	Unconfirmed int             `json:"unconfirmed"`
	Ready       bool            `json:"ready"`
	ReadOnly    bool            `json:"read_only"`
	Why         string          `json:"why"`
	Batch       int64           `json:"batch"`
	Dropped     int             `json:"dropped"`
	Refused     []string        `json:"refused"` // why batches were refused
	Denied      string          `json:"denied"`
	People      []string        `json:"people"`
	Confirmed   []Confirmed     `json:"confirmed"` // since the last report
}

// Confirmed is a batch that the server has stored, and which of its steps.
type Confirmed struct {
	Batch int64   `json:"batch"`
	Kept  []int32 `json:"kept"`
}

// Report asks a client.
func (b *Browser) Report(client string) (r Report, err error) {
	s, err := b.Text("report", client)
	if err != nil {
		return r, err
	}
	return r, json.Unmarshal([]byte(s), &r)
}
