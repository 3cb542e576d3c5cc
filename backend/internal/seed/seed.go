// Package seed fills an empty workspace with a demo company: its people, what they ask for, write, publish and share,
// and what came of it during the last 90 days. It acts through the domain services as the person who would have done
// each thing, so that every rule holds and every timeline is real. Never use it in production: everybody has the same,
// printed password.
package seed

import (
	"context"
	"embed"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"byline/backend/internal/collections"
	"byline/backend/internal/comments"
	"byline/backend/internal/demand"
	"byline/backend/internal/drafts"
	"byline/backend/internal/ideas"
	"byline/backend/internal/library"
	"byline/backend/internal/notify"
	"byline/backend/internal/people"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/posts"
	"byline/backend/internal/shares"
	"byline/backend/internal/views"
)

//go:embed data
var data embed.FS

// Deps are what the demo is made with. library.SetSees must have been called. Notify may be nil: then the inboxes stay
// to the jobs.
type Deps struct {
	DB          *db.DB
	People      *people.Service
	Ideas       *ideas.Service
	Comments    *comments.Service
	Library     *library.Service
	Drafts      *drafts.Service
	Posts       *posts.Service
	Notify      *notify.Service
	Views       *views.Service       // may be nil
	Collections *collections.Service // may be nil
	Shares      *shares.Service      // may be nil
	Demand      *demand.Service      // may be nil
}

// Password is everybody's in the demo workspace.
const Password = "kelvora-demo"

// SignIn is how one person of the demo signs in.
type SignIn struct {
	Name     string
	Email    string
	Password string
	Role     string // for people to read, e.g. "sales lead"
}

// SignIns lists all people of the demo, those first whom one wants to try first.
func SignIns() []SignIn {
	c, err := company()
	if err != nil { // it is compiled in, and a test reads it
		panic(err)
	}
	all := make([]SignIn, 0, len(c.People))
	for _, p := range c.People {
		all = append(all, SignIn{p.Name, p.email(), Password, p.role()})
	}
	return all
}

// Run makes the demo workspace, all in one transaction: a start that is killed leaves nothing. It does nothing where
// there are people already.
func Run(ctx context.Context, d Deps) error {
	hash, err := d.People.HashPassword(ctx, Password)
	if err != nil {
		return err
	}
	return d.DB.InTx(ctx, func(ctx context.Context) error {
		// two starts at the same time: the second waits here and then finds people
		if _, err := d.DB.PG(ctx).Exec(ctx, `LOCK TABLE users IN SHARE ROW EXCLUSIVE MODE`); err != nil {
			return err
		}
		var empty bool
		if err := d.DB.PG(ctx).QueryRow(ctx, `SELECT NOT EXISTS (SELECT FROM users)`).Scan(&empty); err != nil || !empty {
			return err
		}
		w := &world{Deps: d, now: db.Now(), users: map[string]auth.User{}, ids: map[string]uuid.UUID{}, dues: map[string]*time.Time{},
			random: rand.New(rand.NewPCG(90, 12))} //nolint:gosec // the same demo every time
		if err := w.makePeople(ctx, hash); err != nil {
			return err
		}
		for _, part := range []func() error{w.planResources, w.planIdeas, w.planDrafts, w.planPosts, w.planPlanning, w.planCollections, w.planShares, w.planDemand} {
			if err := part(); err != nil {
				return err
			}
		}
		for _, part := range []func(context.Context) error{w.live, w.planSteps, w.countViews, w.countHits, w.fillInboxes} {
			if err := part(ctx); err != nil {
				return err
			}
		}
		return nil
	})
}

// world is the demo company while it is made.
type world struct {
	Deps
	now    time.Time
	users  map[string]auth.User // by the short names of the data files
	ids    map[string]uuid.UUID // of things, by "kind/key"
	steps  []step
	random *rand.Rand
	views  []viewed
	dues   map[string]*time.Time // of the steps that drafts are in, by the keys of the drafts
	clicks []clicked
}

// step is one thing that somebody did, some days ago.
type step struct {
	day  float64
	what string
	who  string // "" is the system
	do   func(ctx context.Context) error
}

// plan notes a step. Things that happen on the same day happen in the order in which they are planned.
func (w *world) plan(day float64, who, what string, do func(ctx context.Context) error) {
	w.steps = append(w.steps, step{day, what, who, do})
}

// live does all steps in the order of their days, so that ids, which are ordered by time, tell the same story as the
// times that the clock then puts on the rows.
func (w *world) live(ctx context.Context) error {
	slices.SortStableFunc(w.steps, func(a, b step) int {
		switch {
		case a.day > b.day:
			return -1
		case a.day < b.day:
			return 1
		}
		return 0
	})
	c, err := startClock(ctx, w.DB, w.now)
	if err != nil {
		return err
	}
	for _, s := range w.steps {
		at := c.next(s.day)
		if err := s.do(w.as(ctx, s.who)); err != nil {
			return fmt.Errorf("demo, %.1f days ago, %s by %q: %w", s.day, s.what, s.who, err)
		}
		if err := c.set(ctx, at); err != nil {
			return err
		}
	}
	return c.stop(ctx)
}

// as gives the context of one of the people.
func (w *world) as(ctx context.Context, who string) context.Context {
	return auth.With(ctx, w.users[who])
}

// person gives the id behind a short name; data that names a stranger is a mistake that the test finds.
func (w *world) person(who string) uuid.UUID {
	u, ok := w.users[who]
	if !ok {
		panic("demo: no person " + who)
	}
	return u.ID
}

func (w *world) persons(names string) []uuid.UUID {
	ids := []uuid.UUID{}
	for _, n := range strings.Fields(names) {
		ids = append(ids, w.person(n))
	}
	return ids
}

// talk writes a comment; "@First" in its text mentions somebody.
func (w *world) talk(ctx context.Context, o comments.Object, text string) error {
	text, mentioned := w.mentions(text)
	_, err := w.Comments.Add(ctx, o, text, mentioned)
	return err
}

// mentions puts whole names into a comment, and gives the people whom it names.
func (w *world) mentions(text string) (string, []uuid.UUID) {
	var mentioned []uuid.UUID
	for key, u := range w.users {
		at := "@" + strings.ToUpper(key[:1]) + key[1:]
		if strings.Contains(text, at) {
			text = strings.ReplaceAll(text, at, "@"+u.Name)
			mentioned = append(mentioned, u.ID)
		}
	}
	return text, mentioned
}

// days gives a date so many days from today, or nil for 0.
func (w *world) days(n int) *time.Time {
	if n == 0 {
		return nil
	}
	t := w.now.AddDate(0, 0, n).Truncate(24 * time.Hour)
	return &t
}

func load[T any](name string) (v T, err error) {
	raw, err := data.ReadFile("data/" + name)
	if err != nil {
		return v, err
	}
	d := json.NewDecoder(strings.NewReader(string(raw)))
	d.DisallowUnknownFields()
	if err := d.Decode(&v); err != nil {
		return v, fmt.Errorf("data/%s: %w", name, err)
	}
	return v, nil
}
