-- +goose Up
-- By what else one narrows: may it be sent to customers, and how far may one trust it.
ALTER TABLE search_documents
  ADD sharing text NOT NULL DEFAULT '' CHECK (sharing IN ('', 'shareable', 'internal')),
  ADD freshness text NOT NULL DEFAULT '' CHECK (freshness IN ('', 'new', 'current', 'due', 'expired')); -- of resources

-- +goose Down
ALTER TABLE search_documents DROP sharing, DROP freshness;
