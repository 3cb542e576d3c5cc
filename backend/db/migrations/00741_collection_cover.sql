-- +goose Up
-- Which page of the cover's file is shown; 0 is its first picture.
ALTER TABLE collections ADD COLUMN cover_page int NOT NULL DEFAULT 0 CHECK (cover_page BETWEEN 0 AND 10000);

-- +goose Down
ALTER TABLE collections DROP COLUMN cover_page;
