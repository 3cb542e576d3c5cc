-- +goose Up
-- When somebody last looked at what is new: previous_at is the end of the visit before this one, and does not move within one.
CREATE TABLE library_visits (
  user_id uuid PRIMARY KEY REFERENCES users ON DELETE CASCADE,
  previous_at timestamptz,       -- none in the first visit
  seen_at timestamptz NOT NULL
);
-- what somebody read, for recommendations
CREATE INDEX resource_views_by_user ON resource_views (user_id, day) INCLUDE (resource_id);

-- +goose Down
DROP INDEX resource_views_by_user;
DROP TABLE library_visits;
