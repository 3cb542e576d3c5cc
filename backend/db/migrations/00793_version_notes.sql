-- +goose Up
-- What somebody said that changed with a version: it can be corrected later, so a version has a revision.
ALTER TABLE resource_versions ADD COLUMN rev bigint NOT NULL DEFAULT 1;
-- until now the note of a new file was the file's name, which stands in the list anyway
UPDATE resource_versions v SET note = '' WHERE v.note <> '' AND EXISTS (
  SELECT FROM jsonb_array_elements(CASE WHEN jsonb_typeof(v.assets) = 'array' THEN v.assets ELSE '[]' END) f JOIN assets a ON a.id = (f->>'asset_id')::uuid WHERE a.name = v.note);
UPDATE resource_versions SET note = left(note, 500) WHERE char_length(note) > 500;
ALTER TABLE resource_versions ADD CONSTRAINT resource_versions_note_short CHECK (char_length(note) <= 500);

-- +goose Down
ALTER TABLE resource_versions DROP CONSTRAINT resource_versions_note_short, DROP COLUMN rev;
