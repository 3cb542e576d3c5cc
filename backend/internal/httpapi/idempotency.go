package httpapi

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"hash/fnv"
	"io"
	"net"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humaecho"
	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/labstack/echo/v4"

	"byline/backend/internal/platform/auth"
	"byline/backend/internal/platform/db"
	"byline/backend/internal/platform/errs"
)

// idempotent gives a POST with an Idempotency-Key one effect, however often it arrives
// (draft-ietf-httpapi-idempotency-key-header). The answer is kept in the transaction of the change itself, so that a
// process killed between the two cannot forget that the change was made. The same key with another body is 422, while
// the first is still running 409. Refusals are not kept: the same request may succeed later.
func (s *Server) idempotent(c huma.Context, next func(huma.Context)) {
	key := c.Header("Idempotency-Key")
	user := auth.From(c.Context())
	// What needs no sign-in hands out sessions, which are not kept in the clear.
	if c.Method() != http.MethodPost || key == "" || !user.Known() || allowed[c.Operation().OperationID].anonymous != nil {
		next(c)
		return
	}
	if len(key) > 200 {
		s.refuse(c, errs.Field(errs.Invalid, "header.Idempotency-Key", "A key has at most 200 characters."))
		return
	}
	raw := humaecho.Unwrap(c)
	payload, err := io.ReadAll(http.MaxBytesReader(raw.Response(), raw.Request().Body, c.Operation().MaxBodyBytes+1))
	if err != nil {
		s.refuse(c, err)
		return
	}
	raw.Request().Body = io.NopCloser(bytes.NewReader(payload))
	sum := sha256.Sum256([]byte(raw.Request().URL.RequestURI() + "\n" + string(payload)))
	k := idempotencyKey{user: user.ID, key: key, sum: sum[:]}
	if outside, _ := c.Operation().Metadata["outside"].(bool); outside {
		s.once(c, k, next)
		return
	}
	s.onceInTx(c, k, next)
}

type idempotencyKey struct {
	user uuid.UUID
	key  string
	sum  []byte
}

var errNotKept = errors.New("httpapi: refused, nothing to keep")

// onceInTx runs the handler inside one transaction with the record of its answer.
func (s *Server) onceInTx(c huma.Context, k idempotencyKey, next func(huma.Context)) {
	raw := humaecho.Unwrap(c)
	rec := newRecorder(raw)
	defer rec.restore() // a panic is answered on the connection, not into the record
	err := s.DB.InTx(c.Context(), func(ctx context.Context) error {
		locked, err := s.lockKey(ctx, k)
		if err != nil {
			return err
		}
		if !locked {
			return errs.New(errs.Conflict, "The first request with this Idempotency-Key is still running.")
		}
		if found, err := s.replay(ctx, rec, k); err != nil || found {
			return err
		}
		next(huma.WithContext(c, ctx))
		if rec.status >= http.StatusBadRequest {
			return errNotKept
		}
		return s.keep(ctx, rec, k)
	})
	rec.restore()
	switch {
	case err == nil || errors.Is(err, errNotKept):
		rec.send()
	default:
		s.refuse(c, err)
	}
}

// once is for handlers that work outside the database: the key is noted as running first, with the id that a new thing
// will have, and answered afterwards. After a kill in between, the key stays "running" for as long as the handler might
// have taken; then the request may be tried again, and finds what the first try made by that id.
func (s *Server) once(c huma.Context, k idempotencyKey, next func(huma.Context)) {
	raw := humaecho.Unwrap(c)
	rec := newRecorder(raw)
	defer rec.restore()
	found, id := false, db.NewID()
	err := s.DB.InTx(c.Context(), func(ctx context.Context) (err error) {
		if locked, err := s.lockKey(ctx, k); err != nil || !locked {
			return errors.Join(err, errs.New(errs.Conflict, "The first request with this Idempotency-Key is still running."))
		}
		if found, err = s.replay(ctx, rec, k); err != nil || found {
			return err
		}
		if first, err := uuid.FromBytes(rec.body); err == nil {
			id = first
		}
		rec.body = []byte{}
		_, err = s.DB.PG(ctx).Exec(ctx, `INSERT INTO idempotency_keys (user_id, key, request_hash, done, body) VALUES ($1, $2, $3, false, $4)
			ON CONFLICT (user_id, key) DO UPDATE SET request_hash = excluded.request_hash, done = false, body = excluded.body, created_at = now()`, k.user, k.key, k.sum, id[:])
		return err
	})
	if err == nil && !found {
		next(huma.WithContext(c, db.WithNextID(c.Context(), id)))
		ctx := context.WithoutCancel(c.Context())
		if rec.status < http.StatusBadRequest {
			err = s.keep(ctx, rec, k)
		} else {
			_, err = s.DB.PG(ctx).Exec(ctx, `DELETE FROM idempotency_keys WHERE user_id = $1 AND key = $2`, k.user, k.key)
		}
	}
	rec.restore()
	if err != nil {
		s.refuse(c, err)
		return
	}
	rec.send()
}

func (s *Server) lockKey(ctx context.Context, k idempotencyKey) (locked bool, err error) {
	h := fnv.New64a()
	_, _ = h.Write(append(k.user[:], k.key...))
	err = s.DB.PG(ctx).QueryRow(ctx, `SELECT pg_try_advisory_xact_lock($1)`, int64(h.Sum64())).Scan(&locked) //nolint:gosec // any 64 bits will do
	return locked, db.Err(err, "key")
}

func (s *Server) replay(ctx context.Context, rec *recorder, k idempotencyKey) (found bool, err error) {
	var sum, headers []byte
	var done, fresh bool
	err = s.DB.PG(ctx).QueryRow(ctx, `SELECT request_hash, done, created_at > now() - make_interval(secs => $3), status, headers, body
		FROM idempotency_keys WHERE user_id = $1 AND key = $2 AND created_at > now() - interval '24 hours'`, k.user, k.key, (s.cfg.RequestTimeout+5*time.Second).Seconds()).
		Scan(&sum, &done, &fresh, &rec.status, &headers, &rec.body)
	if errors.Is(err, pgx.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, db.Err(err, "key")
	}
	if !bytes.Equal(sum, k.sum) {
		return false, errs.Field(errs.Invalid, "header.Idempotency-Key", "This key was used for another request. Take a new one.")
	}
	if !done {
		if fresh {
			return false, errs.New(errs.Conflict, "The first request with this Idempotency-Key is still running.")
		}
		return false, nil
	}
	rec.replayed = true
	return true, json.Unmarshal(headers, &rec.header)
}

func (s *Server) keep(ctx context.Context, rec *recorder, k idempotencyKey) error {
	headers, err := json.Marshal(rec.header)
	if err != nil {
		return err
	}
	_, err = s.DB.PG(ctx).Exec(ctx, `INSERT INTO idempotency_keys (user_id, key, request_hash, done, status, headers, body)
		VALUES ($1, $2, $3, true, $4, $5, $6)
		ON CONFLICT (user_id, key) DO UPDATE SET request_hash = excluded.request_hash, done = true, status = excluded.status,
		  headers = excluded.headers, body = excluded.body, created_at = now()`, k.user, k.key, k.sum, rec.status, headers, rec.body)
	return db.Err(err, "key")
}

// ReleaseKeys lets requests be tried again that a killed process left as running. Call it at start, and only when no
// other process can be serving this database.
func (s Services) ReleaseKeys(ctx context.Context) error {
	_, err := s.DB.PG(ctx).Exec(ctx, `UPDATE idempotency_keys SET created_at = now() - interval '1 hour' WHERE NOT done`)
	return db.Err(err, "key")
}

// ForgetKeys is the job that removes Idempotency-Keys whose time is over.
type ForgetKeys struct{}

// Kind implements jobs.Args.
func (ForgetKeys) Kind() string { return "forget_idempotency_keys" }

// ForgetKeys is that job's work.
func (s Services) ForgetKeys(ctx context.Context, _ ForgetKeys) error {
	_, err := s.DB.PG(ctx).Exec(ctx, `DELETE FROM idempotency_keys WHERE created_at < now() - interval '24 hours'`)
	return db.Err(err, "key")
}

// recorder holds an answer back until its transaction is committed.
type recorder struct {
	echo     echo.Context
	writer   http.ResponseWriter
	header   http.Header
	status   int
	body     []byte
	replayed bool
}

func newRecorder(c echo.Context) *recorder {
	r := &recorder{echo: c, writer: c.Response().Writer, header: http.Header{}, body: []byte{}} // no body is an answer too, not a NULL
	c.SetResponse(echo.NewResponse(r, c.Echo()))
	return r
}

func (r *recorder) Header() http.Header { return r.header }

func (r *recorder) WriteHeader(status int) { r.status = status }

func (r *recorder) Write(b []byte) (int, error) {
	if r.status == 0 {
		r.status = http.StatusOK
	}
	r.body = append(r.body, b...)
	return len(b), nil
}

// Hijack says that an answer held back cannot be taken over.
func (r *recorder) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	return nil, nil, http.ErrNotSupported
}

// restore gives the connection back; once is enough, and a second call changes nothing.
func (r *recorder) restore() {
	if r.echo.Response().Writer == http.ResponseWriter(r) {
		r.echo.SetResponse(echo.NewResponse(r.writer, r.echo.Echo()))
	}
}

func (r *recorder) send() {
	h := r.writer.Header()
	for k, v := range r.header {
		h[k] = v
	}
	if r.replayed {
		h.Set("Idempotency-Replayed", "true")
	}
	if r.status == 0 {
		r.status = http.StatusOK
	}
	r.echo.Response().WriteHeader(r.status)
	_, _ = r.echo.Response().Write(r.body)
}
