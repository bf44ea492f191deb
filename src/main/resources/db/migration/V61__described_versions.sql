-- The mappings of a described carrier are on record under two names: label-platform/create.
ALTER TABLE mapping_version ALTER COLUMN name SET DATA TYPE VARCHAR(140);
