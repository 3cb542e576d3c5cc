-- +goose Up
-- A set of resources with a page of its own: chosen by hand, in sections and an order, or by a rule, which is what the
-- filters of the library are. It grants nothing: everybody sees in it what they may see anyway.
CREATE TABLE collections (
  id uuid PRIMARY KEY,
  owner_id uuid NOT NULL REFERENCES users,
  side text NOT NULL CHECK (side IN ('sales', 'marketing')), -- of the maker, when it was made
  title text NOT NULL CHECK (length(title) BETWEEN 1 AND 120),
  summary text NOT NULL DEFAULT '' CHECK (length(summary) <= 1000),
  kind text NOT NULL CHECK (kind IN ('hand', 'rule')),
  rule jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(rule) = 'object'), -- values by facet
  sort text NOT NULL DEFAULT 'new' CHECK (sort IN ('new', 'used', 'title')), -- of a rule
  tone int NOT NULL DEFAULT 0 CHECK (tone BETWEEN 0 AND 5),
  cover_id uuid REFERENCES resources ON DELETE SET NULL, -- whose picture is its cover
  shared text NOT NULL DEFAULT 'nobody' CHECK (shared IN ('nobody', 'side', 'everybody')),
  sections text[] NOT NULL DEFAULT '{""}' CHECK (cardinality(sections) BETWEEN 1 AND 20), -- their headings
  rev bigint NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  deleted_at timestamptz -- kept for a while, so that deleting can be taken back
);

CREATE TABLE collection_items (
  collection_id uuid NOT NULL REFERENCES collections ON DELETE CASCADE,
  resource_id uuid NOT NULL REFERENCES resources ON DELETE CASCADE,
  section int NOT NULL DEFAULT 0,
  position int NOT NULL,
  PRIMARY KEY (collection_id, resource_id)
);
CREATE INDEX collection_items_resource ON collection_items (resource_id);

-- +goose Down
DROP TABLE collection_items, collections;
