-- +goose Up
-- A seal ends when its post is changed, declined, recalled or expires: an old yes to the same words is no yes any more.
ALTER TABLE post_seals ADD voided_at timestamptz;

-- +goose StatementBegin
CREATE OR REPLACE FUNCTION posts_need_a_seal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state IN ('sealed', 'shared') AND NOT EXISTS
     (SELECT FROM post_seals s WHERE s.post_id = NEW.id AND s.hash = NEW.content_hash AND s.sealed_by = NEW.owner_id AND s.voided_at IS NULL) THEN
    RAISE EXCEPTION 'post % is not sealed by its owner', NEW.id USING ERRCODE = 'check_violation';
  END IF;
  IF TG_OP = 'UPDATE' AND NEW.content_hash = OLD.content_hash AND
     (NEW.text, NEW.disclosure, NEW.network, NEW.media_asset_id, NEW.media_sha256, NEW.link_id) IS DISTINCT FROM
     (OLD.text, OLD.disclosure, OLD.network, OLD.media_asset_id, OLD.media_sha256, OLD.link_id) THEN
    RAISE EXCEPTION 'content of post % changed without its hash', NEW.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION post_seals_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM posts p WHERE p.id = NEW.post_id AND p.owner_id = NEW.sealed_by) THEN
    RAISE EXCEPTION 'only the owner seals a post' USING ERRCODE = 'check_violation';
  END IF;
  IF TG_OP = 'UPDATE' AND (OLD.voided_at IS NOT NULL OR NEW.voided_at IS NULL OR
     (NEW.id, NEW.post_id, NEW.hash, NEW.content, NEW.sealed_by, NEW.at) IS DISTINCT FROM (OLD.id, OLD.post_id, OLD.hash, OLD.content, OLD.sealed_by, OLD.at)) THEN
    RAISE EXCEPTION 'a seal can only be voided, once' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

-- The link of a post is open under its seal only, and leads where the seal says. Looked at when the transaction ends,
-- when post and link both have their new state.
CREATE FUNCTION post_links_need_a_seal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM links l WHERE l.id = NEW.id AND l.active AND l.object_type = 'post' AND NOT EXISTS
     (SELECT FROM posts p WHERE p.link_id = l.id AND p.state IN ('sealed', 'shared'))) THEN
    RAISE EXCEPTION 'link % is of a post without a seal', NEW.code USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION sealed_links_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM posts p WHERE p.link_id = NEW.id AND p.state IN ('sealed', 'shared')) THEN
    RAISE EXCEPTION 'link % is under a seal', NEW.code USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION posts_close_their_link() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM links l WHERE l.id = OLD.link_id AND l.active AND NOT EXISTS
     (SELECT FROM posts p WHERE p.link_id = l.id AND p.state IN ('sealed', 'shared'))) THEN
    RAISE EXCEPTION 'the link of post % is still open', NEW.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE CONSTRAINT TRIGGER post_links_need_a_seal AFTER INSERT OR UPDATE OF active, object_type ON links DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.active AND NEW.object_type = 'post') EXECUTE FUNCTION post_links_need_a_seal();
CREATE CONSTRAINT TRIGGER sealed_links_stay AFTER UPDATE ON links DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN ((NEW.target, NEW.placement, NEW.code, NEW.object_type) IS DISTINCT FROM (OLD.target, OLD.placement, OLD.code, OLD.object_type))
  EXECUTE FUNCTION sealed_links_stay();
CREATE CONSTRAINT TRIGGER posts_close_their_link AFTER UPDATE OF state, link_id ON posts DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (OLD.state IN ('sealed', 'shared') AND OLD.link_id IS NOT NULL) EXECUTE FUNCTION posts_close_their_link();

-- +goose Down
DROP TRIGGER posts_close_their_link ON posts;
DROP TRIGGER sealed_links_stay ON links;
DROP TRIGGER post_links_need_a_seal ON links;
DROP FUNCTION posts_close_their_link, sealed_links_stay, post_links_need_a_seal;
DELETE FROM post_seals WHERE voided_at IS NOT NULL;
ALTER TABLE post_seals DROP voided_at;
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION posts_need_a_seal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state IN ('sealed', 'shared') AND NOT EXISTS
     (SELECT FROM post_seals s WHERE s.post_id = NEW.id AND s.hash = NEW.content_hash AND s.sealed_by = NEW.owner_id) THEN
    RAISE EXCEPTION 'post % is not sealed by its owner', NEW.id USING ERRCODE = 'check_violation';
  END IF;
  IF TG_OP = 'UPDATE' AND NEW.content_hash = OLD.content_hash AND
     (NEW.text, NEW.disclosure, NEW.network, NEW.media_asset_id, NEW.media_sha256, NEW.link_id) IS DISTINCT FROM
     (OLD.text, OLD.disclosure, OLD.network, OLD.media_asset_id, OLD.media_sha256, OLD.link_id) THEN
    RAISE EXCEPTION 'content of post % changed without its hash', NEW.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE FUNCTION post_seals_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM posts p WHERE p.id = NEW.post_id AND p.owner_id = NEW.sealed_by) OR TG_OP = 'UPDATE' THEN
    RAISE EXCEPTION 'only the owner seals a post, and a seal does not change' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
-- +goose StatementEnd
