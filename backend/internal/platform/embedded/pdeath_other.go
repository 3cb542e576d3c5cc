//go:build !linux

package embedded

import (
	"os/exec"
	"syscall"
)

func setPdeathsig(*syscall.SysProcAttr) {}
func startLocked(c *exec.Cmd) error     { return c.Start() }
