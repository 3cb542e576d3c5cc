package coedit

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"time"

	"github.com/google/uuid"

	"byline/backend/internal/platform/errs"
)

// Hot is how long commits stay as they are, unless KeepHot says otherwise: a client that was offline for less can merge
// what it wrote.
const Hot = 30 * 24 * time.Hour

// chunk is how many commits are packed together at most.
const chunk = 2000

// ProjectArgs ask for the text of documents whose server died before it wrote it.
type ProjectArgs struct{}

// Kind implements jobs.Args.
func (ProjectArgs) Kind() string { return "coedit_project" }

// PackArgs ask for old commits to be packed.
type PackArgs struct{}

// Kind implements jobs.Args.
func (PackArgs) Kind() string { return "coedit_pack" }

// Project writes the text of documents that no server is writing in.
func (l *Live) Project(ctx context.Context, _ ProjectArgs) error {
	behind, err := l.service.store.behind(ctx, 2*l.options.Late)
	if err != nil {
		return err
	}
	var problems []error
	for _, draft := range behind {
		d, err := l.service.Get(ctx, draft)
		if err == nil {
			err = l.project(ctx, draft, d.Version, d.Doc)
		}
		if err != nil {
			problems = append(problems, fmt.Errorf("document %s: %w", draft, err))
		}
	}
	return errors.Join(problems...)
}

// Pack moves commits that are old, and below a snapshot, into compressed history, and forgets the clients of that time.
func (s *Service) Pack(ctx context.Context, _ PackArgs) error {
	return s.packBefore(ctx, time.Now().Add(-s.hot))
}

func (s *Service) packBefore(ctx context.Context, before time.Time) error {
	old, err := s.store.withOldCommits(ctx, before)
	if err != nil {
		return err
	}
	for _, draft := range old {
		for {
			n, err := s.packChunk(ctx, draft, before)
			if err != nil {
				return err
			}
			if n == 0 {
				break
			}
			slog.InfoContext(ctx, "packed the history of a draft", "draft", draft, "commits", n)
		}
	}
	return s.store.forgetClients(ctx, before)
}

func (s *Service) packChunk(ctx context.Context, draft uuid.UUID, before time.Time) (n int, err error) {
	err = s.db.InTx(ctx, func(ctx context.Context) error {
		found, err := s.store.packable(ctx, draft, before, chunk)
		if err != nil || len(found) == 0 {
			return err
		}
		n = len(found)
		packed, err := pack(found)
		if err != nil {
			return err
		}
		return s.store.replaceWithHistory(ctx, draft, found[0].V, found[n-1].End(), packed)
	})
	return n, err
}

// pack makes compressed JSON lines of commits.
func pack(commits []Commit) ([]byte, error) {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	e := json.NewEncoder(z)
	for _, c := range commits {
		if err := e.Encode(c); err != nil {
			return nil, err
		}
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

func unpack(packed []byte) (commits []Commit, err error) {
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, err
	}
	d := json.NewDecoder(z)
	for {
		var c Commit
		if err := d.Decode(&c); errors.Is(err, io.EOF) {
			return commits, nil
		} else if err != nil {
			return nil, err
		}
		commits = append(commits, c)
	}
}

// History gives all commits of a document, packed ones too, from a version to another.
func (s *Service) History(ctx context.Context, draft uuid.UUID, from, until int64) ([]Commit, error) {
	hot, err := s.store.commits(ctx, draft, from, until)
	if err != nil {
		return nil, err
	}
	if len(hot) > 0 { // what is packed meanwhile is not taken twice
		until = hot[0].V
	}
	packed, err := s.store.history(ctx, draft, from, until)
	if err != nil {
		return nil, err
	}
	var all []Commit
	for _, p := range packed {
		some, err := unpack(p)
		if err != nil {
			return nil, err
		}
		for _, c := range some {
			if c.V >= from && c.V < until {
				all = append(all, c)
			}
		}
	}
	return append(all, hot...), nil
}

// At gives the document as it was at a version: the nearest copy before, and the steps from there.
func (s *Service) At(ctx context.Context, draft uuid.UUID, version int64) (json.RawMessage, error) {
	b, err := s.store.snapshotBefore(ctx, draft, version)
	if err != nil {
		return nil, err
	}
	return s.from(ctx, draft, b, version)
}

// Replay gives the document that the whole log leads to from its first copy. It is for checks: reading takes newer copies.
func (s *Service) Replay(ctx context.Context, draft uuid.UUID) (json.RawMessage, error) {
	d, err := s.store.get(ctx, draft)
	if err != nil {
		return nil, err
	}
	b, err := s.store.firstSnapshot(ctx, draft)
	if err != nil {
		return nil, err
	}
	return s.from(ctx, draft, b, d.head)
}

// from applies the log to a copy, up to a version.
func (s *Service) from(ctx context.Context, draft uuid.UUID, b base, version int64) (json.RawMessage, error) {
	commits, err := s.History(ctx, draft, b.version, version)
	if err != nil {
		return nil, err
	}
	doc, err := s.pool.open(b.doc)
	if err != nil {
		return nil, err
	}
	defer doc.close()
	at := b.version
	for _, c := range commits {
		if err := doc.replay(c.Steps); err != nil {
			return nil, err
		}
		at = c.End()
	}
	if at != version {
		return nil, errs.New(errs.NotFound, "The document has no such version.")
	}
	return doc.json()
}
