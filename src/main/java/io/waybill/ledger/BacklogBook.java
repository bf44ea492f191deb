package io.waybill.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/** What is open: shipments that are not labelled yet. */
public final class BacklogBook {
    private final Handle handle;

    BacklogBook(Handle handle) {
        this.handle = handle;
    }

    /**
     * Open shipments of one account and state that came the same way.
     *
     * @param account null while it is not chosen
     * @param oldest since when the oldest could have gone on
     */
    public record Line(@Nullable String account, ShipmentState state, String lane, long count, Instant oldest) {
        public String source() {
            return lane.substring(lane.lastIndexOf('/') + 1);
        }

        /** A caller waits for its labels. */
        public boolean isCalled() {
            return lane.startsWith(Lanes.CALLERS);
        }
    }

    /** It costs as much as there is open; ask now and then. */
    public List<Line> lines() {
        return handle.createQuery("""
                        SELECT account, state, lane, COUNT(*) AS count, MIN(due) AS oldest
                        FROM shipment
                        WHERE state IN ('HELD', 'CHOOSING', 'READY', 'BUYING', 'UNKNOWN', 'REVIEW', 'BOUGHT')
                        GROUP BY account, state, lane""").map(ConstructorMapper.of(Line.class)).list();
    }

    /** How many shipments stand in each state, those that are not open, too. */
    public Map<String, Long> countByState() {
        return handle
                .createQuery("SELECT state, COUNT(*) AS n FROM shipment GROUP BY state")
                .map((row, context) -> Map.entry(row.getString("state"), row.getLong("n")))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
