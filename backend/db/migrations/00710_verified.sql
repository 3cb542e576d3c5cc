-- +goose Up
-- Who last said that a resource is still right, and when.
ALTER TABLE resources ADD COLUMN verified_at timestamptz, ADD COLUMN verified_by uuid REFERENCES users;
-- Views of the last days, for lists and their order.
CREATE INDEX resource_views_day ON resource_views (resource_id, day);

-- +goose Down
DROP INDEX resource_views_day;
ALTER TABLE resources DROP COLUMN verified_at, DROP COLUMN verified_by;
