package library

import (
	"bytes"
	"context"
	"image"
	_ "image/gif" // decoders register themselves
	_ "image/jpeg"
	_ "image/png"
	"io"

	"github.com/google/uuid"
)

// What is put into an exported file of one picture. A larger one is there as its preview.
const (
	maxExported = 8 << 20
)

// Picture loads a picture that the signed-in user may see: PNG, JPEG or GIF, as large as an exported file should have it.
// ok is false when it is none, or cannot be had.
func (s *Service) Picture(ctx context.Context, id uuid.UUID) (data []byte, format string, width, height int, ok bool) {
	a, err := s.Asset(ctx, id)
	if err != nil || !a.settled() {
		return nil, "", 0, 0, false
	}
	if a.Inline && a.Size <= maxExported {
		if data, format, width, height, ok = s.picture(ctx, a.StorageKey, maxExported); ok {
			return data, format, width, height, true
		}
	}
	if a.PreviewKey == "" {
		return nil, "", 0, 0, false
	}
	return s.picture(ctx, a.PreviewKey, maxExported)
}

func (s *Service) picture(ctx context.Context, key string, most int64) (data []byte, format string, width, height int, ok bool) {
	r, err := s.blobs.Open(ctx, key)
	if err != nil {
		return nil, "", 0, 0, false
	}
	defer func() { _ = r.Close() }()
	data, err = io.ReadAll(io.LimitReader(r, most+1))
	if err != nil || int64(len(data)) > most {
		return nil, "", 0, 0, false
	}
	c, format, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil || (format != "png" && format != "jpeg" && format != "gif") {
		return nil, "", 0, 0, false
	}
	return data, format, c.Width, c.Height, true
}

// ReadableMarkdown is the Markdown of a site without the instructions to the program that made it.
func ReadableMarkdown(s string) string { return readableMarkdown(s) }
