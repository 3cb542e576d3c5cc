package httpapi

import (
	"context"
	"fmt"
	"html/template"
	"net/http"
	"path"
	"regexp"
	"strings"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"

	"byline/backend/internal/httpapi/sharepage"
	"byline/backend/internal/library"
	"byline/backend/internal/platform/errs"
	"byline/backend/internal/platform/extract"
)

const (
	sharedRows   = 100 // of a sheet of a spreadsheet
	sharedSheets = 6   // of one
)

// withinFiles is what is shown of the files of a share.
type withinFiles struct {
	pages  map[uuid.UUID][]library.Page
	sheets map[uuid.UUID][]extract.Sheet
	cues   map[uuid.UUID][]extract.Cue
}

func (s *Server) withinFiles(ctx context.Context, shared []library.Outside) (w withinFiles, err error) {
	var tables, spoken []uuid.UUID
	var read []library.Asset
	for _, r := range shared {
		for _, a := range r.Files {
			switch viewer, _, _ := a.Viewing(); viewer {
			case library.ViewTable:
				tables = append(tables, a.ID)
			case library.ViewCaptions:
				spoken = append(spoken, a.ID)
			default:
				read = append(read, a)
			}
		}
	}
	if w.pages, err = s.Library.PagesOutside(ctx, read); err != nil {
		return w, err
	}
	if w.sheets, err = s.Library.SheetsOutside(ctx, tables, sharedRows); err != nil {
		return w, err
	}
	w.cues, err = s.Library.CuesOutside(ctx, spoken)
	return w, err
}

// sharedFile is what is shown of a file without more: its name, its preview, its rows, its article.
func (s *Server) sharedFile(a library.Asset, keep bool, within withinFiles, picture func(asset uuid.UUID, page, width int) string) (sharepage.File, error) {
	if _, ok := a.KeptOutside(); !ok {
		keep = false
	}
	f := sharepage.File{ID: a.ID.String(), Name: a.Name, Kind: a.Kind, Facts: factsOf(a, keep), Total: a.Shown()}
	if a.PreviewKey != "" {
		f.Preview = picture(a.ID, 0, smallPicture)
	}
	for i, sheet := range within.sheets[a.ID] {
		if i == sharedSheets {
			break
		}
		name := sheet.Name
		if name == "" {
			name = fmt.Sprintf("Sheet %d", i+1)
		}
		f.Tables = append(f.Tables, sharepage.Table{Number: i + 1, Name: name, Rows: squared(sheet.Rows), More: sheet.More})
	}
	if pages := within.pages[a.ID]; len(pages) > 0 {
		article, err := a.Article(pages[0].Text)
		if err != nil {
			return f, err
		}
		f.Article = template.HTML(article) //nolint:gosec // through an allow-list
	}
	return f, nil
}

// squared gives all rows as many cells.
func squared(rows [][]string) [][]string {
	most := 0
	for _, row := range rows {
		most = max(most, len(row))
	}
	same := make([][]string, len(rows))
	for i, row := range rows {
		same[i] = append(append(make([]string, 0, most), row...), make([]string, most-len(row))...)
	}
	return same
}

// media are captions by the film or sound that they belong to: those whose name begins with its name (talk.mp4, talk.en.vtt),
// or all, where there is only one.
type media map[uuid.UUID][]library.Asset

func mediaOf(files []library.Asset) media {
	m := media{}
	for _, a := range files {
		if a.Inline && (a.Kind == "video" || a.Kind == "audio") {
			m[a.ID] = nil
		}
	}
	for _, words := range files {
		if words.Kind != "captions" || words.Look != library.LookReady {
			continue
		}
		var owner uuid.UUID
		longest := 0
		for _, a := range files {
			if _, ok := m[a.ID]; !ok {
				continue
			}
			stem := strings.TrimSuffix(strings.ToLower(a.Name), strings.ToLower(path.Ext(a.Name)))
			if len(m) == 1 || (strings.HasPrefix(strings.ToLower(words.Name), stem) && len(stem) > longest) {
				owner, longest = a.ID, len(stem)
			}
		}
		if owner != uuid.Nil {
			m[owner] = append(m[owner], words)
		}
	}
	return m
}

func (m media) belongs(words library.Asset) bool {
	for _, all := range m {
		for _, a := range all {
			if a.ID == words.ID {
				return true
			}
		}
	}
	return false
}

var (
	languageInName = regexp.MustCompile(`(?i)\.([a-z]{2,3}(?:-[a-z0-9]{2,8})?)\.[^.]+$`)
	chaptersInName = regexp.MustCompile(`(?i)(^|[^a-z])chapters?([^a-z]|$)`)
)

// languageOf is the language in the name of captions: "talk.en.vtt" gives en.
func languageOf(name string) string {
	if m := languageInName.FindStringSubmatch(name); m != nil {
		return strings.ToLower(m[1])
	}
	return "en"
}

func clockOf(ms int64) string {
	if s := ms / 1000; s >= 3600 {
		return fmt.Sprintf("%d:%02d:%02d", s/3600, s/60%60, s%60)
	}
	return fmt.Sprintf("%d:%02d", ms/60_000, ms/1000%60)
}

// mostSaid are the lines of what is said that stand below a film; the player has them all.
const mostSaid = 400

func saidOf(cues []extract.Cue) []sharepage.Said {
	said := []sharepage.Said{}
	for _, c := range cues {
		if len(said) == mostSaid {
			break
		}
		said = append(said, sharepage.Said{At: clockOf(c.Start), Words: c.Text})
	}
	return said
}

// sharePlay leads a player to its film or sound; it asks for parts of it there.
func (s *Server) sharePlay(c echo.Context) error {
	v, _ := s.visitor(c)
	asset, err := uuid.Parse(c.Param("asset"))
	if err != nil {
		return s.closed(c, errs.New(errs.NotFound, "No such file."))
	}
	to, err := s.Shares.Play(c.Request().Context(), c.Param("token"), v, asset, c.QueryParam("k"))
	if err != nil {
		return s.closed(c, err)
	}
	return c.Redirect(http.StatusFound, to)
}

var cueText = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "\r", "")

// shareCaptions gives captions to a player. They were taken apart when they came in: nothing of the file itself goes out.
func (s *Server) shareCaptions(c echo.Context) error {
	v, _ := s.visitor(c)
	asset, err := uuid.Parse(c.Param("asset"))
	if err != nil {
		return s.closed(c, errs.New(errs.NotFound, "No such file."))
	}
	cues, err := s.Shares.Captions(c.Request().Context(), c.Param("token"), v, asset)
	if err != nil {
		return s.closed(c, err)
	}
	stamp := func(ms int64) string {
		return fmt.Sprintf("%02d:%02d:%02d.%03d", ms/3_600_000, ms/60_000%60, ms/1000%60, ms%1000)
	}
	var b strings.Builder
	b.WriteString("WEBVTT\n\n")
	for _, cue := range cues {
		text := cueText.Replace(strings.Join(strings.FieldsFunc(cue.Text, func(r rune) bool { return r == '\n' }), "\n"))
		fmt.Fprintf(&b, "%s --> %s\n%s\n\n", stamp(cue.Start), stamp(cue.End), text)
	}
	return c.Blob(http.StatusOK, "text/vtt; charset=utf-8", []byte(b.String()))
}
