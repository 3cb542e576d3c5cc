package extract

import "syscall"

// childAttr gives the child a session of its own, so that it can be killed with all it started, and lets it die with us.
func childAttr() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setsid: true, Pdeathsig: syscall.SIGKILL}
}
