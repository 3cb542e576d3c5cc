package library

import (
	"fmt"
	"image"
	"image/color"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const (
	cover    = "Kelvora Tag data sheet for everybody who ships what must stay cold"
	ranges   = "Range without probe is minus thirty five to plus fifty five degrees and with the probe down to minus ninety five"
	rangesV2 = "Range without probe is minus forty to plus sixty degrees and with the probe down to minus ninety five"
	power    = "Battery for two years at two minutes and eleven months in the deep cold of a freezer"
	radio    = "It has no mobile radio and positions come from the gates and phones that meet it on the way"
	audit    = "Every reading is signed when it is taken so that an auditor can check the whole chain later"
)

// aligned writes pairs down as "1=1 2→3 -4 +5".
func aligned(before, after []string) string {
	text := func(pages []string) []pageWords {
		out := make([]pageWords, len(pages))
		for i, p := range pages {
			out[i] = wordsOf(p, i+1, len(pages))
		}
		return out
	}
	old, now := text(before), text(after)
	var out []string
	for _, p := range align(old, now) {
		switch {
		case p.after < 0:
			out = append(out, fmt.Sprintf("-%d", p.before+1))
		case p.before < 0:
			out = append(out, fmt.Sprintf("+%d", p.after+1))
		case p.moved:
			out = append(out, fmt.Sprintf("%d>%d", p.before+1, p.after+1))
		case old[p.before].text == now[p.after].text:
			out = append(out, fmt.Sprintf("%d=%d", p.before+1, p.after+1))
		default:
			out = append(out, fmt.Sprintf("%d~%d", p.before+1, p.after+1))
		}
	}
	return strings.Join(out, " ")
}

func TestPagesAreAlignedByTheirWords(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		before, after []string
		want          string
	}{
		"the same":                    {[]string{cover, ranges}, []string{cover, ranges}, "1=1 2=2"},
		"space is no change":          {[]string{"a  b\nc"}, []string{"a b c "}, "1=1"},
		"one in other words":          {[]string{cover, ranges, power}, []string{cover, rangesV2, power}, "1=1 2~2 3=3"},
		"one inserted":                {[]string{cover, ranges, power}, []string{cover, audit, ranges, power}, "1=1 +2 2=3 3=4"},
		"one removed":                 {[]string{cover, ranges, power}, []string{cover, power}, "1=1 -2 3=2"},
		"inserted before a change":    {[]string{cover, ranges, power}, []string{cover, audit, rangesV2, power}, "1=1 +2 2~3 3=4"},
		"one written anew":            {[]string{cover, ranges, power}, []string{cover, audit, power}, "1=1 2~2 3=3"},
		"one moved":                   {[]string{cover, ranges, power, radio}, []string{cover, power, radio, ranges}, "1=1 3=2 4=3 2>4"},
		"nothing before":              {nil, []string{cover, power}, "+1 +2"},
		"nothing after":               {[]string{cover}, nil, "-1"},
		"pictures without words":      {[]string{"", "", ""}, []string{"", "", "", ""}, "1=1 2=2 3=3 +4"},
		"numbers of pages":            {[]string{cover + "\nKelvora 1 of 2", power + "\nKelvora 2 of 2"}, []string{cover + "\nKelvora 1 of 3", audit + "\nKelvora 2 of 3", power + "\nKelvora 3 of 3"}, "1=1 +2 2=3"},
		"other numbers count":         {[]string{cover + "\n12 euro"}, []string{cover + "\n13 euro"}, "1~1"},
		"every page":                  {[]string{cover, ranges}, []string{audit, radio}, "1~1 2~2"},
		"the same page twice":         {[]string{cover, cover, power}, []string{cover, power}, "1=1 -2 3=2"},
		"one more of the same at end": {[]string{cover}, []string{cover, cover}, "1=1 +2"},
	} {
		require.Equal(t, c.want, aligned(c.before, c.after), name)
	}
}

func TestManyPagesAreAlignedToo(t *testing.T) {
	t.Parallel()
	var before, after []string
	for i := range 900 {
		before = append(before, fmt.Sprintf("page %d has its own words %d", i, i*7))
		after = append(after, fmt.Sprintf("page %d has its own words %d", i, i*7))
	}
	after = append(append(append([]string{}, after[:5]...), "something new"), after[6:]...)
	after[890] = "another"
	got := strings.Fields(aligned(before, after))
	require.Len(t, got, 900)
	require.Equal(t, "6~6", got[5])
	require.Equal(t, "891~891", got[890])
}

// Not parallel: it counts what is allocated.
func TestVeryManyPagesThatAllDifferDoNotFillTheMemory(t *testing.T) { //nolint:paralleltest // see above
	pages := func(of string, n int) (list []string) {
		for i := range n {
			list = append(list, fmt.Sprintf("%s %d", of, i))
		}
		return list
	}
	before, after := pages("old", 4000), pages("new", 4001)
	var at, then runtime.MemStats
	runtime.ReadMemStats(&at)
	got := strings.Fields(aligned(before, after))
	runtime.ReadMemStats(&then)
	require.Equal(t, "4000~4000", got[3999])
	require.Equal(t, "+4001", got[4000])
	require.Less(t, then.TotalAlloc-at.TotalAlloc, uint64(32<<20))
}

func TestPicturesThatLookDifferentAreTold(t *testing.T) {
	t.Parallel()
	page := func(draw ...image.Rectangle) image.Image {
		m := image.NewGray(image.Rect(0, 0, 240, 320))
		for i := range m.Pix {
			m.Pix[i] = 250
		}
		for _, r := range draw {
			for y := r.Min.Y; y < r.Max.Y; y++ {
				for x := r.Min.X; x < r.Max.X; x++ {
					m.SetGray(x, y, color.Gray{Y: 40})
				}
			}
		}
		return m
	}
	bar := image.Rect(40, 100, 60, 200)
	require.Nil(t, apart(page(bar), page(bar), leastApart))
	noisy := page(bar).(*image.Gray)
	for i := 0; i < len(noisy.Pix); i += 7 {
		noisy.Pix[i] -= 6
	}
	require.Nil(t, apart(page(bar), noisy, leastApart), "what drawing again does is no change")
	where := apart(page(bar), page(bar, image.Rect(120, 160, 140, 200)), leastApart)
	require.NotNil(t, where)
	require.InDelta(t, 5000, where.X, 50)
	require.InDelta(t, 5000, where.Y, 50)
	require.NotNil(t, apart(page(), image.NewGray(image.Rect(0, 0, 240, 180)), leastApart), "another format")
}
