-- +goose Up
CREATE TABLE ideas (
  id uuid PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('idea', 'request', 'story')),
  title text NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
  body text NOT NULL DEFAULT '' CHECK (length(body) <= 20000),
  tags text[] NOT NULL DEFAULT '{}',
  state text NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'under_review', 'planned', 'in_progress', 'published', 'declined', 'merged')),
  reason text NOT NULL DEFAULT '' CHECK (length(reason) <= 2000),
  visibility text NOT NULL DEFAULT 'everyone' CHECK (visibility IN ('everyone', 'team', 'private')),
  author_id uuid NOT NULL REFERENCES users,
  team_id uuid REFERENCES teams ON DELETE SET NULL,
  needed_by date,
  merged_into uuid REFERENCES ideas,
  votes int NOT NULL DEFAULT 0 CHECK (votes >= 0),
  rev bigint NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  first_answer_at timestamptz,
  CHECK (state <> 'declined' OR reason <> ''),
  CHECK ((state = 'merged') = (merged_into IS NOT NULL)),
  CHECK (merged_into <> id)
);
CREATE INDEX ideas_top ON ideas (votes DESC, id DESC);
CREATE INDEX ideas_state_top ON ideas (state, votes DESC, id DESC);
CREATE INDEX ideas_state_new ON ideas (state, id DESC);
CREATE INDEX ideas_author ON ideas (author_id, id DESC);
CREATE INDEX ideas_title_trgm ON ideas USING gin (title gin_trgm_ops);

CREATE TABLE idea_votes (
  idea_id uuid NOT NULL REFERENCES ideas ON DELETE CASCADE,
  user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (idea_id, user_id)
);
CREATE INDEX idea_votes_user ON idea_votes (user_id, idea_id);

-- People who may see a private idea, beside its author.
CREATE TABLE idea_people (
  idea_id uuid NOT NULL REFERENCES ideas ON DELETE CASCADE,
  user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  PRIMARY KEY (idea_id, user_id)
);

CREATE TABLE idea_evidence (
  id uuid PRIMARY KEY,
  idea_id uuid NOT NULL REFERENCES ideas ON DELETE CASCADE,
  kind text NOT NULL CHECK (kind IN ('quote', 'question', 'objection', 'call_note', 'deal')),
  text text NOT NULL CHECK (length(text) BETWEEN 1 AND 5000),
  source text NOT NULL DEFAULT '' CHECK (length(source) <= 200),
  deal_value numeric(14, 2) CHECK (deal_value >= 0),
  author_id uuid NOT NULL REFERENCES users,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX idea_evidence_idea ON idea_evidence (idea_id, id);

-- +goose Down
DROP TABLE idea_evidence, idea_people, idea_votes, ideas;
