-- +goose Up
-- Contributors from sales suggest; the writer or a lead of marketing lets one of them write in the text itself.
ALTER TABLE draft_people ADD COLUMN edits boolean NOT NULL DEFAULT false;

-- +goose Down
ALTER TABLE draft_people DROP COLUMN edits;
