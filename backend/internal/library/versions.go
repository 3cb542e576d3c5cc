package library

import (
	"context"
	"encoding/json"
	"reflect"
	"slices"
	"time"

	"github.com/google/uuid"

	"byline/backend/internal/activity"
	"byline/backend/internal/comments"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/errs"
)

// Version is one state of a resource's content.
type Version struct {
	ID             uuid.UUID
	Number         int
	Title          string
	Summary        string
	Facts          *Facts // nil for versions of which nobody kept them
	Note           string // what somebody said that changed
	Rev            int64  // of the note
	DraftID        uuid.NullUUID
	DraftVersionID uuid.NullUUID
	RestoredFrom   int // the version whose content it brought back; 0 for none
	By             *activity.Person
	CreatedAt      time.Time
	Current        bool
	Changed        []string     // since the version before: title, summary, text, files, facts
	Files          []Asset      // in order, with captions, as far as they are still there
	FileChanges    []FileChange // since the version before
	attached       []AttachedAsset
	text           string // a hash of it
}

// Facts is what a version was, and for whom.
type Facts struct {
	ContentType string `json:"content_type"`
	Lang        string `json:"lang"`
	Taxonomy
}

// FileChange is what became of a file from one version to another; "same", "replaced", "added" or "removed".
type FileChange struct {
	Change        string
	Before, After *Asset
}

// errNoVersion also hides how many there are.
var errNoVersion = errs.New(errs.NotFound, "No such version.")

// Versions lists the versions of a resource, newest first, each with what changed since the one before.
func (s *Service) Versions(ctx context.Context, id uuid.UUID) ([]Version, error) {
	if _, err := s.Resource(ctx, id); err != nil {
		return nil, err
	}
	list, err := s.store.versions(ctx, id)
	if err != nil {
		return nil, err
	}
	return list, s.fill(ctx, list)
}

// fill adds the files to versions, newest first, and what changed.
func (s *Service) fill(ctx context.Context, list []Version) error {
	var ids []uuid.UUID
	for _, v := range list {
		for _, f := range v.attached {
			ids = append(ids, f.AssetID)
		}
	}
	known, err := s.store.filesOf(ctx, ids)
	if err != nil {
		return err
	}
	for i := range list {
		v := &list[i]
		for _, f := range v.attached {
			if a, ok := known[f.AssetID]; ok {
				a.Caption = f.Caption
				v.Files = append(v.Files, a)
			}
		}
	}
	for i := range list {
		if i+1 < len(list) {
			list[i].FileChanges = fileChanges(list[i+1].Files, list[i].Files)
			list[i].Changed = changes(list[i+1], list[i], list[i].FileChanges)
		}
	}
	return nil
}

// changes says what is not the same in two versions.
func changes(before, after Version, files []FileChange) []string {
	var out []string
	for _, c := range []struct {
		name string
		is   bool
	}{
		{"title", before.Title != after.Title},
		{"summary", before.Summary != after.Summary},
		{"text", before.text != after.text},
		{"files", slices.ContainsFunc(files, func(f FileChange) bool { return f.Change != "same" })},
		{"facts", before.Facts != nil && after.Facts != nil && !reflect.DeepEqual(before.Facts, after.Facts)},
	} {
		if c.is {
			out = append(out, c.name)
		}
	}
	return out
}

// fileChanges finds which file took the place of which: the same one, then one of the same name, then one of the same kind
// in order.
func fileChanges(before, after []Asset) []FileChange {
	left := make([]*Asset, len(before))
	for i := range before {
		left[i] = &before[i]
	}
	took := make([]*Asset, len(after))
	for _, fits := range []func(a, b Asset) bool{
		func(a, b Asset) bool { return a.ID == b.ID },
		func(a, b Asset) bool { return len(a.SHA256) > 0 && string(a.SHA256) == string(b.SHA256) },
		func(a, b Asset) bool { return a.Name == b.Name },
		func(a, b Asset) bool { return a.Kind == b.Kind },
	} {
		for i := range after {
			at := slices.IndexFunc(left, func(a *Asset) bool { return a != nil && fits(*a, after[i]) })
			if took[i] == nil && at >= 0 {
				took[i], left[at] = left[at], nil
			}
		}
	}
	if len(before) == len(after) { // the only one of each, whatever they are
		for i := range after {
			if took[i] == nil && left[i] != nil {
				took[i], left[i] = left[i], nil
			}
		}
	}
	out := make([]FileChange, 0, len(after))
	for i := range after {
		c := FileChange{Change: "added", Before: took[i], After: &after[i]}
		switch b := took[i]; {
		case b == nil:
		case b.ID == after[i].ID, len(b.SHA256) > 0 && string(b.SHA256) == string(after[i].SHA256) && b.Name == after[i].Name:
			c.Change = "same"
		default:
			c.Change = "replaced"
		}
		out = append(out, c)
	}
	for _, a := range left {
		if a != nil {
			out = append(out, FileChange{Change: "removed", Before: a})
		}
	}
	return out
}

// RestoreVersion brings the content of a version back, as the next version: title, summary, text and files. Facts, dates and
// rights stay as they are now. Stale when rev is not the current one.
func (s *Service) RestoreVersion(ctx context.Context, id uuid.UUID, number int, rev int64) (Resource, error) {
	r, err := s.Resource(ctx, id)
	if err != nil {
		return Resource{}, err
	}
	me := auth.From(ctx)
	if !me.IsMarketer() && !me.Admin {
		return Resource{}, errs.New(errs.Forbidden, "Only marketing brings a version back.")
	}
	list, err := s.Versions(ctx, id)
	if err != nil {
		return Resource{}, err
	}
	at := slices.IndexFunc(list, func(v Version) bool { return v.Number == number })
	switch {
	case at < 0:
		return Resource{}, errNoVersion
	case list[at].Current:
		return Resource{}, errs.New(errs.Conflict, "This is the current version.")
	case len(list[at].Files) < len(list[at].attached):
		return Resource{}, errs.New(errs.Conflict, "A file of this version was not kept.")
	}
	v := list[at]
	doc, markdown, err := s.store.versionText(ctx, id, number)
	if err != nil {
		return Resource{}, err
	}
	text, inText, err := restoredText(doc, markdown)
	if err != nil {
		return Resource{}, err
	}
	err = s.db.InTx(ctx, func(ctx context.Context) error {
		if err := s.store.lockResource(ctx, id); err != nil {
			return err
		}
		if err := s.store.keepVersions(ctx, id); err != nil {
			return err
		}
		if err := s.store.putBack(ctx, id, rev, v, doc, markdown, text); err != nil {
			return err
		}
		if err := s.store.replaceAssets(ctx, resourceObject(id), v.attached); err != nil {
			return err
		}
		if err := s.store.replaceAssets(ctx, comments.Object{Type: "resource_text", ID: id}, inText); err != nil {
			return err
		}
		if err := s.store.nextVersion(ctx, id, me.ID, noteOfReturn(v), number); err != nil {
			return err
		}
		said := v.Note
		if v.RestoredFrom != 0 {
			said = ""
		}
		return s.newContent(ctx, "resource.version_restored", id, said, map[string]any{"title": r.Title, "number": number})
	})
	if err != nil {
		return Resource{}, err
	}
	return s.Resource(ctx, id)
}

// FormerUse gives a version of a resource that the signed-in user may see, which had a file that it no longer has: where an
// old address of the file leads.
func (s *Service) FormerUse(ctx context.Context, asset uuid.UUID) (FormerUse, error) {
	uses, err := s.store.formerUses(ctx, asset)
	if err != nil {
		return FormerUse{}, err
	}
	for _, u := range uses {
		_, err := s.Resource(ctx, u.Resource)
		if err == nil {
			return u, nil
		}
		if errs.CodeOf(err) != errs.NotFound {
			return FormerUse{}, err
		}
	}
	return FormerUse{}, errNoAsset
}

// document gives a text as the editor's tree, so that any two can be compared. What it shows are words: pictures stand in it
// by name.
func document(doc json.RawMessage, markdown string) (json.RawMessage, error) {
	if doc != nil {
		return doc, nil
	}
	return markdownDocument(markdown)
}
