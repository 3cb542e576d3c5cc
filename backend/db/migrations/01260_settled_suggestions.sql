-- +goose Up
-- Up to where of the log it was looked which suggestions were accepted or rejected, and whether there were any open then:
-- their authors are told, once.
ALTER TABLE draft_docs
  ADD settled_to bigint NOT NULL DEFAULT 1,
  ADD settled_open boolean NOT NULL DEFAULT false;
UPDATE draft_docs SET settled_to = version, settled_open = doc::text ~ '"(insertion|deletion)"';

-- +goose Down
ALTER TABLE draft_docs DROP settled_to, DROP settled_open;
