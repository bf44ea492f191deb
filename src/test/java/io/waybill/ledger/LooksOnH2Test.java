package io.waybill.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatements;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many rows H2 reads to find a few among many. */
class LooksOnH2Test {
    private static final Pattern SCANNED = Pattern.compile("scanCount: (\\d+)");
    private static final int FEW = 10;

    @TempDir
    static Path filled;

    @TempDir
    Path folder;

    private Jdbi jdbi;

    @BeforeAll
    static void fill() {
        jdbi(Stores.h2(filled)).useHandle(handle -> {
            handle.execute("SET REFERENTIAL_INTEGRITY FALSE");
            handle.execute("""
                    INSERT INTO shipment (id, order_uid, seq, reason, account, carrier, service, label_format, label_size,
                        label_dpi, state, fence, due, attempts, lookups, created_at, imported)
                    SELECT 'shp_' || n, 'ord_' || n, MOD(n, 2), 'order', 'steady', 'steady', 'ground', 'PDF', '4x6', 203, 'LABELLED', 1,
                        CURRENT_TIMESTAMP, 1, 0, CURRENT_TIMESTAMP, FALSE
                    FROM SYSTEM_RANGE(1, 3000) AS g(n)""");
            handle.execute("""
                    INSERT INTO refund (id, namespace, account, carrier, order_uid, order_id, shipment_uid, carrier_shipment,
                        ref, orphan, state, credited, requested_at)
                    SELECT 'ref_' || n, 'acme', 'steady', 'steady', 'ord_' || n, 'SO-' || n, 'shp_' || n, 'c' || n,
                        'WB' || n, FALSE, 'approved', 0, CURRENT_TIMESTAMP
                    FROM SYSTEM_RANGE(1, 3000) AS g(n)""");
            handle.execute("ANALYZE");
        });
    }

    @BeforeEach
    void copy() throws IOException {
        Database database = Database.embedded(folder);
        Files.copy(Database.embedded(filled).file(), database.file());
        jdbi = jdbi(database);
    }

    private static Jdbi jdbi(Database database) {
        return Jdbi.create(database.url(), database.user(), database.password());
    }

    @Test
    void parcels_nobody_follows_are_not_read_to_find_those_to_be_asked_about() {
        assertThat(scanned(JourneyBook.DUE, "UPDATE shipment SET track_due = CURRENT_TIMESTAMP WHERE id = 'shp_7'"))
                .isBetween(1, FEW);
    }

    @Test
    void purchases_that_went_well_at_once_are_not_read_to_find_those_to_be_audited() {
        assertThat(scanned(SweepBook.DUE, "UPDATE shipment SET audit_due = CURRENT_TIMESTAMP WHERE id = 'shp_7'"))
                .isBetween(1, FEW);
    }

    @Test
    void what_has_no_account_yet_is_not_read_to_find_what_is_to_be_audited() {
        String waiting = "UPDATE shipment SET account = CASE WHEN seq = 1 THEN 'steady' END,"
                + " audit_due = CASE WHEN id = 'shp_8' THEN CURRENT_TIMESTAMP END";

        assertThat(scanned(SweepBook.DUE_WITHOUT_ACCOUNT, waiting)).isBetween(1, FEW);
    }

    @Test
    void refunds_that_are_settled_are_not_read_to_find_those_to_be_asked_about() {
        assertThat(scanned(RefundBook.DUE, "UPDATE refund SET due = CURRENT_TIMESTAMP WHERE id = 'ref_7'"))
                .isBetween(1, FEW);
    }

    @Test
    void what_waits_for_something_else_is_not_read_to_find_what_waits_for_a_time() {
        String held =
                "UPDATE shipment SET state = 'HELD', hold_reason = CASE WHEN seq = 1 THEN 'packed' ELSE 'shipDate' END";

        assertThat(scanned(DueBook.HELD_UNTIL_NOW, held)).isEqualTo(FEW);
    }

    @Test
    void what_is_held_for_something_else_is_not_read_to_find_what_waits_for_its_labels_to_be_switched_on() {
        String held = "UPDATE shipment SET state = 'HELD',"
                + " hold_reason = CASE WHEN id = 'shp_7' THEN 'stageOff' ELSE 'packed' END";

        assertThat(scanned(RolloutBook.HELD_BY_STAGE, held)).isBetween(1, FEW);
    }

    @Test
    void the_accounts_that_shipments_stand_at_are_found_without_reading_the_shipments() {
        String others = "UPDATE shipment SET account = CASE WHEN seq = 1 THEN 'steady' ELSE 'tidy' END";

        assertThat(scanned(DueBook.ACCOUNT_AFTER, others)).isEqualTo(1);
    }

    @Test
    void of_what_stands_at_an_account_that_is_gone_only_the_beginning_is_read_and_of_other_accounts_nothing() {
        String gone = "UPDATE shipment SET state = 'BUYING', account = CASE WHEN seq = 1 THEN 'steady' ELSE 'tidy' END";

        assertThat(scanned(DueBook.UNTOLD.replace(":before", "CURRENT_TIMESTAMP"), gone))
                .isEqualTo(FEW);
    }

    @Test
    void of_a_long_backlog_only_its_beginning_is_read() {
        assertThat(scanned(JourneyBook.DUE, "UPDATE shipment SET track_due = CURRENT_TIMESTAMP"))
                .isEqualTo(FEW);
        assertThat(scanned(SweepBook.DUE, "UPDATE shipment SET audit_due = CURRENT_TIMESTAMP"))
                .isEqualTo(FEW);
        assertThat(scanned(
                        DueBook.UNSETTLED_OF_ACCOUNT,
                        "UPDATE shipment SET state = 'BUYING', lease_until = CURRENT_TIMESTAMP"))
                .isEqualTo(FEW);
    }

    @Test
    void lanes_are_found_and_taken_from_without_reading_what_waits_in_them() {
        String lane = ShipmentBook.COLUMNS + " WHERE " + Lanes.ofAccount(ShipmentState.BUYING);
        String ready = "UPDATE shipment SET state = 'BUYING', lane = '1acme/erp'";

        assertThat(scanned(lane + Lanes.OLDEST, ready)).isEqualTo(FEW);
        String next = "UPDATE shipment SET lane = CASE WHEN seq = 1 THEN '1acme/erp' ELSE '1acme/shop' END";
        assertThat(scanned(lane + Lanes.LANE_AFTER, next)).isEqualTo(1);
    }

    @Test
    void of_an_order_only_its_own_parcels_are_read_to_see_whether_they_are_on_their_way() {
        String status = OrderStatus.condition("in_transit", true).orElseThrow();
        String moving = "UPDATE shipment SET tracking_status = 'in_transit'";
        String order =
                "SELECT o.order_uid FROM (SELECT order_uid, order_uid AS id FROM shipment WHERE id = 'shp_7') o WHERE ";

        assertThat(scanned(order + status + " LIMIT :limit", moving)).isLessThan(FEW);
    }

    @Test
    void of_a_file_its_own_orders_are_counted_and_no_others() {
        String documents = """
                SET REFERENTIAL_INTEGRITY FALSE;
                INSERT INTO inbound_document (file_id, ordinal, first_row, last_row, order_uid, result, recorded_at)
                SELECT 'steady', n, n, n, 'ord_' || n, 'ACCEPTED', CURRENT_TIMESTAMP FROM SYSTEM_RANGE(1, 50) AS g(n)""";

        assertThat(scanned(TakenRows.STATES.replace(":file", ":account"), documents))
                .isLessThanOrEqualTo(2 * 50);
    }

    private int scanned(String query, String due) {
        return jdbi.withHandle(handle -> {
            handle.execute(due);
            return SCANNED.matcher(plan(handle, query))
                    .results()
                    .mapToInt(scanned -> Integer.parseInt(scanned.group(1)))
                    .max()
                    .orElseThrow();
        });
    }

    private static String plan(Handle handle, String query) {
        return handle.createQuery("EXPLAIN ANALYZE " + query)
                .configure(SqlStatements.class, statements -> statements.setUnusedBindingAllowed(true))
                .bindMap(Map.of(
                        "account",
                        "steady",
                        "state",
                        "BUYING",
                        "lane",
                        "1acme/erp",
                        "reason",
                        "shipDate",
                        "limit",
                        FEW))
                .mapTo(String.class)
                .one();
    }
}
