// Package blob is the one way to files: any S3 server. The server creates, signs, completes and aborts uploads; browsers
// put the parts straight into S3 and never send a byte through the API.
package blob

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
	"github.com/aws/smithy-go"

	"byline/backend/internal/platform/errs"
)

// Config says where the bucket is.
type Config struct {
	Endpoint       string // that this process dials
	PublicEndpoint string // that browsers dial; "" means the same
	Region         string // "" means us-east-1
	AccessKey      string // at least three characters
	SecretKey      string
	Bucket         string
	Prefix         string // of all keys; for tests that share a bucket
}

// Store is one bucket.
type Store struct {
	cfg     Config
	client  *s3.Client
	presign *s3.PresignClient
}

// How long signed addresses work.
const (
	UploadLife   = 15 * time.Minute
	DownloadLife = 5 * time.Minute
)

// The limits of S3: https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html
const (
	MaxParts    = 10_000
	MinPartSize = 5 << 20 // the least that S3 takes: what is under way when a link breaks is sent again
)

// New makes a store. It does not connect.
func New(cfg Config) *Store {
	if cfg.Region == "" {
		cfg.Region = "us-east-1"
	}
	if cfg.PublicEndpoint == "" {
		cfg.PublicEndpoint = cfg.Endpoint
	}
	client := func(endpoint string) *s3.Client {
		return s3.New(s3.Options{Region: cfg.Region, BaseEndpoint: aws.String(endpoint), UsePathStyle: true,
			Credentials: credentials.NewStaticCredentialsProvider(cfg.AccessKey, cfg.SecretKey, ""),
			// other S3 servers stumble over the checksum trailers that newer SDKs add by default
			RequestChecksumCalculation: aws.RequestChecksumCalculationWhenRequired,
			ResponseChecksumValidation: aws.ResponseChecksumValidationWhenRequired,
			RetryMaxAttempts:           3})
	}
	return &Store{cfg: cfg, client: client(cfg.Endpoint), presign: s3.NewPresignClient(client(cfg.PublicEndpoint))}
}

func (s *Store) key(key string) *string { return aws.String(s.cfg.Prefix + key) }

// EnsureBucket makes the bucket when it is missing.
func (s *Store) EnsureBucket(ctx context.Context) error {
	_, err := s.client.HeadBucket(ctx, &s3.HeadBucketInput{Bucket: &s.cfg.Bucket})
	if err == nil {
		return nil
	}
	_, err = s.client.CreateBucket(ctx, &s3.CreateBucketInput{Bucket: &s.cfg.Bucket})
	var mine *types.BucketAlreadyOwnedByYou
	var taken *types.BucketAlreadyExists
	if errors.As(err, &mine) || errors.As(err, &taken) {
		return nil
	}
	return away(err)
}

// Check says whether the bucket can be reached.
func (s *Store) Check(ctx context.Context) error {
	_, err := s.client.HeadBucket(ctx, &s3.HeadBucketInput{Bucket: &s.cfg.Bucket})
	return err
}

// PartSize is how large the parts of a file of the given size are.
func PartSize(size int64) int64 { return max(MinPartSize, (size+MaxParts-1)/MaxParts) }

// Begin opens an upload in parts and gives its id.
func (s *Store) Begin(ctx context.Context, key, contentType string) (string, error) {
	out, err := s.client.CreateMultipartUpload(ctx, &s3.CreateMultipartUploadInput{Bucket: &s.cfg.Bucket, Key: s.key(key), ContentType: &contentType})
	if err != nil {
		return "", away(err)
	}
	return *out.UploadId, nil
}

// SignPart gives the address to which a browser puts one part of exactly length bytes.
func (s *Store) SignPart(ctx context.Context, key, uploadID string, number int32, length int64) (string, error) {
	r, err := s.presign.PresignUploadPart(ctx, &s3.UploadPartInput{Bucket: &s.cfg.Bucket, Key: s.key(key), UploadId: &uploadID,
		PartNumber: &number, ContentLength: &length}, s3.WithPresignExpires(UploadLife))
	if err != nil {
		return "", err
	}
	return r.URL, nil
}

// Part is a part that has arrived.
type Part struct {
	Number int32
	Size   int64
	ETag   string
}

// Parts lists what has arrived of an upload. NotFound when there is no such upload (any more).
func (s *Store) Parts(ctx context.Context, key, uploadID string) ([]Part, error) {
	var parts []Part
	pages := s3.NewListPartsPaginator(s.client, &s3.ListPartsInput{Bucket: &s.cfg.Bucket, Key: s.key(key), UploadId: &uploadID})
	for pages.HasMorePages() {
		out, err := pages.NextPage(ctx)
		if err != nil {
			return nil, away(err)
		}
		for _, p := range out.Parts {
			parts = append(parts, Part{Number: aws.ToInt32(p.PartNumber), Size: aws.ToInt64(p.Size), ETag: aws.ToString(p.ETag)})
		}
	}
	return parts, nil
}

// Complete joins the parts into the object.
func (s *Store) Complete(ctx context.Context, key, uploadID string, parts []Part) error {
	done := make([]types.CompletedPart, len(parts))
	for i, p := range parts {
		done[i] = types.CompletedPart{PartNumber: aws.Int32(p.Number), ETag: aws.String(p.ETag)}
	}
	_, err := s.client.CompleteMultipartUpload(ctx, &s3.CompleteMultipartUploadInput{Bucket: &s.cfg.Bucket, Key: s.key(key), UploadId: &uploadID,
		MultipartUpload: &types.CompletedMultipartUpload{Parts: done}})
	return away(err)
}

// Abort throws an upload away; one that is gone already is no error.
func (s *Store) Abort(ctx context.Context, key, uploadID string) error {
	_, err := s.client.AbortMultipartUpload(ctx, &s3.AbortMultipartUploadInput{Bucket: &s.cfg.Bucket, Key: s.key(key), UploadId: &uploadID})
	if err = away(err); errs.CodeOf(err) == errs.NotFound {
		return nil
	}
	return err
}

// Size gives the bytes of an object. NotFound when there is none.
func (s *Store) Size(ctx context.Context, key string) (int64, error) {
	out, err := s.client.HeadObject(ctx, &s3.HeadObjectInput{Bucket: &s.cfg.Bucket, Key: s.key(key)})
	if err != nil {
		return 0, away(err)
	}
	return aws.ToInt64(out.ContentLength), nil
}

// Open reads an object; the caller closes it.
func (s *Store) Open(ctx context.Context, key string) (io.ReadCloser, error) {
	out, err := s.client.GetObject(ctx, &s3.GetObjectInput{Bucket: &s.cfg.Bucket, Key: s.key(key)})
	if err != nil {
		return nil, away(err)
	}
	return out.Body, nil
}

// Put writes a small object, such as a preview. body must be seekable.
func (s *Store) Put(ctx context.Context, key, contentType string, body io.ReadSeeker) error {
	_, err := s.client.PutObject(ctx, &s3.PutObjectInput{Bucket: &s.cfg.Bucket, Key: s.key(key), ContentType: &contentType, Body: body})
	return away(err)
}

// Delete removes an object; one that is gone already is no error.
func (s *Store) Delete(ctx context.Context, key string) error {
	_, err := s.client.DeleteObject(ctx, &s3.DeleteObjectInput{Bucket: &s.cfg.Bucket, Key: s.key(key)})
	return away(err)
}

// SignGet gives an address from which a browser loads an object: as a download under the given name, or in place. It works for the given time, DownloadLife at most; S3 counts in seconds.
func (s *Store) SignGet(ctx context.Context, key, name, contentType string, inline bool, life time.Duration) (string, error) {
	disposition := "attachment"
	if inline {
		disposition = "inline"
	}
	in := &s3.GetObjectInput{Bucket: &s.cfg.Bucket, Key: s.key(key)}
	if contentType != "" { // otherwise the one that it was stored with
		in.ResponseContentType = &contentType
	}
	if name != "" {
		in.ResponseContentDisposition = aws.String(Disposition(disposition, name))
	} else {
		in.ResponseContentDisposition = &disposition
	}
	r, err := s.presign.PresignGetObject(ctx, in, s3.WithPresignExpires(max(time.Second, min(life, DownloadLife).Truncate(time.Second))))
	if err != nil {
		return "", err
	}
	return r.URL, nil
}

// Disposition is a Content-Disposition header by RFC 6266, with names in any script.
func Disposition(kind, name string) string {
	clean := strings.Map(func(r rune) rune {
		if r < ' ' || r == '"' || r == '\\' || r == '/' || r == 0x7f {
			return '_'
		}
		return r
	}, name)
	return mime.FormatMediaType(kind, map[string]string{"filename": clean})
}

// away turns S3's errors into ours: missing things into NotFound, everything else into Unavailable.
func away(err error) error {
	if err == nil {
		return nil
	}
	var api smithy.APIError
	if errors.As(err, &api) && slices.Contains([]string{"NoSuchKey", "NoSuchUpload", "NotFound"}, api.ErrorCode()) {
		return errs.Wrap(errs.NotFound, "This file is not in the storage (any more).", err)
	}
	if errors.Is(err, context.Canceled) {
		return err
	}
	e := errs.Wrap(errs.Unavailable, "The file storage is away for a moment. Please try again.", fmt.Errorf("s3: %w", err))
	e.RetryAfterSeconds = 5
	return e
}
