package transfer

import (
	"time"

	"byline/backend/internal/activity"
	"byline/backend/internal/collections"
	"byline/backend/internal/contenttypes"
	"byline/backend/internal/library"
	"byline/backend/internal/platform/blob"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/search"
	"byline/backend/internal/taxonomy"
)

// Service does everything with exports and imports.
type Service struct {
	db          *db.DB
	log         *activity.Log
	library     *library.Service
	collections *collections.Service
	types       *contenttypes.Service
	taxonomy    *taxonomy.Service
	search      *search.Service
	blobs       *blob.Store
	store       store
	now         func() time.Time
	public      string // address of this deployment, for exports
}

// New makes the service.
func New(d *db.DB, log *activity.Log, l *library.Service, c *collections.Service, types *contenttypes.Service, t *taxonomy.Service, find *search.Service, blobs *blob.Store) *Service {
	return &Service{db: d, log: log, library: l, collections: c, types: types, taxonomy: t, search: find, blobs: blobs, store: store{d}, now: time.Now}
}

// SetPublic says where this deployment is reached.
func (s *Service) SetPublic(address string) { s.public = address }

// SetClock sets the clock by which exports are kept, for tests.
func (s *Service) SetClock(now func() time.Time) { s.now = now }

// Result is what became, or would become, of one line.
type Result string

// The results.
const (
	Created   Result = "created"
	Updated   Result = "updated"
	Unchanged Result = "unchanged"
	Kept      Result = "kept" // it was made or changed here, and stays as it is
	Refused   Result = "refused"
	LeftOut   Result = "left_out" // nothing names it
)

// Row is one line of a list, or one entry of an archive.
type Row struct {
	List        string `json:"list"`
	Line        int    `json:"line"`
	SourceID    string `json:"source_id,omitempty"`
	Title       string `json:"title,omitempty"`
	Result      Result `json:"result"`
	Reason      string `json:"reason,omitempty"` // for programs
	Explanation string `json:"explanation,omitempty"`
	ResourceID  string `json:"resource_id,omitempty"`
}

// Counts says how many rows had which result.
type Counts map[Result]int
