-- What a person looks for again and again, under a name of theirs.
CREATE TABLE saved_view (
    id          VARCHAR(40) PRIMARY KEY,
    owner       VARCHAR(200) NOT NULL,
    name        VARCHAR(100) NOT NULL,
    filter      VARCHAR(2000) NOT NULL,
    created_at  TIMESTAMP WITH TIME ZONE NOT NULL,
    UNIQUE (owner, name)
);
