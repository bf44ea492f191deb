package io.waybill.ledger;

import java.util.function.Function;

/** Where the ledger's books are read: each time anew, or within a transaction. */
public interface Reading {
    <T> T read(Function<Tx, T> work);
}
