-- +goose Up
-- The picture of a resource that somebody chose: page 0 of an uploaded picture of its own, else a page of one of its files.
-- Without one it is the first page, as before. Pictures of its own belong to it as asset_uses of "resource_cover", the one
-- before the present one too, so that a change can be taken back.
ALTER TABLE resources ADD COLUMN cover_asset_id uuid REFERENCES assets ON DELETE SET NULL,
  ADD COLUMN cover_page int NOT NULL DEFAULT 0 CHECK (cover_page BETWEEN 0 AND 10000);
CREATE INDEX resources_cover ON resources (cover_asset_id) WHERE cover_asset_id IS NOT NULL;
ALTER TABLE asset_uses DROP CONSTRAINT asset_uses_object_type_check;
ALTER TABLE asset_uses ADD CONSTRAINT asset_uses_object_type_check CHECK (object_type IN ('draft', 'resource', 'post', 'user', 'draft_text', 'resource_text', 'resource_cover'));

-- +goose Down
DROP INDEX resources_cover;
DELETE FROM asset_uses WHERE object_type = 'resource_cover';
ALTER TABLE asset_uses DROP CONSTRAINT asset_uses_object_type_check;
ALTER TABLE asset_uses ADD CONSTRAINT asset_uses_object_type_check CHECK (object_type IN ('draft', 'resource', 'post', 'user', 'draft_text', 'resource_text'));
ALTER TABLE resources DROP COLUMN cover_asset_id, DROP COLUMN cover_page;
