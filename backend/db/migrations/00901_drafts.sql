-- +goose Up
CREATE TABLE drafts (
  id uuid PRIMARY KEY,
  title text NOT NULL CHECK (length(title) BETWEEN 1 AND 300),
  content_type text NOT NULL CHECK (content_type IN ('blog_post', 'case_study', 'one_pager', 'deck', 'email_template', 'battlecard', 'video', 'audio_story', 'social_post')),
  state text NOT NULL DEFAULT 'brief' CHECK (state IN ('brief', 'writing', 'in_review', 'approved', 'published')),
  writer_id uuid NOT NULL REFERENCES users,
  confidential boolean NOT NULL DEFAULT false,
  summary text NOT NULL DEFAULT '' CHECK (length(summary) <= 4000),
  audience text NOT NULL DEFAULT '' CHECK (length(audience) <= 500),
  stage text NOT NULL DEFAULT '' CHECK (length(stage) <= 80),
  key_message text NOT NULL DEFAULT '' CHECK (length(key_message) <= 4000),
  proof text NOT NULL DEFAULT '' CHECK (length(proof) <= 4000),
  call_to_action text NOT NULL DEFAULT '' CHECK (length(call_to_action) <= 1000),
  channel text NOT NULL DEFAULT '' CHECK (length(channel) <= 200),
  expert_id uuid REFERENCES users,
  due_on date,
  publish_on date,
  tags text[] NOT NULL DEFAULT '{}',
  public_url text NOT NULL DEFAULT '' CHECK (public_url = '' OR public_url ~ '^https?://'),
  shareable boolean NOT NULL DEFAULT false,
  resource_id uuid REFERENCES resources,
  current_version_id uuid,
  rev bigint NOT NULL DEFAULT 1,
  created_by uuid NOT NULL REFERENCES users,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  state_changed_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX drafts_state ON drafts (state, updated_at DESC, id DESC);
CREATE INDEX drafts_writer ON drafts (writer_id);

CREATE TABLE draft_ideas (
  draft_id uuid NOT NULL REFERENCES drafts ON DELETE CASCADE,
  idea_id uuid NOT NULL REFERENCES ideas ON DELETE CASCADE,
  PRIMARY KEY (draft_id, idea_id)
);
CREATE INDEX draft_ideas_idea ON draft_ideas (idea_id);

CREATE TABLE draft_people (
  draft_id uuid NOT NULL REFERENCES drafts ON DELETE CASCADE,
  user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  role text NOT NULL CHECK (role IN ('contributor', 'approver')),
  PRIMARY KEY (draft_id, user_id, role)
);
CREATE INDEX draft_people_user ON draft_people (user_id);

-- The co-written document of a draft. Its counter is apart from the draft's rev.
CREATE TABLE draft_docs (
  draft_id uuid PRIMARY KEY REFERENCES drafts ON DELETE CASCADE,
  version bigint NOT NULL DEFAULT 1,
  frozen boolean NOT NULL DEFAULT false,
  schema_hash text NOT NULL,
  doc json NOT NULL, -- json, not jsonb: order and size as written
  text text NOT NULL DEFAULT '',
  updated_by uuid REFERENCES users,
  updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE draft_versions (
  id uuid PRIMARY KEY,
  draft_id uuid NOT NULL REFERENCES drafts ON DELETE CASCADE,
  number int NOT NULL,
  reason text NOT NULL CHECK (reason IN ('submitted', 'named', 'restored')),
  label text NOT NULL DEFAULT '',
  title text NOT NULL,
  doc json NOT NULL,
  text text NOT NULL,
  brief jsonb NOT NULL,
  assets jsonb NOT NULL,
  hash bytea NOT NULL CHECK (length(hash) = 32),
  doc_version bigint NOT NULL,
  draft_rev bigint NOT NULL,
  created_by uuid NOT NULL REFERENCES users,
  created_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (draft_id, number),
  UNIQUE (id, draft_id, hash)
);
ALTER TABLE drafts ADD FOREIGN KEY (current_version_id) REFERENCES draft_versions (id) DEFERRABLE INITIALLY DEFERRED;

-- One person's yes to one exact version: id and hash must belong together.
CREATE TABLE approvals (
  id uuid PRIMARY KEY,
  draft_id uuid NOT NULL REFERENCES drafts ON DELETE CASCADE,
  version_id uuid NOT NULL,
  hash bytea NOT NULL,
  side text NOT NULL CHECK (side IN ('sales', 'marketing')),
  user_id uuid NOT NULL REFERENCES users,
  at timestamptz NOT NULL DEFAULT now(),
  voided_at timestamptz,
  void_reason text NOT NULL DEFAULT '',
  FOREIGN KEY (version_id, draft_id, hash) REFERENCES draft_versions (id, draft_id, hash)
);
CREATE UNIQUE INDEX approvals_one_per_side ON approvals (draft_id, side) WHERE voided_at IS NULL;

-- The last word on approval is the database's: no draft becomes approved or published without a valid yes of both
-- sides to the version that it points at, none of them from its writer, and with the document frozen at that version.
-- +goose StatementBegin
CREATE FUNCTION drafts_need_both_sides() RETURNS trigger LANGUAGE plpgsql AS $$
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

-- A frozen document does not change.
CREATE FUNCTION draft_docs_stay_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.frozen AND (NEW.version <> OLD.version OR NEW.doc::text <> OLD.doc::text) THEN
    RAISE EXCEPTION 'document of draft % is frozen', NEW.draft_id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

-- Nor is it thawed while its draft stays approved. Looked at when the transaction ends, when both have their new state.
CREATE FUNCTION draft_docs_thaw_with_their_draft() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM drafts d JOIN draft_docs x ON x.draft_id = d.id WHERE d.id = NEW.draft_id AND d.state IN ('approved', 'published') AND NOT x.frozen) THEN
    RAISE EXCEPTION 'document of draft % is approved', NEW.draft_id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;

-- Versions and approvals are history: the only change is to void an approval.
CREATE FUNCTION approvals_are_history() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.voided_at IS NOT NULL OR NEW.voided_at IS NULL OR (NEW.id, NEW.draft_id, NEW.version_id, NEW.hash, NEW.side, NEW.user_id, NEW.at) IS DISTINCT FROM
     (OLD.id, OLD.draft_id, OLD.version_id, OLD.hash, OLD.side, OLD.user_id, OLD.at) THEN
    RAISE EXCEPTION 'an approval can only be voided, once' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION draft_versions_are_history() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'versions do not change' USING ERRCODE = 'restrict_violation';
END $$;
-- +goose StatementEnd
CREATE TRIGGER drafts_need_both_sides BEFORE INSERT OR UPDATE ON drafts FOR EACH ROW EXECUTE FUNCTION drafts_need_both_sides();
CREATE TRIGGER draft_docs_stay_frozen BEFORE UPDATE ON draft_docs FOR EACH ROW EXECUTE FUNCTION draft_docs_stay_frozen();
CREATE CONSTRAINT TRIGGER draft_docs_thaw_with_their_draft AFTER UPDATE ON draft_docs DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (OLD.frozen AND NOT NEW.frozen) EXECUTE FUNCTION draft_docs_thaw_with_their_draft();
CREATE TRIGGER approvals_are_history BEFORE UPDATE ON approvals FOR EACH ROW EXECUTE FUNCTION approvals_are_history();
CREATE TRIGGER draft_versions_are_history BEFORE UPDATE ON draft_versions FOR EACH ROW EXECUTE FUNCTION draft_versions_are_history();

-- +goose Down
ALTER TABLE drafts DROP CONSTRAINT drafts_current_version_id_fkey;
DROP TABLE approvals, draft_versions, draft_docs, draft_people, draft_ideas, drafts;
DROP FUNCTION drafts_need_both_sides, draft_docs_stay_frozen, draft_docs_thaw_with_their_draft, approvals_are_history, draft_versions_are_history;
