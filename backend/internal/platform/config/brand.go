package config

import (
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Brand is whose pages of shares are: people outside know the company, not Byline.
type Brand struct {
	Name     string
	Color    string // #rrggbb of buttons and links; "" is ours
	Logo     []byte // a picture; nil shows the name
	LogoType string // its media type
}

const maxLogo = 256 << 10

var (
	colorOfBrand = regexp.MustCompile(`^#[0-9a-f]{6}$`)
	logoTypes    = map[string]string{".svg": "image/svg+xml", ".png": "image/png", ".webp": "image/webp", ".jpg": "image/jpeg"}
)

func (r *reader) brand() Brand {
	b := Brand{Name: r.text("BYLINE_BRAND_NAME", ""), Color: strings.ToLower(r.text("BYLINE_BRAND_COLOR", ""))}
	if utf8.RuneCountInString(b.Name) > 60 {
		r.bad("BYLINE_BRAND_NAME", "want at most 60 characters")
	}
	if b.Color != "" && (!colorOfBrand.MatchString(b.Color) || contrastWithWhite(b.Color) < 4.5) {
		r.bad("BYLINE_BRAND_COLOR", "want a colour such as #0b5d66 that is dark enough for white letters on it (4.5 : 1), but got %q", b.Color)
		b.Color = ""
	}
	path := r.text("BYLINE_BRAND_LOGO", "")
	if path == "" {
		return b
	}
	kind, ok := logoTypes[strings.ToLower(filepath.Ext(path))]
	info, err := os.Stat(path)
	if !ok || err != nil || !info.Mode().IsRegular() || info.Size() > maxLogo {
		r.bad("BYLINE_BRAND_LOGO", "want the path of an .svg, .png, .webp or .jpg file of at most 256 KiB, but got %q", path)
		return b
	}
	if b.Logo, err = os.ReadFile(path); err != nil {
		r.bad("BYLINE_BRAND_LOGO", "%v", err)
	}
	b.LogoType = kind
	if b.Name == "" {
		r.bad("BYLINE_BRAND_NAME", "needed with BYLINE_BRAND_LOGO: it is read to those who do not see the picture")
	}
	return b
}

// contrastWithWhite is how well white letters are read on a colour (WCAG 2.2, 1.4.3).
func contrastWithWhite(color string) float64 {
	light := 0.0
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		n, _ := strconv.ParseUint(color[1+2*i:3+2*i], 16, 8)
		c := float64(n) / 255
		if c <= 0.04045 {
			c /= 12.92
		} else {
			c = math.Pow((c+0.055)/1.055, 2.4)
		}
		light += weight * c
	}
	return 1.05 / (light + 0.05)
}
