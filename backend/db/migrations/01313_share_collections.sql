-- +goose Up
-- A share may be made of a collection. It keeps what was in it then: what is added later is shown when its owner says so.
ALTER TABLE shares
  ADD COLUMN collection_id uuid REFERENCES collections ON DELETE SET NULL,
  ADD COLUMN title text NOT NULL DEFAULT '' CHECK (length(title) <= 120); -- stands above what is shown; '' is made from that
ALTER TABLE share_resources ADD COLUMN section text NOT NULL DEFAULT '' CHECK (length(section) <= 80);
CREATE INDEX shares_collection ON shares (collection_id) WHERE collection_id IS NOT NULL;

-- +goose Down
ALTER TABLE share_resources DROP COLUMN section;
ALTER TABLE shares DROP COLUMN collection_id, DROP COLUMN title;
