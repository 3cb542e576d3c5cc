package embedded

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// LockedError says that another process uses a data folder.
type LockedError struct {
	Dir string
	PID int // 0 when it is not known
}

// Error implements error.
func (e LockedError) Error() string {
	return fmt.Sprintf("the data folder %s is used by another Byline (process %d)", e.Dir, e.PID)
}

// LockFolder makes this process the only user of a data folder, until release is called or the process ends, however
// it ends: the system drops the lock.
func LockFolder(dir string) (release func(), err error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(filepath.Join(dir, "lock"), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		defer func() { _ = f.Close() }()
		if !errors.Is(err, syscall.EWOULDBLOCK) {
			return nil, fmt.Errorf("lock %s: %w", dir, err)
		}
		b := make([]byte, 20)
		n, _ := f.Read(b)
		pid, _ := strconv.Atoi(strings.TrimSpace(string(b[:n])))
		return nil, LockedError{dir, pid}
	}
	_ = f.Truncate(0)
	_, _ = f.WriteAt([]byte(strconv.Itoa(os.Getpid())+"\n"), 0) // only for the message above
	return func() { _ = f.Close() }, nil
}

// endOrphan ends a server whose parent was killed; on Linux it is ending already. It asks ten times a second, which does no
// harm, and with the harder signal once it has been patient for so many tries.
func endOrphan(ctx context.Context, what string, pid, patience int, harder syscall.Signal) error {
	slog.Warn("ending "+what+" that a killed process left behind", "pid", pid)
	for try := range patience + 100 {
		sig := syscall.SIGINT
		if try >= patience {
			sig = harder
		}
		if err := syscall.Kill(pid, sig); errors.Is(err, syscall.ESRCH) {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(100 * time.Millisecond):
		}
	}
	return fmt.Errorf("%s that was left behind (pid %d) does not end: kill it", what, pid)
}
