package shares

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"byline/backend/internal/activity"
	"byline/backend/internal/library"
	"byline/backend/internal/platform/db"
)

// Holder is somebody who still holds a resource: the recipient of an open share, or whoever follows a post about it.
type Holder struct {
	Kind     string // "share" or "post"
	ID       uuid.UUID
	Owner    activity.Person // who shared it
	Name     string          // of the recipient; the network of a post
	Org      string
	Since    time.Time
	Clicks   int  // by people, of the post's tracked link
	LinkOpen bool // whether that link is open
}

// Holders lists who still holds a resource, whoever shared it. Who may ask is for the caller to check.
func (s *Service) Holders(ctx context.Context, resource uuid.UUID) ([]Holder, error) {
	if _, err := s.library.Resource(ctx, resource); err != nil {
		return nil, err
	}
	return s.store.holders(ctx, resource)
}

// Recalled tells, in the transaction in which a resource was taken out of use, the owners of open shares of it, and of
// posts about it that were shared.
func (s *Service) Recalled(ctx context.Context, r library.Recall) error {
	held, err := s.store.holders(ctx, r.ID)
	if err != nil {
		return err
	}
	var entries []activity.Entry
	for _, h := range held {
		emptied, superseded := "share.emptied", "share.superseded"
		if h.Kind == "post" {
			emptied, superseded = "post.emptied", "post.superseded"
		}
		verb, data := emptied, map[string]any{"notify": []uuid.UUID{h.Owner.ID}}
		if r.Successor.Valid {
			verb, data["into_title"] = superseded, r.SuccessorTitle
		}
		entries = append(entries, activity.Entry{Verb: verb, ObjectType: h.Kind, ObjectID: h.ID, Data: data})
	}
	return s.log.Record(ctx, entries...)
}

// HeldBy gives who is to hear that the content of a resource was replaced: the owners of what Holders lists, once each.
func (s *Service) HeldBy(ctx context.Context, resource uuid.UUID) ([]uuid.UUID, error) {
	held, err := s.store.holders(ctx, resource)
	var owners []uuid.UUID
	for _, h := range held {
		if !slices.Contains(owners, h.Owner.ID) {
			owners = append(owners, h.Owner.ID)
		}
	}
	return owners, err
}

func (s store) holders(ctx context.Context, resource uuid.UUID) ([]Holder, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `
		SELECT 'share', s.id, u.id, u.name, u.side, u.picture_asset_id, s.recipient, s.organisation, s.created_at, 0, true
		FROM shares s JOIN share_resources x ON x.share_id = s.id JOIN users u ON u.id = s.owner_id
		WHERE x.resource_id = $1 AND s.revoked_at IS NULL AND (s.expires_at IS NULL OR s.expires_at > now()) AND NOT `+stopped+`
		UNION ALL
		SELECT 'post', p.id, u.id, u.name, u.side, u.picture_asset_id, p.network, '', coalesce(p.shared_at, p.created_at),
		  (SELECT count(*)::int FROM hits h WHERE h.link_id = p.link_id AND h.class = 'human'), coalesce(l.active, false)
		FROM posts p JOIN users u ON u.id = p.owner_id LEFT JOIN links l ON l.id = p.link_id WHERE p.resource_id = $1 AND p.state = 'shared'
		ORDER BY 1 DESC, 9 DESC LIMIT 500`, resource)
	if err != nil {
		return nil, db.Err(err, "share")
	}
	return pgx.CollectRows(rows, func(r pgx.CollectableRow) (h Holder, err error) {
		return h, r.Scan(&h.Kind, &h.ID, &h.Owner.ID, &h.Owner.Name, &h.Owner.Side, &h.Owner.Picture, &h.Name, &h.Org, &h.Since, &h.Clicks, &h.LinkOpen)
	})
}
