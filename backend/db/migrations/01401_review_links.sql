-- +goose Up
-- A link shows the text of one draft to somebody outside, until it expires or is revoked. Its address is signed; nothing
-- of it stands here.
CREATE TABLE review_links (
  id uuid PRIMARY KEY,
  draft_id uuid NOT NULL REFERENCES drafts ON DELETE CASCADE,
  made_by uuid NOT NULL REFERENCES users,
  label text NOT NULL CHECK (length(label) BETWEEN 1 AND 120), -- for whom
  note text NOT NULL DEFAULT '' CHECK (length(note) <= 1000),  -- to them
  may_comment boolean NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL CHECK (expires_at <= created_at + interval '31 days'),
  revoked_at timestamptz,
  opened_at timestamptz, -- the first time
  seen_at timestamptz    -- the last time, within a minute
);
CREATE INDEX review_links_draft ON review_links (draft_id, id);

-- Who came by a link and said who they are. Only the digest of their cookie is kept.
CREATE TABLE reviewers (
  id uuid PRIMARY KEY,
  link_id uuid NOT NULL REFERENCES review_links ON DELETE CASCADE,
  secret_hash bytea NOT NULL UNIQUE CHECK (length(secret_hash) = 32),
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
  organisation text NOT NULL DEFAULT '' CHECK (length(organisation) <= 120),
  created_at timestamptz NOT NULL DEFAULT now(),
  seen_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX reviewers_link ON reviewers (link_id, id);

-- The threads that came by a link. The words are those that its reader saw, without suggestions.
CREATE TABLE review_threads (
  thread_id uuid PRIMARY KEY REFERENCES comment_threads ON DELETE CASCADE,
  link_id uuid NOT NULL REFERENCES review_links ON DELETE CASCADE,
  quote text NOT NULL
);
CREATE INDEX review_threads_link ON review_threads (link_id);

-- What reviewers said, by the key of their request: the same one has one effect, and too many are refused.
CREATE TABLE review_writes (
  reviewer_id uuid NOT NULL REFERENCES reviewers ON DELETE CASCADE,
  key text NOT NULL CHECK (length(key) BETWEEN 1 AND 200),
  thread_id uuid NOT NULL,
  comment_id uuid NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (reviewer_id, key)
);

-- A comment is by somebody of ours or by a reviewer, who speaks in threads only.
ALTER TABLE comments ALTER author_id DROP NOT NULL, ADD reviewer_id uuid REFERENCES reviewers;
ALTER TABLE comments ADD CONSTRAINT comments_somebody CHECK ((author_id IS NULL) <> (reviewer_id IS NULL)),
  ADD CONSTRAINT comments_reviewer_in_thread CHECK (reviewer_id IS NULL OR thread_id IS NOT NULL);

-- +goose Down
DELETE FROM comments WHERE reviewer_id IS NOT NULL;
ALTER TABLE comments DROP reviewer_id, ALTER author_id SET NOT NULL;
DROP TABLE review_writes, review_threads, reviewers, review_links;
