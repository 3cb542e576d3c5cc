-- +goose Up
-- The words as marketing last wrote them, so that the writer sees what the owner made of them. For posts from before it
-- is the best that is known: their present text.
ALTER TABLE posts ADD offered_text text NOT NULL DEFAULT '' CHECK (length(offered_text) <= 10000);
UPDATE posts SET offered_text = text WHERE state <> 'writing';

-- +goose Down
ALTER TABLE posts DROP offered_text;
