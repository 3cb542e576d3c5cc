-- +goose Up
-- A draft ends in the archive: one that is not written any further, or a published one whose resource has moved on.
ALTER TABLE drafts DROP CONSTRAINT drafts_state_check;
ALTER TABLE drafts ADD CONSTRAINT drafts_state_check CHECK (state IN ('brief', 'writing', 'in_review', 'approved', 'published', 'archived'));
ALTER TABLE drafts ADD archived_from text CHECK (archived_from IN ('brief', 'writing', 'published'));
ALTER TABLE drafts ADD CONSTRAINT drafts_archived_from CHECK ((state = 'archived') = (archived_from IS NOT NULL));

-- A resource has at most one next draft: two would overwrite each other on publishing.
CREATE UNIQUE INDEX drafts_one_next_per_resource ON drafts (resource_id) WHERE state NOT IN ('published', 'archived');
CREATE INDEX drafts_resource ON drafts (resource_id) WHERE resource_id IS NOT NULL;

-- +goose Down
DROP INDEX drafts_resource, drafts_one_next_per_resource;
UPDATE drafts SET state = archived_from, archived_from = NULL WHERE state = 'archived';
ALTER TABLE drafts DROP CONSTRAINT drafts_archived_from;
ALTER TABLE drafts DROP archived_from;
ALTER TABLE drafts DROP CONSTRAINT drafts_state_check;
ALTER TABLE drafts ADD CONSTRAINT drafts_state_check CHECK (state IN ('brief', 'writing', 'in_review', 'approved', 'published'));
