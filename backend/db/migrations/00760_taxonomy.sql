-- +goose Up
-- What the company says of values of its taxonomy. Values that are used and not named here are offered like any other.
CREATE TABLE taxonomy_values (
  facet text NOT NULL CHECK (facet IN ('persona', 'stage', 'industry', 'product', 'region', 'lang', 'tag')),
  value text NOT NULL CHECK (length(value) BETWEEN 1 AND 500),
  retired boolean NOT NULL DEFAULT false,           -- not offered any more, still shown
  merged_into text CHECK (merged_into <> value),    -- whoever gives it gives that one
  by_id uuid REFERENCES users ON DELETE SET NULL,
  at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (facet, value)
);

-- One merge, or one new name, which is a merge into a value that nothing had.
CREATE TABLE taxonomy_changes (
  id uuid PRIMARY KEY,
  facet text NOT NULL,
  sources text[] NOT NULL CHECK (cardinality(sources) BETWEEN 1 AND 50),
  target text NOT NULL,
  was_new boolean NOT NULL DEFAULT false, -- nothing was called so before
  resources int NOT NULL DEFAULT 0,
  collections int NOT NULL DEFAULT 0,
  views int NOT NULL DEFAULT 0,
  by_id uuid REFERENCES users ON DELETE SET NULL,
  at timestamptz NOT NULL DEFAULT now(),
  undone_at timestamptz
);

-- What each thing had before and got: undo gives it back where it still has what it got.
CREATE TABLE taxonomy_changed (
  change_id uuid NOT NULL REFERENCES taxonomy_changes ON DELETE CASCADE,
  kind text NOT NULL CHECK (kind IN ('resource', 'collection', 'view')),
  thing_id uuid NOT NULL,
  before jsonb NOT NULL,
  after jsonb NOT NULL,
  PRIMARY KEY (change_id, kind, thing_id)
);

-- Which facets a published resource of a type must have.
CREATE TABLE taxonomy_required (
  content_type text NOT NULL CHECK (length(content_type) BETWEEN 1 AND 40),
  facet text NOT NULL CHECK (facet IN ('persona', 'stage', 'industry', 'product', 'region', 'tag')),
  by_id uuid REFERENCES users ON DELETE SET NULL,
  at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (content_type, facet)
);

-- +goose Down
DROP TABLE taxonomy_required, taxonomy_changed, taxonomy_changes, taxonomy_values;
