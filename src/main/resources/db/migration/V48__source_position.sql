-- up to where the changes of a source's system were taken in
CREATE TABLE source_position (
    source        VARCHAR(100) PRIMARY KEY,
    changed_at    TIMESTAMP WITH TIME ZONE NOT NULL,
    moved_at      TIMESTAMP WITH TIME ZONE NOT NULL
);
