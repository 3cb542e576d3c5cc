package httpapi

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"byline/backend/internal/platform/blob"
	"byline/backend/internal/transfer"
)

// Transfer is an export of the whole resource center, or an import of many things at once.
type Transfer struct {
	ID        uuid.UUID      `json:"id"`
	Kind      transfer.Kind  `json:"kind" enum:"export,import"`
	Person    PersonRef      `json:"person" doc:"Who began it."`
	State     transfer.State `json:"state" enum:"checking,checked,running,done,failed,stopped" doc:"An import is checked first; startTransfer begins it."`
	Name      string         `json:"name" example:"campaign.zip" doc:"Of the export; of what is imported."`
	Form      string         `json:"form" enum:"lists,csv,files,export" doc:"What an import is: lists of JSON, a list of a spreadsheet, files alone, or an export of Byline. Empty until it was checked." required:"false"`
	Done      int            `json:"done" doc:"How far it is."`
	Total     int            `json:"total" doc:"Of how many; 0 when nobody knows yet."`
	Problem   string         `json:"problem" doc:"Why it failed."`
	Size      int64          `json:"size" doc:"Bytes of an export."`
	ExpiresAt *time.Time     `json:"expires_at,omitempty" doc:"Until when an export is kept."`
	Planned   TransferCounts `json:"planned" doc:"What an import would do."`
	Results   TransferCounts `json:"results" doc:"What it did so far."`
	CanGoOn   bool           `json:"can_go_on" doc:"Whether startTransfer begins it, or takes it up where it was stopped."`
	CreatedAt time.Time      `json:"created_at"`
}

// TransferCounts are rows by what becomes of them.
type TransferCounts struct {
	Created   int `json:"created"`
	Updated   int `json:"updated"`
	Unchanged int `json:"unchanged"`
	Kept      int `json:"kept" doc:"Made or changed here: they stay as they are."`
	Refused   int `json:"refused"`
	LeftOut   int `json:"left_out" doc:"Files that no line names."`
}

func transferCounts(c transfer.Counts) TransferCounts {
	return TransferCounts{c[transfer.Created], c[transfer.Updated], c[transfer.Unchanged], c[transfer.Kept], c[transfer.Refused], c[transfer.LeftOut]}
}

func transferDTO(t transfer.Transfer) Transfer {
	d := Transfer{ID: t.ID, Kind: t.Kind, Person: ref(t.Person), State: t.State, Name: t.Name, Form: t.Form, Done: t.Done, Total: t.Total, Problem: t.Problem, Size: t.Size, ExpiresAt: t.ExpiresAt,
		Planned: transferCounts(t.Planned), Results: transferCounts(t.Results), CreatedAt: t.CreatedAt}
	d.CanGoOn = t.Kind == transfer.Import && t.Form != "" && len(t.AssetIDs) > 0 && (t.State == transfer.Checked || t.State == transfer.Stopped || t.State == transfer.Failed)
	return d
}

// TransferRow is one line of a list, or one entry of an archive.
type TransferRow struct {
	List        string          `json:"list" example:"resources.csv"`
	Line        int             `json:"line" doc:"From 1, with the row of the headings."`
	Title       string          `json:"title"`
	SourceID    string          `json:"source_id"`
	Result      transfer.Result `json:"result" enum:"created,updated,unchanged,kept,refused,left_out" doc:"What was done; before that, what would be."`
	Done        bool            `json:"done" doc:"Whether it was done."`
	Reason      string          `json:"reason" doc:"Why it is refused or kept, for programs." example:"file_missing"`
	Explanation string          `json:"explanation" doc:"The same, for people."`
	ResourceID  *uuid.UUID      `json:"resource_id,omitempty"`
}

func transferRow(r transfer.PlacedRow) TransferRow {
	d := TransferRow{List: r.List, Line: r.Line, Title: r.Title, SourceID: r.SourceID, Result: r.Result, Done: r.Done, Reason: r.Reason, Explanation: r.Explanation}
	if id, err := uuid.Parse(r.ResourceID); err == nil {
		d.ResourceID = &id
	}
	return d
}

type listTransfersInput struct {
	Kind transfer.Kind `query:"kind" required:"true" enum:"export,import"`
}

type beginImportInput struct {
	Body struct {
		AssetIDs []uuid.UUID `json:"asset_ids" minItems:"1" maxItems:"500" doc:"Files of yours that were uploaded: one ZIP file, or a list with its files, or files alone."`
		Paths    []string    `json:"paths,omitempty" maxItems:"500" doc:"Where each of them lay in a folder, in the same order; the folders become tags, unless a list says more." example:"[\"Decks/Pharma/first.pptx\"]"`
	}
}

type transferRowsInput struct {
	PathID
	Page
	Result []transfer.Result `query:"result,explode" maxItems:"6" enum:"created,updated,unchanged,kept,refused,left_out" doc:"Any of these."`
}

func (s *Server) transferOperations() {
	register(s, op{ID: "beginExport", Method: http.MethodPost, Path: "/exports", Tag: "transfers", Summary: "Take the whole resource center out", Status: http.StatusCreated, Errors: []int{http.StatusConflict},
		Description: "Makes a ZIP file with everything, readable without Byline, in the background. You are told when it is ready; it is kept for a day. 409 while another one is being made."},
		func(ctx context.Context, _ *struct{}) (*body[Transfer], error) {
			return transferAnswer(s.Transfer.BeginExport(ctx))
		})
	register(s, op{ID: "beginImport", Method: http.MethodPost, Path: "/imports", Tag: "transfers", Summary: "Check files for an import", Status: http.StatusCreated,
		Description: "Looks at everything and says by row what would be created, updated and refused, and why. It changes nothing; startTransfer begins it."},
		func(ctx context.Context, in *beginImportInput) (*body[Transfer], error) {
			return transferAnswer(s.Transfer.BeginImport(ctx, in.Body.AssetIDs, in.Body.Paths))
		})
	register(s, op{ID: "listTransfers", Method: http.MethodGet, Path: "/transfers", Tag: "transfers", Summary: "List exports or imports", Description: "Your latest 25, newest first; administrators see those of all."},
		func(ctx context.Context, in *listTransfersInput) (*body[List[Transfer]], error) {
			list, err := s.Transfer.List(ctx, in.Kind)
			return &body[List[Transfer]]{Body: paged(list, len(list), nil, transferDTO)}, err
		})
	register(s, op{ID: "getTransfer", Method: http.MethodGet, Path: "/transfers/{id}", Tag: "transfers", Summary: "How far is an export or import?", Description: "Your own; administrators see all."},
		func(ctx context.Context, in *PathID) (*body[Transfer], error) {
			return transferAnswer(s.Transfer.Get(ctx, in.ID))
		})
	register(s, op{ID: "startTransfer", Method: http.MethodPost, Path: "/transfers/{id}/start", Tag: "transfers", Summary: "Begin an import that was checked", Status: http.StatusOK, Errors: []int{http.StatusConflict},
		Description: "Also goes on with one that was stopped or failed: what was done stays done. Repeating it changes nothing."},
		func(ctx context.Context, in *PathID) (*body[Transfer], error) {
			return transferAnswer(s.Transfer.Start(ctx, in.ID))
		})
	register(s, op{ID: "stopTransfer", Method: http.MethodPost, Path: "/transfers/{id}/stop", Tag: "transfers", Summary: "Stop an export or import", Status: http.StatusOK, Errors: []int{http.StatusConflict},
		Description: "What an import has done stays."},
		func(ctx context.Context, in *PathID) (*body[Transfer], error) {
			return transferAnswer(s.Transfer.Stop(ctx, in.ID))
		})
	register(s, op{ID: "listTransferRows", Method: http.MethodGet, Path: "/transfers/{id}/rows", Tag: "transfers", Summary: "What becomes of each line of an import", Description: "In the order of the lists."},
		func(ctx context.Context, in *transferRowsInput) (*body[List[TransferRow]], error) {
			after := 0
			if err := decodeCursor(in.Cursor, &after); err != nil {
				return nil, err
			}
			results := make([]string, len(in.Result))
			for i, r := range in.Result {
				results[i] = string(r)
			}
			rows, err := s.Transfer.Rows(ctx, in.ID, results, after, in.Limit+1)
			return &body[List[TransferRow]]{Body: paged(rows, in.Limit, func(r transfer.PlacedRow) any { return r.Position }, transferRow)}, err
		})
	register(s, op{ID: "getTransferReport", Method: http.MethodGet, Path: "/transfers/{id}/report", Tag: "transfers", Summary: "Download the report of an import", Description: "A list for spreadsheets (CSV) with every row. No cell can become a formula."},
		func(ctx context.Context, in *PathID) (*ExportedFile, error) {
			t, err := s.Transfer.Get(ctx, in.ID)
			if err != nil {
				return nil, err
			}
			return &ExportedFile{ContentType: "text/csv; charset=utf-8", Disposition: blob.Disposition("attachment", fileName(t.Name)+"-report.csv"), CacheControl: "private, no-store", Body: func(c huma.Context) {
				if err := transfer.WriteReport(c.BodyWriter(), s.reportRows(ctx, in.ID)); err != nil {
					slog.WarnContext(ctx, "report of an import", "error", err)
				}
			}}, nil
		})
	register(s, op{ID: "downloadExport", Method: http.MethodGet, Path: "/transfers/{id}/download", Tag: "transfers", Summary: "Load an export", Status: http.StatusFound, Errors: []int{http.StatusConflict},
		Description: "Redirects to an address of the storage that works for six hours, at most as long as the export is kept. 409 when it is not ready, or not kept any more."},
		func(ctx context.Context, in *PathID) (*Redirect, error) {
			url, err := s.Transfer.DownloadURL(ctx, in.ID)
			if err != nil {
				return nil, err
			}
			return &Redirect{Status: http.StatusFound, Location: url, CacheControl: "private, no-store"}, nil
		})
}

// reportRows gives one row after the other, and reads some at a time.
func (s *Server) reportRows(ctx context.Context, id uuid.UUID) func() (transfer.Row, bool, error) {
	var rows []transfer.PlacedRow
	at := 0
	return func() (transfer.Row, bool, error) {
		if len(rows) == 0 {
			var err error
			if rows, err = s.Transfer.Rows(ctx, id, []string{}, at, 1000); err != nil || len(rows) == 0 {
				return transfer.Row{}, false, err
			}
		}
		r := rows[0]
		rows, at = rows[1:], r.Position
		return r.Row, true, nil
	}
}

func transferAnswer(t transfer.Transfer, err error) (*body[Transfer], error) {
	return &body[Transfer]{Body: transferDTO(t)}, err
}
