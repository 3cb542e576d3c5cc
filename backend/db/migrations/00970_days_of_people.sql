-- +goose Up
-- A day is somebody's: whether a step ended on its day is asked where its writer is, what is overdue where its reader is.
-- +goose StatementBegin
-- The day that it is in a time zone; in UTC where this database does not know it.
CREATE FUNCTION day_in(zone text, moment timestamptz) RETURNS date LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (moment AT TIME ZONE zone)::date;
EXCEPTION WHEN invalid_parameter_value THEN
  RETURN (moment AT TIME ZONE 'UTC')::date;
END $$;

CREATE OR REPLACE FUNCTION drafts_lead_their_steps() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  here int := draft_step_rank(NEW.state);
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO draft_steps (draft_id, step, due_on, started_at)
      SELECT NEW.id, s, CASE WHEN s = 'approved' THEN NEW.publish_on WHEN s = NEW.state THEN NEW.due_on END, CASE WHEN s = NEW.state THEN NEW.state_changed_at END
      FROM unnest(ARRAY['brief', 'writing', 'in_review', 'approved']) s ON CONFLICT DO NOTHING;
    RETURN NULL;
  END IF;
  IF NEW.state <> OLD.state AND here IS NOT NULL THEN
    UPDATE draft_steps SET
      started_at = CASE WHEN draft_step_rank(step) > here THEN NULL WHEN draft_step_rank(step) = here AND (started_at IS NULL OR finished_at IS NOT NULL) THEN now() ELSE coalesce(started_at, now()) END,
      answered = CASE WHEN draft_step_rank(step) < here AND finished_at IS NULL THEN due_on IS NULL OR due_on = day_in((SELECT u.timezone FROM users u WHERE u.id = NEW.writer_id), now()) WHEN draft_step_rank(step) < here THEN answered ELSE true END,
      finished_at = CASE WHEN draft_step_rank(step) < here THEN coalesce(finished_at, now()) END
      WHERE draft_id = NEW.id;
    UPDATE drafts SET due_on = s.due_on FROM draft_steps s WHERE drafts.id = NEW.id AND s.draft_id = NEW.id AND s.step = NEW.state AND drafts.due_on IS DISTINCT FROM s.due_on;
    RETURN NULL;
  END IF;
  IF NEW.due_on IS DISTINCT FROM OLD.due_on THEN
    UPDATE draft_steps SET due_on = NEW.due_on WHERE draft_id = NEW.id AND step = NEW.state AND due_on IS DISTINCT FROM NEW.due_on;
  END IF;
  IF NEW.publish_on IS DISTINCT FROM OLD.publish_on THEN
    UPDATE draft_steps SET due_on = NEW.publish_on WHERE draft_id = NEW.id AND step = 'approved' AND due_on IS DISTINCT FROM NEW.publish_on;
  END IF;
  RETURN NULL;
END $$;
-- +goose StatementEnd

-- +goose Down
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION drafts_lead_their_steps() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  here int := draft_step_rank(NEW.state);
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO draft_steps (draft_id, step, due_on, started_at)
      SELECT NEW.id, s, CASE WHEN s = 'approved' THEN NEW.publish_on WHEN s = NEW.state THEN NEW.due_on END, CASE WHEN s = NEW.state THEN NEW.state_changed_at END
      FROM unnest(ARRAY['brief', 'writing', 'in_review', 'approved']) s ON CONFLICT DO NOTHING;
    RETURN NULL;
  END IF;
  IF NEW.state <> OLD.state AND here IS NOT NULL THEN
    UPDATE draft_steps SET
      started_at = CASE WHEN draft_step_rank(step) > here THEN NULL WHEN draft_step_rank(step) = here AND (started_at IS NULL OR finished_at IS NOT NULL) THEN now() ELSE coalesce(started_at, now()) END,
      answered = CASE WHEN draft_step_rank(step) < here AND finished_at IS NULL THEN due_on IS NULL OR due_on = current_date WHEN draft_step_rank(step) < here THEN answered ELSE true END,
      finished_at = CASE WHEN draft_step_rank(step) < here THEN coalesce(finished_at, now()) END
      WHERE draft_id = NEW.id;
    UPDATE drafts SET due_on = s.due_on FROM draft_steps s WHERE drafts.id = NEW.id AND s.draft_id = NEW.id AND s.step = NEW.state AND drafts.due_on IS DISTINCT FROM s.due_on;
    RETURN NULL;
  END IF;
  IF NEW.due_on IS DISTINCT FROM OLD.due_on THEN
    UPDATE draft_steps SET due_on = NEW.due_on WHERE draft_id = NEW.id AND step = NEW.state AND due_on IS DISTINCT FROM NEW.due_on;
  END IF;
  IF NEW.publish_on IS DISTINCT FROM OLD.publish_on THEN
    UPDATE draft_steps SET due_on = NEW.publish_on WHERE draft_id = NEW.id AND step = 'approved' AND due_on IS DISTINCT FROM NEW.publish_on;
  END IF;
  RETURN NULL;
END $$;
-- +goose StatementEnd
DROP FUNCTION day_in;
