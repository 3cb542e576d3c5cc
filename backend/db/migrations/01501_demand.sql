-- +goose Up
-- What people looked for, and what is missing. Nobody's name is kept with a search unless they said so.
CREATE TABLE demand_settings (
  user_id uuid PRIMARY KEY REFERENCES users ON DELETE CASCADE,
  named boolean NOT NULL DEFAULT false,
  updated_at timestamptz NOT NULL DEFAULT now()
);

-- People are counted by a code that means nothing without the key of its month (and the secret of the server). The keys of
-- months that are over are deleted: then nobody can tell any more whose code it was.
CREATE TABLE demand_keys (
  month date PRIMARY KEY,
  key bytea NOT NULL CHECK (length(key) = 32)
);

-- Searches that are alike and found nothing, or nothing that was opened.
CREATE TABLE demand_cards (
  id uuid PRIMARY KEY,
  words text NOT NULL CHECK (length(words) BETWEEN 1 AND 200), -- of the first search
  stems text NOT NULL,                                         -- of it, in order: by these searches are alike
  idea_id uuid REFERENCES ideas ON DELETE SET NULL,            -- the request that was made of it
  resource_id uuid REFERENCES resources ON DELETE SET NULL,    -- the last one that answered it
  answered_at timestamptz,
  dismissed_at timestamptz,
  dismissed_by uuid REFERENCES users ON DELETE SET NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX demand_cards_trgm ON demand_cards USING gin (stems gin_trgm_ops);
CREATE INDEX demand_cards_stems ON demand_cards (stems);
CREATE INDEX demand_cards_idea ON demand_cards (idea_id) WHERE idea_id IS NOT NULL;

-- One row per day, person and words: who asks the same again on a day is not counted again.
CREATE TABLE demand_searches (
  day date NOT NULL,
  who bytea NOT NULL,
  key text NOT NULL CHECK (length(key) BETWEEN 1 AND 800),    -- the words as they are compared
  words text NOT NULL CHECK (length(words) BETWEEN 1 AND 200), -- as they were written last
  card_id uuid REFERENCES demand_cards ON DELETE SET NULL,    -- of a miss
  user_id uuid REFERENCES users ON DELETE SET NULL,           -- of those who keep their name with it
  found int NOT NULL CHECK (found >= 0),
  opened boolean NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (day, who, key)
);
CREATE INDEX demand_searches_card ON demand_searches (card_id, day) WHERE card_id IS NOT NULL;
CREATE INDEX demand_searches_user ON demand_searches (user_id) WHERE user_id IS NOT NULL;

-- Who was told that it exists now: once of a card and a resource.
CREATE TABLE demand_told (
  card_id uuid NOT NULL REFERENCES demand_cards ON DELETE CASCADE,
  resource_id uuid NOT NULL REFERENCES resources ON DELETE CASCADE,
  user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (card_id, resource_id, user_id)
);

-- How far the job has come that looks at what is new in the index.
CREATE TABLE demand_marks (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  seq bigint NOT NULL,
  at timestamptz NOT NULL
);

-- +goose Down
DROP TABLE demand_marks, demand_told, demand_searches, demand_cards, demand_keys, demand_settings;
