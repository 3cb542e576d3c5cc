-- +goose Up
CREATE TABLE assets (
  id uuid PRIMARY KEY,
  owner_id uuid NOT NULL REFERENCES users,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 255),
  storage_key text NOT NULL UNIQUE,
  size bigint NOT NULL CHECK (size >= 0),
  declared_type text NOT NULL DEFAULT '',
  media_type text NOT NULL DEFAULT '', -- by content, once checked
  sha256 bytea CHECK (length(sha256) = 32),
  claimed_sha256 bytea CHECK (length(claimed_sha256) = 32),
  state text NOT NULL CHECK (state IN ('uploading', 'processing', 'ready', 'limited', 'refused')),
  reason text NOT NULL DEFAULT '',      -- machine readable, e.g. type_mismatch
  explanation text NOT NULL DEFAULT '', -- the same for people
  kind text NOT NULL DEFAULT '',        -- document, deck, pdf, image, video, audio, …
  pages int NOT NULL DEFAULT 0,
  width int NOT NULL DEFAULT 0,
  height int NOT NULL DEFAULT 0,
  duration_ms bigint NOT NULL DEFAULT 0,
  preview_key text NOT NULL DEFAULT '',
  inline_ok boolean NOT NULL DEFAULT false, -- may be shown in place, from the storage's own origin
  upload_id text NOT NULL DEFAULT '',
  part_size bigint NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX assets_owner ON assets (owner_id, id DESC);
CREATE INDEX assets_uploading ON assets (updated_at) WHERE state = 'uploading';

CREATE TABLE asset_pages (
  asset_id uuid NOT NULL REFERENCES assets ON DELETE CASCADE,
  page int NOT NULL CHECK (page >= 1),
  text text NOT NULL,
  PRIMARY KEY (asset_id, page)
);

-- What an asset belongs to; who may see the thing may see the asset.
CREATE TABLE asset_uses (
  asset_id uuid NOT NULL REFERENCES assets ON DELETE CASCADE,
  object_type text NOT NULL CHECK (object_type IN ('draft', 'resource', 'post', 'user')),
  object_id uuid NOT NULL,
  position int NOT NULL DEFAULT 0,
  caption text NOT NULL DEFAULT '' CHECK (length(caption) <= 500),
  PRIMARY KEY (object_type, object_id, asset_id)
);
CREATE INDEX asset_uses_asset ON asset_uses (asset_id);

CREATE TABLE resources (
  id uuid PRIMARY KEY,
  title text NOT NULL CHECK (length(title) BETWEEN 1 AND 300),
  summary text NOT NULL DEFAULT '' CHECK (length(summary) <= 4000),
  content_type text NOT NULL,
  lang text NOT NULL DEFAULT 'en' CHECK (length(lang) BETWEEN 2 AND 12),
  personas text[] NOT NULL DEFAULT '{}',
  stages text[] NOT NULL DEFAULT '{}',
  industries text[] NOT NULL DEFAULT '{}',
  products text[] NOT NULL DEFAULT '{}',
  regions text[] NOT NULL DEFAULT '{}',
  tags text[] NOT NULL DEFAULT '{}',
  doc jsonb,                              -- ProseMirror document, of resources written here
  body_markdown text NOT NULL DEFAULT '', -- of imported ones
  body_text text NOT NULL DEFAULT '',
  authors text[] NOT NULL DEFAULT '{}',
  owner_id uuid REFERENCES users,
  state text NOT NULL DEFAULT 'live' CHECK (state IN ('live', 'review_due', 'expired', 'archived')),
  shareable boolean NOT NULL DEFAULT false,
  public_url text NOT NULL DEFAULT '' CHECK (public_url = '' OR public_url ~ '^https?://'),
  release_at timestamptz,
  expires_at timestamptz,
  review_due_on date,
  version int NOT NULL DEFAULT 1,
  source_id text UNIQUE,
  source_repo text NOT NULL DEFAULT '',
  source_path text NOT NULL DEFAULT '',
  licence text NOT NULL DEFAULT '',
  published_at timestamptz,
  views int NOT NULL DEFAULT 0,
  rev bigint NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  search_rev bigint NOT NULL DEFAULT 1
);
CREATE INDEX resources_new ON resources (id DESC);
CREATE INDEX resources_type ON resources (content_type, id DESC);
CREATE INDEX resources_review ON resources (review_due_on) WHERE state = 'live';

CREATE TABLE resource_versions (
  id uuid PRIMARY KEY,
  resource_id uuid NOT NULL REFERENCES resources ON DELETE CASCADE,
  number int NOT NULL,
  title text NOT NULL,
  summary text NOT NULL,
  doc jsonb,
  assets jsonb NOT NULL DEFAULT '[]',
  draft_id uuid,
  draft_version_id uuid,
  hash bytea,
  note text NOT NULL DEFAULT '',
  created_by uuid REFERENCES users,
  created_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (resource_id, number)
);

CREATE TABLE favourites (
  user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  resource_id uuid NOT NULL REFERENCES resources ON DELETE CASCADE,
  at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (user_id, resource_id)
);

CREATE TABLE resource_views (
  resource_id uuid NOT NULL REFERENCES resources ON DELETE CASCADE,
  user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  day date NOT NULL,
  PRIMARY KEY (resource_id, user_id, day)
);

-- +goose Down
DROP TABLE resource_views, favourites, resource_versions, resources, asset_uses, asset_pages, assets;
