package library

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"regexp"
	"slices"
	"time"

	"github.com/google/uuid"

	"byline/backend/internal/activity"
	"byline/backend/internal/coedit"
	"byline/backend/internal/comments"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/blob"
	"byline/backend/internal/platform/db"
)

// typePattern is what keys of content types look like, also of those that a company made itself.
var typePattern = regexp.MustCompile(`^[a-z][a-z0-9_]{0,59}$`)

// OwnSource is the source id that a resource has in exports of the workspace in which it was made.
func OwnSource(id uuid.UUID) string { return "byline:" + id.String() }

// RestoredState is what is here of a resource that an export names.
type RestoredState struct {
	ID   uuid.UUID
	Hash []byte // of the export that it was last restored from; nil when it was made here
}

// RestoredStates finds resources by the source ids of an export; those that were made here are found too.
func (s *Service) RestoredStates(ctx context.Context, sourceIDs []string) (map[string]RestoredState, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT coalesce(source_id, 'byline:' || id), id, restored_hash FROM resources
		WHERE source_id = ANY($1) OR source_id IS NULL AND id IN (SELECT substr(x, 8)::uuid FROM unnest($1::text[]) x WHERE x ~ '^byline:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$')`, sourceIDs)
	if err != nil {
		return nil, db.Err(err, "resource")
	}
	defer rows.Close()
	found := map[string]RestoredState{}
	for rows.Next() {
		var source string
		var st RestoredState
		if err := rows.Scan(&source, &st.ID, &st.Hash); err != nil {
			return nil, db.Err(err, "resource")
		}
		found[source] = st
	}
	return found, db.Err(rows.Err(), "resource")
}

// RestoreFile keeps a file of an export. wanted is its id there, which it gets here too when that is free. Doing it again
// gives the same file.
func (s *Service) RestoreFile(ctx context.Context, wanted uuid.UUID, name string, size int64, sum []byte, content io.ReadSeeker) (uuid.UUID, error) {
	u := Upload{Name: name, Size: size}
	if err := u.clean(); err != nil {
		return uuid.Nil, err
	}
	key := sha256.Sum256([]byte("export\x00" + wanted.String() + "\x00" + string(sum)))
	a := Asset{ID: wanted, OwnerID: auth.From(ctx).ID, Name: u.Name, Size: size, State: Processing, PartSize: blob.PartSize(size), StorageKey: "assets/import-" + hex.EncodeToString(key[:])}
	used, err := s.store.storageKeyUsed(ctx, a.StorageKey)
	if err != nil {
		return uuid.Nil, err
	}
	if !used {
		if err := s.blobs.Put(ctx, a.StorageKey, "application/octet-stream", content); err != nil {
			return uuid.Nil, err
		}
	}
	return s.keepRestored(ctx, a)
}

// Restored is a resource as an export has it, with the ids of files that it has here.
type Restored struct {
	Whole
	RestoredHash []byte // of all of it, so that the same is not written twice
	OwnerID      uuid.NullUUID
	VerifierID   uuid.NullUUID
	Attached     []AttachedAsset
	VersionBy    []uuid.NullUUID    // of Whole.Versions
	Own          map[uuid.UUID]bool // its files: a text shows no others
}

func (r *Restored) check() error {
	if len(r.SourceID) == 0 || len(r.SourceID) > 250 {
		return refused("id", "A source id of 1 to 250 bytes is needed.")
	}
	d := Details{Title: r.Title, Summary: r.Summary, ContentType: r.ContentType, DatesZone: r.DatesZone, ReleaseAt: r.ReleaseAt, ExpiresAt: r.ExpiresAt}
	switch {
	case d.Title == "" || len([]rune(d.Title)) > 300:
		return refused("title_missing", "A title has 1 to 300 characters.")
	case !typePattern.MatchString(d.ContentType):
		return refused("type_unknown", "The type %q is not known.", d.ContentType)
	case !langPattern.MatchString(r.Lang):
		return refused("lang", "The language %q is not a code such as en or pt-BR.", r.Lang)
	case r.State != Live && r.State != ReviewDue && r.State != Expired && r.State != Archived:
		return refused("state", "The state %q is not known.", r.State)
	}
	if _, err := time.LoadLocation(d.DatesZone); err != nil || d.DatesZone == "Local" {
		return refused("date", "The time zone %q is not known.", d.DatesZone)
	}
	if err := r.Taxonomy.check(); err != nil {
		return refused("taxonomy", "%s", message(err))
	}
	return nil
}

// Restore writes a resource of an export, or brings an earlier one up to date. It keeps its id when that is free. One that
// was made here is never touched.
func (s *Service) Restore(ctx context.Context, r Restored) (ImportResult, error) {
	if err := r.check(); err != nil {
		return ImportResult{}, err
	}
	text, inText, err := restoredText(r.Doc, r.BodyMarkdown)
	if err != nil {
		return ImportResult{}, err
	}
	inText = slices.DeleteFunc(inText, func(a AttachedAsset) bool { return !r.Own[a.AssetID] })
	for _, v := range r.Versions {
		if _, _, err := restoredText(v.Doc, v.Markdown); err != nil {
			return ImportResult{}, err
		}
		if _, err := cleanNote(v.Note); err != nil {
			return ImportResult{}, refused("too_long", "What changed with version %d is said in more than %d characters.", v.Number, maxNote)
		}
	}
	var result ImportResult
	err = s.db.InTx(ctx, func(ctx context.Context) error {
		states, err := s.RestoredStates(ctx, []string{r.SourceID})
		if err != nil {
			return err
		}
		before, known := states[r.SourceID]
		if known && (before.Hash == nil || bytes.Equal(before.Hash, r.RestoredHash)) {
			result = ImportResult{ID: before.ID}
			return nil
		}
		if known {
			r.ID = before.ID
		} else if taken, err := s.store.resourceTaken(ctx, r.ID); err != nil {
			return err
		} else if taken || r.ID == uuid.Nil {
			r.ID = db.NewID()
		}
		if err := s.store.writeRestored(ctx, r, text); err != nil {
			return err
		}
		if err := s.store.replaceAssets(ctx, resourceObject(r.ID), r.Attached); err != nil {
			return err
		}
		if err := s.store.replaceAssets(ctx, comments.Object{Type: "resource_text", ID: r.ID}, inText); err != nil {
			return err
		}
		if err := s.store.putCover(ctx, r.ID, Cover{}, r.Picture); err != nil {
			return err
		}
		result = ImportResult{ID: r.ID, Created: !known, Changed: true}
		return s.log.Record(ctx, activity.Entry{Verb: "resource.imported", ObjectType: "resource", ObjectID: r.ID})
	})
	return result, err
}

// restoredText checks a text of an export, and gives its words and the files that stand in it.
func restoredText(doc []byte, markdown string) (text string, assets []AttachedAsset, err error) {
	if doc == nil {
		if len(markdown) > maxBody {
			return "", nil, refused("too_long", "The text has more than %d MiB.", maxBody>>20)
		}
		text, err = MarkdownText(markdown)
		return text, nil, err
	}
	n, err := coedit.Parse(doc)
	if err != nil {
		return "", nil, refused("text", "Its text is not one of the editor: %s", message(err))
	}
	for _, id := range n.Assets() {
		assets = append(assets, AttachedAsset{AssetID: id})
	}
	return n.PlainText(), assets, nil
}

// RestoreSuccessor says what took the place of a restored resource, unless something has by now.
func (s *Service) RestoreSuccessor(ctx context.Context, id, successor uuid.UUID) error {
	after, err := s.store.successors(ctx, successor)
	if err != nil || id == successor {
		return err
	}
	for _, a := range after {
		if a == id {
			return nil
		}
	}
	_, err = s.db.PG(ctx).Exec(ctx, `UPDATE resources SET successor_id = $2 WHERE id = $1 AND restored_hash IS NOT NULL AND successor_id IS NULL AND state = 'archived'`, id, successor)
	return db.Err(err, "resource")
}

// RestoreOwner gives a restored resource that has no owner the one that it had, who has joined since.
func (s *Service) RestoreOwner(ctx context.Context, id, owner uuid.UUID) error {
	_, err := s.db.PG(ctx).Exec(ctx, `UPDATE resources SET owner_id = $2 WHERE id = $1 AND owner_id IS NULL AND restored_hash IS NOT NULL`, id, owner)
	return db.Err(err, "resource")
}

func (s store) resourceTaken(ctx context.Context, id uuid.UUID) (yes bool, err error) {
	err = s.db.PG(ctx).QueryRow(ctx, `SELECT EXISTS (SELECT FROM resources WHERE id = $1)`, id).Scan(&yes)
	return yes, db.Err(err, "resource")
}

func (s store) writeRestored(ctx context.Context, r Restored, text string) error {
	t, authors := r.Taxonomy.filled(), r.Authors
	if authors == nil {
		authors = []string{}
	}
	_, err := s.db.PG(ctx).Exec(ctx, `
		INSERT INTO resources AS r (id, source_id, source_repo, source_path, licence, title, summary, content_type, lang, doc, body_markdown, body_text, authors,
			personas, stages, industries, products, regions, tags, owner_id, state, shareable, download_inside, download_outside, public_url, release_at, expires_at, dates_zone,
			review_due_on, version, published_at, verified_at, verified_by, created_at, updated_at, source_hash, restored_hash)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37)
		ON CONFLICT (id) DO UPDATE SET source_repo = excluded.source_repo, source_path = excluded.source_path, licence = excluded.licence, title = excluded.title, summary = excluded.summary,
			content_type = excluded.content_type, lang = excluded.lang, doc = excluded.doc, body_markdown = excluded.body_markdown, body_text = excluded.body_text, authors = excluded.authors,
			personas = excluded.personas, stages = excluded.stages, industries = excluded.industries, products = excluded.products, regions = excluded.regions, tags = excluded.tags,
			owner_id = coalesce(excluded.owner_id, r.owner_id), state = excluded.state, shareable = excluded.shareable, download_inside = excluded.download_inside,
			download_outside = excluded.download_outside, public_url = excluded.public_url, release_at = excluded.release_at, expires_at = excluded.expires_at, dates_zone = excluded.dates_zone,
			review_due_on = excluded.review_due_on, version = excluded.version, published_at = excluded.published_at, verified_at = excluded.verified_at, verified_by = excluded.verified_by,
			updated_at = excluded.updated_at, source_hash = excluded.source_hash, restored_hash = excluded.restored_hash, rev = r.rev + 1`,
		r.ID, r.SourceID, r.SourceRepo, r.SourcePath, r.Licence, r.Title, r.Summary, r.ContentType, r.Lang, r.Doc, r.BodyMarkdown, text, authors,
		t.Personas, t.Stages, t.Industries, t.Products, t.Regions, t.Tags, r.OwnerID, r.State, r.Shareable, r.Downloads.Inside, r.Downloads.Outside, r.PublicURL, r.ReleaseAt, r.ExpiresAt, r.DatesZone,
		r.ReviewDueOn, max(r.Version, 1), r.PublishedAt, r.VerifiedAt, r.VerifierID, r.CreatedAt, r.UpdatedAt, r.SourceHash, r.RestoredHash)
	if err != nil {
		return db.Err(err, "resource")
	}
	if _, err := s.db.PG(ctx).Exec(ctx, `DELETE FROM resource_versions WHERE resource_id = $1`, r.ID); err != nil {
		return db.Err(err, "version")
	}
	for i, v := range r.Versions {
		if v.Assets == nil {
			v.Assets = []AttachedAsset{}
		}
		if _, err := s.db.PG(ctx).Exec(ctx, `INSERT INTO resource_versions (id, resource_id, number, title, summary, doc, assets, hash, note, created_by, created_at, body_markdown, facts, restored_from)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, nullif($14, 0))`, db.NewID(), r.ID, v.Number, v.Title, v.Summary, v.Doc, v.Assets, v.Hash, v.Note, r.VersionBy[i], v.CreatedAt, v.Markdown, v.Facts, v.Restored); err != nil {
			return db.Err(err, "version")
		}
	}
	return nil
}

// Refusal gives the reason of a refused item, for programs, and in words; ok is false when something else went wrong.
func Refusal(err error) (reason, explanation string, ok bool) {
	var why refusal
	switch {
	case errors.As(err, &why):
		return why.reason, why.explanation, true
	case faulty(err):
		return "data", message(err), true
	}
	return "", "", false
}
