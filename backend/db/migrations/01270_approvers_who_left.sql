-- +goose Up
-- Somebody whose yes a draft in review needs may lose their account: the draft must not wait for them for ever.
-- +goose StatementBegin
-- Who may approve a draft for whom now. A colleague of their side to whom somebody who is away left it; and for a named
-- person who has no account any more, the leads of their side, or its administrators where there is no other lead. Nobody
-- comes to see a confidential draft by that: there it is those of them who are named on it.
CREATE FUNCTION approval_deputies(d drafts) RETURNS TABLE (principal uuid, deputy uuid) LANGUAGE sql STABLE AS $$
  SELECT p.id, s.id FROM absences x JOIN users p ON p.id = x.user_id AND p.disabled_at IS NULL JOIN users s ON s.id = x.delegate_id AND s.side = p.side AND s.disabled_at IS NULL
    WHERE now() >= x.starts_at AND now() < x.ends_at
  UNION
  SELECT p.id, s.id FROM users p JOIN users s ON s.side = p.side AND s.disabled_at IS NULL AND s.id <> d.writer_id
    AND (s.lead OR (s.admin AND NOT EXISTS (SELECT FROM users l WHERE l.lead AND l.side = p.side AND l.disabled_at IS NULL AND l.id <> d.writer_id)))
    WHERE d.approval_mode <> 'both_sides' AND p.id = ANY (d.approval_people) AND p.disabled_at IS NOT NULL
    AND (NOT d.confidential OR EXISTS (SELECT FROM draft_people dp WHERE dp.draft_id = d.id AND dp.user_id = s.id))
$$;

CREATE OR REPLACE FUNCTION draft_is_left_to(d drafts, reader uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT d.state = 'in_review' AND d.writer_id <> reader AND EXISTS (SELECT FROM approval_deputies(d) x JOIN users p ON p.id = x.principal AND p.id <> d.writer_id
    WHERE x.deputy = reader AND CASE WHEN d.approval_mode <> 'both_sides' THEN p.id = ANY (d.approval_people)
      ELSE (p.lead AND NOT d.confidential) OR EXISTS (SELECT FROM draft_people dp WHERE dp.draft_id = d.id AND dp.user_id = p.id AND (p.lead OR dp.role = 'approver')) END)
$$;

CREATE OR REPLACE FUNCTION approvals_are_given_rightly() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.on_behalf_of IS NOT NULL AND NOT EXISTS (SELECT FROM drafts d, approval_deputies(d) x
      WHERE d.id = NEW.draft_id AND x.principal = NEW.on_behalf_of AND x.deputy = NEW.user_id) THEN
    RAISE EXCEPTION 'nobody may approve for % now', NEW.on_behalf_of USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.mode <> (SELECT d.approval_mode FROM drafts d WHERE d.id = NEW.draft_id) THEN
    RAISE EXCEPTION 'draft % is approved by another mode', NEW.draft_id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
-- +goose StatementEnd
ALTER TABLE approval_nudges DROP CONSTRAINT approval_nudges_kind_check;
ALTER TABLE approval_nudges ADD CONSTRAINT approval_nudges_kind_check CHECK (kind IN ('reminded', 'escalated', 'delegated', 'left'));

-- +goose Down
DELETE FROM approval_nudges WHERE kind = 'left';
ALTER TABLE approval_nudges DROP CONSTRAINT approval_nudges_kind_check;
ALTER TABLE approval_nudges ADD CONSTRAINT approval_nudges_kind_check CHECK (kind IN ('reminded', 'escalated', 'delegated'));
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION draft_is_left_to(d drafts, reader uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT d.state = 'in_review' AND d.writer_id <> reader AND EXISTS (SELECT FROM absences x
    JOIN users p ON p.id = x.user_id AND p.disabled_at IS NULL AND p.id <> d.writer_id JOIN users s ON s.id = x.delegate_id AND s.side = p.side AND s.disabled_at IS NULL
    WHERE x.delegate_id = reader AND now() >= x.starts_at AND now() < x.ends_at AND CASE WHEN d.approval_mode <> 'both_sides' THEN p.id = ANY (d.approval_people)
      ELSE (p.lead AND NOT d.confidential) OR EXISTS (SELECT FROM draft_people dp WHERE dp.draft_id = d.id AND dp.user_id = p.id AND (p.lead OR dp.role = 'approver')) END)
$$;
CREATE OR REPLACE FUNCTION approvals_are_given_rightly() RETURNS trigger LANGUAGE plpgsql AS $$
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
-- +goose StatementEnd
DROP FUNCTION approval_deputies;
