-- +goose Up
-- Exports of the whole resource center, and imports of many things at once.
CREATE TABLE transfers (
  id uuid PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('export', 'import')),
  person_id uuid NOT NULL REFERENCES users,
  state text NOT NULL CHECK (state IN ('checking', 'checked', 'running', 'done', 'failed', 'stopped')),
  name text NOT NULL DEFAULT '',
  form text NOT NULL DEFAULT '' CHECK (form IN ('', 'lists', 'csv', 'files', 'export')), -- of what is imported
  asset_ids uuid[] NOT NULL DEFAULT '{}', -- what it is read from; emptied when that was thrown away
  done int NOT NULL DEFAULT 0,
  total int NOT NULL DEFAULT 0,
  problem text NOT NULL DEFAULT '',     -- why it failed, for people
  storage_key text NOT NULL DEFAULT '', -- of an export, while it is kept
  size bigint NOT NULL DEFAULT 0,
  expires_at timestamptz,               -- until when an export is kept
  runner uuid,                          -- the run that works on it
  runs int NOT NULL DEFAULT 0,          -- how often the import was begun: again after a kill
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now() -- beats while somebody works on it
);
CREATE INDEX transfers_new ON transfers (kind, id DESC);
CREATE UNIQUE INDEX transfers_one_export ON transfers (kind) WHERE kind = 'export' AND state = 'running';

-- What an import would do with each of its lines, and what it did.
CREATE TABLE transfer_rows (
  transfer_id uuid NOT NULL REFERENCES transfers ON DELETE CASCADE,
  list text NOT NULL,
  line int NOT NULL,
  position int NOT NULL,
  source_id text NOT NULL DEFAULT '',
  title text NOT NULL DEFAULT '',
  planned text NOT NULL CHECK (planned IN ('created', 'updated', 'unchanged', 'kept', 'refused', 'left_out')),
  result text CHECK (result IN ('created', 'updated', 'unchanged', 'kept', 'refused', 'left_out')), -- NULL until it was done
  reason text NOT NULL DEFAULT '',
  explanation text NOT NULL DEFAULT '',
  resource_id uuid,
  PRIMARY KEY (transfer_id, list, line)
);
CREATE UNIQUE INDEX transfer_rows_order ON transfer_rows (transfer_id, position);

-- +goose Down
DROP TABLE transfer_rows, transfers;
