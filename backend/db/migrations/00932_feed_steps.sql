-- +goose Up
-- Calendars outside show every open step: its day, whose it is, and that it is over. The sequence of the draft grows with
-- each of them, also when the draft itself stays as it is.
-- +goose StatementBegin
CREATE FUNCTION draft_steps_count_calendar_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE drafts SET calendar_sequence = calendar_sequence + 1, calendar_changed_at = now() WHERE id = NEW.draft_id;
  RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER draft_steps_count_calendar_changes AFTER UPDATE OF due_on, assignee_id, finished_at ON draft_steps FOR EACH ROW
  WHEN ((OLD.due_on, OLD.assignee_id, OLD.finished_at IS NULL) IS DISTINCT FROM (NEW.due_on, NEW.assignee_id, NEW.finished_at IS NULL))
  EXECUTE FUNCTION draft_steps_count_calendar_changes();

-- +goose Down
DROP TRIGGER draft_steps_count_calendar_changes ON draft_steps;
DROP FUNCTION draft_steps_count_calendar_changes;
