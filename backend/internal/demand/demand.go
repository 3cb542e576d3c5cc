// Package demand owns what people looked for without success. Searches that found nothing, or nothing that was opened, are
// gathered by likeness into cards, which marketing and leads see, dismiss, or make a request of. When something is published
// that answers a card, those who searched are told, if they keep their name with their searches; nobody does unless they
// have said so. Search itself does not know it: browsers report a search when it is over.
package demand

import (
	"time"

	"github.com/google/uuid"

	"byline/backend/internal/activity"
	"byline/backend/internal/platform/auth"
)

// KeptFor is how long a search is kept.
const KeptFor = 180 * 24 * time.Hour

const (
	maxWords = 200 // letters of a search
	minWords = 2
	mostCard = 100 // cards of a list
)

// Report is a search that is over: the words that were settled on, what they gave, and whether a hit was opened.
type Report struct {
	Words  string
	Found  int
	Opened bool
}

// State is where a card stands.
type State string

// The states of a card. An answered one is open (or requested) again when people go on searching without success.
const (
	Open      State = "open"
	Requested State = "requested" // a request was made of it
	Answered  State = "answered"  // something was published
	Dismissed State = "dismissed"
)

// Card is a demand: searches that are alike and missed.
type Card struct {
	ID        uuid.UUID
	Words     string   // the most frequent spelling
	Spellings []string // the others, most frequent first, a few
	State     State
	Searches  int // one per person, words and day
	People    int // in the month in which most searched: at least so many in all
	Days      int
	Recent    int // searches of the last 14 days
	Before    int // of the 14 days before
	Nothing   int // searches that gave no hit at all
	FirstAt   time.Time
	LastAt    time.Time
	Named     []activity.Person // those who keep their name with their searches
	IdeaID    uuid.NullUUID
	// ResourceID is what answered it last.
	ResourceID uuid.NullUUID
	AnsweredAt *time.Time
	// ByHand says that somebody said so, who is AnsweredBy as long as they are there.
	ByHand      bool
	AnsweredBy  *activity.Person
	DismissedAt *time.Time
}

// MaySee says whether somebody sees what is missing: marketing, leads, administrators.
func MaySee(u auth.User) bool { return u.IsMarketer() || u.Lead || u.Admin }
