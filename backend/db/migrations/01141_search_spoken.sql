-- +goose Up
-- The language that the text of a document is in, as it was recognised when it was written; empty until then.
ALTER TABLE search_documents ADD spoken text NOT NULL DEFAULT '';
-- The word list is read from its indexes alone where PostgreSQL has looked it over since it was written.
ALTER TABLE search_postings SET (autovacuum_vacuum_insert_scale_factor = 0.05, autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05);

-- +goose Down
ALTER TABLE search_postings RESET (autovacuum_vacuum_insert_scale_factor, autovacuum_vacuum_scale_factor, autovacuum_analyze_scale_factor);
ALTER TABLE search_documents DROP spoken;
