package main

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/http/pprof"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"byline/backend/internal/httpapi"
	"byline/backend/internal/platform/config"
)

// Labels are bounded: paths and hosts are not among them, as anybody could invent new ones.
var (
	requests = promauto.NewHistogramVec(prometheus.HistogramOpts{Name: "byline_http_request_duration_seconds", Help: "Time to answer, by method and status.",
		Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10}}, []string{"method", "code"})
	inFlight = promauto.NewGauge(prometheus.GaugeOpts{Name: "byline_http_requests_in_flight", Help: "Requests being answered."})
)

// countRequests measures every request, but not live connections.
func countRequests(next http.Handler) http.Handler {
	measured := promhttp.InstrumentHandlerInFlight(inFlight, promhttp.InstrumentHandlerDuration(requests, next))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if httpapi.IsLive(r) { // it lasts as long as somebody writes
			next.ServeHTTP(w, r)
			return
		}
		measured.ServeHTTP(w, r)
	})
}

// serveMetrics listens on an address of its own, by default one that only this machine reaches: /metrics for Prometheus
// and /debug/pprof.
func (a *app) serveMetrics(ctx context.Context, cfg config.Config) (stop func(), address string, err error) {
	if cfg.MetricsAddr == "off" {
		return func() {}, "off", nil
	}
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", cfg.MetricsAddr)
	if err != nil {
		return nil, "", fmt.Errorf("BYLINE_METRICS_ADDR: %w", err)
	}
	registry := prometheus.NewRegistry()
	registry.MustRegister(a.collectors()...)
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(prometheus.Gatherers{prometheus.DefaultGatherer, registry}, promhttp.HandlerOpts{}))
	mux.HandleFunc("/debug/pprof/", pprof.Index)
	mux.HandleFunc("/debug/pprof/cmdline", pprof.Cmdline)
	mux.HandleFunc("/debug/pprof/profile", pprof.Profile)
	mux.HandleFunc("/debug/pprof/symbol", pprof.Symbol)
	mux.HandleFunc("/debug/pprof/trace", pprof.Trace)
	server := &http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second}
	go func() { _ = server.Serve(l) }()
	return func() { _ = server.Close() }, "http://" + l.Addr().String() + "/metrics", nil
}

// collectors look at the database when somebody asks.
func (a *app) collectors() []prometheus.Collector {
	pool := a.db.Pool()
	gauge := func(name, help string, value func() float64) prometheus.Collector {
		return prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: name, Help: help}, value)
	}
	return []prometheus.Collector{
		gauge("byline_db_connections_used", "Connections of the pool in use.", func() float64 { return float64(pool.Stat().AcquiredConns()) }),
		gauge("byline_db_connections_max", "Most connections of the pool.", func() float64 { return float64(pool.Stat().MaxConns()) }),
		gauge("byline_db_wait_seconds_total", "Time spent waiting for a connection.", func() float64 { return pool.Stat().AcquireDuration().Seconds() }),
		jobCounts{a},
	}
}

var jobsDesc = prometheus.NewDesc("byline_jobs", "Background jobs by queue and state, those that are done left out.", []string{"queue", "state"}, nil)

// jobCounts counts jobs in the database, so every replica tells the same.
type jobCounts struct{ *app }

// Describe implements prometheus.Collector.
func (jobCounts) Describe(ch chan<- *prometheus.Desc) { ch <- jobsDesc }

// Collect implements prometheus.Collector.
func (c jobCounts) Collect(ch chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	rows, err := c.db.PG(ctx).Query(ctx, `SELECT queue, state::text, count(*) FROM river_job WHERE state <> 'completed' GROUP BY queue, state`)
	if err != nil {
		slog.Warn("count jobs", "error", err)
		return
	}
	defer rows.Close()
	for rows.Next() {
		var queue, state string
		var n float64
		if err := rows.Scan(&queue, &state, &n); err != nil {
			slog.Warn("count jobs", "error", err)
			return
		}
		ch <- prometheus.MustNewConstMetric(jobsDesc, prometheus.GaugeValue, n, queue, state)
	}
}
