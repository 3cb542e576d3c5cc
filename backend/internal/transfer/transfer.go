package transfer

import (
	"context"
	"io/fs"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"byline/backend/internal/activity"
	"byline/backend/internal/library"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/blob"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/errs"
	"byline/backend/internal/platform/jobs"
)

// Kind is in which direction a transfer goes.
type Kind string

// The kinds.
const (
	Export Kind = "export"
	Import Kind = "import"
)

// State is where a transfer stands.
type State string

// The states. An import is checked first and begun by somebody who has seen what it would do.
const (
	Checking State = "checking"
	Checked  State = "checked"
	Running  State = "running"
	Done     State = "done"
	Failed   State = "failed"
	Stopped  State = "stopped"
)

// How long exports are kept, and files that an import was read from.
const (
	KeptFor    = 24 * time.Hour
	sourcesFor = 7 * 24 * time.Hour
)

// mostFiles is how many files one import may be read from.
const mostFiles = 500

// Transfer is an export, or an import of many things.
type Transfer struct {
	ID        uuid.UUID
	Kind      Kind
	Person    activity.Person
	State     State
	Name      string
	Form      string
	AssetIDs  []uuid.UUID
	Paths     []string // of the files in the folder that was chosen; none for files alone
	Done      int
	Total     int
	Problem   string
	Size      int64
	ExpiresAt *time.Time // of an export that is there
	Planned   Counts
	Results   Counts
	CreatedAt time.Time
	UpdatedAt time.Time

	storageKey string
}

var errNone = errs.New(errs.NotFound, "No such transfer.")

// MayImport is who brings many things in at once.
func MayImport(u auth.User) bool { return u.IsMarketer() || u.Lead || u.Admin }

// Get gives a transfer of the signed-in user; administrators see all.
func (s *Service) Get(ctx context.Context, id uuid.UUID) (Transfer, error) {
	t, err := s.store.get(ctx, id)
	if u := auth.From(ctx); err == nil && t.Person.ID != u.ID && !u.Admin {
		return Transfer{}, errNone
	}
	return t, err
}

// List gives the latest transfers of one kind that the signed-in user may see.
func (s *Service) List(ctx context.Context, kind Kind) ([]Transfer, error) {
	u := auth.From(ctx)
	return s.store.list(ctx, kind, u.ID, u.Admin)
}

// BeginExport has the whole resource center taken out; one at a time.
func (s *Service) BeginExport(ctx context.Context) (Transfer, error) {
	id, _ := db.NextID(ctx)
	at := s.now().UTC()
	err := s.db.InTx(ctx, func(ctx context.Context) error {
		busy, err := s.store.exporting(ctx)
		if err != nil {
			return err
		}
		if busy {
			return errs.New(errs.Conflict, "An export is being made already. You can have that one as soon as it is ready.")
		}
		if err := s.store.add(ctx, Transfer{ID: id, Kind: Export, State: Running, Name: "byline-export-" + at.Format("2006-01-02-1504") + ".zip"}, auth.From(ctx).ID); err != nil {
			return err
		}
		return jobs.Enqueue(ctx, Work{ID: id, Run: db.NewID()})
	})
	if err != nil {
		return Transfer{}, err
	}
	return s.Get(ctx, id)
}

// BeginImport has files of the signed-in user looked at: one archive, or a list with its files, or files alone.
func (s *Service) BeginImport(ctx context.Context, assets []uuid.UUID, paths []string) (Transfer, error) {
	if err := cleanPaths(paths, len(assets)); err != nil {
		return Transfer{}, err
	}
	if len(assets) == 0 || len(assets) > mostFiles {
		return Transfer{}, errs.Field(errs.Invalid, "body.asset_ids", "Choose 1 to 500 files. Pack more of them into a ZIP file.")
	}
	name, seen := "", map[string]bool{}
	for i, id := range assets {
		a, err := s.library.Asset(ctx, id)
		switch {
		case errs.CodeOf(err) == errs.NotFound || err == nil && a.OwnerID != auth.From(ctx).ID:
			return Transfer{}, errs.Field(errs.Invalid, "body.asset_ids", "One of these files does not exist, or is not yours.")
		case err != nil:
			return Transfer{}, err
		case a.State != library.Ready && a.State != library.Limited:
			return Transfer{}, errs.Field(errs.Invalid, "body.asset_ids", "“"+a.Name+"” cannot be read: it is "+string(a.State)+".")
		case isZip(a.Name) && len(assets) > 1:
			return Transfer{}, errs.Field(errs.Invalid, "body.asset_ids", "A ZIP file comes alone. Pack everything into one, or unpack it first.")
		case seen[strings.ToLower(nameOf(a, i, paths))]:
			return Transfer{}, errs.Field(errs.Invalid, "body.asset_ids", "Two files are called “"+nameOf(a, i, paths)+"”.")
		}
		seen[strings.ToLower(nameOf(a, i, paths))] = true
		if i == 0 || strings.HasSuffix(strings.ToLower(a.Name), ".csv") {
			name = a.Name
		}
	}
	if top, _, ok := strings.Cut(strings.Join(paths[:min(1, len(paths))], ""), "/"); ok {
		name = top
	}
	id, repeat := db.NextID(ctx)
	if repeat {
		if t, err := s.Get(ctx, id); err == nil {
			return t, nil
		}
	}
	err := s.db.InTx(ctx, func(ctx context.Context) error {
		if err := s.store.add(ctx, Transfer{ID: id, Kind: Import, State: Checking, Name: name, AssetIDs: assets, Paths: paths}, auth.From(ctx).ID); err != nil {
			return err
		}
		return jobs.Enqueue(ctx, Work{ID: id, Run: db.NewID()})
	})
	if err != nil {
		return Transfer{}, err
	}
	return s.Get(ctx, id)
}

func isZip(name string) bool { return strings.HasSuffix(strings.ToLower(name), ".zip") }

// Start begins an import that was checked, or goes on with one that was stopped. Pressing twice changes nothing.
func (s *Service) Start(ctx context.Context, id uuid.UUID) (Transfer, error) {
	return s.move(ctx, id, Running, []State{Checked, Stopped, Failed}, func(ctx context.Context, t Transfer) error {
		if t.Kind != Import || len(t.AssetIDs) == 0 {
			return errs.New(errs.Conflict, "What it was read from is not kept any more. Upload it again.")
		}
		if t.Form == "" {
			return errs.New(errs.Conflict, "It could not be read, so there is nothing to begin with. "+t.Problem)
		}
		return jobs.Enqueue(ctx, Work{ID: id, Run: db.NewID()})
	})
}

// Stop ends a transfer that is under way. What an import has done stays.
func (s *Service) Stop(ctx context.Context, id uuid.UUID) (Transfer, error) {
	return s.move(ctx, id, Stopped, []State{Checking, Checked, Running}, func(context.Context, Transfer) error { return nil })
}

func (s *Service) move(ctx context.Context, id uuid.UUID, to State, from []State, do func(context.Context, Transfer) error) (Transfer, error) {
	err := s.db.InTx(ctx, func(ctx context.Context) error {
		if err := s.store.lock(ctx, id); err != nil {
			return err
		}
		t, err := s.Get(ctx, id)
		switch {
		case err != nil:
			return err
		case t.State == to:
			return nil
		case !slices.Contains(from, t.State):
			return errs.NotAllowedNow("This is " + string(t.State) + ".")
		}
		if err := do(ctx, t); err != nil {
			return err
		}
		return s.store.setState(ctx, id, to)
	})
	if err != nil {
		return Transfer{}, err
	}
	return s.Get(ctx, id)
}

// DownloadURL gives an address of an export that goes on after a break: it works for some hours, and as long as the export
// is kept.
func (s *Service) DownloadURL(ctx context.Context, id uuid.UUID) (string, error) {
	t, err := s.Get(ctx, id)
	if err != nil {
		return "", err
	}
	if t.Kind != Export || t.State != Done || t.storageKey == "" || t.ExpiresAt == nil || !t.ExpiresAt.After(s.now()) {
		return "", errs.New(errs.Conflict, "This export is not ready, or not kept any more. Make a new one.")
	}
	return s.blobs.SignExport(ctx, t.storageKey, t.Name, min(blob.ExportLife, t.ExpiresAt.Sub(s.now())))
}

// Rows gives what an import would do, or did, from a position on, narrowed to some results.
func (s *Service) Rows(ctx context.Context, id uuid.UUID, results []string, after, limit int) (rows []PlacedRow, err error) {
	if _, err := s.Get(ctx, id); err != nil {
		return nil, err
	}
	return s.store.rows(ctx, id, results, after, limit)
}

// PlacedRow is a row with its place, and what was planned for it.
type PlacedRow struct {
	Row
	Position int
	Planned  Result
	Done     bool // Result is what happened, not what is planned
}

// cleanPaths refuses paths that lead out of a folder.
func cleanPaths(paths []string, files int) error {
	if len(paths) > 0 && len(paths) != files {
		return errs.Field(errs.Invalid, "body.paths", "Give a path for each of the files, or none at all.")
	}
	for _, p := range paths {
		if !fs.ValidPath(p) || p == "." || len(p) > 1000 || strings.ContainsFunc(p, func(r rune) bool { return r < ' ' || r == '\\' || r == 0x7f }) {
			return errs.Field(errs.Invalid, "body.paths", "“"+printable(p)+"” is no path inside a folder.")
		}
	}
	return nil
}

// nameOf is what a file is called in an import.
func nameOf(a library.Asset, i int, paths []string) string {
	if i < len(paths) {
		return paths[i]
	}
	return a.Name
}
