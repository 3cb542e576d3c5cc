package extract

import (
	"os"
	"syscall"
)

// childAttr gives the child a session of its own, so that it can be killed with all it started, and lets it die with us.
func childAttr() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setsid: true, Pdeathsig: syscall.SIGKILL}
}

// alone is childAttr in a network that has no other end, not even this machine.
func alone() *syscall.SysProcAttr {
	a := childAttr()
	a.Cloneflags = syscall.CLONE_NEWUSER | syscall.CLONE_NEWNET
	a.UidMappings = []syscall.SysProcIDMap{{ContainerID: os.Getuid(), HostID: os.Getuid(), Size: 1}}
	a.GidMappings = []syscall.SysProcIDMap{{ContainerID: os.Getgid(), HostID: os.Getgid(), Size: 1}}
	return a
}

// yieldToOthers lets the programs that this thread starts wait behind those that people wait for.
func yieldToOthers() { _ = syscall.Setpriority(syscall.PRIO_PROCESS, 0, 5) }
