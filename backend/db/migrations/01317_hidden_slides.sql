-- +goose Up
-- Slides that their maker has hidden: colleagues find and read their words, nobody outside hears of them, and no picture of
-- them is made.
ALTER TABLE assets ADD COLUMN hidden_pages int[] NOT NULL DEFAULT '{}';

-- +goose Down
ALTER TABLE assets DROP COLUMN hidden_pages;
