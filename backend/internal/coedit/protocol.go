package coedit

import (
	"bytes"
	"encoding/json"
	"errors"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/google/uuid"
)

// Limits of the live protocol.
const (
	MaxFrame    = MaxBytes + 64<<10 // bytes of one message
	maxSteps    = 5000              // of one push
	maxRebase   = 2500              // own steps times missed ones; beyond it the client rebases
	maxDrafts   = 20                // of one connection
	maxPosition = 1 << 40
)

// ClientMessage is what a client says. The protocol is described in docs/live.md.
type ClientMessage struct {
	Type    string            `json:"t"`
	Draft   uuid.UUID         `json:"d"`
	Ticket  string            `json:"k,omitempty"`
	Version int64             `json:"v"`
	Client  string            `json:"c,omitempty"`
	Schema  string            `json:"h,omitempty"`
	Batch   int64             `json:"b,omitempty"`
	Steps   []json.RawMessage `json:"s,omitempty"`
	Indexes []int32           `json:"i,omitempty"`
	Cursor  *[2]int64         `json:"a,omitempty"`
}

// ServerMessage is what the server says.
type ServerMessage struct {
	Type     string            `json:"t"`
	Draft    uuid.UUID         `json:"d"`
	Version  int64             `json:"v"`
	Doc      json.RawMessage   `json:"doc,omitempty"`
	Client   string            `json:"c,omitempty"`
	User     *uuid.UUID        `json:"u,omitempty"`
	Name     string            `json:"n,omitempty"`
	Batch    int64             `json:"b,omitempty"`
	Steps    []json.RawMessage `json:"s,omitempty"`
	Indexes  []int32           `json:"i,omitempty"`
	Cursor   *[2]int64         `json:"a,omitempty"`
	ReadOnly bool              `json:"ro,omitempty"`
	Why      string            `json:"why,omitempty"`
	Code     string            `json:"code,omitempty"`
	Error    string            `json:"e,omitempty"`
}

func (m ServerMessage) encode() []byte {
	b, err := json.Marshal(m)
	if err != nil { // raw messages come from a decoder or from the engine
		b, _ = json.Marshal(ServerMessage{Type: "denied", Draft: m.Draft, Code: "failed", Error: "Something went wrong."})
	}
	return b
}

var clientID = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)

// Decode reads a message and checks its form. An error ends the connection: no client of ours sends such a thing.
func Decode(frame []byte) (m ClientMessage, err error) {
	if len(frame) > MaxFrame {
		return m, errors.New("the message is too long")
	}
	if !utf8.Valid(frame) {
		return m, errors.New("the message is no text")
	}
	d := json.NewDecoder(bytes.NewReader(frame))
	d.DisallowUnknownFields()
	if err := d.Decode(&m); err != nil {
		return m, errors.New("the message cannot be read")
	}
	if d.More() {
		return m, errors.New("there is something after the message")
	}
	if m.Draft == uuid.Nil {
		return m, errors.New("the message names no draft")
	}
	switch m.Type {
	case "open":
		if !clientID.MatchString(m.Client) || m.Version < -1 {
			err = errors.New("the client id or version is wrong")
		}
	case "push":
		err = m.checkPush()
	case "cur":
		if m.Cursor == nil || m.Version < 0 || m.Cursor[0] < 0 || m.Cursor[1] < 0 || m.Cursor[0] > maxPosition || m.Cursor[1] > maxPosition {
			err = errors.New("the position is wrong")
		}
	case "close":
	default:
		err = errors.New("the type of the message is unknown")
	}
	return m, err
}

func (m ClientMessage) checkPush() error {
	if len(m.Steps) > maxSteps || len(m.Steps) != len(m.Indexes) {
		return errors.New("the push has too many steps or not as many places")
	}
	if m.Version < 0 || m.Batch < 1 {
		return errors.New("the version or number of the push is wrong")
	}
	for i, place := range m.Indexes {
		if place < 0 || place >= maxSteps || (i > 0 && place <= m.Indexes[i-1]) {
			return errors.New("the places of the steps are wrong")
		}
	}
	for _, s := range m.Steps {
		if len(s) == 0 || s[0] != '{' {
			return errors.New("a step is no object")
		}
	}
	return nil
}

var lonely = regexp.MustCompile(`\\u[dD][89a-fA-F][0-9a-fA-F]{2}`)

// plain says whether steps only put text in, with simple marks, or take something out: those cannot break a rule that
// ProseMirror does not know. An error is a text that no document may have.
func plain(steps []json.RawMessage) (bool, error) {
	simple := true
	for _, raw := range steps {
		if bytes.Contains(raw, []byte(`\u0000`)) {
			return false, errors.New("text cannot have NUL in it")
		}
		for _, pair := range lonely.FindAllIndex(raw, -1) {
			if !paired(raw, pair[0]) {
				return false, errors.New("text has half a character in it")
			}
		}
		var step struct {
			Type  string `json:"stepType"`
			Slice struct {
				Content []struct {
					Type  string          `json:"type"`
					Attrs json.RawMessage `json:"attrs"`
					Marks []Mark          `json:"marks"`
				} `json:"content"`
			} `json:"slice"`
			Mark *Mark `json:"mark"`
		}
		if err := json.Unmarshal(raw, &step); err != nil {
			return false, errors.New("a step cannot be read")
		}
		switch step.Type {
		case "replace":
		case "addMark", "removeMark":
			simple = simple && step.Mark != nil && simpleMark(*step.Mark)
		default:
			simple = false
		}
		for _, n := range step.Slice.Content {
			simple = simple && n.Type == "text" && n.Attrs == nil
			for _, m := range n.Marks {
				simple = simple && simpleMark(m)
			}
		}
	}
	return simple, nil
}

// simpleMark says whether a mark can break no rule that ProseMirror does not know: it has no attributes, or is a proper
// suggestion.
func simpleMark(m Mark) bool {
	if isSuggestion(m) {
		return checkAttrs(m.Type, []string{"id", "by", "at"}, m.Attrs, "") == nil
	}
	return len(m.Attrs) == 0
}

// paired says whether the surrogate escape at a place is half of a pair.
func paired(raw []byte, at int) bool {
	high := func(i int) bool {
		return i >= 0 && i+6 <= len(raw) && lonely.Match(raw[i:i+6]) && strings.ContainsRune("89aAbB", rune(raw[i+3]))
	}
	low := func(i int) bool {
		return i >= 0 && i+6 <= len(raw) && lonely.Match(raw[i:i+6]) && !strings.ContainsRune("89aAbB", rune(raw[i+3]))
	}
	return high(at) && low(at+6) || low(at) && high(at-6)
}
