package livetest

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
)

// loop answers calls, one a line, as long as somebody asks.
const loop = `
for await (const line of (await import('node:readline')).createInterface({ input: process.stdin })) {
  let answer
  try {
    const [name, ...args] = JSON.parse(line)
    answer = { r: globalThis.client[name](...args) ?? '' }
  } catch (error) {
    answer = { e: String(error.message) }
  }
  process.stdout.write(JSON.stringify(answer) + '\n')
}
`

type nodeEngine struct {
	in  io.WriteCloser
	out *bufio.Reader
}

// NewNodeBrowser makes a browser without clients that runs in Node, with the engine of Chromium: as fast as those of people
// are, in a process of its own. It ends with ctx.
func NewNodeBrowser(ctx context.Context) (*Browser, error) {
	program, err := os.CreateTemp("", "byline-client-*.mjs") // too long for the command line
	if err != nil {
		return nil, err
	}
	_, err = program.WriteString(clientJS + loop)
	if err := errors.Join(err, program.Close()); err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, "node", program.Name())
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	go func() {
		_ = cmd.Wait()
		_ = os.Remove(program.Name())
	}()
	return &Browser{engine: nodeEngine{in, bufio.NewReader(out)}}, nil
}

func (n nodeEngine) call(name string, args []any) (string, error) {
	question, err := json.Marshal(append([]any{name}, args...))
	if err != nil {
		return "", err
	}
	if _, err := n.in.Write(append(question, '\n')); err != nil {
		return "", err
	}
	line, err := n.out.ReadBytes('\n')
	if err != nil {
		return "", fmt.Errorf("browser in Node: %w", err)
	}
	var answer struct {
		R string `json:"r"`
		E string `json:"e"`
	}
	if err := json.Unmarshal(line, &answer); err != nil {
		return "", err
	}
	if answer.E != "" {
		return "", errors.New(answer.E)
	}
	return answer.R, nil
}
