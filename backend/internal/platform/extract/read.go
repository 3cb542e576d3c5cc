package extract

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/gabriel-vasile/mimetype"
	"golang.org/x/net/html"
)

// kinds maps media types, by content, to what people call them.
var kinds = map[string]string{
	"application/pdf": "pdf",
	"application/vnd.openxmlformats-officedocument.presentationml.presentation": "deck",
	"application/vnd.openxmlformats-officedocument.presentationml.template":     "deck",
	"application/vnd.openxmlformats-officedocument.presentationml.slideshow":    "deck",
	"application/vnd.oasis.opendocument.presentation":                           "deck",
	"application/vnd.ms-powerpoint":                                             "deck",
	"application/vnd.openxmlformats-officedocument.wordprocessingml.document":   "document",
	"application/vnd.openxmlformats-officedocument.wordprocessingml.template":   "document",
	"application/vnd.oasis.opendocument.text":                                   "document",
	"application/vnd.oasis.opendocument.text-template":                          "document",
	"application/vnd.oasis.opendocument.spreadsheet-template":                   "spreadsheet",
	"application/vnd.oasis.opendocument.presentation-template":                  "deck",
	"application/msword": "document",
	"application/rtf":    "document",
	"text/rtf":           "document",
	"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "spreadsheet",
	"application/vnd.oasis.opendocument.spreadsheet":                    "spreadsheet",
	"application/vnd.ms-excel":                                          "spreadsheet",
	"text/csv":                                                          "spreadsheet",
	"application/zip":                                                   "archive",
	"application/gzip":                                                  "archive",
	"application/x-7z-compressed":                                       "archive",
	"application/x-tar":                                                 "archive",
	"text/vtt":                                                          "captions",
	"application/x-subrip":                                              "captions",
	"text/html":                                                         "text",
	"text/xml":                                                          "text",
	"text/plain":                                                        "text",
	"application/json":                                                  "text",
}

// extensions maps file extensions to the media types that may stand behind them; pictures may be any picture, since
// converters get those wrong all the time and it does no harm.
var extensions = map[string][]string{
	".pdf":  {"application/pdf"},
	".docx": {"application/vnd.openxmlformats-officedocument.wordprocessingml.document"}, ".dotx": {"application/vnd.openxmlformats-officedocument.wordprocessingml."},
	".pptx": {"application/vnd.openxmlformats-officedocument.presentationml."}, ".potx": {"application/vnd.openxmlformats-officedocument.presentationml."},
	".xlsx": {"application/vnd.openxmlformats-officedocument.spreadsheetml."},
	".odt":  {"application/vnd.oasis.opendocument.text"}, ".odp": {"application/vnd.oasis.opendocument.presentation"}, ".ods": {"application/vnd.oasis.opendocument.spreadsheet"},
	".ppt": {"application/vnd.ms-powerpoint", "application/x-ole-storage"}, ".doc": {"application/msword", "application/x-ole-storage"}, ".xls": {"application/vnd.ms-excel", "application/x-ole-storage"},
	".png": {"image/"}, ".jpg": {"image/"}, ".jpeg": {"image/"}, ".gif": {"image/"}, ".webp": {"image/"}, ".avif": {"image/"}, ".ico": {"image/"}, ".bmp": {"image/"}, ".tiff": {"image/"},
	".svg": {"image/svg+xml"},
	".mp4": {"video/", "audio/"}, ".webm": {"video/", "audio/"}, ".mov": {"video/"}, ".m4v": {"video/"}, ".mp3": {"audio/"}, ".m4a": {"audio/", "video/"}, ".wav": {"audio/"}, ".ogg": {"audio/", "video/", "application/ogg"},
	".zip": {"application/"}, ".vtt": {"text/"}, ".srt": {"text/", "application/x-subrip"}, ".txt": {"text/"}, ".md": {"text/"}, ".csv": {"text/"}, ".html": {"text/"}, ".json": {"application/json", "text/"},
}

// pictures are the true types behind the endings of pictures' names.
var pictures = map[string]string{".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif", ".webp": "image/webp", ".avif": "image/avif"}

// programs are endings of names that systems run when somebody opens the file, whatever its content looks like here.
var programs = []string{".exe", ".msi", ".com", ".scr", ".pif", ".bat", ".cmd", ".ps1", ".vbs", ".vbe", ".jse", ".wsf", ".hta", ".lnk", ".jar", ".app", ".dmg", ".pkg", ".deb", ".rpm", ".apk"}

// inlineTypes may be shown in place, from the storage's own origin: they cannot run scripts.
var inlineTypes = []string{"application/pdf", "image/png", "image/jpeg", "image/gif", "image/webp", "image/avif", "video/mp4", "video/webm", "audio/mpeg", "audio/mp4", "audio/wav"}

func read(path, name, previewPath, cacheDir string) Result {
	info, err := os.Stat(path)
	if err != nil {
		return sorry(Limited, "unreadable", "This file could not be read.")
	}
	if info.Size() == 0 {
		return sorry(Refused, "empty", "This file is empty. Nothing was kept; please upload it again.")
	}
	detected, err := mimetype.DetectFile(path)
	if err != nil {
		return sorry(Limited, "unreadable", "This file could not be read.")
	}
	mediaType, _, _ := strings.Cut(detected.String(), ";")
	ext := strings.ToLower(filepath.Ext(name))
	if ext == ".vtt" && mediaType == "text/plain" {
		mediaType = "text/vtt"
	}
	r := Result{State: Ready, MediaType: mediaType, Kind: kindOf(mediaType, ext), Inline: slices.Contains(inlineTypes, mediaType)}
	switch {
	case slices.Contains(programs, ext) || strings.Contains(mediaType, "executable") || mediaType == "application/x-elf" || mediaType == "application/x-mach-binary":
		return sorry(Refused, "executable", "Programs are not accepted.")
	case !extensionFits(ext, mediaType):
		r.State, r.Reason, r.Inline = Limited, "type_mismatch", false
		r.Explanation = "The name ends in " + ext + " but the content is " + mediaType + ". It is kept as a download and is never shown in place."
		return r
	case mediaType == "image/svg+xml":
		r.Reason, r.Explanation = "active_content", "SVG pictures can contain scripts. It is kept as a download and is never shown in place."
		r.State = Limited
		return r
	}
	if mediaType == "application/octet-stream" {
		r.State, r.Reason, r.Explanation = Limited, "unknown_type", "It is not known what this file is. It is kept as a download; its content cannot be searched or shown."
		return r
	}
	if want, ok := pictures[ext]; ok && r.Kind == "image" && mediaType != want {
		r.Reason, r.Explanation = "name_differs", "The name ends in "+ext+" but the content is "+mediaType+". That does no harm: it is shown as what it is."
	}
	d := details{path: path, previewPath: previewPath, cacheDir: cacheDir, r: &r}
	switch {
	case r.Kind == "pdf":
		d.pdf()
	case strings.HasPrefix(mediaType, "application/vnd.openxmlformats") || strings.HasPrefix(mediaType, "application/vnd.oasis.opendocument"):
		d.office()
	case r.Kind == "image":
		d.image()
	case r.Kind == "video" || r.Kind == "audio":
		d.media()
	case strings.HasPrefix(mediaType, "text/") || mediaType == "application/json":
		d.text(mediaType)
	case r.Kind == "document" || r.Kind == "deck" || r.Kind == "spreadsheet":
		r.Reason, r.Explanation = "old_format", "Text of this old Office format cannot be read. Save it in the present format to make it searchable."
	}
	return r
}

func kindOf(mediaType, ext string) string {
	if mediaType == "application/x-ole-storage" {
		switch ext {
		case ".ppt":
			return "deck"
		case ".doc":
			return "document"
		case ".xls":
			return "spreadsheet"
		}
	}
	if kind, ok := kinds[mediaType]; ok {
		return kind
	}
	for _, family := range []string{"image", "video", "audio", "text"} {
		if strings.HasPrefix(mediaType, family+"/") {
			return family
		}
	}
	return "other"
}

func extensionFits(ext, mediaType string) bool {
	allowed, known := extensions[ext]
	if !known {
		return mediaType != "text/html" && mediaType != "image/svg+xml" // active content does not hide behind an unknown name
	}
	for _, prefix := range allowed {
		if strings.HasPrefix(mediaType, prefix) && (ext == ".svg" || mediaType != "image/svg+xml") {
			return ext == ".html" || ext == ".txt" || ext == ".md" || mediaType != "text/html"
		}
	}
	return false
}

// details fills in what the kind of a file allows.
type details struct {
	path, previewPath, cacheDir string
	r                           *Result
}

// fail keeps the file as a download and says why.
func (d details) fail(reason, explanation string) {
	d.r.State, d.r.Reason, d.r.Explanation, d.r.Inline = Limited, reason, explanation, false
}

// note says something about a file that is otherwise fine; the first thing said stays.
func (d details) note(reason, explanation string) {
	if d.r.Reason == "" {
		d.r.Reason, d.r.Explanation = reason, explanation
	}
}

func (d details) text(mediaType string) {
	f, err := os.Open(d.path)
	if err != nil {
		d.fail("unreadable", "This file could not be read.")
		return
	}
	defer func() { _ = f.Close() }()
	buf := make([]byte, maxText)
	n := 0
	for n < len(buf) {
		m, err := f.Read(buf[n:])
		n += m
		if err != nil {
			break
		}
	}
	s := strings.ToValidUTF8(string(buf[:n]), "\uFFFD")
	if mediaType == "text/html" {
		s = htmlText(s)
	}
	d.r.Pages, d.r.PageCount = []string{clean(s)}, 1
}

// htmlText gives the words of a page without its scripts and styles.
func htmlText(s string) string {
	z := html.NewTokenizer(strings.NewReader(s))
	var b strings.Builder
	skip := 0
	for {
		switch z.Next() {
		case html.ErrorToken:
			return b.String()
		case html.StartTagToken:
			if name, _ := z.TagName(); string(name) == "script" || string(name) == "style" {
				skip++
			}
		case html.EndTagToken:
			if name, _ := z.TagName(); (string(name) == "script" || string(name) == "style") && skip > 0 {
				skip--
			}
		case html.TextToken:
			if skip == 0 {
				b.Write(z.Text())
				b.WriteByte(' ')
			}
		}
	}
}

// clean drops what PostgreSQL cannot store and what carries no meaning.
func clean(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if r == 0 || (r < ' ' && r != '\n' && r != '\t') || r == '\uFFFE' || r == '\uFEFF' || r == '\u00AD' {
			return -1
		}
		return r
	}, s))
}
