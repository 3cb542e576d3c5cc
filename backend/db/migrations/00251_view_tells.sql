-- +goose Up
-- Who is told of what is new in a saved view of the library, and since when.
CREATE TABLE view_tells (
  user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  view_id uuid NOT NULL REFERENCES views ON DELETE CASCADE,
  since timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (user_id, view_id)
);
CREATE INDEX view_tells_view ON view_tells (view_id);

-- +goose Down
DROP TABLE view_tells;
