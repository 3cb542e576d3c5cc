-- +goose Up
-- What people who use a resource say about it: something is wrong, how good it is, what a buyer said. Its keeper answers.
CREATE TABLE resource_feedback (
  id uuid PRIMARY KEY,
  resource_id uuid NOT NULL REFERENCES resources ON DELETE CASCADE,
  author_id uuid NOT NULL REFERENCES users,
  kind text NOT NULL CHECK (kind IN ('wrong', 'rating', 'used')),
  body text NOT NULL DEFAULT '' CHECK (length(body) <= 2000),
  page int CHECK (page BETWEEN 1 AND 10000),     -- of its file, where something is wrong
  rating int CHECK (rating BETWEEN 1 AND 5),
  version int NOT NULL,                          -- of the resource, when it was said
  state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'answered')),
  answer text NOT NULL DEFAULT '' CHECK (length(answer) <= 2000),
  answered_by uuid REFERENCES users,
  answered_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  CHECK (kind = 'rating' OR body <> ''),
  CHECK ((kind = 'rating') = (rating IS NOT NULL))
);
CREATE INDEX resource_feedback_resource ON resource_feedback (resource_id, id DESC);
CREATE INDEX resource_feedback_open ON resource_feedback (id DESC) WHERE state = 'open';
-- one rating of a person: a new one takes the place of the old one
CREATE UNIQUE INDEX resource_feedback_rating ON resource_feedback (resource_id, author_id) WHERE kind = 'rating';

-- Summed up on the resource, so that lists can be put in their order.
ALTER TABLE resources ADD ratings int NOT NULL DEFAULT 0, ADD rating_sum int NOT NULL DEFAULT 0;

-- +goose Down
ALTER TABLE resources DROP ratings, DROP rating_sum;
DROP TABLE resource_feedback;
