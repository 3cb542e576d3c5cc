package main

import (
	"context"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/google/uuid"

	"byline/backend/internal/activity"
	"byline/backend/internal/bulkedit"
	"byline/backend/internal/calendar"
	"byline/backend/internal/checks"
	"byline/backend/internal/coedit"
	"byline/backend/internal/collections"
	"byline/backend/internal/comments"
	"byline/backend/internal/contenttypes"
	"byline/backend/internal/demand"
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
	"byline/backend/internal/platform/extract"
	"byline/backend/internal/platform/jobs"
	"byline/backend/internal/platform/mail"
	"byline/backend/internal/platform/meili"
	"byline/backend/internal/posts"
	"byline/backend/internal/reviewlinks"
	"byline/backend/internal/search"
	"byline/backend/internal/shares"
	"byline/backend/internal/taxonomy"
	"byline/backend/internal/transfer"
	"byline/backend/internal/views"
)

// app is everything, built by hand from top to bottom: a part is given what it needs.
type app struct {
	httpapi.Services
	db        *db.DB
	documents *coedit.Service
	blobs     *blob.Store
}

// newApp builds the domains on an open database. d may be nil for what only reads types, such as the API description.
func newApp(cfg config.Config, p *parts, d *db.DB) (*app, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	a := &app{db: d, blobs: blob.New(p.Blob)}
	log := activity.New(d, notify.Consume, search.Consume)
	extractor := extract.Extractor{Command: []string{self}, CacheDir: filepath.Join(p.dir, "cache")}
	s := &a.Services
	s.DB, s.Activity = d, log
	s.People = people.New(d, log)
	s.Comments = comments.New(d, log)
	s.Links = links.New(d, links.Config{Secret: derive(p.secrets.Secret, "links"), CompanyRanges: cfg.CompanyRanges})
	s.Insights = insights.New(d)
	s.Search = search.New(d, meili.New(meili.Config{URLs: p.MeiliURLs, Key: p.MeiliKey}))
	s.Ideas = ideas.New(d, log, s.Comments)
	s.Library = library.New(d, log, s.Comments, a.blobs, extractor)
	s.Library.SetOffice(extract.FindOffice())
	s.Library.OnText(func(ctx context.Context, objectType string, id uuid.UUID) error {
		if !slices.Contains(search.Kinds, objectType) {
			return nil
		}
		return jobs.Enqueue(ctx, search.Index{Thing: objectType, ID: id})
	})
	a.documents = coedit.New(d)
	a.documents.KeepHot(cfg.LiveHistory)
	a.documents.OnText(func(ctx context.Context, draft uuid.UUID) error {
		return jobs.Enqueue(ctx, search.Index{Thing: search.Draft, ID: draft})
	})
	s.ContentTypes = contenttypes.New(d, log)
	s.Drafts = drafts.New(d, log, s.Comments, a.documents, s.Ideas, s.Library, s.ContentTypes)
	a.documents.OnAssets(s.Drafts.ShowAssets)
	a.documents.OnText(s.Drafts.MoveThreads)
	s.Comments.SetTexts(s.Drafts.Texts())
	s.ConnectLive(a.documents, derive(p.secrets.Secret, "live tickets"), coedit.Options{})
	s.Calendar = calendar.New(d, s.Drafts)
	s.ReviewLinks = reviewlinks.New(d, log, s.Comments, s.Drafts, s.Library, derive(p.secrets.Secret, "review links"))
	s.Views = views.New(d)
	s.Collections = collections.New(d, log, s.Library)
	s.Taxonomy = taxonomy.New(d, log, s.Library, s.Collections, s.Views)
	s.Transfer = transfer.New(d, log, s.Library, s.Collections, s.ContentTypes, s.Taxonomy, s.Search, a.blobs)
	s.Transfer.SetPublic(publicBase(cfg))
	s.Demand = demand.New(d, log, s.Ideas, s.Library, s.Search, s.Views, derive(p.secrets.Secret, "demand"))
	s.Demand.SetSets(s.Collections.Sets)
	s.Bulk = bulkedit.New(d, s.Library, s.Collections)
	s.Checks = checks.New(d, s.Library, linkAgent(cfg))
	s.Posts = posts.New(d, log, s.Comments, s.Library, s.Links)
	s.Shares = shares.New(d, log, s.Library, shares.Config{Secret: derive(p.secrets.Secret, "shares"), CompanyRanges: cfg.CompanyRanges, Collections: s.Collections, Mail: mailer(cfg.SMTP)})
	sees := func(ctx context.Context, objectType string, id uuid.UUID) (bool, error) {
		return a.Sees(ctx, objectType, id)
	}
	s.Notify = notify.New(d, sees)
	s.Demand.SetWithdraw(s.Notify.Withdraw)
	s.Library.SetSees(sees)
	s.Library.OnRecall(s.Shares.Recalled)
	s.Library.OnNewContent(s.Shares.HeldBy)
	return a, nil
}

// linkAgent is how the link check names itself, with an address at which its operator can be found.
func linkAgent(cfg config.Config) string {
	if base := publicBase(cfg); base != "" {
		return "Byline link check (+" + base + ")"
	}
	return "Byline link check"
}

// mailer sends mail where a server is set.
func mailer(c config.SMTP) *mail.Sender {
	return mail.New(mail.Config{Host: c.Host, Port: c.Port, User: c.User, Password: c.Password, From: c.From, Security: c.Security})
}

// server builds the HTTP side.
func (a *app) server(cfg config.Config, p *parts, public *url.URL, demo []httpapi.DemoSignIn) *httpapi.Server {
	brand := httpapi.Brand(cfg.Brand)
	if len(demo) > 0 && brand.Name == "" { // the company of the demo has one
		brand.Name, brand.Color = "Kelvora", "#0d6b75"
	}
	return httpapi.New(httpapi.Config{PublicURL: public, S3Origin: origin(p.Blob), TrustedProxies: cfg.TrustedProxies,
		UserRate: cfg.UserRate, AddressRate: cfg.AddressRate, CountryHeader: cfg.CountryHeader, Brand: brand, Demo: demo}, a.Services)
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
	jobs.Register(r, 0, a.Notify.Work)
	jobs.Register(r, 5*time.Minute, a.Library.Process)
	jobs.Register(r, 5*time.Minute, a.Library.LookAt)
	jobs.Register(r, 5*time.Minute, a.Library.Sweep)
	jobs.Register(r, 0, a.Library.MarkReviewDue)
	jobs.Register(r, time.Minute, a.Library.WorkCountUse)
	r.Every(5*time.Minute, func() jobs.Args { return library.CountUse{} })
	jobs.Register(r, 0, a.Posts.Expire)
	jobs.Register(r, transfer.WorkLimit, a.Transfer.Do)
	jobs.Register(r, 5*time.Minute, a.Transfer.CleanUp)
	r.Every(time.Minute, func() jobs.Args { return transfer.Sweep{} })
	jobs.Register(r, 2*time.Minute, a.Links.Rescore)
	jobs.Register(r, 0, a.Shares.Leave)
	jobs.Register(r, time.Minute, a.Shares.SendCode)
	r.Every(10*time.Minute, func() jobs.Args { return shares.LeaveArgs{} })
	jobs.RegisterTogether(r, time.Minute, a.Search.Work)
	jobs.Register(r, 0, a.People.Sweep)
	jobs.Register(r, 0, a.ForgetKeys)
	r.Every(time.Hour, func() jobs.Args { return people.Sweep{} })
	r.Every(time.Hour, func() jobs.Args { return httpapi.ForgetKeys{} })
	jobs.Register(r, 10*time.Minute, a.Search.WorkFeed)
	jobs.Register(r, 5*time.Minute, a.Search.WorkSynonyms)
	jobs.Register(r, 10*time.Minute, a.Search.WorkSweep)
	jobs.Register(r, time.Hour, a.Search.WorkDrift)
	jobs.Register(r, time.Minute, a.Live.Project)
	jobs.Register(r, 10*time.Minute, a.documents.Pack)
	r.Every(time.Minute, func() jobs.Args { return coedit.ProjectArgs{} })
	r.Every(6*time.Hour, func() jobs.Args { return coedit.PackArgs{} })
	jobs.Register(r, 5*time.Minute, a.Drafts.KeepVersions)
	jobs.Register(r, 5*time.Minute, a.Drafts.TellSuggesters)
	jobs.Register(r, 5*time.Minute, a.Drafts.Thin)
	jobs.Register(r, 5*time.Minute, a.Drafts.Nudge)
	r.Every(time.Minute, func() jobs.Args { return drafts.KeepArgs{} })
	r.Every(time.Minute, func() jobs.Args { return drafts.TellArgs{} })
	r.Every(time.Hour, func() jobs.Args { return drafts.ThinArgs{} })
	r.Every(10*time.Minute, func() jobs.Args { return drafts.NudgeArgs{} })
	jobs.Register(r, taxonomy.RunLimit, a.Taxonomy.Work)
	jobs.Register(r, 0, a.Taxonomy.Pick)
	r.Every(time.Minute, func() jobs.Args { return taxonomy.Resume{} })
	jobs.Register(r, 2*time.Hour, a.Checks.Work)
	r.Every(time.Hour, func() jobs.Args { return checks.Nightly{} })
	r.Every(time.Hour, func() jobs.Args { return library.SweepUploads{} })
	r.Every(10*time.Minute, func() jobs.Args { return library.MarkDue{} })
	r.Every(10*time.Minute, func() jobs.Args { return posts.ExpireArgs{} })
	r.Every(time.Minute, func() jobs.Args { return links.RescoreArgs{} })
	r.Every(5*time.Second, func() jobs.Args { return search.Sweep{} })
	r.Every(time.Hour, func() jobs.Args { return search.Drift{} })
	jobs.Register(r, 5*time.Minute, a.Demand.Sweep)
	jobs.Register(r, 5*time.Minute, a.Demand.Forget)
	r.Every(10*time.Second, func() jobs.Args { return demand.SweepArgs{} })
	r.Every(time.Hour, func() jobs.Args { return demand.ForgetArgs{} })
	return r
}
