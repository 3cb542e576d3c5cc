package coedit

import (
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/dop251/goja"
	"github.com/google/uuid"
)

// engineJS is ProseMirror's model and transform with the editor's schema, bundled by frontend/scripts/build-engine.mjs.
//
//go:embed engine/engine.js
var engineJS string

// maxCall is how long ProseMirror may work on one thing. Batches are small, so more means that something is wrong.
const maxCall = 10 * time.Second

var compiled = sync.OnceValues(func() (*goja.Program, error) { return goja.Compile("engine.js", engineJS, true) })

// vm is one JavaScript runtime with the documents of some rooms in it. It does one thing at a time.
type vm struct {
	mu        sync.Mutex
	runtime   *goja.Runtime
	functions map[string]goja.Callable
}

func newVM() (*vm, error) {
	program, err := compiled()
	if err != nil {
		return nil, err
	}
	v := &vm{runtime: goja.New(), functions: map[string]goja.Callable{}}
	if _, err := v.runtime.RunProgram(program); err != nil {
		return nil, err
	}
	object := v.runtime.Get("engine").ToObject(v.runtime)
	for _, name := range object.Keys() {
		v.functions[name], _ = goja.AssertFunction(object.Get(name))
	}
	return v, v.selfTest()
}

// call runs one function of the engine on strings.
func (v *vm) call(name string, args ...string) (out string, err error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	defer func() {
		if r := recover(); r != nil { // of goja itself; the runtime is still usable
			err = fmt.Errorf("engine %s: %v", name, r)
		}
	}()
	values := make([]goja.Value, len(args))
	for i, a := range args {
		values[i] = v.runtime.ToValue(a)
	}
	timer := time.AfterFunc(maxCall, func() { v.runtime.Interrupt("took too long") })
	defer func() {
		timer.Stop()
		v.runtime.ClearInterrupt()
	}()
	x, err := v.functions[name](goja.Undefined(), values...)
	if err != nil {
		return "", fmt.Errorf("engine %s: %w", name, err)
	}
	return x.String(), nil
}

// selfTest runs what a runtime that understands ProseMirror wrongly would get wrong: content expressions with groups,
// positions in nested lists, and a rebase.
func (v *vm) selfTest() error {
	const start = `{"type":"doc","content":[{"type":"bulletList","content":[{"type":"listItem","content":[{"type":"paragraph","content":[{"type":"text","text":"one two"}]}]}]}]}`
	const want = `{"type":"doc","content":[{"type":"bulletList","content":[{"type":"listItem","content":[{"type":"paragraph","content":[{"type":"text","text":"one "}]}]},` +
		`{"type":"listItem","content":[{"type":"paragraph","content":[{"type":"text","text":"tXwo"}]}]}]}]}`
	split := `{"stepType":"replace","from":7,"to":7,"structure":true,"slice":{"content":[{"type":"listItem","content":[{"type":"paragraph"}]},{"type":"listItem","content":[{"type":"paragraph"}]}],"openStart":2,"openEnd":2}}`
	typed := `{"stepType":"replace","from":8,"to":8,"slice":{"content":[{"type":"text","text":"X"}]}}`
	d := document{v, "self-test"}
	if err := d.open([]byte(start)); err != nil {
		return err
	}
	defer d.close()
	if out, err := d.apply([]json.RawMessage{[]byte(split)}); err != nil || out.Refused != "" {
		return fmt.Errorf("engine self-test: split: %s %w", out.Refused, err)
	}
	if err := d.commit(); err != nil {
		return err
	}
	if out, err := d.rebase([]json.RawMessage{[]byte(split)}, []json.RawMessage{[]byte(typed)}); err != nil || out.Refused != "" {
		return fmt.Errorf("engine self-test: rebase: %s %w", out.Refused, err)
	}
	if err := d.commit(); err != nil {
		return err
	}
	got, err := d.json()
	if err == nil && string(got) != want {
		err = fmt.Errorf("engine self-test: %s", got)
	}
	return err
}

// pool gives documents to a few runtimes. They are made when they are needed first.
type pool struct {
	mu   sync.Mutex
	vms  []*vm
	max  int
	next int
}

func (p *pool) pick() (*vm, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.vms) < p.max {
		v, err := newVM()
		if err != nil {
			return nil, err
		}
		p.vms = append(p.vms, v)
	}
	p.next++
	return p.vms[p.next%len(p.vms)], nil
}

// open puts a document into a runtime, under a key of its own.
func (p *pool) open(doc []byte) (document, error) {
	v, err := p.pick()
	if err != nil {
		return document{}, err
	}
	d := document{v, uuid.NewString()}
	return d, d.open(doc)
}

// document is a document inside a runtime. What apply, rebase and replace lead to is a candidate until commit.
type document struct {
	vm  *vm
	key string
}

// outcome is what the engine made of steps.
type outcome struct {
	Steps   []json.RawMessage `json:"s"`
	Kept    []int32           `json:"i"`
	Refused string            `json:"e"` // why, when it refused them
}

func (d document) open(doc []byte) error {
	_, err := d.vm.call("open", d.key, string(doc))
	return err
}

func (d document) close() {
	if d.vm != nil { // it was opened
		_, _ = d.vm.call("close", d.key)
	}
}

func (d document) run(name string, args ...string) (o outcome, err error) {
	out, err := d.vm.call(name, append([]string{d.key}, args...)...)
	if err != nil {
		return o, err
	}
	return o, json.Unmarshal([]byte(out), &o)
}

func list(steps []json.RawMessage) string {
	b, err := json.Marshal(steps)
	if err != nil { // raw messages come from a decoder
		return "[]"
	}
	return string(b)
}

// apply takes steps that follow the document as it is.
func (d document) apply(steps []json.RawMessage) (outcome, error) { return d.run("apply", list(steps)) }

// replay is apply for steps that were stored, and so checked, before.
func (d document) replay(steps []json.RawMessage) error {
	o, err := d.run("replay", list(steps))
	if err == nil && o.Refused != "" {
		err = errors.New(o.Refused)
	}
	if err != nil {
		return err
	}
	return d.commit()
}

// rebase takes steps that were made before others were committed.
func (d document) rebase(missed, steps []json.RawMessage) (outcome, error) {
	return d.run("rebase", list(missed), list(steps))
}

// replace finds the step that makes the document into another.
func (d document) replace(doc []byte, suggester string) (outcome, error) {
	return d.run("replace", string(doc), suggester)
}

func (d document) commit() error {
	_, err := d.vm.call("commit", d.key)
	return err
}

func (d document) json() ([]byte, error) {
	out, err := d.vm.call("json", d.key)
	return []byte(out), err
}

func (d document) candidate() ([]byte, error) {
	out, err := d.vm.call("candidate", d.key)
	return []byte(out), err
}
