package checks

import (
	"net/netip"
	"time"
)

// Public is public.
var Public = public

// AskAnybody lets addresses inside be asked, without pauses.
func (s *Service) AskAnybody() {
	s.asker = newAsker(s.asker.agent, func(netip.AddrPort) bool { return true })
	s.asker.pause = time.Millisecond
}

// AskFor lets a night be so long.
func (s *Service) AskFor(d time.Duration) { s.asker.within = d }

// SetClock sets the clock.
func (s *Service) SetClock(now func() time.Time) { s.now = now }
