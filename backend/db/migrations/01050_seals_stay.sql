-- +goose Up
-- Nor is the seal taken from under a post that is sealed or out.
-- +goose StatementBegin
CREATE FUNCTION post_seals_stay_under_their_post() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM posts p WHERE p.id = OLD.post_id AND p.state IN ('sealed', 'shared') AND NOT EXISTS
     (SELECT FROM post_seals s WHERE s.post_id = p.id AND s.hash = p.content_hash AND s.sealed_by = p.owner_id AND s.voided_at IS NULL)) THEN
    RAISE EXCEPTION 'post % would be sealed without its seal', OLD.post_id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE CONSTRAINT TRIGGER post_seals_stay_under_their_post AFTER UPDATE OR DELETE ON post_seals DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION post_seals_stay_under_their_post();

-- +goose Down
DROP TRIGGER post_seals_stay_under_their_post ON post_seals;
DROP FUNCTION post_seals_stay_under_their_post;
