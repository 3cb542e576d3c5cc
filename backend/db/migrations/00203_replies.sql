-- +goose Up
-- Those who wrote in a thread hear of replies.
ALTER TABLE notifications DROP CONSTRAINT notifications_reason_check,
  ADD CONSTRAINT notifications_reason_check CHECK (reason IN ('mention', 'reply', 'follow', 'assigned', 'approval', 'offered'));

-- +goose Down
DELETE FROM notifications WHERE reason = 'reply';
ALTER TABLE notifications DROP CONSTRAINT notifications_reason_check,
  ADD CONSTRAINT notifications_reason_check CHECK (reason IN ('mention', 'follow', 'assigned', 'approval', 'offered'));
