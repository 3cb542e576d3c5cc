// Package watermark draws words across a picture, so that whoever passes the picture on passes their name on too.
package watermark

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	_ "image/png" // decoders register themselves
	"io"
	"math"
	"strings"
	"sync"
	"unicode"

	xdraw "golang.org/x/image/draw"
	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gomedium"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/f64"
	"golang.org/x/image/math/fixed"
)

const (
	slant    = -math.Pi / 7
	maxRunes = 60   // of a line
	quality  = 82   // of the JPEG
	perWidth = 36.0 // a letter is this part of the width of the picture high
)

// What is drawn is dark with a light edge: it is seen on white pages and on black slides.
var (
	ink  = image.NewUniform(color.NRGBA{A: 46})
	edge = image.NewUniform(color.NRGBA{R: 255, G: 255, B: 255, A: 70})
)

var letters = sync.OnceValues(func() (*sfnt.Font, error) { return opentype.Parse(gomedium.TTF) })

// Drawable gives what of the words can be drawn: one line, without letters that the type does not have.
func Drawable(words string) string {
	f, err := letters()
	if err != nil {
		return ""
	}
	var b sfnt.Buffer
	n := 0
	line := strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return ' '
		}
		if i, err := f.GlyphIndex(&b, r); err != nil || i == 0 || !unicode.IsPrint(r) || n >= maxRunes {
			return -1
		}
		n++
		return r
	}, words)
	return strings.Join(strings.Fields(line), " ")
}

// Draw reads a JPEG or PNG picture and gives it as a JPEG with the lines across it, again and again.
func Draw(r io.Reader, lines ...string) ([]byte, error) {
	src, _, err := image.Decode(r)
	if err != nil {
		return nil, err
	}
	size := src.Bounds().Size()
	out := image.NewRGBA(image.Rectangle{Max: size})
	draw.Draw(out, out.Rect, image.White, image.Point{}, draw.Src) // what is transparent is paper
	draw.Draw(out, out.Rect, src, src.Bounds().Min, draw.Over)
	stamp, err := stampOf(lines, math.Max(float64(size.X)/perWidth, 13))
	if err != nil {
		return nil, err
	}
	dx, dy := stamp.Rect.Dx(), stamp.Rect.Dy()
	// one stands in the middle, so that a picture smaller than the words has some of them; the others around it
	for row, y := first((size.Y-dy)/2, dy*5/6); y < size.Y; row, y = row+1, y+dy*5/6 {
		_, x := first((size.X-dx)/2-(row&1)*dx/2, dx*11/10)
		for ; x < size.X; x += dx * 11 / 10 {
			at := stamp.Rect.Add(image.Pt(x, y))
			draw.DrawMask(out, at.Add(image.Pt(1, 1)), edge, image.Point{}, stamp, image.Point{}, draw.Over)
			draw.DrawMask(out, at, ink, image.Point{}, stamp, image.Point{}, draw.Over)
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, out, &jpeg.Options{Quality: quality}); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// first gives the number and place of a step before the picture begins, counted from one at a place in it.
func first(place, step int) (n, at int) {
	n = -(max(place, 0)/step + 2)
	return n, place + n*step
}

// stampOf draws lines below each other, slanted. Its rectangle begins at 0, 0.
func stampOf(lines []string, size float64) (*image.Alpha, error) {
	f, err := letters()
	if err != nil {
		return nil, err
	}
	face, err := opentype.NewFace(f, &opentype.FaceOptions{Size: size, DPI: 72})
	if err != nil {
		return nil, err
	}
	defer func() { _ = face.Close() }()
	height, width := face.Metrics().Height.Ceil(), 1
	for _, line := range lines {
		width = max(width, font.MeasureString(face, line).Ceil())
	}
	flat := image.NewAlpha(image.Rect(0, 0, width, height*max(1, len(lines))))
	for i, line := range lines {
		d := font.Drawer{Dst: flat, Src: image.Opaque, Face: face,
			Dot: fixed.P((width-font.MeasureString(face, line).Ceil())/2, i*height+face.Metrics().Ascent.Ceil())}
		d.DrawString(line)
	}
	sin, cos := math.Sincos(slant)
	w, h := float64(width), float64(flat.Rect.Dy())
	turned := image.NewAlpha(image.Rect(0, 0, int(w*cos-h*sin)+1, int(h*cos-w*sin)+1)) // sin is negative: upwards
	xdraw.BiLinear.Transform(turned, f64.Aff3{cos, -sin, 0, sin, cos, -w * sin}, flat, flat.Rect, draw.Over, nil)
	return turned, nil
}
