-- +goose Up
CREATE TABLE links (
  id uuid PRIMARY KEY,
  code text NOT NULL UNIQUE CHECK (code ~ '^[0-9A-Za-z]{4,32}$'),
  target text NOT NULL CHECK (target ~ '^https?://' AND length(target) <= 2000),
  owner_id uuid NOT NULL REFERENCES users,
  placement text NOT NULL CHECK (length(placement) BETWEEN 1 AND 60), -- linkedin, x, email, …
  object_type text NOT NULL DEFAULT '',
  object_id uuid,
  active boolean NOT NULL DEFAULT true,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX links_owner ON links (owner_id, id DESC);
CREATE INDEX links_object ON links (object_type, object_id);

CREATE TABLE hits (
  id uuid PRIMARY KEY,
  link_id uuid NOT NULL REFERENCES links,
  at timestamptz NOT NULL DEFAULT now(),
  class text NOT NULL CHECK (class IN ('human', 'preview', 'scanner', 'prefetch', 'internal', 'unknown')),
  reasons text[] NOT NULL,
  rule_version int NOT NULL,
  method text NOT NULL,
  agent text NOT NULL DEFAULT '',
  referrer text NOT NULL DEFAULT '',
  address_hash bytea NOT NULL, -- keyed, so that repeats and bursts are seen without keeping addresses
  network text NOT NULL DEFAULT '' -- /24 or /48 of the address
);
CREATE INDEX hits_link ON hits (link_id, at);
CREATE INDEX hits_recent ON hits (at, address_hash);

-- Every class that a hit had before its present one.
CREATE TABLE hit_scores (
  hit_id uuid NOT NULL REFERENCES hits ON DELETE CASCADE,
  class text NOT NULL,
  reasons text[] NOT NULL,
  rule_version int NOT NULL,
  replaced_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX hit_scores_hit ON hit_scores (hit_id);

-- +goose Down
DROP TABLE hit_scores, hits, links;
