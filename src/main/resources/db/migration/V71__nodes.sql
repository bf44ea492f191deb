-- One row for each node by its name. run: what this process holds claims under; epoch: how often it joined; stopped_at: it left, or was found gone
ALTER TABLE node ADD COLUMN run VARCHAR(64);

-- The least migration a hub must know to work on this database; a migration that an older hub could not live with raises it
CREATE TABLE schema_floor (least INTEGER NOT NULL);
INSERT INTO schema_floor (least) VALUES (71);
