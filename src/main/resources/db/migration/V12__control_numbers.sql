-- control numbers of interchanges that were written: each name counts by itself
CREATE TABLE control_number (
    name          VARCHAR(200) PRIMARY KEY,
    last_number   BIGINT NOT NULL
);

-- what a number was given for; the same thing written again takes the same number and time
CREATE TABLE control_number_given (
    name          VARCHAR(200) NOT NULL REFERENCES control_number,
    subject       VARCHAR(200) NOT NULL,
    number_value  BIGINT NOT NULL,
    given_at      TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (name, subject)
);
CREATE UNIQUE INDEX control_number_given_once ON control_number_given (name, number_value);
