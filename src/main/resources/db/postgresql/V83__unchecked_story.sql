-- What only tells of an order, or finds it, is written in one commit with it or after it, and refers to it unchecked. An order's row has
-- room for its next version beside it. Parents first, in the order in which every commit locks them.
LOCK TABLE orders, order_word, order_identifier, story IN ACCESS EXCLUSIVE MODE;
ALTER TABLE order_word DROP CONSTRAINT order_word_order_uid_fkey;
ALTER TABLE order_identifier DROP CONSTRAINT order_identifier_order_uid_fkey;
ALTER TABLE story DROP CONSTRAINT story_order_uid_fkey;
ALTER TABLE orders SET (fillfactor = 50);
