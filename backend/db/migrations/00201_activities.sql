-- +goose Up
-- The append-only record of what happened, and the outbox of everything that follows from it.
CREATE TABLE activities (
  id uuid PRIMARY KEY,
  at timestamptz NOT NULL DEFAULT now(),
  verb text NOT NULL CHECK (length(verb) BETWEEN 1 AND 80),
  object_type text NOT NULL CHECK (length(object_type) BETWEEN 1 AND 40),
  object_id uuid NOT NULL,
  actor_id uuid,
  on_behalf_of uuid,
  data jsonb NOT NULL DEFAULT '{}'
);
CREATE INDEX activities_object ON activities (object_type, object_id, id);
CREATE INDEX activities_actor ON activities (actor_id, id);

-- +goose StatementBegin
CREATE FUNCTION activities_are_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'activities are append-only' USING ERRCODE = 'restrict_violation';
END $$;
-- +goose StatementEnd
CREATE TRIGGER activities_append_only BEFORE UPDATE OR DELETE ON activities
  FOR EACH ROW EXECUTE FUNCTION activities_are_append_only();

-- +goose Down
DROP TABLE activities;
DROP FUNCTION activities_are_append_only;
