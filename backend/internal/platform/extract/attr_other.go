//go:build !linux

package extract

import "syscall"

func childAttr() *syscall.SysProcAttr { return &syscall.SysProcAttr{Setsid: true} }
