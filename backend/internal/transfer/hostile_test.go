package transfer_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"byline/backend/internal/domaintest"
	"byline/backend/internal/transfer"
)

// raw adds an entry as it is, honest or not.
func raw(t *testing.T, z *zip.Writer, h zip.FileHeader, content string) {
	t.Helper()
	w, err := z.CreateHeader(&h)
	require.NoError(t, err)
	_, err = w.Write([]byte(content))
	require.NoError(t, err)
}

func run(t *testing.T, w *domaintest.World, p transfer.Pack, dry bool) (transfer.Report, []transfer.Row, error) {
	t.Helper()
	var rows []transfer.Row
	report, err := w.Transfer.Run(w.As(w.Marketer), p, dry, func(r transfer.Row) { rows = append(rows, r) }, nothing)
	return report, rows, err
}

func TestEntriesThatDoHarmAreRefusedOneByOne(t *testing.T) {
	t.Parallel()
	w := domaintest.NewWithStorage(t)
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	raw(t, z, zip.FileHeader{Name: "good.txt"}, "good words")
	link := zip.FileHeader{Name: "link.txt"}
	link.SetMode(fs.ModeSymlink | 0o777)
	raw(t, z, link, "/etc/passwd")
	for _, name := range []string{"../out.txt", "/etc/passwd", `..\out.txt`, "C:/out.txt", "a/../../out.txt", "a//b.txt"} {
		raw(t, z, zip.FileHeader{Name: name}, "out")
	}
	raw(t, z, zip.FileHeader{Name: "secret.txt", Flags: 1}, "encrypted")
	raw(t, z, zip.FileHeader{Name: "GOOD.txt"}, "the same name elsewhere")
	raw(t, z, zip.FileHeader{Name: "gr\xfc\xdfe.txt", NonUTF8: true}, "latin")
	raw(t, z, zip.FileHeader{Name: "bell\a.txt"}, "control")
	raw(t, z, zip.FileHeader{Name: "bomb.txt", Method: zip.Deflate}, strings.Repeat("0", 20<<20))
	raw(t, z, zip.FileHeader{Name: "virus.exe"}, "MZ")
	raw(t, z, zip.FileHeader{Name: "empty.txt"}, "")
	raw(t, z, zip.FileHeader{Name: "__MACOSX/._good.txt"}, "x")
	require.NoError(t, z.Close())
	want := map[string]string{"link.txt": "link", "../out.txt": "name_leads_out", "/etc/passwd": "name_leads_out", `..\out.txt`: "name_leads_out", "C:/out.txt": "name_leads_out", "a/../../out.txt": "name_leads_out",
		"a//b.txt": "name_leads_out", "secret.txt": "encrypted", "GOOD.txt": "name_repeated", "gr??e.txt": "name_not_utf8", "bell?.txt": "name", "bomb.txt": "bomb", "virus": "executable", "empty": "file"}
	for _, dry := range []bool{true, false} {
		report, rows, err := run(t, w, pack(t, b.Bytes()), dry)
		require.NoError(t, err)
		require.Equal(t, 1, report.Counts[transfer.Created])
		got := map[string]string{}
		for _, r := range rows {
			if r.Result == transfer.Refused {
				got[strings.Replace(r.Title, "gr?e", "gr??e", 1)] = r.Reason
				require.Positive(t, r.Line, r.Title)
				require.NotEmpty(t, r.Explanation)
			}
		}
		require.Equal(t, want, got)
		require.Equal(t, map[bool]int{true: 0, false: 1}[dry], count(t, w, "resources"))
	}
}

func TestArchivesThatAreOneBombAreRefusedAsAWhole(t *testing.T) {
	t.Parallel()
	// a hundred thousand entries over the same bytes, as in the bomb that grows without recursion
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	raw(t, z, zip.FileHeader{Name: "kernel.bin", Method: zip.Store}, strings.Repeat("x", 1000))
	require.NoError(t, z.Close())
	whole := b.Bytes()
	at := bytes.Index(whole, []byte("PK\x01\x02"))
	end := bytes.Index(whole, []byte("PK\x05\x06"))
	head := bytes.Clone(whole[at:end])
	var overlap bytes.Buffer
	overlap.Write(whole[:at])
	const copies = 1000
	for i := range copies {
		copy(head[46:], fmt.Sprintf("%010d", i))
		overlap.Write(head)
	}
	tail := bytes.Clone(whole[end:])
	binary.LittleEndian.PutUint16(tail[8:], copies)
	binary.LittleEndian.PutUint16(tail[10:], copies)
	binary.LittleEndian.PutUint32(tail[12:], uint32(copies*len(head))) //nolint:gosec // small
	overlap.Write(tail)
	_, err := transfer.OpenArchive(bytes.NewReader(overlap.Bytes()), int64(overlap.Len()))
	require.ErrorContains(t, err, "overlap")

	huge := bytes.Clone(whole) // says that it is larger than any storage
	copy(huge[at+20:], "\xff\xff\xff\x0f\xff\xff\xff\xff")
	_, err = transfer.OpenArchive(bytes.NewReader(huge), int64(len(huge)))
	require.Error(t, err)

	for name, content := range map[string][]byte{"text": []byte("no archive"), "nothing": {}, "cut off": whole[:len(whole)-10]} {
		_, err := transfer.OpenArchive(bytes.NewReader(content), int64(len(content)))
		require.ErrorContains(t, err, "not a ZIP file", name)
	}
}

func TestAnEntryThatLiesAboutItsLengthIsRefused(t *testing.T) {
	t.Parallel()
	w := domaintest.NewWithStorage(t)
	b := archive(t, entry{"a.txt", strings.Repeat("words ", 1000)}, entry{"b.txt", "fine"})
	at := bytes.Index(b, []byte("PK\x01\x02"))
	binary.LittleEndian.PutUint32(b[at+24:], 100) // its length unpacked
	report, rows, err := run(t, w, pack(t, b), false)
	require.NoError(t, err)
	require.Equal(t, transfer.Counts{transfer.Created: 1, transfer.Refused: 1}, report.Counts, rows)
	require.Equal(t, "unreadable", rows[0].Reason)
}

func TestAFolderCannotLeadOutOfItself(t *testing.T) {
	t.Parallel()
	w := domaintest.NewWithStorage(t)
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "good.txt"), []byte("words"), 0o600))
	require.NoError(t, os.Symlink("/etc/passwd", filepath.Join(dir, "link.txt")))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "list.csv"), []byte("title,file\nGood,good.txt\nOut,../../etc/passwd\nLink,link.txt\n"), 0o600))
	p, closeIt, err := transfer.OpenFolder(dir)
	require.NoError(t, err)
	defer closeIt()
	report, rows, err := run(t, w, p, false)
	require.NoError(t, err)
	require.Equal(t, transfer.Counts{transfer.Created: 1, transfer.Refused: 3}, report.Counts, rows)
}

func TestListsOfSpreadsheets(t *testing.T) {
	t.Parallel()
	w := domaintest.NewWithStorage(t)
	files := []entry{{"files/a.txt", "words of a"}, {"files/b.txt", "words of b"}, {"spare.txt", "nobody names it"}}
	for name, list := range map[string]string{
		"commas":              "title,file,tags,persona\n\"Pumps, big\",a.txt,x|y,cfo\n",
		"semicolons":          "Title;File;Tags;Persona\n\"Pumps; big\";a.txt;x,y;cfo\n",
		"a byte order mark":   "\ufefftitle;file;tags\r\nPumps;a.txt;x|y\r\n",
		"tabs":                "title\tfile\ttags\nPumps\ta.txt\tx|y\n",
		"a line for Excel":    "sep=;\ntitle;file;tags\nPumps;a.txt;x|y\n",
		"columns of no use":   "no,title,file,tags,budget\n1,Pumps,a.txt,x;y,100\n",
		"quotes in the title": "title,file,tags\n\"Pumps \"\"big\"\"\",a.txt,x|y\n",
	} {
		report, rows, err := run(t, w, pack(t, archive(t, append(files, entry{"list.csv", list})...)), true)
		require.NoError(t, err, name)
		require.Equal(t, transfer.Counts{transfer.Created: 1, transfer.LeftOut: 2}, report.Counts, "%s: %v", name, rows)
		require.Equal(t, "csv", report.Form)
	}
	report, rows, err := run(t, w, pack(t, archive(t, append(files, entry{"list.csv",
		"id,title,file,type,lang,date\n" +
			"1,Good,a.txt,one_pager,en,2026-01-31\n" +
			"2,Too few cells,b.txt\n" +
			"3,Unknown,b.txt,novel,en,\n" +
			"4,No such file,c.txt,guide,en,\n" +
			"1,Same id,b.txt,guide,en,\n" +
			"5,Bare \"quote,b.txt,guide,en,\n" +
			"6,Latin \xe9,b.txt,guide,en,\n" +
			"7,Text alone,,guide,de,\n" +
			"8,,,guide,de,\n" +
			"9,Date,b.txt,guide,en,31.01.2026\n" +
			"10,\"Never closed,b.txt,guide,en,\n"})...)), false)
	require.NoError(t, err)
	got := map[int]string{}
	for _, r := range rows {
		if r.List == "list.csv" {
			got[r.Line] = string(r.Result) + " " + r.Reason
		}
	}
	require.Equal(t, map[int]string{2: "created ", 3: "refused columns", 4: "refused type_unknown", 5: "refused file_missing", 6: "refused id_repeated", 7: "refused csv", 8: "refused not_utf8", 9: "created ",
		10: "refused title_missing", 11: "refused date", 12: "refused csv"}, got)
	require.Equal(t, 2, report.Counts[transfer.Created])
	for list, say := range map[string]string{"a;b;c\n1;2;3\n": "Row 1 must name", "": "empty", "title,name,file\n": "mean the same", "\xff\xfet\x00i\x00": "UTF-16", "\"title,file\n": "row 1"} {
		_, _, err := run(t, w, pack(t, archive(t, entry{"list.csv", list}, entry{"a.txt", "x"})), true)
		require.ErrorContains(t, err, say)
	}
}

func TestTheReportIsNoFormula(t *testing.T) {
	t.Parallel()
	rows := []transfer.Row{{List: "list.csv", Line: 2, Title: `=HYPERLINK("http://evil.test")`, Result: transfer.Refused, Explanation: "@SUM(A1)"}, {Title: " +1"}, {Title: "-2"}, {Title: "\t=1"}, {Title: "＝1"}}
	var b bytes.Buffer
	require.NoError(t, transfer.WriteReport(&b, func() (r transfer.Row, ok bool, err error) {
		if len(rows) == 0 {
			return r, false, nil
		}
		r, rows = rows[0], rows[1:]
		return r, true, nil
	}))
	for _, cell := range []string{`"'=HYPERLINK(""http://evil.test"")"`, ",'@SUM(A1),", ",' +1,", ",'-2,", ",'\t=1,", ",'＝1,"} {
		require.Contains(t, b.String(), cell)
	}
}

func TestABulkImportRunsAgainWithoutDoublesAndAFolderInsideIsEntered(t *testing.T) {
	t.Parallel()
	w := domaintest.NewWithStorage(t)
	b := archive(t, entry{"Campaign/decks/intro_deck.pptx", "no real deck"}, entry{"Campaign/notes.txt", "words"})
	for i, want := range []transfer.Counts{{transfer.Created: 2}, {transfer.Unchanged: 2}} {
		report, rows, err := run(t, w, pack(t, b), false)
		require.NoError(t, err)
		require.Equal(t, want, report.Counts, "%d %v", i, rows)
	}
	b = archive(t, entry{"Campaign/decks/intro_deck.pptx", "another deck"}, entry{"Campaign/notes.txt", "words"})
	report, _, err := run(t, w, pack(t, b), true)
	require.NoError(t, err)
	require.Equal(t, transfer.Counts{transfer.Unchanged: 1, transfer.Updated: 1}, report.Counts)
	require.Equal(t, 2, count(t, w, "resources"))
	require.Equal(t, 2, count(t, w, "assets"))
	var title, kind string
	var tags []string
	require.NoError(t, w.DB.Pool().QueryRow(t.Context(), `SELECT title, content_type, tags FROM resources WHERE source_id = 'decks/intro_deck.pptx'`).Scan(&title, &kind, &tags))
	require.Equal(t, "intro deck", title)
	require.Equal(t, "deck", kind)
	require.Contains(t, tags, "decks")
}

// What an export says of all resources is damaged, or more than is taken: told by row, and the rest comes in.
func TestDamagedSettingsOfAnExportAreToldAndTheRestComesIn(t *testing.T) {
	t.Parallel()
	from, to := domaintest.NewWithStorage(t), domaintest.NewWithStorage(t)
	furnish(t, from)
	files := unpack(t, export(t, from))
	files["collections.json"] = "{no list"
	files["content_types.json"] = `[{"key":"nul","name":"a\u0000b","mode":"both"}]`
	files["taxonomy_settings.json"] = `{"values":[{"facet":"persona","value":"a\u0000b"},{"facet":"persona","value":"Good"}],"required":[{"content_type":"a\u0000","facets":["stage"]}]}`
	synonyms := []string{`{"kind":"group","words":["a\u0000b","c"]}`, `{"kind":"group","words":["a b","c"]}`, `{"kind":"other","words":["a","b"]}`}
	for i := range 520 {
		synonyms = append(synonyms, fmt.Sprintf(`{"id":"0190c5a4-7b7e-7d3a-8a53-%012d","kind":"group","words":["one%d","two%d"]}`, i, i, i))
	}
	files["synonyms.json"] = "[" + strings.Join(synonyms, ",") + "]"
	var entries []entry
	for name, content := range files {
		entries = append(entries, entry{name, content})
	}
	for _, dry := range []bool{true, false} {
		var refused []string
		created := map[string]int{}
		_, err := to.Transfer.Run(to.As(to.Admin), pack(t, archive(t, entries...)), dry, func(r transfer.Row) {
			switch r.Result {
			case transfer.Refused:
				require.NotEmpty(t, r.Explanation)
				refused = append(refused, r.List+" "+r.Reason)
			case transfer.Created:
				created[r.List]++
			}
		}, nothing)
		require.NoError(t, err)
		want := append([]string{"collections.json not_json"}, slices.Repeat([]string{"synonyms.json data"}, 1+21)...)
		require.ElementsMatch(t, want, slices.DeleteFunc(refused, func(r string) bool { return r == "content_types.json data" }))
		require.Equal(t, map[string]int{"resources": 3, "synonyms.json": 500, "taxonomy_settings.json": 1}, created)
		require.Equal(t, map[bool]int{true: 0, false: 500}[dry], count(t, to, "search_synonyms"))
	}
}
