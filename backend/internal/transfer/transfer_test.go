package transfer_test

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"image"
	"image/png"
	"io"
	"maps"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"byline/backend/internal/collections"
	"byline/backend/internal/contenttypes"
	"byline/backend/internal/domaintest"
	"byline/backend/internal/library"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/search"
	"byline/backend/internal/taxonomy"
	"byline/backend/internal/transfer"
)

func TestMain(m *testing.M) {
	domaintest.RunChild()
	os.Exit(m.Run())
}

func picture(t *testing.T, width int) []byte {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, png.Encode(&b, image.NewRGBA(image.Rect(0, 0, width, 10))))
	return b.Bytes()
}

// file brings a file in and has it read.
func file(t *testing.T, w *domaintest.World, u auth.User, name string, content []byte) library.Asset {
	t.Helper()
	a, err := w.Library.Ingest(w.As(u), name, int64(len(content)), bytes.NewReader(content))
	require.NoError(t, err)
	require.NoError(t, w.Library.Process(t.Context(), library.ProcessAsset{AssetID: a.ID}))
	return a
}

func nothing(int, int)   {}
func noRow(transfer.Row) {}
func paragraph(s string) string {
	return `{"type":"paragraph","content":[{"type":"text","text":"` + s + `"}]}`
}

// furnish fills a resource center with one of everything.
func furnish(t *testing.T, w *domaintest.World) (written uuid.UUID) {
	t.Helper()
	ctx := w.As(w.Marketer)
	pic, sheet, old := file(t, w, w.Marketer, "Grafik ü.png", picture(t, 20)), file(t, w, w.Marketer, "../=cmd.txt", []byte("words of a file")), file(t, w, w.Marketer, "old.txt", []byte("of an older version"))
	publish := func(p library.Publication) uuid.UUID {
		var id uuid.UUID
		require.NoError(t, w.DB.InTx(ctx, func(ctx context.Context) (err error) { id, err = w.Library.Publish(ctx, p); return err }))
		return id
	}
	doc := `{"type":"doc","content":[` + paragraph("Pumps & <b>valves</b>") + `,{"type":"figure","attrs":{"asset":"` + pic.ID.String() + `","alt":"A pump","caption":"","width":"normal"}}]}`
	p := library.Publication{Title: "=Pumps \"and\" valves", Summary: "Of pumps", ContentType: "case_study", Taxonomy: library.Taxonomy{Personas: []string{"cfo"}, Tags: []string{"pumps"}}, Doc: json.RawMessage(doc), Text: "Pumps",
		Assets: []library.AttachedAsset{{AssetID: old.ID, SHA256: hex.EncodeToString(old.SHA256)}}, OwnerID: w.Marketer.ID, Shareable: true, DraftID: uuid.New(), DraftVersionID: uuid.New(), Hash: make([]byte, 32)}
	written = publish(p)
	p.ResourceID, p.Assets = written, []library.AttachedAsset{{AssetID: sheet.ID, SHA256: hex.EncodeToString(sheet.SHA256), Caption: "The sheet"}}
	publish(p)
	replaced := publish(library.Publication{Title: "An older one", ContentType: "guide", Doc: json.RawMessage(`{"type":"doc","content":[` + paragraph("old") + `]}`), OwnerID: w.Rep.ID, DraftID: uuid.New(), DraftVersionID: uuid.New()})
	_, err := w.Library.Supersede(ctx, replaced, written)
	require.NoError(t, err)
	at := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	results, err := w.Library.ImportMany(ctx, []library.Imported{{SourceID: "blog-1", SourceRepo: "blog", Title: "Imported", ContentType: "blog_post", Lang: "de", BodyMarkdown: "# Wörter\n\n<script>alert(1)</script>*kursiv*", Authors: []string{"Ines"}, PublishedAt: &at}})
	require.NoError(t, err)
	c, err := w.Collections.Create(ctx, collections.Input{Title: "First meeting", Kind: collections.ByHand, Shared: "everybody", CoverID: uuid.NullUUID{UUID: written, Valid: true}}, []uuid.UUID{results[0].ID, written})
	require.NoError(t, err)
	_, err = w.Collections.Arrange(ctx, c.ID, c.Rev, []collections.Section{{Title: "", IDs: []uuid.UUID{written}}, {Title: "Later", IDs: []uuid.UUID{results[0].ID}}})
	require.NoError(t, err)
	_, err = w.Collections.Create(ctx, collections.Input{Title: "All of finance", Kind: collections.ByRule, Sort: "used", Tone: 3, Shared: "side", Rule: collections.Rule{Persona: []string{"cfo"}}, CoverID: uuid.NullUUID{UUID: results[0].ID, Valid: true}}, nil)
	require.NoError(t, err)
	_, err = w.Collections.Create(ctx, collections.Input{Title: "Mine alone", Kind: collections.ByHand, Shared: "nobody"}, nil)
	require.NoError(t, err)
	settle(t, w, written)
	return written
}

// settle says what the company says of its types and its taxonomy.
func settle(t *testing.T, w *domaintest.World, written uuid.UUID) {
	t.Helper()
	lead := w.As(w.Admin)
	_, err := w.Library.Verify(w.As(w.Marketer), written, 90)
	require.NoError(t, err)
	_, err = w.ContentTypes.Create(lead, "playbook", contenttypes.Input{Name: "Playbook", Description: "What to do when", Brief: map[string]string{"proof": "A deal"}, Checklist: []string{"Short"}, ReviewMonths: 4,
		StepDays: map[contenttypes.Step]int{"writing": 9}, Mode: contenttypes.Named, Needed: 1, Approvers: []uuid.UUID{w.Marketer.ID, w.Rep.ID}, RemindHours: 5, EscalateHours: 50, KeeperID: uuid.NullUUID{UUID: w.Rep.ID, Valid: true}})
	require.NoError(t, err)
	video, err := w.ContentTypes.Get(lead, "video")
	require.NoError(t, err)
	_, err = w.ContentTypes.Archive(lead, "video", video.Rev, true)
	require.NoError(t, err)
	list, err := w.ContentTypes.Arrange(lead, []string{"playbook", "deck"})
	require.NoError(t, err)
	deck := list[1]
	deck.ReviewMonths, deck.Name = 2, "Slides"
	_, err = w.ContentTypes.Update(lead, "deck", deck.Rev, deck.Input)
	require.NoError(t, err)
	for _, v := range []string{"Head of logistics", "Gone"} {
		_, err = w.Taxonomy.Add(lead, "persona", v)
		require.NoError(t, err)
	}
	_, err = w.Taxonomy.Retire(lead, "persona", "Gone", true)
	require.NoError(t, err)
	_, err = w.Taxonomy.Merge(lead, taxonomy.Merge{Facet: "tag", Sources: []string{"pumps"}, Target: "Pumps"})
	require.NoError(t, err)
	_, err = w.Taxonomy.Require(lead, "playbook", []string{"stage", "persona"})
	require.NoError(t, err)
	for _, x := range []search.Synonyms{{Kind: search.Group, Words: []string{"reefer", "cool box"}}, {Kind: search.OneWay, Words: []string{"cold"}, Finds: []string{"cold chain"}}} {
		_, err = w.Search.AddSynonyms(lead, x)
		require.NoError(t, err)
	}
}

func export(t *testing.T, w *domaintest.World) []byte {
	t.Helper()
	var b bytes.Buffer
	m, err := w.Transfer.Write(w.As(w.Admin), &b, "https://byline.example.com", nothing)
	require.NoError(t, err)
	require.Empty(t, m.Problems)
	return b.Bytes()
}

func unpack(t *testing.T, b []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	require.NoError(t, err)
	all := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		require.NoError(t, err)
		content, err := io.ReadAll(r)
		require.NoError(t, err)
		all[f.Name] = string(content)
	}
	return all
}

// normalized leaves out when an export was made, and nothing else.
func normalized(t *testing.T, b []byte) map[string]string {
	t.Helper()
	all := unpack(t, b)
	var m transfer.Manifest
	require.NoError(t, json.Unmarshal([]byte(all["byline-export.json"]), &m))
	at := m.MadeAt.Format("2 January 2006, 15:04 MST")
	all["index.html"] = strings.Replace(all["index.html"], at, "", 1)
	m.MadeAt = time.Time{}
	again, err := json.Marshal(m)
	require.NoError(t, err)
	all["byline-export.json"] = string(again)
	return all
}

// same compares two exports file by file.
func same(t *testing.T, a, b []byte) {
	t.Helper()
	x, y := normalized(t, a), normalized(t, b)
	require.ElementsMatch(t, slices.Collect(maps.Keys(x)), slices.Collect(maps.Keys(y)))
	for name, content := range x {
		require.Equal(t, content, y[name], name)
	}
}

func restore(t *testing.T, w *domaintest.World, b []byte) (transfer.Counts, []transfer.Row) {
	t.Helper()
	p, err := transfer.OpenArchive(bytes.NewReader(b), int64(len(b)))
	require.NoError(t, err)
	var rows []transfer.Row
	report, err := w.Transfer.Run(w.As(w.Admin), p, false, func(r transfer.Row) { rows = append(rows, r) }, nothing)
	require.NoError(t, err)
	require.Equal(t, "export", report.Form)
	return report.Counts, rows
}

// readAll reads the files that came in.
func readAll(t *testing.T, w *domaintest.World) {
	t.Helper()
	rows, err := w.DB.Pool().Query(t.Context(), `SELECT id FROM assets WHERE state = 'processing'`)
	require.NoError(t, err)
	var ids []uuid.UUID
	for rows.Next() {
		var id uuid.UUID
		require.NoError(t, rows.Scan(&id))
		ids = append(ids, id)
	}
	require.NoError(t, rows.Err())
	for _, id := range ids {
		require.NoError(t, w.Library.Process(t.Context(), library.ProcessAsset{AssetID: id}))
	}
}

func count(t *testing.T, w *domaintest.World, table string) (n int) {
	t.Helper()
	require.NoError(t, w.DB.Pool().QueryRow(t.Context(), `SELECT count(*) FROM `+table).Scan(&n))
	return n
}

func TestAnExportImportedElsewhereIsTheSameResourceCenter(t *testing.T) {
	t.Parallel()
	from, to := domaintest.NewWithStorage(t), domaintest.NewWithStorage(t)
	for old, same := range map[*auth.User]auth.User{&to.Marketer: from.Marketer, &to.Rep: from.Rep, &to.Admin: from.Admin} { // people are found by their address
		_, err := to.DB.Pool().Exec(t.Context(), `UPDATE users SET email = $2 WHERE id = $1`, old.ID, same.Email)
		require.NoError(t, err)
		old.Email = same.Email
	}
	written := furnish(t, from)
	first := export(t, from)

	counts, rows := restore(t, to, first)
	require.Equal(t, transfer.Counts{transfer.Created: 10, transfer.Updated: 9}, counts, rows) // three resources, two collections, a type, two of the taxonomy, two of synonyms; and types that have another place
	readAll(t, to)
	same(t, first, export(t, to))

	// people of the other place see what it is: the text with its picture, the successor, the collection
	r, err := to.Library.Resource(to.As(to.Rep), written)
	require.NoError(t, err)
	require.Equal(t, `=Pumps "and" valves`, r.Title)
	files := unpack(t, first)
	var figure string
	for name := range files {
		if strings.HasSuffix(name, "Grafik ü.png") {
			figure = path.Base(path.Dir(name))
		}
	}
	_, err = to.Library.DownloadURL(to.As(to.Rep), uuid.MustParse(figure), true)
	require.NoError(t, err)

	// again: nothing twice, and what people changed here stays
	counts, _ = restore(t, to, first)
	require.Equal(t, transfer.Counts{transfer.Unchanged: 5}, counts)
	require.Equal(t, 3, count(t, to, "resources"))
	require.Equal(t, 3, count(t, to, "assets"))
	require.Equal(t, count(t, from, "resource_versions"), count(t, to, "resource_versions"))
	require.Equal(t, 2, count(t, to, "collections"))

	// what changed at its source comes along; at home nothing is touched
	_, err = from.DB.Pool().Exec(t.Context(), `UPDATE resources SET summary = 'New words', updated_at = now() WHERE id = $1`, written)
	require.NoError(t, err)
	second := export(t, from)
	counts, _ = restore(t, to, second)
	require.Equal(t, transfer.Counts{transfer.Unchanged: 4, transfer.Updated: 1}, counts)
	same(t, second, export(t, to))
	counts, _ = restore(t, from, second)
	require.Equal(t, transfer.Counts{transfer.Kept: 3, transfer.Unchanged: 2}, counts)
	same(t, second, export(t, from))
}

func TestAnExportIsReadWithoutByline(t *testing.T) {
	t.Parallel()
	w := domaintest.NewWithStorage(t)
	furnish(t, w)
	all := unpack(t, export(t, w))
	dir := ""
	for name := range all {
		require.NotContains(t, name, "..")
		if strings.Contains(name, "pumps-and-valves-") && strings.HasSuffix(name, "/text.html") {
			dir = path.Dir(name)
		}
	}
	require.NotEmpty(t, dir)
	require.Contains(t, all["index.html"], dir+"/index.html")
	require.Contains(t, all[dir+"/text.html"], "Pumps &amp; &lt;b&gt;valves")
	// the picture of the text is found from where the page lies
	_, after, ok := strings.Cut(all[dir+"/text.html"], `<img src="`)
	require.True(t, ok)
	address, _, _ := strings.Cut(after, `"`)
	require.Contains(t, address, "../../files/")
	require.Contains(t, all, path.Join(dir, strings.NewReplacer("%20", " ", "%C3%BC", "ü").Replace(address)))
	require.Contains(t, all[dir+"/text.md"], address)
	require.Contains(t, all[dir+"/versions/1.md"], "Pumps")
	require.Contains(t, all["resources.csv"], `"'=Pumps ""and"" valves"`)
	for name, content := range all {
		require.NotContains(t, content, "Mine alone", name)
		if strings.HasSuffix(name, ".html") {
			require.NotContains(t, content, "<script>")
		}
	}
	sum := sha256.Sum256([]byte("of an older version"))
	require.Contains(t, all[dir+"/resource.json"], hex.EncodeToString(sum[:]))
}

func TestAnExportOfStrangersCannotTakeFilesThatAreHere(t *testing.T) {
	t.Parallel()
	w := domaintest.NewWithStorage(t)
	private := file(t, w, w.Rep, "secret.png", picture(t, 30))
	content := picture(t, 10)
	sum := sha256.Sum256(content)
	res := fmt.Sprintf(`{"id":%q,"source_id":"evil","title":"Evil","content_type":"guide","lang":"en","state":"live","text":"document","version":1,
		"files":[{"id":%q,"name":"a.png","path":"files/a.png","size":%d,"sha256":"%x"}],"versions":[]}`, uuid.New(), private.ID, len(content), sum)
	other := file(t, w, w.Rep, "other.png", picture(t, 40))
	doc := `{"type":"doc","content":[{"type":"figure","attrs":{"asset":"` + other.ID.String() + `","alt":"","caption":"","width":"normal"}}]}`
	b := archive(t, entry{"byline-export.json", `{"format":"byline-export","version":1}`}, entry{"resources/x/resource.json", res}, entry{"resources/x/text.json", doc}, entry{"files/a.png", string(content)})
	counts, rows := restore(t, w, b)
	require.Equal(t, transfer.Counts{transfer.Created: 1}, counts, rows)
	for _, id := range []uuid.UUID{private.ID, other.ID} {
		_, err := w.Library.Asset(w.As(w.Stranger), id)
		require.Error(t, err, "a file of the rep became everybody's")
	}
}

func TestAnExportThatIsDamagedIsRefusedByRow(t *testing.T) {
	t.Parallel()
	w := domaintest.NewWithStorage(t)
	furnish(t, w)
	all := unpack(t, export(t, w))
	entries := []entry{}
	for name, content := range all {
		if strings.HasSuffix(name, "=cmd.txt") || strings.HasSuffix(name, "-cmd.txt") {
			content = "other words"
		}
		entries = append(entries, entry{name, content})
	}
	counts, rows := restore(t, domaintest.NewWithStorage(t), archive(t, entries...))
	require.Equal(t, 1, counts[transfer.Refused], rows)
	for _, r := range rows {
		if r.Result == transfer.Refused {
			require.Equal(t, "checksum", r.Reason)
			require.Positive(t, r.Line)
		}
	}
	_, err := w.Transfer.Run(w.As(w.Admin), pack(t, archive(t, entry{"byline-export.json", `{"format":"byline-export","version":99}`})), false, noRow, nothing)
	require.ErrorContains(t, err, "newer Byline")
}

type entry struct{ name, content string }

func archive(t *testing.T, entries ...entry) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, e := range entries {
		w, err := z.Create(e.name)
		require.NoError(t, err)
		_, err = io.WriteString(w, e.content)
		require.NoError(t, err)
	}
	require.NoError(t, z.Close())
	return b.Bytes()
}

func pack(t *testing.T, b []byte) transfer.Pack {
	t.Helper()
	p, err := transfer.OpenArchive(bytes.NewReader(b), int64(len(b)))
	require.NoError(t, err)
	return p
}
