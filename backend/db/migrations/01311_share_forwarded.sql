-- +goose Up
-- When somebody first read a share on another device than the first: its owner is told once.
ALTER TABLE shares ADD COLUMN forwarded_at timestamptz;
UPDATE shares s SET forwarded_at = s.last_view_at
  WHERE (SELECT count(DISTINCT v.device) FROM share_visits v WHERE v.share_id = s.id AND v.class = 'human' AND v.seconds > 0) > 1;

-- +goose Down
ALTER TABLE shares DROP COLUMN forwarded_at;
