-- +goose Up
-- What a draft was approved by is not taken from under it: an approval is voided or removed only together with the
-- draft's going back. Looked at when the transaction ends, when both have their new state.
-- +goose StatementBegin
CREATE FUNCTION approvals_stay_under_their_draft() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM drafts d WHERE d.id = OLD.draft_id AND d.state IN ('approved', 'published') AND
     (SELECT count(DISTINCT a.side) FROM approvals a JOIN users u ON u.id = a.user_id AND u.side = a.side
      WHERE a.draft_id = d.id AND a.version_id = d.current_version_id AND a.voided_at IS NULL AND a.user_id <> d.writer_id) < 2) THEN
    RAISE EXCEPTION 'draft % would be approved without its approvals', OLD.draft_id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE CONSTRAINT TRIGGER approvals_stay_under_their_draft AFTER UPDATE OR DELETE ON approvals DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION approvals_stay_under_their_draft();

-- +goose Down
DROP TRIGGER approvals_stay_under_their_draft ON approvals;
DROP FUNCTION approvals_stay_under_their_draft;
