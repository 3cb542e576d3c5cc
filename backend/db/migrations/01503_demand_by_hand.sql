-- +goose Up
-- What somebody says is there already and answers a card. It holds as long as the card has this resource and this moment; what the
-- card had before comes back when it is taken back.
CREATE TABLE demand_answers (
  card_id uuid NOT NULL REFERENCES demand_cards ON DELETE CASCADE,
  at timestamptz NOT NULL,
  resource_id uuid NOT NULL REFERENCES resources ON DELETE CASCADE,
  by_id uuid REFERENCES users ON DELETE SET NULL,
  told_by uuid REFERENCES activities, -- the activity by which people were told, if anybody was
  before_resource_id uuid REFERENCES resources ON DELETE SET NULL,
  before_at timestamptz,
  PRIMARY KEY (card_id, at)
);

-- Activities of which nobody is told any more.
CREATE TABLE notices_withdrawn (
  activity_id uuid PRIMARY KEY REFERENCES activities
);

-- +goose Down
DROP TABLE notices_withdrawn, demand_answers;
