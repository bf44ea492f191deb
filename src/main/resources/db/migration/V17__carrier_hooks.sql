-- What carriers pushed and nobody has read yet. A delivery that was read is gone from here; the inbox remembers its name.
CREATE TABLE carrier_hook (
    id          VARCHAR(40) PRIMARY KEY,
    account     VARCHAR(100) NOT NULL,
    body        ${bytes} NOT NULL,
    tries       INTEGER NOT NULL,
    received_at TIMESTAMP WITH TIME ZONE NOT NULL,
    due         TIMESTAMP WITH TIME ZONE NOT NULL
);
CREATE INDEX carrier_hook_due ON carrier_hook (due);
