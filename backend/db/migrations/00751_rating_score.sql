-- +goose Up
-- What "best rated" goes by: two ratings of three are added, so that one person alone makes nothing the best.
ALTER TABLE resources ADD rating_score real GENERATED ALWAYS AS (CASE WHEN ratings > 0 THEN (rating_sum + 6)::real / (ratings + 2) END) STORED;

-- +goose Down
ALTER TABLE resources DROP rating_score;
