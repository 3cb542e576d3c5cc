package transfer

import (
	"bufio"
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"path"
	"slices"
	"strings"

	"byline/backend/internal/library"
	"byline/backend/internal/platform/auth"
)

// bulkBatch is how many articles are written together.
const bulkBatch = 100

// maxLine is the longest line of a list, in bytes.
const maxLine = 8 << 20

// item is one line of a list that can be brought in.
type item struct {
	row  Row
	in   library.Imported
	file library.FileOfLine // Name is empty for an article
}

// bulk brings in lists with their files, or files alone.
func (j *job) bulk(ctx context.Context) (form string, err error) {
	table, err := j.table()
	if err != nil {
		return "", err
	}
	used := map[string]bool{}
	var batch []item
	read, all := 0, 1
	take := func(row Row, in library.Imported, f library.FileOfLine, err error) error {
		read++
		row.SourceID, row.Title = in.SourceID, in.Title
		if f.Name != "" {
			f.Name = j.find(f.Name)
			used[f.Name] = true
		}
		if err == nil && j.seen[in.SourceID] {
			err = library.Refuse("id_repeated", "An earlier line has the same id.")
		}
		if err != nil {
			return j.refuse(ctx, row, err)
		}
		j.seen[in.SourceID] = true
		if j.done(row.List, row.Line) {
			return nil
		}
		if batch = append(batch, item{row, in, f}); len(batch) < bulkBatch {
			return nil
		}
		if err := j.flush(ctx, batch); err != nil {
			return err
		}
		batch = batch[:0]
		return j.step(ctx, read, max(all, read))
	}
	switch {
	case j.has(library.ArticleList) || j.has(library.FileList):
		form = "lists"
		all, err = j.count(ctx, library.ArticleList, library.FileList)
		if err == nil {
			err = j.lines(ctx, library.ArticleList, func(row Row, text []byte) error {
				in, err := library.ParseArticle(text)
				return take(row, in, library.FileOfLine{}, err)
			})
		}
		if err == nil {
			err = j.lines(ctx, library.FileList, func(row Row, text []byte) error {
				in, f, err := library.ParseFile(text)
				return take(row, in, f, err)
			})
		}
	case table != "":
		form = "csv"
		if all, err = j.count(ctx, table); err == nil {
			err = j.csv(ctx, table, take)
		}
	default:
		form, all = "files", len(j.names)
		err = j.loose(ctx, take)
	}
	if err == nil {
		err = j.flush(ctx, batch)
	}
	if err != nil {
		return form, err
	}
	if form != "files" {
		if err := j.leftOut(ctx, used, table); err != nil {
			return form, err
		}
	}
	return form, j.step(ctx, max(all, read), max(all, read))
}

func (j *job) has(name string) bool { _, ok := j.names[name]; return ok }

// find is where a file that a line names lies: in files/ or beside the list.
func (j *job) find(name string) string {
	name = strings.TrimPrefix(strings.ReplaceAll(name, `\`, "/"), "./")
	if in := path.Join("files", name); j.has(in) {
		return in
	}
	return name
}

// tell tells of a row, unless an earlier run did.
func (j *job) tell(ctx context.Context, row Row) error {
	if j.done(row.List, row.Line) {
		return nil
	}
	return j.row(ctx, row)
}

// refuse tells of a row why nothing came of it; an error that is not about what the row says is given back.
func (j *job) refuse(ctx context.Context, row Row, err error) error {
	reason, explanation, ok := library.Refusal(err)
	if !ok {
		return err
	}
	row.Result, row.Reason, row.Explanation = Refused, reason, explanation
	row.Title, row.SourceID = printable(row.Title), printable(row.SourceID)
	return j.tell(ctx, row)
}

// leftOut names the files that no line names.
func (j *job) leftOut(ctx context.Context, used map[string]bool, table string) error {
	n := 0
	for _, e := range j.pack.Entries() {
		if used[e.Name] || e.Name == table || e.Name == library.ArticleList || e.Name == library.FileList {
			continue
		}
		n++
		if err := j.row(ctx, Row{List: "left out", Line: n, Title: e.Name, Result: LeftOut, Reason: "not_named", Explanation: "No line names this file."}); err != nil {
			return err
		}
	}
	return nil
}

// count counts the lines of lists, to say how far it is.
func (j *job) count(ctx context.Context, lists ...string) (n int, err error) {
	for _, name := range lists {
		if !j.has(name) {
			continue
		}
		r, err := j.pack.Open(ctx, name)
		if err != nil {
			return 0, err
		}
		buffer := make([]byte, 1<<16)
		for {
			k, err := r.Read(buffer)
			n += strings.Count(string(buffer[:k]), "\n")
			if err != nil {
				break
			}
		}
		_ = r.Close()
	}
	return max(n, 1), nil
}

// lines reads a list line by line.
func (j *job) lines(ctx context.Context, name string, each func(row Row, text []byte) error) error {
	if !j.has(name) {
		return nil
	}
	f, err := j.pack.Open(ctx, name)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	r := bufio.NewReaderSize(f, 1<<16)
	for n := 1; ; n++ {
		text, long, err := nextLine(r)
		row := Row{List: name, Line: n}
		switch {
		case errors.Is(err, io.EOF) && len(text) == 0 && !long:
			return nil
		case err != nil && !errors.Is(err, io.EOF):
			return j.refuse(ctx, row, library.Refuse("unreadable", "%s cannot be unpacked from here on: it is damaged.", name))
		case long:
			if err := j.refuse(ctx, row, library.Refuse("too_long", "The line has more than %d MiB.", maxLine>>20)); err != nil {
				return err
			}
		case len(strings.TrimSpace(string(text))) > 0:
			if n == 1 {
				text = []byte(strings.TrimPrefix(string(text), "\ufeff"))
			}
			if err := each(row, text); err != nil {
				return err
			}
		}
	}
}

// nextLine gives one line without its end; of one that is too long it keeps nothing.
func nextLine(r *bufio.Reader) (text []byte, long bool, err error) {
	for {
		part, err := r.ReadSlice('\n')
		if !long {
			text = append(text, part...)
		}
		if len(text) > maxLine {
			text, long = nil, true
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return []byte(strings.TrimRight(string(text), "\r\n")), long, err
		}
	}
}

// typesOfEndings are the types of files of which no list says more.
var typesOfEndings = map[string]string{".pptx": "deck", ".ppt": "deck", ".odp": "deck", ".key": "deck", ".mp4": "video", ".webm": "video", ".mov": "video", ".mp3": "audio_story", ".wav": "audio_story", ".m4a": "audio_story",
	".png": "image", ".jpg": "image", ".jpeg": "image", ".gif": "image", ".webp": "image", ".svg": "image"}

// loose makes a resource of every file, named like it; the folders in which it lies become tags.
func (j *job) loose(ctx context.Context, take func(Row, library.Imported, library.FileOfLine, error) error) error {
	for i, e := range j.pack.Entries() {
		ending := strings.ToLower(path.Ext(e.Name))
		kind := typesOfEndings[ending]
		if kind == "" {
			kind = "document"
		}
		tags := []string{}
		if dir := path.Dir(e.Name); dir != "." {
			tags = strings.Split(dir, "/")
		}
		title := strings.TrimSpace(strings.NewReplacer("_", " ").Replace(strings.TrimSuffix(path.Base(e.Name), path.Ext(e.Name))))
		line, err := json.Marshal(map[string]any{"id": e.Name, "file": e.Name, "title": title, "kind": kind, "tags": tags})
		if err != nil {
			return err
		}
		in, f, err := library.ParseFile(line)
		if err := take(Row{List: "files", Line: i + 1}, in, f, err); err != nil {
			return err
		}
	}
	return nil
}

// flush brings a batch in, or says what would become of it.
func (j *job) flush(ctx context.Context, batch []item) error {
	if len(batch) == 0 {
		return nil
	}
	var articles []item
	for _, it := range batch {
		if it.file.Name == "" {
			articles = append(articles, it)
			continue
		}
		result, err := j.bring(ctx, it)
		if err != nil {
			if err := j.refuse(ctx, it.row, err); err != nil {
				return err
			}
			continue
		}
		if err := j.told(ctx, it.row, result); err != nil {
			return err
		}
	}
	return j.articles(ctx, articles)
}

func (j *job) articles(ctx context.Context, batch []item) error {
	if len(batch) == 0 {
		return nil
	}
	items := make([]library.Imported, len(batch))
	for i, it := range batch {
		items[i] = it.in
	}
	if j.dry {
		results, err := j.library.Plan(ctx, items, make([]bool, len(items)))
		if err != nil {
			return err
		}
		for i, r := range results {
			if err := j.told(ctx, batch[i].row, r); err != nil {
				return err
			}
		}
		return nil
	}
	var told error
	err := j.library.ImportEach(ctx, items, func(i int, r library.ImportResult, err error) {
		switch {
		case told != nil:
		case err != nil:
			told = j.refuse(ctx, batch[i].row, err)
		default:
			told = j.told(ctx, batch[i].row, r)
		}
	})
	return errors.Join(err, told)
}

func (j *job) told(ctx context.Context, row Row, r library.ImportResult) error {
	row.Result = Unchanged
	switch {
	case r.Changed && r.Created:
		row.Result = Created
	case r.Changed:
		row.Result = Updated
	}
	if !r.Created || !j.dry {
		row.ResourceID = r.ID.String()
	}
	return j.row(ctx, row)
}

// bring brings one file in with its resource.
func (j *job) bring(ctx context.Context, it item) (r library.ImportResult, err error) {
	if !auth.From(ctx).Known() {
		return r, library.Refuse("no_owner", "A file needs somebody whose it is, and there is no account yet.")
	}
	size, ok := j.names[it.file.Name]
	switch ending := strings.ToLower(path.Ext(it.file.Name)); {
	case !ok:
		return r, library.Refuse("file_missing", "The file %s is not here.", printable(it.file.Name))
	case size == 0:
		return r, library.Refuse("file", "%s is empty.", path.Base(it.file.Name))
	case slices.Contains([]string{".exe", ".msi", ".bat", ".cmd", ".scr", ".com", ".jar", ".vbs", ".ps1", ".dmg", ".lnk"}, ending):
		return r, library.Refuse("executable", "Programs are not accepted.")
	}
	s, err := spool(ctx, j.pack, it.file.Name)
	if err != nil {
		return r, err
	}
	defer s.remove()
	if it.file.SHA256 != "" && !strings.EqualFold(it.file.SHA256, hex.EncodeToString(s.sum)) {
		return r, library.Refuse("checksum", "The content of %s is not what the list says: its SHA-256 differs.", printable(it.file.Name))
	}
	if j.dry {
		it.in.AssetHash = s.sum
		results, err := j.library.Plan(ctx, []library.Imported{it.in}, []bool{true})
		if err != nil {
			return r, err
		}
		return results[0], nil
	}
	return j.library.BringFile(ctx, it.in, it.file.Name, s.size, s.sum, s.File)
}
