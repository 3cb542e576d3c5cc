package library

import (
	"context"

	"github.com/google/uuid"

	"byline/backend/internal/platform/blob"
	"byline/backend/internal/platform/errs"
	"byline/backend/internal/platform/extract"
)

// Viewer is in which way a file is looked at in place.
type Viewer string

// The viewers.
const (
	ViewPages    Viewer = "pages"    // pictures of pages, with their words
	ViewText     Viewer = "text"     // words by page
	ViewPicture  Viewer = "picture"  // itself, with zoom
	ViewVideo    Viewer = "video"    // from the storage, with captions
	ViewAudio    Viewer = "audio"    //
	ViewTable    Viewer = "table"    // first rows
	ViewCaptions Viewer = "captions" // words by the second
	ViewNone     Viewer = "none"     // a download, with a named reason
)

// Viewing says how a file is looked at, and why not better.
func (a Asset) Viewing() (v Viewer, reason, note string) {
	if a.State != Ready {
		return ViewNone, a.Reason, a.Explanation
	}
	text := func(v Viewer) Viewer {
		if a.Pages == 0 || a.Reason == "old_format" {
			return ViewNone
		}
		return v
	}
	if a.Look == LookWaiting {
		return text(ViewText), "waiting", "It is being made ready to be looked at here."
	}
	switch a.Kind {
	case "pdf", "deck", "document":
		if a.Look == LookReady {
			return ViewPages, a.LookReason, a.LookNote
		}
		if v = text(ViewText); v == ViewNone && a.Reason == "old_format" {
			return v, a.Reason, a.Explanation
		}
		return v, a.LookReason, a.LookNote
	case "spreadsheet":
		if a.Look == LookReady {
			return ViewTable, "", ""
		}
		return text(ViewText), a.LookReason, a.LookNote
	case "captions":
		if a.Look == LookReady {
			return ViewCaptions, "", ""
		}
		return text(ViewText), a.LookReason, a.LookNote
	case "text":
		return text(ViewText), "", ""
	case "image":
		switch {
		case a.Inline:
			return ViewPicture, "", ""
		case a.Reason != "" && a.Reason != "name_differs":
			return ViewNone, a.Reason, a.Explanation
		}
		return ViewNone, "no_viewer", "Pictures of this kind (" + a.MediaType + ") are not shown in place."
	case "video", "audio":
		if !a.Inline {
			return ViewNone, "no_player", "Browsers do not play this kind of file (" + a.MediaType + ")."
		}
		return Viewer(a.Kind), "", ""
	case "archive":
		return ViewNone, "archive", "An archive is not opened here."
	}
	return ViewNone, "no_viewer", "Files of this kind are not shown in place."
}

var errNoPicture = errs.New(errs.NotFound, "There is no picture of this page.")

// PagePictureURL gives an address of the picture of a page, in the smallest width that has what is asked for.
func (s *Service) PagePictureURL(ctx context.Context, id uuid.UUID, page, width int) (string, error) {
	a, left, err := s.assetFor(ctx, id, blob.DownloadLife)
	if err != nil {
		return "", err
	}
	if _, err := s.store.pageLines(ctx, id, page); err != nil {
		return "", err
	}
	return s.blobs.SignGet(ctx, pictureKey(a, page, drawnWidth(width)), "", "", true, left)
}

// PageLines gives the words of a page that was drawn, with their places.
func (s *Service) PageLines(ctx context.Context, id uuid.UUID, page int) ([]extract.Line, error) {
	if _, err := s.Asset(ctx, id); err != nil {
		return nil, err
	}
	return s.store.pageLines(ctx, id, page)
}

// Sheets gives the first rows of a spreadsheet.
func (s *Service) Sheets(ctx context.Context, id uuid.UUID) ([]extract.Sheet, error) {
	if _, err := s.Asset(ctx, id); err != nil {
		return nil, err
	}
	return s.store.sheets(ctx, id)
}

// Cues gives what is said in a file of captions, and when.
func (s *Service) Cues(ctx context.Context, id uuid.UUID) ([]extract.Cue, error) {
	if _, err := s.Asset(ctx, id); err != nil {
		return nil, err
	}
	return s.store.cues(ctx, id)
}

// PageRef names a page of a file.
type PageRef struct {
	Asset uuid.UUID
	Page  int
}

// PageKind is what a page is.
type PageKind struct {
	IsSecond   bool // the file is captions, and the page is the second, plus one
	HasPicture bool
}

// PageKinds says what pages are that the caller has found, in their order. It tells nothing else of them.
func (s *Service) PageKinds(ctx context.Context, refs []PageRef) ([]PageKind, error) {
	if len(refs) == 0 {
		return nil, nil
	}
	return s.store.pageKinds(ctx, refs)
}
