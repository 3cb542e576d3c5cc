-- +goose Up
-- What a resource was last restored from, so that the same export changes nothing when it is imported again.
ALTER TABLE resources ADD COLUMN restored_hash bytea CHECK (length(restored_hash) = 32);

-- +goose Down
ALTER TABLE resources DROP COLUMN restored_hash;
