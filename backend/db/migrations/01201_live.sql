-- +goose Up
-- Live co-writing: a document is an ordered log of ProseMirror steps. head counts them; doc and text are the copy of it
-- that the rest of the product reads, as of version. They are brought up to head when somebody needs them exactly.
ALTER TABLE draft_docs
  ADD head bigint NOT NULL DEFAULT 1,
  ADD guarded boolean NOT NULL DEFAULT false, -- has approvals, so that a change concerns the draft too
  ADD snapshot_version bigint NOT NULL DEFAULT 1;
ALTER TABLE draft_docs DISABLE TRIGGER USER;
UPDATE draft_docs d SET head = version, snapshot_version = version,
  guarded = EXISTS (SELECT FROM approvals a WHERE a.draft_id = d.draft_id AND a.voided_at IS NULL),
  frozen = frozen OR EXISTS (SELECT FROM drafts x WHERE x.id = d.draft_id AND x.state = 'archived');
ALTER TABLE draft_docs ENABLE TRIGGER USER;
ALTER TABLE draft_docs ADD CONSTRAINT draft_docs_head CHECK (version <= head);

-- One row is one push of one client, taken whole.
CREATE TABLE draft_commits (
  draft_id uuid NOT NULL REFERENCES draft_docs ON DELETE CASCADE,
  v_from bigint NOT NULL,
  n int NOT NULL CHECK (n > 0),
  client_id text NOT NULL CHECK (length(client_id) BETWEEN 1 AND 64),
  batch bigint NOT NULL,
  kept int[] NOT NULL, -- the place of each step in the batch as it was sent
  user_id uuid NOT NULL REFERENCES users,
  at timestamptz NOT NULL DEFAULT now(),
  steps json NOT NULL, -- json, not jsonb: order and size as written
  PRIMARY KEY (draft_id, v_from)
);
CREATE INDEX draft_commits_at ON draft_commits (at);

-- The last batch of each client, kept or void: what comes again is not taken again.
CREATE TABLE draft_clients (
  draft_id uuid NOT NULL REFERENCES draft_docs ON DELETE CASCADE,
  client_id text NOT NULL,
  user_id uuid NOT NULL REFERENCES users,
  last_batch bigint NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (draft_id, client_id)
);
CREATE INDEX draft_clients_at ON draft_clients (at);

-- Copies of the document, made by the server alone.
CREATE TABLE draft_snapshots (
  draft_id uuid NOT NULL REFERENCES draft_docs ON DELETE CASCADE,
  version bigint NOT NULL,
  doc json NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (draft_id, version)
);
INSERT INTO draft_snapshots (draft_id, version, doc) SELECT draft_id, version, doc FROM draft_docs;

-- Old commits, packed: JSON lines, gzip.
CREATE TABLE draft_history (
  draft_id uuid NOT NULL REFERENCES draft_docs ON DELETE CASCADE,
  v_from bigint NOT NULL,
  v_to bigint NOT NULL CHECK (v_to > v_from),
  gz bytea NOT NULL,
  PRIMARY KEY (draft_id, v_from)
);

-- +goose StatementBegin
-- Takes a batch of steps (none: it was void) on top of version base and tells the other replicas, in one round trip.
-- The row lock makes the order of commits that of versions, without holes. It gives the new head, or
-- -1: base is not the head; -2: this batch was taken before; -3: frozen; -4: has approvals, and the caller does not
-- void them; -5: the client id is somebody else's.
CREATE FUNCTION draft_commit(d uuid, base bigint, k int, client text, writer uuid, b bigint, places int[], what json, note text, reviewed boolean)
RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  doc record;
  mine record;
BEGIN
  SELECT x.head, x.frozen, x.guarded INTO doc FROM draft_docs x WHERE x.draft_id = d FOR UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no document of draft %', d USING ERRCODE = 'no_data_found';
  END IF;
  SELECT c.last_batch, c.user_id INTO mine FROM draft_clients c WHERE c.draft_id = d AND c.client_id = client;
  IF mine.user_id <> writer THEN RETURN -5; END IF;
  IF mine.last_batch >= b THEN RETURN -2; END IF;
  IF doc.frozen THEN RETURN -3; END IF;
  IF doc.head <> base THEN RETURN -1; END IF;
  IF k > 0 AND doc.guarded AND NOT reviewed THEN RETURN -4; END IF;
  INSERT INTO draft_clients (draft_id, client_id, user_id, last_batch) VALUES (d, client, writer, b)
    ON CONFLICT (draft_id, client_id) DO UPDATE SET last_batch = b, at = now();
  IF k = 0 THEN RETURN doc.head; END IF;
  UPDATE draft_docs SET head = doc.head + k WHERE draft_id = d;
  INSERT INTO draft_commits (draft_id, v_from, n, client_id, batch, kept, user_id, steps) VALUES (d, doc.head, k, client, b, places, writer, what);
  IF note <> '' THEN PERFORM pg_notify('byline_live', note); END IF;
  RETURN doc.head + k;
END $$;

-- As before, and the copy must be all of the document.
CREATE OR REPLACE FUNCTION drafts_need_both_sides() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  sides int;
BEGIN
  IF NEW.state IN ('approved', 'published') THEN
    SELECT count(DISTINCT a.side) INTO sides FROM approvals a
      JOIN users u ON u.id = a.user_id AND u.side = a.side
      WHERE a.draft_id = NEW.id AND a.version_id = NEW.current_version_id AND a.voided_at IS NULL AND a.user_id <> NEW.writer_id;
    IF sides < 2 THEN
      RAISE EXCEPTION 'draft % has no valid approval of both sides', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    IF NOT EXISTS (SELECT FROM draft_docs d JOIN draft_versions v ON v.id = NEW.current_version_id
                   WHERE d.draft_id = NEW.id AND d.frozen AND d.version = v.doc_version AND d.head = v.doc_version) THEN
      RAISE EXCEPTION 'draft % is not frozen at its approved version', NEW.id USING ERRCODE = 'check_violation';
    END IF;
  END IF;
  RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION draft_docs_stay_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.frozen AND (NEW.head <> OLD.head OR NEW.version <> OLD.version OR NEW.doc::text <> OLD.doc::text) THEN
    RAISE EXCEPTION 'document of draft % is frozen', NEW.draft_id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
-- +goose StatementEnd

-- +goose Down
-- Back to whole documents: the copies must be all of it first (`byline serve` brings them up to date within a minute).
DROP FUNCTION draft_commit;
DROP TABLE draft_history, draft_snapshots, draft_clients, draft_commits;
ALTER TABLE draft_docs DROP CONSTRAINT draft_docs_head, DROP head, DROP guarded, DROP snapshot_version;
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION drafts_need_both_sides() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  sides int;
BEGIN
  IF NEW.state IN ('approved', 'published') THEN
    SELECT count(DISTINCT a.side) INTO sides FROM approvals a
      JOIN users u ON u.id = a.user_id AND u.side = a.side
      WHERE a.draft_id = NEW.id AND a.version_id = NEW.current_version_id AND a.voided_at IS NULL AND a.user_id <> NEW.writer_id;
    IF sides < 2 THEN
      RAISE EXCEPTION 'draft % has no valid approval of both sides', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    IF NOT EXISTS (SELECT FROM draft_docs d JOIN draft_versions v ON v.id = NEW.current_version_id
                   WHERE d.draft_id = NEW.id AND d.frozen AND d.version = v.doc_version) THEN
      RAISE EXCEPTION 'draft % is not frozen at its approved version', NEW.id USING ERRCODE = 'check_violation';
    END IF;
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE FUNCTION draft_docs_stay_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.frozen AND (NEW.version <> OLD.version OR NEW.doc::text <> OLD.doc::text) THEN
    RAISE EXCEPTION 'document of draft % is frozen', NEW.draft_id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
-- +goose StatementEnd
