package io.waybill.ledger;

import static java.time.ZoneOffset.UTC;

import io.waybill.text.Shortened;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The days of accounts whose bill is asked for. A day is asked for several times, because carriers book and correct late; who
 * asks takes it for a while, so that two nodes do not ask at once.
 */
public final class PullBook {
    private static final RecordMapper<Row> ROW = RecordMapper.of(Row.class);
    private static final RecordMapper<Sold> SOLD = RecordMapper.of(Sold.class);

    record Bought(String account, Instant boughtAt) {}

    private static final RecordMapper<Bought> BOUGHT = RecordMapper.of(Bought.class);

    private final Handle handle;

    PullBook(Handle handle) {
        this.handle = handle;
    }

    /**
     * A day of an account.
     *
     * @param pulls how often it was asked for
     * @param lines how many fees it had then
     */
    public record Row(String account, LocalDate billDay, int pulls, int lines) {}

    /** A shipment that was sold on a day, under the reference it was sold by. */
    public record Sold(
            String shipmentUid,
            @Nullable String carrier,
            String carrierShipment,
            String ref,
            String purchaseKey,
            String orderNumber) {}

    /** The last day of an account there is a row of. */
    public Optional<LocalDate> last(String account) {
        return handle.createQuery("SELECT MAX(bill_day) FROM bill_pull WHERE account = :account")
                .bind("account", account)
                .mapTo(LocalDate.class)
                .findOne();
    }

    /**
     * Begins days that are to be asked for once each; those that are known stay as they are.
     *
     * @param ready after its end
     */
    public void begin(String account, LocalDate day, Duration ready) {
        handle.createUpdate("""
                        INSERT INTO bill_pull (account, bill_day, state, pulls, due, lines)
                        SELECT :account, :day, 'OPEN', 0,
                            CAST(:end AS TIMESTAMP WITH TIME ZONE) + CAST(:ready AS DOUBLE PRECISION) * INTERVAL '1' SECOND, 0
                        WHERE NOT EXISTS (SELECT 1 FROM bill_pull WHERE account = :account AND bill_day = :day)""")
                .bind("account", account)
                .bind("day", day)
                .bind("end", day.plusDays(1).atStartOfDay(UTC).toInstant())
                .bind("ready", FromNow.seconds(ready))
                .execute();
    }

    /** Takes the days whose time has come, for as long as asking may take. */
    public List<Row> take(Collection<String> accounts, int limit, Duration lease) {
        if (accounts.isEmpty()) {
            return List.of();
        }
        List<Row> due = handle.createQuery("""
                        SELECT account, bill_day, pulls, lines FROM bill_pull
                        WHERE state = 'OPEN' AND due <= CURRENT_TIMESTAMP AND account IN (<accounts>)
                        ORDER BY due LIMIT :limit""")
                .bindList("accounts", accounts)
                .bind("limit", limit)
                .map(ROW)
                .list();
        return due.stream().filter(row -> postpone(row, lease, null)).toList();
    }

    /**
     * Asked for to its end.
     *
     * @param next when again, or null when that was the last time
     */
    public void pulled(Row row, int lines, @Nullable Duration next) {
        handle.createUpdate("""
                        UPDATE bill_pull SET state = :state, pulls = pulls + 1, lines = :lines, words = NULL,
                            pulled_at = CURRENT_TIMESTAMP, due = %s
                        WHERE account = :account AND bill_day = :day""".formatted(FromNow.by("wait")))
                .bind("state", next == null ? "DONE" : "OPEN")
                .bind("lines", lines)
                .bind("wait", FromNow.seconds(next == null ? Duration.ZERO : next))
                .bind("account", row.account())
                .bind("day", row.billDay())
                .execute();
    }

    /**
     * Asked for later; false when somebody else has it.
     *
     * @param why what could not be read, or null
     */
    public boolean postpone(Row row, Duration wait, @Nullable String why) {
        return handle.createUpdate("""
                                UPDATE bill_pull SET due = %s, words = COALESCE(:why, words)
                                WHERE account = :account AND bill_day = :day AND state = 'OPEN'
                                    AND (:why IS NOT NULL OR due <= CURRENT_TIMESTAMP)""".formatted(FromNow.by("wait")))
                        .bind("wait", FromNow.seconds(wait))
                        .bind("why", why == null ? null : Shortened.to(1_000, why))
                        .bind("account", row.account())
                        .bind("day", row.billDay())
                        .execute()
                == 1;
    }

    /**
     * The currencies a day has an invoice in.
     *
     * @param number of its invoices, but for the currency each ends with
     */
    public List<String> currencies(Row row, String number) {
        return handle.createQuery("""
                        SELECT DISTINCT currency FROM invoice
                        WHERE account = :account AND number = CAST(:number AS VARCHAR(100)) || currency
                            AND revision IS NOT NULL ORDER BY currency""")
                .bind("account", row.account())
                .bind("number", number)
                .mapTo(String.class)
                .list();
    }

    /** The day a shipment was sold on is asked for once more, now. */
    public void again(String shipment) {
        handle.createQuery("SELECT account, bought_at FROM shipment WHERE id = :shipment AND bought_at IS NOT NULL")
                .bind("shipment", shipment)
                .map(BOUGHT)
                .findOne()
                .ifPresent(bought -> handle.createUpdate("""
                        UPDATE bill_pull SET state = 'OPEN', due = CURRENT_TIMESTAMP
                        WHERE account = :account AND bill_day = :day""")
                        .bind("account", bought.account())
                        .bind("day", bought.boughtAt().atZone(UTC).toLocalDate())
                        .execute());
    }

    /** Another carrier that sold labels of an account's on a day: the account had it then. */
    public Optional<String> otherSeller(Row row, String carrier) {
        return handle.createQuery("""
                        SELECT carrier FROM shipment
                        WHERE account = :account AND bought_at >= :from AND bought_at < :to AND imported = FALSE
                            AND carrier <> :carrier LIMIT 1""")
                .bind("account", row.account())
                .bind("from", row.billDay().atStartOfDay(UTC).toInstant())
                .bind("to", row.billDay().plusDays(1).atStartOfDay(UTC).toInstant())
                .bind("carrier", carrier)
                .mapTo(String.class)
                .findOne();
    }

    /**
     * What an account bought on a day, and under which reference, by id.
     *
     * @param after the last of the page before, or empty
     */
    public List<Sold> sold(String account, LocalDate day, String after, int limit) {
        return handle.createQuery("""
                        SELECT s.id AS shipment_uid, s.carrier, a.carrier_shipment, a.ref, a.purchase_key, a.order_number
                        FROM shipment s JOIN purchase_attempt a ON a.shipment_uid = s.id AND a.state = 'BOUGHT'
                        WHERE s.account = :account AND s.bought_at >= :from AND s.bought_at < :to AND s.imported = FALSE
                            AND a.carrier_shipment IS NOT NULL AND s.id > :after
                        ORDER BY s.id LIMIT :limit""")
                .bind("account", account)
                .bind("from", day.atStartOfDay(UTC).toInstant())
                .bind("to", day.plusDays(1).atStartOfDay(UTC).toInstant())
                .bind("after", after)
                .bind("limit", limit)
                .map(SOLD)
                .list();
    }
}
