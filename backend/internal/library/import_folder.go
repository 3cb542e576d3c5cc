package library

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"strings"

	"byline/backend/internal/platform/auth"
)

// ImportCount says how many lines of one list became what.
type ImportCount struct {
	Read      int `json:"read"`
	Created   int `json:"created"`
	Updated   int `json:"updated"`
	Unchanged int `json:"unchanged"`
	Refused   int `json:"refused"`
}

// ImportRefusal is a line that was not imported, and why.
type ImportRefusal struct {
	List        string `json:"list"` // articles.jsonl or files.jsonl
	Line        int    `json:"line"`
	ID          string `json:"id,omitempty"`
	Title       string `json:"title,omitempty"`
	Reason      string `json:"reason"`
	Explanation string `json:"explanation"`
}

// ImportReport is what an import did.
type ImportReport struct {
	Articles ImportCount     `json:"articles"`
	Files    ImportCount     `json:"files"`
	Refused  []ImportRefusal `json:"refused"`
	// FileIDs are the source ids of all files that were taken, for FilesOfSources.
	FileIDs []string `json:"-"`
}

// ImportProgress is told how far an import has come: bytes done of all bytes of a list.
type ImportProgress func(list string, done, all int64, count ImportCount)

// importBatch is how many articles are written together; a killed import loses at most these, and makes them again.
const importBatch = 100

// maxLine is the longest line of a list, in bytes.
const maxLine = 8 << 20

// ErrNothingToImport says that a folder has neither of the lists.
var ErrNothingToImport = errors.New("this folder has neither " + ArticleList + " nor " + FileList)

// ImportFolder brings in everything that the lists of a folder name, for the user in ctx. It may be stopped at any
// moment and started again: what is there already is passed over.
func (s *Service) ImportFolder(ctx context.Context, dir string, progress ImportProgress) (ImportReport, error) {
	report := ImportReport{Refused: []ImportRefusal{}}
	root, err := os.OpenRoot(dir) // names in the lists cannot lead out of it
	if err != nil {
		return report, err
	}
	defer func() { _ = root.Close() }()
	im := importer{Service: s, root: root, report: &report, progress: progress, seen: map[string]bool{}}
	articles, err := im.list(ArticleList, &report.Articles, func(l line, flush bool) error { return im.article(ctx, l, flush) })
	if err != nil {
		return report, err
	}
	files, err := im.list(FileList, &report.Files, func(l line, flush bool) error {
		if flush {
			return nil
		}
		return im.file(ctx, l)
	})
	if err == nil && !articles && !files {
		err = ErrNothingToImport
	}
	return report, err
}

// FilesOfSources gives the files of imported resources as they stand.
func (s *Service) FilesOfSources(ctx context.Context, sourceIDs []string) ([]Asset, error) {
	return s.store.filesOfSources(ctx, sourceIDs)
}

type line struct {
	list   string
	number int
	text   []byte
}

// importer is one run of ImportFolder.
type importer struct {
	*Service
	root     *os.Root
	report   *ImportReport
	progress ImportProgress
	seen     map[string]bool // source ids of this run
	batch    []Imported
	lines    []line
}

// list reads one list line by line; found is false when there is none. do is called once more at the end, to flush.
func (im *importer) list(name string, count *ImportCount, do func(l line, flush bool) error) (found bool, err error) {
	f, err := im.root.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	defer func() { _ = f.Close() }()
	info, err := f.Stat()
	if err != nil {
		return true, err
	}
	r := bufio.NewReaderSize(f, 1<<16)
	var done int64
	for n := 1; ; n++ {
		text, length, err := readLine(r)
		done += length
		if errors.Is(err, io.EOF) && length == 0 {
			break
		}
		if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, errLongLine) {
			return true, err
		}
		if len(text) > 0 || errors.Is(err, errLongLine) {
			count.Read++
			l := line{name, n, text}
			if errors.Is(err, errLongLine) {
				im.refuse(count, l, Imported{}, refused("too_long", "The line has more than %d MiB.", maxLine>>20))
			} else if err := do(l, false); err != nil {
				return true, fmt.Errorf("%s, line %d: %w", name, n, err)
			}
		}
		im.progress(name, done, info.Size(), *count)
	}
	err = do(line{list: name}, true)
	im.progress(name, info.Size(), info.Size(), *count)
	return true, err
}

var errLongLine = errors.New("line too long")

// readLine gives one line without its end, and how many bytes it took; of one that is too long it keeps nothing.
func readLine(r *bufio.Reader) (text []byte, length int64, err error) {
	for {
		part, err := r.ReadSlice('\n')
		length += int64(len(part))
		if length <= maxLine {
			text = append(text, part...)
		}
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		if length > maxLine {
			return nil, length, errLongLine
		}
		return []byte(strings.TrimSpace(string(text))), length, err
	}
}

func (im *importer) refuse(count *ImportCount, l line, in Imported, err error) {
	count.Refused++
	r := ImportRefusal{List: l.list, Line: l.number, ID: in.SourceID, Title: in.Title, Reason: "data", Explanation: err.Error()}
	var why refusal
	if errors.As(err, &why) {
		r.Reason, r.Explanation = why.reason, why.explanation
	}
	im.report.Refused = append(im.report.Refused, r)
}

func (c *ImportCount) add(r ImportResult) {
	switch {
	case !r.Changed:
		c.Unchanged++
	case r.Created:
		c.Created++
	default:
		c.Updated++
	}
}

// once refuses a source id that came before in the same run.
func (im *importer) once(id string) error {
	if im.seen[id] {
		return refused("id_repeated", "An earlier line has the same id.")
	}
	im.seen[id] = true
	return nil
}

func (im *importer) article(ctx context.Context, l line, flush bool) error {
	count := &im.report.Articles
	if !flush {
		in, err := parseArticle(l.text)
		if err == nil {
			err = im.once(in.SourceID)
		}
		if err != nil {
			im.refuse(count, l, in, err)
			return nil
		}
		im.batch, im.lines = append(im.batch, in), append(im.lines, line{l.list, l.number, nil})
		flush = len(im.batch) == importBatch
	}
	if !flush || len(im.batch) == 0 {
		return nil
	}
	err := im.importEach(ctx, im.batch, func(i int, r ImportResult, err error) {
		if err != nil {
			im.refuse(count, im.lines[i], im.batch[i], err)
			return
		}
		count.add(r)
	})
	im.batch, im.lines = im.batch[:0], im.lines[:0]
	return err
}

// file brings one file in, with the resource that shows it.
func (im *importer) file(ctx context.Context, l line) error {
	count := &im.report.Files
	in, f, err := parseFile(l.text)
	if err == nil {
		err = im.once(in.SourceID)
	}
	if err == nil && !auth.From(ctx).Known() {
		err = refused("no_owner", "A file needs somebody whose it is, and there is no account yet.")
	}
	if err == nil {
		var r ImportResult
		if r, err = im.bringFile(ctx, in, f); err == nil {
			count.add(r)
			im.report.FileIDs = append(im.report.FileIDs, in.SourceID)
			return nil
		}
	}
	var why refusal
	if !errors.As(err, &why) && !faulty(err) {
		return err
	}
	im.refuse(count, l, in, err)
	return nil
}

func (im *importer) bringFile(ctx context.Context, in Imported, f sourceFile) (ImportResult, error) {
	content, size, sum, err := im.open(f)
	if err != nil {
		return ImportResult{}, err
	}
	defer func() { _ = content.Close() }()
	return im.BringFile(ctx, in, f.File, size, sum, content)
}

// open finds a file in the folder, in files/ or beside the list, and reads it once for its checksum.
func (im *importer) open(f sourceFile) (content *os.File, size int64, sum []byte, err error) {
	content, err = im.root.Open(path.Join("files", f.File))
	if errors.Is(err, fs.ErrNotExist) {
		content, err = im.root.Open(f.File)
	}
	if err != nil {
		return nil, 0, nil, refused("file_missing", "The file %s is not in the folder.", f.File)
	}
	defer func() {
		if err != nil {
			_ = content.Close()
		}
	}()
	info, err := content.Stat()
	if err != nil {
		return nil, 0, nil, err
	}
	u := Upload{Name: path.Base(f.File), Size: info.Size()}
	if err := u.clean(); err != nil {
		return nil, 0, nil, refused("file", "%s", message(err))
	}
	if !info.Mode().IsRegular() {
		return nil, 0, nil, refused("file", "%s is not a file.", f.File)
	}
	h := sha256.New()
	if _, err := io.Copy(h, content); err != nil {
		return nil, 0, nil, err
	}
	sum = h.Sum(nil)
	if f.SHA256 != "" && !strings.EqualFold(f.SHA256, hex.EncodeToString(sum)) {
		return nil, 0, nil, refused("checksum", "The content of %s is not what the list says: its SHA-256 differs.", f.File)
	}
	_, err = content.Seek(0, io.SeekStart)
	return content, info.Size(), sum, err
}
