-- Labels and the answers they come in are compressed already, or Base64 of what is: trying again with each costs more than its whole commit.
-- What is there stays as it was written.

ALTER TABLE document ALTER COLUMN bytes SET STORAGE EXTERNAL;
ALTER TABLE purchase_attempt ALTER COLUMN response_bytes SET STORAGE EXTERNAL;
