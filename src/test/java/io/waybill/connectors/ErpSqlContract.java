package io.waybill.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** An ERP's tables, read by marker, by number and by status, and written back to, on one kind of database. */
abstract class ErpSqlContract {
    private static final String ROW =
            "'Jane Roe', '1 Main St', 'Austin', 'TX', '%s', 'US', '+15125550100', 'GROUND', 'A-1', 2, 1200)";
    private static final String COLUMNS =
            "order_no, %s recipient, street, city, state, zip, country, phone, service, sku, qty, weight_g";

    /** The word under which the hub has it. */
    abstract String name();

    abstract ErpHub hub();

    private JdbcTemplate erp() {
        return hub().erp(name());
    }

    @Test
    @Shows(
            value = {Cell.ORDERS, Cell.TRACKING, Cell.MONEY},
            by = "status")
    void a_released_order_is_taken_and_has_its_number_and_its_cost_in_its_own_row() throws Exception {
        release("ST-1", "RELEASED", "78701");

        Map<String, Object> row = row("ST-1", "tracking_numbers IS NOT NULL AND status <> 'RELEASED'");
        assertThat(row.get("status")).isEqualTo("TAKEN");
        assertThat(row.get("waybill_result")).isEqualTo("accepted");
        assertThat(row.get("tracking_numbers")).isEqualTo(number("ST-1"));
        assertThat(row.get("label_cost")).asString().matches("[1-9]\\d*\\.\\d+");
        List<Map<String, Object>> costs = await().until(
                        () -> erp().queryForList("SELECT * FROM label_cost WHERE order_id = 'ST-1'"),
                        found -> !found.isEmpty());
        assertThat(costs).allSatisfy(cost -> assertThat(cost.get("currency")).isEqualTo("USD"));
    }

    @Test
    @Shows(value = Cell.ORDERS, by = "marker")
    void a_row_without_a_mark_is_taken_and_marked() throws Exception {
        erp().execute("INSERT INTO oms_order (" + COLUMNS.formatted("") + ") VALUES ('MK-1', "
                + ROW.formatted("78701"));

        number("MK-1");
        await().until(() -> erp().queryForList(
                        "SELECT waybill_result FROM oms_order WHERE order_no = 'MK-1' AND waybill_taken IS NOT NULL",
                        String.class)
                .equals(List.of("accepted")));
    }

    @Test
    void a_row_that_cannot_be_marked_is_told_to_a_person_until_it_is_and_bought_once() throws Exception {
        erp().execute(
                        "ALTER TABLE oms_order ADD CONSTRAINT no_mark CHECK (order_no <> 'MK-2' OR waybill_taken IS NULL)");
        erp().execute("INSERT INTO oms_order (" + COLUMNS.formatted("") + ") VALUES ('MK-2', "
                + ROW.formatted("78701"));
        number("MK-2");
        await().until(() -> hub().sources("mark-failed"), told -> told.contains(name() + "-marker"));
        erp().execute("INSERT INTO oms_order (" + COLUMNS.formatted("") + ") VALUES ('MK-3', "
                + ROW.formatted("78701"));
        number("MK-3");
        assertThat(hub().sources("mark-failed")).contains(name() + "-marker");

        erp().execute("ALTER TABLE oms_order DROP CONSTRAINT no_mark");

        await().until(() -> hub().sources("mark-failed"), told -> !told.contains(name() + "-marker"));
        assertThat(erp().queryForList(
                                "SELECT waybill_result FROM oms_order WHERE order_no = 'MK-2' AND waybill_taken IS NOT NULL",
                                String.class))
                .containsExactly("duplicate");
        assertThat(order("MK-2").path("shipments")).hasSize(1);
    }

    @Test
    @Shows(value = Cell.ORDERS, by = "sequence")
    void a_row_that_is_committed_behind_its_time_is_taken_too() throws Exception {
        log(101, "SQ-101", "RELEASED");
        log(103, "SQ-103", "RELEASED");
        number("SQ-101");
        number("SQ-103");

        log(102, "SQ-102", "RELEASED");

        number("SQ-102");
    }

    @Test
    void a_row_that_is_committed_behind_a_newer_one_of_its_order_changes_nothing_back() throws Exception {
        unweighed(302, "SQ-301", "Austin");
        await().until(() -> order("SQ-301").path("status").asText().equals("held"));

        unweighed(301, "SQ-301", "Houston");
        log(303, "SQ-303", "RELEASED");
        number("SQ-303");

        assertThat(order("SQ-301").at("/shipTo/city").asText()).isEqualTo("Austin");
    }

    @Test
    @Shows(value = Cell.CANCELLED_LATE, by = "sequence")
    void an_order_called_off_after_its_label_is_told_to_a_person_and_stays() throws Exception {
        log(201, "SQ-201", "RELEASED");
        number("SQ-201");

        log(202, "SQ-201", "TO_CANCEL");

        await().until(() -> exceptions("SQ-201").contains("changed-late"));
        assertThat(order("SQ-201").path("shipments")).hasSize(1);
    }

    @Test
    @Shows({Cell.DUPLICATE, Cell.CHANGED})
    void an_order_offered_again_buys_nothing_and_a_corrected_one_is_bought() throws Exception {
        release("ST-2", "RELEASED", "78701");
        number("ST-2");
        row("ST-2", "status = 'TAKEN'");
        erp().execute("UPDATE erp_order SET status = 'RELEASED', waybill_result = NULL WHERE order_no = 'ST-2'");
        assertThat(row("ST-2", "status <> 'RELEASED'").get("waybill_result")).isEqualTo("duplicate");
        assertThat(order("ST-2").path("shipments")).hasSize(1);

        release("ST-3", "RELEASED", "7870");
        row("ST-3", "status = 'REFUSED'");
        erp().execute("UPDATE erp_order SET status = 'RELEASED', zip = '78701' WHERE order_no = 'ST-3'");

        number("ST-3");
    }

    @Test
    @Shows(Cell.WRONG)
    void a_wrong_row_is_told_in_its_row() throws Exception {
        release("ST-4", "RELEASED", "7870");

        assertThat(row("ST-4", "status = 'REFUSED'").get("waybill_result"))
                .asString()
                .startsWith("rejected")
                .contains("7870");
    }

    @Test
    void a_row_that_is_wrong_twice_is_told_to_a_person_once_until_it_is_right() throws Exception {
        release("ST-81", "NEW", "78701");
        offer("ST-81", 0);
        assertThat(exceptions("ST-81")).containsExactly("order-rejected");
        offer("ST-81", -2);
        assertThat(exceptions("ST-81")).containsExactly("order-rejected");

        offer("ST-81", 2);

        number("ST-81");
        assertThat(exceptions("ST-81")).isEmpty();
    }

    @Test
    void cartons_that_were_wrong_under_their_key_are_told_no_more_once_they_are_right() throws Exception {
        erp().execute("INSERT INTO wms_packed (order_no, weights_g) VALUES ('ST-82', 'heavy')");
        await().until(() -> hub().sources("order-rejected"), told -> told.contains(name() + "-packed"));
        erp().execute("INSERT INTO erp_order (" + COLUMNS.formatted("status,") + ") VALUES ('ST-82', 'RELEASED', "
                + ROW.formatted("78701").replace("1200", "NULL"));
        row("ST-82", "status = 'TAKEN'");

        erp().execute("UPDATE wms_packed SET weights_g = '700', packed_taken = NULL WHERE order_no = 'ST-82'");

        number("ST-82");
        await().until(() -> hub().sources("order-rejected"), told -> !told.contains(name() + "-packed"));
    }

    @Test
    @Shows(Cell.SKIPPED)
    void an_order_the_customer_fetches_is_told_in_its_row_as_nothing_to_send() throws Exception {
        erp().execute("INSERT INTO erp_order (" + COLUMNS.formatted("status,") + ") VALUES ('ST-6', 'RELEASED', "
                + ROW.formatted("78701").replace("GROUND", "PICKUP"));

        assertThat(row("ST-6", "status = 'SKIPPED'").get("waybill_result"))
                .asString()
                .startsWith("skipped")
                .contains("nothing to send");
    }

    @Test
    void an_order_without_a_weight_waits_until_a_table_says_what_was_packed_and_gets_a_label_for_each_carton()
            throws Exception {
        erp().execute("INSERT INTO erp_order (" + COLUMNS.formatted("status,") + ") VALUES ('ST-7', 'RELEASED', "
                + ROW.formatted("78701").replace("1200)", "NULL)"));
        row("ST-7", "status = 'TAKEN'");
        assertThat(order("ST-7").path("status").asText()).isEqualTo("held");

        erp().execute("INSERT INTO wms_packed (order_no, weights_g) VALUES ('ST-7', '1200;850')");

        number("ST-7");
        assertThat(order("ST-7").at("/shipments/0/trackingNumbers")).hasSize(2);
        await().until(() -> erp().queryForList(
                        "SELECT packed_result FROM wms_packed WHERE order_no = 'ST-7' AND packed_taken IS NOT NULL",
                        String.class)
                .equals(List.of("accepted")));
    }

    @Test
    void an_order_that_is_changed_after_its_label_is_no_refused_one() throws Exception {
        release("ST-8", "RELEASED", "78701");
        number("ST-8");
        erp().execute("UPDATE erp_order SET status = 'RELEASED', city = 'Dallas' WHERE order_no = 'ST-8'");

        assertThat(row("ST-8", "status = 'CONFLICT'").get("waybill_result"))
                .asString()
                .startsWith("conflict: ");
        assertThat(order("ST-8").path("shipments")).hasSize(1);
    }

    @Test
    @Shows(Cell.CANCELLED)
    void an_order_called_off_before_its_label_is_cancelled() throws Exception {
        erp().execute("INSERT INTO erp_order (" + COLUMNS.formatted("status,") + ") VALUES ('ST-5', 'RELEASED', "
                + ROW.formatted("78701").replace("1200)", "NULL)"));
        row("ST-5", "status = 'TAKEN'");

        erp().execute("UPDATE erp_order SET status = 'TO_CANCEL' WHERE order_no = 'ST-5'");

        row("ST-5", "status = 'CANCELLED'");
        assertThat(order("ST-5").path("status").asText()).isEqualTo("cancelled");
    }

    private void release(String order, String status, String zip) {
        erp().execute("INSERT INTO erp_order (" + COLUMNS.formatted("status,") + ") VALUES ('" + order + "', '" + status
                + "', " + ROW.formatted(zip));
    }

    private void offer(String order, int quantity) {
        erp().execute("UPDATE erp_order SET status = 'RELEASED', qty = " + quantity + " WHERE order_no = '" + order
                + "'");
        row(order, "status <> 'RELEASED'");
    }

    private void log(int id, String order, String status) {
        erp().execute("INSERT INTO erp_order_log (id, " + COLUMNS.formatted("status,") + ") VALUES (" + id + ", '"
                + order + "', '" + status + "', " + ROW.formatted("78701"));
    }

    private void unweighed(int id, String order, String city) {
        erp().execute("INSERT INTO erp_order_log (id, " + COLUMNS.formatted("status,") + ") VALUES (" + id + ", '"
                + order + "', 'RELEASED', "
                + ROW.formatted("78701").replace("Austin", city).replace("1200", "NULL"));
    }

    private Map<String, Object> row(String order, String when) {
        return await(order + " " + when)
                .until(
                        () -> erp().queryForList(
                                        "SELECT * FROM erp_order WHERE order_no = '" + order + "' AND " + when),
                        found -> !found.isEmpty())
                .get(0);
    }

    /** Orders of the status column have rows to write back to; the others are of a namespace that has none. */
    private JsonNode order(String order) throws Exception {
        return hub().order(namespace(order), order);
    }

    private String namespace(String order) {
        return order.startsWith("ST-") ? name() : name() + "-other";
    }

    /** The reasons of what is open about it. */
    private List<String> exceptions(String order) throws Exception {
        return hub().exceptions(namespace(order), order);
    }

    private String number(String order) {
        return await(order)
                .until(() -> order(order).at("/shipments/0/trackingNumbers/0"), JsonNode::isTextual)
                .asText();
    }
}
