-- +goose Up
-- How many pieces a column of the board should hold at most; a column without a row has no limit. More than that is
-- marked, never refused. The settings are one thing with one revision.
CREATE TABLE board_settings (
  id boolean PRIMARY KEY DEFAULT true CHECK (id),
  limits jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(limits) = 'object'),
  rev bigint NOT NULL DEFAULT 1,
  updated_by uuid REFERENCES users,
  updated_at timestamptz NOT NULL DEFAULT now()
);
INSERT INTO board_settings DEFAULT VALUES;

CREATE INDEX drafts_publish_on ON drafts (publish_on) WHERE publish_on IS NOT NULL;
CREATE INDEX drafts_due_on ON drafts (due_on) WHERE due_on IS NOT NULL;

-- +goose Down
DROP INDEX drafts_due_on, drafts_publish_on;
DROP TABLE board_settings;
