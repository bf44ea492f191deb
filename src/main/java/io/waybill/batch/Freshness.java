package io.waybill.batch;

import io.waybill.ledger.BatchRow;
import io.waybill.ledger.Tx;
import java.time.Duration;
import java.time.Instant;

/** A look older than this is looked again before anything is bought. */
record Freshness(Duration most) {
    boolean of(Tx tx, BatchRow row) {
        Instant checked = row.checkedAt();
        return checked != null && checked.plus(most).isAfter(tx.now());
    }
}
