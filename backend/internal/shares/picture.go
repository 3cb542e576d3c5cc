package shares

import (
	"bytes"
	"cmp"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/google/uuid"

	"byline/backend/internal/library"
	"byline/backend/internal/platform/extract"
	"byline/backend/internal/platform/watermark"
)

// sealLife is how long an address of a marked picture works; pages of a long document are loaded when one comes to them.
const sealLife = 2 * time.Hour

// Wanted names a picture of a share.
type Wanted struct {
	Asset uuid.UUID
	Page  int // 0 is the preview of the file
	Width int
	Seal  string // of Service.Seal, where nothing may be kept
}

// Picture is a picture for a visitor: where it is, or, where nothing may be kept, the picture itself with their name on it.
type Picture struct {
	Address string
	JPEG    []byte
}

// Seal gives what an address of a marked picture must carry: it works for the browser that the view was made for, for a
// while.
func (s *Service) Seal(v View, asset uuid.UUID, page int) string {
	return s.seal(v.share, v.device, asset, page, v.now.Add(sealLife).Unix())
}

func (s *Service) seal(share uuid.UUID, device []byte, asset uuid.UUID, page int, until int64) string {
	mac := hmac.New(sha256.New, s.cfg.Secret)
	_, _ = fmt.Fprintf(mac, "picture %s %x %s %d %d", share, device, asset, page, until)
	return strconv.FormatInt(until, 36) + "." + base64.RawURLEncoding.EncodeToString(mac.Sum(nil)[:16])
}

func (s *Service) sealed(o open, device []byte, w Wanted) bool {
	until, _, _ := bytes.Cut([]byte(w.Seal), []byte("."))
	at, err := strconv.ParseInt(string(until), 36, 64)
	return err == nil && at > o.now.Unix() && hmac.Equal([]byte(w.Seal), []byte(s.seal(o.ID, device, w.Asset, w.Page, at)))
}

// asset finds a file that a visitor may see now, and the resource that it stands in. NotFound as Open.
func (s *Service) asset(ctx context.Context, token string, v Visitor, id uuid.UUID) (o open, device []byte, r library.Outside, a library.Asset, err error) {
	o, device, gate, _, _, err := s.door(ctx, token, v)
	if err == nil && gate != Through {
		err = errClosed
	}
	if err != nil {
		return o, nil, r, a, err
	}
	found, err := s.library.Outside(ctx, o.Resources, o.now)
	if err != nil {
		return o, nil, r, a, err
	}
	err = errClosed
	for _, in := range found {
		for _, file := range append(slices.Clone(in.Files), in.InText...) {
			if file.ID == id && (err != nil || in.Download) { // what may be kept in one place may be kept
				r, a, err = in, file, nil
			}
		}
	}
	return o, device, r, a, err
}

// Picture gives a picture of a page of a share, or the preview of one of its files. All that Open checks is checked again
// now. Where nothing may be kept there is no way to the picture without the name.
func (s *Service) Picture(ctx context.Context, token string, v Visitor, w Wanted) (Picture, error) {
	o, device, r, a, err := s.asset(ctx, token, v, w.Asset)
	if err != nil {
		return Picture{}, err
	}
	if o.Downloads && r.Download {
		address, err := s.library.PictureOutside(ctx, a, w.Page, w.Width, o.life(r))
		return Picture{Address: address}, err
	}
	if !s.sealed(o, device, w) {
		return Picture{}, errClosed
	}
	w.Width = min(max(w.Width, markedWidths[0]), markedWidths[1])
	lines := o.mark()
	jpeg, err := s.marked.get(ctx, fmt.Sprintf("%s %s %d %d %q", o.ID, a.ID, w.Page, w.Width, lines), func(ctx context.Context) ([]byte, error) {
		picture, err := s.library.OpenPictureOutside(ctx, a, w.Page, w.Width)
		if err != nil {
			return nil, err
		}
		defer func() { _ = picture.Close() }()
		return watermark.Draw(picture, lines...)
	})
	return Picture{JPEG: jpeg}, err
}

// markedWidths are the widths in which marked pictures are made: whoever names many makes no more work.
var markedWidths = [2]int{extract.Widths[1], extract.Widths[2]}

// mark is what is drawn across pictures: who the recipient is, as far as the type has the letters, and else the number of
// the share.
func (o open) mark() []string {
	who := watermark.Drawable(o.Recipient)
	if org := watermark.Drawable(o.Org); who != "" && org != "" {
		who += " · " + org
	}
	lines := []string{}
	for _, line := range []string{who, watermark.Drawable(cmp.Or(o.address, o.Email))} {
		if line != "" {
			lines = append(lines, line)
		}
	}
	if len(lines) == 0 {
		lines = append(lines, "No. "+o.ID.String()[24:])
	}
	return lines
}

// Words gives the words of a page of a share that was drawn, with their places.
func (s *Service) Words(ctx context.Context, token string, v Visitor, asset uuid.UUID, page int) ([]extract.Line, error) {
	_, _, _, a, err := s.asset(ctx, token, v, asset)
	if err != nil {
		return nil, err
	}
	return s.library.LinesOutside(ctx, a, page)
}
