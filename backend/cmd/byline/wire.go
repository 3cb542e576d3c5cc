package main

import (
	"context"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"github.com/google/uuid"

	"byline/backend/internal/activity"
	"byline/backend/internal/coedit"
	"byline/backend/internal/comments"
	"byline/backend/internal/drafts"
	"byline/backend/internal/httpapi"
	"byline/backend/internal/ideas"
	"byline/backend/internal/insights"
	"byline/backend/internal/library"
	"byline/backend/internal/links"
	"byline/backend/internal/notify"
	"byline/backend/internal/people"
	"byline/backend/internal/platform/blob"
	"byline/backend/internal/platform/config"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/errs"
	"byline/backend/internal/platform/extract"
	"byline/backend/internal/platform/jobs"
	"byline/backend/internal/posts"
)

// app is everything, built by hand from top to bottom: a part is given what it needs.
type app struct {
	db       *db.DB
	blobs    *blob.Store
	log      *activity.Log
	people   *people.Service
	comments *comments.Service
	ideas    *ideas.Service
	coedit   *coedit.Service
	links    *links.Service
	library  *library.Service
	drafts   *drafts.Service
	posts    *posts.Service
	insights *insights.Service
	notify   *notify.Service
}

// newApp builds the domains on an open database. d may be nil for what only reads types, such as the API description.
func newApp(cfg config.Config, p *parts, d *db.DB) (*app, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	a := &app{db: d, blobs: blob.New(p.Blob), log: activity.New(d, notify.Consume)}
	extractor := extract.Extractor{Command: []string{self}, CacheDir: filepath.Join(p.dir, "cache")}
	a.people = people.New(d, a.log)
	a.comments = comments.New(d, a.log)
	a.links = links.New(d, links.Config{Secret: derive(p.secrets.Secret, "links"), CompanyRanges: cfg.CompanyRanges})
	a.coedit = coedit.New(d)
	a.ideas = ideas.New(d, a.log, a.comments)
	a.library = library.New(d, a.log, a.comments, a.blobs, extractor)
	a.drafts = drafts.New(d, a.log, a.comments, a.coedit, a.ideas, a.library)
	a.posts = posts.New(d, a.log, a.comments, a.library, a.links)
	a.insights = insights.New(d)
	a.notify = notify.New(d, a.hears)
	a.library.SetSees(a.sees)
	return a, nil
}

// sees says whether the signed-in user may see the content of a thing, and so the files that belong to it.
func (a *app) sees(ctx context.Context, objectType string, id uuid.UUID) (bool, error) {
	if objectType == "draft" { // authors of its ideas see a draft's title, not its files
		d, err := a.drafts.Get(ctx, id)
		return d.Full, notMissing(err)
	}
	return a.hears(ctx, objectType, id)
}

// hears says whether the signed-in user may know of a thing, and so of what happens to it.
func (a *app) hears(ctx context.Context, objectType string, id uuid.UUID) (bool, error) {
	var err error
	switch objectType {
	case "idea":
		_, err = a.ideas.Get(ctx, id)
	case "draft":
		_, err = a.drafts.Get(ctx, id)
	case "post":
		_, err = a.posts.Get(ctx, id)
	case "resource":
		_, err = a.library.Resource(ctx, id)
	case "person", "user": // everybody sees everybody, with their picture
		_, err = a.people.Get(ctx, id)
	default:
		return false, nil
	}
	return err == nil, notMissing(err)
}

// notMissing drops the errors by which a domain says that something is not for this user.
func notMissing(err error) error {
	if code := errs.CodeOf(err); code == errs.NotFound || code == errs.Forbidden {
		return nil
	}
	return err
}

// services are what the API works with.
func (a *app) services() httpapi.Services {
	return httpapi.Services{DB: a.db, People: a.people, Activity: a.log}
}

// server builds the HTTP side.
func (a *app) server(cfg config.Config, p *parts, public *url.URL) *httpapi.Server {
	return httpapi.New(httpapi.Config{PublicURL: public, S3Origin: origin(p.Blob), TrustedProxies: cfg.TrustedProxies,
		UserRate: cfg.UserRate, AddressRate: cfg.AddressRate}, a.services())
}

// origin is where browsers put files and load previews from.
func origin(b blob.Config) string {
	address := b.PublicEndpoint
	if address == "" {
		address = b.Endpoint
	}
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return ""
	}
	return u.Scheme + "://" + u.Host
}

// runner has the workers of all jobs, and what runs by the clock.
func (a *app) runner() *jobs.Runner {
	r := jobs.NewRunner()
	jobs.Register(r, 0, a.notify.Work)
	jobs.Register(r, 5*time.Minute, a.library.Process)
	jobs.Register(r, 5*time.Minute, a.library.Sweep)
	jobs.Register(r, 0, a.library.MarkReviewDue)
	jobs.Register(r, 0, a.posts.Expire)
	jobs.Register(r, 2*time.Minute, a.links.Rescore)
	r.Every(time.Hour, func() jobs.Args { return library.SweepUploads{} })
	r.Every(time.Hour, func() jobs.Args { return library.MarkDue{} })
	r.Every(10*time.Minute, func() jobs.Args { return posts.ExpireArgs{} })
	r.Every(time.Minute, func() jobs.Args { return links.RescoreArgs{} })
	return r
}
