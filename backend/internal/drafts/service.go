package drafts

import (
	"context"
	"encoding/json"
	"slices"

	"github.com/google/uuid"

	"byline/backend/internal/activity"
	"byline/backend/internal/coedit"
	"byline/backend/internal/comments"
	"byline/backend/internal/contenttypes"
	"byline/backend/internal/ideas"
	"byline/backend/internal/library"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/errs"
)

// Service does everything with drafts.
type Service struct {
	db        *db.DB
	log       *activity.Log
	comments  *comments.Service
	documents *coedit.Service
	ideas     *ideas.Service
	library   *library.Service
	types     *contenttypes.Service
	store     store
}

// New makes the service.
func New(d *db.DB, log *activity.Log, c *comments.Service, documents *coedit.Service, i *ideas.Service, l *library.Service,
	types *contenttypes.Service) *Service {
	return &Service{db: d, log: log, comments: c, documents: documents, ideas: i, library: l, types: types, store: store{d}}
}

func object(id uuid.UUID) comments.Object { return comments.Object{Type: "draft", ID: id} }

func (s *Service) record(ctx context.Context, verb string, id uuid.UUID, data map[string]any) error {
	return s.log.Record(ctx, activity.Entry{Verb: "draft." + verb, ObjectType: "draft", ObjectID: id, Data: data})
}

// Create plans a piece, from ideas or from nothing. Its ideas become planned, and their authors hear of it.
func (s *Service) Create(ctx context.Context, in Input) (Draft, error) {
	if err := in.clean(); err != nil {
		return Draft{}, err
	}
	me := auth.From(ctx)
	if in.WriterID == uuid.Nil {
		in.WriterID = me.ID
	}
	for _, id := range in.Ideas { // nobody links what they may not see
		if _, err := s.ideas.Get(ctx, id); err != nil {
			return Draft{}, errs.Field(errs.NotFound, "body.ideas", "No such idea.")
		}
	}
	in.keep(me.ID)
	t, err := s.types.ForNew(ctx, in.ContentType, "body.content_type")
	if err != nil {
		return Draft{}, err
	}
	in.Plan.begin(t.Brief)
	id := db.NewID()
	err = s.db.InTx(ctx, func(ctx context.Context) error {
		doc, files, err := s.start(ctx, in.ResourceID)
		if err != nil {
			return err
		}
		if err := s.store.create(ctx, id, me.ID, in); err != nil {
			return err
		}
		if err := s.store.planSteps(ctx, id, planDays(t, in.Plan.PublishOn)); err != nil {
			return err
		}
		if err := s.store.addCheckItems(ctx, id, t.Checklist); err != nil {
			return err
		}
		if err := s.documents.Create(ctx, id, me.ID, doc); err != nil {
			return err
		}
		if err := s.showStart(ctx, id, doc); err != nil {
			return err
		}
		for i, f := range files {
			if err := s.library.Attach(ctx, f.ID, object(id), i, f.Caption); err != nil {
				return err
			}
		}
		people := slices.Concat([]uuid.UUID{me.ID, in.WriterID}, in.Contributors, in.Approvers)
		if err := s.comments.AutoFollow(ctx, object(id), people...); err != nil {
			return err
		}
		if err := s.ideas.Advance(ctx, in.Ideas, ideas.StatePlanned, in.planned()); err != nil {
			return err
		}
		return s.record(ctx, "planned", id, map[string]any{"title": in.Title, "notify": slices.Concat([]uuid.UUID{in.WriterID}, in.Contributors)})
	})
	if err != nil {
		return Draft{}, err
	}
	return s.Get(ctx, id)
}

// start gives text and files with which the next draft of a resource begins: those that it has now. An imported resource
// has no text of this editor, so its draft begins empty.
func (s *Service) start(ctx context.Context, resource uuid.NullUUID) (json.RawMessage, []library.Asset, error) {
	if !resource.Valid {
		return nil, nil, nil
	}
	r, err := s.library.Resource(ctx, resource.UUID)
	if err != nil {
		return nil, nil, errs.Field(errs.NotFound, "body.resource_id", "No such resource.")
	}
	exists, next, err := s.store.nextOf(ctx, auth.From(ctx), r.ID)
	if err != nil {
		return nil, nil, err
	}
	switch {
	case next != "":
		return nil, nil, errs.Field(errs.Conflict, "body.resource_id", "The next draft of this resource exists already: “"+next+"”.")
	case exists:
		return nil, nil, errs.Field(errs.Conflict, "body.resource_id", "The next draft of this resource exists already. It is confidential.")
	}
	files, err := s.library.Attached(ctx, comments.Object{Type: "resource", ID: r.ID})
	return r.Doc, files, err
}

var errNoDraft = errs.New(errs.NotFound, "No such draft.")

// Get gives a draft. Authors and voters of its ideas get title and state only (Full is false).
func (s *Service) Get(ctx context.Context, id uuid.UUID) (Draft, error) {
	d, err := s.store.get(ctx, id)
	if err != nil {
		return d, err
	}
	me := auth.From(ctx)
	if d.mayRead(me) {
		d.Full = true
		return d, nil
	}
	if cares, err := s.store.cares(ctx, id, me.ID); err != nil || !cares {
		return Draft{}, errOr(err, errNoDraft)
	}
	return Draft{ID: d.ID, Title: d.Title, ContentType: d.ContentType, State: d.State, WriterID: d.WriterID, Writer: d.Writer, Rev: d.Rev,
		CreatedAt: d.CreatedAt, UpdatedAt: d.UpdatedAt, StateChangedAt: d.StateChangedAt, ResourceID: d.ResourceID}, nil
}

func errOr(err, otherwise error) error {
	if err != nil {
		return err
	}
	return otherwise
}

// readable gives a draft whose text the user may read.
func (s *Service) readable(ctx context.Context, id uuid.UUID) (Draft, error) {
	d, err := s.Get(ctx, id)
	if err == nil && !d.Full {
		return d, errs.New(errs.Forbidden, "You see the title and state of this draft because of your idea. Ask its writer to make you a contributor.")
	}
	return d, err
}

// locked is readable that holds the draft to the end of the transaction.
func (s *Service) locked(ctx context.Context, id uuid.UUID) (Draft, error) {
	if err := s.store.lock(ctx, id); err != nil {
		return Draft{}, err
	}
	return s.readable(ctx, id)
}

// Update changes brief, people and ideas of a draft. Stale when rev is not the current one. In review it voids approvals,
// since the brief is part of what was approved.
func (s *Service) Update(ctx context.Context, id uuid.UUID, rev int64, in Input) (Draft, error) {
	if err := in.clean(); err != nil {
		return Draft{}, err
	}
	err := s.db.InTx(ctx, func(ctx context.Context) error {
		d, err := s.locked(ctx, id)
		if err != nil {
			return err
		}
		me := auth.From(ctx)
		if !d.mayManage(me) {
			return errs.New(errs.Forbidden, "The writer and marketing change the brief.")
		}
		if d.Rev != rev {
			return errs.StaleRev(d.Rev)
		}
		if d.fixed() {
			return errs.NotAllowedNow("What is approved or archived does not change. Reopen the draft first.", d.Allowed(me)...)
		}
		if in.ContentType != d.ContentType {
			if _, err := s.types.ForNew(ctx, in.ContentType, "body.content_type"); err != nil {
				return err
			}
		}
		var linked []uuid.UUID // by this change
		for _, idea := range in.Ideas {
			if slices.Contains(d.Ideas, idea) {
				continue
			}
			if _, err := s.ideas.Get(ctx, idea); err != nil {
				return errs.Field(errs.NotFound, "body.ideas", "No such idea.")
			}
			linked = append(linked, idea)
		}
		if in.WriterID == uuid.Nil {
			in.WriterID = d.WriterID
		}
		in.keep(me.ID)
		d.keepAsked(&in)
		if err := s.store.update(ctx, id, in); err != nil {
			return err
		}
		if err := s.comments.AutoFollow(ctx, object(id), slices.Concat([]uuid.UUID{in.WriterID}, in.Contributors, in.Approvers)...); err != nil {
			return err
		}
		if err := s.catchUp(ctx, d.State, linked, in); err != nil {
			return err
		}
		if err := s.documents.RightsChanged(ctx, id, uuid.Nil); err != nil {
			return err
		}
		if d.State == InReview && (d.approvedPartChanges(in) || d.askedChange(in)) {
			if err := s.void(ctx, d, "The brief was changed."); err != nil {
				return err
			}
			if err := s.askAgain(ctx, d, in); err != nil {
				return err
			}
		}
		return s.record(ctx, "updated", id, nil)
	})
	if err != nil {
		return Draft{}, err
	}
	return s.Get(ctx, id)
}

// catchUp moves ideas that were linked later to where their draft stands.
func (s *Service) catchUp(ctx context.Context, state State, linked []uuid.UUID, in Input) error {
	if state == Brief {
		return s.ideas.Advance(ctx, linked, ideas.StatePlanned, in.planned())
	}
	return s.ideas.Advance(ctx, linked, ideas.StateInProgress, "Writing has begun.")
}

// Document gives the text of a draft.
func (s *Service) Document(ctx context.Context, id uuid.UUID) (coedit.Document, error) {
	if _, err := s.readable(ctx, id); err != nil {
		return coedit.Document{}, err
	}
	return s.documents.Get(ctx, id)
}

// SaveDocument replaces the text, based on a version of it: Stale when somebody else saved in between. In review it
// voids the approvals given; an approved text is frozen.
func (s *Service) SaveDocument(ctx context.Context, id uuid.UUID, version int64, doc json.RawMessage) (saved int64, err error) {
	err = s.db.InTx(ctx, func(ctx context.Context) error {
		d, err := s.locked(ctx, id)
		if err != nil {
			return err
		}
		me := auth.From(ctx)
		if !d.mayWrite(me) {
			return errs.New(errs.Forbidden, "You may read this draft but not change it. Ask its writer to make you a contributor.")
		}
		if d.State == Archived {
			return errs.NotAllowedNow("This draft is archived. Bring it back to go on writing.", d.Allowed(me)...)
		}
		current, err := s.documents.Lock(ctx, id)
		if err != nil {
			return err
		}
		if saved, err = s.documents.Save(ctx, current, me.ID, version, doc, d.suggests(me)); err != nil {
			return err
		}
		if d.State == InReview && saved != version {
			return s.void(ctx, d, "The text was changed.")
		}
		return nil
	})
	return saved, err
}

// Access says whether the user of ctx may change the text now, and if not, why: "read-only", "frozen" or "archived"; or
// that they may by suggestions only: coedit.Suggesting. An error means that they may not even read it.
func (s *Service) Access(ctx context.Context, id uuid.UUID) (write bool, why string, err error) {
	d, err := s.readable(ctx, id)
	switch {
	case err != nil:
		return false, "", err
	case !d.mayWrite(auth.From(ctx)):
		return false, "read-only", nil
	case d.State == Archived:
		return false, "archived", nil
	case d.fixed():
		return false, "frozen", nil
	}
	if d.suggests(auth.From(ctx)) {
		return true, coedit.Suggesting, nil
	}
	return true, "", nil
}

// ChangeInReview runs a change of the text of a draft that has approvals, and voids them with it.
func (s *Service) ChangeInReview(ctx context.Context, id uuid.UUID, change func(ctx context.Context) error) error {
	return s.db.InTx(ctx, func(ctx context.Context) error {
		if err := s.store.lock(ctx, id); err != nil {
			return err
		}
		d, err := s.store.get(ctx, id)
		if err != nil {
			return err
		}
		if err := change(ctx); err != nil {
			return err
		}
		return s.void(ctx, d, "The text was changed.")
	})
}

// void takes the approvals of a draft back.
func (s *Service) void(ctx context.Context, d Draft, reason string) error {
	if err := s.documents.Guard(ctx, d.ID, false); err != nil {
		return err
	}
	if len(d.ApprovedBy) == 0 {
		return nil
	}
	if err := s.store.voidApprovals(ctx, d.ID, reason); err != nil {
		return err
	}
	return s.record(ctx, "approvals_voided", d.ID, map[string]any{"reason": reason})
}

// AddAsset attaches a file.
func (s *Service) AddAsset(ctx context.Context, id, asset uuid.UUID, caption string) error {
	return s.changeAssets(ctx, id, func(ctx context.Context, have []library.Asset) error {
		return s.library.Attach(ctx, asset, object(id), len(have), caption)
	}, "file_added")
}

// RemoveAsset takes a file off.
func (s *Service) RemoveAsset(ctx context.Context, id, asset uuid.UUID) error {
	return s.changeAssets(ctx, id, func(ctx context.Context, _ []library.Asset) error {
		return s.library.Detach(ctx, asset, object(id))
	}, "file_removed")
}

func (s *Service) changeAssets(ctx context.Context, id uuid.UUID, change func(context.Context, []library.Asset) error, verb string) error {
	return s.db.InTx(ctx, func(ctx context.Context) error {
		d, err := s.locked(ctx, id)
		if err != nil {
			return err
		}
		me := auth.From(ctx)
		if !d.mayWrite(me) {
			return errs.New(errs.Forbidden, "You may read this draft but not change it.")
		}
		if d.fixed() {
			return errs.NotAllowedNow("What is approved or archived does not change. Reopen the draft first.", d.Allowed(me)...)
		}
		have, err := s.library.Attached(ctx, object(id))
		if err != nil {
			return err
		}
		if err := change(ctx, have); err != nil {
			return err
		}
		if d.State == InReview {
			if err := s.void(ctx, d, "The files were changed."); err != nil {
				return err
			}
		}
		if err := s.store.touch(ctx, id); err != nil {
			return err
		}
		return s.record(ctx, verb, id, nil)
	})
}

// Assets lists the files of a draft.
func (s *Service) Assets(ctx context.Context, id uuid.UUID) ([]library.Asset, error) {
	if _, err := s.readable(ctx, id); err != nil {
		return nil, err
	}
	return s.library.Attached(ctx, object(id))
}

// Filter narrows List.
type Filter struct {
	States  []State // none means all but archived
	Mine    bool    // writer, contributor or approver
	Waiting bool    // in review, and the reader may approve for a side that has not
	// PersonID is writer, contributor or approver.
	PersonID    uuid.UUID
	ContentType string
	Overdue     bool // due before today, where the reader is, and not approved yet
	MyStep      bool // has an open step that is given to the reader and due within three days, or past its day
	Returned    bool // in writing again after it was submitted: changes were asked for
	IdeaID      uuid.UUID
	ResourceID  uuid.UUID
	Side        auth.Side // somebody of this side has a part in it
	Sort        Sort
	After       *Position
	Limit       int
}

// List gives the drafts whose text the user may read, last changed first or as the filter says.
func (s *Service) List(ctx context.Context, f Filter) ([]Draft, error) {
	drafts, err := s.store.list(ctx, auth.From(ctx), f)
	for i := range drafts {
		drafts[i].Full = true
	}
	return drafts, err
}

// OfIdea gives title and state of the drafts that an idea became: all of them to authors and voters of their ideas, to
// others those that they may read.
func (s *Service) OfIdea(ctx context.Context, idea uuid.UUID) ([]Draft, error) {
	if _, err := s.ideas.Get(ctx, idea); err != nil {
		return nil, err
	}
	return s.store.ofIdea(ctx, auth.From(ctx), idea)
}

// OfResource gives where a resource comes from: title and state of its drafts, newest first, and the ideas that these
// were planned from; only those that the user may see.
func (s *Service) OfResource(ctx context.Context, resource uuid.UUID) ([]Draft, []ideas.Idea, error) {
	if _, err := s.library.Resource(ctx, resource); err != nil {
		return nil, nil, err
	}
	found, err := s.store.ofResource(ctx, auth.From(ctx), resource)
	if err != nil {
		return nil, nil, err
	}
	ids, err := s.store.ideasOfResource(ctx, resource)
	if err != nil || len(ids) == 0 {
		return found, nil, err
	}
	from, err := s.ideas.Among(ctx, ids)
	return found, from, err
}
