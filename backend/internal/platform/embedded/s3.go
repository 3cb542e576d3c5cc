package embedded

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/rclone/gofakes3"

	"byline/backend/internal/platform/embedded/s3fs"
)

// S3Options say where and how the S3 server inside this process runs.
type S3Options struct {
	DataDir   string
	Addr      string // to listen on; "" means a free port on the loopback
	AccessKey string
	SecretKey string
	Origins   []string // of the web application, allowed by CORS
	Unsafe    bool     // tests only: no fsync
}

// S3 is a running S3 server, in this process.
type S3 struct {
	server   *http.Server
	listener net.Listener
}

// StartS3 starts the server. Objects and open uploads of an earlier run are there again.
func StartS3(ctx context.Context, o S3Options) (*S3, error) {
	backend, err := s3fs.New(o.DataDir, !o.Unsafe)
	if err != nil {
		return nil, err
	}
	handler := gofakes3.New(backend, gofakes3.WithV4Auth(map[string]string{o.AccessKey: o.SecretKey}), gofakes3.WithoutVersioning(),
		gofakes3.WithLogger(gofakes3.DiscardLog())).Server()
	if err := resumeUploads(ctx, o, backend, handler); err != nil {
		return nil, err
	}
	if o.Addr == "" {
		o.Addr = "127.0.0.1:0"
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", o.Addr)
	if err != nil {
		return nil, err
	}
	s := &S3{listener: listener, server: &http.Server{Handler: guard(o.Origins, handler), ReadHeaderTimeout: 10 * time.Second}}
	go func() { _ = s.server.Serve(listener) }()
	return s, nil
}

// URL is the endpoint of the server.
func (s *S3) URL() string { return "http://" + s.listener.Addr().String() }

// Stop ends the server.
func (s *S3) Stop(ctx context.Context) error {
	err := s.server.Shutdown(ctx)
	if errors.Is(err, context.DeadlineExceeded) {
		return s.server.Close()
	}
	return err
}

// resumeUploads tells gofakes3, which keeps its list of open uploads in memory, about those of an earlier run, by
// sending it the same requests again.
func resumeUploads(ctx context.Context, o S3Options, backend *s3fs.Backend, handler http.Handler) error {
	open, err := backend.OpenUploads()
	if err != nil || len(open) == 0 {
		return err
	}
	client := s3.New(s3.Options{Region: "us-east-1", BaseEndpoint: aws.String("http://s3.internal"), UsePathStyle: true,
		Credentials: credentials.NewStaticCredentialsProvider(o.AccessKey, o.SecretKey, ""), HTTPClient: inProcess{handler},
		RequestChecksumCalculation: aws.RequestChecksumCalculationWhenRequired})
	for _, u := range open {
		backend.Resume(u.ID)
		if _, err := client.CreateMultipartUpload(ctx, &s3.CreateMultipartUploadInput{Bucket: &u.Bucket, Key: &u.Key, ContentType: aws.String(u.Meta["Content-Type"])}); err != nil {
			return err
		}
		for _, p := range u.Parts {
			if err := resendPart(ctx, client, u, p); err != nil {
				return err
			}
		}
	}
	return nil
}

func resendPart(ctx context.Context, client *s3.Client, u s3fs.OpenUpload, p s3fs.Part) error {
	f, err := os.Open(p.Path)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	_, err = client.UploadPart(ctx, &s3.UploadPartInput{Bucket: &u.Bucket, Key: &u.Key, UploadId: aws.String(string(u.ID)), PartNumber: aws.Int32(int32(p.Number)), Body: f}) //nolint:gosec // at most 10,000
	return err
}

// inProcess sends requests to a handler without a network.
type inProcess struct{ handler http.Handler }

// Do implements the SDK's HTTP client.
func (p inProcess) Do(r *http.Request) (*http.Response, error) {
	pr, pw := io.Pipe()
	res := &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Body: pr, Request: r, ProtoMajor: 1, ProtoMinor: 1}
	started := make(chan struct{})
	w := &pipeWriter{res: res, body: pw, started: started}
	go func() {
		if r.Body == nil {
			r.Body = http.NoBody
		}
		r.Host = r.URL.Host
		r.Header.Set("Content-Length", strconv.FormatInt(max(r.ContentLength, 0), 10)) // which a real connection adds
		p.handler.ServeHTTP(w, r)
		w.WriteHeader(http.StatusOK)
		_ = pw.Close()
	}()
	<-started
	return res, nil
}

type pipeWriter struct {
	res     *http.Response
	body    *io.PipeWriter
	started chan struct{}
	done    bool
}

func (w *pipeWriter) Header() http.Header { return w.res.Header }

func (w *pipeWriter) WriteHeader(status int) {
	if !w.done {
		w.done, w.res.StatusCode = true, status
		close(w.started)
	}
}

func (w *pipeWriter) Write(b []byte) (int, error) {
	w.WriteHeader(http.StatusOK)
	return w.body.Write(b)
}

// guard adds what gofakes3 lacks: CORS for the web application's origins only, and headers that keep a file that
// somebody uploaded from running as a page.
func guard(origins []string, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		origin := r.Header.Get("Origin")
		if !slices.Contains(origins, origin) {
			origin = ""
		}
		g := &guardedWriter{ResponseWriter: w, origin: origin}
		if r.Method == http.MethodOptions {
			if origin != "" {
				w.Header().Set("Access-Control-Allow-Methods", "GET, PUT, HEAD")
				w.Header().Set("Access-Control-Allow-Headers", r.Header.Get("Access-Control-Request-Headers"))
				w.Header().Set("Access-Control-Max-Age", "600")
				w.Header().Set("Access-Control-Allow-Origin", origin)
			}
			w.Header().Add("Vary", "Origin, Access-Control-Request-Headers")
			w.WriteHeader(http.StatusNoContent)
			return
		}
		next.ServeHTTP(g, r)
		if !g.done { // an empty answer writes no header by itself
			g.WriteHeader(http.StatusOK)
		}
	})
}

type guardedWriter struct {
	http.ResponseWriter
	origin string
	done   bool
}

// Unwrap lets http.ResponseController reach the connection.
func (g *guardedWriter) Unwrap() http.ResponseWriter { return g.ResponseWriter }

func (g *guardedWriter) WriteHeader(status int) {
	if !g.done {
		g.done = true
		h := g.Header()
		for name := range h { // gofakes3 allows every origin
			if strings.HasPrefix(name, "Access-Control-") {
				h.Del(name)
			}
		}
		if g.origin != "" {
			h.Set("Access-Control-Allow-Origin", g.origin)
			h.Set("Access-Control-Expose-Headers", "ETag, Content-Range, Content-Length")
		}
		h.Add("Vary", "Origin")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Content-Security-Policy", "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; media-src 'self'")
		h.Set("Cross-Origin-Resource-Policy", "cross-origin")
	}
	g.ResponseWriter.WriteHeader(status)
}

func (g *guardedWriter) Write(b []byte) (int, error) {
	if !g.done {
		g.WriteHeader(http.StatusOK)
	}
	return g.ResponseWriter.Write(b)
}
