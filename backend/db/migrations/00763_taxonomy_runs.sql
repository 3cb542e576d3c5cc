-- +goose Up
-- A merge of many resources is done by a job, some at a time, and so is taking it back. Both go on after a kill.
ALTER TABLE taxonomy_changes
  ADD COLUMN state text NOT NULL DEFAULT 'done' CHECK (state IN ('running', 'done', 'undoing', 'undone')),
  ADD COLUMN handled int NOT NULL DEFAULT 0, -- resources, of the run that goes on or was the last
  ADD COLUMN undone_to uuid,                 -- the last resource that was looked at by the undo
  ADD COLUMN restored int NOT NULL DEFAULT 0,
  ADD COLUMN left_alone int NOT NULL DEFAULT 0,
  ADD COLUMN touched_at timestamptz NOT NULL DEFAULT now();
UPDATE taxonomy_changes SET handled = resources, state = CASE WHEN undone_at IS NULL THEN 'done' ELSE 'undone' END;
CREATE INDEX taxonomy_changes_going_on ON taxonomy_changes (touched_at) WHERE state IN ('running', 'undoing');

-- +goose Down
ALTER TABLE taxonomy_changes DROP COLUMN state, DROP COLUMN handled, DROP COLUMN undone_to, DROP COLUMN restored, DROP COLUMN left_alone, DROP COLUMN touched_at;
