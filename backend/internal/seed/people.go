package seed

import (
	"bytes"
	"context"
	"strings"

	"github.com/google/uuid"

	"byline/backend/internal/library"
	"byline/backend/internal/people"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/seed/paper"
)

type companyData struct {
	Name   string            `json:"name"`
	Domain string            `json:"domain"`
	Teams  map[string]string `json:"teams"`
	People []personData      `json:"people"`
}

type personData struct {
	Key      string    `json:"key"`
	Name     string    `json:"name"`
	Side     auth.Side `json:"side"`
	Lead     bool      `json:"lead"`
	Admin    bool      `json:"admin"`
	Team     string    `json:"team"`
	Title    string    `json:"title"`
	Bio      string    `json:"bio"`
	Timezone string    `json:"timezone"`
}

func company() (companyData, error) { return load[companyData]("company.json") }

func (p personData) email() string { return p.Key + "@kelvora.example" }

func (p personData) role() string {
	role := string(p.Side)
	switch {
	case p.Lead:
		role += " lead"
	case p.Side == auth.Sales:
		role = "sales rep"
	default:
		role = "marketer"
	}
	if p.Admin {
		role += ", admin"
	}
	return role
}

// makePeople adds everybody at once, since all steps act as somebody; their pictures follow as steps.
func (w *world) makePeople(ctx context.Context, hash string) error {
	c, err := company()
	if err != nil {
		return err
	}
	teams := map[string]uuid.NullUUID{}
	for key, name := range c.Teams {
		t := people.Team{Name: name}
		if err := w.People.CreateTeam(ctx, &t); err != nil {
			return err
		}
		teams[key] = uuid.NullUUID{UUID: t.ID, Valid: true}
	}
	for i, p := range c.People {
		u := people.User{Email: p.email(), Name: p.Name, Side: p.Side, Lead: p.Lead, Admin: p.Admin, TeamID: teams[p.Team], Title: p.Title, Bio: p.Bio,
			Timezone: p.Timezone, PasswordHash: hash}
		if err := w.People.Create(ctx, &u); err != nil {
			return err
		}
		w.users[p.Key] = auth.User{ID: u.ID, Name: u.Name, Email: u.Email, Side: u.Side, Lead: u.Lead, Admin: u.Admin, TeamID: u.TeamID}
		w.plan(92-float64(i)*0.05, p.Key, "picture", func(ctx context.Context) error {
			words := strings.Fields(p.Name)
			content, err := paper.Avatar(words[0][:1]+words[len(words)-1][:1], i)
			if err != nil {
				return err
			}
			picture, err := w.keep(ctx, p.Key+".png", content)
			if err != nil {
				return err
			}
			_, err = w.People.UpdateProfile(ctx, u.Rev, people.Profile{Name: u.Name, Title: u.Title, Bio: u.Bio, Timezone: u.Timezone,
				PictureAssetID: uuid.NullUUID{UUID: picture, Valid: true}})
			return err
		})
	}
	// the company existed before its first step here
	if _, err := w.DB.PG(ctx).Exec(ctx, `UPDATE users SET created_at = $1, updated_at = $1`, w.now.AddDate(0, 0, -95)); err != nil {
		return err
	}
	_, err = w.DB.PG(ctx).Exec(ctx, `UPDATE teams SET created_at = $1`, w.now.AddDate(0, 0, -95))
	return err
}

// keep stores a file for the person in ctx and reads it at once: drafts and posts need files that are ready.
func (w *world) keep(ctx context.Context, name string, content []byte) (uuid.UUID, error) {
	a, err := w.Library.Ingest(ctx, name, int64(len(content)), bytes.NewReader(content))
	if err != nil {
		return uuid.Nil, err
	}
	return a.ID, w.Library.Process(w.as(ctx, ""), library.ProcessAsset{AssetID: a.ID})
}
