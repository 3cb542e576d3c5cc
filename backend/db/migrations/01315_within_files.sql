-- +goose Up
-- What an Office file carries that its pages do not show: comments, tracked changes, hidden words, sheets and cells.
-- NULL: not looked into. Such a file leaves to nobody outside as it is.
ALTER TABLE assets ADD COLUMN within text[];

-- What was made of Office files so far may show deleted words, and slides that are hidden: it is made again, and nothing of it
-- is shown in the meantime.
DELETE FROM asset_pictures WHERE asset_id IN (SELECT id FROM assets WHERE kind IN ('deck', 'document'));
DELETE FROM asset_sheets WHERE asset_id IN (SELECT id FROM assets WHERE kind = 'spreadsheet');
UPDATE assets SET look = 'waiting', look_reason = '', look_note = '', look_asked_at = NULL,
  preview_key = CASE WHEN preview_key LIKE 'pages/%' THEN '' ELSE preview_key END
WHERE kind IN ('deck', 'document', 'spreadsheet') AND state = 'ready';
UPDATE assets SET within = '{}' WHERE media_type = 'text/csv';

-- +goose Down
ALTER TABLE assets DROP COLUMN within;
