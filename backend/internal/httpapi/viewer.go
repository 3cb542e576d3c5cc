package httpapi

import (
	"context"
	"fmt"
	"net/http"

	"byline/backend/internal/library"
	"byline/backend/internal/platform/extract"
	"byline/backend/internal/search"
)

// AssetPage is the text of one page, and the size of its picture.
type AssetPage struct {
	Page   int     `json:"page" doc:"Of captions, the second plus one."`
	Text   string  `json:"text"`
	HTML   string  `json:"html,omitempty" doc:"Of a file of Markdown, where it is not very long: the same as an article. Only harmless elements, no scripts and no pictures." example:"<h1>Spring line</h1>"`
	Width  int     `json:"width" doc:"Of its largest picture, pixels; 0 when there is none." example:"1600"`
	Height int     `json:"height" example:"900"`
	Drawn  *string `json:"drawn,omitempty" doc:"The words in the picture, where they are not those of text: that may have the notes of a speaker too."`
	Hidden bool    `json:"hidden" doc:"A slide that its maker has hidden: there is no picture of it, and nobody outside sees it."`
}

// PageLine is some words in one line of a page.
type PageLine struct {
	X    int    `json:"x" doc:"Ten-thousandths of the width of the page, from the left." example:"1000"`
	Y    int    `json:"y" doc:"Ten-thousandths of its height, from the top." example:"850"`
	W    int    `json:"w" doc:"Width." example:"3700"`
	H    int    `json:"h" doc:"Height." example:"240"`
	Text string `json:"text" example:"Valves and seals"`
}

// AssetSheet is the beginning of a sheet of a spreadsheet.
type AssetSheet struct {
	Name string     `json:"name" example:"Prices"`
	Rows [][]string `json:"rows" doc:"The first rows, as they are shown. Rows end with their last cell that is not empty."`
	More bool       `json:"more" doc:"Whether the sheet has more rows or columns."`
}

// AssetCue is what is said in a recording from one moment to another.
type AssetCue struct {
	StartMS int64  `json:"start_ms" example:"83000"`
	EndMS   int64  `json:"end_ms" example:"85500"`
	Text    string `json:"text" example:"The pump never ran dry."`
}

type pageInput struct {
	PathID
	Page int `path:"page" minimum:"1" maximum:"100000" example:"3"`
}

type pagePictureInput struct {
	PathID
	Page  int `path:"page" minimum:"1" maximum:"100000" example:"3"`
	Width int `query:"width" default:"800" minimum:"1" maximum:"10000" doc:"Pixels that you need; the picture has these at least, where it can. There are 240, 800 and 1600."`
}

func (s *Server) viewerOperations() {
	register(s, op{ID: "listAssetPages", Method: http.MethodGet, Path: "/assets/{id}/pages", Tag: "assets", Summary: "Read a file's text",
		Description: "The words of each page, as they were extracted, and the sizes of the pictures of pages. Pages with neither are left out."},
		func(ctx context.Context, in *PathID) (*body[List[AssetPage]], error) {
			pages, err := s.Library.Pages(ctx, in.ID)
			return &body[List[AssetPage]]{Body: paged(pages, len(pages), nil, func(p library.Page) AssetPage {
				return AssetPage{p.Number, p.Text, p.HTML, p.Width, p.Height, p.Drawn, p.Hidden}
			})}, err
		})
	register(s, op{ID: "getAssetPage", Method: http.MethodGet, Path: "/assets/{id}/pages/{page}", Tag: "assets", Summary: "See where the words of a page are",
		Description: "The lines of a page and their places in its picture. 404 when there is no picture of the page."},
		func(ctx context.Context, in *pageInput) (*body[List[PageLine]], error) {
			lines, err := s.Library.PageLines(ctx, in.ID, in.Page)
			return &body[List[PageLine]]{Body: paged(lines, len(lines), nil, func(l extract.Line) PageLine { return PageLine(l) })}, err
		})
	register(s, op{ID: "showAssetPage", Method: http.MethodGet, Path: "/assets/{id}/pages/{page}/picture", Tag: "assets", Summary: "See a page", Status: http.StatusFound,
		Description: "Redirects to the picture of a page, at an address of the storage that works for five minutes. 404 when there is none."},
		func(ctx context.Context, in *pagePictureInput) (*Redirect, error) {
			to, err := s.Library.PagePictureURL(ctx, in.ID, in.Page, in.Width)
			return &Redirect{Status: http.StatusFound, Location: to, CacheControl: "private, max-age=240"}, err
		})
	register(s, op{ID: "listAssetSheets", Method: http.MethodGet, Path: "/assets/{id}/sheets", Tag: "assets", Summary: "See the first rows of a spreadsheet",
		Description: "Sheets with their first rows, 200 at most. Empty for files of other kinds."},
		func(ctx context.Context, in *PathID) (*body[List[AssetSheet]], error) {
			sheets, err := s.Library.Sheets(ctx, in.ID)
			return &body[List[AssetSheet]]{Body: paged(sheets, len(sheets), nil, func(t extract.Sheet) AssetSheet { return AssetSheet(t) })}, err
		})
	register(s, op{ID: "listAssetCues", Method: http.MethodGet, Path: "/assets/{id}/cues", Tag: "assets", Summary: "Read captions",
		Description: "What a file of captions says, and when, in the order of time. Empty for files of other kinds."},
		func(ctx context.Context, in *PathID) (*body[List[AssetCue]], error) {
			cues, err := s.Library.Cues(ctx, in.ID)
			return &body[List[AssetCue]]{Body: paged(cues, len(cues), nil, func(c extract.Cue) AssetCue { return AssetCue{c.Start, c.End, c.Text} })}, err
		})
}

// hitPlace is where in a file a hit is, as the reader needs it.
type hitPlace struct {
	page    int
	second  *int
	picture string
}

// hitPlaces says of hits in files whether their page is a second of a recording, and where the picture of the page is.
func (s *Server) hitPlaces(ctx context.Context, hits []search.Hit) (map[int]hitPlace, error) {
	var at []int
	var refs []library.PageRef
	for i, h := range hits {
		if h.Page > 0 && h.AssetID.Valid {
			at, refs = append(at, i), append(refs, library.PageRef{Asset: h.AssetID.UUID, Page: h.Page})
		}
	}
	known, err := s.Library.PageKinds(ctx, refs)
	if err != nil {
		return nil, err
	}
	places := map[int]hitPlace{}
	for n, i := range at {
		p := hitPlace{page: hits[i].Page}
		if known[n].IsSecond {
			p = hitPlace{second: ptr(hits[i].Page - 1)}
		} else if known[n].HasPicture {
			p.picture = fmt.Sprintf("/api/v1/assets/%s/pages/%d/picture?width=240", refs[n].Asset, refs[n].Page)
		}
		places[i] = p
	}
	return places, nil
}
