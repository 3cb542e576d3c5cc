-- +goose Up
-- Posts are looked up by their link when somebody follows it: is what it is about out, and not over?
CREATE INDEX posts_link ON posts (link_id);

-- +goose Down
DROP INDEX posts_link;
