package extract

import (
	"os"
	"time"

	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
)

// pdf runs PDFium as WebAssembly: memory-safe, without a file system or a network for the document.
func (d details) pdf() {
	const broken = "This PDF could not be read; it may be damaged or protected. It is kept as a download."
	data, err := os.ReadFile(d.path)
	if err != nil || len(data) > 200<<20 {
		d.fail("too_large", "This PDF is too large to read. It is kept as a download.")
		return
	}
	cache, err := wazero.NewCompilationCacheWithDir(d.cacheDir)
	if err != nil {
		d.fail("engine", "The PDF reader could not start.")
		return
	}
	config := wazero.NewRuntimeConfig().WithMemoryLimitPages(256 << 20 / (64 << 10)).WithCompilationCache(cache)
	pool, err := webassembly.Init(webassembly.Config{MinIdle: 1, MaxIdle: 1, MaxTotal: 1, RuntimeConfig: config})
	if err != nil {
		d.fail("engine", "The PDF reader could not start.")
		return
	}
	defer func() { _ = pool.Close() }()
	in, err := pool.GetInstance(30 * time.Second)
	if err != nil {
		d.fail("engine", "The PDF reader could not start.")
		return
	}
	opened, err := in.OpenDocument(&requests.OpenDocument{File: &data})
	if err != nil {
		d.fail("unreadable", broken)
		return
	}
	count, err := in.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: opened.Document})
	if err != nil || count.PageCount == 0 {
		d.fail("unreadable", broken)
		return
	}
	d.r.PageCount = count.PageCount
	size := 0
	for i := range min(count.PageCount, maxPages) {
		page := requests.Page{ByIndex: &requests.PageByIndex{Document: opened.Document, Index: i}}
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
	rendered, err := in.RenderPageInPixels(&requests.RenderPageInPixels{Width: previewSize, Page: requests.Page{ByIndex: &requests.PageByIndex{Document: opened.Document, Index: 0}}})
	if err != nil {
		d.note("no_preview", "No preview could be made of the first page.")
		return
	}
	b := rendered.Result.Image.Bounds()
	d.r.Width, d.r.Height = b.Dx(), b.Dy()
	d.preview(rendered.Result.Image)
	rendered.Cleanup()
}
