package library

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"byline/backend/internal/platform/errs"
	"byline/backend/internal/platform/extract"
)

// previewWidth is of the picture that stands for an Office file in lists.
const previewWidth = 800

// pictureKey is where the picture of a page is kept.
func pictureKey(a Asset, page, width int) string {
	return fmt.Sprintf("pages/%s/%d-%d.jpg", a.ID, page, width)
}

// pagesKey is where the PDF is kept that LibreOffice made of an Office file, without what its pages do not show.
// "pages.pdf" beside it is from before that.
func pagesKey(a Asset) string { return "pages/" + a.ID.String() + "/shown.pdf" }

func (s *Service) lookAtPages(ctx context.Context, a Asset, job Look, dir string) (looked, error) {
	path := filepath.Join(dir, "file")
	from, count := max(job.From, 1), job.Count
	if count == 0 {
		count = drawAtOnce
	}
	if a.Kind == "pdf" {
		if _, err := s.fetch(ctx, a.StorageKey, path); err != nil {
			return looked{}, err
		}
	} else if l, err := s.asPDF(ctx, a, path, dir); err != nil || l.reason != "" {
		return l, err
	}
	to := filepath.Join(dir, "pictures")
	if err := os.Mkdir(to, 0o700); err != nil {
		return looked{}, err
	}
	d, reason, err := s.extractor.Draw(ctx, path, to, from, min(count, MaxPictures-from+1))
	if err != nil {
		return looked{}, err
	}
	if reason != "" {
		return s.drawnBadly(ctx, a, job, from, count, reason)
	}
	misnumbered := len(a.Hidden) > 0 && a.undrawn(d.Total) == 0
	if misnumbered {
		a.Hidden = nil
	}
	l, err := s.drawn(ctx, a, d, to)
	if err != nil {
		return looked{}, err
	}
	l.misnumbered = misnumbered
	if next := from + count; next <= min(d.Total, MaxPictures) {
		l.state, l.next = LookWaiting, &Look{AssetID: a.ID, From: next, Count: job.Count}
		if job.Count == 1 && (next-1)%drawAtOnce == 0 { // the page that did harm is behind us
			l.next.Count = 0
		}
		return l, nil
	}
	return s.finished(ctx, a, l, d.Total+a.undrawn(d.Total))
}

// undrawn is how many slides of a deck have no page among those that were drawn, because they are hidden.
func (a Asset) undrawn(drawn int) int {
	if a.Pages-len(a.Hidden) == drawn {
		return len(a.Hidden)
	}
	return 0
}

// numberOf is the page of a file that was drawn at a place.
func (a Asset) numberOf(drawn int) int {
	for _, hidden := range a.Hidden { // in order
		if hidden <= drawn {
			drawn++
		}
	}
	return drawn
}

// drawnBadly goes on page by page when some pages together came to nothing, and past the page that did harm.
func (s *Service) drawnBadly(ctx context.Context, a Asset, job Look, from, count int, reason string) (looked, error) {
	total, bad, err := s.store.pictureCounts(ctx, a.ID)
	if err != nil {
		return looked{}, err
	}
	total = max(total, a.Pages-len(a.Hidden))
	switch {
	case reason == "unreadable" && from == 1 && count == 1 && total <= 1, bad+1 >= maxBadDraws && count == 1:
		if bad+1 >= maxBadDraws {
			return s.finished(ctx, a, looked{reason: "some_missing"}, total+len(a.Hidden))
		}
		return without(reason), nil
	case count > 1:
		return looked{state: LookWaiting, next: &Look{AssetID: a.ID, From: from, Count: 1}}, nil
	}
	l := looked{state: LookWaiting, pictures: []pagePicture{{DrawnPage: extract.DrawnPage{Number: a.numberOf(from)}}}}
	if from+1 > min(total, MaxPictures) {
		return s.finished(ctx, a, l, total+len(a.Hidden))
	}
	l.next = &Look{AssetID: a.ID, From: from + 1, Count: 1}
	return l, nil
}

// finished is the end of drawing: which pages have no picture, and why.
func (s *Service) finished(ctx context.Context, a Asset, l looked, total int) (looked, error) {
	drawn, bad, err := s.store.pictureCounts(ctx, a.ID)
	if err != nil {
		return looked{}, err
	}
	for _, p := range l.pictures {
		drawn++
		if p.Width == 0 {
			bad++
		}
	}
	l.state, l.pages = LookReady, total
	switch {
	case drawn == bad:
		return without("unreadable"), nil
	case bad > 0 || l.reason != "":
		l.reason = "some_missing"
	case total > MaxPictures:
		l.reason = "many_pages"
	}
	l.note = lookNotes[l.reason]
	return l, nil
}

// asPDF has LibreOffice make a PDF of an Office file, once, and brings it to path. What is returned has a reason when there
// is none.
func (s *Service) asPDF(ctx context.Context, a Asset, path, dir string) (looked, error) {
	if _, err := s.fetch(ctx, pagesKey(a), path); err == nil || errs.CodeOf(err) != errs.NotFound {
		return looked{}, err
	}
	ending := extract.OfficeEnding(a.MediaType, a.Name)
	switch {
	case ending == "":
		return without("unreadable"), nil
	case !s.office.Can(ending) && a.Kind == "deck":
		return without("no_office"), nil
	case !s.office.Can(ending):
		return without("no_office_pages"), nil
	}
	original := filepath.Join(dir, "original")
	if _, err := s.fetch(ctx, a.StorageKey, original); err != nil {
		return looked{}, err
	}
	made, reason, err := s.shownPDF(ctx, original, ending, dir, extract.CanLookWithin(a.MediaType))
	if err != nil {
		return looked{}, err
	}
	if reason != "" {
		return without(reason), nil
	}
	if err := s.blobs.Delete(ctx, "pages/"+a.ID.String()+"/pages.pdf"); err != nil {
		return looked{}, err
	}
	if err := s.putFile(ctx, pagesKey(a), "application/pdf", made); err != nil {
		return looked{}, err
	}
	return looked{}, os.Rename(made, path)
}

// shownPDF makes a PDF of what an Office file shows. Tracked changes would be drawn with what was deleted, so a copy is drawn
// that has none; the old formats of documents are brought into one that can be copied so first.
func (s *Service) shownPDF(ctx context.Context, path, ending, dir string, canClean bool) (made, reason string, err error) {
	if !canClean && (ending == ".doc" || ending == ".rtf") {
		if path, reason, err = s.convert(ctx, path, ending, dir, "odt"); err != nil || reason != "" {
			return "", reason, err
		}
		ending, canClean = ".odt", true
	}
	if canClean {
		cleaned := filepath.Join(dir, "cleaned")
		if reason, err = s.extractor.Clean(ctx, path, cleaned); err != nil || reason != "" {
			return "", reason, err
		}
		path = cleaned
	}
	return s.convert(ctx, path, ending, dir, "pdf")
}

func (s *Service) convert(ctx context.Context, path, ending, dir, to string) (made, reason string, err error) {
	work, err := os.MkdirTemp(dir, "office")
	if err != nil {
		return "", "", err
	}
	return s.office.Convert(ctx, path, ending, work, to)
}

// drawn keeps the pictures, and the words where they are more than what was known: LibreOffice knows the pages of a
// document, and reads the old formats.
func (s *Service) drawn(ctx context.Context, a Asset, d extract.Drawing, dir string) (looked, error) {
	texts, err := s.store.pages(ctx, a.ID)
	if err != nil {
		return looked{}, err
	}
	known := map[int]string{}
	for _, p := range texts {
		known[p.Number] = p.Text
	}
	l := looked{readNow: a.Reason == "old_format"}
	if a.Kind != "deck" { // until the end, it is compared with the number of pictures
		l.pages = d.Total
	}
	// a deck's own text has the notes of the speaker too
	better := a.Kind == "document" || a.Kind == "deck" && (l.readNow || a.Pages != d.Total+len(a.Hidden))
	for _, p := range d.Pages {
		drawn := p.Number
		p.Number = a.numberOf(drawn)
		if p.Width > 0 {
			for _, width := range extract.Widths {
				if err := s.putFile(ctx, pictureKey(a, p.Number, width), "image/jpeg", extract.PagePicture(dir, drawn, width)); err != nil {
					return looked{}, err
				}
			}
		}
		pic := pagePicture{DrawnPage: p}
		if !better && strings.Join(strings.Fields(known[p.Number]), " ") != strings.Join(strings.Fields(p.Text), " ") {
			pic.drawn = &p.Text
		}
		l.pictures = append(l.pictures, pic)
	}
	if better && len(d.Pages) > 0 {
		l.anew = d.Pages[0].Number == 1
		l.texts = make([]string, d.Pages[0].Number-1, d.Pages[0].Number-1+len(d.Pages))
		for _, p := range d.Pages {
			l.texts = append(l.texts, p.Text)
		}
	}
	return l, nil
}
