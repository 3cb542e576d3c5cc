-- +goose Up
-- The words as they are written, each with its stem: a slip is found by what was written, and often changes the stem.
DROP TABLE search_terms;
CREATE TABLE search_words (
  word text PRIMARY KEY,
  term bigint NOT NULL
);
CREATE INDEX search_words_trgm ON search_words USING gin (word gin_trgm_ops);
CREATE INDEX search_words_prefix ON search_words (word text_pattern_ops);
-- All documents are made anew.
UPDATE search_documents SET digest = '';

-- +goose Down
DROP TABLE search_words;
CREATE TABLE search_terms (
  term bigint PRIMARY KEY,
  letters text NOT NULL
);
CREATE INDEX search_terms_trgm ON search_terms USING gin (letters gin_trgm_ops);
CREATE INDEX search_terms_prefix ON search_terms (letters text_pattern_ops);
