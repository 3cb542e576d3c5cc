// Package s3fs keeps the objects of the embedded S3 server (rclone/gofakes3) in files. For development and tests.
// Keys never become paths (their SHA-256 does), so "../" in keys, case-insensitive disks and long names are no problem.
// Open multipart uploads are on disk too, so that a browser can go on with them after a restart.
package s3fs

import (
	"context"
	"crypto/md5"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"hash"
	"io"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/rclone/gofakes3"
)

type entry struct {
	Key      string            `json:"key"`
	Size     int64             `json:"size"`
	ETag     string            `json:"etag"` // hex, without quotes
	Meta     map[string]string `json:"meta"`
	Modified time.Time         `json:"modified"`
	Blob     string            `json:"blob"` // file name below blobs/
}
type bucket struct {
	created time.Time
	objs    map[string]*entry
	keys    []string // sorted; rebuilt lazily
	dirty   bool
}

// Upload is an open multipart upload.
type Upload struct {
	ID     gofakes3.UploadID `json:"id"`
	Bucket string            `json:"bucket"`
	Key    string            `json:"key"`
	Meta   map[string]string `json:"meta"`
	dir    string
}

// Backend implements gofakes3.Backend and gofakes3.MultipartBackend.
type Backend struct {
	root    string
	sync    bool
	mu      sync.RWMutex
	buckets map[string]*bucket
	uploads map[gofakes3.UploadID]*Upload
	nextID  gofakes3.UploadID // set while an upload of an earlier run is taken up again
}

var (
	_ gofakes3.Backend          = (*Backend)(nil)
	_ gofakes3.MultipartBackend = (*Backend)(nil)
)

// New opens the objects below root; fsync makes writes durable before they are answered.
func New(root string, fsync bool) (*Backend, error) {
	b := &Backend{root: root, sync: fsync, buckets: map[string]*bucket{}, uploads: map[gofakes3.UploadID]*Upload{}}
	for _, d := range []string{"buckets", "tmp", "uploads"} {
		if err := os.MkdirAll(filepath.Join(root, d), 0o700); err != nil {
			return nil, err
		}
	}
	_ = os.RemoveAll(filepath.Join(root, "tmp")) // half-written by a process that was killed
	_ = os.MkdirAll(filepath.Join(root, "tmp"), 0o700)
	ds, err := os.ReadDir(filepath.Join(root, "buckets"))
	if err != nil {
		return nil, err
	}
	for _, d := range ds {
		fi, _ := d.Info()
		bk := &bucket{created: fi.ModTime(), objs: map[string]*entry{}, dirty: true}
		ms, _ := os.ReadDir(filepath.Join(root, "buckets", d.Name(), "meta"))
		for _, m := range ms {
			raw, err := os.ReadFile(filepath.Join(root, "buckets", d.Name(), "meta", m.Name()))
			var e entry
			if err == nil && json.Unmarshal(raw, &e) == nil {
				bk.objs[e.Key] = &e
			}
		}
		b.buckets[d.Name()] = bk
	}
	return b, nil
}

func (b *Backend) bdir(n string) string { return filepath.Join(b.root, "buckets", n) }
func name(key string) string            { h := sha256.Sum256([]byte(key)); return hex.EncodeToString(h[:]) }
func uid() string                       { var x [16]byte; _, _ = rand.Read(x[:]); return hex.EncodeToString(x[:]) }

// ListBuckets lists all buckets.
func (b *Backend) ListBuckets(context.Context) (r []gofakes3.BucketInfo, _ error) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	for _, n := range slices.Sorted(maps.Keys(b.buckets)) {
		r = append(r, gofakes3.BucketInfo{Name: n, CreationDate: gofakes3.NewContentTime(b.buckets[n].created)})
	}
	return r, nil
}

// ListBucket lists a page of objects.
func (b *Backend) ListBucket(_ context.Context, n string, p *gofakes3.Prefix, page gofakes3.ListBucketPage) (*gofakes3.ObjectList, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	bk := b.buckets[n]
	if bk == nil {
		return nil, gofakes3.BucketNotFound(n)
	}
	if bk.dirty {
		bk.keys, bk.dirty = slices.Sorted(maps.Keys(bk.objs)), false
	}
	if p == nil {
		p = &gofakes3.Prefix{}
	}
	r, i, cnt, last := gofakes3.NewObjectList(), 0, int64(0), ""
	if page.Marker != "" {
		i = sort.SearchStrings(bk.keys, page.Marker)
		if i < len(bk.keys) && bk.keys[i] == page.Marker {
			i++
		}
	}
	var m gofakes3.PrefixMatch
	for ; i < len(bk.keys); i++ {
		if !p.Match(bk.keys[i], &m) {
			continue
		}
		if m.CommonPrefix {
			if m.MatchedPart == last {
				continue
			}
			last = m.MatchedPart
		}
		if page.MaxKeys > 0 && cnt == page.MaxKeys {
			r.IsTruncated = true
			return r, nil
		}
		cnt++
		r.NextMarker = bk.keys[i]
		if m.CommonPrefix {
			r.AddPrefix(m.MatchedPart)
			continue
		}
		e := bk.objs[bk.keys[i]]
		r.Add(&gofakes3.Content{Key: e.Key, LastModified: gofakes3.NewContentTime(e.Modified), ETag: `"` + e.ETag + `"`, Size: e.Size})
	}
	r.NextMarker = ""
	return r, nil
}

// CreateBucket makes a bucket.
func (b *Backend) CreateBucket(_ context.Context, n string) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.buckets[n] != nil {
		return gofakes3.ResourceError(gofakes3.ErrBucketAlreadyExists, n)
	}
	for _, d := range []string{"meta", "blobs"} {
		if err := os.MkdirAll(filepath.Join(b.bdir(n), d), 0o700); err != nil {
			return err
		}
	}
	b.buckets[n] = &bucket{created: time.Now(), objs: map[string]*entry{}}
	return nil
}

// BucketExists says whether there is such a bucket.
func (b *Backend) BucketExists(_ context.Context, n string) (bool, error) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return b.buckets[n] != nil, nil
}

// DeleteBucket removes an empty bucket.
func (b *Backend) DeleteBucket(_ context.Context, n string) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	bk := b.buckets[n]
	if bk == nil {
		return gofakes3.BucketNotFound(n)
	}
	if len(bk.objs) > 0 {
		return gofakes3.ResourceError(gofakes3.ErrBucketNotEmpty, n)
	}
	delete(b.buckets, n)
	return os.RemoveAll(b.bdir(n))
}

func (b *Backend) find(n, key string) (*entry, error) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	bk := b.buckets[n]
	if bk == nil {
		return nil, gofakes3.BucketNotFound(n)
	}
	e := bk.objs[key]
	if e == nil {
		return nil, gofakes3.KeyNotFound(key)
	}
	return e, nil
}

func (e *entry) object() *gofakes3.Object {
	h, _ := hex.DecodeString(e.ETag)
	m := maps.Clone(e.Meta)
	if m == nil {
		m = map[string]string{}
	}
	m["Last-Modified"] = e.Modified.UTC().Format(http.TimeFormat)
	return &gofakes3.Object{Name: e.Key, Metadata: m, Size: e.Size, Hash: h, Contents: io.NopCloser(eof{})}
}

type eof struct{}

func (eof) Read([]byte) (int, error) { return 0, io.EOF }

// HeadObject gives an object without its content.
func (b *Backend) HeadObject(_ context.Context, n, key string) (*gofakes3.Object, error) {
	e, err := b.find(n, key)
	if err != nil {
		return nil, err
	}
	return e.object(), nil
}

type section struct {
	io.Reader
	io.Closer
}

// GetObject gives an object or a range of it.
func (b *Backend) GetObject(_ context.Context, n, key string, rr *gofakes3.ObjectRangeRequest) (*gofakes3.Object, error) {
	for range 3 { // an overwrite may remove the blob between lookup and open
		e, err := b.find(n, key)
		if err != nil {
			return nil, err
		}
		f, err := os.Open(filepath.Join(b.bdir(n), "blobs", e.Blob))
		if errors.Is(err, os.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		o := e.object()
		o.Contents = f
		if o.Range, err = rr.Range(e.Size); err != nil {
			f.Close()
			return nil, err
		}
		if o.Range != nil {
			o.Contents = section{io.NewSectionReader(f, o.Range.Start, o.Range.Length), f}
		}
		return o, nil
	}
	return nil, gofakes3.KeyNotFound(key)
}

func (b *Backend) write(in io.Reader, size int64) (path, etag string, n int64, err error) {
	f, err := os.CreateTemp(filepath.Join(b.root, "tmp"), "put")
	if err != nil {
		return "", "", 0, err
	}
	h := md5.New()
	n, err = io.Copy(io.MultiWriter(f, h), in)
	if err == nil && size >= 0 && n != size {
		err = gofakes3.ErrIncompleteBody
	}
	if err == nil && b.sync {
		err = f.Sync()
	}
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		_ = os.Remove(f.Name())
		return "", "", 0, err
	}
	return f.Name(), hex.EncodeToString(h.Sum(nil)), n, nil
}

// commit moves a finished temp file in: blob first, then the meta file by rename. A crash leaves at worst an orphan blob.
func (b *Backend) commit(bn, key, tmp, etag string, size int64, meta map[string]string) error {
	e := &entry{Key: key, Size: size, ETag: etag, Meta: meta, Modified: time.Now().UTC(), Blob: uid()}
	raw, _ := json.Marshal(e)
	b.mu.Lock()
	defer b.mu.Unlock()
	bk := b.buckets[bn]
	if bk == nil {
		_ = os.Remove(tmp)
		return gofakes3.BucketNotFound(bn)
	}
	if err := os.Rename(tmp, filepath.Join(b.bdir(bn), "blobs", e.Blob)); err != nil {
		return err
	}
	mf := filepath.Join(b.root, "tmp", uid())
	if err := os.WriteFile(mf, raw, 0o600); err != nil {
		return err
	}
	if err := os.Rename(mf, filepath.Join(b.bdir(bn), "meta", name(key)+".json")); err != nil {
		return err
	}
	if old := bk.objs[key]; old != nil {
		_ = os.Remove(filepath.Join(b.bdir(bn), "blobs", old.Blob))
	} else {
		bk.dirty = true
	}
	bk.objs[key] = e
	return nil
}

// PutObject writes an object.
func (b *Backend) PutObject(_ context.Context, n, key string, meta map[string]string, in io.Reader, size int64) (r gofakes3.PutObjectResult, err error) {
	tmp, etag, sz, err := b.write(in, size)
	if err != nil {
		return r, err
	}
	return r, b.commit(n, key, tmp, etag, sz, meta)
}

// DeleteObject removes an object.
func (b *Backend) DeleteObject(_ context.Context, n, key string) (r gofakes3.ObjectDeleteResult, _ error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	bk := b.buckets[n]
	if bk == nil {
		return r, gofakes3.BucketNotFound(n)
	}
	if e := bk.objs[key]; e != nil {
		if err := os.Remove(filepath.Join(b.bdir(n), "meta", name(key)+".json")); err != nil {
			return r, err
		}
		_ = os.Remove(filepath.Join(b.bdir(n), "blobs", e.Blob))
		delete(bk.objs, key)
		bk.dirty = true
	}
	return r, nil
}

// DeleteMulti removes several objects.
func (b *Backend) DeleteMulti(ctx context.Context, n string, keys ...string) (r gofakes3.MultiDeleteResult, _ error) {
	for _, k := range keys {
		if _, err := b.DeleteObject(ctx, n, k); err != nil {
			r.Error = append(r.Error, gofakes3.ErrorResultFromError(err))
		} else {
			r.Deleted = append(r.Deleted, gofakes3.ObjectID{Key: k})
		}
	}
	return r, nil
}

// CopyObject copies an object.
func (b *Backend) CopyObject(ctx context.Context, sb, sk, db, dk string, meta map[string]string) (r gofakes3.CopyObjectResult, err error) {
	o, err := b.GetObject(ctx, sb, sk, nil)
	if err != nil {
		return r, err
	}
	defer o.Contents.Close()
	if _, err := b.PutObject(ctx, db, dk, meta, o.Contents, o.Size); err != nil {
		return r, err
	}
	e, err := b.find(db, dk)
	if err != nil {
		return r, err
	}
	return gofakes3.CopyObjectResult{ETag: `"` + e.ETag + `"`, LastModified: gofakes3.NewContentTime(e.Modified)}, nil
}

// CreateMultipartUpload begins an upload in parts.
func (b *Backend) CreateMultipartUpload(_ context.Context, n, key string, meta map[string]string) (gofakes3.UploadID, error) {
	id := gofakes3.UploadID(uid())
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.nextID != "" {
		id, b.nextID = b.nextID, ""
	}
	u := &Upload{ID: id, Bucket: n, Key: key, Meta: meta, dir: b.uploadDir(id)}
	if err := os.MkdirAll(u.dir, 0o700); err != nil {
		return "", err
	}
	raw, err := json.Marshal(u)
	if err != nil {
		return "", err
	}
	b.uploads[id] = u
	return id, os.WriteFile(filepath.Join(u.dir, "upload.json"), raw, 0o600)
}

func (b *Backend) uploadDir(id gofakes3.UploadID) string {
	return filepath.Join(b.root, "uploads", filepath.Base(string(id)))
}

// Resume makes the next CreateMultipartUpload take up an upload of an earlier run, with its id.
func (b *Backend) Resume(id gofakes3.UploadID) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.nextID = id
}

// Part is a part of an open upload, in the file Path.
type Part struct {
	Number int
	Path   string
}

// OpenUpload is an upload that an earlier run left open.
type OpenUpload struct {
	Upload
	Parts []Part
}

// OpenUploads lists the uploads that an earlier run left open.
func (b *Backend) OpenUploads() (open []OpenUpload, err error) {
	dirs, err := os.ReadDir(filepath.Join(b.root, "uploads"))
	if err != nil {
		return nil, err
	}
	for _, d := range dirs {
		dir := filepath.Join(b.root, "uploads", d.Name())
		raw, err := os.ReadFile(filepath.Join(dir, "upload.json"))
		var u OpenUpload
		if err != nil || json.Unmarshal(raw, &u.Upload) != nil {
			_ = os.RemoveAll(dir) // killed before it was whole
			continue
		}
		files, err := os.ReadDir(dir)
		if err != nil {
			return nil, err
		}
		for _, f := range files {
			number, _, ok := strings.Cut(f.Name(), "-")
			n, err := strconv.Atoi(number)
			if ok && err == nil {
				u.Parts = append(u.Parts, Part{Number: n, Path: filepath.Join(dir, f.Name())})
			}
		}
		open = append(open, u)
	}
	return open, nil
}

func (b *Backend) up(id gofakes3.UploadID) (*Upload, error) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	if u := b.uploads[id]; u != nil {
		return u, nil
	}
	return nil, gofakes3.ErrNoSuchUpload
}

// UploadPart writes one part.
func (b *Backend) UploadPart(_ context.Context, _, _ string, id gofakes3.UploadID, num int, size int64, body io.Reader) (string, error) {
	u, err := b.up(id)
	if err != nil {
		return "", err
	}
	tmp, etag, _, err := b.write(body, size)
	if err != nil {
		return "", err
	}
	if err := os.Rename(tmp, filepath.Join(u.dir, strconv.Itoa(num)+"-"+etag)); err != nil {
		return "", err
	}
	return `"` + etag + `"`, nil
}

// CompleteMultipartUpload joins the parts.
func (b *Backend) CompleteMultipartUpload(_ context.Context, n, key string, id gofakes3.UploadID, in *gofakes3.CompleteMultipartUploadRequest) (gofakes3.VersionID, string, error) {
	u, err := b.up(id)
	if err != nil {
		return "", "", err
	}
	out, err := os.CreateTemp(filepath.Join(b.root, "tmp"), "mp")
	if err != nil {
		return "", "", err
	}
	defer os.Remove(out.Name())
	defer out.Close()
	var total int64
	var h hash.Hash = md5.New()
	for _, p := range in.Parts {
		et := trim(p.ETag)
		f, err := os.Open(filepath.Join(u.dir, strconv.Itoa(p.PartNumber)+"-"+filepath.Base(et)))
		if err != nil {
			return "", "", gofakes3.ErrInvalidPart
		}
		c, err := io.Copy(io.MultiWriter(out, h), f)
		f.Close()
		if err != nil {
			return "", "", err
		}
		total += c
	}
	if b.sync {
		if err := out.Sync(); err != nil {
			return "", "", err
		}
	}
	etag := hex.EncodeToString(h.Sum(nil)) // plain md5 of the whole object: the "-N" form does not fit gofakes3's Hash
	if err := b.commit(n, key, out.Name(), etag, total, u.Meta); err != nil {
		return "", "", err
	}
	return "", `"` + etag + `"`, b.AbortMultipartUpload(context.Background(), n, key, id)
}

func trim(s string) string {
	for len(s) > 1 && s[0] == '"' && s[len(s)-1] == '"' {
		s = s[1 : len(s)-1]
	}
	return s
}

// AbortMultipartUpload throws the parts away.
func (b *Backend) AbortMultipartUpload(_ context.Context, _, _ string, id gofakes3.UploadID) error {
	b.mu.Lock()
	u := b.uploads[id]
	delete(b.uploads, id)
	b.mu.Unlock()
	if u != nil {
		return os.RemoveAll(u.dir)
	}
	return nil
}
