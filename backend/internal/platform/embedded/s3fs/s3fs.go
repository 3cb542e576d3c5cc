// Package s3fs keeps the objects of the embedded S3 server (rclone/gofakes3) in files. For development and tests.
// Keys never become paths (their SHA-256 does), so "../" in keys, case-insensitive disks and long names are no problem.
// Open multipart uploads are on disk too, so that a browser can go on with them after a restart.
package s3fs

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
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
