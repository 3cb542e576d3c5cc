-- +goose Up
-- Seeing a resource, sharing it outside, keeping a copy inside, and letting those outside keep one are four rights.
ALTER TABLE resources
  ADD COLUMN download_inside boolean NOT NULL DEFAULT true,  -- reps may keep the files and the text
  ADD COLUMN download_outside boolean NOT NULL DEFAULT true; -- shares of it may offer the files

-- A share shows resources to one recipient outside. Its secret is known to the recipient; we keep the hash.
CREATE TABLE shares (
  id uuid PRIMARY KEY,
  token_hash bytea NOT NULL UNIQUE CHECK (length(token_hash) = 32),
  owner_id uuid NOT NULL REFERENCES users,
  created_by uuid NOT NULL REFERENCES users,
  recipient text NOT NULL CHECK (length(recipient) BETWEEN 1 AND 120),
  organisation text NOT NULL DEFAULT '' CHECK (length(organisation) <= 120),
  email text NOT NULL DEFAULT '' CHECK (length(email) <= 254),
  note text NOT NULL DEFAULT '' CHECK (length(note) <= 2000),
  passcode_hash text NOT NULL DEFAULT '', -- argon2id
  downloads boolean NOT NULL DEFAULT true,
  once boolean NOT NULL DEFAULT false,    -- opens on one device only
  opened_at timestamptz,                  -- when the one view was spent
  opened_by bytea,                        -- and the device that spent it
  expires_at timestamptz,
  revoked_at timestamptz,
  revoked_by uuid REFERENCES users,
  first_view_at timestamptz,              -- by a person, confirmed by reading
  last_view_at timestamptz,
  rev bigint NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  CHECK ((opened_at IS NULL) = (opened_by IS NULL))
);
CREATE INDEX shares_owner ON shares (owner_id, id DESC);

CREATE TABLE share_resources (
  share_id uuid NOT NULL REFERENCES shares ON DELETE CASCADE,
  resource_id uuid NOT NULL REFERENCES resources,
  position int NOT NULL,
  PRIMARY KEY (share_id, resource_id)
);
CREATE INDEX share_resources_resource ON share_resources (resource_id);

-- Browsers that opened a share, each by a hash that means nothing for another share.
CREATE TABLE share_devices (
  share_id uuid NOT NULL REFERENCES shares ON DELETE CASCADE,
  device bytea NOT NULL CHECK (length(device) = 16),
  first_at timestamptz NOT NULL DEFAULT now(),
  passed_at timestamptz, -- gave the present passcode
  PRIMARY KEY (share_id, device)
);

-- One row per visit of a person, and one per request of anything else; classes as of hits.
CREATE TABLE share_visits (
  id uuid PRIMARY KEY,
  share_id uuid NOT NULL REFERENCES shares ON DELETE CASCADE,
  device bytea NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  last_at timestamptz NOT NULL DEFAULT now(),
  class text NOT NULL CHECK (class IN ('human', 'preview', 'scanner', 'prefetch', 'internal', 'unknown')),
  reasons text[] NOT NULL,
  rule_version int NOT NULL,
  opened boolean NOT NULL,                -- what is shared was sent, not only the question for a passcode
  agent text NOT NULL DEFAULT '',
  network text NOT NULL DEFAULT '',
  country text NOT NULL DEFAULT '' CHECK (length(country) <= 2),
  seconds int NOT NULL DEFAULT 0 CHECK (seconds >= 0),
  beat_at timestamptz                     -- until when reading was told of
);
CREATE INDEX share_visits_share ON share_visits (share_id, id DESC);

-- How long what was in sight. asset_id is the nil UUID for the text of a resource.
CREATE TABLE share_reads (
  visit_id uuid NOT NULL REFERENCES share_visits ON DELETE CASCADE,
  resource_id uuid NOT NULL REFERENCES resources,
  asset_id uuid NOT NULL,
  page int NOT NULL CHECK (page BETWEEN 0 AND 10000),
  seconds int NOT NULL CHECK (seconds BETWEEN 0 AND 86400),
  PRIMARY KEY (visit_id, resource_id, asset_id, page)
);

CREATE TABLE share_downloads (
  id uuid PRIMARY KEY,
  share_id uuid NOT NULL REFERENCES shares ON DELETE CASCADE,
  device bytea NOT NULL,
  asset_id uuid NOT NULL REFERENCES assets,
  at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX share_downloads_share ON share_downloads (share_id, at);

-- Tries of passcodes, counted before one is compared: one row per share, and per share and address; a window of an hour.
CREATE TABLE share_attempts (
  bucket text PRIMARY KEY,
  n int NOT NULL,
  since timestamptz NOT NULL DEFAULT now()
);

ALTER TABLE notifications DROP CONSTRAINT notifications_reason_check;
ALTER TABLE notifications ADD CONSTRAINT notifications_reason_check CHECK (reason IN ('mention', 'reply', 'follow', 'assigned', 'approval', 'offered', 'shared'));

-- +goose Down
DELETE FROM notifications WHERE reason = 'shared';
ALTER TABLE notifications DROP CONSTRAINT notifications_reason_check;
ALTER TABLE notifications ADD CONSTRAINT notifications_reason_check CHECK (reason IN ('mention', 'reply', 'follow', 'assigned', 'approval', 'offered'));
DROP TABLE share_attempts, share_downloads, share_reads, share_visits, share_devices, share_resources, shares;
ALTER TABLE resources DROP COLUMN download_inside, DROP COLUMN download_outside;
