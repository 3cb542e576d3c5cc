-- +goose Up
-- The types of content that are planned here: what a brief begins with, what is checked, how long each step takes, who says
-- yes, and after how many months what was published is looked at again.
CREATE TABLE content_types (
  key text PRIMARY KEY CHECK (key ~ '^[a-z][a-z0-9_]{1,39}$'),
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
  description text NOT NULL DEFAULT '' CHECK (length(description) <= 500),
  brief jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(brief) = 'object'), -- text by field of the brief
  checklist text[] NOT NULL DEFAULT '{}',
  review_months int NOT NULL DEFAULT 12 CHECK (review_months BETWEEN 1 AND 60),
  step_days jsonb NOT NULL DEFAULT '{"brief": 2, "writing": 5, "in_review": 3, "approved": 2}', -- working days by step
  approval_mode text NOT NULL DEFAULT 'both_sides' CHECK (approval_mode IN ('both_sides', 'named', 'n_of_m')),
  approvals_needed int NOT NULL DEFAULT 2 CHECK (approvals_needed BETWEEN 1 AND 9),
  approver_ids uuid[] NOT NULL DEFAULT '{}',
  remind_hours int NOT NULL DEFAULT 48 CHECK (remind_hours BETWEEN 1 AND 720),
  escalate_hours int NOT NULL DEFAULT 96 CHECK (escalate_hours BETWEEN 1 AND 1440),
  position int NOT NULL DEFAULT 0,
  archived boolean NOT NULL DEFAULT false,
  rev bigint NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  updated_by uuid REFERENCES users
);
INSERT INTO content_types (position, key, name, description, review_months, step_days, brief, checklist) VALUES
  (1, 'blog_post', 'Blog post', 'Answers one question that buyers ask, in the words that they use.', 12, '{"brief": 1, "writing": 5, "in_review": 3, "approved": 1}',
    '{"key_message": "The one thing that a reader should remember.", "proof": "A number, a customer or a source for it.", "call_to_action": "What the reader does next."}',
    ARRAY['Question in the title or first paragraph', 'Sources linked', 'Call to action at the end']),
  (2, 'case_study', 'Case study', 'How one customer solved a problem, with numbers that they agreed to.', 12, '{"brief": 3, "writing": 8, "in_review": 5, "approved": 3}',
    '{"key_message": "Before, what changed, and what it brought.", "proof": "Figures from the customer, with period and source.", "call_to_action": "Talk to somebody who has done it."}',
    ARRAY['Customer agreed in writing', 'Figures checked by the customer', 'Quote with name and role']),
  (3, 'one_pager', 'One-pager', 'One page that a rep leaves behind after a call.', 6, '{"brief": 1, "writing": 3, "in_review": 2, "approved": 1}',
    '{"key_message": "What it is, for whom, and why now.", "call_to_action": "The next meeting."}', ARRAY['Fits on one page', 'Prices and names are current']),
  (4, 'deck', 'Deck', 'Slides for a conversation.', 6, '{"brief": 2, "writing": 6, "in_review": 3, "approved": 1}',
    '{"key_message": "What the audience should decide at the end."}', ARRAY['Speaker notes', 'Works without the speaker']),
  (5, 'email_template', 'E-mail template', 'A mail that reps make their own.', 6, '{"brief": 1, "writing": 2, "in_review": 2, "approved": 1}',
    '{"key_message": "Why the reader should answer.", "call_to_action": "One question."}', ARRAY['Subject line', 'Reads well on a phone', 'One question at the end']),
  (6, 'battlecard', 'Battlecard', 'What to say when a competitor is named.', 3, '{"brief": 1, "writing": 4, "in_review": 2, "approved": 1}',
    '{"key_message": "Where we win, where we do not.", "proof": "Won and lost deals, with dates."}', ARRAY['Claims have a source', 'Checked with two reps']),
  (7, 'video', 'Video', 'A short film or a recording.', 12, '{"brief": 3, "writing": 10, "in_review": 4, "approved": 2}',
    '{"key_message": "What the viewer has understood at the end."}', ARRAY['Script approved', 'Captions', 'Thumbnail']),
  (8, 'audio_story', 'Audio story', 'Told by the people who were there.', 12, '{"brief": 2, "writing": 6, "in_review": 3, "approved": 2}',
    '{"key_message": "The moment that listeners will retell."}', ARRAY['Everybody who speaks agreed', 'Transcript']),
  (9, 'social_post', 'Social post', 'A post for the company’s own channels.', 3, '{"brief": 1, "writing": 2, "in_review": 1, "approved": 1}',
    '{"key_message": "One thought.", "call_to_action": "What to do with it."}', ARRAY['First line stands alone', 'Picture with description']);

-- +goose Down
DROP TABLE content_types;
