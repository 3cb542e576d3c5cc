-- +goose Up
-- Words have the stem that they have in the language of their document.
DROP TABLE search_words;
CREATE TABLE search_words (
  word text NOT NULL,                      -- as it is written, without accents
  lang text NOT NULL,                      -- code of the language by whose rules the stem is
  term bigint NOT NULL,
  PRIMARY KEY (word, lang)
);
CREATE INDEX search_words_trgm ON search_words USING gin (word gin_trgm_ops);
CREATE INDEX search_words_prefix ON search_words (word text_pattern_ops);
CREATE INDEX search_words_lang ON search_words (lang) WHERE lang <> 'en';

-- The documents that a word says most about come first, so that of a frequent word only those need to be read; then a
-- document's other words are looked up. Nothing points to search_documents: a check per row is most of what a row costs.
DROP TABLE search_postings;
CREATE TABLE search_postings (
  doc int NOT NULL,
  term bigint NOT NULL,
  weight real NOT NULL,
  PRIMARY KEY (doc, term) INCLUDE (weight)
);
CREATE INDEX search_postings_best ON search_postings (term, weight DESC) INCLUDE (doc);

-- In how many documents the frequent words are, counted now and then; of the others it is counted when it is asked.
CREATE TABLE search_frequencies (
  term bigint PRIMARY KEY,
  n int NOT NULL
);

-- A word of another language than English without its accents, as the program does it.
-- +goose StatementBegin
CREATE FUNCTION search_fold(word text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN word ~ '[^ -~]' THEN normalize(translate(replace(replace(replace(regexp_replace(normalize(word, NFD), '[\u0300-\u036f]', '', 'g'), 'ß', 'ss'), 'œ', 'oe'), 'æ', 'ae'), 'øłđı', 'oldi'), NFC) ELSE word END
$$;
-- +goose StatementEnd

-- All documents are made anew.
UPDATE search_documents SET digest = '';

-- +goose Down
DROP FUNCTION search_fold;
DROP TABLE search_frequencies;
DROP TABLE search_postings;
CREATE TABLE search_postings (
  term bigint NOT NULL,
  doc int NOT NULL REFERENCES search_documents ON DELETE CASCADE,
  weight real NOT NULL,
  PRIMARY KEY (term, doc) INCLUDE (weight)
);
CREATE INDEX search_postings_doc ON search_postings (doc);
DROP TABLE search_words;
CREATE TABLE search_words (
  word text PRIMARY KEY,
  term bigint NOT NULL
);
CREATE INDEX search_words_trgm ON search_words USING gin (word gin_trgm_ops);
CREATE INDEX search_words_prefix ON search_words (word text_pattern_ops);
UPDATE search_documents SET digest = '';
