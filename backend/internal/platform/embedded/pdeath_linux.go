package embedded

import (
	"os/exec"
	"runtime"
	"syscall"
)

func setPdeathsig(a *syscall.SysProcAttr) { a.Pdeathsig = syscall.SIGINT }

// Pdeathsig fires when the *thread* that forked ends, so fork from a thread that is locked for the process' life.
func startLocked(c *exec.Cmd) error {
	ch := make(chan error)
	go func() {
		runtime.LockOSThread()
		err := c.Start()
		ch <- err
		if err == nil {
			select {} // keeps the thread; never unlocked
		}
	}()
	return <-ch
}
