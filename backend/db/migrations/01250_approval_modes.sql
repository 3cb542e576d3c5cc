-- +goose Up
-- How a draft is approved is copied from its content type when it is submitted, so that a later change of the type does not
-- change what is in review. approval_asked are the people whom the type names; approval_people all who are asked.
ALTER TABLE drafts
  ADD approval_mode text NOT NULL DEFAULT 'both_sides' CHECK (approval_mode IN ('both_sides', 'named', 'n_of_m')),
  ADD approvals_needed int NOT NULL DEFAULT 2 CHECK (approvals_needed BETWEEN 1 AND 9),
  ADD approval_asked uuid[] NOT NULL DEFAULT '{}',
  ADD approval_people uuid[] NOT NULL DEFAULT '{}';

-- While somebody is away, a colleague of their side approves for them.
CREATE TABLE absences (
  id uuid PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  delegate_id uuid REFERENCES users ON DELETE CASCADE,
  starts_on date NOT NULL,
  ends_on date NOT NULL, -- the last day away
  timezone text NOT NULL, -- whose days these are
  starts_at timestamptz NOT NULL,
  ends_at timestamptz NOT NULL,
  note text NOT NULL DEFAULT '' CHECK (length(note) <= 200),
  rev bigint NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  CHECK (delegate_id <> user_id),
  CHECK (ends_on >= starts_on AND ends_at > starts_at)
);
CREATE INDEX absences_user ON absences (user_id, ends_at);
CREATE INDEX absences_delegate ON absences (delegate_id, ends_at);

-- Who was told what about a version that waits for them: each at most once.
CREATE TABLE approval_nudges (
  version_id uuid NOT NULL REFERENCES draft_versions ON DELETE CASCADE,
  user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE, -- who is waited for
  kind text NOT NULL CHECK (kind IN ('reminded', 'escalated', 'delegated')),
  told uuid[] NOT NULL DEFAULT '{}', -- whom it was said to
  at timestamptz NOT NULL,
  PRIMARY KEY (version_id, user_id, kind)
);

ALTER TABLE approvals
  ADD mode text NOT NULL DEFAULT 'both_sides' CHECK (mode IN ('both_sides', 'named', 'n_of_m')),
  ADD on_behalf_of uuid REFERENCES users CHECK (on_behalf_of <> user_id);
DROP INDEX approvals_one_per_side;
CREATE UNIQUE INDEX approvals_one_per_side ON approvals (draft_id, side) WHERE voided_at IS NULL AND mode = 'both_sides';
CREATE UNIQUE INDEX approvals_one_per_person ON approvals (draft_id, (coalesce(on_behalf_of, user_id))) WHERE voided_at IS NULL;

-- +goose StatementBegin
-- Whether a version has the approvals that its draft's mode asks for. The writer never counts, neither for themselves nor as
-- the one who is stood in for. N of M counts people, however many they stand in for.
CREATE FUNCTION approvals_suffice(draft uuid, version uuid, writer uuid, mode text, needed int, asked uuid[]) RETURNS boolean LANGUAGE sql STABLE AS $$
  WITH valid AS (
    SELECT a.side, a.user_id, coalesce(a.on_behalf_of, a.user_id) AS principal FROM approvals a
    JOIN users u ON u.id = a.user_id AND u.side = a.side
    JOIN users p ON p.id = coalesce(a.on_behalf_of, a.user_id) AND p.side = a.side
    WHERE a.draft_id = draft AND a.version_id = version AND a.voided_at IS NULL AND a.user_id <> writer AND p.id <> writer)
  SELECT CASE mode
    WHEN 'both_sides' THEN (SELECT count(DISTINCT side) = 2 FROM valid)
    WHEN 'named' THEN cardinality(asked) > 0 AND NOT EXISTS (SELECT FROM unnest(asked) x WHERE x NOT IN (SELECT principal FROM valid))
    WHEN 'n_of_m' THEN (SELECT count(DISTINCT user_id) >= needed FROM valid WHERE principal = ANY (asked))
    ELSE false END
$$;

-- Whether somebody sees a draft because it waits for a colleague who is away and left it to them.
CREATE FUNCTION draft_is_left_to(d drafts, reader uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT d.state = 'in_review' AND d.writer_id <> reader AND EXISTS (SELECT FROM absences x
    JOIN users p ON p.id = x.user_id AND p.disabled_at IS NULL AND p.id <> d.writer_id JOIN users s ON s.id = x.delegate_id AND s.side = p.side AND s.disabled_at IS NULL
    WHERE x.delegate_id = reader AND now() >= x.starts_at AND now() < x.ends_at AND CASE WHEN d.approval_mode <> 'both_sides' THEN p.id = ANY (d.approval_people)
      ELSE (p.lead AND NOT d.confidential) OR EXISTS (SELECT FROM draft_people dp WHERE dp.draft_id = d.id AND dp.user_id = p.id AND (p.lead OR dp.role = 'approver')) END)
$$;

-- The last word on approval is the database's: no draft becomes approved or published without the approvals of its mode for
-- the version that it points at, and with the document frozen at that version. Nor does the mode change under them.
CREATE FUNCTION drafts_need_their_approvals() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state IN ('approved', 'published') THEN
    IF NOT approvals_suffice(NEW.id, NEW.current_version_id, NEW.writer_id, NEW.approval_mode, NEW.approvals_needed, NEW.approval_people) THEN
      RAISE EXCEPTION 'draft % lacks approvals', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    IF NOT EXISTS (SELECT FROM draft_docs d JOIN draft_versions v ON v.id = NEW.current_version_id
                   WHERE d.draft_id = NEW.id AND d.frozen AND d.version = v.doc_version AND d.head = v.doc_version) THEN
      RAISE EXCEPTION 'draft % is not frozen at its approved version', NEW.id USING ERRCODE = 'check_violation';
    END IF;
  END IF;
  IF TG_OP = 'UPDATE' AND (NEW.approval_mode, NEW.approvals_needed, NEW.approval_people) IS DISTINCT FROM (OLD.approval_mode, OLD.approvals_needed, OLD.approval_people)
     AND EXISTS (SELECT FROM approvals a WHERE a.draft_id = NEW.id AND a.voided_at IS NULL) THEN
    RAISE EXCEPTION 'draft % has approvals by its mode', NEW.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION approvals_stay_under_their_draft() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM drafts d WHERE d.id = OLD.draft_id AND d.state IN ('approved', 'published') AND
     NOT approvals_suffice(d.id, d.current_version_id, d.writer_id, d.approval_mode, d.approvals_needed, d.approval_people)) THEN
    RAISE EXCEPTION 'draft % would be approved without its approvals', OLD.draft_id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;

-- Somebody approves for another only while that one is away and has left it to them, and by the mode of the draft.
CREATE FUNCTION approvals_are_given_rightly() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.on_behalf_of IS NOT NULL AND NOT EXISTS (SELECT FROM absences x JOIN users u ON u.id = x.user_id JOIN users s ON s.id = x.delegate_id AND s.side = u.side
      WHERE x.user_id = NEW.on_behalf_of AND x.delegate_id = NEW.user_id AND now() >= x.starts_at AND now() < x.ends_at) THEN
    RAISE EXCEPTION 'nobody may approve for % now', NEW.on_behalf_of USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.mode <> (SELECT d.approval_mode FROM drafts d WHERE d.id = NEW.draft_id) THEN
    RAISE EXCEPTION 'draft % is approved by another mode', NEW.draft_id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION approvals_are_history() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.voided_at IS NOT NULL OR NEW.voided_at IS NULL OR (NEW.id, NEW.draft_id, NEW.version_id, NEW.hash, NEW.side, NEW.user_id, NEW.at, NEW.mode, NEW.on_behalf_of) IS DISTINCT FROM
     (OLD.id, OLD.draft_id, OLD.version_id, OLD.hash, OLD.side, OLD.user_id, OLD.at, OLD.mode, OLD.on_behalf_of) THEN
    RAISE EXCEPTION 'an approval can only be voided, once' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
-- +goose StatementEnd
DROP TRIGGER drafts_need_both_sides ON drafts;
DROP FUNCTION drafts_need_both_sides;
CREATE TRIGGER drafts_need_their_approvals BEFORE INSERT OR UPDATE ON drafts FOR EACH ROW EXECUTE FUNCTION drafts_need_their_approvals();
CREATE TRIGGER approvals_are_given_rightly BEFORE INSERT ON approvals FOR EACH ROW EXECUTE FUNCTION approvals_are_given_rightly();

-- +goose Down
-- Approvals by other modes do not hold under the old rule: their drafts go back to review first.
ALTER TABLE drafts DISABLE TRIGGER USER;
UPDATE draft_docs SET frozen = false FROM drafts d WHERE d.id = draft_id AND d.state = 'approved' AND d.approval_mode <> 'both_sides';
UPDATE drafts SET state = 'in_review' WHERE state = 'approved' AND approval_mode <> 'both_sides';
ALTER TABLE drafts ENABLE TRIGGER USER;
DROP TRIGGER approvals_are_given_rightly ON approvals;
DROP FUNCTION approvals_are_given_rightly;
DROP TRIGGER drafts_need_their_approvals ON drafts;
DROP FUNCTION drafts_need_their_approvals;
-- +goose StatementBegin
CREATE FUNCTION drafts_need_both_sides() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  sides int;
BEGIN
  IF NEW.state IN ('approved', 'published') THEN
    SELECT count(DISTINCT a.side) INTO sides FROM approvals a
      JOIN users u ON u.id = a.user_id AND u.side = a.side
      WHERE a.draft_id = NEW.id AND a.version_id = NEW.current_version_id AND a.voided_at IS NULL AND a.user_id <> NEW.writer_id;
    IF sides < 2 THEN
      RAISE EXCEPTION 'draft % has no valid approval of both sides', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    IF NOT EXISTS (SELECT FROM draft_docs d JOIN draft_versions v ON v.id = NEW.current_version_id
                   WHERE d.draft_id = NEW.id AND d.frozen AND d.version = v.doc_version AND d.head = v.doc_version) THEN
      RAISE EXCEPTION 'draft % is not frozen at its approved version', NEW.id USING ERRCODE = 'check_violation';
    END IF;
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE FUNCTION approvals_stay_under_their_draft() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM drafts d WHERE d.id = OLD.draft_id AND d.state IN ('approved', 'published') AND
     (SELECT count(DISTINCT a.side) FROM approvals a JOIN users u ON u.id = a.user_id AND u.side = a.side
      WHERE a.draft_id = d.id AND a.version_id = d.current_version_id AND a.voided_at IS NULL AND a.user_id <> d.writer_id) < 2) THEN
    RAISE EXCEPTION 'draft % would be approved without its approvals', OLD.draft_id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION approvals_are_history() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.voided_at IS NOT NULL OR NEW.voided_at IS NULL OR (NEW.id, NEW.draft_id, NEW.version_id, NEW.hash, NEW.side, NEW.user_id, NEW.at) IS DISTINCT FROM
     (OLD.id, OLD.draft_id, OLD.version_id, OLD.hash, OLD.side, OLD.user_id, OLD.at) THEN
    RAISE EXCEPTION 'an approval can only be voided, once' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER drafts_need_both_sides BEFORE INSERT OR UPDATE ON drafts FOR EACH ROW EXECUTE FUNCTION drafts_need_both_sides();
DROP FUNCTION approvals_suffice, draft_is_left_to;
DROP INDEX approvals_one_per_side, approvals_one_per_person;
UPDATE approvals SET voided_at = now(), void_reason = 'Another mode of approval.' WHERE voided_at IS NULL AND mode <> 'both_sides';
CREATE UNIQUE INDEX approvals_one_per_side ON approvals (draft_id, side) WHERE voided_at IS NULL;
ALTER TABLE approvals DROP mode, DROP on_behalf_of;
DROP TABLE approval_nudges, absences;
ALTER TABLE drafts DROP approval_mode, DROP approvals_needed, DROP approval_asked, DROP approval_people;
