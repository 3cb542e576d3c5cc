package extract

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// ended is how a child process came to its end.
type ended struct {
	out, stderr limitedBuffer
	err         error
	peak        int64  // most resident bytes that were seen
	why         string // "timeout" or "too_much_memory" when it was killed
}

// watch runs a child process in a session of its own, looks at its memory, and kills it with all it started when it takes
// too long or too much. Errors are ours; what a file does to the child is in ended.
func watch(ctx context.Context, cmd *exec.Cmd, limit time.Duration, look time.Duration, resident func(pid int) int64) (*ended, error) {
	e := &ended{}
	e.out.limit, e.stderr.limit = maxOutput, 16<<10
	cmd.Stdout, cmd.Stderr = &e.out, &e.stderr
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	started, done := make(chan error, 1), make(chan error, 1)
	go func() {
		// a thread that ends with this goroutine: the child takes its priority, and would die with it
		runtime.LockOSThread()
		yieldToOthers()
		err := cmd.Start()
		started <- err
		if err == nil {
			done <- cmd.Wait()
		}
	}()
	if err := <-started; err != nil {
		return nil, fmt.Errorf("extract: %w", err)
	}
	tick := time.NewTicker(look)
	defer tick.Stop()
	kill := func(why string) {
		_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
		<-done
		e.why = why
	}
	for {
		select {
		case e.err = <-done:
			_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) // what it may have left behind
			return e, nil
		case <-ctx.Done():
			kill("timeout")
			if !errors.Is(ctx.Err(), context.DeadlineExceeded) {
				return e, ctx.Err()
			}
			return e, nil
		case <-tick.C:
			rss := resident(cmd.Process.Pid)
			e.peak = max(e.peak, rss)
			if rss > MaxMemory {
				kill("too_much_memory")
				return e, nil
			}
		}
	}
}

// own starts this program as its child, to read a file.
func (e Extractor) own(ctx context.Context, args ...string) (*ended, error) {
	limit := e.MaxTime
	if limit == 0 {
		limit = MaxTime
	}
	if err := os.MkdirAll(e.CacheDir, 0o755); err != nil {
		return nil, err
	}
	cmd := exec.Command(e.Command[0], append(append([]string{}, e.Command[1:]...), args...)...)
	// GOMEMLIMIT makes the collector work harder before the watcher has to kill
	cmd.Env = []string{"GOMEMLIMIT=" + strconv.Itoa(MaxMemory*6/10), "GOMAXPROCS=2", "BYLINE_EXTRACT=1", "TMPDIR=" + os.TempDir()}
	cmd.Dir = os.TempDir()
	cmd.SysProcAttr = childAttr()
	return watch(ctx, cmd, limit, 25*time.Millisecond, residentBytes)
}

// failure says why a child process gave nothing: "" when it did.
func (e *ended) failure() string {
	switch {
	case e.why != "":
		return e.why
	case e.err != nil && strings.Contains(e.stderr.String(), "out of memory"):
		return "too_much_memory"
	case e.err != nil || e.out.cut:
		return "unreadable"
	}
	return ""
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

// sessionBytes is the resident memory of all processes of the session that pid leads.
func sessionBytes(pid int) (sum int64) {
	all, err := os.ReadDir("/proc")
	if err != nil {
		return 0
	}
	for _, p := range all {
		if p.Name()[0] < '0' || p.Name()[0] > '9' {
			continue
		}
		b, err := os.ReadFile("/proc/" + p.Name() + "/stat")
		if err != nil {
			continue
		}
		// the name of the program may hold anything; behind its closing bracket: state, parent, group, session, …
		f := strings.Fields(string(b[bytes.LastIndexByte(b, ')')+1:]))
		if len(f) < 22 || f[3] != strconv.Itoa(pid) {
			continue
		}
		if pages, err := strconv.ParseInt(f[21], 10, 64); err == nil {
			sum += pages * int64(os.Getpagesize())
		}
	}
	return sum
}
