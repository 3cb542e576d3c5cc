-- +goose Up
-- Pieces of evidence that were picked into the brief of a draft. Each is a copy: whoever reads the draft reads it, also
-- when its idea is private, was changed or lost it. evidence_id points at where it came from, while that is still there.
CREATE TABLE draft_evidence (
  id uuid PRIMARY KEY,
  draft_id uuid NOT NULL REFERENCES drafts ON DELETE CASCADE,
  evidence_id uuid NOT NULL,
  idea_id uuid NOT NULL REFERENCES ideas ON DELETE CASCADE,
  position int NOT NULL,
  kind text NOT NULL CHECK (kind IN ('quote', 'question', 'objection', 'call_note', 'deal')),
  text text NOT NULL CHECK (length(text) BETWEEN 1 AND 5000),
  source text NOT NULL DEFAULT '' CHECK (length(source) <= 200),
  author_id uuid NOT NULL REFERENCES users,
  picked_by uuid NOT NULL REFERENCES users,
  picked_at timestamptz NOT NULL DEFAULT now(),
  removed_at timestamptz -- kept for a while, so that it can be taken back
);
CREATE UNIQUE INDEX draft_evidence_once ON draft_evidence (draft_id, evidence_id) WHERE removed_at IS NULL;
CREATE INDEX draft_evidence_draft ON draft_evidence (draft_id, position);

-- +goose Down
DROP TABLE draft_evidence;
