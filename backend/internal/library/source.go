package library

import (
	"bytes"
	"encoding/json"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// The names of the two lists in a folder that can be imported; docs/import.md describes them.
const (
	ArticleList = "articles.jsonl"
	FileList    = "files.jsonl"
)

// sourceTypes maps what other systems call their kinds of content to ours; our own names need no entry.
var sourceTypes = map[string]string{
	"blog": "blog_post", "article": "blog_post", "post": "blog_post", "news": "blog_post", "case study": "case_study", "customer_story": "case_study",
	"tutorial": "guide", "howto": "guide", "handbook": "playbook", "changelog": "release", "webinar": "event", "podcast": "audio_story",
	"pdf": "document", "spreadsheet": "document", "captions": "document", "archive": "document", "audio": "audio_story", "picture": "image", "presentation": "deck",
}

// ContentTypeOf gives our content type for a name that a source uses, such as blog; ok is false for one that nobody knows.
func ContentTypeOf(name string) (contentType string, ok bool) {
	name = strings.ToLower(strings.TrimSpace(name))
	if slices.Contains(ContentTypes, name) {
		return name, true
	}
	contentType, ok = sourceTypes[name]
	return contentType, ok
}

// sourceCommon is what both lists have.
type sourceCommon struct {
	ID          string     `json:"id"`
	Title       string     `json:"title"`
	Tags        []string   `json:"tags"`
	Lang        string     `json:"lang"`
	Authors     []string   `json:"authors"`
	PublishedAt *time.Time `json:"published_at"`
	SourceRepo  string     `json:"source_repo"`
	SourcePath  string     `json:"source_path"`
	Licence     string     `json:"licence"`
	Personas    []string   `json:"personas"`
	Stages      []string   `json:"stages"`
	Industries  []string   `json:"industries"`
	Products    []string   `json:"products"`
	Regions     []string   `json:"regions"`
}

type sourceArticle struct {
	sourceCommon
	Summary      string `json:"summary"`
	BodyMarkdown string `json:"body_markdown"`
	Type         string `json:"type"`
}

type sourceFile struct {
	sourceCommon
	File        string `json:"file"`
	Description string `json:"description"`
	Kind        string `json:"kind"`
	SHA256      string `json:"sha256"`
	Attribution string `json:"attribution"`
}

const (
	maxBody = 4 << 20 // bytes of Markdown
	maxTags = 60
)

// refusal says why an item is not imported: a reason for programs, an explanation for people.
type refusal struct{ reason, explanation string }

// Error implements error.
func (r refusal) Error() string { return r.reason + ": " + r.explanation }

func refused(reason, format string, args ...any) error {
	return refusal{reason, fmt.Sprintf(format, args...)}
}

// parseArticle reads one line of articles.jsonl.
func parseArticle(line []byte) (Imported, error) {
	var a sourceArticle
	if err := decodeLine(line, &a); err != nil {
		return Imported{}, err
	}
	in, err := a.imported(a.ID, a.Title, a.Summary, a.Type)
	if err != nil {
		return in, err
	}
	if len(a.BodyMarkdown) > maxBody {
		return in, refused("too_long", "The text has more than %d MiB.", maxBody>>20)
	}
	in.BodyMarkdown = tidy(a.BodyMarkdown)
	return in, nil
}

// parseFile reads one line of files.jsonl. The file itself is looked at later.
func parseFile(line []byte) (in Imported, f sourceFile, err error) {
	if err := decodeLine(line, &f); err != nil {
		return in, f, err
	}
	if f.File == "" || !utf8.ValidString(f.File) {
		return in, f, refused("file_missing", "There is no name of a file.")
	}
	if f.ID == "" {
		f.ID = f.File
	}
	if f.Title == "" {
		f.Title = strings.TrimSuffix(path.Base(f.File), path.Ext(f.File))
	}
	if f.Attribution != "" && f.Licence != "" {
		f.Licence += "; " + f.Attribution
	}
	if f.Kind == "" {
		f.Kind = "document"
	}
	in, err = f.imported(f.ID, f.Title, f.Description, f.Kind)
	return in, f, err
}

func decodeLine(line []byte, to any) error {
	if !utf8.Valid(line) {
		return refused("not_utf8", "The line is not UTF-8.")
	}
	if err := json.Unmarshal(bytes.TrimSpace(line), to); err != nil {
		return refused("not_json", "The line is not a JSON object of this format: %s.", strings.TrimPrefix(err.Error(), "json: "))
	}
	return nil
}

var langPattern = regexp.MustCompile(`^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$`)

// imported checks what both kinds of lines have.
func (c sourceCommon) imported(id, title, summary, kind string) (Imported, error) {
	title, summary = strings.Join(strings.Fields(tidy(title)), " "), strings.TrimSpace(tidy(summary))
	contentType, known := ContentTypeOf(kind)
	switch {
	case id == "" || len(id) > 200:
		return Imported{}, refused("id", "An id of 1 to 200 bytes is needed.")
	case title == "":
		return Imported{}, refused("title_missing", "There is no title.")
	case utf8.RuneCountInString(title) > 300:
		return Imported{}, refused("title_too_long", "The title has more than 300 characters.")
	case utf8.RuneCountInString(summary) > 4000:
		return Imported{}, refused("summary_too_long", "The summary has more than 4,000 characters.")
	case !known:
		return Imported{}, refused("type_unknown", "The type %q is not known.", kind)
	case len(c.Tags) > maxTags || len(c.Authors) > maxTags:
		return Imported{}, refused("too_many", "There are more than %d tags or authors.", maxTags)
	}
	if c.Lang == "" {
		c.Lang = "en"
	}
	if !langPattern.MatchString(c.Lang) {
		return Imported{}, refused("lang", "The language %q is not a code such as en or pt-BR.", c.Lang)
	}
	if c.PublishedAt != nil && (c.PublishedAt.Year() < 1900 || c.PublishedAt.Year() > 2200) {
		return Imported{}, refused("date", "The date %s is out of range.", c.PublishedAt.Format(time.DateOnly))
	}
	in := Imported{SourceID: tidy(id), SourceRepo: tidy(c.SourceRepo), SourcePath: tidy(c.SourcePath), Licence: tidy(c.Licence), Title: title, Summary: summary,
		ContentType: contentType, Lang: c.Lang, Authors: words(c.Authors), PublishedAt: c.PublishedAt}
	in.Taxonomy = guess(contentType, words(c.Tags), title)
	for given, to := range map[*[]string]*[]string{&c.Personas: &in.Taxonomy.Personas, &c.Stages: &in.Taxonomy.Stages, &c.Industries: &in.Taxonomy.Industries,
		&c.Products: &in.Taxonomy.Products, &c.Regions: &in.Taxonomy.Regions} {
		if *given != nil { // what the source says beats any guess
			*to = words(*given)
		}
	}
	return in, nil
}

// tidy drops what PostgreSQL cannot store.
func tidy(s string) string { return strings.ReplaceAll(s, "\x00", "") }

// words trims, and drops what is empty, doubled or too long to be a word.
func words(list []string) []string {
	out := make([]string, 0, len(list))
	for _, w := range list {
		w = strings.TrimSpace(tidy(w))
		if w != "" && utf8.RuneCountInString(w) <= 100 && !slices.Contains(out, w) {
			out = append(out, w)
		}
	}
	return out
}
