// Package jobs runs background work with River, in the same PostgreSQL as everything else: a job is enqueued in the
// transaction of the change that asks for it, so neither can exist without the other.
package jobs

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivertype"

	"byline/backend/internal/platform/db"
)

// Args are the arguments of a job; Kind names its worker. The package that owns the work declares them.
type Args = river.JobArgs

// InsertOpts are what a kind of job may ask for: its queue, how often it is tried, whether it is unique.
type InsertOpts = river.InsertOpts

// UniqueOpts make a job be enqueued once while another of the same arguments waits.
type UniqueOpts = river.UniqueOpts

// WhileWaiting makes a job be enqueued once until it is done. (River's own default also counts those that are done.)
func WhileWaiting() UniqueOpts {
	return UniqueOpts{ByArgs: true, ByState: []rivertype.JobState{rivertype.JobStateAvailable, rivertype.JobStatePending, rivertype.JobStateRunning,
		rivertype.JobStateRetryable, rivertype.JobStateScheduled}}
}

// The queues. What is slow or heavy has its own, so that it holds up nobody.
const (
	QueueDefault = river.QueueDefault
	QueueIndex   = "index" // search index, one job per change and node
	QueueFiles   = "files" // extraction of uploaded files: heavy, few at a time
	// QueueTransfers is for exports and imports, which take long.
	QueueTransfers = "transfers"
)

// inserter can only enqueue; it needs no connection of its own because it always works on the transaction in ctx.
var inserter = sync.OnceValues(func() (*river.Client[pgx.Tx], error) {
	return river.NewClient(riverpgxv5.New(nil), &river.Config{})
})

// ErrOutsideTx says that a job was enqueued without a transaction, which would allow a change without its job.
var ErrOutsideTx = errors.New("jobs: enqueue outside a transaction")

// Enqueue adds jobs to the transaction in ctx. They run after its commit, at least once.
func Enqueue(ctx context.Context, args ...Args) error {
	params := make([]river.InsertManyParams, len(args))
	for i, a := range args {
		params[i] = river.InsertManyParams{Args: a}
	}
	return insert(ctx, params)
}

// EnqueueAt adds a job that runs at a given time or soon after.
func EnqueueAt(ctx context.Context, at time.Time, args Args) error {
	return insert(ctx, []river.InsertManyParams{{Args: args, InsertOpts: &river.InsertOpts{ScheduledAt: at}}})
}

func insert(ctx context.Context, params []river.InsertManyParams) error {
	tx, ok := db.Tx(ctx)
	if !ok {
		return ErrOutsideTx
	}
	if len(params) == 0 {
		return nil
	}
	client, err := inserter()
	if err != nil {
		return err
	}
	_, err = client.InsertManyTx(ctx, tx, params)
	return err
}

// Runner works off the queues of one process.
type Runner struct {
	workers  *river.Workers
	periodic []*river.PeriodicJob
	client   *river.Client[pgx.Tx]
}

// NewRunner makes a runner without workers.
func NewRunner() *Runner { return &Runner{workers: river.NewWorkers()} }

// Register adds the function that does jobs of one kind. It must be idempotent: a job may run again after a crash.
// timeout ends one try; 0 means 30 seconds.
func Register[T Args](r *Runner, timeout time.Duration, work func(ctx context.Context, args T) error) {
	if timeout == 0 {
		timeout = 30 * time.Second
	}
	river.AddWorker(r.workers, &worker[T]{timeout: timeout, work: work})
}

// Every adds a job that is enqueued once per interval, by one process of all, and once at start.
func (r *Runner) Every(interval time.Duration, args func() Args) {
	r.periodic = append(r.periodic, river.NewPeriodicJob(river.PeriodicInterval(interval),
		func() (river.JobArgs, *river.InsertOpts) { return args(), nil }, &river.PeriodicJobOpts{RunOnStart: true}))
}

// TakeOver makes jobs ready that a killed process left as running, instead of after ten minutes. Call it before Start,
// and only when no other process can be working on this database.
func (r *Runner) TakeOver(ctx context.Context, d *db.DB) error {
	_, err := d.PG(ctx).Exec(ctx, `UPDATE river_job SET state = 'available', scheduled_at = now() WHERE state = 'running'`)
	return err
}

// Start works off the queues until Stop.
func (r *Runner) Start(ctx context.Context, d *db.DB) error {
	client, err := river.NewClient(riverpgxv5.New(d.Pool()), &river.Config{
		Queues: map[string]river.QueueConfig{
			QueueDefault:   {MaxWorkers: 8},
			QueueIndex:     {MaxWorkers: 256}, // taken together, see RegisterTogether
			QueueFiles:     {MaxWorkers: 1},
			QueueTransfers: {MaxWorkers: 2},
		},
		Workers:              r.workers,
		PeriodicJobs:         r.periodic,
		Logger:               slog.New(warnOnly{slog.Default().Handler()}),
		FetchCooldown:        100 * time.Millisecond,
		ReindexerIndexNames:  slices.DeleteFunc(river.ReindexerIndexNamesDefault(), func(name string) bool { return slices.Contains(db.UnusedJobIndexes, name) }),
		RescueStuckJobsAfter: 10 * time.Minute,
		ErrorHandler:         logErrors{},
		MaxAttempts:          10,
	})
	if err != nil {
		return err
	}
	if err := client.Start(ctx); err != nil {
		return err
	}
	r.client = client
	return nil
}

// Stop lets running jobs finish until ctx ends, then cancels them; River hands cancelled ones to the next process.
func (r *Runner) Stop(ctx context.Context) error {
	if r.client == nil {
		return nil
	}
	if err := r.client.Stop(ctx); err == nil {
		return nil
	}
	hard, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	return r.client.StopAndCancel(hard)
}

type worker[T Args] struct {
	river.WorkerDefaults[T]
	timeout time.Duration
	work    func(ctx context.Context, args T) error
}

func (w *worker[T]) Timeout(*river.Job[T]) time.Duration               { return w.timeout }
func (w *worker[T]) Work(ctx context.Context, job *river.Job[T]) error { return w.work(ctx, job.Args) }

// Cancel marks an error as final: the job is not tried again.
func Cancel(err error) error { return river.JobCancel(err) }

// Snooze puts a job off without counting a try.
func Snooze(d time.Duration) error { return river.JobSnooze(d) }

type logErrors struct{}

func (logErrors) HandleError(ctx context.Context, job *rivertype.JobRow, err error) *river.ErrorHandlerResult {
	slog.WarnContext(ctx, "job failed", "kind", job.Kind, "id", job.ID, "attempt", job.Attempt, "error", err)
	return nil
}

func (logErrors) HandlePanic(ctx context.Context, job *rivertype.JobRow, value any, trace string) *river.ErrorHandlerResult {
	slog.ErrorContext(ctx, "job panicked", "kind", job.Kind, "id", job.ID, "panic", value, "trace", trace)
	return nil
}

// warnOnly drops River's chatter and keeps its warnings.
type warnOnly struct{ slog.Handler }

func (h warnOnly) Enabled(_ context.Context, l slog.Level) bool { return l >= slog.LevelWarn }
