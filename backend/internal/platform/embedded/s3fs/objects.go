package s3fs

import (
	"context"
	"crypto/md5"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"github.com/rclone/gofakes3"
)

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
