package extract

import (
	"errors"
	"os"

	"github.com/klippa-app/go-pdfium/requests"
)

// pdf reads the words of all pages and draws the first.
func (d details) pdf() {
	if info, err := os.Stat(d.path); err != nil || info.Size() > maxPDF {
		d.fail("too_large", "This PDF is too large to read. It is kept as a download.")
		return
	}
	in, doc, count, closer, err := openPDF(d.path, d.cacheDir)
	switch {
	case errors.Is(err, errEngine):
		d.fail("engine", "The PDF reader could not start.")
		return
	case err != nil:
		d.fail("unreadable", "This PDF could not be read; it may be damaged or protected. It is kept as a download.")
		return
	}
	defer closer()
	d.r.PageCount = count
	size := 0
	for i := range min(count, maxPages) {
		page := requests.Page{ByIndex: &requests.PageByIndex{Document: doc, Index: i}}
		text, err := in.GetPageText(&requests.GetPageText{Page: page})
		words := ""
		if err == nil { // one broken page does not spoil the others
			words = clean(text.Text)
		}
		if size += len(words); size > maxText {
			d.note("text_cut", "Only the first part of this long document is searchable.")
			break
		}
		d.r.Pages = append(d.r.Pages, words)
	}
	rendered, err := in.RenderPageInPixels(&requests.RenderPageInPixels{Width: previewSize, Page: requests.Page{ByIndex: &requests.PageByIndex{Document: doc, Index: 0}}})
	if err != nil {
		d.note("no_preview", "No preview could be made of the first page.")
		return
	}
	b := rendered.Result.Image.Bounds()
	d.r.Width, d.r.Height = b.Dx(), b.Dy()
	d.preview(rendered.Result.Image)
	rendered.Cleanup()
}
