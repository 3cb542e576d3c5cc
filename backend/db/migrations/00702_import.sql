-- +goose Up
-- What an imported resource was made of, so that an import that runs again passes over what has not changed at its
-- source, and keeps what people changed here.
ALTER TABLE resources ADD COLUMN source_hash bytea CHECK (length(source_hash) = 32);

-- +goose Down
ALTER TABLE resources DROP COLUMN source_hash;
