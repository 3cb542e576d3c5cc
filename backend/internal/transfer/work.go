package transfer

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"

	"byline/backend/internal/activity"
	"byline/backend/internal/library"
	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/errs"
	"byline/backend/internal/platform/jobs"
)

// Work is the job that does a transfer. Run tells one run from another: whoever works on a transfer says so every few
// seconds, and only when nobody has for a while another run takes over.
type Work struct {
	ID  uuid.UUID `json:"id"`
	Run uuid.UUID `json:"run"`
}

// Kind implements jobs.Args.
func (Work) Kind() string { return "transfer" }

// InsertOpts gives transfers a queue of their own: they take long.
func (Work) InsertOpts() jobs.InsertOpts {
	return jobs.InsertOpts{Queue: jobs.QueueTransfers, MaxAttempts: 5}
}

// Sweep is the job that takes up transfers whose process was killed, and throws away what was kept long enough.
type Sweep struct{}

// Kind implements jobs.Args.
func (Sweep) Kind() string { return "sweep_transfers" }

const (
	// WorkLimit is the longest that one run may take.
	WorkLimit = 6 * time.Hour
	beat      = 5 * time.Second
	silence   = 90 * time.Second // after which nobody works on it any more
)

var (
	errStopped = errors.New("transfer: stopped")
	errTaken   = errors.New("transfer: another run has taken over")
)

// Do is the job.
func (s *Service) Do(ctx context.Context, w Work) error {
	t, user, runs, err := s.store.claim(ctx, w, silence)
	if errs.CodeOf(err) == errs.NotFound { // done, stopped, or somebody is at it
		return nil
	}
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancelCause(auth.With(ctx, user))
	defer cancel(nil)
	p := &pulse{s: s, id: w.ID, run: w.Run, cancel: cancel}
	stop := p.start(ctx)
	defer stop()
	switch {
	case t.Kind == Export:
		err = s.doExport(ctx, t, p)
	default:
		err = s.doImport(ctx, t, p, runs > 1)
	}
	stop()
	if cause := context.Cause(ctx); errors.Is(cause, errStopped) || errors.Is(cause, errTaken) {
		return nil
	}
	if err == nil {
		return nil
	}
	problem, final := words(err)
	if !final {
		slog.WarnContext(ctx, "transfer", "id", w.ID, "error", err)
		return err // tried again, and taken up where it was
	}
	return s.finish(context.WithoutCancel(ctx), t, Failed, problem)
}

// words says in words why a transfer came to nothing; final is false where it may come right by itself.
func words(err error) (problem string, final bool) {
	var not NotAPack
	if errors.As(err, &not) {
		return not.Explanation, true
	}
	if code := errs.CodeOf(err); code == errs.Unavailable || code == errs.Internal {
		return "", false
	}
	var e *errs.Error
	if errors.As(err, &e) {
		return e.Message, true
	}
	return "", false
}

// pulse says that somebody is at it, and how far it is.
type pulse struct {
	s       *Service
	id, run uuid.UUID
	cancel  context.CancelCauseFunc
	mu      sync.Mutex
	done    int
	total   int
}

func (p *pulse) step(ctx context.Context, done, total int) error {
	p.mu.Lock()
	p.done, p.total = done, total
	p.mu.Unlock()
	return context.Cause(ctx)
}

func (p *pulse) say(ctx context.Context) {
	p.mu.Lock()
	done, total := p.done, p.total
	p.mu.Unlock()
	state, mine, err := p.s.store.beat(ctx, p.id, p.run, done, total)
	switch {
	case err != nil: // the database is away; the work itself will notice
	case !mine:
		p.cancel(errTaken)
	case state == Stopped:
		p.cancel(errStopped)
	}
}

// start beats until the function that it gives is called.
func (p *pulse) start(ctx context.Context) func() {
	ended, gone := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(gone)
		fast := time.NewTicker(beat / 5)
		defer fast.Stop()
		for {
			select {
			case <-ended:
				return
			case <-ctx.Done():
				return
			case <-fast.C:
				p.say(ctx)
			}
		}
	}()
	return sync.OnceFunc(func() { close(ended); <-gone })
}

func (s *Service) doExport(ctx context.Context, t Transfer, p *pulse) error {
	key := "exports/" + t.ID.String() + ".zip"
	size, err := s.blobs.PutStream(ctx, key, "application/zip", func(w io.Writer) error {
		_, err := s.Write(ctx, w, s.public, func(done, all int) { _ = p.step(ctx, done, all) })
		return err
	})
	if err != nil {
		return err
	}
	p.say(ctx)
	return s.db.InTx(ctx, func(ctx context.Context) error {
		if err := s.store.exported(ctx, t.ID, key, size, s.now().Add(KeptFor)); err != nil {
			return err
		}
		return s.finish(ctx, t, Done, "")
	})
}

func (s *Service) doImport(ctx context.Context, t Transfer, p *pulse, again bool) error {
	pack, closeIt, err := s.uploaded(ctx, t.AssetIDs, t.Paths)
	if err != nil {
		return err
	}
	defer closeIt()
	j := s.job(pack)
	j.dry = t.State == Checking
	j.step = p.step
	if isExport(j.pack) && !auth.From(ctx).Admin {
		return NotAPack{"not_yours", "This is an export of a whole resource center. Administrators bring those in."}
	}
	var form string
	if j.dry {
		b := &rowBatch{store: s.store, id: t.ID}
		if err := s.store.forgetRows(ctx, t.ID); err != nil {
			return err
		}
		j.row = b.add
		if form, err = j.run(ctx); err == nil {
			err = b.flush(ctx)
		}
		if err != nil {
			return err
		}
		p.say(ctx)
		return s.store.checked(ctx, t.ID, form)
	}
	ready, err := s.store.doneRows(ctx, t.ID)
	if err != nil {
		return err
	}
	j.done = func(list string, line int) bool { return ready[fmt.Sprint(list, "\x00", line)] }
	j.row = func(ctx context.Context, r Row) error {
		if err := context.Cause(ctx); err != nil {
			return err
		}
		return s.store.didRow(ctx, t.ID, r, again)
	}
	if _, err = j.run(ctx); err != nil {
		return err
	}
	p.say(ctx)
	return s.finish(ctx, t, Done, "")
}

// finish ends a transfer and tells whose it is.
func (s *Service) finish(ctx context.Context, t Transfer, state State, problem string) error {
	return s.db.InTx(ctx, func(ctx context.Context) error {
		ended, err := s.store.finish(ctx, t.ID, state, problem)
		if err != nil || !ended {
			return err
		}
		if t.State == Checking { // whoever waits for a check sees it
			return nil
		}
		verb := map[Kind]string{Export: "transfer.exported", Import: "transfer.imported"}[t.Kind]
		if state == Failed {
			verb = "transfer.failed"
		}
		return s.log.Record(auth.With(ctx, auth.User{}), activity.Entry{Verb: verb, ObjectType: "transfer", ObjectID: t.ID, OnBehalfOf: t.Person.ID,
			Data: map[string]any{"name": t.Name, "kind": t.Kind, "notify": []uuid.UUID{t.Person.ID}}})
	})
}

// uploaded makes a pack of files that were uploaded.
func (s *Service) uploaded(ctx context.Context, ids []uuid.UUID, paths []string) (Pack, func(), error) {
	files := map[string]library.Asset{}
	var entries []Entry
	for i, id := range ids {
		a, err := s.library.Asset(ctx, id)
		if err != nil {
			return nil, nil, err
		}
		name := nameOf(a, i, paths)
		files[name] = a
		entries = append(entries, Entry{name, a.Size})
	}
	if len(ids) != 1 || !isZip(entries[0].Name) {
		slices.SortFunc(entries, func(x, y Entry) int { return strings.Compare(x.Name, y.Name) })
		return &assets{s, files, entries}, func() {}, nil
	}
	in, err := s.library.OpenContent(ctx, files[entries[0].Name])
	if err != nil {
		return nil, nil, err
	}
	defer func() { _ = in.Close() }()
	f, err := os.CreateTemp("", "byline-archive")
	if err != nil {
		return nil, nil, err
	}
	remove := func() { _ = f.Close(); _ = os.Remove(f.Name()) }
	size, err := io.Copy(f, contextReader{ctx, in})
	if err != nil {
		remove()
		return nil, nil, err
	}
	p, err := OpenArchive(f, size)
	if err != nil {
		remove()
		return nil, nil, err
	}
	return p, remove, nil
}

// assets is a Pack of files that were uploaded one by one.
type assets struct {
	s       *Service
	files   map[string]library.Asset
	entries []Entry
}

func (a *assets) Entries() []Entry { return a.entries }
func (a *assets) Refusals() []Row  { return nil }
func (a *assets) Open(ctx context.Context, name string) (io.ReadCloser, error) {
	f, ok := a.files[name]
	if !ok {
		return nil, fs.ErrNotExist
	}
	return a.s.library.OpenContent(ctx, f)
}

// CleanUp is the job of Sweep.
func (s *Service) CleanUp(ctx context.Context, _ Sweep) error {
	silent, err := s.store.silent(ctx, silence)
	if err != nil {
		return err
	}
	for _, id := range silent {
		if err := s.db.InTx(ctx, func(ctx context.Context) error { return jobs.Enqueue(ctx, Work{ID: id, Run: db.NewID()}) }); err != nil {
			return err
		}
	}
	keys, err := s.store.expired(ctx, s.now())
	if err != nil {
		return err
	}
	for id, key := range keys {
		if err := s.blobs.Delete(ctx, key); err != nil {
			return err
		}
		if err := s.store.forgetKey(ctx, id); err != nil {
			return err
		}
	}
	sources, err := s.store.oldSources(ctx, s.now().Add(-sourcesFor))
	if err != nil {
		return err
	}
	for _, t := range sources {
		for _, a := range t.AssetIDs {
			if err := s.library.Discard(auth.With(ctx, auth.User{ID: t.Person.ID}), a); err != nil && errs.CodeOf(err) != errs.NotFound {
				return err
			}
		}
		if err := s.store.forgetSources(ctx, t.ID); err != nil {
			return err
		}
	}
	return nil
}
