-- +goose Up
-- What can be found: one row per thing, and a second one of the title alone of each draft, for people who may see title
-- and state but not the text. Written by search's own jobs from the tables of the domains; every search engine gets its
-- text from here, so that all of them know the same.
CREATE TABLE search_documents (
  doc int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, -- short, for the word list below
  kind text NOT NULL CHECK (kind IN ('resource', 'idea', 'draft', 'post', 'person')),
  id uuid NOT NULL,
  part text NOT NULL DEFAULT 'full' CHECK (part IN ('full', 'title')),
  seq bigint NOT NULL,                     -- grows with every change; what a node is told
  gone boolean NOT NULL DEFAULT false,     -- to be taken out of the nodes too
  digest bytea NOT NULL DEFAULT '',
  audience text[] NOT NULL DEFAULT '{}',   -- all, marketing, lead, admin, user:<id>, team:<id>
  visible_from timestamptz NOT NULL DEFAULT '-infinity', -- both for others than marketing and administrators
  visible_until timestamptz NOT NULL DEFAULT 'infinity',
  title text NOT NULL DEFAULT '',
  summary text NOT NULL DEFAULT '',
  names text NOT NULL DEFAULT '',          -- authors, owner, team, …
  body text NOT NULL DEFAULT '',
  pages jsonb NOT NULL DEFAULT '[]',       -- [{asset, page, text}]
  type text NOT NULL DEFAULT '',           -- content type of resources and drafts, kind of ideas, network of posts
  state text NOT NULL DEFAULT '',
  lang text NOT NULL DEFAULT '',
  tags text[] NOT NULL DEFAULT '{}',
  personas text[] NOT NULL DEFAULT '{}',
  stages text[] NOT NULL DEFAULT '{}',
  industries text[] NOT NULL DEFAULT '{}',
  products text[] NOT NULL DEFAULT '{}',
  regions text[] NOT NULL DEFAULT '{}',
  source_id text NOT NULL DEFAULT '',
  source_repo text NOT NULL DEFAULT '',
  year int NOT NULL DEFAULT 0,
  at timestamptz NOT NULL DEFAULT now(),   -- published, or made
  indexed_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (kind, id, part)
);
CREATE SEQUENCE search_seq;
CREATE INDEX search_documents_new ON search_documents (at DESC);
CREATE INDEX search_documents_seq ON search_documents (seq);

-- Which word stems (by hash) are in which document, and how much they say about it (term frequency by field, saturated).
-- A full text index of PostgreSQL's own finds the documents but cannot weigh a word by how rare it is.
CREATE TABLE search_postings (
  term bigint NOT NULL,
  doc int NOT NULL REFERENCES search_documents ON DELETE CASCADE,
  weight real NOT NULL,
  PRIMARY KEY (term, doc) INCLUDE (weight)
);
CREATE INDEX search_postings_doc ON search_postings (doc);

-- The stems in letters, to find what a misspelt or unfinished word may mean.
CREATE TABLE search_terms (
  term bigint PRIMARY KEY,
  letters text NOT NULL
);
CREATE INDEX search_terms_trgm ON search_terms USING gin (letters gin_trgm_ops);
CREATE INDEX search_terms_prefix ON search_terms (letters text_pattern_ops);

-- What a node has not been told yet.
CREATE TABLE search_pending (
  node text NOT NULL,
  doc int NOT NULL REFERENCES search_documents ON DELETE CASCADE,
  seq bigint NOT NULL,
  PRIMARY KEY (node, doc)
);
CREATE INDEX search_pending_order ON search_pending (node, seq);

-- The nodes that there are, by name, and the settings that their index was made with.
CREATE TABLE search_nodes (
  node text PRIMARY KEY,
  settings text NOT NULL DEFAULT '',
  ready boolean NOT NULL DEFAULT false,    -- has been filled once
  seen_at timestamptz NOT NULL DEFAULT now()
);

-- +goose Down
DROP TABLE search_nodes, search_pending, search_terms, search_postings, search_documents;
DROP SEQUENCE search_seq;
