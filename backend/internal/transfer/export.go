package transfer

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/google/uuid"

	"byline/backend/internal/coedit"
	"byline/backend/internal/library"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/errs"
)

// exportBatch is how many resources are read together.
const exportBatch = 50

// Progress is told how far something has come.
type Progress func(done, all int)

// Write writes the whole resource center to w as a ZIP file, for the administrator or operator in ctx. It holds one batch
// of resources in memory, and never a whole file. from is the address of this deployment.
func (s *Service) Write(ctx context.Context, w io.Writer, from string, progress Progress) (Manifest, error) {
	m := Manifest{Format: formatName, Version: formatVersion, MadeAt: s.now().UTC().Truncate(time.Second), MadeBy: auth.From(ctx).Email, From: from, Problems: []string{}}
	total, _, err := s.library.CountAll(ctx)
	if err != nil {
		return m, err
	}
	e := &exporter{Service: s, zip: zip.NewWriter(w), m: &m, paths: map[uuid.UUID]exportedFile{}, values: map[string]map[string]int{}}
	dir, err := os.MkdirTemp("", "byline-export")
	if err != nil {
		return m, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	if e.index, err = os.Create(path.Join(dir, "index")); err != nil {
		return m, err
	}
	defer func() { _ = e.index.Close() }()
	if e.rows, err = os.Create(path.Join(dir, "rows")); err != nil {
		return m, err
	}
	defer func() { _ = e.rows.Close() }()
	e.csv = csv.NewWriter(e.rows)
	_ = e.csv.Write(tableHead)
	for after := uuid.Nil; ; {
		batch, err := s.library.WholeAfter(ctx, after, exportBatch)
		if err != nil {
			return m, err
		}
		if len(batch) == 0 {
			break
		}
		for _, r := range batch {
			if err := e.resource(ctx, r); err != nil {
				return m, fmt.Errorf("resource %s: %w", r.ID, err)
			}
			m.Resources++
			progress(m.Resources, max(total, m.Resources))
		}
		after = batch[len(batch)-1].ID
	}
	return m, e.end(ctx)
}

// exporter is one run of Write.
type exporter struct {
	*Service
	zip         *zip.Writer
	m           *Manifest
	paths       map[uuid.UUID]exportedFile // files that are in it already
	values      map[string]map[string]int  // taxonomy, with how often
	index, rows *os.File
	csv         *csv.Writer
}

func (e *exporter) put(name string, at time.Time, content []byte) error {
	w, err := e.zip.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: at.UTC()})
	if err == nil {
		_, err = w.Write(content)
	}
	return err
}

func (e *exporter) putJSON(name string, at time.Time, v any) error {
	b, err := pretty(v)
	if err != nil {
		return err
	}
	return e.put(name, at, b)
}

func (e *exporter) resource(ctx context.Context, r library.Whole) error {
	dir := "resources/" + folderOf(r.Title, r.ID) + "/"
	out := exportedResource{ID: r.ID, SourceID: r.SourceID, Title: r.Title, Summary: r.Summary, ContentType: r.ContentType, Lang: r.Lang, Taxonomy: r.Taxonomy, Authors: r.Authors,
		Owner: r.OwnerEmail, State: string(r.State), Shareable: r.Shareable, DownloadInside: r.Downloads.Inside, DownloadOutside: r.Downloads.Outside, PublicURL: r.PublicURL,
		ReleaseAt: utc(r.ReleaseAt), ExpiresAt: utc(r.ExpiresAt), DatesZone: r.DatesZone, PublishedAt: utc(r.PublishedAt), VerifiedAt: utc(r.VerifiedAt), VerifiedBy: r.VerifierEmail,
		SourceRepo: r.SourceRepo, SourcePath: r.SourcePath, Licence: r.Licence, SourceHash: hex.EncodeToString(r.SourceHash), CreatedAt: r.CreatedAt.UTC(), UpdatedAt: r.UpdatedAt.UTC(), Version: r.Version,
		Files: []exportedFile{}, OtherFiles: []exportedFile{}, Versions: []exportedVersion{}}
	if out.SourceID == "" {
		out.SourceID = library.OwnSource(r.ID)
	}
	if r.ReviewDueOn != nil {
		out.ReviewDueOn = r.ReviewDueOn.Format(time.DateOnly)
	}
	if r.Chosen {
		out.Cover = &exportedCover{r.Picture.Asset.UUID, r.Picture.Page}
	}
	if r.SuccessorID.Valid {
		out.Successor = &r.SuccessorID.UUID
	}
	links := map[uuid.UUID]string{}
	for _, list := range []struct {
		from []library.Asset
		to   *[]exportedFile
	}{{r.Files, &out.Files}, {r.Others, &out.OtherFiles}} {
		for _, a := range list.from {
			f, err := e.file(ctx, a)
			if err != nil {
				return err
			}
			if f.Path != "" {
				links[a.ID] = f.Path
			}
			f.Caption = a.Caption
			*list.to = append(*list.to, f)
		}
	}
	switch {
	case r.Doc != nil:
		out.Text = "document"
		if err := e.document(dir+"text", r.Title, r.Doc, r.UpdatedAt, links, "../../"); err != nil {
			return err
		}
	case r.BodyMarkdown != "":
		out.Text = "markdown"
		html, err := library.MarkdownHTML(r.BodyMarkdown)
		if err != nil {
			return err
		}
		if err := e.put(dir+"text.md", r.UpdatedAt, []byte(r.BodyMarkdown)); err != nil {
			return err
		}
		if err := e.put(dir+"text.html", r.UpdatedAt, page(r.Title, r.Lang, html)); err != nil {
			return err
		}
	}
	for _, v := range r.Versions {
		x := exportedVersion{Number: v.Number, Title: v.Title, Summary: v.Summary, Note: v.Note, By: v.ByEmail, CreatedAt: v.CreatedAt.UTC(), Hash: hex.EncodeToString(v.Hash), HasText: v.Doc != nil, Files: v.Assets,
			Markdown: v.Doc == nil && v.Markdown != "", Facts: v.Facts, Restored: v.Restored}
		if x.Files == nil {
			x.Files = []library.AttachedAsset{}
		}
		if x.HasText {
			if err := e.document(fmt.Sprintf("%sversions/%d", dir, v.Number), v.Title, v.Doc, v.CreatedAt, links, "../../../"); err != nil {
				return err
			}
		}
		if x.Markdown {
			if err := e.put(fmt.Sprintf("%sversions/%d.md", dir, v.Number), v.CreatedAt, []byte(v.Markdown)); err != nil {
				return err
			}
		}
		out.Versions = append(out.Versions, x)
		e.m.Versions++
	}
	if err := e.putJSON(dir+resourceFile, r.UpdatedAt, out); err != nil {
		return err
	}
	if err := e.put(dir+indexFile, r.UpdatedAt, resourcePage(out)); err != nil {
		return err
	}
	e.count(r.Taxonomy)
	if _, err := e.index.WriteString(indexRow(dir, out)); err != nil {
		return err
	}
	return e.csv.Write(tableRow(dir, out))
}

// document writes a text three times: the tree of the editor, Markdown, and a page.
func (e *exporter) document(name, title string, raw []byte, at time.Time, links map[uuid.UUID]string, up string) error {
	n, err := coedit.Parse(raw)
	if err != nil {
		return err
	}
	if err := e.put(name+".json", at, raw); err != nil {
		return err
	}
	address := func(asset string) string {
		if id, err := uuid.Parse(asset); err == nil && links[id] != "" {
			return up + escapePath(links[id])
		}
		return ""
	}
	markdown := n.Markdown(title, "")
	for id := range links {
		base := "/api/v1/assets/" + id.String() + "/download"
		markdown = strings.ReplaceAll(strings.ReplaceAll(markdown, base+"?inline=true", address(id.String())), base, address(id.String()))
	}
	if err := e.put(name+".md", at, []byte(markdown)); err != nil {
		return err
	}
	return e.put(name+".html", at, page(title, "", n.HTMLAt(address, address)))
}

// file writes a file once, however many resources have it. One that cannot be read is a problem that the manifest names,
// and no reason to stop.
func (e *exporter) file(ctx context.Context, a library.Asset) (exportedFile, error) {
	if f, ok := e.paths[a.ID]; ok {
		return f, nil
	}
	f := exportedFile{ID: a.ID, Name: a.Name, Size: a.Size, SHA256: hex.EncodeToString(a.SHA256), Kind: a.Kind, State: string(a.State)}
	if a.State == library.Refused || a.State == library.Uploading {
		e.paths[a.ID] = f
		return f, nil
	}
	in, err := e.library.OpenContent(ctx, a)
	if err != nil {
		if errs.CodeOf(err) != errs.NotFound {
			return f, err
		}
		e.m.Problems = append(e.m.Problems, fmt.Sprintf("The file %s (%s) is not in the storage.", a.Name, a.ID))
		e.paths[a.ID] = f
		return f, nil
	}
	defer func() { _ = in.Close() }()
	f.Path = "files/" + a.ID.String() + "/" + safeName(a.Name)
	w, err := e.zip.CreateHeader(&zip.FileHeader{Name: f.Path, Method: zip.Store, Modified: a.CreatedAt.UTC()}) // most are compressed as they are
	if err != nil {
		return f, err
	}
	h := sha256.New()
	if f.Size, err = io.Copy(io.MultiWriter(w, h), in); err != nil {
		return f, err
	}
	sum := hex.EncodeToString(h.Sum(nil))
	if f.SHA256 != "" && f.SHA256 != sum {
		e.m.Problems = append(e.m.Problems, fmt.Sprintf("The file %s (%s) is not what was stored: its SHA-256 differs.", a.Name, a.ID))
	}
	f.SHA256 = sum
	e.m.Files++
	e.m.Bytes += f.Size
	e.paths[a.ID] = f
	return f, nil
}

func (e *exporter) count(t library.Taxonomy) {
	for name, list := range map[string][]string{"personas": t.Personas, "stages": t.Stages, "industries": t.Industries, "products": t.Products, "regions": t.Regions, "tags": t.Tags} {
		if e.values[name] == nil {
			e.values[name] = map[string]int{}
		}
		for _, v := range list {
			e.values[name][v]++
		}
	}
}

// end writes what is about all of them, and the manifest last.
func (e *exporter) end(ctx context.Context) error {
	e.csv.Flush()
	if err := e.csv.Error(); err != nil {
		return err
	}
	list, err := e.collections.Wholes(ctx, auth.From(ctx).ID)
	if err != nil {
		return err
	}
	out := make([]exportedCollection, 0, len(list))
	for _, c := range list {
		x := exportedCollection{ID: c.ID, Title: c.Input.Title, Summary: c.Input.Summary, Kind: c.Input.Kind, Rule: c.Input.Rule, Sort: c.Input.Sort, Tone: c.Input.Tone, Page: c.Input.CoverPage, Shared: string(c.Input.Shared), Side: string(c.Side), Owner: c.OwnerEmail, Sections: []exportedSection{}}
		if c.Input.CoverID.Valid {
			x.Cover = &c.Input.CoverID.UUID
		}
		for _, section := range c.Sections {
			x.Sections = append(x.Sections, exportedSection{section.Title, section.IDs})
		}
		out = append(out, x)
	}
	e.m.Collections = len(out)
	wholes, err := e.types.Wholes(ctx)
	if err != nil {
		return err
	}
	types := make([]exportedType, len(wholes))
	for i, w := range wholes {
		types[i] = exportType(w)
	}
	settings, err := e.taxonomy.Whole(ctx)
	if err != nil {
		return err
	}
	own, err := e.search.ListSynonyms(ctx)
	if err != nil {
		return err
	}
	synonyms := make([]exportedSynonyms, len(own))
	for i, x := range own {
		synonyms[i] = exportedSynonyms{x.ID, x.Kind, x.Words, x.Finds}
	}
	slices.SortFunc(synonyms, func(a, b exportedSynonyms) int { return bytes.Compare(a.ID[:], b.ID[:]) })
	at := e.m.MadeAt
	if err := errors.Join(e.putJSON(collectionsFile, at, out), e.putJSON(taxonomyFile, at, e.values), e.putJSON(typesFile, at, types), e.putJSON(settingsFile, at, settings), e.putJSON(synonymsFile, at, synonyms)); err != nil {
		return err
	}
	if err := e.spooled(tableFile, e.rows, "\ufeff", ""); err != nil {
		return err
	}
	if err := e.spooled(indexFile, e.index, indexHead(*e.m), indexEnd(out)); err != nil {
		return err
	}
	if err := e.putJSON(manifestFile, at, e.m); err != nil {
		return err
	}
	return e.zip.Close()
}

// spooled writes a file that grew beside the others.
func (e *exporter) spooled(name string, f *os.File, before, after string) error {
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return err
	}
	w, err := e.zip.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: e.m.MadeAt})
	if err != nil {
		return err
	}
	_, err = io.Copy(w, io.MultiReader(strings.NewReader(before), f, strings.NewReader(after)))
	return err
}

// folderOf is a name for people, and unlike any other by the end of the id.
func folderOf(title string, id uuid.UUID) string {
	var b strings.Builder
	for _, r := range strings.ToLower(title) {
		switch {
		case r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
		if b.Len() >= 60 {
			break
		}
	}
	text := id.String()
	return strings.Trim(b.String()+"-"+text[len(text)-12:], "-")
}

// reserved are names that Windows gives to devices, whatever their ending.
var reserved = []string{"con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "lpt1", "lpt2", "lpt3"}

// safeName is the name of a file as every system takes it.
func safeName(name string) string {
	name = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || strings.ContainsRune(`/\:*?"<>|`, r) {
			return '-'
		}
		return r
	}, name)
	if runes := []rune(name); len(runes) > 120 {
		ending := []rune(path.Ext(name))
		ending = ending[:min(len(ending), 12)]
		name = string(runes[:120-len(ending)]) + string(ending)
	}
	name = strings.Trim(name, " .")
	if base, _, _ := strings.Cut(strings.ToLower(name), "."); name == "" || slices.Contains(reserved, base) {
		return "file-" + name
	}
	return name
}

func utc(t *time.Time) *time.Time {
	if t == nil {
		return nil
	}
	u := t.UTC()
	return &u
}
