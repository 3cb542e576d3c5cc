-- +goose Up
-- Threads: comments anchored to a stretch of a text. The anchor stands in the positions of the document at anchor_version
-- and is brought up to later versions by the log of its steps. Who started a thread is the author of its first comment.
CREATE TABLE comment_threads (
  id uuid PRIMARY KEY,
  object_type text NOT NULL CHECK (object_type = 'draft'),
  object_id uuid NOT NULL,
  state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'resolved')),
  anchor_from int NOT NULL,
  anchor_to int NOT NULL,
  anchor_version bigint NOT NULL,
  detached boolean NOT NULL DEFAULT false, -- its words are nowhere in the text; from and to are where they were last
  quote text NOT NULL CHECK (length(quote) BETWEEN 1 AND 500), -- the words that were marked
  resolved_by uuid REFERENCES users,
  resolved_at timestamptz,
  rev bigint NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  CHECK (anchor_from >= 0 AND anchor_from < anchor_to),
  CHECK ((state = 'resolved') = (resolved_at IS NOT NULL))
);
CREATE INDEX comment_threads_object ON comment_threads (object_type, object_id, state);

ALTER TABLE comments ADD thread_id uuid REFERENCES comment_threads;
CREATE INDEX comments_thread ON comments (thread_id, id) WHERE thread_id IS NOT NULL;

-- +goose Down
-- What was said in threads stays, as part of the discussion.
ALTER TABLE comments DROP thread_id;
DROP TABLE comment_threads;
