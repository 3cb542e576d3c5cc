package calendar_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	ics "github.com/arran4/golang-ical"
	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"byline/backend/internal/calendar"
	"byline/backend/internal/drafts"
)

func link(e drafts.FeedEvent) string { return "https://byline.test/drafts/" + e.DraftID.String() }

func event(title string, on time.Time) drafts.FeedEvent {
	return drafts.FeedEvent{DraftID: uuid.MustParse("0190c5a4-7b7e-7d3a-8a53-3f0e1c2d4b5a"), Title: title, ContentType: "deck", State: drafts.Writing, Step: drafts.Published,
		On: on, Who: "Tom", Sequence: 7, ChangedAt: time.Date(2026, 3, 4, 5, 6, 7, 890, time.FixedZone("", 3600))}
}

var nasty = []string{
	"Plain", `Back\slash; semicolon, comma: colon "quoted"`, "Two\r\nlines\nEND:VEVENT", "NUL \x00 and \x1b control", "Größe, 温度, 🧊", strings.Repeat("Ünïcödé ", 40), strings.Repeat("x", 300), "\u2028 separator", "^n caret", " leading", "",
}

// unfolded undoes the folding of RFC 5545, section 3.1.
func unfolded(text string) []string {
	return strings.Split(strings.TrimSuffix(strings.ReplaceAll(text, "\r\n ", ""), "\r\n"), "\r\n")
}

// unescaped undoes the escaping of TEXT, section 3.3.11.
func unescaped(s string) string {
	return strings.NewReplacer(`\\`, `\`, `\;`, `;`, `\,`, `,`, `\n`, "\n", `\N`, "\n").Replace(s)
}

func TestWhatRFC5545Asks(t *testing.T) {
	t.Parallel()
	for _, title := range nasty {
		on := time.Date(2026, 10, 25, 0, 0, 0, 0, time.UTC)
		text := calendar.ICS([]drafts.FeedEvent{event(title, on)}, link)
		t.Run(fmt.Sprintf("%.20q", title), func(t *testing.T) {
			require.True(t, utf8.ValidString(text))
			require.True(t, strings.HasSuffix(text, "END:VCALENDAR\r\n"))
			require.Equal(t, strings.Count(text, "\n"), strings.Count(text, "\r\n"), "3.1: lines end with CRLF")
			for _, line := range strings.Split(text, "\r\n") {
				require.LessOrEqual(t, len(line), 75, "3.1: 75 octets a line")
				require.True(t, utf8.ValidString(line), "no character is cut in two")
				require.NotRegexp(t, `[\x00-\x08\x0b-\x1f\x7f]`, line, "3.1: no control characters")
			}
			lines := unfolded(text)
			once := func(pattern string) string {
				var found []string
				for _, l := range lines {
					if m := regexp.MustCompile("^" + pattern + "$").FindStringSubmatch(l); m != nil {
						found = append(found, m[len(m)-1])
					}
				}
				require.Len(t, found, 1, pattern)
				return found[0]
			}
			for _, pattern := range []string{
				"BEGIN:VCALENDAR", "BEGIN:VEVENT", "END:VEVENT", "END:VCALENDAR", // 3.4, 3.6
				"VERSION:2[.]0", "PRODID:-//.+//EN", "CALSCALE:GREGORIAN", // 3.6, 3.7
				"UID:draft-0190c5a4-7b7e-7d3a-8a53-3f0e1c2d4b5a-publish@byline", // 3.8.4.7
				"DTSTAMP:20260304T040607Z", "LAST-MODIFIED:20260304T040607Z",    // 3.8.7.2, 3.8.7.3: in UTC
				"SEQUENCE:7",                                               // 3.8.7.4
				"DTSTART;VALUE=DATE:20261025", "DTEND;VALUE=DATE:20261026", // 3.8.2.4, 3.8.2.2: a day, its end not included
				"TRANSP:TRANSPARENT", "STATUS:TENTATIVE", // 3.8.2.7, 3.8.1.11
				"URL:https://byline.test/drafts/0190c5a4-7b7e-7d3a-8a53-3f0e1c2d4b5a", // 3.8.4.6
				"REFRESH-INTERVAL;VALUE=DURATION:PT1H",                                // RFC 7986, 5.7
			} {
				once(pattern)
			}
			summary := once("SUMMARY:(.*)")
			require.NotRegexp(t, `(^|[^\\])(\\\\)*[;,]`, summary, "3.3.11: escaped")
			want := strings.Join(strings.FieldsFunc("Goes public: "+title, func(r rune) bool { return r < ' ' || r == 0x7f || r == 0x2028 }), " ")
			require.Equal(t, want, unescaped(summary))

			parsed, err := ics.ParseCalendar(strings.NewReader(text))
			require.NoError(t, err)
			require.Len(t, parsed.Events(), 1)
			start, err := parsed.Events()[0].GetAllDayStartAt()
			require.NoError(t, err)
			end, err := parsed.Events()[0].GetAllDayEndAt()
			require.NoError(t, err)
			require.Equal(t, []string{"2026-10-25", "2026-10-26"}, []string{start.Format(time.DateOnly), end.Format(time.DateOnly)})
		})
	}
}

func TestEveryDayOfTwoYearsStaysItself(t *testing.T) {
	t.Parallel()
	var events []drafts.FeedEvent
	for i := range 731 {
		events = append(events, event("A day", time.Date(2026, 1, 1+i, 0, 0, 0, 0, time.UTC)))
	}
	text := calendar.ICS(events, link)
	require.Equal(t, text, calendar.ICS(events, link), "the same events are the same bytes")
	parsed, err := ics.ParseCalendar(strings.NewReader(text))
	require.NoError(t, err)
	require.Len(t, parsed.Events(), 731)
	for i, v := range parsed.Events() {
		require.Equal(t, events[i].On.Format("20060102"), v.GetProperty(ics.ComponentPropertyDtStart).Value)
		require.Equal(t, events[i].On.AddDate(0, 0, 1).Format("20060102"), v.GetProperty(ics.ComponentPropertyDtEnd).Value)
	}
}

func TestAnEmptyCalendarIsOne(t *testing.T) {
	t.Parallel()
	parsed, err := ics.ParseCalendar(strings.NewReader(calendar.ICS(nil, link)))
	require.NoError(t, err)
	require.Empty(t, parsed.Events())
}
