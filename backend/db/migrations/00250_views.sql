-- +goose Up
-- A named set of filters of a page: what its address says behind the question mark. Shared ones are seen by the side of
-- their maker, or by everybody.
CREATE TABLE views (
  id uuid PRIMARY KEY,
  owner_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  side text NOT NULL CHECK (side IN ('sales', 'marketing')), -- of the maker, when it was made
  page text NOT NULL CHECK (page IN ('drafts', 'calendar', 'ideas', 'library')),
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
  query text NOT NULL CHECK (length(query) BETWEEN 1 AND 2000),
  shared text NOT NULL DEFAULT 'nobody' CHECK (shared IN ('nobody', 'side', 'everybody')),
  rev bigint NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  deleted_at timestamptz -- kept for a while, so that deleting can be taken back
);
CREATE INDEX views_page ON views (page, owner_id) WHERE deleted_at IS NULL;

-- In which order somebody has the views of a page, and with which one the page opens for them.
CREATE TABLE view_places (
  user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  view_id uuid NOT NULL REFERENCES views ON DELETE CASCADE,
  position int NOT NULL,
  opens boolean NOT NULL DEFAULT false,
  PRIMARY KEY (user_id, view_id)
);
CREATE INDEX view_places_view ON view_places (view_id);

-- +goose Down
DROP TABLE view_places, views;
