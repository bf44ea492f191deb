package io.waybill.ledger;

import java.util.function.Function;

/** Where the ledger's books are read: each time anew, or by who has them open. */
public interface Reads {
    <T> T read(Function<Tx, T> work);
}
