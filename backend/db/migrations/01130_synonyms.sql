-- +goose Up
-- The company's own synonyms, beside those that are built in. The words of a group stand for each other. Of one way, who looks
-- for one of words finds finds too, and not the other way round.
CREATE TABLE search_synonyms (
  id uuid PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('group', 'oneway')),
  words text[] NOT NULL CHECK (cardinality(words) BETWEEN 1 AND 20),
  finds text[] NOT NULL DEFAULT '{}' CHECK (cardinality(finds) <= 20),
  by_id uuid REFERENCES users ON DELETE SET NULL,
  rev bigint NOT NULL DEFAULT 1,
  updated_at timestamptz NOT NULL DEFAULT now(),
  CHECK (CASE kind WHEN 'group' THEN cardinality(words) >= 2 AND finds = '{}' ELSE cardinality(finds) >= 1 END)
);

-- Which of them a node knows, as a sum over all.
ALTER TABLE search_nodes ADD synonyms text NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE search_nodes DROP synonyms;
DROP TABLE search_synonyms;
