package seed

import (
	"context"
	"strings"

	"byline/backend/internal/comments"
	"byline/backend/internal/ideas"
)

type ideaData struct {
	Key        string           `json:"key"`
	By         string           `json:"by"`
	Day        float64          `json:"day"`
	Kind       ideas.Kind       `json:"kind"`
	Title      string           `json:"title"`
	Body       string           `json:"body"`
	Tags       []string         `json:"tags"`
	Visibility ideas.Visibility `json:"visibility"`
	People     string           `json:"people"`
	NeededIn   int              `json:"needed_in"` // days from now
	Votes      string           `json:"votes"`
	Evidence   []struct {
		By     string   `json:"by"`
		Day    float64  `json:"day"`
		Kind   string   `json:"kind"`
		Text   string   `json:"text"`
		Source string   `json:"source"`
		Value  *float64 `json:"value"`
	} `json:"evidence"`
	Comments []talkData `json:"comments"`
	Moves    []struct {
		By     string      `json:"by"`
		Day    float64     `json:"day"`
		To     ideas.State `json:"to"`
		Reason string      `json:"reason"`
		Into   string      `json:"into"` // of a merge
	} `json:"moves"`
}

type talkData struct {
	By   string  `json:"by"`
	Day  float64 `json:"day"`
	Text string  `json:"text"`
}

func (w *world) planIdeas() error {
	all, err := load[[]ideaData]("ideas.json")
	if err != nil {
		return err
	}
	for _, i := range all {
		w.planIdea(i)
	}
	return nil
}

func (w *world) planIdea(i ideaData) {
	key := "idea/" + i.Key
	object := func() comments.Object { return comments.Object{Type: "idea", ID: w.ids[key]} }
	w.plan(i.Day, i.By, key, func(ctx context.Context) error {
		made, err := w.Ideas.Create(ctx, ideas.Input{Kind: i.Kind, Title: i.Title, Body: i.Body, Tags: i.Tags, Visibility: i.Visibility,
			NeededBy: w.days(i.NeededIn), People: w.persons(i.People)})
		w.ids[key] = made.ID
		return err
	})
	for n, voter := range strings.Fields(i.Votes) { // over the first days, while it is new to everybody
		w.plan(i.Day-0.15-0.3*float64(n), voter, "vote on "+key, func(ctx context.Context) error {
			_, err := w.Ideas.Vote(ctx, w.ids[key], true)
			return err
		})
	}
	for _, e := range i.Evidence {
		w.plan(e.Day, e.By, "evidence on "+key, func(ctx context.Context) error {
			_, err := w.Ideas.AddEvidence(ctx, ideas.Evidence{IdeaID: w.ids[key], Kind: e.Kind, Text: e.Text, Source: e.Source, DealValue: e.Value})
			return err
		})
	}
	for _, c := range i.Comments {
		w.plan(c.Day, c.By, "comment on "+key, func(ctx context.Context) error { return w.talk(ctx, object(), c.Text) })
	}
	for _, m := range i.Moves {
		w.plan(m.Day, m.By, "move of "+key, func(ctx context.Context) (err error) {
			if m.Into != "" {
				_, err = w.Ideas.Merge(ctx, w.ids[key], w.ids["idea/"+m.Into])
			} else {
				_, err = w.Ideas.Move(ctx, w.ids[key], 0, m.To, m.Reason)
			}
			return err
		})
	}
}
