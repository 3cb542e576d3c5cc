package seed

import (
	"context"

	"github.com/google/uuid"

	"byline/backend/internal/shares"
)

type shareData struct {
	Key          string      `json:"key"`
	Owner        string      `json:"owner"`
	Day          float64     `json:"day"`
	Recipient    string      `json:"recipient"`
	Organisation string      `json:"organisation"`
	Email        string      `json:"email"`
	Note         string      `json:"note"`
	Resources    []string    `json:"resources"`
	ExpiresIn    int         `json:"expires_in"` // days from now
	Downloads    bool        `json:"downloads"`
	Once         bool        `json:"once"`
	Passcode     string      `json:"passcode"`
	Domains      []string    `json:"domains"` // asks for an address, there or of the recipient
	Revoked      float64     `json:"revoked"`
	Visits       []visitData `json:"visits"`
}

type visitData struct {
	Day     float64 `json:"day"`
	Device  string  `json:"device"` // scanner and preview are robots
	Seconds int     `json:"seconds"`
	Keep    bool    `json:"keep"`
}

func (w *world) planShares() error {
	if w.Shares == nil {
		return nil
	}
	all, err := load[[]shareData]("shares.json")
	if err != nil {
		return err
	}
	for _, x := range all {
		key := "share/" + x.Key
		w.plan(x.Day, x.Owner, key, func(ctx context.Context) error { return w.share(ctx, key, x) })
		for _, v := range x.Visits {
			w.plan(v.Day, "", "visit of "+key, func(ctx context.Context) error { return w.visitShare(ctx, key, x, v) })
		}
		if x.Revoked > 0 {
			w.plan(x.Revoked, x.Owner, "revoke "+key, func(ctx context.Context) error {
				_, err := w.Shares.Revoke(ctx, []uuid.UUID{w.ids[key]}, false)
				return err
			})
		}
	}
	return nil
}

func (w *world) share(ctx context.Context, key string, x shareData) error {
	in := shares.Input{Recipient: x.Recipient, Organisation: x.Organisation, Email: x.Email, Note: x.Note, Downloads: x.Downloads, Once: x.Once}
	if x.Passcode != "" {
		in.Passcode = &x.Passcode
	}
	for _, r := range x.Resources {
		in.Resources = append(in.Resources, w.ids["resource/"+r])
	}
	made, err := w.Shares.Create(ctx, in)
	if err != nil {
		return err
	}
	w.ids[key] = made.ID
	// set afterwards, since one cannot make a share that has ended already, nor one that mails codes without a mail server
	_, err = w.DB.PG(ctx).Exec(ctx, `UPDATE shares SET expires_at = $2, email_gate = cardinality($3::text[]) > 0, domains = $3 WHERE id = $1`, made.ID, w.now.AddDate(0, 0, x.ExpiresIn), append([]string{}, x.Domains...))
	return err
}

// visitShare goes in by the door, as the recipient did. Only how long they read is written by hand: it takes time.
func (w *world) visitShare(ctx context.Context, key string, x shareData, v visitData) error {
	token, err := w.Shares.Token(w.as(ctx, x.Owner), w.ids[key])
	if err != nil {
		return err
	}
	who := shares.Visitor{Device: "demo " + v.Device, Signals: browser([]string{chrome, safari}[len(v.Device)%2]), Network: networks[len(v.Device)%len(networks)]}
	switch v.Device {
	case "scanner":
		who.Signals = robot("GET", "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Proofpoint URL Defense").signals
	case "preview":
		who.Signals = robot("GET", "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)").signals
	}
	if x.ExpiresIn < 0 { // it was open then
		if _, err := w.DB.PG(ctx).Exec(ctx, `UPDATE shares SET expires_at = $2 WHERE id = $1`, w.ids[key], w.now.AddDate(0, 0, 1)); err != nil {
			return err
		}
	}
	view, err := w.Shares.Open(ctx, token, who)
	if err != nil || view.Visit == uuid.Nil {
		return err
	}
	if err := w.readShare(ctx, token, who, view, v.Seconds); err != nil {
		return err
	}
	if v.Keep {
		for _, r := range view.Resources {
			for _, a := range r.Files {
				if _, err := w.Shares.File(ctx, token, who, a.ID, shares.Keep); err != nil {
					return err
				}
			}
		}
	}
	_, err = w.DB.PG(ctx).Exec(ctx, `UPDATE shares SET expires_at = $2 WHERE id = $1`, w.ids[key], w.now.AddDate(0, 0, x.ExpiresIn))
	return err
}

func (w *world) readShare(ctx context.Context, token string, who shares.Visitor, view shares.View, seconds int) error {
	first := shares.Read{Resource: view.Resources[0].ID, Seconds: 1}
	if err := w.Shares.Beat(ctx, token, who, view.Visit, []shares.Read{first}); err != nil {
		return err
	}
	var parts []shares.Read
	for _, r := range view.Resources {
		parts = append(parts, shares.Read{Resource: r.ID})
		for _, a := range r.Files {
			for page := range max(1, a.Pages) {
				parts = append(parts, shares.Read{Resource: r.ID, Asset: a.ID, Page: page + 1})
			}
		}
	}
	left := seconds - 1
	for i, p := range parts { // most read the beginning, and hardly anybody all of it
		s := min(left, left/4+i%3*(left/12))
		if i == len(parts)-1 {
			s = left
		}
		if s <= 0 {
			break
		}
		left -= s
		if _, err := w.DB.PG(ctx).Exec(ctx, `INSERT INTO share_reads AS x (visit_id, resource_id, asset_id, page, seconds) VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (visit_id, resource_id, asset_id, page) DO UPDATE SET seconds = x.seconds + excluded.seconds`, view.Visit, p.Resource, p.Asset, p.Page, s); err != nil {
			return err
		}
	}
	_, err := w.DB.PG(ctx).Exec(ctx, `UPDATE share_visits SET seconds = $2 WHERE id = $1`, view.Visit, seconds)
	return err
}
