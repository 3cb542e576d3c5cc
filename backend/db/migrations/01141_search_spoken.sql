-- +goose Up
-- The language that the text of a document is in, as it was recognised when it was written; empty until then.
ALTER TABLE search_documents ADD spoken text NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE search_documents DROP spoken;
