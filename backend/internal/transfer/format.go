// Package transfer takes the resource center out as one ZIP file that can be read without Byline, brings such a file in
// elsewhere, and brings in many things at once from folders, archives and lists.
package transfer

import (
	"encoding/json"
	"time"

	"github.com/google/uuid"

	"byline/backend/internal/collections"
	"byline/backend/internal/contenttypes"
	"byline/backend/internal/library"
)

// What an export is called inside.
const (
	formatName    = "byline-export"
	formatVersion = 1

	manifestFile    = "byline-export.json"
	collectionsFile = "collections.json"
	taxonomyFile    = "taxonomy.json"          // how often each value is used
	settingsFile    = "taxonomy_settings.json" // what is offered, what was merged, what must be filled in
	typesFile       = "content_types.json"
	synonymsFile    = "synonyms.json" // the company's own
	indexFile       = "index.html"
	tableFile       = "resources.csv"
	resourceFile    = "resource.json"
)

// Manifest says what an export is. It is written last, so that one that was cut off has none.
type Manifest struct {
	Format      string    `json:"format"`
	Version     int       `json:"version"`
	MadeAt      time.Time `json:"made_at"`
	MadeBy      string    `json:"made_by"` // e-mail address
	From        string    `json:"from"`    // address of the deployment
	Resources   int       `json:"resources"`
	Versions    int       `json:"versions"`
	Files       int       `json:"files"`
	Bytes       int64     `json:"bytes"` // of files
	Collections int       `json:"collections"`
	Problems    []string  `json:"problems"` // files that could not be read, say
}

// exportedSynonyms is an entry of synonyms.json.
type exportedSynonyms struct {
	ID    uuid.UUID `json:"id"`
	Kind  string    `json:"kind"` // group or oneway
	Words []string  `json:"words"`
	Finds []string  `json:"finds"`
}

// exportedResource is a resource.json. What is not written here is beside it: text.md, text.html and text.json.
type exportedResource struct {
	ID              uuid.UUID         `json:"id"`
	SourceID        string            `json:"source_id"`
	Title           string            `json:"title"`
	Summary         string            `json:"summary"`
	ContentType     string            `json:"content_type"`
	Lang            string            `json:"lang"`
	Taxonomy        library.Taxonomy  `json:"taxonomy"`
	Authors         []string          `json:"authors"`
	Owner           string            `json:"owner"` // e-mail address; empty for none
	State           string            `json:"state"`
	Shareable       bool              `json:"shareable"`
	DownloadInside  bool              `json:"download_inside"`
	DownloadOutside bool              `json:"download_outside"`
	PublicURL       string            `json:"public_url"`
	ReleaseAt       *time.Time        `json:"release_at"`
	ExpiresAt       *time.Time        `json:"expires_at"`
	DatesZone       string            `json:"dates_zone"`
	ReviewDueOn     string            `json:"review_due_on"` // day, or empty
	PublishedAt     *time.Time        `json:"published_at"`
	VerifiedAt      *time.Time        `json:"verified_at"`
	VerifiedBy      string            `json:"verified_by"`
	Successor       *uuid.UUID        `json:"successor"`
	SourceRepo      string            `json:"source_repo"`
	SourcePath      string            `json:"source_path"`
	Licence         string            `json:"licence"`
	SourceHash      string            `json:"source_hash"`
	CreatedAt       time.Time         `json:"created_at"`
	UpdatedAt       time.Time         `json:"updated_at"`
	Version         int               `json:"version"`
	Text            string            `json:"text"`            // document: text.json is the editor's tree; markdown: text.md as it came in; or empty
	Cover           *exportedCover    `json:"cover,omitempty"` // the picture that was chosen
	Files           []exportedFile    `json:"files"`
	OtherFiles      []exportedFile    `json:"other_files"` // in its text, and of older versions
	Versions        []exportedVersion `json:"versions"`
}

// exportedCover is a page of a file of a resource, or one of the other files whole (page 0).
type exportedCover struct {
	File uuid.UUID `json:"file"`
	Page int       `json:"page"`
}

// exportedFile is a file of a resource. Path leads to it from the top of the export; empty for one that was not kept.
type exportedFile struct {
	ID      uuid.UUID `json:"id"`
	Name    string    `json:"name"`
	Path    string    `json:"path"`
	Size    int64     `json:"size"`
	SHA256  string    `json:"sha256"`
	Caption string    `json:"caption,omitempty"`
	Kind    string    `json:"kind"`
	State   string    `json:"state"`
}

// exportedVersion is a version. Its text is in versions/<number>.json, .md and .html where it has one.
type exportedVersion struct {
	Number    int                     `json:"number"`
	Title     string                  `json:"title"`
	Summary   string                  `json:"summary"`
	Note      string                  `json:"note"`
	By        string                  `json:"by"`
	CreatedAt time.Time               `json:"created_at"`
	Hash      string                  `json:"hash"`
	HasText   bool                    `json:"has_text"`
	Markdown  bool                    `json:"markdown,omitempty"` // its text is versions/<number>.md as it came in
	Facts     json.RawMessage         `json:"facts,omitempty"`
	Restored  int                     `json:"restored_from,omitempty"`
	Files     []library.AttachedAsset `json:"files"`
}

type exportedCollection struct {
	ID       uuid.UUID         `json:"id"`
	Title    string            `json:"title"`
	Summary  string            `json:"summary"`
	Kind     collections.Kind  `json:"kind"`
	Rule     collections.Rule  `json:"rule"`
	Sort     string            `json:"sort"`
	Tone     int               `json:"tone"`
	Cover    *uuid.UUID        `json:"cover"`
	Page     int               `json:"cover_page"`
	Shared   string            `json:"shared"`
	Side     string            `json:"side"`
	Owner    string            `json:"owner"`
	Sections []exportedSection `json:"sections"`
}

type exportedSection struct {
	Title     string      `json:"title"`
	Resources []uuid.UUID `json:"resources"`
}

// exportedType is a type of content. People are named by their addresses.
type exportedType struct {
	Key           string                    `json:"key"`
	Name          string                    `json:"name"`
	Description   string                    `json:"description"`
	Brief         map[string]string         `json:"brief"`
	Checklist     []string                  `json:"checklist"`
	ReviewMonths  int                       `json:"review_months"`
	StepDays      map[contenttypes.Step]int `json:"step_days"`
	Mode          contenttypes.Mode         `json:"approval_mode"` // empty in old exports, which have no more than a name
	Needed        int                       `json:"approvals_needed"`
	Approvers     []string                  `json:"approvers"`
	RemindHours   int                       `json:"remind_hours"`
	EscalateHours int                       `json:"escalate_hours"`
	Keeper        string                    `json:"keeper"`
	Position      int                       `json:"position"`
	Archived      bool                      `json:"archived"`
}

func exportType(w contenttypes.Whole) exportedType {
	return exportedType{Key: w.Key, Name: w.Name, Description: w.Description, Brief: w.Brief, Checklist: w.Checklist, ReviewMonths: w.ReviewMonths, StepDays: w.StepDays, Mode: w.Mode, Needed: w.Needed,
		Approvers: w.Approvers, RemindHours: w.RemindHours, EscalateHours: w.EscalateHours, Keeper: w.Keeper, Position: w.Position, Archived: w.Archived}
}

func (x exportedType) whole() contenttypes.Whole {
	return contenttypes.Whole{Approvers: x.Approvers, Keeper: x.Keeper, Type: contenttypes.Type{Key: x.Key, Position: x.Position, Archived: x.Archived, Input: contenttypes.Input{Name: x.Name, Description: x.Description,
		Brief: x.Brief, Checklist: x.Checklist, ReviewMonths: x.ReviewMonths, StepDays: x.StepDays, Mode: x.Mode, Needed: x.Needed, RemindHours: x.RemindHours, EscalateHours: x.EscalateHours}}}
}

// pretty is JSON for people.
func pretty(v any) ([]byte, error) {
	b, err := json.MarshalIndent(v, "", "  ")
	return append(b, '\n'), err
}
