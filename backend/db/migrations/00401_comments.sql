-- +goose Up
CREATE TABLE comments (
  id uuid PRIMARY KEY,
  object_type text NOT NULL CHECK (object_type IN ('idea', 'draft', 'post', 'resource', 'campaign')),
  object_id uuid NOT NULL,
  author_id uuid NOT NULL REFERENCES users,
  body text NOT NULL CHECK (length(body) BETWEEN 1 AND 10000),
  mentions uuid[] NOT NULL DEFAULT '{}',
  rev bigint NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  edited_at timestamptz,
  deleted_at timestamptz
);
CREATE INDEX comments_object ON comments (object_type, object_id, id) WHERE deleted_at IS NULL;

CREATE TABLE follows (
  user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  object_type text NOT NULL,
  object_id uuid NOT NULL,
  muted boolean NOT NULL DEFAULT false, -- stopped by hand; nothing makes them follow again
  at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (object_type, object_id, user_id)
);

-- +goose Down
DROP TABLE follows, comments;
