-- +goose Up
-- Of what somebody was told that it fits a view of theirs: once per resource and view.
CREATE TABLE demand_view_told (
  user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  view_id uuid NOT NULL REFERENCES views ON DELETE CASCADE,
  resource_id uuid NOT NULL REFERENCES resources ON DELETE CASCADE,
  at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (user_id, view_id, resource_id)
);
CREATE INDEX demand_view_told_view ON demand_view_told (view_id);

-- +goose Down
DROP TABLE demand_view_told;
