//go:build !linux

package extract

import "syscall"

func childAttr() *syscall.SysProcAttr { return &syscall.SysProcAttr{Setsid: true} }

func alone() *syscall.SysProcAttr { return childAttr() }

func yieldToOthers() {}
