-- The days of accounts whose carriers are asked what they booked: when each day is asked for next, and what came of it.
CREATE TABLE bill_pull (
    account   VARCHAR(100) NOT NULL,
    bill_day  DATE NOT NULL,
    state     VARCHAR(20) NOT NULL,
    pulls     INTEGER NOT NULL,
    due       TIMESTAMP WITH TIME ZONE NOT NULL,
    pulled_at TIMESTAMP WITH TIME ZONE,
    lines     INTEGER NOT NULL,
    words     VARCHAR(1000),
    PRIMARY KEY (account, bill_day)
);
CREATE INDEX bill_pull_due ON bill_pull (state, due);
