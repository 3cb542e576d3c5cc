package drafts

import "time"

// Days are dates at UTC midnight: they have no time zone and no summer time. Monday to Friday are working days; what holidays
// there are differs between the people of one draft and is not known here.

func isWorking(d time.Time) bool { return d.Weekday() != time.Saturday && d.Weekday() != time.Sunday }

// AddWorkingDays gives the day that is n working days later, or earlier when n is negative; a day at a weekend counts as the
// Friday before it. With n = 0 the day itself.
func AddWorkingDays(d time.Time, n int) time.Time {
	d = day(d)
	if n == 0 {
		return d
	}
	step := 1
	if n < 0 {
		step, n = -1, -n
		for !isWorking(d) { // from a weekend one working day back is Friday
			d = d.AddDate(0, 0, 1)
		}
	}
	for n > 0 {
		if d = d.AddDate(0, 0, step); isWorking(d) {
			n--
		}
	}
	return d
}

// WorkingDays counts the working days from one day to another: those after from up to and including to, negative when to
// is earlier.
func WorkingDays(from, to time.Time) int {
	from, to = day(from), day(to)
	sign := 1
	if to.Before(from) {
		from, to, sign = to, from, -1
	}
	n := 0
	weeks := int(to.Sub(from)/(24*time.Hour)) / 7
	n, from = weeks*5, from.AddDate(0, 0, weeks*7)
	for from.Before(to) {
		if from = from.AddDate(0, 0, 1); isWorking(from) {
			n++
		}
	}
	return sign * n
}
