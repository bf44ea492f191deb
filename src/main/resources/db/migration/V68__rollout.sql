-- What a namespace has switched: channels that take its orders (on: false is read-only), stages, sources that are only looked at.
-- was_*: before the change, for rolling the channels back.
CREATE TABLE rollout_switch (
    namespace      VARCHAR(100) NOT NULL,
    kind           VARCHAR(20) NOT NULL,
    name           VARCHAR(100) NOT NULL,
    is_on          BOOLEAN NOT NULL,
    opens_at       TIMESTAMP WITH TIME ZONE,
    closes_at      TIMESTAMP WITH TIME ZONE,
    was_on         BOOLEAN NOT NULL,
    was_opens_at   TIMESTAMP WITH TIME ZONE,
    was_closes_at  TIMESTAMP WITH TIME ZONE,
    change_id      VARCHAR(40),
    changed_by     VARCHAR(200) NOT NULL,
    changed_at     TIMESTAMP WITH TIME ZONE NOT NULL,
    reason         VARCHAR(500),
    PRIMARY KEY (namespace, kind, name)
);
CREATE INDEX rollout_switch_name ON rollout_switch (name, kind);
