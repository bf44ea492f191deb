package io.waybill.ledger;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/**
 * The state edges of a purchase: READY → BUYING → sold, refused, back to READY, or UNKNOWN until it is settled. Every
 * edge compares the fence it was decided under; one that returns false lost to another writer and changed nothing.
 */
public final class PurchaseBook {
    /** Whoever another node is claiming now is left to it, without a wait and so without a deadlock. */
    private static final String CLAIM = """
            UPDATE shipment
            SET state = 'BUYING', fence = fence + 1, owner = :owner, attempts = attempts + 1, lookups = 0, lease_until = %s,
                carrier = :carrier,
                audit_due = CASE WHEN attempts >= 1 THEN CURRENT_TIMESTAMP ELSE audit_due END
            WHERE id = (SELECT s.id FROM shipment s WHERE s.id = :id AND s.state = 'READY' AND s.fence = :fence
                        FOR UPDATE SKIP LOCKED)""".formatted(FromNow.by("lease"));

    private static final String TAKE_OVER = """
            UPDATE shipment
            SET state = 'UNKNOWN', fence = fence + 1, lookups = GREATEST(lookups, 1), owner = :owner, lease_until = %s,
                problem = COALESCE(:problem, problem)
            WHERE id = :id AND state IN ('BUYING', 'UNKNOWN') AND fence = :fence""".formatted(FromNow.by("lease"));

    private static final String REOPEN = """
            UPDATE shipment
            SET state = 'UNKNOWN', fence = fence + 1, lookups = 0, problem = NULL, lease_until = CURRENT_TIMESTAMP
            WHERE id = :id AND fence = :fence AND state IN ('UNKNOWN', 'REVIEW')""";

    private static final String END_LEASES = """
            UPDATE shipment SET lease_until = CURRENT_TIMESTAMP
            WHERE state IN ('BUYING', 'UNKNOWN') AND owner <> :owner""";

    private static final String END_LEASES_OF = """
            UPDATE shipment SET lease_until = CURRENT_TIMESTAMP
            WHERE state IN ('BUYING', 'UNKNOWN') AND lease_until > CURRENT_TIMESTAMP AND owner = :owner""";

    private static final String SETTLE = """
            UPDATE shipment
            SET state = :to, problem = :problem, due = %1$s,
                owner = CASE WHEN :to = 'UNKNOWN' THEN owner ELSE NULL END,
                lease_until = CASE WHEN :to = 'UNKNOWN' THEN %1$s ELSE NULL END,
                audit_due = CASE WHEN :to IN ('READY', 'REFUSED') AND state = 'UNKNOWN' THEN CURRENT_TIMESTAMP
                    ELSE audit_due END
            WHERE id = :id AND fence = :fence AND state IN ('BUYING', 'UNKNOWN')""".formatted(FromNow.by("wait"));

    private static final String LOOK_AGAIN = """
            UPDATE shipment
            SET state = 'UNKNOWN', lookups = lookups + 1, problem = NULL, due = %1$s, lease_until = %1$s
            WHERE id = :id AND fence = :fence AND state IN ('BUYING', 'UNKNOWN')""".formatted(FromNow.by("wait"));

    private static final String AFTER_ALL = """
            UPDATE shipment
            SET state = :to, fence = fence + 1, owner = NULL, lease_until = NULL, problem = :problem, due = %s,
                audit_due = CURRENT_TIMESTAMP
            WHERE id = :id AND fence = :fence AND state IN ('UNKNOWN', 'REVIEW')""".formatted(FromNow.by("wait"));

    private static final String BUY_ANYWAY = """
            UPDATE shipment
            SET state = 'READY', fence = fence + 1, owner = NULL, lease_until = NULL, problem = NULL,
                due = CURRENT_TIMESTAMP, audit_due = CURRENT_TIMESTAMP
            WHERE id = :id AND fence = :fence AND lookups > 0 AND state IN ('UNKNOWN', 'REVIEW')""";

    /** Between two attempts a shipment may have changed its account: it stands where this label was sold. */
    private static final String SALE = """
            state = :to, account = :account, carrier = :carrier, carrier_shipment = :carrierShipment, owner = NULL, lease_until = NULL, problem = NULL,
            bought_at = CURRENT_TIMESTAMP, track_due = %s, due = %s,
            labelled_at = CASE WHEN :to = 'LABELLED' THEN CURRENT_TIMESTAMP ELSE NULL END
            """.formatted(FromNow.by("tracked"), FromNow.by("wait"));

    private static final String SOLD = """
            UPDATE shipment SET %s
            WHERE id = :id AND fence = :fence AND state IN ('BUYING', 'UNKNOWN', 'REVIEW')""".formatted(SALE);

    private static final String ADOPT = """
            UPDATE shipment SET fence = fence + 1, %s
            WHERE id = :id
              AND ((state IN ('UNKNOWN', 'REVIEW')
                    AND EXISTS (SELECT 1 FROM purchase_attempt a WHERE a.ref = :ref AND a.open_slot = :id))
                OR (state = 'READY' AND lookups > 0 AND attempts = :attempt))""".formatted(SALE);

    private static final String LABELLED = """
            UPDATE shipment SET state = 'LABELLED', labelled_at = CURRENT_TIMESTAMP
            WHERE id = :id AND fence = :fence AND state = 'BOUGHT'""";

    /** A stop looks every second for what came back, and before that it may call off a long sheet. */
    private static final Duration STOP = Duration.ofSeconds(15);

    private final Handle handle;

    PurchaseBook(Handle handle) {
        this.handle = handle;
    }

    /**
     * T1 of many shipments: each READY → BUYING under a new fence and a lease.
     *
     * @param carrier they are sent to, which may be another than their account had when they were planned
     * @return for each whether it was claimed; one that was not has changed meanwhile
     */
    public List<Boolean> claim(List<ShipmentRow> rows, @Nullable String carrier, String owner, Duration lease) {
        if (rows.isEmpty()) {
            return List.of();
        }
        Sql claims = Sql.of(handle, CLAIM);
        rows.forEach(row -> claims.bind("owner", owner)
                .bind("carrier", carrier)
                .bind("lease", FromNow.seconds(lease))
                .bind("id", row.id())
                .bind("fence", row.fence())
                .add());
        return Arrays.stream(claims.executeBatch())
                .mapToObj(count -> count == 1)
                .toList();
    }

    /**
     * Recovery takes a purchase over, to look it up: fence + 1, so that a late answer to its earlier owner loses.
     *
     * @param problem what is to be known of it until the look-up has come to something
     */
    public boolean takeOver(ShipmentRow row, String owner, Duration lease, @Nullable String problem) {
        return changed(handle.createUpdate(TAKE_OVER)
                .bind("owner", owner)
                .bind("lease", FromNow.seconds(lease))
                .bind("problem", problem)
                .bind("id", row.id())
                .bind("fence", row.fence()));
    }

    /** A purchase under review, or one that waits for its next look-up, is looked up at once. */
    public boolean reopen(ShipmentRow row) {
        return changed(handle.createUpdate(REOPEN).bind("id", row.id()).bind("fence", row.fence()));
    }

    /** Every lease held by anyone else is over: for a single node that has just started. */
    public int endLeases(String owner) {
        return handle.createUpdate(END_LEASES).bind("owner", owner).execute();
    }

    /** Every lease of a node that is gone is over. */
    public int endLeasesOf(String owner) {
        return handle.createUpdate(END_LEASES_OF).bind("owner", owner).execute();
    }

    /** Ends or pauses a purchase without a sale: to READY, REFUSED, UNKNOWN or REVIEW; looked at again after {@code wait}. */
    public boolean settle(String id, long fence, ShipmentState to, Duration wait, @Nullable String problem) {
        return changed(handle.createUpdate(SETTLE)
                .bind("to", to.name())
                .bind("problem", problem)
                .bind("wait", FromNow.seconds(patient(to, wait)))
                .bind("id", id)
                .bind("fence", fence));
    }

    /** What comes back unbought while a batch is being stopped may be one of its orders: the stop has it before a buyer does. */
    private Duration patient(ShipmentState to, Duration wait) {
        boolean mayBeCalledOff =
                to == ShipmentState.READY && wait.compareTo(STOP) < 0 && new BatchBook(handle).isAnyStopping();
        return mayBeCalledOff ? STOP : wait;
    }

    /** A look-up settled nothing: it counts, and the next is after {@code wait}. One that was cut short counts for nothing. */
    public boolean lookAgain(String id, long fence, Duration wait) {
        return changed(handle.createUpdate(LOOK_AGAIN)
                .bind("wait", FromNow.seconds(wait))
                .bind("id", id)
                .bind("fence", fence));
    }

    /**
     * What nobody could settle is settled without a sale, by an answer that came late: UNKNOWN or REVIEW → READY or REFUSED; with
     * the shipment locked, and its open attempt the one that was answered.
     */
    public boolean settleAfterAll(ShipmentRow row, ShipmentState to, Duration wait, @Nullable String problem) {
        return changed(handle.createUpdate(AFTER_ALL)
                .bind("to", to.name())
                .bind("problem", problem)
                .bind("wait", FromNow.seconds(patient(to, wait)))
                .bind("id", row.id())
                .bind("fence", row.fence()));
    }

    /** How long after a sale its carrier is first asked: for a label that comes later, and where the parcels are. */
    public record Looks(Duration label, Duration tracking) {
        public static final Looks AT_ONCE = new Looks(Duration.ZERO, Duration.ZERO);
    }

    /** T2: sold. {@code BOUGHT} when the label comes later, else {@code LABELLED}. */
    public boolean sold(Sold sale, Looks looks) {
        return sold(List.of(sale), looks).get(0);
    }

    /**
     * One that was sold.
     *
     * @param to {@code BOUGHT} when the label comes later, else {@code LABELLED}
     * @param account where it was sold
     */
    public record Sold(
            String id, long fence, ShipmentState to, String account, String carrier, String carrierShipment) {}

    /**
     * T2 of many shipments.
     *
     * @return for each whether this is its sale; for one that is not nothing has changed
     */
    public List<Boolean> sold(List<Sold> sales, Looks looks) {
        if (sales.isEmpty()) {
            return List.of();
        }
        Sql sold = Sql.of(handle, SOLD);
        sales.forEach(sale -> sold.bind("to", sale.to().name())
                .bind("account", sale.account())
                .bind("carrier", sale.carrier())
                .bind("carrierShipment", sale.carrierShipment())
                .bind("tracked", FromNow.seconds(looks.tracking()))
                .bind("wait", FromNow.seconds(looks.label()))
                .bind("id", sale.id())
                .bind("fence", sale.fence())
                .add());
        return sold.changed();
    }

    /**
     * T2 of an answer that came late: nobody has decided meanwhile, and its attempt is still the open one; or a look-up
     * did not find it, and it was not bought or changed since.
     */
    public boolean adopt(AttemptRow attempt, Sold sale, Looks looks) {
        return changed(handle.createUpdate(ADOPT)
                .bind("to", sale.to().name())
                .bind("account", sale.account())
                .bind("carrier", sale.carrier())
                .bind("carrierShipment", sale.carrierShipment())
                .bind("tracked", FromNow.seconds(looks.tracking()))
                .bind("wait", FromNow.seconds(looks.label()))
                .bind("id", attempt.shipmentUid())
                .bind("ref", attempt.ref())
                .bind("attempt", attempt.attempt()));
    }

    /** A person's word: it may be bought again although an earlier purchase may have sold. */
    public boolean buyAnyway(ShipmentRow row) {
        return changed(handle.createUpdate(BUY_ANYWAY).bind("id", row.id()).bind("fence", row.fence()));
    }

    /** The label of a sold shipment has come. */
    public boolean labelled(ShipmentRow row) {
        return changed(handle.createUpdate(LABELLED).bind("id", row.id()).bind("fence", row.fence()));
    }

    private static boolean changed(Update update) {
        return update.execute() == 1;
    }
}
