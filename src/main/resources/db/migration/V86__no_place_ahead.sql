-- A place is never ahead of the clock: what a system changed since it was put right would lie behind it.

UPDATE source_position SET changed_at = CURRENT_TIMESTAMP WHERE changed_at > CURRENT_TIMESTAMP;
