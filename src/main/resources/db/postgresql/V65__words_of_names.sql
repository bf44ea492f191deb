-- The words of recipients' names, so that a part of a name is found by an index. Compared letter by letter, in no language's order.
CREATE TABLE order_word (
    order_uid  VARCHAR(40) NOT NULL REFERENCES orders,
    word       VARCHAR(40) COLLATE "C" NOT NULL,
    PRIMARY KEY (order_uid, word)
);
CREATE INDEX order_word_word ON order_word (word, order_uid);
