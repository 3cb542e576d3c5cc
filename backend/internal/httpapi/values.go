package httpapi

import (
	"time"

	"byline/backend/internal/activity"
	"byline/backend/internal/platform/errs"
)

// parseDate reads a calendar day; nil stays nil.
func parseDate(location string, day *string) (*time.Time, error) {
	if day == nil || *day == "" {
		return nil, nil
	}
	t, err := time.Parse(time.DateOnly, *day)
	if err != nil {
		return nil, errs.Field(errs.Invalid, location, "Give the day as year-month-day, e.g. 2026-11-30.")
	}
	return &t, nil
}

// formatDate is the same the other way round.
func formatDate(t *time.Time) *string {
	if t == nil {
		return nil
	}
	return ptr(t.Format(time.DateOnly))
}

// refs is ref of several people.
func refs(people []activity.Person) []PersonRef {
	list := make([]PersonRef, 0, len(people))
	for _, p := range people {
		list = append(list, ref(p))
	}
	return list
}

// filled makes an absent list an empty one.
func filled[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
