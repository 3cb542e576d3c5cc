-- +goose Up
ALTER TABLE search_pending ADD since timestamptz NOT NULL DEFAULT now(); -- how far a node is behind

-- +goose Down
ALTER TABLE search_pending DROP since;
