-- +goose Up
-- What takes the place of an archived resource.
ALTER TABLE resources ADD COLUMN successor_id uuid REFERENCES resources CHECK (successor_id <> id);
CREATE INDEX resources_successor ON resources (successor_id) WHERE successor_id IS NOT NULL;

-- What strangers may see in the place of a resource at this moment: itself, or the first of its successors; NULL for nothing.
CREATE FUNCTION resource_outside(wanted uuid) RETURNS uuid LANGUAGE sql STABLE AS $$
  WITH RECURSIVE chain (id, n) AS (
    SELECT wanted, 0
    UNION ALL
    SELECT r.successor_id, c.n + 1 FROM chain c JOIN resources r ON r.id = c.id WHERE r.state = 'archived' AND r.successor_id IS NOT NULL AND c.n < 10
  )
  SELECT r.id FROM chain c JOIN resources r ON r.id = c.id
  WHERE r.shareable AND r.state IN ('live', 'review_due') AND (r.release_at IS NULL OR r.release_at <= now()) AND (r.expires_at IS NULL OR r.expires_at > now())
  ORDER BY c.n LIMIT 1
$$;

-- +goose Down
DROP FUNCTION resource_outside;
ALTER TABLE resources DROP COLUMN successor_id;
