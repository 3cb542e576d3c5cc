package httpapi

import (
	"fmt"
	"html/template"
	"net/http"
	"strconv"
	"strings"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"

	"byline/backend/internal/httpapi/sharepage"
	"byline/backend/internal/library"
	"byline/backend/internal/platform/errs"
	"byline/backend/internal/shares"
)

// The widths of pictures on the page of a share, in pixels: for a phone, and for what is sharper or wider.
const (
	smallPicture = 800
	largePicture = 1600
)

// sharedItem is a resource on the page. Where files may be kept, their addresses lead to the storage; where not, there are
// pictures alone, which carry the name of the recipient.
func (s *Server) sharedItem(path string, view shares.View, r library.Outside, within withinFiles) (sharepage.Item, error) {
	keep := view.Downloads && r.Download
	picture := func(asset uuid.UUID, page, width int) string {
		to := fmt.Sprintf("%s/p/%s/%d/%d", path, asset, page, width)
		if !keep {
			to += "?k=" + s.Shares.Seal(view, asset, page)
		}
		return to
	}
	at := func(asset, how string) string { return path + "/f/" + asset + "?how=" + how }
	inText := func(asset string) string { return at(asset, "inplace") }
	file := func(asset string) string { return at(asset, "keep") }
	nowhere := "#r-" + r.ID.String() // named, but leading nowhere
	for _, a := range r.InText {
		if _, ok := a.KeptOutside(); !ok {
			stays, kept := a.ID.String(), file
			file = func(asset string) string {
				if asset == stays {
					return nowhere
				}
				return kept(asset)
			}
		}
	}
	if !keep {
		file = func(string) string { return nowhere }
		inText = func(asset string) string {
			id, err := uuid.Parse(asset)
			if err != nil {
				return nowhere
			}
			return picture(id, 0, smallPicture)
		}
	}
	text, err := r.HTML(inText, file)
	if err != nil {
		return sharepage.Item{}, err
	}
	item := sharepage.Item{ID: r.ID.String(), Title: r.Title, Summary: r.Summary, Kind: strings.ReplaceAll(strings.ToUpper(r.ContentType[:1])+r.ContentType[1:], "_", " "), Lang: r.Lang,
		HTML: template.HTML(strings.TrimSpace(text))} //nolint:gosec // rendered from a checked document, or through an allow-list
	media := mediaOf(r.Files)
	for _, a := range r.Files {
		if media.belongs(a) { // captions stand at their film
			continue
		}
		f, err := s.sharedFile(a, keep, within, picture)
		if err != nil {
			return item, err
		}
		if keep {
			if _, ok := a.KeptOutside(); ok {
				f.Keep = at(f.ID, "keep")
			}
			if a.Inline && a.Kind == "image" {
				f.InPlace = at(f.ID, "inplace")
			}
		}
		if a.Inline && (a.Kind == "video" || a.Kind == "audio") {
			f.InPlace = path + "/m/" + f.ID + "?k=" + s.Shares.Seal(view, a.ID, 0)
			for _, words := range media[a.ID] {
				if chaptersInName.MatchString(words.Name) {
					continue
				}
				f.Tracks = append(f.Tracks, sharepage.Track{Address: path + "/c/" + words.ID.String(), Lang: languageOf(words.Name)})
				if len(f.Said) == 0 {
					f.Said = saidOf(within.cues[words.ID])
				}
			}
		}
		for _, t := range within.pages[a.ID] {
			sheet := sharepage.Sheet{Number: t.Number, Place: a.Place(t.Number), Text: a.ShownOutside(t)}
			if a.WithPictures() && t.Width > 0 {
				f.Drawn = true
				sheet.Width, sheet.Height = t.Width, t.Height
				sheet.Small, sheet.Large = picture(a.ID, t.Number, smallPicture), picture(a.ID, t.Number, largePicture)
				sheet.Words = fmt.Sprintf("%s/t/%s/%d", path, f.ID, t.Number)
			}
			f.Pages = append(f.Pages, sheet)
		}
		f.Shorten()
		item.Files = append(item.Files, f)
	}
	return item, nil
}

func pageParam(c echo.Context) (asset uuid.UUID, page int, err error) {
	asset, err = uuid.Parse(c.Param("asset"))
	if err == nil {
		page, err = strconv.Atoi(c.Param("page"))
	}
	if err != nil || page < 0 || page > 1e6 {
		err = errs.New(errs.NotFound, "No such page.")
	}
	return asset, page, err
}

func (s *Server) sharePicture(c echo.Context) error {
	v, _ := s.visitor(c)
	asset, page, err := pageParam(c)
	if err != nil {
		return s.closed(c, err)
	}
	width, err := strconv.Atoi(c.Param("width"))
	if err != nil {
		return s.closed(c, errs.New(errs.NotFound, "No such picture."))
	}
	p, err := s.Shares.Picture(c.Request().Context(), c.Param("token"), v, shares.Wanted{Asset: asset, Page: page, Width: width, Seal: c.QueryParam("k")})
	switch {
	case err != nil:
		return s.closed(c, err)
	case p.Address != "":
		return c.Redirect(http.StatusFound, p.Address)
	}
	c.Response().Header().Set("Cross-Origin-Resource-Policy", "same-origin")
	return c.Blob(http.StatusOK, "image/jpeg", p.JPEG)
}

func (s *Server) shareWords(c echo.Context) error {
	v, _ := s.visitor(c)
	asset, page, err := pageParam(c)
	if err != nil {
		return s.closed(c, err)
	}
	lines, err := s.Shares.Words(c.Request().Context(), c.Param("token"), v, asset, page)
	if err != nil {
		return s.closed(c, err)
	}
	return c.JSON(http.StatusOK, filled(lines))
}
