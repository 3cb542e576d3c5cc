package taxonomy

// AfterStep has a function called after each portion of the job.
func (s *Service) AfterStep(f func()) { s.afterStep = f }
