// Package extract finds out what a file of a stranger is: its true type, its text by page, a preview picture, and facts
// such as size and duration. The parsers run in a child process with limits of time, memory and output, so that a broken
// or hostile file ends that process at worst.
package extract

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"strconv"
	"strings"
	"time"
)

// State is how well a file came through.
type State string

// The states.
const (
	Ready   State = "ready"   // everything that can be read of its kind was read
	Limited State = "limited" // kept as a download, with a named reason
	Refused State = "refused" // not kept
)

// Result is what was found.
type Result struct {
	State       State    `json:"state"`
	Reason      string   `json:"reason"`      // machine readable; "" when there is nothing to say
	Explanation string   `json:"explanation"` // the same for people
	MediaType   string   `json:"media_type"`  // by content
	Kind        string   `json:"kind"`        // pdf, deck, document, spreadsheet, image, video, audio, captions, text, archive, other
	Pages       []string `json:"pages"`       // text by page, slide or, for other kinds, in one piece
	Outside     []string `json:"outside"`     // of slides, as Pages: what people outside may read, without notes and hidden slides; nil for other kinds
	Hidden      []int    `json:"hidden"`      // slides that are hidden, by page; of old and open formats that is not known
	Within      []string `json:"within"`      // of Office files: what they carry that their pages do not show; nil when that cannot be told
	PageCount   int      `json:"page_count"`
	Width       int      `json:"width"`
	Height      int      `json:"height"`
	DurationMS  int64    `json:"duration_ms"`
	PreviewType string   `json:"preview_type"` // media type of the preview; "" when there is none
	Inline      bool     `json:"inline"`       // harmless enough to be shown in place, from the storage's origin
	// PeakRSS is the most memory, in bytes, that the child process held (Linux): as the system tells the child at its end, or
	// as it was seen from outside.
	PeakRSS int64 `json:"peak_rss"`
}

// Limits of one file.
const (
	MaxTime   = 60 * time.Second
	MaxMemory = 512 << 20 // resident bytes
	maxOutput = 48 << 20  // bytes of JSON
	maxText   = 8 << 20   // bytes of text in all
	maxPages  = 2000
)

// Extractor starts child processes.
type Extractor struct {
	Command  []string      // of the child; its arguments are appended. It must end in Main.
	CacheDir string        // where the PDF engine keeps its compiled form; created
	MaxTime  time.Duration // 0 means MaxTime
}

func sorry(state State, reason, explanation string) Result {
	return Result{State: state, Reason: reason, Explanation: explanation, Kind: "other", MediaType: "application/octet-stream"}
}

// File reads the file at path, which its owner called name, and writes a preview to previewPath when it can make one.
// What a file does to the child process is a Result, not an error; errors are ours.
func (e Extractor) File(ctx context.Context, path, name, previewPath string) (Result, error) {
	end, err := e.own(ctx, path, name, previewPath, e.CacheDir)
	if err != nil {
		return Result{}, err
	}
	r := finished(end)
	r.PeakRSS = max(end.peak, r.PeakRSS)
	return r, nil
}

func finished(end *ended) Result {
	var r Result
	reason := end.failure()
	if reason == "" && json.Unmarshal(end.out.Bytes(), &r) == nil && r.State != "" {
		return r
	}
	switch reason {
	case "timeout":
		return sorry(Limited, reason, "This file took too long to read. It is kept as a download without text and preview.")
	case "too_much_memory":
		return sorry(Limited, reason, "This file needs too much memory to read. It is kept as a download without text and preview.")
	}
	return sorry(Limited, "unreadable", "This file could not be read; it may be damaged. It is kept as a download without text and preview.")
}

// Main is the child process: what to do with the arguments stands in the first of them when it begins with "--"; otherwise
// they are path, name, preview path and cache folder. The answer goes to stdout.
func Main(args []string, stdout io.Writer) error {
	var answer any
	switch {
	case len(args) == 6 && args[0] == "--draw":
		drawn, err := drawPages(args[1:])
		if err != nil {
			return err
		}
		answer = drawn
	case len(args) == 3 && args[0] == "--sheets":
		sheets, err := readSheets(args[1], args[2])
		if err != nil {
			return err
		}
		answer = sheets
	case len(args) == 2 && args[0] == "--cues":
		cues, err := readCues(args[1])
		if err != nil {
			return err
		}
		answer = cues
	case len(args) == 3 && args[0] == "--clean":
		if err := cleanOffice(args[1], args[2]); err != nil {
			return err
		}
		answer = true
	case len(args) == 4:
		r := read(args[0], args[1], args[2], args[3])
		r.PeakRSS = highWater()
		answer = r
	default:
		return errors.New("usage: extract PATH NAME PREVIEW CACHE, or --draw PATH CACHE FOLDER FROM COUNT, --sheets PATH KIND, --cues PATH, --clean PATH TO")
	}
	return json.NewEncoder(stdout).Encode(answer)
}

// highWater is the most resident memory of this process; 0 where /proc does not tell. The usage that a parent is told at
// the end (getrusage) would do, but counts what the parent held when it forked.
func highWater() int64 {
	b, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(b), "VmHWM:")
	fields := strings.Fields(rest)
	if len(fields) == 0 {
		return 0
	}
	kib, err := strconv.ParseInt(fields[0], 10, 64)
	if err != nil {
		return 0
	}
	return kib << 10
}
