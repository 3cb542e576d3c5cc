// Package extract finds out what a file of a stranger is: its true type, its text by page, a preview picture, and facts
// such as size and duration. The parsers run in a child process with limits of time, memory and output, so that a broken
// or hostile file ends that process at worst.
package extract

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// State is how well a file came through.
type State string

// The states.
const (
	Ready   State = "ready"   // everything that can be read of its kind was read
	Limited State = "limited" // kept as a download, with a named reason
	Refused State = "refused" // not kept
)

// Result is what was found.
type Result struct {
	State       State    `json:"state"`
	Reason      string   `json:"reason"`      // machine readable; "" when there is nothing to say
	Explanation string   `json:"explanation"` // the same for people
	MediaType   string   `json:"media_type"`  // by content
	Kind        string   `json:"kind"`        // pdf, deck, document, spreadsheet, image, video, audio, captions, text, archive, other
	Pages       []string `json:"pages"`       // text by page, slide or, for other kinds, in one piece
	PageCount   int      `json:"page_count"`
	Width       int      `json:"width"`
	Height      int      `json:"height"`
	DurationMS  int64    `json:"duration_ms"`
	PreviewType string   `json:"preview_type"` // media type of the preview; "" when there is none
	Inline      bool     `json:"inline"`       // harmless enough to be shown in place, from the storage's origin
	// PeakRSS is the most memory, in bytes, that the child process held (Linux): as the system tells the child at its end, or
	// as it was seen from outside.
	PeakRSS int64 `json:"peak_rss"`
}

// Limits of one file.
const (
	MaxTime   = 60 * time.Second
	MaxMemory = 512 << 20 // resident bytes
	maxOutput = 48 << 20  // bytes of JSON
	maxText   = 8 << 20   // bytes of text in all
	maxPages  = 2000
)

// Extractor starts child processes.
type Extractor struct {
	Command  []string      // of the child; its arguments are appended. It must end in Main.
	CacheDir string        // where the PDF engine keeps its compiled form; created
	MaxTime  time.Duration // 0 means MaxTime
}

func sorry(state State, reason, explanation string) Result {
	return Result{State: state, Reason: reason, Explanation: explanation, Kind: "other", MediaType: "application/octet-stream"}
}

// File reads the file at path, which its owner called name, and writes a preview to previewPath when it can make one.
// What a file does to the child process is a Result, not an error; errors are ours.
func (e Extractor) File(ctx context.Context, path, name, previewPath string) (Result, error) {
	limit := e.MaxTime
	if limit == 0 {
		limit = MaxTime
	}
	if err := os.MkdirAll(e.CacheDir, 0o755); err != nil {
		return Result{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	args := append(append([]string{}, e.Command[1:]...), path, name, previewPath, e.CacheDir)
	cmd := exec.Command(e.Command[0], args...)
	// GOMEMLIMIT makes the collector work harder before the watcher below has to kill
	cmd.Env = []string{"GOMEMLIMIT=" + strconv.Itoa(MaxMemory*6/10), "GOMAXPROCS=2", "BYLINE_EXTRACT=1", "TMPDIR=" + os.TempDir()}
	cmd.Dir = os.TempDir()
	cmd.SysProcAttr = childAttr()
	var out, stderr limitedBuffer
	out.limit, stderr.limit = maxOutput, 16<<10
	cmd.Stdout, cmd.Stderr = &out, &stderr
	if err := cmd.Start(); err != nil {
		return Result{}, fmt.Errorf("extract: %w", err)
	}
	done := make(chan error, 1)
	go func() { done <- cmd.Wait() }()
	tick := time.NewTicker(25 * time.Millisecond)
	defer tick.Stop()
	var peak int64
	kill := func(r Result) Result {
		_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
		<-done
		r.PeakRSS = peak
		return r
	}
	for {
		select {
		case err := <-done:
			r := finished(err, out, stderr)
			r.PeakRSS = max(peak, r.PeakRSS)
			return r, nil
		case <-ctx.Done():
			if !errors.Is(ctx.Err(), context.DeadlineExceeded) {
				return kill(Result{}), ctx.Err()
			}
			return kill(sorry(Limited, "timeout", "This file took too long to read. It is kept as a download without text and preview.")), nil
		case <-tick.C:
			rss := residentBytes(cmd.Process.Pid)
			peak = max(peak, rss)
			if rss > MaxMemory {
				return kill(sorry(Limited, "too_much_memory", "This file needs too much memory to read. It is kept as a download without text and preview.")), nil
			}
		}
	}
}

func finished(err error, out, stderr limitedBuffer) Result {
	var r Result
	if err == nil && !out.cut && json.Unmarshal(out.Bytes(), &r) == nil && r.State != "" {
		return r
	}
	if strings.Contains(stderr.String(), "out of memory") {
		return sorry(Limited, "too_much_memory", "This file needs too much memory to read. It is kept as a download without text and preview.")
	}
	return sorry(Limited, "unreadable", "This file could not be read; it may be damaged. It is kept as a download without text and preview.")
}

// limitedBuffer keeps the first bytes and swallows the rest.
type limitedBuffer struct {
	bytes.Buffer
	limit int
	cut   bool
}

// Write implements io.Writer.
func (b *limitedBuffer) Write(p []byte) (int, error) {
	if room := b.limit - b.Len(); len(p) > room {
		b.cut = true
		_, _ = b.Buffer.Write(p[:max(room, 0)])
		return len(p), nil
	}
	return b.Buffer.Write(p)
}

// residentBytes is VmRSS of a process; 0 where /proc does not tell.
func residentBytes(pid int) int64 {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/statm", pid))
	if err != nil {
		return 0
	}
	fields := strings.Fields(string(b))
	if len(fields) < 2 {
		return 0
	}
	pages, err := strconv.ParseInt(fields[1], 10, 64)
	if err != nil {
		return 0
	}
	return pages * int64(os.Getpagesize())
}

// Main is the child process: arguments are path, name, preview path and cache folder; the Result goes to stdout.
func Main(args []string, stdout io.Writer) error {
	if len(args) != 4 {
		return errors.New("usage: extract PATH NAME PREVIEW CACHE")
	}
	r := read(args[0], args[1], args[2], args[3])
	r.PeakRSS = highWater()
	return json.NewEncoder(stdout).Encode(r)
}

// highWater is the most resident memory of this process; 0 where /proc does not tell. The usage that a parent is told at
// the end (getrusage) would do, but counts what the parent held when it forked.
func highWater() int64 {
	b, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(b), "VmHWM:")
	fields := strings.Fields(rest)
	if len(fields) == 0 {
		return 0
	}
	kib, err := strconv.ParseInt(fields[0], 10, 64)
	if err != nil {
		return 0
	}
	return kib << 10
}
