-- +goose Up
-- Every draft has a type that is managed in content_types.
ALTER TABLE drafts DROP CONSTRAINT drafts_content_type_check;
ALTER TABLE drafts ADD CONSTRAINT drafts_content_type_fkey FOREIGN KEY (content_type) REFERENCES content_types (key);

-- The steps of a draft are its states; "approved" ends with publishing. When each is due, whose it is, and how it went.
CREATE TABLE draft_steps (
  draft_id uuid NOT NULL REFERENCES drafts ON DELETE CASCADE,
  step text NOT NULL CHECK (step IN ('brief', 'writing', 'in_review', 'approved')),
  due_on date,
  assignee_id uuid REFERENCES users,
  started_at timestamptz,
  finished_at timestamptz,
  answered boolean NOT NULL DEFAULT true, -- false: it ended on another day than planned, and nobody has said what becomes of the days after it
  PRIMARY KEY (draft_id, step)
);
CREATE INDEX draft_steps_assignee ON draft_steps (assignee_id) WHERE assignee_id IS NOT NULL AND finished_at IS NULL;

CREATE TABLE draft_checklist (
  id uuid PRIMARY KEY,
  draft_id uuid NOT NULL REFERENCES drafts ON DELETE CASCADE,
  position int NOT NULL,
  text text NOT NULL CHECK (length(text) BETWEEN 1 AND 200),
  done_at timestamptz,
  done_by uuid REFERENCES users,
  CHECK ((done_at IS NULL) = (done_by IS NULL))
);
CREATE INDEX draft_checklist_draft ON draft_checklist (draft_id, position);

-- +goose StatementBegin
CREATE FUNCTION draft_step_rank(state text) RETURNS int LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE state WHEN 'brief' THEN 1 WHEN 'writing' THEN 2 WHEN 'in_review' THEN 3 WHEN 'approved' THEN 4 WHEN 'published' THEN 5 END
$$;

-- drafts.due_on is the day of the step that a draft is in and drafts.publish_on that of the last one, so that lists need no
-- join. Whichever side is written, the other follows, in the same statement.
CREATE FUNCTION drafts_lead_their_steps() RETURNS trigger LANGUAGE plpgsql AS $$
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

CREATE FUNCTION draft_steps_lead_their_draft() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE drafts SET due_on = CASE WHEN state = NEW.step THEN NEW.due_on ELSE due_on END, publish_on = CASE WHEN NEW.step = 'approved' THEN NEW.due_on ELSE publish_on END
    WHERE id = NEW.draft_id AND (state = NEW.step AND due_on IS DISTINCT FROM NEW.due_on OR NEW.step = 'approved' AND publish_on IS DISTINCT FROM NEW.due_on);
  RETURN NULL;
END $$;
-- +goose StatementEnd

INSERT INTO draft_steps (draft_id, step, due_on, started_at, finished_at)
  SELECT d.id, s, CASE WHEN s = 'approved' THEN d.publish_on WHEN s = d.state THEN d.due_on END,
    CASE WHEN s = d.state THEN d.state_changed_at WHEN draft_step_rank(s) < draft_step_rank(d.state) THEN d.created_at END,
    CASE WHEN draft_step_rank(s) < draft_step_rank(d.state) THEN d.state_changed_at END
  FROM drafts d, unnest(ARRAY['brief', 'writing', 'in_review', 'approved']) s;
UPDATE drafts SET due_on = publish_on WHERE state = 'approved' AND due_on IS DISTINCT FROM publish_on;

CREATE TRIGGER drafts_lead_their_steps AFTER INSERT OR UPDATE OF state, due_on, publish_on ON drafts FOR EACH ROW EXECUTE FUNCTION drafts_lead_their_steps();
CREATE TRIGGER draft_steps_lead_their_draft AFTER UPDATE OF due_on ON draft_steps FOR EACH ROW WHEN (OLD.due_on IS DISTINCT FROM NEW.due_on) EXECUTE FUNCTION draft_steps_lead_their_draft();

-- +goose Down
DROP TRIGGER draft_steps_lead_their_draft ON draft_steps;
DROP TRIGGER drafts_lead_their_steps ON drafts;
DROP FUNCTION draft_steps_lead_their_draft, drafts_lead_their_steps;
DROP TABLE draft_checklist, draft_steps;
DROP FUNCTION draft_step_rank;
ALTER TABLE drafts DROP CONSTRAINT drafts_content_type_fkey;
ALTER TABLE drafts ADD CONSTRAINT drafts_content_type_check CHECK (content_type IN ('blog_post', 'case_study', 'one_pager', 'deck', 'email_template', 'battlecard', 'video', 'audio_story', 'social_post'));
