-- +goose Up
-- What calendars outside show of a draft has a sequence number of its own (RFC 5545), that grows when a day, the title or
-- the state changes and never otherwise. The database counts, so that no way of changing a draft can forget it.
ALTER TABLE drafts ADD COLUMN calendar_sequence int NOT NULL DEFAULT 0, ADD COLUMN calendar_changed_at timestamptz NOT NULL DEFAULT now();
UPDATE drafts SET calendar_changed_at = updated_at;

-- +goose StatementBegin
CREATE FUNCTION drafts_count_calendar_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.title, NEW.content_type, NEW.state, NEW.due_on, NEW.publish_on, NEW.writer_id, NEW.confidential) IS DISTINCT FROM
     (OLD.title, OLD.content_type, OLD.state, OLD.due_on, OLD.publish_on, OLD.writer_id, OLD.confidential) THEN
    NEW.calendar_sequence := OLD.calendar_sequence + 1;
    NEW.calendar_changed_at := now();
  END IF;
  RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER drafts_count_calendar_changes BEFORE UPDATE ON drafts FOR EACH ROW EXECUTE FUNCTION drafts_count_calendar_changes();

-- One secret address per person. Only the digest of the secret is kept.
CREATE TABLE calendar_feeds (
  user_id uuid PRIMARY KEY REFERENCES users ON DELETE CASCADE,
  secret_hash bytea NOT NULL UNIQUE CHECK (length(secret_hash) = 32),
  scope text NOT NULL CHECK (scope IN ('mine', 'followed', 'all')),
  made_at timestamptz NOT NULL DEFAULT now(),
  fetched_at timestamptz
);

-- +goose Down
DROP TABLE calendar_feeds;
DROP TRIGGER drafts_count_calendar_changes ON drafts;
DROP FUNCTION drafts_count_calendar_changes;
ALTER TABLE drafts DROP COLUMN calendar_sequence, DROP COLUMN calendar_changed_at;
