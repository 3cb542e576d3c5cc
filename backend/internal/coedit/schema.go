// Package coedit owns the documents of drafts: ProseMirror trees, checked against the editor's own schema. A document is
// an ordered log of steps in PostgreSQL. Whoever writes live sends steps, which this server rebases with ProseMirror's
// own code (engine.go) before it stores them; whoever saves a whole document makes one step of it.
//
// live.go is the authority of this process over its open drafts, room.go and authority.go one of them, conn.go a
// connection, protocol.go what is said, log.go the log, bus.go what processes tell each other.
package coedit

import (
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

//go:embed schema.json
var schemaJSON []byte

// SchemaHash names the editor's schema and the ProseMirror that this server knows, as frontend/scripts/build-engine.mjs
// computes it for the client. A client with another one must reload.
var SchemaHash = func() string {
	h := sha256.New()
	h.Write(schemaJSON)
	h.Write([]byte(engineJS))
	return hex.EncodeToString(h.Sum(nil)[:8])
}()

type nodeSpec struct {
	Content string   `json:"content"`
	Marks   *string  `json:"marks"` // nil: all; "": none
	Group   string   `json:"group"`
	Inline  bool     `json:"inline"`
	Attrs   []string `json:"attrs"`
}

type markSpec struct {
	Excludes *string  `json:"excludes"` // "_": all others
	Attrs    []string `json:"attrs"`
}

// repeats says whether a mark stands on the same text twice. Only those that do not exclude themselves may, with other attributes.
func (s markSpec) repeats(m Mark, marks []Mark) bool {
	same := 0
	for _, other := range marks {
		if other.Type == m.Type && (s.Excludes == nil || *s.Excludes != "" || maps.Equal(other.Attrs, m.Attrs)) {
			same++
		}
	}
	return same > 1
}

// clash says whether a mark excludes another one beside it.
func (s *schema) clash(mark string, marks []Mark) bool {
	excludes := s.marks[mark].Excludes
	if excludes == nil || *excludes == "" {
		return false
	}
	names := strings.Fields(*excludes)
	return slices.ContainsFunc(marks, func(other Mark) bool {
		return other.Type != mark && (*excludes == "_" || slices.Contains(names, other.Type))
	})
}

// schema is the editor's schema in a form that is quick to check: each node type has a letter, and a node's content
// expression is a regular expression over its children's letters.
type schema struct {
	nodes   map[string]nodeSpec
	marks   map[string]markSpec
	letter  map[string]rune
	content map[string]*regexp.Regexp
}

var documentSchema = mustParse(schemaJSON)

func mustParse(raw []byte) *schema {
	s, err := parseSchema(raw)
	if err != nil { // it is compiled in, and a test reads it
		panic(err)
	}
	return s
}

func parseSchema(raw []byte) (*schema, error) {
	var spec struct {
		Nodes map[string]nodeSpec `json:"nodes"`
		Marks map[string]markSpec `json:"marks"`
	}
	if err := json.Unmarshal(raw, &spec); err != nil {
		return nil, err
	}
	s := &schema{nodes: spec.Nodes, marks: spec.Marks, letter: map[string]rune{}, content: map[string]*regexp.Regexp{}}
	for i, name := range slices.Sorted(maps.Keys(spec.Nodes)) {
		s.letter[name] = 'a' + rune(i) // far fewer than there are letters above 'a'
	}
	for name, n := range spec.Nodes {
		re, err := s.compile(n.Content)
		if err != nil {
			return nil, fmt.Errorf("content of %s: %w", name, err)
		}
		s.content[name] = re
	}
	return s, nil
}

var word = regexp.MustCompile(`\w+`)

// compile turns a content expression (https://prosemirror.net/docs/guide/#schema.content_expressions) into a regular
// expression: names and groups become classes of letters; | * + ? and brackets mean the same in both.
func (s *schema) compile(expression string) (*regexp.Regexp, error) {
	var unknown error
	pattern := word.ReplaceAllStringFunc(expression, func(name string) string {
		if l, ok := s.letter[name]; ok {
			return string(l)
		}
		var class []rune
		for node, n := range s.nodes {
			if slices.Contains(strings.Fields(n.Group), name) || (name == "inline" && n.Inline) {
				class = append(class, s.letter[node])
			}
		}
		if class == nil {
			unknown = fmt.Errorf("no node or group %q", name)
		}
		slices.Sort(class)
		return "[" + string(class) + "]"
	})
	if unknown != nil {
		return nil, unknown
	}
	return regexp.Compile(`^(?:` + strings.ReplaceAll(pattern, " ", "") + `)$`)
}

// attributeRules say which values an attribute may have; ProseMirror itself does not check them. What is not listed
// must be null.
var attributeRules = map[string]func(any) bool{
	"heading.level": func(v any) bool { n, ok := v.(float64); return ok && (n == 1 || n == 2 || n == 3) },
	"orderedList.start": func(v any) bool {
		n, ok := v.(float64)
		return ok && n >= 0 && n < 1e6 && n == float64(int(n))
	},
	"orderedList.type":   func(v any) bool { return v == nil || v == "1" || v == "a" || v == "A" || v == "i" || v == "I" },
	"codeBlock.language": func(v any) bool { s, ok := v.(string); return v == nil || ok && languageName.MatchString(s) },
	"link.href":          func(v any) bool { s, ok := v.(string); return ok && SafeLink(s) },
	"link.target":        func(v any) bool { return v == nil || v == "_blank" },
	"link.rel":           func(v any) bool { return v == nil || v == "noopener noreferrer nofollow" },
	"link.title":         func(v any) bool { s, ok := v.(string); return v == nil || ok && len(s) <= 500 },
}

var languageName = regexp.MustCompile(`^[A-Za-z0-9+#_.-]{0,40}$`)

// SafeLink says whether an address may stand in a document: http, https or mailto, absolute (OWASP ASVS 1.2.2).
func SafeLink(s string) bool {
	if len(s) > 2000 || strings.TrimSpace(s) != s || strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r == 0x7f }) {
		return false
	}
	u, err := url.Parse(s)
	if err != nil {
		return false
	}
	switch u.Scheme {
	case "http", "https":
		return u.Host != ""
	case "mailto":
		return u.Opaque != ""
	}
	return false
}
