-- +goose Up
CREATE TABLE notifications (
  id uuid PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  activity_id uuid NOT NULL REFERENCES activities,
  reason text NOT NULL CHECK (reason IN ('mention', 'follow', 'assigned', 'approval', 'offered')),
  read_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (user_id, activity_id) -- nobody hears the same thing twice, however often the job runs
);
CREATE INDEX notifications_inbox ON notifications (user_id, id DESC);
CREATE INDEX notifications_unread ON notifications (user_id) WHERE read_at IS NULL;

-- +goose Down
DROP TABLE notifications;
