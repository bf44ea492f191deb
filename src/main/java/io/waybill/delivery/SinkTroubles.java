package io.waybill.delivery;

import io.waybill.ledger.OutboxBook.Claim;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Why a sink takes nothing is news once, not of each event that waits for it: until it takes one again, or says something else. */
final class SinkTroubles {
    private final Map<String, String> told = new ConcurrentHashMap<>();

    /** @param why of this event; its id in it is no other reason */
    boolean isNews(Claim claim, String why) {
        String reason = why.replace(claim.id(), "");
        return !reason.equals(told.put(claim.sink(), reason));
    }

    void over(String sink) {
        told.remove(sink);
    }
}
