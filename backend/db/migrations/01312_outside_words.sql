-- +goose Up
-- What people outside may read of a slide: without the notes of its speaker, and nothing of a hidden one. NULL where it is
-- not known, and for other kinds of files, of which they may read everything.
ALTER TABLE asset_pages ADD COLUMN outside text;

-- +goose Down
ALTER TABLE asset_pages DROP COLUMN outside;
