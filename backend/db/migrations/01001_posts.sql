-- +goose Up
CREATE TABLE posts (
  id uuid PRIMARY KEY,
  owner_id uuid NOT NULL REFERENCES users,
  writer_id uuid NOT NULL REFERENCES users,
  resource_id uuid REFERENCES resources,
  network text NOT NULL CHECK (network IN ('linkedin', 'x', 'bluesky', 'facebook', 'email', 'other')),
  text text NOT NULL CHECK (length(text) <= 10000),
  suggestions text[] NOT NULL DEFAULT '{}',
  disclosure text NOT NULL DEFAULT '' CHECK (length(disclosure) <= 200),
  media_asset_id uuid REFERENCES assets,
  media_sha256 bytea CHECK (length(media_sha256) = 32),
  link_id uuid REFERENCES links,
  state text NOT NULL DEFAULT 'writing' CHECK (state IN ('writing', 'offered', 'sealed', 'shared', 'declined', 'expired', 'recalled')),
  reason text NOT NULL DEFAULT '',
  content_hash bytea NOT NULL CHECK (length(content_hash) = 32), -- of text, media, link, disclosure and network (RFC 8785, SHA-256)
  expires_at timestamptz,
  shared_url text NOT NULL DEFAULT '' CHECK (shared_url = '' OR shared_url ~ '^https?://'),
  shared_at timestamptz,
  rev bigint NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  CHECK ((media_asset_id IS NULL) = (media_sha256 IS NULL)),
  CHECK (state <> 'declined' OR reason <> '')
);
CREATE INDEX posts_owner ON posts (owner_id, id DESC);
CREATE INDEX posts_writer ON posts (writer_id, id DESC);
CREATE INDEX posts_resource ON posts (resource_id);
CREATE INDEX posts_expiry ON posts (expires_at) WHERE state IN ('offered', 'sealed');

-- The owner's approval of exact content.
CREATE TABLE post_seals (
  id uuid PRIMARY KEY,
  post_id uuid NOT NULL REFERENCES posts ON DELETE CASCADE,
  hash bytea NOT NULL CHECK (length(hash) = 32),
  content bytea NOT NULL, -- the canonical JSON that was hashed
  sealed_by uuid NOT NULL REFERENCES users,
  at timestamptz NOT NULL DEFAULT now(),
  CHECK (hash = sha256(content))
);
CREATE INDEX post_seals_post ON post_seals (post_id, at DESC);

-- The last word on consent is the database's: a post is sealed or shared only with its owner's seal of its content, and
-- content cannot change under a seal.
-- +goose StatementBegin
CREATE FUNCTION posts_need_a_seal() RETURNS trigger LANGUAGE plpgsql AS $$
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

CREATE FUNCTION post_seals_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM posts p WHERE p.id = NEW.post_id AND p.owner_id = NEW.sealed_by) OR TG_OP = 'UPDATE' THEN
    RAISE EXCEPTION 'only the owner seals a post, and a seal does not change' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER posts_need_a_seal BEFORE INSERT OR UPDATE ON posts FOR EACH ROW EXECUTE FUNCTION posts_need_a_seal();
CREATE TRIGGER post_seals_stay BEFORE INSERT OR UPDATE ON post_seals FOR EACH ROW EXECUTE FUNCTION post_seals_stay();

-- +goose Down
DROP TABLE post_seals, posts;
DROP FUNCTION posts_need_a_seal, post_seals_stay;
