package extract

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

// Cue is words that are said, or a chapter that runs, from one moment to another.
type Cue struct {
	Start int64  `json:"start"` // milliseconds
	End   int64  `json:"end"`
	Text  string `json:"text"`
}

const (
	maxCues      = 20_000
	maxCaptions  = 16 << 20 // bytes
	maxCueMillis = 1_000_000_000
)

// Cues reads captions: WebVTT or SubRip.
func (e Extractor) Cues(ctx context.Context, path string) (cues []Cue, reason string, err error) {
	end, err := e.own(ctx, "--cues", path)
	if err != nil {
		return nil, "", err
	}
	if reason = end.failure(); reason == "" && json.Unmarshal(end.out.Bytes(), &cues) != nil {
		reason = "unreadable"
	}
	return cues, reason, nil
}

// timing is the line before the words: WebVTT leaves hours out and has a point, SubRip has a comma.
var timing = regexp.MustCompile(`^\s*(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})[.,](\d{3})\s+-->\s+(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})[.,](\d{3})`)

// readCues is the child's part.
func readCues(path string) ([]Cue, error) {
	info, err := os.Stat(path)
	if err != nil || info.Size() > maxCaptions {
		return nil, errors.Join(errors.New("extract: too large for captions"), err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	cues := []Cue{}
	lines := strings.Split(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(strings.ToValidUTF8(string(data), "\uFFFD")), "\n")
	for i := 0; i < len(lines) && len(cues) < maxCues; i++ {
		m := timing.FindStringSubmatch(lines[i])
		if m == nil {
			continue
		}
		c := Cue{Start: millis(m[1:5]), End: millis(m[5:9])}
		var words []string
		for i++; i < len(lines) && strings.TrimSpace(lines[i]) != ""; i++ {
			words = append(words, lines[i])
		}
		if c.Text = clean(cueText(strings.Join(words, "\n"))); c.Text != "" && c.End > c.Start && c.Start < maxCueMillis {
			cues = append(cues, c)
		}
	}
	if len(cues) == 0 {
		return nil, errors.New("extract: no cue")
	}
	slices.SortStableFunc(cues, func(a, b Cue) int { return int(a.Start - b.Start) })
	return cues, nil
}

func millis(parts []string) int64 {
	n := make([]int64, 4)
	for i, p := range parts {
		n[i], _ = strconv.ParseInt(p, 10, 64) // digits only, "" for no hours
	}
	return ((n[0]*60+n[1])*60+n[2])*1000 + n[3]
}

// cueText takes the tags out: <v Name>, <i>, <c.yellow>, <00:01.500>.
func cueText(s string) string {
	z := html.NewTokenizer(strings.NewReader(s))
	var b strings.Builder
	for {
		switch z.Next() {
		case html.ErrorToken:
			return b.String()
		case html.TextToken:
			b.Write(z.Text())
		}
	}
}
