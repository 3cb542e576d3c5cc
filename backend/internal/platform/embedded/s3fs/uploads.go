package s3fs

import (
	"context"
	"crypto/md5"
	"encoding/hex"
	"encoding/json"
	"hash"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/rclone/gofakes3"
)

// Upload is an open multipart upload.
type Upload struct {
	ID     gofakes3.UploadID `json:"id"`
	Bucket string            `json:"bucket"`
	Key    string            `json:"key"`
	Meta   map[string]string `json:"meta"`
	dir    string
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
