package drafts

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"

	"github.com/google/uuid"
	"github.com/gowebpki/jcs"

	"byline/backend/internal/activity"
	"byline/backend/internal/ideas"
	"byline/backend/internal/library"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/errs"
)

// snapshot is what a version copies and its hash covers.
type snapshot struct {
	Title       string                  `json:"title"`
	ContentType string                  `json:"content_type"`
	Plan        Plan                    `json:"plan"`
	Evidence    []evidencePart          `json:"evidence,omitempty"` // absent when there is none, as in versions before there was any
	Doc         json.RawMessage         `json:"doc"`
	Assets      []library.AttachedAsset `json:"assets"`
}

// hash is the SHA-256 of the snapshot as canonical JSON (RFC 8785).
func (s snapshot) hash() ([]byte, error) {
	raw, err := json.Marshal(s)
	if err != nil {
		return nil, err
	}
	canonical, err := jcs.Transform(raw)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(canonical)
	return sum[:], nil
}

// Move takes a draft to its next state by an action: start (brief → writing), reopen (approved → writing), archive, and
// unarchive (back to where it stood).
func (s *Service) Move(ctx context.Context, id uuid.UUID, action string) (Draft, error) {
	return s.transition(ctx, id, action, func(ctx context.Context, d Draft) (State, error) {
		switch action {
		case "start":
			return Writing, s.ideas.Advance(ctx, d.Ideas, ideas.StateInProgress, "Writing has begun.")
		case "reopen":
			if err := s.store.voidApprovals(ctx, id, "The draft was reopened."); err != nil {
				return "", err
			}
			if err := s.documents.Guard(ctx, id, false); err != nil {
				return "", err
			}
			return Writing, s.documents.Freeze(ctx, id, false)
		case "archive":
			return Archived, s.documents.Freeze(ctx, id, true)
		case "unarchive":
			if d.ArchivedFrom != Published {
				return d.ArchivedFrom, s.documents.Freeze(ctx, id, false)
			}
			others, err := s.store.publishedOf(ctx, d.ResourceID.UUID, d.ID)
			if err == nil && len(others) > 0 {
				err = errs.NotAllowedNow("A later draft of its resource was published. Write the next one from the resource instead.")
			}
			return Published, err
		}
		return "", errs.Field(errs.Invalid, "body.action", "The actions are start, reopen, archive and unarchive.")
	}, nil)
}

// Submit asks for approval: it copies document, brief and files into a version, which becomes the one to approve.
func (s *Service) Submit(ctx context.Context, id uuid.UUID) (Draft, error) {
	return s.transition(ctx, id, "submit", func(ctx context.Context, d Draft) (State, error) {
		if err := s.takeRule(ctx, d); err != nil {
			return "", err
		}
		return InReview, s.takeVersion(ctx, d, "submitted", "", true)
	}, func(ctx context.Context, d Draft) ([]uuid.UUID, error) { return s.askNow(ctx, d.ID) })
}

// Resubmit makes the text as it is now, still in review, the version to approve. Approvals of the one before are void.
func (s *Service) Resubmit(ctx context.Context, id uuid.UUID) (Draft, error) {
	return s.transition(ctx, id, "resubmit", func(ctx context.Context, d Draft) (State, error) {
		if err := s.void(ctx, d, "A new version was submitted."); err != nil {
			return "", err
		}
		if err := s.takeRule(ctx, d); err != nil {
			return "", err
		}
		return InReview, s.takeVersion(ctx, d, "submitted", "", true)
	}, func(ctx context.Context, d Draft) ([]uuid.UUID, error) { return s.askNow(ctx, d.ID) })
}

// RequestChanges sends a draft in review back to writing, with a comment that says what is missing.
func (s *Service) RequestChanges(ctx context.Context, id uuid.UUID, comment string) (Draft, error) {
	if strings.TrimSpace(comment) == "" {
		return Draft{}, errs.Field(errs.Invalid, "body.comment", "Say what should change.")
	}
	return s.transition(ctx, id, "request_changes", func(ctx context.Context, d Draft) (State, error) {
		if _, err := s.comments.Add(ctx, object(id), comment, []uuid.UUID{d.WriterID}); err != nil {
			return "", err
		}
		return Writing, s.void(ctx, d, "Changes were requested.")
	}, func(_ context.Context, d Draft) ([]uuid.UUID, error) { return []uuid.UUID{d.WriterID}, nil })
}

// Approve gives the user's yes, or that of a colleague who is away, to one exact version, named by id and hash. With the
// last one that the draft's mode asks for it is approved and its text frozen.
func (s *Service) Approve(ctx context.Context, id, version uuid.UUID, hash []byte) (Draft, error) {
	err := s.db.InTx(ctx, func(ctx context.Context) error {
		d, err := s.locked(ctx, id)
		if err != nil {
			return err
		}
		me := auth.From(ctx)
		if !d.MayApprove(me) {
			return errs.New(errs.Forbidden, "Leads and named approvers approve, but never the writer.")
		}
		if d.State != InReview {
			return errs.NotAllowedNow("Only a draft in review can be approved; this one is "+string(d.State)+".", d.Allowed(me)...)
		}
		principal, waits := d.approvesFor(me)
		if !waits {
			return nil // they or their side have said yes already: a double click changes nothing
		}
		v, err := s.store.version(ctx, id, version)
		if err != nil {
			return err
		}
		if v.ID != d.CurrentVersionID.UUID || !bytes.Equal(v.Hash, hash) {
			return errs.New(errs.Conflict, "There is a newer version than the one that you read. Look at it before you approve.")
		}
		if _, err := s.documents.Lock(ctx, id); err != nil { // nothing is committed from here to the yes
			return err
		}
		current, err := s.snapshot(ctx, d)
		if err != nil {
			return err
		}
		if now, err := current.hash(); err != nil || !bytes.Equal(now, hash) {
			return errOr(err, errs.NotAllowedNow("The draft was changed after this version. Its writer has to submit it again.", d.Allowed(me)...))
		}
		if err := s.store.addApproval(ctx, db.NewID(), id, v, d.Approval.Mode, me, principal); err != nil {
			return err
		}
		if err := s.documents.Guard(ctx, id, true); err != nil {
			return err
		}
		if err := s.recordApproval(ctx, d, v, me, principal); err != nil {
			return err
		}
		now, err := s.store.get(ctx, id)
		if err != nil || !now.isComplete() {
			return err
		}
		if err := s.store.addMilestone(ctx, v.ID, "approved", me.ID); err != nil {
			return err
		}
		if err := s.documents.Freeze(ctx, id, true); err != nil {
			return err
		}
		return s.moveTo(ctx, d, Approved, nil)
	})
	if err != nil {
		return Draft{}, err
	}
	return s.Get(ctx, id)
}

func (s *Service) recordApproval(ctx context.Context, d Draft, v Version, me, principal auth.User) error {
	e := activity.Entry{Verb: "draft.approved_by", ObjectType: "draft", ObjectID: d.ID, Data: map[string]any{"version": v.Number, "side": principal.Side, "title": d.Title}}
	if principal.ID != me.ID {
		e.OnBehalfOf = principal.ID
	}
	return s.log.Record(ctx, e)
}

// Publish takes the approved version, never what was typed after, into the resource center. Its ideas become published.
func (s *Service) Publish(ctx context.Context, id uuid.UUID) (Draft, error) {
	return s.PublishWith(ctx, id, library.Taxonomy{})
}

// PublishWith is Publish with tags for where neither the brief nor the published resource has any.
func (s *Service) PublishWith(ctx context.Context, id uuid.UUID, fill library.Taxonomy) (Draft, error) {
	return s.transition(ctx, id, "publish", func(ctx context.Context, d Draft) (State, error) {
		v, err := s.store.version(ctx, id, d.CurrentVersionID.UUID)
		if err != nil {
			return "", err
		}
		var plan Plan
		var assets []library.AttachedAsset
		if err := s.store.versionParts(ctx, v.ID, &plan, &assets); err != nil {
			return "", err
		}
		t, err := s.types.Get(ctx, d.ContentType)
		if err != nil {
			return "", err
		}
		p := library.Publication{ResourceID: d.ResourceID.UUID, Title: v.Title, Summary: plan.Summary, ContentType: d.ContentType, Doc: v.Doc, Text: v.Text,
			Assets: assets, OwnerID: d.WriterID, ReviewMonths: t.ReviewMonths, Shareable: plan.Shareable, PublicURL: plan.PublicURL, DraftID: id, DraftVersionID: v.ID, Hash: v.Hash,
			Fill: fill, Taxonomy: library.Taxonomy{Tags: plan.Tags, Personas: nonEmpty(plan.Audience), Stages: nonEmpty(plan.Stage)}}
		resource, err := s.library.Publish(ctx, p)
		if err != nil {
			return "", err
		}
		if err := s.store.setResource(ctx, id, resource); err != nil {
			return "", err
		}
		if err := s.archiveEarlier(ctx, resource, id); err != nil {
			return "", err
		}
		if err := s.store.addMilestone(ctx, v.ID, "published", auth.From(ctx).ID); err != nil {
			return "", err
		}
		return Published, s.ideas.Advance(ctx, d.Ideas, ideas.StatePublished, "Published as “"+v.Title+"”.")
	}, nil)
}

// archiveEarlier ends the drafts that a resource was published from before.
func (s *Service) archiveEarlier(ctx context.Context, resource, published uuid.UUID) error {
	earlier, err := s.store.publishedOf(ctx, resource, published)
	if err != nil {
		return err
	}
	for _, id := range earlier {
		d, err := s.store.get(ctx, id)
		if err != nil {
			return err
		}
		if err := s.moveTo(ctx, d, Archived, nil); err != nil {
			return err
		}
	}
	return nil
}

func nonEmpty(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}

// transition runs one action: it locks, checks that the user may do it now, acts, and moves. who says who is asked to
// act next.
func (s *Service) transition(ctx context.Context, id uuid.UUID, action string, act func(context.Context, Draft) (State, error),
	who func(context.Context, Draft) ([]uuid.UUID, error)) (Draft, error) {
	err := s.db.InTx(ctx, func(ctx context.Context) error {
		d, err := s.locked(ctx, id)
		if err != nil {
			return err
		}
		me := auth.From(ctx)
		allowed := d.Allowed(me)
		if !slices.Contains(allowed, action) {
			if !d.mayManage(me) && !d.mayWrite(me) && !d.MayApprove(me) {
				return errs.New(errs.Forbidden, "You may read this draft but not move it.")
			}
			return errs.NotAllowedNow("This cannot be done while the draft is "+string(d.State)+", or is for somebody else to do.", allowed...)
		}
		to, err := act(ctx, d)
		if err != nil {
			return err
		}
		var notify []uuid.UUID
		if who != nil {
			if notify, err = who(ctx, d); err != nil {
				return err
			}
		}
		return s.moveTo(ctx, d, to, notify)
	})
	if err != nil {
		return Draft{}, err
	}
	return s.Get(ctx, id)
}

func (s *Service) moveTo(ctx context.Context, d Draft, to State, notify []uuid.UUID) error {
	if err := s.store.setState(ctx, d.ID, to); err != nil {
		return err
	}
	return s.record(ctx, "moved", d.ID, map[string]any{"from": d.State, "to": to, "title": d.Title, "notify": notify})
}

func (s *Service) snapshot(ctx context.Context, d Draft) (snapshot, error) {
	doc, err := s.documents.Get(ctx, d.ID)
	if err != nil {
		return snapshot{}, err
	}
	files, err := s.library.Attached(ctx, object(d.ID))
	if err != nil {
		return snapshot{}, err
	}
	evidence, err := s.store.evidenceParts(ctx, d.ID)
	if err != nil {
		return snapshot{}, err
	}
	snap := snapshot{Title: d.Title, ContentType: d.ContentType, Plan: d.Plan.undated(), Evidence: evidence, Doc: doc.Doc, Assets: []library.AttachedAsset{}}
	for _, f := range files {
		snap.Assets = append(snap.Assets, library.AttachedAsset{AssetID: f.ID, SHA256: hex.EncodeToString(f.SHA256), Caption: f.Caption})
	}
	return snap, nil
}

// Approvals lists who said yes to what, newest first, void ones too.
func (s *Service) Approvals(ctx context.Context, id uuid.UUID) ([]Approval, error) {
	if _, err := s.readable(ctx, id); err != nil {
		return nil, err
	}
	return s.store.approvals(ctx, id)
}
