package seed

import (
	"context"
	"fmt"
	"strings"

	"github.com/google/uuid"

	"byline/backend/internal/comments"
	"byline/backend/internal/drafts"
)

type draftData struct {
	Key          string   `json:"key"` // its text is drafts/<key>.md
	By           string   `json:"by"`
	Writer       string   `json:"writer"`
	Day          float64  `json:"day"`
	Type         string   `json:"type"`
	Title        string   `json:"title"`
	Confidential bool     `json:"confidential"`
	Ideas        []string `json:"ideas"`
	Contributors string   `json:"contributors"`
	Approvers    string   `json:"approvers"`
	Plan         struct {
		Summary      string   `json:"summary"`
		Audience     string   `json:"audience"`
		Stage        string   `json:"stage"`
		KeyMessage   string   `json:"key_message"`
		Proof        string   `json:"proof"`
		CallToAction string   `json:"call_to_action"`
		Channel      string   `json:"channel"`
		Expert       string   `json:"expert"`
		DueIn        int      `json:"due_in"`     // days from now, also negative
		PublishIn    int      `json:"publish_in"` // likewise
		Tags         []string `json:"tags"`
		Shareable    bool     `json:"shareable"`
	} `json:"plan"`
	Steps []draftStep `json:"steps"`
	Views int         `json:"views"`
}

type draftStep struct {
	Day  float64 `json:"day"`
	By   string  `json:"by"`
	Do   string  `json:"do"`
	Part int     `json:"part"` // percent of the text that is saved; 0 means all
	Was  string  `json:"was"`  // a passage as it stood before a later edit put it right
	Is   string  `json:"is"`
	Text string  `json:"text"` // of a comment, label or caption
	On   string  `json:"on"`   // the words that a thread is about
	File string  `json:"file"`
	Of   string  `json:"of"` // the text that a file is made of, in drafts/
}

func (w *world) planDrafts() error {
	all, err := load[[]draftData]("drafts.json")
	if err != nil {
		return err
	}
	for _, d := range all {
		w.planDraft(d)
	}
	return nil
}

func (w *world) planDraft(d draftData) {
	key := "draft/" + d.Key
	w.dues[d.Key] = w.days(d.Plan.DueIn)
	w.plan(d.Day, d.By, key, func(ctx context.Context) error {
		in := drafts.Input{Title: d.Title, ContentType: d.Type, Confidential: d.Confidential, WriterID: w.person(d.Writer),
			Contributors: w.persons(d.Contributors), Approvers: w.persons(d.Approvers)}
		p := d.Plan
		in.Plan = drafts.Plan{Summary: p.Summary, Audience: p.Audience, Stage: p.Stage, KeyMessage: p.KeyMessage, Proof: p.Proof, CallToAction: p.CallToAction,
			Channel: p.Channel, PublishOn: w.days(p.PublishIn), Tags: p.Tags, Shareable: p.Shareable}
		if p.Shareable {
			in.Plan.PublicURL = "https://www.kelvora.example/resources/" + d.Key
		}
		if p.Expert != "" {
			in.Plan.ExpertID = uuid.NullUUID{UUID: w.person(p.Expert), Valid: true}
		}
		for _, i := range d.Ideas {
			in.Ideas = append(in.Ideas, w.ids["idea/"+i])
		}
		made, err := w.Drafts.Create(ctx, in)
		w.ids[key] = made.ID
		return err
	})
	for _, s := range d.Steps {
		w.plan(s.Day, s.By, s.Do+" "+key, func(ctx context.Context) error { return w.draftStep(ctx, d, s) })
		if s.Do == "publish" {
			w.views = append(w.views, viewed{"resource/" + d.Key, s.Day, d.Views})
		}
	}
}

// planSteps gives the steps of the demo's drafts days around today: those that are over a day near their end, the one that
// is under way the day of the data file, the next ones three working days each.
func (w *world) planSteps(ctx context.Context) error {
	for key, due := range w.dues {
		if _, err := w.DB.PG(ctx).Exec(ctx, `UPDATE draft_steps s SET answered = true, due_on = CASE
				WHEN s.finished_at IS NOT NULL THEN s.finished_at::date + CASE s.step WHEN 'brief' THEN 1 WHEN 'writing' THEN -1 ELSE 0 END
				WHEN s.step = d.state THEN coalesce($2::date, s.due_on)
				WHEN s.step = 'in_review' THEN least(coalesce($2::date, current_date) + 3, d.publish_on - 2) ELSE s.due_on END
			FROM drafts d WHERE d.id = s.draft_id AND s.draft_id = $1 AND s.step <> 'approved'`, w.ids["draft/"+key], due); err != nil {
			return err
		}
	}
	// one draft whose brief took longer than planned, so that there is something to decide
	_, err := w.DB.PG(ctx).Exec(ctx, `UPDATE draft_steps SET due_on = finished_at::date - 2, answered = false WHERE step = 'brief' AND draft_id = (
		SELECT d.id FROM drafts d WHERE d.state = 'writing' AND NOT d.confidential AND d.publish_on IS NOT NULL ORDER BY d.id LIMIT 1)`)
	if err == nil {
		_, err = w.DB.PG(ctx).Exec(ctx, `UPDATE drafts SET calendar_changed_at = least(calendar_changed_at, updated_at)`)
	}
	return err
}

func (w *world) draftStep(ctx context.Context, d draftData, s draftStep) (err error) {
	id := w.ids["draft/"+d.Key]
	switch s.Do {
	case "start", "reopen":
		_, err = w.Drafts.Move(ctx, id, s.Do)
	case "save":
		err = w.saveText(ctx, id, d.Key, s)
	case "lift": // somebody of sales may edit
		_, err = w.Drafts.SetEdits(ctx, id, w.person(s.Text), true)
	case "suggest":
		err = w.suggestText(ctx, id, s)
	case "file":
		err = w.addFile(ctx, id, d, s)
	case "keep": // what somebody worked on for ten minutes
		err = w.Drafts.KeepAfter(ctx, 0)
	case "name":
		err = w.Drafts.NameVersion(ctx, id, s.Text)
	case "comment":
		err = w.talk(ctx, comments.Object{Type: "draft", ID: id}, s.Text)
	case "pick":
		err = w.pickEvidence(ctx, id)
	case "mark": // words of the text, to say something about them
		err = w.startThread(ctx, d.Key, s)
	case "answer":
		text, mentioned := w.mentions(s.Text)
		_, err = w.Comments.Reply(ctx, w.ids[threadKey(d.Key, s)], text, mentioned)
	case "resolve":
		_, err = w.Comments.SetResolved(ctx, w.ids[threadKey(d.Key, s)], true)
	case "submit":
		_, err = w.Drafts.Submit(ctx, id)
	case "resubmit":
		_, err = w.Drafts.Resubmit(ctx, id)
	case "request":
		_, err = w.Drafts.RequestChanges(ctx, id, s.Text)
	case "approve":
		err = w.approve(ctx, id)
	case "publish":
		var published drafts.Draft
		published, err = w.Drafts.Publish(ctx, id)
		w.ids["resource/"+d.Key] = published.ResourceID.UUID
	default:
		err = fmt.Errorf("unknown step %q", s.Do)
	}
	return err
}

// pickEvidence takes the first piece of evidence of the draft's ideas into its brief.
func (w *world) pickEvidence(ctx context.Context, id uuid.UUID) error {
	e, err := w.Drafts.Evidence(ctx, id)
	if err != nil {
		return err
	}
	if len(e.Offered) == 0 {
		return fmt.Errorf("draft %s has nothing to pick", id)
	}
	_, err = w.Drafts.PickEvidence(ctx, id, e.Offered[0].ID)
	return err
}

// saveText writes a part of the text, or a version of it in which a passage was still another.
func (w *world) saveText(ctx context.Context, id uuid.UUID, key string, s draftStep) error {
	raw, err := data.ReadFile("data/drafts/" + key + ".md")
	if err != nil {
		return err
	}
	text := string(raw)
	if s.Was != "" {
		if !strings.Contains(text, s.Is) {
			return fmt.Errorf("%s.md does not say %q", key, s.Is)
		}
		text = strings.Replace(text, s.Is, s.Was, 1)
	}
	bs := blocks(text)
	if s.Part > 0 {
		bs = bs[:max(1, len(bs)*s.Part/100)]
	}
	doc, err := document(bs, func(name string) (uuid.UUID, error) { return w.pictureOf(ctx, key, name) })
	if err != nil {
		return err
	}
	now, err := w.Drafts.Document(ctx, id)
	if err != nil {
		return err
	}
	_, err = w.Drafts.SaveDocument(ctx, id, now.Version, doc)
	return err
}

// pictureOf gives a picture in the text of a draft: it is made when somebody first saves it.
func (w *world) pictureOf(ctx context.Context, draft, name string) (uuid.UUID, error) {
	key := "picture/" + draft + "/" + name
	if id, ok := w.ids[key]; ok {
		return id, nil
	}
	id, err := w.makeFile(ctx, name, "", "", "")
	w.ids[key] = id
	return id, err
}

func (w *world) addFile(ctx context.Context, id uuid.UUID, d draftData, s draftStep) error {
	var text []byte
	if s.Of != "" {
		var err error
		if text, err = data.ReadFile("data/drafts/" + s.Of + ".md"); err != nil {
			return err
		}
	}
	asset, err := w.makeFile(ctx, s.File, d.Title, d.Plan.Summary, string(text))
	if err != nil {
		return err
	}
	return w.Drafts.AddAsset(ctx, id, asset, s.Text)
}

// approve says yes to the version that waits for it.
func (w *world) approve(ctx context.Context, id uuid.UUID) error {
	d, err := w.Drafts.Get(ctx, id)
	if err != nil {
		return err
	}
	v, err := w.Drafts.Version(ctx, id, d.CurrentVersionID.UUID)
	if err != nil {
		return err
	}
	if err := w.Drafts.Look(ctx, id, v.DocVersion); err != nil {
		return err
	}
	_, err = w.Drafts.Approve(ctx, id, v.ID, v.Hash)
	return err
}
