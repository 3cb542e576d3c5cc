package seed

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"byline/backend/internal/comments"
	"byline/backend/internal/library"
	"byline/backend/internal/seed/paper"
)

// resourceData is the first line of a file in data/resources; the Markdown body follows.
type resourceData struct {
	Day         float64    `json:"day"`
	By          string     `json:"by"` // who brought it in
	Owner       string     `json:"owner"`
	Title       string     `json:"title"`
	Summary     string     `json:"summary"`
	Type        string     `json:"type"`
	Lang        string     `json:"lang"`
	Personas    []string   `json:"personas"`
	Stages      []string   `json:"stages"`
	Industries  []string   `json:"industries"`
	Products    []string   `json:"products"`
	Regions     []string   `json:"regions"`
	Tags        []string   `json:"tags"`
	Internal    bool       `json:"internal"` // not to be shared outside
	Due         float64    `json:"due"`      // its review fell due so many days ago
	Verified    float64    `json:"verified"` // its owner said so many days ago that it is still right
	Expired     float64    `json:"expired"`
	Archived    float64    `json:"archived"`
	File        string     `json:"file"` // name of its file, made of its text, or of a picture in pictures.json
	Earlier     *earlier   `json:"earlier"`
	Favourites  string     `json:"favourites"`
	Views       int        `json:"views"`
	Comments    []talkData `json:"comments"`
	body        string
	key         string
	contentPath string
}

// earlier is what the file of a resource was before it was replaced.
type earlier struct {
	Until   float64     `json:"until"` // its owner put the new one in so many days ago
	File    string      `json:"file"`
	Changes [][2]string `json:"changes"` // what stands in the text now, and what stood there
	Note    string      `json:"note"`    // what the owner said of it
}

type pictureData struct {
	Chart  *paper.Chart `json:"chart"`
	Title  string       `json:"title"` // of a banner
	Line   string       `json:"line"`
	Colour int          `json:"colour"`
}

func (w *world) planResources() error {
	files, err := fs.Glob(data, "data/resources/*.md")
	if err != nil {
		return err
	}
	for _, name := range files {
		raw, err := data.ReadFile(name)
		if err != nil {
			return err
		}
		head, body, _ := bytes.Cut(raw, []byte("\n"))
		r := resourceData{Lang: "en", body: strings.TrimSpace(string(body)), contentPath: name,
			key: strings.TrimSuffix(strings.TrimPrefix(name, "data/resources/"), ".md")}
		d := json.NewDecoder(bytes.NewReader(head))
		d.DisallowUnknownFields()
		if err := d.Decode(&r); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		w.planResource(r)
	}
	return nil
}

func (w *world) planResource(r resourceData) {
	key := "resource/" + r.key
	w.plan(r.Day, r.By, key, func(ctx context.Context) error { return w.bringIn(ctx, key, r) })
	for _, who := range strings.Fields(r.Favourites) {
		w.plan(r.Day*0.6-0.5, who, "favourite "+key, func(ctx context.Context) error { return w.Library.Favourite(ctx, w.ids[key], true) })
	}
	for _, c := range r.Comments {
		w.plan(c.Day, c.By, "comment on "+key, func(ctx context.Context) error {
			return w.talk(ctx, comments.Object{Type: "resource", ID: w.ids[key]}, c.Text)
		})
	}
	if r.Verified > 0 {
		w.plan(r.Verified, r.Owner, "verify "+key, func(ctx context.Context) error {
			_, err := w.Library.Verify(ctx, w.ids[key], 180)
			return err
		})
	}
	if r.Earlier != nil {
		w.plan(r.Earlier.Until, r.Owner, "new file of "+key, func(ctx context.Context) error {
			file, err := w.makeFile(ctx, r.File, r.Title, r.Summary, r.body)
			if err != nil {
				return err
			}
			_, err = w.Library.ReplaceFile(ctx, w.ids[key], file, uuid.Nil, r.Earlier.Note)
			return err
		})
	}
	if r.Due > 0 {
		w.plan(r.Due, "", "review of "+key, func(ctx context.Context) error { return w.Library.MarkReviewDue(ctx, library.MarkDue{}) })
	}
	if r.Expired > 0 {
		// expiry is enforced at request time and needs no job; the state is what lists show
		w.plan(r.Expired, "", "expiry of "+key, func(ctx context.Context) error {
			_, err := w.DB.PG(ctx).Exec(ctx, `UPDATE resources SET state = 'expired', updated_at = now() WHERE id = $1`, w.ids[key])
			return err
		})
	}
	if r.Archived > 0 {
		w.plan(r.Archived, r.Owner, "archive "+key, func(ctx context.Context) error {
			_, err := w.Library.Archive(ctx, w.ids[key], true)
			return err
		})
	}
	w.views = append(w.views, viewed{key, r.Day, r.Views})
}

// bringIn imports a resource with its file, and gives it an owner and a date for its next review.
func (w *world) bringIn(ctx context.Context, key string, r resourceData) error {
	text, err := library.MarkdownText(r.body)
	if err != nil {
		return err
	}
	published := w.now.Add(-time.Duration(r.Day * float64(24*time.Hour)))
	taxonomy := library.Taxonomy{Personas: r.Personas, Stages: r.Stages, Industries: r.Industries, Products: r.Products, Regions: r.Regions, Tags: r.Tags}
	in := library.Imported{SourceID: "demo/" + r.key, SourceRepo: "demo", SourcePath: r.contentPath, Title: r.Title, Summary: r.Summary, ContentType: r.Type,
		Lang: r.Lang, BodyMarkdown: r.body, BodyText: text, Authors: []string{w.users[r.Owner].Name}, Taxonomy: taxonomy, PublishedAt: &published}
	if r.File != "" {
		name, body := r.File, r.body
		if e := r.Earlier; e != nil {
			name = e.File
			for _, c := range e.Changes {
				if !strings.Contains(body, c[0]) {
					return fmt.Errorf("%s: its text has no %q", key, c[0])
				}
				body = strings.ReplaceAll(body, c[0], c[1])
			}
		}
		if in.Asset, err = w.makeFile(ctx, name, r.Title, r.Summary, body); err != nil {
			return err
		}
	}
	id, _, err := w.Library.Import(ctx, in)
	if err != nil {
		return err
	}
	w.ids[key] = id
	d := library.Details{Title: r.Title, Summary: r.Summary, ContentType: r.Type, Lang: r.Lang, Taxonomy: taxonomy, Shareable: !r.Internal, Downloads: library.Downloads{Inside: true, Outside: true},
		OwnerID: uuid.NullUUID{UUID: w.person(r.Owner), Valid: true}, ReviewDueOn: w.days(max(180-int(r.Day), 20))}
	if !r.Internal {
		d.PublicURL = "https://www.kelvora.example/resources/" + r.key
	}
	if r.Due > 0 {
		d.ReviewDueOn = w.days(-int(r.Due))
	}
	if r.Expired > 0 {
		at := w.now.Add(-time.Duration(r.Expired * float64(24*time.Hour)))
		d.ExpiresAt = &at
	}
	now, err := w.Library.Resource(ctx, id)
	if err != nil {
		return err
	}
	_, err = w.Library.UpdateResource(ctx, id, now.Rev, d)
	return err
}

// makeFile makes the file of a text, by the ending of its name, or the picture of that name.
func (w *world) makeFile(ctx context.Context, name, title, subtitle, body string) (uuid.UUID, error) {
	p := piece("Kelvora", title, subtitle, blocks(body))
	var content []byte
	var err error
	switch {
	case strings.HasSuffix(name, ".pdf"):
		content = p.PDF()
	case strings.HasSuffix(name, ".pptx"):
		content, err = p.PPTX()
	case strings.HasSuffix(name, ".docx"):
		content, err = p.DOCX()
	default:
		content, err = picture(name)
	}
	if err != nil {
		return uuid.Nil, err
	}
	return w.keep(ctx, name, content)
}

func picture(name string) ([]byte, error) {
	all, err := load[map[string]pictureData]("pictures.json")
	if err != nil {
		return nil, err
	}
	p, ok := all[name]
	if !ok {
		return nil, fmt.Errorf("no picture %q in pictures.json", name)
	}
	if p.Chart != nil {
		return p.Chart.PNG()
	}
	return paper.Banner(p.Title, p.Line, p.Colour)
}

// viewed says how often a resource was opened since some day.
type viewed struct {
	key   string
	day   float64
	views int
}

// countViews spreads views over people and days. It writes rows itself, since the service counts a view of today only.
func (w *world) countViews(ctx context.Context) error {
	names := make([]string, 0, len(w.users))
	c, err := company()
	if err != nil {
		return err
	}
	for _, p := range c.People {
		names = append(names, p.Key)
	}
	var rows [][]any
	for _, v := range w.views {
		seen := map[string]bool{}
		for range v.views {
			ago := int(v.day * (1 - w.random.Float64()*w.random.Float64())) // more of them soon after it appeared
			who, day := names[w.random.IntN(len(names))], w.now.AddDate(0, 0, -ago)
			if k := who + day.Format(time.DateOnly); !seen[k] && day.Weekday() != time.Sunday {
				seen[k] = true
				rows = append(rows, []any{w.ids[v.key], w.person(who), day})
			}
		}
	}
	if _, err := w.DB.PG(ctx).CopyFrom(ctx, pgx.Identifier{"resource_views"}, []string{"resource_id", "user_id", "day"}, pgx.CopyFromRows(rows)); err != nil {
		return err
	}
	_, err = w.DB.PG(ctx).Exec(ctx, `UPDATE resources r SET views = (SELECT count(*) FROM resource_views v WHERE v.resource_id = r.id)`)
	return err
}
