package seed

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"byline/backend/internal/comments"
	"byline/backend/internal/posts"
)

type postData struct {
	Key         string     `json:"key"`
	Owner       string     `json:"owner"`
	Writer      string     `json:"writer"`
	Day         float64    `json:"day"`
	Network     string     `json:"network"`
	Resource    string     `json:"resource"`
	Text        string     `json:"text"`
	Suggestions []string   `json:"suggestions"`
	Disclosure  string     `json:"disclosure"`
	Picture     string     `json:"picture"`
	ExpiresIn   int        `json:"expires_in"` // days from now
	Steps       []postStep `json:"steps"`
	Readers     int        `json:"readers"` // people who open its link
}

type postStep struct {
	Day  float64 `json:"day"`
	By   string  `json:"by"` // "" is the writer for an offer and the owner for all else
	Do   string  `json:"do"`
	Text string  `json:"text"`
}

func (w *world) planPosts() error {
	all, err := load[[]postData]("posts.json")
	if err != nil {
		return err
	}
	for _, p := range all {
		key := "post/" + p.Key
		w.plan(p.Day, p.Writer, key, func(ctx context.Context) error { return w.writePost(ctx, key, p) })
		for _, s := range p.Steps {
			who := s.By
			switch {
			case s.Do == "expire":
				who = ""
			case who == "" && s.Do == "offer":
				who = p.Writer
			case who == "":
				who = p.Owner
			}
			w.plan(s.Day, who, s.Do+" "+key, func(ctx context.Context) error { return w.postStep(ctx, key, p, s) })
		}
		w.clicks = append(w.clicks, clicked{key, p.Network, p.Readers})
	}
	return nil
}

func (w *world) input(p postData, text string) posts.Input {
	in := posts.Input{OwnerID: w.person(p.Owner), Network: p.Network, Text: text, Suggestions: p.Suggestions, Disclosure: p.Disclosure}
	if p.Resource != "" {
		in.ResourceID = uuid.NullUUID{UUID: w.ids["resource/"+p.Resource], Valid: true}
		in.LinkTarget = "https://www.kelvora.example/resources/" + p.Resource
	}
	if p.Picture != "" {
		in.MediaAssetID = uuid.NullUUID{UUID: w.ids["picture/"+p.Writer+"/"+p.Picture], Valid: true}
	}
	if p.ExpiresIn != 0 {
		at := w.now.AddDate(0, 0, p.ExpiresIn)
		if at.Before(w.now) { // the service refuses the past; the step "expire" puts it right
			at = w.now.Add(time.Hour)
		}
		in.ExpiresAt = &at
	}
	return in
}

func (w *world) writePost(ctx context.Context, key string, p postData) error {
	if p.Picture != "" {
		name := "picture/" + p.Writer + "/" + p.Picture
		if w.ids[name] == uuid.Nil {
			id, err := w.makeFile(ctx, p.Picture, "", "", "")
			if err != nil {
				return err
			}
			w.ids[name] = id
		}
	}
	made, err := w.Posts.Create(ctx, w.input(p, p.Text))
	w.ids[key] = made.ID
	return err
}

func (w *world) postStep(ctx context.Context, key string, p postData, s postStep) (err error) {
	id := w.ids[key]
	switch s.Do {
	case "offer":
		_, err = w.Posts.Offer(ctx, id)
	case "edit":
		var now posts.Post
		if now, err = w.Posts.Get(ctx, id); err == nil {
			_, err = w.Posts.Update(ctx, id, now.Rev, w.input(p, s.Text))
		}
	case "seal":
		var now posts.Post
		if now, err = w.Posts.Get(ctx, id); err == nil {
			_, err = w.Posts.Seal(ctx, id, now.Hash)
		}
	case "share":
		_, err = w.Posts.Share(ctx, id, s.Text)
	case "decline":
		_, err = w.Posts.Decline(ctx, id, s.Text)
	case "recall":
		_, err = w.Posts.Recall(ctx, id, s.Text)
	case "comment":
		err = w.talk(ctx, comments.Object{Type: "post", ID: id}, s.Text)
	case "expire":
		if _, err = w.DB.PG(ctx).Exec(ctx, `UPDATE posts SET expires_at = $2 WHERE id = $1`, id, w.now.AddDate(0, 0, p.ExpiresIn)); err == nil {
			err = w.Posts.Expire(ctx, posts.ExpireArgs{})
		}
	default:
		err = fmt.Errorf("unknown step %q", s.Do)
	}
	return err
}
