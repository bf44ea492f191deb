-- up to which number the rows of a source's table were taken in
CREATE TABLE source_number (
    source        VARCHAR(100) PRIMARY KEY,
    taken         BIGINT NOT NULL,
    moved_at      TIMESTAMP WITH TIME ZONE NOT NULL
);
