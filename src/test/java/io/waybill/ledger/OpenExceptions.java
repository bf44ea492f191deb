package io.waybill.ledger;

import java.util.List;

/** All that is open, most urgent first. */
public final class OpenExceptions {
    private static final ExceptionSearch ALL =
            new ExceptionSearch(null, null, null, false, false, null, null, null, 10_000);

    private OpenExceptions() {}

    public static List<ExceptionBook.Row> of(Tx tx) {
        return tx.exceptions().search(ALL, Namespaces.ALL);
    }
}
