-- +goose Up
-- What the nightly checks found wrong with resources. What is mended is shown no more, whatever the next night says.
CREATE TABLE check_findings (
  id uuid PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('same_file', 'near_text', 'dead_link', 'no_owner', 'no_tags')),
  resource_id uuid NOT NULL REFERENCES resources ON DELETE CASCADE,
  other_id uuid REFERENCES resources ON DELETE CASCADE, -- of duplicates: the older one
  detail text NOT NULL DEFAULT '',                      -- of a dead link: its address
  note text NOT NULL DEFAULT '',                        -- what is wrong with it, for people
  run bigint NOT NULL,                                  -- in which it was found last
  found_at timestamptz NOT NULL DEFAULT now(),
  dismissed_at timestamptz,
  dismissed_by uuid REFERENCES users ON DELETE SET NULL,
  reason text NOT NULL DEFAULT '' CHECK (length(reason) <= 300),
  UNIQUE NULLS NOT DISTINCT (kind, resource_id, other_id, detail)
);
CREATE INDEX check_findings_resource ON check_findings (resource_id);

-- Addresses in texts, and how they answered.
CREATE TABLE check_links (
  url text PRIMARY KEY CHECK (length(url) <= 2000),
  tried_at timestamptz NOT NULL,
  failed_since timestamptz,          -- of failures in a row
  note text NOT NULL DEFAULT ''
);

CREATE TABLE check_settings (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  links boolean NOT NULL DEFAULT true, -- whether addresses are asked at all
  run bigint NOT NULL DEFAULT 0,
  ran_at timestamptz
);
INSERT INTO check_settings DEFAULT VALUES;

-- +goose Down
DROP TABLE check_settings, check_links, check_findings;
