package extract

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	xdraw "golang.org/x/image/draw"
)

// Widths are those in which the picture of a page is made, in pixels: a thumbnail, a phone, a desktop.
var Widths = []int{240, 800, 1600}

const (
	maxPagePixels = 8e6  // of the largest picture: long pages are drawn narrower
	maxLines      = 2000 // of words that are kept with a page
	boxUnits      = 10_000
	maxPDF        = 200 << 20 // bytes
)

var errEngine = errors.New("extract: the PDF reader could not start")

// Drawing is what came of drawing some pages of a PDF.
type Drawing struct {
	Total int         `json:"total"` // pages that the document has
	Pages []DrawnPage `json:"pages"`
}

// DrawnPage is one page with its picture.
type DrawnPage struct {
	Number int    `json:"number"`
	Width  int    `json:"width"` // pixels of the largest picture; 0 when the page could not be drawn
	Height int    `json:"height"`
	Lines  []Line `json:"lines"`
	Text   string `json:"text"`
}

// Line is some words in one line, and where they are: in ten-thousandths of the width and height of the page, from its top
// left corner.
type Line struct {
	X    int    `json:"x"`
	Y    int    `json:"y"`
	W    int    `json:"w"`
	H    int    `json:"h"`
	Text string `json:"t"`
}

// PagePicture is where in a folder Draw writes the picture of a page.
func PagePicture(dir string, page, width int) string {
	return filepath.Join(dir, fmt.Sprintf("%d-%d.jpg", page, width))
}

// Draw draws count pages of the PDF at path, from number from on, into dir. reason is "" when that went well, or why the
// child process came to nothing.
func (e Extractor) Draw(ctx context.Context, path, dir string, from, count int) (d Drawing, reason string, err error) {
	end, err := e.own(ctx, "--draw", path, e.CacheDir, dir, strconv.Itoa(from), strconv.Itoa(count))
	if err != nil {
		return d, "", err
	}
	if reason = end.failure(); reason == "" && json.Unmarshal(end.out.Bytes(), &d) != nil {
		reason = "unreadable"
	}
	return d, reason, nil
}

// openPDF starts PDFium as WebAssembly (memory-safe, without a file system or a network for the document) and opens a file.
func openPDF(path, cacheDir string) (in pdfium.Pdfium, doc references.FPDF_DOCUMENT, pages int, closer func(), err error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, "", 0, nil, err
	}
	if len(data) > maxPDF {
		return nil, "", 0, nil, errors.New("extract: too large a PDF")
	}
	cache, err := wazero.NewCompilationCacheWithDir(cacheDir)
	if err != nil {
		return nil, "", 0, nil, errors.Join(errEngine, err)
	}
	config := wazero.NewRuntimeConfig().WithMemoryLimitPages(256 << 20 / (64 << 10)).WithCompilationCache(cache)
	pool, err := webassembly.Init(webassembly.Config{MinIdle: 1, MaxIdle: 1, MaxTotal: 1, RuntimeConfig: config})
	if err != nil {
		return nil, "", 0, nil, errors.Join(errEngine, err)
	}
	closer = func() { _ = pool.Close() }
	if in, err = pool.GetInstance(30 * time.Second); err != nil {
		closer()
		return nil, "", 0, nil, errors.Join(errEngine, err)
	}
	opened, err := in.OpenDocument(&requests.OpenDocument{File: &data})
	if err == nil {
		count, failed := in.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: opened.Document})
		if err = failed; err == nil && count.PageCount > 0 {
			return in, opened.Document, count.PageCount, closer, nil
		}
	}
	closer()
	return nil, "", 0, nil, errors.Join(errors.New("extract: no page"), err)
}

// drawPages is the child's part: arguments are path, cache folder, folder for pictures, first page and count.
func drawPages(args []string) (Drawing, error) {
	from, err1 := strconv.Atoi(args[3])
	count, err2 := strconv.Atoi(args[4])
	if err := errors.Join(err1, err2); err != nil || from < 1 {
		return Drawing{}, errors.Join(errors.New("extract: no such page"), err)
	}
	in, doc, total, closer, err := openPDF(args[0], args[1])
	if err != nil {
		return Drawing{}, err
	}
	defer closer()
	d := Drawing{Total: total}
	for n := from; n <= min(total, from+count-1); n++ {
		loaded, err := in.FPDF_LoadPage(&requests.FPDF_LoadPage{Document: doc, Index: n - 1})
		page := DrawnPage{Number: n}
		if err == nil {
			page = drawPage(in, requests.Page{ByReference: &loaded.Page}, n, args[2])
			_, _ = in.FPDF_ClosePage(&requests.FPDF_ClosePage{Page: loaded.Page})
		}
		d.Pages = append(d.Pages, page)
	}
	return d, nil
}

func drawPage(in pdfium.Pdfium, ref requests.Page, number int, dir string) DrawnPage {
	page := DrawnPage{Number: number}
	size, err := in.GetPageSize(&requests.GetPageSize{Page: ref})
	if err != nil || !(size.Width > 0) || !(size.Height > 0) {
		return page
	}
	largest := Widths[len(Widths)-1]
	ratio := size.Width / size.Height
	width := min(float64(largest), math.Sqrt(maxPagePixels*ratio))
	height := min(width/ratio, maxPagePixels/width)
	w, h := max(1, int(math.Round(width))), max(1, int(math.Round(height)))
	rendered, err := in.RenderPageInPixels(&requests.RenderPageInPixels{Width: w, Height: h, Page: ref})
	if err != nil {
		return page
	}
	defer rendered.Cleanup()
	img := rendered.Result.Image
	page.Lines = linesOf(in, ref)
	words := make([]string, len(page.Lines))
	for i, l := range page.Lines {
		words[i] = l.Text
	}
	page.Text = strings.Join(words, "\n")
	var larger image.Image = img
	for i := len(Widths) - 1; i >= 0; i-- {
		if k := float64(Widths[i]) / float64(img.Bounds().Dx()); k < 1 {
			small := image.NewRGBA(image.Rect(0, 0, Widths[i], max(1, int(math.Round(float64(img.Bounds().Dy())*k)))))
			shrinkTo(small, larger)
			larger = small
		}
		if err := writeJPEG(PagePicture(dir, number, Widths[i]), larger); err != nil {
			return DrawnPage{Number: number}
		}
	}
	page.Width, page.Height = img.Bounds().Dx(), img.Bounds().Dy()
	return page
}

func shrinkTo(to *image.RGBA, from image.Image) {
	xdraw.BiLinear.Scale(to, to.Bounds(), from, from.Bounds(), xdraw.Src, nil)
}

func writeJPEG(path string, img image.Image) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	return errors.Join(jpeg.Encode(f, img, &jpeg.Options{Quality: 82}), f.Close())
}

// place turns points of a page, whose coordinates may be turned and moved, into boxUnits of the picture.
type place struct{ x0, y0, xx, xy, yx, yy float64 }

func placeOf(in pdfium.Pdfium, ref requests.Page) (p place, ok bool) {
	const fine, far = 1_000_000, 1000
	at := func(x, y float64) (float64, float64, bool) {
		d, err := in.FPDF_PageToDevice(&requests.FPDF_PageToDevice{Page: ref, SizeX: fine, SizeY: fine, PageX: x, PageY: y})
		if err != nil {
			return 0, 0, false
		}
		return float64(d.DeviceX) * boxUnits / fine, float64(d.DeviceY) * boxUnits / fine, true
	}
	x0, y0, ok0 := at(0, 0)
	x1, y1, ok1 := at(far, 0)
	x2, y2, ok2 := at(0, far)
	return place{x0, y0, (x1 - x0) / far, (y1 - y0) / far, (x2 - x0) / far, (y2 - y0) / far}, ok0 && ok1 && ok2
}

func (p place) box(left, top, right, bottom float64) (x1, y1, x2, y2 float64) {
	ax, ay := p.x0+left*p.xx+top*p.yx, p.y0+left*p.xy+top*p.yy
	bx, by := p.x0+right*p.xx+bottom*p.yx, p.y0+right*p.xy+bottom*p.yy
	return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)
}

// linesOf gives the words of a page with their places, in the order in which the file has them: the same words as the text
// of the page.
func linesOf(in pdfium.Pdfium, ref requests.Page) (lines []Line) {
	loaded, err := in.FPDFText_LoadPage(&requests.FPDFText_LoadPage{Page: ref})
	if err != nil {
		return nil
	}
	text := loaded.TextPage
	defer func() { _, _ = in.FPDFText_ClosePage(&requests.FPDFText_ClosePage{TextPage: text}) }()
	count, err := in.FPDFText_CountChars(&requests.FPDFText_CountChars{TextPage: text})
	p, ok := placeOf(in, ref)
	if err != nil || !ok {
		return nil
	}
	var words strings.Builder
	var x1, y1, x2, y2 float64
	empty := true
	flush := func() {
		if s := clean(words.String()); s != "" && !empty && len(lines) < maxLines {
			l := Line{X: clamp(x1), Y: clamp(y1), Text: s}
			l.W, l.H = clamp(x2)-l.X, clamp(y2)-l.Y
			lines = append(lines, l)
		}
		words.Reset()
		empty = true
	}
	for i := range min(count.Count, 100_000) {
		char, err := in.FPDFText_GetUnicode(&requests.FPDFText_GetUnicode{TextPage: text, Index: i})
		if err != nil || char.Unicode == 0 {
			continue
		}
		r := rune(char.Unicode) //nolint:gosec // a character
		if r == '\r' || r == '\n' {
			flush()
			continue
		}
		words.WriteRune(r)
		if unicode.IsSpace(r) {
			continue
		}
		b, err := in.FPDFText_GetCharBox(&requests.FPDFText_GetCharBox{TextPage: text, Index: i})
		if err != nil {
			continue
		}
		ax, ay, bx, by := p.box(b.Left, b.Top, b.Right, b.Bottom)
		if empty {
			x1, y1, x2, y2, empty = ax, ay, bx, by, false
		} else {
			x1, y1, x2, y2 = min(x1, ax), min(y1, ay), max(x2, bx), max(y2, by)
		}
	}
	flush()
	return lines
}

func clamp(v float64) int { return int(math.Round(min(max(v, 0), boxUnits))) }
