-- +goose Up
-- A file that stands in a text belongs to that text: whoever may read it may see the file, in every version of it.
ALTER TABLE asset_uses DROP CONSTRAINT asset_uses_object_type_check;
ALTER TABLE asset_uses ADD CONSTRAINT asset_uses_object_type_check CHECK (object_type IN ('draft', 'resource', 'post', 'user', 'draft_text', 'resource_text'));

-- +goose Down
DELETE FROM asset_uses WHERE object_type IN ('draft_text', 'resource_text');
ALTER TABLE asset_uses DROP CONSTRAINT asset_uses_object_type_check;
ALTER TABLE asset_uses ADD CONSTRAINT asset_uses_object_type_check CHECK (object_type IN ('draft', 'resource', 'post', 'user'));
