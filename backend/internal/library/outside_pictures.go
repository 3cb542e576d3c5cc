package library

import (
	"context"
	"io"
	"slices"
	"time"

	"github.com/google/uuid"

	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/extract"
)

// WithPictures says whether the pages of a file are shown as pictures.
func (a Asset) WithPictures() bool {
	v, _, _ := a.Viewing()
	return v == ViewPages
}

// pictureFor names the picture of a page of a file of Outside in the smallest width that has what is asked for; page 0 is
// the preview of the file. NotFound when there is none.
func (s *Service) pictureFor(ctx context.Context, a Asset, page, width int) (string, error) {
	if page == 0 {
		if a.PreviewKey == "" {
			return "", errNoAsset
		}
		return a.PreviewKey, nil
	}
	if !a.WithPictures() {
		return "", errNoPicture
	}
	if _, err := s.store.pageLines(ctx, a.ID, page); err != nil {
		return "", err
	}
	return pictureKey(a, page, drawnWidth(width)), nil
}

// drawnWidth is the smallest width in which pages are drawn that has what is asked for.
func drawnWidth(width int) int {
	if i := slices.IndexFunc(extract.Widths, func(w int) bool { return w >= width }); i >= 0 {
		return extract.Widths[i]
	}
	return extract.Widths[len(extract.Widths)-1]
}

// PictureOutside gives an address of a picture of a file of Outside for a time, as pictureFor.
func (s *Service) PictureOutside(ctx context.Context, a Asset, page, width int, life time.Duration) (string, error) {
	key, err := s.pictureFor(ctx, a, page, width)
	if err != nil {
		return "", err
	}
	return s.blobs.SignGet(ctx, key, "", "", true, life)
}

// OpenPictureOutside reads such a picture; the caller closes it.
func (s *Service) OpenPictureOutside(ctx context.Context, a Asset, page, width int) (io.ReadCloser, error) {
	key, err := s.pictureFor(ctx, a, page, width)
	if err != nil {
		return nil, err
	}
	return s.blobs.Open(ctx, key)
}

// LinesOutside gives the words of a page of a file of Outside that was drawn, with their places.
func (s *Service) LinesOutside(ctx context.Context, a Asset, page int) ([]extract.Line, error) {
	if !a.WithPictures() {
		return nil, errNoPicture
	}
	return s.store.pageLines(ctx, a.ID, page)
}

// ShownOutside is what people outside may read on a page of a file: the words of its picture, which are not always those of
// the file. The notes of a speaker and hidden slides are ours alone: of slides that were not drawn there are the words that
// are known to stand on them, and otherwise none. Documents were read without what they do not show, once it is known what
// they carry; spreadsheets are words only where they hide nothing.
func (a Asset) ShownOutside(p Page) string {
	switch {
	case p.Drawn != nil:
		return *p.Drawn
	case a.Kind == "deck" && p.Width == 0:
		if p.outside != nil {
			return *p.outside
		}
	case p.Width > 0, !extract.IsOffice(a.MediaType): // a picture without words of its own has those of the file
		return p.Text
	case a.Kind == "document" && a.Within != nil, a.Within != nil && len(a.Within) == 0:
		return p.Text
	}
	return ""
}

// PagesOutside gives the pages of files of Outside that are shown: their words, and how large their pictures are.
func (s *Service) PagesOutside(ctx context.Context, files []Asset) (map[uuid.UUID][]Page, error) {
	ids := make([]uuid.UUID, len(files))
	for i, a := range files {
		ids[i] = a.ID
	}
	pages, err := s.store.pagesOf(ctx, ids)
	for _, a := range files {
		pages[a.ID] = slices.DeleteFunc(pages[a.ID], func(p Page) bool { return p.Width == 0 && slices.Contains(a.Hidden, p.Number) })
	}
	return pages, err
}

// Place is which of the pages that people outside see one is, from 1 on.
func (a Asset) Place(page int) int {
	place := page
	for _, hidden := range a.Hidden {
		if hidden < page {
			place--
		}
	}
	return place
}

// Shown is how many pages people outside see of a file.
func (a Asset) Shown() int { return a.Pages - len(a.Hidden) }

func (s store) pagesOf(ctx context.Context, files []uuid.UUID) (map[uuid.UUID][]Page, error) {
	rows, err := s.db.PG(ctx).Query(ctx, `SELECT coalesce(t.asset_id, p.asset_id), coalesce(t.page, p.page), coalesce(t.text, ''), coalesce(p.width, 0), coalesce(p.height, 0), p.drawn, t.outside
		FROM (SELECT * FROM asset_pages WHERE asset_id = ANY($1)) t FULL JOIN (SELECT asset_id, page, width, height, drawn FROM asset_pictures WHERE asset_id = ANY($1)) p
		ON p.asset_id = t.asset_id AND p.page = t.page ORDER BY 1, 2`, files)
	if err != nil {
		return nil, db.Err(err, "page")
	}
	defer rows.Close()
	found := map[uuid.UUID][]Page{}
	for rows.Next() {
		var id uuid.UUID
		var p Page
		if err := rows.Scan(&id, &p.Number, &p.Text, &p.Width, &p.Height, &p.Drawn, &p.outside); err != nil {
			return nil, db.Err(err, "page")
		}
		found[id] = append(found[id], p)
	}
	return found, db.Err(rows.Err(), "page")
}
