package watermark_test

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"
	"testing"

	"github.com/stretchr/testify/require"

	"byline/backend/internal/platform/watermark"
)

func sheet(t *testing.T, width, height int, c color.Color) []byte {
	t.Helper()
	img := image.NewNRGBA(image.Rect(0, 0, width, height))
	draw.Draw(img, img.Rect, image.NewUniform(c), image.Point{}, draw.Src)
	var b bytes.Buffer
	require.NoError(t, png.Encode(&b, img))
	return b.Bytes()
}

// changed gives the share of pixels that are not as they were, in each quarter of the picture.
func changed(t *testing.T, data []byte, was uint8) (quarters [4]float64) {
	t.Helper()
	img, err := jpeg.Decode(bytes.NewReader(data))
	require.NoError(t, err)
	b := img.Bounds()
	for y := range b.Dy() {
		for x := range b.Dx() {
			g := color.GrayModel.Convert(img.At(x, y)).(color.Gray).Y
			if d := int(g) - int(was); d > 12 || d < -12 {
				quarters[y*2/b.Dy()*2+x*2/b.Dx()] += 4 / float64(b.Dx()*b.Dy())
			}
		}
	}
	return quarters
}

func TestWordsAreAllOverPagesOfEveryColourAndShape(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{800, 600}, {1600, 900}, {600, 1400}, {60, 40}} {
		for _, c := range []color.NRGBA{{255, 255, 255, 255}, {0, 0, 0, 255}, {128, 128, 128, 255}} {
			for _, lines := range [][]string{{"Ines Duarte"}, {"Ines Duarte · Nordwind Logistics International", "ines@nordwind.example"}} {
				data, err := watermark.Draw(bytes.NewReader(sheet(t, size[0], size[1], c)), lines...)
				require.NoError(t, err)
				for i, share := range changed(t, data, c.R) {
					require.Greater(t, share, 0.005, "%v %v %v quarter %d", size, c, lines, i)
					require.Less(t, share, 0.35, "still to be read: %v %v", size, c)
				}
			}
		}
	}
}

func TestWhatIsTransparentIsPaper(t *testing.T) {
	t.Parallel()
	data, err := watermark.Draw(bytes.NewReader(sheet(t, 200, 200, color.Transparent)))
	require.NoError(t, err)
	require.Zero(t, changed(t, data, 255), "white, and no words")
}

func TestOnlyWhatTheTypeHasIsDrawn(t *testing.T) {
	t.Parallel()
	for in, out := range map[string]string{"Ines Duarte": "Ines Duarte", "Zoë Łukasz Ωμέγα Ёлка": "Zoë Łukasz Ωμέγα Ёлка", "山田 太郎": "", "山田 Taro": "Taro", " a\n\tb\x00\u202e ": "a b"} {
		require.Equal(t, out, watermark.Drawable(in))
	}
	long := bytes.Repeat([]byte("ab "), 100)
	require.LessOrEqual(t, len([]rune(watermark.Drawable(string(long)))), 100)
}

func TestWhatIsNoPictureIsAnError(t *testing.T) {
	t.Parallel()
	_, err := watermark.Draw(bytes.NewReader([]byte("no picture")), "x")
	require.Error(t, err)
}
