package transfer

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"byline/backend/internal/library"
)

// Limits of archives of strangers.
const (
	maxEntries   = 1_000_000
	maxDirectory = 256 << 20 // bytes of the list of entries
	maxUnpacked  = 64 << 30  // bytes of all entries together
	maxRatio     = 200       // of unpacked to packed bytes, of entries from
	ratioFrom    = 16 << 20  // this size on
)

// Entry is a file of a pack.
type Entry struct {
	Name string // its path, with slashes
	Size int64
}

// Pack is where an import reads from: a folder, an archive, or files that were uploaded.
type Pack interface {
	// Entries are its regular files, by name.
	Entries() []Entry
	// Open reads one; the caller closes it. fs.ErrNotExist when there is none.
	Open(ctx context.Context, name string) (io.ReadCloser, error)
	// Refusals are entries that are not looked at, with the reason.
	Refusals() []Row
}

// NotAPack says that something cannot be read as a pack at all, in words for people.
type NotAPack struct{ Reason, Explanation string }

// Error implements error.
func (e NotAPack) Error() string { return e.Explanation }

// meant is whether somebody meant a file to come along: systems leave others in every folder.
func meant(name string) bool {
	for _, part := range strings.Split(name, "/") {
		if part == "__MACOSX" || strings.HasPrefix(part, ".") || strings.EqualFold(part, "thumbs.db") || strings.EqualFold(part, "desktop.ini") {
			return false
		}
	}
	return true
}

// folder is a Pack of a directory; names cannot lead out of it.
type folder struct {
	root    *os.Root
	entries []Entry
	refused []Row
}

// OpenFolder makes a pack of a directory. close ends it.
func OpenFolder(dir string) (p Pack, closeIt func(), err error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, nil, err
	}
	f := &folder{root: root}
	n := 0
	err = fs.WalkDir(root.FS(), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || name == "." {
			return err
		}
		if !meant(name) {
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		n++
		switch {
		case d.IsDir():
		case !d.Type().IsRegular():
			f.refused = append(f.refused, Row{List: "folder", Line: n, Title: name, Result: Refused, Reason: "not_a_file", Explanation: name + " is a link or something else that is no file. Links are not followed."})
		case !utf8.ValidString(name):
			f.refused = append(f.refused, Row{List: "folder", Line: n, Title: strings.ToValidUTF8(name, "?"), Result: Refused, Reason: "name_not_utf8", Explanation: "The name of this file is not UTF-8. Rename it."})
		default:
			info, err := d.Info()
			if err != nil {
				return err
			}
			f.entries = append(f.entries, Entry{name, info.Size()})
		}
		return nil
	})
	if err != nil {
		_ = root.Close()
		return nil, nil, err
	}
	return f, func() { _ = root.Close() }, nil
}

func (f *folder) Entries() []Entry { return f.entries }
func (f *folder) Refusals() []Row  { return f.refused }
func (f *folder) Open(_ context.Context, name string) (io.ReadCloser, error) {
	file, err := f.root.Open(name)
	if err != nil {
		return nil, err
	}
	if info, err := file.Stat(); err != nil || !info.Mode().IsRegular() {
		_ = file.Close()
		return nil, fs.ErrNotExist
	}
	return file, nil
}

// archive is a Pack of a ZIP file.
type archive struct {
	files   map[string]*zip.File
	entries []Entry
	refused []Row
}

// budget lets the list of entries take so many bytes and no more: before it is read, nothing is known of its length.
type budget struct {
	io.ReaderAt
	left int64
	open bool
}

var errLongDirectory = errors.New("transfer: the list of entries is too long")

func (b *budget) ReadAt(p []byte, off int64) (int, error) {
	if b.open {
		return b.ReaderAt.ReadAt(p, off)
	}
	if b.left -= int64(len(p)); b.left < 0 {
		return 0, errLongDirectory
	}
	return b.ReaderAt.ReadAt(p, off)
}

// OpenArchive makes a pack of a ZIP file. Entries that could do harm are refused one by one; an archive that is one as a
// whole is no pack.
func OpenArchive(r io.ReaderAt, size int64) (Pack, error) {
	b := &budget{ReaderAt: r, left: maxDirectory}
	z, err := zip.NewReader(b, size)
	switch {
	case errors.Is(err, errLongDirectory):
		return nil, NotAPack{"too_many_entries", "This archive lists too many entries. Split it."}
	case err != nil && !errors.Is(err, zip.ErrInsecurePath):
		return nil, NotAPack{"not_zip", "This is not a ZIP file, or it is damaged: it has no list of its entries at its end. It may have been cut off on its way."}
	}
	b.open = true
	if len(z.File) > maxEntries {
		return nil, NotAPack{"too_many_entries", fmt.Sprintf("This archive has more than %d entries. Split it.", maxEntries)}
	}
	a := &archive{files: map[string]*zip.File{}}
	var packed, unpacked uint64
	lower := map[string]bool{}
	for i, f := range z.File {
		packed += f.CompressedSize64
		unpacked += f.UncompressedSize64
		if unpacked > maxUnpacked || f.UncompressedSize64 > maxUnpacked {
			return nil, NotAPack{"bomb", fmt.Sprintf("Unpacked, this archive would have more than %d GiB. Split it.", maxUnpacked>>30)}
		}
		if packed > uint64(size) { //nolint:gosec // a size
			return nil, NotAPack{"bomb", "The entries of this archive overlap: it holds the same bytes several times. No honest program makes that."}
		}
		name := f.Name
		if strings.HasSuffix(name, "/") && f.UncompressedSize64 == 0 {
			continue
		}
		if reason, why := hostile(f); reason != "" {
			a.refused = append(a.refused, Row{List: "archive", Line: i + 1, Title: printable(name), Result: Refused, Reason: reason, Explanation: why})
			continue
		}
		if !meant(name) {
			continue
		}
		if lower[strings.ToLower(name)] {
			a.refused = append(a.refused, Row{List: "archive", Line: i + 1, Title: name, Result: Refused, Reason: "name_repeated", Explanation: "An earlier entry has the same name, so it cannot be told which one is meant."})
			continue
		}
		lower[strings.ToLower(name)] = true
		a.files[name] = f
		a.entries = append(a.entries, Entry{name, int64(f.UncompressedSize64)}) //nolint:gosec // checked above
	}
	slices.SortFunc(a.entries, func(x, y Entry) int { return strings.Compare(x.Name, y.Name) })
	return a, nil
}

func printable(name string) string {
	name = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return '?'
		}
		return r
	}, strings.ToValidUTF8(name, "?"))
	if r := []rune(name); len(r) > 300 {
		return string(r[:300]) + "…"
	}
	return name
}

// hostile says why an entry is not looked at.
func hostile(f *zip.File) (reason, explanation string) {
	name := f.Name
	switch {
	case !utf8.ValidString(name):
		return "name_not_utf8", "The name of this entry is not UTF-8. Pack the archive with a program that writes UTF-8 names, or rename the file."
	case strings.ContainsFunc(name, func(r rune) bool { return r < ' ' || r == 0x7f }):
		return "name", "The name of this entry has control characters."
	case strings.Contains(name, `\`), strings.HasPrefix(name, "/"), len(name) > 1 && name[1] == ':', path.Clean(name) != name, name == "..", strings.HasPrefix(name, "../"), name == "" || name == ".":
		return "name_leads_out", "The name of this entry could lead out of the archive, or is not a plain path with slashes."
	case f.Flags&1 != 0 || f.Method == 99:
		return "encrypted", "This entry is encrypted. Pack it without a password."
	case f.Mode()&fs.ModeSymlink != 0:
		return "link", "This entry is a link to another file. Links are not followed."
	case !f.Mode().IsRegular():
		return "not_a_file", "This entry is no file."
	case f.Method != zip.Store && f.Method != zip.Deflate:
		return "method", fmt.Sprintf("This entry is packed by a method (%d) that is not known here. Pack it as an ordinary ZIP file.", f.Method)
	case f.Method == zip.Store && f.CompressedSize64 != f.UncompressedSize64:
		return "bomb", "This entry does not say how long it is."
	case f.UncompressedSize64 > ratioFrom && f.UncompressedSize64 > maxRatio*max(f.CompressedSize64, 1):
		return "bomb", fmt.Sprintf("This entry would grow to more than %d times its size: it looks like a ZIP bomb.", maxRatio)
	case f.UncompressedSize64 > library.MaxFileSize:
		return "file", "Files may have at most 5 GiB."
	}
	return "", ""
}

func (a *archive) Entries() []Entry { return a.entries }
func (a *archive) Refusals() []Row  { return a.refused }
func (a *archive) Open(_ context.Context, name string) (io.ReadCloser, error) {
	f, ok := a.files[name]
	if !ok {
		return nil, fs.ErrNotExist
	}
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	return bounded{r, &io.LimitedReader{R: r, N: int64(f.UncompressedSize64) + 1}}, nil //nolint:gosec // checked when it was opened
}

// bounded gives no more than what was said; the reader of archive/zip checks that it is no less.
type bounded struct {
	io.Closer
	*io.LimitedReader
}

// within is a pack whose files all lie in one folder, seen from inside.
type within struct {
	Pack
	prefix  string
	entries []Entry
}

// inside goes into the one folder in which everything lies, which is how systems pack folders.
func inside(p Pack) Pack {
	entries := p.Entries()
	if len(entries) == 0 {
		return p
	}
	first, _, ok := strings.Cut(entries[0].Name, "/")
	if !ok {
		return p
	}
	prefix := first + "/"
	if slices.ContainsFunc(entries, func(e Entry) bool { return !strings.HasPrefix(e.Name, prefix) }) {
		return p
	}
	if prefix == "files/" || prefix == "resources/" { // of the lists and exports
		return p
	}
	w := within{Pack: p, prefix: prefix}
	for _, e := range entries {
		w.entries = append(w.entries, Entry{strings.TrimPrefix(e.Name, prefix), e.Size})
	}
	return w
}

func (w within) Entries() []Entry { return w.entries }
func (w within) Open(ctx context.Context, name string) (io.ReadCloser, error) {
	return w.Pack.Open(ctx, w.prefix+name)
}

// names are the entries by their name.
func names(p Pack) map[string]int64 {
	all := map[string]int64{}
	for _, e := range p.Entries() {
		all[e.Name] = e.Size
	}
	return all
}

// readSmall reads a whole file that must not be large.
func readSmall(ctx context.Context, p Pack, name string, most int64) ([]byte, error) {
	r, err := p.Open(ctx, name)
	if err != nil {
		return nil, err
	}
	defer func() { _ = r.Close() }()
	var b bytes.Buffer
	if _, err := io.Copy(&b, io.LimitReader(r, most+1)); err != nil {
		return nil, library.Refuse("unreadable", "%s cannot be unpacked: it is damaged.", name)
	}
	if int64(b.Len()) > most {
		return nil, library.Refuse("too_long", "%s has more than %d MiB.", name, most>>20)
	}
	return b.Bytes(), nil
}

// spooled is a file of a pack on the disk, with its checksum.
type spooled struct {
	*os.File
	size int64
	sum  []byte
}

func (s spooled) remove() {
	_ = s.Close()
	_ = os.Remove(s.Name())
}

// spool brings a file to the disk, so that it can be read twice. A content that is damaged is a refusal.
func spool(ctx context.Context, p Pack, name string) (s spooled, err error) {
	r, err := p.Open(ctx, name)
	if errors.Is(err, fs.ErrNotExist) {
		return s, library.Refuse("file_missing", "The file %s is not here.", name)
	}
	if err != nil {
		return s, err
	}
	defer func() { _ = r.Close() }()
	if s.File, err = os.CreateTemp("", "byline-import"); err != nil {
		return s, err
	}
	h := sha256.New()
	s.size, err = io.Copy(io.MultiWriter(s.File, h), contextReader{ctx, r})
	if err == nil {
		_, err = s.Seek(0, io.SeekStart)
	}
	if err != nil {
		s.remove()
		var disk *fs.PathError
		if ctx.Err() != nil || errors.As(err, &disk) {
			return s, err
		}
		return s, library.Refuse("unreadable", "%s cannot be unpacked: it is damaged.", name)
	}
	s.sum = h.Sum(nil)
	return s, nil
}

// contextReader stops when the import is stopped.
type contextReader struct {
	ctx context.Context
	io.Reader
}

func (c contextReader) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.Reader.Read(p)
}
