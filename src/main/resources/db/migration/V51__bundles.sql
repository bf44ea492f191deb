-- Events of a sink that are told together: one file a bundle. CLOSING: what is in it is settled; READY: its file lies written aside;
-- DONE: the file has its name.
CREATE TABLE bundle (
    id           VARCHAR(40) PRIMARY KEY,
    sink         VARCHAR(100) NOT NULL,
    number_value BIGINT NOT NULL,
    state        VARCHAR(20) NOT NULL,
    events       INTEGER NOT NULL,
    closed_at    TIMESTAMP WITH TIME ZONE NOT NULL,
    done_at      TIMESTAMP WITH TIME ZONE,
    owner        VARCHAR(100),
    lease_until  TIMESTAMP WITH TIME ZONE
);
CREATE UNIQUE INDEX bundle_number ON bundle (sink, number_value);
CREATE INDEX bundle_open ON bundle (sink, state);
-- content is gone once its bundle is done; the event stays, so that it is in no other
CREATE TABLE bundled_event (
    sink        VARCHAR(100) NOT NULL,
    event_id    VARCHAR(40) NOT NULL,
    content     ${text},
    gathered_at TIMESTAMP WITH TIME ZONE NOT NULL,
    bundle_id   VARCHAR(40) REFERENCES bundle,
    PRIMARY KEY (sink, event_id)
);
CREATE INDEX bundled_event_bundle ON bundled_event (bundle_id, sink);
