package httpapi

import (
	"context"
	"net/http"
	"time"

	"github.com/google/uuid"

	"byline/backend/internal/links"
	"byline/backend/internal/shares"
)

// Share shows resources to one recipient outside.
type Share struct {
	ID           uuid.UUID        `json:"id"`
	Owner        PersonRef        `json:"owner" doc:"Whose it is, who hears of views."`
	MadeBy       *PersonRef       `json:"made_by,omitempty" doc:"When it was somebody else."`
	Title        string           `json:"title" doc:"Stands above what is shown; empty: it is made from that."`
	Collection   *ShareSet        `json:"collection,omitempty" doc:"Of which it was made. It shows what was in it then; listShareAdditions has what came since."`
	Recipient    string           `json:"recipient" example:"Ines Duarte"`
	Organisation string           `json:"organisation" example:"Nordwind Logistics"`
	Email        string           `json:"email"`
	Note         string           `json:"note" doc:"What the recipient reads above it."`
	HasPasscode  bool             `json:"has_passcode"`
	EmailGate    bool             `json:"email_gate" doc:"Asks for an e-mail address, and for a code that is sent there."`
	Domains      []string         `json:"domains" doc:"Whose addresses may open it too, beside that of the recipient."`
	Downloads    bool             `json:"downloads" doc:"Whether files may be kept, where their resource allows it."`
	Once         bool             `json:"once" doc:"Opens on one device only, for a day."`
	OpenedAt     *time.Time       `json:"opened_at,omitempty" doc:"With once: when that device opened it."`
	ExpiresAt    *time.Time       `json:"expires_at,omitempty"`
	RevokedAt    *time.Time       `json:"revoked_at,omitempty"`
	FirstViewAt  *time.Time       `json:"first_view_at,omitempty" doc:"When a person first read in it."`
	LastViewAt   *time.Time       `json:"last_view_at,omitempty"`
	State        shares.State     `json:"state" enum:"unopened,opened,expired,revoked,stopped" doc:"stopped: its owner left, and nobody of their team can take it over."`
	Resources    []SharedResource `json:"resources"`
	Visits       int              `json:"visits" doc:"Of people; back within half an hour is the same visit."`
	Devices      int              `json:"devices" doc:"Of people. More than one: another device, or it was forwarded."`
	Seconds      int              `json:"seconds" doc:"Of reading, with the page in sight and somebody active."`
	Kept         int              `json:"kept" doc:"Downloads."`
	Rev          int64            `json:"rev"`
	CreatedAt    time.Time        `json:"created_at"`
}

// ShareSet is the collection that a share was made of.
type ShareSet struct {
	ID    uuid.UUID `json:"id"`
	Title string    `json:"title" doc:"Empty where you do not see the collection."`
}

// SharedResource is a resource of a share.
type SharedResource struct {
	ID         uuid.UUID `json:"id"`
	Title      string    `json:"title"`
	Available  bool      `json:"available" doc:"Whether the recipient can see it now: shareable, released, neither expired nor archived; or what replaced it."`
	ReplacedBy string    `json:"replaced_by" doc:"The title of what they see in its place; empty otherwise."`
}

func shareDTO(x shares.Share) Share {
	d := Share{ID: x.ID, Owner: ref(x.Owner), MadeBy: refOrNull(x.MadeBy), Title: x.Title, Recipient: x.Recipient, Organisation: x.Organisation, Email: x.Email, Note: x.Note,
		HasPasscode: x.HasPasscode, EmailGate: x.EmailGate, Domains: filled(x.Domains), Downloads: x.Downloads, Once: x.Once, OpenedAt: x.OpenedAt, ExpiresAt: x.ExpiresAt, RevokedAt: x.RevokedAt, FirstViewAt: x.FirstViewAt,
		LastViewAt: x.LastViewAt, State: x.State, Resources: []SharedResource{}, Visits: x.Visits, Devices: x.Devices, Seconds: x.Seconds, Kept: x.Kept, Rev: x.Rev, CreatedAt: x.CreatedAt}
	if x.Collection != nil {
		d.Collection = &ShareSet{x.Collection.ID, x.Collection.Title}
	}
	for _, r := range x.Resources {
		d.Resources = append(d.Resources, SharedResource(r))
	}
	return d
}

// ShareFields are what is said about a share.
type ShareFields struct {
	Title        string     `json:"title,omitempty" maxLength:"120" doc:"Stands above what is shown. Empty: the title of the one resource, or how many there are." example:"For your first meeting"`
	Recipient    string     `json:"recipient" minLength:"1" maxLength:"120" example:"Ines Duarte"`
	Organisation string     `json:"organisation,omitempty" maxLength:"120" example:"Nordwind Logistics"`
	Email        string     `json:"email,omitempty" maxLength:"254" example:"ines@nordwind.example"`
	Note         string     `json:"note,omitempty" maxLength:"2000"`
	Passcode     *string    `json:"passcode,omitempty" maxLength:"64" doc:"At least 6 characters; absent keeps the one that there is, empty takes it off. It is not told again: say it to the recipient some other way than the link."`
	EmailGate    bool       `json:"email_gate,omitempty" doc:"Ask for an e-mail address, that of the recipient or one of the domains, and for a code that is sent there. Needs a mail server: see getShareGates."`
	Domains      []string   `json:"domains,omitempty" maxItems:"50" doc:"Whole domains whose addresses may open it, such as nordwind.example; 20 at most. Domains below them are others."`
	Downloads    bool       `json:"downloads,omitempty"`
	ExpiresAt    *time.Time `json:"expires_at,omitempty" doc:"To the minute; absent means never."`
}

func (f ShareFields) input() shares.Input {
	return shares.Input{Title: f.Title, Recipient: f.Recipient, Organisation: f.Organisation, Email: f.Email, Note: f.Note, Passcode: f.Passcode, EmailGate: f.EmailGate, Domains: f.Domains, Downloads: f.Downloads, ExpiresAt: f.ExpiresAt}
}

// NewShare is a share to be made.
type NewShare struct {
	ShareFields
	Resources  []uuid.UUID `json:"resources,omitempty" maxItems:"20" doc:"What it shows, in this order. Absent with a collection."`
	Collection *uuid.UUID  `json:"collection_id,omitempty" doc:"Shows what of this collection may be shared now, in its order, below its headings; 50 resources at most. What is added to it later is not shown until addToShare says so."`
	Once       bool        `json:"once,omitempty" doc:"Opens on one device only, for a day."`
}

type newShareInput struct{ Body NewShare }

type updateShareInput struct {
	PathID
	IfMatch
	Body ShareFields
}

// ShareFilter narrows lists and counts of shares.
type ShareFilter struct {
	Scope    shares.Scope `query:"scope" enum:"mine,team,all" default:"mine" doc:"Yours, also those of your team (leads), or of everybody (administrators and leads of marketing). You get what you may see of it."`
	Q        string       `query:"q" maxLength:"200" doc:"Words of the recipient, the organisation or a title."`
	Resource uuid.UUID    `query:"resource"`
	Owner    uuid.UUID    `query:"owner"`
}

func (f ShareFilter) filter() shares.Filter {
	return shares.Filter{Scope: f.Scope, Query: f.Q, Resource: f.Resource, Owner: f.Owner}
}

type listSharesInput struct {
	Page
	ShareFilter
	State []shares.State `query:"state,explode" enum:"unopened,opened,expired,revoked,stopped" maxItems:"5" doc:"Any of these."`
}

// ShareCount is how many shares are in a state.
type ShareCount struct {
	State shares.State `json:"state" enum:"unopened,opened,expired,revoked,stopped"`
	Count int          `json:"count"`
}

// ShareAddress is the link of a share.
type ShareAddress struct {
	URL string `json:"url" format:"uri" doc:"A secret: whoever has it can open the share."`
}

type shareIDsInput struct {
	Body struct {
		IDs []uuid.UUID `json:"ids" minItems:"1" maxItems:"200"`
	}
}

// ChangedShares names the shares that an operation changed, so that they alone are put back.
type ChangedShares struct {
	IDs []uuid.UUID `json:"ids"`
}

type addToShareInput struct {
	PathID
	Body struct {
		Resources []uuid.UUID `json:"resources" minItems:"1" maxItems:"50" doc:"What it shows too, at its end."`
	}
}

type transferInput struct {
	PathID
	Body struct {
		PersonID uuid.UUID `json:"person_id" doc:"Whose it will be."`
	}
}

// ShareReading is what became of a share.
type ShareReading struct {
	Visits    []ShareVisit    `json:"visits" doc:"Of people, newest first, 200 at most."`
	Pages     []SharePage     `json:"pages" doc:"What was in sight for how long, in the order of the share."`
	Downloads []ShareDownload `json:"downloads" doc:"Newest first, 200 at most."`
	Requests  []links.Count   `json:"requests" doc:"All requests by class and reason, as of tracked links."`
}

// ShareVisit is one visit of a person.
type ShareVisit struct {
	ID      uuid.UUID `json:"id"`
	At      time.Time `json:"at"`
	LastAt  time.Time `json:"last_at"`
	Seconds int       `json:"seconds"`
	Agent   string    `json:"agent" doc:"What the browser calls itself."`
	Country string    `json:"country" doc:"Two letters, where a setting has it kept; empty otherwise."`
	Device  int       `json:"device" doc:"1 is the one that came first."`
	Pages   int       `json:"pages" doc:"How many were in sight."`
	Address string    `json:"address" doc:"The e-mail address that was shown to be theirs; empty where the share did not ask."`
}

// ShareGates are the gates that depend on the deployment.
type ShareGates struct {
	EmailGate bool `json:"email_gate" doc:"Whether codes can be mailed. Without a mail server no share can ask for an address."`
}

// SharePage is how long a page was in sight.
type SharePage struct {
	ResourceID uuid.UUID  `json:"resource_id"`
	Title      string     `json:"title"`
	AssetID    *uuid.UUID `json:"asset_id,omitempty" doc:"Absent for the text of the resource."`
	File       string     `json:"file"`
	Page       int        `json:"page" doc:"0 for the text."`
	Pages      int        `json:"pages" doc:"Of the file."`
	Seconds    int        `json:"seconds"`
	Visits     int        `json:"visits"`
}

// ShareDownload is a file that was kept.
type ShareDownload struct {
	AssetID uuid.UUID `json:"asset_id"`
	Name    string    `json:"name"`
	At      time.Time `json:"at"`
	Device  int       `json:"device"`
}

func readingDTO(r shares.Reading) ShareReading {
	d := ShareReading{Visits: []ShareVisit{}, Pages: []SharePage{}, Downloads: []ShareDownload{}, Requests: filled(r.Requests)}
	for _, v := range r.Visits {
		d.Visits = append(d.Visits, ShareVisit(v))
	}
	for _, p := range r.Pages {
		page := SharePage{ResourceID: p.Resource, Title: p.Title, File: p.File, Page: p.Page, Pages: p.Pages, Seconds: p.Seconds, Visits: p.Visits}
		if p.Asset != uuid.Nil {
			page.AssetID = &p.Asset
		}
		d.Pages = append(d.Pages, page)
	}
	for _, x := range r.Downloads {
		d.Downloads = append(d.Downloads, ShareDownload{AssetID: x.Asset, Name: x.Name, At: x.At, Device: x.Device})
	}
	return d
}

func shareAnswer(x shares.Share, err error) (*versioned[Share], error) {
	if err != nil {
		return nil, err
	}
	return withRev(x.Rev, shareDTO(x)), nil
}

func (s *Server) shareOperations() {
	register(s, op{ID: "listShares", Method: http.MethodGet, Path: "/shares", Tag: "shares", Summary: "List shares",
		Description: "Newest first, with what became of them."}, s.listShares)
	register(s, op{ID: "countShares", Method: http.MethodGet, Path: "/shares/counts", Tag: "shares", Summary: "Count shares by state",
		Description: "How many shares listShares would give for each state."},
		func(ctx context.Context, in *ShareFilter) (*body[List[ShareCount]], error) {
			counts, err := s.Shares.Counts(ctx, in.filter())
			l := List[ShareCount]{Items: []ShareCount{}}
			for _, state := range []shares.State{shares.Unopened, shares.Opened, shares.Expired, shares.Revoked, shares.Stopped} {
				if counts[state] > 0 {
					l.Items = append(l.Items, ShareCount{state, counts[state]})
				}
			}
			return &body[List[ShareCount]]{Body: l}, err
		})
	register(s, op{ID: "getShareGates", Method: http.MethodGet, Path: "/shares/gates", Tag: "shares", Summary: "See which gates shares can have here",
		Description: "A share can ask for an e-mail address where the settings name a mail server."},
		func(context.Context, *struct{}) (*body[ShareGates], error) {
			return &body[ShareGates]{Body: ShareGates{EmailGate: s.Shares.CanMail()}}, nil
		})
	register(s, op{ID: "createShare", Method: http.MethodPost, Path: "/shares", Tag: "shares", Summary: "Share resources with somebody outside", Status: http.StatusCreated,
		Errors:      []int{http.StatusConflict},
		Description: "One share for one recipient. getShareAddress gives its link. 403 when a resource is internal, 409 when it is out of use."},
		func(ctx context.Context, in *newShareInput) (*versioned[Share], error) {
			x := in.Body.input()
			x.Resources, x.Once = in.Body.Resources, in.Body.Once
			if in.Body.Collection != nil {
				x.Collection = uuid.NullUUID{UUID: *in.Body.Collection, Valid: true}
			}
			return shareAnswer(s.Shares.Create(ctx, x))
		})
	register(s, op{ID: "getShare", Method: http.MethodGet, Path: "/shares/{id}", Tag: "shares", Summary: "Get a share",
		Description: "Your own, of your team if you lead it; administrators and leads of marketing see all."},
		func(ctx context.Context, in *PathID) (*versioned[Share], error) {
			return shareAnswer(s.Shares.Get(ctx, in.ID))
		})
	// by itself, and a GET: no answer that is kept for an Idempotency-Key has the secret
	register(s, op{ID: "getShareAddress", Method: http.MethodGet, Path: "/shares/{id}/address", Tag: "shares", Summary: "Get the link of a share", Errors: []int{http.StatusConflict},
		Description: "409 when it was made under another secret of the deployment and cannot be told again."},
		func(ctx context.Context, in *PathID) (*body[ShareAddress], error) {
			token, err := s.Shares.Token(ctx, in.ID)
			if err != nil {
				return nil, err
			}
			return &body[ShareAddress]{Body: ShareAddress{URL: s.cfg.PublicURL.JoinPath("s", token).String()}}, nil
		})
	register(s, op{ID: "getShareReading", Method: http.MethodGet, Path: "/shares/{id}/reading", Tag: "shares", Summary: "See who read what for how long",
		Description: "Visits of people, time per page, downloads, and all requests by class, as of tracked links."},
		func(ctx context.Context, in *PathID) (*body[ShareReading], error) {
			r, err := s.Shares.Reading(ctx, in.ID)
			return &body[ShareReading]{Body: readingDTO(r)}, err
		})
	register(s, op{ID: "listShareAdditions", Method: http.MethodGet, Path: "/shares/{id}/additions", Tag: "shares", Summary: "See what came to the collection of a share",
		Description: "What its collection has by now, may be shared, and is not shown by the share. Empty for a share that was not made of a collection."},
		func(ctx context.Context, in *PathID) (*body[List[SharedResource]], error) {
			more, err := s.Shares.Additions(ctx, in.ID)
			l := List[SharedResource]{Items: []SharedResource{}}
			for _, r := range more {
				l.Items = append(l.Items, SharedResource(r))
			}
			return &body[List[SharedResource]]{Body: l}, err
		})
	register(s, op{ID: "addToShare", Method: http.MethodPost, Path: "/shares/{id}/additions", Tag: "shares", Summary: "Show more resources in a share", Status: http.StatusOK,
		Errors: []int{http.StatusConflict}, Description: "At its end, at the same link. 403 when one is internal, 409 when one is out of use, or when there are more than 50 then."},
		func(ctx context.Context, in *addToShareInput) (*versioned[Share], error) {
			return shareAnswer(s.Shares.Add(ctx, in.ID, in.Body.Resources))
		})
	register(s, op{ID: "updateShare", Method: http.MethodPut, Path: "/shares/{id}", Tag: "shares", Summary: "Change a share", Errors: []int{http.StatusPreconditionFailed},
		Description: "Everything but its link and its resources. A new passcode is asked from everybody again."},
		func(ctx context.Context, in *updateShareInput) (*versioned[Share], error) {
			rev, err := in.Rev()
			if err != nil {
				return nil, err
			}
			return shareAnswer(s.Shares.Update(ctx, in.ID, rev, in.Body.input()))
		})
	for id, x := range map[string]struct {
		path, summary, description string
		open                       bool
	}{"revokeShares": {"/shares/revoke", "Revoke shares", "Their links lead nowhere from this moment. Answers which it changed; restoreShares opens them again.", false},
		"restoreShares": {"/shares/restore", "Open revoked shares again", "Takes revokeShares back: the same links lead to them again.", true}} {
		register(s, op{ID: id, Method: http.MethodPost, Path: x.path, Tag: "shares", Summary: x.summary, Status: http.StatusOK, Errors: []int{http.StatusNotFound},
			Description: x.description + " 404, and nothing changes, when one of them is not yours."},
			func(ctx context.Context, in *shareIDsInput) (*body[ChangedShares], error) {
				changed, err := s.Shares.Revoke(ctx, in.Body.IDs, x.open)
				return &body[ChangedShares]{Body: ChangedShares{filled(changed)}}, err
			})
	}
	register(s, op{ID: "transferShare", Method: http.MethodPost, Path: "/shares/{id}/transfer", Tag: "shares", Summary: "Give a share to somebody else", Status: http.StatusOK,
		Errors: []int{http.StatusConflict}, Description: "They hear of it and of views from now on. The link stays."},
		func(ctx context.Context, in *transferInput) (*versioned[Share], error) {
			return shareAnswer(s.Shares.Transfer(ctx, in.ID, in.Body.PersonID))
		})
}

func (s *Server) listShares(ctx context.Context, in *listSharesInput) (*body[List[Share]], error) {
	f := in.filter()
	f.States, f.Limit = in.State, in.Limit+1
	if err := decodeCursor(in.Cursor, &f.Before); err != nil {
		return nil, err
	}
	found, err := s.Shares.List(ctx, f)
	if err != nil {
		return nil, err
	}
	return &body[List[Share]]{Body: paged(found, in.Limit, func(x shares.Share) any { return x.ID }, shareDTO)}, nil
}
