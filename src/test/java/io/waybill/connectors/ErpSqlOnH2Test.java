package io.waybill.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@Connector(
        system = "ERP by SQL",
        page = "erp-sql.md",
        hasNone = {Cell.SENT_ELSEWHERE, Cell.BAD_SIGNATURE, Cell.BUSY})
class ErpSqlOnH2Test extends ErpSqlContract {
    private static ErpHub hub;

    @BeforeAll
    static void start() throws Exception {
        hub = ErpHub.running(ErpSqlOnH2Test.class);
    }

    @Override
    String name() {
        return "h2";
    }

    @Override
    ErpHub hub() {
        return hub;
    }

    @Test
    @Shows(value = Cell.CREDENTIALS, by = "marker")
    @Shows(value = Cell.CREDENTIALS, by = "status")
    void a_person_is_told_that_the_database_lets_nobody_in_until_it_does() {
        await().untilAsserted(
                        () -> assertThat(hub.sources("source-silent")).contains("stranger-marker", "stranger-status"));

        hub.erp("h2").execute("CREATE USER stranger PASSWORD 'let-in' ADMIN");

        await().untilAsserted(() ->
                assertThat(hub.sources("source-silent")).doesNotContain("stranger-marker", "stranger-status"));
    }

    @Test
    void a_query_that_forgets_a_column_takes_no_row_and_marks_none_and_a_person_is_told() throws Exception {
        hub.erp("h2").update("INSERT INTO lacking_order (order_no, recipient) VALUES ('L1', 'Ada'), ('L2', 'Bo')");

        await().untilAsserted(() -> assertThat(hub.sources("mark-failed")).contains("h2-lacking"));

        assertThat(hub.erp("h2").queryForList("SELECT order_no FROM lacking_order WHERE waybill_taken IS NOT NULL"))
                .isEmpty();
        assertThat(hub.exceptions("lacking", "L1")).isEmpty();
    }

    @Test
    void a_query_with_a_column_that_may_not_stay_unread_takes_no_row_and_marks_none_and_a_person_is_told()
            throws Exception {
        hub.erp("h2").update("INSERT INTO surplus_order (order_no, recipient) VALUES ('P1', 'Ada'), ('P2', 'Bo')");

        await().untilAsserted(() -> assertThat(hub.sources("mark-failed")).contains("h2-surplus"));

        assertThat(hub.erp("h2").queryForList("SELECT order_no FROM surplus_order WHERE waybill_taken IS NOT NULL"))
                .isEmpty();
        assertThat(hub.exceptions("surplus", "P1")).isEmpty();
    }

    @Test
    void of_an_order_that_lies_in_a_row_a_line_no_line_is_taken_for_all_of_it_and_a_person_is_told() throws Exception {
        hub.erp("h2").update("INSERT INTO order_line VALUES ('N1', 'A-1'), ('N1', 'A-2'), ('N2', 'A'), ('N2', 'A')");
        hub.erp("h2")
                .update("INSERT INTO lined_order (order_no, recipient, street, city, state, zip, country, service, qty)"
                        + " SELECT no, 'Jane Roe', '1 Main St', 'Austin', 'TX', '78701', 'US', 'GROUND', 1"
                        + " FROM (VALUES ('N1'), ('N2')) AS v (no)");

        await().untilAsserted(() -> assertThat(hub.sources("mark-failed")).contains("h2-lined"));
        await().untilAsserted(() -> assertThat(taken("lined_order")).containsExactly("N2"));
        assertThat(hub.order("lined", "N1").isMissingNode()).isTrue();

        hub.erp("h2").update("DELETE FROM order_line WHERE of_order = 'N1' AND line_sku = 'A-2'");

        await().untilAsserted(() -> assertThat(taken("lined_order")).containsExactly("N1", "N2"));
        await().untilAsserted(() -> assertThat(hub.sources("mark-failed")).doesNotContain("h2-lined"));
    }

    private static List<String> taken(String table) {
        return hub.erp("h2")
                .queryForList(
                        "SELECT order_no FROM " + table + " WHERE waybill_taken IS NOT NULL ORDER BY order_no",
                        String.class);
    }
}
