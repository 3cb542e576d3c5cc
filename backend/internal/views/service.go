package views

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/errs"
)

// Service does everything with views.
type Service struct {
	db    *db.DB
	store store
}

// New makes the service.
func New(d *db.DB) *Service { return &Service{db: d, store: store{d}} }

var errNoView = errs.New(errs.NotFound, "No such view.")

// List gives the views of a page that the user has: their own and those shared with them, in their own order, new ones last.
func (s *Service) List(ctx context.Context, page string) ([]View, error) {
	return s.store.list(ctx, auth.From(ctx), page)
}

// Create saves a view.
func (s *Service) Create(ctx context.Context, in Input) (v View, err error) {
	if err := in.clean(); err != nil {
		return v, err
	}
	if !slices.Contains(Pages, in.Page) {
		return v, errs.Field(errs.Invalid, "body.page", "No such page.")
	}
	me := auth.From(ctx)
	err = s.db.InTx(ctx, func(ctx context.Context) error {
		id := db.NewID()
		switch n, err := s.store.count(ctx, me.ID, in.Page); {
		case err != nil:
			return err
		case n >= most:
			return errs.Newf(errs.Conflict, "You have %d views of this page. Delete one first.", n)
		}
		if err := s.store.create(ctx, id, me, in); err != nil {
			return err
		}
		v, err = s.store.get(ctx, me, id)
		return err
	})
	return v, err
}

// Update changes name, filters and sharing. Stale when rev is not the current one.
func (s *Service) Update(ctx context.Context, id uuid.UUID, rev int64, in Input) (View, error) {
	if err := in.clean(); err != nil {
		return View{}, err
	}
	return s.change(ctx, id, func(ctx context.Context, v View) error {
		if v.Rev != rev {
			return errs.StaleRev(v.Rev)
		}
		// a lead keeps a shared view in order, but does not take it from its maker's colleagues into nobody's hands
		if in.Shared == WithNobody && v.Owner.ID != auth.From(ctx).ID {
			return errs.Field(errs.Forbidden, "body.shared", "Only its maker takes a view back for themselves.")
		}
		return s.store.update(ctx, id, in)
	})
}

// Delete takes a view away from everybody who had it. It can be restored for 30 days.
func (s *Service) Delete(ctx context.Context, id uuid.UUID) error {
	_, err := s.change(ctx, id, func(ctx context.Context, _ View) error { return s.store.delete(ctx, id) })
	return err
}

// Restore brings back a view that the user may edit.
func (s *Service) Restore(ctx context.Context, id uuid.UUID) (View, error) {
	return s.change(ctx, id, func(ctx context.Context, _ View) error { return s.store.restore(ctx, id) })
}

// change runs a change of a view that the user may edit, deleted or not, and gives what it became.
func (s *Service) change(ctx context.Context, id uuid.UUID, change func(context.Context, View) error) (v View, err error) {
	me := auth.From(ctx)
	err = s.db.InTx(ctx, func(ctx context.Context) error {
		if err := s.store.lock(ctx, id); err != nil {
			return err
		}
		if v, err = s.store.get(ctx, me, id); err != nil {
			return err
		}
		if !v.maySee(me) {
			return errNoView
		}
		if !v.MayEdit(me) {
			return errs.New(errs.Forbidden, "Its maker and the leads of their side change this view. Save one of your own instead.")
		}
		if err := change(ctx, v); err != nil {
			return err
		}
		v, err = s.store.get(ctx, me, id)
		return err
	})
	return v, err
}

// Arrange puts the views of a page into the user's own order and says with which one it opens for them (uuid.Nil: none).
// Ids that are not theirs are passed over: a view may have been deleted by its maker meanwhile.
func (s *Service) Arrange(ctx context.Context, page string, ids []uuid.UUID, opens uuid.UUID) ([]View, error) {
	me := auth.From(ctx)
	err := s.db.InTx(ctx, func(ctx context.Context) error {
		have, err := s.store.list(ctx, me, page)
		if err != nil {
			return err
		}
		mine := map[uuid.UUID]bool{}
		for _, v := range have {
			mine[v.ID] = true
		}
		ids = slices.DeleteFunc(ids, func(id uuid.UUID) bool { seen := mine[id]; mine[id] = false; return !seen })
		for _, v := range have { // what was not named stays behind the others
			if mine[v.ID] {
				ids = append(ids, v.ID)
			}
		}
		return s.store.arrange(ctx, me.ID, page, ids, opens)
	})
	if err != nil {
		return nil, err
	}
	return s.List(ctx, page)
}
