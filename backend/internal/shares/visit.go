package shares

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"slices"
	"time"

	"github.com/google/uuid"

	"byline/backend/internal/activity"
	"byline/backend/internal/library"
	"byline/backend/internal/links"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/blob"
	"byline/backend/internal/platform/errs"
	"byline/backend/internal/platform/extract"
	"byline/backend/internal/platform/passwords"
)

// Visitor is who asks for a share: a browser, by a cookie of its own, and what its request says.
type Visitor struct {
	Device  string // the cookie
	Signals links.Signals
	Network string // part of the address that is kept
	Country string // two letters; "" when it is not asked for
}

// Gate is what a visitor has to do before the share opens.
type Gate string

// The gates.
const (
	Through      Gate = ""
	NeedPasscode Gate = "passcode"
	NeedAddress  Gate = "email" // say who they are
	NeedCode     Gate = "code"  // and show it
	NeedOpening  Gate = "once"  // say that this device is the one
)

// View is what a visitor gets.
type View struct {
	Gate      Gate
	Pending   string // with NeedCode: the address that this browser asked a code for
	Address   string // that this browser has shown to be theirs
	Recipient string
	Org       string
	Note      string
	Owner     string
	Title     string               // the owner's
	Heading   string               // above what is shown; "" is made from that
	Sections  map[uuid.UUID]string // headings of resources
	Downloads bool
	Visit     uuid.UUID // for Beat; uuid.Nil when nothing is counted
	Resources []library.Outside
	Looking   bool // a colleague looks at it as the recipient would see it
	share     uuid.UUID
	device    []byte
	now       time.Time
}

// keepOpen is how long the one view of a share lasts on the device that spent it.
const keepOpen = 24 * time.Hour

// errClosed is one answer for shares that never were, that ended and that are not for this visitor.
var errClosed = errs.New(errs.NotFound, "This link does not lead anywhere (any more).")

// open is a share as the door sees it.
type open struct {
	ID         uuid.UUID
	Owner      uuid.UUID
	OwnerName  string
	OwnerTitle string
	Recipient  string
	Org        string
	Email      string
	Note       string
	passcode   string
	Gate       bool
	domains    []string
	pending    string // the address that this browser asked a code for
	address    string // that it has shown to be theirs
	Downloads  bool
	Once       bool
	ExpiresAt  *time.Time
	OpenedAt   *time.Time
	openedBy   []byte
	Heading    string
	Resources  []uuid.UUID
	sections   []string  // of the resources
	now        time.Time // of the database
}

// door finds an open share and what this visitor has to do yet. A colleague who sees the share may look at it without
// the passcode and without spending its view.
func (s *Service) door(ctx context.Context, token string, v Visitor) (o open, device []byte, g Gate, class links.Class, reasons []string, err error) {
	if len(token) != 43 {
		return o, nil, g, "", nil, errClosed
	}
	o, err = s.store.open(ctx, digest(token))
	if err != nil {
		return o, nil, g, "", nil, err
	}
	class, reasons = s.classify(v)
	device = s.device(o.ID, v.Device)
	if auth.From(ctx).Known() {
		if _, err := s.Get(ctx, o.ID); err == nil {
			return o, device, Through, class, reasons, nil
		} else if errs.CodeOf(err) != errs.NotFound {
			return o, nil, g, "", nil, err
		}
	}
	if o.Once && o.OpenedAt != nil && (!hmac.Equal(o.openedBy, device) || o.now.Sub(*o.OpenedAt) > keepOpen) {
		return o, nil, g, "", nil, errClosed
	}
	if o.passcode != "" {
		passed, err := s.store.passed(ctx, o.ID, device)
		if err != nil {
			return o, nil, g, "", nil, err
		}
		if !passed {
			return o, device, NeedPasscode, class, reasons, nil
		}
	}
	if o.Gate {
		if o.address, err = s.store.shown(ctx, o.ID, device); err != nil {
			return o, nil, g, "", nil, err
		}
		if !o.allows(o.address) {
			o.address = ""
			if o.pending, err = s.store.pendingCode(ctx, o.ID, device); err != nil {
				return o, nil, g, "", nil, err
			}
			if o.pending != "" {
				return o, device, NeedCode, class, reasons, nil
			}
			return o, device, NeedAddress, class, reasons, nil
		}
	}
	if o.Once && o.OpenedAt == nil {
		return o, device, NeedOpening, class, reasons, nil
	}
	return o, device, Through, class, reasons, nil
}

func (s *Service) classify(v Visitor) (links.Class, []string) {
	sig := v.Signals
	sig.CompanyRanges = s.cfg.CompanyRanges
	return links.Classify(sig)
}

// device hashes the cookie of a browser, differently for every share, so that shares cannot be compared by it.
func (s *Service) device(share uuid.UUID, cookie string) []byte {
	mac := hmac.New(sha256.New, s.cfg.Secret)
	mac.Write([]byte("device " + share.String() + " " + cookie))
	return mac.Sum(nil)[:16]
}

// Open gives a share to a visitor, or says what they have to do first, and counts the visit. NotFound, whatever the
// reason, when there is nothing for them.
func (s *Service) Open(ctx context.Context, token string, v Visitor) (View, error) {
	o, device, gate, class, reasons, err := s.door(ctx, token, v)
	if err != nil {
		return View{}, err
	}
	view := View{Gate: gate, Pending: o.pending, Address: o.address}
	if gate == Through {
		if view.Resources, err = s.library.Outside(ctx, o.Resources, o.now); err != nil {
			return View{}, err
		}
		if len(view.Resources) == 0 {
			return View{}, errClosed
		}
		view.Recipient, view.Org, view.Note, view.Owner, view.Title, view.Downloads = o.Recipient, o.Org, o.Note, o.OwnerName, o.OwnerTitle, o.Downloads
		view.Heading, view.Sections = o.Heading, map[uuid.UUID]string{}
		for i, id := range o.Resources {
			view.Sections[id] = o.sections[i]
		}
		view.Looking = auth.From(ctx).Known()
		view.share, view.device, view.now = o.ID, device, o.now
	}
	id, err := s.store.visit(ctx, o, device, v, class, reasons, gate == Through)
	if err == nil && gate == Through && class == links.Human {
		view.Visit = id
	}
	return view, err
}

// The tries of passcodes within an hour: of one address at one share, and of everybody at one share, so that many
// addresses together guess no faster.
const (
	triesPerAddress = 10
	triesPerShare   = 50
)

// Unlock takes a passcode. Forbidden when it is wrong, TooMany after too many tries; NotFound as Open.
func (s *Service) Unlock(ctx context.Context, token string, v Visitor, passcode string) error {
	o, device, gate, _, _, err := s.door(ctx, token, v)
	if err != nil || gate != NeedPasscode {
		return err
	}
	place := o.ID.String() + " " + v.Signals.Address.String()
	for bucket, limit := range map[string]int{place: triesPerAddress, o.ID.String(): triesPerShare} {
		n, err := s.store.countAttempt(ctx, bucket)
		if err != nil {
			return err
		}
		if n > limit {
			e := errs.New(errs.TooMany, "Too many tries. Please wait an hour, or ask the person from whom you have the link.")
			e.RetryAfterSeconds = 3600
			return e
		}
	}
	if len(passcode) > 4*maxPasscode {
		passcode = ""
	}
	ok, err := passwords.Match(ctx, passcode, o.passcode)
	if err != nil {
		return err
	}
	if !ok {
		return errs.New(errs.Forbidden, "That is not the passcode.")
	}
	for _, bucket := range []string{place, o.ID.String()} {
		if err := s.store.returnAttempt(ctx, bucket); err != nil {
			return err
		}
	}
	return s.store.pass(ctx, o.ID, device, o.passcode)
}

// Spend uses the one view of a share for this visitor's device. Only one of many at once gets it, and nothing that looks
// like a robot does. NotFound when somebody else has it.
func (s *Service) Spend(ctx context.Context, token string, v Visitor) error {
	o, device, gate, class, _, err := s.door(ctx, token, v)
	if err != nil || gate != NeedOpening {
		return err
	}
	if class != links.Human && class != links.Internal {
		return errs.New(errs.Forbidden, "Please open this in a web browser.")
	}
	got, err := s.store.spend(ctx, o.ID, device)
	if err == nil && !got {
		err = errClosed
	}
	return err
}

// How a visitor wants a file.
type How string

// The ways to have a file.
const (
	Preview How = "preview" // its picture
	InPlace How = "inplace" // pictures, films and sound, in the page
	Keep    How = "keep"    // to keep
)

// File gives an address of a file of a share, which works for minutes. All that Open checks is checked again now.
func (s *Service) File(ctx context.Context, token string, v Visitor, asset uuid.UUID, how How) (string, error) {
	o, device, r, a, err := s.asset(ctx, token, v, asset)
	if err != nil {
		return "", err
	}
	if !o.Downloads || !r.Download {
		return "", errClosed // its pictures have a name on them, and are not in the storage: see Picture
	}
	if _, ok := a.KeptOutside(); how == Keep && !ok {
		return "", errClosed
	}
	switch {
	case how == Preview:
		return s.library.PictureOutside(ctx, a, 0, 0, o.life(r))
	case how == InPlace && a.Kind != "image" && a.Kind != "video" && a.Kind != "audio":
		return "", errClosed
	case how == Keep:
		if class, _ := s.classify(v); class == links.Human {
			if err := s.kept(ctx, o, device, asset); err != nil {
				return "", err
			}
		}
	}
	return s.library.FileOutside(ctx, a, how == InPlace, o.life(r))
}

// Play gives an address of a film or a sound to be played in the page, also where nothing may be kept. It wants the seal of
// the page for that browser, and a player that asks: the address itself, pasted somewhere, leads nowhere. NotFound as Open.
func (s *Service) Play(ctx context.Context, token string, v Visitor, asset uuid.UUID, seal string) (string, error) {
	o, device, r, a, err := s.asset(ctx, token, v, asset)
	if err != nil {
		return "", err
	}
	asks := v.Signals.FetchDest // older browsers do not say
	if !a.Inline || (a.Kind != "video" && a.Kind != "audio") || (asks != a.Kind && asks != "") || !s.sealed(o, device, Wanted{Asset: asset, Seal: seal}) {
		return "", errClosed
	}
	return s.library.FileOutside(ctx, a, true, o.life(r))
}

// Captions gives what is said in a file of captions of a share, and when.
func (s *Service) Captions(ctx context.Context, token string, v Visitor, asset uuid.UUID) ([]extract.Cue, error) {
	_, _, _, a, err := s.asset(ctx, token, v, asset)
	if err == nil && a.Kind != "captions" {
		err = errClosed
	}
	if err != nil {
		return nil, err
	}
	found, err := s.library.CuesOutside(ctx, []uuid.UUID{a.ID})
	return found[a.ID], err
}

// life is how long an address of a file works: minutes, and no longer than the share and what it belongs to.
func (o open) life(r library.Outside) time.Duration {
	life := blob.DownloadLife
	for _, end := range []*time.Time{o.ExpiresAt, r.ExpiresAt} {
		if end != nil {
			life = min(life, end.Sub(o.now))
		}
	}
	return life
}

func (s *Service) kept(ctx context.Context, o open, device []byte, asset uuid.UUID) error {
	return s.db.InTx(ctx, func(ctx context.Context) error {
		if err := s.store.keep(ctx, o.ID, device, asset); err != nil {
			return err
		}
		return s.viewed(ctx, o)
	})
}

// viewed notes that a person looked, and tells the owner of the first time.
func (s *Service) viewed(ctx context.Context, o open) error {
	first, err := s.store.viewed(ctx, o.ID)
	if err != nil || !first {
		return err
	}
	return s.log.Record(ctx, activity.Entry{Verb: "share.viewed", ObjectType: "share", ObjectID: o.ID, Data: map[string]any{"recipient": o.Recipient, "notify": []uuid.UUID{o.Owner}}})
}

// Read is what was in sight for how long, as a browser tells it.
type Read struct {
	Resource uuid.UUID
	Asset    uuid.UUID // uuid.Nil is the text of the resource
	Page     int
	Seconds  int
}

// MaxReads is how much one message may tell.
const MaxReads = 60

// Beat takes what a browser says of its reading. A browser can say anything: no more time is believed than has passed
// since it last said something, two minutes at most, and only about pages that the share has.
func (s *Service) Beat(ctx context.Context, token string, v Visitor, visit uuid.UUID, reads []Read) error {
	o, device, gate, _, _, err := s.door(ctx, token, v)
	if err == nil && gate != Through {
		err = errClosed
	}
	if err != nil || len(reads) > MaxReads {
		return err
	}
	found, err := s.library.Outside(ctx, o.Resources, o.now)
	if err != nil {
		return err
	}
	reads = slices.DeleteFunc(reads, func(r Read) bool { return r.Seconds <= 0 || !has(found, r) })
	return s.db.InTx(ctx, func(ctx context.Context) error {
		left, err := s.store.budget(ctx, o.ID, visit, device)
		if err != nil {
			return err
		}
		total := 0
		for i := range reads {
			reads[i].Seconds = min(reads[i].Seconds, left)
			left -= reads[i].Seconds
			total += reads[i].Seconds
		}
		if total == 0 {
			return nil
		}
		if err := s.store.read(ctx, visit, reads, total); err != nil {
			return err
		}
		if err := s.viewed(ctx, o); err != nil {
			return err
		}
		return s.forwarded(ctx, o)
	})
}

// forwarded tells the owner, once, that a second device reads: another one of theirs, or the link was passed on. Where
// everybody shows an address, two devices of one address are one person.
func (s *Service) forwarded(ctx context.Context, o open) error {
	now, err := s.store.forwarded(ctx, o.ID)
	if err != nil || !now {
		return err
	}
	return s.log.Record(ctx, activity.Entry{Verb: "share.forwarded", ObjectType: "share", ObjectID: o.ID, Data: map[string]any{"recipient": o.Recipient, "notify": []uuid.UUID{o.Owner}}})
}

// has is whether a share shows what a browser says it saw.
func has(found []library.Outside, r Read) bool {
	for _, o := range found {
		if o.ID != r.Resource {
			continue
		}
		if r.Asset == uuid.Nil {
			return r.Page == 0
		}
		for _, a := range o.Files {
			if a.ID == r.Asset {
				return r.Page >= 1 && r.Page <= max(1, a.Pages)
			}
		}
	}
	return false
}
