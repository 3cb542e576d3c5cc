-- +goose Up
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS unaccent;

CREATE TABLE teams (
  id uuid PRIMARY KEY,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX teams_name_key ON teams (lower(name));

CREATE TABLE users (
  id uuid PRIMARY KEY,
  email text NOT NULL CHECK (length(email) BETWEEN 3 AND 254),
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
  side text NOT NULL CHECK (side IN ('sales', 'marketing')),
  lead boolean NOT NULL DEFAULT false,
  admin boolean NOT NULL DEFAULT false,
  team_id uuid REFERENCES teams ON DELETE SET NULL,
  title text NOT NULL DEFAULT '' CHECK (length(title) <= 120),
  bio text NOT NULL DEFAULT '' CHECK (length(bio) <= 2000),
  timezone text NOT NULL DEFAULT 'UTC' CHECK (length(timezone) <= 64),
  linkedin_url text NOT NULL DEFAULT '' CHECK (length(linkedin_url) <= 300),
  picture_asset_id uuid,
  password_hash text NOT NULL DEFAULT '',
  disabled_at timestamptz,
  rev bigint NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX users_email_key ON users (lower(email));
CREATE INDEX users_name_trgm ON users USING gin (name gin_trgm_ops);

-- A session's token is kept as its SHA-256 only.
CREATE TABLE sessions (
  id uuid PRIMARY KEY,
  token_hash bytea NOT NULL UNIQUE,
  user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  created_at timestamptz NOT NULL DEFAULT now(),
  seen_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  user_agent text NOT NULL DEFAULT '',
  address text NOT NULL DEFAULT ''
);
CREATE INDEX sessions_user ON sessions (user_id);

-- A browser that signed in before; its owner is not locked out by the guesses of others.
CREATE TABLE known_devices (
  token_hash bytea PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  created_at timestamptz NOT NULL DEFAULT now()
);

-- Counted before the password is hashed; one row per account, device or address, one window of an hour.
CREATE TABLE sign_in_attempts (
  bucket text PRIMARY KEY,
  n int NOT NULL,
  since timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE invitations (
  id uuid PRIMARY KEY,
  token_hash bytea NOT NULL UNIQUE,
  email text NOT NULL DEFAULT '',
  side text NOT NULL CHECK (side IN ('sales', 'marketing')),
  lead boolean NOT NULL DEFAULT false,
  admin boolean NOT NULL DEFAULT false,
  team_id uuid REFERENCES teams ON DELETE SET NULL,
  created_by uuid REFERENCES users ON DELETE CASCADE,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  used_at timestamptz,
  used_by uuid REFERENCES users ON DELETE SET NULL
);

CREATE TABLE idempotency_keys (
  user_id uuid NOT NULL,
  key text NOT NULL CHECK (length(key) BETWEEN 1 AND 200),
  request_hash bytea NOT NULL,
  done boolean NOT NULL,
  status int NOT NULL DEFAULT 0,
  headers jsonb NOT NULL DEFAULT '{}',
  body bytea NOT NULL DEFAULT '',
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (user_id, key)
);
CREATE INDEX idempotency_keys_age ON idempotency_keys (created_at);

-- +goose Down
DROP TABLE idempotency_keys, invitations, sign_in_attempts, known_devices, sessions, users, teams;
