-- +goose Up
-- A share may ask for an e-mail address: that of the recipient, or one of some domains. A code is sent there.
ALTER TABLE shares
  ADD COLUMN email_gate boolean NOT NULL DEFAULT false,
  ADD COLUMN domains text[] NOT NULL DEFAULT '{}', -- in small letters, as mail has them
  ADD CONSTRAINT shares_gate CHECK (NOT email_gate OR email <> '' OR domains <> '{}');

-- Which address somebody on a device has shown to be theirs.
ALTER TABLE share_devices
  ADD COLUMN address text NOT NULL DEFAULT '' CHECK (length(address) <= 254),
  ADD COLUMN address_at timestamptz;
ALTER TABLE share_visits ADD COLUMN address text NOT NULL DEFAULT '' CHECK (length(address) <= 254);

-- Codes that were asked for, by allowed addresses and others alike. A code itself is kept nowhere.
CREATE TABLE share_codes (
  id uuid PRIMARY KEY,
  share_id uuid NOT NULL REFERENCES shares ON DELETE CASCADE,
  device bytea NOT NULL CHECK (length(device) = 16),
  address text NOT NULL CHECK (length(address) <= 254),
  tries int NOT NULL DEFAULT 0,
  at timestamptz NOT NULL DEFAULT now(),
  used_at timestamptz
);
CREATE INDEX share_codes_device ON share_codes (share_id, device, id DESC);

-- +goose Down
DROP TABLE share_codes;
ALTER TABLE share_visits DROP COLUMN address;
ALTER TABLE share_devices DROP COLUMN address, DROP COLUMN address_at;
ALTER TABLE shares DROP CONSTRAINT shares_gate, DROP COLUMN domains, DROP COLUMN email_gate;
