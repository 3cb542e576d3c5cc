package main

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// secrets are generated at the first start and kept in the data folder, for the parts that no setting names.
type secrets struct {
	Secret      string `json:"secret"`
	S3AccessKey string `json:"s3_access_key"`
	S3SecretKey string `json:"s3_secret_key"`
	MeiliKey    string `json:"meili_key"`
}

// loadSecrets reads the generated secrets of a data folder, making those that are missing.
func loadSecrets(dir string) (s secrets, err error) {
	path := filepath.Join(dir, "secrets.json")
	b, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return s, err
	}
	if err == nil {
		if err := json.Unmarshal(b, &s); err != nil {
			return s, fmt.Errorf("%s: %w", path, err)
		}
	}
	before := s
	for _, value := range []*string{&s.Secret, &s.S3AccessKey, &s.S3SecretKey, &s.MeiliKey} {
		if *value == "" {
			*value = rand.Text()
		}
	}
	if s == before {
		return s, nil
	}
	return s, writePrivate(path, s)
}

// writePrivate writes a value as JSON for this user's eyes only: all of it or nothing.
func writePrivate(path string, value any) error {
	b, err := json.MarshalIndent(value, "", "  ")
	if err != nil {
		return err
	}
	if err := os.WriteFile(path+".new", append(b, '\n'), 0o600); err != nil {
		return err
	}
	return os.Rename(path+".new", path)
}

// derive makes the key for one purpose from the deployment's secret, so that no two purposes share one.
func derive(secret, purpose string) []byte {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte("byline " + purpose))
	return []byte(hex.EncodeToString(mac.Sum(nil)))
}
