// Package library owns the resource center: assets (files), resources with their versions, and who has them as favourites.
package library

import (
	"path/filepath"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"byline/backend/internal/platform/blob"
	"byline/backend/internal/platform/errs"
)

// AssetState is where a file stands.
type AssetState string

// The states of an asset.
const (
	Uploading  AssetState = "uploading"
	Processing AssetState = "processing" // being checked and read
	Ready      AssetState = "ready"
	Limited    AssetState = "limited" // a download only, with a reason
	Refused    AssetState = "refused" // not kept, with a reason
)

// MaxFileSize is the most bytes that a file may have.
const MaxFileSize = 5 << 30

// Asset is a file.
type Asset struct {
	ID          uuid.UUID
	OwnerID     uuid.UUID
	Name        string
	StorageKey  string
	Size        int64 // bytes
	Declared    string
	MediaType   string // by content
	SHA256      []byte
	Claimed     []byte // SHA-256 that the browser computed; nil when it did not
	State       AssetState
	Reason      string
	Explanation string
	Kind        string
	Pages       int
	Width       int
	Height      int
	DurationMS  int64
	PreviewKey  string
	Inline      bool
	Look        LookState
	LookReason  string
	LookNote    string
	UploadID    string
	PartSize    int64
	CreatedAt   time.Time
	Within      []string // what an Office file carries that its pages do not show; nil when nobody knows
	Hidden      []int    // slides that are hidden, by page: they have no picture, and nobody outside hears of them
	// Caption is set where the asset belongs to something.
	Caption string
}

// settled says whether the file is fit to be attached for good.
func (a Asset) settled() bool { return a.State == Ready || a.State == Limited }

// parts gives how many parts the file is uploaded in.
func (a Asset) parts() int32 { return int32(max(1, (a.Size+a.PartSize-1)/a.PartSize)) } //nolint:gosec // at most 10,000

// partLength gives the exact bytes of one part.
func (a Asset) partLength(n int32) int64 {
	return min(a.PartSize, a.Size-int64(n-1)*a.PartSize)
}

// Upload is what a browser says of a file that it wants to upload.
type Upload struct {
	Name      string
	Size      int64
	MediaType string
	SHA256    []byte // nil when unknown
}

func (u *Upload) clean() error {
	u.Name = strings.TrimSpace(filepath.Base(strings.ReplaceAll(u.Name, `\`, "/")))
	switch {
	case u.Name == "" || u.Name == "." || utf8.RuneCountInString(u.Name) > 255 || strings.ContainsFunc(u.Name, func(r rune) bool { return r < ' ' }):
		return errs.Field(errs.Invalid, "body.name", "A file name has 1 to 255 characters.")
	case u.Size <= 0:
		return errs.Field(errs.Invalid, "body.size", "This file is empty.")
	case u.Size > MaxFileSize:
		return errs.Field(errs.TooLarge, "body.size", "Files may have at most 5 GiB.")
	case u.SHA256 != nil && len(u.SHA256) != 32:
		return errs.Field(errs.Invalid, "body.sha256", "Give the SHA-256 as 64 hexadecimal digits, or leave it out.")
	}
	return nil
}

// PartURL is where a browser puts one part.
type PartURL struct {
	Number int32
	URL    string
	Length int64
}

// Progress is an upload as it stands.
type Progress struct {
	Asset
	Done []blob.Part
}
