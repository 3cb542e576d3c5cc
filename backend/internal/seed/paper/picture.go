package paper

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"math"
	"math/rand/v2"
	"strconv"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

// palette are colours on which white text can be read.
var palette = []color.RGBA{{13, 107, 117, 255}, {181, 83, 107, 255}, {91, 88, 160, 255}, {176, 98, 42, 255}, {63, 122, 79, 255}, {58, 104, 156, 255},
	{140, 74, 140, 255}, {107, 115, 55, 255}, {156, 67, 58, 255}, {40, 120, 140, 255}, {92, 92, 104, 255}, {120, 84, 60, 255}}

var (
	inkColour   = color.RGBA{31, 36, 51, 255}
	quietColour = color.RGBA{125, 133, 151, 255}
	lineColour  = color.RGBA{226, 230, 235, 255}
	alarm       = color.RGBA{224, 122, 63, 255}
)

func face(ttf []byte, size float64) (font.Face, error) {
	f, err := opentype.Parse(ttf)
	if err != nil {
		return nil, err
	}
	return opentype.NewFace(f, &opentype.FaceOptions{Size: size, DPI: 72, Hinting: font.HintingFull})
}

type canvas struct {
	*image.RGBA
	err error
}

func newCanvas(w, h int, background color.Color) *canvas {
	c := &canvas{RGBA: image.NewRGBA(image.Rect(0, 0, w, h))}
	c.fill(c.Bounds(), background)
	return c
}

func (c *canvas) fill(r image.Rectangle, colour color.Color) {
	draw.Draw(c, r, image.NewUniform(colour), image.Point{}, draw.Src)
}

// text writes with its baseline at y; align is 0 for left, 0.5 for centred, 1 for right.
func (c *canvas) text(x, y, align float64, ttf []byte, size float64, colour color.Color, s string) {
	f, err := face(ttf, size)
	if err != nil {
		c.err = err
		return
	}
	d := font.Drawer{Dst: c, Src: image.NewUniform(colour), Face: f}
	d.Dot = fixed.Point26_6{X: fixed.Int26_6(x*64) - fixed.Int26_6(align*float64(d.MeasureString(s))), Y: fixed.Int26_6(y * 64)}
	d.DrawString(s)
}

// disc fills a circle with a soft edge.
func (c *canvas) disc(x, y, r float64, colour color.RGBA) {
	for py := int(y - r - 1); py <= int(y+r+1); py++ {
		for px := int(x - r - 1); px <= int(x+r+1); px++ {
			cover := r - math.Hypot(float64(px)-x, float64(py)-y) + 0.5
			if cover <= 0 || !(image.Point{X: px, Y: py}).In(c.Bounds()) {
				continue
			}
			k := min(cover, 1) * float64(colour.A) / 255
			old := c.RGBAAt(px, py)
			mix := func(a, b uint8) uint8 { return uint8(float64(a)*(1-k) + float64(b)*k) }
			c.SetRGBA(px, py, color.RGBA{mix(old.R, colour.R), mix(old.G, colour.G), mix(old.B, colour.B), 255})
		}
	}
}

func (c *canvas) png() ([]byte, error) {
	if c.err != nil {
		return nil, c.err
	}
	var b bytes.Buffer
	err := png.Encode(&b, c)
	return b.Bytes(), err
}

// Avatar draws initials on a colour with large soft circles; n chooses colour and places.
func Avatar(initials string, n int) ([]byte, error) {
	base := palette[n%len(palette)]
	c := newCanvas(320, 320, base)
	r := rand.New(rand.NewPCG(uint64(n), 7)) //nolint:gosec // a pattern, no secret
	for range 3 {
		c.disc(r.Float64()*320, r.Float64()*320, 60+r.Float64()*110, color.RGBA{255, 255, 255, 26})
	}
	c.text(160, 202, 0.5, gobold.TTF, 124, color.White, initials)
	return c.png()
}

// Chart is a line or bar chart.
type Chart struct {
	Title  string
	Note   string
	Kind   string // line or bars
	Labels []string
	Values []float64
	Limit  float64 // drawn as a line when not 0
	Unit   string
}

// PNG draws the chart at 1200 × 675, the shape that social networks show in full.
func (h Chart) PNG() ([]byte, error) {
	const w, height, left, right, top, bottom = 1200, 675, 110.0, 1140.0, 170.0, 580.0
	c := newCanvas(w, height, color.White)
	c.fill(image.Rect(0, 0, w, 10), palette[0])
	c.text(60, 80, 0, gobold.TTF, 38, inkColour, h.Title)
	c.text(60, 122, 0, goregular.TTF, 24, quietColour, h.Note)
	low, high := math.Min(0, h.Limit), h.Limit
	for _, v := range h.Values {
		low, high = math.Min(low, v), math.Max(high, v)
	}
	high += (high - low) * 0.1
	place := func(v float64) float64 { return bottom - (v-low)/(high-low)*(bottom-top) }
	for i := range 5 {
		v := low + (high-low)*float64(i)/4
		c.fill(image.Rect(int(left), int(place(v)), int(right), int(place(v))+1), lineColour)
		c.text(left-14, place(v)+7, 1, goregular.TTF, 20, quietColour, number(v)+h.Unit)
	}
	step := (right - left) / float64(len(h.Values))
	var px, py float64
	for i, v := range h.Values {
		x, y := left+step*(float64(i)+0.5), place(v)
		colour := palette[0]
		if h.Limit != 0 && v > h.Limit {
			colour = alarm
		}
		if h.Kind == "bars" {
			c.fill(image.Rect(int(x-step*0.32), int(y), int(x+step*0.32), int(place(math.Max(0, low)))), colour)
			c.text(x, y-10, 0.5, gobold.TTF, 22, inkColour, number(v)+h.Unit)
		} else if i > 0 {
			for k := range 200 {
				f := float64(k) / 200
				c.disc(px+(x-px)*f, py+(y-py)*f, 2.6, colour)
			}
		}
		px, py = x, y
		if i < len(h.Labels) && h.Labels[i] != "" {
			c.text(x, bottom+36, 0.5, goregular.TTF, 20, quietColour, h.Labels[i])
		}
	}
	if h.Limit != 0 {
		for x := left; x < right; x += 16 {
			c.fill(image.Rect(int(x), int(place(h.Limit))-1, int(x)+9, int(place(h.Limit))+2), alarm)
		}
		c.text(right, place(h.Limit)-12, 1, gobold.TTF, 20, alarm, "limit "+number(h.Limit)+h.Unit)
	}
	c.text(right, 645, 1, gobold.TTF, 22, palette[0], "Kelvora")
	return c.png()
}

// Banner draws a picture of words for a post or an event.
func Banner(title, line string, n int) ([]byte, error) {
	c := newCanvas(1200, 675, palette[n%len(palette)])
	r := rand.New(rand.NewPCG(uint64(n), 11)) //nolint:gosec // a pattern, no secret
	for range 7 {
		c.disc(500+r.Float64()*700, r.Float64()*675, 60+r.Float64()*190, color.RGBA{255, 255, 255, 20})
	}
	y := 300.0
	for _, l := range wrap(title, 66, 980) {
		c.text(80, y, 0, gobold.TTF, 66, color.White, l)
		y += 84
	}
	c.text(80, y+10, 0, goregular.TTF, 30, color.RGBA{235, 242, 243, 255}, line)
	c.text(80, 110, 0, gobold.TTF, 30, color.White, "Kelvora")
	return c.png()
}

func number(v float64) string {
	if math.Abs(v) < 10 && v != math.Trunc(v) {
		return trim(v, 1)
	}
	return trim(v, 0)
}

func trim(v float64, digits int) string { return strconv.FormatFloat(v, 'f', digits, 64) }
