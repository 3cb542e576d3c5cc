-- +goose Up
-- In which time zone the times of release and expiry were stated: an IANA name, or '' when nobody said.
ALTER TABLE resources ADD COLUMN dates_zone text NOT NULL DEFAULT '' CHECK (length(dates_zone) <= 60);

-- Which notices of a review went out: once for each day on which it is due, however often the job runs.
CREATE TABLE resource_notices (
  resource_id uuid NOT NULL REFERENCES resources ON DELETE CASCADE,
  due_on date NOT NULL,
  days int NOT NULL CHECK (days IN (28, 14, 0)),
  told_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (resource_id, due_on, days)
);

-- +goose Down
DROP TABLE resource_notices;
ALTER TABLE resources DROP COLUMN dates_zone;
