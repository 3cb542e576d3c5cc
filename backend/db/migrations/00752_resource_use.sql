-- +goose Up
-- How many people looked at a resource in the last 30 days, counted every few minutes: lists and searches read one row each.
CREATE TABLE resource_use (
  resource_id uuid PRIMARY KEY REFERENCES resources ON DELETE CASCADE,
  people int NOT NULL,
  sales int NOT NULL,
  marketing int NOT NULL,
  teams jsonb NOT NULL DEFAULT '{}' -- people by the id of their team
);
CREATE INDEX resource_views_by_day ON resource_views (day) INCLUDE (resource_id, user_id);

-- +goose Down
DROP INDEX resource_views_by_day;
DROP TABLE resource_use;
