-- +goose Up
-- Who looks again at what has this type and no owner of its own.
ALTER TABLE content_types ADD COLUMN keeper_id uuid REFERENCES users;

-- +goose Down
ALTER TABLE content_types DROP COLUMN keeper_id;
