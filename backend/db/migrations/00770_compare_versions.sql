-- +goose Up
-- What versions are compared by: the text of imported ones, the facts of the moment, and what a version brought back.
ALTER TABLE resource_versions ADD COLUMN body_markdown text NOT NULL DEFAULT '',
  ADD COLUMN facts jsonb,      -- type, language and taxonomy; NULL when nobody kept them
  ADD COLUMN restored_from int; -- the version that was brought back
-- a new file has never changed the text
UPDATE resource_versions v SET body_markdown = r.body_markdown FROM resources r WHERE r.id = v.resource_id AND v.doc IS NULL AND r.body_markdown <> '';
-- in which version was a file?
CREATE INDEX resource_versions_assets ON resource_versions USING gin (assets jsonb_path_ops);

-- +goose Down
DROP INDEX resource_versions_assets;
ALTER TABLE resource_versions DROP COLUMN body_markdown, DROP COLUMN facts, DROP COLUMN restored_from;
