-- +goose Up
-- Where the files of an import lay in the folder that was chosen, in the order of asset_ids; empty for files alone.
ALTER TABLE transfers ADD COLUMN paths text[] NOT NULL DEFAULT '{}';

-- +goose Down
ALTER TABLE transfers DROP COLUMN paths;
