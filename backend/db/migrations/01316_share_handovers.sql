-- +goose Up
-- Shares that somebody gave to a colleague together, and whose they were: so that it can be taken back.
CREATE TABLE share_handovers (
  id uuid PRIMARY KEY,
  by_id uuid NOT NULL REFERENCES users,
  to_id uuid NOT NULL REFERENCES users,
  at timestamptz NOT NULL DEFAULT now(),
  taken_back_at timestamptz
);
CREATE TABLE share_handover_items (
  handover_id uuid NOT NULL REFERENCES share_handovers ON DELETE CASCADE,
  share_id uuid NOT NULL REFERENCES shares ON DELETE CASCADE,
  from_id uuid NOT NULL REFERENCES users,
  PRIMARY KEY (handover_id, share_id)
);

-- +goose Down
DROP TABLE share_handover_items, share_handovers;
