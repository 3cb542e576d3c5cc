package posts

import (
	"bytes"
	"context"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"byline/backend/internal/activity"
	"byline/backend/internal/comments"
	"byline/backend/internal/library"
	"byline/backend/internal/links"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/errs"
)

// Service does everything with posts.
type Service struct {
	db       *db.DB
	log      *activity.Log
	comments *comments.Service
	library  *library.Service
	links    *links.Service
	store    store
}

// New makes the service.
func New(d *db.DB, log *activity.Log, c *comments.Service, lib *library.Service, l *links.Service) *Service {
	return &Service{db: d, log: log, comments: c, library: lib, links: l, store: store{d}}
}

func object(id uuid.UUID) comments.Object { return comments.Object{Type: "post", ID: id} }

func (s *Service) record(ctx context.Context, verb string, p Post, data map[string]any) error {
	e := activity.Entry{Verb: "post." + verb, ObjectType: "post", ObjectID: p.ID, Data: data}
	if me := auth.From(ctx).ID; me != p.Owner.ID && (verb == "created" || verb == "updated") {
		e.OnBehalfOf = p.Owner.ID
	}
	return s.log.Record(ctx, e)
}

// Create writes a post for its owner. It stays with marketing until it is offered.
func (s *Service) Create(ctx context.Context, in Input) (Post, error) {
	if err := in.clean(); err != nil {
		return Post{}, err
	}
	me := auth.From(ctx)
	p := Post{ID: db.NewID(), State: Writing, Owner: activity.Person{ID: in.OwnerID}, Writer: activity.Person{ID: me.ID}, ResourceID: in.ResourceID}
	err := s.db.InTx(ctx, func(ctx context.Context) error {
		if in.ResourceID.Valid {
			if _, err := s.library.Resource(ctx, in.ResourceID.UUID); err != nil {
				return errs.Field(errs.NotFound, "body.resource_id", "No such resource.")
			}
		}
		if err := s.fill(ctx, &p, in); err != nil {
			return err
		}
		if err := s.store.create(ctx, p); err != nil {
			return err
		}
		if err := s.useMedia(ctx, p); err != nil {
			return err
		}
		if err := s.comments.AutoFollow(ctx, object(p.ID), me.ID, in.OwnerID); err != nil {
			return err
		}
		return s.record(ctx, "created", p, nil)
	})
	if err != nil {
		return Post{}, err
	}
	return s.Get(ctx, p.ID)
}

// fill takes the written parts over and computes the hash that a seal will name.
func (s *Service) fill(ctx context.Context, p *Post, in Input) (err error) {
	p.Network, p.Text, p.Suggestions, p.Disclosure, p.ExpiresAt = in.Network, in.Text, in.Suggestions, in.Disclosure, in.ExpiresAt
	if p.Suggestions == nil {
		p.Suggestions = []string{}
	}
	if p.MediaAssetID != in.MediaAssetID {
		p.MediaAssetID, p.MediaSHA256 = in.MediaAssetID, nil
		if in.MediaAssetID.Valid {
			a, err := s.library.Asset(ctx, in.MediaAssetID.UUID)
			if err != nil {
				return errs.Field(errs.NotFound, "body.media_asset_id", "No such file.")
			}
			if a.State != library.Ready || (a.Kind != "image" && a.Kind != "video") {
				return errs.Field(errs.Invalid, "body.media_asset_id", "Choose a picture or video that has been checked.")
			}
			p.MediaSHA256 = a.SHA256
		}
	}
	if err := s.fillLink(ctx, p, in); err != nil {
		return err
	}
	_, p.Hash, err = p.canonical()
	return err
}

// fillLink gives the post a link of its own owner and placement, closed until the seal.
func (s *Service) fillLink(ctx context.Context, p *Post, in Input) error {
	switch {
	case in.LinkTarget == "":
		p.LinkID, p.LinkCode, p.LinkTarget = uuid.NullUUID{}, "", ""
	case p.LinkID.Valid:
		p.LinkTarget = in.LinkTarget
		return s.links.Retarget(ctx, p.LinkID.UUID, in.LinkTarget, in.Network)
	default:
		l, err := s.links.Create(ctx, links.Link{Target: in.LinkTarget, OwnerID: p.Owner.ID, Placement: in.Network, ObjectType: "post",
			ObjectID: uuid.NullUUID{UUID: p.ID, Valid: true}})
		if err != nil {
			return err
		}
		p.LinkID, p.LinkCode, p.LinkTarget = uuid.NullUUID{UUID: l.ID, Valid: true}, l.Code, l.Target
	}
	return nil
}

// useMedia makes the medium belong to the post, so that its owner may see it.
func (s *Service) useMedia(ctx context.Context, p Post) error {
	have, err := s.library.Attached(ctx, object(p.ID))
	if err != nil {
		return err
	}
	for _, a := range have {
		if a.ID == p.MediaAssetID.UUID {
			return nil
		}
		if err := s.library.Detach(ctx, a.ID, object(p.ID)); err != nil {
			return err
		}
	}
	if !p.MediaAssetID.Valid {
		return nil
	}
	return s.library.Attach(ctx, p.MediaAssetID.UUID, object(p.ID), 0, "")
}

var errNoPost = errs.New(errs.NotFound, "No such post.")

// Get gives a post that the signed-in user may see.
func (s *Service) Get(ctx context.Context, id uuid.UUID) (Post, error) {
	p, err := s.store.get(ctx, id)
	if err != nil {
		return p, err
	}
	if !p.mayRead(auth.From(ctx)) {
		return Post{}, errNoPost
	}
	return p.shownTo(auth.From(ctx)), nil
}

// act runs one action under a lock: it checks that the user may do it now, and gives the post as it is afterwards.
func (s *Service) act(ctx context.Context, id uuid.UUID, action string, do func(context.Context, Post) error) (Post, error) {
	err := s.db.InTx(ctx, func(ctx context.Context) error {
		if err := s.store.lock(ctx, id); err != nil {
			return err
		}
		p, err := s.Get(ctx, id)
		if err != nil {
			return err
		}
		me := auth.From(ctx)
		allowed := p.Allowed(me)
		if !slices.Contains(allowed, action) {
			if me.ID != p.Owner.ID && slices.Contains([]string{"seal", "share", "decline"}, action) {
				return errs.New(errs.Forbidden, "Only "+p.Owner.Name+" can do this: it is their post.")
			}
			if me.ID == p.Owner.ID && !me.IsMarketer() && action == "offer" {
				return errs.New(errs.Forbidden, "Marketing offers posts.")
			}
			return errs.NotAllowedNow("This cannot be done now: the post is "+string(p.State)+".", allowed...)
		}
		if (action == "seal" || action == "share") && p.ExpiresAt != nil && !p.ExpiresAt.After(time.Now()) { // the job that says so runs later
			return errs.NotAllowedNow("The time of this post is over.")
		}
		return do(ctx, p)
	})
	if err != nil {
		return Post{}, err
	}
	return s.Get(ctx, id)
}

// Update changes a post: marketing until the seal and after a no, its owner from the offer on. A change of sealed content takes the seal
// away and closes the link. Stale when rev is not the current one.
func (s *Service) Update(ctx context.Context, id uuid.UUID, rev int64, in Input) (Post, error) {
	if err := in.clean(); err != nil {
		return Post{}, err
	}
	return s.act(ctx, id, "edit", func(ctx context.Context, p Post) error {
		if p.Rev != rev {
			return errs.StaleRev(p.Rev)
		}
		before := p
		if err := s.fill(ctx, &p, in); err != nil {
			return err
		}
		if p.State != Writing && auth.From(ctx).ID != p.Owner.ID {
			p.OfferedText = p.Text
		}
		if before.State == Sealed && !bytes.Equal(before.Hash, p.Hash) {
			p.State = Offered
			if err := s.setLink(ctx, before, false); err != nil { // the one that it had
				return err
			}
		}
		if err := s.store.update(ctx, p); err != nil {
			return err
		}
		if p.State != before.State {
			if err := s.store.voidSeals(ctx, id); err != nil {
				return err
			}
		}
		if err := s.useMedia(ctx, p); err != nil {
			return err
		}
		return s.record(ctx, "updated", p, map[string]any{"seal_lost": p.State != before.State})
	})
}

func (s *Service) setLink(ctx context.Context, p Post, active bool) error {
	if !p.LinkID.Valid {
		return nil
	}
	return s.links.SetActive(ctx, p.LinkID.UUID, active)
}

// end closes the post's link, voids its seal and moves it.
func (s *Service) end(ctx context.Context, p Post, to State, reason string) error {
	if err := s.setLink(ctx, p, false); err != nil {
		return err
	}
	if err := s.store.setState(ctx, p.ID, to, reason); err != nil {
		return err
	}
	if err := s.store.voidSeals(ctx, p.ID); err != nil {
		return err
	}
	return s.record(ctx, "moved", p, map[string]any{"from": p.State, "to": to, "reason": reason})
}

// Offer shows the post to its owner.
func (s *Service) Offer(ctx context.Context, id uuid.UUID) (Post, error) {
	return s.act(ctx, id, "offer", func(ctx context.Context, p Post) error {
		if err := s.store.offer(ctx, p.ID); err != nil {
			return err
		}
		return s.record(ctx, "offered", p, map[string]any{"notify": []uuid.UUID{p.Owner.ID}})
	})
}

// Seal is the owner's yes to exactly the content whose hash they saw. It opens the tracked link.
func (s *Service) Seal(ctx context.Context, id uuid.UUID, hash []byte) (Post, error) {
	return s.act(ctx, id, "seal", func(ctx context.Context, p Post) error {
		raw, now, err := p.canonical()
		if err != nil {
			return err
		}
		if !bytes.Equal(now, hash) {
			return errs.New(errs.Conflict, "The post was changed after you read it. Look at it again before you seal it.")
		}
		if err := s.store.addSeal(ctx, db.NewID(), p.ID, now, raw, auth.From(ctx).ID); err != nil {
			return err
		}
		if err := s.store.setState(ctx, p.ID, Sealed, ""); err != nil {
			return err
		}
		if err := s.setLink(ctx, p, true); err != nil {
			return err
		}
		return s.record(ctx, "sealed", p, map[string]any{"hash": p.Hash})
	})
}

// Share says that the owner has posted it, and where, if they know. The server refuses it without a valid seal.
func (s *Service) Share(ctx context.Context, id uuid.UUID, address string) (Post, error) {
	address = strings.TrimSpace(address)
	if address != "" {
		if u, err := url.Parse(address); err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" || len(address) > 1000 {
			return Post{}, errs.Field(errs.Invalid, "body.url", "Paste the full address of your post, or leave it empty.")
		}
	}
	return s.act(ctx, id, "share", func(ctx context.Context, p Post) error {
		if err := s.store.share(ctx, id, address); err != nil {
			return err
		}
		return s.record(ctx, "shared", p, map[string]any{"network": p.Network})
	})
}

// Decline is the owner's no, with a reason from which the writer learns.
func (s *Service) Decline(ctx context.Context, id uuid.UUID, reason string) (Post, error) {
	reason = strings.TrimSpace(reason)
	if reason == "" || len(reason) > 2000 {
		return Post{}, errs.Field(errs.Invalid, "body.reason", "Say in a few words why, so that the next one suits you better.")
	}
	return s.act(ctx, id, "decline", func(ctx context.Context, p Post) error {
		return s.end(ctx, p, Declined, reason)
	})
}

// Recall takes a post back: its link closes, and whoever has it hears why.
func (s *Service) Recall(ctx context.Context, id uuid.UUID, reason string) (Post, error) {
	return s.act(ctx, id, "recall", func(ctx context.Context, p Post) error {
		return s.end(ctx, p, Recalled, strings.TrimSpace(reason))
	})
}

// ExpireArgs is the job that ends offers whose time is over.
type ExpireArgs struct{}

// Kind implements jobs.Args.
func (ExpireArgs) Kind() string { return "expire_posts" }

// Expire is the job.
func (s *Service) Expire(ctx context.Context, _ ExpireArgs) error {
	return s.db.InTx(ctx, func(ctx context.Context) error {
		due, err := s.store.due(ctx)
		if err != nil {
			return err
		}
		for _, p := range due {
			if err := s.end(ctx, p, Expired, "Its time was over."); err != nil {
				return err
			}
		}
		return nil
	})
}

// Filter narrows List.
type Filter struct {
	States     []State
	Mine       bool // owned by the reader
	WrittenBy  uuid.UUID
	OwnerID    uuid.UUID
	ResourceID uuid.UUID
	After      uuid.UUID
	Limit      int
}

// List gives the posts that the signed-in user may see, newest first.
func (s *Service) List(ctx context.Context, f Filter) ([]Post, error) {
	found, err := s.store.list(ctx, auth.From(ctx), f)
	for i := range found {
		found[i] = found[i].shownTo(auth.From(ctx))
	}
	return found, err
}

// Sibling is another post about the same resource, with how much of this one's text it shares.
type Sibling struct {
	Owner  string
	Shared []string // sentences that both have
	Share  float64  // of this post's sentences, 0 to 1
}

// Clones compares a post with its siblings: posts of other people about the same resource. Word for word the same text
// under several names looks bought.
func (s *Service) Clones(ctx context.Context, id uuid.UUID) ([]Sibling, error) {
	p, err := s.Get(ctx, id)
	if err != nil || !p.ResourceID.Valid {
		return []Sibling{}, err
	}
	others, err := s.store.siblings(ctx, p)
	if err != nil {
		return nil, err
	}
	return compare(p.Text, others), nil
}
