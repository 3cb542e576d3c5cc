package blob

import (
	"bytes"
	"context"
	"io"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"byline/backend/internal/platform/errs"
)

// streamPart is how much of a stream is held in memory; 10,000 of them are 156 GiB.
const streamPart = 16 << 20

// ExportLife is the longest for which the address of an export works.
const ExportLife = 6 * time.Hour

// PutStream writes an object whose length nobody knows yet, while write writes it. It holds one part in memory. When write
// fails nothing is left.
func (s *Store) PutStream(ctx context.Context, key, contentType string, write func(io.Writer) error) (size int64, err error) {
	id, err := s.Begin(ctx, key, contentType)
	if err != nil {
		return 0, err
	}
	w := &stream{ctx: ctx, store: s, key: key, id: id}
	if err = write(w); err == nil && (w.buffer.Len() > 0 || len(w.parts) == 0) {
		err = w.flush()
	}
	if err == nil {
		err = s.Complete(ctx, key, id, w.parts)
	}
	if err != nil {
		_ = s.Abort(context.WithoutCancel(ctx), key, id)
		return 0, err
	}
	return w.size, nil
}

type stream struct {
	ctx    context.Context //nolint:containedctx // one call of PutStream
	store  *Store
	key    string
	id     string
	buffer bytes.Buffer
	parts  []Part
	size   int64
}

// Write implements io.Writer.
func (w *stream) Write(p []byte) (n int, err error) {
	for len(p) > 0 {
		take := min(len(p), streamPart-w.buffer.Len())
		w.buffer.Write(p[:take])
		n, p = n+take, p[take:]
		if w.buffer.Len() == streamPart {
			if err := w.flush(); err != nil {
				return n, err
			}
		}
	}
	return n, nil
}

func (w *stream) flush() error {
	number := int32(len(w.parts) + 1) //nolint:gosec // at most 10,000
	if number > MaxParts {
		return errs.New(errs.TooLarge, "This is more than the storage takes in one piece.")
	}
	out, err := w.store.client.UploadPart(w.ctx, &s3.UploadPartInput{Bucket: &w.store.cfg.Bucket, Key: w.store.key(w.key), UploadId: &w.id, PartNumber: &number, Body: bytes.NewReader(w.buffer.Bytes())})
	if err != nil {
		return away(err)
	}
	w.parts = append(w.parts, Part{Number: number, Size: int64(w.buffer.Len()), ETag: aws.ToString(out.ETag)})
	w.size += int64(w.buffer.Len())
	w.buffer.Reset()
	return nil
}

// SignExport gives an address for a large download that goes on after a break: it works for hours, ExportLife at most.
func (s *Store) SignExport(ctx context.Context, key, name string, life time.Duration) (string, error) {
	r, err := s.presign.PresignGetObject(ctx, &s3.GetObjectInput{Bucket: &s.cfg.Bucket, Key: s.key(key), ResponseContentDisposition: aws.String(Disposition("attachment", name))},
		s3.WithPresignExpires(max(time.Second, min(life, ExportLife).Truncate(time.Second))))
	if err != nil {
		return "", err
	}
	return r.URL, nil
}
