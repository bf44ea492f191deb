-- how new the newest is that was taken in of each document a system may hand over again
CREATE TABLE source_newest (
    source        VARCHAR(100) NOT NULL,
    identity      VARCHAR(200) NOT NULL,
    changed_at    TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (source, identity)
);
