package library

import (
	"context"
	"image"
	"image/jpeg"
	"log/slog"

	"golang.org/x/sync/errgroup"

	"byline/backend/internal/platform/extract"
)

// Two pictures of a page are compared by the smallest of its widths, in squares: the grey of some of them must be another.
const (
	squareSide  = 4  // pixels
	greyApart   = 14 // of 255
	leastApart  = 3  // squares,
	leastNumber = 9  // where the number of the page may be another
	looksAtOnce = 8
)

// lookAlike finds the pages that have the same words and look different: another chart, say. What cannot be loaded is not
// said to differ.
func (s *Service) lookAlike(ctx context.Context, before, after Asset, pages []PageChange) {
	var group errgroup.Group
	group.SetLimit(looksAtOnce)
	for i := range pages {
		p := &pages[i]
		if p.Before == nil || p.After == nil || p.WordsChanged || p.Before.Width == 0 || p.After.Width == 0 {
			continue
		}
		group.Go(func() error {
			a, err := s.smallPicture(ctx, before, p.Before.Number)
			if err != nil {
				return err
			}
			b, err := s.smallPicture(ctx, after, p.After.Number)
			if err != nil {
				return err
			}
			least := leastApart
			if p.hasNumber && p.Before.Number != p.After.Number || p.hasNumber && before.Pages != after.Pages {
				least = leastNumber
			}
			if p.Where = apart(a, b, least); p.Where != nil {
				p.PictureChanged = true
				if p.Change == "same" {
					p.Change = "changed"
				}
			}
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		slog.WarnContext(ctx, "pictures of pages could not be compared", "before", before.ID, "after", after.ID, "error", err)
	}
}

func (s *Service) smallPicture(ctx context.Context, a Asset, page int) (image.Image, error) {
	in, err := s.blobs.Open(ctx, pictureKey(a, page, extract.Widths[0]))
	if err != nil {
		return nil, err
	}
	defer func() { _ = in.Close() }()
	return jpeg.Decode(in)
}

// apart gives the part in which two pictures differ, by some squares at least, in ten-thousandths; nil for none.
func apart(a, b image.Image, least int) *extract.Line {
	size := b.Bounds()
	w, h := size.Dx(), size.Dy()
	if d := a.Bounds(); abs(d.Dx()-w) > w/50 || abs(d.Dy()-h) > h/50 { // another format
		return &extract.Line{W: 10_000, H: 10_000}
	}
	var box image.Rectangle
	n := 0
	for y := 0; y+squareSide <= min(h, a.Bounds().Dy()); y += squareSide {
		for x := 0; x+squareSide <= min(w, a.Bounds().Dx()); x += squareSide {
			if abs(grey(a, x, y)-grey(b, x, y)) > greyApart {
				box = box.Union(image.Rect(x, y, x+squareSide, y+squareSide))
				n++
			}
		}
	}
	if n < least {
		return nil
	}
	return &extract.Line{X: box.Min.X * 10_000 / w, Y: box.Min.Y * 10_000 / h, W: box.Dx() * 10_000 / w, H: box.Dy() * 10_000 / h}
}

// grey is the mean of a square.
func grey(m image.Image, x, y int) int {
	from, sum := m.Bounds().Min, 0
	for dy := range squareSide {
		for dx := range squareSide {
			r, g, b, _ := m.At(from.X+x+dx, from.Y+y+dy).RGBA()
			sum += int(299*r+587*g+114*b) / 257_000
		}
	}
	return sum / (squareSide * squareSide)
}

func abs(n int) int { return max(n, -n) }
