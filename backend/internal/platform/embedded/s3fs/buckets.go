package s3fs

import (
	"context"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"time"

	"github.com/rclone/gofakes3"
)

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
