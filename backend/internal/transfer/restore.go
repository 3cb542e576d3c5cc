package transfer

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"byline/backend/internal/collections"
	"byline/backend/internal/library"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/views"
)

const (
	maxJSON = 64 << 20
	maxText = 16 << 20
)

// job is one run over a pack: it is told what to do, and tells what came of it.
type job struct {
	*Service
	pack  Pack
	names map[string]int64
	dry   bool                                           // say only what would be done
	done  func(list string, line int) bool               // what an earlier run did already
	row   func(ctx context.Context, r Row) error         // told of every line
	step  func(ctx context.Context, done, all int) error // told how far it is; an error stops it
	seen  map[string]bool                                // source ids of this run
}

// isExport says whether a pack is an export of Byline.
func isExport(p Pack) bool { _, ok := names(p)[manifestFile]; return ok }

// readManifest reads what an export says of itself.
func readManifest(ctx context.Context, p Pack) (Manifest, error) {
	var m Manifest
	b, err := readSmall(ctx, p, manifestFile, maxJSON)
	if err != nil {
		return m, err
	}
	if err := json.Unmarshal(b, &m); err != nil || m.Format != formatName {
		return m, NotAPack{"not_export", manifestFile + " is not what an export of Byline has."}
	}
	if m.Version > formatVersion {
		return m, NotAPack{"newer_export", "This export was made by a newer Byline. Bring this one up to date first."}
	}
	return m, nil
}

// restore brings in an export: types of content, resources in their order, what took whose place, collections, what is
// said of the taxonomy, and synonyms.
func (j *job) restore(ctx context.Context) error {
	if _, err := readManifest(ctx, j.pack); err != nil {
		return err
	}
	var dirs []string
	for name := range j.names {
		if parts := strings.Split(name, "/"); len(parts) == 3 && parts[0] == "resources" && parts[2] == resourceFile {
			dirs = append(dirs, path.Dir(name))
		}
	}
	slices.Sort(dirs)
	people, err := j.store.people(ctx)
	if err != nil {
		return err
	}
	r := restorer{job: j, people: people, files: map[uuid.UUID]uuid.UUID{}, resources: map[uuid.UUID]uuid.UUID{}, successors: map[uuid.UUID]uuid.UUID{}}
	if err := r.contentTypes(ctx); err != nil {
		return err
	}
	for i, dir := range dirs {
		if err := r.one(ctx, dir, i+1); err != nil {
			return err
		}
		if err := j.step(ctx, i+1, len(dirs)+1); err != nil {
			return err
		}
	}
	if !j.dry {
		for old, next := range r.successors {
			if to, ok := r.resources[next]; ok {
				if err := j.library.RestoreSuccessor(ctx, r.resources[old], to); err != nil {
					return err
				}
			}
		}
	}
	if err := r.sets(ctx); err != nil {
		return err
	}
	if err := r.settings(ctx); err != nil {
		return err
	}
	if err := r.synonyms(ctx); err != nil {
		return err
	}
	return j.step(ctx, len(dirs)+1, len(dirs)+1)
}

type restorer struct {
	*job
	people     map[string]uuid.UUID    // by address
	files      map[uuid.UUID]uuid.UUID // ids there to ids here
	resources  map[uuid.UUID]uuid.UUID
	successors map[uuid.UUID]uuid.UUID // ids there
}

func (r *restorer) person(email string) uuid.NullUUID {
	id, ok := r.people[strings.ToLower(strings.TrimSpace(email))]
	return uuid.NullUUID{UUID: id, Valid: ok && email != ""}
}

func (r *restorer) one(ctx context.Context, dir string, line int) error {
	row := Row{List: "resources", Line: line, Title: path.Base(dir)}
	x, hash, err := r.read(ctx, dir)
	if err == nil {
		row.SourceID, row.Title = x.SourceID, printable(x.Title)
		if r.seen[x.SourceID] {
			err = library.Refuse("id_repeated", "An earlier resource of this export has the same id.")
		}
		r.seen[x.SourceID] = true
	}
	var states map[string]library.RestoredState
	if err == nil {
		states, err = r.library.RestoredStates(ctx, []string{x.SourceID})
	}
	if err == nil {
		before, known := states[x.SourceID]
		switch {
		case known && before.Hash == nil:
			row.Result, row.Reason, row.Explanation = Kept, "from_here", "It was made here, or came by another way. It stays as it is."
		case known && slices.Equal(before.Hash, hash):
			row.Result = Unchanged
			if owner := r.person(x.Owner); owner.Valid && !r.dry {
				err = r.library.RestoreOwner(ctx, before.ID, owner.UUID)
			}
		case known:
			row.Result = Updated
		default:
			row.Result = Created
		}
		id := before.ID
		if err == nil && !r.dry && (row.Result == Created || row.Result == Updated) {
			id, err = r.write(ctx, dir, x, hash)
		}
		if id != uuid.Nil {
			row.ResourceID = id.String()
			r.resources[x.ID] = id
			if x.Successor != nil {
				r.successors[x.ID] = *x.Successor
			}
		}
		if err == nil && x.Owner != "" && !r.person(x.Owner).Valid && row.Explanation == "" && row.Result != Unchanged {
			row.Reason, row.Explanation = "owner_unknown", "Its owner "+x.Owner+" is not here, so it has none. Invite them and import again."
		}
	}
	if err != nil {
		return r.refuse(ctx, row, err)
	}
	return r.tell(ctx, row)
}

// read gives the facts of a resource, and a checksum of all of it.
func (r *restorer) read(ctx context.Context, dir string) (x exportedResource, hash []byte, err error) {
	raw, err := readSmall(ctx, r.pack, dir+"/"+resourceFile, maxJSON)
	if err != nil {
		return x, nil, err
	}
	if err := json.Unmarshal(raw, &x); err != nil {
		return x, nil, library.Refuse("not_json", "%s is not what an export has: %s", resourceFile, err.Error())
	}
	h := sha256.New()
	h.Write(raw)
	if name := textOf(x); name != "" {
		text, err := readSmall(ctx, r.pack, dir+"/"+name, maxText)
		if err != nil {
			return x, nil, missing(err, name)
		}
		h.Write(text)
	}
	return x, h.Sum(nil), nil
}

func missing(err error, name string) error {
	if _, _, ok := library.Refusal(err); ok {
		return err
	}
	return library.Refuse("file_missing", "The file %s is not in this export.", name)
}

func textOf(x exportedResource) string {
	return map[string]string{"document": "text.json", "markdown": "text.md"}[x.Text]
}

func (r *restorer) write(ctx context.Context, dir string, x exportedResource, hash []byte) (uuid.UUID, error) {
	out := library.Restored{RestoredHash: hash, OwnerID: r.person(x.Owner), VerifierID: r.person(x.VerifiedBy), Own: map[uuid.UUID]bool{}}
	w := &out.Whole
	w.Resource = library.Resource{ID: x.ID, SourceID: x.SourceID, SourceRepo: x.SourceRepo, SourcePath: x.SourcePath, Licence: x.Licence, Title: strings.TrimSpace(x.Title), Summary: x.Summary, ContentType: x.ContentType,
		Lang: x.Lang, Taxonomy: x.Taxonomy, Authors: x.Authors, State: library.ResourceState(x.State), Shareable: x.Shareable, Downloads: library.Downloads{Inside: x.DownloadInside, Outside: x.DownloadOutside},
		PublicURL: x.PublicURL, ReleaseAt: x.ReleaseAt, ExpiresAt: x.ExpiresAt, DatesZone: x.DatesZone, PublishedAt: x.PublishedAt, VerifiedAt: x.VerifiedAt, Version: x.Version, CreatedAt: x.CreatedAt, UpdatedAt: x.UpdatedAt}
	if x.ReviewDueOn != "" {
		day, err := time.Parse(time.DateOnly, x.ReviewDueOn)
		if err != nil {
			return uuid.Nil, library.Refuse("date", "review_due_on is not a day.")
		}
		w.ReviewDueOn = &day
	}
	if len(x.SourceHash) == 64 {
		w.SourceHash, _ = hex.DecodeString(x.SourceHash)
	}
	names := map[uuid.UUID]string{}
	for i, f := range append(slices.Clone(x.Files), x.OtherFiles...) {
		if f.Path == "" {
			continue
		}
		id, err := r.file(ctx, f)
		if err != nil {
			return uuid.Nil, err
		}
		out.Own[id], names[f.ID] = true, f.SHA256
		if i < len(x.Files) {
			out.Attached = append(out.Attached, library.AttachedAsset{AssetID: id, SHA256: f.SHA256, Caption: f.Caption})
		}
	}
	rename := r.renaming(names)
	if name := textOf(x); name != "" {
		text, err := readSmall(ctx, r.pack, dir+"/"+name, maxText)
		if err != nil {
			return uuid.Nil, missing(err, name)
		}
		if x.Text == "markdown" {
			w.BodyMarkdown = strings.ReplaceAll(strings.ToValidUTF8(string(text), "?"), "\x00", "")
		} else {
			w.Doc = json.RawMessage(rename.Replace(string(text)))
		}
	}
	for _, v := range x.Versions {
		y := library.WholeVersion{Number: v.Number, Title: v.Title, Summary: v.Summary, Note: v.Note, CreatedAt: v.CreatedAt, Facts: factsOf(v.Facts), Restored: v.Restored}
		if slices.ContainsFunc(slices.Concat(x.Files, x.OtherFiles), func(f exportedFile) bool { return f.Name == v.Note }) {
			y.Note = "" // older exports have the name of the new file there
		}
		y.Hash, _ = hex.DecodeString(v.Hash)
		if v.HasText {
			name := versionText(v.Number)
			text, err := readSmall(ctx, r.pack, dir+"/"+name, maxText)
			if err != nil {
				return uuid.Nil, missing(err, name)
			}
			y.Doc = json.RawMessage(rename.Replace(string(text)))
		} else if v.Markdown {
			name := strings.TrimSuffix(versionText(v.Number), ".json") + ".md"
			text, err := readSmall(ctx, r.pack, dir+"/"+name, maxText)
			if err != nil {
				return uuid.Nil, missing(err, name)
			}
			y.Markdown = strings.ReplaceAll(strings.ToValidUTF8(string(text), "?"), "\x00", "")
		}
		for _, f := range v.Files {
			if id, ok := r.files[f.AssetID]; ok {
				f.AssetID = id
				y.Assets = append(y.Assets, f)
			}
		}
		w.Versions = append(w.Versions, y)
		out.VersionBy = append(out.VersionBy, r.person(v.By))
	}
	if c := x.Cover; c != nil && c.Page >= 0 && c.Page <= 10000 && out.Own[r.files[c.File]] {
		out.Picture = library.Cover{Asset: uuid.NullUUID{UUID: r.files[c.File], Valid: true}, Page: c.Page}
	}
	result, err := r.library.Restore(ctx, out)
	return result.ID, err
}

// factsOf are the facts of a version of an archive, nil when they are not facts.
func factsOf(raw json.RawMessage) json.RawMessage {
	var f library.Facts
	if len(raw) == 0 || json.Unmarshal(raw, &f) != nil {
		return nil
	}
	clean, err := json.Marshal(f)
	if err != nil {
		return nil
	}
	return clean
}

// renaming puts the ids that files have here in place of those that they had there.
func (r *restorer) renaming(files map[uuid.UUID]string) *strings.Replacer {
	var pairs []string
	for there := range files {
		if here := r.files[there]; here != there {
			pairs = append(pairs, there.String(), here.String())
		}
	}
	return strings.NewReplacer(pairs...)
}

func (r *restorer) file(ctx context.Context, f exportedFile) (uuid.UUID, error) {
	if id, ok := r.files[f.ID]; ok {
		return id, nil
	}
	if !auth.From(ctx).Known() {
		return uuid.Nil, library.Refuse("no_owner", "A file needs somebody whose it is, and there is no account yet.")
	}
	s, err := spool(ctx, r.pack, f.Path)
	if err != nil {
		return uuid.Nil, err
	}
	defer s.remove()
	if hex.EncodeToString(s.sum) != strings.ToLower(f.SHA256) {
		return uuid.Nil, library.Refuse("checksum", "The file %s is not what the export says: its SHA-256 differs.", f.Name)
	}
	id, err := r.library.RestoreFile(ctx, f.ID, f.Name, s.size, s.sum, s.File)
	if err == nil {
		r.files[f.ID] = id
	}
	return id, err
}

func (r *restorer) sets(ctx context.Context) error {
	list, err := readList[exportedCollection](ctx, r, collectionsFile)
	if err != nil {
		return err
	}
	for i, c := range list {
		row := Row{List: collectionsFile, Line: i + 1, Title: c.Title, SourceID: c.ID.String(), Result: Created}
		var here bool
		if r.dry {
			here, err = r.collectionsHere(ctx, c.ID)
		} else {
			var created bool
			created, err = r.collection(ctx, c)
			here = !created
		}
		switch {
		case err != nil:
			err = r.refuse(ctx, row, err)
		case here:
			row.Result = Unchanged
			fallthrough
		default:
			err = r.tell(ctx, row)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (r *restorer) collectionsHere(ctx context.Context, id uuid.UUID) (yes bool, err error) {
	err = r.db.PG(ctx).QueryRow(ctx, `SELECT EXISTS (SELECT FROM collections WHERE id = $1)`, id).Scan(&yes)
	return yes, err
}

func (r *restorer) collection(ctx context.Context, c exportedCollection) (bool, error) {
	owner := r.person(c.Owner)
	if !owner.Valid {
		owner.UUID = auth.From(ctx).ID
	}
	if owner.UUID == uuid.Nil {
		return false, library.Refuse("no_owner", "A collection needs somebody whose it is, and there is no account yet.")
	}
	w := collections.Whole{ID: c.ID, Side: auth.Side(c.Side), Input: collections.Input{Title: c.Title, Summary: c.Summary, Kind: c.Kind, Rule: c.Rule, Sort: c.Sort, Tone: c.Tone, Shared: views.Sharing(c.Shared)}}
	if c.Cover != nil {
		if id, ok := r.resources[*c.Cover]; ok {
			w.Input.CoverID, w.Input.CoverPage = uuid.NullUUID{UUID: id, Valid: true}, c.Page
		}
	}
	for _, s := range c.Sections {
		section := collections.Section{Title: s.Title, IDs: []uuid.UUID{}}
		for _, id := range s.Resources {
			if here, ok := r.resources[id]; ok {
				section.IDs = append(section.IDs, here)
			}
		}
		w.Sections = append(w.Sections, section)
	}
	return r.collections.RestoreWhole(ctx, w, owner.UUID)
}

func versionText(number int) string { return "versions/" + strconv.Itoa(number) + ".json" }
