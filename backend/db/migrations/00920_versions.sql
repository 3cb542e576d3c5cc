-- +goose Up
-- Versions of their own accord, names that are given later, and what became of a version.
ALTER TABLE draft_versions DROP CONSTRAINT draft_versions_reason_check;
ALTER TABLE draft_versions ADD CONSTRAINT draft_versions_reason_check CHECK (reason IN ('submitted', 'named', 'restored', 'automatic'));
ALTER TABLE draft_versions
  ADD from_number int, -- of a restored one: which version its text came from
  ADD writers uuid[] NOT NULL DEFAULT '{}'; -- who changed the text since the version before
CREATE INDEX draft_versions_automatic ON draft_versions (created_at) WHERE reason = 'automatic' AND label = '';

-- Up to where the text of a draft is kept in versions.
ALTER TABLE drafts ADD versioned_to bigint NOT NULL DEFAULT 1;
UPDATE drafts d SET versioned_to = coalesce((SELECT max(v.doc_version) FROM draft_versions v WHERE v.draft_id = d.id), 1);

-- A version is approved and published as it is: these are moments of it, not copies.
CREATE TABLE draft_milestones (
  version_id uuid NOT NULL REFERENCES draft_versions ON DELETE CASCADE,
  kind text NOT NULL CHECK (kind IN ('approved', 'published')),
  user_id uuid NOT NULL REFERENCES users,
  at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (version_id, kind)
);
INSERT INTO draft_milestones (version_id, kind, user_id, at)
  SELECT d.current_version_id, 'approved', a.user_id, a.at FROM drafts d
  JOIN LATERAL (SELECT user_id, at FROM approvals WHERE draft_id = d.id AND version_id = d.current_version_id AND voided_at IS NULL ORDER BY at DESC LIMIT 1) a ON true
  WHERE d.state IN ('approved', 'published');
INSERT INTO draft_milestones (version_id, kind, user_id, at)
  SELECT d.current_version_id, 'published', d.writer_id, d.state_changed_at FROM drafts d WHERE d.state = 'published';

-- How far each person has seen the text of a draft.
CREATE TABLE draft_looks (
  draft_id uuid NOT NULL REFERENCES drafts ON DELETE CASCADE,
  user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  doc_version bigint NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (draft_id, user_id)
);

-- +goose StatementBegin
-- Whether an automatic version may go at a given time: nobody named it, nothing points at it, and a later version of the
-- draft stands for the same day's hour (for a week), day (for three months) or week. Of the last day all stay. The last
-- version of a draft always stays.
CREATE FUNCTION draft_version_is_spare(v draft_versions, moment timestamptz) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT v.reason = 'automatic' AND v.label = '' AND v.created_at < moment - interval '1 day'
    AND NOT EXISTS (SELECT FROM drafts d WHERE d.current_version_id = v.id)
    AND NOT EXISTS (SELECT FROM approvals a WHERE a.version_id = v.id)
    AND NOT EXISTS (SELECT FROM draft_milestones m WHERE m.version_id = v.id)
    AND EXISTS (SELECT FROM draft_versions w WHERE w.draft_id = v.draft_id AND w.number > v.number AND
      CASE WHEN v.created_at >= moment - interval '7 days' THEN date_trunc('hour', w.created_at, 'UTC') = date_trunc('hour', v.created_at, 'UTC')
           WHEN v.created_at >= moment - interval '90 days' THEN date_trunc('day', w.created_at, 'UTC') = date_trunc('day', v.created_at, 'UTC')
           ELSE date_trunc('week', w.created_at, 'UTC') = date_trunc('week', v.created_at, 'UTC') END)
$$;

-- Versions are history: they get names, and the spare ones of their own accord go. Nothing else happens to them, but
-- together with their draft.
CREATE OR REPLACE FUNCTION draft_versions_are_history() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF EXISTS (SELECT FROM drafts d WHERE d.id = OLD.draft_id) AND NOT draft_version_is_spare(OLD, now()) THEN
      RAISE EXCEPTION 'version % of draft % stays', OLD.number, OLD.draft_id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN OLD;
  END IF;
  IF (NEW.id, NEW.draft_id, NEW.number, NEW.reason, NEW.title, NEW.doc::text, NEW.text, NEW.brief, NEW.assets, NEW.hash, NEW.doc_version, NEW.draft_rev, NEW.created_by, NEW.created_at, NEW.from_number, NEW.writers)
     IS DISTINCT FROM
     (OLD.id, OLD.draft_id, OLD.number, OLD.reason, OLD.title, OLD.doc::text, OLD.text, OLD.brief, OLD.assets, OLD.hash, OLD.doc_version, OLD.draft_rev, OLD.created_by, OLD.created_at, OLD.from_number, OLD.writers) THEN
    RAISE EXCEPTION 'of a version only its name changes' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
-- +goose StatementEnd
DROP TRIGGER draft_versions_are_history ON draft_versions;
CREATE TRIGGER draft_versions_are_history BEFORE UPDATE OR DELETE ON draft_versions FOR EACH ROW EXECUTE FUNCTION draft_versions_are_history();

-- +goose Down
DROP TRIGGER draft_versions_are_history ON draft_versions;
DROP TABLE draft_looks, draft_milestones;
DROP INDEX draft_versions_automatic;
DROP FUNCTION draft_version_is_spare;
UPDATE draft_versions SET reason = 'named' WHERE reason = 'automatic';
ALTER TABLE draft_versions DROP CONSTRAINT draft_versions_reason_check;
ALTER TABLE draft_versions ADD CONSTRAINT draft_versions_reason_check CHECK (reason IN ('submitted', 'named', 'restored'));
ALTER TABLE draft_versions DROP from_number, DROP writers;
ALTER TABLE drafts DROP versioned_to;
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION draft_versions_are_history() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'versions do not change' USING ERRCODE = 'restrict_violation';
END $$;
-- +goose StatementEnd
CREATE TRIGGER draft_versions_are_history BEFORE UPDATE ON draft_versions FOR EACH ROW EXECUTE FUNCTION draft_versions_are_history();
