// Package passwords hashes and compares passwords and passcodes with argon2id.
package passwords

import (
	"context"
	"runtime"

	"github.com/alexedwards/argon2id"
)

// params are OWASP's second choice for argon2id (19 MiB, 2 passes), about 30 ms on one core:
// https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html
var params = &argon2id.Params{Memory: 19 * 1024, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32}

// hashing limits how many passwords are hashed at once, so that a wave of sign-ins cannot take all cores and memory.
var hashing = make(chan struct{}, max(1, runtime.NumCPU()))

// Hash gives the hash of a password, with salt and parameters in it.
func Hash(ctx context.Context, password string) (hash string, err error) {
	err = limited(ctx, func() (err error) {
		hash, err = argon2id.CreateHash(password, params)
		return err
	})
	return hash, err
}

// decoy is compared when there is no such user, so that the answer takes as long as for a real one.
const decoy = "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$kQW6Ym3n7VvYkYQbZ0kM8m0dH5c2kq1rX8bqk0m1mZk"

// Match says whether a password is the one of a hash. An empty hash never matches, and takes as long to say so.
func Match(ctx context.Context, password, hash string) (ok bool, err error) {
	known := hash != ""
	if !known {
		hash = decoy
	}
	err = limited(ctx, func() (err error) {
		ok, err = argon2id.ComparePasswordAndHash(password, hash)
		return err
	})
	return ok && known, err
}

func limited(ctx context.Context, work func() error) error {
	select {
	case hashing <- struct{}{}:
		defer func() { <-hashing }()
		return work()
	case <-ctx.Done():
		return ctx.Err()
	}
}
