package people

import "context"

// Sweep is the job that forgets sessions, devices and counts of tries whose time is over.
type Sweep struct{}

// Kind implements jobs.Args.
func (Sweep) Kind() string { return "sweep_sessions" }

// Sweep is that job's work.
func (s *Service) Sweep(ctx context.Context, _ Sweep) error { return s.store.sweep(ctx) }
