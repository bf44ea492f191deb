-- What links to labels are signed with, for two hours; every node opens what another has signed
CREATE TABLE link_key (
    id       VARCHAR(40) PRIMARY KEY,
    secret   ${bytes} NOT NULL,
    made_at  TIMESTAMP WITH TIME ZONE NOT NULL
);
