-- +goose Up
-- One change of many resources at once, and what each of them had before and got, so that it can be taken back.
CREATE TABLE bulk_edits (
  id uuid PRIMARY KEY,
  by_id uuid NOT NULL REFERENCES users,
  change jsonb NOT NULL,
  collection_id uuid REFERENCES collections ON DELETE SET NULL,
  at timestamptz NOT NULL DEFAULT now(),
  undone_at timestamptz
);
CREATE TABLE bulk_edit_items (
  edit_id uuid NOT NULL REFERENCES bulk_edits ON DELETE CASCADE,
  resource_id uuid NOT NULL REFERENCES resources ON DELETE CASCADE,
  before jsonb NOT NULL,
  after jsonb NOT NULL,
  collected boolean NOT NULL DEFAULT false, -- came into the collection by this
  PRIMARY KEY (edit_id, resource_id)
);

-- +goose Down
DROP TABLE bulk_edit_items, bulk_edits;
