-- +goose Up
-- How a file is looked at in place: pictures of its pages, its first rows, its captions by the second. It is made after the
-- file was read, by jobs of its own.
ALTER TABLE assets ADD COLUMN look text NOT NULL DEFAULT 'none' CHECK (look IN ('none', 'waiting', 'ready')),
  ADD COLUMN look_reason text NOT NULL DEFAULT '', -- machine readable: why there is nothing, or not all
  ADD COLUMN look_note text NOT NULL DEFAULT '',   -- the same for people
  ADD COLUMN look_asked_at timestamptz;
UPDATE assets SET look = 'waiting' WHERE state = 'ready' AND kind IN ('pdf', 'deck', 'document', 'spreadsheet', 'captions');
CREATE INDEX assets_look ON assets (look_asked_at) WHERE look = 'waiting';

CREATE TABLE asset_pictures (
  asset_id uuid NOT NULL REFERENCES assets ON DELETE CASCADE,
  page int NOT NULL CHECK (page >= 1),
  width int NOT NULL CHECK (width >= 0), -- pixels of the largest; 0 when the page could not be drawn
  height int NOT NULL CHECK (height >= 0),
  lines jsonb NOT NULL DEFAULT '[]',     -- words and their places
  drawn text,                            -- the words of the picture where they are not those of asset_pages
  PRIMARY KEY (asset_id, page)
);

CREATE TABLE asset_sheets (
  asset_id uuid NOT NULL REFERENCES assets ON DELETE CASCADE,
  number int NOT NULL CHECK (number >= 1),
  name text NOT NULL,
  rows jsonb NOT NULL,
  more boolean NOT NULL,
  PRIMARY KEY (asset_id, number)
);

CREATE TABLE asset_cues (
  asset_id uuid NOT NULL REFERENCES assets ON DELETE CASCADE,
  number int NOT NULL CHECK (number >= 1),
  start_ms bigint NOT NULL CHECK (start_ms >= 0),
  end_ms bigint NOT NULL,
  text text NOT NULL,
  PRIMARY KEY (asset_id, number)
);

-- +goose Down
DROP TABLE asset_cues, asset_sheets, asset_pictures;
DROP INDEX assets_look;
ALTER TABLE assets DROP COLUMN look, DROP COLUMN look_reason, DROP COLUMN look_note, DROP COLUMN look_asked_at;
