package io.waybill.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
}
