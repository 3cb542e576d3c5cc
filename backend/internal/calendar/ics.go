package calendar

import (
	"strings"
	"time"

	ics "github.com/arran4/golang-ical"

	"byline/backend/internal/drafts"
)

// refresh is how often calendars are asked to come again.
const refresh = "PT1H"

// what says what is due on the day of an event.
var what = map[drafts.State]string{drafts.Brief: "Brief due", drafts.Writing: "Text due", drafts.InReview: "Approval due", drafts.Approved: "Publication due", drafts.Published: "Goes public"}

// words names the states to the reader.
var words = map[drafts.State]string{drafts.Brief: "Brief", drafts.Writing: "Writing", drafts.InReview: "In review", drafts.Approved: "Approved", drafts.Published: "Published"}

// ICS writes events as an iCalendar object (RFC 5545): days without a time, that take nobody's time. link gives the page of
// a draft. The same events give the same bytes: what calendars ask for is how often something changed, not when they asked.
func ICS(events []drafts.FeedEvent, link func(drafts.FeedEvent) string) string {
	c := ics.NewCalendar()
	c.SetProductId("-//Byline//Byline//EN")
	c.SetVersion("2.0")
	c.SetCalscale("GREGORIAN")
	c.SetName("Byline")
	c.SetXWRCalName("Byline")
	c.SetRefreshInterval(refresh)
	c.SetXPublishedTTL(refresh)
	for _, e := range events {
		v := c.AddEvent(UID(e.DraftID, e.Step))
		changed := e.ChangedAt.UTC().Truncate(time.Second)
		v.SetDtStampTime(changed)
		v.SetLastModifiedAt(changed)
		v.SetSequence(e.Sequence)
		v.SetAllDayStartAt(e.On)
		v.SetAllDayEndAt(e.On.AddDate(0, 0, 1)) // the end is not part of an event
		summary := what[e.Step]
		if e.Step == drafts.Published && e.State == drafts.Published {
			summary = "Public"
		}
		v.SetSummary(oneLine(summary + ": " + e.Title))
		v.SetDescription(oneLine(words[e.State]) + " · " + oneLine(e.Who) + "\n" + link(e))
		v.SetURL(link(e))
		v.SetTimeTransparency(ics.TransparencyTransparent)
		v.SetStatus(ics.ObjectStatusTentative)
		if e.State == drafts.Approved || e.State == drafts.Published {
			v.SetStatus(ics.ObjectStatusConfirmed)
		}
		if e.Confidential {
			v.SetClass(ics.ClassificationConfidential)
		}
	}
	return c.Serialize(ics.WithNewLineWindows)
}

// oneLine leaves no control character in a text: none may stand in iCalendar.
func oneLine(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r < ' ' || r == 0x7f || r == 0x85 || r == 0x2028 || r == 0x2029 }), " ")
}
